"""The grammars at work: Lark computes the tables, this module runs them.

Lark is loaded only when there are no tables yet. They are plain data and are kept from run to run with the regular
expressions of the terminals (:mod:`checker.caching`). What comes out is what Lark's own LALR parser gives: the same
tokens, the same trees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import chain
from typing import Any

from checker import caching
from checker.regexes import Firsts, beginning, late

Terminals = Mapping[str, str | Iterable[str]]
"""Regular expressions or lists of words by the names of terminals, which may carry a priority (``NAME.3``)."""
Action = Callable[[list[Any]], Any]
Matcher = Callable[[str, int], re.Match[str] | None]
_Choices = tuple[tuple[str, Matcher], ...]
_Terminal = tuple[str, str, tuple[Firsts | None, Firsts | None, str, str]]
"""Name, regular expression, and how its matches begin (:class:`checker.regexes.Beginning`)."""
_Rule = tuple[str, int, Callable[[Any], Any], Callable[[list[Any]], Any]]
_ANY = r"[\s\S]"
Filter = Callable[[Iterable["Token"]], Iterable["Token"]]


class UnexpectedError(Exception):
    """A text that a grammar does not take. ``offset`` is where."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"unexpected input at {offset}")
        self.offset = offset


class Token(str):
    """A stretch of the text: ``type`` is its terminal, ``start_pos`` and ``end_pos`` its place."""

    __slots__ = ("end_pos", "start_pos", "type")

    type: str
    start_pos: int
    end_pos: int

    def __new__(cls, type: str, text: str, start: int = 0, end: int = 0) -> Token:
        """A token of terminal ``type``."""
        made = str.__new__(cls, text)
        made.type = type
        made.start_pos = start
        made.end_pos = end
        return made


class Tree:
    """A rule that matched: ``data`` is its name or alias, ``children`` are tokens and trees in order."""

    __slots__ = ("children", "data")

    def __init__(self, data: str, children: list[Any]) -> None:
        self.data = data
        self.children = children

    def tokens(self) -> list[Token]:
        """The tokens under it, in order."""
        found: list[Token] = []
        for child in self.children:
            if child.__class__ is Tree:
                found += child.tokens()
            else:
                found.append(child)
        return found


class Parser:
    """A grammar ready to read texts."""

    def __init__(
        self,
        data: Mapping[str, Any],
        actions: Any,
        between: Filter | None,
        silent: Iterable[str],
        apart: Iterable[str],
    ) -> None:
        self._silent = frozenset(silent)
        self._apart = frozenset(apart)
        self._starts: Mapping[str, tuple[int, int]] = data["starts"]
        self._states: list[dict[str, Any]] = data["states"]
        self._rules = [_rule(rule, actions) for rule in data["rules"]]
        self._contexts: list[int] = data["contexts"]
        self._scanners = [_Scanner(*scanner) for scanner in data["scanners"]]
        self._between = between

    def lex(self, text: str) -> Iterator[Token]:
        """The tokens of ``text``, whatever their order; of silent ones those alone that part two others which could
        be put together, and of several in a row the first. Raises UnexpectedError."""
        scanner = self._scanners[-1]
        renamed, passed, silent, stray = scanner.renamed, scanner.ignored, self._silent, scanner.stray
        after, bare = scanner.after.get, scanner.bare
        apart = self._apart
        at, end = 0, len(text)
        joins = False
        held: Token | None = None
        while at < end:
            start = at
            # at 0 the character before is the last one, which rules out nothing
            choices, others = after(text[at - 1], bare)[text[at]]
            for kind, matched in choices.get(text[at + 1 : at + 2], others):  # noqa: B007
                match = matched(text, at)
                if match is not None:
                    at = match.end()
                    break
            else:
                kind = stray
                at += 1
            if kind in silent:
                if joins and held is None:
                    held = Token(kind, text[start:at], start, at)
                continue
            if kind in renamed:
                kind = renamed[kind].get(text[start:at], kind)
            elif not kind:
                raise UnexpectedError(start)
            if kind in passed:
                continue
            joins = kind not in apart
            if held is not None:
                if joins:
                    yield held
                held = None
            yield Token(kind, text[start:at], start, at)

    def parse(self, text: str, start: str = "start") -> Any:
        """The tree of ``text`` from the rule ``start``. Raises UnexpectedError."""
        first, last = self._starts[start]
        stack = [first]
        tokens: Iterable[Token] = self._lex_in_context(text, stack) if self._contexts else self.lex(text)
        if self._between is not None:
            tokens = self._between(tokens)
        return self._run(tokens, stack, last, len(text))

    def read(self, tokens: Iterable[Token], start: str = "start") -> Any:
        """The tree of tokens from the rule ``start``. Raises UnexpectedError."""
        first, last = self._starts[start]
        return self._run(tokens, [first], last, 0)

    def _lex_in_context(self, text: str, stack: list[int]) -> Iterator[Token]:
        """The tokens of ``text``, each of those that the parser can take where it stands."""
        at = 0
        while at < len(text):
            start = at
            scanner = self._scanners[self._contexts[stack[-1]]]
            choices, others = scanner.after.get(text[at - 1], scanner.bare)[text[at]]
            for kind, matched in choices.get(text[at + 1 : at + 2], others):  # noqa: B007
                match = matched(text, at)
                if match is not None:
                    at = match.end()
                    break
            else:
                kind = scanner.stray
                at += 1
                if not kind:
                    raise UnexpectedError(start)
            value = text[start:at]
            if kind in scanner.renamed:
                kind = scanner.renamed[kind].get(value, kind)
            if kind not in scanner.ignored:
                yield Token(kind, value, start, at)

    def _run(self, tokens: Iterable[Token], stack: list[int], last: int, length: int) -> Any:
        states, rules = self._states, self._rules
        values: list[Any] = []
        state = stack[-1]
        for token in chain(tokens, (Token("$END", "", length, length),)):
            kind = token.type
            shifted = False
            while True:
                action = states[state].get(kind)
                if action.__class__ is int and action < 0:  # what stands on the stack is a rule
                    origin, size, of_one, of = rules[~action]
                    if size == 1:
                        stack.pop()
                        value = of_one(values.pop())
                    elif size:
                        value = of(values[-size:])
                        del values[-size:]
                        del stack[-size:]
                    else:
                        value = of([])
                    action = states[stack[-1]][origin]
                elif action is None:
                    raise UnexpectedError(token.start_pos)
                else:
                    value = token
                    shifted = True
                if action.__class__ is not int:
                    action, further = action
                    for number in further:
                        value = rules[number][2](value)
                state = action
                stack.append(state)
                values.append(value)
                if shifted or (state == last and kind == "$END"):
                    break
        return values[-1]


