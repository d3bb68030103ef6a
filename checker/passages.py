"""Running text from lines: markup removed, lines that a page or line end cut joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from checker.figure_words import around
from checker.lines import BLANKS, Line, words
from checker.records import dataclass
from checker.regexes import kept_pattern, late
from checker.resources import alternatives
from checker.source import Passage, passage

_MARKUP = frozenset(("INDENT", "HASHES", "BULLET", "BOLD", "BOLD_END"))
_END_MARKS = "。！？；：…!?;:"
_CLOSERS = "”’）)》」』】\"'"
_PAIRS = {"（": "）", "《": "》", "“": "”", "(": ")", "「": "」"}
_BEFORE_BOLD = "。；：，、！？）”》;:,!?) \u3000"
_RUNNING = ("TEXT", "WELCOME")
_LONG = 36
_HANGING = 8
_STATE = 40
_MEASURE = 14
_POINT = late("[，。：；][一二三四五六七八九]是")
_WRAP_LINES = 5
_WRAP_SHARE = 0.1
_WRAP_WIDTH = 60
_WRAP_SLACK = 3


def clean(line: Line, text: str) -> Passage:
    """The words of a line of ``text``: no indent, no Markdown, no trailing blanks."""
    if not line.marks and "**" not in line.rest:
        return passage(line.rest, line.start)
    if not line.bold and "**" not in line.rest:
        return passage(text[line.start : line.end], line.start)
    segments: list[tuple[int, int]] = []
    inner = False
    for mark in line.marks:
        if mark.type not in _MARKUP:
            inner = True
            segments.append((mark.start, mark.end))
        elif mark.type == "INDENT" and inner:
            segments.append((mark.start, mark.end))
    segments.extend(_without_bold(line))
    return _passage(text, segments)


def _without_bold(line: Line) -> list[tuple[int, int]]:
    """The stretches of the rest of a line between the ``**`` that set bold."""
    rest, start = line.rest, line.rest_start
    cuts: list[int] = []
    open_ = line.bold and not any(mark.type == "BOLD_END" for mark in line.marks)
    at = rest.find("**")
    while at >= 0:
        if open_:
            cuts.append(at)
            open_ = False
        else:
            close = rest.find("**", at + 2)
            if close < 0:
                break
            if (
                (at == 0 or rest[at - 1] in _BEFORE_BOLD)
                and close > at + 2
                and "*" not in rest[at + 2 : close]
            ):
                cuts.append(at)
                open_ = True
        at = rest.find("**", at + 2)
    bounds = [0, *(edge for cut in cuts for edge in (cut, cut + 2)), len(rest)]
    return [
        (start + left, start + right)
        for left, right in zip(bounds[::2], bounds[1::2], strict=True)
        if left < right
    ]


def _passage(text: str, segments: Sequence[tuple[int, int]]) -> Passage:
    if segments and (trimmed := text[segments[-1][0] : segments[-1][1]].rstrip(BLANKS + "\r\n")) is not None:
        segments = [*segments[:-1], (segments[-1][0], segments[-1][0] + len(trimmed))]
    pieces: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    for left, right in segments:
        if left < right:
            if not runs or runs[-1][1] + length - runs[-1][0] != left:
                runs.append((length, left))
            pieces.append(text[left:right])
            length += right - left
    return Passage("".join(pieces), tuple(runs) or ((0, segments[0][0] if segments else 0),))


def join(passages: Sequence[Passage]) -> Passage:
    """One passage of several that follow one another."""
    if len(passages) == 1:
        return passages[0]
    pieces: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    for part in passages:
        runs.extend((clean_ + length, original) for clean_, original in part.runs)
        pieces.append(part.text)
        length += len(part.text)
    return Passage("".join(pieces), tuple(runs))


def index_at(passage: Passage, offset: int) -> int:
    """The index in ``passage`` of the first character at or after a source offset."""
    low, high = 0, len(passage.text)
    if len(passage.runs) == 1:
        return min(max(offset - passage.runs[0][1], 0), high)
    while low < high:
        middle = (low + high) // 2
        if passage.offset(middle) < offset:
            low = middle + 1
        else:
            high = middle
    return low


@cache
def _openings() -> tuple[str, ...]:
    return tuple(words()["paragraph_opening"])


@cache
def _joining() -> tuple[str, ...]:
    return tuple(words()["joining"])


@kept_pattern
def _figure() -> re.Pattern[str]:
    more, units = alternatives(around("and-more")), words()["figure_units"]
    return re.compile(f"[0-9]+(?:{more})?[{units}]")


@cache
def _dangling() -> tuple[str, ...]:
    return tuple(words()["dangling"])


@dataclass(frozen=True, slots=True)
class Wrap:
    """The fixed width at which a text was wrapped (0 if it was not)."""

    width: int


def wrap_of(lines: Sequence[Line]) -> Wrap:
    """Whether a text was wrapped at one width, as a terminal or a PDF does it: no line is longer, and of those
    that reach it most stop amid a sentence."""
    written = [line for line in lines if line.end > line.start]
    if len(written) < _WRAP_LINES:
        return Wrap(0)
    widest = max(line.end - line.start for line in written)
    full = [line for line in written if line.end - line.start >= widest - _WRAP_SLACK]
    cut = sum(not _ended(line.rest) for line in full if line.rest)
    enough = len(full) >= max(_WRAP_LINES, len(written) * _WRAP_SHARE) and cut * 2 >= len(full)
    return Wrap(widest if 16 <= widest <= _WRAP_WIDTH and enough else 0)


def goes_on(
    group: Sequence[Line], said: str, stopped: bool, after: Line, wrap: Wrap, measure: bool = False
) -> bool:
    """Whether the paragraph of the lines ``group`` goes on in the line ``after``.

    ``said`` are the words of its last line, ``stopped`` whether a sentence has ended in it before, ``measure``
    whether it stands under a 问题N, where a numbered line is a sentence and no heading.
    """
    first, last, rest = group[0], group[-1], after.rest
    listed = bool(after.run_in) and said[-1:] in "，、" and not after.label and not after.key
    if not (after.plain or listed) or not said or not rest:
        return False
    if wrap.width:
        full = last.end - last.start >= wrap.width - _WRAP_SLACK
        return (
            full
            and not after.indent
            and (not _ended(said) or first.indent)
            and after.type in ("TEXT", "TITLE", "ISSUER", "WELCOME")
        )
    if after.type not in _RUNNING or last.type not in _RUNNING:
        return False
    if (first.problem or first.finding) and not (stopped or _answers(said)):
        return False
    if _ended(said) or after.indent or _is_state(first):
        return False
    if listed:
        return True
    told = measure or first.run_in is not None or first.key is not None or bool(_POINT.search(said))
    figures = bool(_figure().search(said))
    long = len(said) >= (_MEASURE if told or figures else _LONG) and (told or not first.label)
    clauses = long and any(mark in said for mark in ("，；,、" if figures else "，；,"))
    hanging = len(said) >= _HANGING and said.endswith(_dangling()) and rest[0] not in _PAIRS
    open_ = len(said) >= _HANGING and not first.label and rest[0] != "“" and _open_pair(said)
    if not (stopped or "。" in said[:-1] or clauses or hanging or open_) or not _starts_amid(rest):
        return False
    if hanging:
        return True
    if said.endswith(_joining()) or _open_pair(said):
        return True
    return not rest.startswith(_openings()) and (len(rest) > 12 or rest[-1] in _END_MARKS)


def _answers(said: str) -> bool:
    """Whether the words of a heading go on with its answer: …的问题。一是…, …的问题。责任领导：…."""
    after = said.partition("。")[2]
    return "：" in after or "。" in after or bool(_POINT.search(said))


def _is_state(line: Line) -> bool:
    """Whether a line is a short 工作进展：已完成."""
    short = len(line.rest) <= _STATE and "。" not in line.rest[:-1]
    return line.key is not None and line.key.type == "STATUS" and short


def _ended(said: str) -> bool:
    """Whether the words end a sentence (closing quotes and brackets after the mark allowed)."""
    end = len(said)
    while end and said[end - 1] in _CLOSERS:
        end -= 1
    return bool(end) and said[end - 1] in _END_MARKS


def _open_pair(said: str) -> bool:
    """Whether a bracket or quote is open at the end of the last sentence."""
    tail = said[said.rfind("。") + 1 :][-200:]
    return any(tail.count(opening) > tail.count(closing) for opening, closing in _PAIRS.items())


def _starts_amid(rest: str) -> bool:
    """Whether words may go on a sentence: they begin with a Chinese character, a closing mark, a digit or Latin."""
    first = rest[0]
    if first.isdigit() and any(unit in rest[:6] for unit in words()["date_units"]):
        return False
    return "\u4e00" <= first <= "\u9fff" or first in _CLOSERS + "，、：；“《（(" or first.isalnum()
