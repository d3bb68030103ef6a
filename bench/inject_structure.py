"""Faults in blocks, order, numbering, contact, signature, dates and names."""

import random
import re

from bench.faults import Fault, Injector, appended, changed, line, lines_of, prose, swap
from bench.model import Problem, Report, Section
from bench.numbers import chinese
from bench.places import PLACES

TITLE = ("structure.title", "structure.document-kind", "name.organization", "signature.mismatch")
LEAD = ("structure.lead", "date.order", "name.inspector", "date.relative", "name.short-form")


def title_mark(report: Report, rng: random.Random) -> Fault | None:
    """A title with an end mark, 关于对, or no 关于."""
    number = lines_of(report, "title", "title-2")[-1]
    text = line(report, number)
    options = [text + "。"]
    if "关于" in text:
        options += [text.replace("关于", "关于对", 1), text.replace("关于", "", 1)]
    new = rng.choice(options)
    lines = frozenset(lines_of(report, "title", "title-2", "issuer"))
    return Fault(changed(report, {number: new}), ("structure.title",), lines, new, TITLE)


def title_kind(report: Report, rng: random.Random) -> Fault | None:
    """A title with no kind of document."""
    number = lines_of(report, "title", "title-2")[-1]
    text = line(report, number)
    new = text.removesuffix("的通报").removesuffix("的公告")
    lines = frozenset(lines_of(report, "title", "title-2", "issuer"))
    return Fault(changed(report, {number: new}), ("structure.title",), lines, new, TITLE)


def document_kind(report: Report, rng: random.Random) -> Fault | None:
    """A public notice that calls itself 报告 or reports upward."""
    number = lines_of(report, "lead")[0]
    text = line(report, number)
    last = text.rstrip("。").rindex("。")
    new = text[: last + 1] + rng.choice(
        ("现将整改情况汇报如下。", f"现将{report.names['act']}整改工作情况报告如下。")
    )
    return Fault(
        changed(report, {number: new}),
        ("structure.document-kind",),
        frozenset((number,)),
        new[last + 1 :],
        LEAD,
    )


def document_title(report: Report, rng: random.Random) -> Fault | None:
    """A public notice entitled 报告."""
    number = lines_of(report, "title", "title-2")[-1]
    if not line(report, number).endswith("的通报") or report.genre != "inspection-rectification":
        return None  # audits and environmental inspections are reported upward too
    edits = {number: line(report, number).removesuffix("通报") + "报告"}
    lines = frozenset(lines_of(report, "title", "title-2"))
    return Fault(changed(report, dict(edits)), ("structure.document-kind",), lines, "通报 → 报告", TITLE)


def lead_feedback(report: Report, rng: random.Random) -> Fault | None:
    """A lead that does not say when the findings were fed back."""
    number = lines_of(report, "lead")[0]
    text = line(report, number)
    new = re.sub(r"，并于[^，。]*反馈了[^。]*。|[^。]*反馈了[^。]*。", "。", text, count=1).replace(
        "。。", "。"
    )
    if new == text:
        return None
    return Fault(
        changed(report, {number: new}), ("structure.lead",), frozenset((number,)), "no feedback", LEAD
    )


def lead_inspector(report: Report, rng: random.Random) -> Fault | None:
    """A lead that does not say who inspected."""
    number = lines_of(report, "lead")[0]
    name = report.names["inspector"]
    text = line(report, number)
    new = text.replace(f"，{name}对", "，对").replace(f"，{name}于", "，于").replace(f"，{name}向", "，向")
    if name in new:
        return None
    return Fault(
        changed(report, {number: new}), ("structure.lead",), frozenset((number,)), "no inspector", LEAD
    )


def lead_publication(report: Report, rng: random.Random) -> Fault | None:
    """A lead that does not say that this is published."""
    number = lines_of(report, "lead")[0]
    text = line(report, number).rstrip("。")
    new = text[: text.rindex("。") + 1]
    return Fault(
        changed(report, {number: new}), ("structure.lead",), frozenset((number,)), "no publication", LEAD
    )


def no_next_steps(report: Report, rng: random.Random) -> Fault | None:
    """The section on next steps is gone."""
    gone = lines_of(report, "next-heading", "next", "conclusion")
    text = changed(report, dict.fromkeys(gone))
    return Fault(
        text, ("structure.sections",), frozenset(), "no next steps", ("name.document", "structure.numbering")
    )


