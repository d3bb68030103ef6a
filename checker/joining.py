"""Phrases of a sentence that belong together across other words: 完成32个问题中的30个; 问题、措施分别为32个、88条."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checker.figure_words import around
from checker.phrase_nodes import Group, Marker, Phrase
from checker.records import replace

_BREAKS = frozenset(("comma", "semicolon", "stop", "colon", "open", "close"))
_LIST = "、"
_SHARED = ("problem", "detail", "measure", "task")


def joined(phrases: Sequence[Phrase], text: str) -> Sequence[Phrase]:
    """``phrases`` of the sentence ``text`` with what belongs to one figure in one group."""
    found = list(phrases)
    for noun in around("swallowed"):
        if noun in text:
            found = [_tasked(phrase, text, noun) for phrase in found]
    if sum(isinstance(phrase, Group) for phrase in found) < 2:
        return found
    for index, phrase in enumerate(phrases):
        if isinstance(phrase, Marker) and phrase.kind == "severally":
            _share_out(found, index)
    places = [index for index, phrase in enumerate(found) if isinstance(phrase, Group)]
    gone = set()
    for one, other in pairwise(places):
        first, second = found[one], found[other]
        if one in gone or not (isinstance(first, Group) and isinstance(second, Group)):
            continue
        whole = _within(first, second, text) or _reasoned(first, second, found[one + 1 : other], text)
        if whole is not None:
            found[one] = whole
            gone.add(other)
        elif (started := _started(found, one, second, text)) is not None:
            found[one - 2] = started
            gone.update((one - 1, one, other))
        elif _is_joined(first, second, text):
            found[other] = _carried(first, second)
        elif first.end == second.start:
            found[one] = _coarser(first, second)
    return [phrase for index, phrase in enumerate(found) if index not in gone]


def _tasked(phrase: Phrase, text: str, noun: str) -> Phrase:
    """完成整改任务62项: the state has swallowed the noun."""
    if not isinstance(phrase, Group) or phrase.state is None or phrase.object is None or phrase.object_noun:
        return phrase
    if phrase.object.noun or not text[phrase.state.start : phrase.state.end].endswith(noun):
        return phrase
    return replace(phrase, object=replace(phrase.object, noun="task", word=noun))


def _is_bare(group: Group) -> bool:
    """Whether a group is a figure with its unit and nothing else."""
    return (
        group.subject is not None
        and not group.subject.noun
        and group.subject_noun is None
        and group.state is None
        and group.subject.unit_kind == "count"
    )


def _within(first: Group, second: Group, text: str) -> Group | None:
    """完成整改32个问题 and 30个, where 中的 stands between."""
    whole, named = first.object, first.object_noun
    if whole is None or first.subject is not None or not _is_bare(second) or not (whole.noun or named):
        return None
    if text[whole.end : second.start] not in around("within"):
        return None
    return replace(
        first, end=second.end, subject=whole, subject_noun=named, object=second.subject, object_noun=None
    )


def _started(found: Sequence[Phrase], place: int, part: Group, text: str) -> Group | None:
    """完成, 反馈, 问题30个 and 28个, where 中的 stands before the last: what a word of feedback parts from its state."""
    whole = found[place]
    if place < 2 or not isinstance(whole, Group) or whole.subject is None or whole.state is not None:
        return None
    state, marker = found[place - 2], found[place - 1]
    if not (isinstance(state, Group) and isinstance(marker, Marker) and marker.kind == "feedback"):
        return None
    alone = state.state is not None and state.subject is None and state.object is None
    if not alone or state.object_noun is not None or state.subject_noun is not None or not _is_bare(part):
        return None
    if state.end != marker.start or text[whole.subject.end : part.start] not in around("within"):
        return None
    return replace(
        state, end=part.end, subject=whole.subject, subject_noun=whole.subject_noun, object=part.subject
    )


def _reasoned(first: Group, second: Group, between: Sequence[Phrase], text: str) -> Group | None:
    """1个 and 正在推进, where 因资金不足 stands between; 33个已 and 完成整改, where 在三个月内 does."""
    figure = first.subject
    alone = figure is not None and first.subject_noun is None and first.state is None and first.object is None
    if (
        figure is None
        or not alone
        or figure.unit_kind != "count"
        or figure.noun not in ("", "problem", "detail")
    ):
        return None
    if second.state is None or second.subject is not None or second.object is not None:
        return None
    waits = text.startswith(around("reasons"), first.end) or (
        text.startswith(around("manners"), first.end) and text.endswith(around("done-before"), 0, first.end)
    )
    if second.everything or second.state.bare or not waits:
        return None
    if any(isinstance(phrase, Marker) and phrase.kind in _BREAKS for phrase in between):
        return None
    return replace(first, end=second.state.end, state=second.state)


def _is_joined(first: Group, second: Group, text: str) -> bool:
    """Whether nothing but 、 or 和 parts two figures, or nothing at all two grains of one."""
    between = text[first.end : second.start]
    return between == _LIST or between in around("and") or _is_double(first, second)


def _is_double(first: Group, second: Group) -> bool:
    """Whether two grains of one figure stand side by side: 已完成18个问题49个具体表现."""
    return first.end == second.start and first.object is not None and second.subject is not None


def _carried(first: Group, second: Group) -> Group:
    """58条措施 in 已完成22个问题、58条措施: it shares the state of the figure before."""
    done, figure, other = first.state, first.object, second.subject
    if done is None or done.bare or figure is None or other is None:
        return second
    if second.object is not None or (second.state is not None and not second.state.bare):
        return second
    if figure.noun not in _SHARED or other.noun not in _SHARED or figure.noun == other.noun:
        return second
    return replace(second, state=replace(done, start=other.start, end=other.end))


def _coarser(first: Group, second: Group) -> Group:
    """14项 in 14项28个具体问题: problems at a coarser grain."""
    if not _is_bare(first) or first.subject is None or first.subject.unit not in around("plain-units"):
        return first
    finer = (
        second.subject is not None
        and second.subject.noun in ("problem", "detail")
        and not second.subject_noun
    )
    return replace(first, subject=replace(first.subject, noun="problem")) if finer else first


def _share_out(found: list[Phrase], place: int) -> None:
    """Give the figures after 分别 their nouns and states: one each of those that stand before it, or that of the
    only one of them that has any."""
    figures = _figures(found, place + 1)
    named = _named(found, place)
    if len(figures) < 2:
        return
    bare = [index for index in figures if _is_bare_at(found, index)]
    if len(bare) == len(figures) == len(named):
        for index, name in zip(figures, named, strict=True):
            found[index] = _like(found[index], name)
        return
    told = [index for index in figures if index not in bare]
    if len(told) == 1:
        pattern = found[told[0]]
        for index in bare:
            found[index] = _like(found[index], pattern)


def _is_bare_at(found: Sequence[Phrase], index: int) -> bool:
    phrase = found[index]
    return isinstance(phrase, Group) and _is_bare(phrase)


def _figures(found: Sequence[Phrase], start: int) -> list[int]:
    """The places of the figures of a list: 88条、60条、2条."""
    places: list[int] = []
    for index in range(start, len(found)):
        phrase = found[index]
        if isinstance(phrase, Group):
            if phrase.subject is None and phrase.object is None:
                break
            places.append(index)
        elif phrase.kind != "enumeration" and (places or phrase.kind in _BREAKS):
            break
    return places


def _named(found: Sequence[Phrase], end: int) -> list[Group]:
    """The things named before ``end`` in its clause, each without a figure."""
    names: list[Group] = []
    for index in range(end - 1, -1, -1):
        phrase = found[index]
        if isinstance(phrase, Group):
            if phrase.subject is not None or phrase.object is not None:
                break
            names.insert(0, phrase)
        elif phrase.kind in _BREAKS:
            break
    return names


def _like(figure: Phrase, pattern: Phrase) -> Phrase:
    """A bare figure as one of what ``pattern`` names, in its state."""
    if not isinstance(figure, Group) or not isinstance(pattern, Group) or figure.subject is None:
        return figure
    quantity = pattern.subject or pattern.object
    named = pattern.object_noun or pattern.subject_noun
    noun = (
        quantity.noun if quantity is not None and quantity.noun else named.noun if named is not None else ""
    )
    word = (
        quantity.word if quantity is not None and quantity.noun else named.word if named is not None else ""
    )
    own = replace(figure.subject, noun=noun, word=word)
    state = pattern.state and replace(pattern.state, start=own.start, end=own.end)
    return replace(figure, subject=own, state=state)
