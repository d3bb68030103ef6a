"""Patterns in word rules: where they match, in bounded time whatever the pattern.

The syntax is that of ``matches()`` in expressions, so no pattern can backtrack. Matches are the leftmost, and of
these the longest; an empty match is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import cast

from checker.expression_pattern_search import expression, needed, search_of, work
from checker.expression_pattern_syntax import CharSet, Join, Node, PatternError, parse_pattern
from checker.expression_patterns import Pattern, compile_pattern
from checker.pairs import Need, may_hold, needs_of
from checker.records import dataclass
from checker.regexes import kept_pattern

__all__ = ["Finder", "PatternError", "compile_finder"]

_SPARE = 2
"""So many times its length a text may be read again while the longest matches are sought; when that is used
up, matches are the shortest. So time grows with the length of the text alone, whatever the pattern."""
_QUICK = 500
_OFTEN = 10_000
"""After so many steps they are paid for."""
_EDGE = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """A pattern, a string that stands in every match of it (perhaps empty), a regular expression of Python's that
    finds where matches begin ("" if it might backtrack for long), and the pairs that every match needs."""

    text: str
    literal: str
    quick: str
    needs: tuple[Need, ...]

    @property
    def pattern(self) -> Pattern:
        """The pattern, compiled when it is first needed."""
        return compile_pattern(self.text)

    def occurs(self, text: str, pairs: set[int]) -> bool:
        """Whether the pattern may match in ``text``, which has these ``pairs``, or a part of it; false only if it
        surely does not."""
        if not may_hold(pairs, self.needs) or self.literal not in text:
            return False
        return not self.quick or _compiled(self.quick).search(text) is not None

    def spans(self, text: str, pay: Callable[[int], None] = lambda steps: None) -> Iterator[tuple[int, int]]:
        """The places of the matches in ``text``, which do not overlap. ``pay`` is told of steps as they are taken,
        and may raise."""
        if self.literal not in text or not (self.quick or search_of(self.text).search(text, pay)):
            return
        at, spare = 0, _SPARE * len(text) + 1_000
        while at < len(text):
            if self.quick:
                begin = _compiled(self.quick).search(text, at)
                if begin is None:
                    return
                at = begin.start()
            start, end, read = _next(self.pattern, text, at, spare, pay)
            if end <= start:
                return
            yield start, end
            at = end
            spare -= read - end


def compile_finder(pattern: str) -> Finder:
    """A finder of ``pattern``. Raises PatternError, also for a pattern that matches nothing at all."""
    compiled = compile_pattern(pattern)
    if compiled.search(""):
        raise PatternError("正则表达式连空文字也匹配", "the pattern matches even the empty text")
    node = parse_pattern(pattern)
    least = needed(node)
    ways, endless = work(least)
    quick = "" if compiled.placed or endless or ways > _QUICK else expression(least)
    return Finder(pattern, _literal(node), quick, needs_of(node))


@kept_pattern
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _literal(node: Node) -> str:
    """The longest string of single characters that every match holds."""
    best = run = ""
    for item in node.items if isinstance(node, Join) else (node,):
        char = _only(item)
        run = run + char if char else ""
        best = max(best, run, key=len)
    return best


def _only(node: Node) -> str:
    if isinstance(node, CharSet) and not node.negated and not node.fold and len(node.ranges) == 1:
        low, high = node.ranges[0]
        return chr(low) if low == high else ""
    return ""


def _next(
    pattern: Pattern, text: str, at: int, spare: int, pay: Callable[[int], None]
) -> tuple[int, int, int]:
    """Beginning and end of the first match from ``at`` on (both 0 if there is none), and how far was read.

    Every thread carries where it began, and the earlier beginning wins.
    """
    threads: dict[int, int] = {}
    best: tuple[int, int] | None = None
    index, steps = at, 0
    while index <= len(text):
        if best is not None and (not threads or index - best[1] > spare):
            break
        if not threads and not pattern.placed and pattern.likely_start is not None:
            likely = pattern.likely_start.search(text, index)
            if likely is None:
                break
            index = likely.start()
        if best is None:
            threads.setdefault(pattern.first, index)
        before = pattern.side(text[index - 1]) if index else _EDGE
        char = text[index] if index < len(text) else _EDGE
        reached = _reach(pattern, threads, before, pattern.side(char))
        steps += len(reached)
        if steps > _OFTEN:
            pay(steps)
            steps = 0
        if 0 in reached and reached[0] < index and (best is None or reached[0] <= best[0]):
            best = (reached[0], index)
        newest = index if best is None else best[0]
        threads = {}
        for number, start in reached.items():
            kind, argument, after = pattern.code[number]
            alive = kind == "char" and char and start <= newest
            if alive and pattern.sets[cast(int, argument)].has(char):
                threads[after] = min(start, threads.get(after, start))
        index += 1
    pay(steps)
    return (*best, index) if best else (0, 0, index)


def _reach(pattern: Pattern, threads: dict[int, int], before: str, after: str) -> dict[int, int]:
    """The instructions that can run here without reading a character, each with its earliest beginning."""
    reached: dict[int, int] = {}
    for first, start in sorted(threads.items(), key=lambda pair: pair[1]):
        pending = [first]
        while pending:
            number = pending.pop()
            if number in reached:
                continue
            reached[number] = start
            kind, argument, following = pattern.code[number]
            if kind == "split":
                pending += (cast(int, argument), following)
            elif kind == "assert" and len(pattern.reach(frozenset((number,)), before, after)) > 1:
                pending.append(following)
    return reached
