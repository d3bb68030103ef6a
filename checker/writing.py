"""Where output goes: the screen, a pipe, a file, a folder; and what is told on standard error."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from checker.files import Note, printable
from checker.messages import failure, say
from checker.outcome import View
from checker.output import Rendered

_TABLE_WIDTH = 120
"""Cells for pages that are not seen on a terminal."""


def view_of(arguments: argparse.Namespace, *, to_file: bool = False) -> View:
    """How to show things, by the options and by what standard output is."""
    terminal = not to_file and sys.stdout.isatty()
    color = (
        terminal
        and not arguments.no_color
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )
    width = _terminal_width() if terminal else _TABLE_WIDTH
    return View(
        arguments.lang,
        max(width, 20),
        terminal,
        color,
        getattr(arguments, "quiet", False),
        getattr(arguments, "statistics", False),
        getattr(arguments, "fix", False),
    )


def _terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def write(rendered: Rendered, target: str | None, *, machine: bool = False) -> None:
    """Write to the file or folder ``target``, or to standard output for None.

    Files appear whole or not at all. ``machine``: UTF-8 whatever the system's encoding. Raises CheckerError.
    """
    if target is None:
        assert isinstance(rendered, str)
        _to_stdout(rendered, machine)
        return
    with telling(target):
        if isinstance(rendered, str | bytes):
            _to_file(rendered, Path(target))
        else:
            Path(target).mkdir(parents=True, exist_ok=True)
            for name, data in rendered.items():
                _to_file(data, Path(target) / name)


def _to_stdout(text: str, machine: bool) -> None:
    """A reader that has gone away (``| head``) is no error of ours: the rest is dropped."""
    try:
        buffer = getattr(sys.stdout, "buffer", None)
        if machine and buffer is not None:
            sys.stdout.flush()
            buffer.write(text.encode("utf-8", "backslashreplace"))
            buffer.flush()
        else:
            sys.stdout.write(text)
            sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout.fileno())
    except OSError as error:
        silence(sys.stdout.fileno())
        raise failure("output.unwritable", reason=error.strerror or str(error)) from None


def silence(descriptor: int) -> None:
    """Let what is still buffered for ``descriptor`` go nowhere, so that leaving raises nothing."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` into a file whole or not at all; its mode stays. Raises CheckerError."""
    with telling(str(path)):
        _to_file(data, path)


@contextmanager
def opened(target: str | None) -> Iterator[BinaryIO]:
    """A file to write bit by bit, standard output for None; it appears whole at the end, or not at all if anything is
    raised. Raises OSError; see :func:`telling`."""
    if target is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    with _drafted(Path(target)) as file:
        yield file


@contextmanager
def telling(target: str | None) -> Iterator[None]:
    """Raise CheckerError where the system refuses to write, but for a reader that has gone away."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        name = printable(target or "")
        raise failure("output.unwritable", name, reason=error.strerror or str(error)) from None


def _to_file(content: str | bytes, path: Path) -> None:
    with _drafted(path) as file:
        file.write(content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content)


@contextmanager
def _drafted(path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` that takes its place at the end."""
    if path.exists() and not path.is_file():  # /dev/stderr, a named pipe
        with _closed(path.open("wb")) as special:
            yield special
        return
    path = _target(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with _closed(draft.open("wb")) as file:
            yield file
        if path.exists():
            draft.chmod(path.stat().st_mode & 0o7777)
        draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def _closed(file: BinaryIO) -> Iterator[BinaryIO]:
    """``file``, closed at the end; after a fault it is not told that what is left cannot be written either."""
    try:
        yield file
    except BaseException:
        with suppress(OSError):
            file.close()
        raise
    file.close()


def _target(path: Path) -> Path:
    """What ``path`` leads to, so that a link stays a link. Raises OSError."""
    try:
        return path.resolve()
    except RuntimeError:  # links that turn in a circle; an OSError from Python 3.13 on
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None


def tell(notes: Sequence[Note], kind: str, lang: str) -> None:
    """Print faults (``cli.fault``) or notes (``cli.note``) on standard error, one a line."""
    from checker.output.text import escape

    for note in notes:
        place = escape(note.path)
        if note.line:
            place += f":{note.line}:{note.column}" if note.column else f":{note.line}"
        message = escape(note.message[lang])
        line = say(kind, lang, place=place or "zhenggai", message=message)
        with suppress(BrokenPipeError):
            print(line, file=sys.stderr)
