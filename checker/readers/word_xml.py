"""Names in the XML of Word, whichever of its two namespaces (transitional or strict) a file uses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from checker.readers.word_package import Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_PREFIXES = {
    WORD: "w",
    STRICT: "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_OFF = ("0", "false", "off", "none")


@lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}")
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else ""


def name(node: Element) -> str:
    """``w:p``, ``m:t``, ``mc:Choice`` …; ``""`` for elements of other namespaces, comments and the like."""
    return _short(node.tag) if isinstance(node.tag, str) else ""


def own(node: Element, local: str) -> str:
    """``local`` qualified by the namespace of ``node``, as lxml writes it."""
    space, brace, _ = str(node.tag).rpartition("}")
    return f"{space}{brace}{local}"


def attribute(node: Element, local: str) -> str | None:
    """The attribute ``local`` in the namespace of ``node``."""
    return node.get(own(node, local))


def child(node: Element | None, *path: str) -> Element | None:
    """The first child called ``path[0]`` (``w:rPr``), its first child called ``path[1]``, and so on."""
    for step in path:
        if node is None:
            return None
        node = next((one for one in node if name(one) == step), None)
    return node


def children(node: Element, wanted: str) -> Iterator[Element]:
    """The children called ``wanted``."""
    return (one for one in node if name(one) == wanted)


def value(node: Element | None, *path: str) -> str | None:
    """``w:val`` of the element at ``path`` below ``node``; None if there is none."""
    found = child(node, *path)
    return None if found is None else attribute(found, "val")


def switch(node: Element | None, *path: str) -> bool | None:
    """An on/off property: None where it is not given."""
    found = child(node, *path)
    return None if found is None else (attribute(found, "val") or "on").lower() not in _OFF


def number(text: str | None) -> int | None:
    """A whole number of ordinary size, else None."""
    if text is None or len(text) > 9 or not text.lstrip("-").isascii() or not text.lstrip("-").isdigit():
        return None
    return int(text)
