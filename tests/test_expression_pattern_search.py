"""Python's engine where it is quick: the same answers as the automaton, and never a long search."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.expression_pattern_search import MAX_WAYS, needed, outline_of, search_of, work
from checker.expression_pattern_syntax import PatternError, parse_pattern
from checker.expression_patterns import compile_pattern
from tests.test_expression_patterns import patterns, texts


@settings(max_examples=400, deadline=None)
@given(patterns, st.lists(texts, min_size=1, max_size=4))
def test_same_as_the_automaton(pattern: str, subjects: list[str]) -> None:
    try:
        automaton = compile_pattern(pattern)
    except PatternError:
        with pytest.raises(PatternError):
            search_of(pattern)
        return
    expected = [automaton.search(text) for text in subjects]
    assert [search_of(pattern).search(text) for text in subjects] == expected
    expression = outline_of(pattern)[1]
    if expression:
        assert [re.search(expression, text) is not None for text in subjects] == expected


@pytest.mark.parametrize(
    ("pattern", "ways", "endless"),
    [
        ("整改", 1, 0),
        ("a|bc|d", 1, 0),
        ("ab|ac|d|[xy]", 3, 0),
        ("(a|b)(c|d)", 1, 0),
        ("(a|ab)(cd|c)", 4, 0),
        ("a?b?c", 4, 0),
        ("a(b|c)?d{0,9}", 1, 0),
        ("[^。]{0,40}", 41, 0),
        ("[ab]{3}", 1, 0),
        ("(a|b){0,2}", 3, 0),
        ("x[^。]*y", 1, 1),
        ("x+(a|b)?y", 2, 1),
        ("(a*|b)?c", 3, 1),
        (r"^\b$", 1, 0),
    ],
)
def test_ways_are_counted(pattern: str, ways: int, endless: int) -> None:
    assert work(needed(parse_pattern(pattern))) == (ways, endless)
    assert outline_of(pattern)[1] != ""


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "(ab)*", "a*b*c", "(?i)a", "(ab){2,}", "(a*){2}", "(a|a){0,20}", "(a?){30}a{30}"]
)
def test_what_might_take_long_is_left_to_the_automaton(pattern: str) -> None:
    ways, endless = work(parse_pattern(pattern))
    assert ways > MAX_WAYS or endless > 1
    assert outline_of(pattern)[1] == ""


@pytest.mark.parametrize(
    "pattern",
    [
        "a[^。]*b",
        "a{0,40}b",
        "(a|a|a|a){0,5}b",
        "[^b]*x",
        "a?a?a?a?a?a?a?a?a?a?b",
        "(a{0,40}){0,1}c",
        ".*.*x",
    ],
)
@pytest.mark.parametrize("length", [40, 2_000, 200_000])
def test_no_text_takes_long(pattern: str, length: int) -> None:
    found = search_of(pattern)
    start = time.process_time()
    assert not found.search("a" * length + "?")
    assert time.process_time() - start < 1


def test_steps_are_paid_for() -> None:
    paid: list[int] = []
    assert search_of("甲{1,2}乙").search("丙" * 320 + "甲乙", paid.append)
    assert sum(paid) == 20
