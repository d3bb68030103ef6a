"""``--format gitlab``: a GitLab Code Quality report."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from checker.files import Note
from checker.outcome import Run, View
from checker.output.places import fingerprinted, relative

_SEVERITIES = {"error": "critical", "warning": "major", "info": "info"}
_FAULT = "zhenggai"


def render(run: Run, view: View) -> str:
    """A JSON list: an issue for each finding, a blocker for each file that could not be checked."""
    issues = [
        _issue(
            one.message[view.lang],
            one.rule,
            fingerprint,
            "blocker" if one.crash else _SEVERITIES[one.severity.word],
            one.path,
            one.start.line,
            one.end.line,
        )
        for one, fingerprint in fingerprinted(run)
    ]
    issues += [_fault(one, view.lang) for one in run.faults]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _fault(one: Note, lang: str) -> dict[str, Any]:
    parts = (relative(one.path), str(one.line), str(one.column), one.message["en"])
    fingerprint = sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
    line = max(one.line, 1)
    return _issue(one.message[lang], _FAULT, fingerprint[:16], "blocker", one.path, line, line)


def _issue(
    description: str, name: str, fingerprint: str, severity: str, path: str, first: int, last: int
) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": relative(path), "lines": {"begin": first, "end": last}},
    }
