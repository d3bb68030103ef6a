"""Figures of daily work and of persons with those after 其中: 排查企业38家，其中关停21家、升级17家."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from checker.document import Tally
from checker.entries import Entry
from checker.figure_words import around, groups
from checker.source import Source, Span

_MARKS = "、，,：:（() "
_LOOSE_NOUNS = ("other", "person", "money")
_MOST = 100
"""So many figures before one are looked at for another of its unit."""


def find_breakdowns(source: Source, entries: Sequence[Entry]) -> Iterator[Tally]:
    """The wholes that a figure after 其中 exceeds, or that classes which cannot overlap exceed together."""
    for index, entry in enumerate(entries):
        money = entry.claim.noun == "money" and entry.role == "whole"
        if index + 1 == len(entries) or not (money or entry.role == "stray"):
            continue
        if not _is_whole(source, entries, index):
            continue
        parts = list(_parts(source, entries, index))
        whole = entry.claim.value or 0
        values = [part.claim.value or 0 for part in parts]
        firm = entry.claim.unit in around("firm-units")
        if values and values[0] > whole and (firm or money):
            yield _tally(source, entry, parts[:1], exhaustive=False)
        elif values and max(values) <= whole < sum(values) and _exclude(source, entry, parts):
            yield _tally(source, entry, parts, exhaustive=True)


def _is_whole(source: Source, entries: Sequence[Entry], index: int) -> bool:
    """Whether a figure is exact, the only one of its unit before 其中 in its sentence, and right before it."""
    entry, after = entries[index], entries[index + 1]
    if after.role != "subset" or not _like(after, entry) or not _is_exact(source, entry):
        return False
    between = source.text[entry.claim.span.end : after.claim.span.start]
    if not between.lstrip(_filling()).startswith(around("of-which")):
        return False
    for before in reversed(entries[max(0, index - _MOST) : index]):
        if (before.claim.paragraph, before.sentence) != (entry.claim.paragraph, entry.sentence):
            return True
        if _like(before, entry):
            return False
    return index <= _MOST


def _parts(source: Source, entries: Sequence[Entry], index: int) -> Iterator[Entry]:
    for part in entries[index + 1 :]:
        if part.role not in ("subset", "stray") or not _like(part, entries[index]):
            return
        if not _is_exact(source, part):
            return
        yield part


def _like(one: Entry, other: Entry) -> bool:
    """Whether two figures of one sentence count in the same unit."""
    same = (one.claim.paragraph, one.sentence) == (other.claim.paragraph, other.sentence)
    return same and one.claim.unit == other.claim.unit and one.claim.noun in _LOOSE_NOUNS


def _is_exact(source: Source, entry: Entry) -> bool:
    """Whether a figure has a value and a unit that is whole (家, but not 家次), and no others share it."""
    claim = entry.claim
    more = source.text.startswith(around("times"), claim.span.end)
    return bool(claim.value) and bool(claim.unit) and not claim.approximate and not more and not entry.overlap


def _exclude(source: Source, whole: Entry, parts: Sequence[Entry]) -> bool:
    """Whether the words before the figures are fates or ranks, of which each thing or person has one."""
    labels = []
    start = whole.claim.span.end
    for part in parts:
        between = source.text[start : part.claim.span.start]
        labels.append(_without(_without(between, around("of-which")), around("done-before")))
        start = part.claim.span.end
    return any(
        len({word for word in kind for label in labels if label.startswith(word)}) >= len(labels) > 1
        and all(any(label.startswith(word) for word in kind) for label in labels)
        for kind in groups("exclusive")
    )


def _without(text: str, words: Sequence[str]) -> str:
    """``text`` without one of the words at its beginning, and without what joins it to what stood before."""
    text = text.lstrip(_filling())
    return text[next((len(word) for word in words if text.startswith(word)), 0) :].lstrip(_filling())


@cache
def _filling() -> str:
    """The characters that may stand between a figure and the words after it."""
    return _MARKS + "".join(word for word in around("and") if len(word) == 1)


def _tally(source: Source, whole: Entry, parts: Sequence[Entry], *, exhaustive: bool) -> Tally:
    span = Span(whole.claim.span.start, parts[-1].claim.span.end)
    return Tally(
        span=span,
        text=source.slice(span),
        kind="breakdown",
        noun=whole.claim.noun,
        total=whole.claim,
        parts=tuple(part.claim for part in parts),
        subsets=(),
        remainder=None,
        exhaustive=exhaustive,
        scope="other",
        sum=sum(part.claim.value or 0 for part in parts),
        rest=None,
        suspect=whole.claim if exhaustive else None,
    )
