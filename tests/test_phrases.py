"""How figures are stated: the phrases of invented sentences, each with all that is read of it."""

from __future__ import annotations

import pytest

from checker.phrase_nodes import Group, Marker, Noun, Quantity, State
from checker.phrases import read_phrases
from checker.records import replace

TWELVE = Quantity(
    start=0,
    end=3,
    figure_start=0,
    figure_end=2,
    value=12,
    masked=False,
    numerals="arabic",
    decimals=0,
    approximate=False,
    approximation="",
    unit="个",
    unit_kind="count",
    noun="",
    word="",
)


def quantity(text: str) -> Quantity:
    """The only figure of a text that holds nothing else."""
    (group,) = read_phrases(text)
    assert isinstance(group, Group)
    assert (group.start, group.end, group.state, group.object) == (0, len(text), None, None)
    assert group.subject is not None
    return group.subject


def test_a_figure_with_its_noun() -> None:
    assert quantity("12个") == TWELVE
    assert quantity("12个问题") == replace(TWELVE, end=5, noun="problem", word="问题")
    assert quantity("12") == replace(TWELVE, end=2, unit="", unit_kind="")


@pytest.mark.parametrize(
    ("text", "value", "numerals", "decimals", "unit", "kind"),
    [
        ("１２个", 12, "fullwidth", 0, "个", "count"),
        ("十二个", 12, "chinese", 0, "个", "count"),
        ("7人", 7, "arabic", 0, "人", "person"),
        ("1,204条", 1204, "arabic", 0, "条", "count"),
        ("95.25%", 95.25, "arabic", 2, "%", "percent"),
        ("９５．５％", 95.5, "fullwidth", 1, "％", "percent"),
        ("百分之九十五点五", 95.5, "chinese", 0, "%", "percent"),
        ("百分之百", 100, "chinese", 0, "%", "percent"),
        ("九成", 90, "chinese", 0, "成", "percent"),
        ("860.5元", 860.5, "arabic", 1, "元", "money"),
        ("1.1万元", 11000.0, "arabic", 1, "万元", "money"),
        ("3亿元", 300_000_000, "arabic", 0, "亿元", "money"),
        ("2万亿元", 2_000_000_000_000, "arabic", 0, "万亿元", "money"),
    ],
)
def test_what_a_number_is_worth(
    text: str, value: float, numerals: str, decimals: int, unit: str, kind: str
) -> None:
    found = quantity(text)
    assert (found.value, found.numerals, found.decimals, found.unit, found.unit_kind) == (
        value,
        numerals,
        decimals,
        unit,
        kind,
    )
    assert (found.approximate, found.masked) == (False, False)


def test_a_masked_figure_has_neither_value_nor_numerals() -> None:
    assert quantity("＊＊个") == replace(TWELVE, value=None, masked=True, numerals="")


@pytest.mark.parametrize(
    ("text", "approximation", "approximate"),
    [("近12个", "近", True), ("12余个", "", True), ("12余万元", "", True), ("12万元", "", False)],
)
def test_words_for_about(text: str, approximation: str, approximate: bool) -> None:
    (group,) = read_phrases(text)
    assert isinstance(group, Group) and group.subject is not None
    found = group.subject
    assert (found.approximation, found.approximate) == (approximation, approximate)
    assert text[found.figure_start : found.figure_end] == "12"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("已完成整改", State(2, 7, "done", False, False, bare=False, perfect=True, word="已完成整改")),
        ("整改", State(2, 4, "done", False, False, bare=True, perfect=False, word="整改")),
        ("全部完成", State(2, 6, "done", True, False, bare=False, perfect=False, word="全部完成")),
        ("基本完成", State(2, 6, "partial", False, False, bare=False, perfect=False, word="基本完成")),
        ("正在整改", State(2, 6, "ongoing", False, False, bare=False, perfect=False, word="正在整改")),
        ("尚未完成", State(2, 6, "pending", False, False, bare=False, perfect=False, word="尚未完成")),
        ("长期坚持", State(2, 6, "lasting", False, True, bare=False, perfect=False, word="长期坚持")),
    ],
)
def test_a_state_between_a_noun_and_a_figure(words: str, state: State) -> None:
    text = f"问题{words}12个"
    by = 2 + len(words)
    figure = replace(TWELVE, start=by, end=by + 3, figure_start=by, figure_end=by + 2)
    noun = Noun(0, 2, "problem", "问题")
    assert read_phrases(text) == (Group(0, by + 3, None, noun, state.all, state, figure, None),)


def kinds(text: str) -> list[str]:
    return [phrase.kind if isinstance(phrase, Marker) else "figures" for phrase in read_phrases(text)]


def test_clauses_that_state_no_figure_are_passed_over_but_for_their_marks() -> None:
    place = replace(TWELVE, start=2, end=5, figure_start=2, figure_end=4)
    assert read_phrases("反馈12个，逐项整改；持续整改。") == (
        Marker(0, 2, "feedback", "反馈"),
        Group(2, 5, place, None, False, None, None, None),
        Marker(5, 6, "comma", "，"),
        Marker(10, 11, "semicolon", "；"),
        Marker(15, 16, "stop", "。"),
    )
    assert kinds("＊＊个，逐项整改，持续整改！") == ["figures", "comma", "comma", "stop"]
    assert kinds("持续整改。") == []


def test_the_clause_before_a_figure_tells_what_it_is_said_of() -> None:
    assert kinds("持续整改，逐项整改，12个") == ["comma", "figures", "comma", "figures"]
    assert kinds("持续整改，逐项整改，＊＊个") == ["comma", "figures", "comma", "figures"]
    assert kinds("自查，整改，整改，12个") == ["self_check", "comma", "comma", "figures", "comma", "figures"]


@pytest.mark.parametrize(
    ("text", "value", "unit", "approximate"),
    [
        ("追缴资金5千元", 5_000, "千元", False),
        ("退缴5千余元", 5_000, "千余元", True),
        ("收缴3百万元", 3_000_000, "百万元", False),
        ("收缴三百万元", 3_000_000, "万元", False),
        ("收缴2千万元", 20_000_000, "千万元", False),
        ("挽回损失1.2亿元", 120_000_000, "亿元", False),
    ],
)
def test_money_counts_what_its_unit_says(text: str, value: float, unit: str, approximate: bool) -> None:
    (group,) = [phrase for phrase in read_phrases(text) if isinstance(phrase, Group)]
    quantity = group.subject or group.object
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.approximate) == (value, unit, approximate)
