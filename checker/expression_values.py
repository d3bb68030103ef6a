"""The values of the expression language at run time, and what its operators do to them.

Values are plain Python: int, float, str, bool, None, tuple or list, dict, and objects (dataclasses).
Every operator takes the frame of the evaluation first: a list whose first item is the number of steps
that are left, so that work in proportion to the data is paid for (:func:`spend`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from checker.records import field_names

Frame = list[Any]
"""Steps left, then the variables, then the loop variables of the macros."""

Name = tuple[str, str]
"""What something is called, in Chinese and in English."""

INT_MIN, INT_MAX = -(2**63), 2**63 - 1
KINDS = ("int", "double", "string", "bool", "null", "list", "map", "object")
KEYS = frozenset(("int", "double", "string", "bool"))
_CHINESE = dict(zip(KINDS, ("整数", "小数", "字符串", "布尔值", "空值", "列表", "映射", "对象"), strict=True))
_COMPARISON = 4  # steps that comparing two items costs
_READABLE: dict[type, frozenset[str]] = {}
PLAIN = frozenset((int, float, str, bool, type(None)))
_KIND_OF = {
    bool: "bool",
    int: "int",
    float: "double",
    str: "string",
    type(None): "null",
    tuple: "list",
    list: "list",
    dict: "map",
}
_KNOWN: dict[type, str] = dict(_KIND_OF)
_PROPERTIES = (property, cached_property)


class ExpressionError(Exception):
    """An expression that cannot be read, does not fit its variables, or fails on its data.

    ``message_zh`` and ``message_en`` say the same; ``offset`` is a code point of the expression's (or the
    template's) text.
    """

    def __init__(self, message_zh: str, message_en: str, offset: int) -> None:
        super().__init__(message_zh, message_en, offset)
        self.message_zh = message_zh
        self.message_en = message_en
        self.offset = offset

    def __str__(self) -> str:
        return f"{self.message_en} (at {self.offset})"


class WorkLimitError(ExpressionError):
    """The evaluation took too many steps; ``&&`` and ``||`` do not absorb this."""


def spend(frame: Frame, steps: int, offset: int) -> None:
    """Take ``steps`` from what is left; raises WorkLimitError when nothing is left."""
    frame[0] -= steps
    if frame[0] < 0:
        raise WorkLimitError(
            "表达式运算量超过上限", "work limit: the expression takes too many steps", offset
        )


def kind_of(value: object) -> str:
    """One of :data:`KINDS`."""
    kind = _KNOWN.get(value.__class__)
    if kind is None:
        kind = _KNOWN[value.__class__] = _find_kind(value)
    return kind


def _find_kind(value: object) -> str:
    if field_names(value.__class__):
        return "object"
    for base, name in _KIND_OF.items():
        if isinstance(value, base):
            return name
    if isinstance(value, Mapping):
        return "map"
    return "list" if isinstance(value, Sequence) else "object"


def kind_name(kind: str) -> Name:
    """What a kind is called."""
    return _CHINESE[kind], kind


def value_name(value: object) -> Name:
    """What a value is called: its kind, or the class of an object."""
    kind = kind_of(value)
    return (type(value).__name__,) * 2 if kind == "object" else kind_name(kind)


def misfit(offset: int, operator: str, *values: object) -> ExpressionError:
    """The error of an operator or function that is not defined for such values."""
    return misfit_names(offset, operator, *(value_name(value) for value in values))


def misfit_names(offset: int, operator: str, *operands: Name) -> ExpressionError:
    """As :func:`misfit`, from the names of what the operands are."""
    zh = "和".join(name for name, _ in operands)
    en = " and ".join(name for _, name in operands)
    return ExpressionError(f"“{operator}”不能用于{zh}", f"'{operator}' does not apply to {en}", offset)


def overflow(offset: int) -> ExpressionError:
    """The error of an integer that does not fit into 64 bits."""
    return ExpressionError("整数超出64位范围", "integer overflow", offset)


# --- fields and elements ---------------------------------------------------------------------------------


def readable(cls: type) -> frozenset[str]:
    """The names that expressions may read on an object: public dataclass fields and properties."""
    known = _READABLE.get(cls)
    if known is None:
        names = set(field_names(cls) or getattr(cls, "__dataclass_fields__", ()))
        defined = {name: value for base in reversed(cls.__mro__) for name, value in base.__dict__.items()}
        names.update(name for name, value in defined.items() if isinstance(value, _PROPERTIES))
        known = _READABLE[cls] = frozenset(name for name in names if not name.startswith("_"))
    return known


def static(cls: type, name: str) -> object:
    """What a class defines under a name, not what reading it gives; None if it defines nothing."""
    return next((base.__dict__[name] for base in cls.__mro__ if name in base.__dict__), None)


def get_field(value: Any, name: str, offset: int) -> object:
    """``value.name`` of a map or an object."""
    kind = kind_of(value)
    if kind == "map":
        if name in value:
            return value[name]
        raise ExpressionError(f"映射中没有键{show_key(name)}", f"no such key: {show_key(name)}", offset)
    if kind == "object" and name in readable(type(value)):
        return getattr(value, name)
    raise no_field(value, name, offset)


def has_field(value: object, name: str, offset: int) -> bool:
    """Whether a map has the key, or an object the field with a value that is not null."""
    if isinstance(value, Mapping):
        return name in value
    return get_field(value, name, offset) is not None


def no_field(value: object, name: str, offset: int) -> ExpressionError:
    """The error of reading a field that is not there."""
    zh, en = value_name(value)
    return ExpressionError(f"{zh}没有字段“{name}”", f"{en} has no field '{name}'", offset)


def get_index(frame: Frame, offset: int, value: object, index: object) -> object:
    """``value[index]`` of a list or a map; a double index counts if it is integral."""
    kind = kind_of(value)
    if kind == "map":
        if find_key(value, index):
            return value[index]  # type: ignore[index]
        shown = show_key(index)
        raise ExpressionError(f"映射中没有键{shown}", f"no such key: {shown}", offset)
    if kind != "list":
        raise misfit(offset, "[]", value, index)
    if isinstance(index, float) and index.is_integer():
        index = int(index)
    if not isinstance(index, int) or isinstance(index, bool):
        raise misfit(offset, "[]", value, index)
    if not 0 <= index < len(value):  # type: ignore[arg-type]
        size = len(value)  # type: ignore[arg-type]
        raise ExpressionError(
            f"下标{index}超出范围（共{size}项）", f"index {index} out of range (size {size})", offset
        )
    return value[index]  # type: ignore[index]


def find_key(mapping: Any, key: object) -> bool:
    """Whether a map has ``key``; ints and integral doubles are the same key, bools are none."""
    return isinstance(key, int | float | str) and not isinstance(key, bool) and key in mapping


def show_key(key: object) -> str:
    """A key of a map for a message: strings in quotes, numbers, the kind of anything else."""
    if isinstance(key, str):
        return f"“{key}”"
    if isinstance(key, float):
        return number_text(key)
    return str(key) if type(key) is int and INT_MIN <= key <= INT_MAX else kind_of(key)


def number_text(value: float) -> str:
    """A double as text: as few digits as tell it apart, no ``.0``, an exponent from 1e21 or below 1e-4."""
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    text = repr(value)
    if 1e16 <= abs(value) < 1e21:
        text = format(value, ".0f")
    return text.removesuffix(".0")


# --- equality and order ----------------------------------------------------------------------------------


def equal(frame: Frame, offset: int, left: object, right: object) -> bool:
    """CEL's ``==``: numbers across types, lists and maps by content, anything else of two kinds unequal."""
    cls = left.__class__
    if cls is right.__class__ and cls in PLAIN:
        return left == right
    kind = kind_of(left)
    other = kind_of(right)
    if kind in ("int", "double") and other in ("int", "double"):
        return order(left, right) == 0
    if kind != other:
        return False
    if kind == "list":
        return _equal_lists(frame, offset, left, right)
    if kind == "map":
        return _equal_maps(frame, offset, left, right)
    return left is right or bool(left == right)


