"""The labels that Word numbers paragraphs with: they are nowhere in the text, so they are counted here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.readers.word_figures import figure
from checker.readers.word_package import Element
from checker.readers.word_styles import Styles
from checker.readers.word_symbols import symbol
from checker.readers.word_xml import attribute, child, children, number, switch, value
from checker.records import dataclass, field

LEVELS = 9
_MAX_PATTERN = 64
_LINKS = 8
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. ``pattern`` is its label with ``%1`` … ``%9`` for the counts;
    ``restart`` the number of upper levels whose steps set it back; ``style`` the paragraph style tied to it;
    ``decimal`` if all counts in it are in digits; ``hidden`` if the label is hidden."""

    start: int
    format: str
    pattern: str
    restart: int
    style: str
    decimal: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class List:
    """A numbering that paragraphs can use: the scheme that it counts in (several lists may go on with one
    another's counts), its levels, and the counts that it starts afresh from."""

    scheme: int
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


def read_lists(root: Element | None, styles: Styles) -> dict[int, List]:
    """The lists of a numbering part by ``w:numId``; none of no part."""
    if root is None:
        return {}
    schemes = {number(attribute(node, "abstractNumId")): node for node in children(root, "w:abstractNum")}
    nodes = {number(attribute(node, "numId")): node for node in children(root, "w:num")}
    lists: dict[int, List] = {}
    known: dict[int, dict[int, Level]] = {}
    for key, node in nodes.items():
        scheme = _scheme(node, schemes, nodes, styles)
        if key is None or scheme is None:
            continue
        if scheme not in known:
            known[scheme] = _levels(schemes[scheme])
        levels = dict(known[scheme])
        restarts: dict[int, int] = {}
        for override in children(node, "w:lvlOverride"):
            level = number(attribute(override, "ilvl"))
            if level is None:
                continue
            levels |= _levels(override)
            start = number(value(override, "w:startOverride"))
            if start is not None:
                restarts[level] = max(start, 0)
        lists[key] = List(scheme, levels, restarts)
    return lists


def _scheme(
    node: Element, schemes: Mapping[int | None, Element], nodes: Mapping[int | None, Element], styles: Styles
) -> int | None:
    """The scheme that a list counts in; a scheme may only name a list style, whose list then gives it."""
    for _ in range(_LINKS):
        scheme = number(value(node, "w:abstractNumId"))
        if scheme is None or scheme not in schemes:
            return None
        link = value(schemes[scheme], "w:numStyleLink")
        style = styles.styles.get(link or "")
        if style is None or style.list not in nodes:
            return scheme
        node = nodes[style.list]
    return None


def _levels(parent: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for node in children(parent, "w:lvl"):
        level = number(attribute(node, "ilvl"))
        if level is not None and 0 <= level < LEVELS:
            levels[level] = _level(node, level)
    return levels


def _level(node: Element, level: int) -> Level:
    numbering = value(node, "w:numFmt") or value(node, "mc:AlternateContent", "mc:Fallback", "w:numFmt")
    pattern = (value(node, "w:lvlText") or "")[:_MAX_PATTERN]
    if numbering == "bullet":
        pattern = bullet(node, pattern)
    restart = number(value(node, "w:lvlRestart"))
    return Level(
        max(number(value(node, "w:start")) or 0, 0),
        numbering or "decimal",
        pattern,
        level if restart is None else restart,
        value(node, "w:pStyle") or "",
        bool(switch(node, "w:isLgl")),
        bool(switch(node, "w:rPr", "w:vanish")),
    )


def bullet(node: Element, pattern: str) -> str:
    """The sign of a bulleted level as a person sees it; • for signs of unknown fonts."""
    fonts = child(node, "w:rPr", "w:rFonts")
    font = "" if fonts is None else (attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "")
    return symbol(font, pattern, "•") if pattern else ""


@dataclass(slots=True)
class Labels:
    """Counts the numbered paragraphs of a report, which must be asked for in their order."""

    lists: Mapping[int, List]
    styles: Styles
    _counts: dict[int, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[int, int]] = field(default_factory=set)

    def label(self, paragraph: Element) -> str:
        """The label of the next paragraph, ``""`` if it has none."""
        key, level = self._numbering(paragraph)
        found = self.lists.get(key)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.scheme, {})
        if level in found.restarts and (key, level) not in self._started:
            self._started.add((key, level))
            counts[level] = found.restarts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else found.levels[level].start
        for deeper in [one for one in counts if one > level]:
            if deeper in found.levels and level < found.levels[deeper].restart:
                del counts[deeper]
        return _written(found, level, counts)

    def _numbering(self, paragraph: Element) -> tuple[int, int]:
        """The list and level of a paragraph: its own, else those of its style; (0, 0) for none."""
        properties = child(paragraph, "w:pPr")
        own = child(properties, "w:numPr")
        key, level = number(value(own, "w:numId")), number(value(own, "w:ilvl"))
        if key is not None:
            return key, level or 0
        named = value(properties, "w:pStyle") or self.styles.default
        chain = list(self.styles.chain(named))
        for style in chain:
            if style.list is not None:
                key, level = style.list, style.level if level is None else level
                break
        if key is None:
            return 0, 0
        if level is None and key in self.lists:
            tied = {one.style: depth for depth, one in self.lists[key].levels.items() if one.style}
            level = next((tied[style.name] for style in chain if style.name in tied), None)
        return key, level or 0


def _written(found: List, level: int, counts: Mapping[int, int]) -> str:
    own = found.levels[level]
    if own.format == "bullet" or own.hidden:
        return "" if own.hidden else own.pattern

    def count(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if place > level or place not in found.levels:
            return ""
        numbering = found.levels[place].format
        if own.decimal and numbering not in ("bullet", "none"):
            numbering = "decimal"
        return figure(counts.get(place, found.levels[place].start), numbering)

    return _PLACE.sub(count, own.pattern)
