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
        ("66项整改任务已完成37项；移交的78个案卷，已办结70个，完成率89.7%。", None),
        ("反馈问题25个，整改完成23个；需长期坚持的2个，占8%。", (25, 2)),
        ("60项任务已完成58项，135条措施已完成130条，完成率96.3%。", (135, 130)),
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
