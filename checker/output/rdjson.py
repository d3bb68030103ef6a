"""``--format rdjson``: the diagnostic format of reviewdog, whose columns count bytes of UTF-8."""

from __future__ import annotations

from typing import Any

from checker.diagnostics import Diagnostic
from checker.files import Note
from checker.outcome import Run, View
from checker.output.json import dump
from checker.output.places import byte_column, relative, sources_of
from checker.source import Position, Source


def render(run: Run, view: View) -> str:
    """One DiagnosticResult; files that could not be checked are errors in it."""
    sources = sources_of(run)
    diagnostics = [_finding(one, sources.get(one.path), view.lang) for one in run.diagnostics]
    diagnostics += [_fault(one, view.lang) for one in run.faults]
    return dump({"source": {"name": "zhenggai"}, "diagnostics": diagnostics})


def _finding(one: Diagnostic, source: Source | None, lang: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "message": one.message[lang],
        "location": _location(one.path, one.start, one.end, source),
        "severity": one.severity.word.upper(),
        "code": {"value": one.rule},
    }
    if one.fix and one.fix.safe:
        made["suggestions"] = [
            {"range": _range(one.start, one.end, source), "text": one.fix.replacement},
        ]
    if one.related:
        made["relatedLocations"] = [
            {
                "message": other.message[lang],
                "location": _location(one.path, other.start, other.end, source),
            }
            for other in one.related
        ]
    return made


def _location(path: str, start: Position, end: Position, source: Source | None) -> dict[str, Any]:
    return {"path": relative(path), "range": _range(start, end, source)}


def _range(start: Position, end: Position, source: Source | None) -> dict[str, Any]:
    return {
        name: {"line": position.line, "column": byte_column(source, position)}
        for name, position in (("start", start), ("end", end))
    }


def _fault(one: Note, lang: str) -> dict[str, Any]:
    location: dict[str, Any] = {"path": relative(one.path)} if one.path else {}
    if one.line:
        location["range"] = {"start": {"line": one.line}}
    return {"message": one.message[lang], "location": location, "severity": "ERROR"}
