from __future__ import annotations

import pytest

from checker.reading import read
from checker.source import Source

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
