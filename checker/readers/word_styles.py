"""What Word's styles say that matters to the text: numbering, and whether words are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.readers.word_package import Element
from checker.readers.word_xml import attribute, child, children, number, switch, value
from checker.records import dataclass

_DEEPEST = 32
"""So many styles may be based on one another; Word itself allows fewer."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style: what it is based on (``""`` nothing); the list and level it gives, and whether its words are
    hidden: None where it says nothing."""

    name: str
    base: str
    list: int | None
    level: int | None
    hidden: bool | None


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles by id, and the id of the one for paragraphs that name none."""

    styles: Mapping[str, Style]
    default: str

    def chain(self, name: str) -> Iterator[Style]:
        """The style ``name``, what it is based on, and so on."""
        for _ in range(_DEEPEST):
            if name not in self.styles:
                return
            yield self.styles[name]
            name = self.styles[name].base

    def hidden(self, paragraph: str, character: str | None) -> bool:
        """Whether these styles hide the words they are given to."""
        for name in (character or "", paragraph):
            for style in self.chain(name):
                if style.hidden is not None:
                    return style.hidden
        return False


def read_styles(root: Element | None) -> Styles:
    """The styles of a styles part; none of no part."""
    styles: dict[str, Style] = {}
    default = ""
    for node in () if root is None else children(root, "w:style"):
        name = attribute(node, "styleId") or ""
        numbering = child(node, "w:pPr", "w:numPr")
        styles[name] = Style(
            name,
            value(node, "w:basedOn") or "",
            number(value(numbering, "w:numId")),
            number(value(numbering, "w:ilvl")),
            switch(node, "w:rPr", "w:vanish"),
        )
        if attribute(node, "type") == "paragraph" and attribute(node, "default") in ("1", "true", "on"):
            default = name
    return Styles(styles, default)
