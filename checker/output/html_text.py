"""The text of a report as HTML, with the places of findings marked in it.

Findings may nest and overlap, elements may not: so the text is cut wherever a finding begins or ends, and each
cut names all findings that it belongs to. Every character of a report goes through :func:`escape`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape as escape_html

from checker.diagnostics import Severity
from checker.document import Document
from checker.output.html_words import page_word
from checker.records import dataclass
from checker.source import Span

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

_JOINER = "\u2060"
"""No line ends between the words and the number of their finding."""


def escape(text: str) -> str:
    """``text`` harmless in elements and attributes; what cannot be shown or turns text round as ``\\ufffd``."""
    return escape_html(_UNSHOWABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))


@dataclass(frozen=True, slots=True)
class Place:
    """A finding in the text: its ``number`` on the page, its span and how bad it is."""

    number: int
    span: Span
    severity: Severity


def text_html(document: Document, places: Sequence[Place], report: int, lang: str) -> str:
    """The whole text, a line an element with id ``t<report>-<line>``; lines of table rows as a table."""
    text = _Text(document, places, report, lang)
    lines: list[str] = []
    rows: list[str] = []
    for number, span in _lines(document):
        line = document.source.slice(span)
        role = text.role(span.start)
        if role == "row" and "\t" in line:
            rows.append(text.row(number, span))
            continue
        lines += _table(rows)
        rows = []
        if line.strip():
            lines.append(text.line(number, span, role))
    return "\n".join(part for part in (*lines, *_table(rows), text.rest()) if part)


def _lines(document: Document) -> Iterator[tuple[int, Span]]:
    for number in range(1, len(document.source.line_starts) + 1):
        yield number, document.source.line_span(number)


def _table(rows: Sequence[str]) -> list[str]:
    return [f'<div class="wide"><table class="rows">{"".join(rows)}</table></div>'] if rows else []


class _Text:
    """The text of one report, cut at the edges of its findings."""

    def __init__(self, document: Document, places: Sequence[Place], report: int, lang: str) -> None:
        self.source = document.source
        self.report = report
        self.lang = lang
        self.places = sorted(places, key=lambda place: (place.span, place.number))
        self.next = 0  # the first place that begins at or after what was shown
        self.open: list[Place] = []  # what began before and has not ended
        self.roles = {paragraph.span.start: paragraph.role for paragraph in document.paragraphs}
        self.ends = {paragraph.span.start: paragraph.span.end for paragraph in document.paragraphs}
        self.starts = sorted(self.roles)
        self.levels = {
            document.source.position(heading.span.start).line: heading.level
            for heading in document.headings
            if not heading.run_in
        }
        self.paragraph = 0

    def role(self, offset: int) -> str:
        """The role of the paragraph of the line at ``offset``; lines are asked for in order."""
        line_end = self.source.line_span(self.source.position(offset).line).end
        while self.paragraph < len(self.starts) and self.ends[self.starts[self.paragraph]] <= offset:
            self.paragraph += 1
        if self.paragraph < len(self.starts) and self.starts[self.paragraph] < max(line_end, offset + 1):
            return self.roles[self.starts[self.paragraph]]
        return ""

    def line(self, number: int, span: Span, role: str) -> str:
        level = self.levels.get(number)
        name = "p" if level is None else f"h{min(max(level, 1), 3) + 3}"
        if role == "title":
            name = "h4"
        return (
            f'<{name} id="t{self.report}-{number}" class="line {role}" data-line="{number}">'
            f"{self.marked(span)}</{name}>"
        )

    def row(self, number: int, span: Span) -> str:
        cells = []
        start = span.start
        for part in self.source.slice(span).split("\t"):
            cells.append(f"<td>{self.marked(Span(start, start + len(part)))}</td>")
            start += len(part) + 1
        return f'<tr id="t{self.report}-{number}" data-line="{number}">{"".join(cells)}</tr>'

    def marked(self, span: Span) -> str:
        """The text of ``span`` with its marks. Spans are asked for in order and do not overlap."""
        shown: list[str] = []
        offset = span.start
        while True:
            self._begin(offset)
            shown += self._ended(offset)
            if offset >= span.end:
                return "".join(shown)
            edges = [place.span.end for place in self.open]
            if self.next < len(self.places):
                edges.append(self.places[self.next].span.start)
            stop = min([*edges, span.end])
            shown.append(self._piece(offset, stop))
            offset = stop
            shown += self._ended(offset)

    def rest(self) -> str:
        """The numbers of findings on nothing that is shown."""
        self._begin(len(self.source.text))
        numbers = "".join(self._ended(len(self.source.text)))
        return f'<p class="line">{numbers}</p>' if numbers else ""

    def _begin(self, offset: int) -> None:
        while self.next < len(self.places) and self.places[self.next].span.start <= offset:
            self.open.append(self.places[self.next])
            self.next += 1

    def _ended(self, offset: int) -> list[str]:
        """The numbers of the findings that end at ``offset``, which are then over."""
        over = [place for place in self.open if place.span.end <= offset]
        self.open = [place for place in self.open if place.span.end > offset]
        return [self._reference(place) for place in over]

    def _piece(self, start: int, stop: int) -> str:
        words = escape(self.source.text[start:stop])
        if not self.open:
            return words
        worst = max(place.severity for place in self.open).word
        numbers = " ".join(f"{self.report}-{place.number}" for place in self.open)
        return f'<mark class="{worst}" data-findings="{numbers}">{words}</mark>'

    def _reference(self, place: Place) -> str:
        name = f"{self.report}-{place.number}"
        label = escape(page_word("to-finding", self.lang, number=place.number))
        return (
            f'<a class="ref {place.severity.word}" id="m{name}" href="#f{name}" aria-label="{label}">'
            f"{_JOINER}{place.number}</a>"
        )
