"""How mentions are found: cheap search for candidates, then a grammar reads the candidate whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from checker.document import Paragraph
from checker.outline import Outline
from checker.resources import alternatives

SENTENCE_END = re.compile(r"[。；！？;!?\n]")


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A compiled search for any of ``words``, the longest first."""
    return _compiled(tuple(words))


@cache
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(alternatives(words))


def spaced(words: Sequence[str]) -> list[str]:
    """``words``, and those of two characters also with blanks between, as forms set them out (电 话)."""
    blanks = (" ", "  ", "   ", "    ")
    return [*words, *(word[0] + blank + word[1] for word in words if len(word) == 2 for blank in blanks)]


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of ``text`` that holds ``text[start:end]``, as indices; ``;`` ends one too."""
    left = max(text.rfind(mark, 0, start) for mark in "。；！？;!?\n") + 1
    match = SENTENCE_END.search(text, end)
    return left, match.start() if match else len(text)


def place_of(index: int, paragraph: Paragraph, outline: Outline) -> str:
    """Where the paragraph at ``index`` stands: ``title`` ``issuer`` ``lead`` ``signature`` or ``text``."""
    if index in outline.lead:
        return "lead"
    if index in outline.signature:
        return "signature"
    if paragraph.role in ("title", "issuer", "lead", "signature"):
        return paragraph.role
    return "text"
