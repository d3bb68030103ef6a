"""From the letters of a page to its lines and the rows of its tables. Lengths are in points, y grows upwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from checker.readers.pdf_letters import close_gaps


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some words on one line; ``x`` and ``y`` where they begin on the baseline, ``size`` that of the letters."""

    text: str
    x: float
    y: float
    size: float

    @property
    def end(self) -> float:
        """About where they end."""
        return self.x + width(self.text) * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page; ``number`` from 1, ``height`` of the page."""

    number: int
    height: float
    chunks: tuple[Chunk, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a row of a table (``cells`` are then the offsets of its cells, else empty)."""

    text: str
    start: float
    end: float
    y: float
    size: float
    page: int
    height: float
    cells: tuple[int, ...] = ()


def width(text: str) -> float:
    """The width of ``text`` in its size, by the shapes of its letters: wide ones 1, others a half."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in text)


def lines_of(page: Page) -> list[Line]:
    """Lines and rows from top to bottom."""
    lines: list[Line] = []
    free = list(page.chunks)
    for grid in _grids(page.rules):
        inside = [chunk for chunk in free if grid.holds(chunk)]
        if inside:
            free = [chunk for chunk in free if not grid.holds(chunk)]
            lines += _rows(grid, inside, page)
    for group in _level(free):
        lines += _pieces(group, page)
    return sorted(lines, key=lambda line: (-line.y, line.start))


def _level(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Chunks of one baseline together, from left to right; a raised figure belongs to the line it is raised from."""
    groups: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda one: -one.y):
        if groups and abs(groups[-1][0].y - chunk.y) <= 0.4 * max(groups[-1][0].size, chunk.size):
            groups[-1].append(chunk)
        else:
            groups.append([chunk])
    return [sorted(group, key=lambda one: one.x) for group in groups]


def _pieces(group: Sequence[Chunk], page: Page) -> list[Line]:
    """A line as one text; a wide gap in it is a tab."""
    text, cells = "", [0]
    for index, chunk in enumerate(group):
        words = chunk.text
        if index:
            before = group[index - 1]
            gap = chunk.x - before.end
            if chunk.x - _inked(before) < 0.2 * chunk.size:  # a blank there stands for no distance
                text, words = text.rstrip(" "), words.lstrip(" ")
            if gap > 2 * chunk.size + 0.15 * (before.end - before.x):
                text, words = f"{text.rstrip()}\t", words.lstrip()
                cells.append(len(text))
            elif gap > 0.3 * chunk.size and not text.endswith(" ") and _latin(text[-1:], words[:1]):
                text += " "
        text += words
    text = text if len(cells) > 1 else close_gaps(text)
    bare = text.lstrip(" \u3000\u00a0")
    cut = len(text) - len(bare)
    first, last = group[0], group[-1]
    return [
        Line(
            bare.rstrip(),
            first.x + width(text[:cut]) * first.size,
            last.end,
            first.y,
            max(chunk.size for chunk in group),
            page.number,
            page.height,
            tuple(max(cell - cut, 0) for cell in cells) if len(cells) > 1 else (),
        )
    ]


def _inked(chunk: Chunk) -> float:
    """Where the last letter of a chunk ends that is no blank."""
    return chunk.x + width(chunk.text.rstrip(" ")) * chunk.size


def _latin(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


# --- tables ----------------------------------------------------------------------------------------------

_NEAR = 2.5
_MAX_RULES = 20_000


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table: the places of its upright lines, ascending, and for each column those of its level lines."""

    columns: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]
    levels: tuple[float, ...]

    def cell(self, chunk: Chunk) -> tuple[int, int]:
        """Row (from the top) and column of a chunk, -1 if outside."""
        column = bisect_right(self.columns, chunk.x + 0.25 * chunk.size) - 1
        if not 0 <= column < len(self.rows):
            return -1, -1
        middle = chunk.y + 0.3 * chunk.size
        edges = self.rows[column]
        above = bisect_right(edges, middle)
        if not 0 < above < len(edges):
            return -1, -1
        return len(self.levels) - 1 - self.levels.index(edges[above]), column

    def holds(self, chunk: Chunk) -> bool:
        return self.cell(chunk)[0] >= 0


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    """The tables that ``rules`` draw: at least two columns that level lines close above and below."""
    if len(rules) > _MAX_RULES:
        return []
    upright = [rule for rule in rules if rule.x1 - rule.x0 <= 2 < rule.y1 - rule.y0]
    level = [rule for rule in rules if rule.y1 - rule.y0 <= 2 < rule.x1 - rule.x0]
    grids = []
    for bottom, top in _merged([(rule.y0, rule.y1) for rule in upright]):
        columns = _distinct(
            [rule.x0 for rule in upright if bottom <= rule.y0 + _NEAR and rule.y1 <= top + _NEAR]
        )
        within = [rule for rule in level if bottom - _NEAR <= rule.y0 <= top + _NEAR]
        levels = _distinct([rule.y0 for rule in within])
        if len(columns) < 3 or len(levels) < 2:
            continue
        rows = []
        for left, right in pairwise(columns):
            middle = (left + right) / 2
            crossing = [rule.y0 for rule in within if rule.x0 <= middle <= rule.x1]
            rows.append(tuple(one for one in levels if any(abs(one - y) <= _NEAR for y in crossing)))
        grids.append(_Grid(tuple(columns), tuple(rows), tuple(levels)))
    return grids


def _merged(ranges: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Ranges that touch as one."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1] + _NEAR:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _distinct(values: Sequence[float]) -> list[float]:
    """Ascending, values that are nearly the same once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _rows(grid: _Grid, chunks: Sequence[Chunk], page: Page) -> list[Line]:
    cells: dict[tuple[int, int], list[Chunk]] = {}
    for chunk in chunks:
        cells.setdefault(grid.cell(chunk), []).append(chunk)
    rows = []
    for row in sorted({row for row, _ in cells}):
        words = [_words(cells.get((row, column), [])) for column in range(len(grid.rows))]
        filled = [word for word in words if word]
        starts = [0]
        for word in words[:-1]:
            starts.append(starts[-1] + len(word) + 1)
        top = grid.levels[len(grid.levels) - 1 - row]
        size = max(chunk.size for (one, _), inside in cells.items() if one == row for chunk in inside)
        text = filled[0] if len(filled) == 1 and words[0] else "\t".join(words)
        rows.append(
            Line(
                text,
                grid.columns[0],
                grid.columns[-1],
                top - 0.1,
                size,
                page.number,
                page.height,
                tuple(starts),
            )
        )
    return rows


def _words(chunks: Sequence[Chunk]) -> str:
    """The text of a cell; its lines follow one another with nothing between, as Chinese is written."""
    text = ""
    for group in _level(chunks):
        line = close_gaps("".join(chunk.text for chunk in group)).strip(" \u3000")
        text += f" {line}" if _latin(text[-1:], line[:1]) else line
    return text
