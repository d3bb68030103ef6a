from __future__ import annotations

import pytest

from checker.states import read_status


@pytest.mark.parametrize(
    ("text", "state", "long_term"),
    [
        ("已完成。", "done", False),
        ("已整改，长期坚持。", "done", True),
        ("已经整改到位", "done", False),
        ("已办结", "done", False),
        ("已完成或基本完成", "done", False),
        ("正在整改，长期坚持。", "ongoing", True),
        ("持续推进", "ongoing", False),
        ("达到序时进度", "ongoing", False),
        ("申请延期", "ongoing", False),
        ("基本完成", "partial", False),
        ("取得阶段性成效", "partial", False),
        ("未完成", "pending", False),
        ("尚未启动", "pending", False),
        ("未达序时进度", "pending", False),
        ("长期坚持", "unknown", True),
    ],
)
def test_words_of_a_status_line(text: str, state: str, long_term: bool) -> None:
    status = read_status(text)
    assert status is not None
    assert (status.state, status.long_term) == (state, long_term)
    assert 0 <= status.start < status.end <= len(text)


@pytest.mark.parametrize("text", ["", "健全河道管护制度", "责任单位：办公室"])
def test_words_that_give_no_state(text: str) -> None:
    assert read_status(text) is None
