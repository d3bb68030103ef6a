"""Stated rates beside the counts that they are the ratio of."""

from __future__ import annotations

from typing import Any

import pytest

from checker.document import Tally
from checker.entries import Entry
from checker.rates import find_rates
from checker.records import replace
from checker.source import Span
from tests.figures import entry, whole
from tests.test_tallies import read


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("反馈问题26个，已完成25个，整改完成率96.15%。", 96.15, 96.16),
        ("反馈问题1786个，已完成1691个，完成率94%。", 94, 95),
        ("反馈问题40个，已完成38个，完成近九成。", 90, 101),
        ("反馈的12个问题已全部整改到位，整改完成率100%。", 100, 100),
    ],
)
def test_a_rate_has_bounds_that_rounding_and_cutting_allow(text: str, low: float, high: float) -> None:
    _source, entries, tallies = read(text)
    (rate,) = find_rates(entries, tallies)
    assert rate.low is not None and rate.high is not None
    assert (round(rate.low, 2), round(rate.high, 2)) == (low, high)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("反馈问题38个，整改到位30个，基本完成5个，正在整改3个，整改率80%。", (38, 30)),
        ("给予党纪处分6人（警告4人、严重警告2人）。反馈问题26个，已完成25个，整改完成率96.15%。", (26, 25)),
        ("66项整改任务已完成37项；移交的78个案卷，已办结70个，完成率89.7%。", None),
        ("反馈问题25个，整改完成23个；需长期坚持的2个，占8%。", (25, 2)),
        ("60项任务已完成58项，135条措施已完成130条，完成率96.3%。", (135, 130)),
        ("反馈问题16个，已整改13个，阶段性完成2个，正在推进1个，整改率91.25%。", (16, 13)),
        ("反馈问题43个，已完成40个，制定整改措施168条，整改完成率95.02%。", (43, 40)),
        ("反馈问题43个，已完成40个；制定措施168条，已完成160条，整改完成率93.02%。", (43, 40)),
        ("反馈问题43个，已完成40个；制定措施168条，已完成160条，整改完成率95.24%。", (168, 160)),
        ("反馈问题43个，已完成40个；制定措施168条，已完成160条，措施整改完成率93.02%。", (168, 160)),
        ("反馈问题43个，制定措施168条，已完成160条，整改完成率93.02%。", (168, 160)),
    ],
)
def test_a_rate_is_that_of_the_figure_before_it(text: str, counts: tuple[float, float] | None) -> None:
    _source, entries, tallies = read(text)
    rate = find_rates(entries, tallies)[-1]
    whole, part = rate.whole, rate.part
    assert (whole.value, part.value) == counts if whole and part else counts is None


def test_all_or_none_of_what_is_partly_done_counts() -> None:
    text = "反馈问题38个，整改到位30个，基本完成5个，正在整改3个，整改率{}%。"
    bounds = []
    for stated in (79, 92, 85):
        _source, entries, tallies = read(text.format(stated))
        (rate,) = find_rates(entries, tallies)
        assert rate.low is not None and rate.high is not None
        bounds.append(rate.low <= stated <= rate.high)
    assert bounds == [True, True, False]


def test_a_share_stands_beside_the_part_before_it() -> None:
    _, entries, tallies = read("反馈问题40个，已完成整改30个，占75%，正在整改10个，占25%。")
    rates = find_rates(entries, tallies)
    assert [(rate.whole and rate.whole.value, rate.part and rate.part.value) for rate in rates] == [
        (40, 30),
        (40, 10),
    ]


def test_of_many_counts_the_nearest_bear_a_rate_out() -> None:
    """A rate in a paragraph without counts is compared with those around it, also far down a file of many reports."""
    reports = [
        (f"巡察反馈的{200 + number}个问题，已完成整改100个。", f"整改完成率{10000 / (200 + number):.2f}%。")
        for number in range(150)
    ]
    _, entries, tallies = read(*[paragraph for report in reports for paragraph in report])
    rates = find_rates(entries, tallies)
    assert len(rates) == 150
    assert all(rate.low <= rate.claim.value <= rate.high for rate in rates)  # type: ignore[operator]


