"""Word files are read as people see them, and hostile ones are refused."""

from __future__ import annotations

import resource
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("lxml", reason="Word files are read with lxml: pip install 'zhenggai[word]'")

from hypothesis import given, settings
from hypothesis import strategies as st

import checker
from bench.generate import reports
from checker.diagnostics import CheckerError
from checker.readers import read_bytes
from checker.readers.word import read
from checker.readers.word_figures import figure
from checker.readers.word_package import MAX_PART
from checker.readers.word_walk import MAX_PIECES
from checker.source import Origin, Source
from tests import word_files as wf
from tests.word_files import cell, deleted, docx, inserted, p, r, row, table

PATH = "通报.docx"


def text_of(*body: str, **parts: str) -> str:
    return read(docx(*body, parts=parts), PATH).text


def notes_of(*body: str, **parts: str) -> list[str]:
    return [zh for zh, _ in read(docx(*body, parts=parts), PATH).notes]


# --- paragraphs --------------------------------------------------------------------------------------------


def test_a_paragraph_is_a_line() -> None:
    data = docx("关于整改情况的通报", p(), p("第一句。", r("第二句。", props="<w:b/>")))
    assert read_bytes(data, PATH) == Source(
        PATH,
        "关于整改情况的通报\n\n第一句。第二句。\n",
        "word",
        origins=(Origin(0, 1), Origin(11, 2)),
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:r><w:t>上行</w:t><w:br/><w:t>下行</w:t></w:r>", "上行\n下行"),
        ("<w:r><w:t>上页</w:t><w:br w:type='page'/><w:t>下页</w:t></w:r>", "上页\n下页"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", "甲\t乙\n丙"),
        ("<w:r><w:t>0571</w:t><w:noBreakHyphen/><w:t>12345678</w:t></w:r>", "0571-12345678"),
        ("<w:r><w:t>整</w:t><w:softHyphen/><w:t>改</w:t></w:r>", "整改"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>完成</w:t></w:r>', "☑完成"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "≥"),
        ('<w:r><w:sym w:font="某字体" w:char="F0B3"/></w:r>', "□"),
        ('<w:r><w:sym w:font="某字体" w:char="D800"/></w:r>', "□"),
        ('<w:r><w:sym w:font="宋体" w:char="25CF"/></w:r>', "●"),
        ("<w:r><w:t> 首尾空格 </w:t></w:r>", "首尾空格"),
        ('<w:r><w:t xml:space="preserve"> 首尾空格 </w:t></w:r>', " 首尾空格 "),
        ("<w:r><w:t>两\n行</w:t></w:r>", "两 行"),
        (wf.hyperlink("网址"), "网址"),
        (wf.control(r("控件内")), "控件内"),
        ('<w:smartTag w:element="date">' + r("2026年1月") + "</w:smartTag>", "2026年1月"),
        ('<w:fldSimple w:instr=" DATE ">' + r("2026年1月") + "</w:fldSimple>", "2026年1月"),
        (wf.complex_field("REF 甲", "结果"), "结果"),
        (wf.complex_field("IF 1 = 1", wf.complex_field("REF 甲", "内")), "内"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>zheng</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>整</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "整",
        ),
        ("<m:oMath><m:r><m:t>33+2=35</m:t></m:r></m:oMath>", "33+2=35"),
        (inserted("新增"), "新增"),
        (deleted("旧文"), ""),
        ('<w:moveFrom w:id="1">' + r("移走") + "</w:moveFrom>", ""),
        ('<w:moveTo w:id="2">' + r("移来") + "</w:moveTo>", "移来"),
        ('<w:bookmarkStart w:id="1" w:name="a"/>' + r("书签") + '<w:bookmarkEnd w:id="1"/>', "书签"),
        ("<!-- 说明 --><?x y?>" + r("正文"), "正文"),
        (r("批注") + '<w:r><w:commentReference w:id="0"/></w:r>', "批注"),
    ],
)
def test_inside_a_paragraph(content: str, text: str) -> None:
    assert text_of(p(content)) == f"{text}\n"


def test_section_breaks_headers_and_footers_are_no_text() -> None:
    header = f'<w:hdr xmlns:w="{wf.W}">{p("页眉")}</w:hdr>'
    assert text_of(p("正文"), header1=header) == "正文\n"


def test_the_strict_form_of_word_is_read_too() -> None:
    data = wf.package(
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        f"{p('严格格式', num=(1, 0))}</w:body></w:document>"
    )
    assert read(data, PATH).text == "严格格式\n"


# --- tracked changes, hidden text, contents ----------------------------------------------------------------

TRACKED = "文件里有修订，按全部接受后的文字检查"
HIDDEN = "文件里有隐藏文字，没有检查"


def test_tracked_changes_count_as_accepted() -> None:
    body = p("已完成", deleted("33"), inserted("34"), "个")
    assert text_of(body) == "已完成34个\n"
    assert read(docx(body), PATH).notes == (
        (TRACKED, "the file holds tracked changes; it was checked as if all were accepted"),
    )


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = [p("前半句", props=wf.MARK_DELETED), p("后半句。"), p("下一段。")]
    assert text_of(*body) == "前半句后半句。\n下一段。\n"
    assert notes_of(*body) == [TRACKED]


def test_a_wholly_deleted_paragraph_is_not_numbered() -> None:
    body = [p("甲", num=(1, 0)), p(deleted("乙"), num=(1, 0), props=wf.MARK_DELETED), p("丙", num=(1, 0))]
    assert text_of(*body, numbering=wf.numbering()) == "一、甲\n二、丙\n"
    assert text_of(body[0], body[1], numbering=wf.numbering()) == "一、甲\n"


def test_a_deleted_row_is_no_row() -> None:
    gone = row("丙", "丁", props='<w:del w:id="1" w:author="王某"/>')
    assert text_of(table(("甲", "乙"), gone)) == "甲\t乙\n"
    assert notes_of(table(("甲", "乙"), gone)) == [TRACKED]


@pytest.mark.parametrize(
    "hidden",
    [
        r("内部", props="<w:vanish/>"),
        r("内部", props='<w:rStyle w:val="hid"/>'),
        r("内部", props='<w:rStyle w:val="hid2"/>'),
    ],
)
def test_hidden_text_is_left_out(hidden: str) -> None:
    given = wf.styles(
        wf.style("hid", kind="character", rpr="<w:vanish/>"), wf.style("hid2", base="hid", kind="character")
    )
    assert text_of(p("甲", hidden, "乙"), styles=given) == "甲乙\n"
    assert notes_of(p("甲", hidden, "乙"), styles=given) == [HIDDEN]


def test_text_that_is_not_hidden_after_all() -> None:
    given = wf.styles(wf.style("hid", rpr="<w:vanish/>"))
    shown = r("公开", props='<w:vanish w:val="0"/>')
    assert text_of(p(shown, "内部", style="hid"), styles=given) == "公开\n"


def test_a_hidden_paragraph_is_neither_a_line_nor_numbered() -> None:
    hidden = p(r("内部", props="<w:vanish/>"), num=(1, 0), props="<w:rPr><w:vanish/></w:rPr>")
    body = [p("甲", num=(1, 0)), hidden, p("乙", num=(1, 0))]
    assert text_of(*body, numbering=wf.numbering()) == "一、甲\n二、乙\n"


def test_the_table_of_contents_is_left_out() -> None:
    begin, code = '<w:fldChar w:fldCharType="begin"/>', "<w:instrText> TOC \\o 1-3 </w:instrText>"
    separate, end = '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>'
    body = [
        p(r(begin), r(code), r(separate), "一、目录行\t1"),
        p("二、目录行\t2"),
        p(r(end)),
        p("一、正文"),
    ]
    assert text_of(*body) == "一、正文\n"
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    assert text_of(wf.control(p("目录") + p("一、目录行"), gallery), p("一、正文")) == "一、正文\n"
    assert notes_of(*body) == ["自动目录没有检查"]


def test_an_embedded_document_is_told_of() -> None:
    assert notes_of(p("正文"), '<w:altChunk r:id="rId9"/>') == ["文件里嵌入的其他文档没有检查"]


# --- tables, text boxes, notes -----------------------------------------------------------------------------


def test_a_row_is_a_line_with_tabs() -> None:
    source = read(
        docx(p("整改台账"), table(("序号", "问题", "状态"), ("1", "制度不全", "已完成")), p("以上。")), PATH
    )
    assert source.text == "整改台账\n序号\t问题\t状态\n1\t制度不全\t已完成\n以上。\n"
    place = source.text.index("制度不全")
    assert source.origin(place) == Origin(place, 6, "表1第2行第2列")
    assert source.origin(source.text.index("以上")) == Origin(source.text.index("以上"), 8)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (cell("一是学习。", "二是整改。"), "一是学习。二是整改。"),
        (cell("加强学习", "完善制度"), "加强学习 完善制度"),
        (cell(p("甲", "<w:r><w:br/></w:r>", "乙")), "甲 乙"),
        (cell(), ""),
        (cell(p(), "有字", p()), "有字"),
        (cell(table(("内甲", "内乙"), ("内丙", "内丁")), p()), "内甲 内乙 内丙 内丁"),
        (wf.control(cell("控件内")), "控件内"),
        (cell(wf.control(p("控件内"))), "控件内"),
    ],
)
def test_a_cell_stays_on_its_line(content: str, text: str) -> None:
    body = f"<w:tbl><w:tr>{cell('头')}{content}{cell('尾')}</w:tr></w:tbl>"
    assert text_of(body) == f"头\t{text}\t尾\n"


