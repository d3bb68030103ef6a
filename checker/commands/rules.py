"""``zhenggai rules``, ``explain`` and ``test-rules``."""

from __future__ import annotations

import argparse
from pathlib import Path

from checker.checking import ruleset_of
from checker.commands.check import override_of
from checker.config import settings_for
from checker.messages import failure, say
from checker.outcome import View
from checker.output.rules import (
    explain_json,
    explain_page,
    outcome_json,
    rules_json,
    rules_markdown,
    rules_page,
)
from checker.paths import is_file, is_folder
from checker.rules import RuleSet, load_rules
from checker.settings import Settings
from checker.writing import view_of, write


def run(arguments: argparse.Namespace) -> int:
    """Print what was asked for. Raises CheckerError or RuleFileError."""
    settings = settings_for("_", arguments.config, override_of(arguments))
    view = view_of(arguments, to_file=arguments.output is not None)
    if arguments.command == "test-rules":
        return _test(arguments, settings, view)
    if arguments.command == "explain":
        rule = load_rules(settings.rules).get(arguments.rule)
        text = explain_json(rule) if arguments.format == "json" else explain_page(rule, view)
    else:
        text = _listed(ruleset_of(settings), arguments.format, view)
    write(text, arguments.output, machine=arguments.format in ("json", "markdown"))
    return 0


def _listed(ruleset: RuleSet, form: str | None, view: View) -> str:
    if form == "json":
        return rules_json(ruleset.rules)
    if form == "markdown":
        return rules_markdown(ruleset.rules, view.lang)
    return rules_page(ruleset.rules, view)


def _test(arguments: argparse.Namespace, settings: Settings, view: View) -> int:
    """Run the examples of the rules given, or of those in force: 1 if one fails."""
    from checker.examples import run_examples
    from checker.reading import read

    paths = [Path(path) for path in arguments.paths]
    for path in paths:
        if not (is_folder(path) or is_file(path)):
            raise failure("path.missing", str(path))
    if paths:
        ruleset = load_rules(paths, defaults=False).restricted(settings.select, settings.ignore)
    else:
        ruleset = ruleset_of(settings)
    if not ruleset.rules:
        raise failure("rules.none", str(paths[0]) if len(paths) == 1 else "")
    outcome = run_examples(ruleset, read)
    if arguments.format == "json":
        text = outcome_json(outcome.rules, outcome.examples, outcome.failures, view.lang)
    else:
        lines = [fault.describe(view.lang) for fault in outcome.failures]
        key = "tested.failed" if outcome.failures else "tested.passed"
        counts = {"rules": outcome.rules, "examples": outcome.examples, "failures": len(outcome.failures)}
        text = "".join(f"{line}\n" for line in [*lines, say(key, view.lang, **counts)])
    write(text, arguments.output, machine=arguments.format == "json")
    return int(bool(outcome.failures))
