"""Pairs of characters: what a text holds, and what a match of a pattern needs."""

from __future__ import annotations

import re
import sys
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.expression_pattern_syntax import parse_pattern
from checker.pairs import may_hold, needs_of, pairs_in_order, pairs_of


@given(st.text("甲乙a𠀀\n", max_size=9))
def test_the_pairs_of_a_text_are_those_of_its_neighbours(text: str) -> None:
    assert pairs_of(text) == set(pairs_in_order(text))
    assert len(pairs_in_order(text)) == max(len(text.encode("utf-16-le")) // 2 - 1, 0)


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_a_text_has_the_pairs_of_its_parts(before: str, part: str, after: str) -> None:
    assert pairs_of(before + part + after) >= pairs_of(part)


def test_pairs_in_order_are_those_of_neighbours_one_after_the_other() -> None:
    pairs = pairs_in_order("甲乙丙")
    assert pairs == (*pairs_of("甲乙"), *pairs_of("乙丙"))
    assert pairs_in_order("甲") == ()


@pytest.mark.parametrize(
    ("pattern", "without"),
    [
        ("甲乙", "乙甲"),
        ("[甲乙]丙", "丙甲乙"),
        ("(?:甲|乙丙)丁", "甲乙丙"),
        ("(?:甲乙|丙丁)", "乙甲丁丙"),
        ("甲(?:乙)?丙", "甲，乙丙"),
        ("[甲乙]{2,3}丙", "甲乙，丙"),
        ("甲[^，]*乙丙", "甲乙，丙"),
        ("(?m)^甲乙$", "甲，乙"),
        (r"甲\b乙", "甲，乙"),
        ("𠀀甲", "甲𠀀"),
    ],
)
def test_what_a_pattern_needs_is_known(pattern: str, without: str) -> None:
    assert not may_hold(pairs_of(without), needs_of(parse_pattern(pattern)))


@pytest.mark.parametrize(
    "pattern", ["甲", "甲*乙", "甲.乙", "(?i)ab", "[^甲]乙", "甲乙|丙", "(?:甲乙)?丙", "(?:甲乙){0}丙"]
)
def test_what_needs_no_pair_needs_nothing(pattern: str) -> None:
    assert needs_of(parse_pattern(pattern)) == ()


PIECES = st.sampled_from(
    ["a", "b", "[ab]", "[^a]", ".", "ab", "^", "$", r"\b", r"\B", r"\d", "(?i:a)", "𠀀", "[b𠀀]", "[甲-龥]"]
)
REPEATS = st.sampled_from(["?", "*", "+", "{0}", "{2}", "{1,2}", "{2,}", "+?", "*?"])
PATTERNS = st.recursive(
    PIECES,
    lambda inner: (
        st.tuples(inner, inner).map("".join)
        | st.tuples(inner, inner).map("(?:{0[0]}|{0[1]})".format)
        | st.tuples(inner, REPEATS).map("(?:{0[0]}){0[1]}".format)
        | inner.map("({})".format)
    ),
    max_leaves=8,
)
TEXTS = ["".join(chars) for length in range(5) for chars in product("abA𠀀甲", repeat=length)]


@given(PATTERNS)
def test_no_match_lacks_what_its_pattern_needs(pattern: str) -> None:
    needs, search = needs_of(parse_pattern(pattern)), re.compile(pattern, re.ASCII).search
    for text in TEXTS:
        assert may_hold(pairs_of(text), needs) or not search(text), text


def needed(pattern: str) -> list[list[str]]:
    """What a pattern needs: words of two characters of each of which a match holds one."""
    alphabet = "甲乙丙丁戊己庚辛"
    known = {pairs_in_order(one + other)[0]: one + other for one in alphabet for other in alphabet}
    return [
        [known[need]]
        if isinstance(need, int)
        else sorted(known[int.from_bytes(need[at : at + 4], sys.byteorder)] for at in range(0, len(need), 4))
        for need in needs_of(parse_pattern(pattern))
    ]


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("甲乙", [["甲乙"]]),
        ("甲乙丙", [["甲乙"], ["乙丙"]]),
        ("[甲乙]丙", [["甲丙", "乙丙"]]),
        ("甲[乙丙]丁", [["乙丁", "丙丁"], ["甲丙", "甲乙"]]),
        ("甲乙?丙", [["甲丙", "甲乙"]]),
        ("甲(?:乙丙)*丁", [["甲丁", "甲乙"]]),
        ("(?:甲乙)+丙", [["甲乙"], ["乙丙"]]),
        ("(?:甲乙){2}", [["甲乙"]]),
        ("(?:甲乙|丙丁戊)己", [["甲乙", "丙丁"], ["乙己", "戊己"]]),
        ("(?:甲|乙)(?:丙|丁)", [["甲丁", "甲丙", "乙丁", "乙丙"]]),
        ("(?:甲乙|丙)丁", [["乙丁", "丙丁"]]),
        ("甲(?:乙|)丙", [["甲丙", "甲乙"]]),
        ("甲^乙$", [["甲乙"]]),
        ("甲.乙丙", [["乙丙"]]),
        ("(?:.|甲)乙丙", [["乙丙"]]),
        ("甲乙(?:丙|.)", [["甲乙"]]),
        ("(?:甲|.)(?:.|乙)", []),
        ("甲[^乙]丙", []),
        ("(?:甲乙){0}", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: list[list[str]]) -> None:
    assert sorted(needed(pattern)) == sorted(sorted(need) for need in needs)


def test_four_needs_are_asked_for_and_the_smallest_first() -> None:
    assert [len(need) for need in needed("[甲乙][丙丁]戊己庚辛甲乙")] == [1, 1, 1, 1]


@pytest.mark.parametrize(("size", "known"), [(40, True), (41, False)])
def test_a_set_of_very_many_characters_is_any_character(size: int, known: bool) -> None:
    pattern = f"[一-{chr(ord('一') + size - 1)}]甲"
    assert (needs_of(parse_pattern(pattern)) != ()) is known


@pytest.mark.parametrize(("first", "second", "known"), [(10, 10, True), (10, 11, False)])
def test_so_many_pairs_are_looked_for(first: int, second: int, known: bool) -> None:
    one, other = (
        f"[{chr(start)}-{chr(start + size - 1)}]" for start, size in ((0x4E00, first), (0x5000, second))
    )
    assert (needs_of(parse_pattern(one + other)) != ()) is known
    choice = "|".join(chr(0x4E00 + 2 * n) + chr(0x4E01 + 2 * n) for n in range(first * second))
    assert (needs_of(parse_pattern(choice)) != ()) is known


def test_a_text_of_one_character_has_no_pair() -> None:
    assert pairs_of("") == pairs_of("甲") == set()
    assert len(pairs_of("甲乙")) == 1
    assert len(pairs_of("甲乙丙")) == 2
    assert pairs_of("甲乙甲乙") == {*pairs_in_order("甲乙"), *pairs_in_order("乙甲")}


def test_all_needs_must_be_met() -> None:
    pairs = pairs_of("甲乙丙")
    (one,), (other,), (missing,) = (pairs_in_order(word) for word in ("甲乙", "乙丙", "丙甲"))
    several = missing.to_bytes(4, sys.byteorder) + one.to_bytes(4, sys.byteorder)
    assert may_hold(pairs, ()) and may_hold(pairs, (one, other)) and may_hold(pairs, (one, several))
    assert not may_hold(pairs, (one, missing)) and not may_hold(pairs, (missing,))
    assert not may_hold(pairs, (one, missing.to_bytes(4, sys.byteorder)))
