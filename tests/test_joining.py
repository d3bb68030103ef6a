"""Figures that other words part from their nouns and states."""

from __future__ import annotations

import pytest

from tests.test_claims import Row, entries, rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "完成整改32个问题中的30个。",
            [("problem", "total", 32, "report"), ("problem", "done", 30, "report")],
        ),
        (
            "完成整改任务62项中的60项。",
            [("task", "total", 62, "report"), ("task", "done", 60, "report")],
        ),
        (
            "制定措施、完成措施分别为88条、85条。",
            [("measure", "total", 88, "report"), ("measure", "done", 85, "report")],
        ),
        (
            "第一巡察组、第二巡察组分别反馈12个、9个问题。",
            [("problem", "total", 12, "report"), ("problem", "total", 9, "report")],
        ),
        (
            "两个组反馈的问题分别完成整改11个、9个。",
            [("problem", "done", 11, "report"), ("problem", "done", 9, "report")],
        ),
        ("分别召开会议12次、9次。", []),
        (
            "已完成22个问题、58条措施的整改。",
            [("problem", "done", 22, "report"), ("measure", "done", 58, "report")],
        ),
        (
            "反馈20个问题52个具体表现，已完成整改18个问题49个具体表现。",
            [
                ("problem", "total", 20, "report"),
                ("detail", "total", 52, "report"),
                ("problem", "done", 18, "report"),
                ("detail", "done", 49, "report"),
            ],
        ),
        (
            "完成反馈问题30个中的28个。",
            [("problem", "total", 30, "report"), ("problem", "done", 28, "report")],
        ),
        (
            "35个问题中，33个已在三个月内完成整改，2个正在推进。",
            [
                ("problem", "total", 35, "report"),
                ("problem", "done", 33, "report"),
                ("problem", "ongoing", 2, "report"),
            ],
        ),
        (
            "33个问题中，32个已完成整改，1个因资金问题正在推进。",
            [
                ("problem", "total", 33, "report"),
                ("problem", "done", 32, "report"),
                ("problem", "ongoing", 1, "report"),
            ],
        ),
        (
            "反馈4个方面14项28个具体问题。",
            [
                ("aspect", "total", 4, "report"),
                ("problem", "total", 14, "report"),
                ("problem", "total", 28, "report"),
            ],
        ),
        ("完成整改任务62项。", [("task", "done", 62, "report")]),
        ("完成整改30个，制定制度5项。", [("problem", "done", 30, "report"), ("rule", "total", 5, "report")]),
    ],
)
def test_figures_find_their_nouns_and_states(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_joined_figure_keeps_its_place() -> None:
    texts = [
        entry.claim.text
        for entry in entries("制定措施、完成措施分别为88条、85条。完成整改32个问题中的30个。")
    ]
    assert texts == ["88条", "85条", "32个问题", "完成整改32个问题中的30个"]
