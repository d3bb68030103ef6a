"""Stated rates beside the counts that they are the ratio of."""

from __future__ import annotations

import pytest

from checker.rates import find_rates
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
