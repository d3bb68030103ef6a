"""Figures that a report states more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from checker.document import Repeat, Tally
from checker.entries import COUNTED, GRAINS, Entry

_LEAST, _MOST = 0.9, 1.3  # fewer may be what is done of them
_OPEN = ("partial", "ongoing", "pending")
_LEFT = ("remainder", "subset")


def find_repeats(entries: Sequence[Entry], tallies: Iterable[Tally]) -> tuple[Repeat, ...]:
    """Each later statement of a figure that the report has stated before, equal in all but perhaps the value."""
    crowded = _crowded(entries)
    wholes = {
        part.span: tally.total.value
        for tally in tallies
        if tally.total is not None
        for part in (*tally.parts, *([tally.remainder] if tally.remainder is not None else []))
    }
    others = _Told(entries)
    first: dict[tuple[str, str, str, str], Entry] = {}
    repeats = []
    for entry in entries:
        claim = entry.claim
        comparable = (
            claim.scope == "report"
            and claim.noun in COUNTED
            and claim.value is not None
            and not claim.approximate
            and entry.role in ("whole", "part", "remainder")
            and (entry.tied or entry.leads or entry.role != "whole")
            and claim.noun not in crowded
        )
        if not comparable:
            continue
        key = (claim.noun, claim.state, claim.key, claim.word if claim.noun in ("task", "rule") else "")
        unsure = entry.role == "whole" and not entry.tied
        if unsure and (key not in first or not others.is_meant(first[key], entry)):
            continue
        before = first.setdefault(key, entry)
        told = before.claim
        if before is entry or wholes.get(claim.span) != wholes.get(told.span):
            continue
        later = told.paragraph == claim.paragraph and claim.state == "done"
        if later and (claim.value or 0) > (told.value or 0):
            continue
        if before.role != entry.role and claim.value != told.value:
            continue  # what is left may hold more than one of the parts
        if told.paragraph != claim.paragraph or entry.sentence:
            repeats.append(Repeat(claim.span, claim.text, told, claim))
    return tuple(repeats)


class _Told:
    """What else the figures of a report tell: totals, how often, and what is left."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._wholes: Counter[tuple[str, float | None]] = Counter()
        self._left: set[tuple[str, float | None]] = set()
        for entry in entries:
            claim = entry.claim
            if entry.role == "subset" or (entry.role == "whole" and claim.noun in COUNTED):
                self._wholes[_kind(claim.noun), claim.value] += 1
            counted = claim.noun in COUNTED and not claim.masked
            if counted and (entry.role in _LEFT or claim.state in _OPEN):
                self._left.add((_kind(claim.noun), claim.value))

    def is_meant(self, first: Entry, again: Entry) -> bool:
        """Whether a total that only its place ties to the inspection is the one before it, perhaps miswritten: one
        digit apart (24 for 23, 112 for 102), and told by no other figure of the report."""
        told, said = first.claim.value, again.claim.value
        if told is None or said is None or told == said:
            return told == said
        if not _LEAST * told <= said <= _MOST * told or not _is_slip(told, said):
            return False
        kind = _kind(again.claim.noun)
        return self._wholes[kind, said] == 1 and not self._left & {(kind, told - said), (kind, None)}


def _kind(noun: str) -> str:
    """Which figures a figure may be what is left of: those of problems, or those of measures."""
    return "problem" if noun in GRAINS else "measure"


def _is_slip(told: float, said: float) -> bool:
    one, other = f"{told:g}", f"{said:g}"
    if len(one) != len(other) or sorted(one) == sorted(other):
        return abs(told - said) == 1 or sorted(one) == sorted(other)
    return abs(told - said) == 1 or sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _crowded(entries: Sequence[Entry]) -> set[str]:
    """Nouns of which one sentence states several totals: those are independent and none repeats another."""
    seen: dict[tuple[int, int, str], set[float | None]] = {}
    for entry in entries:
        if entry.role == "whole" and entry.claim.scope == "report":
            place = (entry.claim.paragraph, entry.sentence, entry.claim.noun)
            seen.setdefault(place, set()).add(entry.claim.value)
    return {noun for (_, _, noun), values in seen.items() if len(values) > 1}
