"""Places as other programs want them: percent-encoded paths, fingerprints, columns in bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePath
from urllib.parse import quote

from checker.diagnostics import Diagnostic
from checker.files import is_remote
from checker.outcome import Run
from checker.source import Position, Source

_CONTEXT = 12
"""So many characters on either side belong to what a fingerprint is made of."""


def uri(path: str) -> str:
    """``path`` as a URI reference: relative as it is, absolute as ``file:``; everything but ASCII encoded."""
    if is_remote(path):
        return quote(path, safe="/:")
    pure = PurePath(path)
    return Path(path).as_uri() if pure.is_absolute() else quote(pure.as_posix(), safe="/")


def relative(path: str) -> str:
    """``path`` relative to the working directory where it lies below it, with forward slashes."""
    if is_remote(path):
        return path
    pure = Path(path)
    if pure.is_absolute() and pure.is_relative_to(Path.cwd()):
        pure = pure.relative_to(Path.cwd())
    return pure.as_posix()


def sources_of(run: Run) -> dict[str, Source]:
    """The text of each file, by path; of files whose text was not kept there is none."""
    return {file.path: file.source for file in run.checked if file.source is not None}


def fingerprinted(run: Run) -> Iterator[tuple[Diagnostic, str]]:
    """Every finding with a fingerprint that stays the same when it moves to another line.

    It is made of the rule, the words meant and a few around them; equal ones of a file are counted.
    """
    sources = sources_of(run)
    seen: Counter[str] = Counter()
    for one in run.diagnostics:
        parts = (relative(one.path), one.rule, *_surrounding(one, sources.get(one.path)))
        digest = sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]
        seen[digest] += 1
        yield one, f"{digest}:{seen[digest]}"


def _surrounding(one: Diagnostic, source: Source | None) -> tuple[str, str, str]:
    """What stands before, in and after the place, blanks aside and no further than its lines."""
    words = "".join(one.excerpt.split())
    if source is None:
        return "", words, ""
    first, last = _line(source, one.start), _line(source, one.end)
    before = "".join(first[: one.start.column - 1].split())[-_CONTEXT:]
    after = "".join(last[one.end.column - 1 :].split())[:_CONTEXT]
    return before, words, after


def _line(source: Source, position: Position) -> str:
    if position.line > len(source.line_starts):
        return ""
    return source.slice(source.line_span(position.line))


def byte_column(source: Source | None, position: Position) -> int:
    """The 1-based column of ``position`` in bytes of UTF-8."""
    if source is None:
        return position.column
    before = _line(source, position)[: position.column - 1]
    rest = position.column - 1 - len(before)  # the line end itself counts too
    return len(before.encode("utf-8", "surrogatepass")) + rest + 1
