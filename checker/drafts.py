"""From phrases to drafts: which claims a group of words states, before they are placed in the report."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from checker import resources
from checker.antecedents import mended_whole, rate_noun, rules_before, same_sentence, whole_of
from checker.clauses import Clause
from checker.entries import COUNTED, Entry
from checker.figure_words import around, like_units
from checker.phrase_nodes import Group, Noun, Quantity, State
from checker.records import dataclass, replace

_FINER = {"aspect": "problem", "problem": "detail"}
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Draft:
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


def drafts(group: Group, state: Clause, found: list[Entry]) -> Iterator[Draft]:
    """The claims that ``group`` states, given what its clause says and the entries ``found`` before it."""
    subject, target, words = group.subject, group.object, group.state
    if words is not None and words.bare and _is_label(group, state, found):
        words = None
    if words is None:
        figure = subject or target
        if figure is not None:
            yield _plain(group, figure, state, found)
        elif group.everything and group.subject_noun is not None and state.remainder:
            yield _unnumbered(group.start, group.end, group.subject_noun, "ongoing", state, found)
        return
    if subject is not None and target is not None:
        whole = _plain(group, subject, state, found, with_state=True)
        yield whole
        noun = group.object_noun
        yield _stated(words.start, target.end, target, noun, words, state, found, whole.noun)
    elif subject is not None and group.everything:
        rest = state.remainder
        whole = _plain(group, subject, state, found, with_state=True)
        yield replace(whole, state=words.state) if rest and words.state != "lasting" else whole
        if not state.rate and _is_fact(words, state):
            everything = _everything(words.start, words.end, whole.noun, whole.word, words, state)
            yield replace(everything, scope="other" if rest else whole.scope)
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
        antecedent = mended_whole(words.word, found, state, 0) if noun is None else None
        if noun is not None:
            yield _everything(group.start, max(words.end, noun.end), noun.noun, noun.word, words, state)
        elif antecedent is not None and antecedent.sentence == state.sentence:
            meant = _side(found, state) or antecedent
            if meant.claim.noun in COUNTED:
                draft = _everything(words.start, words.end, meant.claim.noun, meant.claim.word, words, state)
                yield draft if meant is antecedent else replace(draft, scope="other")
    elif state.remainder:
        kind = words.state if words.state != "lasting" else "ongoing"
        yield _unnumbered(group.start, group.end, group.subject_noun, kind, state, found)


def _is_label(group: Group, state: Clause, found: list[Entry]) -> bool:
    """Whether what looks like a state names a figure: 整改落实方面7个; （作风建设10个、整改落实13个）; 12个问题整改."""
    named, words, figure = group.object_noun, group.state, group.object
    if group.subject is not None or figure is None or words is None:
        return group.subject is not None and figure is None
    last = found[-1] if found and state.saved else None
    if named is not None:
        return named.noun == "aspect" and words.end == named.start
    return last is not None and (last.role, last.claim.state, last.sentence) == (
        "member",
        "total",
        state.sentence,
    )


def _side(found: list[Entry], state: Clause) -> Entry | None:
    """The figure right before a bare 已全部办结 where it is not the whole of anything: 移交信访件7件，已全部办结;
    其中立行立改问题6个，均已整改."""
    last = found[-1]
    if last.sentence != state.sentence or state.clause - last.clause > 1 or last.claim.value is None:
        return None
    if last.role == "subset" and _fill(found, state):
        return None
    part = last.role == "part" and last.clause == state.clause
    side = last.claim.noun == "other" and last.claim.unit in _side_units()
    return last if part or side or last.role in ("subset", "member") else None


def _fill(found: list[Entry], state: Clause) -> bool:
    """Whether the parts of a list make up their whole: 共9个，其中党建类5个、作风类4个，现已全部整改完毕."""
    parts = list(takewhile(lambda entry: entry.role == "subset", same_sentence(found, state)))
    whole = whole_of(found, state, found[-1].claim.unit)
    return (
        whole is not None
        and whole.sentence == state.sentence
        and sum(entry.claim.value or 0 for entry in parts) == whole.claim.value
    )


@cache
def _side_units() -> frozenset[str]:
    return frozenset((*around("case-units"), *around("plain-units"), *around("heap-units")))


def _is_fact(words: State, state: Clause) -> bool:
    """Whether 全部整改到位 tells what is done, and not what is to be ensured or demanded."""
    return not state.purpose and (words.perfect or not state.wanted)


def _start(noun: Noun | None, quantity: Quantity) -> int:
    return noun.start if noun is not None and not quantity.noun else quantity.start


def _plain(
    group: Group, quantity: Quantity, state: Clause, found: list[Entry], with_state: bool = False
) -> Draft:
    """A figure with no state of its own: a total, a remainder, a subset, a rate or a mere count."""
    named = group.subject_noun
    noun, word = quantity.noun, quantity.word
    start = quantity.start
    if named is not None and (named.noun == "aspect" or not quantity.unit):
        named = None  # 作风建设方面10个 counts no 方面
    if quantity.unit_kind == "other":
        noun, word, named = "", "", None  # 研究重大事项4次 counts no 事项
    if not noun and named is not None:
        noun, word, start = named.noun, named.word, named.start
    anchored = (
        state.feedback or ((state.planned or state.refined) and noun in ("measure", "task")) or with_state
    )
    anchored = anchored or any(mark in word for mark in around("anchors"))
    anchored = anchored or state.summed
    scope = _scope(state)
    role, kind, refined = "whole", "total", ""
    if quantity.unit_kind == "percent":
        role = "rate" if state.rate else "stray"
        kind = "rate" if state.rate else "total"
        if role == "rate":
            noun, word = rate_noun(state, found)
            start = state.rate_start if start - state.rate_start < 12 else start
    elif any(mark in word for mark in resources.lexicon("figures")["class"]):
        role, scope = "subset", "other"
    elif state.remainder and _is_led(state, found):
        noun = noun or _bare_noun(quantity, state, found, "remainder")
        role, scope = "stray", "other"
        state.remainder = False
    elif state.remainder and _is_rest_of_part(quantity, state, found):
        role, kind, scope = "subset", "ongoing", "other"
        state.remainder = False
    elif state.remainder:
        role, kind = "remainder", "ongoing"
        state.remainder = False
        start = state.remainder_start if state.remainder_end == start and not with_state else start
    elif (
        state.kind
        or _goes_on(quantity, noun, state, found)
        or _is_share(quantity, state, found)
        or (state.subset and (not with_state or whole_of(found, state, quantity.unit) is not None))
    ):
        role, scope = "subset", "other"
    if not noun or quantity.unit_kind in ("money", "person"):
        noun = _bare_noun(quantity, state, found, role, with_state)
    if noun in ("problem", "aspect") and state.refined and role == "whole":
        anchored, refined = True, "refined"
    if noun in ("other", "person", "money") and role == "whole":
        role = "stray" if noun != "money" else "whole"
    end = max(quantity.end, start)
    return Draft(start, end, quantity, noun, word, kind, role, False, anchored, scope, refined)


def _bare_noun(
    quantity: Quantity, state: Clause, found: list[Entry], role: str, with_state: bool = False
) -> str:
    if quantity.unit_kind == "money":
        return "money"
    if quantity.unit_kind == "person":
        return "person" if state.discipline or state.handled else "other"
    if quantity.unit_kind in ("other", "percent", ""):
        return "other"
    if role in ("remainder", "subset") or state.summed or state.share or with_state:
        rules = rules_before(found, state) if role == "subset" else None
        antecedent = rules if rules and rules.claim.unit == quantity.unit else None
        antecedent = antecedent or whole_of(found, state, quantity.unit) or rules
        return antecedent.claim.noun if antecedent is not None else "other"
    if quantity.unit not in around("plain-units"):
        return "other"
    if state.closed and state.feedback and 0 <= quantity.start - state.feedback_end <= 2:
        return "problem"
    last = found[-1] if found and state.meets and found[-1].role == "whole" else None
    return _FINER.get(last.claim.noun, "other") if last is not None else "other"


def _is_led(state: Clause, found: list[Entry]) -> bool:
    """Whether a remainder is what other leaders see to: 书记领办5个，班子成员负责其余22个."""
    last = found[-1] if found else None
    return state.led or (last is not None and last.led and last.sentence == state.sentence)


def _is_rest_of_part(quantity: Quantity, state: Clause, found: list[Entry]) -> bool:
    """Whether a remainder is that of a part right before it: 限期整改的20项已完成19项，剩余1项."""
    if len(found) < 2 or found[-1].sentence != state.sentence:
        return False
    part, done = found[-2], found[-1]
    if part.role != "subset" or done.clause - part.clause > 1 or done.claim.state != "done":
        return False
    return (done.claim.value or 0) + (quantity.value or 0) == part.claim.value


def _is_share(quantity: Quantity, state: Clause, found: list[Entry]) -> bool:
    """Whether a figure is a leader's share of a whole in its sentence."""
    whole = whole_of(found, state, quantity.unit) if state.share else None
    return whole is not None and whole.sentence == state.sentence and not whole.led


