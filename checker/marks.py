"""Punctuation marks that a rule may mind, and runs of marks that do not belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from checker.document import Mark, MarkRun, Paragraph
from checker.outline import Outline
from checker.resources import lexicon
from checker.scanning import pattern

_LABEL = re.compile(r"\s*(?:[0-9]{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$")
_LABEL_EDGES = "。；;，,：:、\n"
_ACROSS = 3


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


@cache
def _paired() -> re.Pattern[str]:
    closers = _closers()
    chars = "".join(closers) + "".join(closers.values()) + _words()["straight"]
    halves = "".join(half for half in _words()["full"] if half not in "()")
    beside = "".join(_words()["quotes"].values()) + "".join(_words()["books"].values())
    opening = "".join(_words()["quotes"]) + "".join(_words()["books"])
    return re.compile(
        f"[{re.escape(chars)}{re.escape(halves)}]"
        f"|(?<=[{re.escape(beside)}])、(?=[{re.escape(opening)}])"
    )


def _chinese(char: str) -> bool:
    """Whether a character is written with Chinese: a Han character or a full-width mark."""
    return "\u4e00" <= char <= "\u9fff" or "\u3001" <= char <= "\u301f" or char in "“”‘’…，；：（）！？－％"


@dataclass(slots=True)
class _Open:
    """An opening mark that waits for its other half."""

    char: str
    index: int
    paragraph: int
    at: int


def find_marks(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Mark, ...]:
    """The marks that rules may mind: all halves of pairs, half-width marks, and 、 beside a quotation or title.

    Other full-width marks are left out: there are hundreds in a report and nothing to be said of them. A
    quotation may run over paragraphs, each of which then opens it again.
    """
    del outline
    marks: list[Mark] = []
    waiting: list[_Open] = []
    shown = 0
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.passage.text
        if paragraph.role == "furniture":
            continue
        waiting = _scan(text, paragraph, number, marks, waiting)
        shown += sum(text.count(char) for char in _words()["shown"])
    _spoil(waiting, marks)
    chinese = sum(mark.chinese and mark.text in ",;:()" for mark in marks)
    if chinese >= 20 and 2 * chinese > shown:
        marks = [replace(mark, prevailing=True) if mark.chinese else mark for mark in marks]
    return tuple(marks)


def _scan(
    text: str, paragraph: Paragraph, number: int, marks: list[Mark], waiting: list[_Open]
) -> list[_Open]:
    """Add the marks of one paragraph; return the opening marks that wait after it."""
    closers, kinds = _closers(), _kinds()
    full, straight = _words()["full"], _words()["straight"]
    older = _carried(text, waiting, marks, number)
    stack: list[_Open] = []
    for match in _paired().finditer(text):
        at, char = match.start(), match.group()
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        side = ""
        if char == straight:
            if not stack and before.isdigit():
                continue
            side = "close" if any(item.char == char for item in stack) else "open"
        elif char in closers:
            side = "open"
        elif kinds[char] in ("quote", "bracket", "book"):
            side = "close"
        if side == "close" and _no_mark(text, at, char, before, after, stack):
            continue
        chinese = char in full and side == "" and _amid_chinese(text, at, char)
        if side == "" and not chinese and char != "、":
            continue
        mark = Mark(
            span=paragraph.passage.span(at, at + 1),
            text=char,
            kind=kinds[char],
            side=side,
            paired=True,
            depth=sum(kinds[item.char] == kinds[char] for item in stack) if side == "open" else 0,
            nested_same=side == "open" and bool(stack) and stack[-1].char == char and char != straight,
            width="half" if char.isascii() else "full",
            chinese=chinese or (char == straight and (_chinese(before) or _chinese(after))),
            full=("“" if side == "open" else "”") if char == straight else full.get(char, char),
            before=before,
            after=after,
        )
        marks.append(mark)
        if side == "open":
            stack.append(_Open(char, len(marks) - 1, number, at))
        elif side == "close":
            _close(char, at, stack, older, marks, text)
    return [*older, *stack]


def _carried(text: str, waiting: list[_Open], marks: list[Mark], number: int) -> list[_Open]:
    """The opening marks of earlier paragraphs that may still close; those that a paragraph reopens are done."""
    first = text.lstrip()[:1]
    kept = []
    for item in waiting:
        if item.char == first and _words()["quotes"].get(first):
            continue
        if number - item.paragraph < _ACROSS:
            kept.append(item)
        else:
            _spoil([item], marks)
    return kept


def _spoil(items: Sequence[_Open], marks: list[Mark]) -> None:
    """Mark ``items`` as lone halves; what stood directly inside them is no longer nested."""
    for item in items:
        lone = marks[item.index]
        marks[item.index] = replace(lone, paired=False)
        for index in range(item.index + 1, len(marks)):
            if marks[index].nested_same and marks[index].text == lone.text:
                marks[index] = replace(marks[index], nested_same=False)
                break


def _close(
    char: str, at: int, stack: list[_Open], older: list[_Open], marks: list[Mark], text: str
) -> None:
    """Close with the mark added last: the innermost opening mark that it fits."""
    closers, straight = _closers(), _words()["straight"]
    for pool in (stack, older):
        for index in range(len(pool) - 1, -1, -1):
            item = pool[index]
            if char in closers.get(item.char, straight if item.char == straight else ""):
                _spoil(pool[index + 1 :], marks)
                del pool[index:]
                marks[-1] = replace(marks[-1], depth=marks[item.index].depth)
                if char in "()" or item.char in "()":
                    _width(item.index, text[item.at + 1 if pool is stack else 0 : at], marks)
                return
    marks[-1] = replace(marks[-1], paired=False)


def _width(opening: int, inside: str, marks: list[Mark]) -> None:
    """Half-width brackets are among Chinese unless all that they hold is numbers and Latin."""
    around = _chinese(marks[opening].before) or _chinese(marks[-1].after)
    if not any(_chinese(char) for char in inside) and not (around and not inside.isascii()):
        return
    for index in (opening, len(marks) - 1):
        if marks[index].text in "()":
            marks[index] = replace(marks[index], chinese=True)


def _no_mark(text: str, at: int, char: str, before: str, after: str, stack: list[_Open]) -> bool:
    """Whether a closing form is none here: an apostrophe, or the bracket of a label such as 1) or a)."""
    if char == "’" and before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
        return True
    if char in ")）" and not any(item.char in "(（" for item in stack):
        start = max(text.rfind(edge, 0, at) for edge in _LABEL_EDGES) + 1
        return _LABEL.match(text[start:at]) is not None
    return False


def _amid_chinese(text: str, at: int, char: str) -> bool:
    """Whether a half-width mark stands among Chinese rather than in a number, a word or an address."""
    before = text[:at].rstrip(" ")[-1:] if at and text[at - 1] == " " else text[at - 1 : at] if at else ""
    after = text[at + 1 : at + 2]
    if after == " ":
        after = text[at + 1 :].lstrip(" ")[:1]
    if char == ".":
        return (
            "\u4e00" <= before <= "\u9fff"
            and before not in "一二三四五六七八九十"
            and (after == "" or "\u4e00" <= after <= "\u9fff")
            and at > 4
        )
    if before.isascii() and before.isdigit() and after.isascii() and after.isdigit():
        return False
    return _chinese(before) or (_chinese(after) and not before.isascii()) or _chinese(after) and before.isdigit()


# --- runs --------------------------------------------------------------------------------------------------


def find_mark_runs(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[MarkRun, ...]:
    """Marks in a row that do not belong together, full stops amid a sentence, and missing ones."""
    cut = [(item.span.start, item.span.end) for item in outline.breaks]
    runs: list[MarkRun] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.role == "furniture":
            continue
        runs.extend(_runs(paragraph))
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        missing = _missing(paragraph, following)
        if missing is not None and not any(
            start <= missing.span.end and missing.span.start <= end for start, end in cut
        ):
            runs.append(missing)
    return tuple(runs)


@cache
def _wrong() -> re.Pattern[str]:
    single = "".join(re.escape(mark) for mark in _words()["single"])
    astray = pattern(_words()["never_first"]).pattern
    return re.compile(f"[{single}]{{2,}}|。(?=(?:{astray}))")


def _runs(paragraph: Paragraph) -> Iterator[MarkRun]:
    text = paragraph.passage.text
    for match in _wrong().finditer(text):
        run = match.group()
        span = paragraph.passage.span(*match.span())
        if run == "。":
            yield MarkRun(span, run, "stray", "，")
            continue
        edges = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
        if run.isascii() and (set(run) == {"."} or not any(_chinese(char) for char in edges)):
            continue
        order = _words()["single"]
        kind = "doubled" if len(set(run)) == 1 else "stray"
        yield MarkRun(span, run, kind, _strongest(run, order))


def _strongest(run: str, order: Sequence[str]) -> str:
    """The mark that should stay: the first where a half-width full stop follows, else the strongest."""
    if set(run) == {"。"} and len(run) >= 3:
        return "……"
    full = [char for char in run if char != "."]
    return max(full, key=order.index) if full else "。"


_CLOSING = "”’」』）)】》〉\"' \t\u3000"


def _missing(paragraph: Paragraph, following: Paragraph | None) -> MarkRun | None:
    """The end of a body paragraph of several sentences that lacks its full stop."""
    text = paragraph.passage.text.rstrip(_CLOSING)
    if paragraph.role != "body" or len(text) < 20 or not "\u4e00" <= text[-1] <= "\u9fff":
        return None
    if following is not None and following.role == "row":
        return None
    if "。" not in text and not (len(text) >= 60 and "，" in text):
        return None
    return MarkRun(paragraph.passage.span(len(text) - 1, len(text)), text[-1], "missing", text[-1] + "。")
