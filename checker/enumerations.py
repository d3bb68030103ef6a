"""Stated counts beside the things they count: “A、B、C等三项”, “以下五个方面：一是…”."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from checker import resources
from checker.document import Claim, Enumeration, Paragraph, RunInSeries, Stretch
from checker.phrase_nodes import Group, Quantity
from checker.phrases import read_phrases
from checker.source import Passage, in_text

_AHEAD = 16
_REACH = 200
_FAR = 2_000
"""So many characters before its count a list may begin."""


@cache
def _words() -> dict[str, Any]:
    return resources.lexicon("enumerations")


def find_enumerations(
    paragraphs: Sequence[Paragraph], series: Sequence[RunInSeries]
) -> tuple[Enumeration, ...]:
    """The lists of the paragraphs that state their own count. One that ends in 等 may name fewer things than
    it counts; one that is announced (以下) names them all."""
    found: list[Enumeration] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.role in ("body", "lead", "status"):
            found.extend(_named(index, paragraph.passage))
            found.extend(_announced(index, paragraph.passage, series))
    return tuple(sorted(found, key=in_text))


def _named(index: int, passage: Passage) -> Iterator[Enumeration]:
    text = passage.text
    for word in _words()["closing"]:
        place = text.find(word)
        while place >= 0:
            quantity = _quantity(text, place + len(word), 0)
            items = list(_items(text, place)) if quantity is not None else []
            if quantity is not None and len(items) > 1:
                shift = place + len(word)
                yield _enumeration(index, passage, items[0][0], quantity, shift, items, closed=False)
            place = text.find(word, place + 1)


def _announced(index: int, passage: Passage, series: Sequence[RunInSeries]) -> Iterator[Enumeration]:
    text = passage.text
    for word in _words()["announcing"]:
        place = text.find(word)
        while place >= 0:
            shift = place + len(word)
            quantity = _quantity(text, shift, 3) if _announces(text, place, shift) else None
            if quantity is not None:
                here = passage.offset(place)
                after = bisect_right(series, here, key=lambda one: one.span.start)
                near = after < len(series) and series[after].span.start - here < _REACH
                points = series[after] if near else None
                if points is not None and points.kind == "ok" and len(points.items) > 1:
                    claim = _claim(index, passage, quantity, shift)
                    stretches = tuple(Stretch(item.span, item.label) for item in points.items)
                    yield Enumeration(claim.span, claim.text, claim, stretches, len(stretches), True)
            place = text.find(word, place + 1)


def _announces(text: str, start: int, end: int) -> bool:
    """Whether 以下 tells what follows, not a limit (“中”及以下的9个项目, 60分以下)."""
    bounded = text[max(0, start - 1) : start] in _words()["bounded_before"] if start else False
    return not bounded and text[end : end + 1] not in _words()["bounded_after"]


def _quantity(text: str, start: int, slack: int) -> Quantity | None:
    """The count that stands at ``start``, at most ``slack`` characters later."""
    for phrase in read_phrases(text[start : start + _AHEAD]):
        if isinstance(phrase, Group):
            quantity = phrase.subject
            near = quantity is not None and quantity.start <= slack
            counts = quantity is not None and quantity.unit_kind in ("count", "other", "")
            return quantity if near and counts else None
    return None


def _items(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The things named before ``end``, back to where their list may begin."""
    words = _words()
    depth = 0
    last = end
    pieces = []
    far = max(0, end - _FAR)
    for place in range(end - 1, far - 1, -1):
        character = text[place]
        if character in words["ending"]:
            depth += 1
        elif character in words["opening"]:
            depth -= 1
            if depth < 0:
                break
            if depth == 0 and text[place - 1 : place] in ("》", "”") and place:
                pieces.append((place, last))
                last = place
        elif depth == 0 and character == words["separator"]:
            pieces.append((place + 1, last))
            last = place
        elif depth == 0 and character in words["borders"]:
            pieces.append((place + 1, last))
            break
    else:
        pieces.append((far, last))
    yield from ((low, high) for low, high in reversed(pieces) if text[low:high].strip())


def _enumeration(
    index: int,
    passage: Passage,
    start: int,
    quantity: Quantity,
    shift: int,
    items: Sequence[tuple[int, int]],
    closed: bool,
) -> Enumeration:
    claim = _claim(index, passage, quantity, shift)
    stretches = tuple(Stretch(passage.span(low, high), passage.text[low:high]) for low, high in items)
    end = shift + quantity.end
    return Enumeration(
        passage.span(start, end), passage.text[start:end], claim, stretches, len(stretches), closed
    )


def _claim(index: int, passage: Passage, quantity: Quantity, shift: int) -> Claim:
    start, end = shift + quantity.start, shift + quantity.end
    return Claim(
        span=passage.span(start, end),
        text=passage.text[start:end],
        noun=quantity.noun or "other",
        state="total",
        value=quantity.value,
        unit=quantity.unit,
        approximate=quantity.approximate,
        all=False,
        scope="other",
        masked=quantity.masked,
        numerals=quantity.numerals,
        figure=passage.span(shift + quantity.figure_start, shift + quantity.figure_end),
        key="",
        paragraph=index,
        decimals=quantity.decimals,
        word=quantity.word,
    )
