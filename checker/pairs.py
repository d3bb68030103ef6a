"""Pairs of neighbouring characters: which of them a text holds, and which a word or a pattern needs.

A pair is a number: two units of UTF-16 side by side, so that all pairs of a text are had at once. What needs a pair
that a text does not hold is not in it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from checker.expression_pattern_syntax import CharSet, Choice, Join, Node, Repeat
from checker.records import dataclass

_UTF16 = f"utf-16-{sys.byteorder[0]}e"
_MOST = 100
"""So many pairs, of which a match holds one, are looked for at most."""
_KEPT = 4
_WIDE = 40
"""A set of more characters than this is taken for any character."""

Need = int | bytes
"""A pair that there must be, or several as one string of bytes of which there must be one."""


def pairs_of(text: str) -> set[int]:
    """All pairs in a text."""
    data = memoryview(text.encode(_UTF16, "surrogatepass"))
    size = len(data)
    if size < 4:
        return set()
    found = set(data[: size - size % 4].cast("I"))
    found.update(data[2 : size - (size - 2) % 4].cast("I"))
    return found


def pairs_in_order(word: str) -> tuple[int, ...]:
    """The pairs of a word, the first first."""
    data = word.encode(_UTF16, "surrogatepass")
    return tuple(_number(data[at : at + 4]) for at in range(0, len(data) - 2, 2))


def may_hold(pairs: set[int], needs: Sequence[Need]) -> bool:
    """Whether a text with these pairs meets all needs."""
    for need in needs:
        if need.__class__ is int:
            if need not in pairs:
                return False
        elif pairs.isdisjoint(memoryview(need).cast("I")):  # type: ignore[arg-type]
            return False
    return True


def needs_of(node: Node) -> tuple[Need, ...]:
    """What every match of a pattern needs: the needs that are easiest to ask for."""
    needs = sorted(set(_outline(node).needs), key=lambda need: (len(need), sorted(need)))
    return tuple(_packed(need) for need in needs[:_KEPT])


def _packed(need: frozenset[int]) -> Need:
    if len(need) == 1:
        return min(need)
    return b"".join(pair.to_bytes(4, sys.byteorder) for pair in sorted(need))


def _number(data: bytes) -> int:
    return int.from_bytes(data, sys.byteorder)


Chars = frozenset[str] | None
"""Characters; None for too many."""


@dataclass(frozen=True, slots=True)
class _Outline:
    """What is known of all matches of a part of a pattern: with which characters they begin and end, whether they may
    be empty, and sets of pairs of each of which they hold one."""

    first: Chars
    last: Chars
    empty: bool
    needs: tuple[frozenset[int], ...]


_NOTHING = _Outline(frozenset(), frozenset(), True, ())


def _outline(node: Node) -> _Outline:
    if isinstance(node, CharSet):
        chars = _chars(node)
        return _Outline(chars, chars, False, ())
    if isinstance(node, Join):
        return _sequence([_outline(item) for item in node.items])
    if isinstance(node, Choice):
        return _choice([_outline(item) for item in node.items])
    if isinstance(node, Repeat):
        inner = _outline(node.item)
        if node.most == 0:
            return _NOTHING
        if node.least == 0:
            return _Outline(inner.first, inner.last, True, ())
        return inner
    return _NOTHING


def _chars(node: CharSet) -> Chars:
    if node.negated or node.fold or sum(high - low + 1 for low, high in node.ranges) > _WIDE:
        return None
    return frozenset(chr(code) for low, high in node.ranges for code in range(low, high + 1))


def _sequence(items: Sequence[_Outline]) -> _Outline:
    needs = [need for item in items for need in item.needs]
    for index, item in enumerate(items):
        following = _begin(items[index + 1 :])
        if not item.empty and following is not None:
            needs += _across(item.last, following)
    return _Outline(
        _edge([(item.first, item.empty) for item in items]),
        _edge([(item.last, item.empty) for item in reversed(items)]),
        all(item.empty for item in items),
        tuple(needs),
    )


def _begin(items: Sequence[_Outline]) -> Chars:
    """What a sequence begins with; None also if it may be empty."""
    if all(item.empty for item in items):
        return None
    return _edge([(item.first, item.empty) for item in items])


def _edge(parts: Sequence[tuple[Chars, bool]]) -> Chars:
    found: frozenset[str] = frozenset()
    for chars, empty in parts:
        if chars is None:
            return None
        found |= chars
        if not empty:
            break
    return found


def _across(last: Chars, first: frozenset[str]) -> list[frozenset[int]]:
    if last is None or len(last) * len(first) > _MOST:
        return []
    return [frozenset(_pair(one, other) for one in last for other in first)]


def _pair(one: str, other: str) -> int:
    return _number(one.encode(_UTF16, "surrogatepass")[-2:] + other.encode(_UTF16, "surrogatepass")[:2])


def _choice(items: Sequence[_Outline]) -> _Outline:
    first: Chars = frozenset()
    last: Chars = frozenset()
    for item in items:
        first = None if first is None or item.first is None else first | item.first
        last = None if last is None or item.last is None else last | item.last
    needs: tuple[frozenset[int], ...] = ()
    if all(item.needs for item in items):
        least = frozenset().union(
            *(min(item.needs, key=lambda need: (len(need), sorted(need))) for item in items)
        )
        needs = (least,) if len(least) <= _MOST else ()
    return _Outline(first, last, any(item.empty for item in items), needs)
