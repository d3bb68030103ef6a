"""Regular expressions that are compiled once for all runs.

Python compiles a regular expression in Python, and one of thousands of words takes longer than a report. What comes
out is a list of numbers, which is kept and given back to the engine as it is. It fits one build of Python alone, and
what is kept belongs to one (:mod:`checker.caching`); the engine checks the numbers, and if it refuses them, or is of
another kind, the expression is compiled anew.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from checker import caching

P = ParamSpec("P")
T = TypeVar("T", bound=re.Pattern[str] | tuple[re.Pattern[str], ...])
_WORD = "I"

try:
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]

    _READY = array(_WORD).itemsize == _sre.CODESIZE
except ImportError:  # another implementation of Python
    _READY = False


def kept_pattern(make: Callable[P, T]) -> Callable[P, T]:
    """As ``functools.cache``, for functions that compile a regular expression (or a tuple of them) from the lexicons
    and from plain values alone."""
    memory: dict[Any, T] = {}

    @wraps(make)
    def get(*arguments: P.args, **keys: P.kwargs) -> T:
        assert not keys
        found = memory.get(arguments)
        if found is None:
            name = f"{make.__module__}.{make.__qualname__}{caching.digest(repr(arguments).encode())}"
            found = memory[arguments] = restored(name, lambda: make(*arguments, **keys))
        return found

    return get


def restored(name: str, make: Callable[[], T]) -> T:
    """What was kept under ``name``, else what ``make`` gives, which is then kept."""
    if not _READY or not caching.enabled():
        return make()
    found: Any = _revived(caching.fetch(name))
    if found is None:
        found = make()
        many = isinstance(found, tuple)
        caching.keep(name, [_plain(one) for one in (found if many else (found,))] + [many])
    made: T = found
    return made


def _plain(pattern: re.Pattern[str]) -> tuple[Any, ...]:
    """Text, flags, groups, names of groups and code of an expression."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    code = array(_WORD, _compiler._code(tree, pattern.flags & ~re.UNICODE))
    return pattern.pattern, int(pattern.flags), pattern.groups, dict(pattern.groupindex), code.tobytes()


def _revived(kept: Any) -> Any:
    """The expression or expressions that were kept; None if there are none, or they do not fit this engine."""
    try:
        *plain, many = kept
        found = tuple(_compiled(*one) for one in plain)
        return found if many else found[0]
    except (RuntimeError, TypeError, ValueError, IndexError, OverflowError):
        return None


def _compiled(text: str, flags: int, groups: int, names: dict[str, int], data: bytes) -> re.Pattern[str]:
    code = array(_WORD)
    code.frombytes(data)
    places: list[str | None] = [None] * (groups + 1)
    for group, place in names.items():
        places[place] = group
    found: re.Pattern[str] = _sre.compile(text, flags, code.tolist(), groups, names, tuple(places))
    return found