class _Scanner:
    """Terminals that are looked for together, the first that matches taken: ``after`` some characters, else ``bare``.
    ``stray`` is the last terminal where that is any character, else ""."""

    def __init__(
        self, terminals: list[_Terminal], renamed: dict[str, dict[str, str]], ignored: list[str]
    ) -> None:
        self.renamed = renamed
        self.ignored = frozenset(ignored)
        self.stray = terminals[-1][0] if terminals and terminals[-1][1] == _ANY else ""
        self._terminals = terminals[:-1] if self.stray else terminals
        heeding: dict[str, tuple[str, ...]] = {}
        for name, _, (_, _, _, behind) in self._terminals:
            for char in behind:
                heeding[char] = (*heeding.get(char, ()), name)
        tables = {names: self._table(names) for names in set(heeding.values())}
        self.after = {char: tables[names] for char, names in heeding.items()}
        self.bare = self._table(())

    def _table(self, heeding: tuple[str, ...]) -> _Matchers:
        """Where what stands before may matter to the terminals ``heeding``."""
        return _Matchers(
            [
                (name, text, firsts if name in heeding else bare, shunned)
                for name, text, (firsts, bare, shunned, _) in self._terminals
            ]
        )


class _Matchers(dict[str, tuple[dict[str, _Choices], _Choices]]):
    """By the character that comes next and by the one after it, the terminals which may begin with them, in the order
    of their priority; apart from these those that may stand before any other second character."""

    def __init__(self, terminals: list[tuple[str, str, Firsts | None, str]]) -> None:
        super().__init__()
        self._terminals = terminals

    def __missing__(self, char: str) -> tuple[dict[str, _Choices], _Choices]:
        fitting: list[tuple[str, Matcher, str | None]] = []
        for name, text, firsts, shunned in self._terminals:
            if firsts is None:
                if char not in shunned:
                    fitting.append((name, _matcher(text), None))
            elif char in firsts:
                fitting.append((name, _matcher(text), firsts[char]))
        told = dict.fromkeys("".join([seconds for _, _, seconds in fitting if seconds]))
        found = self[char] = (
            {second: _choices(fitting, second) for second in told},
            _choices(fitting, ""),
        )
        return found


def _choices(fitting: list[tuple[str, Matcher, str | None]], second: str) -> _Choices:
    return tuple(
        [
            (name, matched)
            for name, matched, seconds in fitting
            if seconds is None or (second and second in seconds)
        ]
    )


def _rule(data: Any, actions: Any) -> _Rule:
    """Name, length, and what makes the value of a rule from that of its only part and from those of its parts.

    ``kept`` are the children that are kept and whether they are spliced in (None: all as they are); a rule whose name
    begins with ``_`` has a list for its value, or the only child, and is spliced into whatever it stands in.
    """
    origin, name, size, kept, single = data
    action: Action | None = None
    if not origin.startswith("_"):
        action = getattr(actions, name, None) or partial(Tree, name)

    def of(parts: list[Any]) -> Any:
        children = parts
        if kept is not None:
            children = []
            for index, spliced in kept:
                part = parts[index]
                if not spliced or part.__class__ is not list:
                    children.append(part)
                elif children:
                    children += part
                else:  # a list that grows on its left is never copied
                    children = part
        if single and len(children) == 1:
            return children[0]
        return children if action is None else action(children)

    if kept is not None:
        return origin, size, lambda part: of([part]), of
    if single:
        return origin, size, lambda part: part, of
    if action is None:
        return origin, size, lambda part: [part], of
    return origin, size, lambda part: action([part]), of


