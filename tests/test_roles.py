"""Sections and what they are for."""

from __future__ import annotations

import pytest

from checker.document import Section
from checker.parser import parse
from checker.roles import is_excerpt
from checker.source import Source

LEAD = "根据县委统一部署，县委巡察组进行了巡察。现将整改情况予以公布。\n"


def sections_of(text: str) -> list[tuple[int, str, str, str]]:
    found: list[tuple[int, str, str, str]] = []

    def walk(sections: tuple[Section, ...]) -> None:
        for section in sections:
            found.append((section.level, section.label, section.title, section.role))
            walk(section.children)

    walk(parse(Source("draft.txt", LEAD + text)).sections)
    return found


@pytest.mark.parametrize(
    "titles",
    [
        ("整改工作组织情况", "巡察反馈问题整改情况", "下一步工作打算"),
        ("强化责任担当，做好问题整改", "坚持问题导向，确保整改到位", "建立长效机制，巩固整改成果"),
        ("党组履行主体责任情况", "反馈意见整改落实情况", "努力方向"),
        ("提高政治站位", "整改进展情况及成效", "持续抓好后续整改，深化整改成效"),
        ("组织整改落实情况", "突出问题整改情况", "今后工作安排"),
    ],
)
def test_three_sections(titles: tuple[str, str, str]) -> None:
    text = "".join(f"{label}、{title}\n正文。\n" for label, title in zip("一二三", titles, strict=True))
    roles = [role for *_, role in sections_of(text)]
    assert roles == ["organization", "rectification", "next-steps"]


def test_children_inherit_and_sentences_are_no_sections() -> None:
    text = "一、组织情况\n（一）加强领导。成立专班，逐项推进。\n1. 每月召开一次会议，听取整改工作汇报，研究解决难点问题。\n二、问题整改情况\n（一）聚焦理论学习方面\n问题1：学习不够。\n1. 加强学习\n"
    assert sections_of(text) == [
        (1, "一", "组织情况", "organization"),
        (2, "一", "加强领导", "organization"),
        (1, "二", "问题整改情况", "rectification"),
        (2, "一", "聚焦理论学习方面", "rectification"),
    ]


def test_a_report_that_starts_at_the_second_level() -> None:
    text = "（一）在理论学习方面\n正文。\n（二）下一步打算\n正文。\n"
    assert sections_of(text) == [
        (2, "一", "在理论学习方面", "rectification"),
        (2, "二", "下一步打算", "next-steps"),
    ]


def test_chapters_that_pose_the_problems() -> None:
    text = (
        "一、关于“学习不够”问题的整改\n正文。\n二、关于“研讨不深”问题的整改\n正文。\n三、下一步打算\n正文。\n"
    )
    assert [role for *_, role in sections_of(text)] == ["rectification", "rectification", "next-steps"]


def test_a_section_ends_where_the_next_begins() -> None:
    text = LEAD + "一、组织情况\n正文。\n\n二、整改情况\n正文。\n"
    first, second = parse(Source("draft.txt", text)).sections
    assert (text[first.span.start : first.end], second.end) == ("一、组织情况\n正文。", len(text) - 1)


@pytest.mark.parametrize(
    ("title", "excerpt"),
    [
        ("巡察反馈重点问题整改落实情况", True),
        ("部分问题整改情况", True),
        ("反馈的主要问题及整改", True),
        ("围绕解决突出问题，坚定不移抓好整改工作落实", False),
        ("巡察反馈问题整改落实情况", False),
        ("重点工作推进情况", False),
    ],
)
def test_excerpts(title: str, excerpt: bool) -> None:
    assert is_excerpt(title) is excerpt


@pytest.mark.parametrize(
    ("first", "role"),
    [
        ("整改落实工作情况", "organization"),
        ("整改进展情况", "organization"),
        ("问题整改情况", "rectification"),
    ],
)
def test_a_first_section_that_leads_up_to_the_problems(first: str, role: str) -> None:
    text = (
        f"一、{first}\n正文。\n二、巡察反馈问题整改情况\n（一）党的建设方面\n正文。\n三、下一步打算\n正文。\n"
    )
    assert [found for level, *_, found in sections_of(text) if level == 1] == [
        role,
        "rectification",
        "next-steps",
    ]


def test_a_first_section_with_the_problems_in_it() -> None:
    text = "一、整改进展情况\n（一）党的建设方面\n正文。\n二、反馈问题整改成效\n正文。\n"
    assert sections_of(text)[0] == (1, "一", "整改进展情况", "rectification")


@pytest.mark.parametrize("label", ["（二", "二）"])
def test_a_label_that_lost_half_its_bracket_is_a_label(label: str) -> None:
    text = f"一、组织情况\n（一）加强领导\n正文。\n{label}压实责任\n正文。\n（三）严格督查\n正文。\n"
    assert [section[1] for section in sections_of(text)] == ["一", "一", "二", "三"]


def test_the_middle_one_of_three_sections_tells_of_the_problems() -> None:
    text = "一、提高站位，加强领导\n正文。\n二、精准施策，动真碰硬\n（一）党的建设方面\n正文。\n三、下一步打算\n正文。\n"
    assert [found for level, *_, found in sections_of(text) if level == 1] == [
        "organization",
        "rectification",
        "next-steps",
    ]
