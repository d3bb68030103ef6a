"""The types of an expression: every name, field, function and operand is looked at before anything runs.

What may be anything (``Any``) is never refused, and a value that may be null counts as what it is otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from checker.expression_functions import FUNCTIONS, METHODS, Function, pattern_at
from checker.expression_syntax import MACROS, Node
from checker.expression_types import (
    NUMBER,
    Type,
    closest,
    declared,
    field_of,
    fields_of,
    item_of,
    join,
    kinds,
    list_of,
    map_of,
    parts,
    type_name,
    union,
    value_of,
)
from checker.expression_values import KEYS, ExpressionError, misfit_names

Scope = Mapping[str, Type]

_CONTAINER = frozenset(("list", "map"))
_ORDERED = NUMBER | {"string", "bool"}
_ARITHMETIC = {
    "+": NUMBER | {"string", "list"},
    "-": NUMBER,
    "*": NUMBER,
    "/": NUMBER,
    "%": frozenset(("int",)),
}
_SCALARS: dict[str, Type] = {"int": int, "double": float, "string": str}


def check(tree: Node, names: Mapping[str, object]) -> Type:
    """The type of the expression over variables of the given types. Raises ExpressionError."""
    return _type(tree, {name: declared(annotation) for name, annotation in names.items()})


def _type(node: Node, scope: Scope) -> Type:
    return _RULES[node[0]](node, scope)


def _misfit(offset: int, operator: str, *operands: Type) -> ExpressionError:
    return misfit_names(offset, operator, *(type_name(operand) for operand in operands))


def _demand(node: Node, scope: Scope, wanted: frozenset[str], offset: int, operator: str) -> Type:
    """The type of an operand, some kind of which must be wanted."""
    found = _type(node, scope)
    if not kinds(found) & wanted:
        raise _misfit(offset, operator, found)
    return found


def _hint(name: str, known: Iterable[str]) -> tuple[str, str]:
    near = closest(name, known)
    return (f"，是否指“{near}”？", f"; did you mean '{near}'?") if near else ("", "")


# --- leaves, fields --------------------------------------------------------------------------------------


def _literal(node: Node, scope: Scope) -> Type:
    return type(node[2])


def _list(node: Node, scope: Scope) -> Type:
    return list_of(_common(node[2], scope))


def _common(nodes: Iterable[Node], scope: Scope) -> Type:
    types = [_type(node, scope) for node in nodes]
    if not types:
        return Any
    common = types[0]
    for other in types[1:]:
        common = join(common, other)
    return common


def _map(node: Node, scope: Scope) -> Type:
    for key, _ in node[2]:
        if not kinds(_type(key, scope)) & {"int", "string"}:
            raise ExpressionError("映射的键须为整数或字符串", "keys of a map are ints or strings", key[1])
    return map_of(
        _common((key for key, _ in node[2]), scope), _common((value for _, value in node[2]), scope)
    )


def _name(node: Node, scope: Scope) -> Type:
    name = node[2]
    if name in scope:
        return scope[name]
    zh, en = _hint(name, scope)
    raise ExpressionError(f"未知的变量“{name}”{zh}", f"unknown variable '{name}'{en}", node[1])


def _field(node: Node, scope: Scope) -> Type:
    _, offset, of, name = node
    owner = _type(of, scope)
    found = field_of(owner, name)
    if found is not None:
        return found
    zh, en = _hint(
        name, (known for part in parts(owner) if kinds(part) == {"object"} for known in fields_of(part))
    )
    if kinds(owner) == {"list"}:
        zh, en = "（列表用all()、exists()、map()等）", " (for a list: all(), exists(), map() …)"
    title_zh, title_en = type_name(owner)
    raise ExpressionError(f"{title_zh}没有字段“{name}”{zh}", f"{title_en} has no field '{name}'{en}", offset)


def _has(node: Node, scope: Scope) -> Type:
    _field(node, scope)
    return bool


def _index(node: Node, scope: Scope) -> Type:
    _, offset, of, index = node
    owner, key = _type(of, scope), _type(index, scope)
    wanted = NUMBER if "map" not in kinds(owner) else NUMBER | {"string"}
    if not kinds(owner) & _CONTAINER or not kinds(key) & wanted:
        raise _misfit(offset, "[]", owner, key)
    return value_of(owner)


# --- operators -------------------------------------------------------------------------------------------


def _unary(node: Node, scope: Scope) -> Type:
    _, offset, operator, operand = node
    if operator == "!":
        _demand(operand, scope, frozenset(("bool",)), offset, "!")
        return bool
    return _demand(operand, scope, NUMBER, offset, "-")


def _logic(node: Node, scope: Scope) -> Type:
    for operand in node[2]:
        _demand(operand, scope, frozenset(("bool",)), operand[1], {"and": "&&", "or": "||"}[node[0]])
    return bool


def _if(node: Node, scope: Scope) -> Type:
    _, offset, condition, yes, no = node
    _demand(condition, scope, frozenset(("bool",)), offset, "?:")
    return join(_type(yes, scope), _type(no, scope))


def _binary(node: Node, scope: Scope) -> Type:
    _, offset, operator, left_node, right_node = node
    left, right = _type(left_node, scope), _type(right_node, scope)
    if operator in _ARITHMETIC:
        shared = kinds(left) & kinds(right) & _ARITHMETIC[operator]
        if not shared:
            raise _misfit(offset, operator, left, right)
        return _result(shared, left, right)
    if operator == "in":
        fits: object = ("map" in kinds(right) and kinds(left) & KEYS) or (
            "list" in kinds(right) and _comparable(left, item_of(right))
        )
    elif operator in ("==", "!="):
        fits = _comparable(left, right)
    else:
        fits = _widened(left) & _widened(right) & _ORDERED
    if not fits:
        raise _misfit(offset, operator, left, right)
    return bool


def _result(shared: frozenset[str], left: Type, right: Type) -> Type:
    """The type of an arithmetic result, given the kinds that both operands may be."""
    if left is Any and right is Any:
        return Any
    if shared == {"list"}:
        return list_of(join(item_of(left), item_of(right)))
    return union(_SCALARS.get(kind, Any) for kind in sorted(shared))


def _widened(kind: Type) -> frozenset[str]:
    """The kinds of a type; one kind of number stands for both, which may be compared."""
    found = kinds(kind)
    return found | NUMBER if found & NUMBER else found


def _comparable(left: Type, right: Type) -> bool:
    """Whether two values may ever be equal; null may be asked of anything."""
    return "null" in kinds(left) | kinds(right) or bool(_widened(left) & _widened(right))


# --- functions and macros --------------------------------------------------------------------------------


def _call(node: Node, scope: Scope) -> Type:
    _, offset, name, arguments = node
    function = FUNCTIONS.get(name)
    if function is None:
        zh, en = _hint(name, FUNCTIONS)
        if name in METHODS or name in MACROS:
            zh, en = f"，应写作“值.{name}(…)”", f"; write value.{name}(…)"
        raise ExpressionError(f"未知的函数“{name}”{zh}", f"unknown function '{name}'{en}", offset)
    return _applied(function, name, offset, arguments, scope)


def _method(node: Node, scope: Scope) -> Type:
    _, offset, name, of, arguments = node
    function = METHODS.get(name)
    if function is None:
        zh, en = _hint(name, (*METHODS, *MACROS))
        if name in FUNCTIONS:
            zh, en = f"，应写作“{name}(值)”", f"; write {name}(value)"
        raise ExpressionError(f"未知的方法“{name}”{zh}", f"unknown method '{name}'{en}", offset)
    return _applied(function, name, offset, (of, *arguments), scope, 1)


def _applied(
    function: Function, name: str, offset: int, arguments: tuple[Node, ...], scope: Scope, target: int = 0
) -> Type:
    """The result of a function; ``target`` is 1 if the first argument stands before the dot."""
    most = len(function.parameters)
    least = most - function.optional
    if not least <= len(arguments) <= most:
        least, most = least - target, most - target
        count = str(least) if least == most else f"{least}–{most}"
        word = "argument" if most == 1 else "arguments"
        raise ExpressionError(
            f"{name}()须有{count}个参数，现有{len(arguments) - target}个",
            f"{name}() takes {count} {word}, not {len(arguments) - target}",
            offset,
        )
    types = [_type(argument, scope) for argument in arguments]
    if any(not kinds(found) & wanted for found, wanted in zip(types, function.parameters, strict=False)):
        raise _misfit(offset, name, *types)
    if name == "matches" and arguments[1][0] == "literal":
        pattern_at(arguments[1][2], arguments[1][1]).keep()
    return function.result(*types)


def _macro(node: Node, scope: Scope) -> Type:
    _, offset, name, of, variable, arguments = node
    items = _demand(of, scope, _CONTAINER, offset, name)
    inner = {**scope, variable: item_of(items)}
    *conditions, last = arguments
    if name != "map":
        conditions = arguments
    for condition in conditions:
        _demand(condition, inner, frozenset(("bool",)), condition[1], name)
    if name == "map":
        return list_of(_type(last, inner))
    return list_of(item_of(items)) if name == "filter" else bool


_RULES: dict[str, Callable[[Node, Scope], Type]] = {
    "literal": _literal,
    "list": _list,
    "map": _map,
    "name": _name,
    "field": _field,
    "has": _has,
    "index": _index,
    "unary": _unary,
    "and": _logic,
    "or": _logic,
    "if": _if,
    "binary": _binary,
    "call": _call,
    "method": _method,
    "macro": _macro,
}
