"""The state that a few words give a problem: 已完成, 正在整改，长期坚持, 达到序时进度 …"""

from __future__ import annotations

from functools import lru_cache

from checker.phrase_nodes import Group, Marker
from checker.phrases import read_phrases
from checker.records import dataclass
from checker.resources import lexicon


@dataclass(frozen=True, slots=True)
class Status:
    """``state`` as in the contract (``done`` ``partial`` ``ongoing`` ``pending``; ``unknown`` where only 长期坚持 is
    said); ``start``/``end`` index the words in the text that was read; ``long_term`` if 长期坚持 goes with it."""

    state: str
    long_term: bool
    start: int
    end: int


@lru_cache(maxsize=1024)
def read_status(text: str) -> Status | None:
    """The state that ``text`` (a status line, a bracket, a table cell) gives, or None if it gives none."""
    state = ""
    start = end = -1
    long_term = False
    for phrase in read_phrases(text, everything=True):
        if isinstance(phrase, Marker):
            if phrase.kind == "stop" and state:
                break
            continue
        words = phrase.state
        if words is None or _counts(phrase):
            continue
        long_term = long_term or words.long_term
        if words.state != "lasting" and not state:
            state, start = words.state, words.start
        if words.long_term or state == words.state:
            end = words.end
        if start < 0:
            start = words.start
    if start < 0:
        return None
    if not state and any(word in text[start:end] for word in lexicon("figures")["states"]["long-term-work"]):
        state = "ongoing"
    return Status(state or "unknown", long_term, start, end)


def _counts(group: Group) -> bool:
    """Whether a group tells of figures rather than of the problem itself."""
    return group.object is not None and group.object.noun not in ("", "problem")
