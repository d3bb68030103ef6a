"""How deep each label stands: 1. above 问题N or below it, as the numbers go on."""

from __future__ import annotations

import pytest

from checker.ladder import label_digits, label_number
from checker.lines import Node, read_lines


def tree_of(text: str) -> list[str]:
    """The labels of a text, each behind one dot for each level above it."""
    tree, _ = read_lines(text)
    found: list[tuple[int, str]] = []

    def walk(node: Node) -> None:
        for child in node.children:
            assert child.line is not None
            label = child.line.label or child.line.finding
            found.append((child.line.start, "." * (child.depth - 1) + (label.text.strip() if label else "#")))
            walk(child)

    walk(tree)
    return [label for _, label in sorted(found)]


def test_items_above_problems() -> None:
    text = "（一）甲\n1. 针对“乙”的问题\n问题1：丙\n问题2：丁\n2. 针对“戊”的问题\n问题1：己\n（二）庚\n问题1：辛\n"
    assert tree_of(text) == [
        "（一）",
        ".1.",
        "..问题1：",
        "..问题2：",
        ".2.",
        "..问题1：",
        "（二）",
        ".问题1：",
    ]


def test_problems_above_items() -> None:
    text = "（一）甲\n问题一：乙\n整改情况：\n1. 丙。\n2. 丁。\n问题二：戊\n1. 己。\n"
    assert tree_of(text) == ["（一）", ".问题一：", "..1.", "..2.", ".问题二：", "..1."]


def test_items_above_problems_that_have_items_of_their_own() -> None:
    text = (
        "1. 针对“甲”的问题\n问题1：乙\n1. 丙。\n2. 丁。\n问题2：戊\n1. 己。\n2. 针对“庚”的问题\n问题1：辛\n"
    )
    assert tree_of(text) == ["1.", ".问题1：", "..1.", "..2.", ".问题2：", "..1.", "2.", ".问题1："]


def test_an_overview_before_the_problems_is_closed() -> None:
    text = "一、甲\n1. 乙。\n2. 丙。\n问题一：丁\n1. 戊。\n问题二：己\n1. 庚。\n"
    assert tree_of(text) == ["一、", ".1.", ".2.", ".问题一：", "..1.", ".问题二：", "..1."]


def test_a_full_ladder_and_back() -> None:
    text = "一、甲\n（一）乙\n1. 丙\n（1）丁\n①戊\n（2）己\n2. 庚\n二、辛\n"
    assert tree_of(text) == ["一、", ".（一）", "..1.", "...（1）", "....①", "...（2）", "..2.", "二、"]


def test_markdown_levels_count_only_without_labels() -> None:
    text = (
        "# 关于整改的通报\n" + "甲" * 50 + "。\n## 一、甲\n#### （一）乙\n### （二）丙\n## 背景\n### 细节\n"
    )
    assert tree_of(text) == ["一、", ".（一）", ".（二）", "#", ".#"]


def test_unlabelled_findings_open_a_level_after_the_head() -> None:
    lead = "根据统一部署，巡察组开展了巡察，现将整改情况予以公布，请予监督，并提出宝贵意见，谢谢支持与配合。"
    text = f"关于巡察反馈问题整改\n情况的通报\n{lead}\n关于“甲”的问题\n1. 乙。\n2. 丙。\n关于“丁”的问题\n1. 戊。\n"
    assert tree_of(text) == ["关于“甲”的问题", ".1.", ".2.", "关于“丁”的问题", ".1."]


@pytest.mark.parametrize(
    ("label", "digits", "number"),
    [
        ("（十二）", "十二", 12),
        ("1．", "1", 1),
        ("１、", "１", 1),
        ("问题二十：", "二十", 20),
        ("⑶", "⑶", 3),
        ("⒛", "⒛", 20),
        ("①", "①", 1),
        ("问题：", "", None),
    ],
)
def test_values_of_labels(label: str, digits: str, number: int | None) -> None:
    assert (label_digits(label), label_number(label)) == (digits, number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.针对“甲”的问题\n整改措施：1、乙；2、丙。\n2.针对“丁”的问题\n", ["1.", ".1、", "2."]),
        ("1.甲\n整改措施：1.乙。2.丙。\n2.丁\n", ["1.", ".1.", "2."]),
        ("1.甲\n整改措施：1、乙。\n2、丙。\n2.丁\n", ["1.", ".1、", ".2、", "2."]),
    ],
)
def test_a_list_behind_a_key_stands_under_its_heading(text: str, expected: list[str]) -> None:
    assert tree_of(text) == expected


def test_parts_above_chapters() -> None:
    text = "第一部分　甲\n正文。\n第二部分　乙\n一、丙\n（一）丁\n二、戊\n第三部分　己\n正文。\n"
    assert tree_of(text) == ["第一部分", "第二部分", ".一、", "..（一）", ".二、", "第三部分"]
