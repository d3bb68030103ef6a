"""Regular expressions kept from run to run: as good as those of ``re``, and how their matches begin."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import example, given, reject
from hypothesis import strategies as st

from checker import caching, regexes

PIECES = [
    "甲",
    "乙",
    "a",
    "B",
    "[乙丙]",
    "[甲-丁]",
    "[^甲a]",
    "[^乙]",
    r"[^\d甲]",
    ".",
    r"\d",
    "^",
    "$",
    r"\b",
    r"\B",
    "(?=)",
    "(?!)",
    "(?<=)",
    "(?<!甲)",
    "(?<=[甲乙])",
]
REPEATS = ["?", "*", "+", "{2}", "{0}", "{1,2}", "{2,}", "*?", "+?", "??", "*+", "++", "?+"]
AROUND = [
    "(?:{})",
    "({})",
    "(?i:{})",
    "(?>{})",
    "(?={})",
    "(?!{})",
    "(?<={})",
    "(?<!{})",
    "({})\\1",
    "(甲)?(?(1){}|乙)",
]
PATTERNS = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: (
        st.tuples(inner, inner).map("".join)
        | st.tuples(inner, inner).map("(?:{0[0]}|{0[1]})".format)
        | st.tuples(inner, st.sampled_from(REPEATS)).map("(?:{0[0]}){0[1]}".format)
        | st.tuples(inner, st.sampled_from(AROUND)).map(lambda pair: pair[1].format(pair[0]))
    ),
    max_leaves=8,
)
TEXTS = ["".join(chars) for length in range(5) for chars in product("甲乙aA", repeat=length)]


@given(st.sampled_from(["", "", "(?i)", "(?s)"]), PATTERNS)
@example("", "(?:甲|(?<=甲)){2}乙")
@example("(?i)", "(?<=a)甲")
@example("", "甲(?i:a)")
def test_a_match_begins_as_is_told(flags: str, pattern: str) -> None:
    try:
        match_at = re.compile(flags + pattern).match
    except re.error:  # backreferences by numbers of other groups, lookbehind of no one length
        reject()
    told = regexes.beginning(flags + pattern)
    for text in TEXTS:
        for start in range(len(text) + 1):
            if not match_at(text, start):
                continue
            assert text[start : start + 1] not in [*told.shunned]
            behind = text[start - 1 : start] in [*told.behind] if start else False
            for firsts in (told.firsts, told.firsts if behind else told.bare):
                if firsts is not None:
                    seconds = firsts[text[start]]
                    assert seconds is None or text[start + 1] in seconds, (pattern, text)


@pytest.mark.parametrize(
    ("pattern", "firsts"),
    [
        ("甲乙|丙", {"丙": None, "甲": "乙"}),
        ("甲?乙", {"乙": None, "甲": "乙"}),
        ("甲乙*丙", {"甲": "丙乙"}),
        ("甲+乙", {"甲": "乙甲"}),
        ("甲{2}", {"甲": "甲"}),
        ("甲*+乙", {"乙": None, "甲": "乙甲"}),
        ("甲(?=[乙丙])", {"甲": "丙乙"}),
        ("甲(?=[乙丙]?)", {"甲": None}),
        ("甲(?=乙).", {"甲": "乙"}),
        ("(?<=甲)[0-2]", {"0": None, "1": None, "2": None}),
        ("(?:甲|乙*)", None),
        ("[^甲]", None),
        (".甲", None),
        ("甲.", {"甲": None}),
        ("[一-龥]", None),
        ("(?i)甲a", None),
        ("甲(?i:a)", {"甲": None}),
        ("(?<=)甲", {"甲": None}),
    ],
)
def test_firsts(pattern: str, firsts: dict[str, str | None] | None) -> None:
    assert regexes.beginning(pattern).firsts == firsts


def test_what_begins_with_any_character_but_some() -> None:
    assert regexes.beginning("(?<!甲)[^乙丙]+丁").shunned == "丙乙"
    assert regexes.beginning("(?:[^乙丙])*丁").shunned == ""
    assert regexes.beginning("甲[^乙]").shunned == ""
    assert regexes.beginning("[^乙]甲").shunned == "乙"


def test_what_depends_on_what_stands_before() -> None:
    told = regexes.beginning("(?:(?<=[个条])(?:甲|.乙))?丙丁|(?<=件)戊")
    assert told.firsts is None
    assert told.bare == {"丙": "丁"}
    assert sorted(told.behind) == sorted("个条件")


def test_a_late_expression_does_what_one_of_re_does() -> None:
    late, plain = regexes.late("(?P<first>甲+)乙", re.MULTILINE), re.compile("(?P<first>甲+)乙", re.MULTILINE)
    assert (late.pattern, late.flags, late.groupindex) == (plain.pattern, plain.flags, plain.groupindex)
    assert late.search("丙甲甲乙").span("first") == (1, 3)
    assert late.sub("丁", "甲乙甲乙") == "丁丁"


def test_what_is_kept_is_the_expression_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(caching, "enabled", lambda: True)
    monkeypatch.setattr(caching, "fetch", kept.get)
    monkeypatch.setattr(caching, "keep", kept.__setitem__)
    made: list[str] = []

    def make() -> re.Pattern[str]:
        made.append("made")
        return re.compile("(甲|乙)+(?P<end>丙)", re.IGNORECASE)

    first, second = regexes.restored("x", make), regexes.restored("x", make)
    assert made == ["made"]
    assert second is not first
    assert second.flags == first.flags
    assert second.fullmatch("甲乙丙").groupdict() == first.fullmatch("甲乙丙").groupdict() == {"end": "丙"}


@pytest.mark.parametrize("broken", [None, [], [1], [("甲", 0, 0, {}, b"\xff\xff\xff\xff"), False], "x"])
def test_what_does_not_fit_is_compiled_anew(monkeypatch: pytest.MonkeyPatch, broken: object) -> None:
    monkeypatch.setattr(caching, "enabled", lambda: True)
    monkeypatch.setattr(caching, "fetch", {"x": broken}.get)
    monkeypatch.setattr(caching, "keep", lambda name, value: None)
    found = regexes.restored("x", lambda: re.compile("甲"))
    assert found.search("乙甲").span() == (1, 2)


@pytest.mark.parametrize(
    ("pattern", "firsts"),
    [
        ("", None),
        ("甲?", None),
        ("[甲乙]丙|丁", {"甲": "丙", "乙": "丙", "丁": None}),
        ("[一-三]", {chr(code): None for code in range(ord("一"), ord("三") + 1)}),
        ("[0-3]", {"0": None, "1": None, "2": None, "3": None}),
        ("(?:甲|乙)?丙", {"甲": "丙", "乙": "丙", "丙": None}),
        ("(?:甲|乙)丙", {"甲": "丙", "乙": "丙"}),
        ("甲乙?", {"甲": None}),
        ("甲(?:乙|丙丁)", {"甲": "乙丙"}),
        ("甲{2,3}乙", {"甲": "甲"}),
        ("甲{1,3}乙", {"甲": "甲乙"}),
        ("甲{1}乙", {"甲": "乙"}),
        ("甲{0,2}乙", {"甲": "甲乙", "乙": None}),
        ("(?:甲乙){2}", {"甲": "乙"}),
        ("(?:甲乙?){2}丙", {"甲": "甲乙"}),
        ("(甲)(乙)", {"甲": "乙"}),
        ("甲$", {"甲": None}),
        ("甲(?!乙)丙", {"甲": "丙"}),
        ("甲乙|甲丙", {"甲": "乙丙"}),
        ("甲乙|甲", {"甲": None}),
        ("甲[^乙]|丙", {"甲": None, "丙": None}),
        (r"甲\d", {"甲": None}),
        ("(?=甲)乙", {"乙": None}),
        ("甲(?=乙丙)", {"甲": "乙"}),
        ("甲(?=.)", {"甲": None}),
    ],
)
def test_how_a_match_begins(pattern: str, firsts: dict[str, str | None] | None) -> None:
    told = regexes.beginning(pattern).firsts
    assert told == (
        firsts and {first: seconds and "".join(sorted(seconds)) for first, seconds in firsts.items()}
    )


@pytest.mark.parametrize(("size", "known"), [(400, True), (401, False)])
def test_a_wide_range_is_any_character(size: int, known: bool) -> None:
    told = regexes.beginning(f"[一-{chr(ord('一') + size - 1)}]").firsts
    assert (told is not None and len(told) == size) is known


@pytest.mark.parametrize(
    ("pattern", "shunned"),
    [
        ("[^甲乙]", "乙甲"),
        ("[^甲丙]+乙", "丙甲"),
        ("[^甲丙]*乙", ""),
        ("(?:[^甲丙]乙)+", ""),
        ("^[^甲丙]", "丙甲"),
        (r"\b(?=乙)[^甲丙]", "丙甲"),
        ("[^一-鿿]", ""),
        ("[甲乙]", ""),
        (".", ""),
        ("", ""),
    ],
)
def test_what_no_match_begins_with(pattern: str, shunned: str) -> None:
    assert regexes.beginning(pattern).shunned == shunned


@pytest.mark.parametrize(
    ("pattern", "bare", "behind"),
    [
        ("(?<=甲)乙", {}, "甲"),
        ("(?<=[甲丙])乙|丁", {"丁": None}, "丙甲"),
        ("(?<=甲)乙|(?<=丙)丁", {}, "丙甲"),
        ("(?<=甲乙)丙", {}, "乙"),
        ("(?<!甲)乙", {"乙": None}, ""),
        ("甲(?<=甲)乙", {"甲": "乙"}, ""),
        ("(?<=.)乙", {"乙": None}, ""),
        ("甲乙", {"甲": "乙"}, ""),
    ],
)
def test_what_must_stand_before_a_match(pattern: str, bare: dict[str, str | None], behind: str) -> None:
    told = regexes.beginning(pattern)
    assert (told.bare, told.behind) == (bare, behind)


def test_several_expressions_are_kept_together(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(caching, "enabled", lambda: True)
    monkeypatch.setattr(caching, "fetch", kept.get)
    monkeypatch.setattr(caching, "keep", kept.__setitem__)

    def make() -> tuple[re.Pattern[str], ...]:
        return re.compile("甲(?P<one>乙)"), re.compile("(丙)(?P<two>丁)", re.MULTILINE)

    first, second = regexes.restored("x", make), regexes.restored("x", make)
    assert len(kept) == 1
    assert [(one.pattern, one.flags, one.groups, dict(one.groupindex)) for one in second] == [
        (one.pattern, one.flags, one.groups, dict(one.groupindex)) for one in first
    ]
    assert second[1].search("甲丙丁").lastgroup == "two"  # type: ignore[union-attr]


def test_nothing_is_kept_where_nothing_shall_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "enabled", lambda: False)
    monkeypatch.setattr(caching, "keep", lambda name, value: pytest.fail(name))
    assert regexes.restored("x", lambda: re.compile("甲")).pattern == "甲"


def test_a_pattern_is_made_once_for_the_same_arguments() -> None:
    made: list[tuple[str, ...]] = []

    @regexes.kept_pattern
    def pattern(*words: str) -> re.Pattern[str]:
        made.append(words)
        return re.compile("|".join(words))

    found = [pattern("甲", "乙"), pattern("甲", "乙"), pattern("丙")]
    assert found[0] is found[1] and found[0] is not found[2]
    assert [one.pattern for one in found] == ["甲|乙", "甲|乙", "丙"]
    assert len(made) <= 2
