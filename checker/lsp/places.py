"""Places as editors count them: 0-based lines, characters in the units that were agreed on (UTF-16 if none)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from checker.source import Position, Source

if TYPE_CHECKING:
    from lsprotocol import types


def units(text: str, encoding: str) -> int:
    """How many units ``text`` takes. ``encoding``: ``utf-8``, ``utf-16`` or ``utf-32``."""
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def position_of(source: Source, offset: int, encoding: str) -> types.Position:
    """The editor's position of an offset (code points)."""
    from lsprotocol import types

    offset = min(max(offset, 0), len(source.text))
    line = bisect_right(source.line_starts, offset) - 1
    return types.Position(line, units(source.text[source.line_starts[line] : offset], encoding))


def range_of(source: Source, start: int, end: int, encoding: str) -> types.Range:
    """The editor's range of ``start`` to ``end`` (code points, end exclusive)."""
    from lsprotocol import types

    return types.Range(position_of(source, start, encoding), position_of(source, end, encoding))


def offset_of(source: Source, position: types.Position, encoding: str) -> int:
    """The offset that an editor's position means: past its line's end, that end; past the text, its end."""
    if position.line >= len(source.line_starts):
        return len(source.text)
    line = source.line_span(position.line + 1)
    left = position.character
    for offset in range(line.start, line.end):
        left -= units(source.text[offset], encoding)
        if left < 0:
            return offset
    return line.end


def offset_at(source: Source, position: Position) -> int:
    """The offset of a 1-based line and column."""
    return source.line_starts[position.line - 1] + position.column - 1
