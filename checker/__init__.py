"""Zhenggai: a rule-based compliance checker for inspection-rectification reports.

The public interface is :func:`check`, :func:`check_many` and :func:`read`; what they return is defined in
:mod:`checker.diagnostics` and :mod:`checker.document`.

>>> import checker
>>> for finding in checker.check(checker.Source("draft.txt", "关于整改情况的通报")):
...     print(finding.start.line, finding.rule, finding.message["zh"])  # doctest: +ELLIPSIS
1 ...
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from os import PathLike

    from checker.diagnostics import CheckerError, Diagnostic, Severity
    from checker.document import Document
    from checker.files import Note
    from checker.many import Executor, FileResult
    from checker.settings import Settings
    from checker.source import Source

__version__ = "0.1.0"
__all__ = [
    "CheckerError",
    "Diagnostic",
    "Document",
    "FileResult",
    "Note",
    "Severity",
    "Source",
    "__version__",
    "check",
    "check_many",
    "find",
    "read",
]

_HOMES = {
    "CheckerError": "checker.diagnostics",
    "Diagnostic": "checker.diagnostics",
    "Document": "checker.document",
    "FileResult": "checker.many",
    "Note": "checker.files",
    "Severity": "checker.diagnostics",
    "Source": "checker.source",
}


def check(
    report: str | PathLike[str] | Source,
    *,
    rules: Sequence[str | PathLike[str]] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Mapping[str, str] | None = None,
    genre: str | None = None,
) -> tuple[Diagnostic, ...]:
    """The findings in a file or :class:`Source`, sorted by line, column and rule.

    ``rules`` are folders with further rules; ``select`` and ``ignore`` name rules (``count.partition``) or
    families (``count``); ``severity`` maps them to ``error``, ``warning``, ``info`` or ``off``. No
    configuration file is looked for. Raises CheckerError if the report cannot be read, RuleFileError if a
    rule file is faulty.
    """
    from checker.checking import check_source

    settings = _settings(rules, select, ignore, severity, genre)
    return check_source(_source(report), settings).diagnostics


def check_many(
    reports: Iterable[str | PathLike[str]],
    *,
    executor: Executor | None = None,
    rules: Sequence[str | PathLike[str]] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Mapping[str, str] | None = None,
    genre: str | None = None,
) -> Iterator[FileResult]:
    """What :func:`check` finds in many files: a result for each, once, as it is done.

    ``reports`` are files, also addresses that fsspec opens (``s3://…``); it is read on as work goes on, so it may
    be as long as one likes. :func:`find` lists those in folders. A file that cannot be checked has ``faults`` in
    its result and stops nothing. With an ``executor`` (of ``concurrent.futures``, a client of dask.distributed, or
    what is used alike) the work goes there, with rules and settings, and the order is that in which it is done; what a
    lost worker had in hand is done again. Without, it is done here, in order. Raises RuleFileError or CheckerError
    at once if rules are faulty.
    """
    from os import fspath

    from checker.many import check_many

    settings = _settings(rules, select, ignore, severity, genre)
    return check_many((fspath(report) for report in reports), settings, executor)


def find(places: Iterable[str | PathLike[str]]) -> tuple[str, ...]:
    """The reports in files, folders and, on other file systems, patterns (``s3://bucket/2026/*.docx``), in order.

    Raises CheckerError for one that is not there, or if there is no report at all.
    """
    from os import fspath

    from checker.files import find as find_files

    found = find_files([fspath(place) for place in places])
    for fault in found.faults:
        from checker.diagnostics import CheckerError

        raise CheckerError(fault.message, fault.path)
    return found.paths


def read(report: str | PathLike[str] | Source, *, genre: str | None = None) -> Document:
    """What is understood of a report: its structure, figures, dates, names and contacts.

    Raises CheckerError if it cannot be read.
    """
    from checker.reading import read as read_document

    return read_document(_source(report), genre)


def _settings(
    rules: Sequence[str | PathLike[str]],
    select: Sequence[str],
    ignore: Sequence[str],
    severity: Mapping[str, str] | None,
    genre: str | None,
) -> Settings:
    from pathlib import Path

    from checker.settings import Settings

    return Settings(
        select=tuple(select),
        ignore=tuple(ignore),
        severity=tuple((severity or {}).items()),
        rules=tuple(Path(folder) for folder in rules),
        genre=genre,
    )


def _source(report: str | PathLike[str] | Source) -> Source:
    from os import fspath

    from checker.files import load
    from checker.source import Source

    return report if isinstance(report, Source) else load(fspath(report))


def __getattr__(name: str) -> Any:
    """The classes of the interface, imported when first used."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
