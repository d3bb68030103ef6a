"""A line of a report cut to a width, with the place in it marked under wide characters."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len

from checker.records import dataclass

ELLIPSIS = "..."
"""In ASCII: a terminal may show ``…`` one or two cells wide."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``text`` as shown; ``offset`` and ``width`` in terminal cells say what of it is meant."""

    text: str
    offset: int
    width: int


def visible(text: str) -> str:
    """``text`` with every control, format and lone surrogate character shown as one ``\\ufffd`` or blank."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character == "\u3000"
        else " "
        if character == "\t" or unicodedata.category(character) == "Zs"
        else "\ufffd"
        for character in text
    )


def clip(line: str, start: int, end: int, width: int) -> Excerpt:
    """At most ``width`` cells of ``line`` around ``line[start:end]``; indices in code points.

    What is meant is shown whole if it takes at most two thirds of the width, else its beginning is.
    """
    line = visible(line)
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    if cell_len(line) <= width:
        return _marked(line, 0, len(line), start, end)
    room = max(width - 2 * len(ELLIPSIS), 8)
    last = start
    used = 0
    while last < end and used + cell_len(line[last]) <= room * 2 // 3:
        used += cell_len(line[last])
        last += 1
    first, stop = start, last
    before = (room - used) // 2
    while first > 0 and (step := cell_len(line[first - 1])) <= before:
        before -= step
        first -= 1
    rest = room - cell_len(line[first:stop])
    while stop < len(line) and (step := cell_len(line[stop])) <= rest:
        rest -= step
        stop += 1
    while first > 0 and (step := cell_len(line[first - 1])) <= rest:
        rest -= step
        first -= 1
    return _marked(line, first, stop, start, min(end, stop))


def _marked(line: str, first: int, stop: int, start: int, end: int) -> Excerpt:
    head = ELLIPSIS if first else ""
    tail = ELLIPSIS if stop < len(line) else ""
    offset = len(head) + cell_len(line[first:start])
    return Excerpt(head + line[first:stop] + tail, offset, max(cell_len(line[start:end]), 1))
