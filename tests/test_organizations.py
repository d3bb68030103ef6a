"""The issuing body under all its names, other Party organizations, and declared short forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Organization
from checker.organizations import find_organizations, find_short_forms, read_name, read_whole_name, same_body
from checker.source import Span
from tests.paragraphs import report, whole

TITLE = "title: 中共江城市河东区水利局党组关于巡察整改进展情况的通报"
LEAD = "lead: 区委第三巡察组对中共江城市河东区水利局党组（以下简称“区水利局党组”）开展了常规巡察。"


def brief(*lines: str) -> list[tuple[str, str, bool]]:
    return [(item.text, item.role, item.same) for item in find_organizations(*report(*lines))]


def test_whole_mention() -> None:
    (found,) = find_organizations(*report(TITLE))
    assert found == Organization(
        span=Span(0, 13),
        text="中共江城市河东区水利局党组",
        name="中共江城市河东区水利局党组",
        core="江城市河东区水利局",
        suffix="党组",
        party=True,
        role="title",
        same=True,
    )


def test_mentions() -> None:
    assert brief(
        TITLE,
        LEAD,
        "body: 局党组召开会议，区水利局党组认真研究，制定《中共江城市河东区水利局关于区委第三巡察组反馈意见的整改方案》。",
        "body: 中共河东区委召开会议，中共中央印发《中国共产党巡视工作条例》。",
        "signature: 中共江城市河东区水利局党组",
        "date: 2024年1月5日",
    ) == [
        ("中共江城市河东区水利局党组", "title", True),
        ("中共江城市河东区水利局党组", "lead", True),
        ("区水利局党组", "lead", True),
        ("局党组", "text", True),
        ("区水利局党组", "text", True),
        ("中共江城市河东区水利局", "document", True),
        ("中共河东区委", "text", False),
        ("中共江城市河东区水利局党组", "signature", True),
    ]


@pytest.mark.parametrize(
    "text", ["市水利局党组", "区财政局党组", "北岸区水利局党组", "各局党组织", "基层党组织"]
)
def test_other_bodies_are_not_the_issuing_one(text: str) -> None:
    assert [item for item in brief(TITLE, f"body: 报{text}审定。") if item[1] == "text"] == []


@pytest.mark.parametrize(
    ("text", "core", "suffix", "party"),
    [
        ("中共江城市水利局党组", "江城市水利局", "党组", True),
        ("中共江城市水利局委员会", "江城市水利局", "委员会", True),
        ("中共江城市委教育工作委员会", "江城市委教育", "工作委员会", True),
        ("中共江城市卫生健康委员会党组", "江城市卫生健康委员会", "党组", True),
        ("中共江城市卫生健康委员会", "江城市卫生健康委员会", "", True),
        ("中共江城市卫生健康委员会委员会", "江城市卫生健康委员会", "委员会", True),
        ("中共江城市文化和旅游局党委", "江城市文化和旅游局", "党委", True),
        ("中共江城市科技和人才局党组", "江城市科技和人才局", "党组", True),
        ("中共河东区委", "河东区", "委", True),
        ("中共石桥镇委员会", "石桥镇", "委员会", True),
        ("江城市水利局", "江城市水利局", "", False),
        ("【巡察整改】中共江城市水利局 党组", "江城市水利局", "党组", True),
    ],
)
def test_whole_names(text: str, core: str, suffix: str, party: bool) -> None:
    name = read_whole_name(text)
    assert name is not None
    assert (name.core, name.suffix, name.party) == (core, suffix, party)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("中共江城市水利局党组关于整改的方案", "中共江城市水利局党组"),
        ("中共江城市水利局关于整改的方案", "中共江城市水利局"),
        ("中共江城市水利局党组书记带头", "中共江城市水利局党组"),
        ("中共江城市水利局机关党委和财政局", "中共江城市水利局机关党委"),
    ],
)
def test_names_in_running_text(text: str, name: str) -> None:
    found = read_name(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("江城市河东区水利局", "区水利局", True),
        ("江城市河东区委教育", "江城市河东区教育", True),
        ("江城市河东区水利局", "江城市河西区水利局", True),
        ("江城市水利局", "江城市财政局", False),
        ("水利局", "财政局", False),
        ("", "水利局", False),
    ],
)
def test_same_body(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same
    assert same_body(other, one) is same


def forms(*lines: str) -> list[tuple[str, str, list[str], list[str]]]:
    paragraphs, outline = report(*lines)
    found = find_short_forms(paragraphs, outline, find_organizations(paragraphs, outline))
    return [
        (form.short, form.full, [item.text for item in form.variants], [item.text for item in form.early])
        for form in found
    ]


def test_short_form_kept() -> None:
    assert forms(TITLE, LEAD, "body: 区水利局党组召开会议。") == [
        ("区水利局党组", "中共江城市河东区水利局党组", [], [])
    ]


def test_short_form_varied_and_used_early() -> None:
    assert forms(TITLE, "lead: 区水利局党组高度重视。", LEAD, "body: 局党组召开会议，水利局党组审定。") == [
        ("区水利局党组", "中共江城市河东区水利局党组", ["局党组", "水利局党组"], ["区水利局党组"])
    ]


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("对江城市文旅局（以下简称市文旅局）开展巡察", "市文旅局", "江城市文旅局"),
        ("对中共石桥镇委员会(以下简称“石桥镇党委”)开展", "石桥镇党委", "中共石桥镇委员会"),
        ("由江城市水利局（下称“市局”）负责", "市局", "江城市水利局"),
    ],
)
def test_ways_to_declare(text: str, short: str, full: str) -> None:
    assert [form[:2] for form in forms(TITLE, f"body: {text}。")] == [(short, full)]


@pytest.mark.parametrize(
    "text", ["《水利条例》（以下简称《条例》）", "（简称）", "（职称评审）", "（以下简称“甲”或“乙”）"]
)
def test_no_short_form_of_a_body(text: str) -> None:
    assert forms(TITLE, f"body: 学习{text}。") == []


PIECES = st.sampled_from(
    [
        "中共",
        "水利局",
        "党组",
        "委员会",
        "区委",
        "（以下简称“",
        "”）",
        "关于",
        "和",
        "《",
        "》",
        "江城市",
        " ",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=12).map("".join))
def test_total_with_spans_inside(text: str) -> None:
    paragraphs, outline = report("title: " + text + "关于整改", "lead: " + text, "signature: " + text)
    found = find_organizations(paragraphs, outline)
    for item in (*found, *find_short_forms(paragraphs, outline, found)):
        assert whole(paragraphs)[item.span.start : item.span.end] == item.text != ""
