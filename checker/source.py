"""The text of a report and the places in it.

Offsets are code points in :attr:`Source.text`; ends are exclusive. Lines and columns are 1-based and
count code points. A line ends at CRLF, LF or CR, and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from checker.records import dataclass, field

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a source: ``start`` and ``end`` (exclusive), in code points."""

    start: int
    end: int


in_text: Callable[[Any], Any] = attrgetter("span.start", "span.end")
"""The key that sorts what has a span as its places follow one another."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place as people and editors name it: 1-based line and column."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of the text came from in a file that is not plain text.

    ``start`` is the offset at which the stretch begins (it runs to the next origin); ``paragraph`` is the
    1-based number of the paragraph as people see it; ``place`` says more where there is more to say
    (``表1第2行第3列``, ``文本框``, ``第3页``), else it is empty.
    """

    start: int
    paragraph: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A report as text, and how to name any place in it.

    ``path`` is what the user called it; ``kind`` is ``text``, ``markdown``, ``html``, ``word`` or ``pdf``;
    ``encoding`` and ``bom`` say how the bytes were read, so that a corrected file can be written alike.
    ``origins`` is empty for plain text. ``notes`` are remarks of the reader for the user, as (zh, en).
    ``data`` is the file itself, for kinds that can be given back with remarks in them (``word``).
    """

    path: str
    text: str
    kind: str = "text"
    encoding: str = "utf-8"
    bom: bool = False
    origins: tuple[Origin, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    data: bytes = field(default=b"", repr=False, compare=False)
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = (0, *(match.end() for match in _LINE_END.finditer(self.text)))
        object.__setattr__(self, "line_starts", starts)

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``; ``len(text)`` is a place too."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def origin(self, offset: int) -> Origin | None:
        """The origin that ``offset`` belongs to, or None for plain text."""
        index = bisect_right(self.origins, offset, key=lambda origin: origin.start)
        return self.origins[index - 1] if index else None

    def slice(self, span: Span) -> str:
        """The text of ``span``."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text as it is read: markup gone, lines that a page break cut joined again.

    ``runs`` are pairs (offset in ``text``, offset in the source), ascending, the first at 0; between two
    runs both advance together. So every character knows its place and none is searched for.
    """

    text: str
    runs: tuple[tuple[int, int], ...]

    def offset(self, index: int) -> int:
        """The source offset of the character at ``index``."""
        clean, original = self.runs[0]
        if len(self.runs) > 1:
            run = bisect_right(self.runs, index, key=lambda pair: pair[0]) - 1
            clean, original = self.runs[max(run, 0)]
        return original + index - clean

    def span(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]``; a stretch across a join spans the join."""
        if len(self.runs) == 1:
            clean, original = self.runs[0]
            shift = original - clean
            return Span(start + shift, (end if end > start else start) + shift)
        first = self.offset(start)
        return Span(first, self.offset(end - 1) + 1 if end > start else first)

    def part(self, start: int, end: int) -> Passage:
        """The passage of ``text[start:end]`` alone."""
        low = bisect_right(self.runs, start, key=lambda pair: pair[0])
        high = bisect_left(self.runs, end, low, key=lambda pair: pair[0])
        inner = [(clean - start, original) for clean, original in self.runs[low:high]]
        return Passage(self.text[start:end], ((0, self.offset(start)), *inner))


def passage(text: str, start: int = 0) -> Passage:
    """A passage that stands in the source as it is, from ``start`` on."""
    return Passage(text, ((0, start),))
