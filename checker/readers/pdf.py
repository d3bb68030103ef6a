"""PDF with a text layer: lines joined to paragraphs again, page numbers and running heads left out.

A PDF says where letters stand, not what a paragraph is: this is told from indents, from lines that end early
and from the space between lines. Cells of tables with ruled lines become rows with tabs. Nothing is fetched,
run or decrypted with a guessed password; work is bounded.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from checker.messages import both, failure
from checker.readers.pdf_letters import plain_letters
from checker.readers.pdf_lines import Chunk, Page, Rule
from checker.readers.pdf_paragraphs import Paragraph, paragraphs_of
from checker.source import Origin, Source

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its remarks on odd files are not for users

MAX_PAGES = 1_000
MAX_CHARACTERS = 2_000_000
MAX_OPERATIONS = 1_000_000
"""Operations of content streams in all; a page of text has a few hundred."""
_LIMITS = Configuration(
    zlib_maximum_output_length=8_000_000,
    lzw_maximum_output_length=8_000_000,
    run_length_maximum_output_length=8_000_000,
    array_based_stream_maximum_output_length=8_000_000,
    stream_decoding_work_maximum_length=64_000_000,
    stream_parsing_work_maximum_count=200_000,
    page_tree_maximum_entries=5_000,
    page_tree_maximum_page_entries=50_000,
    xform_maximum_invocations_per_extraction=500,
)
_THIN = 2.0
"""Points: a rectangle no thicker than this is a line."""


_DRAWN = frozenset((b"re", b"m", b"l"))
_PAINTED = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n"))


class _TooMuch(Exception):
    """More work than a report can ask for."""


def read(data: bytes, path: str) -> Source:
    """The source in ``data``, with its origins and notes. Raises CheckerError."""
    try:
        with apply_configuration(_LIMITS):
            pages = list(_pages(PdfReader(BytesIO(data))))
    except (LimitReachedError, _TooMuch):
        raise failure("pdf.large", path) from None
    except (FileNotDecryptedError, DependencyError):
        raise failure("pdf.locked", path) from None
    except Exception:  # the file is untrusted and its parser raises whatever it trips over
        raise failure("pdf.damaged", path) from None
    text = "".join(chunk.text for page in pages for chunk in page.chunks)
    if not text.strip():
        raise failure("pdf.scanned", path)
    if _garbled(text):
        raise failure("pdf.garbled", path)
    return _source(path, paragraphs_of(pages), [page.number for page in pages if not page.chunks])


def _garbled(text: str) -> bool:
    """Whether much of the text are characters that nobody writes: no codes were given for the letters."""
    odd = sum(
        char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or (char < " " and char not in "\t\r\n")
        for char in text
    )
    return odd * 5 > len(text)


def _source(path: str, paragraphs: list[Paragraph], empty: list[int]) -> Source:
    origins = []
    offset = 0
    for number, paragraph in enumerate(paragraphs, 1):
        origins += [Origin(offset + start, number, place) for start, place in paragraph.places]
        offset += len(paragraph.text) + 1
    notes: tuple[tuple[str, str], ...] = ()
    if empty:
        shown = both(
            "pdf.some-scanned", pages=", ".join(map(str, empty[:20])) + (" …" if len(empty) > 20 else "")
        )
        notes = ((shown["zh"], shown["en"]),)
    text = "".join(f"{paragraph.text}\n" for paragraph in paragraphs)
    return Source(path, text, "pdf", origins=tuple(origins), notes=notes)


# --- pages -----------------------------------------------------------------------------------------------


def _pages(reader: PdfReader) -> Iterator[Page]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError
    if len(reader.pages) > MAX_PAGES:
        raise _TooMuch
    work = _Work()
    for number, page in enumerate(reader.pages, 1):
        yield _page(page, number, work)


class _Work:
    """What was done so far, over all pages."""

    def __init__(self) -> None:
        self.operations = 0
        self.characters = 0

    def add(self, operations: int, characters: int) -> None:
        self.operations += operations
        self.characters += characters
        if self.operations > MAX_OPERATIONS or self.characters > MAX_CHARACTERS:
            raise _TooMuch


def _page(page: PageObject, number: int, work: _Work) -> Page:
    box = page.mediabox
    turn = _turn(page.rotation % 360, float(box.width), float(box.height))
    tall = float(box.width if page.rotation % 180 else box.height)
    chunks: list[Chunk] = []
    drawing = _Drawing()

    def before(operator: bytes, operands: Any, cm: list[float], _: list[float]) -> None:
        work.add(1, 0)
        if operator in _DRAWN:
            drawing.add(operator, [float(operand) for operand in operands], _product(cm, turn))
        elif operator in _PAINTED:
            drawing.paint(operator)

    def show(text: str, cm: list[float], tm: list[float], _: Any, size: float) -> None:
        work.add(0, len(text))
        words = plain_letters(text.strip("\r\n"))
        matrix = _product(_product(tm, cm), turn)
        a, b, c, d = matrix[:4]
        if words.strip() and abs(b) <= 0.1 * abs(a):  # what is turned is a watermark or a stamp
            chunks.append(Chunk(words, matrix[4], matrix[5], abs(size) * (c * c + d * d) ** 0.5))

    page.extract_text(visitor_operand_before=before, visitor_text=show)
    return Page(number, tall, tuple(chunks), tuple(drawing.rules))


class _Drawing:
    """The straight lines that a page shows; a path counts once it is painted."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.boxes: list[Rule] = []
        self.lines: list[Rule] = []
        self.point = (0.0, 0.0)

    def add(self, operator: bytes, numbers: list[float], matrix: list[float]) -> None:
        if operator == b"re":
            x, y, width, height = numbers
            self.boxes.append(_box(*_at(matrix, x, y), *_at(matrix, x + width, y + height)))
            return
        here = _at(matrix, *numbers)
        if operator == b"l":
            self.lines.append(_box(*self.point, *here))
        self.point = here

    def paint(self, operator: bytes) -> None:
        """End the path: a line counts if it is drawn, a box if it is drawn, or filled and thin."""
        drawn = operator not in (b"f", b"F", b"f*", b"n")
        for box in self.boxes if operator != b"n" else ():
            if box.x1 - box.x0 <= _THIN or box.y1 - box.y0 <= _THIN:
                self.rules.append(box)
            elif drawn:
                x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
                self.rules += (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1))
                self.rules.append(Rule(x1, y0, x1, y1))
        if drawn:
            self.rules += self.lines
        self.boxes, self.lines = [], []


def _box(x0: float, y0: float, x1: float, y1: float) -> Rule:
    return Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _turn(rotation: int, width: float, height: float) -> list[float]:
    """The matrix that sets a page upright."""
    return {
        90: [0, -1, 1, 0, 0, width],
        180: [-1, 0, 0, -1, width, height],
        270: [0, 1, -1, 0, height, 0],
    }.get(rotation, [1, 0, 0, 1, 0, 0])


def _product(one: list[float], other: list[float]) -> list[float]:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]


def _at(matrix: list[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
