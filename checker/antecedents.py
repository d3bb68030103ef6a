"""What a figure belongs to: the whole that stands before it in the text."""

from __future__ import annotations

from itertools import takewhile

from checker import resources
from checker.clauses import Clause
from checker.entries import COUNTED, Entry
from checker.figure_words import around, like_units

_REACH = 2
_NEAR = 2
_MANY = 8
_BACK = 100
"""So many figures before one are looked at for its whole."""


def same_sentence(found: list[Entry], state: Clause) -> list[Entry]:
    """The figures of the sentence so far, the latest first."""
    return list(takewhile(lambda entry: entry.sentence == state.sentence, reversed(found[-_BACK:])))


def whole_of(found: list[Entry], state: Clause, unit: str) -> Entry | None:
    """The whole that a figure without a noun belongs to: the latest in its sentence or the two before,
    one with the same unit first."""
    wholes: list[Entry] = []
    for entry in reversed(found[-_BACK:]):
        if state.sentence - entry.sentence > _REACH or len(wholes) == _MANY:
            break
        if entry.role == "whole" and entry.claim.noun in COUNTED[:-1]:
            wholes.insert(0, entry)
    here = [entry for entry in wholes if entry.sentence == state.sentence] or wholes
    finer = [entry for entry in here if entry.claim.noun != "aspect"]
    finer = finer or [entry for entry in here if not unit or entry.claim.unit == unit]
    same = [entry for entry in finer if unit and entry.claim.unit == unit]
    alike = [entry for entry in finer if not unit or {unit, entry.claim.unit} <= like_units()]
    return next(reversed(same or alike), None)


def rules_before(found: list[Entry], state: Clause) -> Entry | None:
    """The rules that a figure after 其中 belongs to: 完善制度12项，其中新建7项."""
    last = found[-1] if found else None
    return (
        last if last is not None and last.claim.noun == "rule" and last.sentence == state.sentence else None
    )


def mended_whole(words: str, found: list[Entry], state: Clause, reach: int) -> Entry | None:
    """The whole that ``words`` without a noun are said of: where measures stand last, 整改 is still said of the
    problems before them: 针对反馈的9个问题，制定措施27项，已全部整改完毕."""
    antecedent = whole_of(found, state, "")
    if antecedent is None or antecedent.claim.noun != "measure" or not _is_of_problems(words):
        return antecedent
    return next(
        (
            entry
            for entry in reversed(found[-_BACK:])
            if entry.role == "whole"
            and entry.claim.noun in ("problem", "detail")
            and entry.claim.scope == antecedent.claim.scope
            and antecedent.sentence - entry.sentence <= reach
        ),
        antecedent,
    )


def _is_of_problems(words: str) -> bool:
    return any(word in words for word in around("mending")) and not any(
        word in words for word in around("carrying-out")
    )


def rate_noun(state: Clause, found: list[Entry]) -> tuple[str, str]:
    words = resources.lexicon("figures")["nouns"]
    for noun in ("measure", "task", "problem"):
        if any(word in state.rate for word in words[noun]):
            return noun, ""
    if state.topic is not None and 0 <= state.rate_start - state.topic.end <= _NEAR:
        return state.topic.noun, state.topic.word
    last = next((entry for entry in reversed(found[-_BACK:]) if entry.role not in ("rate", "all")), None)
    meant = mended_whole(state.rate, found, state, _REACH)
    if last is not None and last.sentence == state.sentence and _is_told(last):
        mended = meant is not None and meant.claim.noun in ("problem", "detail")
        problems = mended and any(
            entry.role == "part" and entry.claim.noun in ("problem", "detail")
            for entry in same_sentence(found, state)
        )
        own = last.clause == state.clause or last.claim.noun != "measure" or not problems
        meant = last if own or not _is_of_problems(state.rate) else meant
    elif last is not None and last.clause == state.clause and last.claim.noun == "measure":
        meant = last
    return (meant.claim.noun, meant.claim.word) if meant is not None else ("problem", "")


def _is_told(entry: Entry) -> bool:
    """Whether a rate right after a figure is that figure's own: a part of a whole, or letters and cases, which have
    no other."""
    return (
        entry.role == "part"
        or entry.claim.state == "done"
        or (entry.claim.noun == "other" and entry.claim.unit in around("case-units"))
    )