# --- from figures made by hand ---------------------------------------------------------------------------


def tally(total: Entry | None, *parts: Entry, **other: Any) -> Tally:
    """What belongs to a whole; ``other`` are fields that are otherwise."""
    plain = Tally(
        span=Span(0, 1),
        text="",
        kind="states",
        noun="problem",
        total=None if total is None else total.claim,
        parts=tuple(part.claim for part in parts),
        subsets=(),
        remainder=None,
        exhaustive=False,
        scope="report",
        sum=None,
        rest=None,
        suspect=None,
    )
    return replace(plain, **other)


def beside(entries: list[Entry], *tallies: Tally) -> list[tuple[float | None, float | None]]:
    """Whole and part of each rate."""
    rates = find_rates(entries, tallies)
    return [(rate.whole and rate.whole.value, rate.part and rate.part.value) for rate in rates]


def rate(number: int, value: float, **other: Any) -> Entry:
    return entry(number, value, "rate", "rate", unit="%", **other)


@pytest.mark.parametrize(
    ("words", "stated", "low", "high"),
    [
        ("", 93, 93, 94),
        ("", 50, 93, 94),
        ("约", 93, 90, 97),
        ("近", 95, 93, 99.02),
        ("超", 90, 83.02, 94),
    ],
)
def test_words_before_a_rate_give_it_play(words: str, stated: float, low: float, high: float) -> None:
    found = [whole(0, 43), entry(1, 40), rate(2, stated, approximation=words)]
    (one,) = find_rates(found, [tally(found[0], found[1])])
    assert one.low is not None and one.high is not None
    assert (round(one.low, 2), round(one.high, 2)) == (low, high)
    assert (one.claim, one.whole, one.part) == (found[2].claim, found[0].claim, found[1].claim)


@pytest.mark.parametrize(("unit", "low", "high"), [("%", 93, 94), ("成", 88.02, 98.02)])
def test_tenths_are_told_more_coarsely(unit: str, low: float, high: float) -> None:
    found = [whole(0, 43), entry(1, 40), rate(2, 90)]
    found[2] = replace(found[2], claim=replace(found[2].claim, unit=unit))
    (one,) = find_rates(found, [tally(found[0], found[1])])
    assert one.low is not None and one.high is not None
    assert (round(one.low, 2), round(one.high, 2)) == (low, high)


def test_a_rate_of_nothing_known_stands_alone() -> None:
    found = [whole(0, 40), entry(1, 30), rate(2, 75)]
    assert beside(found, tally(found[0], found[1])) == [(40, 30)]
    assert beside(found) == [(None, None)]
    assert beside(found, tally(None, found[1])) == [(None, None)]
    assert beside(found, tally(whole(0, 0), found[1])) == [(None, None)]
    assert beside(found, tally(found[0], found[1], kind="breakdown")) == [(None, None)]
    assert beside(found, tally(found[0], entry(1, 30, state="ongoing"))) == [(None, None)]
    assert beside(found, tally(found[0], found[1], scope="other")) == [(None, None)]
    assert beside(found, tally(found[0], found[1], noun="measure")) == [(None, None)]
    assert beside([entry(2, None, "rate", "rate")], tally(found[0], found[1])) == []


def test_tallies_of_no_use_hide_none_after_them() -> None:
    found = [whole(0, 40), entry(1, 30), rate(2, 75), rate(3, 75, share=True)]
    good = tally(found[0], found[1])
    for other in (
        tally(None, found[1]),
        tally(whole(0, 0), found[1]),
        tally(found[0], found[1], kind="breakdown"),
    ):
        assert beside(found[:3], other, good) == [(40, 30)]
        assert beside([*found[:2], found[3]], other, good) == [(40, 30)]


def test_where_all_is_done_the_rate_is_of_that() -> None:
    found = [
        whole(0, 40),
        entry(1, None, "all"),
        rate(2, 100),
        rate(3, 100, noun="measure"),
        rate(4, 100, scope="other"),
    ]
    one, *others = find_rates(found, [])
    assert (one.whole, one.part, one.low, one.high) == (found[1].claim, found[1].claim, 100, 100)
    assert [(other.whole, other.low, other.high) for other in others] == [(None, None, None)] * 2
    assert beside([entry(1, None, "all", "ongoing"), rate(2, 100)]) == [(None, None)]


