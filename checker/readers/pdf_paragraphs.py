"""From the lines of pages to paragraphs: page numbers and running heads out, broken lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from checker.readers.pdf_lines import Line, Page, lines_of

_PAGE_NUMBER = re.compile(
    r"[\s\-—–－―_·•.．/]*(?:第\s*)?[0-9０-９]{1,4}\s*页?[\s\-—–－―_·•.．/]*(?:(?:共|of)\s*)?(?:[0-9０-９]{1,4}\s*页?)?[\s\-—–－―_·•.．]*",
    re.IGNORECASE,
)
_DIGITS = re.compile("[0-9０-９]+")
_END = "。！？；：!?;:"
_NARROW = 12
"""Lines of fewer letters than this tell nothing of where lines end."""
_EDGE = 0.12
"""The part of a page's height, above and below, where running heads and page numbers stand."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph; ``places`` are pairs (offset in it, 第N页 or a cell of a table there)."""

    text: str
    places: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the body is set: its left and right edge, the size of its letters, the step from line to line, and
    whether paragraphs are indented."""

    left: float
    right: float
    size: float
    step: float
    indented: bool


def paragraphs_of(pages: Sequence[Page]) -> list[Paragraph]:
    """The paragraphs of a document in order."""
    by_page = [lines_of(page) for page in pages]
    running = _running(by_page)
    lines = [line for group in by_page for line in _without_edges(group, running)]
    layout = _layout(lines)
    paragraphs: list[Paragraph] = []
    previous: Line | None = None
    table = row = 0
    for line in lines:
        if line.cells:
            table, row = (table, row + 1) if previous is not None and previous.cells else (table + 1, 1)
            name = f"第{line.page}页，表{table}第{row}行"
            paragraphs.append(
                Paragraph(
                    line.text,
                    [(start, f"{name}第{column}列") for column, start in enumerate(line.cells, 1)]
                    if "\t" in line.text
                    else [(0, name)],
                )
            )
        elif previous is not None and not previous.cells and _continues(previous, line, layout):
            last = paragraphs[-1]
            if previous.page != line.page:
                last.places.append((len(last.text), f"第{line.page}页"))
            last.text = _join(last.text, line.text)
        else:
            paragraphs.append(Paragraph(line.text, [(0, f"第{line.page}页")]))
        previous = line
    return paragraphs


def _join(before: str, after: str) -> str:
    """Latin words are kept apart; Chinese and figures run on."""
    apart = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if apart else before + after


# --- running heads ---------------------------------------------------------------------------------------


def _running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The words of running heads and feet: the same on most pages, figures aside, at the edge of the page."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_masked(line) for line in lines if _at_edge(line)})
    return {words for words, count in seen.items() if count > 1 and count * 3 >= len(pages) * 2}


def _masked(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))


def _at_edge(line: Line) -> bool:
    return line.y > line.height * (1 - _EDGE) or line.y < line.height * _EDGE


def _without_edges(lines: Sequence[Line], running: set[str]) -> list[Line]:
    """The lines less running heads, and less what is nothing but a page number at the edge."""
    kept = [line for line in lines if not (_at_edge(line) and _masked(line) in running)]
    for index in (0, -1):
        if kept and _at_edge(kept[index]) and _PAGE_NUMBER.fullmatch(kept[index].text):
            kept.pop(index)
    return kept


# --- paragraphs ------------------------------------------------------------------------------------------


def _layout(lines: Sequence[Line]) -> _Layout:
    plain = [line for line in lines if not line.cells]
    if not plain:
        return _Layout(0, 0, 1, 1, False)
    sizes: Counter[float] = Counter()
    for line in plain:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] or 1.0
    body = [line for line in plain if abs(line.size - size) <= 0.15 * size]
    ends = sorted(line.end for line in body)
    right = ends[int(len(ends) * 0.9)] if len(ends) > 3 else ends[-1]
    long = [line for line in body if line.end > right - 2.5 * size] or body
    left = _left(long)
    steps = Counter(
        round(one.y - other.y) for one, other in pairwise(plain) if one.page == other.page and one.y > other.y
    )
    step = float(min((value for value, count in steps.items() if count == max(steps.values())), default=0))
    return _Layout(left, right, size, step, any(_is_indented(line, left, size) for line in long))


def _left(lines: Sequence[Line]) -> float:
    """Where lines begin that are not the first of a paragraph: the leftmost place where several do."""
    starts = Counter(round(line.start) for line in lines)
    several = [start for start, count in starts.items() if count > 1 and count * 10 >= len(lines)]
    return float(min(several or starts))


def _is_indented(line: Line, left: float, size: float) -> bool:
    return line.start > left + 1.2 * size


def _continues(before: Line, line: Line, layout: _Layout) -> bool:
    """Whether ``line`` goes on with the paragraph of ``before``."""
    if abs(line.size - before.size) > 0.15 * max(line.size, before.size):
        return False
    if layout.right - layout.left < _NARROW * layout.size:
        return False
    if _is_indented(line, layout.left, layout.size) or before.end < layout.right - 2.5 * layout.size:
        return False
    same = before.page == line.page
    if same and layout.step and before.y - line.y > 1.7 * layout.step:
        return False
    return layout.indented or before.text[-1:] not in _END
