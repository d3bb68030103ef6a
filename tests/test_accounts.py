"""The table of account: from whole reports, and from figures and lists made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from checker.accounts import Listing, find_accounts, list_items
from checker.document import Claim, Heading, Problem, Rate, Repeat, Section, Step, Stretch, Tally
from checker.reading import read
from checker.records import replace
from checker.source import Source, Span
from tests.figures import figure

TITLE = "中共甲县水利局党组关于巡察整改进展情况的通报"
LISTED = [
    "二、巡察反馈问题整改情况",
    "问题1：河道管护责任落实不到位。",
    "工作进展：已完成。",
    "整改情况：健全管护制度。",
    "问题2：工程档案管理不规范。",
    "问题3：财务报销不及时。",
    "工作进展：已整改，长期坚持。",
    "整改情况：补齐档案，明确报销时限。",
    "问题4：干部学习抓得不紧。",
    "工作进展：正在整改，长期坚持。",
    "整改情况：制定学习计划。",
]


def rows(summary: str, listed: list[str] | None = None) -> list[tuple[str, str, float | None, str, str]]:
    text = "\n".join([TITLE, "一、整改工作组织情况", summary, *(LISTED if listed is None else listed)])
    document = read(Source("report.txt", text))
    return [
        (account.claim.text, account.basis, account.counted, account.verdict, account.reason)
        for account in document.accounts
    ]


def test_listed_problems_and_their_states_bear_the_figures_out() -> None:
    assert rows("巡察反馈的4个问题，已完成整改3个，正在整改1个。") == [
        ("4个问题", "listed", 4, "agree", ""),
        ("已完成整改3个", "status", 3, "agree", ""),
        ("正在整改1个", "status", 1, "agree", ""),
    ]


def test_a_total_at_odds_with_the_list() -> None:
    assert rows("巡察反馈的5个问题，逐项研究。") == [("5个问题", "listed", 4, "disagree", "")]


def test_states_at_odds_with_the_status_lines() -> None:
    assert rows("巡察反馈的4个问题，已完成整改4个。")[1] == ("已完成整改4个", "status", 3, "disagree", "")


def test_the_part_that_the_list_contradicts_is_the_one_at_fault() -> None:
    assert rows("巡察反馈的4个问题，已完成整改3个，正在整改2个。") == [
        ("4个问题", "listed", 4, "agree", ""),
        ("已完成整改3个", "status", 3, "agree", ""),
        ("正在整改2个", "parts", 1, "disagree", ""),
    ]


@pytest.mark.parametrize(
    ("summary", "listed", "expected"),
    [
        ("巡察反馈的40个问题，逐项研究。", None, ("40个问题", "listed", 4, "unverifiable", "other-grain")),
        ("巡察反馈的*个问题，逐项研究。", None, ("*个问题", "listed", None, "unverifiable", "masked")),
        (
            "巡察反馈的40余个问题，逐项研究。",
            None,
            ("40余个问题", "listed", None, "unverifiable", "approximate"),
        ),
        (
            "巡察反馈的9个问题，逐项研究。",
            ["二、巡察反馈重点问题整改情况", *LISTED[1:]],
            ("9个问题", "listed", None, "unverifiable", "excerpt"),
        ),
        (
            "巡察反馈的9个问题，逐项研究。",
            ["二、巡察反馈意见整改情况", "健全管护制度，补齐档案。"],
            ("9个问题", "listed", None, "unverifiable", "not-listed"),
        ),
        (
            "制定整改措施86条，逐项落实。",
            None,
            ("整改措施86条", "none", None, "unverifiable", "no-counterpart"),
        ),
    ],
)
def test_what_cannot_be_compared_is_said_to_be_so(
    summary: str, listed: list[str] | None, expected: tuple[str, str, float | None, str, str]
) -> None:
    assert rows(summary, listed) == [expected]


def test_a_rate_beside_its_counts() -> None:
    assert rows("反馈的26个问题已完成整改25个，整改率90%。", [])[2] == (
        "整改率90%",
        "rate",
        96.2,
        "disagree",
        "",
    )


def test_a_repeated_figure_is_at_fault_where_nothing_bears_it_out() -> None:
    summary = "巡察反馈的4个问题，逐项研究。\n对巡察反馈的6个问题，定期调度。"
    assert rows(summary) == [
        ("4个问题", "listed", 4, "agree", ""),
        ("6个问题", "repeat", 4, "disagree", ""),
    ]


def test_two_grains_are_counted_each_for_itself() -> None:
    listed = [
        "二、巡察反馈问题整改情况",
        "（一）党的建设方面",
        "1.针对“组织生活不严格”的问题",
        "问题1：主题党日不经常。",
        "整改情况：已完成。按月开展。",
        "问题2：党费收缴不及时。",
        "整改情况：已完成。按月收缴。",
        "2.针对“队伍建设有短板”的问题",
        "问题1：轮岗不及时。",
        "整改情况：已完成。交流8人。",
        "（二）作风建设方面",
        "问题1：调研不深入。",
        "整改情况：已完成。建立联系点。",
    ]
    assert rows("巡察反馈的2个方面3个问题的4个具体表现，逐项研究。", listed) == [
        ("2个方面", "listed", 2, "agree", ""),
        ("3个问题", "listed", 3, "agree", ""),
        ("4个具体表现", "listed", 4, "agree", ""),
    ]


@pytest.mark.parametrize(
    ("summary", "suspect"),
    [
        ("巡察反馈的35个问题，已完成整改34个，正在整改2个，整改完成率94.29%。", "已完成整改34个"),
        ("巡察反馈的35个问题，已完成整改33个，正在整改3个，整改完成率94.29%。", "正在整改3个"),
        ("巡察反馈的36个问题，已完成整改33个，正在整改2个，整改完成率94.29%。", "36个问题"),
        ("巡察反馈的36个问题，已完成整改33个，正在整改2个，整改完成率94%。", "36个问题"),
        ("巡察反馈的36个问题，已完成整改33个，正在整改2个。", "36个问题"),
    ],
)
def test_a_stated_rate_tells_which_figure_is_wrong(summary: str, suspect: str) -> None:
    document = read(Source("report.txt", "\n".join([TITLE, "一、整改工作组织情况", summary])))
    assert [tally.suspect.text if tally.suspect else None for tally in document.tallies] == [suspect]


def test_the_aspects_of_two_parts_are_the_parts_themselves() -> None:
    listed = [
        "二、关于政治建设方面问题的整改情况",
        "问题1：学习不深入。",
        "工作进展：已完成。",
        "三、关于作风建设方面问题的整改情况",
        "问题2：管护不到位。",
        "工作进展：已完成。",
    ]
    assert rows("巡察反馈的2个方面2个问题，逐项研究。", listed)[0] == ("2个方面", "listed", 2, "agree", "")


# --- from figures made by hand ---------------------------------------------------------------------------


def claim(at: int, value: float | None, state: str = "total", noun: str = "problem", **other: Any) -> Claim:
    """A figure of the report's own, ten characters long, at a place."""
    return figure(Span(at, at + 10), f"甲{at}", value, state, noun=noun, **other)


