"""Dates in a report: full, elided, relative, impossible and mutilated ones, and what they are dates of."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from checker.document import Date, Paragraph
from checker.numerals import read_number
from checker.outline import Outline
from checker.records import dataclass, replace
from checker.regexes import kept_pattern, late
from checker.resources import lexicon
from checker.scanning import inside_document, join, pattern, place_of, rest_of_bracket, sentence_bounds
from checker.tables import Parser, Terminals, parser

_COMMA = late("[，,]")
ROLES = ("inspection-start", "inspection-end", "feedback", "as-of", "signed", "published")

_NUMERAL = "0-9〇零○一二三四五六七八九十廿卅"
_CANDIDATE = late(
    rf"(?:[0-9*×X]{{1,9}} *[年月日]|(?:19|20)[0-9]{{2}} *[-./][0-9]{{1,2}}[-./]"
    rf"|[一二][〇零○九][{_NUMERAL}]{{2}} *年|[{_NUMERAL}]{{1,3}}月[{_NUMERAL}]{{1,3}}日)"
    rf"[{_NUMERAL}*×X年月日号至到—–~份上中下旬底初末 ,./-]*"
)


@dataclass(frozen=True, slots=True)
class _Point:
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A point, its paragraph and the words around it."""

    point: _Point
    paragraph: int
    role: str
    scope: str
    near: bool


def find_dates(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Date, ...]:
    """All dates, in order. The two ends of a period are two dates.

    A damaged or masked period is one date without a value; of masked dates only those of the inspection, of
    the state told and of the signature are dates at all.
    """
    joined = join(paragraphs)
    grouped: dict[int, list[_Point]] = {}
    for point in _points(joined.plain):
        index = joined.index(point.start)
        base = joined.starts[index]
        grouped.setdefault(index, []).append(replace(point, start=point.start - base, end=point.end - base))
    found: list[_Found] = []
    for index, points in grouped.items():
        paragraph = paragraphs[index]
        found.extend(
            item
            for item in _roles(index, paragraph.passage.text, points, paragraph, outline)
            if item.role != "other" or item.point.blurred != "masked"
        )
    return tuple(_dates(_once(found), paragraphs))


# --- reading ----------------------------------------------------------------------------------------------


@cache
def _words() -> dict[str, Any]:
    return lexicon("dates")


@cache
def _parser() -> Parser:
    return parser("date", _terminals)


def _terminals() -> Terminals:
    words = _words()
    return {
        "PART.4": list(words["parts"]),
        "PRESENT.6": [*words["present"], *words["previous"]],
        "RELATIVE.6": [*words["vague"], *words["as_of_now"]],
    }


@kept_pattern
def _relative() -> re.Pattern[str]:
    words = _words()
    every = (*words["present"], *words["previous"], *words["vague"], *words["as_of_now"])
    return re.compile(f"(?:{pattern(every).pattern})[{_NUMERAL}月日号 ]*")


@kept_pattern
def _compared() -> re.Pattern[str]:
    return re.compile(f".?(?:{pattern(_words()['compared']).pattern})$")


def _points(plain: str) -> Iterator[_Point]:
    """The dates of a text with half-width digits, by offset."""
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
            yield replace(point, start=point.start + start, end=point.end + start)


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


@lru_cache(maxsize=4096)
def _read(stretch: str) -> tuple[_Point, ...]:
    """The dates that a candidate holds."""
    points: list[_Point] = []
    for node in _parser().parse(stretch).children:
        kind = getattr(node, "data", None)
        if kind == "range":
            first, last = node.children[0], node.children[1].children
            begin = replace(_point(first.children), side="start")
            tail = last[0].children if hasattr(last[0], "children") else last
            end = replace(_point(tail), side="end")
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
            points.append(_Point(start, start + len(token.rstrip()), blurred=kind, fault=_FAULTS[kind]))
        elif kind == "vague":
            token = node.children[0]
            points.append(_Point(token.start_pos, token.end_pos, base=str(token), vague=True))
    return tuple(point for point in points if _wanted(point, stretch))


_FAULTS = {"damaged": "mutilated", "masked": ""}


def _wanted(point: _Point, stretch: str) -> bool:
    """Whether it is a date at all: a month alone needs digits and must exist; 当年 alone is none."""
    if point.blurred:
        return True
    if point.vague:
        return point.base not in _words()["previous"] and point.base not in _words()["with_month"]
    if point.year is None and point.day is None and not point.fault and not point.base and not point.side:
        return stretch[point.start] in "0123456789" and 1 <= (point.month or 0) <= 12
    return True


