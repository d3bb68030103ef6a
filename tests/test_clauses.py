"""What words say of the figures after them, and how long that holds."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from checker.clauses import Clause, mark
from checker.phrase_nodes import Marker


def told(*words: str, state: Clause | None = None) -> dict[str, Any]:
    """What is known after words of these kinds, each of two characters, that was not before them."""
    state = state or Clause()
    before = {field.name: getattr(state, field.name) for field in fields(state)}
    last: Marker | None = None
    for place, kind in enumerate(words):
        last, previous = Marker(2 * place, 2 * place + 2, kind, kind), last
        mark(last, previous, state, 7, [], 0)
    return {name: getattr(state, name) for name, value in before.items() if getattr(state, name) != value}


def test_nothing_is_known_at_first() -> None:
    state = Clause()
    assert {
        name: getattr(state, name)
        for name in ("sentence", "clause", "part", "last_end", "years", "deadlines")
    } == {
        "sentence": 0,
        "clause": 0,
        "part": 0,
        "last_end": 0,
        "years": 0,
        "deadlines": 0,
    }
    assert {
        name: getattr(state, name)
        for name in ("listed", "announced", "rate_start", "feedback_end", "deadline_end", "remainder_end")
    } == dict.fromkeys(
        ("listed", "announced", "rate_start", "feedback_end", "deadline_end", "remainder_end"), -1
    )
    assert [field.name for field in fields(state) if getattr(state, field.name) is True] == ["closed"]


@pytest.mark.parametrize(
    ("words", "known"),
    [
        # what was fed back, and what only 发现 says
        (("feedback",), {"feedback": True, "feedback_end": 2}),
        (("pointed_out",), {"feedback": True, "feedback_end": 2}),
        (("found",), {"feedback": True, "found": True, "feedback_end": 2}),
        (("feedback", "found"), {"feedback": True, "feedback_end": 4}),
        (("found", "feedback"), {"feedback": True, "feedback_end": 4}),
        (("found", "pointed_out"), {"feedback": True, "feedback_end": 4}),
        # what the body finds itself where it looks
        (("checked",), {"checked": True}),
        (
            ("checked", "found"),
            {"checked": True, "self_check": True, "feedback": True, "found": True, "feedback_end": 4},
        ),
        (("self_check", "feedback"), {"feedback": True, "feedback_end": 4}),
        (("self_check", "pointed_out"), {"self_check": True, "feedback": True, "feedback_end": 4}),
        # rates and shares
        (("rate",), {"rate": "rate", "rate_start": 0}),
        (("enumeration", "portion"), {"rate": "portion", "rate_start": 2, "portion": True}),
        (("portion", "rate"), {"rate": "rate", "rate_start": 2}),
        # parts of a whole
        (("remainder",), {"remainder": True, "remainder_end": 2}),
        (("enumeration", "remainder"), {"remainder": True, "remainder_start": 2, "remainder_end": 4}),
        (("subset",), {"subset": True}),
        (("more",), {"subset": True, "more": True}),
        (("more", "subset"), {"subset": True}),
        (("class",), {"kind": True}),
        (("class", "enumeration"), {}),
        (("except",), {"excepted": True}),
        (("listed",), {"listed": 7}),
        (("colon",), {"announced": 7}),
        (("severally",), {"announced": 7}),
        # whose figures they are
        (("body",), {"body": True}),
        (("body", "home"), {}),
        (("foreign",), {"foreign": True}),
        (("batch",), {"foreign": True}),
        (("share",), {"share": True}),
        (("share", "home"), {}),
        (("foreign", "body", "share", "own"), {}),
        # what is wanted, or done every day
        (("purpose",), {"purpose": True, "wanted": True}),
        (("routine",), {"routine": True}),
        (("urging",), {"routine": True, "purpose": True, "wanted": True}),
        (("deadline",), {"deadline_end": 2}),
        (("year",), {"year": "year"}),
        (("overlap", "closing"), {}),
        (("planned", "recovered"), {"planned": True, "recovered": True}),
    ],
)
def test_what_a_word_says(words: tuple[str, ...], known: dict[str, Any]) -> None:
    assert told(*words) == known


CLAUSE = ("remainder", "class", "each", "outstanding", "still", "feedback", "planned", "recovered", "refined")
LONGER = (
    "purpose",
    "routine",
    "portion",
    "deadline",
    "foreign",
    "body",
    "discipline",
    "listed",
    "checked",
    "year",
)


@pytest.mark.parametrize(
    ("end", "known"),
    [
        (
            "comma",
            {"body": True, "checked": True, "clause": 1}
            | {"foreign": True, "wanted": True, "discipline": True, "listed": 7, "year": "year"},
        ),
        (
            "semicolon",
            {"clause": 1, "part": 1}
            | {"foreign": True, "wanted": True, "discipline": True, "listed": 7, "year": "year"},
        ),
    ],
)
def test_how_long_it_holds(end: str, known: dict[str, Any]) -> None:
    """Places of words stay, for they are compared only with what follows them."""
    places = {"remainder_end": 2, "feedback_end": 12, "rate_start": 22}
    assert told(*CLAUSE, "purpose", "routine", "portion", "deadline", *LONGER[4:], end) == places | known


def test_a_sentence_ends_all() -> None:
    state = Clause()
    told(*CLAUSE, *LONGER, "except", "open", "colon", "self_check", state=state)
    state.years = 2
    state.end_sentence()
    known = {"remainder_end": 2, "feedback_end": 12, "rate_start": 22}
    assert state == Clause(sentence=1, clause=1, part=1, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["subset", "more", "remainder", "listed"])
def test_a_comma_right_after_some_words_ends_nothing(word: str) -> None:
    assert told(word, "comma") == told(word)
    assert told(word, "class", "comma")["clause"] == 1


def test_a_body_may_be_the_reporting_one() -> None:
    assert told("body", state=Clause(own_bodies=frozenset(("body",)))) == {}


@pytest.mark.parametrize(("gap", "holder"), [(0, 7), (2, 7), (3, -1)])
def test_a_bracket_belongs_to_the_figure_right_before_it(gap: int, holder: int) -> None:
    state, brackets = Clause(last_end=100), [3]
    mark(Marker(60 + gap, 61 + gap, "open", "（"), None, state, 7, brackets, 40)
    assert brackets == [3, holder]
    mark(Marker(70, 71, "close", "）"), None, state, 7, brackets, 40)
    assert brackets == [3]


def test_what_a_bracket_says_of_bodies_ends_with_it() -> None:
    assert told("open", "body", "foreign", "self_check", "share", "subset", "class", "close") == {}
    assert told("body", "open", "home", "close") == {"body": True}
    assert told("close") == {}
