"""The characters inside one paragraph of Word: runs, fields, tracked changes, content controls."""

from __future__ import annotations

from collections.abc import Iterator

from checker.readers.word_package import Element
from checker.readers.word_styles import Styles
from checker.readers.word_symbols import symbol
from checker.readers.word_xml import attribute, child, name, switch, value
from checker.records import dataclass, field

_THROUGH = (
    "w:hyperlink",
    "w:smartTag",
    "w:customXml",
    "w:sdtContent",
    "w:dir",
    "w:bdo",
)
_GONE = ("w:del", "w:moveFrom")
_NEW = ("w:ins", "w:moveTo")
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_SPACE = " \t\r\n"
_CODE = 100
"""So much of a field's code is enough to know what it is."""
_ONE_LINE = str.maketrans("\r\n", "  ")
_SPACE_KEPT = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Bit:
    """Some characters of a paragraph.

    ``node`` is the element that shows them (``w:t``, ``w:tab`` …), ``index`` where in its text they begin; None
    for what Word or the reader puts there: labels, line ends. ``anchor`` is the run (or formula) of the body that
    a remark on them can surround, None if that is only the paragraph. They can be cut apart and replaced if
    ``node`` stands right in ``anchor``. ``apart`` marks what stands in a text box or note: its ``anchor`` and
    ``paragraph`` are those that box or note hangs on.
    """

    text: str
    node: Element | None
    index: int
    anchor: Element | None
    paragraph: Element
    apart: bool = False


@dataclass(slots=True)
class Run:
    """The state that runs of many paragraphs share: open fields, and what was met on the way.

    ``waiting`` are text boxes (``box``) and references to notes (``footnotes``, ``endnotes``) not yet read, with
    where they stand; ``hid`` counts hidden runs; ``remarks`` are keys of messages; ``style`` is the style of the
    paragraph at hand.
    """

    styles: Styles
    style: str = ""
    fields: list[_Field] = field(default_factory=list)
    silent: int = 0
    contents: int = 0
    waiting: list[tuple[str, Element, Bit]] = field(default_factory=list)
    hid: int = 0
    remarks: set[str] = field(default_factory=set)

    def visible(self) -> bool:
        """Whether text here is the result of the fields that are open, and not a table of contents."""
        return not self.silent

    def in_contents(self) -> bool:
        """Whether this is inside a table of contents."""
        return self.contents > 0


@dataclass(slots=True)
class _Field:
    code: str = ""
    result: bool = False

    def contents(self) -> bool:
        return self.code.split()[:1] == ["TOC"]


def bits_of(run: Run, paragraph: Element) -> list[Bit]:
    """The characters of one paragraph, tracked changes accepted, hidden text left out."""
    bits: list[Bit] = []
    run.style = value(paragraph, "w:pPr", "w:pStyle") or run.styles.default
    _inline(run, paragraph, paragraph, bits)
    return bits


def is_contents(control: Element) -> bool:
    """Whether a content control (``w:sdt``) holds a table of contents."""
    return value(control, "w:sdtPr", "w:docPartObj", "w:docPartGallery") == "Table of Contents"


def _inline(run: Run, parent: Element, paragraph: Element, bits: list[Bit]) -> None:
    for node in parent:
        kind = name(node)
        if kind == "w:r":
            _run(run, node, node, paragraph, bits)
        elif kind in _THROUGH:
            _inline(run, node, paragraph, bits)
        elif kind in _NEW:
            run.remarks.add("word.tracked")
            _inline(run, node, paragraph, bits)
        elif kind in _GONE:
            run.remarks.add("word.tracked")
        elif kind == "w:sdt":
            content = child(node, "w:sdtContent")
            if content is not None and not is_contents(node):
                _inline(run, content, paragraph, bits)
        elif kind == "w:fldSimple":
            if not _Field(attribute(node, "instr") or "").contents():
                _inline(run, node, paragraph, bits)
        elif kind == "mc:AlternateContent":
            chosen = _chosen(node)
            if chosen is not None:
                _inline(run, chosen, paragraph, bits)
        elif kind in ("m:oMath", "m:oMathPara") and run.visible():
            for inner in node.iter():
                if name(inner) == "m:t" and inner.text:
                    bits.append(Bit(inner.text.translate(_ONE_LINE), inner, 0, node, paragraph))


