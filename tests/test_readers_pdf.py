"""PDF files: lines become paragraphs again, what is not the report stays out, hostile files are refused."""

from __future__ import annotations

import time
import zlib

import pytest

pytest.importorskip("pypdf", reason="PDF files are read with pypdf")

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.diagnostics import CheckerError
from checker.readers import read_bytes
from checker.readers.pdf_letters import close_gaps, plain_letters
from checker.source import Origin, Source
from tests.pdf_files import LEFT, SIZE, STEP, TOP, pdf, rule, typeset, words

PATH = "通报.pdf"
LONG = (
    "局党组召开专题会议研究整改工作，逐条分析反馈问题，明确责任领导、责任科室和完成时限，建立台账，对账销号。"
)


def text_of(*pages: bytes) -> str:
    return read_bytes(pdf(*pages), PATH).text


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(CheckerError) as caught:
        read_bytes(data, PATH)
    assert caught.value.path == PATH
    return caught.value.message["zh"], caught.value.message["en"]


def test_lines_become_paragraphs_and_tell_their_page() -> None:
    report = ["关于整改进展情况的通报", LONG, "一、组织落实情况", LONG, "某某局党组", "2024年9月1日"]
    assert read_bytes(typeset(report, lines_per_page=4), PATH) == Source(
        PATH,
        "".join(f"{line}\n" for line in report),
        "pdf",
        origins=(
            Origin(0, 1, "第1页"),
            Origin(12, 2, "第1页"),
            Origin(65, 3, "第2页"),
            Origin(74, 4, "第2页"),
            Origin(127, 5, "第3页"),
            Origin(133, 6, "第3页"),
        ),
    )


def test_a_paragraph_that_a_page_break_cuts_is_one() -> None:
    source = read_bytes(
        typeset(["关于整改的通报", LONG, LONG, "某局", "2024年9月1日"], lines_per_page=5), PATH
    )
    assert source.text.split("\n")[1:3] == [LONG, LONG]
    assert [origin for origin in source.origins if origin.paragraph == 3] == [
        Origin(61, 3, "第1页"),
        Origin(85, 3, "第2页"),
    ]


@pytest.mark.parametrize(
    "mark", ["— 3 —", "-3-", "3", "第3页", "第 3 页 共 12 页", "3/12", "·3·", "– 12 –", "３"]
)
def test_page_numbers_are_left_out(mark: str) -> None:
    body = words(LEFT + 2 * SIZE, TOP, "正文一句话。")
    assert text_of(body + words(280, 50, mark, 12)) == "正文一句话。\n"
    assert text_of(body + words(280, 800, mark, 12)) == "正文一句话。\n"


def test_figures_in_the_middle_of_a_page_are_no_page_numbers() -> None:
    assert text_of(words(LEFT, TOP, "标题") + words(LEFT, 400, "12")) == "标题\n12\n"


def test_running_heads_are_left_out_and_what_stands_on_one_page_only_is_not() -> None:
    pages = [
        words(LEFT, 800, f"某某文件 第{number}期", 10) + words(LEFT + 32, TOP, f"{name}。")
        for number, name in enumerate("甲乙丙", 1)
    ]
    assert text_of(*pages) == "甲。\n乙。\n丙。\n"
    assert text_of(words(LEFT, 800, "封面题目"), *pages) == "封面题目\n甲。\n乙。\n丙。\n"


