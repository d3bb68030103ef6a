"""Correcting a report: only what its rules call safe, never a figure, never a name.

A round applies every correction that overlaps no earlier one and reads the report again; rounds go on until
none is left, so that a second run finds nothing more to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.checking import check_source
from checker.diagnostics import Diagnostic
from checker.document import Document
from checker.files import STDIN_NAME, fault_of, load
from checker.messages import failure
from checker.outcome import Checked, Correction
from checker.settings import Settings
from checker.source import Source, Span

KINDS = ("text", "markdown")
"""The kinds of files that can be written back as they were but for what is corrected."""
MAX_ROUNDS = 200
_CODE = re.compile(
    r"^(?P<fence>```+|~~~+)[^\r\n]*$.*?(?:^(?P=fence)|\Z)"  # fenced code
    r"|\A---[ \t]*$.*?^---[ \t]*$"  # front matter
    r"|(?P<tick>`+)(?!`)[^\r\n]+?(?<!`)(?P=tick)(?!`)"
    r"|\]\([^)\r\n]*\)"  # the target of a link
    r"|<[^<>\r\n]*>",
    re.MULTILINE | re.DOTALL,
)
"""What in Markdown is no running text."""
_DIGITS = "〇零一二三四五六七八九十百千万亿两"


def fix_path(path: str, settings: Settings, stdin_name: str = STDIN_NAME) -> Checked:
    """Check the file ``path`` as it will be when corrected; nothing is written.

    The result has its ``source`` and, if anything is to be corrected, its ``correction``. Raises CheckerError or
    RuleFileError.
    """
    return fix_source(load(path, max_size=settings.max_size, stdin_name=stdin_name), settings)


def fix_source(source: Source, settings: Settings) -> Checked:
    """As :func:`fix_path`, for a report at hand. Raises RuleFileError."""
    first = file = _look(source, settings)
    if source.kind not in KINDS:
        return _refused(file, "fix.kind") if any(_safe(file)) else file
    rules: list[str] = []
    seen = {source.text}
    for _ in range(MAX_ROUNDS):
        edits = () if file.crashed else tuple(edits_of(file))
        if not edits:
            correction = Correction(source, tuple(sorted(rules)))
            return replace(file, correction=correction) if rules else file
        assert file.source is not None
        text = apply(file.source.text, edits)
        rules += [one.rule for one in edits]
        if text in seen:
            break
        seen.add(text)
        file = _look(replace(source, text=text), settings)
    return _refused(first, "fix.restless", rules=" ".join(sorted({one.rule for one in edits})))


def _refused(file: Checked, key: str, **values: object) -> Checked:
    return replace(file, faults=(fault_of(failure(key, file.path, **values)),))


def _look(source: Source, settings: Settings) -> Checked:
    return replace(check_source(source, settings, keep_document=True), source=source)


def _safe(file: Checked) -> Iterator[Diagnostic]:
    return (one for one in file.diagnostics if one.fix is not None and one.fix.safe)


def edits_of(file: Checked) -> Iterator[Diagnostic]:
    """The findings of ``file`` whose corrections may be applied together, in the order of the text: none that
    changes a figure, a name or code."""
    assert file.source is not None
    names = _names(file.document) if file.document is not None else []
    if file.source.kind == "markdown":
        names += [Span(*match.span()) for match in _CODE.finditer(file.source.text)]
    last = 0
    for one in sorted(_safe(file), key=lambda one: (one.span, one.rule)):
        start, end = one.span
        if start < last or any(start < name.end and name.start < end for name in names):
            continue
        if _changes(one) and not _touches_figure(file.source.text, one):
            last = end
            yield one


def _names(document: Document) -> list[Span]:
    """Where persons, organizations and documents are named."""
    return [
        *(one.span for one in document.inspectors),
        *(one.span for one in document.organizations),
        *(one.span for one in document.persons),
        *(one.span for one in document.documents),
        *(one.span for one in document.contacts),
    ]


def _changes(one: Diagnostic) -> bool:
    return one.fix is not None and one.fix.replacement != one.excerpt


def _touches_figure(text: str, one: Diagnostic) -> bool:
    """Whether a correction changes a figure or something inside one."""
    assert one.fix is not None
    start, end = one.span
    inside = _digit(text[start - 1 : start]) and _digit(text[end : end + 1])
    return inside or _figures(text[start:end]) != _figures(one.fix.replacement)


def _figures(text: str) -> list[str]:
    return [character for character in text if _digit(character)]


def _digit(character: str) -> bool:
    return character != "" and (character.isnumeric() or character in _DIGITS)


def apply(text: str, edits: Sequence[Diagnostic]) -> str:
    """``text`` with the corrections of ``edits``, which stand in its order and do not overlap."""
    pieces, at = [], 0
    for one in edits:
        assert one.fix is not None
        pieces += [text[at : one.span[0]], one.fix.replacement]
        at = one.span[1]
    return "".join([*pieces, text[at:]])


def encoded(source: Source, text: str) -> bytes:
    """``text`` as bytes in the encoding of ``source``, with its byte order mark if it had one."""
    mark = "\ufeff" if source.bom else ""
    return (mark + text).encode(source.encoding)