def listing(problems: int = 0, **other: Any) -> Listing:
    """What a report lists that says 问题 of each problem and puts each in a state."""
    items = stretches("problem", problems)
    grains = {"aspect": (), "problem": items, "detail": items}
    plain = Listing(grains, {"done": problems}, True, False, True, True, True)
    return replace(plain, **other)


def stretches(kind: str, count: int) -> tuple[Stretch, ...]:
    return tuple(Stretch(Span(1000 + place, 1001 + place), f"{kind}{place}") for place in range(count))


def tally(total: Claim | None, *parts: Claim, remainder: Claim | None = None, **other: Any) -> Tally:
    """Parts that are said to be all, with the total as the one that is wrong where they are more or less."""
    members = [*parts, *([remainder] if remainder else [])]
    added = sum(part.value or 0 for part in members)
    wrong = total if total is not None and total.value != added else None
    plain = Tally(
        Span(0, 99), "", "states", "problem", total, parts, (), remainder, True, "report", added, None, wrong
    )
    return replace(plain, **other)


def repeat(first: Claim, again: Claim) -> Repeat:
    return Repeat(again.span, again.text, first, again)


def rate_of(stated: Claim, whole: Claim | None, part: Claim | None, low: float, high: float) -> Rate:
    return Rate(stated.span, stated.text, stated, whole, part, low, high)


def told(
    claims: Sequence[Claim],
    listed: Listing | None = None,
    tallies: Sequence[Tally] = (),
    rates: Sequence[Rate] = (),
    repeats: Sequence[Repeat] = (),
) -> list[tuple[object, ...]]:
    """The rows, each by all that is told of it: the place of its figure and the texts of what was counted."""
    found, _ = find_accounts(claims, tallies, rates, repeats, listed or listing())
    assert [(row.span, row.text) for row in found] == [(row.claim.span, row.claim.text) for row in found]
    return [
        (
            *(row.span.start, row.basis, row.counted, [item.text for item in row.items]),
            *(row.verdict, row.reason, row.complete, row.explicit, row.again),
        )
        for row in found
    ]


