"""What a person is told: diagnostics, and the error that stops a job."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from checker.records import dataclass
from checker.source import Position

Text = Mapping[str, str]
"""A sentence in every language of the program: keys ``zh`` and ``en``."""


class Severity(IntEnum):
    """How bad; ordered, so that ``>=`` reads as "at or above"."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The name used in JSON, rules and configuration."""
        return _WORDS[self]


_WORDS = {Severity.INFO: "info", Severity.WARNING: "warning", Severity.ERROR: "error"}


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a finding, with what it shows there."""

    message: Text
    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction: the text that should stand at the finding's place; ``safe`` if a machine may apply it."""

    replacement: str
    safe: bool


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``start`` and ``end`` are positions in the extracted text; ``span`` the same as offsets
    (``start`` inclusive, ``end`` exclusive). ``excerpt`` is the text of the place. ``crash`` marks a finding
    that reports a fault of a rule, not of the report."""

    path: str
    rule: str
    severity: Severity
    message: Text
    start: Position
    end: Position
    span: tuple[int, int] = (0, 0)
    excerpt: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    place: str = ""
    crash: bool = False

    def sort_key(self) -> tuple[str, Position, str, Position]:
        """Path, line, column, rule, end: the order of every machine-readable output."""
        return (self.path, self.start, self.rule, self.end)


class CheckerError(Exception):
    """The job cannot be done: a missing file, undecodable bytes, a faulty rule file. Exit status 2.

    ``message`` has ``zh`` and ``en``; ``path``, ``line`` and ``column`` say where, as far as known.
    """

    def __init__(self, message: Text, path: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message["en"])
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def describe(self, lang: str) -> str:
        """``path:line:column: message`` with as much of the place as is known."""
        place = self.path
        if self.line:
            place += f":{self.line}:{self.column}" if self.column else f":{self.line}"
        return f"{place}: {self.message[lang]}" if place else self.message[lang]
