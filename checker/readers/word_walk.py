"""The text of a Word document, each character with the XML element that shows it.

The reader takes the text from here and the writer of remarks the elements, so both speak of the same places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.messages import failure
from checker.readers.word_numbering import Labels, read_lists
from checker.readers.word_package import Element, Package, part_tree
from checker.readers.word_runs import Bit, Run, bits_of, is_contents
from checker.readers.word_styles import read_styles
from checker.readers.word_xml import attribute, child, name, own, switch
from checker.records import dataclass, field, replace
from checker.source import Origin

_WRAPPERS = ("w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:sdtContent")
BOX = "文本框"
NOTES = {"footnotes": "脚注", "endnotes": "尾注"}
PLACES_APART = (BOX, *NOTES.values())
"""What :attr:`Origin.place` begins with for text that hangs on a paragraph of the body."""
_MARKS = "，。；：、！？,.;:!?）)”’"


MAX_PIECES = 200_000
"""Paragraphs, cells, texts, tabs and breaks of one part: far more than of any report."""
_COUNTED = (
    "p",
    "tc",
    "t",
    "tab",
    "br",
    "cr",
    "sym",
    "noBreakHyphen",
    "footnoteReference",
    "endnoteReference",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of the text, from ``start`` on, and the :class:`Bit` that they are."""

    start: int
    bit: Bit


@dataclass(frozen=True, slots=True)
class Extract:
    """A document as read. ``root`` is its document part; ``pieces`` are in order and leave nothing of the text
    out; ``remarks`` are keys of messages about what was read in a way of its own or left out."""

    root: Element
    text: str
    pieces: tuple[Piece, ...]
    origins: tuple[Origin, ...]
    remarks: tuple[str, ...]


def extract(package: Package) -> Extract:
    """Read the whole document. Raises CheckerError if it is damaged or no Word document."""
    root = part_tree(package, package.main)
    body = child(root, "w:body")
    if name(root) != "w:document" or body is None:
        raise failure("word.no-document", package.path)
    trees = {
        kind: part_tree(package, part)
        for kind, part in package.related.items()
        if kind in ("styles", "numbering", "footnotes", "endnotes") and part in package.entries
    }
    for tree in (root, *(trees[kind] for kind in ("footnotes", "endnotes") if kind in trees)):
        if sum(1 for _ in tree.iter(*(own(root, local) for local in _COUNTED))) > MAX_PIECES:
            raise failure("word.bomb", package.path)
    styles = read_styles(trees.get("styles"))
    labels = Labels(read_lists(trees.get("numbering"), styles), styles)
    notes: dict[str, dict[str, Element]] = {
        kind: {
            attribute(note, "id") or "": note
            for note in trees[kind]
            if attribute(note, "type") in (None, "normal")
        }
        for kind in ("footnotes", "endnotes")
        if kind in trees
    }
    walk = _Walk(labels, Run(styles), notes)
    walk.story(body, "")
    remarks = tuple(key for key in _REMARKS if key in walk.run.remarks)
    return Extract(
        root,
        "".join(piece.bit.text for piece in walk.pieces),
        tuple(walk.pieces),
        tuple(walk.origins),
        remarks,
    )


_REMARKS = ("word.tracked", "word.hidden", "word.contents", "word.embedded")


