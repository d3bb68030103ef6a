"""The head of a report: title over one line or several, issuer line, furniture."""

from __future__ import annotations

import pytest

from checker.document import Title
from checker.parser import parse
from checker.source import Source, Span

LEAD = "根据县委统一部署，2024年3月5日至4月30日，县委第二巡察组对县水务局党组进行了巡察。现将整改情况予以公布。\n"
FULL = "中共青石县水务局党组关于巡察整改进展情况的通报"


def title_of(text: str) -> Title | None:
    return parse(Source("draft.txt", text + "\n" + LEAD)).title


def test_a_title_and_its_parts() -> None:
    assert title_of(FULL) == Title(
        span=Span(0, len(FULL)),
        text=FULL,
        organization="中共青石县水务局党组",
        preposition="关于",
        matter="巡察整改进展情况",
        kind="通报",
        ending="",
        lines=1,
        inspection="巡察",
    )


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (FULL, 1),
        ("附件3\n\n" + FULL, 1),
        ("# " + FULL, 1),
        ("## **" + FULL + "**", 1),
        ("中共青石县水务局党组 关于巡察整改进展情况的通报", 1),
        ("中共青石县水务局党组关于巡察整改进展\n情况的通报", 2),
        ("中共青石县水务局党组\n关于巡察整改进展情况的通报", 2),
        ("中共青石县水务局党组\n\n关于巡察整改进展\n\n情况的通报", 3),
        ("中共青石县\n水务局党组关于巡察整改进展情况的通报", 2),
        ("首页 > 公告\n" + FULL + "\n发布日期：2024-12-03", 1),
        ("【巡察整改】" + FULL, 1),
        ("索引号：\n1234/2024\n文件名称：\n" + FULL + "\n" + FULL, 1),
    ],
)
def test_one_title_in_many_shapes(head: str, lines: int) -> None:
    title = title_of(head)
    assert title is not None
    assert (title.text, title.organization, title.kind, title.lines) == (
        FULL,
        "中共青石县水务局党组",
        "通报",
        lines,
    )


def test_an_issuer_line_above_a_full_title() -> None:
    outline = parse(Source("draft.txt", f"中共青石县水务局党组\n---\n{FULL}\n{LEAD}"))
    assert outline.title is not None
    assert outline.issuer is not None
    assert (outline.title.text, outline.title.lines, outline.issuer.text) == (FULL, 1, "中共青石县水务局党组")
    assert [paragraph.role for paragraph in outline.paragraphs] == ["issuer", "title", "lead"]


def test_a_repeated_title_is_furniture() -> None:
    outline = parse(Source("draft.txt", f"{FULL}\n发布日期：2024-12-03\n{FULL}\n{LEAD}"))
    assert [paragraph.role for paragraph in outline.paragraphs] == ["furniture", "furniture", "title", "lead"]
    assert [stretch.text for stretch in outline.furniture] == [FULL, "发布日期：2024-12-03"]


@pytest.mark.parametrize(
    ("head", "preposition", "matter", "kind", "ending", "inspection"),
    [
        ("县水务局关于对巡察整改情况的通报", "关于对", "巡察整改情况", "通报", "", "巡察"),
        ("县水务局关于巡视整改情况的报告。", "关于", "巡视整改情况", "报告", "。", "巡视"),
        ("县水务局关于审计整改情况的公告（公开稿）", "关于", "审计整改情况", "公告", "", ""),
        ("县水务局巡察整改情况公示", "", "县水务局巡察整改情况", "公示", "", "巡察"),
    ],
)
def test_parts_of_titles(
    head: str, preposition: str, matter: str, kind: str, ending: str, inspection: str
) -> None:
    title = title_of(head)
    assert title is not None
    found = (title.preposition, title.matter, title.kind, title.ending, title.inspection)
    assert found == (preposition, matter, kind, ending, inspection)


@pytest.mark.parametrize("head", ["", "县水务局", "今日要闻\n天气晴朗", "一、组织情况"])
def test_no_title(head: str) -> None:
    assert title_of(head) is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("中共青石县水务局党组关于巡察整改进展情况", ("中共青石县水务局党组", "关于", "")),
        ("中共青石县水务局党组\n关于县委巡察“回头看”反馈意见整改情况", ("中共青石县水务局党组", "关于", "")),
        ("关于巡察整改进展情况的通报", ("", "关于", "通报")),
        ("中共青石县水务局党组巡察整改进展情况的通报", ("", "", "通报")),
        ("青石市贯彻落实省生态环境保护督察反馈意见整改情况的报告", ("青石市", "", "报告")),
        (FULL + "\n整改落实情况", ("中共青石县水务局党组", "关于", "通报")),
    ],
)
def test_what_a_title_lacks(head: str, expected: tuple[str, str, str]) -> None:
    title = title_of(head)
    assert title is not None
    assert (title.organization, title.preposition, title.kind) == expected


def test_an_issuer_line_under_a_title_that_names_nobody() -> None:
    head = "关于县委第二巡察组反馈意见整改情况的通报\n中共青石县水务局党组"
    outline = parse(Source("draft.txt", head + "\n" + LEAD))
    assert outline.title is not None and outline.title.organization == "中共青石县水务局党组"
    assert outline.issuer is not None and outline.issuer.text == "中共青石县水务局党组"