def _point(tokens: Sequence[Any]) -> _Point:
    """The date that a few tokens spell."""
    point = _Point(tokens[0].start_pos, tokens[-1].end_pos)
    for token in tokens:
        value = str(token)
        if token.type == "YEAR":
            point = replace(point, year=_integer(value.rstrip("年 ")))
        elif token.type == "MONTH":
            point = replace(point, month=_integer(value.rstrip("份月 ")))
        elif token.type == "DAY":
            point = replace(point, day=_integer(value.rstrip("日号 ")))
        elif token.type == "PART":
            point = replace(point, part=value)
        elif token.type == "PRESENT":
            point = replace(point, base=value)
        elif token.type == "ISO":
            year, month, day = (int(number) for number in re.split(r"[-./]", value.replace(" ", "")))
            point = replace(point, year=year, month=month, day=day)
    return replace(point, fault="" if _possible(point) else "impossible")


def _integer(text: str) -> int:
    return int(read_number(text) or 0)


def _possible(point: _Point) -> bool:
    month, day = point.month, point.day
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None:
        return True
    return 1 <= day <= (monthrange(point.year or 2024, month)[1] if month else 31)


# --- roles -------------------------------------------------------------------------------------------------


def _roles(
    index: int, text: str, points: list[_Point], paragraph: Paragraph, outline: Outline
) -> Iterator[_Found]:
    where = place_of(index, paragraph, outline)
    near = where in ("lead", "title", "signature") or paragraph.role in ("date", "furniture")
    for number, point in enumerate(points):
        following = points[number + 1] if number + 1 < len(points) else None
        before, after = _around(text, point, following)
        scope = "other" if inside_document(text, point.start) or _says("other", before + after) else "report"
        role = "other"
        if where == "signature" or (paragraph.role == "date" and "年" in text):
            role = "signed"
        elif paragraph.role == "date":
            role = "published"
        elif paragraph.role == "furniture":
            role = "signed" if _says("signed", before) else "published"
        elif scope == "report":
            role = _role(text, point, points, number, before, after)
            early = where == "lead" or paragraph.section in ("", "organization")
            if role in ROLES[:3] and not early:
                role = "other"
            if role == "as-of" and paragraph.role == "heading":
                role, scope = "other", "other"
        if role == "as-of" and point.vague is False and point.side == "start":
            role = "other"
        yield _Found(point, index, role, scope, near)


def _around(text: str, point: _Point, following: _Point | None) -> tuple[str, str]:
    """The words of the sentence before the date and those after it up to the next date."""
    left, right = sentence_bounds(text, point.start, point.end)
    if following is not None and following.start < right:
        right = max(following.start, point.end)
    return text[left : point.start], text[point.end : right]


def _says(name: str, text: str) -> bool:
    return pattern(_words()[name]).search(text) is not None


def _role(text: str, point: _Point, points: list[_Point], number: int, before: str, after: str) -> str:
    if point.vague and point.base in _words()["as_of_now"]:
        return "as-of"
    if before.rstrip().endswith(tuple(_words()["as_of"])) or before.strip() in _words()["as_of_first"]:
        return "as-of"
    if point.vague:
        return "other"
    if point.side == "start":
        last = points[number + 1]
        _, after_end = _around(text, last, points[number + 2] if number + 2 < len(points) else None)
        return "inspection-start" if _tells_period(before, after_end) else "other"
    if point.side == "end":
        left, _ = sentence_bounds(text, point.start, point.end)
        lead_in = text[left : points[number - 1].start]
        return "inspection-end" if _tells_period(lead_in, after) else "other"
    after = rest_of_bracket(text, point.start, point.end) or after
    if _tells_feedback(before, "，".join(_COMMA.split(after)[:3])):
        return "feedback"
    if point.blurred and _tells_period(before, after):
        return "inspection-start"
    return "inspection-start" if point.month and _begun().search(after) else "other"


@kept_pattern
def _begun() -> re.Pattern[str]:
    """The words that begin an inspection on a day: 进驻, or 开展 … 巡察 as the aim of the clause."""
    words = _words()
    acts, begun, entering = (pattern(words[key]).pattern for key in ("inspection", "begun", "entering"))
    barred = pattern((*words["not_inspection"], *words["not_begun"])).pattern
    return re.compile(
        f"^[^，,]*(?:[，,][^，,]*)?(?:{entering}|(?:{begun})[^，,]{{0,12}}?(?:{acts})(?!{barred}))"
    )


def _tells_period(before: str, after: str) -> bool:
    words = _words()
    told = _holds(after, words["inspection"], (), words["not_inspection"])
    return told or _says("period_label", before[-12:])


def _tells_feedback(before: str, after: str) -> bool:
    return _holds(after, _words()["feedback"], _words()["feedback_received"], _words()["not_feedback"])


def _holds(text: str, cues: Sequence[str], barred_before: Sequence[str], barred_after: Sequence[str]) -> bool:
    """Whether one of ``cues`` stands in ``text`` with none of the barred words around it."""
    for match in pattern(cues).finditer(text):
        if barred_before and pattern(barred_before).search(text, 0, match.start()):
            return False
        if not text.startswith(tuple(barred_after), match.end()):
            return True
    return False


