"""Patterns of ``matches()``: searched for in time linear in the text.

A pattern becomes a small program (Thompson's construction), which is run as an automaton whose states are
made when first needed. There is no backtracking, so no pattern can hang; what would need backtracking,
back-references and lookaround, is not in the syntax, as in RE2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from sys import intern
from typing import Any, cast

from checker.expression_pattern_syntax import (
    Assertion,
    CharSet,
    Choice,
    Join,
    Node,
    PatternError,
    Repeat,
    parse_pattern,
)
from checker.records import dataclass

MAX_PROGRAM = 5_000
_MAX_ENTRIES = 20_000
_LONG = 256
_WORD = CharSet(((48, 57), (65, 90), (95, 95), (97, 122)))
_EDGE = ""

Instruction = tuple[str, object, int]
"""``("char", number of a set, next)``, ``("split", other next, next)``, ``("assert", kind, next)``, ``("match", …)``."""


@lru_cache(maxsize=1_000)
def compile_pattern(pattern: str) -> Pattern:
    """A pattern ready to search with. Raises PatternError."""
    node = parse_pattern(pattern)
    return Pattern(node, _words(node))


def _words(node: Node) -> tuple[str, ...]:
    """The words of a pattern that is nothing but a choice of words, else ()."""
    words: list[str] = []
    for branch in node.items if isinstance(node, Choice) else (node,):
        word = ""
        for item in branch.items if isinstance(branch, Join) else (branch,):
            if not isinstance(item, CharSet) or item.negated or item.fold or len(item.ranges) != 1:
                return ()
            low, high = item.ranges[0]
            if low != high:
                return ()
            word += chr(low)
        words.append(word)
    return tuple(words)


class _Program:
    """The instructions of a pattern; the last is ``match``, ``start`` is where they begin."""

    def __init__(self, node: Node) -> None:
        self.code: list[Instruction] = [("match", None, 0)]
        self.sets: list[CharSet] = []
        self.start = self.build(node, 0)

    def emit(self, kind: str, argument: object, after: int) -> int:
        if len(self.code) >= MAX_PROGRAM:
            raise PatternError("正则表达式过于庞大", "the pattern is too large")
        self.code.append((kind, argument, after))
        return len(self.code) - 1

    def build(self, node: Node, after: int) -> int:
        """Instructions for ``node`` that go on at ``after``; returns where they begin."""
        if isinstance(node, CharSet):
            if node not in self.sets:
                self.sets.append(node)
            return self.emit("char", self.sets.index(node), after)
        if isinstance(node, Assertion):
            return self.emit("assert", node.kind, after)
        if isinstance(node, Join):
            for item in reversed(node.items):
                after = self.build(item, after)
            return after
        if isinstance(node, Choice):
            start = self.build(node.items[-1], after)
            for item in reversed(node.items[:-1]):
                start = self.emit("split", start, self.build(item, after))
            return start
        return self.repeat(node, after)

    def repeat(self, node: Repeat, after: int) -> int:
        start = after
        if node.most is None:
            start = self.emit("split", after, after)
            self.code[start] = ("split", after, self.build(node.item, start))
        else:
            for _ in range(node.most - node.least):
                start = self.emit("split", after, self.build(node.item, start))
        for _ in range(node.least):
            start = self.build(node.item, start)
        return start


@dataclass(slots=True)
class _State:
    """What may come next: the instructions about to run and the side of the character just read."""

    threads: frozenset[int]
    before: str
    moves: dict[int, _Table | None]


_Table = dict[str, Any]
"""A state as the search sees it: character → the next table; under "" stands the state itself."""


class Pattern:
    """A pattern and the part of its automaton that texts have needed so far."""

    def __init__(self, node: Node, words: tuple[str, ...]) -> None:
        self.words = words
        program = _Program(node)
        self.code, self.sets, self.first = program.code, program.sets, program.start
        self.placed = any(kind == "assert" for kind, _, _ in self.code)
        self.work = 0
        self.forget()

    def forget(self) -> None:
        """Drop all states: they are made again when needed."""
        self.entries = 0
        self.kinds: dict[str, int] = {}
        self.signatures: dict[tuple[object, ...], int] = {}
        self.tables: dict[tuple[frozenset[int], str], _Table] = {}
        self.begin = self.table(frozenset((self.first,)), _EDGE)

    def search(self, text: str, pay: Callable[[int], None] = lambda steps: None) -> bool:
        """Whether the pattern occurs in the text. ``pay`` is told of steps as they are taken, and may raise."""
        if self.words:
            pay(len(text) * len(self.words) >> 8)
            return any(word in text for word in self.words)
        pay(len(text) >> 4)
        table, char = self.begin, _EDGE
        chars = iter(text)
        if len(text) > _LONG and (likely := self.likely_start):
            start = likely.search(text)
            if not start:
                return False
            chars = iter(text[start.start() :])
        while True:
            try:
                for char in chars:
                    table = table[char]
            except KeyError:
                following = self.move(table, char)
                pay(4 * self.work)
                self.work = 0
                if following is None:
                    return True
                table = following
            else:
                break
        state = table[_EDGE]
        reached = self.reach(state.threads, state.before, _EDGE)
        pay(4 * self.work)
        self.work = 0
        return 0 in reached

    @cached_property
    def likely_start(self) -> re.Pattern[str] | None:
        """A class that holds every first character of a match; None if a match may begin otherwise."""
        reached = self.reach(frozenset((self.first,)), _EDGE, _EDGE)
        begins = [self.code[number] for number in reached]
        if self.placed or 0 in reached:
            return None
        sets = [self.sets[cast(int, number)] for kind, number, _ in begins if kind == "char"]
        if any(item.fold for item in sets):
            return None
        return re.compile("|".join(map(_class, sets)))

    def move(self, table: _Table, char: str) -> _Table | None:
        """The table after ``char``, kept for the next time; None if the pattern has been found."""
        state = table[_EDGE]
        if self.entries > _MAX_ENTRIES:
            self.forget()
        kind = self.kind(char)
        if kind not in state.moves:
            state.moves[kind] = self.step(state, char)
        following: _Table | None = state.moves[kind]
        if following is not None:
            self.entries += 1
            table[intern(char)] = following
        return following

    def kind(self, char: str) -> int:
        """A number for all characters that no set and no place tells apart."""
        kind = self.kinds.get(char)
        if kind is None:
            signature = (*(item.has(char) for item in self.sets), self.side(char))
            kind = self.kinds[intern(char)] = self.signatures.setdefault(signature, len(self.signatures))
        return kind

    def side(self, char: str) -> str:
        """What places can tell of a neighbour: ``w`` a word character, ``\\n``, ``x`` other, "" an edge."""
        if not self.placed or char == _EDGE:
            return _EDGE
        return "\n" if char == "\n" else ("w" if _WORD.has(char) else "x")

    def table(self, threads: frozenset[int], before: str) -> _Table:
        known = self.tables.get((threads, before))
        if known is None:
            known = self.tables[threads, before] = {_EDGE: _State(threads, before, {})}
        return known

    def step(self, state: _State, char: str) -> _Table | None:
        """The table after ``char``; None if the pattern had ended before it."""
        reached = self.reach(state.threads, state.before, self.side(char))
        if 0 in reached:
            return None
        threads = {self.first}
        for number in reached:
            kind, argument, after = self.code[number]
            if kind == "char" and self.sets[cast(int, argument)].has(char):
                threads.add(after)
        return self.table(frozenset(threads), self.side(char))

    def reach(self, threads: frozenset[int], before: str, after: str) -> set[int]:
        """The instructions that can run at a place between two neighbours without reading a character."""
        reached: set[int] = set()
        pending = list(threads)
        while pending:
            number = pending.pop()
            if number in reached:
                continue
            reached.add(number)
            kind, argument, following = self.code[number]
            if kind == "split":
                pending += (cast(int, argument), following)
            elif kind == "assert" and _holds(argument, before, after):
                pending.append(following)
        self.work += len(reached)
        return reached


def _class(item: CharSet) -> str:
    """The set as a class of Python's regular expressions."""
    ranges = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in item.ranges)
    return f"[{'^' * item.negated}{ranges}]" if ranges else r"[\s\S]"


def _holds(place: object, before: str, after: str) -> bool:
    """Whether a place is between two neighbours, given by their sides."""
    if place in ("word", "no-word"):
        return ((before == "w") != (after == "w")) == (place == "word")
    side = before if place in ("start", "line-start") else after
    return side == _EDGE or (side == "\n" and place in ("line-start", "line-end"))