def _goes_on(quantity: Quantity, noun: str, state: Clause, found: list[Entry]) -> bool:
    """Whether a figure goes on a list of parts (其中政治方面12个，作风方面10个) or begins one after a colon (：政治方面12个)."""
    last = found[-1] if found else None
    return (
        last is not None
        and not noun
        and state.label
        and (last.role == "subset" or (last.role == "whole" and last.number == state.announced))
        and last.sentence == state.sentence
        and last.claim.unit == quantity.unit
    )


def _stated(
    start: int,
    end: int,
    quantity: Quantity,
    named: Noun | None,
    words: State,
    state: Clause,
    found: list[Entry],
    whole_noun: str,
) -> Draft:
    """A figure in a state: a part of a whole, a remainder, a rate in words (完成近九成)."""
    state.routine = state.routine and not _serves_whole(quantity, state, found)
    scope = _scope(state)
    kind, role = words.state, "part"
    named = named if named is None or named.noun != "aspect" else None
    if state.remainder and state.purpose and kind == "done" and not words.perfect:
        kind = "ongoing"  # 确保剩余两个问题按期完成
    if words.state != "done" and any(mark in quantity.word for mark in around("fed-back")):
        kind, role = "total", "whole"
    if kind == "lasting" and state.still:
        kind = "ongoing"
    elif kind == "lasting" or _is_due(quantity, words, state):
        kind, role, scope = "ongoing", "subset", "other"
    if state.remainder and _is_rest_of_part(quantity, state, found):
        role, scope = "subset", "other"
        state.remainder = False
    elif state.remainder:
        role = "remainder"
        state.remainder = False
    elif state.kind or (
        role == "part" and (_is_inner(quantity, words, state, found) or _is_of_class(quantity, state, found))
    ):
        role, scope = "subset", "other"
    elif state.foreign or state.share:
        scope = "other"
    noun = quantity.noun or (named.noun if named is not None else "")
    word = quantity.word or (named.word if named is not None else "")
    if quantity.unit_kind == "percent":
        noun, word = (noun, word) if noun else rate_noun(state, found)
        return Draft(start, end, quantity, noun, word, "rate", "rate", False, True, scope)
    if quantity.unit_kind == "money":
        state.recovered = state.recovered or kind == "done"
        state.outstanding = state.outstanding or kind in ("ongoing", "pending")
    if quantity.unit_kind in ("money", "person", "other"):
        noun = _bare_noun(quantity, state, found, "part")
        return Draft(start, end, quantity, noun, word, "total", "stray", False, False, scope)
    if not noun and (not state.closed or state.aside or _is_aside(quantity, state, found)):
        return Draft(start, end, quantity, "other", word, words.state, "stray", False, False, scope)
    if not noun and not whole_noun and state.topic is not None and quantity.unit in like_units():
        noun, word = state.topic.noun, state.topic.word
    if not noun:
        antecedent = whole_of(found, state, quantity.unit)
        if antecedent is not None and antecedent.claim.unit != quantity.unit:
            antecedent = mended_whole(words.word, found, state, 0) or antecedent
        default = "problem" if quantity.unit in like_units() else "other"
        noun = whole_noun if whole_noun in COUNTED else antecedent.claim.noun if antecedent else default
        word = antecedent.claim.word if antecedent is not None else ""
    if noun == "rule":
        return Draft(start, end, quantity, noun, word, "total", "whole", False, True, scope)
    role = "stray" if _is_routine(state) else role
    return Draft(start, end, quantity, noun, word, kind, role, False, True, scope)


