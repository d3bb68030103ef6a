"""Which files to check, and their bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from checker.diagnostics import CheckerError, Text
from checker.messages import both, failure
from checker.paths import is_file, is_folder
from checker.readers import READERS, UNREADABLE, read_bytes, suffix_of
from checker.records import dataclass
from checker.source import Source

STDIN = "-"
STDIN_NAME = "<stdin>"
DEFAULT_MAX_SIZE = 32 * 1024 * 1024
_OWN_LOCK = "~$"  # Word's and WPS's lock files beside an open document


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell that is no finding: where and what; ``line`` 0 if it concerns the whole."""

    path: str
    message: Text
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The files to check, each once and in order; what could not be entered; what was passed over."""

    paths: tuple[str, ...]
    faults: tuple[Note, ...]
    skipped: tuple[Note, ...]


def fault_of(error: CheckerError) -> Note:
    """What an error says, as a plain value."""
    return Note(error.path, error.message, error.line, error.column)


def printable(path: str) -> str:
    """``path`` with bytes that are not valid in the file system's encoding as ``\\xNN``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace") if not path.isascii() else path


def is_remote(path: str) -> bool:
    """Whether ``path`` is an address (``s3://bucket/report.txt``), which fsspec opens."""
    scheme, mark, _ = path.partition("://")
    return mark != "" and len(scheme) > 1 and scheme.isascii() and scheme.replace("+", "").isalnum()


def find(arguments: Sequence[str]) -> Found:
    """The files that ``arguments`` mean: files as given, folders searched for known suffixes. Addresses
    (``s3://…``) may hold ``*``, ``?`` and ``[…]``, as no shell replaces them there.

    Hidden files and folders are left out, links to folders are not followed, and names are sorted.
    """
    paths: dict[str, str] = {}
    faults: list[Note] = []
    skipped: list[Note] = []
    for argument in arguments:
        if argument == STDIN:
            paths.setdefault(STDIN, STDIN)
        elif is_remote(argument):
            for path in _walk_remote(argument, faults, skipped):
                paths.setdefault(path, path)
        elif is_folder(Path(argument)):
            for path in _reports(_walk(argument, faults), skipped):
                paths.setdefault(str(Path(path).absolute()), path)
        elif os.path.lexists(argument):
            paths.setdefault(str(Path(argument).absolute()), argument)
        else:
            faults.append(fault_of(failure("path.missing", printable(argument))))
    if not paths and not faults:
        shown = printable(arguments[0]) if len(arguments) == 1 else ""
        faults.append(fault_of(failure("path.none", shown, suffixes=" ".join(sorted(READERS)))))
    return Found(tuple(sorted(paths.values())), tuple(faults), tuple(skipped))


def _reports(paths: Iterable[str], skipped: list[Note]) -> Iterator[str]:
    """Those of the files in a folder that can be read; old Word files go to ``skipped``."""
    for path in paths:
        suffix = suffix_of(path)
        if suffix in READERS:
            yield path
        elif UNREADABLE.get(suffix) == "suffix.old-word":
            skipped.append(Note(printable(path), both("skipped.old-word", suffix=suffix)))


def _walk_remote(address: str, faults: list[Note], skipped: list[Note]) -> Iterator[str]:
    """The file at ``address``, or the reports in the folder or of the pattern that it is."""
    from checker.remote import files_under

    try:
        within = files_under(address)
    except CheckerError as error:
        faults.append(fault_of(error))
        return
    yield from [address] if within is None else _reports(within, skipped)


def _walk(folder: str, faults: list[Note]) -> Iterator[str]:
    """The plain files under ``folder``; folders that cannot be opened go to ``faults``."""

    def refuse(error: OSError) -> None:
        path = printable(os.path.normpath(str(error.filename)))
        faults.append(fault_of(failure("folder.unreadable", path, reason=error.strerror or str(error))))

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = name if parent == "." else str(Path(parent) / name)
            if not is_hidden(name) and is_file(Path(path)):
                yield path


def is_hidden(name: str) -> bool:
    """Whether a file of this name is left out of folders."""
    return name.startswith((".", _OWN_LOCK))


def load(path: str, *, max_size: int = DEFAULT_MAX_SIZE, stdin_name: str = STDIN_NAME) -> Source:
    """Read one file, or standard input for ``-``, which is then called ``stdin_name``.

    ``max_size`` is in bytes. Raises CheckerError.
    """
    return read_bytes(*contents_of(path, max_size=max_size, stdin_name=stdin_name))


def contents_of(
    path: str, *, max_size: int = DEFAULT_MAX_SIZE, stdin_name: str = STDIN_NAME
) -> tuple[bytes, str]:
    """The bytes of what :func:`load` reads, and what it is called. Raises CheckerError."""
    name = stdin_name if path == STDIN else printable(path)
    data = _bytes(path, name, max_size)
    if len(data) > max_size:
        raise failure("file.large", name, limit=size_words(max_size))
    return data, name


def _bytes(path: str, name: str, max_size: int) -> bytes:
    if is_remote(path):
        from checker.remote import read

        return read(path, max_size + 1)
    try:
        if path == STDIN:
            return sys.stdin.buffer.read(max_size + 1)
        mode = os.stat(path).st_mode  # noqa: PTH116
        if not (
            stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or (stat.S_ISCHR(mode) and path.startswith("/dev/"))
        ):
            raise failure("path.special", name)
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(max_size + 1)
    except FileNotFoundError:
        raise failure("path.missing", name) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise failure("path.unreadable", name, reason=reason) from None


def size_words(size: int) -> str:
    """A size in bytes as people write it."""
    for unit, factor in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if size >= factor and size % factor == 0:
            return f"{size // factor} {unit}"
    return f"{size} B"


def parse_size(text: str) -> int:
    """Bytes of ``32MB``, ``500 KB``, ``1000``; ValueError if it is no such thing."""
    import re

    match = re.fullmatch(r"(\d{1,9})\s*([KMG]?)B?", text.strip().upper())
    if not match or int(match[1]) == 0:
        raise ValueError(text)
    return int(match[1]) << 10 * "_KMG".index(match[2] or "_")
