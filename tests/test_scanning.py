"""Joined paragraphs lead back to their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.numerals import HALF_WIDTH
from checker.scanning import forget, half_width, join, sentence_bounds, spaced
from tests.paragraphs import report, whole


@given(st.lists(st.text(alphabet="甲乙，《》1Ａ", max_size=8), min_size=1, max_size=6))
def test_spans_point_at_the_joined_text(texts: list[str]) -> None:
    paragraphs, _ = report(*(f"body: {text}" for text in texts))
    joined = join(paragraphs)
    assert len(joined.plain) == len(joined.text)
    for index, text in enumerate(texts):
        start = joined.starts[index]
        for end in range(1, len(text) + 1):
            span = joined.span(start, start + end)
            assert whole(paragraphs)[span.start : span.end] == joined.text[start : start + end] == text[:end]
            assert joined.index(start) == index


def test_inside_a_document_of_its_own_paragraph() -> None:
    joined = join(report("body: 《甲", "body: 乙《丙》丁")[0])
    assert [joined.inside_document(joined.text.index(char)) for char in "甲乙丙丁"] == [
        True,
        False,
        True,
        False,
    ]


@given(st.text(alphabet="甲，：！～　０９Ａｚ１（）1a\n", max_size=30))
def test_the_plain_text_has_half_width_marks(text: str) -> None:
    assert half_width(text) == join(report(f"body: {text}x")[0]).plain[:-1] == text.translate(HALF_WIDTH)


def test_no_paragraphs_are_held_longer_than_needed() -> None:
    paragraphs, _ = report("body: 甲")
    first = join(paragraphs)
    assert join(paragraphs) is first
    forget()
    assert join(paragraphs) is not first
    assert join(paragraphs) == first


def test_sentence_bounds() -> None:
    text = "甲。乙，丙；丁"
    assert sentence_bounds(text, 4, 5) == (2, 5)


def test_spaced() -> None:
    assert "电  话" in spaced(["电话", "联系人"])
    assert "联 系人" not in spaced(["电话", "联系人"])
