"""From drafts to claims: every figure of a report in its place, with its noun, state and scope."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from checker.clauses import Clause, mark
from checker.document import Claim
from checker.drafts import Draft, drafts
from checker.entries import COUNTED, GRAINS, Entry, Setting
from checker.figure_words import around
from checker.joining import joined
from checker.phrase_nodes import Group, Marker, Phrase
from checker.phrases import read_phrases
from checker.records import replace
from checker.regexes import late
from checker.spacing import squeezed

_MARKS = ("", *"，。；、：！？）（,;:()“”《 \u3000\n\r")
_SMALL = 0.75
_BEFORE = 60
_AHEAD = 40
"""So many phrases after persons are looked at for what was done to them."""
_MOST = 100
"""So many figures of what is left are looked at for one paragraph."""
_LEFT = ("partial", "ongoing", "pending")
_CLAUSE_START = late(r"[，,；;：:。]")
_SENTENCE = late(r"[^。！？!?\r\n]*[。！？!?\r\n]*")


def find_entries(settings: Iterable[Setting]) -> tuple[Entry, ...]:
    """Every claim of the paragraphs, in order."""
    entries: list[Entry] = []
    for setting in settings:
        entries.extend(_paragraph(setting, len(entries)))
    return tuple(entries)


def _paragraph(setting: Setting, first: int) -> list[Entry]:
    text, places = squeezed(setting.passage.text)
    state = Clause(own_bodies=setting.bodies)
    found: list[Entry] = []
    for match in _SENTENCE.finditer(text):
        phrases = read_phrases(match.group())
        if phrases:
            _sentence(setting, places, match.start(), match.group(), phrases, state, found, first)
            state.end_sentence()
        else:
            state.pass_sentence()
    return found


def _sentence(
    setting: Setting,
    places: Sequence[int],
    offset: int,
    text: str,
    read: Sequence[Phrase],
    state: Clause,
    found: list[Entry],
    first: int,
) -> None:
    phrases = joined(read, text)
    kinds = {phrase.kind for phrase in phrases if isinstance(phrase, Marker)}
    state.years = sum(isinstance(phrase, Marker) and phrase.kind == "year" for phrase in phrases)
    state.deadlines = sum(isinstance(phrase, Marker) and phrase.kind == "deadline" for phrase in phrases)
    states = [phrase.state for phrase in phrases if isinstance(phrase, Group) and phrase.state]
    state.told = any(one.state == "done" and one.perfect for one in states)
    state.open = any(one.state in _LEFT for one in states)
    brackets: list[int] = []
    for index, phrase in enumerate(phrases):
        if isinstance(phrase, Marker):
            before = phrases[index - 1] if index else None
            mark(phrase, before, state, first + len(found) - 1 if found else -1, brackets, offset)
            continue
        inside = brackets[-1] if brackets else -1
        state.summed = text.endswith(around("sums"), 0, phrase.start)
        state.closed = text[phrase.end : phrase.end + 1] in _after_figure() or _meets(phrases, index)
        state.meets = state.last_end == offset + phrase.start or _is_finer(found, state, offset, phrase, text)
        state.label = _is_labelled(phrase, text)
        state.handled = _is_handled(phrases, index)
        state.led = text.startswith(around("led-by"), phrase.end)
        state.leads = _is_leading(phrase, text)
        state.aside = text[: phrase.start].endswith(around("asides"))
        for draft in drafts(phrase, state, found):
            if draft.all and draft.quantity is None and _is_narrower(phrase, text):
                draft = replace(draft, scope="other")
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
                    places,
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


@cache
def _after_figure() -> frozenset[str]:
    return frozenset((*_MARKS, *around("after-figure")))


def _meets(phrases: Sequence[Phrase], index: int) -> bool:
    """Whether the next phrase begins where this one ends, and tells of no other body nor of who leads."""
    if index + 1 == len(phrases):
        return False
    after = phrases[index + 1]
    other = isinstance(after, Marker) and after.kind in ("body", "share")
    return after.start == phrases[index].end and not other


def _is_finer(found: list[Entry], state: Clause, offset: int, group: Group, text: str) -> bool:
    """Whether nothing but 、 parts a figure from the aspects before it: 共计4类、26项."""
    aspects = found[-1].claim.noun == "aspect" if found else False
    return aspects and state.last_end >= offset and text[state.last_end - offset : group.start] == "、"


def _is_labelled(group: Group, text: str) -> bool:
    """Whether the figure of ``group`` is that of one 方面 or 类 of a whole: 作风建设方面10个."""
    quantity = group.subject or group.object
    return quantity is not None and text.endswith(around("labels"), 0, quantity.start)


def _is_leading(group: Group, text: str) -> bool:
    """Whether a figure opens its clause and tells its own state: 24个问题中已完成20个; 目前18条问题全部整改到位."""
    if group.state is None or group.subject is None or not (group.everything or group.object is not None):
        return False
    before = text[max(0, group.start - _BEFORE) : group.start]
    opens = _CLAUSE_START.split(before)[-1] in ("", *around("openings"))
    return opens and not any(span in before for span in around("spans"))


def _is_narrower(group: Group, text: str) -> bool:
    """Whether what is all done is named by a word of its own: 个人问题已全部整改."""
    noun = group.subject_noun
    if noun is None or group.subject is not None or noun.noun not in GRAINS or noun.start == 0:
        return False
    before = text[: noun.start]
    return "\u4e00" <= before[-1] <= "\u9fff" and not before.endswith(around("wholes"))


def _is_handled(phrases: Sequence[Phrase], index: int) -> bool:
    """Whether words of discipline follow the persons of a group in their clause: 对1人予以记大过处分."""
    group = phrases[index]
    figure = group.subject if isinstance(group, Group) else None
    if figure is None or figure.unit_kind != "person":
        return False
    for phrase in phrases[index + 1 : index + 1 + _AHEAD]:
        if isinstance(phrase, Marker) and phrase.kind in (
            "comma",
            "semicolon",
            "stop",
            "enumeration",
            "discipline",
        ):
            return phrase.kind == "discipline"
    return False


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
    places: Sequence[int],
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
    start, end = places[offset + draft.start], places[offset + draft.end - 1] + 1
    span = setting.passage.span(start, end)
    figure = span
    if quantity is not None:
        digits = places[offset + quantity.figure_start], places[offset + quantity.figure_end - 1] + 1
        figure = setting.passage.span(*digits)
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
        part=state.part,
        inside=inside,
        anchored=draft.anchored,
        found=state.found,
        summed=state.summed,
        tied=state.feedback
        or state.planned
        or state.refined
        or any(mark in draft.word for mark in around("ties")),
        overlap=overlap,
        shared_list=open_list,
        after_subset=state.subset or state.kind,
        share=state.portion,
        money=_money(draft, state),
        approximation=quantity.approximation if quantity else "",
        year=state.year,
        labelled=state.label,
        led=state.share,
        leads=state.leads and role == "whole",
    )


def _money(draft: Draft, state: Clause) -> str:
    if draft.noun != "money":
        return ""
    if state.remainder or state.outstanding or draft.state in ("ongoing", "pending"):
        return "outstanding"
    return "recovered" if state.recovered else "whole"


def with_scopes(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries whose totals not tied to the inspection count as the report's own only where no such total is
    stated elsewhere, or where they agree with one; what is said of another's total right after it is another's
    too; and those of another year than the first total's are another inspection's."""
    own: dict[str, set[float | None]] = {}
    first: dict[str, str] = {}
    fed_back = {entry.claim.noun for entry in entries if _is_own(entry) and not entry.found}
    for entry in entries:
        if _is_own(entry) and not (entry.found and entry.claim.noun in fed_back):
            own.setdefault(entry.claim.noun, set()).add(entry.claim.value)
            first.setdefault(entry.claim.noun, entry.year)
    least: dict[str, float] = {}
    for entry in entries:
        if _is_own(entry) and _is_sure(entry) and entry.claim.value is not None:
            noun, value = entry.claim.noun, _SMALL * entry.claim.value
            least[noun] = min(least.get(noun, value), value)
    changed: list[Entry] = []
    left = _Left()
    aside: Entry | None = None
    for entry in entries:
        claim = entry.claim
        known = own.get(claim.noun)
        if entry.year and entry.year != first.get(claim.noun, entry.year) and claim.noun in GRAINS:
            claim = replace(claim, scope="other")
        whole = entry.role == "whole" and claim.noun in COUNTED
        loose = whole and claim.scope == "report" and (not entry.anchored or entry.found)
        small = whole and not _is_sure(entry) and _value(entry) < least.get(claim.noun, 0)
        if claim.scope == "report" and (small or (loose and known is not None and claim.value not in known)):
            claim = replace(claim, scope="other")
        if whole:
            aside = entry if claim.scope == "other" else None
        elif aside is not None and _follows(aside, entry):
            claim = replace(claim, scope="other")
        if claim.scope == "report" and left.is_elsewhere(entry):
            claim = replace(claim, scope="other")
        changed.append(replace(entry, claim=claim))
        left.add(changed[-1])
    return tuple(_with_parts_told(changed, own))


