"""Sibling headings and their numbers: series, and the step that each label takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from checker.document import Heading, Series, Step
from checker.headings import Entry
from checker.ladder import ORDER
from checker.numerals import write_chinese
from checker.records import dataclass
from checker.source import Span, in_text

_MARKS = "、．.）)"
_CHINESE = "零一二三四五六七八九十"
_LARGEST = 10**16


@dataclass(frozen=True, slots=True)
class Siblings:
    """Headings of one kind under one parent (None: the report), in order."""

    parent: Entry | None
    items: tuple[Entry, ...]


def group(parent: Entry | None, entries: Sequence[Entry]) -> list[Siblings]:
    """The entries under one parent by kind of label, numbered ones only."""
    kinds: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.heading.number is not None:
            kinds.setdefault(entry.node.kind, []).append(entry)
    return [Siblings(parent, tuple(items)) for items in kinds.values()]


def read_series(siblings: Iterable[Siblings]) -> tuple[Series, ...]:
    """Each group of two or more as a series; the 问题N of a whole report are one."""
    posed: list[Heading] = []
    found: list[list[Heading]] = []
    for group_ in siblings:
        headings = [entry.heading for entry in group_.items]
        if group_.items[0].node.kind == "PROBLEM":
            posed += headings
        else:
            found.append(headings)
    series = [_series(items) for items in (*found, sorted(posed, key=in_text)) if len(items) > 1]
    return tuple(sorted(series, key=in_text))


def _series(items: Sequence[Heading]) -> Series:
    return Series(
        span=Span(items[0].span.start, items[-1].span.end),
        text=items[0].text,
        level=items[0].level,
        items=tuple(items),
        mark=_most(item.mark for item in items),
        ending=_most(item.ending for item in [item for item in items if not item.run_in] or items),
        lead=_most(item.lead for item in items),
        numerals=_most(item.numerals for item in items),
    )


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    return max(counts, key=counts.__getitem__)


def read_steps(
    siblings: Sequence[Siblings], text: str, paragraphed: dict[int, bool], uses: frozenset[int]
) -> tuple[Step, ...]:
    """The step of every numbered heading.

    ``text`` is the source; ``paragraphed`` says, by ``id(entry)``, whether the entry may begin its list anew
    (running text or an unnumbered heading stands right before it); ``uses`` are the levels that the report uses.
    Numbers may run on from one parent to the next. After a fault they go on from the number as written, or from
    the one that should have stood there.
    """
    steps: list[Step] = []
    reached: dict[str, tuple[int, int]] = {}
    for group_ in siblings:
        previous: Entry | None = None
        due = 0
        for entry in group_.items:
            kind, expected = _step(entry, previous, due, group_.parent, reached, text, paragraphed)
            steps.append(_make(entry, previous, kind, expected, group_.parent, uses))
            previous = entry
            due = due + 1 if kind != "ok" else entry.heading.number or 0
            reached[entry.node.kind] = (entry.heading.number or 0, due)
    return tuple(sorted(steps, key=in_text))


def _step(
    entry: Entry,
    previous: Entry | None,
    due: int,
    parent: Entry | None,
    reached: dict[str, tuple[int, int]],
    text: str,
    paragraphed: dict[int, bool],
) -> tuple[str, int]:
    """The kind of a step and the number expected; ``due`` is the one that was expected of the sibling before."""
    number = entry.heading.number or 0
    level = entry.heading.level
    if previous is None:
        written, meant = reached.get(entry.node.kind, (0, 0))
        if number in (1, written + 1, meant + 1) or _inline(entry, parent, text, number - 1):
            return "ok", number
        return "start", 1
    before = previous.heading.number or 0
    expected = before + 1
    if number in (expected, due + 1):
        return "ok", number
    if number == 1 and paragraphed[id(entry)]:
        return "ok", 1
    if number > expected:
        hidden = entry.node.kind != "PART" and _hidden(
            text[previous.heading.span.start : entry.heading.span.start], expected, level
        )
        return ("ok", number) if hidden else ("gap", expected)
    return ("repeat" if number == before else "back"), expected


def _inline(entry: Entry, parent: Entry | None, text: str, before: int) -> bool:
    """Whether the list began amid the text of its parent: 整改情况：1.… and 2. on the next line."""
    return parent is not None and _hidden(
        text[parent.heading.span.end : entry.heading.span.start], before, entry.heading.level
    )


def _hidden(between: str, expected: int, level: int) -> bool:
    """Whether the label that is missed stands amid the text before (2. inside a paragraph)."""
    if not 0 < expected < _LARGEST:
        return False
    if level in (1, 2):
        written = write_chinese(expected)
        forms = [f"（{written}）", f"({written})"] if level == 2 else [f"\n{written}、"]
    else:
        forms = [f"{expected}{mark}" for mark in _MARKS]
    return any(_stands_alone(between, form) for form in forms)


def _stands_alone(between: str, form: str) -> bool:
    at = between.find(form)
    while at >= 0:
        before, after = between[max(0, at - 1) : at], between[at + len(form) : at + len(form) + 1]
        inner = (
            before.isdigit() or before in (*_CHINESE, "（", "(") or (form[-1] in ".．" and after.isdigit())
        )
        if not before or not inner:
            return True
        at = between.find(form, at + 1)
    return False


def _make(
    entry: Entry, previous: Entry | None, kind: str, expected: int, parent: Entry | None, uses: frozenset[int]
) -> Step:
    heading = entry.heading
    above = parent.heading.level if parent else 0
    while parent is not None and not above and parent.node.parent is not None:
        above = _level_above(parent)
        break
    return Step(
        span=heading.span,
        text=heading.text,
        heading=heading,
        expected=expected,
        kind=kind,
        previous=previous.heading if previous else None,
        parent_level=above,
        skipped=bool(above)
        and heading.level > above + 1
        and any(above < level < heading.level for level in uses),
    )


def _level_above(entry: Entry) -> int:
    """The level of the nearest enclosing label that has one."""
    node = entry.node.parent
    while node is not None and node.line is not None:
        if node.kind in ORDER:
            return ORDER[node.kind]
        node = node.parent
    return 0
