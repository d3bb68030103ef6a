"""Punctuation marks that a rule may mind, and runs of marks that do not belong together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from checker.document import Mark, MarkRun, Paragraph
from checker.outline import Outline
from checker.records import dataclass
from checker.regexes import kept_pattern, late
from checker.resources import lexicon
from checker.scanning import Joined, join, pattern
from checker.source import Span, in_text

_ENTITY = late("&[A-Za-z#0-9]{2,6}$")
_LABEL = late(r"\s*(?:[0-9]{1,3}|[A-Za-z]|[①-⑳])$")
_BRACKETED = late(r"\s*(?:[0-9]{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$")
_LABEL_EDGES = "。；;，,：:、\n"
_ACROSS = 3
_DEEPEST = 50
"""So many marks wait for their second halves at most; the oldest stay alone."""


@cache
def _words() -> dict[str, Any]:
    return lexicon("marks")


@cache
def _closers() -> dict[str, str]:
    """Opening mark → marks that close it."""
    words = _words()
    return {**words["quotes"], **words["brackets"], **words["books"]}


@cache
def _kinds() -> dict[str, str]:
    """Mark → its kind."""
    words = _words()
    table = {char: kind for kind, chars in words["kinds"].items() for char in chars}
    for name, kind in (("quotes", "quote"), ("brackets", "bracket"), ("books", "book")):
        for opening, closing in words[name].items():
            table.update(dict.fromkeys(opening + closing, kind))
    return {**table, words["straight"]: "quote", "'": "quote"}


@kept_pattern
def _paired() -> re.Pattern[str]:
    closers = _closers()
    chars = "".join(closers) + "".join(closers.values()) + _words()["straight"]
    halves = "".join(half for half in _words()["full"] if half not in "()")
    beside = "".join(_words()["quotes"].values()) + "".join(_words()["books"].values())
    opening = "".join(_words()["quotes"]) + "".join(_words()["books"])
    return re.compile(
        f"[{re.escape(chars)}{re.escape(halves)}、]"
        f"(?:(?<!、)|(?<=[{re.escape(beside)}]、)(?=[{re.escape(opening)}]))"
    )


def _chinese(char: str) -> bool:
    """Whether a character is written with Chinese: a Han character or a full-width mark."""
    return "\u4e00" <= char <= "\u9fff" or "\u3001" <= char <= "\u301f" or char in "“”‘’…，；：（）！？－％"


@dataclass(slots=True)
class _Half:
    """A mark while its other half is looked for; ``at`` counts in the joined text."""

    char: str
    at: int
    kind: str
    side: str
    paragraph: int
    paired: bool = True
    depth: int = 0
    nested: bool = False
    chinese: bool = False


def find_marks(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Mark, ...]:
    """The marks that rules may mind: all halves of pairs, half-width marks, and 、 between quotations or titles.

    Other full-width marks are left out: there are hundreds in a report and nothing to be said of them. A
    quotation may run over paragraphs, each of which then opens it again.
    """
    del outline
    joined = join(paragraphs)
    halves = _pair(joined)
    words = _words()
    chinese = sum(half.chinese and half.char in ",;:()" for half in halves)
    prevailing = chinese >= _MANY and 2 * chinese > sum(joined.text.count(char) for char in words["shown"])
    chars: dict[str, str] = {}
    return tuple([_mark(half, joined, prevailing and half.chinese, chars) for half in halves])


_MANY = 20


def _mark(half: _Half, joined: Joined, prevailing: bool, chars: dict[str, str]) -> Mark:
    """The half as a mark; ``chars`` holds each character once, for there are many marks and few characters."""
    at, text = half.at, joined.text
    char, before, after = half.char, _before(text, at), _after(text, at)
    char, before = chars.setdefault(char, char), chars.setdefault(before, before)
    after = chars.setdefault(after, after)
    number = half.paragraph
    offset = joined.paragraphs[number].passage.offset(at - joined.starts[number])
    ascii_ = char.isascii()
    full = char
    if ascii_:
        words = _words()
        full = words["full"].get(char, char)
        if char == words["straight"]:
            full = "“" if half.side == "open" else "”"
    return Mark(
        Span(offset, offset + 1),
        char,
        half.kind,
        half.side,
        half.paired,
        half.depth,
        half.nested,
        "half" if ascii_ else "full",
        half.chinese,
        full,
        before,
        after,
        prevailing,
    )


def _before(text: str, at: int) -> str:
    """The character before ``at`` in its paragraph."""
    return text[at - 1].strip("\n") if at else ""


def _after(text: str, at: int) -> str:
    """The character after ``at`` in its paragraph."""
    return text[at + 1 : at + 2].strip("\n")


def _pair(joined: Joined) -> list[_Half]:
    """All halves in order, paired with one another as far as they fit."""
    text, kinds, closers, straight = joined.text, _kinds(), _closers(), _words()["straight"]
    halves: list[_Half] = []
    stack: list[_Half] = []
    older: list[_Half] = []
    number, last, end = -1, -1, 0
    for match in _paired().finditer(text):
        at = match.start()
        char = text[at]
        if at >= end:
            number = joined.index(at)
            end = joined.starts[number] + len(joined.paragraphs[number].passage.text)
        if number != last:
            if joined.paragraphs[number].role == "furniture":
                continue
            waiting = [*older, *stack]
            older, stack, last = _carried(joined, number, waiting) if waiting else waiting, [], number
        kind = kinds[char]
        if char in closers or (char == straight and not any(item.char == char for item in stack)):
            if char == straight and _before(text, at).isdigit():
                continue
            half = _Half(char, at, kind, "open", number)
            if stack:
                half.depth = sum(item.kind == kind for item in stack)
                half.nested = stack[-1].char == char
            half.chinese = char == straight and (_chinese(_before(text, at)) or _chinese(_after(text, at)))
            stack.append(half)
            if len(stack) > _DEEPEST:
                stack.pop(0).paired = False
        elif kind in ("quote", "bracket", "book"):
            if _no_mark(text, at, char, stack):
                continue
            half = _Half(char, at, kind, "close", number)
            _close(half, stack, older, text)
        else:
            half = _Half(char, at, kind, "", number, chinese=_amid_chinese(text, at, char))
            if not half.chinese and char != "、":
                continue
        halves.append(half)
    for half in (*older, *stack):
        _spoil(half, halves)
    return halves


def _carried(joined: Joined, number: int, waiting: list[_Half]) -> list[_Half]:
    """The opening marks of earlier paragraphs that may still close.

    A quotation that the next paragraph opens again is done; one that waited too long never closes.
    """
    kept = []
    for half in waiting:
        after = joined.paragraphs[half.paragraph + 1].passage.text.lstrip()[:1]
        if half.char in _words()["quotes"] and after == half.char:
            continue
        if number - half.paragraph < _ACROSS:
            kept.append(half)
        else:
            half.paired = False
    return kept


def _spoil(half: _Half, halves: Sequence[_Half]) -> None:
    """``half`` stays alone; what opened directly inside it is not nested in anything."""
    half.paired = False
    first = bisect_right(halves, half.at, key=lambda other: other.at)
    for other in halves[first : first + _DEEPEST]:
        if other.nested and other.char == half.char:
            other.nested = False
            break


def _close(half: _Half, stack: list[_Half], older: list[_Half], text: str) -> None:
    """Close the innermost opening mark that fits; those inside it stay alone."""
    closers, char = _closers(), half.char
    for pool in (stack, older):
        for index in range(len(pool) - 1, -1, -1):
            opening = pool[index]
            if char not in closers.get(opening.char, opening.char):
                continue
            for lone in pool[index + 1 :]:
                _spoil(lone, pool)
            del pool[index:]
            half.depth = opening.depth
            if "(" in (opening.char, char) or ")" in (opening.char, char):
                _width(opening, half, text)
            elif opening.char == _words()["straight"]:
                half.chinese = opening.chinese
            return
    half.paired = False


def _width(opening: _Half, closing: _Half, text: str) -> None:
    """Half-width brackets are among Chinese unless all that they hold is numbers and Latin, or a heading's
    label."""
    inside = text[opening.at + 1 : closing.at]
    label = _before(text, opening.at) == "" and _BRACKETED.match(inside)
    if not label and any(_chinese(char) for char in inside):
        opening.chinese = opening.char == "("
        closing.chinese = closing.char == ")"


def _no_mark(text: str, at: int, char: str, stack: Sequence[_Half]) -> bool:
    """Whether a closing form is none here: an apostrophe, or the bracket of a label such as 1) or a)."""
    if char == "’":
        around = _before(text, at) + _after(text, at)
        return len(around) == 2 and around.isascii() and around.isalpha()
    if char in ")）" and not any(item.char in "(（" for item in stack):
        start = max(text.rfind(edge, max(0, at - 8), at) for edge in _LABEL_EDGES) + 1
        if text[start - 1 : start] == ":" and text[max(0, start - 2)].isdigit():
            return False
        return _LABEL.match(text[max(start, at - 6) : at]) is not None
    return False


def _amid_chinese(text: str, at: int, char: str) -> bool:
    """Whether a half-width mark stands among Chinese rather than in a number, a word or an address."""
    if char not in _words()["full"]:
        return False
    before = _before(text, at)
    if before == " ":
        before = text[max(0, at - 4) : at].rstrip(" ")[-1:]
    after = _after(text, at)
    if after == " ":
        after = text[at + 1 : at + 5].lstrip(" ")[:1]
    if char == ".":
        return _han(before) and before not in "一二三四五六七八九十" and (after in ("", "\n") or _han(after))
    if not before or (_digit(before) and _digit(after)):
        return False
    if _ENTITY.search(text, max(0, at - 8), at) or text[max(0, at - 2) : at] == "错误":
        return False
    if char in ",;" and _chinese(after):
        return True
    return _chinese(before) or (_chinese(after) and (_digit(before) or before == ")" or not before.isascii()))


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


# --- runs --------------------------------------------------------------------------------------------------


def find_mark_runs(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[MarkRun, ...]:
    """Marks in a row that do not belong together, full stops amid a sentence, and missing ones."""
    joined = join(paragraphs)
    cut = sorted((item.span.start, item.span.end) for item in outline.breaks)
    runs = [run for run in _runs(joined) if paragraphs[joined.index(run[0])].role != "furniture"]
    found = [MarkRun(joined.span(start, end), joined.text[start:end], *rest) for start, end, *rest in runs]
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        missing = _missing(paragraph, following)
        if missing is None:
            continue
        last = bisect_right(cut, missing.span.end, key=lambda one: one[0]) - 1
        if last < 0 or cut[last][1] < missing.span.start:
            found.append(missing)
    return tuple(sorted(found, key=in_text))


@kept_pattern
def _wrong() -> tuple[re.Pattern[str], re.Pattern[str]]:
    single = "".join(re.escape(mark) for mark in _words()["single"])
    return re.compile(f"[{single}][{single}]+"), re.compile(
        f"。(?=(?:{pattern(_words()['never_first']).pattern}))"
    )


def _runs(joined: Joined) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, kind, suggestion) of every faulty run in the joined text."""
    text = joined.text
    rows, astray = _wrong()
    for match in rows.finditer(text):
        run, (start, end) = match.group(), match.span()
        chinese = _chinese(_before(text, start)) or _chinese(text[end : end + 1])
        if run.isascii() and (set(run) == {"."} or not chinese):
            continue
        yield start, end, "doubled" if len(set(run)) == 1 else "stray", _strongest(run)
    for match in astray.finditer(text):
        yield *match.span(), "stray", "，"