@cache
def _matcher(text: str) -> Matcher:
    return late(text).match


def parser(
    name: str,
    terminals: Callable[[], Terminals],
    *,
    actions: Any = None,
    between: Filter | None = None,
    silent: Iterable[str] = (),
    apart: Iterable[str] = (),
    **options: Any,
) -> Parser:
    """The parser of ``grammars/<name>.lark`` with ``terminals``, which are asked for when there are no tables yet.

    ``actions`` has a method for each rule that is to give something else than a tree; ``between`` stands between
    the tokens and the parser; tokens of ``silent`` kinds are read only where they part two others, neither of which
    is of a kind that stands ``apart`` from all others; ``options`` are Lark's.
    """
    data = caching.fetch(f"grammar {name}")
    if data is None:
        data = _computed(name, terminals(), options)
        caching.keep(f"grammar {name}", data)
    return Parser(data, actions, between, silent, apart)


def _computed(name: str, terminals: Terminals, options: dict[str, Any]) -> dict[str, Any]:
    """The tables as plain data."""
    from checker.resources import lark

    built = lark(name, terminals, **options)
    table = built.parser.parser._parse_table
    numbers = {state: number for number, state in enumerate(table.states)}
    places = {rule: place for place, rule in enumerate(built.rules)}
    lexer = built.parser.lexer
    lexers = list(dict.fromkeys(lexer.lexers.values())) if hasattr(lexer, "lexers") else []
    order = {id(one): place for place, one in enumerate(lexers)}
    states = [
        {
            str(symbol): numbers[target] if action.name == "Shift" else ~places[target]
            for symbol, (action, target) in actions.items()
        }
        for actions in table.states.values()
    ]
    rules = [_plain_rule(rule) for rule in built.rules]
    ends = {numbers[state] for state in table.end_states.values()}
    return {
        "starts": {
            start: (numbers[state], numbers[table.end_states[start]])
            for start, state in table.start_states.items()
        },
        # a lexer that heeds the state of the parser must find it where Lark has it
        "states": states if lexers else [_chained(state, states, rules, ends) for state in states],
        "rules": rules,
        "contexts": [order[id(lexer.lexers[state])] for state in table.states] if lexers else [],
        "scanners": [_plain_lexer(one) for one in (*lexers, getattr(lexer, "root_lexer", lexer))],
    }


def _chained(
    state: dict[str, int], states: list[dict[str, int]], rules: list[Any], ends: set[int]
) -> dict[str, Any]:
    """A state whose ways into states that can only reduce one part go on to where that leads, as pairs of the last
    state and the rules to apply on the way. None leads to one of ``ends``, which only the end of a text reaches."""
    found: dict[str, Any] = {}
    for symbol, target in state.items():
        further = []
        while target >= 0:
            actions = set(states[target].values())
            rule = ~min(actions, default=0)
            if len(actions) != 1 or rule < 0 or rules[rule][2] != 1 or state[rules[rule][0]] in ends:
                break
            origin, _, _, kept, single = rules[rule]
            if kept is not None or not (single or origin.startswith("_")):
                further.append(rule)
            target = state[origin]
        found[symbol] = (target, tuple(further)) if further else target
    return found


def _plain_rule(rule: Any) -> tuple[Any, ...]:
    kept = [
        (index, not symbol.is_term and symbol.name.startswith("_"))
        for index, symbol in enumerate(rule.expansion)
        if rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out)
    ]
    whole = len(kept) == len(rule.expansion) and not any(spliced for _, spliced in kept)
    single = bool(rule.options.expand1 and not rule.alias)
    name = str(rule.alias or rule.options.template_source or rule.origin.name)
    return str(rule.origin.name), name, len(rule.expansion), None if whole else kept, single


def _plain_lexer(lexer: Any) -> tuple[Any, ...]:
    texts = [(str(one.name), one.pattern.to_regexp()) for one in lexer.scanner.terminals]
    terminals = [(name, text, _plain_beginning(text)) for name, text in texts]
    renamed = {
        str(name): {one.pattern.value: str(one.name) for one in callback.scanner.terminals}
        for name, callback in lexer.callback.items()
    }
    return terminals, renamed, sorted(str(name) for name in lexer.ignore_types)


def _plain_beginning(text: str) -> tuple[Any, ...]:
    found = beginning(text)
    return found.firsts, found.bare, found.shunned, found.behind
