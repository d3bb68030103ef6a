"""From the tree of an expression to Python closures. Types are not looked at: see ``expression_check``.

Every closure takes the frame of an evaluation: the steps left, the variables, the loop variables. Names are
places in it, known when the expression is compiled. A loop pays for each turn as many steps as its body has
nodes; functions pay for the data they walk over; so the frame's steps bound the work of an evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter, itemgetter
from typing import Any

from checker.expression_functions import FUNCTIONS, METHODS, Function
from checker.expression_operators import Closure, binary, logic, unary
from checker.expression_syntax import Node
from checker.expression_values import (
    ExpressionError,
    Frame,
    WorkLimitError,
    get_field,
    get_index,
    has_field,
    kind_of,
    misfit,
    show_key,
    spend,
)


class Scope:
    """Where each name is in the frame, and how many places the frame needs in all."""

    def __init__(self, variables: tuple[str, ...]) -> None:
        self.places = {name: place for place, name in enumerate(variables, 1)}
        self.size = len(variables) + 1

    def add(self, name: str) -> tuple[int, int | None]:
        """A new place for a loop variable; with it the place that ``name`` had outside."""
        outside = self.places.get(name)
        self.places[name] = self.size
        self.size += 1
        return self.size - 1, outside

    def restore(self, name: str, outside: int | None) -> None:
        """The name means again what it meant outside the loop."""
        del self.places[name]
        if outside is not None:
            self.places[name] = outside


def free_names(node: Any, bound: frozenset[str] = frozenset()) -> dict[str, int]:
    """The variables that a tree (or a list of trees) takes from outside, and where it first does."""
    if node and node[0] == "name":
        return {} if node[2] in bound else {node[2]: node[1]}
    if node and node[0] == "macro":
        return free_names(node[5], bound | {node[4]}) | free_names(node[3], bound)
    found: dict[str, int] = {}
    for part in reversed(node):
        if isinstance(part, tuple | list):
            found |= free_names(part, bound)
    return found


def size(node: Any) -> int:
    """The number of nodes of a tree (or of a list of trees)."""
    inner = sum(size(part) for part in node if isinstance(part, tuple | list))
    return inner + (bool(node) and isinstance(node[0], str))


def build(node: Node, scope: Scope) -> Closure:
    """The closure of a tree that has been checked."""
    return _RULES[node[0]](node, scope)


# --- leaves, fields --------------------------------------------------------------------------------------


def _literal(node: Node, scope: Scope) -> Closure:
    value = node[2]
    return lambda frame: value


def _list(node: Node, scope: Scope) -> Closure:
    if all(item[0] == "literal" for item in node[2]):
        made = tuple(item[2] for item in node[2])
        return lambda frame: made
    items = [build(item, scope) for item in node[2]]
    return lambda frame: tuple([item(frame) for item in items])


def _map(node: Node, scope: Scope) -> Closure:
    pairs = [(key[1], build(key, scope), build(value, scope)) for key, value in node[2]]

    def run(frame: Frame) -> object:
        made: dict[object, object] = {}
        for offset, key_of, value_of in pairs:
            key = key_of(frame)
            if kind_of(key) not in ("int", "string"):
                raise ExpressionError("映射的键须为整数或字符串", "keys of a map are ints or strings", offset)
            if key in made:
                shown = show_key(key)
                raise ExpressionError(f"映射的键{shown}重复", f"duplicate key in map: {shown}", offset)
            made[key] = value_of(frame)
        return made

    return run


def _name(node: Node, scope: Scope) -> Closure:
    return itemgetter(scope.places[node[2]])


def _field(node: Node, scope: Scope) -> Closure:
    _, offset, of_node, name = node
    if of_node[0] == "name":
        return _field_of_name(scope.places[of_node[2]], name, offset)
    of, read = build(of_node, scope), attrgetter(name)
    seen: type | None = None

    def run(frame: Frame) -> object:
        nonlocal seen
        value = of(frame)
        if value.__class__ is seen:
            return read(value)
        found = get_field(value, name, offset)
        if kind_of(value) == "object":
            seen = value.__class__
        return found

    return run


def _field_of_name(place: int, name: str, offset: int) -> Closure:
    read = attrgetter(name)
    seen: type | None = None

    def run(frame: Frame) -> object:
        nonlocal seen
        value = frame[place]
        if value.__class__ is seen:
            return read(value)
        found = get_field(value, name, offset)
        if kind_of(value) == "object":
            seen = value.__class__
        return found

    return run


def _has(node: Node, scope: Scope) -> Closure:
    _, offset, of_node, name = node
    of = build(of_node, scope)
    return lambda frame: has_field(of(frame), name, offset)


def _index(node: Node, scope: Scope) -> Closure:
    _, offset, of_node, index_node = node
    of, index = build(of_node, scope), build(index_node, scope)
    return lambda frame: get_index(frame, offset, of(frame), index(frame))


# --- operators -------------------------------------------------------------------------------------------


def _unary(node: Node, scope: Scope) -> Closure:
    _, offset, operator, operand = node
    return unary(operator, offset, build(operand, scope))


def _binary(node: Node, scope: Scope) -> Closure:
    _, offset, operator, left, right = node
    return binary(operator, offset, build(left, scope), build(right, scope), right)


def _and(node: Node, scope: Scope) -> Closure:
    return logic([(part[1], build(part, scope)) for part in node[2]], "&&", False)


def _or(node: Node, scope: Scope) -> Closure:
    return logic([(part[1], build(part, scope)) for part in node[2]], "||", True)


def _if(node: Node, scope: Scope) -> Closure:
    _, offset, *parts = node
    condition, yes, no = (build(part, scope) for part in parts)

    def run(frame: Frame) -> object:
        value = condition(frame)
        if value is True:
            return yes(frame)
        if value is False:
            return no(frame)
        raise misfit(offset, "?:", value)

    return run


# --- functions and macros --------------------------------------------------------------------------------


def _call(node: Node, scope: Scope) -> Closure:
    _, offset, name, arguments = node
    return _applied(FUNCTIONS[name], name, offset, arguments, scope)


def _method(node: Node, scope: Scope) -> Closure:
    _, offset, name, of, arguments = node
    return _applied(METHODS[name], name, offset, (of, *arguments), scope)


def _applied(function: Function, name: str, offset: int, nodes: tuple[Node, ...], scope: Scope) -> Closure:
    arguments = [build(node, scope) for node in nodes]
    wanted = function.parameters[: len(arguments)]
    if len(arguments) == 1:
        return _of_one(function, name, offset, arguments[0])
    if len(arguments) == 2 and nodes[1][0] == "literal" and kind_of(nodes[1][2]) in wanted[1]:
        return _of_one_and(function, name, offset, arguments[0], nodes[1][2])
    apply = function.run

    def run(frame: Frame) -> object:
        values = [argument(frame) for argument in arguments]
        for value, kinds in zip(values, wanted, strict=True):
            if kind_of(value) not in kinds:
                raise misfit(offset, name, *values)
        return apply(frame, offset, *values)

    return run


def _of_one(function: Function, name: str, offset: int, argument: Closure) -> Closure:
    apply, quick, kinds = function.run, function.quick, function.parameters[0]
    fit: set[type] = set()

    def run(frame: Frame) -> object:
        value = argument(frame)
        if value.__class__ not in fit:
            if kind_of(value) not in kinds:
                raise misfit(offset, name, value)
            fit.add(value.__class__)
        return apply(frame, offset, value) if quick is None else quick(value)

    return run


def _of_one_and(function: Function, name: str, offset: int, argument: Closure, known: Any) -> Closure:
    """A function whose second argument is known."""
    apply, quick, kinds = function.run, function.quick, function.parameters[0]
    if function.ready is not None:
        apply = function.ready(known)
    fit: set[type] = set()

    def run(frame: Frame) -> object:
        value = argument(frame)
        if value.__class__ not in fit:
            if kind_of(value) not in kinds:
                raise misfit(offset, name, value, known)
            fit.add(value.__class__)
        return apply(frame, offset, value, known) if quick is None else quick(value, known)

    return run


def _macro(node: Node, scope: Scope) -> Closure:
    _, offset, name, of_node, variable, arguments = node
    of = build(of_node, scope)
    place, outside = scope.add(variable)
    bodies = [build(argument, scope) for argument in arguments]
    scope.restore(variable, outside)
    cost = 1 + size(arguments)

    def items_of(frame: Frame) -> Any:
        """A list's items or a map's keys."""
        items = of(frame)
        if items.__class__ is not tuple and kind_of(items) not in ("list", "map"):
            raise misfit(offset, name, items)
        return items

    if name in ("all", "exists"):
        return _quantifier(items_of, place, cost, bodies[0], offset, name)
    if name == "map":
        return _map_macro(items_of, place, cost, bodies, offset)
    return _filter(items_of, place, cost, bodies[0], offset, name)


Items = Callable[[Frame], Any]


def _quantifier(items_of: Items, place: int, cost: int, body: Closure, offset: int, name: str) -> Closure:
    """``all`` and ``exists``: as ``&&`` and ``||`` over the items."""
    decisive = name == "exists"

    def run(frame: Frame) -> object:
        error: ExpressionError | None = None
        for item in items_of(frame):
            frame[0] -= cost
            if frame[0] < 0:
                spend(frame, 0, offset)
            frame[place] = item
            try:
                value = body(frame)
            except WorkLimitError:
                raise
            except ExpressionError as fault:
                error = error or fault
                continue
            if value is decisive:
                return decisive
            if value is not (not decisive):
                error = error or misfit(offset, name, value)
        if error:
            raise error
        return not decisive

    return run


def _filter(items_of: Items, place: int, cost: int, body: Closure, offset: int, name: str) -> Closure:
    """``filter`` and ``exists_one``."""

    def run(frame: Frame) -> tuple[object, ...]:
        kept: list[object] = []
        for item in items_of(frame):
            frame[0] -= cost
            if frame[0] < 0:
                spend(frame, 0, offset)
            frame[place] = item
            value = body(frame)
            if value is True:
                kept.append(item)
            elif value is not False:
                raise misfit(offset, name, value)
        return tuple(kept)

    return run if name == "filter" else lambda frame: len(run(frame)) == 1


def _map_macro(items_of: Items, place: int, cost: int, bodies: list[Closure], offset: int) -> Closure:
    *conditions, body = bodies
    condition = conditions[0] if conditions else None

    def run(frame: Frame) -> object:
        made: list[object] = []
        for item in items_of(frame):
            frame[0] -= cost
            if frame[0] < 0:
                spend(frame, 0, offset)
            frame[place] = item
            value = True if condition is None else condition(frame)
            if value is True:
                made.append(body(frame))
            elif value is not False:
                raise misfit(offset, "map", value)
        return tuple(made)

    return run


_RULES: Mapping[str, Callable[[Node, Scope], Closure]] = {
    "literal": _literal,
    "list": _list,
    "map": _map,
    "name": _name,
    "field": _field,
    "has": _has,
    "index": _index,
    "unary": _unary,
    "and": _and,
    "or": _or,
    "if": _if,
    "binary": _binary,
    "call": _call,
    "method": _method,
    "macro": _macro,
}
