"""Word files that are none, are damaged, or mean harm are refused in bounded time and memory."""

from __future__ import annotations

import resource
import time
import zipfile
from io import BytesIO

import pytest

pytest.importorskip("lxml", reason="Word files are read with lxml: pip install 'zhenggai[word]'")

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.diagnostics import CheckerError
from checker.readers import read_bytes
from checker.readers.word import read
from checker.readers.word_package import MAX_PART
from checker.readers.word_walk import MAX_PIECES
from tests import word_files as wf
from tests.word_files import docx, p, table

PATH = "通报.docx"


def text_of(*body: str, **parts: str) -> str:
    return read(docx(*body, parts=parts), PATH).text


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
