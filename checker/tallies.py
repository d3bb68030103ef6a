"""Claims that belong together: wholes and their parts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from checker.breakdowns import find_breakdowns
from checker.document import Tally
from checker.entries import COUNTED, GRAINS, Entry
from checker.figure_words import around
from checker.records import dataclass, field
from checker.source import Source, Span

_OPEN_STATES = ("ongoing", "pending")
_LATEST = 100
"""So many parts of a whole are compared with one more at most."""


@dataclass(slots=True)
class _Builder:
    kind: str
    noun: str
    total: Entry | None
    parts: list[Entry] = field(default_factory=list)
    subsets: list[Entry] = field(default_factory=list)
    remainder: Entry | None = None
    rival: Entry | None = None
    gap: float = 0
    closed: bool = False

    def entries(self) -> list[Entry]:
        ends = [entry for entry in (self.total, self.remainder) if entry is not None]
        return [*ends, *self.parts, *self.subsets]


def find_tallies(source: Source, entries: Sequence[Entry]) -> tuple[Tally, ...]:
    """The wholes with their parts, in the order of the text."""
    builders: list[_Builder] = []
    holders: dict[int, _Builder] = {}
    current: dict[tuple[int, str], _Builder] = {}
    for entry in entries:
        claim = entry.claim
        place = (claim.paragraph, claim.noun)
        match entry.role:
            case "whole" if claim.noun in COUNTED:
                rival = _rival(current.get(place), entry)
                current.pop(place, None)  # the latest stands last
                current[place] = _Builder("states", claim.noun, entry, rival=rival)
                builders.append(current[place])
            case "part" | "remainder" | "subset" if claim.noun in COUNTED:
                builder = _home(builders, current, place, entry)
                if builder is not None and _is_progress(builder, entry):
                    builder = current[place] = _Builder("states", claim.noun, builder.total)
                    builders.append(builder)
                rest = builder.remainder if builder is not None and entry.role == "part" else None
                if builder is None or (rest is not None and rest.sentence == entry.sentence):
                    builder = current[place] = _Builder("states", claim.noun, rest)
                    builders.append(builder)
                _add(builder, entry)
            case "stray" if claim.noun == "other" and claim.value is not None:
                _leave_out(current, entry)
                if claim.unit in around("case-units"):
                    current[place] = _Builder("states", claim.noun, entry)
                    builders.append(current[place])
            case "part" | "remainder" if place in current:
                _add_case(current[place], entry)
            case "member" if entry.inside >= 0:
                held = entries[entry.inside]
                if entry.inside not in holders:
                    holders[entry.inside] = _Builder("breakdown", held.claim.noun, held)
                    builders.append(holders[entry.inside])
                holders[entry.inside].parts.append(entry)
    builders.extend(_subsets(source, builders))
    builders.extend(_sums(entries))
    builders.extend(_shares(entries))
    builders.extend(_money(entries))
    kept = {
        id(builder): builder for builder in builders if builder.parts or builder.subsets or builder.remainder
    }
    whole = _report_totals(entries)
    for builder in kept.values():
        _take_coarser(builder, entries)
    tallies = [_tally(source, builder, whole) for builder in kept.values()]
    tallies = [
        tally for tally in tallies if tally.noun != "other" or tally.kind != "states" or tally.exhaustive
    ]
    tallies += find_breakdowns(source, entries)
    return tuple(sorted(tallies, key=lambda tally: tally.span))


def _add_case(builder: _Builder, entry: Entry) -> None:
    """Letters or cases in a state, as parts of those that the same sentence or the one before it counts."""
    total = builder.total
    if total is not None and total.claim.unit == entry.claim.unit and entry.sentence - total.sentence <= 1:
        _add(builder, entry)


def _sums(entries: Sequence[Entry]) -> list[_Builder]:
    """Totals after 共 with the labelled figures that they add up: 党建类5个、作风类4个，共9个."""
    found = []
    for index, entry in enumerate(entries):
        if entry.role != "whole" or not entry.summed:
            continue
        parts: list[Entry] = []
        for number in range(index - 1, max(index - 1 - _LATEST, -1), -1):
            part = entries[number]
            here = (part.claim.paragraph, part.sentence) == (entry.claim.paragraph, entry.sentence)
            if not here or not part.labelled or part.claim.unit != entry.claim.unit or part.role != "stray":
                break
            parts.insert(0, part)
        if len(parts) > 1:
            found.append(_Builder("breakdown", entry.claim.noun, entry, parts, closed=True))
    return found


def _leave_out(current: dict[tuple[int, str], _Builder], entry: Entry) -> None:
    """Note a figure among parts that may be one of them, in words that nobody knows."""
    for (paragraph, _), builder in reversed(current.items()):
        if paragraph != entry.claim.paragraph:  # paragraphs follow one another
            return
        total = builder.total
        if (
            total is not None
            and builder.parts
            and (total.sentence, total.claim.paragraph) == (entry.sentence, entry.claim.paragraph)
            and total.claim.unit == entry.claim.unit
        ):
            builder.gap += entry.claim.value or 0


def _subsets(source: Source, builders: Sequence[_Builder]) -> list[_Builder]:
    """Wholes with the parts of a list after 其中 that fill or exceed them together."""
    found = []
    for builder in builders:
        total, parts = builder.total, builder.subsets
        if total is None or len(parts) < 2 or builder.rival is not None or not _exclude(source, total, parts):
            continue
        if _sum(parts) >= (total.claim.value or 0):
            found.append(_Builder("breakdown", builder.noun, total, list(parts), closed=True))
    return found


def _exclude(source: Source, total: Entry, parts: Sequence[Entry]) -> bool:
    """Whether the parts of a list are classes of one whole, none of which can hold what another holds."""
    whole = total.claim.value
    between = source.text[total.claim.span.end : parts[-1].claim.span.end]
    timed = any(word in between for word in around("timed"))
    chosen = [any(mark in part.claim.word for mark in around("chosen")) for part in parts]
    if (
        whole is None
        or any(word in between for word in around("across"))
        or (any(chosen) and not all(chosen))
    ):
        return False
    return all(
        part.claim.value is not None
        and part.claim.value <= whole
        and part.claim.unit == total.claim.unit
        and (part.labelled or (timed if _lasts(part) else part.after_subset))
        for part in parts
    )


def _lasts(part: Entry) -> bool:
    return any(word in part.claim.text for word in around("lasting"))


def _rival(before: _Builder | None, entry: Entry) -> Entry | None:
    """The total before one of its kind in one sentence, so that what follows may be parts of either:
    县委28个问题、纪委12个问题. A sum (共, 合计) and a finer grain stand by themselves."""
    if before is None or before.total is None or before.parts or entry.summed or entry.claim.key:
        return None
    rivals = before.total.sentence == entry.sentence and before.total.claim.value != entry.claim.value
    return before.total if rivals else None


def _settled(builder: _Builder, rival: Entry) -> bool:
    """Whether the parts add up to one of two totals, so that no sum of others is meant."""
    total = builder.total
    states = {part.claim.state for part in builder.parts}
    whole = builder.remainder is not None or ("done" in states and bool(states & set(_OPEN_STATES)))
    if total is None or not whole or rival.claim.scope != total.claim.scope:
        return False
    return _added(builder, total)[0] in (total.claim.value, rival.claim.value)


def _home(
    builders: Sequence[_Builder],
    current: dict[tuple[int, str], _Builder],
    place: tuple[int, str],
    entry: Entry,
) -> _Builder | None:
    """The whole that a part belongs to: the latest before it, but not another body's if the part is not."""
    latest = current.get(place) or _kin(current, place)
    if latest is None or latest.total is None or entry.claim.scope == "other":
        return latest
    if latest.total.claim.scope == "report":
        return latest
    for builder in builders[: -_LATEST - 1 : -1]:
        total = builder.total
        if total is None or (total.claim.paragraph, total.claim.noun) != place:
            continue
        if total.claim.scope == "report":
            return builder
    return latest if latest.total.sentence == entry.sentence else None


