"""Dates in a report: full, elided, relative, impossible and mutilated ones, and what they are dates of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.date_points import Point, date_words, dates_in, days_of, moved, possible
from checker.document import Date, Paragraph
from checker.outline import Outline
from checker.records import dataclass, replace
from checker.regexes import kept_pattern, late
from checker.scanning import inside_document, join, pattern, place_of, rest_of_bracket, sentence_bounds

_COMMA = late("[，,]")
ROLES = ("inspection-start", "inspection-end", "feedback", "as-of", "signed", "published")


@dataclass(frozen=True, slots=True)
class _Found:
    """A point, its paragraph and the words around it."""

    point: Point
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
    grouped: dict[int, list[Point]] = {}
    for start, point in dates_in(joined.plain):
        index = joined.index(start + point.start)
        grouped.setdefault(index, []).append(moved(point, start - joined.starts[index]))
    found: list[_Found] = []
    for index, points in grouped.items():
        paragraph = paragraphs[index]
        found.extend(
            item
            for item in _roles(index, paragraph.passage.text, points, paragraph, outline)
            if item.role != "other" or item.point.blurred != "masked"
        )
    return tuple(_dates(_once(found), paragraphs))


# --- roles -------------------------------------------------------------------------------------------------


def _roles(
    index: int, text: str, points: list[Point], paragraph: Paragraph, outline: Outline
) -> Iterator[_Found]:
    where = place_of(index, paragraph, outline)
    near = where in ("lead", "title", "signature") or paragraph.role in ("date", "furniture")
    for number, point in enumerate(points):
        following = points[number + 1] if number + 1 < len(points) else None
        before, after = _around(text, point, following)
        scope = "other" if inside_document(text, point.start) or _says("other", before + after) else "report"
        role = "other"
        if where == "signature" or (
            paragraph.role == "date" and any(unit in text for unit in date_words()["year_units"])
        ):
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


def _around(text: str, point: Point, following: Point | None) -> tuple[str, str]:
    """The words of the sentence before the date and those after it up to the next date."""
    left, right = sentence_bounds(text, point.start, point.end)
    if following is not None and following.start < right:
        right = max(following.start, point.end)
    return text[left : point.start], text[point.end : right]


def _says(name: str, text: str) -> bool:
    return pattern(date_words()[name]).search(text) is not None


def _role(text: str, point: Point, points: list[Point], number: int, before: str, after: str) -> str:
    if point.vague and point.base in date_words()["as_of_now"]:
        return "as-of"
    if (
        before.rstrip().endswith(tuple(date_words()["as_of"]))
        or before.strip() in date_words()["as_of_first"]
    ):
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
    words = date_words()
    acts, begun, entering = (pattern(words[key]).pattern for key in ("inspection", "begun", "entering"))
    barred = pattern((*words["not_inspection"], *words["not_begun"])).pattern
    return re.compile(
        f"^[^，,]*(?:[，,][^，,]*)?(?:{entering}|(?:{begun})[^，,]{{0,12}}?(?:{acts})(?!{barred}))"
    )


def _tells_period(before: str, after: str) -> bool:
    words = date_words()
    told = _holds(after, words["inspection"], (), words["not_inspection"])
    return told or _says("period_label", before[-12:])


def _tells_feedback(before: str, after: str) -> bool:
    return _holds(
        after, date_words()["feedback"], date_words()["feedback_received"], date_words()["not_feedback"]
    )


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
    last = next((item.point for item in reversed(found) if item.role == "signed"), Point(0, 0))
    known: list[tuple[Point, bool, bool]] = []
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


def _later(point: Point, signed: Point) -> bool:
    """Whether a date lies after the signing, as no date told of does."""
    return (point.year or 0, point.month or 0) > (signed.year or 9999, signed.month or 0)


def _with_year(
    item: _Found, following: Point | None, year: int | None, month: int | None, signed: int | None
) -> Point:
    """The point with the year that it takes from the dates around it, if any.

    ``following`` is the end of the period that it begins; ``year`` and ``month`` are those said last.
    """
    point, words = item.point, date_words()
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


def _date(point: Point, item: _Found, given: bool, paragraph: Paragraph) -> Date:
    if not point.fault and not possible(point.year, point.month, point.day):
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
        relative=point.vague or point.base in date_words()["present"],
        rank=ROLES.index(item.role) if item.role in ROLES else -1,
        year_given=given,
        scope=item.scope,
    )


def _bounds(point: Point) -> tuple[str, str, str]:
    """The value as precise as printed, the first and the last day it can mean."""
    year, month, day = point.year or 0, point.month, point.day
    first, last = ("1", "0") if not point.part else date_words()["parts"][point.part]
    if month is None:
        from_month, to_month = map(int, date_words()["months"].get(point.part, ("1", "12")))
        return f"{year:04}", f"{year:04}-{from_month:02}-01", f"{year:04}-{to_month:02}-31"
    if day is None:
        end = int(last) or days_of(year, month)
        stem = f"{year:04}-{month:02}"
        return stem, f"{stem}-{int(first):02}", f"{stem}-{end:02}"
    value = f"{year:04}-{month:02}-{day:02}"
    return value, value, value
