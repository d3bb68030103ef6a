"""Dates as a text prints them: candidates by a search, each read whole by ``grammars/date.lark``."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from checker.numerals import read_number
from checker.records import dataclass, replace
from checker.regexes import kept_pattern, late
from checker.resources import lexicon
from checker.scanning import pattern
from checker.tables import Parser, Terminals, parser

_ISO_MARK = late("[-./]")
_LETTERS = "〇零○一二三四五六七八九十廿卅"
_NUMERAL = f"0-9{_LETTERS}"
_CANDIDATE = late(
    rf"[0-9*×X{_LETTERS}]"  # a class in front lets the search skip what begins no date
    rf"(?:(?<=[0-9*×X])[0-9*×X]{{0,8}} *[年月日]|(?:(?<=1)9|(?<=2)0)[0-9]{{2}} *[-./][0-9]{{1,2}}[-./]"
    rf"|(?<=[一二])[〇零○九][{_NUMERAL}]{{2}} *年|(?<=[{_NUMERAL}])[{_NUMERAL}]{{0,2}}月[{_NUMERAL}]{{1,3}}日)"
    rf"[{_NUMERAL}*×X年月日号至到—–~份上中下旬底初末 ,./-]*"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A date as printed, by offsets in its paragraph. ``base`` is a word that tells the year (去年, 同年);
    ``side`` start or end of a range, or ""; ``blurred`` if damaged or masked, a whole period then."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    base: str = ""
    fault: str = ""
    vague: bool = False
    blurred: str = ""
    side: str = ""


@cache
def date_words() -> dict[str, Any]:
    """The lexicon of dates."""
    return lexicon("dates")


@cache
def _parser() -> Parser:
    return parser("date", _terminals)


def _terminals() -> Terminals:
    words = date_words()
    return {
        "PART.4": list(words["parts"]),
        "PRESENT.6": [*words["present"], *words["previous"]],
        "RELATIVE.6": [*words["vague"], *words["as_of_now"]],
    }


@kept_pattern
def _relative() -> re.Pattern[str]:
    words = date_words()
    every = (*words["present"], *words["previous"], *words["vague"], *words["as_of_now"])
    return re.compile(f"(?:{pattern(every).pattern})[{_NUMERAL}月日号 ]*")


@kept_pattern
def _compared() -> re.Pattern[str]:
    return re.compile(f".?(?:{pattern(date_words()['compared']).pattern})$")


def dates_in(plain: str) -> Iterator[tuple[int, Point]]:
    """The dates of a text with half-width digits, each with the offset from which its own places count."""
    candidates = [match.span() for match in _CANDIDATE.finditer(plain)]
    words = (
        match.span()
        for match in _relative().finditer(plain)
        if not _compared().match(plain, max(0, match.start() - 2), match.start())
    )
    for start, end in _merged(candidates, words):
        if start and plain[start - 1] in ".0123456789" and plain[start].isdigit():
            continue
        for point in _read(plain[start : end + 1]):  # one more character tells 2024年度 from a date
            yield start, point


def moved(point: Point, shift: int) -> Point:
    """The point, with places that count from elsewhere."""
    return Point(
        point.start + shift,
        point.end + shift,
        point.year,
        point.month,
        point.day,
        point.part,
        point.base,
        point.fault,
        point.vague,
        point.blurred,
        point.side,
    )


def _merged(stretches: list[tuple[int, int]], others: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Two ascending rows of stretches as one; those of different rows that overlap are one stretch."""
    merged: list[tuple[int, int]] = []
    index = 0
    for start, end in others:
        while index < len(stretches) and stretches[index][1] <= start:
            merged.append(stretches[index])
            index += 1
        first = index
        while index < len(stretches) and stretches[index][0] < end:
            start, end = min(start, stretches[index][0]), max(end, stretches[index][1])
            index += 1
        if index > first:
            index -= 1
            stretches[index] = (start, end)  # which the next may overlap as well
        else:
            merged.append((start, end))
    return merged + stretches[index:]


@lru_cache(maxsize=1024)
def _read(stretch: str) -> tuple[Point, ...]:
    """The dates that a candidate holds."""
    points: list[Point] = []
    for node in _parser().parse(stretch).children:
        kind = getattr(node, "data", None)
        if kind == "range":
            first, last = node.children[0], node.children[1].children
            begin = _point(first.children, "start")
            tail = last[0].children if hasattr(last[0], "children") else last
            end = _point(tail, "end")
            if end.month is None and end.year is None:
                end = replace(end, month=begin.month)
            points += [begin, end]
        elif kind == "open":
            points.append(_point(node.children[0].children))
        elif kind in ("date", "full"):
            points.append(_point(node.children))
        elif kind in ("damaged", "masked"):
            token = node.children[0]
            start = token.start_pos
            points.append(Point(start, start + len(token.rstrip()), blurred=kind, fault=_FAULTS[kind]))
        elif kind == "vague":
            token = node.children[0]
            points.append(Point(token.start_pos, token.end_pos, base=str(token), vague=True))
    return tuple(point for point in points if _wanted(point, stretch))


_FAULTS = {"damaged": "mutilated", "masked": ""}


def _wanted(point: Point, stretch: str) -> bool:
    """Whether it is a date at all: a month alone needs digits and must exist; 当年 alone is none."""
    if point.blurred:
        return True
    if point.vague:
        return point.base not in date_words()["previous"] and point.base not in date_words()["with_month"]
    if point.year is None and point.day is None and not point.fault and not point.base and not point.side:
        return stretch[point.start] in "0123456789" and 1 <= (point.month or 0) <= 12
    return True


def _point(tokens: Sequence[Any], side: str = "") -> Point:
    """The date that a few tokens spell."""
    year, month, day, part, base = None, None, None, "", ""
    for token in tokens:
        kind, value = token.type, str(token)
        if kind == "YEAR":
            year = _integer(value.rstrip("年 "))
        elif kind == "MONTH":
            month = _integer(value.rstrip("份月 "))
        elif kind == "DAY":
            day = _integer(value.rstrip("日号 "))
        elif kind == "PART":
            part = value
        elif kind == "PRESENT":
            base = value
        elif kind == "ISO":
            year, month, day = map(int, _ISO_MARK.split(value.replace(" ", "")))
    fault = "" if possible(year, month, day) else "impossible"
    return Point(
        tokens[0].start_pos, tokens[-1].end_pos, year, month, day, part, base, fault, False, "", side
    )


def _integer(text: str) -> int:
    return int(read_number(text) or 0)


def possible(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether there is such a day, as far as it is told."""
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None:
        return True
    return 1 <= day <= (days_of(year or 2024, month) if month else 31)


def days_of(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 29 if isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31