def _siblings(report: Report, marks: tuple[str, ...]) -> list[list[Section]]:
    """Runs of at least three consecutive labels of one level."""
    runs: list[list[Section]] = []
    open_: dict[int, list[Section]] = {}
    for s in report.sections:
        for level in [k for k in open_ if k > s.level]:
            del open_[level]
        if s.number == 1 or s.level not in open_:
            open_[s.level] = []
            runs.append(open_[s.level])
        open_[s.level].append(s)
    return [run for run in runs if len(run) >= 3]


def _relabelled(text: str, section: Section, number: int) -> str:
    old = section.label
    new = chinese(number) if section.level < 3 else str(number)
    return text.replace(old, new, 1)


def numbering(report: Report, rng: random.Random) -> Fault | None:
    """A label left out, said twice, or exchanged with the next."""
    runs = _siblings(report, ())
    if not runs:
        return None
    run = rng.choice(runs)
    kind = rng.choice(("gap", "repeat", "swap"))
    at = rng.randint(1, len(run) - 2)
    edits: dict[int, str | None] = {}
    if kind == "swap":
        a, b = run[at], run[at + 1]
        edits = {
            a.line: _relabelled(line(report, a.line), a, b.number),
            b.line: _relabelled(line(report, b.line), b, a.number),
        }
        touched = [a, b, *run[at + 2 : at + 3]]
    elif kind == "repeat":
        b = run[at]
        edits = {b.line: _relabelled(line(report, b.line), b, b.number - 1)}
        touched = run[at - 1 : at + 2]
    else:
        for s in run[at:]:
            edits[s.line] = _relabelled(line(report, s.line), s, s.number + 1)
        touched = run[at - 1 : at + 1]
    also = ("count.listed", "structure.level", "structure.sections")
    return Fault(
        changed(report, edits), ("structure.numbering",), frozenset(s.line for s in touched), kind, also
    )


def problem_label(report: Report, rng: random.Random) -> Fault | None:
    """问题N: a number left out."""
    found = [p for p in report.problems if p.label.startswith("问题") and (p.number or 0) > 1]
    if not found:
        return None
    problem = rng.choice(found)
    number = problem.number or 0
    later = [p for p in report.problems if p.line > problem.line]
    new = number + 1 if not later or later[0].number == 1 else number - 1
    label = "问题" + (chinese(new) if problem.label[2:] == chinese(number) else str(new))
    edits = swap(report, problem.line, problem.label, label)
    lines = frozenset(
        p.line
        for p in report.problems
        if abs((p.number or 0) - number) < 2 and abs(p.line - problem.line) < 12
    )
    return Fault(
        changed(report, edits),
        ("structure.numbering",),
        lines,
        f"{problem.label} → {label}",
        ("count.listed",),
    )


def run_in(report: Report, rng: random.Random) -> Fault | None:
    """一是, 二是, 四是; or 一是, 三是; or 一是 and 其次."""
    places = [n for n in prose(report) if "三是" in line(report, n) and "四是" not in line(report, n)]
    if not places:
        return None
    number = rng.choice(places)
    old, new = rng.choice((("三是", "四是"), ("二是", "三是"), ("二是", "一是")))
    edits = swap(report, number, old, new)
    return Fault(changed(report, edits), ("structure.run-in",), frozenset((number,)), f"{old} → {new}")


def heading_style(report: Report, rng: random.Random) -> Fault | None:
    """One heading among many with another mark."""
    found = [
        p for p in report.problems if p.label.startswith("问题") and f"{p.label}：" in line(report, p.line)
    ]
    if len(found) < 6 or report.names["layout"] == "two-grains":
        return None
    inner = [p for p in found[1:-1] if report.names["layout"] == "continuous" or _in_a_run(found, p)]
    if not inner:
        return None
    problem = rng.choice(inner)
    edits = swap(
        report, problem.line, f"{problem.label}：", f"{problem.label}{rng.choice(('.', '、', '. '))}"
    )
    return Fault(
        changed(report, edits), ("structure.heading-style",), frozenset((problem.line,)), str(edits[problem.line]),
        ("punctuation.marks", "punctuation.width"),
    )  # fmt: skip


def _in_a_run(found: list[Problem], problem: Problem) -> bool:
    """Whether `problem` stands third or later in numbering that restarts."""
    return (problem.number or 0) > 2 and found[-1] is not problem