def test_a_row_of_one_cell_holds_paragraphs() -> None:
    source = read(docx(table((cell("一、加强学习", "二、完善制度"),), ("甲", "乙"))), PATH)
    assert source.text == "一、加强学习\n二、完善制度\n甲\t乙\n"
    assert source.origins == (
        Origin(0, 1, "表1第1行"),
        Origin(7, 2, "表1第1行"),
        Origin(14, 3, "表1第2行第1列"),
        Origin(16, 4, "表1第2行第2列"),
    )


def test_cells_are_numbered_like_other_paragraphs() -> None:
    rows = [(cell(p("甲", num=(1, 2))), "乙"), (cell(p("丙", num=(1, 2))), "丁")]
    assert text_of(table(*rows), numbering=wf.numbering()) == "1.甲\t乙\n2.丙\t丁\n"


def test_a_text_box_follows_its_paragraph_once() -> None:
    source = read(docx(p("正文前", wf.text_box("框内一", "框内二"), "正文后"), p("下一段")), PATH)
    assert source.text == "正文前正文后\n框内一\n框内二\n下一段\n"
    assert source.origins == (Origin(0, 1), Origin(7, 1, "文本框"), Origin(15, 2))


def test_a_box_within_a_box_and_in_a_cell() -> None:
    inner = p("外框", wf.text_box("内框"))
    assert text_of(table((cell(p("甲", wf.text_box(inner))), "乙"))) == "甲\t乙\n外框\n内框\n"