def _is_progress(builder: _Builder, entry: Entry) -> bool:
    """Whether more is done than what a part said before: 到9月已整改30个；到12月已整改34个."""
    whole = builder.total.claim.value if builder.total is not None else None
    if entry.claim.state != "done" or (entry.claim.value or 0) > (whole or math.inf):
        return False
    return any(
        part.claim.state == "done"
        and part.clause != entry.clause
        and (part.claim.value or 0) < (entry.claim.value or 0)
        for part in builder.parts
    )


def _kin(current: dict[tuple[int, str], _Builder], place: tuple[int, str]) -> _Builder | None:
    """The last whole of the same family in a paragraph."""
    for (paragraph, noun), builder in reversed(current.items()):
        if paragraph != place[0]:  # paragraphs follow one another
            return None
        if family(noun) == family(place[1]):
            return builder
    return None


def family(noun: str) -> str:
    """The noun under which figures are compared: tasks are measures."""
    return "measure" if noun == "task" else noun


def _add(builder: _Builder, entry: Entry) -> None:
    if entry.role == "remainder":
        if builder.remainder is None:
            builder.remainder = entry
    elif entry.role == "subset":
        if builder.total is not None and builder.total.sentence == entry.sentence:
            builder.subsets.append(entry)
    elif entry.claim.state in _OPEN_STATES and entry.claim.value in _left_before(builder, entry):
        return  # 已完成17个，正在推进2个。确保2个未完成问题按期整改到位。
    elif same := [part for part in builder.parts[-_LATEST:] if _doubles(part, entry)]:
        if all((entry.claim.value or 0) <= (part.claim.value or math.inf) for part in same):
            builder.subsets.append(entry)
    else:
        builder.parts.append(entry)


