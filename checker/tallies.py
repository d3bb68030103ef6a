"""Claims that belong together: wholes and their parts, grains of one total, rates, repeats."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from checker.document import Claim, Nesting, Rate, Repeat, Tally
from checker.entries import COUNTED, GRAINS, Entry
from checker.records import dataclass, field, replace
from checker.source import Source, Span

_PLAY = 1e-6
_OPEN_STATES = ("ongoing", "pending")


@dataclass(slots=True)
class _Builder:
    kind: str
    noun: str
    total: Entry | None
    parts: list[Entry] = field(default_factory=list)
    subsets: list[Entry] = field(default_factory=list)
    remainder: Entry | None = None
    listed: bool = False
    uncertain: bool = False

    def entries(self) -> list[Entry]:
        ends = [entry for entry in (self.total, self.remainder) if entry is not None]
        return [*ends, *self.parts, *self.subsets]


def find_tallies(source: Source, entries: Sequence[Entry]) -> tuple[Tally, ...]:
    """The wholes with their parts, in the order of the text."""
    builders: list[_Builder] = []
    current: dict[tuple[int, str], _Builder] = {}
    for entry in entries:
        claim = entry.claim
        place = (claim.paragraph, _family(claim.noun))
        match entry.role:
            case "whole" if claim.noun in COUNTED:
                current[place] = _Builder(
                    "states", claim.noun, entry, uncertain=_uncertain(current.get(place), entry)
                )
                builders.append(current[place])
            case "part" | "remainder" | "subset" if claim.noun in COUNTED:
                builder = current.get(place)
                rest = builder.remainder if builder is not None and entry.role == "part" else None
                if builder is None or (rest is not None and rest.sentence == entry.sentence):
                    builder = current[place] = _Builder("states", claim.noun, rest)
                    builders.append(builder)
                _add(builder, entry)
            case "member" if entry.inside >= 0:
                builders.append(_holder(builders, entries, entry))
    builders.extend(_shares(entries))
    builders.extend(_money(entries))
    kept = {
        id(builder): builder for builder in builders if builder.parts or builder.subsets or builder.remainder
    }
    whole = _report_totals(entries)
    tallies = [_tally(source, builder, whole) for builder in kept.values()]
    return tuple(sorted(tallies, key=lambda tally: tally.span))


def _uncertain(before: _Builder | None, entry: Entry) -> bool:
    """Whether a total stands among others of its kind in one sentence, so that what follows may be parts of
    any of them: 县委28个问题、纪委12个问题. A sum (共, 合计) and a finer grain stand by themselves."""
    if before is None or before.total is None or before.parts or entry.summed or entry.claim.key:
        return False
    return before.total.sentence == entry.sentence and before.total.claim.value != entry.claim.value


def _family(noun: str) -> str:
    return "measure" if noun == "task" else noun


def _add(builder: _Builder, entry: Entry) -> None:
    if entry.role == "remainder":
        if builder.remainder is None:
            builder.remainder = entry
    elif entry.role == "subset":
        if builder.total is not None and builder.total.sentence == entry.sentence:
            builder.subsets.append(entry)
    elif same := [part for part in builder.parts if _doubles(part, entry)]:
        if all((entry.claim.value or 0) <= (part.claim.value or math.inf) for part in same):
            builder.subsets.append(entry)
    else:
        builder.parts.append(entry)


def _doubles(first: Entry, second: Entry) -> bool:
    return first.claim.state == second.claim.state and not _divided(first, second)


def _divided(first: Entry, second: Entry) -> bool:
    """Two parts of one state in the same sentence that different words tell apart (正在整改/申请延期)."""
    return (
        first.sentence == second.sentence
        and first.claim.state in _OPEN_STATES
        and first.claim.text.strip("0123456789") != second.claim.text.strip("0123456789")
    )


def _holder(builders: list[_Builder], entries: Sequence[Entry], entry: Entry) -> _Builder:
    whole = entries[entry.inside]
    for builder in builders:
        if builder.kind == "breakdown" and builder.total is whole:
            builder.parts.append(entry)
            return builder
    return _Builder("breakdown", whole.claim.noun, whole, [entry], listed=True)


def _shares(entries: Sequence[Entry]) -> list[_Builder]:
    groups: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        if entry.role == "rate" and entry.claim.text and entry.claim.value is not None:
            groups.setdefault((entry.claim.paragraph, entry.sentence), []).append(entry)
    return [
        _Builder("shares", group[0].claim.noun, None, group, listed=True)
        for group in groups.values()
        if len(group) > 1 and all(entry.share for entry in group) and 90 <= _sum(group) <= 110
    ]


def _sum(entries: Iterable[Entry]) -> float:
    return sum(entry.claim.value or 0 for entry in entries)


def _money(entries: Sequence[Entry]) -> list[_Builder]:
    """Money found, recovered and outstanding, where one sentence states all three."""
    groups: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        if entry.claim.noun == "money" and entry.claim.value is not None:
            groups.setdefault((entry.claim.paragraph, entry.sentence), []).append(entry)
    builders = []
    for group in groups.values():
        whole = [entry for entry in group if entry.money == "whole"]
        back = [entry for entry in group if entry.money == "recovered"]
        rest = [entry for entry in group if entry.money == "outstanding"]
        if len(whole) == len(back) == len(rest) == 1 and len(group) == 3:
            builders.append(_Builder("money", "money", whole[0], back, [], rest[0], listed=True))
    return builders


def _report_totals(entries: Sequence[Entry]) -> dict[str, Entry]:
    """The one total that the report states for each noun, where it states only one value."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        claim = entry.claim
        if entry.role == "whole" and claim.scope == "report" and claim.value is not None:
            found.setdefault(_family(claim.noun), []).append(entry)
    return {
        noun: group[0] for noun, group in found.items() if len({entry.claim.value for entry in group}) == 1
    }


