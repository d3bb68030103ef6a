"""``--format json``: the interface for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from checker.diagnostics import Diagnostic
from checker.files import Note
from checker.outcome import Run, View
from checker.source import Position

VERSION = "1"


def render(run: Run, view: View) -> str:
    """One JSON object; messages in the language of ``view``. The same run gives the same bytes."""
    return dump(
        {
            "version": VERSION,
            "files": len(run.checked),
            "diagnostics": [diagnostic(one, view.lang) for one in run.diagnostics],
            "errors": [fault(one, view.lang) for one in run.faults],
        }
    )


def dump(value: Mapping[str, Any]) -> str:
    """``value`` as the JSON that this program writes: indented, Chinese as it is, one line end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def diagnostic(one: Diagnostic, lang: str) -> dict[str, Any]:
    """A finding under the names of the interface."""
    return {
        "path": one.path,
        "rule": one.rule,
        "severity": one.severity.word,
        "message": one.message[lang],
        **_range(one.start, one.end),
        "excerpt": one.excerpt,
        "place": one.place,
        "related": [
            {"message": other.message[lang], **_range(other.start, other.end)} for other in one.related
        ],
        "fix": {"replacement": one.fix.replacement, "safe": one.fix.safe} if one.fix else None,
    }


def _range(start: Position, end: Position) -> dict[str, int]:
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def fault(one: Note, lang: str) -> dict[str, Any]:
    """A fault; line and column are null where it concerns the whole file."""
    place = {"line": one.line or None, "column": one.column or None}
    return {"path": one.path, **place, "message": one.message[lang]}
