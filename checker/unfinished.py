"""Words of the future in what reads as done, and sentences that answer two problems."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from checker import resources
from checker.document import Claim, Cue, Duplicate, Paragraph, Problem, Stretch
from checker.records import replace
from checker.regexes import kept_pattern, late
from checker.source import Span

LONG_SENTENCE = 30
"""Characters from which on a repeated sentence is no coincidence (catalogue of rules, status.duplicate)."""

_READ = ("body", "status", "label", "row")
_FAR = 1_000
_BESIDE = 40
"""So many characters behind a figure of what others leave open, words of the future speak of that."""
_BREAK = late(r"[。！？；，\r\n]")
_END = late(r"[。！？\n]")


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, dict[str, Any]], re.Pattern[str], re.Pattern[str]]:
    words = {entry["word"]: entry for entry in resources.lexicon("unfinished")["words"]}
    cues, reported, finished = _patterns()
    return cues, words, reported, finished


@kept_pattern
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = resources.lexicon("unfinished")
    alternatives = resources.alternatives
    return (
        re.compile(alternatives(entry["word"] for entry in data["words"])),
        re.compile(alternatives(data["reported"])),
        re.compile(alternatives(data["finished"])),
    )


def find_cues(paragraphs: Iterable[Paragraph], problems: Iterable[Problem]) -> tuple[Cue, ...]:
    """The words that say that something is future or unfinished; false friends, demands made of others, what
    the same sentence says to be finished and the words of the problems themselves left out."""
    posed = sorted((problem.span.start, problem.span.end) for problem in problems)
    found = []
    for paragraph in paragraphs:
        if paragraph.role in _READ and paragraph.section in ("", "rectification", "other", "organization"):
            for cue in _cues(paragraph):
                before = bisect_right(posed, (cue.span.start, sys.maxsize)) - 1
                if before < 0 or posed[before][1] <= cue.span.start:
                    found.append(cue)
    return tuple(found)


def _cues(paragraph: Paragraph) -> Iterable[Cue]:
    words, entries, reported, finished = _lexicon()
    text = paragraph.passage.text
    clause = 0
    for match in words.finditer(text):
        entry = entries[match.group()]
        if any(_covered(text, match.start(), match.end(), longer) for longer in entry.get("except", ())):
            continue
        clause = max(clause, match.start() - _FAR)
        for mark in _BREAK.finditer(text, clause, match.start()):
            clause = mark.end()
        end = _END.search(text, match.end(), match.end() + _FAR)
        sentence = end.start() if end else min(len(text), match.end() + _FAR)
        if reported.search(text, clause, match.start()) or finished.search(text, match.end(), sentence):
            continue
        yield Cue(paragraph.passage.span(match.start(), match.end()), match.group(), entry["strength"])


def _covered(text: str, start: int, end: int, longer: str) -> bool:
    """Whether an occurrence of ``longer`` overlaps ``text[start:end]``."""
    low = max(0, start - len(longer) + 1)
    place = text.find(longer, low, end + len(longer))
    return 0 <= place < end


def with_claims(cues: Iterable[Cue], claims: Iterable[Claim]) -> tuple[Cue, ...]:
    """The cues, with those marked that are words of a claim, or stand right behind one of what others leave open."""
    spans = sorted(
        Span(claim.span.start, claim.span.end + (_BESIDE if _elsewhere(claim) else 0)) for claim in claims
    )
    reached = list(accumulate((span.end for span in spans), max))
    return tuple(
        replace(cue, claimed=last > 0 and reached[last - 1] > cue.span.start)
        for cue in cues
        for last in (bisect_right(spans, cue.span.end, key=lambda span: span.start),)
    )


def _elsewhere(claim: Claim) -> bool:
    return claim.scope == "other" and claim.state in ("ongoing", "pending", "partial")


def find_duplicates(problems: Sequence[Problem], paragraphs: Iterable[Paragraph]) -> tuple[Duplicate, ...]:
    """Sentences whose first LONG_SENTENCE characters or more, whole clauses of them, stand in the answers of
    two problems which do not share one answer."""
    owned = [problem for problem in problems if problem.answer is not None]
    if len(owned) < 2:
        return ()
    first: dict[str, tuple[Stretch, Problem]] = {}
    found = []
    index = 0
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            if len(sentence.text) < LONG_SENTENCE:
                continue
            while index + 1 < len(owned) and _answer(owned[index + 1])[0] <= sentence.span.start:
                index += 1
            problem = owned[index]
            start, end = _answer(problem)
            if not start <= sentence.span.start < end:
                continue
            opening = _opening(sentence.text)
            if not opening:
                continue
            if opening not in first:
                first[opening] = (Stretch(sentence.span, sentence.text), problem)
            elif _answer(first[opening][1]) != (start, end):
                place, earlier = first[opening]
                found.append(Duplicate(sentence.span, sentence.text, place, problem, earlier))
    return tuple(found)


_LABEL_END = late(
    r"\s*(?:(?:[0-9０-９]{1,2}[.．、)）]|[（(]?[一二三四五六七八九十0-9]{1,2}[)）]|[一二三四五六七八九十]是|[^，。：]{2,6}：)\s*)+"
)
_CLAUSE_END = late("[，。；！？]")


def _opening(text: str) -> str:
    """The first whole clauses of a sentence that make LONG_SENTENCE characters, "" if it has not so many."""
    body = _without_labels(text)
    if len(body) < LONG_SENTENCE:
        return ""
    end = _CLAUSE_END.search(body, LONG_SENTENCE - 1)
    return body[: end.end() if end else None].rstrip("，。；！？\n ")


def _without_labels(text: str) -> str:
    label = _LABEL_END.match(text)
    return text[label.end() :] if label else text


def _answer(problem: Problem) -> tuple[int, int]:
    answer = problem.answer
    return (answer.span.start, answer.span.end) if answer is not None else (0, 0)