def _strongest(run: str) -> str:
    """The mark that should stay; three full stops are meant as an ellipsis."""
    if set(run) == {"。"} and len(run) >= 3:
        return "……"
    order = _words()["single"]
    full = [char for char in run if char != "."]
    return max(full, key=order.index) if full else "。"


_NOTED = late("[。；！？][（(【][^（()）【】]{1,16}$")
"""A note in brackets that follows the end of the last sentence: …已建成。（已完成）"""
_CLOSING = "”’」』）)】》〉\"' \t\u3000"


def _missing(paragraph: Paragraph, following: Paragraph | None) -> MarkRun | None:
    """The end of a body paragraph of several sentences that lacks its full stop."""
    if paragraph.role not in ("body", "lead", "status"):
        return None
    text = paragraph.passage.text.rstrip(_CLOSING)
    if len(text) < 20 or not (_han(text[-1]) or text[-1].isdigit() or text[-1] in "%％"):
        return None
    if following is not None and following.role == "row":
        return None
    halved = paragraph.passage.text.rstrip().endswith("）") and text.count("（") <= text.count("）")
    if _NOTED.search(text) or (halved and "（" not in text[text.rfind("。") :]):
        return None
    if "。" not in text and not (len(text) >= 60 and "，" in text):
        return None
    return MarkRun(paragraph.passage.span(len(text) - 1, len(text)), text[-1], "missing", text[-1] + "。")
