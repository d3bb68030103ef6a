"""Which claims a group of words states, given what stands before it, in invented sentences."""

from __future__ import annotations

import pytest

from checker.claims import find_entries
from checker.entries import Setting
from checker.source import passage

Row = tuple[str, str, str, str, str]


def drafted(text: str) -> list[Row]:
    """Text, noun, state, scope and role of each figure; what is said of all is marked, and what no word ties to the
    inspection or the plan."""
    return [
        (
            entry.claim.text,
            entry.claim.noun,
            entry.claim.state,
            entry.claim.scope,
            ("" if entry.anchored else "loose ")
            + entry.role
            + (" of all" if entry.claim.all and entry.role != "all" else ""),
        )
        for entry in find_entries([Setting(0, passage(text), "report")])
    ]


WHOLE: Row = ("问题35个", "problem", "total", "report", "whole")
DONE: Row = ("已完成30个", "problem", "done", "report", "part")


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("其余问题正在推进", ("问题正在推进", "problem", "ongoing", "report", "remainder")),
        ("其余问题长期坚持", ("问题长期坚持", "problem", "ongoing", "report", "remainder")),
        ("其余尚未完成", ("尚未完成", "problem", "pending", "report", "remainder")),
        ("其余5个正在推进", ("5个正在推进", "problem", "ongoing", "report", "remainder")),
        ("其余5个尚未完成", ("5个尚未完成", "problem", "pending", "report", "remainder")),
    ],
)
def test_what_is_left_with_a_figure_or_without(words: str, rest: Row) -> None:
    assert drafted(f"反馈问题35个，已完成30个，{words}。") == [WHOLE, DONE, rest]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        # daily work is none of the inspection's, whatever stands beside it
        ("帮助企业解决问题3个", [("解决问题3个", "problem", "done", "other", "stray")]),
        ("已推动解决问题3个", [("解决问题3个", "problem", "done", "report", "part")]),
        # a lone 整改 is a state where a figure stands before it
        ("整改33个", [("整改33个", "problem", "done", "report", "part")]),
        # letters have no more to do with the problems than their unit says
        (
            "移交线索2条，已办结1条",
            [
                ("2条", "other", "total", "report", "loose stray"),
                ("已办结1条", "other", "done", "report", "loose stray"),
            ],
        ),
        ("移交信访件7件，已全部办结", [("7件", "other", "total", "report", "loose stray")]),
        # all of a class or all but some is not all
        ("均已整改到位", [("均已整改到位", "problem", "done", "report", "all")]),
        ("立行立改问题已全部整改到位", [("问题已全部整改到位", "problem", "done", "other", "all")]),
        ("除个别问题外，其他问题均已整改到位", [("问题均已整改到位", "problem", "done", "other", "all")]),
        (
            "其中立行立改问题6个，均已整改到位",
            [
                ("问题6个", "problem", "total", "other", "loose subset"),
                ("均已整改到位", "problem", "done", "other", "all"),
            ],
        ),
        ("立行立改的均已整改到位", [("均已整改到位", "problem", "done", "other", "all")]),
        ("除个别问题外，均已整改到位", [("均已整改到位", "problem", "done", "other", "all")]),
        (
            "已完成30个并全部销号",
            [
                ("已完成30个", "problem", "done", "report", "part"),
                ("并全部销号", "problem", "done", "other", "all"),
            ],
        ),
        # rules are made, not done
        ("完善制度7项", [("制度7项", "rule", "total", "report", "loose whole")]),
        ("完成制度7项", [("完成制度7项", "rule", "total", "report", "whole")]),
        # what is to be done by a day, and what was done within so long
        (
            "3个月内完成整改的12个，已完成12个",
            [
                ("完成整改的12个", "problem", "ongoing", "other", "subset"),
                ("已完成12个", "problem", "done", "report", "part"),
            ],
        ),
        ("3个月内已完成12个", [("已完成12个", "problem", "done", "report", "part")]),
        (
            "3个月内完成整改12个，正在整改23个",
            [
                ("完成整改12个", "problem", "done", "report", "part"),
                ("正在整改23个", "problem", "ongoing", "report", "part"),
            ],
        ),
        # what is left of a part is told of the part
        (
            "正在整改10个，其中达到序时进度7个，未达序时进度3个",
            [
                ("正在整改10个", "problem", "ongoing", "report", "part"),
                ("达到序时进度7个", "problem", "ongoing", "other", "subset"),
                ("未达序时进度3个", "problem", "pending", "other", "subset"),
            ],
        ),
        (
            "正在整改10个，其中达到序时进度7个，尚未完成25个",
            [
                ("正在整改10个", "problem", "ongoing", "report", "part"),
                ("达到序时进度7个", "problem", "ongoing", "other", "subset"),
                ("尚未完成25个", "problem", "pending", "report", "part"),
            ],
        ),
        (
            "正在整改10个，其中达到序时进度7个，尚未完成3个，已整改22个",
            [
                ("正在整改10个", "problem", "ongoing", "report", "part"),
                ("达到序时进度7个", "problem", "ongoing", "other", "subset"),
                ("尚未完成3个", "problem", "pending", "other", "subset"),
                ("已整改22个", "problem", "done", "report", "part"),
            ],
        ),
        (
            "正在整改10个，其中达到序时进度7个，已整改3个",
            [
                ("正在整改10个", "problem", "ongoing", "report", "part"),
                ("达到序时进度7个", "problem", "ongoing", "other", "subset"),
                ("已整改3个", "problem", "done", "report", "part"),
            ],
        ),
        (  # what is left fills the whole
            "已完成25个，正在整改7个，其中达到序时进度4个，尚未完成3个",
            [
                ("已完成25个", "problem", "done", "report", "part"),
                ("正在整改7个", "problem", "ongoing", "report", "part"),
                ("达到序时进度4个", "problem", "ongoing", "other", "subset"),
                ("尚未完成3个", "problem", "pending", "report", "part"),
            ],
        ),
        (
            "帮助企业解决问题3条，已完成1条",
            [
                ("解决问题3条", "problem", "done", "other", "stray"),
                ("已完成1条", "problem", "done", "report", "part"),
            ],
        ),
        (
            "正在整改10个，已整改25个，未达序时进度3个",
            [
                ("正在整改10个", "problem", "ongoing", "report", "part"),
                ("已整改25个", "problem", "done", "report", "part"),
                ("未达序时进度3个", "problem", "pending", "report", "part"),
            ],
        ),
    ],
)
def test_what_is_said_after_a_whole(words: str, found: list[Row]) -> None:
    assert drafted(f"反馈问题35个，{words}。") == [WHOLE, *found]


def test_a_lone_word_between_two_figures_is_a_state() -> None:
    assert drafted("反馈35个问题整改33个。") == [
        ("35个问题", "problem", "total", "report", "whole"),
        ("整改33个", "problem", "done", "report", "part"),
    ]


def test_a_side_figure_before_the_whole_has_no_part_in_another_sentence() -> None:
    assert drafted("移交线索2条。反馈问题35个，已完成30条。")[-1] == (
        *("已完成30条", "problem", "done", "report", "part"),
    )