def test_notes_follow_their_paragraph() -> None:
    body = [p("共35个", wf.footnote_reference(1), "问题。"), p("另有2个", wf.footnote_reference(2), "。")]
    source = read(docx(*body, parts={"footnotes": wf.footnotes("不含移交件。", "已办结。")}), PATH)
    assert source.text == "共35个问题。\n不含移交件。\n另有2个。\n已办结。\n"
    assert source.origins == (
        Origin(0, 1),
        Origin(8, 1, "脚注1"),
        Origin(15, 2),
        Origin(21, 2, "脚注2"),
    )


def test_a_note_is_read_once_even_if_it_names_itself() -> None:
    note = wf.footnotes(wf.footnote_reference(1) + r("自指。"))
    body = p("正文", wf.footnote_reference(1), wf.footnote_reference(1), wf.footnote_reference(9))
    assert text_of(body, footnotes=note) == "正文\n自指。\n"


# --- automatic numbering -----------------------------------------------------------------------------------


def test_the_five_levels_of_a_report() -> None:
    levels = [0, 1, 2, 3, 4, 4, 3, 2, 1, 0, 1, 2]
    text = text_of(*(p("题", num=(1, depth)) for depth in levels), numbering=wf.numbering())
    assert text.split("\n") == [
        "一、题",
        "（一）题",
        "1.题",
        "（1）题",
        "①题",
        "②题",
        "（2）题",
        "2.题",
        "（二）题",
        "二、题",
        "（一）题",
        "1.题",
        "",
    ]


