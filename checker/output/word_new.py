"""A new Word file for a draft that was none: its lines as paragraphs, on a page as official documents have it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

_FONT = "仿宋"
_SIZE = 16
_WRITTEN = datetime(2000, 1, 1)


def new_document(lines: Iterable[str]) -> bytes:
    """A .docx with a paragraph for each line, its characters as they are but for those that XML cannot hold,
    which become blanks. The same lines give the same document, though not the same bytes."""
    document = Document()
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = _WRITTEN
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(_SIZE)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    normal.paragraph_format.space_after = Pt(0)
    for line in lines:
        document.add_paragraph("".join(char if ord(char) >= 32 or char == "\t" else " " for char in line))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
