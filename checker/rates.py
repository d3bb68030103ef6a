"""Stated rates and shares beside the counts that they should be the ratio of."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from checker.document import Claim, Rate, Tally
from checker.entries import Entry
from checker.figure_words import around
from checker.records import dataclass
from checker.resources import lexicon
from checker.source import Span
from checker.tallies import family

_PLAY = 1e-6
_MOST = 100
"""So many counts are tried for one rate at most, those that stand nearest."""


def find_rates(entries: Sequence[Entry], tallies: Sequence[Tally]) -> tuple[Rate, ...]:
    """Each stated rate beside the counts that it should be the ratio of."""
    pairs: dict[tuple[str, str], list[_Pair]] = {}
    for tally in tallies:
        if tally.kind != "states" or tally.total is None or not tally.total.value:
            continue
        partial = [part for part in tally.parts if part.state == "partial"]
        for part in tally.parts:
            if part.state == "done" and part.value is not None:
                pairs.setdefault((family(tally.noun), tally.scope), []).append((tally.total, part, partial))
    finished: dict[tuple[str, str], Claim] = {}
    for entry in entries:
        if entry.role == "all" and entry.claim.state == "done":
            finished.setdefault((family(entry.claim.noun), entry.claim.scope), entry.claim)
    beside = _beside_shares(entries, tallies)
    rates: list[Rate] = []
    for entry in entries:
        claim = entry.claim
        if entry.role != "rate" or claim.value is None:
            continue
        if entry.share:
            rates += _share(entry, beside)
            continue
        key = (family(claim.noun), claim.scope)
        near = _nearest(pairs.get(key, []), claim.paragraph)
        told = _told(entries, entry)
        others: Sequence[_Pair] = ()
        if told is not None:
            if family(told.claim.noun) != family(claim.noun):
                others = _nearest(pairs.get((family(told.claim.noun), claim.scope), []), claim.paragraph)
                others = [pair for pair in others if pair[1].span == told.claim.span]
            else:
                near = [pair for pair in near if pair[1].span == told.claim.span]
        bounds = [(_bounds(entry, *pair), pair) for pair in (*near, *others)]
        fitting = [bound for bound in bounds if bound[0][0] <= claim.value <= bound[0][1]]
        chosen = next(iter(fitting or bounds[: len(near)]), None)
        if chosen is None and key in finished:
            done = finished[key]
            rates.append(Rate(claim.span, claim.text, claim, done, done, 100, 100))
        elif chosen is None:
            rates.append(Rate(claim.span, claim.text, claim, None, None, None, None))
        else:
            (low, high), pair = chosen
            rates.append(Rate(claim.span, claim.text, claim, pair[0], pair[1], low, high))
    return tuple(rates)


def _told(entries: Sequence[Entry], rate: Entry) -> Entry | None:
    """What is done, as the sentence of a rate says right before it: of the same, or of what the rate may be of
    all the same (已落实160条，整改率95%)."""
    for number in range(rate.number - 1, max(rate.number - 1 - _MOST, -1), -1):
        entry = entries[number]
        if (entry.claim.paragraph, entry.sentence) != (rate.claim.paragraph, rate.sentence):
            return None
        if entry.claim.state == "done" and entry.claim.value is not None:
            return entry
    return None


_Pair = tuple[Claim, Claim, Sequence[Claim]]
"""A whole, its part that is done, and those that are partly done."""


def _nearest(pairs: Sequence[_Pair], paragraph: int) -> Sequence[_Pair]:
    """Those of a paragraph; where it has none, all, and of very many those that stand nearest."""
    first = bisect_left(pairs, paragraph, key=_paragraph_of)
    here = pairs[first : bisect_right(pairs, paragraph, first, key=_paragraph_of)]
    if here:
        return here[:_MOST]
    start = max(0, min(first - _MOST // 2, len(pairs) - _MOST))
    return pairs[start : start + _MOST]


def _paragraph_of(pair: _Pair) -> int:
    return pair[0].paragraph


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside shares (占…%): by paragraph the places of shares and the parts of wholes, in order; the last
    share of each sentence; the sentences of each place."""

    shares: dict[int, list[Span]]
    parts: dict[int, list[tuple[Claim, Claim]]]
    last: dict[tuple[int, int], Span]
    sentences: dict[Span, set[int]]


def _beside_shares(entries: Sequence[Entry], tallies: Sequence[Tally]) -> _Beside:
    found = _Beside({}, {}, {}, {})
    for entry in entries:
        claim = entry.claim
        found.sentences.setdefault(claim.span, set()).add(entry.sentence)
        if entry.share:
            found.shares.setdefault(claim.paragraph, []).append(claim.span)
            place = (claim.paragraph, entry.sentence)
            found.last[place] = max(found.last.get(place, claim.span), claim.span)
    for tally in tallies:
        if tally.kind != "states" or tally.total is None or not tally.total.value:
            continue
        for part in (*tally.parts, *tally.subsets, *([tally.remainder] if tally.remainder else [])):
            found.parts.setdefault(part.paragraph, []).append((tally.total, part))
    for spans in found.shares.values():
        spans.sort()
    for parts in found.parts.values():
        parts.sort(key=lambda pair: pair[1].span)
    return found


def _share(entry: Entry, beside: _Beside) -> Iterable[Rate]:
    """A share beside the part that stands right before it, where no other share of the sentence does."""
    claim = entry.claim
    spans = beside.shares[claim.paragraph]
    before = bisect_left(spans, claim.span)
    since = spans[before - 1].end if before else 0
    alone = beside.last[claim.paragraph, entry.sentence] <= claim.span
    pairs = beside.parts.get(claim.paragraph, [])
    low = bisect_left(pairs, since, key=lambda pair: pair[1].span.start)
    high = bisect_left(pairs, claim.span.start, low, key=lambda pair: pair[1].span.start)
    if high > low and (alone or high - low == 1):
        whole, part = max(pairs[max(low, high - _MOST) : high], key=lambda pair: pair[1].span)
        near = entry.sentence in beside.sentences.get(part.span, ())
        if part.value is not None and whole.scope == claim.scope and near:
            bounds = _bounds(entry, whole, part, ())
            yield Rate(claim.span, claim.text, claim, whole, part, *bounds)


def _bounds(entry: Entry, whole: Claim, part: Claim, partial: Sequence[Claim]) -> tuple[float, float]:
    """What the rate may be: the ratio rounded or cut at the printed decimals, one unit of the last digit
    either way; with all that is partly done counted or none; words such as 近 and 成 with their usual play."""
    total = float(whole.value or 1)
    done = float(part.value or 0)
    ratios = [100 * done / total, 100 * (done + sum(float(claim.value or 0) for claim in partial)) / total]
    if not entry.approximation:
        ratios = [min(ratios, key=lambda ratio: abs(ratio - float(entry.claim.value or 0)))]
    step = 10.0**-entry.claim.decimals
    if entry.claim.unit in lexicon("figures")["units"]["tenth"]:
        step = 5.0
    low = math.floor(min(ratios) / step) * step if step <= 1 else min(ratios) - step
    high = math.ceil(max(ratios) / step) * step if step <= 1 else max(ratios) + step
    low, high = low - _PLAY, high + _PLAY
    match entry.approximation:
        case "":
            return low, high
        case words if words in around("below"):
            return low, max(ratios) + 6
        case words if words in around("above"):
            return min(ratios) - 10, high
        case _:
            return low - 3, high + 3
