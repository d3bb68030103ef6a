"""Word files are read as people see them, and hostile ones are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("lxml", reason="Word files are read with lxml: pip install 'zhenggai[word]'")

from hypothesis import given
from hypothesis import strategies as st

import checker
from bench.generate import reports
from checker.readers import read_bytes
from checker.readers.word import read
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