def test_a_ruled_table_is_rows_with_tabs_and_a_cell_of_two_lines_is_one() -> None:
    xs, ys = (90, 190, 390, 490), (700, 660, 600)
    grid = b"".join(rule(xs[0], y, xs[-1], y) for y in ys)
    grid += b"".join(rule(x, ys[0], x, ys[-1]) for x in xs)
    cells = words(94, 672, "序号") + words(194, 672, "问题") + words(394, 672, "状态")
    cells += words(94, 620, "1") + words(194, 636, "学习不深入，") + words(194, 610, "不经常")
    cells += words(394, 620, "已完成")
    source = read_bytes(pdf(words(90, 750, "一览表") + grid + cells + words(90, 550, "表后。")), PATH)
    assert source.text == "一览表\n序号\t问题\t状态\n1\t学习不深入，不经常\t已完成\n表后。\n"
    assert source.origins == (
        Origin(0, 1, "第1页"),
        Origin(4, 2, "第1页，表1第1行第1列"),
        Origin(7, 2, "第1页，表1第1行第2列"),
        Origin(10, 2, "第1页，表1第1行第3列"),
        Origin(13, 3, "第1页，表1第2行第1列"),
        Origin(15, 3, "第1页，表1第2行第2列"),
        Origin(25, 3, "第1页，表1第2行第3列"),
        Origin(29, 4, "第1页"),
    )


def test_a_cell_over_two_rows_stands_in_one() -> None:
    lines = rule(90, 700, 490, 700) + rule(190, 660, 490, 660) + rule(90, 620, 490, 620)
    lines += b"".join(rule(x, 620, x, 700) for x in (90, 190, 490))
    cells = words(94, 655, "学习") + words(194, 672, "甲") + words(194, 632, "乙")
    assert text_of(lines + cells) == "学习\t甲\n\t乙\n"


def test_a_clipping_path_and_a_frame_are_no_table() -> None:
    clip = b"q 50 50 500 750 re W n\n" + words(LEFT, TOP, "正文。") + b"Q 60 60 400 700 re f\n"
    assert text_of(clip) == "正文。\n"
    assert text_of(b"60 60 400 700 re S\n" + words(LEFT, TOP, "正文。")) == "正文。\n"


def test_turned_letters_are_watermarks() -> None:
    mark = b"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <5185 90E8> Tj ET\n"
    assert text_of(words(LEFT, TOP, "正文。") + mark) == "正文。\n"


def test_a_turned_page_is_read_upright() -> None:
    content = b"BT /F1 16 Tf 0 1 -1 0 200 100 Tm <6B63 6587> Tj ET\n"
    assert read_bytes(pdf(content, extra=b"/Rotate 90"), PATH).text == "正文\n"


def test_a_wide_gap_parts_a_line_and_a_small_one_does_not() -> None:
    far = words(LEFT, TOP, "联系人") + words(LEFT + 200, TOP, "电话")
    near = words(LEFT, TOP, "联系人") + words(LEFT + 3 * SIZE + 2, TOP, "电话")
    assert text_of(far) == "联系人\t电话\n"
    assert text_of(near) == "联系人电话\n"


def test_without_indents_a_sentence_end_ends_the_paragraph() -> None:
    lines = ["整" * 25 + "。", "改" * 26, "问" * 20 + "。"]
    page = b"".join(words(LEFT, TOP - index * STEP, line) for index, line in enumerate(lines))
    assert text_of(page) == f"{lines[0]}\n{lines[1]}{lines[2]}\n"


def test_a_file_with_no_text_is_a_scan() -> None:
    assert refusal(pdf(b"0 0 m 100 100 l S")) == (
        "PDF 里没有文字，只有图像（扫描件）；请用原来的 Word 文件，或先做文字识别",
        "the PDF holds no text, only images (a scan); check the Word file, or run text recognition first",
    )


def test_pages_with_no_text_are_named() -> None:
    source = read_bytes(pdf(words(LEFT, TOP, "正文。"), b"", words(LEFT, TOP, "再有。"), b""), PATH)
    assert source.notes == (
        (
            "第 2, 4 页没有文字（可能是扫描件），没有检查",
            "page(s) 2, 4 hold no text (they may be scans) and were not checked",
        ),
    )


def test_letters_with_no_codes_are_refused() -> None:
    assert refusal(pdf(words(LEFT, TOP, "\ue001\ue002\ue003正文"))) == (
        "PDF 里的文字没有对应的字符编码，读出来是乱码；请用原来的 Word 文件",
        "the text of the PDF has no character codes and reads as garbage; check the Word file instead",
    )


