from __future__ import annotations

import pytest

from checker.claims import find_entries, with_scopes
from checker.document import Claim, Tally
from checker.entries import Setting
from checker.source import Source, passage
from checker.tallies import find_nestings, find_rates, find_repeats, find_tallies


def read(*paragraphs: str) -> tuple[Source, tuple, tuple[Tally, ...]]:  # type: ignore[type-arg]
    text = "\n".join(paragraphs)
    source = Source("report.txt", text)
    starts = [sum(len(before) + 1 for before in paragraphs[:index]) for index in range(len(paragraphs))]
    settings = [
        Setting(index, passage(words, start), "report")
        for index, (words, start) in enumerate(zip(paragraphs, starts, strict=True))
    ]
    entries = with_scopes(find_entries(settings))
    nestings, entries = find_nestings(source, entries)
    del nestings
    return source, entries, find_tallies(source, entries)


def values(claims: tuple[Claim, ...]) -> list[float | None]:
    return [claim.value for claim in claims]


@pytest.mark.parametrize(
    ("text", "total", "parts", "remainder", "exhaustive", "added"),
    [
        ("反馈的35个问题已完成整改33个，正在整改2个。", 35, [33, 2], None, True, 35),
        ("反馈的35个问题已完成整改33个，正在整改3个。", 35, [33, 3], None, True, 36),
        ("反馈问题27个，已完成25个，其余2个正在推进。", 27, [25], 2, True, 27),
        # a remainder may hold what is partly done
        ("反馈问题16个，已完成6个，部分整改2个，其余10个正在推进。", 16, [6, 2], 10, True, 16),
        # a remainder that is never spoken of is no error
        ("反馈问题28个，完成整改4个，基本完成9个。", 28, [4, 9], None, False, 13),
        ("反馈问题700个，已完成整改660个。", 700, [660], None, False, 660),
        # a note in brackets is no class of its own
        ("反馈问题50项，已整改40项，正在整改10项（含部分整改）。", 50, [40, 10], None, True, 50),
        ("反馈问题48个（个别问题涉及多个责任单位），完成45个，正在整改5个。", 48, [45, 5], None, False, 50),
        ("反馈问题约30个，完成25个，正在整改6个。", 30, [25, 6], None, False, 31),
    ],
)
def test_states_of_one_total(
    text: str, total: float, parts: list[float], remainder: float | None, exhaustive: bool, added: float
) -> None:
    (tally,) = read(text)[2]
    assert tally.total is not None
    assert (tally.total.value, values(tally.parts)) == (total, parts)
    assert (tally.remainder.value if tally.remainder else None) == remainder
    assert (tally.exhaustive, tally.sum) == (exhaustive, added)


def test_subsets_are_no_parts() -> None:
    (tally,) = read("反馈问题20个，已完成18个，其中立行立改6个，正在整改2个。")[2]
    assert (values(tally.parts), values(tally.subsets)) == ([18, 2], [6])


def test_a_bracket_breaks_its_whole_down() -> None:
    (tally,) = read("给予党纪处分6人（警告4人、严重警告2人）。")[2]
    assert (tally.kind, tally.exhaustive, tally.sum) == ("breakdown", True, 6)


@pytest.mark.parametrize(
    "text", ["问责7人（警告4人、记过1人等）。", "谈话10人（其中科级干部3人、股级干部2人）。"]
)
def test_an_open_bracket_is_a_bound_only(text: str) -> None:
    (tally,) = read(text)[2]
    assert not tally.exhaustive


def test_persons_and_cases_do_not_mix() -> None:
    assert read("立案2件3人，问责4家单位7人。")[2] == ()


def test_money_found_recovered_and_outstanding() -> None:
    (tally,) = read("涉及违规资金25.5万元，已收回21.2万元，尚未收回4.3万元。")[2]
    assert tally.total is not None
    assert (tally.kind, tally.total.value, tally.sum) == ("money", 255000, 255000)


def test_parts_in_another_paragraph_belong_to_the_only_total() -> None:
    tallies = read("巡察反馈的30个问题，逐条认领。", "截至目前，已完成整改28个，正在整改3个。")[2]
    assert [(tally.total.value if tally.total else None, tally.sum) for tally in tallies] == [(30, 31)]


