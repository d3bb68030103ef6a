"""What a run came to: the values that every output format is made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.diagnostics import Diagnostic, Severity, Text
from checker.files import Note
from checker.records import dataclass
from checker.source import Source

if TYPE_CHECKING:
    from checker.document import Document


@dataclass(frozen=True, slots=True)
class Reason:
    """What a rule says of itself, for outputs that explain: its id, why it matters, on what basis, how bad it is
    as it was written, and a bad and a good example ("" if unknown)."""

    rule: str
    why: Text
    basis: Text
    severity: Severity = Severity.WARNING
    bad: str = ""
    good: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected: the report ``before``, and the rules whose findings were put right, once for each."""

    before: Source
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One file that was checked. ``failed`` if a finding is at or above its ``fail_on`` level (None: never);
    ``crashed`` if a rule failed on it; ``allowed`` are the allow entries (file, line, column) that covered a
    finding; ``source`` is kept only for formats that show the text, ``document`` for those that show what was
    understood, the ``reasons`` of the rules that found something for both. ``faults`` are what could not be done
    to it beside checking. With a ``correction`` all this is about the corrected text."""

    path: str
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
    crashed: bool
    allowed: frozenset[tuple[str, int, int]] = frozenset()
    notes: tuple[Note, ...] = ()
    source: Source | None = None
    document: Document | None = None
    reasons: tuple[Reason, ...] = ()
    fail_on: Severity | None = Severity.WARNING
    faults: tuple[Note, ...] = ()
    correction: Correction | None = None

    @property
    def status(self) -> int:
        """The exit status of a run of this file alone."""
        return 2 if self.crashed or self.faults else int(self.failed)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A file that could not be checked, and what stood against it."""

    path: str
    faults: tuple[Note, ...]

    @property
    def status(self) -> int:
        """The exit status of a run of this file alone."""
        return 2


Result = Checked | Unchecked


@dataclass(frozen=True, slots=True)
class Run:
    """All files of a run, by path. ``faults`` are what could not be done, ``notes`` what else to tell."""

    checked: tuple[Checked, ...]
    faults: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every finding, sorted by path, line, column, rule."""
        return tuple(
            sorted((one for file in self.checked for one in file.diagnostics), key=Diagnostic.sort_key)
        )

    @property
    def status(self) -> int:
        """The exit status: 2 if anything could not be done or nothing was checked, 1 if a file failed."""
        if self.faults or not self.checked or any(file.crashed for file in self.checked):
            return 2
        return int(any(file.failed for file in self.checked))


@dataclass(frozen=True, slots=True)
class View:
    """How to show it. ``width`` in terminal cells; ``terminal`` if a person looks at it as it is written;
    ``color`` if it may be coloured; ``quiet``, ``statistics`` and ``fix`` as the options of these names."""

    lang: str = "zh"
    width: int = 100
    terminal: bool = False
    color: bool = False
    quiet: bool = False
    statistics: bool = False
    fix: bool = False


def counts(diagnostics: Sequence[Diagnostic]) -> dict[tuple[str, str], int]:
    """How many findings of each (rule, severity), the most frequent first."""
    found: dict[tuple[str, str], int] = {}
    for one in diagnostics:
        key = (one.rule, one.severity.word)
        found[key] = found.get(key, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
