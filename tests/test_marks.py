"""Punctuation marks: pairs, widths, and runs that do not belong together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Break, Mark, MarkRun
from checker.marks import find_mark_runs, find_marks
from checker.source import Span
from tests.paragraphs import report, whole


def marks(*lines: str) -> list[Mark]:
    return list(find_marks(*report(*lines)))


def lone(*lines: str) -> list[tuple[str, int]]:
    return [(mark.text, mark.span.start) for mark in marks(*lines) if not mark.paired]


def test_whole_mark() -> None:
    assert marks("body: 抓好“四风”。")[1] == Mark(
        span=Span(5, 6),
        text="”",
        kind="quote",
        side="close",
        paired=True,
        depth=0,
        nested_same=False,
        width="full",
        chinese=False,
        full="”",
        before="风",
        after="。",
        prevailing=False,
    )


@pytest.mark.parametrize(
    "text",
    [
        "“甲”和“乙”",
        "“甲‘乙’丙”（丁【戊】）",
        "《学习〈章程〉的意见》",
        "（全角开头)与(半角开头）",
        "1)第一；2）第二；a)第三。（1）第四",
        "①甲；(2)乙",
        "don’t",
        '直"引"号',
        '15"屏幕',
        "〔2021〕5号[1]",
    ],
)
def test_balanced(text: str) -> None:
    assert lone(f"body: {text}") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("缺右边“甲，乙。", [("“", 3)]),
        ("缺左边甲”，乙。", [("”", 4)]),
        ("反了”甲“乙。", [("”", 2), ("“", 4)]),
        ("缺右边“甲，“乙”。", [("“", 3)]),
        ("交叉（甲“乙）丙”。", [("“", 4), ("”", 8)]),
        ("少一半（甲，乙。", [("（", 3)]),
        ("多一半甲）乙。", [("）", 4)]),
        ("《甲和《乙》", [("《", 0)]),
    ],
)
def test_unbalanced(text: str, found: list[tuple[str, int]]) -> None:
    assert lone(f"body: {text}") == found


def test_pairs_over_paragraphs() -> None:
    assert lone("body: 他说：“第一段。", "body: “第二段。", "body: “第三段。”") == []
    assert lone("body: 一段（开始", "body: 结束）二段") == []
    assert lone("body: 一段（开始", *["body: 另一段。"] * 4, "body: 结束）二段") == [("（", 2), ("）", 28)]


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("“整治“四风”不够”", [False, True]),
        ("“整治‘四风’不够”", [False, False]),
        ("“甲”“乙”", [False, False]),
        ("“甲（“乙”）丙”", [False, False]),
        ("缺“甲，“乙”", [False, False]),
        ("《学习《章程》》", [False, True]),
    ],
)
def test_nested_in_the_same(text: str, nested: list[bool]) -> None:
    assert [
        mark.nested_same for mark in marks(f"body: {text}") if mark.side == "open" and mark.kind != "bracket"
    ] == nested


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("加强管理,落实", ","),
        ("加强管理;落实", ";"),
        ("电话:见下", ":"),
        ("电话:0731", ":"),
        ("2024年,我局", ","),
        ("县局(水利)会", "()"),
        ("完成了.下一步", "."),
        ("好!真的?对", "!?"),
        ('直"引"号', '""'),
        ("数1,234元", ""),
        ("时间8:30到", ""),
        ("用A,B两型", ""),
        ("公司(CEO)说", ""),
        ("http://a.cn/x,y", ""),
        ("版本1.2.3好", ""),
        ("1.加强", ""),
        ("一.加强", ""),
        ("(1)加强", ""),
        ("(一)加强", ""),
        ("全角，；：（）", ""),
    ],
)
def test_width(text: str, found: str) -> None:
    assert "".join(mark.text for mark in marks(f"body: {text}") if mark.chinese) == found


def test_full_forms() -> None:
    found = [mark for mark in marks('body: 加强,管理:好;真(的)"引"') if mark.chinese]
    assert [(mark.text, mark.full, mark.width) for mark in found] == [
        (",", "，", "half"),
        (":", "：", "half"),
        (";", "；", "half"),
        ("(", "（", "half"),
        (")", "）", "half"),
        ('"', "“", "half"),
        ('"', "”", "half"),
    ]


def test_prevailing_width() -> None:
    assert {mark.prevailing for mark in marks("body: " + "加强管理,落实:" * 15)} == {True}
    assert {mark.prevailing for mark in marks("body: " + "加强管理,落实" + "，加强管理" * 40)} == {False}


def test_enumeration_between_quotations() -> None:
    assert [
        mark.text for mark in marks("body: 《甲》、《乙》和“丙”、“丁”，甲、乙") if mark.kind == "enumeration"
    ] == ["、", "、"]


def runs(*lines: str) -> list[tuple[str, str, str]]:
    return [(run.text, run.kind, run.suggestion) for run in find_mark_runs(*report(*lines))]


def test_whole_run() -> None:
    assert find_mark_runs(*report("heading: 问题七：.责任不实")) == (
        MarkRun(Span(3, 5), "：.", "stray", "："),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲。。乙", ("。。", "doubled", "。")),
        ("甲，，乙", ("，，", "doubled", "，")),
        ("甲、，乙", ("、，", "stray", "，")),
        ("甲，。", ("，。", "stray", "。")),
        ("甲；。", ("；。", "stray", "。")),
        ("甲,,乙", (",,", "doubled", ",")),
        ("1.、加强", (".、", "stray", "、")),
        ("甲。。。", ("。。。", "doubled", "……")),
        ("报送议题。并于每周五提醒", ("。", "stray", "，")),
        ("完善制度。以及办法", ("。", "stray", "，")),
    ],
)
def test_wrong_runs(text: str, found: tuple[str, str, str]) -> None:
    assert runs(f"heading: {text}") == [found]


@pytest.mark.parametrize(
    "text",
    [
        "甲……乙",
        "好！！真的？！",
        "他说：“好。”",
        "（甲。）",
        "甲——乙",
        "a,.b ..",
        "并且。并举",
        "《甲》，《乙》",
    ],
)
def test_right_runs(text: str) -> None:
    assert runs(f"heading: {text}") == []


LONG = "完善内部监督，加强日常管理。定期对重点岗位开展监督检查，确保落实"


def test_missing_end() -> None:
    assert runs(f"body: {LONG}") == [("实", "missing", "实。")]
    assert runs(f"body: {LONG}“到位”") == [("位", "missing", "位。")]


@pytest.mark.parametrize(
    "lines",
    [
        (f"body: {LONG}。",),
        (f"body: {LONG}：",),
        (f"heading: {LONG}",),
        ("body: 加强日常管理，确保落实",),
        (f"body: {LONG}", "row: 序号 问题"),
        (f"body: {LONG}如下（附表）A",),
    ],
)
def test_no_end_missing(lines: tuple[str, ...]) -> None:
    assert runs(*lines) == []


def test_a_cut_paragraph_is_not_without_its_end() -> None:
    paragraphs, outline = report(f"body: {LONG}", "body: 到位。")
    cut = Break(Span(len(LONG) - 2, len(LONG) + 2), "落实\n到", "落实", "到")
    assert find_mark_runs(paragraphs, replace(outline, breaks=(cut,))) == ()
    assert len(find_mark_runs(paragraphs, outline)) == 1


def test_furniture_is_not_looked_at() -> None:
    assert marks("furniture: 加强,（") == []
    assert runs("furniture: 甲。。乙") == []


PIECES = st.sampled_from(list("“”‘’（）()《》〈〉【】[],;:.。，、\"' 甲a1\n"))


@given(st.lists(st.one_of(PIECES, st.text(max_size=2)), max_size=30).map("".join))
def test_total_with_spans_inside(text: str) -> None:
    paragraphs, outline = report("body: " + text, "heading: " + text)
    for item in (*find_marks(paragraphs, outline), *find_mark_runs(paragraphs, outline)):
        assert whole(paragraphs)[item.span.start : item.span.end] == item.text != ""


BALANCED = st.recursive(
    st.text(alphabet="甲乙丙丁", max_size=4),
    lambda inner: st.tuples(st.sampled_from(["“”", "‘’", "（）", "《》", "【】", "〔〕"]), inner, inner).map(
        lambda parts: parts[0][0] + parts[1] + parts[0][1] + parts[2]
    ),
    max_leaves=12,
)


@given(BALANCED)
def test_balanced_text_has_no_lone_half(text: str) -> None:
    assert lone(f"body: 甲{text}") == []


@given(BALANCED, st.data())
def test_a_lost_half_is_found(text: str, data: st.DataObject) -> None:
    places = [index for index, char in enumerate(text) if char in "“”（）《》"]
    if places:
        at = data.draw(st.sampled_from(places))
        assert len(lone(f"body: 甲{text[:at]}{text[at + 1 :]}")) % 2 == 1


def test_a_note_after_the_last_sentence_needs_no_full_stop() -> None:
    assert (
        find_mark_runs(*report("body: 一是清运垃圾14吨，拆除旱厕37座。二是聘用保洁员7名。（已完成）")) == ()
    )
    (missing,) = find_mark_runs(*report("body: 一是清运垃圾14吨，拆除旱厕37座。二是聘用保洁员7名（已完成）"))
    assert (missing.kind, missing.text) == ("missing", "成")
    assert find_mark_runs(*report("body: 一是清运垃圾14吨，拆除旱厕37座。二是聘用保洁员7名。已完成）")) == ()


def test_a_bracket_after_a_time_closes_nothing() -> None:
    assert lone("body: 电话：84460000工作日8:30-12:00，14:00-17:30）") == [("）", 36)]
    assert lone("body: 主要措施：1）健全制度；2）加强检查。") == []


def test_an_entity_is_no_mark_and_a_comma_after_latin_is() -> None:
    assert [
        mark.text for mark in marks("body: 成立&nbsp;领导小组。邮箱：a@b.com,地址：甲县。") if mark.chinese
    ] == [","]


def test_a_chinese_numeral_in_half_a_bracket_is_no_label() -> None:
    assert lone("heading: 二）压实责任") == [("）", 1)]


@pytest.mark.parametrize("end", ["观看警示教育片3次", "整改率100%", "师生比达到1∶198"])
def test_an_end_may_be_missing_after_a_figure(end: str) -> None:
    (missing,) = find_mark_runs(
        *report(f"body: 开展廉政微课堂活动6期。组织党员干部到警示教育基地参观学习，{end}")
    )
    assert (missing.kind, missing.text) == ("missing", end[-1])
