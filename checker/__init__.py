"""Zhenggai: a rule-based compliance checker for inspection-rectification reports.

The public interface is :func:`check` and :func:`read`; what they return is defined in
:mod:`checker.diagnostics` and :mod:`checker.document`.

>>> import checker
>>> for finding in checker.check(checker.Source("draft.txt", "关于整改情况的通报")):
...     print(finding.start.line, finding.rule, finding.message["zh"])  # doctest: +ELLIPSIS
1 ...
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from os import PathLike

    from checker.diagnostics import CheckerError, Diagnostic, Severity
    from checker.document import Document
    from checker.source import Source

__version__ = "0.1.0"
__all__ = ["CheckerError", "Diagnostic", "Document", "Severity", "Source", "__version__", "check", "read"]

_HOMES = {
    "CheckerError": "checker.diagnostics",
    "Diagnostic": "checker.diagnostics",
    "Document": "checker.document",
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
    from pathlib import Path

    from checker.checking import check_source
    from checker.settings import Settings

    settings = Settings(
        select=tuple(select),
        ignore=tuple(ignore),
        severity=tuple((severity or {}).items()),
        rules=tuple(Path(folder) for folder in rules),
        genre=genre,
    )
    return check_source(_source(report), settings).diagnostics


def read(report: str | PathLike[str] | Source, *, genre: str | None = None) -> Document:
    """What is understood of a report: its structure, figures, dates, names and contacts.

    Raises CheckerError if it cannot be read.
    """
    from checker.reading import read as read_document

    return read_document(_source(report), genre)


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
