"""Numbers of headings: which step each takes, and what siblings share."""

from __future__ import annotations

import pytest

from checker.parser import parse
from checker.source import Source

LEAD = "根据县委统一部署，县委巡察组进行了巡察。现将整改情况予以公布。\n"


def faults(text: str) -> list[tuple[str, str, int]]:
    """The steps that are not in order: label, kind, expected number."""
    outline = parse(Source("draft.txt", LEAD + text))
    return [(step.heading.label, step.kind, step.expected) for step in outline.steps if step.kind != "ok"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n二、乙\n三、丙\n", []),
        ("一、甲\n二、乙\n四、丁\n五、戊\n", [("四", "gap", 3)]),
        ("一、甲\n二、乙\n二、丙\n三、丁\n", [("二", "repeat", 3)]),
        ("一、甲\n二、乙\n三、丙\n二、丁\n", [("二", "back", 4)]),
        ("二、乙\n三、丙\n", [("二", "start", 1)]),
        ("第一部分　甲\n第二部分　乙\n一、丙\n二、丁\n三、戊\n第四部分　己\n", [("第四", "gap", 3)]),
        ("一、甲\n四、乙\n三、丙\n四、丁\n", [("四", "gap", 2)]),
        ("一、甲\n三、乙\n二、丙\n四、丁\n", [("三", "gap", 2), ("二", "back", 4)]),
        ("（一）甲\n1. 乙。\n4. 丙。\n（二）丁\n3. 戊。\n", [("4", "gap", 2)]),
        ("一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊\n", []),
        ("一、甲\n（一）乙\n（二）丙\n二、丁\n（三）戊\n（四）己\n", []),
        ("一、甲\n（一）乙\n（三）丙\n", [("三", "gap", 2)]),
        ("（一）甲\n问题1：学习不够。\n问题3：研讨不深。\n", [("问题3", "gap", 2)]),
        ("（一）甲\n问题一：学习不够。\n（二）乙\n问题二：研讨不深。\n", []),
        ("（一）甲\n问题1：学习不够。\n（二）乙\n问题1：研讨不深。\n", []),
        ("问题1：学习不够。\n1. 甲。\n2. 乙。\n问题2：研讨不深。\n1. 丙。\n2. 丁。\n", []),
        ("问题1：学习不够。\n1. 甲。\n3. 乙。\n", [("3", "gap", 2)]),
        ("一、甲\n1. 乙。\n2. 丙。\n做法如下。\n1. 丁。\n2. 戊。\n", []),
        ("一、甲\n1. 乙，包括：\n1. 丁。\n2. 戊。\n", []),
        ("一、甲\n1. 乙。2. 丙。\n3. 丁。\n", []),
        ("一、甲\n整改情况：1. 乙。\n2. 丙。\n", []),
        ("一、甲\n1.2024年开展学习。\n2.2024年开展研讨。\n", []),
        ("党建方面\n（一）甲\n（二）乙\n作风方面\n（一）丙\n", []),
    ],
)
def test_steps(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert faults(text) == expected


def test_a_step_names_its_place() -> None:
    outline = parse(Source("draft.txt", LEAD + "一、甲\n（一）乙\n1. 丙\n二、丁\n1. 戊\n"))
    found = [
        (step.heading.label, step.parent_level, step.skipped, step.previous and step.previous.label)
        for step in outline.steps
    ]
    assert found == [
        ("一", 0, False, None),
        ("一", 1, False, None),
        ("1", 2, False, None),
        ("二", 0, False, "一"),
        ("1", 1, True, None),
    ]


def test_a_level_left_out_throughout_is_not_skipped() -> None:
    outline = parse(Source("draft.txt", LEAD + "一、甲\n1. 丙\n2. 乙\n"))
    assert not any(step.skipped for step in outline.steps)


def test_series_share_what_most_have() -> None:
    text = "问题十三：风险意识淡薄\n问题十四：财经纪律不严\n问题十五. 机构管理不到位\n问题十六：.学习不够。\n"
    outline = parse(Source("draft.txt", LEAD + text))
    (series,) = outline.series
    assert (series.mark, series.ending, series.lead, series.numerals, series.level) == (
        "：",
        "",
        "",
        "chinese",
        0,
    )
    assert [(item.mark, item.spacing, item.ending) for item in series.items] == [
        ("：", "", ""),
        ("：", "", ""),
        (".", " ", ""),
        ("：.", "", "。"),
    ]


def test_the_numbered_problems_of_a_report_are_one_series() -> None:
    text = "（一）甲\n问题一：学习不够。\n（二）乙\n问题二、研讨不深。\n（三）丙\n问题三：管理不严。\n"
    outline = parse(Source("draft.txt", LEAD + text))
    assert [(series.mark, [item.label for item in series.items]) for series in outline.series] == [
        ("）", ["一", "二", "三"]),
        ("：", ["问题一", "问题二", "问题三"]),
    ]


def test_headings_alone_in_their_line_tell_the_ending() -> None:
    text = "（一）履行主体责任情况。召开党组会5次。\n（二）履行第一责任人责任情况。认领问题3个。\n（三）问题整改情况\n1.学习不够\n正文。\n（四）下一步打算\n正文。\n"
    (series,) = [each for each in parse(Source("draft.txt", text)).series if each.level == 2]
    assert series.ending == ""


@pytest.mark.parametrize("between", ["（1）甲。\n（2）乙。\n", "占比降至2.8%。\n"])
def test_a_finer_label_or_a_fraction_hides_no_gap(between: str) -> None:
    text = f"一、问题整改情况\n1.关于学习不够的问题\n{between}3.关于研讨不深的问题\n正文。\n"
    assert faults(text) == [("3", "gap", 2)]
