"""What a figure belongs to, told from entries made by hand."""

from __future__ import annotations

import pytest

from checker.antecedents import mended_whole, rate_noun, rules_before, same_sentence, whole_of
from checker.clauses import Clause
from checker.entries import Entry
from checker.phrase_nodes import Noun
from tests.figures import entry, whole


def of(found: list[Entry], unit: str = "", sentence: int = 0) -> int | None:
    """The number of the whole that a figure in a sentence belongs to."""
    chosen = whole_of(found, Clause(sentence=sentence), unit)
    return None if chosen is None else chosen.number


def test_a_figure_belongs_to_the_latest_whole() -> None:
    assert of([]) is None
    assert of([entry(0, 9)]) is None
    assert of([whole(0, 9, noun="rule"), whole(1, 9, noun="other")]) is None
    found = [whole(0, 9), whole(1, 30, noun="measure"), whole(2, 40, noun="task"), entry(3, 5)]
    assert of(found) == 2
    assert of(found[:2]) == 1


@pytest.mark.parametrize(("sentence", "number"), [(4, 0), (5, 0), (6, 0), (7, None)])
def test_a_whole_reaches_two_sentences_on(sentence: int, number: int | None) -> None:
    assert of([whole(0, 9, sentence=4)], sentence=sentence) == number


def test_a_whole_of_the_same_sentence_comes_first() -> None:
    found = [whole(0, 9, sentence=4, unit="项"), whole(1, 30, sentence=5, noun="measure")]
    assert of(found, "项", sentence=5) == 1
    assert of(found, "项", sentence=6) == 0
    assert of(found, "个", sentence=5) == 1


def test_units_tell_which_whole_is_meant() -> None:
    found = [whole(0, 9, unit="项"), whole(1, 30, unit="条"), whole(2, 12, unit="件")]
    assert [of(found, unit) for unit in ("", "项", "条", "件", "个", "起")] == [2, 0, 1, 2, 1, None]


def test_aspects_are_meant_only_where_there_is_nothing_finer() -> None:
    aspect = whole(0, 4, noun="aspect")
    assert of([aspect, whole(1, 9, unit="项")], "个") == 1
    assert [of([aspect], unit) for unit in ("", "个", "项")] == [0, 0, None]


def test_only_the_eight_latest_wholes_are_asked() -> None:
    found = [whole(0, 9, unit="件"), *[whole(number, 9, unit="条") for number in range(1, 8)]]
    assert of(found, "件") == 0
    assert of([*found, whole(8, 9, unit="条")], "件") is None


def test_the_figures_of_a_sentence_are_told_backwards() -> None:
    found = [whole(0, 9, sentence=1), entry(1, 5, sentence=2), entry(2, 4, sentence=2)]
    assert [one.number for one in same_sentence(found, Clause(sentence=2))] == [2, 1]
    assert same_sentence(found, Clause(sentence=3)) == []


def test_rules_have_parts_in_their_own_sentence() -> None:
    rules = whole(0, 12, noun="rule", sentence=1)
    assert rules_before([rules], Clause(sentence=1)) is rules
    assert rules_before([rules], Clause(sentence=2)) is None
    assert rules_before([rules, whole(1, 9, sentence=1)], Clause(sentence=1)) is None
    assert rules_before([], Clause()) is None


@pytest.mark.parametrize(
    ("words", "other", "sentence", "number"),
    [
        ("整改完毕", {}, 1, 0),
        ("得到解决", {}, 1, 0),
        ("落实到位", {}, 1, 1),
        ("整改落实到位", {}, 1, 1),
        ("完成", {}, 1, 1),
        ("整改完毕", {}, 2, 1),
        ("整改完毕", {"noun": "detail"}, 1, 0),
        ("整改完毕", {"noun": "task"}, 1, 1),
        ("整改完毕", {"scope": "other"}, 1, 1),
    ],
)
def test_mending_is_said_of_problems_before_measures(
    words: str, other: dict[str, str], sentence: int, number: int
) -> None:
    found = [whole(0, 9, **{"sentence": 1, **other}), whole(1, 27, noun="measure", sentence=sentence)]
    chosen = mended_whole(words, found, Clause(sentence=sentence), 0)
    assert chosen is not None and chosen.number == number


def rated(rate: str, found: list[Entry], **state: int | Noun) -> str:
    noun, _ = rate_noun(Clause(rate=rate, **state), found)  # type: ignore[arg-type]
    return noun


PROBLEMS, MEASURES = whole(0, 20), whole(2, 30, noun="measure")


@pytest.mark.parametrize(
    ("rate", "found", "noun"),
    [
        ("整改率", [], "problem"),
        ("措施落实率", [PROBLEMS], "measure"),
        ("任务完成率", [PROBLEMS], "task"),
        ("问题整改率", [PROBLEMS, MEASURES], "problem"),
        # what has no noun is of the figure in its clause
        ("整改率", [PROBLEMS, MEASURES], "measure"),
        ("落实率", [PROBLEMS, MEASURES], "measure"),
        # what is done right before it is what it is a rate of
        ("落实率", [PROBLEMS, MEASURES, entry(3, 28, noun="measure")], "measure"),
        ("整改率", [PROBLEMS, MEASURES, entry(3, 28, noun="measure")], "measure"),
        ("整改率", [PROBLEMS, entry(1, 19), MEASURES, entry(3, 28, noun="measure")], "measure"),
        ("完成率", [PROBLEMS, entry(1, 19)], "problem"),
        ("办结率", [PROBLEMS, entry(1, 10, "stray", "total", noun="other", unit="件")], "other"),
        ("完成率", [PROBLEMS, entry(1, 10, "stray", "total", noun="other", unit="名")], "problem"),
        ("完成率", [PROBLEMS, entry(1, 90, "rate", "rate", noun="measure")], "problem"),
        ("完成率", [PROBLEMS, entry(1, None, "all", noun="measure")], "problem"),
    ],
)
def test_what_a_rate_is_of(rate: str, found: list[Entry], noun: str) -> None:
    assert rated(rate, found) == noun


def test_problems_in_an_earlier_clause_have_the_rate_of_mending() -> None:
    assert [rated(rate, [PROBLEMS, MEASURES], clause=1) for rate in ("整改率", "落实率")] == [
        "problem",
        "measure",
    ]
    found = [PROBLEMS, entry(1, 19), MEASURES, entry(3, 28, noun="measure")]
    assert [rated(rate, found, clause=1) for rate in ("整改率", "落实率")] == ["problem", "measure"]
    assert rated("整改率", [PROBLEMS, *found[2:]], clause=1) == "measure"


@pytest.mark.parametrize(("start", "noun"), [(4, "measure"), (6, "measure"), (7, "problem"), (3, "problem")])
def test_a_noun_right_before_a_rate_is_what_it_is_of(start: int, noun: str) -> None:
    assert rated("完成率", [PROBLEMS], topic=Noun(2, 4, "measure", "举措"), rate_start=start) == noun
