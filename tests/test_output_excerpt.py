"""Excerpts: never wider than asked, the mark under what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from checker.output.excerpt import Excerpt, clip, visible

LINES = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)


def test_a_short_line_is_shown_whole() -> None:
    assert clip("反馈问题35个，", 4, 7, 40) == Excerpt("反馈问题35个，", 8, 4)


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    line = "甲" * 50 + "35个" + "乙" * 50
    assert clip(line, 50, 53, 30) == Excerpt("..." + "甲" * 5 + "35个" + "乙" * 5 + "...", 13, 4)


def test_the_beginning_and_the_end_give_their_room_to_the_other_side() -> None:
    assert clip("35个" + "乙" * 50, 0, 3, 20) == Excerpt("35个" + "乙" * 5 + "...", 0, 4)
    assert clip("甲" * 50 + "35个", 50, 53, 20) == Excerpt("..." + "甲" * 5 + "35个", 13, 4)


def test_what_is_too_long_itself_is_shown_from_its_beginning() -> None:
    assert clip("甲" * 10 + "问题" * 40 + "乙" * 10, 10, 90, 31) == Excerpt(
        "...甲甲问题问题问题问题问题...", 7, 20
    )


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("[red]附件[/1]", "[red]附件[/1]"),
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("甲\t乙\u3000丙\xa0丁", "甲 乙\u3000丙 丁"),
        ("\u202e\u200b\ud800", "\ufffd\ufffd\ufffd"),
    ],
)
def test_nothing_in_a_text_reaches_the_terminal_as_a_command(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(LINES, st.integers(0, 130), st.integers(0, 130), st.integers(20, 80))
def test_the_mark_is_under_what_is_meant(line: str, start: int, end: int, width: int) -> None:
    excerpt = clip(line, start, end, width)
    assert cell_len(excerpt.text) <= width
    assert excerpt.offset + excerpt.width <= width + 1
    meant = visible(line)[min(start, len(line)) : min(max(end, start), len(line))]
    if meant:
        prefix = next(
            size for size in range(len(excerpt.text) + 1) if cell_len(excerpt.text[:size]) >= excerpt.offset
        )
        assert excerpt.text[prefix:].startswith(meant[0]) or cell_len(meant[0]) == 0