@dataclass(slots=True)
class _Walk:
    """The state of one reading: what was read so far, and how many paragraphs, tables and notes."""

    labels: Labels
    run: Run
    notes: dict[str, dict[str, Element]]
    pieces: list[Piece] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    length: int = 0
    paragraphs: int = 0
    tables: int = 0
    counted: dict[str, int] = field(default_factory=dict)

    # --- what stands where -------------------------------------------------------------------------------

    def story(self, container: Element, place: str, host: Bit | None = None) -> None:
        """Read the blocks of ``container``; ``host`` is the place in the body for what stands apart from it."""
        for block in self._blocks(container):
            if isinstance(block, list):
                self._line(self._paragraph(block, host), place, host)
            elif host is None and place == "":
                self.tables += 1
                self._table(block, f"表{self.tables}", host)
            else:
                self._table(block, place, host)

    def _blocks(self, container: Element) -> Iterator[list[Element] | Element]:
        """Tables, and paragraphs with those before them whose ends are deleted."""
        joined: list[Element] = []
        for block in self._flat(container):
            if name(block) == "w:p":
                joined.append(block)
                if self._ends(block):
                    yield joined
                    joined = []
            else:
                if joined:
                    yield joined
                    joined = []
                yield block
        if joined:
            yield joined

    def _flat(self, container: Element) -> Iterator[Element]:
        for node in container:
            kind = name(node)
            if kind in ("w:p", "w:tbl"):
                yield node
            elif kind == "w:sdt":
                if is_contents(node):
                    self.run.remarks.add("word.contents")
                else:
                    content = child(node, "w:sdtContent")
                    yield from () if content is None else self._flat(content)
            elif kind in _WRAPPERS:
                yield from self._flat(node)
            elif kind == "mc:AlternateContent":
                chosen = child(node, "mc:Choice")
                chosen = child(node, "mc:Fallback") if chosen is None else chosen
                yield from () if chosen is None else self._flat(chosen)
            elif kind == "w:altChunk":
                self.run.remarks.add("word.embedded")

    def _ends(self, paragraph: Element) -> bool:
        """Whether a paragraph ends where it ends: not if its end is deleted by a tracked change."""
        mark = child(paragraph, "w:pPr", "w:rPr")
        deleted = child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None
        if deleted:
            self.run.remarks.add("word.tracked")
        return not deleted

    # --- paragraphs --------------------------------------------------------------------------------------

    def _paragraph(self, joined: Sequence[Element], host: Bit | None) -> list[Bit] | None:
        """The characters of paragraphs that are one, label first; None if nobody sees it."""
        last = joined[-1]
        in_contents = self.run.in_contents()
        hidden = self.run.hid
        bits = [bit for paragraph in joined for bit in bits_of(self.run, paragraph)]
        if not bits:
            unseen = switch(last, "w:pPr", "w:rPr", "w:vanish") and self.run.hid > hidden
            if unseen or in_contents or self.run.in_contents() or not self._ends(last):
                return None
        label = self.labels.label(last)
        if label:
            rest = "".join(bit.text for bit in bits[:2])
            bits.insert(0, _put(label + _gap(label, rest), joined[0], None))
        bits = bits or [_put("", last, None)]
        if host is None:
            return bits
        return [replace(bit, anchor=host.anchor, paragraph=host.paragraph, apart=True) for bit in bits]

    def _line(self, bits: Sequence[Bit] | None, place: str, host: Bit | None) -> None:
        """Add a paragraph with its line end, then what hangs on it."""
        if bits is not None:
            self._begin(place, any(bit.text.strip() for bit in bits) and host is None)
            for bit in bits:
                self._add(bit)
            self._add(_put("\n", bits[-1].paragraph, host))
        self._hanging(host)

    def _begin(self, place: str, counts: bool) -> None:
        self.paragraphs += counts
        origin = Origin(self.length, max(self.paragraphs, 1), place)
        if not self.origins or (self.origins[-1].paragraph, self.origins[-1].place) != (
            origin.paragraph,
            place,
        ):
            self.origins.append(origin)

    def _add(self, bit: Bit) -> None:
        if bit.text:
            self.pieces.append(Piece(self.length, bit))
            self.length += len(bit.text)

    def _hanging(self, host: Bit | None) -> None:
        """Read the text boxes and notes of what was just added."""
        waiting, self.run.waiting = self.run.waiting, []
        for kind, node, bit in waiting:
            at = host or bit
            if kind == "box":
                self.story(node, BOX, at)
                continue
            note = self.notes.get(kind, {}).pop(attribute(node, "id") or "", None)  # each is read once
            if note is not None:
                self.counted[kind] = self.counted.get(kind, 0) + 1
                self.story(note, f"{NOTES[kind]}{self.counted[kind]}", at)

    # --- tables ------------------------------------------------------------------------------------------

    def _table(self, table: Element, place: str, host: Bit | None) -> None:
        """Add a table, a row a line and its cells with tabs between; a row of one cell as its paragraphs."""
        number = 0
        for row in self._within(table, "w:tr"):
            properties = child(row, "w:trPr")
            if child(properties, "w:del") is not None:
                self.run.remarks.add("word.tracked")
                continue
            if switch(properties, "w:hidden"):
                self.run.remarks.add("word.hidden")
                continue
            number += 1
            cells = [cell for cell in self._within(row, "w:tc") if child(cell, "w:tcPr", "w:cellDel") is None]
            where = f"{place}第{number}行"
            if len(cells) == 1:
                self._only_cell(cells[0], where, host)
            elif cells:
                self._row(cells, where, host)

    def _within(self, parent: Element, wanted: str) -> Iterator[Element]:
        """Rows of a table or cells of a row, also those in content controls."""
        for node in parent:
            kind = name(node)
            if kind == wanted:
                yield node
            elif kind == "w:sdt":
                content = child(node, "w:sdtContent")
                yield from () if content is None else self._within(content, wanted)
            elif kind in _WRAPPERS:
                yield from self._within(node, wanted)

    def _only_cell(self, cell: Element, place: str, host: Bit | None) -> None:
        for block in self._blocks(cell):
            if isinstance(block, list):
                self._line(self._paragraph(block, host), place, host)
            else:
                self._table(block, place, host)

    def _row(self, cells: Sequence[Element], place: str, host: Bit | None) -> None:
        paragraph = next(cells[0].iter(own(cells[0], "p")), cells[0])
        for column, cell in enumerate(cells, 1):
            bits = self._cell(cell, host)
            if column > 1:
                self._add(_put("\t", paragraph, host))
            self._begin(f"{place}第{column}列", any(bit.text.strip() for bit in bits) and host is None)
            for bit in bits:
                self._add(bit)
            if bits:
                paragraph = bits[-1].paragraph
        self._add(_put("\n", paragraph, host))
        self._hanging(host)

    def _cell(self, cell: Element, host: Bit | None) -> list[Bit]:
        """The characters of a cell on one line; empty paragraphs of the cell are left out."""
        joined: list[Bit] = []
        for block in self._blocks(cell):
            if isinstance(block, list):
                parts = [self._paragraph(block, host) or []]
            else:
                rows = self._within(block, "w:tr")
                parts = [self._cell(inner, host) for row in rows for inner in self._within(row, "w:tc")]
            for part in parts:
                bits = [
                    replace(bit, text=" ") if bit.text in ("\n", "\t") else bit for bit in part if bit.text
                ]
                if bits and joined and not _apart(joined[-1].text[-1]):
                    joined.append(_put(" ", joined[-1].paragraph, host))
                joined += bits
        return joined


def _put(text: str, paragraph: Element, host: Bit | None) -> Bit:
    """Characters that stand nowhere in the file."""
    if host is None:
        return Bit(text, None, 0, None, paragraph)
    return Bit(text, None, 0, host.anchor, host.paragraph, apart=True)


def _apart(char: str) -> bool:
    """Whether what follows ``char`` needs no blank to be kept apart from it."""
    return char in _MARKS or char.isspace()


def _gap(label: str, rest: str) -> str:
    """A blank where label and text would run into one another: 1. before 2024年, - before anything."""
    runs_on = label[-1].isascii() and label[-1] not in "()" and rest[:1].isascii() and rest[:1].isalnum()
    return " " if (runs_on or label[-1] in "-*+") and not rest[:1].isspace() else ""
