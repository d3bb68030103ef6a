"""The lines of an article: its paragraphs, what ``<br>`` parts, its lists and the rows of its tables."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from lxml.etree import iterwalk

from checker.readers.html_article import UNSEEN, Element, is_hidden
from checker.records import dataclass, field

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "caption",
        "tr",
        "td",
        "th",
        "ul",
    ]
)
_SPACE = re.compile("[ \t\r\n\f]+")
_BLANK = " \t\u3000\u00a0"
_MARKS = "，。；：、！？,.;:!?）)”’"
_MAX_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; ``places`` are pairs (offset in it, what is there: 表1第2行第3列, else empty)."""

    text: str
    places: tuple[tuple[int, str], ...] = ((0, ""),)


@dataclass(slots=True)
class _Table:
    """A table being read: its name, how many rows, the cells of the row, and columns that reach down from above."""

    name: str
    row: int = 0
    cells: list[list[str]] = field(default_factory=list)
    shown: int = 0
    held: dict[int, int] = field(default_factory=dict)


def lines_of(article: Element) -> list[Line]:
    """Every line of ``article``, blank ones left out."""
    walk = _Walk()
    skipping: Element | None = None
    for event, node in iterwalk(article, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if skipping is not None:
            if node is skipping and event == "end":
                skipping = None
                walk.add(node.tail if node is not article else None)
        elif event == "start" and (node.tag in UNSEEN or is_hidden(node)):
            skipping = node
        elif event == "start":
            walk.start(node)
            walk.add(node.text)
        else:
            walk.end(node)
            walk.add(node.tail if node is not article else None)
    walk.flush()
    return walk.lines


class _Walk:
    """What was read so far. Text goes to the innermost cell, or to the lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.text: list[str] = []
        self.tables: list[_Table] = []
        self.cells: list[list[str]] = []
        self.numbers: list[int | None] = []
        self.label = ""
        self.preserved = 0
        self.count = 0

    def add(self, text: str | None) -> None:
        if text:
            self.text.append(text if self.preserved else _SPACE.sub(_space, text))

    def start(self, node: Element) -> None:
        tag = str(node.tag)
        if tag == "br":
            self.flush()
        if tag not in _BLOCKS:
            return
        self.flush()
        if tag == "pre":
            self.preserved += 1
        elif tag in ("ol", "ul"):
            self.numbers.append(_whole(node.get("start"), 1) if tag == "ol" else None)
        elif tag == "li" and self.numbers and (number := self.numbers[-1]) is not None:
            number = _whole(node.get("value"), number)
            self.label = f"{number}."
            self.numbers[-1] = number + 1
        elif tag == "table":
            if not self.tables:
                self.count += 1
            self.tables.append(_Table(f"表{self.count}"))
        elif tag == "tr" and self.tables:
            self.tables[-1].row += 1
            self.tables[-1].cells = []
            self.tables[-1].shown = 0
        elif tag in ("td", "th") and self.tables:
            self._cell(self.tables[-1], node)

    def _cell(self, table: _Table, node: Element) -> None:
        while table.held.get(len(table.cells), 0) and len(table.cells) < _MAX_COLUMNS:
            table.held[len(table.cells)] -= 1
            table.cells.append([])
        down = min(_whole(node.get("rowspan"), 1), 10_000) - 1
        wide = min(_whole(node.get("colspan"), 1), _MAX_COLUMNS)
        for column in range(len(table.cells), len(table.cells) + wide):
            if down > 0:
                table.held[column] = down
        cell: list[str] = []
        table.cells.append(cell)
        table.cells += [[] for _ in range(wide - 1)] if down > 0 else []
        table.shown += 1
        self.cells.append(cell)

    def end(self, node: Element) -> None:
        tag = str(node.tag)
        if tag not in _BLOCKS:
            return
        self.flush()
        if tag == "pre":
            self.preserved -= 1
        elif tag in ("ol", "ul") and self.numbers:
            self.numbers.pop()
        elif tag in ("td", "th") and self.cells and self.tables:
            self.cells.pop()
        elif tag == "tr" and self.tables:
            self._row(self.tables[-1])
        elif tag == "table" and self.tables:
            self.tables.pop()

    def _row(self, table: _Table) -> None:
        """A row becomes a line with tabs; a row of one cell its paragraphs."""
        if not table.shown:
            return
        while table.held.get(len(table.cells), 0):
            table.held[len(table.cells)] -= 1
            table.cells.append([])
        place = f"{table.name}第{table.row}行"
        if table.shown == 1 and sum(map(bool, table.cells)) <= 1 and len(table.cells) == 1:
            for text in table.cells[0]:
                self._put(Line(text, ((0, place),)))
            return
        words = [_joined(cell) for cell in table.cells]
        if not any(words):
            return
        places = []
        offset = 0
        for column, text in enumerate(words, 1):
            if text or column == 1:
                places.append((offset, f"{place}第{column}列"))
            offset += len(text) + 1
        self._put(Line("\t".join(words), tuple(places)))

    def flush(self) -> None:
        """End the line that was being read."""
        text = "".join(self.text)
        self.text = []
        for part in text.split("\n"):
            line = _tidy(part)
            if line.strip(_BLANK):
                self._put(Line(self._labelled(line)))

    def _labelled(self, line: str) -> str:
        label, self.label = self.label, ""
        return label + line.lstrip(_BLANK) if label else line

    def _put(self, line: Line) -> None:
        if self.cells:
            self.cells[-1].append(line.text.strip(_BLANK))
        else:
            self.lines.append(line)


def _space(match: re.Match[str]) -> str:
    """White space as browsers show it; a line end of the file between Chinese characters is none."""
    text, start, end = match.string, match.start(), match.end()
    ends = "\n" in match[0] or "\r" in match[0]
    if ends and start > 0 and end < len(text) and _is_wide(text[start - 1]) and _is_wide(text[end]):
        return ""
    return " "


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _tidy(text: str) -> str:
    """A line without blanks at its end, its non-breaking blanks as blanks."""
    return (
        text.replace("\t", " ").replace("\u00a0", " ").rstrip(_BLANK + "\u200b\ufeff").lstrip("\u200b\ufeff")
    )


def _joined(cell: list[str]) -> str:
    """The lines of a cell as one."""
    joined = ""
    for line in cell:
        line = line.replace("\t", " ")
        joined += line if not joined or joined[-1] in _MARKS else f" {line}"
    return joined


def _whole(text: str | None, default: int) -> int:
    """A small positive number of an attribute."""
    return (
        int(text)
        if text and text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text)
        else default
    )
