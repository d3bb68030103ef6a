"""Regular expressions kept from run to run: as good as those of ``re``, and how their matches begin."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import caching, regexes

PIECES = [
    "甲",
    "乙?",
    "[丙丁]",
    "(?:戊|己庚)",
    "辛+",
    "(?<=甲)壬",
    "(?!癸)",
    "[^子]",
    ".",
    r"\d",
    "丑{0,2}",
    "[0-9]+",
    "^",
]
TEXTS = st.text(alphabet="甲乙丙丁戊己庚辛壬癸子丑0123ab", max_size=12)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join), TEXTS)
def test_a_match_begins_with_one_of_its_beginnings(pattern: str, text: str) -> None:
    begins = regexes.beginnings(pattern)
    for start in range(len(text) + 1):
        match = re.compile(pattern).match(text, start)
        if match and begins is not None:
            assert match.group()[:1] in [*begins], (pattern, text)


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("甲乙|丙", "丙甲"),
        ("甲?乙", "乙甲"),
        ("(?<=甲)[0-2]", "012"),
        ("(?:甲|乙*)", None),
        ("[^甲]", None),
        (".甲", None),
        ("[一-龥]", None),
    ],
)
def test_beginnings(pattern: str, begins: str | None) -> None:
    assert regexes.beginnings(pattern) == begins


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
