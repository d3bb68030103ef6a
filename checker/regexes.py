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
from checker.records import dataclass

P = ParamSpec("P")
T = TypeVar("T", bound=re.Pattern[str] | tuple[re.Pattern[str], ...])
_WORD = "I"

try:
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _constants, _parser  # type: ignore[attr-defined]

    _READY = array(_WORD).itemsize == _sre.CODESIZE
    _REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
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
_END = ""
"""Among the characters that may come second: the match may end after the first."""
_Firsts = dict[str, set[str] | None]
Firsts = dict[str, str | None]
"""Every character with which a match may begin, and those that may come next in the text (None: any)."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """How the matches of an expression begin. ``firsts`` is None if they may begin with any character, or that cannot
    be told, but never with one of ``shunned``; ``bare`` are the firsts where none of ``behind`` stands before."""

    firsts: Firsts | None
    bare: Firsts | None
    shunned: str
    behind: str


def beginning(text: str) -> Beginning:
    """How the matches of an expression begin; nothing is told where upper and lower case are the same."""
    tree = _parser.parse(text) if _READY else None
    if tree is None or tree.state.flags & re.IGNORECASE:
        return Beginning(None, None, "", "")
    behind: set[str] = set()
    return Beginning(
        _plain_firsts(*_sequence(tree, None)),
        _plain_firsts(*_sequence(tree, behind)),
        _shunned(tree),
        "".join(sorted(behind)),
    )


def _plain_firsts(firsts: _Firsts | None, empty: bool) -> Firsts | None:
    if firsts is None or empty:
        return None
    return {
        first: None if seconds is None or _END in seconds else "".join(sorted(seconds))
        for first, seconds in sorted(firsts.items())
    }


def _shunned(items: Any) -> str:
    """The characters of ``[^…]`` where a sequence begins with it."""
    for kind, argument in items:
        if kind in _REPEATS and argument[0] and len(argument[2]) == 1:
            kind, argument = argument[2][0]
        if kind is _constants.IN and argument[0][0] is _constants.NEGATE:
            return "".join(sorted(_members(argument[1:]) or ()))
        if kind is _constants.NOT_LITERAL:
            return chr(argument)
        if kind not in (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT):
            return ""
    return ""


def _sequence(items: Any, behind: set[str] | None) -> tuple[_Firsts | None, bool]:
    """By the characters with which a match of a sequence may begin those that may follow (None: any), and whether the
    match may be empty.

    With ``behind``, where none of some characters stands before: those that are asked for there are added to it.
    """
    firsts: _Firsts = {}
    empty = True
    for kind, argument in items:
        if kind is _constants.ASSERT and argument[0] > 0:
            firsts = _before(firsts, argument[1])
            continue
        if kind is _constants.ASSERT and not firsts and behind is not None and argument[1]:
            asked = _first_set(*argument[1][-1])
            if asked is not None:
                behind |= asked
                return {}, False
        more, may_be_empty = _node(kind, argument, behind if not firsts else None)
        for first, seconds in firsts.items():
            if seconds is not None and _END in seconds:
                ends = {_END} if may_be_empty else set()
                firsts[first] = None if more is None else (seconds - {_END}) | set(more) | ends
        if empty:
            if more is None:
                return None, False
            _join(firsts, more)
            empty = may_be_empty
    return firsts, empty


def _first_set(kind: Any, argument: Any) -> set[str] | None:
    if kind is _constants.LITERAL:
        return {chr(argument)}
    return _members(argument) if kind is _constants.IN else None


def _before(firsts: _Firsts, items: Any) -> _Firsts:
    """``firsts`` where what stands after the match is asked for as well."""
    more, empty = _sequence(items, None)
    if more is None or empty:
        return firsts
    return {
        first: (seconds - {_END}) | set(more) if seconds is not None and _END in seconds else seconds
        for first, seconds in firsts.items()
    }


def _join(firsts: _Firsts, more: _Firsts) -> None:
    for first, seconds in more.items():
        known = firsts.get(first, set())
        firsts[first] = None if known is None or seconds is None else known | seconds


def _node(kind: Any, argument: Any, behind: set[str] | None) -> tuple[_Firsts | None, bool]:
    if kind in (_constants.LITERAL, _constants.IN):
        members = _first_set(kind, argument)
        return None if members is None else {char: {_END} for char in members}, False
    if kind is _constants.BRANCH:
        return _branches([_sequence(branch, behind) for branch in argument[1]])
    if kind is _constants.SUBPATTERN and not argument[1] & re.IGNORECASE:
        return _sequence(argument[3], behind)
    if kind in _REPEATS:
        firsts, empty = _sequence(argument[2], behind)
        if firsts is not None and argument[1] > 1:
            again, may_be_empty = _sequence(argument[2], None)
            ends = set() if argument[0] > 1 and not may_be_empty else {_END}
            for first, seconds in firsts.items():
                if seconds is not None and _END in seconds:
                    firsts[first] = None if again is None else (seconds - {_END}) | set(again) | ends
        return firsts, empty or argument[0] == 0
    if kind in (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT):
        return {}, True
    return None, False


def _branches(branches: list[tuple[_Firsts | None, bool]]) -> tuple[_Firsts | None, bool]:
    joined: _Firsts = {}
    for firsts, _ in branches:
        if firsts is None:
            return None, any(empty for _, empty in branches)
        _join(joined, firsts)
    return joined, any(empty for _, empty in branches)


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
