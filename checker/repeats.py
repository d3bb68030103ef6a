"""Figures that a report states more than once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.document import Repeat, Tally
from checker.entries import COUNTED, Entry


def find_repeats(entries: Sequence[Entry], tallies: Iterable[Tally]) -> tuple[Repeat, ...]:
    """Each later statement of a figure that the report has stated before, equal in all but perhaps the value."""
    crowded = _crowded(entries)
    wholes = {
        part.span: tally.total.value
        for tally in tallies
        if tally.total is not None
        for part in (*tally.parts, *([tally.remainder] if tally.remainder is not None else []))
    }
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
            and (entry.tied or entry.role != "whole")
            and claim.noun not in crowded
        )
        if not comparable:
            continue
        key = (claim.noun, claim.state, claim.key, claim.word if claim.noun in ("task", "rule") else "")
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


def _crowded(entries: Sequence[Entry]) -> set[str]:
    """Nouns of which one sentence states several totals: those are independent and none repeats another."""
    seen: dict[tuple[int, int, str], set[float | None]] = {}
    for entry in entries:
        if entry.role == "whole" and entry.claim.scope == "report":
            place = (entry.claim.paragraph, entry.sentence, entry.claim.noun)
            seen.setdefault(place, set()).add(entry.claim.value)
    return {noun for (_, _, noun), values in seen.items() if len(values) > 1}