def _with_parts_told(entries: list[Entry], own: dict[str, set[float | None]]) -> list[Entry]:
    """Entries with what looks like a total, all of which is done, as the part of the total that the figure of what
    is left makes it: 反馈的19个问题 …; 18个问题全部整改到位，1个问题正在推进."""
    left: dict[tuple[int, str], list[float]] = {}
    for entry in entries:
        claim = entry.claim
        if claim.state in _LEFT and claim.value is not None:
            left.setdefault((claim.paragraph, claim.noun), []).append(claim.value)
    for index, (entry, everything) in enumerate(pairwise(entries)):
        claim = entry.claim
        if not entry.leads or claim.scope == "other" or everything.role != "all" or claim.value is None:
            continue
        known, rest = own.get(claim.noun, ()), left.get((claim.paragraph, claim.noun), [])
        if any(claim.value + value in known for value in rest[:_MOST]):
            for place in (index, index + 1):
                other = entries[place]
                entries[place] = replace(other, claim=replace(other.claim, scope="other"))
    return entries


def _value(entry: Entry) -> float:
    """The value of a figure; a masked one may be any."""
    return math.inf if entry.claim.masked else entry.claim.value or 0


class _Left:
    """What is left, as far as the text has been read: in whose scope each value stands, and what its sentence held."""

    def __init__(self) -> None:
        self._scopes: dict[tuple[str, float | None], set[str]] = {}
        self._last: dict[str, Entry] = {}

    def is_elsewhere(self, entry: Entry) -> bool:
        """Whether what is left, in a sentence with no whole of it, repeats what is left of another body's:
        村级反馈的143个问题已整改139个，剩余4个; and later: 对剩余4个问题，专人跟进."""
        claim = entry.claim
        before = self._last.get(claim.noun)
        alone = before is None or not _is_together(before, entry)
        told = entry.role == "remainder" or (entry.role == "part" and claim.state in _LEFT)
        scopes = self._scopes.get((claim.noun, claim.value))
        return told and alone and claim.value is not None and scopes == {"other"}

    def add(self, entry: Entry) -> None:
        claim = entry.claim
        self._last[claim.noun] = entry
        if claim.state in _LEFT and entry.role != "subset":
            self._scopes.setdefault((claim.noun, claim.value), set()).add(claim.scope)


def _is_together(one: Entry, other: Entry) -> bool:
    return (one.claim.paragraph, one.sentence) == (other.claim.paragraph, other.sentence)


def _is_own(entry: Entry) -> bool:
    """Whether a total is tied to the inspection or to the plan of this report."""
    return entry.role == "whole" and entry.anchored and entry.claim.scope == "report"


def _is_sure(entry: Entry) -> bool:
    """Whether words of feedback or planning, or 共, make a total the report's own."""
    return entry.tied or entry.summed


def _follows(whole: Entry, entry: Entry) -> bool:
    """Whether what is said of problems or measures right after a total in its sentence is said of it."""
    told = entry.role in ("part", "remainder", "all", "rate") and entry.claim.noun == whole.claim.noun
    fits = entry.role == "rate" or whole.claim.value is None or (entry.claim.value or 0) <= whole.claim.value
    return told and fits and _is_together(whole, entry)
