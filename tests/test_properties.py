"""What holds of every whole report: of clean ones, of ones with one fault, of the same one in another form."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from checker import Source, check, read
from checker.diagnostics import Diagnostic, Severity
from checker.files import load
from tests.effort import examples

STEADY = {"derandomize": True, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
FEW = examples(12, **STEADY)
MORE = examples(40, **STEADY)

PLACES = (("平江县", "县委"), ("晋安区", "区委"), ("汝州市", "市委"))
OFFICES = ("水利局", "教育和体育局", "市场监督管理局", "文化广电和旅游局")
THEMES = ("贯彻落实上级决策部署方面", "落实全面从严治党责任方面", "加强基层党组织建设方面")
FAULTS = (
    "理论学习不够深入", "河道管护责任落实不到位", "财务报销审核不严", "固定资产底数不清", "干部档案管理存在疏漏",
    "窗口服务态度生硬的现象仍然存在", "安全隐患排查不彻底", "公务接待手续不全", "党员发展程序不规范", "工程变更审批滞后",
    "群众诉求回应不及时", "支部活动流于形式",
)  # fmt: skip
MEASURES = (
    "修订学习制度并逐月检查学习笔记", "逐段公布管护人员名单和电话", "由两人复核票据并按季抽查", "逐件盘点登记并粘贴标签",
    "逐卷补齐缺失的材料", "组织礼仪培训并公开评议结果", "聘请专家逐处查验并限期清除", "严格凭公函接待并按月公示",
    "重新学习规程并逐人谈话", "明确审批时限并由专人督办", "设立意见簿并每周答复", "制定年度活动计划并列席指导",
)  # fmt: skip
NUMERALS = "〇一二三四五六七八九十"


def numeral(number: int) -> str:
    """A number up to 19 in Chinese."""
    return NUMERALS[number] if number <= 10 else "十" + NUMERALS[number - 10]


@dataclass(frozen=True)
class Draft:
    """A whole report by its parts; ``labels`` are the numbers written before the problems, ``order`` what they are of."""

    place: str
    level: str
    office: str
    team: int
    layout: str
    order: tuple[int, ...]
    labels: tuple[int, ...]
    done: int
    told: tuple[int, int]
    themes: int
    plan: int
    contact: bool = True
    blank: bool = False

    @property
    def body(self) -> str:
        return f"中共{self.place}{self.office}党组"

    def lines(self) -> list[str]:
        """The report, line by line."""
        short, team = f"{self.place[-1]}{self.office}党组", f"{self.level}第{numeral(self.team)}巡察组"
        plan = f"{self.level}第{numeral(self.plan)}巡察组"
        total, done = self.told
        states = f"{done}个已完成整改，{total - done}个正在整改" if done < total else f"已完成整改{done}个"
        return [
            f"{self.body}关于巡察整改进展情况的通报",
            f"根据{self.level}统一部署，2024年3月5日至5月20日，{team}对{self.body}（以下简称“{short}”）开展了常规巡察。"
            f"2024年7月2日，{team}反馈了巡察意见。按照巡察工作有关要求，现将巡察整改进展情况予以公布。",
            "一、整改工作组织情况",
            f"{short}召开会议逐项研究，印发《{self.body}关于{plan}反馈意见的整改方案》，明确责任人和完成时限。"
            f"截至2025年1月底，巡察反馈的{total}个问题，{states}。",
            "二、巡察反馈问题整改落实情况",
            *self.problems(),
            "三、下一步工作打算",
            "巩固整改成果，完善长效机制，从严落实管党治党责任。",
            *(self.closing() if self.contact else []),
            self.body,
            "2025年2月10日",
        ]

    def problems(self) -> list[str]:
        """The lines of the section that lists the problems, under their themes."""
        out = []
        each = -(-len(self.order) // self.themes)
        for place, (index, label) in enumerate(zip(self.order, self.labels, strict=True)):
            if self.themes > 1 and place % each == 0:
                out.append(f"（{numeral(place // each + 1)}）{THEMES[place // each]}")
            state = "已完成整改" if place < self.done else "正在整改"
            fault, measure = FAULTS[index], MEASURES[index]
            if self.layout == "numbered":
                out += [f"问题{label}：{fault}。", f"工作进展：{state}。", f"整改情况：{measure}。"]
            elif self.layout == "chinese":
                out += [f"问题{numeral(label)}：{fault}。", f"整改情况：{state}。{measure}。"]
            elif self.layout == "posed":
                out += [f"{label}.针对“{fault}”的问题。", f"{state}。", f"{measure}。"]
            elif self.layout == "bracket":
                out += [f"{label}.关于“{fault}”的问题（{state}）", f"{measure}。"]
            else:
                out += [f"{label}.{fault}", f"整改状态：{state}", f"整改情况：{measure}。"]
        return out

    def closing(self) -> list[str]:
        return [
            "欢迎广大干部群众对巡察整改落实情况进行监督。如有意见建议，请及时反映。",
            "联系电话：0591-83210456",
            "通讯地址：解放路18号",
            "电子邮箱：zhenggai@126.com",
        ]

    def text(self) -> str:
        return ("\n\n" if self.blank else "\n").join(self.lines()) + "\n"


@st.composite
def drafts(draw: st.DrawFn, least: int = 3) -> Draft:
    """Reports that are right."""
    count = draw(st.integers(least, len(FAULTS)))
    done = draw(st.integers(1, count))
    place, level = draw(st.sampled_from(PLACES))
    team = draw(st.integers(1, 9))
    return Draft(
        place=place,
        level=level,
        office=draw(st.sampled_from(OFFICES)),
        team=team,
        layout=draw(st.sampled_from(("numbered", "chinese", "posed", "bracket", "plain"))),
        order=tuple(draw(st.permutations(range(len(FAULTS))))[:count]),
        labels=tuple(range(1, count + 1)),
        done=done,
        told=(count, done),
        themes=draw(st.integers(1, 3)),
        plan=team,
        blank=draw(st.booleans()),
    )


def findings(text: str) -> list[Diagnostic]:
    """Errors and warnings; the invented places have no phone and postcode of their own."""
    found = check(Source("draft.txt", text), ignore=["contact.region"])
    return [one for one in found if one.severity >= Severity.WARNING]


def told(text: str) -> list[tuple[str, int]]:
    return [(one.rule, one.start.line) for one in findings(text)]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


# --- clean reports and one fault ------------------------------------------------------------------------------


@MORE
@given(drafts())
def test_a_right_report_has_no_findings(draft: Draft) -> None:
    assert told(draft.text()) == []


@MORE
@given(drafts())
def test_every_problem_is_listed_in_order_with_its_state(draft: Draft) -> None:
    problems = read(Source("draft.txt", draft.text())).problems
    states = ["done" if place < draft.done else "ongoing" for place in range(len(draft.order))]
    assert [(one.number, one.state) for one in problems] == list(zip(draft.labels, states, strict=True))
    assert all(FAULTS[index] in one.title for one, index in zip(problems, draft.order, strict=True))


@FEW
@given(drafts(least=4), st.sampled_from((-1, 1)))
def test_another_total_is_one_error_at_its_line(draft: Draft, by: int) -> None:
    total = draft.told[0]
    text = draft.text().replace(f"反馈的{total}个", f"反馈的{total + by}个", 1)
    found = told(text)
    assert [line for _, line in found] == [line_of(text, "截至2025年1月底")]
    assert found[0][0].startswith("count.")


@FEW
@given(drafts(least=4))
def test_another_done_figure_is_one_error_at_its_line(draft: Draft) -> None:
    total = draft.told[0]
    draft = replace(draft, done=total - 1, told=(total, total - 1))
    text = draft.text().replace(f"{total - 1}个已完成整改", f"{total - 2}个已完成整改", 1)
    found = told(text)
    assert [line for _, line in found] == [line_of(text, "截至2025年1月底")]
    assert found[0][0].startswith("count.")


@FEW
@given(drafts(least=4), st.data())
def test_a_problem_that_is_gone_is_a_gap_and_a_count(draft: Draft, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(draft.order) - 2))
    cut = replace(
        draft,
        order=draft.order[:at] + draft.order[at + 1 :],
        labels=draft.labels[:at] + draft.labels[at + 1 :],
        done=draft.done - (at < draft.done),
        themes=1,
    )
    text = cut.text()
    rules = [rule for rule, _ in told(text)]
    assert "structure.numbering" in rules
    assert set(rules) <= {"structure.numbering", "count.listed", "count.status"}
    closed = replace(cut, labels=tuple(range(1, len(cut.order) + 1)))
    assert {line for _, line in told(closed.text())} == {line_of(closed.text(), "截至2025年1月底")}


@FEW
@given(drafts(least=4), st.data())
def test_two_labels_exchanged_are_numbering_alone(draft: Draft, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(draft.labels) - 2))
    labels = list(draft.labels)
    labels[at], labels[at + 1] = labels[at + 1], labels[at]
    found = told(replace(draft, labels=tuple(labels), themes=1).text())
    assert found
    assert {rule for rule, _ in found} == {"structure.numbering"}


@FEW
@given(drafts(), st.integers(1, 9))
def test_another_team_is_one_error_where_it_stands(draft: Draft, team: int) -> None:
    text = replace(draft, plan=team).text()
    wanted = [] if team == draft.team else [("name.inspector", line_of(text, "召开会议逐项研究"))]
    assert told(text) == wanted


@FEW
@given(drafts())
def test_without_a_contact_block_one_error(draft: Draft) -> None:
    assert [rule for rule, _ in told(replace(draft, contact=False).text())] == ["contact.missing"]


# --- the same report in another form ----------------------------------------------------------------------------


def shown(found: list[Diagnostic]) -> list[tuple[str, str, str]]:
    return [(one.rule, one.excerpt, one.message["zh"]) for one in found]


@FEW
@given(drafts(), st.randoms(use_true_random=False))
def test_blank_lines_move_findings_and_do_nothing_else(draft: Draft, chance: random.Random) -> None:
    lines = replace(draft, told=(draft.told[0] + 1, draft.told[1]), contact=False, blank=False).lines()
    moved: list[str] = []
    place: dict[int, int] = {}
    for number, line in enumerate(lines, 1):
        moved += [""] * chance.choice((0, 0, 1, 2))
        moved.append(line)
        place[number] = len(moved)
    before, after = findings("\n".join(lines)), findings("\n".join(moved))
    assert shown(before) == shown(after)
    assert [place[one.start.line] for one in before] == [one.start.line for one in after]


@pytest.mark.parametrize(("codec", "newline"), [("utf-8-sig", "\n"), ("gb18030", "\n"), ("utf-8", "\r\n")])
@examples(4, **STEADY)
@given(drafts())
def test_encodings_and_line_ends_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, codec: str, newline: str, draft: Draft
) -> None:
    text = replace(draft, told=(draft.told[0] + 1, draft.told[1])).text()
    file = tmp_path_factory.mktemp("forms") / "draft.txt"
    file.write_bytes(text.replace("\n", newline).encode(codec))
    plain = check(Source(str(file), text))
    other = check(load(str(file)))
    assert [(one.rule, one.start, one.message) for one in plain] == [
        (one.rule, one.start, one.message) for one in other
    ]


# --- any text ---------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    (
        "一、", "（二）", "3.", "（4）", "问题5：", "针对“", "”的问题", "整改情况：", "工作进展：已完成。", "一是", "其中", "其余", "35个问题",
        "已完成整改33个", "正在整改2项", "全部", "均已", "占95%", "县委第三巡察组", "2024年13月", "《", "》", "“", "”", "（", "）", "|", "\t",
        "\r\n", "\n", "。", "，", "：", "；", "0591-8321", "中共甲县水利局党组关于", "情况的通报", "　", "**", "#", "\u200b", "\ufeff", "*", "某",
    )
)  # fmt: skip


@examples(50, **STEADY)
@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map("".join)))
@example("（" * 400)
@example("一、" * 200 + "。")
@example("“‘" * 100 + "’”" * 99)
def test_any_text_is_read_and_every_finding_lies_inside(text: str) -> None:
    source = Source("draft.txt", text)
    last = source.position(len(text))
    for one in check(source):
        assert not one.crash
        for place in (one, *one.related):
            assert place.start.line >= 1 and place.start.column >= 1
            assert (place.start.line, place.start.column) <= (place.end.line, place.end.column)
            assert (place.end.line, place.end.column) <= (last.line, last.column)
    document = read(source)
    for claim in document.claims:
        assert 0 <= claim.span.start <= claim.span.end <= len(text)
    for problem in document.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
    for section in document.sections:
        assert 0 <= section.span.start <= section.span.end <= section.end <= len(text)


REPORTS = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
SAYING = (
    "反馈问题35个，其中政治建设方面12个、作风建设方面10个、组织建设方面20个。",
    "巡察反馈的4个方面16个问题的39个具体表现，已完成37个，正在整改2个，整改完成率94.87%。",
    "制定整改措施88条，已完成85条；清退资金25.5万元，已收回21.2万元，尚未收回4.5万元。",
    "给予党纪处分6人（警告4人、严重警告3人）。其余2个问题正按计划推进。",
)


@examples(24, **STEADY)
@given(
    st.sampled_from([path.read_text(encoding="utf-8") for path in REPORTS] + ["".join(SAYING)]),
    st.sampled_from(["*", "**", "XX", "×", "", "0", "0.5", "100000000000000000000"]),
    st.sampled_from([0.1, 0.5, 1.0]),
    st.randoms(use_true_random=False),
)
def test_no_rule_fails_where_figures_are_masked_or_lost(
    text: str, mask: str, share: float, chance: random.Random
) -> None:
    text = "".join(SAYING).join(text.rsplit("\n", 1)) if "\n" in text else text
    masked = re.sub(r"[0-9]+", lambda found: mask if chance.random() < share else found[0], text)
    assert [one.message["en"] for one in check(Source("draft.txt", masked)) if one.crash] == []