def _equal_lists(frame: Frame, offset: int, left: Any, right: Any) -> bool:
    if len(left) != len(right):
        return False
    for item, other in zip(left, right, strict=True):
        spend(frame, _COMPARISON, offset)
        if not equal(frame, offset, item, other):
            return False
    return True


def _equal_maps(frame: Frame, offset: int, left: Any, right: Any) -> bool:
    if len(left) != len(right):
        return False
    for key in left:
        spend(frame, _COMPARISON, offset)
        if key not in right or not equal(frame, offset, left[key], right[key]):
            return False
    return True


def order(left: Any, right: Any) -> int | None:
    """-1, 0 or 1 for two numbers, None if one is NaN. An int beside a double is compared as a double."""
    if isinstance(left, float) != isinstance(right, float):
        left, right = as_double(left), as_double(right)
    return 0 if left == right else (-1 if left < right else (1 if left > right else None))


def as_double(value: float) -> float:
    """The nearest double; beyond all doubles, an infinity."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def compare(offset: int, operator: str, left: Any, right: Any) -> int | None:
    """-1, 0 or 1; None for NaN. Numbers across types, strings by code point, false before true."""
    if left.__class__ is int and right.__class__ is int:
        return 0 if left == right else (-1 if left < right else 1)
    kind, other = kind_of(left), kind_of(right)
    if kind in ("int", "double") and other in ("int", "double"):
        return order(left, right)
    if kind != other or kind not in ("string", "bool"):
        raise misfit(offset, operator, left, right)
    return 0 if left == right else (-1 if left < right else 1)


def less(frame: Frame, offset: int, left: Any, right: Any) -> bool:
    """``<``"""
    return compare(offset, "<", left, right) == -1


def less_equal(frame: Frame, offset: int, left: Any, right: Any) -> bool:
    """``<=``"""
    return compare(offset, "<=", left, right) in (-1, 0)


def greater(frame: Frame, offset: int, left: Any, right: Any) -> bool:
    """``>``"""
    return compare(offset, ">", left, right) == 1


def greater_equal(frame: Frame, offset: int, left: Any, right: Any) -> bool:
    """``>=``"""
    return compare(offset, ">=", left, right) in (1, 0)


def contained(frame: Frame, offset: int, item: object, container: Any) -> bool:
    """``in``: an item of a list, a key of a map."""
    kind = kind_of(container)
    if kind == "map" and kind_of(item) in KEYS:
        return find_key(container, item)
    if kind != "list":
        raise misfit(offset, "in", item, container)
    if type(item) is str:
        spend(frame, len(container), offset)
        return item in container
    spend(frame, _COMPARISON * len(container), offset)
    return any(equal(frame, offset, item, other) for other in container)


# --- arithmetic ------------------------------------------------------------------------------------------


def _fit(value: int, offset: int) -> int:
    if INT_MIN <= value <= INT_MAX:
        return value
    raise overflow(offset)


def _numbers(operator: str, left: object, right: object, offset: int) -> str:
    """``int`` or ``double``, the kind of both; CEL mixes them nowhere in arithmetic."""
    kind = kind_of(left)
    if kind != kind_of(right) or kind not in ("int", "double"):
        raise misfit(offset, operator, left, right)
    return kind


def add(frame: Frame, offset: int, left: Any, right: Any) -> object:
    """``+`` of two ints, doubles, strings or lists."""
    kind = kind_of(left)
    if kind == kind_of(right):
        if kind == "int":
            return _fit(left + right, offset)
        if kind == "double":
            return left + right
        if kind == "string":
            spend(frame, (len(left) + len(right)) >> 4, offset)
            return left + right
        if kind == "list":
            spend(frame, len(left) + len(right), offset)
            return (*left, *right)
    raise misfit(offset, "+", left, right)


def subtract(frame: Frame, offset: int, left: Any, right: Any) -> object:
    """``-`` of two ints or doubles."""
    kind = _numbers("-", left, right, offset)
    return _fit(left - right, offset) if kind == "int" else left - right


def multiply(frame: Frame, offset: int, left: Any, right: Any) -> object:
    """``*`` of two ints or doubles."""
    kind = _numbers("*", left, right, offset)
    return _fit(left * right, offset) if kind == "int" else left * right


def divide(frame: Frame, offset: int, left: Any, right: Any) -> object:
    """``/``: ints truncate toward zero, doubles follow IEEE 754."""
    if _numbers("/", left, right, offset) == "int":
        if right == 0:
            raise ExpressionError("除数为零", "divide by zero", offset)
        quotient = abs(left) // abs(right)
        return _fit(quotient if (left < 0) == (right < 0) else -quotient, offset)
    if right == 0:
        sign = math.copysign(1.0, left) * math.copysign(1.0, right)
        return math.nan if left == 0 or math.isnan(left) else sign * math.inf
    return left / right


def modulo(frame: Frame, offset: int, left: Any, right: Any) -> object:
    """``%`` of two ints; the sign is that of the dividend."""
    if _numbers("%", left, right, offset) != "int":
        raise misfit(offset, "%", left, right)
    if right == 0:
        raise ExpressionError("除数为零", "modulus by zero", offset)
    if left == INT_MIN and right == -1:
        raise overflow(offset)
    rest = abs(left) % abs(right)
    return -rest if left < 0 else rest


def negate(frame: Frame, offset: int, value: Any) -> object:
    """Unary ``-`` of an int or double."""
    kind = kind_of(value)
    if kind == "int":
        return _fit(-value, offset)
    if kind == "double":
        return -value
    raise misfit(offset, "-", value)


def invert(frame: Frame, offset: int, value: object) -> object:
    """``!`` of a bool."""
    if isinstance(value, bool):
        return not value
    raise misfit(offset, "!", value)