def suspects(
    tallies: Sequence[Tally], claims: Sequence[Claim], listed: Listing, rates: Sequence[Rate] = ()
) -> list[int | None]:
    """Where the figures stand that are most likely wrong."""
    _, named = find_accounts(claims, tallies, rates, [], listed)
    return [one.suspect.span.start if one.suspect else None for one in named]


NONE = ([], "unverifiable")


def test_only_the_reports_own_figures_get_a_row() -> None:
    claims = [
        claim(0, 4),
        claim(10, 4, scope="other"),
        claim(20, 4, noun="other"),
        claim(30, 95, "rate", "other"),
        claim(40, None, "done", all=True),
        claim(50, None, masked=True, noun="measure"),
        claim(60, 9, approximate=True, noun="measure"),
        claim(70, 9, noun="measure"),
    ]
    assert told(claims, listing(4)) == [
        (0, "listed", 4, ["problem0", "problem1", "problem2", "problem3"], "agree", "", True, True, False),
        (30, "none", None, *NONE, "no-counterpart", True, True, False),
        (50, "none", None, *NONE, "masked", True, True, False),
        (60, "none", None, *NONE, "approximate", True, True, False),
        (70, "none", None, *NONE, "no-counterpart", True, True, False),
    ]


@pytest.mark.parametrize(
    ("stated", "listed", "verdict", "reason"),
    [
        # a difference is one where it is small: up to three, or a fifth, and no more than half of the figure
        (7, 4, "disagree", ""),
        (8, 4, "unverifiable", "other-grain"),
        (20, 16, "disagree", ""),
        (20, 15, "unverifiable", "other-grain"),
        (20, 24, "disagree", ""),
        (4, 2, "disagree", ""),
        (3, 1, "unverifiable", "other-grain"),
        (2, 1, "disagree", ""),
        (1, 2, "unverifiable", "other-grain"),
    ],
)
def test_how_far_a_total_may_be_from_a_list_of_the_same_grain(
    stated: int, listed: int, verdict: str, reason: str
) -> None:
    names = [f"problem{place}" for place in range(listed)]
    expected = (0, "listed", listed, names, verdict, reason)
    for doubt in ({"explicit": False}, {"complete": False}):
        ((*row, complete, explicit, again),) = told([claim(0, stated)], listing(listed, **doubt))
        assert (*row, again) == (*expected, False)
        if verdict == "disagree":
            assert {"complete": complete, "explicit": explicit} == {
                "complete": True,
                "explicit": True,
                **doubt,
            }


@pytest.mark.parametrize(("stated", "verdict"), [(50, "disagree"), (51, "unverifiable")])
def test_a_list_of_numbered_problems_may_be_a_third_apart(stated: int, verdict: str) -> None:
    ((_, basis, counted, _, found, *_),) = told([claim(0, stated)], listing(33))
    assert (basis, counted, found) == ("listed", 33, verdict)


def test_a_list_that_another_total_counts_is_of_its_grain() -> None:
    rows = told([claim(0, 5), claim(10, 4, noun="detail")], listing(4))
    assert [(row[1], row[2], *row[4:6]) for row in rows] == [
        ("listed", 4, "unverifiable", "other-grain"),
        ("listed", 4, "agree", ""),
    ]
    for other in (claim(10, 4, noun="measure"), claim(10, 4, "done"), claim(10, None, noun="detail")):
        assert told([claim(0, 5), other], listing(4))[0][4] == "disagree"


@pytest.mark.parametrize(
    ("says", "expected"),
    [(True, ("disagree", "", True, False)), (False, ("unverifiable", "other-grain", True, True))],
)
def test_themes_are_counted_where_all_call_themselves_aspects(
    says: bool, expected: tuple[object, ...]
) -> None:
    listed = listing(9, says_aspect=says)
    listed.grains["aspect"] = stretches("aspect", 3)
    ((_, basis, counted, items, *rest, again),) = told([claim(0, 4, noun="aspect")], listed)
    assert (basis, counted, items, again) == ("listed", 3, ["aspect0", "aspect1", "aspect2"], False)
    assert tuple(rest) == expected


def test_an_excerpt_bears_out_and_contradicts_nothing() -> None:
    listed = listing(4, excerpt=True)
    listed.grains["aspect"] = stretches("aspect", 2)
    claims = [
        claim(0, 4),
        claim(10, 2, noun="aspect"),
        claim(20, 3, noun="aspect"),
        claim(30, 4, "done"),
    ]
    assert told(claims, listed) == [
        (0, "listed", None, *NONE, "excerpt", True, True, False),
        (10, "listed", 2, ["aspect0", "aspect1"], "agree", "", True, True, False),
        (20, "listed", None, *NONE, "excerpt", True, True, False),
        (30, "none", None, *NONE, "no-counterpart", True, True, False),
    ]


