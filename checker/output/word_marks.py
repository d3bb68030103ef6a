"""Marks in a Word document: where a comment is about, and corrections as tracked changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import count

from checker.output.word_cuts import Cutter, alike, cutter_of, divisible, element, text_element
from checker.readers.word_package import Element
from checker.readers.word_runs import Bit
from checker.readers.word_walk import Extract
from checker.readers.word_xml import attribute, child, name, number, own
from checker.records import dataclass

AUTHOR = "zhenggai"
_DELETABLE = (
    "w:rPr",
    "w:t",
    "w:tab",
    "w:br",
    "w:cr",
    "w:noBreakHyphen",
    "w:softHyphen",
    "w:lastRenderedPageBreak",
)
_NEW = ("w:ins", "w:moveTo")
_REVISION_MARKS = ("w:rPrChange", "w:ins", "w:del", "w:moveFrom", "w:moveTo")


@dataclass(frozen=True, slots=True)
class Mark:
    """What to mark: ``start`` to ``end`` in the text; ``replacement`` is the text that a tracked change is to
    put there, None for none."""

    start: int
    end: int
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """First and last character of a mark as (bit, index); None if there is none to hold on to."""

    first: tuple[Bit, int] | None
    last: tuple[Bit, int] | None
    paragraph: Element


def set_marks(document: Extract, marks: Sequence[Mark], first_comment: int) -> tuple[bool, ...]:
    """Put comment ranges numbered from ``first_comment`` on, one for each mark, and the tracked changes into
    the tree of ``document``. Returns which replacements were made: those that touch nothing but text of the
    body, within one paragraph, and do not overlap an earlier one."""
    places = [_place(document, mark) for mark in marks]
    changes = list(_changes(document, marks))
    cutter = cutter_of(document)
    for place in places:
        _cut(cutter, place)
    for change in changes:
        if change:
            _cut(cutter, change[0])
    ends: dict[Element, Element] = {}
    for comment, place in enumerate(places, first_comment):
        _set_range(cutter, place, str(comment), ends)
    ids = count(_free_revision(document.root))
    return tuple(change is not None and _replace(cutter, change, ids) for change in changes)


# --- places ------------------------------------------------------------------------------------------------


def _bits(document: Extract, start: int, end: int) -> Iterator[tuple[Bit, int, int]]:
    """What shows the text from ``start`` to ``end``: bits, and the indices in each."""
    index = bisect_right(document.pieces, start, key=lambda piece: piece.start) - 1
    for piece in document.pieces[max(index, 0) :]:
        if piece.start >= end:
            return
        low, high = max(start - piece.start, 0), min(end - piece.start, len(piece.bit.text))
        if low < high:
            yield piece.bit, low, high


def _held(document: Extract, start: int, end: int) -> list[tuple[Bit, int, int]]:
    """Those of :func:`_bits` that a mark can hold on to."""
    return [one for one in _bits(document, start, end) if one[0].anchor is not None]


def _place(document: Extract, mark: Mark) -> _Place:
    """Where a comment holds on: the words themselves; where there are none, those of their paragraph.

    What is said of the whole report is put to its first words; what goes over the edge of a cell, a text box or
    a note is put to the first side.
    """
    start, end = mark.start, mark.end
    text = document.text
    if not text[:start].strip() and not text[end:].strip():
        start = end = len(text) - len(text.lstrip())
        held = []
    elif start < end:
        held = _held(document, start, end)
    else:
        held = _held(document, start, start + 1) or _held(document, start - 1, start)
    if held:
        paragraph = held[0][0].paragraph
    else:
        at = min(start, len(text) - 1)
        paragraph = next(_bits(document, at, at + 1))[0].paragraph
        held = [
            (piece.bit, 0, len(piece.bit.text))
            for piece in document.pieces
            if piece.bit.paragraph is paragraph and piece.bit.anchor is not None and not piece.bit.apart
        ]
    if held:
        apart = held[0][0].apart
        held = [
            one for one in held if one[0].apart == apart and (not apart or one[0].anchor is held[0][0].anchor)
        ]
    if held and held[-1][0].paragraph.getparent() is not paragraph.getparent():
        held = [one for one in held if one[0].paragraph is paragraph]
    if not held:
        return _Place(None, None, paragraph)
    return _Place((held[0][0], held[0][1]), (held[-1][0], held[-1][2] - 1), paragraph)


def _cut(cutter: Cutter, place: _Place) -> None:
    if place.first is not None and place.last is not None:
        cutter.cut(*place.first)
        cutter.cut(place.last[0], place.last[1] + 1)


def _set_range(cutter: Cutter, place: _Place, comment: str, ends: dict[Element, Element]) -> None:
    """Put the start, the end and the reference of a comment; ``ends`` is what was last put behind a run."""
    paragraph = place.paragraph
    start, end = (element(paragraph, f"commentRange{side}", id=comment) for side in ("Start", "End"))
    reference = element(paragraph, "r")
    reference.append(element(paragraph, "commentReference", id=comment))
    if place.first is None or place.last is None:
        paragraph.extend((start, end, reference))
        return
    last = cutter.run(*place.last)
    cutter.run(*place.first).addprevious(start)
    ends.get(last, last).addnext(end)
    end.addnext(reference)
    ends[last] = reference


# --- tracked changes ---------------------------------------------------------------------------------------

_Change = tuple[_Place, list[tuple[Bit, int]], str]
"""Where to replace, its characters, and the new text."""


def _changes(document: Extract, marks: Sequence[Mark]) -> Iterator[_Change | None]:
    """The replacement of each mark, cut down to what differs; None where there is none or it is not possible."""
    taken: list[tuple[int, int]] = []
    for mark in marks:
        change = (
            None if mark.replacement is None else _change(document, mark.start, mark.end, mark.replacement)
        )
        if change and all(mark.end <= start or end <= mark.start for start, end in taken):
            taken.append((mark.start, mark.end))
            yield change
        else:
            yield None


def _change(document: Extract, start: int, end: int, text: str) -> _Change | None:
    old = document.text[start:end]
    if not old or old == text or not all(char.isprintable() or char == "\u3000" for char in text):
        return None
    while len(old) > 1 and text and old[0] == text[0]:
        old, text, start = old[1:], text[1:], start + 1
    while len(old) > 1 and text and old[-1] == text[-1]:
        old, text, end = old[:-1], text[:-1], end - 1
    characters = [
        (bit, index) for bit, low, high in _bits(document, start, end) for index in range(low, high)
    ]
    first, last = characters[0], characters[-1]
    if any(not divisible(bit) or bit.paragraph is not first[0].paragraph for bit, _ in characters):
        return None
    return _Place(first, last, first[0].paragraph), characters, text


def _replace(cutter: Cutter, change: _Change, ids: Iterator[int]) -> bool:
    """Take out the old characters and put in the new, as tracked changes; false if more than text is there."""
    _, characters, text = change
    runs = list(dict.fromkeys(cutter.run(bit, index) for bit, index in characters))
    if any(name(part) not in _DELETABLE for run in runs for part in run):
        return False
    for run in runs:
        gone = element(run, "del", id=str(next(ids)), author=AUTHOR)
        run.addprevious(gone)
        gone.append(run)
        for part in run:
            if name(part) == "w:t":
                part.tag = own(part, "delText")
    if text:
        _insert(gone, runs[0], text, ids)
    return True


def _insert(gone: Element, like: Element, text: str, ids: Iterator[int]) -> None:
    """Put ``text`` behind ``gone``, looking like the run ``like``; out of what somebody else inserted, which is
    cut in two for that."""
    new = element(like, "ins", id=str(next(ids)), author=AUTHOR)
    run = element(like, "r")
    properties = child(like, "w:rPr")
    if properties is not None:
        run.append(deepcopy(properties))
        for part in [part for part in run[0] if name(part) in _REVISION_MARKS]:
            run[0].remove(part)
    run.append(text_element(like, "t", text))
    new.append(run)
    wrapper = gone.getparent()
    if wrapper is None or name(wrapper) not in _NEW:
        gone.addnext(new)
        return
    rest = alike(wrapper)
    rest.extend(wrapper[wrapper.index(gone) + 1 :])
    wrapper.addnext(new)
    if len(rest):
        rest.set(own(wrapper, "id"), str(next(ids)))
        new.addnext(rest)


def _free_revision(root: Element) -> int:
    """A number above those of all marks in the document."""
    used = (number(attribute(node, "id")) for node in root.iter() if isinstance(node.tag, str))
    return max((one for one in used if one is not None), default=0) + 1
