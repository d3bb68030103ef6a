"""``zhenggai check``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from checker import caching
from checker.commands.progress import progress
from checker.diagnostics import CheckerError
from checker.files import STDIN, STDIN_NAME, Note, fault_of, find, is_remote, parse_size
from checker.jobs import Plan, check_files
from checker.manual import UsageError
from checker.messages import both, failure, say
from checker.outcome import Run
from checker.output import FORMATS, render
from checker.settings import Override
from checker.writing import tell, view_of, write

Target = tuple[str, str | None]
"""A format and the file or folder it goes to (None: standard output)."""


def run(arguments: argparse.Namespace) -> int:
    """Check, and print, correct or record. Raises CheckerError, RuleFileError or UsageError."""
    return _watch(arguments) if arguments.watch else _check(arguments)


def _watch(arguments: argparse.Namespace) -> int:
    """Check now and whenever a report changes, until interrupted; the status of the last time."""
    from checker.watching import changes

    targets = targets_of(arguments.format or ["text"], arguments.output, arguments.lang)
    found = changes(arguments.paths or ["."], [target for _, target in targets if target is not None])
    status = _check(arguments)
    print(say("watch.waiting", arguments.lang), file=sys.stderr, flush=True)
    for names in found:
        if sys.stdout.isatty():
            print("\x1b[H\x1b[2J\x1b[3J", end="", flush=True)
        tell([Note(name, both("watch.changed")) for name in names], "cli.note", arguments.lang)
        try:
            status = _check(arguments)
        except CheckerError as error:
            tell([fault_of(error)], "cli.fault", arguments.lang)
            status = 2
        print(say("watch.waiting", arguments.lang), file=sys.stderr, flush=True)
    return status


def _check(arguments: argparse.Namespace) -> int:
    if arguments.no_cache:
        caching.disable()
    targets = targets_of(arguments.format or ["text"], arguments.output, arguments.lang)
    _refuse_mixtures(arguments)
    in_place = arguments.fix and all(FORMATS[name].target != "folder" for name, _ in targets)
    corrects = in_place or arguments.diff
    paths = arguments.paths or ["."]
    plan = Plan(
        override_of(arguments),
        arguments.config,
        arguments.stdin_filename or STDIN_NAME,
        _jobs(arguments),
        arguments.write_allow is not None or any(_shows_text(*target) for target in targets),
        any(FORMATS[name].shows_document for name, _ in targets),
        corrects,
        cache=not arguments.no_cache,
    )
    result = _run(arguments, paths, plan, targets)
    if arguments.write_allow is not None:
        from checker.commands.accept import write_allow

        result = write_allow(result, arguments.write_allow or arguments.config, arguments.lang)
        status = 2 if result.status == 2 else 0
    elif arguments.diff:
        from checker.commands.correct import difference, difference_status

        text, result = difference(result)
        if (
            arguments.output is None and sys.stdout.isatty()
        ):  # no control character of a report acts on a terminal
            from checker.output.excerpt import visible

            text = "".join(f"{visible(line)}\n" for line in text.splitlines())
        write(text, arguments.output, machine=True)
        status = difference_status(result)
    else:
        if in_place:
            from checker.commands.correct import write_corrections

            result = write_corrections(result)
        status = result.status
        _show(result, targets, arguments)
    tell(result.faults, "cli.fault", arguments.lang)
    if not arguments.quiet:
        tell(result.notes, "cli.note", arguments.lang)
    return status


def _run(arguments: argparse.Namespace, paths: Sequence[str], plan: Plan, targets: Sequence[Target]) -> Run:
    """Check, here or on a cluster, and write what is written meanwhile."""
    with ExitStack() as stack:
        work = take = None
        if arguments.dask is not None:
            from checker.cluster import worker

            work = stack.enter_context(worker(arguments.dask))
        found = find(paths)
        streamed = [target for name, target in targets if FORMATS[name].streams]
        if streamed:
            from checker.commands.streams import streams

            take = stack.enter_context(streams(targets, found.faults, arguments))
        quiet = arguments.quiet or (None in streamed and sys.stdout.isatty())
        color = not arguments.no_color and not os.environ.get("NO_COLOR")
        bar = progress(len(found.paths), arguments.lang, quiet=quiet, color=color)
        return check_files(found, paths, plan, stack.enter_context(bar), work=work, take=take)


def _show(result: Run, targets: Sequence[Target], arguments: argparse.Namespace) -> None:
    for name, target in targets:
        if FORMATS[name].streams:
            continue
        view = view_of(arguments, to_file=target is not None)
        rendered = render(name, result, view)
        if target is not None and isinstance(rendered, Mapping):
            _keep_reports(result, target, rendered)
        write(rendered, target, machine=name != "text")


def _refuse_mixtures(arguments: argparse.Namespace) -> None:
    """Raise UsageError for options that contradict each other."""
    lang = arguments.lang
    hint = say("cli.hint", lang, command="check ")
    alone = "--diff" if arguments.diff else "--write-allow" if arguments.write_allow is not None else ""
    others = {
        "--format": arguments.format,
        "--fix": arguments.fix,
        "--diff": alone != "--diff" and arguments.diff,
        "--write-allow": alone != "--write-allow" and arguments.write_allow is not None,
    }
    if arguments.watch:
        alone, others = "--watch", {**others, "--format": None, "--diff": arguments.diff}
        others["--write-allow"] = arguments.write_allow is not None
    for other in [name for name, given in others.items() if alone and given]:
        raise UsageError(say("cli.no-other", lang, option=alone, other=other), hint)
    if arguments.dask is not None and arguments.jobs is not None:
        raise UsageError(say("cli.no-other", lang, option="--dask", other="--jobs"), hint)
    if arguments.watch:
        for path in filter(is_remote, arguments.paths):
            raise UsageError(say("cli.no-other", lang, option="--watch", other=path), hint)
    if STDIN in arguments.paths:
        if arguments.watch:
            raise UsageError(say("cli.no-stdin", lang, option="--watch"), hint)
        if arguments.fix and "word" not in [word.partition(":")[0] for word in arguments.format or ()]:
            raise UsageError(say("fix.stdin", lang), hint)
        if arguments.write_allow is not None and not arguments.stdin_filename:
            raise UsageError(say("cli.no-stdin", lang, option="--write-allow"), hint)


def _keep_reports(result: Run, folder: str, names: Iterable[str]) -> None:
    """Raise CheckerError if writing ``names`` into ``folder`` would overwrite a report that was checked."""
    reports = {os.path.realpath(file.path) for file in result.checked}
    for name in names:
        if os.path.realpath(Path(folder) / name) in reports:
            raise failure("output.own", str(Path(folder) / name))


def _shows_text(name: str, target: str | None) -> bool:
    """Whether a format shows the reports' text; for people it does so on a terminal alone."""
    return FORMATS[name].shows_text and (name != "text" or (target is None and sys.stdout.isatty()))


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