def _is_due(quantity: Quantity, words: State, state: Clause) -> bool:
    """Whether a figure is that of what is to be done by a day: 3个月内完成整改的12个, but not 3个月内已完成12个."""
    after = words.start - state.deadline_end
    if words.state != "done" or words.perfect or state.deadline_end < 0 or not 0 <= after <= _NEAR:
        return False
    meant = quantity.start > words.end or state.deadlines > 1
    return meant and (state.told or not state.open)


def _everything(start: int, end: int, noun: str, word: str, words: State, state: Clause) -> Draft:
    partial = state.subset or state.kind or state.excepted or state.remainder
    scope = "other" if partial else _scope(state)
    return Draft(start, end, None, noun, word, words.state, "all", True, True, scope)


def _is_aside(quantity: Quantity, state: Clause, found: list[Entry]) -> bool:
    """Whether a figure in a state is part of a side figure before it: 反馈36个问题，移交线索2条，已办结1条."""
    last = found[-1] if found else None
    if last is None or last.role != "stray" or last.claim.noun != "other" or last.sentence != state.sentence:
        return False
    whole = whole_of(found, state, quantity.unit)
    return last.claim.unit == quantity.unit and whole is not None and whole.claim.unit != quantity.unit


def _is_of_class(quantity: Quantity, state: Clause, found: list[Entry]) -> bool:
    """Whether a figure in a state is that of a class: its sentence states no whole (应整改18个，已整改18个), or the class
    stands first after a semicolon and has room for it (；限期整改16个，已整改15个，1个正在推进)."""
    here = same_sentence(found, state)
    if not here:
        return False
    if here[0].role == "subset" and not any(entry.role in ("whole", "part") for entry in here):
        return True
    parted = list(takewhile(lambda entry: entry.part == state.part, here))
    if not parted or any(entry.role != "subset" or entry.claim.unit != quantity.unit for entry in parted):
        return False
    told = sum(entry.claim.value or 0 for entry in parted[:-1]) + (quantity.value or 0)
    return parted[-1].claim.state == "total" and told <= (parted[-1].claim.value or 0)


