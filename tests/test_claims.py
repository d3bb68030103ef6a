"""Every pattern of stated figures in the catalogue (docs/figures.md), in invented sentences."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.claims import find_entries, with_scopes
from checker.clauses import Clause
from checker.entries import Entry, Setting
from checker.source import passage

Row = tuple[str, str, float | None, str]


def entries(text: str, scope: str = "report") -> tuple[Entry, ...]:
    return with_scopes(find_entries([Setting(0, passage(text), scope)]))


def rows(text: str, scope: str = "report") -> list[Row]:
    return [
        (entry.claim.noun, entry.claim.state, entry.claim.value, entry.claim.scope)
        for entry in entries(text, scope)
        if entry.claim.noun != "other"
    ]


def test_the_place_of_a_figure_is_that_of_its_digits() -> None:
    text = (
        "会议研究了有关事项。巡察反馈的27个问题，已完成整改二十五个；清退资金３.42万元。整改完成率为96.15%。"
    )
    claims = [entry.claim for entry in entries(text)]
    assert [text[claim.figure.start : claim.figure.end] for claim in claims] == [
        "27",
        "二十五",
        "３.42",
        "96.15",
    ]
    assert [text[claim.span.start : claim.span.end] for claim in claims] == [claim.text for claim in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # T: totals
        ("巡察反馈的27个问题，局党组逐项研究。", [("problem", "total", 27, "report")]),
        (
            "审计查出问题共七个。2020年度审计查出的十五个问题已全部完成整改。",
            [
                ("problem", "total", 7, "report"),
                ("problem", "total", 15, "other"),
                ("problem", "done", None, "other"),
            ],
        ),
        ("13 人才引进机制不够完善。", []),
        (
            "市县联动巡察组反馈的3个方面11个问题，学习中央纪委四次全会精神。",
            [("aspect", "total", 3, "report"), ("problem", "total", 11, "report")],
        ),
        (  # 细化落实到 says to whom, not what is done
            "反馈62个问题，制定195项整改工作措施，细化落实到19个牵头部门。",
            [("problem", "total", 62, "report"), ("measure", "total", 195, "report")],
        ),
        (  # 完成整改 is said of the problems, not of the measures in another unit
            "反馈问题共计4类、26项，建立整改措施61条，完成整改24项，未完成2项。",
            [
                ("aspect", "total", 4, "report"),
                ("problem", "total", 26, "report"),
                ("measure", "total", 61, "report"),
                ("problem", "done", 24, "report"),
                ("problem", "pending", 2, "report"),
            ],
        ),
        (  # what is wanted is not done; of rules after 其中 some are rules
            "确保剩余两个问题按期完成。制定整改措施58条，建章立制9项（其中新建4项、修订5项）。",
            [
                ("problem", "ongoing", 2, "report"),
                ("measure", "total", 58, "report"),
                ("rule", "total", 9, "report"),
                ("rule", "total", 4, "other"),
                ("rule", "total", 5, "other"),
            ],
        ),
        ("巡察反馈的27个问题，研究重大事项4次。", [("problem", "total", 27, "report")]),
        (
            "反馈3大部分11个方面28个问题。",
            [
                ("aspect", "total", 3, "report"),
                ("aspect", "total", 11, "report"),
                ("problem", "total", 28, "report"),
            ],
        ),
        (
            "反馈的27个问题已完成整改25个。",
            [("problem", "total", 27, "report"), ("problem", "done", 25, "report")],
        ),
        ("反馈3个方面21个问题。", [("aspect", "total", 3, "report"), ("problem", "total", 21, "report")]),
        (
            "反馈4个方面15个问题的42个具体表现。",
            [
                ("aspect", "total", 4, "report"),
                ("problem", "total", 15, "report"),
                ("detail", "total", 42, "report"),
            ],
        ),
        ("反馈五方面12项问题。", [("aspect", "total", 5, "report"), ("problem", "total", 12, "report")]),
        ("反馈二十九个问题。", [("problem", "total", 29, "report")]),
        ("反馈意见共１６条。", [("problem", "total", 16, "report")]),
        ("反馈4个方面的问题，逐条认领。", [("aspect", "total", 4, "report")]),
        # D: done
        (
            "反馈问题30个，已整改到位24项。",
            [("problem", "total", 30, "report"), ("problem", "done", 24, "report")],
        ),
        ("反馈问题已全部整改到位。", [("problem", "done", None, "report")]),
        (
            "反馈问题52个，已完成或基本完成48个。",
            [("problem", "total", 52, "report"), ("problem", "done", 48, "report")],
        ),
        # P: partly
        (
            "反馈问题30个，完成整改20个，基本完成3个，阶段性完成2个，部分整改1个。",
            [
                ("problem", "total", 30, "report"),
                ("problem", "done", 20, "report"),
                ("problem", "partial", 3, "report"),
                ("problem", "partial", 2, "report"),
                ("problem", "partial", 1, "report"),
            ],
        ),
        (
            "反馈的60个问题，完成整改55个，基本完成并持续整改问题5个。",
            [
                ("problem", "total", 60, "report"),
                ("problem", "done", 55, "report"),
                ("problem", "partial", 5, "report"),
            ],
        ),
        # 整改落实 as the name of what is counted
        (
            "反馈问题20个，其中党的建设方面12个、整改落实方面8个，现已全部整改完毕。",
            [
                ("problem", "total", 20, "report"),
                ("problem", "total", 12, "other"),
                ("problem", "total", 8, "other"),
                ("problem", "done", None, "report"),
            ],
        ),
        (
            "反馈问题20个，其中立行立改方面8个，已全部整改完毕。",
            [
                ("problem", "total", 20, "report"),
                ("problem", "total", 8, "other"),
                ("problem", "done", None, "other"),
            ],
        ),
        (
            "反馈的32个问题，30个已整改到位，1个已完成阶段性整改任务，1个申请延期至2025年3月。",
            [
                ("problem", "total", 32, "report"),
                ("problem", "done", 30, "report"),
                ("problem", "partial", 1, "report"),
                ("problem", "ongoing", 1, "report"),
            ],
        ),
        # a list of aspects after a colon
        (
            "反馈问题20个：党的建设方面12个，作风方面8个，已完成整改19个。",
            [
                ("problem", "total", 20, "report"),
                ("problem", "total", 12, "other"),
                ("problem", "total", 8, "other"),
                ("problem", "done", 19, "report"),
            ],
        ),
        # a class with its own states after a semicolon
        (
            "反馈问题20个，其中立行立改4个，已整改到位；限期整改16个，已整改15个，1个正在推进。",
            [
                ("problem", "total", 20, "report"),
                ("problem", "total", 4, "other"),
                ("problem", "total", 16, "other"),
                ("problem", "done", 15, "other"),
                ("problem", "ongoing", 1, "other"),
            ],
        ),
        # what is to be done by a day, and what was
        (
            "反馈问题35个，3个月内完成整改的12个，长期坚持的23个。",
            [
                ("problem", "total", 35, "report"),
                ("problem", "ongoing", 12, "other"),
                ("problem", "ongoing", 23, "other"),
            ],
        ),
        (
            "反馈的35个问题，已完成30个；2024年底前完成的5个，正在推进。",
            [
                ("problem", "total", 35, "report"),
                ("problem", "done", 30, "report"),
                ("problem", "ongoing", 5, "other"),
            ],
        ),
        (
            "反馈问题32个，三个月内完成整改30个，正在整改2个。",
            [
                ("problem", "total", 32, "report"),
                ("problem", "done", 30, "report"),
                ("problem", "ongoing", 2, "report"),
            ],
        ),
        # O, N: under way, not done
        (
            "反馈问题20个，达到序时进度7项。",
            [("problem", "total", 20, "report"), ("problem", "ongoing", 7, "report")],
        ),
        (
            "反馈的35个问题已完成整改33个，正在推进整改的问题2个。",
            [
                ("problem", "total", 35, "report"),
                ("problem", "done", 33, "report"),
                ("problem", "ongoing", 2, "report"),
            ],
        ),
        (
            "反馈问题27个，已完成25个，其余2项正按计划推进。",
            [
                ("problem", "total", 27, "report"),
                ("problem", "done", 25, "report"),
                ("problem", "ongoing", 2, "report"),
            ],
        ),
        (
            "反馈问题20个，未完成1个，尚未启动2个，未达序时进度1个。",
            [
                ("problem", "total", 20, "report"),
                ("problem", "pending", 1, "report"),
                ("problem", "pending", 2, "report"),
                ("problem", "pending", 1, "report"),
            ],
        ),
        # L, I: long-term and at once are subsets
        (
            "反馈问题20个，已完成18个，其中立行立改6个、需长期坚持3个。",
            [
                ("problem", "total", 20, "report"),
                ("problem", "done", 18, "report"),
                ("problem", "total", 6, "other"),
                ("problem", "ongoing", 3, "other"),
            ],
        ),
        # R: rates
        (
            "反馈问题26个，已完成25个，整改完成率96.15%。",
            [
                ("problem", "total", 26, "report"),
                ("problem", "done", 25, "report"),
                ("problem", "rate", 96.15, "report"),
            ],
        ),
        ("整改任务60项，完成近九成。", [("task", "total", 60, "report"), ("task", "rate", 90, "report")]),
        # M: measures
        (
            "制定整改措施88条，已完成85条。",
            [("measure", "total", 88, "report"), ("measure", "done", 85, "report")],
        ),
        (
            "形成60项任务、135条措施，措施已全部落实。",
            [
                ("task", "total", 60, "report"),
                ("measure", "total", 135, "report"),
                ("measure", "done", None, "report"),
            ],
        ),
        # K: rules, money, persons
        (
            "修订完善制度11项，清退资金3.42万元，批评教育3人，组织处理0人。",
            [
                ("rule", "total", 11, "report"),
                ("money", "total", 34200, "report"),
                ("person", "total", 3, "report"),
                ("person", "total", 0, "report"),
            ],
        ),
        # X: whose figure
        (
            "书记领办5个问题，其余由分管同志牵头。",
            [("problem", "total", 5, "other")],
        ),
        (
            "本轮反馈问题27个。上一轮巡察反馈9个问题已完成整改9个。",
            [
                ("problem", "total", 27, "report"),
                ("problem", "total", 9, "other"),
                ("problem", "done", 9, "other"),
            ],
        ),
        (
            "反馈问题*个，已完成整改*个。",
            [("problem", "total", None, "report"), ("problem", "done", None, "report")],
        ),
        ("局党组高度重视，逐项研究整改措施，推动整改落实。", []),
        # what looks like a figure and is none
        ("增强“四个意识”，落实中央八项规定精神，严格“三会一课”。", []),
        ("实施“1+3”方案，拨打12345热线，璧财发〔2020〕160号，第57次会议。", []),
        ("整改一个销号一个，完成一项、销号一项。", []),
        ("确保条条整改到位，推动所有问题全部整改到位。", []),
    ],
)
def test_pattern(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_figures_of_an_item_are_not_the_reports() -> None:
    assert rows("排查隐患问题91个，已完成整改91个。", "other") == [
        ("problem", "total", 91, "other"),
        ("problem", "done", 91, "other"),
    ]


def test_the_text_of_a_claim_is_the_shortest_run_with_figure_noun_and_state() -> None:
    texts = [entry.claim.text for entry in entries("巡察反馈的35个问题已完成整改33个，整改率94.29%。")]
    assert texts == ["35个问题", "已完成整改33个", "整改率94.29%"]


def test_a_refined_total_is_kept_apart_from_the_coarser_one() -> None:
    keys = [
        (entry.claim.value, entry.claim.key) for entry in entries("反馈的16个问题，细化分解为41个具体问题。")
    ]
    assert keys == [(16, ""), (41, "refined")]


_WORDS = st.sampled_from(
    ["巡察反馈", "35个", "问题", "已完成", "整改", "其余", "2项", "正在", "，", "。", "（", "）", "其中", "全部", "均",
     "措施", "86条", "整改率", "96%", "近九成", "*个", "持续", "的", "不", "二十", "3.5万元", "4人", "尚未", "基本", "并"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=25).map("".join)))
@example("0个未0已完成")
def test_any_text_parses_and_every_claim_lies_inside_it(text: str) -> None:
    for entry in entries(text):
        span = entry.claim.span
        assert 0 <= span.start <= span.end <= len(text)
        assert text[span.start : span.end] == entry.claim.text
        assert span.start <= entry.claim.figure.start <= entry.claim.figure.end <= len(text)


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("反馈27个问题，已完成整改25个，正在整改2个；移交信访件7件，已全部办结。", []),
        ("反馈27个问题，已完成整改25个，正在整改2个；其中立行立改问题6个，已全部整改到位。", ["other"]),
        ("反馈27个问题，集中整改期内应完成的20个问题已全部完成，其余7个正在推进。", ["other"]),
        ("反馈27个问题，召开会议5次，均已完成整改。", ["report"]),
        ("反馈27个问题，已完成整改27个，全部整改到位。", ["report"]),
    ],
)
def test_all_is_said_of_the_figure_before_it(text: str, scopes: list[str]) -> None:
    setting = Setting(0, passage(text, 0), "report")
    assert [one.claim.scope for one in find_entries([setting]) if one.claim.all] == scopes


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("反馈十项问题，整改完成九项，正在推进整改一项。", [10, 9, 1]),
        ("反馈十一个问题，十个已完成整改，一个正在推进。", [11, 10, 1]),
        ("移交立行立改问题一个，已办结。", [1]),
        ("整改一个、销号一个，完成一项、验收一项、销号一项。", []),
        ("一个问题一个台账，实行整改一项验收一项。", []),
        ("把整改作为一项重要政治任务，一个方面一个方面抓。", []),
    ],
)
def test_one_counts_where_it_is_no_idiom(text: str, values: list[float]) -> None:
    setting = Setting(0, passage(text, 0), "report")
    assert [one.claim.value for one in find_entries([setting]) if one.claim.value is not None] == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "27个问题中，25个已经改到位。",
            [("problem", "total", 27, "report"), ("problem", "done", 25, "report")],
        ),
        (
            "40个具体问题，现已改完38个，剩2个。",
            [
                ("problem", "total", 40, "report"),
                ("problem", "done", 38, "report"),
                ("problem", "ongoing", 2, "report"),
            ],
        ),
        (
            "所有57条措施都得到落实。",
            [("measure", "total", 57, "report"), ("measure", "done", None, "report")],
        ),
        (
            "反馈问题33个，其中立行立改问题6个、限期整改22个。",
            [
                ("problem", "total", 33, "report"),
                ("problem", "total", 6, "other"),
                ("problem", "total", 22, "other"),
            ],
        ),
        (
            "第二批移交问题9个，已办结7个。",
            [("problem", "total", 9, "other"), ("problem", "done", 7, "other")],
        ),
    ],
)
def test_words_for_finished_left_over_and_handed_over(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # figures of others in the same breath
        (
            "县委巡察组反馈6个村党组织问题41个。",
            [("problem", "total", 41, "other")],
        ),
        (
            "反馈村党组织问题84个，镇党委将问题分解为整改任务106个。",
            [("problem", "total", 84, "other"), ("task", "total", 106, "report")],
        ),
        (
            "反馈问题19个（其中选人用人专项检查问题6个），已完成17个。",
            [
                ("problem", "total", 19, "report"),
                ("problem", "total", 6, "other"),
                ("problem", "done", 17, "report"),
            ],
        ),
        (
            "专项检查反馈的8个问题均已整改，巡察反馈的31个问题已整改29个。",
            [
                ("problem", "total", 8, "other"),
                ("problem", "done", None, "other"),
                ("problem", "total", 31, "report"),
                ("problem", "done", 29, "report"),
            ],
        ),
        (
            "巡察反馈问题27个。纪委现场督查3次，发现问题3个。",
            [("problem", "total", 27, "report"), ("problem", "total", 3, "other")],
        ),
        (
            "巡察反馈问题27个。集中走访发现问题3个，已整改2个。",
            [
                ("problem", "total", 27, "report"),
                ("problem", "total", 3, "other"),
                ("problem", "done", 2, "other"),
            ],
        ),
        ("审计发现问题27个。", [("problem", "total", 27, "report")]),
        # classes and parts of parts
        (
            "反馈问题20个，其中政治方面12个，作风方面8个。",
            [
                ("problem", "total", 20, "report"),
                ("problem", "total", 12, "other"),
                ("problem", "total", 8, "other"),
            ],
        ),
        (
            "立行立改事项已全部办结。应整改问题18个，已整改18个。",
            [
                ("detail", "done", None, "other"),
                ("problem", "total", 18, "other"),
                ("problem", "done", 18, "other"),
            ],
        ),
        (
            "反馈问题40个，已整改30个，正在整改10个，其中达到序时进度7个，未达序时进度3个。",
            [
                ("problem", "total", 40, "report"),
                ("problem", "done", 30, "report"),
                ("problem", "ongoing", 10, "report"),
                ("problem", "ongoing", 7, "other"),
                ("problem", "pending", 3, "other"),
            ],
        ),
        (
            "46项任务中，限期整改的20项已完成19项，剩余1项。",
            [
                ("task", "total", 46, "report"),
                ("task", "total", 20, "other"),
                ("task", "done", 19, "other"),
                ("task", "ongoing", 1, "other"),
            ],
        ),
        (
            "反馈意见26条，已整改到位25条，另有1条正在整改。",
            [
                ("problem", "total", 26, "report"),
                ("problem", "done", 25, "report"),
                ("problem", "ongoing", 1, "report"),
            ],
        ),
        # what is left
        (
            "反馈问题35个，除2个需长期坚持外，其余33个问题已全部整改到位。",
            [
                ("problem", "total", 35, "report"),
                ("problem", "ongoing", 2, "other"),
                ("problem", "done", 33, "report"),
                ("problem", "done", None, "other"),
            ],
        ),
        (
            "反馈问题35个，除1个问题正在整改外，其他问题均已整改到位。",
            [
                ("problem", "total", 35, "report"),
                ("problem", "ongoing", 1, "report"),
                ("problem", "done", None, "other"),
            ],
        ),
        (
            "反馈27个问题，书记领办5个问题，班子成员负责其余22个问题。",
            [
                ("problem", "total", 27, "report"),
                ("problem", "total", 5, "other"),
                ("problem", "total", 22, "other"),
            ],
        ),
        ("党组认领反馈问题31个。", [("problem", "total", 31, "report")]),
        (
            "反馈31个问题，书记领办5个，其余26个由班子成员牵头。",
            [
                ("problem", "total", 31, "report"),
                ("problem", "total", 5, "other"),
                ("problem", "total", 26, "other"),
            ],
        ),
        (
            "反馈的530项整改任务，已完成274项，其余整改任务正在按有关要求推进实施。",
            [
                ("task", "total", 530, "report"),
                ("task", "done", 274, "report"),
                ("task", "ongoing", None, "report"),
            ],
        ),
        # nouns and grains
        (
            "反馈问题3大类12项29条，已完成27条，正在进行2条。",
            [
                ("aspect", "total", 3, "report"),
                ("problem", "total", 12, "report"),
                ("detail", "total", 29, "report"),
                ("detail", "done", 27, "report"),
                ("detail", "ongoing", 2, "report"),
            ],
        ),
        (
            "分解形成79个“问题清单”、427条“任务清单”。",
            [("task", "total", 79, "report"), ("task", "total", 427, "report")],
        ),
        ("对12项体制性、典型性问题开展整治。", [("problem", "total", 12, "report")]),
        ("推进55项具体整改任务。", [("task", "total", 55, "report")]),
        ("反馈班子问题18个。", [("problem", "total", 18, "report")]),
        ("移交问题线索2条，问题线索已办结1条。", []),
        ("反馈问题36个，移交线索2条，已办结1条。", [("problem", "total", 36, "report")]),
        ("对1人予以记过处分。18名干部分头包联。", [("person", "total", 1, "report")]),
        # states
        (
            "反馈问题9个，取得阶段性进展3个，按时序推进2个。",
            [
                ("problem", "total", 9, "report"),
                ("problem", "partial", 3, "report"),
                ("problem", "ongoing", 2, "report"),
            ],
        ),
        ("推动立行立改、全面整改。", []),
        ("个人问题已全部整改。", [("problem", "done", None, "other")]),
        ("反馈问题已全部整改。", [("problem", "done", None, "report")]),
        ("反馈问题全面整改到位。", [("problem", "done", None, "report")]),
        ("反馈的 32 个问题", [("problem", "total", 32, "report")]),
        # rates
        (
            "形成53项任务、128条措施，已完成51项，完成率达96.2%。",
            [
                ("task", "total", 53, "report"),
                ("measure", "total", 128, "report"),
                ("task", "done", 51, "report"),
                ("task", "rate", 96.2, "report"),
            ],
        ),
        ("整改措施落实率百分之九十六点二。", [("measure", "rate", 96.2, "report")]),
        ("问题整改率达百分之百。", [("problem", "rate", 100, "report")]),
        ("转交的35件信访件已办结34件，办结率97.1%。", []),
    ],
)
def test_figures_that_look_like_others(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_only_words_for_about_make_a_rate_approximate() -> None:
    found = [entry.claim.approximate for entry in entries("整改率达96%，落实率约95%，完成率超90%。")]
    assert found == [False, True, True]


def test_words_for_other_bodies_in_the_title_mean_the_reporting_one() -> None:
    text = "县委巡察组反馈甲村党支部问题12个。"
    for bodies, scope in ((frozenset[str](), "other"), (frozenset(("村", "村党组织")), "report")):
        (entry,) = find_entries([Setting(0, passage(text), "report", bodies)])
        assert entry.claim.scope == scope


def test_blanks_stay_in_the_text_of_a_claim() -> None:
    texts = [entry.claim.text for entry in entries("反馈的 32 个问题，已完成整改 30 个，其余 2 个")]
    assert texts == ["32 个问题", "已完成整改 30 个", "其余 2 个"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("走访企业，发现并推动解决问题29个。", [("problem", "done", 29, "other")]),
        (
            "督导组协调有关部门解决问题8个，帮助解决实际问题12个。",
            [("problem", "done", 8, "other"), ("problem", "done", 12, "other")],
        ),
        ("化解矛盾纠纷问题14个。", [("problem", "total", 14, "other")]),
        ("排查并整改问题36个。", [("problem", "total", 36, "other")]),
        (
            "走访收集问题18个，已解决15个。",
            [("problem", "total", 18, "other"), ("problem", "done", 15, "other")],
        ),
        # what was fed back stays the report's own
        ("推动解决反馈问题33个。", [("problem", "total", 33, "report")]),
        (
            "反馈问题35个，已推动解决问题33个。",
            [("problem", "total", 35, "report"), ("problem", "done", 33, "report")],
        ),
        (
            "反馈问题35个，收集问题8个，已整改30个。",
            [
                ("problem", "total", 35, "report"),
                ("problem", "total", 8, "other"),
                ("problem", "done", 30, "report"),
            ],
        ),
        ("反馈问题3个，均已化解。", [("problem", "total", 3, "report"), ("problem", "done", None, "report")]),
    ],
)
def test_what_is_solved_for_others_is_no_feedback(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize("mask", ["XX", "xx", "**", "××", "____", "□", "○○", "〇〇", "（）", "【 】"])
def test_a_masked_figure_has_no_value(mask: str) -> None:
    read = [
        (entry.claim.state, entry.claim.value, entry.claim.masked, entry.claim.scope)
        for entry in entries(
            f"反馈的35个问题已完成整改{mask}个，另有{mask}个问题正在整改。制定措施{mask}条。"
        )
    ]
    assert read == [
        ("total", 35, False, "report"),
        ("done", None, True, "report"),
        ("ongoing", None, True, "report"),
        ("total", None, True, "report"),
    ]


@pytest.mark.parametrize(
    ("later", "scope"),
    [
        ("对剩余4个问题，专人跟进。", "other"),
        ("继续推进未完成的4个问题。", "other"),
        ("对剩余2个问题，专人跟进。", "report"),
        ("反馈问题27个，已整改23个，剩余4个正在整改。", "report"),
    ],
)
def test_what_is_left_of_another_body_stays_its_own(later: str, scope: str) -> None:
    text = "镇本级27个问题已整改25个，剩余2个正在整改；村级反馈的143个问题已整改139个，剩余4个正在整改。"
    left = [entry for entry in entries(text + later) if entry.claim.state in ("ongoing", "pending")]
    assert left[-1].claim.scope == scope


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("针对反馈的9个问题，制定措施27项，目前已全部整改完毕。", "problem"),
        ("针对反馈的9个问题，制定措施27项，均已得到解决。", "problem"),
        ("针对反馈的9个问题，制定措施27项，目前已全部落实到位。", "measure"),
        ("针对反馈的9个问题，制定措施27项，均已整改落实到位。", "measure"),
        ("反馈9个问题。制定措施27项，已全部整改到位。", "measure"),
    ],
)
def test_mending_is_said_of_problems_and_carrying_out_of_measures(text: str, noun: str) -> None:
    assert [entry.claim.noun for entry in entries(text) if entry.claim.all] == [noun]


@pytest.mark.parametrize(
    "text", ["XX支部的问题已整改。", "××项目、XX处室和**人大问题。", "□个别问题整改慢。"]
)
def test_a_masked_name_is_no_figure(text: str) -> None:
    assert [entry.claim.text for entry in entries(text) if entry.claim.masked] == []


SENTENCES = st.lists(
    st.sampled_from(
        [
            "会议研究了有关事项。",
            "上一轮巡察已经结束；",
            "另有情况说明（略）。",
            "\n",
            "反馈问题27个，其中限期整改的20项。",
            "已完成19项，剩余1项。",
            "反馈意见（含专项检查",
            "整改完成率为95%。",
            "制定措施30条！",
            "均已整改到位。",
        ]
    ),
    max_size=8,
).map("".join)


@settings(deadline=None)
@given(SENTENCES)
def test_a_sentence_that_states_nothing_is_as_good_as_ended(text: str) -> None:
    passed = entries(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Clause, "pass_sentence", Clause.end_sentence)
        assert entries(text) == passed


def stated(*paragraphs: str) -> list[tuple[object, ...]]:
    """Text, noun, state, value, scope, role and holder of each figure of several paragraphs."""
    settings_of = [Setting(index, passage(text), "report") for index, text in enumerate(paragraphs)]
    found = with_scopes(find_entries(settings_of))
    assert [entry.number for entry in found] == list(range(len(found)))
    return [
        (one.text, one.noun, one.state, one.value, one.scope, entry.role, entry.inside)
        for entry, one in ((entry, entry.claim) for entry in found)
    ]


def test_brackets_hold_the_members_of_the_figure_before_them() -> None:
    text = "反馈问题20个（党建类12个（甲类5个、乙类7个）、作风类8个），已完成19个。"
    assert stated("反馈问题21个。", text) == [
        ("问题21个", "problem", "total", 21, "report", "whole", -1),
        ("问题20个", "problem", "total", 20, "report", "whole", -1),
        ("12个", "other", "total", 12, "other", "member", 1),
        ("5个", "other", "total", 5, "other", "member", 2),
        ("7个", "other", "total", 7, "other", "member", 2),
        ("8个", "other", "total", 8, "other", "member", 1),
        ("已完成19个", "problem", "done", 19, "report", "part", -1),
    ]


def test_a_list_after_a_word_for_it_holds_members_of_the_same_unit() -> None:
    assert stated("反馈问题20个，包括党建类12个、作风类8个、涉及党员3名。") == [
        ("问题20个", "problem", "total", 20, "report", "whole", -1),
        ("12个", "other", "total", 12, "other", "member", 0),
        ("8个", "other", "total", 8, "other", "member", 0),
        ("3名", "other", "total", 3, "report", "stray", -1),
    ]


def test_a_comma_after_among_them_ends_no_clause() -> None:
    found = [
        ("问题20个", "problem", "total", 20, "report", "whole", -1),
        ("12个", "problem", "total", 12, "other", "subset", -1),
        ("8个", "problem", "total", 8, "other", "subset", -1),
    ]
    assert stated("反馈问题20个，其中，党建方面12个、作风方面8个。") == found
    assert stated("反馈问题20个，其中党建方面12个、作风方面8个。") == found


@pytest.mark.parametrize("before", ["逐项整改；", "逐项研究。目前"])
def test_what_opens_a_clause_and_lacks_what_is_left_is_a_part(before: str) -> None:
    assert stated(f"反馈的19个问题，{before}18个问题全部整改到位，1个问题正在推进。") == [
        ("19个问题", "problem", "total", 19, "report", "whole", -1),
        ("18个问题", "problem", "total", 18, "other", "whole", -1),
        ("全部整改到位", "problem", "done", None, "other", "all", -1),
        ("1个问题正在推进", "problem", "ongoing", 1, "report", "part", -1),
    ]


def test_a_total_far_smaller_than_the_one_fed_back_is_of_something_else() -> None:
    found = [
        (text, scope)
        for text, *_, scope, _, _ in stated("反馈问题20个。15个问题已完成14个。14个问题已完成14个。")
    ]
    assert found == [
        ("问题20个", "report"),
        ("15个问题", "report"),
        ("已完成14个", "report"),
        ("14个问题", "other"),
        ("已完成14个", "other"),
    ]


def test_where_a_figure_ends_tells_what_it_counts() -> None:
    """Another state may follow it at once; a word that names other things may not."""
    figures = [("问题20个", "problem"), ("已完成12个", "problem"), ("正在整改8个", "problem")]
    assert [row[:2] for row in stated("反馈问题20个，已完成12个正在整改8个。")] == figures
    assert [row[:2] for row in stated("反馈问题20个，已完成12个村改造。")] == [
        ("问题20个", "problem"),
        ("已完成12个", "other"),
    ]


def test_all_problems_at_the_beginning_of_a_report() -> None:
    assert stated("问题已全部整改。") == [("问题已全部整改", "problem", "done", None, "report", "all", -1)]


def test_what_became_of_money() -> None:
    text = "涉及资金9.5万元，已追回资金6万元，尚未追回资金3.5万元，反馈问题2个已全部整改。"
    found = [(entry.claim.text, entry.money, entry.claim.masked) for entry in entries(text)]
    assert found == [
        ("9.5万元", "whole", False),
        ("6万元", "recovered", False),
        ("3.5万元", "outstanding", False),
        ("问题2个", "", False),
        ("已全部整改", "", False),
    ]
