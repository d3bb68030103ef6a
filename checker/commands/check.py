"""``zhenggai check``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from checker.files import STDIN_NAME, find, parse_size
from checker.jobs import Plan, check_files
from checker.manual import UsageError
from checker.messages import failure, say
from checker.outcome import Run
from checker.output import FORMATS, render
from checker.settings import Override
from checker.writing import tell, view_of, write

Target = tuple[str, str | None]
"""A format and the file or folder it goes to (None: standard output)."""


def run(arguments: argparse.Namespace) -> int:
    """Check and print. Raises CheckerError, RuleFileError or UsageError."""
    targets = targets_of(arguments.format or ["text"], arguments.output, arguments.lang)
    if arguments.fix and "word" not in [name for name, _ in targets]:
        raise UsageError(
            say("cli.fix-alone", arguments.lang), say("cli.hint", arguments.lang, command="check ")
        )
    paths = arguments.paths or ["."]
    plan = Plan(
        override_of(arguments),
        arguments.config,
        arguments.stdin_filename or STDIN_NAME,
        _jobs(arguments),
        any(FORMATS[name].shows_text for name, _ in targets),
        any(FORMATS[name].shows_document for name, _ in targets),
    )
    result = check_files(find(paths), paths, plan)
    for name, target in targets:
        view = view_of(arguments, to_file=target is not None)
        rendered = render(name, result, view)
        if target is not None and isinstance(rendered, Mapping):
            _keep_reports(result, target, rendered)
        write(rendered, target, machine=name != "text")
    tell(result.faults, "cli.fault", arguments.lang)
    if not arguments.quiet:
        tell(result.notes, "cli.note", arguments.lang)
    return result.status


def _keep_reports(result: Run, folder: str, names: Iterable[str]) -> None:
    """Raise CheckerError if writing ``names`` into ``folder`` would overwrite a report that was checked."""
    reports = {Path(file.path).resolve() for file in result.checked}
    for name in names:
        if (Path(folder) / name).resolve() in reports:
            raise failure("output.own", str(Path(folder) / name))


def override_of(arguments: argparse.Namespace) -> Override:
    """What the options say about settings; options that a command does not have say nothing."""
    size = getattr(arguments, "max_size", None)
    return Override(
        _words(getattr(arguments, "select", None)),
        _words(getattr(arguments, "ignore", None)),
        tuple(Path(folder) for folder in getattr(arguments, "rules", None) or ()),
        getattr(arguments, "genre", None),
        getattr(arguments, "fail_on", None),
        None if size is None else _size(size, arguments.lang),
    )


def _words(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(word for value in values or () for word in value.replace(",", " ").split())


def _size(text: str, lang: str) -> int:
    try:
        return parse_size(text)
    except ValueError:
        raise _invalid("--max-size", text, lang) from None


def _jobs(arguments: argparse.Namespace) -> int:
    if arguments.jobs in (None, "auto", "0"):
        return 0
    if arguments.jobs.isascii() and arguments.jobs.isdigit() and len(arguments.jobs) < 4:
        return int(arguments.jobs)
    raise _invalid("--jobs", arguments.jobs, arguments.lang)


def _invalid(option: str, value: str, lang: str) -> UsageError:
    message = say("cli.invalid-value", lang, option=option, value=value)
    return UsageError(message, say("cli.hint", lang, command="check "))


def targets_of(formats: Sequence[str], output: str | None, lang: str) -> list[Target]:
    """What ``--format`` and ``--output`` ask for. ``-o`` is for the first format without a file of its own."""
    targets: list[Target] = []
    for word in formats:
        name, colon, file = word.partition(":")
        if name not in FORMATS or (colon and not file):
            choices = ("、" if lang == "zh" else ", ").join(FORMATS)
            message = say("cli.invalid-choice", lang, option="--format", value=word, choices=choices)
            raise UsageError(message, say("cli.hint", lang, command="check "))
        if not file and output is not None:
            file, output = output, None
        targets.append((name, file or None))
    if output is not None:  # every format has a file: the one for -o is text
        targets.append(("text", output))
    _refuse_clashes(targets, lang)
    return targets


def _refuse_clashes(targets: Sequence[Target], lang: str) -> None:
    on_screen = [name for name, target in targets if target is None]
    hint = say("cli.hint", lang, command="check ")
    for name in on_screen:
        if FORMATS[name].target != "text":
            raise UsageError(say(f"cli.needs-{FORMATS[name].target}", lang, format=name), hint)
    if len(on_screen) > 1:
        raise UsageError(say("cli.two-on-stdout", lang, first=on_screen[0], second=on_screen[1]), hint)
