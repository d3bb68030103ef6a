"""``--format word``: each report as a Word file with a comment on every finding, and with ``--fix`` safe
corrections as tracked changes. A .docx stays otherwise as it was; other kinds become a plain new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from checker.diagnostics import Diagnostic, Related
from checker.messages import say
from checker.outcome import Checked, Run, View
from checker.output.word_marks import Mark, set_marks
from checker.output.word_parts import add_comment, comments_of, free_comment, repacked, with_comments
from checker.readers.word_package import Package, open_package
from checker.readers.word_walk import PLACES_APART, extract
from checker.source import Position, Source

_QUOTED = 40


def render(run: Run, view: View) -> Mapping[str, bytes]:
    """A Word file for each report, by file name. Raises CheckerError."""
    return {
        name: _reviewed(file, view) for name, file in zip(file_names(run.checked), run.checked, strict=True)
    }


def file_names(checked: Sequence[Checked]) -> list[str]:
    """A name for each file: its own with the suffix .docx, and a number where two would be alike."""
    names: dict[str, str] = {}
    for file in checked:
        stem = PurePath(file.path.replace("\\", "/")).stem.strip("<>") or "stdin"
        name, count = f"{stem}.docx", 1
        while name.lower() in names:
            count += 1
            name = f"{stem}-{count}.docx"
        names[name.lower()] = name
    return list(names.values())


def _reviewed(file: Checked, view: View) -> bytes:
    source = file.source
    assert source is not None
    if source.kind == "word":
        package = open_package(source.data, file.path)
        return review(package, file, [one.span for one in file.diagnostics], view)
    package = _new_package(source)
    places = Source(file.path, extract(package).text)
    spans = [(_offset(places, one.start), _offset(places, one.end)) for one in file.diagnostics]
    return review(package, file, spans, view)


def _new_package(source: Source) -> Package:
    from checker.output.word_new import new_document

    lines = [source.slice(source.line_span(line)) for line in range(1, len(source.line_starts) + 1)]
    if lines and not lines[-1]:
        lines.pop()
    package = open_package(new_document(lines), source.path)
    return open_package(repacked(package, {}, {}, dated=False), source.path)


def _offset(places: Source, position: Position) -> int:
    """The offset of a position; behind the last line, the end."""
    if position.line > len(places.line_starts):
        return len(places.text)
    return places.line_starts[position.line - 1] + position.column - 1


def review(package: Package, file: Checked, spans: Sequence[tuple[int, int]], view: View) -> bytes:
    """The Word file with a comment for each finding of ``file`` at its span; as it was if there is none."""
    diagnostics = file.diagnostics
    if not diagnostics:
        return package.data
    document = extract(package)
    comments = comments_of(package, document.root)
    first = free_comment(document.root, comments)
    marks = [
        Mark(*span, one.fix.replacement if view.fix and one.fix and one.fix.safe else None)
        for one, span in zip(diagnostics, spans, strict=True)
    ]
    made = set_marks(document, marks, first)
    why = {reason.rule: reason.why[view.lang] for reason in file.reasons}
    for key, (one, done) in enumerate(zip(diagnostics, made, strict=True), first):
        add_comment(comments, key, _lines(one, file.source, why.get(one.rule, ""), done, view.lang))
    return with_comments(package, document.root, comments)


def _lines(one: Diagnostic, source: Source | None, why: str, done: bool, lang: str) -> list[str]:
    """What a comment says: how bad and what; what else to see; the correction; why it matters; the rule."""
    severity = say(f"severity.{one.severity.word}", lang)
    lines = [say("word.finding", lang, severity=severity, message=one.message[lang])]
    if source is not None:
        origin = source.origin(one.span[0])
        if origin is not None and origin.place.startswith(PLACES_APART):
            lines.append(say("word.place", lang, place=origin.place, text=_quoted(source, one)))
        for other in one.related:
            lines.append(say("word.related", lang, text=_quoted(source, other), message=other.message[lang]))
    if one.fix is not None:
        key = "word.corrected" if done else "word.suggestion"
        lines.append(say(key if one.fix.replacement else f"{key}-gone", lang, text=one.fix.replacement))
    if why:
        lines.append(say("word.why", lang, why=why.strip()))
    lines.append(say("word.rule", lang, rule=one.rule))
    return lines


def _quoted(source: Source, other: Diagnostic | Related) -> str:
    """The words of a place, cut to what a comment has room for."""
    text = " ".join(source.text[_offset(source, other.start) : _offset(source, other.end)].split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