def test_labels_of_headings_come_from_their_styles() -> None:
    numbering = wf.numbering(
        wf.abstract(
            3,
            wf.level(0, "chineseCountingThousand", "%1、", style="h1"),
            wf.level(1, "chineseCountingThousand", "（%2）", style="h2"),
        ),
        wf.num(5, 3),
    )
    given = wf.styles(
        wf.style("h1", base="a", ppr='<w:numPr><w:numId w:val="5"/></w:numPr>'),
        wf.style("h2", base="h1", ppr='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr>'),
        wf.style("h2b", base="h2"),
    )
    body = [
        p("甲", style="h1"),
        p("乙", style="h2"),
        p("丙", style="h2b"),
        p("不编号", style="h2", num=(0, 0)),
        p("丁", style="h1"),
        p("戊", style="h2"),
    ]
    text = text_of(*body, numbering=numbering, styles=given)
    assert text == "一、甲\n（一）乙\n（二）丙\n不编号\n二、丁\n（一）戊\n"


def test_a_style_tied_to_a_level_needs_no_level_of_its_own() -> None:
    levels = [wf.level(0, "decimal", "%1"), wf.level(1, "decimal", "%1.%2", style="h2")]
    numbering = wf.numbering(wf.abstract(0, *levels), wf.num(1, 0))
    given = wf.styles(wf.style("h2", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>'))
    assert (
        text_of(p("甲", num=(1, 0)), p("乙", style="h2"), numbering=numbering, styles=given) == "1甲\n1.1乙\n"
    )


def test_a_list_style_gives_the_scheme() -> None:
    link = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="ls"/></w:abstractNum>'
    numbering = wf.numbering(wf.abstract(0, *wf.REPORT_LEVELS), link, wf.num(1, 0), wf.num(2, 7))
    given = wf.styles(wf.style("ls", kind="numbering", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>'))
    body = [p("甲", num=(1, 0)), p("乙", num=(2, 0))]
    assert text_of(*body, numbering=numbering, styles=given) == "一、甲\n二、乙\n"


def test_lists_of_one_scheme_go_on_unless_they_start_over() -> None:
    numbering = wf.numbering(
        wf.abstract(0, *wf.REPORT_LEVELS),
        wf.num(1, 0),
        wf.num(2, 0),
        wf.num(3, 0, wf.start_over(0, 1)),
        wf.num(4, 0, wf.start_over(0, 8)),
    )
    body = [p("题", num=(key, 0)) for key in (1, 2, 3, 3, 4, 1)]
    text = text_of(*body, numbering=numbering)
    assert text == "一、题\n二、题\n一、题\n二、题\n八、题\n九、题\n"


def test_a_list_may_bring_levels_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{wf.level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>'
    numbering = wf.numbering(wf.abstract(0, *wf.REPORT_LEVELS), wf.num(1, 0, own))
    assert text_of(p("题", num=(1, 0)), p("题", num=(1, 0)), numbering=numbering) == "C)题\nD)题\n"


def test_levels_that_do_not_start_again() -> None:
    def text(restart: int | None) -> str:
        levels = [
            wf.level(0, "decimal", "%1."),
            wf.level(1, "decimal", "(%2)"),
            wf.level(2, "decimal", "%3）", restart=restart),
        ]
        numbering = wf.numbering(wf.abstract(0, *levels), wf.num(1, 0))
        body = [p("题", num=(1, depth)) for depth in (0, 1, 2, 1, 2, 0, 1, 2)]
        return text_of(*body, numbering=numbering).replace("题", "").replace("\n", " ")

    assert text(None) == "1. (1) 1） (2) 1） 2. (1) 1） "
    assert text(1) == "1. (1) 1） (2) 2） 2. (1) 1） "
    assert text(0) == "1. (1) 1） (2) 2） 2. (1) 3） "


def test_legal_numbering_is_all_in_digits() -> None:
    levels = [wf.level(0, "chineseCounting", "第%1条"), wf.level(1, "decimal", "%1.%2", legal=True)]
    numbering = wf.numbering(wf.abstract(0, *levels), wf.num(1, 0))
    assert text_of(p("甲", num=(1, 0)), p("乙", num=(1, 1)), numbering=numbering) == "第一条甲\n1.1乙\n"


@pytest.mark.parametrize(
    ("label", "text", "line"),
    [
        ("%1.", "2025年", "1. 2025年"),
        ("%1.", "加强", "1.加强"),
        ("%1", "5人", "1 5人"),
        ("%1、", "2025年", "1、2025年"),
        ("(%1)", "2025年", "(1)2025年"),
        ("%1.", " 2025年", "1. 2025年"),
    ],
)
def test_a_label_never_runs_into_a_figure(label: str, text: str, line: str) -> None:
    numbering = wf.numbering(wf.abstract(0, wf.level(0, "decimal", label)), wf.num(1, 0))
    assert text_of(p(text, num=(1, 0)), numbering=numbering) == f"{line}\n"


@pytest.mark.parametrize(
    ("sign", "font", "line"),
    [
        ("\uf06c", "Wingdings", "●甲"),
        ("\uf0b7", "Symbol", "•甲"),
        ("\ue999", "某字体", "•甲"),
        ("-", "宋体", "- 甲"),
    ],
)
def test_bullets_as_they_look(sign: str, font: str, line: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    numbering = wf.numbering(wf.abstract(0, wf.level(0, "bullet", sign, props=fonts)), wf.num(1, 0))
    assert text_of(p("甲", num=(1, 0)), numbering=numbering) == f"{line}\n"


@pytest.mark.parametrize(
    ("numbering", "written"),
    [
        ("decimal", "1 10 21 105"),
        ("decimalZero", "01 10 21 105"),
        ("decimalFullWidth", "１ １０ ２１ １０５"),
        ("decimalEnclosedCircle", "① ⑩ 21 105"),
        ("decimalEnclosedParen", "⑴ ⑽ 21 105"),
        ("decimalEnclosedFullstop", "⒈ ⒑ 21 105"),
        ("chineseCounting", "一 十 二十一 一○五"),
        ("chineseCountingThousand", "一 十 二十一 一百零五"),
        ("chineseLegalSimplified", "壹 壹拾 贰拾壹 壹佰零伍"),
        ("ideographDigital", "一 一〇 二一 一〇五"),
        ("ideographTraditional", "甲 癸 21 105"),
        ("upperRoman", "I X XXI CV"),
        ("lowerRoman", "i x xxi cv"),
        ("upperLetter", "A J U AAAAA"),
        ("lowerLetter", "a j u aaaaa"),
        ("ordinal", "1st 10th 21st 105th"),
        ("numberInDash", "- 1 - - 10 - - 21 - - 105 -"),
        ("none", "   "),
        ("someday", "1 10 21 105"),
    ],
)
def test_figures(numbering: str, written: str) -> None:
    assert " ".join(figure(number, numbering) for number in (1, 10, 21, 105)) == written


@given(
    st.integers(0, 10**9 - 1), st.sampled_from(["chineseCounting", "upperRoman", "upperLetter", "decimal"])
)
def test_figures_are_short(number: int, numbering: str) -> None:
    assert 0 < len(figure(number, numbering)) <= 30


# --- hostile files -----------------------------------------------------------------------------------------


def refusal(data: bytes) -> str:
    with pytest.raises(CheckerError) as caught:
        read_bytes(data, PATH)
    assert caught.value.path == PATH
    assert set(caught.value.message) == {"zh", "en"}
    return caught.value.message["zh"]


BOMB = "解压后过大，没有检查；请把正文另存为新的 .docx"
NOT_ZIP = "不是 .docx 文件（扩展名不对，或者没有下载完整）；请在 WPS 或 Word 里打开并另存为 .docx"
NO_DOCUMENT = "里面没有 Word 正文（可能是表格、演示文稿或别的压缩文件）"


def document(body: str) -> str:
    return f"<w:document {wf.SPACES}><w:body>{body}</w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的，没有可检查的内容；什么都没查不算通过"),
        (docx(p()), "文件是空的，没有可检查的内容；什么都没查不算通过"),
        (b"\0" * 1000, NOT_ZIP),
        ("一份通报".encode(), NOT_ZIP),
        (b"%PDF-1.7", NOT_ZIP),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "内容是旧版 Word 或 WPS 文件（只是扩展名为 .docx）；请在 WPS 或 Word 里打开，选“另存为”，"
            "文件类型选“Word 文档（*.docx）”，再检查",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "文件加了密码，读不了；请在 WPS 或 Word 里去掉打开密码后另存为 .docx",
        ),
        (b"PK\x03\x04", "文件已损坏，读不了（zip）；请在 WPS 或 Word 里打开并另存为 .docx"),
        (docx("甲")[:-30], "文件已损坏，读不了（zip）；请在 WPS 或 Word 里打开并另存为 .docx"),
        (wf.zipped({"a.txt": "甲"}), NO_DOCUMENT),
        (wf.zipped({"_rels/.rels": wf.unzipped(docx("甲"))["_rels/.rels"]}), NO_DOCUMENT),
        (wf.package("<workbook/>"), NO_DOCUMENT),
        (wf.package(f'<w:document xmlns:w="{wf.W}"/>'), NO_DOCUMENT),
        (
            wf.package("<w:document"),
            "文件已损坏，读不了（word/document.xml）；请在 WPS 或 Word 里打开并另存为 .docx",
        ),
    ],
)
def test_what_is_no_word_document(data: bytes, message: str) -> None:
    assert refusal(data) == message


LAUGHS = "".join(f'<!ENTITY l{depth} "{f"&l{depth - 1};" * 10 if depth else "lol"}">' for depth in range(10))
DOCTYPE = "{part} 里有文档类型声明（DOCTYPE），正常的 Word 文件没有；为安全起见没有检查"


@pytest.mark.parametrize(
    "start",
    [
        f"<!DOCTYPE w:document [{LAUGHS}]>",
        '<!DOCTYPE w:document [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w:document SYSTEM "http://example.invalid/x.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_entities_are_refused(start: str, encoding: str) -> None:
    bad = (start + document(p("<w:r><w:t>&l9;</w:t></w:r>"))).encode(encoding)
    assert refusal(wf.package(bad)) == DOCTYPE.format(part="word/document.xml")


def test_entities_are_refused_in_every_part() -> None:
    bad = f"<!DOCTYPE w:styles [{LAUGHS}]><w:styles {wf.SPACES}/>"
    assert refusal(docx("甲", parts={"styles": bad})) == DOCTYPE.format(part="word/styles.xml")


def test_an_encoding_that_hides_a_doctype_is_no_way_in() -> None:
    hidden = f'<?xml version="1.0" encoding="UTF-7"?><!DOCTYPE w:document [{LAUGHS}]>' + document(p("&l9;"))
    message = refusal(wf.package(hidden.replace("<!", "+ADwAIQ-").encode("ascii")))
    assert message == DOCTYPE.format(part="word/document.xml") or message.startswith("文件已损坏")


@pytest.mark.parametrize(
    "files",
    [
        {"word/document.xml": document(" " * (MAX_PART + 1))},
        {"word/media/image1.bmp": bytes(100_000_000)},
        {"word/document.xml": document("<w:p/>" * 4_100_000)},
        {"word/document.xml": document("<w:p/>" * (MAX_PIECES + 1))},
    ],
    ids=["part", "picture", "elements", "paragraphs"],
)
def test_bombs_are_refused_before_they_go_off(files: dict[str, str | bytes]) -> None:
    whole = wf.unzipped(docx("甲"))
    data = wf.zipped({**whole, **files})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    assert refusal(data) == BOMB
    assert time.monotonic() - start < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024  # KiB


def test_a_zip_that_lies_about_its_sizes() -> None:
    data = wf.zipped({**wf.unzipped(docx("甲")), "word/document.xml": document(p("甲") + " " * 9_000_000)})
    size = len(document(p("甲") + " " * 9_000_000).encode())
    lying = data.replace(size.to_bytes(4, "little"), (5000).to_bytes(4, "little"))
    assert lying != data
    assert refusal(lying).startswith("文件已损坏")


def test_too_many_parts() -> None:
    assert refusal(wf.zipped({**wf.unzipped(docx("甲")), **{f"a{n}": b"" for n in range(10_001)}})) == BOMB


def test_parts_of_one_name() -> None:
    buffer = BytesIO(docx("甲"))
    with pytest.warns(UserWarning), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/document.xml", document(p("乙")))
    assert refusal(buffer.getvalue()).startswith("文件已损坏")


def test_an_encrypted_zip() -> None:
    data = bytearray(docx("甲"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "文件加了密码，读不了；请在 WPS 或 Word 里去掉打开密码后另存为 .docx"


def test_elements_nested_without_end() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5000 + p("甲") + "</w:sdtContent></w:sdt>" * 5000
    assert refusal(docx(deep)).startswith("文件已损坏")


def test_elements_nested_as_deep_as_may_be() -> None:
    depth = 110
    deep = "<w:sdt><w:sdtContent>" * depth + p("甲") + "</w:sdtContent></w:sdt>" * depth
    assert text_of(deep) == "甲\n"
    tables = "<w:tbl><w:tr><w:tc>" * 80 + p("甲") + "</w:tc></w:tr></w:tbl>" * 80
    assert text_of(tables) == "甲\n"


def test_loops_of_styles_and_lists_end() -> None:
    given = wf.styles(wf.style("x", base="y"), wf.style("y", base="x"))
    link = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="x"/></w:abstractNum>'
    loop = wf.styles(wf.style("x", kind="numbering", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>'))
    assert text_of(p("甲", style="x"), styles=given) == "甲\n"
    numbering = wf.numbering(link, wf.num(1, 0))
    assert text_of(p("甲", num=(1, 0)), styles=loop, numbering=numbering) == "甲\n"


def test_a_label_cannot_be_blown_up() -> None:
    levels = wf.level(0, "upperRoman", "%1" * 100_000, start=999_999_999)
    numbering = wf.numbering(wf.abstract(0, levels), wf.num(1, 0))
    assert len(text_of(p("甲", num=(1, 0)), numbering=numbering)) < 1000


def test_nothing_outside_is_looked_at() -> None:
    files = wf.unzipped(docx(p("甲"), parts={"styles": wf.styles()}))
    files["word/_rels/document.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" TargetMode="External" Target="http://example.invalid/numbering.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"/>'
        b'<Relationship Id="rId2" Target="../../../etc/hostname" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>'
    )
    assert read(wf.zipped(files), PATH).text == "甲\n"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damage_is_an_error_and_never_a_crash(data: st.DataObject) -> None:
    whole = bytearray(docx(p("甲", num=(1, 0)), table(("乙", "丙")), parts={"numbering": wf.numbering()}))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        source = read(bytes(whole), PATH)
    except CheckerError:
        return
    assert source.kind == "word"


# --- whatever the runs -------------------------------------------------------------------------------------

characters = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12).filter(
    lambda text: not set(text) & {"\ufffe", "\uffff"}
)


wraps: list[Callable[[str], str]] = [
    lambda run: run,
    inserted,
    wf.hyperlink,
    wf.control,
    lambda run: run + deleted("删"),
    lambda run: wf.complex_field("REF 甲", run),
    lambda run: f'<w:bookmarkStart w:id="1" w:name="a"/>{run}<w:bookmarkEnd w:id="1"/>',
]


@given(st.lists(st.lists(st.tuples(characters, st.sampled_from(wraps)), max_size=4), min_size=1, max_size=6))
def test_runs_do_not_matter(content: list[list[tuple[str, Callable[[str], str]]]]) -> None:
    body = [p(*(wrap(r(wf.t(text))) for text, wrap in runs)) for runs in content]
    assert text_of(*body) == "".join("".join(text for text, _ in runs) + "\n" for runs in content)


# --- whole reports -----------------------------------------------------------------------------------------

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_report_has_the_same_findings_in_word(path: Path) -> None:
    plain = Source("通报.txt", path.read_text(encoding="utf-8"))
    word = read(wf.report(plain.text), "通报.txt")
    assert word.text == plain.text
    assert [replace(one, place="") for one in checker.check(word)] == list(checker.check(plain))


def test_generated_reports_have_the_same_findings_in_word() -> None:
    for number, written in enumerate(reports(31, 16)):
        plain = Source("通报.txt", written.text, "word")
        word = read(wf.report(plain.text), "通报.txt")
        assert word.text == plain.text
        assert [replace(one, place="") for one in checker.check(word)] == list(checker.check(plain)), number
