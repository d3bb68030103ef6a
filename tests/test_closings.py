"""The end of a report: welcome, contact, signature, furniture."""

from __future__ import annotations

import pytest

from checker.parser import parse
from checker.source import Source

HEAD = "关于巡察整改情况的通报\n根据县委统一部署，巡察组进行了巡察。现将整改情况予以公布。\n一、下一步工作打算\n持续抓好整改，巩固整改成果，推动各项工作再上新台阶，以实际成效取信于民。\n"


def closing_of(text: str) -> list[tuple[str, str]]:
    outline = parse(Source("draft.txt", HEAD + text))
    return [(paragraph.role, paragraph.text) for paragraph in outline.paragraphs[4:]]


def test_one_field_per_line() -> None:
    text = "欢迎广大干部群众进行监督。\n\n联系电话：0571-12345678\n邮箱：a@example.cn\n地址：青石县人民路1号\n中共青石县水务局党组\n2024年12月3日\n打印本页 关闭窗口\n"
    assert closing_of(text) == [
        ("welcome", "欢迎广大干部群众进行监督。"),
        ("contact", "联系电话：0571-12345678"),
        ("contact", "邮箱：a@example.cn"),
        ("contact", "地址：青石县人民路1号"),
        ("signature", "中共青石县水务局党组"),
        ("date", "2024年12月3日"),
        ("furniture", "打印本页 关闭窗口"),
    ]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("欢迎监督。联系电话：0571-12345678；邮编：310000。\n", ["welcome"]),
        ("中共青石县水务局党组 2024年12月3日\n", ["signature"]),
        ("欢迎监督。\n1. 联系电话：0571-12345678\n2. 邮编：310000\n", ["welcome", "contact", "contact"]),
        ("整改工作取得实效。\n", ["body"]),
        ("编发典型做法4篇。\n欢迎监督。\n电话：0571-12345678\n", ["body", "welcome", "contact"]),
        ("（一）欢迎群众监督。公开办事流程。\n", ["body"]),
        ("青石县水务局\n二〇二四年十二月\n", ["signature", "date"]),
    ],
)
def test_roles_at_the_end(text: str, roles: list[str]) -> None:
    assert [role for role, _ in closing_of(text)] == roles


def test_indices_point_at_the_paragraphs() -> None:
    outline = parse(
        Source("draft.txt", HEAD + "欢迎监督。\n电话：0571-12345678\n中共青石县水务局党组\n2024年12月3日\n")
    )
    assert [outline.paragraphs[index].text for index in outline.tail] == ["欢迎监督。", "电话：0571-12345678"]
    assert [outline.paragraphs[index].text for index in outline.signature] == [
        "中共青石县水务局党组",
        "2024年12月3日",
    ]


@pytest.mark.parametrize("date", ["（2023年10月16日）", "(2023年10月16日)"])
def test_a_date_in_brackets_under_the_title(date: str) -> None:
    text = HEAD.replace("通报\n", f"通报\n{date}\n", 1)
    assert [(each.role, each.text) for each in parse(Source("draft.txt", text)).paragraphs[:2]] == [
        ("title", "关于巡察整改情况的通报"),
        ("date", date),
    ]


def test_a_date_in_brackets_under_the_signature() -> None:
    assert closing_of("中共青石县水务局党组\n（2024年12月3日）\n") == [
        ("signature", "中共青石县水务局党组"),
        ("date", "（2024年12月3日）"),
    ]
