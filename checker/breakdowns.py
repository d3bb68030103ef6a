"""Figures of daily work and of persons with those after 其中 (排查企业38家，其中关停21家、升级17家), of letters and of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from checker.document import Tally
from checker.entries import Entry
from checker.figure_words import around, groups
from checker.regexes import late
from checker.source import Source, Span

_MARKS = "、，,：:（() "
_LOOSE_NOUNS = ("other", "person", "money")
_EDGE = late("[，。；：,;:（(]")
_OPENS = ("（", "(")
_LIST = "、"
_CLAUSE = 20
_MOST = 100
"""So many figures before one are looked at for another of its unit."""


def find_breakdowns(source: Source, entries: Sequence[Entry]) -> Iterator[Tally]:
    """The wholes that a figure after 其中 exceeds, or that classes which cannot overlap exceed together; letters of
    which more are settled than came in; and sums of rules."""
    for index, entry in enumerate(entries):
        if entry.claim.noun == "rule" and _clause(source, entry) in _sums():
            yield from _made(source, entries, index)
        if entry.role == "stray" and entry.claim.unit in around("case-units"):
            yield from _settled(source, entries, index)
        money = entry.claim.noun == "money" and entry.role == "whole"
        if index + 1 == len(entries) or not (money or entry.role == "stray"):
            continue
        if not _is_whole(source, entries, index):
            continue
        parts = list(_parts(source, entries, index))
        whole = entry.claim.value or 0
        values = [part.claim.value or 0 for part in parts]
        firm = entry.claim.unit in around("firm-units")
        more = [part for part in _enumerated(source, parts) if (part.claim.value or 0) > whole]
        if more and (firm or money):
            yield _tally(source, entry, more[:1], exhaustive=False)
        elif values and max(values) <= whole < sum(values) and _exclude(source, entry, parts):
            yield _tally(source, entry, parts, exhaustive=True)


def _settled(source: Source, entries: Sequence[Entry], index: int) -> Iterator[Tally]:
    """Letters that came in, and right after them more that are settled: 受理信访件28件，办结29件."""
    entry, *after = entries[index : index + 3]
    if not after or after[0].claim.state != "done" or not _like(after[0], entry):
        return
    others = (*after[1:], *entries[max(0, index - 1) : index])
    if any(_like(other, entry) for other in others) or source.text.startswith(
        _OPENS, after[0].claim.span.end
    ):
        return
    between = source.text[entry.claim.span.end : after[0].claim.span.start].strip(_filling())
    exact = _is_exact(source, entry) and _is_exact(source, after[0])
    came_in = any(word in _clause(source, entry) for word in around("received"))
    more = (after[0].claim.value or 0) > (entry.claim.value or 0)
    if exact and came_in and more and between in ("", *around("so-far")):
        yield _tally(source, entry, after[:1], exhaustive=False, kind="states")


def _clause(source: Source, entry: Entry) -> str:
    """What stands before a figure in its clause."""
    return _EDGE.split(source.text[max(0, entry.claim.span.start - _CLAUSE) : entry.claim.span.start])[-1]


@cache
def _sums() -> frozenset[str]:
    """Words for all that was made: 共建立."""
    return frozenset(map("".join, product(around("sums"), around("making"))))


def _made(source: Source, entries: Sequence[Entry], index: int) -> Iterator[Tally]:
    """A sum of rules, where what stands before it tells how they were made: 新建7项、修订12项，共建立制度19项."""
    entry = entries[index]
    parts: list[Entry] = []
    for part in reversed(entries[max(0, index - _MOST) : index]):
        here = (part.claim.paragraph, part.sentence) == (entry.claim.paragraph, entry.sentence)
        if not here or part.claim.unit != entry.claim.unit:
            break
        before = source.text[max(0, part.claim.span.start - _CLAUSE) : part.claim.span.start]
        if not before.endswith(around("making")) or not _is_exact(source, part):
            return
        parts.insert(0, part)
    if len(parts) > 1 and _is_exact(source, entry):
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


def _enumerated(source: Source, parts: Sequence[Entry]) -> Iterator[Entry]:
    """The first part and those that 、 joins to it."""
    for index, part in enumerate(parts):
        before = parts[index - 1].claim.span.end if index else part.claim.span.start
        if index and not source.text.startswith(_LIST, before):
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


def _tally(
    source: Source, whole: Entry, parts: Sequence[Entry], *, exhaustive: bool, kind: str = "breakdown"
) -> Tally:
    claims = [entry.claim for entry in (whole, *parts)]
    span = Span(min(claim.span.start for claim in claims), max(claim.span.end for claim in claims))
    added = sum(part.claim.value or 0 for part in parts)
    return Tally(
        span=span,
        text=source.slice(span),
        kind=kind,
        noun=whole.claim.noun,
        total=whole.claim,
        parts=tuple(part.claim for part in parts),
        subsets=(),
        remainder=None,
        exhaustive=exhaustive,
        scope="other",
        sum=added,
        rest=None,
        suspect=whole.claim if exhaustive and added != whole.claim.value else None,
    )