def test_a_total_of_another_grain_may_be_that_of_the_list() -> None:
    listed = listing(4, complete=False, explicit=False)
    listed.grains["problem"] = stretches("coarse", 2)
    assert told([claim(0, 4), claim(10, 2)], listed)[0] == (
        *(0, "listed", 4, ["problem0", "problem1", "problem2", "problem3"], "agree", ""),
        *(False, False, False),
    )


# --- states ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        # what is partly done is done, and what is not begun is ongoing, where no figure says otherwise
        ([(5, "done")], [(5, "agree")]),
        ([(7, "done")], [(7, "agree")]),
        ([(6, "done")], [(5, "disagree")]),
        ([(7, "done"), (2, "partial")], [(5, "disagree"), (2, "agree")]),
        ([(4, "done"), (2, "partial")], [(5, "disagree"), (2, "agree")]),
        ([(6, "done"), (2, "partial")], [(5, "disagree"), (2, "agree")]),
        ([(8, "done"), (1, "pending")], [(5, "disagree"), (1, "agree")]),
        ([(3, "ongoing")], [(3, "agree")]),
        ([(6, "ongoing")], [(6, "agree")]),
        ([(4, "ongoing")], [(3, "disagree")]),
        ([(4, "ongoing"), (2, "partial")], [(4, "agree"), (2, "agree")]),
        ([(5, "ongoing"), (1, "pending")], [(5, "agree"), (1, "agree")]),
        ([(3, "partial"), (2, "pending")], [(2, "disagree"), (1, "disagree")]),
    ],
)
def test_states_beside_the_status_lines(
    claims: list[tuple[int, str]], expected: list[tuple[int, str]]
) -> None:
    listed = listing(11, states={"done": 5, "partial": 2, "ongoing": 3, "pending": 1})
    made = [claim(10 * place, value, state) for place, (value, state) in enumerate(claims)]
    assert told(made, listed) == [
        (10 * place, "status", counted, [], verdict, "", True, True, False)
        for place, (counted, verdict) in enumerate(expected)
    ]


def test_a_state_that_no_problem_is_in_counts_for_none() -> None:
    rows = told([claim(0, 1, "pending"), claim(10, 1, "partial")], listing(4))
    assert [row[1:5] for row in rows] == [("status", 0, [], "disagree")] * 2


@pytest.mark.parametrize(
    ("other", "listed"),
    [
        ({"approximate": True}, {}),
        ({"value": None}, {}),
        ({"noun": "measure"}, {}),
        ({"state": "found"}, {}),
        ({}, {"known_states": False}),
        ({}, {"excerpt": True}),
    ],
)
def test_states_that_cannot_be_compared(other: dict[str, Any], listed: dict[str, Any]) -> None:
    (row,) = told([replace(claim(0, 3, "done"), **other)], listing(4, **listed))
    assert row[1] == "none"


def test_the_state_of_a_coarser_grain_is_not_that_of_the_list() -> None:
    listed = listing(4)
    listed.grains["problem"] = stretches("coarse", 2)
    rows = told([claim(0, 2, "done"), claim(10, 3, "done", "detail")], listed)
    assert [row[:5] for row in rows] == [
        (0, "none", None, [], "unverifiable"),
        (10, "status", 4, [], "disagree"),
    ]


@pytest.mark.parametrize(("total", "verdict"), [(4, "disagree"), (5, "unverifiable"), (None, "disagree")])
def test_states_are_compared_where_the_total_is_what_is_listed(total: int | None, verdict: str) -> None:
    totals = [claim(0, total)] if total else []
    assert told([*totals, claim(10, 3, "done")], listing(4))[-1][4] == verdict


# --- sums, repeats and rates -----------------------------------------------------------------------------