def _tally(source: Source, builder: _Builder, totals: dict[str, Entry]) -> Tally:
    total = builder.total if not builder.uncertain else None
    if total is None and builder.kind == "states" and not builder.uncertain:
        parts = builder.parts or ([builder.remainder] if builder.remainder else [])
        if any(part.claim.scope == "report" for part in parts):
            total = totals.get(_family(builder.noun))
            if total is not None and _beside(total, parts[0]):
                total = None
    everything = builder.entries()
    claims = [entry.claim for entry in everything]
    span = Span(min(claim.span.start for claim in claims), max(claim.span.end for claim in claims))
    bound = (
        (total or everything[0],) if builder.kind == "breakdown" else (total or everything[0], *builder.parts)
    )
    scope = "other" if any(entry.claim.scope == "other" for entry in bound) else "report"
    exhaustive = _is_exhaustive(builder, total)
    added, rest = _added(builder, total)
    wrong = exhaustive and total is not None and added is not None and added != total.claim.value
    return Tally(
        span=span,
        text=source.slice(span),
        kind=builder.kind,
        noun=builder.noun,
        total=total.claim if total is not None else None,
        parts=tuple(entry.claim for entry in builder.parts),
        subsets=tuple(entry.claim for entry in builder.subsets),
        remainder=builder.remainder.claim if builder.remainder is not None else None,
        exhaustive=exhaustive,
        scope=scope,
        sum=added,
        rest=rest,
        suspect=total.claim if wrong and total is not None else None,
    )


def _beside(total: Entry, part: Entry) -> bool:
    """Whether a total stands after a part in its paragraph: it is then another figure, not the part's whole."""
    return total.claim.paragraph == part.claim.paragraph and total.claim.span > part.claim.span


def _added(builder: _Builder, total: Entry | None) -> tuple[float | None, float | None]:
    """The sum of parts and remainder, and what the remainder should be. A remainder may hold the partly done
    parts (鞍山: 16, of which 6 done and 2 partly; remaining 10)."""
    values = [entry.claim.value for entry in builder.parts]
    known = [value for value in values if value is not None]
    if len(known) != len(values):
        return None, None
    parts = round(sum(known), 4)
    if builder.remainder is None:
        return parts, None
    left = builder.remainder.claim.value
    whole = total.claim.value if total is not None else None
    if left is None or whole is None:
        return None, None
    partial = sum(entry.claim.value or 0 for entry in builder.parts if entry.claim.state == "partial")
    subsets = sum(entry.claim.value or 0 for entry in builder.subsets)
    before = parts if builder.parts else subsets
    for spoken in (before, parts - partial, parts + subsets):
        if round(spoken + left, 4) == whole:
            return whole, left
    return round(before + left, 4), round(whole - before, 4)


def _is_exhaustive(builder: _Builder, total: Entry | None) -> bool:
    entries = [entry for entry in (total, builder.remainder, *builder.parts) if entry is not None]
    if builder.remainder is not None and builder.remainder.claim.value is None:
        return False
    doubtful = any(entry.overlap or entry.claim.approximate or entry.claim.value is None for entry in entries)
    if builder.uncertain or doubtful or (total is None and builder.kind != "shares"):
        return False
    if builder.kind == "breakdown":
        return len(builder.parts) > 1 and not any(
            entry.shared_list or entry.after_subset for entry in builder.parts
        )
    if builder.kind in ("shares", "money"):
        return True
    states = {entry.claim.state for entry in builder.parts}
    if builder.remainder is not None:
        return bool(builder.parts or builder.subsets)
    return "done" in states and (bool(states & set(_OPEN_STATES)) or _exceeds(builder, total))


