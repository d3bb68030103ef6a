"""How mentions are found: cheap search for candidates, then a grammar reads the candidate whole."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from checker.document import Paragraph
from checker.numerals import HALF_WIDTH
from checker.outline import Outline
from checker.records import dataclass
from checker.regexes import kept_pattern, late
from checker.resources import alternatives
from checker.source import Span

FAR = 2_000
"""So many characters around a place are looked at: of a sentence without end only what is near."""
SENTENCE_END = late(r"[。；！？;!?\n]")


@dataclass(frozen=True, slots=True)
class Joined:
    """Paragraphs as one text with a line feed between them, so that a search need run only once.

    ``starts`` are the offsets in ``text`` at which the paragraphs begin; ``plain`` is the text with half-width
    digits and marks, offset for offset.
    """

    paragraphs: Sequence[Paragraph]
    text: str
    plain: str
    starts: tuple[int, ...]

    def index(self, offset: int) -> int:
        """The index of the paragraph that holds ``offset``."""
        return bisect_right(self.starts, offset) - 1

    def origin(self, offset: int) -> int:
        """The source offset of ``text[offset]``."""
        number = self.index(offset)
        passage, inner = self.paragraphs[number].passage, offset - self.starts[number]
        return passage.runs[0][1] + inner if len(passage.runs) == 1 else passage.offset(inner)

    def span(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]``, which lies in one paragraph."""
        first = self.origin(start)
        return Span(first, self.origin(end - 1) + 1 if end > start else first)

    def inside_document(self, offset: int) -> bool:
        """Whether ``offset`` lies in a 《…》 of its paragraph."""
        return inside_document(self.text, offset, self.starts[self.index(offset)])


def join(paragraphs: Sequence[Paragraph]) -> Joined:
    """All paragraphs as one text. The last answer is kept, since every finder asks for the same."""
    latest = _LATEST[0]
    if latest.paragraphs is paragraphs:
        return latest
    texts = [paragraph.passage.text for paragraph in paragraphs]
    starts, offset = [], 0
    for text in texts:
        starts.append(offset)
        offset += len(text) + 1
    text = "\n".join(texts)
    joined = Joined(paragraphs, text, _narrowed(text), tuple(starts))
    if isinstance(paragraphs, tuple):
        _LATEST[0] = joined
    return joined


_NONE = Joined((), "", "", ())
_LATEST = [_NONE]


def forget() -> None:
    """Hold no paragraphs any longer than their report is read."""
    _LATEST[0] = _NONE


@lru_cache(maxsize=256)
def half_width(text: str) -> str:
    """``text`` with half-width digits, letters and marks; as long as before."""
    return _narrowed(text)


_WIDE = late(f"[{''.join(map(chr, HALF_WIDTH))}]")


def _narrowed(text: str) -> str:
    """As :func:`half_width`. Of the many wide characters a text has few, each of which is replaced at once."""
    at = 0
    while wide := _WIDE.search(text, at):
        at = wide.end()
        char = wide.group()
        text = text.replace(char, chr(HALF_WIDTH[ord(char)]))
    return text


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A compiled search for any of ``words``, the longest first."""
    return _compiled(tuple(words))


@kept_pattern
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(alternatives(words))


def spaced(words: Sequence[str]) -> list[str]:
    """``words``, and those of two characters also with blanks between, as forms set them out (电 话)."""
    blanks = (" ", "  ", "   ", "    ")
    return [*words, *(word[0] + blank + word[1] for word in words if len(word) == 2 for blank in blanks)]


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of ``text`` that holds ``text[start:end]``, as indices; ``;`` ends one too. Of a sentence without
    end only what is near."""
    far = max(0, start - FAR)
    left = max(text.rfind(mark, far, start) for mark in "。；！？;!?\n")
    match = SENTENCE_END.search(text, end, end + FAR)
    return left + 1 if left >= 0 else far, match.start() if match else min(end + FAR, len(text))


def inside_document(text: str, offset: int, start: int = 0) -> bool:
    """Whether ``offset`` lies in a 《…》 that opens at ``start`` or later."""
    low = max(start, offset - FAR)
    return text.rfind("《", low, offset) > text.rfind("》", low, offset)


def among(index: int, ordered: Sequence[int]) -> bool:
    """Whether ``index`` is one of ``ordered``, which ascend."""
    at = bisect_left(ordered, index)
    return at < len(ordered) and ordered[at] == index


def place_of(index: int, paragraph: Paragraph, outline: Outline) -> str:
    """Where the paragraph at ``index`` stands: ``title`` ``issuer`` ``lead`` ``signature`` or ``text``."""
    if index in outline.lead:
        return "lead"
    if among(index, outline.signature):
        return "signature"
    if paragraph.role in ("title", "issuer", "lead", "signature"):
        return paragraph.role
    return "text"


def rest_of_bracket(text: str, start: int, end: int) -> str:
    """What follows ``text[start:end]`` in its bracket; nothing where it stands in none."""
    opened = max(text.rfind(mark, 0, start) for mark in "（(")
    if opened < 0 or max(text.rfind(mark, opened, start) for mark in "）)") >= 0:
        return ""
    ends = [at for at in (text.find(mark, end) for mark in "）)") if at >= 0]
    return text[end : min(ends, default=end)]
