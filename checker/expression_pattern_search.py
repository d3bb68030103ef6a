"""``matches()``: by Python's own regular expressions where these are sure to be quick, else by the automaton.

Python's engine runs in C but goes back and tries again, and some patterns make it do so for hours. What it may have
to try is counted before: a pattern with at most one repetition without end costs no more than its ways times the
square of the text. A text for which that is too much is searched by :mod:`checker.expression_patterns`, whose time
grows with the text alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from checker import caching
from checker.expression_pattern_syntax import Assertion, CharSet, Choice, Join, Node, Repeat, parse_pattern
from checker.expression_patterns import Pattern, compile_pattern
from checker.regexes import restored

MAX_WAYS = 2_000
_BUDGET = 4_000_000
"""So many ways to try are no harm: some hundredths of a second, and that for the worst of texts alone."""
_NEVER = 99
_WORD = "[0-9A-Za-z_]"
_BOUNDARY = f"(?<!{_WORD})(?={_WORD})|(?<={_WORD})(?!{_WORD})"
_PLACES = {
    "start": r"\A",
    "end": r"\Z",
    "line-start": r"(?<![^\n])",
    "line-end": r"(?![^\n])",
    "word": f"(?:{_BOUNDARY})",
    "no-word": f"(?!{_BOUNDARY})",
}

Outline = tuple[list[str], str, int, int]
"""The words of a pattern that is a mere choice of words; the expression for Python ("" if there is none); in how many
ways it is tried at one place; how many repetitions without end it has."""


class Search:
    """A pattern ready to be looked for."""

    def __init__(self, pattern: str, outline: Outline, kept: bool) -> None:
        self.pattern = pattern
        self.words, self.expression, self.ways, self.endless = outline
        self.kept = kept
        self.longest = -1
        if self.expression:
            times = _BUDGET // max(self.ways, 1)
            self.longest = math.isqrt(times) if self.endless else times

    @cached_property
    def automaton(self) -> Pattern:
        """The pattern as an automaton."""
        return compile_pattern(self.pattern)

    @cached_property
    def quick(self) -> re.Pattern[str]:
        """The pattern for Python's engine."""
        if not self.kept:
            return re.compile(self.expression)
        return restored(f"matches {self.pattern}", lambda: re.compile(self.expression))

    def keep(self) -> None:
        """Keep what was worked out from run to run, as is right for a pattern that stands in a rule."""
        if not self.kept:
            self.kept = True
            outline = (self.words, self.expression, self.ways, self.endless)
            caching.keep(f"pattern {self.pattern}", outline)

    def search(self, text: str, pay: Callable[[int], None] = lambda steps: None) -> bool:
        """Whether the pattern occurs in the text. ``pay`` is told of steps as they are taken, and may raise."""
        if self.words:
            pay(len(text) * len(self.words) >> 8)
            return any(map(text.__contains__, self.words))
        if len(text) > self.longest:
            return self.automaton.search(text, pay)
        pay(len(text) >> 4)
        return self.quick.search(text) is not None


@lru_cache(maxsize=1_000)
def search_of(pattern: str) -> Search:
    """A pattern ready to be looked for. Raises PatternError."""
    kept = caching.fetch(f"pattern {pattern}")
    return Search(pattern, kept or outline_of(pattern), kept is not None)


def outline_of(pattern: str) -> Outline:
    """What is worked out of a pattern. Raises PatternError."""
    words = compile_pattern(pattern).words
    node = needed(parse_pattern(pattern))
    ways, endless = work(node)
    quick = ways <= MAX_WAYS and endless <= 1
    return list(words), expression(node) if quick else "", ways, endless


def needed(node: Node) -> Node:
    """The pattern without what may be missing at its end: it is found where the rest is."""
    items = node.items if isinstance(node, Join) else (node,)
    while len(items) > 1 and isinstance(items[-1], Repeat) and items[-1].least == 0:
        items = items[:-1]
    return Join(items) if isinstance(node, Join) else node


def work(node: Node) -> tuple[int, int]:
    """In how many ways, at most, a backtracking search tries the pattern at one place, and how many repetitions
    without end there are, each of which multiplies that by the length of the text."""
    if isinstance(node, Join):
        ways, endless = 1, 0
        for item in node.items:
            more, longer = work(item)
            ways, endless = min(ways * more, MAX_WAYS + 1), endless + longer
        return ways, endless
    if isinstance(node, Choice):
        found = [(*work(item), _begins(item)) for item in node.items]
        alike = {begin: 0 for _, _, begin in found}
        for ways, _, begin in found:
            alike[begin] += ways
        anyhow = alike.pop("", 0)  # of words that begin with other characters, one alone can go on
        return anyhow + max(alike.values(), default=0), max(endless for _, endless, _ in found)
    if isinstance(node, CharSet):
        return (1, _NEVER) if node.fold else (1, 0)
    if not isinstance(node, Repeat):
        return 1, 0
    ways, endless = work(node.item)
    if node.most is None:
        single = isinstance(node.item, CharSet) and not node.item.fold
        return (1, 1) if single else (1, _NEVER)
    if endless and node.most > 1:
        return 1, _NEVER
    total, each = 0, ways**node.least
    for _ in range(node.least, node.most + 1):
        total += each
        each *= ways
        if total > MAX_WAYS:
            return MAX_WAYS + 1, endless
    return total, endless


def _begins(node: Node) -> str:
    """The character that every match of a node begins with; "" if that is none or not one alone."""
    while isinstance(node, Join) and node.items:
        node = node.items[0]
    if not isinstance(node, CharSet) or node.negated or node.fold or len(node.ranges) != 1:
        return ""
    low, high = node.ranges[0]
    return chr(low) if low == high else ""


def expression(node: Node) -> str:
    """The same pattern for Python's engine."""
    if isinstance(node, Join):
        return "".join(map(expression, node.items))
    if isinstance(node, Choice):
        return f"(?:{'|'.join(map(expression, node.items))})"
    if isinstance(node, Repeat):
        most = "" if node.most is None else node.most
        return f"(?:{expression(node.item)}){{{node.least},{most}}}"
    if isinstance(node, Assertion):
        return _PLACES[node.kind]
    if not node.ranges:
        return r"[\s\S]" if node.negated else r"[^\s\S]"
    return f"[{'^' * node.negated}{''.join(_range(low, high) for low, high in node.ranges)}]"


def _range(low: int, high: int) -> str:
    return f"\\U{low:08x}" if low == high else f"\\U{low:08x}-\\U{high:08x}"