def test_each_figure_of_a_sum_beside_the_others() -> None:
    total, done, open_, rest = (
        claim(0, 9),
        claim(10, 6, "done"),
        claim(20, 2, "ongoing"),
        claim(30, 2, "pending"),
    )
    found = told([total, done, open_, rest], tallies=[tally(total, done, open_, remainder=rest)])
    assert found == [
        (0, "parts", 10, ["甲10", "甲20", "甲30"], "disagree", "", True, True, False),
        (10, "parts", 5, ["甲0", "甲20", "甲30"], "disagree", "", True, True, False),
        (20, "parts", 1, ["甲0", "甲10", "甲30"], "disagree", "", True, True, False),
        (30, "parts", 1, ["甲0", "甲10", "甲20"], "disagree", "", True, True, False),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"scope": "other"},
        {"sum": None},
        {"exhaustive": False},
        {"exhaustive": False, "sum": 9.0, "kind": "shares"},
        {"exhaustive": False, "sum": 9.0},
        {"total": None},
    ],
)
def test_sums_that_say_nothing(other: dict[str, Any]) -> None:
    total, done, open_ = (
        claim(10 * place, value, state, "measure")
        for place, (value, state) in enumerate([(9, "total"), (6, "done"), (2, "ongoing")])
    )
    rows = told([total, done, open_], tallies=[replace(tally(total, done, open_), **other)])
    assert [row[1] for row in rows] == ["none"] * 3


@pytest.mark.parametrize(
    ("value", "state", "kind", "basis"),
    [
        (9, "done", "states", "parts"),
        (8, "done", "states", "none"),
        (9, "ongoing", "states", "none"),
        (9, "done", "breakdown", "none"),
    ],
)
def test_one_part_that_is_all_of_it_is_a_sum(value: int, state: str, kind: str, basis: str) -> None:
    total, part = claim(0, 9, noun="measure"), claim(10, value, state, "measure")
    rows = told([total, part], tallies=[tally(total, part, exhaustive=False, kind=kind)])
    assert [row[1] for row in rows] == [basis] * 2


def test_the_first_sum_that_a_figure_belongs_to_counts() -> None:
    total, done, rest, more = (
        claim(0, 9),
        claim(10, 6, "done"),
        claim(20, 3, "ongoing"),
        claim(30, 4, "ongoing"),
    )
    sums = [tally(total, done, rest), tally(total, done, more)]
    assert [row[:5] for row in told([total, done], tallies=sums)] == [
        (0, "parts", 9, ["甲10", "甲20"], "agree"),
        (10, "parts", 6, ["甲0", "甲20"], "agree"),
    ]


def test_a_sum_that_says_nothing_hides_none_after_it() -> None:
    total, done, rest = claim(0, 9), claim(10, 6, "done"), claim(20, 3, "ongoing")
    good = tally(total, done, rest)
    for useless in ({"exhaustive": False}, {"scope": "other"}):
        rows = told([total, done, rest], tallies=[replace(good, **useless), good])
        assert [(row[1], row[4]) for row in rows] == [("parts", "agree")] * 3


def test_no_thing_is_a_figure_of_a_sum() -> None:
    total, done, rest = claim(0, 9), claim(10, 6, "done"), claim(20, 0, "ongoing")
    listed = listing(known_states=False)
    assert [row[:5] for row in told([done, rest], listed, [tally(total, done, rest)])] == [
        (10, "parts", 9, ["甲0", "甲20"], "disagree"),
        (20, "parts", 3, ["甲0", "甲10"], "disagree"),
    ]


def test_of_very_many_parts_so_many_are_shown() -> None:
    total, parts = claim(0, 120), [claim(10 * place, 1, "done") for place in range(1, 121)]
    (row,) = told([total], tallies=[tally(total, *parts)])
    assert row[:3] == (0, "parts", 120)
    assert row[3] == [f"甲{10 * place}" for place in range(1, 101)]


def test_a_figure_that_the_list_bears_out_is_not_at_odds_with_its_sum() -> None:
    total, done, rest = claim(0, 4), claim(10, 3, "done"), claim(20, 2, "ongoing")
    listed = listing(4, states={"done": 3, "ongoing": 1})
    rows = told([total, done, rest], listed, [tally(total, done, rest)])
    assert [(row[1], row[2], row[4]) for row in rows] == [
        ("listed", 4, "agree"),
        ("status", 3, "agree"),
        ("parts", 1, "disagree"),
    ]


@pytest.mark.parametrize(
    ("values", "listed", "expected"),
    [
        ((6, 6), 0, [("repeat", 6, "agree", False), ("repeat", 6, "agree", True)]),
        ((6, 7), 0, [("listed", None, "unverifiable", False), ("repeat", 6, "disagree", False)]),
        ((6, 7), 7, [("repeat", 7, "disagree", False), ("listed", 7, "agree", False)]),
        ((6, 7), 6, [("listed", 6, "agree", False), ("repeat", 6, "disagree", False)]),
        ((6, 6), 6, [("listed", 6, "agree", False), ("listed", 6, "agree", True)]),
        ((6, None), 0, [("listed", None, "unverifiable", False)] * 2),
    ],
)
def test_a_figure_that_is_stated_twice(
    values: tuple[int, int | None], listed: int, expected: list[tuple[object, ...]]
) -> None:
    first, again = (claim(10 * place, value) for place, value in enumerate(values))
    rows = told([first, again], listing(listed), repeats=[repeat(first, again)])
    assert [(row[1], row[2], row[4], row[8]) for row in rows] == expected


