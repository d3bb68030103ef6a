"""What ``facts`` shows of a report: JSON as other programs read it, or tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.document import Claim, Document, Problem, Section
from checker.output.json import dump
from checker.source import Source, Span
from checker.terms import word


def facts_json(document: Document) -> str:
    """The facts as JSON."""
    return dump(facts_of(document))


def facts_of(document: Document) -> dict[str, Any]:
    """The facts as plain data; lines and columns are 1-based, end columns exclusive."""
    source = document.source
    return {
        "path": source.path,
        "title": document.title.text if document.title else None,
        "genre": document.genre,
        "sections": [_section(section, source) for section in document.sections],
        "problems": [_problem(problem, source) for problem in document.problems],
        "claims": [_claim(claim, source) for claim in document.claims],
        "contacts": [
            {"kind": contact.kind, "value": contact.value, **_place(contact.span, source)}
            for contact in document.contacts
        ],
        "dates": [
            {"role": date.role, "value": date.value, **_place(date.span, source)} for date in document.dates
        ],
        "inspectors": [
            {"text": inspector.text, **_place(inspector.span, source)} for inspector in document.inspectors
        ],
        "signature": _signature(document),
    }


def _place(span: Span, source: Source) -> dict[str, int]:
    position = source.position(span.start)
    return {"line": position.line, "column": position.column}


def _range(span: Span, source: Source) -> dict[str, int]:
    end = source.position(span.end)
    return {**_place(span, source), "end_line": end.line, "end_column": end.column}


def _section(section: Section, source: Source) -> dict[str, Any]:
    return {
        "level": section.level,
        "label": section.label,
        "number": section.number,
        "title": section.title,
        "role": section.role,
        **_place(section.span, source),
        "children": [_section(child, source) for child in section.children],
    }


def _problem(problem: Problem, source: Source) -> dict[str, Any]:
    return {
        "label": problem.label,
        "number": problem.number,
        "title": problem.title,
        "state": problem.state,
        "long_term": problem.long_term,
        "status_text": problem.status.text if problem.status else None,
        **_place(problem.span, source),
    }


def _claim(claim: Claim, source: Source) -> dict[str, Any]:
    return {
        "noun": claim.noun,
        "state": claim.state,
        "value": number(claim.value),
        "unit": claim.unit,
        "approximate": claim.approximate,
        "all": claim.all,
        "scope": claim.scope,
        "text": claim.text,
        **_range(claim.span, source),
    }


def number(value: float | None) -> float | int | None:
    """A value as it is written: whole numbers without a point."""
    return int(value) if value is not None and value == int(value) else value


def _signature(document: Document) -> dict[str, Any] | None:
    signature = document.signature
    if signature is None:
        return None
    return {
        "organization": signature.organization.text if signature.organization else None,
        "date": signature.date.value if signature.date else None,
        **_place(signature.span, document.source),
    }


Table = tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]
"""A heading, the heads of the columns, and the rows."""


def facts_tables(document: Document, lang: str) -> list[Table]:
    """The tables of the page, in the order in which they are shown."""
    data = facts_of(document)
    outline = [row for section in data["sections"] for row in _outline_rows(section, 0, lang)]
    problems = [
        (_at(one), one["label"], one["title"], word(f"state.{one['state']}", lang))
        for one in data["problems"]
    ]
    claims = [
        (
            _at(one),
            one["text"],
            word(f"noun.{one['noun']}", lang),
            word(f"state.{one['state']}", lang),
            _value(one, lang),
            word(f"scope.{one['scope']}", lang),
        )
        for one in data["claims"]
    ]
    dates = [(_at(one), one["value"], word(f"date.{one['role']}", lang)) for one in data["dates"]]
    inspectors = [(_at(one), one["text"]) for one in data["inspectors"]]
    contacts = [(_at(one), word(f"contact.{one['kind']}", lang), one["value"]) for one in data["contacts"]]
    tables: list[Table] = [
        ("sections", ("place", "heading", "role"), outline),
        ("problems", ("place", "label", "problem", "state"), problems),
        ("claims", ("place", "claim", "noun", "state", "value", "scope"), claims),
        ("dates", ("place", "date", "role"), dates),
        ("inspectors", ("place", "name"), inspectors),
        ("contacts", ("place", "kind", "value"), contacts),
    ]
    return [
        (word(f"facts.{name}", lang), tuple(word(f"column.{column}", lang) for column in columns), rows)
        for name, columns, rows in tables
    ]


def _at(one: dict[str, Any]) -> str:
    return f"{one['line']}:{one['column']}"


def _outline_rows(section: dict[str, Any], depth: int, lang: str) -> list[tuple[str, ...]]:
    heading = "  " * depth + " ".join(part for part in (section["label"], section["title"]) if part)
    rows: list[tuple[str, ...]] = [(_at(section), heading, word(f"role.{section['role']}", lang))]
    for child in section["children"]:
        rows += _outline_rows(child, depth + 1, lang)
    return rows


def _value(claim: dict[str, Any], lang: str) -> str:
    if claim["value"] is None:
        return word("value.all", lang) if claim["all"] else "-"
    sign = "%" if claim["state"] == "rate" else ""
    return ("~" if claim["approximate"] else "") + f"{claim['value']}{sign}"
