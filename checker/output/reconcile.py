"""The table of account: each figure that a report states, what stands against it, and the verdict."""

from __future__ import annotations

from typing import Any

from checker.document import Account, Document
from checker.output.facts import number
from checker.output.json import dump
from checker.source import Source
from checker.terms import word


def reconcile_json(document: Document) -> str:
    """The table as JSON."""
    rows = [_row(account, document.source) for account in document.accounts]
    return dump({"path": document.source.path, "rows": rows})


def _row(account: Account, source: Source) -> dict[str, Any]:
    position = source.position(account.claim.span.start)
    return {
        "noun": account.claim.noun,
        "state": account.claim.state,
        "stated": number(account.claim.value),
        "unit": account.claim.unit,
        "line": position.line,
        "column": position.column,
        "text": account.claim.text,
        "basis": account.basis,
        "counted": number(account.counted),
        "verdict": account.verdict,
        "reason": account.reason,
        "items": _lines(account, source),
    }


def _lines(account: Account, source: Source) -> list[int]:
    return [source.position(item.span.start).line for item in account.items]


COLUMNS = ("item", "stated", "line", "against", "verdict", "reason")


def reconcile_rows(document: Document, lang: str) -> list[tuple[str, ...]]:
    """The rows of the page under ``COLUMNS``."""
    rows: list[tuple[str, ...]] = []
    for account in document.accounts:
        row = _row(account, document.source)
        item = " ".join(word(f"{kind}.{row[kind]}", lang) for kind in ("noun", "state"))
        figure = "-" if row["stated"] is None else str(row["stated"])
        against = "-" if row["counted"] is None else str(row["counted"])
        if row["basis"] != "none" and row["counted"] is not None:
            against += " " + word(f"basis.{row['basis']}", lang)
        if row["items"]:
            against += f" ({_runs(row['items'])})"
        place = f"{row['line']}:{row['column']}"
        verdict = word(f"verdict.{row['verdict']}", lang)
        reason = word(f"reason.{row['reason']}", lang) if row["reason"] else ""
        rows.append((item, f"{figure} {row['text']}", place, against, verdict, reason))
    return rows


def _runs(lines: list[int]) -> str:
    """Line numbers in short: ``3, 5-7``, at most six pieces."""
    pieces: list[list[int]] = []
    for line in sorted(set(lines)):
        if pieces and line == pieces[-1][1] + 1:
            pieces[-1][1] = line
        else:
            pieces.append([line, line])
    words = [f"{first}-{last}" if last > first else f"{first}" for first, last in pieces]
    return ", ".join(words[:6]) + (" ..." if len(words) > 6 else "")