def test_another_round_keeps_its_own_tally() -> None:
    tallies = read("反馈27个问题，已完成25个。上一轮反馈的9个问题已完成整改8个。")[2]
    assert [(tally.total.value if tally.total else None, tally.scope) for tally in tallies] == [
        (27, "report"),
        (9, "other"),
    ]


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
    source, entries, tallies = read(text)
    (rate,) = find_rates(source, entries, tallies)
    assert rate.low is not None and rate.high is not None
    assert (round(rate.low, 2), round(rate.high, 2)) == (low, high)


def test_grains_nest_and_a_finer_problem_is_a_detail() -> None:
    source, entries, _ = read("反馈4个方面16个问题35个具体问题。")
    nestings, changed = find_nestings(source, entries)
    assert [(claim.noun, claim.value) for claim in nestings[0].levels] == [
        ("aspect", 4),
        ("problem", 16),
        ("detail", 35),
    ]
    assert [entry.claim.noun for entry in changed] == ["aspect", "problem", "detail"]


def test_the_same_figure_again_is_a_repeat() -> None:
    _, entries, tallies = read("巡察反馈的35个问题，逐条认领。", "对巡察反馈的36个问题，定期调度。")
    (repeat,) = find_repeats(entries, tallies)
    assert (repeat.first.value, repeat.again.value) == (35, 36)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("反馈18个问题，所属二级单位反馈31个问题。",),
        ("巡察反馈的16个问题。", "将反馈意见细化分解为41个具体问题。"),
        ("巡察反馈的16个问题。", "排查出5个共性问题。"),
        ("截至6月，巡察反馈的20个问题已完成整改15个。", "上一轮巡察反馈的9个问题已完成整改9个。"),
    ],
)
def test_other_figures_are_no_repeats(paragraphs: tuple[str, ...]) -> None:
    _, entries, tallies = read(*paragraphs)
    assert find_repeats(entries, tallies) == ()


def test_a_remainder_may_have_parts_of_its_own() -> None:
    text = "反馈问题41个，其中立行立改问题7个，其余34个问题已完成整改31个，正在推进4个。"
    tallies = read(text)[2]
    assert [
        (tally.total.value if tally.total else None, tally.sum, tally.exhaustive) for tally in tallies
    ] == [
        (41, 41, True),
        (34, 35, True),
    ]


def test_a_sum_is_the_total_and_totals_side_by_side_are_nobodys() -> None:
    (tally,) = read("反馈共性问题8个、个性问题15个，合计23个，已整改22个，1个正在整改。")[2]
    assert (tally.total.value if tally.total else None, tally.sum) == (23, 23)
    (tally,) = read("县委反馈28个问题、纪委反馈12个问题，已完成整改30个，正在整改9个。")[2]
    assert (tally.total, tally.exhaustive) == (None, False)


def test_what_still_needs_long_work_is_a_part() -> None:
    (tally,) = read("反馈的32个问题已整改26个，仍有6个问题需要长期整改。")[2]
    assert (values(tally.parts), tally.sum) == ([26, 6], 32)


def test_a_batch_and_what_has_mounted_up_are_two_accounts() -> None:
    tallies = read("第二批移交问题9个，已办结7个；累计移交38个，办结36个。")[2]
    assert [values(tally.parts) for tally in tallies] == [[7]]
    assert [values(tally.subsets) for tally in tallies] == [[]]


@pytest.mark.parametrize(
    ("text", "exhaustive"),
    [
        ("反馈12个问题，已完成整改9个，基本完成2个。", False),
        ("反馈12个问题，已完成整改11个，基本完成2个。", True),
        ("反馈12个问题，已完成整改11个，其中基本完成2个。", False),
        ("反馈12个问题，已完成整改11个。村级问题基本完成2个。", False),
    ],
)
def test_classes_that_outnumber_their_total_are_its_classes(text: str, exhaustive: bool) -> None:
    _, _, tallies = read(text)
    assert any(tally.exhaustive for tally in tallies) == exhaustive
