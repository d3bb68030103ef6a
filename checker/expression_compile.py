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
from checker.expression_syntax import Node
from checker.expression_values import (
    PLAIN,
    ExpressionError,
    Frame,
    WorkLimitError,
    add,
    contained,
    divide,
    equal,
    get_field,
    get_index,
    greater,
    greater_equal,
    has_field,
    invert,
    kind_of,
    less,
    less_equal,
    misfit,
    modulo,
    multiply,
    negate,
    not_equal,
    show_key,
    spend,
    subtract,
)

Closure = Callable[[Frame], Any]

_BINARY: dict[str, Callable[[Frame, int, Any, Any], object]] = {
    "==": equal,
    "!=": not_equal,
    "<": less,
    "<=": less_equal,
    ">": greater,
    ">=": greater_equal,
    "in": contained,
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": modulo,
}
_UNARY = {"!": invert, "-": negate}


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
    read = attrgetter(name)
    seen: type | None = None
    if of_node[0] == "name":
        place = scope.places[of_node[2]]

        def run_name(frame: Frame) -> object:
            nonlocal seen
            value = frame[place]
            if type(value) is seen:
                return read(value)
            found = get_field(value, name, offset)
            if kind_of(value) == "object":
                seen = type(value)
            return found

        return run_name
    of = build(of_node, scope)

    def run(frame: Frame) -> object:
        nonlocal seen
        value = of(frame)
        if type(value) is seen:
            return read(value)
        found = get_field(value, name, offset)
        if kind_of(value) == "object":
            seen = type(value)
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
    _, offset, operator, operand_node = node
    operand, apply = build(operand_node, scope), _UNARY[operator]

    def run(frame: Frame) -> object:
        value = operand(frame)
        return value is False if operator == "!" and value.__class__ is bool else apply(frame, offset, value)

    return run


def _binary(node: Node, scope: Scope) -> Closure:
    _, offset, operator, left_node, right_node = node
    left, right, apply = build(left_node, scope), build(right_node, scope), _BINARY[operator]
    if operator in ("==", "!="):
        if right_node[0] == "literal" and right_node[2].__class__ in PLAIN:
            return _equality_to(left, right_node[2], offset, operator == "==")
        return _equality(left, right, offset, operator == "==")
    return lambda frame: apply(frame, offset, left(frame), right(frame))


def _equality(left: Closure, right: Closure, offset: int, wanted: bool) -> Closure:
    def run(frame: Frame) -> object:
        one, other = left(frame), right(frame)
        kind = one.__class__
        if kind is other.__class__ and kind in PLAIN:
            return (one == other) is wanted
        return equal(frame, offset, one, other) is wanted

    return run


def _equality_to(left: Closure, other: Any, offset: int, wanted: bool) -> Closure:
    """:func:`_equality` with a value that is known."""
    kind = other.__class__

    def run(frame: Frame) -> object:
        one = left(frame)
        if one.__class__ is kind:
            return (one == other) is wanted
        return equal(frame, offset, one, other) is wanted

    return run


def _and(node: Node, scope: Scope) -> Closure:
    return _logic(node, scope, "&&", False)


def _or(node: Node, scope: Scope) -> Closure:
    return _logic(node, scope, "||", True)


def _logic(node: Node, scope: Scope, operator: str, decisive: bool) -> Closure:
    """One decisive operand decides, whatever errors the others make; else the first error counts."""
    operands = [(part[1], build(part, scope)) for part in node[2]]

    def run(frame: Frame) -> object:
        error: ExpressionError | None = None
        for offset, operand in operands:
            try:
                value = operand(frame)
            except WorkLimitError:
                raise
            except ExpressionError as fault:
                error = error or fault
                continue
            if value is decisive:
                return decisive
            if value is not (not decisive):
                error = error or misfit(offset, operator, value)
        if error:
            raise error
        return not decisive

    return run


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
    apply = function.run
    if len(arguments) == 1:
        (only,), (kinds,) = arguments, wanted

        def run_one(frame: Frame) -> object:
            value = only(frame)
            if kind_of(value) not in kinds:
                raise misfit(offset, name, value)
            return apply(frame, offset, value)

        return run_one

    if len(arguments) == 2 and nodes[1][0] == "literal" and kind_of(nodes[1][2]) in wanted[1]:
        first, known, kinds = arguments[0], nodes[1][2], wanted[0]

        def run_known(frame: Frame) -> object:
            value = first(frame)
            if kind_of(value) not in kinds:
                raise misfit(offset, name, value, known)
            return apply(frame, offset, value, known)

        return run_known

    def run(frame: Frame) -> object:
        values = [argument(frame) for argument in arguments]
        for value, kinds in zip(values, wanted, strict=True):
            if kind_of(value) not in kinds:
                raise misfit(offset, name, *values)
        return apply(frame, offset, *values)

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
        if kind_of(items) not in ("list", "map"):
            raise misfit(offset, name, items)
        return items

    if name in ("all", "exists"):
        return _quantifier(items_of, place, cost, bodies[0], offset, name)

    def turns(frame: Frame) -> Any:
        """Go over the items; the loop variable is set and paid for at each."""
        for item in items_of(frame):
            frame[0] -= cost
            if frame[0] < 0:
                spend(frame, 0, offset)
            frame[place] = item
            yield item

    return _LOOPS[name](turns, bodies, offset, name)


Turns = Callable[[Frame], Any]


def _holds(value: object, offset: int, name: str) -> bool:
    if value is True or value is False:
        return value
    raise misfit(offset, name, value)


def _quantifier(items_of: Turns, place: int, cost: int, body: Closure, offset: int, name: str) -> Closure:
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


def _exists_one(turns: Turns, bodies: list[Closure], offset: int, name: str) -> Closure:
    (body,) = bodies
    return lambda frame: sum([_holds(body(frame), offset, name) for _ in turns(frame)]) == 1


def _filter(turns: Turns, bodies: list[Closure], offset: int, name: str) -> Closure:
    (body,) = bodies
    return lambda frame: tuple([item for item in turns(frame) if _holds(body(frame), offset, name)])


def _map_macro(turns: Turns, bodies: list[Closure], offset: int, name: str) -> Closure:
    *conditions, body = bodies
    if not conditions:
        return lambda frame: tuple([body(frame) for _ in turns(frame)])
    (condition,) = conditions
    return lambda frame: tuple([body(frame) for _ in turns(frame) if _holds(condition(frame), offset, name)])


_LOOPS: Mapping[str, Callable[[Turns, list[Closure], int, str], Closure]] = {
    "exists_one": _exists_one,
    "filter": _filter,
    "map": _map_macro,
}

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
