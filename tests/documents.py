"""Documents and rules made by hand, for tests of what judges them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from checker.diagnostics import CheckerError
from checker.document import Document
from checker.rule_files import RuleFileError, parse_tree
from checker.rule_shape import rules_of
from checker.rules import RuleSet, compile_rules
from checker.source import Source, Span
from tests.paragraphs import report, whole

EMPTY = {"title", "lead", "contact_block", "welcome", "signature"}


def document(*lines: str, **given: Any) -> Document:
    """A document of ``role: text`` lines (see :func:`tests.paragraphs.report`); what is not given is empty."""
    paragraphs, outline = report(*lines)
    text = whole(paragraphs)
    values: dict[str, Any] = {field.name: None if field.name in EMPTY else () for field in fields(Document)}
    values |= {"source": Source("draft.txt", text), "text": text, "span": Span(0, len(text)), "genre": "demo"}
    return Document(**{**values, "paragraphs": paragraphs, "title": outline.title, **given})


def rule(body: str, name: str = "demo.rule", **keys: str) -> str:
    """A rule in YAML: ``body`` are the lines that judge, the rest is filled in."""
    given = {
        "severity": "warning",
        "why": "{zh: 因为, en: because}",
        "basis": "{zh: 常理, en: plain sense}",
        "bad": "[甲⟦乙⟧]",
        "good": "[甲]",
        "message": "{zh: 不对, en: wrong}",
    }
    lines = [f"  {key}: {value}" for key, value in (given | keys).items() if value]
    inner = [f"  {line}" for line in body.strip("\n").split("\n")]
    return "\n".join([f"- id: {name}", *lines, *inner]) + "\n"


def ruleset(*texts: str, folder: Path | None = None) -> RuleSet:
    """The rules of a file with this text, called ``own.yaml``. Raises RuleFileError."""
    faults: list[CheckerError] = []
    tree = parse_tree("".join(texts), "own.yaml", faults)
    return compile_rules(rules_of(tree, [folder] if folder else [], faults), faults)


def faults(*texts: str, folder: Path | None = None) -> list[str]:
    """Every fault of a rule file, as ``line:column zh | en``."""
    try:
        ruleset(*texts, folder=folder)
    except RuleFileError as error:
        assert all(fault.path == "own.yaml" for fault in error.faults)
        return [
            f"{fault.line}:{fault.column} {fault.message['zh']} | {fault.message['en']}"
            for fault in error.faults
        ]
    return []
