"""Stated rates and shares beside the counts that they should be the ratio of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from checker.document import Claim, Rate, Tally
from checker.entries import Entry
from checker.tallies import family

_PLAY = 1e-6


def find_rates(entries: Sequence[Entry], tallies: Sequence[Tally]) -> tuple[Rate, ...]:
    """Each stated rate beside the counts that it should be the ratio of."""
    pairs = [
        (tally, tally.total, part, [other for other in tally.parts if other.state == "partial"])
        for tally in tallies
        if tally.kind == "states" and tally.total is not None and tally.total.value
        for part in tally.parts
        if part.state == "done" and part.value is not None
    ]
    finished = [entry.claim for entry in entries if entry.role == "all" and entry.claim.state == "done"]
    rates: list[Rate] = []
    for entry in entries:
        claim = entry.claim
        if entry.role != "rate" or claim.value is None:
            continue
        if entry.share:
            rates += _share(entry, entries, tallies)
            continue
        near = [
            pair
            for pair in pairs
            if family(pair[0].noun) == family(claim.noun) and pair[0].scope == claim.scope
        ]
        near = [pair for pair in near if pair[1].paragraph == claim.paragraph] or near
        told = _told(entries, entry)
        if told is not None:
            near = [pair for pair in near if pair[2].span == told.claim.span]
        bounds = [(_bounds(entry, pair[1], pair[2], pair[3]), pair) for pair in near]
        fitting = [bound for bound in bounds if bound[0][0] <= claim.value <= bound[0][1]]
        chosen = next(iter(fitting or bounds), None)
        if chosen is None and any(
            done.scope == claim.scope and family(done.noun) == family(claim.noun) for done in finished
        ):
            done = next(done for done in finished if family(done.noun) == family(claim.noun))
            rates.append(Rate(claim.span, claim.text, claim, done, done, 100, 100))
        elif chosen is None:
            rates.append(Rate(claim.span, claim.text, claim, None, None, None, None))
        else:
            (low, high), pair = chosen
            rates.append(Rate(claim.span, claim.text, claim, pair[1], pair[2], low, high))
    return tuple(rates)


def _told(entries: Sequence[Entry], rate: Entry) -> Entry | None:
    """What is done of the same, as the sentence of a rate says right before it."""
    for entry in reversed(entries[: rate.number]):
        if (entry.claim.paragraph, entry.sentence) != (rate.claim.paragraph, rate.sentence):
            return None
        if entry.claim.state == "done" and entry.claim.value is not None:
            return entry if family(entry.claim.noun) == family(rate.claim.noun) else None
    return None


def _share(entry: Entry, entries: Sequence[Entry], tallies: Iterable[Tally]) -> Iterable[Rate]:
    """A share (占…%) beside the part that stands right before it, where no other share of the sentence does."""
    claim = entry.claim
    others = [other for other in entries if other.share and other.claim.paragraph == claim.paragraph]
    since = max((other.claim.span.end for other in others if other.claim.span < claim.span), default=0)
    alone = not any(other.sentence == entry.sentence and other.claim.span > claim.span for other in others)
    pairs = [
        (tally.total, part)
        for tally in tallies
        if tally.kind == "states" and tally.total is not None and tally.total.value
        for part in (*tally.parts, *tally.subsets, *([tally.remainder] if tally.remainder else []))
        if part.paragraph == claim.paragraph and since <= part.span.start < claim.span.start
    ]
    if pairs and (alone or len(pairs) == 1):
        whole, part = max(pairs, key=lambda pair: pair[1].span)
        if part.value is not None and whole.scope == claim.scope and _near(entries, part, entry):
            low, high = _bounds(entry, whole, part, ())
            yield Rate(claim.span, claim.text, claim, whole, part, low, high)


def _near(entries: Sequence[Entry], part: Claim, share: Entry) -> bool:
    """Whether the part stands in the sentence of the share."""
    return any(entry.claim.span == part.span and entry.sentence == share.sentence for entry in entries)


def _bounds(entry: Entry, whole: Claim, part: Claim, partial: Sequence[Claim]) -> tuple[float, float]:
    """What the rate may be: the ratio rounded or cut at the printed decimals, one unit of the last digit
    either way; with all that is partly done counted or none; words such as 近 and 成 with their usual play."""
    total = float(whole.value or 1)
    done = float(part.value or 0)
    ratios = [100 * done / total, 100 * (done + sum(float(claim.value or 0) for claim in partial)) / total]
    if not entry.approximation:
        ratios = [min(ratios, key=lambda ratio: abs(ratio - float(entry.claim.value or 0)))]
    step = 10.0**-entry.claim.decimals
    if entry.claim.unit == "成":
        step = 5.0
    low = math.floor(min(ratios) / step) * step if step <= 1 else min(ratios) - step
    high = math.ceil(max(ratios) / step) * step if step <= 1 else max(ratios) + step
    low, high = low - _PLAY, high + _PLAY
    match entry.approximation:
        case "近" | "将近" | "接近":
            return low, max(ratios) + 6
        case "超" | "超过" | "逾" | "至少" | "不少于":
            return min(ratios) - 10, high
        case "":
            return low, high
        case _:
            return low - 3, high + 3
