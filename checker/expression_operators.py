"""Closures of operators, whose operands are closures themselves.

Rules are mostly made of few shapes: a value beside a constant, one of a list of constants, two numbers. For these
there are closures that call nothing more; all else goes to the operators of ``expression_values``.
"""

from __future__ import annotations

import operator as python
from collections.abc import Callable, Sequence
from typing import Any

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
    greater,
    greater_equal,
    invert,
    less,
    less_equal,
    misfit,
    modulo,
    multiply,
    negate,
    spend,
    subtract,
)

Closure = Callable[[Frame], Any]
Apply = Callable[[Frame, int, Any, Any], object]

_ORDER: dict[str, tuple[Apply, Callable[[Any, Any], bool]]] = {
    "<": (less, python.lt),
    "<=": (less_equal, python.le),
    ">": (greater, python.gt),
    ">=": (greater_equal, python.ge),
}
_OTHERS: dict[str, Apply] = {
    "in": contained,
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": modulo,
}


def unary(operator: str, offset: int, operand: Closure) -> Closure:
    """``!`` or ``-`` of an operand."""
    if operator == "-":
        return lambda frame: negate(frame, offset, operand(frame))

    def run(frame: Frame) -> object:
        value = operand(frame)
        if value is True:
            return False
        return True if value is False else invert(frame, offset, value)

    return run


def binary(operator: str, offset: int, left: Closure, right: Closure, right_node: Node) -> Closure:
    """An operator of two operands, the second of which ``right_node`` is."""
    if operator in ("==", "!="):
        if right_node[0] == "literal" and right_node[2].__class__ in PLAIN:
            return _equality_to(left, right_node[2], offset, operator == "==")
        return _equality(left, right, offset, operator == "==")
    if operator in _ORDER:
        apply, quick = _ORDER[operator]
        if right_node[0] == "literal" and right_node[2].__class__ is int:
            return _order_to(left, right_node[2], offset, apply, quick)
        return _order(left, right, offset, apply, quick)
    apply = _OTHERS[operator]
    if operator == "in" and right_node[0] == "list" and all(map(_is_word, right_node[2])):
        return _among(left, tuple(item[2] for item in right_node[2]), offset)
    return lambda frame: apply(frame, offset, left(frame), right(frame))


def _is_word(node: Node) -> bool:
    return node[0] == "literal" and node[2].__class__ is str


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


def _order(
    left: Closure, right: Closure, offset: int, apply: Apply, quick: Callable[[Any, Any], bool]
) -> Closure:
    def run(frame: Frame) -> object:
        one, other = left(frame), right(frame)
        if one.__class__ is int and other.__class__ is int:
            return quick(one, other)
        return apply(frame, offset, one, other)

    return run


def _order_to(
    left: Closure, other: int, offset: int, apply: Apply, quick: Callable[[Any, Any], bool]
) -> Closure:
    """:func:`_order` with a value that is known."""

    def run(frame: Frame) -> object:
        one = left(frame)
        return quick(one, other) if one.__class__ is int else apply(frame, offset, one, other)

    return run


def _among(left: Closure, known: tuple[str, ...], offset: int) -> Closure:
    """``in`` a list of strings that are known."""
    cost, words = len(known), frozenset(known)

    def run(frame: Frame) -> object:
        one = left(frame)
        if one.__class__ is not str:
            return contained(frame, offset, one, known)
        frame[0] -= cost
        if frame[0] < 0:
            spend(frame, 0, offset)
        return one in words

    return run


def logic(operands: Sequence[tuple[int, Closure]], operator: str, decisive: bool) -> Closure:
    """``&&`` or ``||``: one decisive operand decides, whatever errors the others make; else the first error counts."""
    neutral = not decisive

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
            if value is not neutral:
                error = error or misfit(offset, operator, value)
        if error is not None:
            raise error
        return neutral

    return run