def broken(report: Report, rng: random.Random) -> Fault | None:
    """A paragraph cut in mid-sentence."""
    places = [n for n in prose(report) if len(line(report, n)) > 80]
    if not places:
        return None
    number = rng.choice(places)
    text = line(report, number)
    marks = set("，。；：、“”‘’《》（）0123456789一二三四五六七八九十是")
    spots = [i for i in range(30, len(text) - 25) if not marks & set(text[i - 3 : i + 4])]
    if not spots:
        return None
    at = rng.choice(spots)
    gap = [""] if report.suffix == ".md" or rng.random() < 0.4 else []
    edited = changed(report, {number: text[:at]}, {number: [*gap, text[at:]]})
    lines = frozenset((number, number + 1, number + 2))
    return Fault(
        edited,
        ("structure.broken-paragraph",),
        lines,
        text[at - 6 : at] + "/" + text[at : at + 6],
        ("punctuation.marks",),
    )


def no_contact(report: Report, rng: random.Random) -> Fault | None:
    """The whole contact block is gone."""
    gone = dict.fromkeys(lines_of(report, "welcome", "contact"))
    return Fault(
        changed(report, dict(gone)), ("contact.missing",), frozenset(), "no contact", ("contact.channels",)
    )


def channels(report: Report, rng: random.Random) -> Fault | None:
    """No postal way."""
    numbers = lines_of(report, "contact")
    edits: dict[int, str | None] = {}
    if len(numbers) == 1:
        text = line(report, numbers[0])
        edits[numbers[0]] = re.split(r"；(?:通讯地址|邮政信箱)", text)[0] + "。"
    else:
        for n in numbers:
            if line(report, n).startswith(("通讯地址", "邮政编码", "邮政信箱", "电子邮箱")):
                edits[n] = None
    return Fault(changed(report, edits), ("contact.channels",), frozenset(), "a phone and no more")


def _contact(report: Report, kind: str) -> tuple[str, int] | None:
    return next(((v, n) for k, v, n in report.contacts if k == kind), None)


def contact_format(report: Report, rng: random.Random) -> Fault | None:
    """A phone with no area code or too short, a short postcode, an address of e-mail that is none."""
    phone = _contact(report, "phone")
    postcode = _contact(report, "postcode")
    mail = _contact(report, "email")
    assert phone is not None and postcode is not None
    local = re.sub(r"^（?\d+?[-—）]", "", phone[0])
    options = [
        (phone, local),
        (phone, phone[0][:-2]),
        (postcode, postcode[0][:-1]),
        (postcode, postcode[0] + "0"),
    ]
    if mail:
        options += [(mail, mail[0].replace("@", "#")), (mail, mail[0].replace(".com", ""))]
    (old, number), new = rng.choice(options)
    edits = swap(report, number, old, new)
    return Fault(
        changed(report, edits), ("contact.format",), frozenset((number,)), f"{old} → {new}",
        ("contact.channels", "contact.region"),
    )  # fmt: skip


def region(report: Report, rng: random.Random) -> Fault | None:
    """A phone or postcode of another region."""
    other = rng.choice(
        [p for p in PLACES if p.area != report.names["area"] and p.province[:2] not in report.names["full"]]
    )
    phone, postcode = _contact(report, "phone"), _contact(report, "postcode")
    assert phone is not None and postcode is not None
    if rng.random() < 0.5:
        edits = swap(report, phone[1], report.names["area"], other.area)
        return Fault(
            changed(report, edits),
            ("contact.region",),
            frozenset((phone[1],)),
            other.area,
            ("contact.format",),
        )
    if other.postcode[:2] == postcode[0][:2]:
        return None
    edits = swap(report, postcode[1], postcode[0], other.postcode)
    return Fault(changed(report, edits), ("contact.region",), frozenset((postcode[1],)), other.postcode)


def unsigned(report: Report, rng: random.Random) -> Fault | None:
    """No signature, or no date."""
    gone = rng.choice((("signature", "signed"), ("signed",), ("signature",)))
    return Fault(
        changed(report, dict.fromkeys(lines_of(report, *gone))),
        ("signature.missing",),
        frozenset(),
        str(gone),
    )


def signed_by_other(report: Report, rng: random.Random) -> Fault | None:
    """Signed by another body."""
    number = lines_of(report, "signature")[0]
    place = rng.choice(
        [p for p in PLACES if p.county not in report.names["full"] and p.city not in report.names["full"]]
    )
    new = f"中共{place.name}{rng.choice(('财政局', '审计局', '统计局'))}党组"
    return Fault(
        changed(report, {number: new}), ("signature.mismatch",), frozenset((number,)), new,
        ("name.organization", "contact.region"),
    )  # fmt: skip


