"""Ways to reach the organization, their faults, and the region they belong to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.contacts import contact_paragraphs, find_contact_block, find_contacts, find_welcome
from checker.document import Contact, Stretch
from checker.source import Span
from tests.paragraphs import report, whole

TITLE = "title: 中共长沙市水利局党组关于巡察整改进展情况的通报"


def contacts(*lines: str) -> list[Contact]:
    return list(find_contacts(*report(TITLE, *lines)))


def brief(*lines: str) -> list[tuple[str, str, str]]:
    return [(item.kind, item.value, item.fault) for item in contacts(*lines)]


def test_whole_contact() -> None:
    paragraphs, outline = report(TITLE, "contact: 联系电话：0731-85550101。")
    (found,) = find_contacts(paragraphs, outline)
    start = paragraphs[1].span.start + 5
    assert found == Contact(
        span=Span(start, start + 13),
        text="0731-85550101",
        kind="phone",
        value="0731-85550101",
        label="联系电话",
        area_code="0731",
        fault="",
        region=("长沙市", "湘江新区", "湘潭市", "株洲市"),
        agrees=True,
    )


def test_running_text() -> None:
    assert brief(
        "contact: 欢迎监督。如有意见建议，请及时反映。联系电话：0731-85550101（工作日）；邮政信箱：长沙市水利局党群工作科；"
        "邮编：410005；电子邮箱：slj@example.cn。"
    ) == [
        ("phone", "0731-85550101", ""),
        ("postal-box", "长沙市水利局党群工作科", ""),
        ("postcode", "410005", ""),
        ("email", "slj@example.cn", ""),
    ]


def test_one_field_in_a_line() -> None:
    assert brief(
        "contact: 电 话:(0731)85550101",
        "contact: 电子信箱:slj@example.cn",
        "contact: 通讯地址:某某路599号716办公室(信封上注明“意见建议”)",
        "contact: 邮政编码:410005",
        "contact: 受理时间:8:30-12:00",
    ) == [
        ("phone", "(0731)85550101", ""),
        ("email", "slj@example.cn", ""),
        ("address", "某某路599号716办公室(信封上注明“意见建议”)", ""),
        ("postcode", "410005", ""),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系电话：0731—85550101、85550102", [("phone", "0731—85550101", ""), ("phone", "85550102", "")]),
        ("联系方式：电话 85550101。", [("phone", "85550101", "no-area-code")]),
        ("电话：５５５０１０１", [("phone", "５５５０１０１", "no-area-code")]),
        ("监督电话：0731-8555010", [("phone", "0731-8555010", "")]),
        ("监督电话：0731-855501", [("phone", "0731-855501", "length")]),
        ("监督电话：0731-855501011", [("phone", "0731-855501011", "length")]),
        ("监督电话：010-8555010", [("phone", "010-8555010", "length")]),
        ("监督电话：0731-8555O101", [("phone", "0731-8555O101", "digits")]),
        ("监督电话：0731-8555****", [("phone", "0731-8555****", "")]),
        ("电话：12345；400-123-4567", [("phone", "12345", ""), ("phone", "400-123-4567", "")]),
        ("传真：0731-85550101转8012", [("fax", "0731-85550101转8012", "")]),
        ("手机：138 0000 1234", [("mobile", "138 0000 1234", "")]),
        ("联系电话：13800001234", [("mobile", "13800001234", "")]),
        ("邮箱：slj.example.cn", [("email", "slj.example.cn", "syntax")]),
        ("邮箱：slj@@example.cn", [("email", "slj@@example.cn", "syntax")]),
        ("邮编：41000", [("postcode", "41000", "length")]),
        ("邮编：4100055", [("postcode", "4100055", "length")]),
        (
            "信箱：长沙市A182号信箱（邮编：410005）",
            [("postal-box", "长沙市A182号信箱", ""), ("postcode", "410005", "")],
        ),
        ("联系信箱：slj@example.cn", [("email", "slj@example.cn", "")]),
        ("地址：", [("address", "地址", "empty")]),
        ("电话：", [("phone", "电话", "empty")]),
        (
            "联系方式：0731-85550101 slj@example.cn",
            [("phone", "0731-85550101", ""), ("email", "slj@example.cn", "")],
        ),
        ("可通过电话、邮箱等方式反映", []),
        ("联系人：张某，网址：http://www.example.cn/a1234567", []),
    ],
)
def test_shapes(text: str, found: list[tuple[str, str, str]]) -> None:
    assert brief(f"contact: {text}") == found


@pytest.mark.parametrize(
    ("organization", "text", "agrees"),
    [
        ("中共长沙市水利局党组", "电话：0731-85550101", True),
        ("中共长沙市水利局党组", "电话：021-65550101", False),
        ("中共长沙市水利局党组", "邮编：410005", True),
        ("中共长沙市水利局党组", "邮编：200050", False),
        ("中共湖南省水利厅党组", "电话：0731-85550101", True),
        ("中共长春市朝阳区水利局党组", "电话：010-65550101", False),
        ("中共朝阳区水利局党组", "电话：010-65550101", True),
        ("中共某某县水利局党组", "电话：021-65550101", True),
        ("水利局党组", "邮编：200050", True),
    ],
)
def test_regions(organization: str, text: str, agrees: bool) -> None:
    paragraphs, outline = report(f"title: {organization}关于巡察整改情况的通报", f"contact: {text}")
    assert [item.agrees for item in find_contacts(paragraphs, outline)] == [agrees]


def test_without_a_tail_labelled_lines_at_the_end_count() -> None:
    assert brief("body: 加强管理。", "body: 联系电话：0731-85550101") == [("phone", "0731-85550101", "")]
    assert brief("body: 公开举报投诉电话、悬挂意见箱，2023年以来办理12件。") == []
    assert brief("body: 联系电话：0731-85550101", *["body: 加强管理。"] * 20) == []


def test_block_and_welcome() -> None:
    paragraphs, outline = report(
        TITLE,
        "welcome: 欢迎广大干部群众监督。",
        "contact: 联系电话：0731-85550101",
        "contact: 邮编：410005",
        "signature: 中共长沙市水利局党组",
    )
    found = find_contacts(paragraphs, outline)
    span = Span(paragraphs[2].span.start, paragraphs[3].span.end)
    assert find_contact_block(paragraphs, outline, found) == Stretch(
        span, "联系电话：0731-85550101\n邮编：410005"
    )
    assert find_welcome(paragraphs, outline) == Stretch(paragraphs[1].span, "欢迎广大干部群众监督。")
    assert contact_paragraphs(paragraphs, outline) == paragraphs[1:4]


def test_neither_block_nor_welcome() -> None:
    paragraphs, outline = report(TITLE, "body: 加强管理。")
    assert find_contact_block(paragraphs, outline, ()) is None
    assert find_welcome(paragraphs, outline) is None


PIECES = st.sampled_from(
    [
        "联系电话",
        "：",
        "邮箱",
        "地址",
        "邮编",
        "0731-",
        "85550101",
        "；",
        "。",
        "@",
        "a.cn",
        "（",
        "）",
        "*",
        "转",
        "138",
        "\n",
        "O",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=14).map("".join))
def test_total_with_spans_inside(text: str) -> None:
    paragraphs, outline = report("contact: " + text)
    for item in find_contacts(paragraphs, outline):
        assert whole(paragraphs)[item.span.start : item.span.end] == item.text != ""


@given(
    st.sampled_from(["010", "021", "0731", "0431"]),
    st.integers(2000_0000, 8999_9999),
    st.sampled_from(["-", "—", "", " "]),
)
def test_good_phones_have_no_fault(area: str, local: int, between: str) -> None:
    assert brief(f"contact: 联系电话：{area}{between}{local}。") == [("phone", f"{area}{between}{local}", "")]


def test_an_address_that_nobody_knows_tells_nothing() -> None:
    title = "title: 中共岳阳学院委员会关于巡察整改进展情况的通报"
    lines = ("contact: 联系电话：0816-85550101", "contact: 通讯地址：云溪市建设路202号")
    assert [one.agrees for one in find_contacts(*report(title, *lines)) if one.kind == "phone"] == [True]


@pytest.mark.parametrize(
    ("address", "phone", "agrees"),
    [
        ("长沙市建设路202号", "0731-85550101", True),
        ("长沙市建设路202号", "0816-85550101", False),
        ("建设路202号", "0816-85550101", True),
        ("长沙市北京路202号", "0731-85550101", True),
        ("北京路202号", "0731-85550101", True),
        ("云溪市红旗大道202号", "0816-85550101", True),
    ],
)
def test_the_address_tells_where_a_body_without_a_place_is(address: str, phone: str, agrees: bool) -> None:
    title = "title: 中共某学院委员会关于巡察整改进展情况的通报"
    found = find_contacts(*report(title, f"contact: 联系电话：{phone}", f"contact: 通讯地址：{address}"))
    assert [one.agrees for one in found if one.kind == "phone"] == [agrees]


def test_an_extension_after_an_asterisk() -> None:
    assert brief("contact: 联系电话：0731-85550101*3012") == [("phone", "0731-85550101*3012", "")]
    assert brief("contact: 联系电话：85550101*3012") == [("phone", "85550101*3012", "no-area-code")]
    assert brief("contact: 联系电话：0731-8555****") == [("phone", "0731-8555****", "")]


def test_a_college_is_where_its_address_says() -> None:
    title = "title: 中共黔江职业学院委员会关于巡视整改进展情况的通报"
    lines = (
        "contact: 联系电话：0856-5236789",
        "contact: 地址：贵州省铜仁市碧江区清水大道101号",
        "contact: 邮编：554300",
    )
    assert [item.agrees for item in find_contacts(*report(title, *lines))] == [True, True, True]
    moved = title.replace("黔江职业学院", "重庆市黔江区教育局")
    assert [item.agrees for item in find_contacts(*report(moved, *lines))] == [False, True, False]
