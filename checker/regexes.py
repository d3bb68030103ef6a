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
from typing import Any, ParamSpec

from checker import caching

P = ParamSpec("P")
_WORD = "I"

try:
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]

    _READY = array(_WORD).itemsize == _sre.CODESIZE
except ImportError:  # another implementation of Python
    _READY = False

_PLAIN = 5
"""What is kept of an expression: pattern, flags, groups, names of groups, code."""


def kept_pattern(make: Callable[P, re.Pattern[str]]) -> Callable[P, re.Pattern[str]]:
    """As ``functools.cache``, for functions that compile a regular expression from the lexicons and from plain
    values alone."""
    memory: dict[Any, re.Pattern[str]] = {}

    @wraps(make)
    def get(*arguments: P.args, **keys: P.kwargs) -> re.Pattern[str]:
        assert not keys
        found = memory.get(arguments)
        if found is None:
            name = f"{make.__module__}.{make.__qualname__}{caching.digest(repr(arguments).encode())}"
            found = memory[arguments] = restored(name, lambda: make(*arguments, **keys))
        return found

    return get


def restored(name: str, make: Callable[[], re.Pattern[str]]) -> re.Pattern[str]:
    """The expression that was kept under ``name``, else the one that ``make`` gives, which is then kept."""
    if not _READY or not caching.enabled():
        return make()
    found = _revived(caching.fetch(name))
    if found is None:
        found = make()
        caching.keep(name, _plain(found))
    return found


def _plain(pattern: re.Pattern[str]) -> tuple[Any, ...]:
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    code = array(_WORD, _compiler._code(tree, pattern.flags & ~re.UNICODE))
    return pattern.pattern, int(pattern.flags), pattern.groups, dict(pattern.groupindex), code.tobytes()


def _revived(kept: Any) -> re.Pattern[str] | None:
    if not isinstance(kept, tuple) or len(kept) != _PLAIN:
        return None
    text, flags, groups, names, data = kept
    try:
        code = array(_WORD)
        code.frombytes(data)
        places: list[str | None] = [None] * (groups + 1)
        for group, place in names.items():
            places[place] = group
        found: re.Pattern[str] = _sre.compile(text, flags, code.tolist(), groups, names, tuple(places))
    except (RuntimeError, TypeError, ValueError, IndexError, OverflowError):
        return None
    return found
