"""Sections and their roles: organization, rectification, next steps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.document import Section
from checker.headings import Entry, has_deficiency, is_theme
from checker.lines import words
from checker.regexes import kept_pattern
from checker.resources import alternatives

ORGANIZATION = "organization"
RECTIFICATION = "rectification"
NEXT = "next-steps"
OTHER = "other"
_LEVEL = 4
_SHORT = 30


@kept_pattern
def _found(key: str) -> re.Pattern[str]:
    return re.compile(alternatives(words()[key]))


@kept_pattern
def _excerpt() -> re.Pattern[str]:
    few, found, of, told, end = (
        f"(?:{alternatives(words()[key])})"
        for key in ("excerpt", "excerpt_from", "excerpt_of", "excerpt_told", "excerpt_end")
    )
    filler = alternatives(words()["excerpt_filler"])
    return re.compile(
        f"{found}(?:{filler}){{0,3}}{few}(?:{words()['of']})?{of}|{few}{of}[^，,]{{0,6}}{told}[^，,]*{end}"
    )


def is_excerpt(title: str) -> bool:
    """Whether a heading says that only 重点, 部分, 主要 problems are listed under it."""
    return bool(_excerpt().search(title))


def assign_roles(top: Sequence[Entry], children: dict[int, list[Entry]]) -> None:
    """Give the outermost entries their roles and hand them down.

    ``children`` maps ``id(entry)`` to the entries under it. The words decide; where they leave a choice, the
    order does: organization comes first, next steps come last.
    """
    bodied = False
    middle = _middle(top, children)
    for index, entry in enumerate(top):
        entry.role = _role(
            entry, first=index == 0, last=index == len(top) - 1, bodied=bodied, alone=len(top) == 1
        )
        if entry is middle and entry.role == OTHER:
            entry.role = RECTIFICATION
        if index == 0 and entry.role == RECTIFICATION and _prefaces(entry, top[1:], children):
            entry.role = ORGANIZATION
        bodied = bodied or entry.role == RECTIFICATION
        waiting = [(entry, is_excerpt(entry.heading.title))]
        while waiting:
            above, excerpt = waiting.pop()
            above.excerpt = excerpt
            for child in children.get(id(above), ()):
                child.role = above.role if above.role != OTHER else _role(child, False, False, bodied, False)
                waiting.append((child, excerpt or is_excerpt(child.heading.title)))


def _middle(top: Sequence[Entry], children: dict[int, list[Entry]]) -> Entry | None:
    """The one of three sections that must tell of the problems, whatever it is called (聚焦问题，全力整改)."""
    roles = [_role(entry, index == 0, index == 2, False, False) for index, entry in enumerate(top[:3])]
    if len(top) != 3 or roles != [ORGANIZATION, OTHER, NEXT] or not children.get(id(top[1])):
        return None
    return top[1]


def _prefaces(entry: Entry, later: Sequence[Entry], children: dict[int, list[Entry]]) -> bool:
    """Whether a first section such as 整改落实情况 only leads up to the one on the problems that follows it."""
    if not any(_on_problems(other) for other in later) or _on_problems(entry):
        return False
    return not any(_on_problems(child) for child in children.get(id(entry), ()))


def _on_problems(entry: Entry) -> bool:
    title, line = entry.heading.title, entry.line
    posing = bool(line.problem or line.finding) or is_theme(title) or has_deficiency(title)
    return posing or (
        any(word in title for word in words()["excerpt_of"]) and bool(_found("rectification").search(title))
    )


def _role(entry: Entry, first: bool, last: bool, bodied: bool, alone: bool) -> str:
    title = entry.heading.title
    line = entry.line
    if line.problem or line.finding or is_theme(title):
        return RECTIFICATION
    if entry.heading.level != 1 and has_deficiency(title):
        return RECTIFICATION
    organizing, mending, next_ = (
        bool(_found(key).search(title)) for key in ("organization", "rectification", "next")
    )
    if next_ and (not first or alone) and (bodied or last or not mending):
        return NEXT
    if organizing and not bodied and (not mending or first or title.startswith(tuple(words()["organizing"]))):
        return ORGANIZATION
    if mending:
        return RECTIFICATION
    if has_deficiency(title):
        return RECTIFICATION
    if organizing:
        return ORGANIZATION
    return NEXT if next_ else OTHER


def build_sections(
    top: Sequence[Entry], children: dict[int, list[Entry]], ends: dict[int, int]
) -> tuple[Section, ...]:
    """The sections as a tree. ``ends`` maps ``id(entry)`` to the source offset where it ends.

    Numbered headings count, and Markdown headings; numbered sentences, 问题N and what stands under a posed
    problem do not.
    """
    return tuple(_section(entry, children, ends) for entry in _counted(top))


def _counted(siblings: Sequence[Entry]) -> list[Entry]:
    """The entries that are sections; a short sentence among siblings that are is one too."""
    sure = {id(entry) for entry in siblings if _counts(entry)}
    kinds = {entry.node.kind for entry in siblings if id(entry) in sure}
    return [
        entry
        for entry in siblings
        if id(entry) in sure
        or (entry.node.kind in kinds and entry.heading.level and len(entry.heading.title) <= _SHORT)
    ]


def _counts(entry: Entry) -> bool:
    if entry.node.kind in ("PROBLEM", "FINDING", "CIRCLE") or not entry.heading.title:
        return False
    return entry.whole or entry.heading.run_in or entry.heading.level in (1, 2)


def _section(entry: Entry, children: dict[int, list[Entry]], ends: dict[int, int]) -> Section:
    heading = entry.heading
    under = () if entry.posed else children.get(id(entry), ())
    return Section(
        span=heading.span,
        text=heading.text,
        level=heading.level or min(entry.node.depth, _LEVEL),
        label=heading.label,
        number=heading.number,
        title=heading.title,
        role=entry.role,
        excerpt=entry.excerpt,
        heading=heading,
        end=ends[id(entry)],
        children=tuple(_section(child, children, ends) for child in _counted(under)),
    )
