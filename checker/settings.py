"""Settings as plain values: what is in force for a file, and how patterns in them match."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from checker.diagnostics import Severity
from checker.files import DEFAULT_MAX_SIZE, is_remote
from checker.records import dataclass, field

LEVELS = ("error", "warning", "info", "off")
FAIL_LEVELS = ("error", "warning", "info", "never")


@dataclass(frozen=True, slots=True)
class Allow:
    """A finding that was looked at and accepted: its rule (or ``family.*``), the words it stands on (empty:
    wherever), why, and for which files (a pattern relative to ``folder``; empty: all). ``file``, ``line`` and
    ``column`` say where the entry stands."""

    rule: str
    text: str
    reason: str
    path: str
    folder: Path
    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class PerPath:
    """Settings for files whose path matches ``pattern`` (relative to ``folder``); only ``given`` keys count."""

    pattern: str
    folder: Path
    settings: Settings
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force for a file. ``severity`` are pairs (rule or ``family.*``, level), later ones win;
    ``fail_on`` is None for ``never``; ``origins`` pairs (key, where its value was set)."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    rules: tuple[Path, ...] = ()
    genre: str | None = None
    fail_on: Severity | None = Severity.WARNING
    max_size: int = DEFAULT_MAX_SIZE
    allow: tuple[Allow, ...] = ()
    per_path: tuple[PerPath, ...] = ()
    origins: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Override:
    """What the command line says; None or empty where it says nothing."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    genre: str | None = None
    fail_on: str | None = None
    max_size: int | None = None


def fail_level(word: str) -> Severity | None:
    """The severity that ``word`` names; None for ``never``."""
    return None if word == "never" else Severity[word.upper()]


def path_matches(pattern: str, folder: Path, path: str) -> bool:
    """Whether ``path`` matches ``pattern`` below ``folder``: ``*`` runs across folders, as does ``**``; a
    pattern with no ``/`` is tried on the name alone too. An address (``s3://…``) lies below no folder and is
    compared whole."""
    relative, name = path, path.rpartition("/")[2]
    if not is_remote(path):
        place = Path(path)
        try:
            relative, name = place.absolute().relative_to(folder.absolute()).as_posix(), place.name
        except ValueError:
            return False
    return fnmatchcase(relative, pattern) or ("/" not in pattern and fnmatchcase(name, pattern))


def allow_covers(entry: Allow, path: str) -> bool:
    """Whether an entry is about the file ``path`` at all."""
    return not entry.path or path_matches(entry.path, entry.folder, path)


def rule_matches(pattern: str, rule: str) -> bool:
    """Whether ``pattern`` (a rule, a family, or with ``*``) means ``rule``."""
    return (
        pattern == rule
        or pattern.upper() == "ALL"
        or fnmatchcase(rule, pattern)
        or rule.startswith(pattern + ".")
    )


def severities(settings: Settings) -> Mapping[str, str]:
    """The severity overrides as a mapping; the last word on a rule counts."""
    return dict(settings.severity)
