"""Faults in figures and in what problems say of themselves."""

import itertools
import random

from bench.faults import Fault, Injector, appended, changed, line, lines_of, restated, reworded, tally
from bench.layouts import STATUS_WORDS
from bench.model import Claim, Problem, Report

COUNT = ["count.partition", "count.remainder", "count.all-done-conflict", "count.rate", "count.measures", "count.nesting", "count.breakdown", "count.listed", "count.status", "count.repeat"]  # fmt: skip


def _main(report: Report) -> tuple[Claim, list[Claim]] | None:
    claims = tally(report, "main")
    totals = [c for c in claims if c.state == "total"]
    parts = [c for c in claims if c.state != "total"]
    return (totals[0], parts) if totals and parts else None


def _fault(report: Report, changes: list[tuple[Claim, str]], rules: tuple[str, ...], note: str) -> Fault:
    lines = frozenset(claim.line for claim, _ in changes)
    return Fault(reworded(report, changes), rules, lines, note, tuple(COUNT))


def _rest(claim: Claim) -> bool:
    return "其余" in claim.text or "剩余" in claim.text


def partition(report: Report, rng: random.Random) -> Fault | None:
    """A part that no longer makes up the total."""
    main = _main(report)
    if main is None or any(_rest(c) for c in main[1]) or len(main[1]) < 2:
        return None
    part = max(main[1], key=lambda c: c.value or 0)
    assert part.value is not None
    words = restated(part, part.value - rng.randint(1, 2))
    return _fault(report, [(part, words)], ("count.partition",), f"{part.text} → {words}")


def remainder(report: Report, rng: random.Random) -> Fault | None:
    """A remainder that is not what is left."""
    main = _main(report)
    rest = [c for c in main[1] if _rest(c)] if main else []
    if not rest or rest[0].value is None:
        return None
    words = restated(rest[0], rest[0].value + rng.randint(1, 4))
    return _fault(
        report, [(rest[0], words)], ("count.remainder", "count.partition"), f"{rest[0].text} → {words}"
    )


def over_total(report: Report, rng: random.Random) -> Fault | None:
    """More done than there are."""
    main = _main(report)
    if main is None:
        return None
    done = next(c for c in main[1] if c.state == "done")
    assert main[0].value is not None
    words = restated(done, main[0].value + rng.randint(2, 6))
    return _fault(report, [(done, words)], ("count.partition", "count.remainder"), f"{done.text} → {words}")


def _everything(report: Report) -> Claim | None:
    claims = (c for c in report.claims if c.all and c.scope == "report" and c.noun in ("problem", "detail"))
    return next(claims, None)


def all_done(report: Report, rng: random.Random) -> Fault | None:
    """All done, and yet some are not, in figures."""
    claim = _everything(report)
    if claim is None:
        return None
    noun = "具体事项" if claim.noun == "detail" else "问题"
    sentence = f"目前，仍有{rng.randint(2, 4)}个{noun}正在整改。"
    text = changed(report, {claim.line: line(report, claim.line) + sentence})
    return Fault(text, ("count.all-done-conflict",), frozenset((claim.line,)), sentence, tuple(COUNT))


def all_done_listed(report: Report, rng: random.Random) -> Fault | None:
    """All done, and yet one listed problem says it is not."""
    claim = _everything(report)
    fault = _other_state(report, rng) if claim else None
    if fault is None or claim is None:
        return None
    return Fault(
        fault.text,
        ("count.all-done-conflict", "count.status"),
        fault.lines | {claim.line},
        fault.note,
        fault.also,
    )


def _status_line(report: Report, problem: Problem) -> int | None:
    """The line on which the state of `problem` is printed; None where it is shared or not printed."""
    if not problem.status_text:
        return None
    if problem.status_text in line(report, problem.line):
        return problem.line
    after = [n for n in lines_of(report, "status") if n > problem.line]
    posed = [p.line for p in report.problems if p.line > problem.line]
    if after and (not posed or after[0] < posed[0]):
        return after[0]
    return None