def _is_inner(quantity: Quantity, words: State, state: Clause, found: list[Entry]) -> bool:
    """Whether a figure in a state belongs to the part before it and not to the whole: 正在整改10个，其中达到序时进度7个，
    未达序时进度3个."""
    here = same_sentence(found, state)
    inner = list(takewhile(lambda entry: entry.role == "subset", here))
    holder = here[len(inner)] if len(inner) < len(here) else None
    if state.subset and holder is not None and (holder.role, words.state) == ("all", "partial"):
        return True  # 全部完成整改，其中4个完成阶段性目标
    if holder is None or holder.role != "part" or holder.claim.unit != quantity.unit:
        return False
    if state.subset and not state.more:
        return True
    if not inner or "done" in (words.state, holder.claim.state):
        return False
    spoken = sum(entry.claim.value or 0 for entry in here if entry.role == "part") + (quantity.value or 0)
    whole = whole_of(found, state, quantity.unit)
    if whole is not None and whole.claim.value == spoken:
        return False
    return sum(entry.claim.value or 0 for entry in inner) + (quantity.value or 0) == holder.claim.value


def _unnumbered(
    start: int, end: int, noun: Noun | None, kind: str, state: Clause, found: list[Entry]
) -> Draft:
    antecedent = whole_of(found, state, "") if noun is None else None
    name = noun.noun if noun is not None else antecedent.claim.noun if antecedent else "problem"
    word = noun.word if noun is not None else ""
    return Draft(start, end, None, name, word, kind, "remainder", False, True, _scope(state))


def _scope(state: Clause) -> str:
    elsewhere = (
        state.foreign or state.share or state.body or state.self_check or state.each or state.years > 1
    )
    return "other" if elsewhere or _is_routine(state) else "report"


def _serves_whole(quantity: Quantity, state: Clause, found: list[Entry]) -> bool:
    """Whether what others were urged to solve is part of the feedback: 反馈问题35个，已推动解决问题33个."""
    whole = whole_of(found, state, quantity.unit) if state.purpose and not state.found else None
    return whole is not None and whole.tied and whole.sentence == state.sentence


def _is_routine(state: Clause) -> bool:
    """Whether the clause tells of daily work, and nothing of feedback: 发现并推动解决问题29个."""
    return state.routine and (state.found or not state.feedback)
