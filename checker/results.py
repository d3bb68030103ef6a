"""What was found in a file, kept so that a file that has not changed is not checked again.

A result is named by everything it follows from: the content of the file and its suffix, the program with its rules
and grammars, further rules, and the settings that choose rules and levels. What is accepted (``allow``) and from
which level on a run fails is decided anew each time. Results lie beside the rest of what is kept
(:mod:`checker.caching`), readable by the user alone; when a folder of them is full, the older half goes.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from checker import caching
from checker.diagnostics import Diagnostic, Fix, Related, Severity
from checker.packs import digest
from checker.readers import suffix_of
from checker.records import dataclass
from checker.settings import Settings
from checker.source import Position

_FOLDER = "zhenggai-results"
_MOST = 400
_TURN = 32
_stored = [0]
_SEVERITIES = {int(severity): severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Result:
    """The findings of a file before anything is accepted, and what its reader had to tell."""

    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[tuple[str, str], ...]


def name_of(data: bytes, path: str, settings: Settings) -> str:
    """What the result of a file with this content is called; "" if nothing is kept."""
    if not caching.enabled():
        return ""
    named = path if settings.rules else ""
    chosen = (settings.select, settings.ignore, settings.severity, settings.genre)
    further = _further(settings.rules, Path.cwd() if settings.rules else None)
    if further is None:
        return ""
    head = repr((caching.installation(), chosen, further, suffix_of(path), named))
    return digest(digest(head.encode("utf-8", "surrogatepass")).encode() + data)


@lru_cache(maxsize=32)
def _further(folders: tuple[Path, ...], _: Path | None) -> str | None:
    """A name for the content of further rules; None if they cannot be read."""
    if not folders:
        return ""
    from checker.rules import contents

    return contents(folders)


def fetch(name: str, path: str) -> Result | None:
    """What was kept under ``name``, as the result of the file ``path``."""
    if not name:
        return None
    for folder in caching.folders():
        kept = caching.read(_place(folder, name))
        if kept is None:
            continue
        try:
            findings, notes = kept
            return Result(tuple(_finding(path, one) for one in findings), tuple(notes))
        except (TypeError, ValueError, KeyError):
            return None
    return None


def keep(name: str, result: Result) -> None:
    """Keep a result; one with a rule that failed is not kept. Never fails."""
    if not name or any(one.crash for one in result.diagnostics):
        return
    plain = ([_plain(one) for one in result.diagnostics], list(result.notes))
    for folder in caching.folders():
        place = _place(folder, name)
        if caching.write(place, plain):
            _stored[0] += 1
            if _stored[0] % _TURN == 1:
                _thin(place.parent)
            return


def _place(folder: Path, name: str) -> Path:
    return folder / _FOLDER / name[:2] / name[2:]


def _thin(folder: Path) -> None:
    """Remove the older half of what lies in a full folder."""
    with suppress(OSError):
        files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)
        if len(files) > _MOST:
            for file in files[: len(files) // 2]:
                file.unlink()


def _plain(one: Diagnostic) -> tuple[Any, ...]:
    related = [(dict(each.message), _pair(each.start), _pair(each.end)) for each in one.related]
    fix = None if one.fix is None else (one.fix.replacement, one.fix.safe)
    places = (_pair(one.start), _pair(one.end), one.span)
    return one.rule, int(one.severity), dict(one.message), *places, one.excerpt, related, fix, one.place


def _pair(position: Position) -> tuple[int, int]:
    return position.line, position.column


def _finding(path: str, plain: tuple[Any, ...]) -> Diagnostic:
    rule, severity, message, start, end, span, excerpt, related, fix, place = plain
    return Diagnostic(
        path,
        rule,
        _SEVERITIES[severity],
        message,
        Position(*start),
        Position(*end),
        span,
        excerpt,
        tuple([Related(text, Position(*first), Position(*last)) for text, first, last in related]),
        None if fix is None else Fix(*fix),
        place,
    )
