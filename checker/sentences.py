"""Sentences of a paragraph, with their places."""

from __future__ import annotations

import re

from checker.document import Sentence
from checker.regexes import late
from checker.source import Passage

_OPENERS = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "【": "】", "「": "」", "[": "]"}
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_CLOSES_ALIKE = {")": "）", "）": ")"}
_GOES_ON = "，、的和与及等；：,;:。！？是为”’）》"
_ENDS = "。！？"
_FAR = 400
_MARKS = r"。！？；?!;“”‘’（）()《》【】「」\[\]"
_OPENING = re.escape("".join(_OPENERS))
_WITHIN = "|".join(
    rf"(?<=\{opener})[^{_MARKS}]{{0,{_FAR - 1}}}+[\{closer}{_CLOSES_ALIKE.get(closer, '')}]"
    for opener, closer in _OPENERS.items()
)
_MARK = late(rf"[{_MARKS}](?:(?<=[{_OPENING}])(?:{_WITHIN}))?")
"""A mark, or a pair that holds none: where sentences end, such a pair is nothing but words."""


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of ``text`` as (start, end), end mark included, blanks around them left out.

    Sentences end at 。！？；?!; outside brackets and quotes, and after ”, if the quote ends a sentence. A
    bracket or quote that is never closed encloses nothing.
    """
    found = [match.span() for match in _MARK.finditer(text)]
    marks = [(text[at], at) for at, after in found if after == at + 1]
    enclosing = _pairs(marks) if len(marks) > 1 else ()
    bounds, start, depth, length = [], 0, 0, len(text)
    for index, (char, at) in enumerate(marks):
        after = at + 1
        if char in _OPENERS:
            depth += index in enclosing
        elif char in _CLOSERS:
            if index not in enclosing:
                continue
            depth -= 1
            ended = depth == 0 and text[at - 1] in _ENDS and char in "”’」"
            if ended and (after == length or text[after] not in _GOES_ON):
                bounds.append((start, after))
                start = after
        elif depth == 0:
            if after < length and text[after] in "。！？!?":
                continue
            bounds.append((start, after))
            start = after
    if start < length:
        bounds.append((start, length))
    return [pair for left, right in bounds if (pair := _trim(text, left, right))]


def _pairs(marks: list[tuple[str, int]]) -> set[int]:
    """The indices of the marks that open or close a pair of one kind that is not too far apart."""
    paired: set[int] = set()
    stack: list[int] = []
    for index, (char, at) in enumerate(marks):
        if char in _OPENERS:
            stack.append(index)
        elif stack and char in _CLOSERS:
            for back in range(1, min(len(stack), 3) + 1):
                opener, start = stack[-back], marks[stack[-back]][1]
                wanted = _OPENERS[marks[opener][0]]
                if char in (wanted, _CLOSES_ALIKE.get(wanted)):
                    del stack[-back:]
                    if at - start <= _FAR:
                        paired |= {opener, index}
                    break
    return paired


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def sentences(passage: Passage, role: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph of ``role``."""
    text, span = passage.text, passage.span
    return tuple([Sentence(span(left, right), text[left:right], role) for left, right in split(text)])