def test_a_repeat_without_a_figure_hides_none_after_it() -> None:
    first, masked, again = claim(0, 6), claim(10, None), claim(20, 7)
    rows = told([first, again], repeats=[repeat(first, masked), repeat(first, again)])
    assert [(row[1], row[4]) for row in rows] == [("listed", "unverifiable"), ("repeat", "disagree")]


def test_what_is_at_odds_with_its_sum_is_not_also_a_repeat() -> None:
    total, done, rest, again = claim(0, 9), claim(10, 6, "done"), claim(20, 4, "ongoing"), claim(30, 10)
    rows = told([total, again], tallies=[tally(total, done, rest)], repeats=[repeat(total, again)])
    assert [(row[1], row[4]) for row in rows] == [("parts", "disagree"), ("listed", "unverifiable")]


@pytest.mark.parametrize(
    ("stated", "decimals", "counts", "expected"),
    [
        (75.0, 0, (4, 3), (75.0, "agree", "")),
        (80.0, 0, (4, 3), (75.0, "disagree", "")),
        (33.0, 0, (3, 1), (33.3, "agree", "")),
        (33.33, 2, (3, 1), (33.33, "agree", "")),
        (70.0, 0, (3, 4), (133.3, "unverifiable", "other-fault")),
        (70.0, 0, (3, 3), (100.0, "disagree", "")),
        (70.0, 0, (3, None), (0, "disagree", "")),
        (70.0, 0, (0, 0), (0, "disagree", "")),
        (70.0, 0, (0, 1), (100.0, "unverifiable", "other-fault")),
        (None, 0, (4, 3), (75.0, "disagree", "")),
    ],
)
def test_a_stated_rate_beside_its_counts(
    stated: float | None, decimals: int, counts: tuple[int, int | None], expected: tuple[object, ...]
) -> None:
    whole, part = claim(0, counts[0]), claim(10, counts[1], "done")
    made = claim(20, stated, "rate", "other", decimals=decimals)
    low = 100 * (counts[1] or 0) / (counts[0] or 1)
    ((_, basis, counted, items, *verdict, complete, explicit, again),) = told(
        [made], rates=[rate_of(made, whole, part, low - 0.5, low + 0.5)]
    )
    assert (basis, items) == ("rate", ["甲0", "甲10"])
    assert (counted, *verdict) == expected
    assert (complete, explicit, again) == (True, True, False)


def test_a_rate_with_bounds_reaches_them() -> None:
    whole, part, made = claim(0, 4), claim(10, 3, "done"), claim(20, 75, "rate", "other")
    for low, high, verdict in (
        (75, 76, "agree"),
        (74, 75, "agree"),
        (76, 77, "disagree"),
        (73, 74, "disagree"),
    ):
        assert told([made], rates=[rate_of(made, whole, part, low, high)])[0][4] == verdict


def test_a_rate_of_figures_that_are_wrong_themselves_is_not_at_fault() -> None:
    total, done, rest = claim(0, 9), claim(10, 6, "done"), claim(20, 4, "ongoing")
    made = claim(30, 80, "rate", "other")
    rows = told([made], tallies=[tally(total, done, rest)], rates=[rate_of(made, total, done, 66, 67)])
    assert [(row[1], *row[4:6]) for row in rows] == [("rate", "unverifiable", "other-fault")]
    rows = told([made], rates=[rate_of(made, total, None, 66, 67)])
    assert [(row[1], *row[4:6]) for row in rows] == [("none", "unverifiable", "no-counterpart")]


def test_what_is_all_done_is_a_hundred_percent() -> None:
    whole, made = claim(0, None, "done", all=True), claim(20, 100, "rate", "other")
    ((_, basis, counted, _, verdict, *_),) = told([made], rates=[rate_of(made, whole, whole, 100, 100)])
    assert (basis, counted, verdict) == ("rate", 100, "agree")


# --- which figure is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "listed", "suspect"),
    [
        ({"done": 5, "ongoing": 4}, 9, 10),  # the part that the status lines contradict
        ({"done": 6, "ongoing": 3}, 9, 20),
        ({"done": 5, "ongoing": 3}, 9, 20),  # both contradicted: the last that nothing bears out
        ({"done": 6, "ongoing": 4}, 10, 0),
        ({}, 0, 0),
    ],
)
def test_the_figure_that_the_list_contradicts_is_named(
    states: dict[str, int], listed: int, suspect: int
) -> None:
    total, done, rest = claim(0, 9), claim(10, 6, "done"), claim(20, 4, "ongoing")
    made = listing(listed, states=states, known_states=bool(states))
    assert suspects([tally(total, done, rest)], [total, done, rest], made) == [suspect]