def _exceeds(builder: _Builder, total: Entry | None) -> bool:
    """Whether parts in the sentence of their total, none of them above it, are more than it together: whatever
    else there may be, they are its classes."""
    if total is None or any(part.sentence != total.sentence or part.after_subset for part in builder.parts):
        return False
    values = [part.claim.value or 0 for part in builder.parts]
    whole = total.claim.value or 0
    return max(values) <= whole < sum(values)


def find_nestings(source: Source, entries: Sequence[Entry]) -> tuple[tuple[Nesting, ...], tuple[Entry, ...]]:
    """Totals of one body at several grains that stand side by side, and the entries with the finer of two
    totals called 问题 read as the detail that it is."""
    changed = list(entries)
    chains: list[list[int]] = []
    for index, entry in enumerate(entries):
        if entry.role != "whole" or entry.claim.noun not in GRAINS:
            continue
        previous = chains[-1][-1] if chains else -1
        if previous >= 0 and _nests(source, changed[previous], entry):
            if changed[previous].claim.noun == entry.claim.noun:
                changed[index] = replace(entry, claim=replace(entry.claim, noun="detail"))
            chains[-1].append(index)
        else:
            chains.append([index])
    nestings = []
    for chain in chains:
        levels = tuple(changed[index].claim for index in chain)
        if len(levels) > 1:
            span = Span(levels[0].span.start, levels[-1].span.end)
            scope = "other" if any(level.scope == "other" for level in levels) else "report"
            nestings.append(Nesting(span, source.slice(span), levels, scope))
    return tuple(nestings), tuple(changed)


def _nests(source: Source, coarse: Entry, fine: Entry) -> bool:
    between = source.text[coarse.claim.span.end : fine.claim.span.start]
    deeper = GRAINS.index(fine.claim.noun) - GRAINS.index(coarse.claim.noun)
    finer_problem = deeper == 0 and fine.claim.noun == "problem" and "具体" in fine.claim.word
    near = coarse.claim.paragraph == fine.claim.paragraph and len(between) <= 4
    return near and not set(between) & set("。；;") and (deeper > 0 or finer_problem)


def find_rates(source: Source, entries: Sequence[Entry], tallies: Sequence[Tally]) -> tuple[Rate, ...]:
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
            if _family(pair[0].noun) == _family(claim.noun) and pair[0].scope == claim.scope
        ]
        near = [pair for pair in near if pair[1].paragraph == claim.paragraph] or near
        bounds = [(_bounds(entry, pair[1], pair[2], pair[3]), pair) for pair in near]
        fitting = [bound for bound in bounds if bound[0][0] <= claim.value <= bound[0][1]]
        chosen = next(iter(fitting or bounds), None)
        if chosen is None and any(
            done.scope == claim.scope and _family(done.noun) == _family(claim.noun) for done in finished
        ):
            done = next(done for done in finished if _family(done.noun) == _family(claim.noun))
            rates.append(Rate(claim.span, claim.text, claim, done, done, 100, 100))
        elif chosen is None:
            rates.append(Rate(claim.span, claim.text, claim, None, None, None, None))
        else:
            (low, high), pair = chosen
            rates.append(Rate(claim.span, claim.text, claim, pair[1], pair[2], low, high))
    return tuple(rates)


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
        for part in (*tally.parts, *([tally.remainder] if tally.remainder else []))
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
    either way; with the partly done counted or not; words such as 近 and 成 with their usual play."""
    total = float(whole.value or 1)
    done = float(part.value or 0)
    ratios = [100 * done / total, 100 * (done + sum(float(claim.value or 0) for claim in partial)) / total]
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


def find_repeats(entries: Sequence[Entry], tallies: Iterable[Tally]) -> tuple[Repeat, ...]:
    """Each later statement of a figure that the report has stated before, equal in all but perhaps the value."""
    crowded = _crowded(entries)
    wholes = {
        part.span: tally.total.value
        for tally in tallies
        if tally.total is not None
        for part in (*tally.parts, *([tally.remainder] if tally.remainder is not None else []))
    }
    first: dict[tuple[str, str, str, str], Claim] = {}
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
        if key not in first:
            first[key] = claim
        elif wholes.get(claim.span) != wholes.get(first[key].span):
            continue
        elif first[key].paragraph != claim.paragraph or entry.sentence:
            repeats.append(Repeat(claim.span, claim.text, first[key], claim))
    return tuple(repeats)


def _crowded(entries: Sequence[Entry]) -> set[str]:
    """Nouns of which one sentence states several totals: those are independent and none repeats another."""
    seen: dict[tuple[int, int, str], set[float | None]] = {}
    for entry in entries:
        if entry.role == "whole" and entry.claim.scope == "report":
            place = (entry.claim.paragraph, entry.sentence, entry.claim.noun)
            seen.setdefault(place, set()).add(entry.claim.value)
    return {noun for (_, _, noun), values in seen.items() if len(values) > 1}