def _other_state(report: Report, rng: random.Random) -> Fault | None:
    places = []
    shared = {p.status_text + str(p.line) for p in report.problems}
    for before, problem in zip((None, *report.problems), report.problems, strict=False):
        number = _status_line(report, problem)
        alone = before is None or _status_line(report, before) is not None
        if problem.state == "done" and number is not None and alone and shared:
            places.append((problem, number))
    if not places:
        return None
    problem, number = rng.choice(places)
    new = rng.choice(STATUS_WORDS["ongoing"][:2])
    text = line(report, number)
    at = text.rindex(problem.status_text)
    edited = text[:at] + new + text[at + len(problem.status_text) :]
    rules = (*COUNT, "status.done-but-future")
    note = f"{problem.title}: {problem.status_text} → {new}"
    return Fault(
        changed(report, {number: edited}), ("count.status",), frozenset((number, problem.line)), note, rules
    )


def status(report: Report, rng: random.Random) -> Fault | None:
    """One problem's state no longer fits the stated figures."""
    main = _main(report)
    fault = _other_state(report, rng) if main else None
    if main is None or fault is None or "已完成或基本完成" in line(report, main[0].line):
        return None
    return Fault(
        fault.text, fault.rules, fault.lines | {c.line for c in tally(report, "main")}, fault.note, fault.also
    )


def rate(report: Report, rng: random.Random) -> Fault | None:
    """A rate that is not the ratio of its counts."""
    claims = [
        c for c in report.claims if c.state == "rate" and "%" in c.text and "." in c.text and not c.optional
    ]
    if not claims:
        return None
    claim = rng.choice(claims)
    assert claim.value is not None
    words = restated(claim, claim.value + rng.choice((-2.31, -1.07, 0.93, 1.4)))
    return _fault(report, [(claim, words)], ("count.rate",), f"{claim.text} → {words}")


def measures(report: Report, rng: random.Random) -> Fault | None:
    """More measures done than planned, or a remainder that does not fit."""
    claims = tally(report, "measures")
    total = next((c for c in claims if c.state == "total"), None)
    done = next((c for c in claims if c.state == "done"), None)
    if total is None or done is None or total.value is None:
        return None
    words = restated(done, total.value + rng.randint(1, 9))
    return _fault(report, [(done, words)], ("count.measures",), f"{done.text} → {words}")


def nesting(report: Report, rng: random.Random) -> Fault | None:
    """More aspects than problems."""
    claim = next((c for c in report.claims if c.noun == "aspect" and c.scope == "report"), None)
    total = next(
        (c for c in report.claims if c.noun == "problem" and c.state == "total" and c.scope == "report"), None
    )
    if claim is None or total is None or total.value is None:
        return None
    words = restated(claim, total.value + rng.randint(3, 9))
    return _fault(report, [(claim, words)], ("count.nesting",), f"{claim.text} → {words}")


def breakdown(report: Report, rng: random.Random) -> Fault | None:
    """A bracket whose parts do not add up."""
    found = [name for name in ("rules", "people") if tally(report, name)]
    if not found:
        return None
    whole, *parts = tally(report, rng.choice(found))
    part = rng.choice(parts)
    assert part.value is not None and whole.value is not None
    words = restated(part, part.value + rng.randint(1, 3))
    return _fault(report, [(part, words)], ("count.breakdown",), f"{part.text} → {words}")


def listed(report: Report, rng: random.Random) -> Fault | None:
    """The stated total, with all that hangs on it, is one more than is listed."""
    layout = report.names["layout"]
    mine = [c for c in report.claims if c.scope == "report" and c.noun in ("problem", "detail")]
    if layout == "themes" or any(c.state == "rate" for c in mine) or report.names["status"] != "none":
        return None
    fine = "detail" if any(c.noun == "detail" for c in mine) else "problem"
    totals = [c for c in mine if c.noun == fine and c.state == "total"]
    done = [c for c in mine if c.noun == fine and c.state == "done" and c.value is not None]
    if not totals:
        return None
    extra = rng.randint(1, 3)
    changes = [(c, restated(c, (c.value or 0) + extra)) for c in totals + done]
    fault = _fault(report, changes, ("count.listed",), f"{totals[0].text} + {extra}")
    return fault


