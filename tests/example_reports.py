"""The findings of the reports in ``examples/``, kept in ``tests/example_reports.txt``.

``python -m tests.example_reports`` writes the file anew; read the difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

from checker import check
from checker.diagnostics import Severity

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "examples"
KEPT = Path(__file__).with_suffix(".txt")
REPORTS = sorted((*FOLDER.glob("*.txt"), *FOLDER.glob("*.md")), key=lambda path: path.name)


def findings() -> str:
    """Every finding of every report, one a line: place, severity, rule, message."""
    lines = []
    for path in REPORTS:
        lines += [
            f"{path.name}:{one.start.line}:{one.start.column}: {one.severity.word} {one.rule} {one.message['zh']}"
            for one in check(path)
        ]
    return "\n".join(lines) + "\n"


def warnings(path: Path) -> list[str]:
    """The rules that find something at warning level or above in a report."""
    return [one.rule for one in check(path) if one.severity >= Severity.WARNING]


if __name__ == "__main__":
    KEPT.write_text(findings(), encoding="utf-8")
