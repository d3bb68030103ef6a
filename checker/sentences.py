"""Sentences of a paragraph, with their places."""

from __future__ import annotations

import re

from checker.document import Sentence
from checker.regexes import late
from checker.source import Passage

_MARK = late(r"[。！？；?!;“”‘’（）()《》【】「」\[\]]")
_OPENERS = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "【": "】", "「": "」", "[": "]"}
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_CLOSES_ALIKE = {")": "）", "）": ")"}
_GOES_ON = "，、的和与及等；：,;:。！？是为”’）》"
_ENDS = "。！？"
_FAR = 400


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of ``text`` as (start, end), end mark included, blanks around them left out.

    Sentences end at 。！？；?!; outside brackets and quotes, and after ”, if the quote ends a sentence. A
    bracket or quote that is never closed encloses nothing.
    """
    marks = list(_MARK.finditer(text))
    enclosing = _pairs(marks)
    bounds, start, depth = [], 0, 0
    for index, match in enumerate(marks):
        char, after = match.group(), match.end()
        if char in _OPENERS:
            depth += index in enclosing
        elif char in _CLOSERS:
            if index not in enclosing:
                continue
            depth -= 1
            ended = depth == 0 and text[match.start() - 1] in _ENDS and char in "”’」"
            if ended and (after == len(text) or text[after] not in _GOES_ON):
                bounds.append((start, after))
                start = after
        elif depth == 0:
            if (
                after < len(text)
                and text[after] in "”’」。！？!?"
                and after - match.start() == 1
                and text[after] in _ENDS + "!?"
            ):
                continue
            bounds.append((start, after))
            start = after
    if start < len(text):
        bounds.append((start, len(text)))
    return [pair for left, right in bounds if (pair := _trim(text, left, right))]


def _pairs(marks: list[re.Match[str]]) -> frozenset[int]:
    """The indices of the marks that open or close a pair of one kind that is not too far apart."""
    paired: list[int] = []
    stack: list[int] = []
    for index, match in enumerate(marks):
        char = match.group()
        if char in _OPENERS:
            stack.append(index)
        elif char in _CLOSERS:
            for back in range(1, min(len(stack), 3) + 1):
                opener = stack[-back]
                wanted = _OPENERS[marks[opener].group()]
                if char in (wanted, _CLOSES_ALIKE.get(wanted)):
                    del stack[-back:]
                    if match.start() - marks[opener].start() <= _FAR:
                        paired += (opener, index)
                    break
    return frozenset(paired)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def sentences(passage: Passage, role: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph of ``role``."""
    text = passage.text
    return tuple(Sentence(passage.span(left, right), text[left:right], role) for left, right in split(text))