def test_of_figures_that_nothing_contradicts_the_last_that_nothing_bears_out_is_named() -> None:
    total, done, rest = claim(0, 9), claim(10, 6, "done"), claim(20, 4, "rest")
    made = listing(9, known_states=False)
    assert suspects([tally(total, done, remainder=rest)], [total, done, rest], made) == [20]
    right = tally(total, done, claim(30, 3, "ongoing"))
    assert suspects([right], [total, done], made) == [None]


@pytest.mark.parametrize(
    ("values", "stated", "decimals", "suspect"),
    [
        ((36, 33, 2), 94.3, 1, 0),  # 33 of 35
        ((35, 34, 2), 94.3, 1, 10),  # 33 of 35
        ((35, 33, 3), 94.3, 1, 20),
        ((35, 33, 3), 97.1, 1, 0),  # nothing fits
        ((35, 33, 3), 94.2, 1, 20),  # cut, not rounded
        ((35, 33, 3), 94.0, 0, 20),
        ((37, 35, 3), 94.5, 1, 20),  # 94.59
        ((29, 25, 5), 86.1, 1, 0),  # 86.21
        ((20, 19, 2), 94.0, 0, 20),
        ((20, 19, 2), 93.0, 0, 0),
    ],
)
def test_a_rate_tells_which_figure_of_a_sum_is_wrong(
    values: tuple[int, int, int], stated: float, decimals: int, suspect: int
) -> None:
    total, done, rest = claim(0, values[0]), claim(10, values[1], "done"), claim(20, values[2], "ongoing")
    made = claim(30, stated, "rate", "other", decimals=decimals)
    rates = [
        rate_of(claim(40, 50, "rate"), claim(50, 2), done, 0, 0),
        rate_of(made, total, done, 0, 0),
    ]
    assert suspects([tally(total, done, rest)], [], listing(), rates) == [suspect]
    for useless in (
        rate_of(made, total, None, 0, 0),
        rate_of(made, total, claim(10, None, "done"), 0, 0),
        rate_of(claim(30, None, "rate", "other"), total, done, 0, 0),
    ):
        assert suspects([tally(total, done, rest)], [], listing(), [useless]) == [0]


def test_of_figures_that_fit_the_rate_the_last_is_named() -> None:
    total, done, *rest = claim(0, 9), claim(10, 6, "done"), claim(20, 2, "ongoing"), claim(30, 2, "pending")
    rates = [rate_of(claim(40, 66.7, "rate", "other", decimals=1), total, done, 0, 0)]
    assert suspects([tally(total, done, *rest)], [], listing(), rates) == [30]
    unknown = claim(0, None)
    for odd in (
        tally(total, done, *rest, sum=None, suspect=total),
        tally(unknown, done, *rest, suspect=unknown),
    ):
        told_of = [rate_of(rates[0].claim, odd.total, done, 0, 0)]
        assert suspects([odd], [], listing(), told_of) == [0]


def test_a_total_that_the_list_contradicts_is_named_before_a_part() -> None:
    total, done, rest, other = claim(0, 9), claim(10, 6, "done"), claim(20, 4, "ongoing"), claim(30, 10)
    listed = listing(10, states={"done": 6, "ongoing": 3})
    assert suspects([tally(total, done, rest)], [total, done, rest, other], listed) == [0]


# --- what is listed --------------------------------------------------------------------------------------


def heading(at: int, text: str) -> Heading:
    return Heading(Span(at, at + 5), text, 1, "一", 1, "、", "", text, "", "", "chinese", 0, False, False)


def section(at: int, text: str, *children: Section, role: str = "other", excerpt: bool = False) -> Section:
    head = heading(at, text)
    return Section(head.span, text, 1, "一", 1, text, role, excerpt, head, at + 50, children)


def problem(at: int, state: str = "done", grain: str = "problem", **other: Any) -> Problem:
    span = Span(at, at + 5)
    plain = Problem(
        span, f"问题{at}", "1", 1, "", "numbered", grain, state, False, None, None, False, False, ()
    )
    return replace(plain, **other)


def step(kind: str) -> Step:
    return Step(Span(0, 5), "一", heading(0, "一"), 1, kind, None, 0, False)


