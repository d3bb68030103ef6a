"""Numbers and names that give a person away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Identifier
from checker.identifiers import find_identifiers, find_persons
from checker.source import Span
from tests.paragraphs import report, whole


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(item.text, item.kind, item.valid) for item in find_identifiers(*report(f"body: {text}"))]


def test_whole_identifier() -> None:
    assert find_identifiers(*report("contact: 手机：13800001234")) == (
        Identifier(Span(3, 14), "13800001234", "mobile", True, True),
    )


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("身份证号11010519491231002X，", ("11010519491231002X", "id-card", True)),
        (
            "身份证号１１０１０５１９４９１２３１００２Ｘ",
            ("１１０１０５１９４９１２３１００２Ｘ", "id-card", True),
        ),
        ("身份证号110105194912310021，", ("110105194912310021", "id-card", False)),
        ("卡号6222020000000000000", ("6222020000000000000", "bank-card", True)),
        ("卡号6222 0200 0000 0000 000", ("6222 0200 0000 0000 000", "bank-card", True)),
        ("电话138 0000 1234", ("138 0000 1234", "mobile", True)),
        ("电话138-0000-1234", ("138-0000-1234", "mobile", True)),
        ("电话+86 13800001234", ("+86 13800001234", "mobile", True)),
        ("完成文书编号。经13800001234回访", ("13800001234", "mobile", True)),
    ],
)
def test_identifiers(text: str, item: tuple[str, str, bool]) -> None:
    assert found(text) == [item]


@pytest.mark.parametrize(
    "text",
    [
        "138****1234",
        "1380000****",
        "110105********002X",
        "110105199913310021",
        "910105194912310021",
        "6222020000000000001",
        "13800001234元",
        "13800001234.56",
        "编号13800001234",
        "统一社会信用代码113100000000000001",
        "0731-85550101",
        "23800001234",
        "A13800001234",
        "2023年12月31日至2024年",
    ],
)
def test_no_identifiers(text: str) -> None:
    assert found(text) == []


def test_in_contact_only_in_the_contact_block() -> None:
    items = find_identifiers(*report("body: 联系他13800001234。", "contact: 电话：13800005678"))
    assert [item.in_contact for item in items] == [False, True]


def luhn(digits: str) -> str:
    for check in "0123456789":
        total = 0
        for place, char in enumerate(reversed(digits + check)):
            value = int(char) * (1 + place % 2)
            total += value // 10 + value % 10
        if total % 10 == 0:
            return digits + check
    raise AssertionError


@given(st.integers(10**14, 10**15 - 1))
def test_every_card_with_a_good_checksum(number: int) -> None:
    card = luhn(f"62{number}")
    assert [item[1] for item in found(f"卡号{card}。")] in (["bank-card"], ["id-card"])
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    assert [item for item in found(f"卡号{wrong}。") if item[1] == "bank-card"] == []


def persons(text: str) -> list[tuple[str, str]]:
    return [(person.name, person.kind) for person in find_persons(*report(f"body: {text}"))]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("给予张伟党内警告处分", ("张伟", "sanctioned")),
        ("给予欧阳晓明政务记过处分", ("欧阳晓明", "sanctioned")),
        ("对李小红同志进行诫勉谈话", ("李小红", "sanctioned")),
        ("，王建国受到党内严重警告处分", ("王建国", "sanctioned")),
        ("。王建国被予以诫勉", ("王建国", "sanctioned")),
        ("资助学生王思睿，", ("王思睿", "pupil")),
        ("教师赵秀兰因违规补课", ("赵秀兰", "ordinary")),
        ("，周志强同志主持召开", ("周志强", "leader")),
        ("局长刘建国同志带队", ("刘建国", "leader")),
    ],
)
def test_persons(text: str, person: tuple[str, str]) -> None:
    assert persons(text) == [person]


@pytest.mark.parametrize(
    "text",
    [
        "给予3人党内警告处分",
        "给予相关责任人诫勉",
        "对干部任用、教师管理、学生安全加强监督",
        "教师高度重视，学生方面存在问题",
        "党员干部成为表率，全体同志、各位同学",
        "教师张某某因违规补课",
        "学生和平时一样",
        "党组书记、局长高度重视",
    ],
)
def test_no_persons(text: str) -> None:
    assert persons(text) == []


PIECES = st.sampled_from(
    [
        "138",
        "0000",
        "1234",
        " ",
        "-",
        "1101051949",
        "1231002X",
        "给予",
        "张伟",
        "同志",
        "警告处分",
        "学生",
        "*",
        "元",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=12).map("".join))
def test_total_with_spans_inside(text: str) -> None:
    paragraphs, outline = report("body: " + text, "contact: " + text)
    for item in (*find_identifiers(paragraphs, outline), *find_persons(paragraphs, outline)):
        assert whole(paragraphs)[item.span.start : item.span.end] == item.text != ""
