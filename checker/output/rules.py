"""Rules as lists and pages: what ``rules``, ``explain`` and ``test-rules`` show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from checker.diagnostics import CheckerError
from checker.messages import say
from checker.outcome import View
from checker.output.json import dump
from checker.rules import Rule
from checker.terms import word


def rules_json(rules: Sequence[Rule]) -> str:
    """All rules as JSON, both languages in each."""
    return dump({"rules": [_data(rule) for rule in rules]})


def explain_json(rule: Rule) -> str:
    """One rule as JSON."""
    return dump(_data(rule))


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity.word,
        "genres": list(rule.genres),
        "why": dict(rule.why),
        "basis": dict(rule.basis),
        "bad": [example.text for example in rule.bad],
        "good": [example.text for example in rule.good],
        "path": rule.path,
        "line": rule.line,
    }


def rules_markdown(rules: Sequence[Rule], lang: str) -> str:
    """All rules as a Markdown table."""
    heads = [word(f"column.{column}", lang) for column in ("rule", "severity", "why")]
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|"]
    for rule in rules:
        cells = [f"`{rule.id}`", say(f"severity.{rule.severity.word}", lang), summary(rule.why[lang])]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "".join(f"{line}\n" for line in lines)


def rules_page(rules: Sequence[Rule], view: View) -> str:
    """All rules as a table; where nobody looks at it, one plain line for each."""
    rows = [
        (rule.id, say(f"severity.{rule.severity.word}", view.lang), summary(rule.why[view.lang]))
        for rule in rules
    ]
    if not view.terminal:
        return "".join("\t".join(row) + "\n" for row in rows)
    from checker.output.tables import page

    return page([word(f"column.{column}", view.lang) for column in ("rule", "severity", "why")], rows, view)


def explain_page(rule: Rule, view: View) -> str:
    """One rule whole."""
    from rich.padding import Padding
    from rich.text import Text

    from checker.output.excerpt import visible
    from checker.output.terminal import STYLES, collected, console

    target = console(view)
    head = Text(rule.id, "bold")
    head.append(f"  {say(f'severity.{rule.severity.word}', view.lang)}", STYLES[rule.severity.word])
    target.print(head)
    parts = [
        ("why", [rule.why[view.lang]]),
        ("basis", [rule.basis[view.lang]]),
        ("bad", [example.text for example in rule.bad]),
        ("good", [example.text for example in rule.good]),
        ("file", [f"{rule.path}:{rule.line}"]),
    ]
    for name, texts in parts:
        target.print()
        target.print(Text(word(f"explain.{name}", view.lang), "bold"))
        for number, text in enumerate(texts):
            if number:
                target.print()
            for line in text.strip("\n").split("\n"):
                shown = Text(visible(line))
                shown.highlight_regex(re.compile("⟦.*?⟧"), STYLES[rule.severity.word])
                target.print(Padding(shown, (0, 0, 0, 2)))
    return collected(target)


def outcome_json(rules: int, examples: int, failures: Sequence[CheckerError], lang: str) -> str:
    """What running the examples came to, as JSON."""
    return dump(
        {
            "rules": rules,
            "examples": examples,
            "failures": [
                {"path": one.path, "line": one.line, "column": one.column, "message": one.message[lang]}
                for one in failures
            ],
        }
    )


def summary(text: str) -> str:
    """The first sentence of a text, on one line."""
    flat = " ".join(text.split())
    match = re.match(r".*?(?:。|[.!?](?= ))", flat)
    return match[0] if match else flat
