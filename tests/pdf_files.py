"""PDF files written by hand for tests: a Chinese font that every viewer knows, letters put where a test says."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from unicodedata import east_asian_width

WIDTH, HEIGHT = 595, 842
LEFT, TOP, SIZE, STEP, ROW = 90, 740, 16, 28, 26
"""Where a body begins, its letters, the step between lines, and how many letters a line holds."""

_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
    b"/Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 [500]] >>",
)


def words(x: float, y: float, text: str, size: float = SIZE) -> bytes:
    """Letters at a place."""
    code = text.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET\n".encode()


def rule(x0: float, y0: float, x1: float, y1: float) -> bytes:
    """A straight line."""
    return f"{x0} {y0} m {x1} {y1} l S\n".encode()


def pdf(*pages: bytes, extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """A file with these content streams, one a page; ``extra`` stands in each page's dictionary."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_FONT]
    kids = []
    for content in pages:
        packed = zlib.compress(content)
        stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R %s >>" % (WIDTH, HEIGHT, len(objects) + 2, extra)
        )
        objects.append(stream)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (" ".join(kids).encode(), len(kids))
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        table,
    )
    return bytes(out)


def wide(text: str) -> float:
    """The width of ``text`` in letters."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in text)


def broken(text: str, room: float = ROW) -> list[str]:
    """``text`` cut into lines of ``room`` letters, the first shorter by an indent of two."""
    lines = [""]
    for char in text:
        if wide(lines[-1] + char) > room - (2 if len(lines) == 1 else 0):
            lines.append("")
        lines[-1] += char
    return lines


def typeset(paragraphs: Sequence[str], *, head: str = "", lines_per_page: int = 20) -> bytes:
    """A report as offices print it: title centred, body indented, tables ruled, last two lines to the right,
    page numbers below and ``head`` above every page."""
    pages: list[list[bytes]] = [[]]
    height = 0

    def below() -> float:
        nonlocal height
        if height == lines_per_page:
            pages.append([])
            height = 0
        height += 1
        return TOP - (height - 1) * STEP

    for number, text in enumerate(paragraphs):
        if "\t" in text:
            cells = text.split("\t")
            y, room = below(), ROW * SIZE / len(cells)
            for column, cell in enumerate(cells):
                pages[-1].append(words(LEFT + column * room + 4, y, cell))
            for edge in (y - 9, y - 9 + STEP):
                pages[-1].append(rule(LEFT, edge, LEFT + ROW * SIZE, edge))
            for column in range(len(cells) + 1):
                pages[-1].append(rule(LEFT + column * room, y - 9, LEFT + column * room, y - 9 + STEP))
        elif number == 0 or number >= len(paragraphs) - 2:
            free = (ROW - wide(text)) * SIZE
            y = below()
            pages[-1].append(words(LEFT + (free / 2 if number == 0 else free), y, text))
        else:
            for index, line in enumerate(broken(text)):
                y = below()
                pages[-1].append(words(LEFT + (0 if index else 2 * SIZE), y, line))
    for number, page in enumerate(pages, 1):
        page.append(words(280, 50, f"— {number} —", 14))
        if head:
            page.append(words(LEFT, 800, head, 10))
    return pdf(*(b"".join(page) for page in pages))
