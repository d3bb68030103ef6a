"""Text and Markdown: which encoding the bytes are in, strictly validated.

UTF-8 and UTF-16 by their byte order mark; else UTF-8 if it is valid; else UTF-16 if it is surely that;
else GB18030. What fits none of these is refused at its first bad byte, never read with holes.
"""

from __future__ import annotations

import codecs

from checker.diagnostics import CheckerError
from checker.messages import both, failure
from checker.regexes import late
from checker.source import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = (
    (b"PK\x03\x04", "Word（.docx）或压缩文件", "a Word (.docx) or zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word 或 WPS 文件", "an old Word or WPS file"),
    (b"%PDF-", "PDF 文件", "a PDF file"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (b"\x89PNG", "图片", "an image"),
    (b"\xff\xd8\xff", "图片", "an image"),
    (b"GIF8", "图片", "an image"),
)
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}
_CONTROL = late(r"[\x01-\x08\x0e-\x1f\x7f]")
_SAMPLE = 4096


def read(data: bytes, path: str) -> Source:
    """The source in ``data``; ``kind`` is ``markdown`` for .md and .markdown, else ``text``."""
    for magic, zh, en in _FOREIGN:
        if data.startswith(magic):
            raise failure("file.disguised", path, kind={"zh": zh, "en": en})
    text, encoding, bom = decode(data, path)
    kind = "markdown" if path.lower().endswith((".md", ".markdown")) else "text"
    return Source(path, text, kind, encoding, bom)


def decode(data: bytes, path: str) -> tuple[str, str, bool]:
    """The text without its byte order mark, its encoding as Python names it, and whether it had a mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding, path), path), encoding, True
    if b"\0" in data:
        unmarked = _unmarked_utf16(data)
        if not unmarked:
            raise _not_text(data, path)
        return _checked(_strict(data, unmarked, path), path), unmarked, False
    try:
        return _checked(data.decode("utf-8"), path), "utf-8", False
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise _bad_byte(error, path) from None
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        unmarked = _unmarked_utf16(data)
        if unmarked:
            return _checked(_strict(data, unmarked, path), path), unmarked, False
        if _likeness(data[:_SAMPLE].decode("gb18030", "ignore")) < 0.5:
            raise failure("file.binary", path) from None
        raise _bad_byte(error, path) from None
    unmarked = _unmarked_utf16(data) if _likeness(text[:_SAMPLE]) < 0.5 else ""
    if unmarked:
        return _checked(_strict(data, unmarked, path), path), unmarked, False
    return _checked(text, path), "gb18030", False


def _strict(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _bad_byte(error, path) from None


def _bad_byte(error: UnicodeDecodeError, path: str) -> CheckerError:
    before = error.object[: error.start].decode(error.encoding, "replace")
    line, column = _place(before)
    name = _NAMES.get(error.encoding, error.encoding)
    if error.reason in ("unexpected end of data", "truncated data", "incomplete multibyte sequence"):
        return failure("file.cut-off", path, line, column, encoding=name)
    byte = f"0x{error.object[error.start]:02X}"
    return failure("file.bad-byte", path, line, column, byte=byte, encoding=name)


def _place(before: str) -> tuple[int, int]:
    """Line and column of what follows ``before``."""
    position = Source("", before).position(len(before))
    return position.line, position.column


def _checked(text: str, path: str) -> str:
    """``text``, unless it holds NULs or so many control characters that it is none."""
    nul = text.find("\0")
    if nul >= 0:
        line, column = _place(text[:nul])
        raise failure("file.nul", path, line, column)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * 20 > len(sample):
        raise failure("file.binary", path)
    return text


def _not_text(data: bytes, path: str) -> CheckerError:
    """The error for bytes with NULs: at the NUL if the rest is text, else that this is no text."""
    for encoding in ("utf-8", "gb18030"):
        try:
            _checked(data.decode(encoding).replace("\0", ""), path)
        except (UnicodeDecodeError, CheckerError):
            continue
        line, column = _place(data[: data.index(b"\0")].decode(encoding))
        if data.count(b"\0") * 20 <= len(data):
            return failure("file.nul", path, line, column)
    return CheckerError(both("file.binary"), path)


def _mostly_utf8(data: bytes) -> bool:
    """Whether data that is not valid UTF-8 was meant to be: most of its multi-byte characters are whole."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - bad
    return whole > bad


def _unmarked_utf16(data: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` if the data reads as Chinese or Latin text in just that, else ``""``."""
    sample = data[:_SAMPLE]
    if len(data) % 2:
        return ""
    likely = [
        encoding
        for encoding in ("utf-16-le", "utf-16-be")
        if _likeness(sample.decode(encoding, "replace")) > 0.9
    ]
    return likely[0] if len(likely) == 1 else ""


def _likeness(text: str) -> float:
    """The share of characters that are common in Chinese documents: 0 for noise, near 1 for text."""
    common = sum(
        " " <= character <= "~" or character in "\t\r\n\u3000" or _is_common(character) for character in text
    )
    return common / len(text) if text else 0.0


def _is_common(character: str) -> bool:
    """Whether GB 2312 has it among its marks, figures or first-level Chinese characters."""
    try:
        encoded = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and (0xA1 <= encoded[0] <= 0xA3 or 0xB0 <= encoded[0] <= 0xD7)
