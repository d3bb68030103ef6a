"""The table of account: each figure that a report states for itself beside what its text lists or adds up to.

Counting happens here, at every grain that the report lists; whether a difference is a fault, and how grave,
is for the rules to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from checker.document import Account, Claim, Heading, Problem, Rate, Repeat, Section, Step, Stretch, Tally
from checker.records import dataclass, replace
from checker.source import Span

_LISTED = ("aspect", "problem", "detail")
_COUNTED = (*_LISTED, "measure", "task")
_STATES = ("done", "partial", "ongoing", "pending")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a report lists, grain by grain: themes, problems, details. ``excerpt`` if it says that it lists
    only some; ``complete`` if the numbering has no fault; ``explicit`` if the labels say 问题."""

    themes: tuple[Stretch, ...]
    problems: tuple[Stretch, ...]
    details: tuple[Stretch, ...]
    states: dict[str, int]
    known_states: bool
    excerpt: bool
    complete: bool
    explicit: bool


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
        above = [heading for heading in plain if heading.span.start < problem.span.start]
        if problem.grain == "detail" and above:
            coarse.setdefault(above[-1].span, Stretch(above[-1].span, above[-1].text))
        else:
            coarse.setdefault(problem.span, Stretch(problem.span, problem.text))
    details = tuple(Stretch(problem.span, problem.text) for problem in finest)
    return Listing(
        themes=tuple(_themes(sections, posed)),
        problems=tuple(coarse.values()),
        details=details,
        states=Counter(problem.state for problem in finest),
        known_states=bool(finest) and all(problem.state != "unknown" for problem in finest),
        excerpt=any(section.excerpt for section in _walk(sections))
        or any(problem.excerpt for problem in finest),
        complete=all(step.kind == "ok" for step in steps),
        explicit=bool(finest) and all(problem.kind == "numbered" for problem in finest),
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
    own = [claim for claim in claims if claim.scope == "report" and claim.noun != "other" and not claim.all]
    totals = [
        claim for claim in own if claim.state == "total" and claim.noun in _LISTED and claim.value is not None
    ]
    counts = {
        id(claim): row
        for claim in own
        for row in (_listed(claim, totals, listing) or _status(claim, own, listing),)
        if row is not None
    }
    named = tuple(_with_suspect(tally, counts) for tally in tallies)
    sums = {id(claim): row for claim in own for row in (_parts(claim, named),) if row is not None}
    failing = {key for key, row in sums.items() if row.verdict == "disagree"}
    later = {id(repeat.again) for repeat in repeats if repeat.again.value == repeat.first.value}
    rows = []
    for claim in own:
        borne_out = id(claim) in counts and counts[id(claim)].verdict == "agree"
        options = [
            None if borne_out else sums.get(id(claim)),
            _repeat(claim, repeats, failing, {**counts, **sums}),
            counts.get(id(claim)),
            _rate(claim, rates, failing),
        ]
        row = _choose(claim, [row for row in options if row is not None])
        rows.append(replace(row, again=id(claim) in later))
    return tuple(rows), named


def _with_suspect(tally: Tally, counts: dict[int, Account]) -> Tally:
    """The tally with the figure named that what the text lists contradicts; where nothing contradicts one but
    the total is borne out, the last part that nothing bears out."""
    if tally.suspect is None or tally.total is None:
        return tally
    members = [*tally.parts, *([tally.remainder] if tally.remainder is not None else [])]
    verdicts = {id(claim): counts[id(claim)].verdict for claim in (tally.total, *members) if id(claim) in counts}
    doubted = [claim for claim in members if verdicts.get(id(claim)) == "disagree"]
    total = verdicts.get(id(tally.total))
    if len(doubted) == 1 and total != "disagree":
        return replace(tally, suspect=doubted[0])
    if total == "agree":
        unproven = [claim for claim in members if verdicts.get(id(claim)) != "agree"]
        return replace(tally, suspect=unproven[-1]) if unproven else tally
    return tally


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


def _listed(claim: Claim, totals: Sequence[Claim], listing: Listing) -> Account | None:
    if claim.state != "total" or claim.noun not in _LISTED:
        return None
    grains = {"aspect": listing.themes, "problem": listing.problems, "detail": listing.details}
    if claim.masked or claim.value is None:
        return _row(claim, "listed", None, (), "unverifiable", "masked")
    if claim.approximate:
        return _row(claim, "listed", None, (), "unverifiable", "approximate")
    if listing.excerpt and claim.noun != "aspect":
        return _row(claim, "listed", None, (), "unverifiable", "excerpt")
    for items in (grains[claim.noun], *grains.values()):
        if items and len(items) == claim.value:
            return _row(claim, "listed", len(items), items, "agree", "", listing.complete, listing.explicit)
    items = grains[claim.noun]
    if not items:
        return _row(claim, "listed", None, (), "unverifiable", "not-listed")
    elsewhere = any(
        other is not claim and other.noun != claim.noun and other.value == len(items) for other in totals
    )
    gap = abs(claim.value - len(items))
    near = gap <= max(3, 0.2 * claim.value) or (
        listing.explicit and listing.complete and gap <= 0.34 * claim.value
    )
    if elsewhere or not near or (claim.noun == "aspect" and not _says_aspect(items)):
        return _row(claim, "listed", len(items), items, "unverifiable", "other-grain")
    explicit = listing.explicit if claim.noun != "aspect" else False
    return _row(claim, "listed", len(items), items, "disagree", "", listing.complete, explicit)


def _says_aspect(items: Sequence[Stretch]) -> bool:
    return all("方面" in item.text or "类" in item.text for item in items)


def _status(claim: Claim, own: Sequence[Claim], listing: Listing) -> Account | None:
    if claim.state not in _STATES or claim.noun not in ("problem", "detail") or claim.value is None:
        return None
    if claim.approximate or listing.excerpt or not listing.known_states:
        return None
    finest = "detail" if len(listing.details) != len(listing.problems) else claim.noun
    totals = [other.value for other in own if other.state == "total" and other.noun == claim.noun]
    if claim.noun != finest or (totals and len(listing.details) not in totals):
        return None
    stated = {other.state for other in own if other.noun == claim.noun and other.value is not None}
    counted = listing.states.get(claim.state, 0)
    unsaid = [state for state in ("partial", "pending") if state not in stated]
    if claim.state == "ongoing":
        wider = counted + sum(listing.states.get(state, 0) for state in unsaid)
    elif claim.state == "done":
        wider = counted + (listing.states.get("partial", 0) if "partial" in unsaid else 0)
    else:
        wider = counted
    if claim.value in (counted, wider):
        return _row(claim, "status", claim.value, (), "agree", "")
    return _row(claim, "status", counted, (), "disagree", "")


def _parts(claim: Claim, tallies: Sequence[Tally]) -> Account | None:
    for tally in tallies:
        total = tally.total
        if tally.scope != "report" or total is None or total.value is None or tally.sum is None:
            continue
        only = tally.kind == "states" and len(tally.parts) == 1 and tally.parts[0].state == "done"
        if not tally.exhaustive and not (only and tally.sum == total.value):
            continue
        members = [*tally.parts, *([tally.remainder] if tally.remainder is not None else [])]
        items = tuple(Stretch(part.span, part.text) for part in members)
        if claim is total:
            return _row(claim, "parts", tally.sum, items, _compare(claim, tally.sum), "")
        if any(claim is member for member in members) and claim.value is not None:
            counted = round(claim.value + total.value - tally.sum, 4)
            rest = tuple(item for item in items if item.span != claim.span)
            return _row(
                claim,
                "parts",
                counted,
                (Stretch(total.span, total.text), *rest),
                _compare(claim, counted),
                "",
            )
    return None


def _rate(claim: Claim, rates: Sequence[Rate], failing: set[int]) -> Account | None:
    for rate in rates:
        if (
            rate.claim is not claim
            or rate.low is None
            or rate.high is None
            or not rate.whole
            or not rate.part
        ):
            continue
        ratio = round(
            100 * float(rate.part.value or 0) / float(rate.whole.value or 1), max(claim.decimals, 1)
        )
        items = tuple(Stretch(other.span, other.text) for other in (rate.whole, rate.part))
        fits = claim.value is not None and rate.low <= claim.value <= rate.high
        if not fits and {id(rate.whole), id(rate.part)} & failing:
            return _row(claim, "rate", ratio, items, "unverifiable", "other-fault")
        return _row(claim, "rate", ratio, items, "agree" if fits else "disagree", "")
    return None


def _percent(part: Claim, whole: Claim, decimals: int) -> float:
    if part is whole:
        return 100
    return round(100 * float(part.value or 0) / float(whole.value or 1), decimals)


def _repeat(
    claim: Claim, repeats: Sequence[Repeat], failing: set[int], evidence: dict[int, Account]
) -> Account | None:
    """A figure stated twice with two values is at fault in the place that nothing else supports, the later
    one where both stand alone."""
    for repeat in repeats:
        if claim is not repeat.again and claim is not repeat.first:
            continue
        other = repeat.first if claim is repeat.again else repeat.again
        if other.value is None or ({id(claim), id(other)} & failing and claim.value != other.value):
            continue
        items = (Stretch(other.span, other.text),)
        if claim.value == other.value:
            return _row(claim, "repeat", other.value, items, "agree", "")
        supported = {
            id(figure): id(figure) in evidence and evidence[id(figure)].verdict == "agree"
            for figure in (claim, other)
        }
        blamed = supported[id(other)] and not supported[id(claim)]
        if blamed or (supported[id(other)] == supported[id(claim)] and claim is repeat.again):
            return _row(claim, "repeat", other.value, items, "disagree", "")
    return None