def _once(found: list[_Found]) -> list[_Found]:
    """Of the inspection's own dates, those that a later paragraph tells again in other words are dropped; those of
    a second inspection told of are another's."""
    first: dict[str, int] = {}
    begun: set[tuple[int | None, int | None, int | None]] = set()
    result = []
    for item in found:
        if item.role in ROLES[:3]:
            home = first.setdefault("feedback" if item.role == "feedback" else "period", item.paragraph)
            if item.role == "inspection-start":
                begun.add((item.point.year, item.point.month, item.point.day))
            if item.paragraph != home and not item.near:
                item = replace(item, role="other")
            elif len(begun) > 1:
                item = replace(item, scope="other")
        result.append(item)
    return result


# --- values ------------------------------------------------------------------------------------------------


def _dates(found: list[_Found], paragraphs: Sequence[Paragraph]) -> Iterator[Date]:
    """Give every point its year and its bounds.

    A month and a day far from any year take the last year said; the text fixes it only if feedback, state and
    signature are of one year.
    """
    signed = next((item.point.year for item in found if item.role == "signed" and item.point.year), None)
    last = next((item.point for item in reversed(found) if item.role == "signed"), _Point(0, 0))
    known: list[tuple[_Point, bool, bool]] = []
    year, month, paragraph, fixed = None, None, -1, False
    for number, item in enumerate(found):
        following = found[number + 1].point if item.point.side == "start" else None
        point = _with_year(item, following, year, month, signed)
        if item.point.year is None and item.role in ROLES and _later(point, last):
            point = replace(point, year=year)
        near = item.near or item.paragraph == paragraph
        certain = item.point.year is not None or bool(point.base) or item.point.blurred == "masked"
        inherited = point.year is not None and not certain and (fixed or following is not None)
        certain = point.year is not None if point.base else certain
        known.append((point, certain or (inherited and near), inherited))
        if item.role in ("published", "signed"):
            year, month = (point.year or year), None
        elif point.year is not None and item.scope == "report":
            if item.role != "other" or item.paragraph == paragraph or year is None or item.near:
                year, month = point.year, None if point.fault else point.month
            paragraph, fixed = item.paragraph, fixed or certain or (inherited and near)
    years = {
        point.year
        for (point, _, _), item in zip(known, found, strict=True)
        if point.year and item.role in ("feedback", "as-of", "signed")
    }
    for (point, certain, inherited), item in zip(known, found, strict=True):
        yield _date(point, item, certain or (inherited and len(years) == 1), paragraphs[item.paragraph])


def _later(point: _Point, signed: _Point) -> bool:
    """Whether a date lies after the signing, as no date told of does."""
    return (point.year or 0, point.month or 0) > (signed.year or 9999, signed.month or 0)


def _with_year(
    item: _Found, following: _Point | None, year: int | None, month: int | None, signed: int | None
) -> _Point:
    """The point with the year that it takes from the dates around it, if any.

    ``following`` is the end of the period that it begins; ``year`` and ``month`` are those said last.
    """
    point, words = item.point, _words()
    if point.year is not None or point.blurred:
        return point
    if point.base:
        base, shift = (
            (year, words["previous"]) if point.base in words["previous"] else (signed, words["present"])
        )
        known = base is not None and not point.vague
        return replace(point, year=(base or 0) + int(shift[point.base])) if known else point
    if point.month is None:
        return point
    if following is not None and following.year and following.month:
        return replace(point, year=following.year - (point.month > following.month))
    if year is None:
        return point
    rolls = month is not None and point.month < month and (point.side == "end" or item.role in ROLES)
    return replace(point, year=year + rolls)


def _date(point: _Point, item: _Found, given: bool, paragraph: Paragraph) -> Date:
    if not point.fault and not _possible(point):
        point = replace(point, fault="impossible")
    value, earliest, latest = ("", "", "") if point.fault or point.year is None else _bounds(point)
    return Date(
        span=paragraph.passage.span(point.start, point.end),
        text=paragraph.passage.text[point.start : point.end],
        role=item.role,
        value=value,
        earliest=earliest,
        latest=latest,
        fault=point.fault,
        relative=point.vague or point.base in _words()["present"],
        rank=ROLES.index(item.role) if item.role in ROLES else -1,
        year_given=given,
        scope=item.scope,
    )


def _bounds(point: _Point) -> tuple[str, str, str]:
    """The value as precise as printed, the first and the last day it can mean."""
    year, month, day = point.year or 0, point.month, point.day
    first, last = ("1", "0") if not point.part else _words()["parts"][point.part]
    if month is None:
        from_month, to_month = map(int, _words()["months"].get(point.part, ("1", "12")))
        return f"{year:04}", f"{year:04}-{from_month:02}-01", f"{year:04}-{to_month:02}-31"
    if day is None:
        end = int(last) or monthrange(year, month)[1]
        stem = f"{year:04}-{month:02}"
        return stem, f"{stem}-{int(first):02}", f"{stem}-{end:02}"
    value = f"{year:04}-{month:02}-{day:02}"
    return value, value, value