def _chosen(node: Element) -> Element | None:
    """What a program of today shows of an mc:AlternateContent."""
    choice = child(node, "mc:Choice")
    return child(node, "mc:Fallback") if choice is None else choice


def _run(run: Run, node: Element, anchor: Element, paragraph: Element, bits: list[Bit]) -> None:
    hidden = _hidden(run, node)
    for part, text, index in _parts(run, node, anchor, paragraph):
        if not run.visible():
            continue
        if hidden:
            run.hid += 1
            run.remarks.add("word.hidden")
        else:
            bits.append(Bit(text, part, index, anchor, paragraph))


def _hidden(run: Run, node: Element) -> bool:
    properties = child(node, "w:rPr")
    own = switch(properties, "w:vanish")
    if own is not None:
        return own
    return run.styles.hidden(run.style, value(properties, "w:rStyle"))


def _parts(
    run: Run, node: Element, anchor: Element, paragraph: Element
) -> Iterator[tuple[Element, str, int]]:
    """What a run shows, as (element, text, index); fields, boxes and notes on the way are kept in ``run``."""
    for part in node:
        kind = name(part)
        if kind == "w:t":
            text, index = _text(part)
            if text:
                yield part, text, index
        elif kind in _SIGNS:
            yield part, _SIGNS[kind], 0
        elif kind == "w:sym":
            code = attribute(part, "char") or ""
            point = int(code, 16) if 0 < len(code) <= 4 and code.isalnum() and _is_hex(code) else 0x25A1
            sign = symbol(attribute(part, "font") or "", chr(point), "□")
            yield part, sign if sign.isprintable() else "□", 0
        elif kind == "w:fldChar":
            _field_mark(run, attribute(part, "fldCharType"))
        elif kind == "w:instrText" and run.fields:
            if len(run.fields[-1].code) < _CODE:
                run.fields[-1].code += part.text or ""
        elif kind in _NOTES:
            if run.visible():
                run.waiting.append((_NOTES[kind], part, Bit("", None, 0, anchor, paragraph)))
        elif kind in ("w:drawing", "w:pict", "w:object"):
            _boxes(run, part, Bit("", None, 0, anchor, paragraph))
        elif kind == "mc:AlternateContent":
            chosen = _chosen(part)
            if chosen is not None:
                yield from _parts(run, chosen, anchor, paragraph)
        elif kind == "w:ruby":
            base = child(part, "w:rubyBase")
            for inner in () if base is None else base:
                if name(inner) == "w:r":
                    yield from _parts(run, inner, anchor, paragraph)


def _text(node: Element) -> tuple[str, int]:
    """The text of a ``w:t`` and where in it that begins: outer blanks count only if it says so."""
    text = (node.text or "").translate(_ONE_LINE)
    if node.get(_SPACE_KEPT) == "preserve":
        return text, 0
    inner = text.lstrip(_SPACE)
    return inner.rstrip(_SPACE), len(text) - len(inner)


def _is_hex(code: str) -> bool:
    return all(char in "0123456789abcdefABCDEF" for char in code) and not 0xD800 <= int(code, 16) < 0xE000


def _field_mark(run: Run, kind: str | None) -> None:
    """Begin a field, go over to its result, or end it."""
    if kind == "begin":
        run.fields.append(_Field())
        run.silent += 1
    elif kind == "separate" and run.fields and not run.fields[-1].result:
        run.fields[-1].result = True
        if run.fields[-1].contents():
            run.contents += 1
            run.remarks.add("word.contents")
        else:
            run.silent -= 1
    elif kind == "end" and run.fields:
        ended = run.fields.pop()
        contents = ended.result and ended.contents()
        run.contents -= contents
        run.silent -= contents or not ended.result


def _boxes(run: Run, node: Element, place: Bit) -> None:
    """Keep the outermost text boxes inside a drawing for later."""
    for part in node:
        if name(part) == "w:txbxContent":
            run.waiting.append(("box", part, place))
        elif name(part) == "mc:AlternateContent":
            chosen = _chosen(part)
            if chosen is not None:
                _boxes(run, chosen, place)
        elif isinstance(part.tag, str):
            _boxes(run, part, place)