def _left_before(builder: _Builder, entry: Entry) -> tuple[float, ...]:
    """What the sentences before say is left, without and with what is partly done."""
    before = [part for part in builder.parts[-_LATEST:] if part.sentence < entry.sentence]
    left = [part for part in before if part.claim.state in _OPEN_STATES]
    partial = [part for part in before if part.claim.state == "partial"]
    return (_sum(left), _sum(left) + _sum(partial)) if left else ()


def _doubles(first: Entry, second: Entry) -> bool:
    return first.claim.state == second.claim.state and not _divided(first, second)


def _divided(first: Entry, second: Entry) -> bool:
    """Two parts of one state in the same sentence that different words tell apart (正在整改/申请延期)."""
    return (
        first.sentence == second.sentence
        and first.claim.state in _OPEN_STATES
        and first.claim.text.strip("0123456789") != second.claim.text.strip("0123456789")
    )


def _shares(entries: Sequence[Entry]) -> list[_Builder]:
    groups: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        if entry.role == "rate" and entry.claim.text and entry.claim.value is not None:
            groups.setdefault((entry.claim.paragraph, entry.sentence), []).append(entry)
    return [
        _Builder("shares", group[0].claim.noun, None, group)
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
            builders.append(_Builder("money", "money", whole[0], back, [], rest[0]))
    return builders


def _report_totals(entries: Sequence[Entry]) -> dict[str, Entry]:
    """The one total that the report states for each noun, where it states only one value."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        claim = entry.claim
        if entry.role == "whole" and claim.scope == "report" and claim.value is not None:
            found.setdefault(family(claim.noun), []).append(entry)
    return {
        noun: group[0] for noun, group in found.items() if len({entry.claim.value for entry in group}) == 1
    }


def _tally(source: Source, builder: _Builder, totals: dict[str, Entry]) -> Tally:
    if builder.rival is not None and _settled(builder, builder.rival):
        builder.rival = None
    total = builder.total if builder.rival is None else None
    if total is None and builder.kind == "states" and builder.rival is None:
        parts = builder.parts or ([builder.remainder] if builder.remainder else [])
        if any(part.claim.scope == "report" for part in parts):
            total = totals.get(family(builder.noun))
            if total is not None and _beside(total, parts[0]):
                total = None
    everything = builder.entries()
    claims = [entry.claim for entry in everything]
    span = Span(min(claim.span.start for claim in claims), max(claim.span.end for claim in claims))
    bound = (
        (total or everything[0],) if builder.kind == "breakdown" else (total or everything[0], *builder.parts)
    )
    scope = "other" if any(entry.claim.scope == "other" for entry in bound) else "report"
    added, rest = _added(builder, total)
    lacking = _may_lack(builder, total, added) or _only_names(builder, total, added)
    exhaustive = _is_exhaustive(builder, total) and not lacking
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


def _take_coarser(builder: _Builder, entries: Sequence[Entry]) -> None:
    """Where parts after two grains (16个问题、44个具体表现) add up to the coarser, they are said of that one."""
    total = builder.total
    if total is None or builder.kind != "states" or not _is_exhaustive(builder, total):
        return
    added = _added(builder, total)[0]
    grains = GRAINS[1 : GRAINS.index(total.claim.noun)] if total.claim.noun in GRAINS else ()
    if added == total.claim.value or not grains:
        return
    for number in range(total.number - 1, max(total.number - 1 - _LATEST, -1), -1):
        entry = entries[number]
        if (entry.claim.paragraph, entry.sentence) != (total.claim.paragraph, total.sentence):
            return
        if entry.role == "whole" and entry.claim.noun in grains and entry.claim.value == added:
            builder.total = entry
            return


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
    told = sum(_left_before(builder, builder.remainder)[:1])
    before -= told  # 已完成17个，正在推进2个。剩余2个力争年底前完成。
    for spoken in (before, before + told, parts - partial, parts - partial - told, parts + subsets):
        if round(spoken + left, 4) == whole:
            return whole, left
    return round(before + left, 4), round(whole - before, 4)


def _is_exhaustive(builder: _Builder, total: Entry | None) -> bool:
    entries = [entry for entry in (total, builder.remainder, *builder.parts) if entry is not None]
    if builder.remainder is not None and builder.remainder.claim.value is None:
        return False
    doubtful = any(entry.overlap or entry.claim.approximate or entry.claim.value is None for entry in entries)
    if builder.rival is not None or doubtful or (total is None and builder.kind != "shares"):
        return False
    if builder.kind == "breakdown":
        return builder.closed or (
            len(builder.parts) > 1
            and not any(entry.shared_list or entry.after_subset for entry in builder.parts)
        )
    if builder.kind in ("shares", "money"):
        return True
    states = {entry.claim.state for entry in builder.parts}
    if builder.remainder is not None:
        return bool(builder.parts or builder.subsets)
    return "done" in states and (bool(states & set(_OPEN_STATES)) or _exceeds(builder, total))


def _may_lack(builder: _Builder, total: Entry | None, added: float | None) -> bool:
    """Whether a figure that was left out may be what the parts lack."""
    if not builder.gap or total is None or total.claim.value is None or added is None:
        return False
    return builder.gap <= total.claim.value - added


def _only_names(builder: _Builder, total: Entry | None, added: float | None) -> bool:
    """Whether parts far from their total name what is to be done with some of it: 对未完成的1个问题，…；对已完成的4个问题，…."""
    if total is None or total is builder.total or added is None or added > (total.claim.value or 0):
        return False
    return all(any(word in part.claim.text for word in around("of")) for part in builder.parts)


def _exceeds(builder: _Builder, total: Entry | None) -> bool:
    """Whether parts in the sentence of their total, none of them above it, are more than it together: whatever
    else there may be, they are its classes."""
    if total is None or any(part.sentence != total.sentence or part.after_subset for part in builder.parts):
        return False
    values = [part.claim.value or 0 for part in builder.parts]
    whole = total.claim.value or 0
    return max(values) <= whole < sum(values)