def test_details_are_counted_under_the_headings_that_pose_them() -> None:
    first, second = heading(100, "（一）甲"), heading(200, "（二）乙")
    problems = [
        problem(50, "done", "detail"),
        problem(110, "ongoing", "detail"),
        problem(120, "done", "detail"),
        problem(205, "done", "detail"),
        problem(300, "partial"),
    ]
    posed = heading(300, "问题300")
    found = list_items([], [first, second, posed], problems, [step("ok")])
    details = tuple(Stretch(one.span, one.text) for one in problems)
    coarse = (
        details[0],
        Stretch(first.span, first.text),
        Stretch(second.span, second.text),
        details[4],
    )
    assert found == Listing(
        grains={"aspect": (), "problem": coarse, "detail": details},
        states={"done": 3, "ongoing": 1, "partial": 1},
        known_states=True,
        excerpt=False,
        complete=True,
        explicit=True,
        says_aspect=True,
    )


def test_nothing_listed_says_nothing() -> None:
    assert list_items([], [], [], []) == Listing(
        {"aspect": (), "problem": (), "detail": ()}, {}, False, False, True, False, True
    )


@pytest.mark.parametrize(
    ("change", "problems", "steps"),
    [
        ({"known_states": False}, [problem(0), problem(9, "unknown")], []),
        ({"explicit": False}, [problem(0), problem(9, kind="heading")], []),
        ({"complete": False}, [problem(0), problem(9)], ["ok", "gap"]),
        ({"excerpt": True}, [problem(0), problem(9, excerpt=True)], []),
        # run-in points of an excerpt are none of its own
        ({}, [problem(0), problem(9), problem(18, "unknown", kind="run-in", excerpt=True)], []),
        ({"explicit": False}, [problem(0), problem(9, kind="run-in")], []),
    ],
)
def test_what_is_said_of_a_list(change: dict[str, Any], problems: list[Problem], steps: list[str]) -> None:
    found = list_items([], [], problems, [step(kind) for kind in steps])
    told_of = {name: getattr(found, name) for name in ("known_states", "excerpt", "complete", "explicit")}
    assert told_of == {"known_states": True, "excerpt": False, "complete": True, "explicit": True, **change}
    assert [len(found.grains[grain]) for grain in ("problem", "detail")] == [2, 2]


def test_themes_are_the_headings_under_the_section_or_the_sections() -> None:
    one, two, posed = section(10, "学习方面"), section(20, "工程类"), section(30, "问题30")
    body = section(5, "整改情况", one, two, posed, role="rectification")
    found = list_items([section(0, "组织", section(2, "其他")), body], [], [problem(30)], [])
    assert [item.text for item in found.grains["aspect"]] == ["学习方面", "工程类"]
    assert found.says_aspect
    second = section(60, "二", section(61, "甲"), role="rectification")
    found = list_items([body, second], [], [problem(30)], [])
    assert [item.text for item in found.grains["aspect"]] == ["整改情况", "二"]
    assert not found.says_aspect


def test_an_excerpt_may_be_said_of_a_section_within() -> None:
    within = section(0, "甲", section(10, "乙", section(20, "丙", excerpt=True)), section(30, "丁"))
    assert list_items([within], [], [], []).excerpt


def test_states_under_themes_that_sound_like_problems() -> None:
    listed = list(LISTED)
    listed.insert(1, "（一）聚焦河道管护，着力解决担当精神不足问题")
    listed.insert(5, "（二）聚焦队伍建设，着力解决作风不实问题")
    summary = "巡察反馈的4个问题，已完成整改4个。"
    assert ("已完成整改4个", "status", 3, "disagree", "") in rows(summary, listed)


def test_a_numbered_sentence_of_what_will_be_done_states_figures() -> None:
    later = ["三、下一步打算", "（一）健全长效机制。", "（二）紧盯未完成事项，对正在整改的2个问题挂牌督办。"]
    assert ("正在整改的2个问题", "status", 1, "disagree", "") in rows("局党组认真整改。", [*LISTED, *later])


def test_a_figure_stated_again_with_a_slip() -> None:
    summary = "针对反馈的14个问题，制定整改措施41条（立行立改15条、限期整改20条、长期坚持6条）。"
    later = ["三、下一步打算", "截至2025年10月，15个问题全部整改到位。"]
    assert ("15个问题", "repeat", 14, "disagree", "") in rows(summary, later)


def test_totals_of_several_bodies_are_not_held_against_the_list() -> None:
    summary = "部机关反馈问题9个，甲协会反馈问题6个，乙协会反馈问题5个，共反馈问题20个。"
    assert {row[3] for row in rows(summary)} == {"unverifiable"}
