"""Inspection teams by level, place, number and round; the act words of this report's own inspection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Inspector
from checker.inspectors import find_acts, find_inspectors
from checker.numerals import write_chinese
from checker.source import Span
from tests.paragraphs import report, whole

LEAD = "lead: 根据县委统一部署，县委第二巡察组对县水利局党组开展了常规巡察。"


def teams(*lines: str) -> list[Inspector]:
    return list(find_inspectors(*report(*lines)))


def test_whole_mention() -> None:
    text = "十二届长沙市委第五轮巡察第三巡察组"
    assert teams(f"lead: {text}反馈了意见。") == [
        Inspector(
            span=Span(0, len(text)),
            text=text,
            level="市委",
            place="长沙市",
            ordinal=3,
            session=12,
            round=5,
            kind="巡察",
            scope="report",
            where="lead",
        )
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("区委第三巡察组", ("区委第三巡察组", "区委", "", 3, "巡察")),
        ("区委第3巡察组", ("区委第3巡察组", "区委", "", 3, "巡察")),
        ("收到株洲市荷塘区委第二巡察组意见", ("株洲市荷塘区委第二巡察组", "区委", "株洲市荷塘区", 2, "巡察")),
        ("迎接区委第十一巡察组", ("区委第十一巡察组", "区委", "", 11, "巡察")),
        ("省委巡视十组", ("省委巡视十组", "省委", "", 10, "巡视")),
        ("区委巡察二组", ("区委巡察二组", "区委", "", 2, "巡察")),
        ("中央第七巡视组", ("中央第七巡视组", "中央", "", 7, "巡视")),
        ("市委提级巡察组", ("市委提级巡察组", "市委", "", None, "巡察")),
        ("县委巡察“回头看”组", ("县委巡察“回头看”组", "县委", "", None, "巡察")),
        ("市委第一交叉巡察组", ("市委第一交叉巡察组", "市委", "", 1, "巡察")),
        ("市委第五提级（交叉）巡察组", ("市委第五提级（交叉）巡察组", "市委", "", 5, "巡察")),
        ("市委医疗卫生领域第六专项巡察组", ("市委医疗卫生领域第六专项巡察组", "市委", "", 6, "巡察")),
        ("市县联动巡察组", ("市县联动巡察组", "市县联动", "", None, "巡察")),
        ("县委上下联动巡察组", ("县委上下联动巡察组", "县委", "", None, "巡察")),
        (
            "市委深化“一网通办”改革、优化办事环境专项巡察组",
            ("市委深化“一网通办”改革、优化办事环境专项巡察组", "市委", "", None, "巡察"),
        ),
        ("市委机动巡察一组", ("市委机动巡察一组", "市委", "", 1, "巡察")),
        ("县委第 四 巡察组", ("县委第 四 巡察组", "县委", "", 4, "巡察")),
        ("中央第三生态环境保护督察组", ("中央第三生态环境保护督察组", "中央", "", 3, "督察")),
        ("省第二生态环境保护督察组", ("省第二生态环境保护督察组", "省", "", 2, "督察")),
        ("工委第一巡察组", ("工委第一巡察组", "工委", "", 1, "巡察")),
        ("第三巡察组", ("第三巡察组", "", "", 3, "巡察")),
    ],
)
def test_shapes(text: str, found: tuple[object, ...]) -> None:
    (team,) = teams(f"lead: 由{text}开展工作。")
    assert (team.text, team.level, team.place, team.ordinal, team.kind) == found


@pytest.mark.parametrize(
    "text",
    ["巡察组反馈意见", "县委巡察工作领导小组", "组织开展巡察整改", "领导小组办公室", "第一轮讨论", "调研组"],
)
def test_no_teams(text: str) -> None:
    assert teams(f"lead: {text}。") == []


def test_two_teams_in_one_phrase() -> None:
    found = teams("lead: 县委第一、第二巡察组开展巡察。")
    assert [(team.text, team.ordinal, team.level) for team in found] == [
        ("县委第一、第二巡察组", 1, "县委"),
        ("县委第一、第二巡察组", 2, "县委"),
    ]


def test_round_without_team() -> None:
    (team,) = teams("title: 中共某县水利局党组关于十届县委第四轮巡察整改进展情况的通报")
    assert (team.text, team.session, team.round, team.ordinal, team.where) == (
        "十届县委第四轮巡察",
        10,
        4,
        None,
        "title",
    )


def test_scope_and_place() -> None:
    found = teams(
        LEAD,
        "body: 落实省委第四巡视组移交问题，上一轮县委第五巡察组反馈问题已整改。",
        "body: 制定《中共某县水利局关于县委第一巡察组反馈意见的整改方案》。",
        "furniture: 县委第九巡察组",
    )
    assert [(team.text, team.scope, team.where) for team in found] == [
        ("县委第二巡察组", "report", "lead"),
        ("省委第四巡视组", "other", "text"),
        ("县委第五巡察组", "other", "text"),
        ("县委第一巡察组", "report", "document"),
    ]


def test_another_level_in_the_title_stays_comparable() -> None:
    found = teams("title: 中共某县水利局党组关于市委第四轮巡察整改情况的通报", LEAD)
    assert [(team.level, team.scope) for team in found] == [("市委", "report"), ("县委", "report")]


def test_auditors_of_the_sister_genre() -> None:
    (team,) = teams("lead: 2024年5月，县审计局对县水利局进行了审计。", "body: 市审计局指出")
    assert (team.text, team.kind, team.where) == ("县审计局", "审计", "lead")


def acts(*lines: str) -> list[tuple[str, str]]:
    paragraphs, outline = report(*lines)
    text = whole(paragraphs)
    found = find_acts(paragraphs, outline, find_inspectors(paragraphs, outline))
    return [(act.kind, text[act.span.start : act.span.end + 2]) for act in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县委第二巡察组向县水利局党组反馈了巡视意见。", ["巡察", "巡视"]),
        ("县委第二巡察组对县水利局党组开展了水库安全领域专项巡视。", ["巡察", "巡视"]),
        ("虽然巡视反馈的问题整改有了进展，但与上级要求相比还有差距。", ["巡视"]),
        ("按照上级部署，巡视反馈的问题一并整改。", []),
    ],
)
def test_the_other_kind_of_act(text: str, found: list[str]) -> None:
    assert [kind for kind, _ in acts(LEAD, f"lead: {text}")][2:] == found


def test_own_acts() -> None:
    assert acts(LEAD, "body: 巡察反馈问题已整改，对巡视组发现的问题深入分析。") == [
        ("巡察", "巡察组对"),
        ("巡察", "巡察。\n"),
        ("巡察", "巡察反馈"),
        ("巡视", "巡视组发"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "学习《中国共产党巡视工作条例》",
        "习近平总书记关于巡视工作的重要论述",
        "做好巡视巡察整改工作",
        "落实省委巡视反馈意见。巡视整改任务",
        "推进巡视整改和成果运用",
        "统筹各类监督，巡视整改、上级督查",
        "中央巡视反馈问题",
    ],
)
def test_other_acts(text: str) -> None:
    assert [kind for kind, _ in acts(LEAD, f"body: {text}") if kind == "巡视"] == []


@given(
    st.integers(1, 99),
    st.sampled_from(["县委", "市委", "区委", "省委", "州委"]),
    st.sampled_from(["巡察", "巡视"]),
)
def test_numbers_are_read_in_either_numerals(number: int, level: str, kind: str) -> None:
    for ordinal in (str(number), write_chinese(number)):
        (team,) = teams(f"lead: 根据部署，{level}第{ordinal}{kind}组进驻。")
        assert (team.level, team.ordinal, team.kind) == (level, number, kind)


PIECES = st.sampled_from(
    [
        "县委",
        "第三",
        "巡察",
        "巡视",
        "组",
        "第五轮",
        "六届",
        "、",
        "，",
        "《",
        "》",
        "“回头看”",
        "专项",
        "长沙市",
        "一",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=12).map("".join))
def test_total_with_spans_inside(text: str) -> None:
    paragraphs, outline = report("lead: " + text, "body: " + text)
    found = find_inspectors(paragraphs, outline)
    for item in (*found, *find_acts(paragraphs, outline, found)):
        assert whole(paragraphs)[item.span.start : item.span.end] == item.text != ""


@pytest.mark.parametrize(
    ("lead", "scopes"),
    [
        # two teams that inspected together, or one after the other
        ("县委第一、第四巡察组对县水利局党组开展了巡察。", ["report", "other", "other"]),
        ("县委第一巡察组、第四巡察组对县水利局党组开展了巡察。", ["report", "other", "other"]),
        (
            "县委第一巡察组对县水利局党组开展了巡察。县委第四巡察组对县水利局党组开展了巡察“回头看”。",
            ["report", "other", "other"],
        ),
        # one team, named wrongly where it gave its feedback
        (
            "县委第一巡察组对县水利局党组开展了巡察，7月2日，县委第四巡察组反馈了意见。",
            ["report", "report", "report"],
        ),
    ],
)
def test_further_teams_are_no_wrong_ones(lead: str, scopes: list[str]) -> None:
    assert [team.scope for team in teams(f"lead: {lead}", "body: 落实县委第四巡察组意见。")] == scopes


def test_a_lost_number_leaves_the_team() -> None:
    (team,) = teams("lead: 市委第巡察组对市商务局党组开展了巡察。")
    assert (team.text, team.level, team.ordinal) == ("市委第巡察组", "市委", None)


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("加强协调联动。对巡视组反馈的意见逐条整改。", ["巡视"]),
        ("对上级巡视组反馈的意见逐条整改。", []),
        ("对照省委巡视反馈。对巡视组反馈的意见逐条整改。", []),
    ],
)
def test_words_near_an_act_tell_whose_it_is(sentence: str, kinds: list[str]) -> None:
    paragraphs, outline = report(LEAD, f"body: {sentence}")
    acts = find_acts(paragraphs, outline, find_inspectors(paragraphs, outline))
    assert [act.kind for act in acts if act.span.start > paragraphs[0].span.end] == kinds


def test_the_own_team_is_no_inspection_by_others() -> None:
    lead = "lead: 省委第七巡视组对省农业农村厅党组开展了常规巡视。"
    paragraphs, outline = report(lead, "body: 落实省委第七巡视组意见。对巡察组反馈的意见逐条整改。")
    acts = find_acts(paragraphs, outline, find_inspectors(paragraphs, outline))
    assert [act.kind for act in acts][-1] == "巡察"
