"""From phrases to claims: what each stated figure counts, in which state, and whose figure it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from checker import resources
from checker.clauses import Clause, mark
from checker.document import Claim
from checker.phrases import Group, Marker, Noun, Quantity, State, read_phrases
from checker.records import dataclass, replace
from checker.source import Passage

_LIKE_UNITS = frozenset(("", "个", "条", "项"))
_PLAIN_UNITS = ("个", "条", "项")
_AFTER_FIGURE = frozenset(("", *"，。；、：！？）（,;:()“”《 \u3000\n\r的中"))
_TIES = ("反馈", "巡察", "巡视")
_REACH = 2
_MANY = 8
GRAINS = ("aspect", "problem", "detail")
COUNTED = (*GRAINS, "measure", "task", "rule")


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph to be read for figures: its index, its passage, and whether its figures are the report's
    own (``report``) or those of one section or item (``other``)."""

    index: int
    passage: Passage
    scope: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim and how it stands in its sentence.

    ``role``: ``whole``, ``part``, ``remainder``, ``subset``, ``member`` (of a bracket or list), ``all``,
    ``rate`` or ``stray``. ``inside`` is the number of the entry in whose bracket or list it stands (-1 none);
    ``anchored`` if its words tie it to the inspection or to the plan, ``tied`` if
    to the feedback itself; ``shared_list`` if 等 leaves its list
    open; ``overlap`` if the sentence says that its figures overlap; ``after_subset`` after 其中; ``share`` for a
    share of a whole (占…%); ``money``: ``whole``, ``recovered``, ``outstanding`` or "".
    """

    number: int
    claim: Claim
    role: str
    sentence: int
    clause: int
    inside: int
    anchored: bool
    tied: bool
    overlap: bool
    shared_list: bool
    after_subset: bool
    share: bool
    money: str
    approximation: str
    year: str


_SENTENCE = re.compile(r"[^。！？!?\r\n]*[。！？!?\r\n]*")


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
        state.closed = text[phrase.end : phrase.end + 1] in _AFTER_FIGURE or _meets(phrases, index)
        for draft in _drafts(phrase, state, found, first):
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


def _meets(phrases: Sequence[Group | Marker], index: int) -> bool:
    """Whether the next phrase begins where this one ends."""
    return index + 1 < len(phrases) and phrases[index + 1].start == phrases[index].end


def _keep_topic(group: Group, state: Clause) -> None:
    if group.subject is not None or group.object is not None:
        state.topic = None
    elif group.subject_noun is not None and group.state is None:
        state.topic = group.subject_noun


@dataclass(frozen=True, slots=True)
class _Draft:
    """A claim before it is placed: ``start``/``end`` in the sentence."""

    start: int
    end: int
    quantity: Quantity | None
    noun: str
    word: str
    state: str
    role: str
    all: bool
    anchored: bool
    scope: str
    key: str = ""


def _drafts(group: Group, state: Clause, found: list[Entry], first: int) -> Iterator[_Draft]:
    subject, target, words = group.subject, group.object, group.state
    if words is not None and words.bare and subject is not None and target is None:
        words = None
    if words is None:
        if subject is not None:
            yield _plain(group, subject, state, found)
        elif group.everything and group.subject_noun is not None and state.remainder:
            yield _unnumbered(group.start, group.end, group.subject_noun, "ongoing", state, found)
        return
    if subject is not None and target is not None:
        whole = _plain(group, subject, state, found, with_state=True)
        yield whole
        noun = group.object_noun
        yield _stated(words.start, target.end, target, noun, words, state, found, whole.noun)
    elif subject is not None and group.everything:
        whole = _plain(group, subject, state, found, with_state=True)
        yield whole
        if not state.rate and _is_fact(words, state):
            everything = _everything(words.start, words.end, whole.noun, whole.word, words, state)
            yield replace(everything, scope=whole.scope)
    elif subject is not None:
        start = _start(group.subject_noun, subject)
        end = max(subject.end, words.end)
        yield _stated(min(start, words.start), end, subject, group.subject_noun, words, state, found, "")
    elif target is not None:
        start = min(
            words.start, group.subject_noun.start if group.subject_noun and not target.noun else words.start
        )
        end = max(target.end, group.object_noun.end if group.object_noun else 0)
        yield _stated(start, end, target, group.object_noun or group.subject_noun, words, state, found, "")
    elif group.everything and not _is_fact(words, state):
        return
    elif group.everything:
        noun = group.subject_noun or group.object_noun
        antecedent = _antecedent(found, state, "") if noun is None else None
        if noun is not None:
            yield _everything(group.start, max(words.end, noun.end), noun.noun, noun.word, words, state)
        elif antecedent is not None and antecedent.sentence == state.sentence:
            yield _everything(
                words.start, words.end, antecedent.claim.noun, antecedent.claim.word, words, state
            )
    elif state.remainder:
        kind = words.state if words.state != "lasting" else "ongoing"
        yield _unnumbered(group.start, group.end, group.subject_noun, kind, state, found)


def _is_fact(words: State, state: Clause) -> bool:
    """Whether 全部整改到位 tells what is done, and not what is to be ensured or demanded."""
    return not state.purpose and (words.perfect or not state.wanted)


def _start(noun: Noun | None, quantity: Quantity) -> int:
    return noun.start if noun is not None and not quantity.noun else quantity.start


def _plain(
    group: Group, quantity: Quantity, state: Clause, found: list[Entry], with_state: bool = False
) -> _Draft:
    """A figure with no state of its own: a total, a remainder, a subset, a rate or a mere count."""
    named = group.subject_noun
    noun, word = quantity.noun, quantity.word
    start = quantity.start
    if not noun and named is not None and not quantity.unit:
        named = None
    if not noun and named is not None:
        noun, word, start = named.noun, named.word, named.start
    anchored = (
        state.feedback or ((state.planned or state.refined) and noun in ("measure", "task")) or with_state
    )
    anchored = anchored or any(mark in word for mark in ("反馈", "整改", "巡"))
    scope = _scope(state)
    role, kind, refined = "whole", "total", ""
    if quantity.unit_kind == "percent":
        role = "rate" if state.rate else "stray"
        kind = "rate" if state.rate else "total"
        if role == "rate":
            noun, word = _rate_noun(state, found)
            start = state.rate_start if start - state.rate_start < 12 else start
    elif any(mark in word for mark in resources.lexicon("figures")["subset"]):
        role, scope = "subset", "other"
    elif state.remainder:
        role, kind = "remainder", "ongoing"
    elif state.subset and not with_state:
        role, scope = "subset", "other"
    if not noun or quantity.unit_kind in ("money", "person"):
        noun = _bare_noun(quantity, state, found, role)
    if noun == "problem" and state.refined and role == "whole":
        anchored, refined = True, "refined"
    if noun in ("other", "person", "money") and role == "whole":
        role = "stray" if noun != "money" else "whole"
    end = max(quantity.end, start)
    return _Draft(start, end, quantity, noun, word, kind, role, False, anchored, scope, refined)


def _bare_noun(quantity: Quantity, state: Clause, found: list[Entry], role: str) -> str:
    if quantity.unit_kind == "money":
        return "money"
    if quantity.unit_kind == "person":
        return "person" if state.discipline else "other"
    if quantity.unit_kind in ("other", "percent", ""):
        return "other"
    if role in ("remainder", "subset"):
        antecedent = _antecedent(found, state, quantity.unit)
        return antecedent.claim.noun if antecedent is not None else "other"
    if state.feedback and 0 <= quantity.start - state.feedback_end <= 2 and quantity.unit in _PLAIN_UNITS:
        return "problem"
    return "other"


def _stated(
    start: int,
    end: int,
    quantity: Quantity,
    named: Noun | None,
    words: State,
    state: Clause,
    found: list[Entry],
    whole_noun: str,
) -> _Draft:
    """A figure in a state: a part of a whole, a remainder, a rate in words (完成近九成)."""
    scope = _scope(state)
    kind, role = words.state, "part"
    if words.state != "done" and "反馈" in quantity.word:
        kind, role = "total", "whole"
    if kind == "lasting":
        kind, role, scope = "ongoing", "subset", "other"
    if state.remainder:
        role = "remainder"
    elif state.foreign or state.share:
        scope = "other"
    noun = quantity.noun or (named.noun if named is not None else "")
    word = quantity.word or (named.word if named is not None else "")
    if quantity.unit_kind == "percent":
        noun, word = (noun, word) if noun else _rate_noun(state, found)
        return _Draft(start, end, quantity, noun, word, "rate", "rate", False, True, scope)
    if quantity.unit_kind in ("money", "person", "other"):
        noun = _bare_noun(quantity, state, found, "part")
        return _Draft(start, end, quantity, noun, word, "total", "stray", False, False, scope)
    if not noun and not state.closed:
        return _Draft(start, end, quantity, "other", word, "total", "stray", False, False, scope)
    if not noun and state.topic is not None and quantity.unit in _LIKE_UNITS:
        noun, word = state.topic.noun, state.topic.word
    if not noun:
        antecedent = _antecedent(found, state, quantity.unit)
        default = "problem" if quantity.unit in _LIKE_UNITS else "other"
        noun = whole_noun if whole_noun in COUNTED else antecedent.claim.noun if antecedent else default
        word = antecedent.claim.word if antecedent is not None else ""
    if noun == "rule":
        return _Draft(start, end, quantity, noun, word, "total", "whole", False, True, scope)
    return _Draft(start, end, quantity, noun, word, kind, role, False, True, scope)


def _everything(start: int, end: int, noun: str, word: str, words: State, state: Clause) -> _Draft:
    return _Draft(start, end, None, noun, word, words.state, "all", True, True, _scope(state))


def _unnumbered(
    start: int, end: int, noun: Noun | None, kind: str, state: Clause, found: list[Entry]
) -> _Draft:
    antecedent = _antecedent(found, state, "") if noun is None else None
    name = noun.noun if noun is not None else antecedent.claim.noun if antecedent else "problem"
    word = noun.word if noun is not None else ""
    return _Draft(start, end, None, name, word, kind, "remainder", False, True, _scope(state))


def _scope(state: Clause) -> str:
    elsewhere = (
        state.foreign or state.share or state.body or state.self_check or state.each or state.years > 1
    )
    return "other" if elsewhere else "report"


def _antecedent(found: list[Entry], state: Clause, unit: str) -> Entry | None:
    """The whole that a figure without a noun belongs to: the latest in its sentence or the two before,
    one with the same unit first."""
    wholes: list[Entry] = []
    for entry in reversed(found):
        if state.sentence - entry.sentence > _REACH or len(wholes) == _MANY:
            break
        if entry.role == "whole" and entry.claim.noun in COUNTED[:-1]:
            wholes.insert(0, entry)
    here = [entry for entry in wholes if entry.sentence == state.sentence] or wholes
    finer = [entry for entry in here if entry.claim.noun != "aspect"] or here
    same = [entry for entry in finer if unit and entry.claim.unit == unit]
    alike = [entry for entry in finer if not unit or {unit, entry.claim.unit} <= _LIKE_UNITS]
    return next(reversed(same or alike), None)


def _rate_noun(state: Clause, found: list[Entry]) -> tuple[str, str]:
    words = resources.lexicon("figures")["nouns"]
    for noun in ("measure", "task", "problem"):
        if any(word in state.rate for word in words[noun]):
            return noun, ""
    antecedent = _antecedent(found, state, "")
    return (antecedent.claim.noun, antecedent.claim.word) if antecedent is not None else ("problem", "")


def _is_member(draft: _Draft, inside: int, state: Clause, found: list[Entry], first: int) -> bool:
    holder = inside if inside >= 0 else state.listed
    if holder < first or draft.quantity is None:
        return False
    whole = found[holder - first].claim
    return draft.quantity.unit == whole.unit and (draft.noun in ("other", whole.noun))


def _entry(
    setting: Setting,
    offset: int,
    draft: _Draft,
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
        tied=state.feedback or state.planned or state.refined or any(mark in draft.word for mark in _TIES),
        overlap=overlap,
        shared_list=open_list,
        after_subset=state.subset,
        share=state.rate.startswith("占"),
        money=_money(draft, state),
        approximation=quantity.approximation if quantity else "",
        year=state.year,
    )


def _money(draft: _Draft, state: Clause) -> str:
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
