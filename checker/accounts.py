"""The table of account: each figure that a report states for itself beside what its text lists or adds up to.

Counting happens here, at every grain that the report lists; whether a difference is a fault, and how grave,
is for the rules to say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from checker.document import Account, Claim, Heading, Problem, Rate, Repeat, Section, Step, Stretch, Tally
from checker.figure_words import around
from checker.records import dataclass, replace
from checker.source import Span

_LISTED = ("aspect", "problem", "detail")
_BODIES = 2
_COUNTED = (*_LISTED, "measure", "task")
_STATES = ("done", "partial", "ongoing", "pending")
_ITEMS = 100
"""So many parts of one sum are shown at most."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a report lists, by grain: ``aspect`` (themes), ``problem``, ``detail``. ``excerpt`` if it says that it lists
    only some; ``complete`` if the numbering has no fault; ``explicit`` if the labels say 问题; ``says_aspect`` if
    all themes call themselves aspects."""

    grains: dict[str, tuple[Stretch, ...]]
    states: dict[str, int]
    known_states: bool
    excerpt: bool
    complete: bool
    explicit: bool
    says_aspect: bool


def list_items(
    sections: Sequence[Section],
    headings: Sequence[Heading],
    problems: Sequence[Problem],
    steps: Sequence[Step],
) -> Listing:
    """Count what the report lists."""
    posed = {problem.span for problem in problems}
    plain = [heading for heading in headings if heading.span not in posed]
    finest = [problem for problem in problems if problem.kind != "run-in" or not problem.excerpt]
    coarse: dict[Span, Stretch] = {}
    for problem in finest:
        above = bisect_left(plain, problem.span.start, key=lambda heading: heading.span.start)
        if problem.grain == "detail" and above:
            heading = plain[above - 1]
            coarse.setdefault(heading.span, Stretch(heading.span, heading.text))
        else:
            coarse.setdefault(problem.span, Stretch(problem.span, problem.text))
    details = tuple(Stretch(problem.span, problem.text) for problem in finest)
    grains = {
        "aspect": tuple(_themes(sections, posed)),
        "problem": tuple(coarse.values()),
        "detail": details,
    }
    return Listing(
        grains=grains,
        states=Counter(problem.state for problem in finest),
        known_states=bool(finest) and all(problem.state != "unknown" for problem in finest),
        excerpt=any(section.excerpt for section in _walk(sections))
        or any(problem.excerpt for problem in finest),
        complete=all(step.kind == "ok" for step in steps),
        explicit=bool(finest) and all(problem.kind == "numbered" for problem in finest),
        says_aspect=all(any(word in item.text for word in around("themes")) for item in grains["aspect"]),
    )


def _walk(sections: Iterable[Section]) -> Iterable[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)


def _themes(sections: Sequence[Section], posed: set[Span]) -> Iterable[Stretch]:
    """The headings that group the problems and pose none themselves: those right under the rectification
    section, or the rectification sections where there are several (一、关于…方面的整改情况)."""
    bodies = [section for section in sections if section.role == "rectification"]
    groups = bodies if len(bodies) > 1 else [child for section in bodies for child in section.children]
    for section in groups:
        if section.span not in posed:
            yield Stretch(section.span, section.text)


def find_accounts(
    claims: Sequence[Claim],
    tallies: Sequence[Tally],
    rates: Sequence[Rate],
    repeats: Sequence[Repeat],
    listing: Listing,
) -> tuple[tuple[Account, ...], tuple[Tally, ...]]:
    """A row for each figure that the report states for itself, in the order of the text; and the tallies with
    the figure named that is most likely wrong. One figure gets one row: a figure at odds with its sum is not
    also reported at odds with the list."""
    own = [
        claim
        for claim in claims
        if claim.scope == "report" and (claim.noun != "other" or claim.state == "rate") and not claim.all
    ]
    stated = _Stated(own)
    counts = {
        id(claim): row
        for claim in own
        for row in (_listed(claim, stated, listing) or _status(claim, stated, listing),)
        if row is not None
    }
    named = tuple(_with_suspect(tally, counts, rates) for tally in tallies)
    sums = _sums(named)
    failing = {key for key, row in sums.items() if row.verdict == "disagree"}
    ratios = {id(rate.claim): row for rate in rates for row in (_rate(rate, failing),) if row is not None}
    repeated = _repeated(repeats, failing, {**counts, **sums})
    later = {id(repeat.again) for repeat in repeats if repeat.again.value == repeat.first.value}
    rows = []
    for claim in own:
        borne_out = id(claim) in counts and counts[id(claim)].verdict == "agree"
        options = [
            None if borne_out else sums.get(id(claim)),
            repeated.get(id(claim)),
            counts.get(id(claim)),
            ratios.get(id(claim)),
        ]
        row = _choose(claim, [row for row in options if row is not None])
        rows.append(replace(row, again=id(claim) in later))
    return tuple(rows), named


class _Stated:
    """The report's own figures by noun: the values of its totals, and the states that it gives figures for; and
    ``crowded``, the paragraphs that state three totals or more of one noun, those of several bodies."""

    def __init__(self, own: Sequence[Claim]) -> None:
        self.totals: dict[str, set[float]] = {}
        self.states: dict[str, set[str]] = {}
        values: dict[tuple[int, str], set[float]] = {}
        for claim in own:
            if claim.value is not None:
                self.states.setdefault(claim.noun, set()).add(claim.state)
                if claim.state == "total":
                    self.totals.setdefault(claim.noun, set()).add(claim.value)
                    values.setdefault((claim.paragraph, claim.noun), set()).add(claim.value)
        self.crowded = {place for place, several in values.items() if len(several) > _BODIES}


def _with_suspect(tally: Tally, counts: dict[int, Account], rates: Sequence[Rate]) -> Tally:
    """The tally with the figure named that what the text lists contradicts; where nothing contradicts one but
    the total is borne out, the last part that nothing bears out; else the figure that a stated rate tells."""
    if tally.suspect is None or tally.total is None:
        return tally
    members = [*tally.parts, *([tally.remainder] if tally.remainder is not None else [])]
    verdicts = {
        id(claim): counts[id(claim)].verdict for claim in (tally.total, *members) if id(claim) in counts
    }
    doubted = [claim for claim in members if verdicts.get(id(claim)) == "disagree"]
    total = verdicts.get(id(tally.total))
    if len(doubted) == 1 and total != "disagree":
        return replace(tally, suspect=doubted[0])
    if total == "agree":
        unproven = [claim for claim in members if verdicts.get(id(claim)) != "agree"]
        return replace(tally, suspect=unproven[-1]) if unproven else tally
    told = _by_rate(tally, members, rates) if total != "disagree" else None
    return replace(tally, suspect=told) if told is not None else tally


def _by_rate(tally: Tally, members: Sequence[Claim], rates: Sequence[Rate]) -> Claim | None:
    """The figure of a tally that, put right, makes the sum and the stated rate hold; None where two may be it."""
    total = tally.total
    if total is None or total.value is None or tally.sum is None:
        return None
    gap = total.value - tally.sum
    for rate in rates:
        part = rate.part
        if rate.whole is not total or part is None or part.value is None or rate.claim.value is None:
            continue
        fitting = []
        for claim in (total, *members):
            whole = tally.sum if claim is total else total.value
            done = part.value + gap if claim is part else part.value
            step = 10.0**-rate.claim.decimals
            if whole and abs(100 * done / whole - rate.claim.value) <= step:
                fitting.append(claim)
        return fitting[-1] if fitting and (len(fitting) == 1 or total not in fitting) else None
    return None


def _choose(claim: Claim, options: Sequence[Account]) -> Account:
    """The row that says most: a difference before an agreement, a count of the text before a repetition."""
    for verdict in ("disagree", "agree", "unverifiable"):
        fitting = [row for row in options if row.verdict == verdict]
        if verdict == "agree":
            fitting.sort(key=lambda row: row.basis == "repeat")
        if fitting:
            return fitting[0]
    reason = "masked" if claim.masked else "approximate" if claim.approximate else "no-counterpart"
    return _row(claim, "none", None, (), "unverifiable", reason)


def _row(
    claim: Claim,
    basis: str,
    counted: float | None,
    items: tuple[Stretch, ...],
    verdict: str,
    reason: str,
    complete: bool = True,
    explicit: bool = True,
) -> Account:
    return Account(claim.span, claim.text, claim, basis, counted, items, verdict, reason, complete, explicit)


def _compare(claim: Claim, counted: float) -> str:
    return "agree" if claim.value == counted else "disagree"


def _listed(claim: Claim, stated: _Stated, listing: Listing) -> Account | None:
    if claim.state != "total" or claim.noun not in _LISTED:
        return None
    grains = listing.grains
    if claim.masked or claim.value is None:
        return _row(claim, "listed", None, (), "unverifiable", "masked")
    if claim.approximate:
        return _row(claim, "listed", None, (), "unverifiable", "approximate")
    if listing.excerpt and claim.noun != "aspect":
        return _row(claim, "listed", None, (), "unverifiable", "excerpt")
    for items in (grains[claim.noun], *grains.values()):
        if items and len(items) == claim.value:
            return _row(claim, "listed", len(items), items, "agree", "", listing.complete, listing.explicit)
    if listing.excerpt:
        return _row(claim, "listed", None, (), "unverifiable", "excerpt")
    items = grains[claim.noun]
    if not items:
        return _row(claim, "listed", None, (), "unverifiable", "not-listed")
    if (claim.paragraph, claim.noun) in stated.crowded:
        return _row(claim, "listed", len(items), items, "unverifiable", "other-grain")
    elsewhere = any(
        noun in _LISTED and noun != claim.noun and len(items) in values
        for noun, values in stated.totals.items()
    )
    gap = abs(claim.value - len(items))
    near = (gap <= max(3, 0.2 * claim.value) and gap <= claim.value / 2) or (
        listing.explicit and listing.complete and gap <= 0.34 * claim.value
    )
    if elsewhere or not near or (claim.noun == "aspect" and not listing.says_aspect):
        return _row(claim, "listed", len(items), items, "unverifiable", "other-grain")
    explicit = listing.explicit if claim.noun != "aspect" else False
    return _row(claim, "listed", len(items), items, "disagree", "", listing.complete, explicit)


def _status(claim: Claim, stated: _Stated, listing: Listing) -> Account | None:
    if claim.state not in _STATES or claim.noun not in ("problem", "detail") or claim.value is None:
        return None
    if claim.approximate or listing.excerpt or not listing.known_states:
        return None
    listed = len(listing.grains["detail"])
    finest = "detail" if listed != len(listing.grains["problem"]) else claim.noun
    totals = stated.totals.get(claim.noun)
    if listed not in totals if totals else claim.noun != finest:
        return None
    counted = listing.states.get(claim.state, 0)
    unsaid = [state for state in ("partial", "pending") if state not in stated.states[claim.noun]]
    if claim.state == "ongoing":
        wider = counted + sum(listing.states.get(state, 0) for state in unsaid)
    elif claim.state == "done":
        wider = counted + (listing.states.get("partial", 0) if "partial" in unsaid else 0)
    else:
        wider = counted
    if claim.value in (counted, wider):
        return _row(claim, "status", claim.value, (), "agree", "")
    return _row(claim, "status", counted, (), "disagree", "")


def _sums(tallies: Sequence[Tally]) -> dict[int, Account]:
    """For each total and part of the first tally that it belongs to, what the others make of it."""
    rows: dict[int, Account] = {}
    for tally in tallies:
        total = tally.total
        if tally.scope != "report" or total is None or total.value is None or tally.sum is None:
            continue
        only = tally.kind == "states" and len(tally.parts) == 1 and tally.parts[0].state == "done"
        if not tally.exhaustive and not (only and tally.sum == total.value):
            continue
        members = [*tally.parts, *([tally.remainder] if tally.remainder is not None else [])]
        items = tuple(Stretch(part.span, part.text) for part in members[:_ITEMS])
        rows.setdefault(id(total), _row(total, "parts", tally.sum, items, _compare(total, tally.sum), ""))
        for member in members:
            counted = round((member.value or 0) + total.value - tally.sum, 4)
            others = (Stretch(total.span, total.text), *(item for item in items if item.span != member.span))
            verdict = _compare(member, counted)
            rows.setdefault(id(member), _row(member, "parts", counted, others, verdict, ""))
    return rows


def _rate(rate: Rate, failing: set[int]) -> Account | None:
    claim, whole, part = rate.claim, rate.whole, rate.part
    if rate.low is None or rate.high is None or whole is None or part is None:
        return None
    items = tuple(Stretch(other.span, other.text) for other in (whole, part))
    ratio = _percent(part, whole, max(claim.decimals, 1))
    fits = claim.value is not None and rate.low <= claim.value <= rate.high
    above = (part.value or 0) > (whole.value or 0)
    if not fits and (above or {id(whole), id(part)} & failing):
        return _row(claim, "rate", ratio, items, "unverifiable", "other-fault")
    return _row(claim, "rate", ratio, items, "agree" if fits else "disagree", "")


def _percent(part: Claim, whole: Claim, decimals: int) -> float:
    if part is whole:
        return 100
    return round(100 * float(part.value or 0) / float(whole.value or 1), decimals)


def _repeated(
    repeats: Sequence[Repeat], failing: set[int], evidence: dict[int, Account]
) -> dict[int, Account]:
    """A figure stated twice with two values is at fault in the place that nothing else supports, the later
    one where both stand alone."""
    rows: dict[int, Account] = {}
    supported = {key for key, row in evidence.items() if row.verdict == "agree"}
    for repeat in repeats:
        first, again = repeat.first, repeat.again
        if first.value is None or again.value is None:
            continue
        if first.value == again.value:
            for claim, other in ((first, again), (again, first)):
                rows.setdefault(id(claim), _beside(claim, other))
        elif not {id(first), id(again)} & failing:
            blamed, other = (again, first)
            if id(again) in supported and id(first) not in supported:
                blamed, other = first, again
            rows[id(blamed)] = _beside(blamed, other)
    return rows


def _beside(claim: Claim, other: Claim) -> Account:
    items = (Stretch(other.span, other.text),)
    return _row(
        claim, "repeat", other.value, items, "agree" if claim.value == other.value else "disagree", ""
    )
