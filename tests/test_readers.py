"""Bytes to text: every encoding that reports come in, and a clear answer for what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.diagnostics import CheckerError
from checker.readers import READERS, UNREADABLE, read_bytes
from checker.readers.text import decode

SAMPLE = "中共清溪县林业局党组关于巡察整改进展情况的通报\n\n一、基本情况\n反馈问题12个，已完成整改10个。\n"
COMMON = "中国共产党的整改工作情况问题反馈措施完成落实，。、；：“”（）0123456789一二三\n"
TEXTS = st.text(st.sampled_from(COMMON), min_size=12, max_size=80).filter(
    lambda text: sum("\u4e00" <= character <= "\u9fff" for character in text) > 8
)


def refusal(data: bytes, path: str = "草稿.txt", lang: str = "zh") -> str:
    with pytest.raises(CheckerError) as caught:
        read_bytes(data, path)
    return caught.value.describe(lang)


@pytest.mark.parametrize(
    ("codec", "expected"),
    [
        ("utf-8", ("utf-8", False)),
        ("utf-8-sig", ("utf-8", True)),
        ("utf-16", ("utf-16-le", True)),
        ("utf-16-le", ("utf-16-le", False)),
        ("utf-16-be", ("utf-16-be", False)),
        ("gb18030", ("gb18030", False)),
        ("gbk", ("gb18030", False)),
    ],
)
def test_encodings(codec: str, expected: tuple[str, bool]) -> None:
    assert decode(SAMPLE.encode(codec), "x") == (SAMPLE, *expected)


def test_utf16_big_endian_with_mark() -> None:
    assert decode(b"\xfe\xff" + SAMPLE.encode("utf-16-be"), "x") == (SAMPLE, "utf-16-be", True)


def test_utf16_without_mark_or_any_nul() -> None:
    text = "反馈问题已经全部完成整改"
    assert decode(text.encode("utf-16-le"), "x") == (text, "utf-16-le", False)


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_chinese_survives_every_encoding(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "x")[0] == text


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff"), min_size=1))
def test_utf8_is_read_as_it_is_or_refused(text: str) -> None:
    try:
        assert decode(text.encode(), "x") == (text, "utf-8", False)
    except CheckerError as error:
        assert "binary" in error.message["en"]


@given(st.binary(max_size=300))
def test_bytes_are_read_whole_or_refused(data: bytes) -> None:
    try:
        text, encoding, bom = decode(data, "x")
    except CheckerError:
        return
    assert text.encode(encoding) == (data[3 if encoding == "utf-8" else 2 :] if bom else data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "草稿.txt: 文件是空的，没有可检查的内容；什么都没查不算通过"),
        (b"\xef\xbb\xbf \r\n\t", "草稿.txt: 文件是空的，没有可检查的内容；什么都没查不算通过"),
        (
            SAMPLE.encode() + "共\n有".encode() + b"\xff" + SAMPLE.encode(),
            "草稿.txt:6:2: 第 6 行第 2 列的字节 0xFF 不是有效的 UTF-8 编码；请另存为 UTF-8",
        ),
        (SAMPLE.encode()[:-2], "草稿.txt:4:17: 第 4 行第 17 列的 UTF-8 编码不完整（文件可能被截断）"),
        (
            SAMPLE.encode("gb18030") + b"\xff\xff",
            "草稿.txt:5:1: 第 5 行第 1 列的字节 0xFF 不是有效的 GB18030 编码；请另存为 UTF-8",
        ),
        (b"\xff\xfe\x00", "草稿.txt:1:1: 第 1 行第 1 列的 UTF-16 编码不完整（文件可能被截断）"),
        (
            SAMPLE.encode() * 2 + b"\0",
            "草稿.txt:9:1: 第 9 行第 1 列有空字符（NUL），不是正常的文本",
        ),
        (bytes(range(256)), "草稿.txt: 不是文本文件（含二进制内容），没有检查"),
        (b"\x01\x02\x03\x04ab", "草稿.txt: 不是文本文件（含二进制内容），没有检查"),
        (
            b"PK\x03\x04\x14\0",
            "草稿.txt: 内容其实是Word（.docx）或压缩文件，与扩展名不符；请改正扩展名，或另存为 .docx 或 .txt",
        ),
    ],
    ids=["empty", "blank", "bad-utf8", "cut-utf8", "bad-gb", "cut-utf16", "nul", "bytes", "control", "zip"],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    assert refusal(data) == message


def test_surrogates_in_utf8_are_refused() -> None:
    data = SAMPLE.encode() + "\ud800".encode("utf-8", "surrogatepass")
    assert refusal(data, lang="en") == (
        "草稿.txt:5:1: line 5, column 1: byte 0xED is not valid UTF-8; save the file as UTF-8"
    )


@pytest.mark.parametrize(("path", "kind"), [("a.txt", "text"), ("a.MD", "markdown"), ("报告", "text")])
def test_kind_follows_the_suffix(path: str, kind: str) -> None:
    source = read_bytes(SAMPLE.encode(), path)
    assert (source.path, source.kind, source.text) == (path, kind, SAMPLE)


@pytest.mark.parametrize("suffix", [".doc", ".WPS"])
def test_old_word_files_say_what_to_do(suffix: str) -> None:
    assert refusal(b"\xd0\xcf", "草稿" + suffix) == (
        f"草稿{suffix}: 不能直接读 {suffix.lower()}；请在 WPS 或 Word 里打开，选“另存为”，"
        "文件类型选“Word 文档（*.docx）”，再检查 .docx"
    )


def test_each_suffix_is_either_read_or_refused() -> None:
    assert not (READERS.keys() & UNREADABLE.keys())
