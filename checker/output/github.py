"""``--format github``: annotations of a GitHub workflow."""

from __future__ import annotations

from checker.diagnostics import Diagnostic
from checker.files import Note
from checker.outcome import Run, View

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(run: Run, view: View) -> str:
    """One workflow command a line, for findings and for files that could not be checked."""
    lines = [_finding(one, view.lang) for one in run.diagnostics]
    lines += [_fault(one, view.lang) for one in run.faults]
    return "".join(f"{line}\n" for line in lines)


def _finding(one: Diagnostic, lang: str) -> str:
    place = [f"file={_property(one.path)}", f"line={one.start.line}", f"endLine={one.end.line}"]
    if one.start.line == one.end.line:  # columns are refused for a range over several lines
        place += [f"col={one.start.column}", f"endColumn={one.end.column}"]
    place.append(f"title={_property(one.rule)}")
    return f"::{_COMMANDS[one.severity.word]} {','.join(place)}::{_data(one.message[lang])}"


def _fault(one: Note, lang: str) -> str:
    line = f",line={one.line}" if one.line else ""
    return f"::error file={_property(one.path)}{line}::{_data(one.message[lang])}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
