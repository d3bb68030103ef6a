"""Python's engine where it is quick: the same answers as the automaton, and never a long search."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import caching
from checker.expression_pattern_search import (
    MAX_WAYS,
    Search,
    expression,
    needed,
    outline_of,
    search_of,
    work,
)
from checker.expression_pattern_syntax import CharSet, PatternError, parse_pattern
from checker.expression_patterns import compile_pattern
from tests.effort import examples
from tests.test_expression_patterns import patterns, texts


@examples(150)
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
    steps: list[int] = []
    assert search_of("甲{1,2}乙").search("丙" * 320 + "甲乙", steps.append)
    assert steps == [20]


def paid(pattern: str, text: str) -> tuple[bool, list[int]]:
    """Whether a pattern is found, and the steps that are paid for."""
    steps: list[int] = []
    return search_of(pattern).search(text, steps.append), steps


def test_words_are_looked_for_as_words() -> None:
    assert search_of("甲|乙丙").words == ["甲", "乙丙"]
    assert paid("甲|乙丙", "丁" * 300 + "乙丙") == (True, [302 * 2 >> 8])
    assert paid("甲|乙丙", "丁" * 127) == (False, [0])
    assert paid("甲|乙丙", "丁" * 128) == (False, [1])


def test_a_quick_search_is_paid_by_the_length_of_the_text() -> None:
    assert paid("甲[^。]乙", "丙" * 33) == (False, [2])
    assert paid("甲[^。]乙", "丙甲丙乙") == (True, [0])
    assert "automaton" not in vars(search_of("甲[^。]乙"))


@pytest.mark.parametrize(
    ("ways", "endless", "length", "quick"),
    [
        (2_000, 0, 2_000, True),
        (2_000, 0, 2_001, False),
        (1, 1, 2_000, True),
        (1, 1, 2_001, False),
        (4, 1, 1_000, True),
        (4, 1, 1_001, False),
        (4_000_000, 0, 1, True),
        (4_000_001, 0, 1, False),
    ],
)
def test_a_text_that_may_take_too_long_is_left_to_the_automaton(
    ways: int, endless: int, length: int, quick: bool
) -> None:
    found = Search("甲.?乙", ([], "甲.?乙", ways, endless), False)
    assert not found.search("丙" * length)
    assert ("quick" in vars(found), "automaton" in vars(found)) == (quick, not quick)
    assert not Search("甲.?乙", ([], "", ways, endless), False).search("丙")


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("a", r"[\U00000061]"),
        ("ab", r"[\U00000061][\U00000062]"),
        ("a|[b-d整]", r"(?:[\U00000061]|[\U00000062-\U00000064\U00006574])"),
        ("[^a]", r"[^\U00000061]"),
        ("(?s:.)", r"[\s\S]"),
        ("a{2,3}b", r"(?:[\U00000061]){2,3}[\U00000062]"),
        ("a+b", r"(?:[\U00000061]){1,}[\U00000062]"),
        ("ab?", r"[\U00000061]"),
        ("^a$", r"\A[\U00000061]\Z"),
        ("(?m:^a$)", r"(?<![^\n])[\U00000061](?![^\n])"),
        (r"\ba", r"(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))[\U00000061]"),
        (r"\Ba", r"(?!(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))[\U00000061]"),
    ],
)
def test_patterns_as_python_writes_them(pattern: str, written: str) -> None:
    assert outline_of(pattern)[1] == written
    assert expression(CharSet(())) == r"[^\s\S]"


@pytest.mark.parametrize(
    ("pattern", "rest"),
    [
        ("ab*", "a"),
        ("ab*c?", "a"),
        ("ab*c+", "ab*c+"),
        ("a?b*", "a?"),
        ("a+", "a+"),
        ("(ab*)*", "(ab*)*"),
    ],
)
def test_what_may_be_missing_at_the_end_is_not_needed(pattern: str, rest: str) -> None:
    found, expected = needed(parse_pattern(pattern)), parse_pattern(rest)
    assert work(found) == work(expected)
    assert expression(found) == expression(expected)


@pytest.mark.parametrize(
    ("pattern", "ways", "endless"),
    [
        # which of several beginnings goes on is seen at once, unless they are sets, or fold cases
        ("a1|b2", 1, 0),
        ("a1|a2|b", 2, 0),
        ("[ab]1|c2", 2, 0),
        ("[^a]1|c2", 2, 0),
        ("[ac]1|b2", 2, 0),
        ("[a-b]1|[a-b]2|c", 3, 0),
        ("(a|a)|b", 3, 0),
        ("((a|a)|(a|a))", 4, 0),
        ("|a", 2, 0),
        ("(ab)1|ac", 2, 0),
        ("a*|b", 2, 1),
        ("[^b]*|a", 2, 1),
        # repetitions
        ("(a|a){2}", 4, 0),
        ("(a|a){0,2}", 7, 0),
        ("(a|a){1,2}", 6, 0),
        ("(a|a){3,3}", 8, 0),
        ("a{0}", 1, 0),
        ("(a|a){0,9}", 1023, 0),
        ("(a|a){0,10}", MAX_WAYS + 1, 0),
        ("a{0,1000}", 1001, 0),
        ("((a{0,999}|a{0,998})b){0,1}", MAX_WAYS, 0),
        ("(a*b){0,1}", 2, 1),
        ("(a*b){0,2}", 1, 99),
        ("(a|b)*", 1, 99),
        ("a*", 1, 1),
        ("a*b*", 1, 2),
        ("(?i:a)*", 1, 99),
        ("(?i:a)", 1, 99),
        ("(a|a){0,9}(a|a){1}", MAX_WAYS + 1, 0),
    ],
)
def test_ways_of_choices_and_repetitions(pattern: str, ways: int, endless: int) -> None:
    assert work(parse_pattern(pattern)) == (ways, endless)


@pytest.mark.parametrize(
    ("pattern", "quick"),
    [
        ("(a{0,999}|a{0,999})c", True),
        ("(a{0,999}|b{0,999})c", True),
        ("(a{0,999}|a{0,1000})c", False),
        ("x*y", True),
    ],
)
def test_the_most_ways_that_are_quick(pattern: str, quick: bool) -> None:
    assert (outline_of(pattern)[1] != "") == quick


def test_what_is_kept_is_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def restored(name: str, make: Callable[[], re.Pattern[str]]) -> re.Pattern[str]:
        asked.append(name)
        return make()

    monkeypatch.setattr("checker.expression_pattern_search.restored", restored)
    outline = outline_of("甲.乙")
    assert Search("甲.乙", outline, False).search("甲丙乙")
    assert asked == []
    assert Search("甲.乙", outline, True).search("甲丙乙")
    assert asked == ["matches 甲.乙"]


def test_what_a_rule_looks_for_is_kept_from_run_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(caching, "keep", kept.__setitem__)
    monkeypatch.setattr(caching, "fetch", kept.get)
    search_of.cache_clear()
    first = search_of("甲.{1,2}乙")
    assert (first.kept, kept) == (False, {})
    first.keep()
    outline = outline_of("甲.{1,2}乙")
    assert (first.kept, kept) == (True, {"pattern 甲.{1,2}乙": tuple(outline)})
    kept["pattern 甲.{1,2}乙"] = ([], "丙", 1, 0)
    first.keep()
    assert kept["pattern 甲.{1,2}乙"] == ([], "丙", 1, 0)
    search_of.cache_clear()
    again = search_of("甲.{1,2}乙")
    assert (again.kept, again.expression) == (True, "丙")
    search_of.cache_clear()


@pytest.mark.parametrize(
    ("pattern", "longest"), [("甲", 4_000_000), ("[甲乙]?丙", 2_000_000), ("甲+乙", 2_000), ("(?i)甲", -1)]
)
def test_longer_texts_are_left_to_the_automaton(pattern: str, longest: int) -> None:
    assert search_of(pattern).longest == longest
