"""Cited documents, names that nearly equal an earlier one, and document numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import CitedDocument, DocumentNumber, Stretch
from checker.documents import find_document_numbers, find_documents
from checker.source import Span
from tests.paragraphs import report, whole


def documents(text: str) -> list[CitedDocument]:
    return list(find_documents(*report(f"body: {text}")))


def test_whole_documents() -> None:
    assert documents("印发《县水利系统河道巡查工作实施方案》，按《县水利系统河道巡查工作实施》办理。") == [
        CitedDocument(
            Span(2, 19),
            "《县水利系统河道巡查工作实施方案》",
            "县水利系统河道巡查工作实施方案",
            "方案",
            "",
            None,
            "",
        ),
        CitedDocument(
            Span(21, 36),
            "《县水利系统河道巡查工作实施》",
            "县水利系统河道巡查工作实施",
            "",
            "",
            Stretch(Span(2, 19), "《县水利系统河道巡查工作实施方案》"),
            "县水利系统河道巡查工作实施方案",
        ),
    ]


@pytest.mark.parametrize(
    ("name", "kind", "organization"),
    [
        ("中共某县水利局党组关于县委第一巡察组反馈意见的整改方案", "方案", "中共某县水利局党组"),
        ("中共某县水利局关于加强作风建设的意见", "意见", "中共某县水利局"),
        ("河道管理办法（试行）", "办法", ""),
        ("信访工作条例", "条例", ""),
        ("大江大河", "", ""),
    ],
)
def test_parts(name: str, kind: str, organization: str) -> None:
    (document,) = documents(f"学习《{name}》。")
    assert (document.name, document.kind, document.organization) == (name, kind, organization)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("关于进一步加强基层水利站财务管理的办法", "关于进一步加强基层水利站财物管理的办法", True),
        ("关于进一步加强基层水利站财务管理的办法", "关于进一步加强基层水利站财务管理的办法（试行）", False),
        ("关于进一步加强基层水利站财务管理的办法", "关于进一步加强基层水利站财务管理的意见", False),
        ("县水利系统2022年度培训工作重点计划", "县水利系统2023年度培训工作重点计划", False),
        ("县水利局第一巡察组反馈意见整改工作方案", "县水利局第二巡察组反馈意见整改工作方案", False),
        ("关于加强小型水库安全管理的若干规定", "关于加强大型水库安全管理的若干规定", False),
        ("*水利系统作风建设年活动实施方案", "县水利系统作风建设年活动实施方案", False),
        ("财务制度", "财物制度", False),
        ("水利条例", "水利", False),
    ],
)
def test_like(first: str, second: str, alike: bool) -> None:
    assert [bool(item.like_name) for item in documents(f"《{first}》和《{second}》")] == [False, alike]


def test_nested_and_unclosed() -> None:
    assert [item.name for item in documents("《学习〈章程〉的意见》《学习《条例》通知》》《未完")] == [
        "学习〈章程〉的意见",
        "学习《条例》通知",
    ]


def numbers(text: str) -> list[DocumentNumber]:
    return list(find_document_numbers(*report(f"body: {text}")))


def test_whole_number() -> None:
    assert numbers("（某水发〔2021〕20 号）") == [
        DocumentNumber(Span(4, 14), "〔2021〕20 号", "〔〕", "2021", "20", False, False)
    ]


@pytest.mark.parametrize(
    ("text", "brackets", "number", "ordinal", "zeros"),
    [
        ("〔2021〕第5号", "〔〕", "5", True, False),
        ("[2021]05号", "[]", "05", False, True),
        ("（2021）5号", "（）", "5", False, False),
        ("【2021】5号", "【】", "5", False, False),
        ("〔2021)5号", "〔)", "5", False, False),
    ],
)
def test_number_variants(text: str, brackets: str, number: str, ordinal: bool, zeros: bool) -> None:
    (found,) = numbers(f"某水发{text}")
    assert (found.text, found.brackets, found.number, found.ordinal, found.zeros) == (
        text,
        brackets,
        number,
        ordinal,
        zeros,
    )


@pytest.mark.parametrize(
    "text", ["（2021）京01民初5号", "（2021）5号楼", "2021年5号", "〔21〕5号", "（2021）5个"]
)
def test_no_numbers(text: str) -> None:
    assert numbers(text) == []


PIECES = st.sampled_from(
    ["《", "》", "〈", "方案", "办法", "关于", "中共", "（试行）", "〔2021〕", "5号", "*", "水利工作管理制度"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=12).map("".join))
def test_total_with_spans_inside(text: str) -> None:
    paragraphs, outline = report("body: " + text, "body: " + text)
    for item in (*find_documents(paragraphs, outline), *find_document_numbers(paragraphs, outline)):
        assert whole(paragraphs)[item.span.start : item.span.end] == item.text != ""


@pytest.mark.parametrize(
    ("first", "second", "like"),
    [
        ("督查督办管理办法", "督察督办管理办法", "督查督办管理办法"),
        ("职工请销假管理办法", "职工请消假管理办法", "职工请销假管理办法"),
        ("中层干部考核管理办法", "中层干部考勤管理办法", ""),
        ("局务会议议事规则", "党组会议议事规则", ""),
    ],
)
def test_short_names_differ_by_a_character_that_is_taken_for_another(
    first: str, second: str, like: str
) -> None:
    assert [one.like_name for one in documents(f"印发《{first}》，执行《{second}》。")] == ["", like]