def date_order(report: Report, rng: random.Random) -> Fault | None:
    """Fed back before the inspection, or signed before the feedback."""
    number = lines_of(report, "lead")[0]
    signed = lines_of(report, "signed")[0]
    year = int(report.names["feedback"][:4])
    if rng.random() < 0.5:
        new = f"{int(report.names['start'][:4]) - 1}年{report.names['feedback'][5:]}"
        return Fault(
            changed(report, swap(report, number, report.names["feedback"], new)), ("date.order",), frozenset((number,)),
            f"feedback {new}", ("date.relative",),
        )  # fmt: skip
    old = line(report, signed)
    new = f"{year - 1}{old[4:]}"
    return Fault(
        changed(report, {signed: new}), ("date.order",), frozenset((signed, number)), f"signed {new}"
    )


def date_invalid(report: Report, rng: random.Random) -> Fault | None:
    """An impossible date, or one that lost its signs."""
    number = lines_of(report, "lead")[0]
    old = report.names["feedback"]
    year, rest = old.split("年")
    month = rest.split("月")[0]
    new = rng.choice(
        (f"{year}年{month}月32日", f"{year}年13月8日", f"{year}年2月30日", f"{year}{rest.replace('月', '')}")
    )
    text = changed(report, swap(report, number, old, new))
    return Fault(text, ("date.invalid",), frozenset((number,)), f"{old} → {new}", LEAD)


def other_team(report: Report, rng: random.Random) -> Fault | None:
    """The team is another, once."""
    name = report.names["inspector"]
    found = re.search(r"第([一二三四五六七八九])", name)
    if found is None:
        return None
    other = rng.choice([d for d in "一二三四五六七八" if d != found[1]])
    new = name.replace(f"第{found[1]}", f"第{other}")
    lead = lines_of(report, "lead")[0]
    places = [n for n in range(lead + 1, len(report.lines) + 1) if name in line(report, n)]
    if not places or rng.random() < 0.3:
        sentence = f"{new}对整改工作给予了有力指导。"
        return appended(
            report, rng, sentence, "name.inspector", also=("name.document",), marks=("organization",)
        )
    number = rng.choice(places)
    edits = swap(report, number, name, new)
    return Fault(changed(report, edits), ("name.inspector",), frozenset((number,)), new, ("name.document",))


def other_name(report: Report, rng: random.Random) -> Fault | None:
    """The issuing body is another in the title of its own plan."""
    plan, full = report.names["plan"], report.names["full"]
    places = [n for n in range(1, len(report.lines) + 1) if plan in line(report, n)]
    if not places or not full.endswith(("局党组", "局委员会")):
        return None
    new = full.removesuffix("党组").removesuffix("委员会")
    edits = swap(report, places[0], plan, plan.replace(full, new))
    return Fault(
        changed(report, edits), ("name.organization",), frozenset((places[0],)), new, ("name.document",)
    )


def kind_of_inspection(report: Report, rng: random.Random) -> Fault | None:
    """巡视 in a report on a 巡察, or the other way round."""
    act = report.names["act"]
    if act not in ("巡察", "巡视"):
        return None
    other = "巡视" if act == "巡察" else "巡察"
    sentence = f"对{other}组反馈的意见，逐条制定整改措施并明确责任人。"
    return appended(
        report, rng, sentence, "name.inspection-kind", also=("name.inspector",), marks=("organization",)
    )


def lost_kind(report: Report, rng: random.Random) -> Fault | None:
    """A cited document that lost its kind, or is spelled in two ways."""
    places = prose(report)
    if len(places) < 2:
        return None
    first, second = sorted(rng.sample(places, 2))
    name, wrong = rng.choice(
        (
            ("《机关作风建设行动实施方案》", "《机关作风建设行动实施》"),
            ("《干部联系服务群众工作办法》", "《干部联系服务群众工作》"),
            ("《重点工作督查督办管理办法》", "《重点工作督察督办管理办法》"),
        )
    )
    edits: dict[int, str | None] = {
        first: line(report, first) + f"印发{name}。",
        second: line(report, second) + f"严格执行{wrong}有关规定。",
    }
    return Fault(changed(report, edits), ("name.document",), frozenset((first, second)), wrong)


INJECTORS: tuple[Injector, ...] = (
    title_mark, title_kind, document_kind, document_title, lead_feedback, lead_inspector, lead_publication,
    no_next_steps, numbering, problem_label, run_in, heading_style, broken, no_contact, channels, contact_format, region,
    unsigned, signed_by_other, date_order, date_invalid, other_team, other_name, kind_of_inspection, lost_kind,
)  # fmt: skip