def repeated(report: Report, rng: random.Random) -> Fault | None:
    """The conclusion states another total."""
    last = lines_of(report, "conclusion")
    claim = next((c for c in report.claims if last and c.line == last[0]), None)
    if claim is None or claim.value is None:
        return None
    words = restated(claim, claim.value + rng.randint(1, 6))
    first = [c.line for c in report.claims if c.scope == "report" and c.value == claim.value]
    fault = _fault(report, [(claim, words)], ("count.repeat",), f"{claim.text} → {words}")
    return Fault(fault.text, fault.rules, fault.lines | set(first), fault.note, fault.also)


def enumeration(report: Report, rng: random.Random) -> Fault | None:
    """Fewer said than named."""
    sentence = rng.choice(
        (
            "成立综合协调组、督导检查组、资料保障组、宣传联络组等三个工作组。",
            "先后修订学习制度、会议制度、考勤制度、接待制度、采购制度等四项制度。",
            "建立台账管理、定期会商、跟踪督办、销号验收、结果公示等四项机制。",
        )
    )
    return appended(report, rng, sentence, "count.enumeration", also=COUNT, marks=("organization",))


def missing_answer(report: Report, rng: random.Random) -> Fault | None:
    """The last problem of a group with no answer."""
    if report.names["status"] != "none" or report.names["layout"] in (
        "clauses",
        "themes",
        "ladder",
        "two-grains",
    ):
        return None
    headings = set(lines_of(report, "heading", "next-heading"))
    filled = [n for n in range(1, len(report.lines) + 1) if line(report, n)]
    following = dict(itertools.pairwise(filled))
    measures_ = set(lines_of(report, "measure"))
    alone = []
    for problem in report.problems:
        answer = following.get(problem.line, 0)
        if answer in measures_ and following.get(answer, 0) in headings:
            alone.append((problem.line, answer))
    if not alone:
        return None
    posed, answer = rng.choice(alone)
    return Fault(
        changed(report, {answer: None}), ("status.missing",), frozenset((posed,)), line(report, posed),
        ("structure.numbering",),
    )  # fmt: skip


def future(report: Report, rng: random.Random) -> Fault | None:
    """A problem that is done, and a measure that is still to come."""
    year = int(report.dates[-1][1][:4]) + 1
    sentence = rng.choice(
        (
            f"实施细则拟于{year}年12月底前印发执行。",
            f"信息系统将于{year}年6月建成投用。",
            "下一步将尽快完成设备招标采购工作。",
            "正在着手研究制定配套管理办法。",
        )
    )
    measures_ = lines_of(report, "measure")
    places = []
    for problem, after in zip(report.problems, (*report.problems[1:], None), strict=False):
        own = [n for n in measures_ if n > problem.line and (after is None or n < after.line)]
        if problem.state == "done" and own and line(report, own[-1]).endswith("。"):
            places.append((problem.line, own[-1]))
    if not places:
        return None
    posed, number = rng.choice(places)
    text = changed(report, {number: line(report, number) + sentence})
    lines = frozenset(range(posed, number + 1))
    return Fault(text, ("status.done-but-future",), lines, sentence, ("count.all-done-conflict",))


def duplicate(report: Report, rng: random.Random) -> Fault | None:
    """One sentence answers two problems."""
    measures_ = [n for n in lines_of(report, "measure") if line(report, n).endswith("。")]
    if report.names["layout"] in ("clauses", "themes") or len(measures_) < 4 or len(report.problems) < 3:
        return None
    owners = {n: max((p.line for p in report.problems if p.line < n), default=0) for n in measures_}
    first, second = rng.sample(measures_, 2)
    if owners[first] == owners[second]:
        return None
    sentences = [
        s
        for s in line(report, first).rpartition("：")[2].split("。")
        if len(s) >= 36 and "是" not in s[:6] and "；" not in s
    ]
    if not sentences:
        return None
    sentence = sentences[-1] + "。"
    if len(sentence) < 34:
        return None
    text = changed(report, {second: line(report, second) + sentence})
    return Fault(text, ("status.duplicate",), frozenset((first, second)), sentence)


INJECTORS: tuple[Injector, ...] = (
    partition, remainder, over_total, all_done, all_done_listed, status, rate, measures, nesting, breakdown, listed,
    repeated, enumeration, missing_answer, future, duplicate,
)  # fmt: skip
