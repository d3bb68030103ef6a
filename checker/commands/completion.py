"""``zhenggai completion`` and ``zhenggai schema``: what shells and editors complete from."""

from __future__ import annotations

import argparse

from checker.completion import SHELLS, script
from checker.manual import UsageError
from checker.messages import say
from checker.resources import folder
from checker.rules import load_rules
from checker.writing import write

SCHEMAS = ("config", "rules")


def run(arguments: argparse.Namespace) -> int:
    """Print a script or a schema. Raises UsageError or CheckerError."""
    if arguments.command == "completion":
        shell = _choice(arguments.shell, SHELLS, arguments)
        names = [rule.id for rule in load_rules(()).rules]
        write(script(shell, names, arguments.lang), arguments.output, machine=True)
    else:
        name = _choice(arguments.schema, SCHEMAS, arguments)
        text = (folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8")
        write(text, arguments.output, machine=True)
    return 0


def _choice(word: str, choices: tuple[str, ...], arguments: argparse.Namespace) -> str:
    if word in choices:
        return word
    joined = ("、" if arguments.lang == "zh" else ", ").join(choices)
    message = say("cli.invalid-operand", arguments.lang, value=word, choices=joined)
    raise UsageError(message, say("cli.hint", arguments.lang, command=f"{arguments.command} "))