DAMAGED = (
    "不是完好的 PDF 文件，读不了（可能没有下载完整）",
    "not a sound PDF file, it cannot be read (it may not be downloaded whole)",
)
LARGE = (
    "PDF 解开后过大或过于复杂，没有检查；请把正文另存为 .docx 或 .txt",
    "too large or too complex when unpacked, not checked; save the text as .docx or .txt",
)


@pytest.mark.parametrize("data", [b"%PDF-1.5", b"no pdf at all", b"%PDF-1.7\n" + bytes(range(256)) * 40])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    assert refusal(data) == DAMAGED


def test_a_bomb_is_refused_in_bounded_time() -> None:
    bombs = [pdf(b" " * 60_000_000), pdf(b"0 0 m 1 1 l S\n" * 400_000), pdf(words(1, 1, "字" * 2_100_000))]
    for bomb in bombs:
        start = time.process_time()
        assert refusal(bomb) == LARGE
        assert time.process_time() - start < 20


def test_a_bomb_in_layers_is_refused() -> None:
    packed = zlib.compress(zlib.compress(b"0" * 50_000_000))
    data = pdf(b"").replace(b"/Contents 6 0 R", b"/Contents 7 0 R")
    body = b"7 0 obj\n<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream\nendobj\n"
    data = data.replace(b"xref\n", body % (len(packed), packed) + b"xref\n", 1)
    assert refusal(data) in (LARGE, DAMAGED)


def test_a_form_that_draws_itself_ends() -> None:
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 7 0 R >> >> /Length 5 >>"
    data = pdf(b"/X Do " + words(LEFT, TOP, "正文。")).replace(
        b"/Font << /F1 3 0 R >>", b"/Font << /F1 3 0 R >> /XObject << /X 7 0 R >>"
    )
    data = data.replace(b"xref\n", b"7 0 obj\n" + form + b"\nstream\n/X Do\nendstream\nendobj\nxref\n", 1)
    try:
        assert read_bytes(data, PATH).text == "正文。\n"
    except CheckerError as error:
        assert error.message["zh"] in (LARGE[0], DAMAGED[0])


def test_a_page_tree_that_turns_in_a_circle_is_refused() -> None:
    data = pdf(words(LEFT, TOP, "正文。")).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    assert refusal(data)[0] in (
        LARGE[0],
        DAMAGED[0],
        "PDF 里没有文字，只有图像（扫描件）；请用原来的 Word 文件，或先做文字识别",
    )


def test_a_locked_file_is_refused() -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(pdf(words(LEFT, TOP, "正文。")))))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    assert refusal(locked.getvalue()) == (
        "PDF 加了密码，读不了；请去掉密码后再检查",
        "the PDF is protected by a password; remove it first",
    )


def test_a_file_that_only_forbids_changes_is_read() -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(pdf(words(LEFT, TOP, "正文。")))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    closed = BytesIO()
    writer.write(closed)
    assert read_bytes(closed.getvalue(), PATH).text == "正文。\n"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    sound = typeset(["关于整改的通报", LONG, "甲\t乙", "某局", "2024年9月1日"])
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, min(start + 40, len(sound))))
    broken = sound[:start] + data.draw(st.binary(max_size=40)) + sound[end:]
    try:
        source = read_bytes(broken, PATH)
    except CheckerError as error:
        assert error.path == PATH
    else:
        assert source.kind == "pdf"


def test_radicals_become_the_characters_that_were_meant() -> None:
    assert plain_letters("⽤⼈⻅⻓ﬁ用  人") == "用人见长fi用 人"


def test_blanks_beside_chinese_marks_are_mere_distance() -> None:
    assert close_gaps("“ 整改 ” ，2024 年") == "“整改”，2024 年"
    assert close_gaps("整 改 落 实 情 况") == "整改落实情况"
    assert close_gaps("张 三同志、李 四同志任组长") == "张 三同志、李 四同志任组长"
