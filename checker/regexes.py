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
from typing import Any, ParamSpec, TypeVar, cast

from checker import caching
from checker.packs import digest

P = ParamSpec("P")
T = TypeVar("T", bound=re.Pattern[str] | tuple[re.Pattern[str], ...])
_WORD = "I"

try:
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _constants, _parser  # type: ignore[attr-defined]

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
            name = f"{make.__module__}.{make.__qualname__}{digest(repr(arguments).encode())}"
            found = memory[arguments] = restored(name, lambda: make(*arguments, **keys))
        return found

    return get


class _Late:
    """Stands for a regular expression until it is used; what is asked of it is kept as an attribute."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = (text, flags)

    def __getattr__(self, name: str) -> Any:
        text, flags = self._given
        found = restored(f"regex {flags} {text}", lambda: re.compile(text, flags))
        value = getattr(found, name)
        setattr(self, name, value)
        return value


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``, but when the expression is first used, and once for all runs."""
    made: Any = _Late(text, flags)
    return cast("re.Pattern[str]", made)


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
        return found if many and found else found[0]
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


# --- how matches begin -------------------------------------------------------------------------------------------

_WIDE = 400
"""A range of more characters than this is taken for all characters."""


def beginnings(text: str) -> str | None:
    """Every character with which a match of an expression may begin; None if that may be any, or cannot be told."""
    if not _READY:
        return None
    found, empty = _first(_parser.parse(text))
    return None if found is None or empty else "".join(sorted(found))


def _first(items: Any) -> tuple[set[str] | None, bool]:
    """The characters with which a match of a sequence may begin (None: any), and whether it may be empty."""
    found: set[str] = set()
    for kind, argument in items:
        more, empty = _first_of(kind, argument)
        if more is None:
            return None, False
        found |= more
        if not empty:
            return found, False
    return found, True


def _first_of(kind: Any, argument: Any) -> tuple[set[str] | None, bool]:
    if kind is _constants.LITERAL:
        return {chr(argument)}, False
    if kind is _constants.IN:
        return _members(argument), False
    if kind is _constants.BRANCH:
        branches = [_first(branch) for branch in argument[1]]
        known = [more for more, _ in branches if more is not None]
        whole = set().union(*known) if len(known) == len(branches) else None
        return whole, any(empty for _, empty in branches)
    if kind is _constants.SUBPATTERN:
        return _first(argument[3])
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        found, empty = _first(argument[2])
        return found, empty or argument[0] == 0
    if kind in (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT):
        return set(), True
    return None, False


def _members(items: Any) -> set[str] | None:
    found: set[str] = set()
    for kind, argument in items:
        if kind is _constants.LITERAL:
            found.add(chr(argument))
        elif kind is _constants.RANGE and argument[1] - argument[0] < _WIDE:
            found |= set(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return found
