"""The opening paragraphs and the signature as blocks."""

from __future__ import annotations

import pytest

from checker.dates import find_dates
from checker.document import Lead, Signature
from checker.inspectors import find_inspectors
from checker.opening import find_lead, find_signature
from checker.organizations import find_organizations
from checker.source import Span
from tests.paragraphs import report

TITLE = "title: 中共江城市河东区水利局党组关于巡察整改进展情况的通报"


def lead(*lines: str) -> Lead | None:
    paragraphs, outline = report(*lines)
    return find_lead(
        paragraphs, outline, find_dates(paragraphs, outline), find_inspectors(paragraphs, outline)
    )


def signature(*lines: str) -> Signature | None:
    paragraphs, outline = report(*lines)
    dates, organizations = find_dates(paragraphs, outline), find_organizations(paragraphs, outline)
    return find_signature(paragraphs, outline, dates, organizations)


def test_whole_lead() -> None:
    text = (
        "根据区委统一部署，2024年3月5日至5月20日，区委第三巡察组对中共江城市河东区水利局党组（以下简称“区水利局党组”）开展了"
        "常规巡察。7月4日，区委第三巡察组反馈了巡察意见。现将巡察整改进展情况予以公布。"
    )
    found = lead(f"lead: {text}", "body: 一、")
    assert found is not None
    assert (found.span, found.text) == (Span(0, len(text)), text)
    assert found.inspector is not None and found.inspector.text == "区委第三巡察组"
    assert found.inspected is not None
    assert found.inspected.text == "中共江城市河东区水利局党组（以下简称“区水利局党组”）"
    assert [date.value if date else None for date in (found.start, found.end, found.feedback)] == [
        "2024-03-05",
        "2024-05-20",
        "2024-07-04",
    ]
    assert found.feedback_words is not None and found.feedback_words.text == "反馈"
    assert found.publication is not None and found.publication.text == "予以公布"


def test_what_is_not_there_is_none() -> None:
    found = lead("lead: 我局高度重视整改工作。")
    assert found is not None
    assert (found.inspector, found.inspected, found.start, found.end) == (None, None, None, None)
    assert (found.feedback, found.feedback_words, found.publication) == (None, None, None)
    assert lead("body: 我局高度重视整改工作。") is None


@pytest.mark.parametrize("period", ["*年*月*日至*月*日", "2024717日至830日"])
def test_a_masked_or_damaged_period_is_a_period(period: str) -> None:
    found = lead(f"lead: {period}，区委第三巡察组对区水利局党组开展了巡察。")
    assert found is not None
    assert found.start is not None and found.start is found.end
    assert found.start.text == period


def test_a_team_of_another_inspection_is_not_the_inspector() -> None:
    found = lead("lead: 上一轮区委第五巡察组反馈后，区委第三巡察组对区水利局党组开展了巡察。")
    assert found is not None and found.inspector is not None
    assert found.inspector.ordinal == 3


def test_whole_signature() -> None:
    found = signature(TITLE, "signature: 中共江城市河东区水利局党组", "date: 2024年10月8日")
    assert found is not None
    assert found.text == "中共江城市河东区水利局党组\n2024年10月8日"
    assert found.organization is not None and found.organization.text == "中共江城市河东区水利局党组"
    assert found.date is not None and found.date.value == "2024-10-08"
    assert found.matches


def test_one_line_signature() -> None:
    found = signature(TITLE, "signature: 中共江城市河东区水利局党组　2024年10月8日")
    assert found is not None and found.organization is not None and found.date is not None
    assert (found.organization.text, found.date.value) == ("中共江城市河东区水利局党组", "2024-10-08")
    assert found.matches


def test_a_name_with_words_that_end_names_elsewhere() -> None:
    name = "中共江城高等专科学校委员会"
    found = signature(f"title: {name}关于巡察整改情况的通报", f"signature: {name}", "date: 2024年10月8日")
    assert found is not None and found.organization is not None
    assert (found.organization.text, found.matches) == (name, True)


@pytest.mark.parametrize(
    ("name", "matches"),
    [
        ("中共江城市河东区水利局党组", True),
        ("中共江城市河东区水利局 党组", True),
        ("河东区水利局党组", True),
        ("中共东川省江城市河东区水利局党组", True),
        ("江城市河东区水利局", False),
        ("中共江城市河东区财政局党组", False),
        ("中共江城市河东区水利局委员会", False),
    ],
)
def test_matches(name: str, matches: bool) -> None:
    found = signature(TITLE, f"signature: {name}", "date: 2024年10月8日")
    assert found is not None
    assert found.matches is matches


def test_parts_may_be_missing() -> None:
    assert signature(TITLE, "body: 加强管理。") is None
    only_date = signature(TITLE, "date: 2024年10月8日")
    assert only_date is not None and only_date.organization is None and only_date.matches
    only_name = signature(TITLE, "signature: 中共江城市河东区水利局党组")
    assert only_name is not None and only_name.date is None


def test_words_between_the_two_that_publish() -> None:
    found = lead("lead: 根据县委部署，县委第二巡察组对甲村党支部开展了巡察。现将整改情况向全村党员群众公布。")
    assert found is not None and found.publication is not None
    assert found.publication.text == "现将整改情况向全村党员群众公布"


def test_a_title_that_lost_its_suffix_is_signed_by_the_same_body() -> None:
    title = "title: 中共江城市河东区水利局关于巡察整改情况的通报"
    found = signature(title, "signature: 中共江城市河东区水利局党组", "date: 2024年10月8日")
    assert found is not None and found.matches
