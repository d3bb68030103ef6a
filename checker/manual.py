"""The parser of the command line and its manual pages, made from :mod:`checker.options`."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NoReturn

from checker.messages import say
from checker.options import (
    COMMANDS,
    PROGRAM,
    PROGRAM_EXAMPLES,
    PROGRAM_OPTIONS,
    Command,
    Option,
    Words,
)

_HEADINGS = {
    "usage": ("用法", "USAGE"),
    "commands": ("命令", "COMMANDS"),
    "description": ("说明", "DESCRIPTION"),
    "arguments": ("参数", "ARGUMENTS"),
    "options": ("选项", "OPTIONS"),
    "examples": ("例子", "EXAMPLES"),
    "statuses": ("退出码", "EXIT STATUS"),
}
_COLUMN = 30
_MAX_WIDTH = 100


class UsageError(Exception):
    """A command line that cannot be understood; ``hint`` says where to read on. In the language in force."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Parser(argparse.ArgumentParser):
    """argparse with our manual pages and our languages."""

    def __init__(self, command: Command | None, lang: str) -> None:
        prog = f"zhenggai {command.name}" if command else "zhenggai"
        super().__init__(prog=prog, add_help=False, allow_abbrev=False)
        self.command = command
        self.lang = lang
        self.bare: set[str] = set()
        """Options that may stand without a value."""

    def parse_words(self, args: Sequence[str]) -> argparse.Namespace:
        """The arguments in ``args``; a bare option that may have a value never takes the next word for one."""
        words = list(args)
        end = words.index("--") if "--" in words else len(words)
        words[:end] = [f"{word}=" if word in self.bare else word for word in words[:end]]
        return self.parse_intermixed_args(words)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of leaving."""
        name = f"{self.command.name} " if self.command else ""
        raise UsageError(_translated(message, self.lang), say("cli.hint", self.lang, command=name))


def parser_of(command: Command, lang: str) -> Parser:
    """The parser of one command."""
    parser = Parser(command, lang)
    if command.operand:
        name, count, metavar, _ = command.operand
        parser.add_argument(name, nargs=count, metavar=_in(metavar, lang))
    for option in command.options:
        add_option(parser, option, lang)
    return parser


def add_option(parser: Parser, option: Option, lang: str) -> None:
    """Let ``parser`` take ``option``."""
    if option.kind == "optional":
        parser.bare.update(option.flags)
    if option.kind == "flag":
        parser.add_argument(*option.flags, dest=option.name, action="store_true")
    else:
        parser.add_argument(
            *option.flags,
            dest=option.name,
            action="store" if option.kind in ("value", "optional") else "append",
            choices=option.choices or None,
            metavar=_metavar(option, lang),
        )


def _metavar(option: Option, lang: str) -> str:
    return "{" + ",".join(option.choices) + "}" if option.choices else _in(option.metavar, lang)


def _in(words: Words, lang: str) -> str:
    return words[0] if lang == "zh" else words[1]


_ERRORS = (
    (r"unrecognized arguments: (?P<words>.*)", "cli.unrecognized"),
    (r"the following arguments are required: (?P<words>.*)", "cli.required"),
    (r"argument (?P<option>\S+): expected (one|at least one) argument", "cli.needs-value"),
    (r"argument (?P<option>\S+): ignored explicit argument .*", "cli.no-value"),
    (
        r"argument (?P<option>\S+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<choices>.*)\)",
        "cli.invalid-choice",
    ),
    (r"ambiguous option: (?P<option>\S+) could match (?P<choices>.*)", "cli.ambiguous"),
)


def _translated(message: str, lang: str) -> str:
    for pattern, key in _ERRORS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            values = {name: value.replace("'", "") for name, value in match.groupdict().items()}
            if "option" in values:
                values["option"] = values["option"].split("/")[-1]
            return say(key, lang, **values)
    return message


# --- manual pages ----------------------------------------------------------------------------------------


def program_page(lang: str, width: int) -> str:
    """The manual page of the program."""
    width = min(width, _MAX_WIDTH)
    lines = [
        *_section(
            "usage", ["  zhenggai " + ("命令 [选项] …" if lang == "zh" else "COMMAND [OPTION] ...")], lang
        ),
        *_section("description", _fill(_in(PROGRAM, lang), 2, width), lang),
        *_section("commands", _rows([(one.name, _in(one.summary, lang)) for one in COMMANDS], width), lang),
        *_section("options", _option_rows(PROGRAM_OPTIONS, lang, width), lang),
        *_section("examples", _example_rows(PROGRAM_EXAMPLES, lang), lang),
    ]
    return "\n".join(lines)


def command_page(command: Command, lang: str, width: int) -> str:
    """The manual page of a command."""
    width = min(width, _MAX_WIDTH)
    usage = f"  zhenggai {command.name} [" + ("选项" if lang == "zh" else "OPTION") + "]..."
    arguments: list[str] = []
    if command.operand:
        _, count, metavar, words = command.operand
        shown = _in(metavar, lang)
        usage += f" [{shown}]..." if count == "*" else f" [{shown}]" if count == "?" else f" {shown}"
        arguments = _section("arguments", _rows([(shown, _in(words, lang))], width), lang)
    statuses = [(status, _in(words, lang)) for status, words in command.statuses]
    lines = [
        *_section("usage", [usage], lang),
        *_section("description", _fill(_in(command.description, lang), 2, width), lang),
        *arguments,
        *_section("options", _option_rows(command.options, lang, width), lang),
        *_section("examples", _example_rows(command.examples, lang), lang),
        *_section("statuses", _rows(statuses, width, 6), lang),
    ]
    return "\n".join(lines)


def _section(key: str, lines: list[str], lang: str) -> list[str]:
    return [_in(_HEADINGS[key], lang), *lines, ""] if lines else []


def _option_rows(options: Sequence[Option], lang: str, width: int) -> list[str]:
    rows = []
    for option in options:
        flags = ", ".join(option.flags) if len(option.flags) > 1 else "    " + option.flags[0]
        if option.kind == "optional":
            flags += f"[={_metavar(option, lang)}]"
        elif option.kind != "flag":
            flags += f" {_metavar(option, lang)}"
        rows.append((flags, _in(option.help, lang)))
    return _rows(rows, width)


def _example_rows(examples: Sequence[tuple[str, Words]], lang: str) -> list[str]:
    return [line for command, words in examples for line in (f"  {command}", f"      {_in(words, lang)}")]


def _rows(rows: Sequence[tuple[str, str]], width: int, column: int = _COLUMN) -> list[str]:
    lines: list[str] = []
    for head, text in rows:
        first, *rest = _fill(text, column, width)
        if cells(head) + 4 > column:
            lines += [f"  {head}", first]
        else:
            lines.append(f"  {head}".ljust(column - cells(head) + len(head)) + first[column:])
        lines += rest
    return lines


def _fill(text: str, indent: int, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells; Chinese may break anywhere but before a closing mark."""
    lines = [" " * indent]
    for piece in _pieces(text):
        if cells(lines[-1]) + cells(piece.rstrip()) > width and lines[-1].strip():
            lines[-1] = lines[-1].rstrip()
            lines.append(" " * indent)
        lines[-1] += piece if lines[-1].strip() else piece.lstrip()
    lines[-1] = lines[-1].rstrip()
    return lines


def _pieces(text: str) -> Iterator[str]:
    """The smallest pieces of ``text`` that stay on one line, blanks that follow included."""
    closing = "，。；：、！？）》”’"
    yield from re.findall(rf"[（《“‘]*(?:[!-~]+|\S)[{closing}]*\s*", text)


def cells(text: str) -> int:
    """How many terminal cells ``text`` takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
