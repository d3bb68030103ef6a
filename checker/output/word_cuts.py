"""Cutting the runs of a Word document apart, so that marks can stand at exact words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from checker.readers.word_package import Element
from checker.readers.word_runs import Bit
from checker.readers.word_walk import Extract
from checker.readers.word_xml import child, name, own
from checker.records import dataclass

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def divisible(bit: Bit) -> bool:
    """Whether its run can be cut at its characters."""
    if bit.node is None or bit.anchor is None:
        return False
    return bit.node.getparent() is bit.anchor and name(bit.anchor) == "w:r"


@dataclass(slots=True)
class Cutter:
    """Knows for every element that can be cut which elements now hold its text, and from which index on."""

    _parts: dict[Element, list[tuple[int, Element]]]

    def cut(self, bit: Bit, index: int) -> None:
        """Let a run begin at ``bit.text[index]``; an index at its end lets one begin behind it.

        Does nothing to characters that are not divisible.
        """
        parts = self._parts.get(bit.node) if bit.node is not None else None
        if parts is None:
            return
        if index >= len(bit.text):
            _split_run(parts[-1][1], before=False)
            return
        place = _part(parts, index)
        start, node = parts[place]
        if index > start:
            assert node.text is not None
            text = bit.text[start:] if place == len(parts) - 1 else bit.text[start : parts[place + 1][0]]
            node.set(SPACE, "preserve")
            node.text = text[: index - start]
            rest = alike(node)
            rest.text = text[index - start :]
            node.addnext(rest)
            parts.insert(place + 1, (index, rest))
            node = rest
        _split_run(node, before=True)

    def run(self, bit: Bit, index: int) -> Element:
        """The run (or formula, or field) of the body that now shows ``bit.text[index]``."""
        assert bit.anchor is not None
        if bit.node is None or bit.node not in self._parts:
            return bit.anchor
        parts = self._parts[bit.node]
        run = parts[_part(parts, index)][1].getparent()
        assert run is not None
        return run


def cutter_of(document: Extract) -> Cutter:
    """A cutter for a document of which nothing was cut yet."""
    bits = (piece.bit for piece in document.pieces)
    return Cutter({bit.node: [(0, bit.node)] for bit in bits if bit.node is not None and divisible(bit)})


def _part(parts: Sequence[tuple[int, Element]], index: int) -> int:
    """Which of ``parts`` holds the character at ``index``."""
    return bisect_right(parts, index, key=lambda part: part[0]) - 1


def _split_run(node: Element, *, before: bool) -> None:
    """Let the run of ``node`` end before or after it; what follows goes into a new run that looks alike."""
    run = node.getparent()
    assert run is not None
    position = run.index(node) + (not before)
    moved = run[position:]
    if not moved or all(name(one) == "w:rPr" for one in run[:position]):
        return
    rest = alike(run)
    properties = child(run, "w:rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    rest.extend(moved)
    run.addnext(rest)


def alike(node: Element) -> Element:
    """A new empty element of the same name and attributes."""
    made = etree.Element(node.tag)
    made.attrib.update(node.attrib)
    return made


def element(like: Element, local: str, **attributes: str) -> Element:
    """A new element of the namespace of ``like``, its attributes too."""
    return etree.Element(own(like, local), {own(like, key): text for key, text in attributes.items()})


def text_element(like: Element, local: str, text: str) -> Element:
    """A new ``w:t`` or ``w:delText`` with all its blanks."""
    made = element(like, local)
    made.text = text
    made.set(SPACE, "preserve")
    return made
