"""From drafts to claims: every figure of a report in its place, with its noun, state and scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker import resources
from checker.clauses import Clause, mark
from checker.document import Claim
from checker.drafts import Draft, drafts
from checker.entries import COUNTED, GRAINS, Entry, Setting
from checker.phrases import Group, Marker, read_phrases
from checker.records import replace
from checker.regexes import late

_AFTER_FIGURE = frozenset(("", *"，。；、：！？）（,;:()“”《 \u3000\n\r的中"))
_TIES = ("反馈", "巡察", "巡视")
_SENTENCE = late(r"[^。！？!?\r\n]*[。！？!?\r\n]*")


def find_entries(settings: Iterable[Setting]) -> tuple[Entry, ...]:
    """Every claim of the paragraphs, in order."""
    entries: list[Entry] = []
    for setting in settings:
        entries.extend(_paragraph(setting, len(entries)))
    return tuple(entries)


def _paragraph(setting: Setting, first: int) -> list[Entry]:
    text = setting.passage.text
    state = Clause()
    found: list[Entry] = []
    for match in _SENTENCE.finditer(text):
        if match.group():
            _sentence(setting, match.start(), match.group(), state, found, first)
        state.end_sentence()
    return found


def _sentence(
    setting: Setting, offset: int, text: str, state: Clause, found: list[Entry], first: int
) -> None:
    phrases = read_phrases(text)
    kinds = {phrase.kind for phrase in phrases if isinstance(phrase, Marker)}
    state.years = sum(isinstance(phrase, Marker) and phrase.kind == "year" for phrase in phrases)
    brackets: list[int] = []
    for index, phrase in enumerate(phrases):
        if isinstance(phrase, Marker):
            before = phrases[index - 1] if index else None
            mark(phrase, before, state, first + len(found) - 1 if found else -1, brackets, offset)
            continue
        inside = brackets[-1] if brackets else -1
        state.summed = text[: phrase.start].endswith(_sums())
        state.closed = text[phrase.end : phrase.end + 1] in _AFTER_FIGURE or _meets(phrases, index)
        for draft in drafts(phrase, state, found):
            if draft.noun == "other" and draft.quantity is not None and not draft.quantity.unit:
                continue
            role = (
                "member"
                if (draft.role in ("whole", "stray") or draft.noun not in COUNTED)
                and _is_member(draft, inside, state, found, first)
                else draft.role
            )
            holder = inside if inside >= 0 else state.listed if role == "member" else -1
            found.append(
                _entry(
                    setting,
                    offset,
                    draft,
                    role,
                    state,
                    first + len(found),
                    holder,
                    "overlap" in kinds,
                    "closing" in kinds,
                )
            )
        state.last_end = offset + phrase.end
        _keep_topic(phrase, state)


def _sums() -> tuple[str, ...]:
    return tuple(resources.lexicon("figures")["sums"])


def _meets(phrases: Sequence[Group | Marker], index: int) -> bool:
    """Whether the next phrase begins where this one ends."""
    return index + 1 < len(phrases) and phrases[index + 1].start == phrases[index].end


def _keep_topic(group: Group, state: Clause) -> None:
    if group.subject is not None or group.object is not None:
        state.topic = None
    elif group.subject_noun is not None and group.state is None:
        state.topic = group.subject_noun


def _is_member(draft: Draft, inside: int, state: Clause, found: list[Entry], first: int) -> bool:
    holder = inside if inside >= 0 else state.listed
    if holder < first or draft.quantity is None:
        return False
    whole = found[holder - first].claim
    return draft.quantity.unit == whole.unit and (draft.noun in ("other", whole.noun))


def _entry(
    setting: Setting,
    offset: int,
    draft: Draft,
    role: str,
    state: Clause,
    number: int,
    inside: int,
    overlap: bool,
    open_list: bool,
) -> Entry:
    quantity = draft.quantity
    start, end = offset + draft.start, offset + draft.end
    span = setting.passage.span(start, end)
    figure = (
        setting.passage.span(offset + quantity.figure_start, offset + quantity.figure_end)
        if quantity
        else span
    )
    scope = "other" if setting.scope == "other" or role == "member" else draft.scope
    claim = Claim(
        span=span,
        text=setting.passage.text[start:end],
        noun=draft.noun,
        state=draft.state,
        value=quantity.value if quantity else None,
        unit=quantity.unit if quantity else "",
        approximate=quantity.approximate if quantity else False,
        all=draft.all,
        scope=scope,
        masked=quantity.masked if quantity else False,
        numerals=quantity.numerals if quantity else "",
        figure=figure,
        key=draft.key or (state.year if state.years > 1 else ""),
        paragraph=setting.index,
        decimals=quantity.decimals if quantity else 0,
        word=draft.word,
    )
    return Entry(
        number=number,
        claim=claim,
        role=role,
        sentence=state.sentence,
        clause=state.clause,
        inside=inside,
        anchored=draft.anchored,
        summed=state.summed,
        tied=state.feedback or state.planned or state.refined or any(mark in draft.word for mark in _TIES),
        overlap=overlap,
        shared_list=open_list,
        after_subset=state.subset,
        share=state.rate.startswith("占"),
        money=_money(draft, state),
        approximation=quantity.approximation if quantity else "",
        year=state.year,
    )


def _money(draft: Draft, state: Clause) -> str:
    if draft.noun != "money":
        return ""
    if state.remainder or state.outstanding or draft.state in ("ongoing", "pending"):
        return "outstanding"
    return "recovered" if state.recovered else "whole"


def with_scopes(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries whose totals not tied to the inspection count as the report's own only where no such total is
    stated elsewhere, or where they agree with one; and those of another year than the first total's are another
    inspection's."""
    own: dict[str, set[float | None]] = {}
    first: dict[str, str] = {}
    for entry in entries:
        if entry.role == "whole" and entry.anchored and entry.claim.scope == "report":
            own.setdefault(entry.claim.noun, set()).add(entry.claim.value)
            first.setdefault(entry.claim.noun, entry.year)
    changed = []
    for entry in entries:
        claim = entry.claim
        known = own.get(claim.noun)
        if entry.year and entry.year != first.get(claim.noun, entry.year) and claim.noun in GRAINS:
            claim = replace(claim, scope="other")
        loose = entry.role == "whole" and not entry.anchored and claim.scope == "report"
        if loose and claim.noun in COUNTED and known is not None and claim.value not in known:
            claim = replace(claim, scope="other")
        changed.append(replace(entry, claim=claim))
    return tuple(changed)