def test_what_is_done_right_before_a_rate_is_what_it_is_of() -> None:
    wholes = [whole(0, 40), entry(1, 30), whole(2, 50), entry(3, 45)]
    tallies = tally(wholes[0], wholes[1]), tally(wholes[2], wholes[3])
    assert beside([*wholes, rate(4, 75)], *tallies) == [(50, 45)]
    # in another sentence any that fits will do
    assert beside([*wholes, rate(4, 75, sentence=1)], *tallies) == [(40, 30)]
    assert beside([*wholes, rate(4, 60, sentence=1)], *tallies) == [(40, 30)]
    assert beside([*wholes, rate(4, 90, sentence=1)], *tallies) == [(50, 45)]
    assert beside([wholes[3], rate(1, 75)], *tallies) == [(50, 45)]
    # what is still open says nothing
    last = entry(4, 5, state="ongoing")
    assert beside([*wholes, last, rate(5, 75)], *tallies) == [(50, 45)]


SHARES = [
    whole(0, 40),
    entry(1, 30),
    rate(2, 75, share=True),
    entry(3, 10, state="ongoing"),
    rate(4, 25, share=True),
]


def test_a_share_is_of_the_part_between_it_and_the_share_before() -> None:
    one = tally(SHARES[0], SHARES[1], SHARES[3])
    assert beside(SHARES, one) == [(40, 30), (40, 10)]
    turned = tally(SHARES[0], SHARES[3], SHARES[1])
    assert beside(SHARES, turned) == [(40, 30), (40, 10)]
    remainder = tally(SHARES[0], SHARES[1], remainder=SHARES[3].claim)
    assert beside(SHARES, remainder) == [(40, 30), (40, 10)]
    subsets = tally(SHARES[0], subsets=(SHARES[1].claim, SHARES[3].claim))
    assert beside(SHARES, subsets) == [(40, 30), (40, 10)]


def test_a_share_without_a_part_of_its_own_is_of_none() -> None:
    one = tally(SHARES[0], SHARES[1], SHARES[3])
    late = [*SHARES[:2], SHARES[3], rate(4, 75, share=True), rate(5, 25, share=True)]
    assert beside(late, one) == []
    assert beside(late[:4], one) == [(40, 10)]
    apart = [*SHARES[:2], rate(2, 75, share=True, sentence=1)]
    assert beside(apart, one) == []
    other = [*SHARES[:2], rate(2, 75, share=True, scope="other")]
    assert beside(other, one) == []
    masked = [SHARES[0], entry(1, None), SHARES[2]]
    assert beside(masked, tally(masked[0], masked[1])) == []


def test_counts_of_the_same_paragraph_come_first() -> None:
    found = [
        whole(0, 40, paragraph=1),
        entry(1, 30, paragraph=1),
        whole(2, 50, paragraph=3),
        entry(3, 45, paragraph=3),
        rate(4, 90, paragraph=1, sentence=9),
        rate(5, 90, paragraph=2),
        rate(6, 75, paragraph=3, sentence=9),
    ]
    tallies = tally(found[0], found[1]), tally(found[2], found[3])
    assert beside(found, *tallies) == [(40, 30), (50, 45), (50, 45)]


def test_of_very_many_counts_the_nearest_are_compared() -> None:
    pairs = [
        (whole(2 * number, 1000 + number, paragraph=number), entry(2 * number + 1, 500, paragraph=number))
        for number in range(300)
    ]
    tallies = [tally(*pair) for pair in pairs if pair[0].claim.paragraph != 150]

    def found(other: int) -> list[tuple[float | None, float | None]]:
        """A rate in the paragraph without a count that is that of the ``other``, exactly."""
        stated = rate(0, 50000 / (1000 + other), paragraph=150, decimals=9)
        return beside([stated], *tallies)

    assert [found(other) for other in (100, 200)] == [[(1100, 500)], [(1200, 500)]]
    assert found(250) == [(1100, 500)]
