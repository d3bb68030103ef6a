"""The command line: language, command, errors, exit status. Everything heavy is imported when it is needed."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING

from checker import __version__

if TYPE_CHECKING:
    import argparse

    from checker.options import Command

_LATE = 100_000
"""So many new objects before the next search for cycles: a report makes few, and the rules stay."""
_INTERRUPTED = 130
_TERMINATED = 143


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with ``argv`` (default: the command line) and return its exit status.

    0 nothing to object to, 1 findings, 2 could not do the job, 130 interrupted.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    gc.set_threshold(_LATE)
    # Modules are kept compiled as all else is that is worked out from them, see checker.caching.
    sys.dont_write_bytecode = False
    atexit.register(gc.freeze)  # what ends with the process need not be searched for cycles first
    _prepare_streams()
    if words == ["--version"]:
        print(f"zhenggai {__version__}")
        return 0
    signal.signal(signal.SIGTERM, _terminate)
    try:
        return _run(words)
    except KeyboardInterrupt:
        from checker.messages import say

        print(say("cli.interrupted", language(words)), file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        from checker.writing import silence

        silence(sys.stdout.fileno())
        return 2


def _terminate(_: int, __: FrameType | None) -> None:
    raise SystemExit(_TERMINATED)


def _prepare_streams() -> None:
    """Characters that the console cannot show are escaped; none ends the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def language(words: Sequence[str]) -> str:
    """The language that ``--lang`` or ZHENGGAI_LANG asks for, ``zh`` if neither does."""
    chosen = os.environ.get("ZHENGGAI_LANG", "")
    for index, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang" and index + 1 < len(words):
            chosen = words[index + 1]
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
    return "en" if chosen == "en" else "zh"


def _run(words: list[str]) -> int:
    from checker.diagnostics import CheckerError
    from checker.files import fault_of
    from checker.manual import UsageError
    from checker.messages import say
    from checker.rule_files import RuleFileError
    from checker.writing import tell

    lang = language(words)
    try:
        arguments = _arguments(words, lang)
        if arguments is None:
            return 0
        status: int = import_module(arguments.module).run(arguments)
        return status
    except UsageError as error:
        print(say("cli.error", lang, message=error), file=sys.stderr)
        print(error.hint, file=sys.stderr)
    except RuleFileError as error:
        tell([fault_of(fault) for fault in error.faults], "cli.fault", lang)
    except CheckerError as error:
        tell([fault_of(error)], "cli.fault", lang)
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("ZHENGGAI_DEBUG"):
            raise
        shown = f"{type(error).__name__}: {error}"
        print(say("cli.error", lang, message=say("internal", lang, error=shown)), file=sys.stderr)
    return 2


def _arguments(words: list[str], lang: str) -> argparse.Namespace | None:
    """The parsed command line; None if it only asked for help or the version, which is then printed."""
    from checker.manual import Parser, add_option, command_page, parser_of, program_page
    from checker.options import COMMANDS, PROGRAM_OPTIONS

    start = _command_index(words)
    general = Parser(None, lang)
    for option in PROGRAM_OPTIONS:
        add_option(general, option, lang)
    first = general.parse_args(words[:start])
    if first.version:
        print(f"zhenggai {__version__}")
        return None
    width = _width()
    if first.help or not words:
        print(program_page(lang, width), end="")
        return None
    rest = words[start:]
    if rest[:1] == ["help"]:
        rest = [*rest[1:2], "--help"] if len(rest) > 1 else []
    if not rest:
        print(program_page(lang, width), end="")
        return None
    command = next((one for one in COMMANDS if one.name == rest[0]), None)
    if command is None:
        _refuse_command(rest[0], lang)
        return None
    if _asks_for_help(command, rest[1:]):
        print(command_page(command, lang, width), end="")
        return None
    arguments = parser_of(command, lang).parse_words(rest[1:])
    arguments.module = command.module
    arguments.command = command.name
    arguments.lang = lang
    arguments.no_color = arguments.no_color or first.no_color
    return arguments


def _command_index(words: Sequence[str]) -> int:
    """Where in ``words`` the command stands: after the general options."""
    index = 0
    while index < len(words) and words[index].startswith("-") and words[index] != "-":
        index += 2 if words[index] == "--lang" else 1
    return min(index, len(words))


def _asks_for_help(command: Command, words: Sequence[str]) -> bool:
    """Whether -h or --help is among ``words``, also where the rest of them is not a whole command."""
    before = words[: words.index("--")] if "--" in words else words
    return "--help" in before or "-h" in before


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def _refuse_command(word: str, lang: str) -> None:
    """Raise UsageError for a word that is no command, with what was probably meant."""
    from difflib import get_close_matches

    from checker.manual import UsageError
    from checker.messages import say
    from checker.options import COMMANDS

    near = get_close_matches(word, [one.name for one in COMMANDS], 1)
    suggestion = say("config.suggestion", lang, word=near[0]) if near else ""
    hint = say("cli.hint", lang, command="")
    if os.path.lexists(word):
        hint = say("cli.check-path", lang, word=word)
    raise UsageError(say("cli.no-command", lang, word=word, suggestion=suggestion), hint)
