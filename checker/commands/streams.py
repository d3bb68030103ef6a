"""Formats that are written while files are checked, so that nothing of a file need be held."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from checker.files import Note
from checker.outcome import Checked, Result, Unchecked
from checker.output import FORMATS, writer
from checker.records import replace
from checker.writing import opened, telling, view_of

Take = Callable[[Result], Result]


@contextmanager
def streams(
    targets: Sequence[tuple[str, str | None]], faults: Sequence[Note], arguments: argparse.Namespace
) -> Iterator[Take]:
    """What writes each result, and returns what the other formats need of it.

    ``faults`` are of paths where there is no file to check; they are written first. Files appear at the end, if
    nothing was raised. Raises CheckerError.
    """
    wanted = [(name, target) for name, target in targets if FORMATS[name].streams]
    whole = len(wanted) < len(targets)
    with ExitStack() as stack:
        puts = [stack.enter_context(_stream(name, target, arguments)) for name, target in wanted]

        def take(result: Result) -> Result:
            for put in puts:
                put(result)
            return result if whole or not isinstance(result, Checked) else _husk(result)

        for fault in faults:
            take(Unchecked(fault.path, (fault,)))
        yield take


@contextmanager
def _stream(
    name: str, target: str | None, arguments: argparse.Namespace
) -> Iterator[Callable[[Result], None]]:
    """What writes a result to ``target``."""
    with ExitStack() as stack:
        with telling(target):
            file = stack.enter_context(opened(target))
            view = view_of(arguments, to_file=target is not None)
            write = stack.enter_context(writer(name, file, view))

        def put(result: Result) -> None:
            with telling(target):
                write(result)

        yield put
        with telling(target):
            stack.close()


def _husk(file: Checked) -> Checked:
    """What the exit status and the notes at the end follow from."""
    return replace(file, diagnostics=(), source=None, document=None, reasons=())
