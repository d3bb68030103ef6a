"""The functions and methods of the expression language: what they take, what they give, what they do.

Every implementation takes the frame and the offset for messages first; its arguments have been checked
against the kinds of its parameters. Strings count in code points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from checker.expression_types import NUMBER, Type, item_of, list_of
from checker.expression_values import (
    INT_MAX,
    INT_MIN,
    ExpressionError,
    Frame,
    as_double,
    compare,
    equal,
    kind_of,
    misfit,
    number_text,
    overflow,
    spend,
)
from checker.records import dataclass

if TYPE_CHECKING:
    from checker.expression_pattern_search import Search

_STRING = frozenset(("string",))
_INT = frozenset(("int",))
_LIST = frozenset(("list",))
_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_ASCII_SPACE = " \t\n\v\f\r"
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_INTEGER = r"([+-]?)0*([0-9]+)"
_DOUBLE = r"[+-]?(([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|(?i:inf(inity)?|nan))"
_MAX_DIGITS = 15
_SHORT = 15
"""Texts up to this length cost nothing to search."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function, or a method whose target is the first parameter.

    ``parameters`` are the kinds admitted, the last ``optional`` of them may be left out; ``result`` gives the
    type from those of the arguments. ``quick`` does the same as ``run`` with the arguments alone, where that cannot
    fail and costs nothing; ``ready`` makes of the second argument what does the same as ``run`` with it.
    """

    parameters: tuple[frozenset[str], ...]
    run: Callable[..., object]
    result: Callable[..., Type]
    optional: int = 0
    quick: Callable[..., object] | None = None
    ready: Callable[[Any], Callable[..., object]] | None = None


def _always(kind: Type) -> Callable[..., Type]:
    return lambda *arguments: kind


# --- CEL: sizes, conversions -----------------------------------------------------------------------------


def _size(frame: Frame, offset: int, value: Any) -> int:
    return len(value)


def _int(frame: Frame, offset: int, value: Any) -> int:
    kind = kind_of(value)
    if kind == "double":
        if INT_MIN < value < INT_MAX + 1:
            return int(value)
        raise overflow(offset)
    if kind != "string":
        return int(value)
    match = re.fullmatch(_INTEGER, value.strip(_ASCII_SPACE))
    if match and len(match[2]) < 20:
        number = int(match[1] + match[2])
        if INT_MIN <= number <= INT_MAX:
            return number
    raise ExpressionError("文字不是整数", "the string is not an int", offset)


def _double(frame: Frame, offset: int, value: Any) -> float:
    if kind_of(value) != "string":
        return as_double(value)
    text = value.strip(_ASCII_SPACE)
    if len(text) <= 1_000 and re.fullmatch(_DOUBLE, text):
        return float(text)
    raise ExpressionError("文字不是数", "the string is not a double", offset)


def _string(frame: Frame, offset: int, value: Any) -> str:
    kind = kind_of(value)
    if kind == "bool":
        return "true" if value else "false"
    if kind == "double":
        return number_text(value)
    if kind == "int" and not INT_MIN <= value <= INT_MAX:
        raise overflow(offset)
    return str(value)


# --- CEL: strings ----------------------------------------------------------------------------------------


def _starts_with(frame: Frame, offset: int, text: str, prefix: str) -> bool:
    return text.startswith(prefix)


def _ends_with(frame: Frame, offset: int, text: str, suffix: str) -> bool:
    return text.endswith(suffix)


def _contains(frame: Frame, offset: int, text: str, part: str) -> bool:
    if len(text) > 255:
        spend(frame, len(text) >> 8, offset)
    return part in text


def _matches(frame: Frame, offset: int, text: str, pattern: str) -> bool:
    return pattern_at(pattern, offset).search(text, lambda steps: spend(frame, steps, offset))


def _ready_pattern(pattern: str) -> Callable[[Frame, int, str, str], bool]:
    """:func:`_matches` with a pattern that is known."""
    found: Search | None = None

    def run(frame: Frame, offset: int, text: str, pattern: str) -> bool:
        nonlocal found
        if found is None:
            found = pattern_at(pattern, offset)
        if len(text) <= found.longest and not found.words:
            if len(text) > _SHORT:
                spend(frame, len(text) >> 4, offset)
            return found.quick.search(text) is not None
        return found.search(text, lambda steps: spend(frame, steps, offset))

    return run


def pattern_at(pattern: str, offset: int) -> Search:
    """The compiled pattern; raises ExpressionError at ``offset`` if it is faulty."""
    from checker.expression_pattern_search import search_of
    from checker.expression_pattern_syntax import PatternError

    try:
        return search_of(pattern)
    except PatternError as error:
        raise ExpressionError(error.message_zh, error.message_en, offset) from None


def _split(frame: Frame, offset: int, text: str, separator: str, limit: int = -1) -> tuple[str, ...]:
    spend(frame, len(text) >> 2, offset)
    if limit == 0:
        return ()
    if separator:
        return tuple(text.split(separator, limit - 1 if limit > 0 else -1))
    if 0 < limit < len(text):
        return (*text[: limit - 1], text[limit - 1 :])
    return tuple(text) or ("",)


def _join(frame: Frame, offset: int, items: Any, separator: str = "") -> str:
    spend(frame, len(items) * (1 + (len(separator) >> 4)), offset)
    for item in items:
        if kind_of(item) != "string":
            raise misfit(offset, "join", item)
        spend(frame, len(item) >> 4, offset)
    return separator.join(items)


def _replace(frame: Frame, offset: int, text: str, old: str, new: str, limit: int = -1) -> str:
    count = text.count(old)
    if limit >= 0:
        count = min(count, limit)
    spend(frame, (len(text) + count * len(new)) >> 4, offset)
    return text.replace(old, new, count)


def _trim(frame: Frame, offset: int, text: str) -> str:
    return text.strip(_SPACE)


def _lower_ascii(frame: Frame, offset: int, text: str) -> str:
    spend(frame, len(text) >> 4, offset)
    return text.translate(_LOWER)


def _inside(text: str, index: int, offset: int) -> int:
    if 0 <= index <= len(text):
        return index
    raise ExpressionError(
        f"位置{index}超出文字（长{len(text)}）", f"index {index} out of range (size {len(text)})", offset
    )


def _substring(frame: Frame, offset: int, text: str, start: int, end: int | None = None) -> str:
    if end is not None and _inside(text, end, offset) < start:
        raise ExpressionError("终点在起点之前", "the end is before the start", offset)
    return text[_inside(text, start, offset) : end]


def _char_at(frame: Frame, offset: int, text: str, index: int) -> str:
    return text[_inside(text, index, offset) : index + 1]


def _index_of(frame: Frame, offset: int, text: str, part: str, start: int = 0) -> int:
    spend(frame, len(text) >> 8, offset)
    return text.find(part, _inside(text, start, offset))


# --- ours: lists and numbers -----------------------------------------------------------------------------


def _sum(frame: Frame, offset: int, items: Any) -> float:
    spend(frame, len(items), offset)
    for item in items:
        if kind_of(item) not in NUMBER:
            raise misfit(offset, "sum", item)
    total: float = sum(items)
    if isinstance(total, int) and not INT_MIN <= total <= INT_MAX:
        raise overflow(offset)
    return total


def _least(frame: Frame, offset: int, items: Any) -> object:
    return _extreme(frame, offset, items, "min", -1)


def _greatest(frame: Frame, offset: int, items: Any) -> object:
    return _extreme(frame, offset, items, "max", 1)


def _extreme(frame: Frame, offset: int, items: Any, name: str, sign: int) -> object:
    spend(frame, len(items), offset)
    if not items:
        raise ExpressionError(f"空列表没有{name}", f"{name} of an empty list", offset)
    best = items[0]
    for item in items:
        if compare(offset, name, item, best) == sign:
            best = item
    return best


def _abs(frame: Frame, offset: int, value: Any) -> float:
    if value == INT_MIN and isinstance(value, int):
        raise overflow(offset)
    result: float = abs(value)
    return result


def _round(frame: Frame, offset: int, value: Any, digits: int | None = None) -> float:
    if digits is not None and not 0 <= digits <= _MAX_DIGITS:
        raise ExpressionError(f"小数位数须为0至{_MAX_DIGITS}", f"digits must be 0 to {_MAX_DIGITS}", offset)
    if digits is None:
        if not isinstance(value, float):
            return int(value)
        return _int(frame, offset, _half_up(value, 0))
    return _half_up(value, digits) if isinstance(value, float) else int(value)


def _half_up(value: float, digits: int) -> float:
    """Rounded as people do, half away from zero, by the shortest decimal that stands for the double."""
    if not math.isfinite(value) or abs(value) >= 2**52:
        return value
    from decimal import ROUND_HALF_UP, Context, Decimal

    unit = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(value)).quantize(unit, ROUND_HALF_UP, Context(prec=60)))


def _distinct(frame: Frame, offset: int, items: Any) -> tuple[object, ...]:
    spend(frame, len(items), offset)
    kept: list[object] = []
    plain: set[object] = set()
    others: list[object] = []
    for item in items:
        if type(item) in (str, int, float):
            if item not in plain:
                plain.add(item)
                kept.append(item)
            continue
        spend(frame, 4 * len(others), offset)
        if not any(equal(frame, offset, item, other) for other in others):
            others.append(item)
            kept.append(item)
    return tuple(kept)


def _flatten(frame: Frame, offset: int, items: Any) -> tuple[object, ...]:
    flat: list[object] = []
    for item in items:
        nested = kind_of(item) == "list"
        spend(frame, len(item) if nested else 1, offset)
        flat.extend(item if nested else (item,))
    return tuple(flat)


def _range(frame: Frame, offset: int, count: int) -> tuple[int, ...]:
    spend(frame, max(count, 0), offset)
    return tuple(range(count))


def _slice(frame: Frame, offset: int, items: Any, start: int, end: int) -> tuple[object, ...]:
    if not 0 <= start <= end <= len(items):
        raise ExpressionError("位置超出列表", "the index is outside the list", offset)
    spend(frame, end - start, offset)
    return tuple(items[start:end])


def _sort(frame: Frame, offset: int, items: Any) -> tuple[object, ...]:
    spend(frame, len(items) * 4, offset)
    for item in items:
        compare(offset, "sort", items[0], item)
    return tuple(sorted(items))


# --- the tables ------------------------------------------------------------------------------------------


def _sum_type(items: Type) -> Type:
    item = item_of(items)
    return item if item in (int, float) else int | float


def _round_type(value: Type, digits: Type = None) -> Type:
    return int if digits is None else value


def _flat_type(items: Type) -> Type:
    item = item_of(items)
    return list_of(item_of(item))


def _same(value: Type, *rest: Type) -> Type:
    return value


_BOOL, _TEXT, _COUNT = _always(bool), _always(str), _always(int)
_MATCHES = Function((_STRING, _STRING), _matches, _BOOL, ready=_ready_pattern)
_SIZE = Function((frozenset(("string", "list", "map")),), _size, _COUNT, quick=len)

FUNCTIONS = {
    "size": _SIZE,
    "matches": _MATCHES,
    "int": Function((NUMBER | _STRING | {"bool"},), _int, _COUNT),
    "double": Function((NUMBER | _STRING,), _double, _always(float)),
    "string": Function((NUMBER | _STRING | {"bool"},), _string, _TEXT),
    "sum": Function((_LIST,), _sum, _sum_type),
    "min": Function((_LIST,), _least, item_of),
    "max": Function((_LIST,), _greatest, item_of),
    "abs": Function((NUMBER,), _abs, _same),
    "round": Function((NUMBER, _INT), _round, _round_type, 1),
    "distinct": Function((_LIST,), _distinct, _same),
    "flatten": Function((_LIST,), _flatten, _flat_type),
    "range": Function((_INT,), _range, _always(list_of(int))),
    "sort": Function((_LIST,), _sort, _same),
}
"""What is called as ``name(…)``."""

METHODS = {
    "size": _SIZE,
    "matches": _MATCHES,
    "startsWith": Function((_STRING, _STRING), _starts_with, _BOOL, quick=str.startswith),
    "endsWith": Function((_STRING, _STRING), _ends_with, _BOOL, quick=str.endswith),
    "contains": Function((_STRING, _STRING), _contains, _BOOL),
    "split": Function((_STRING, _STRING, _INT), _split, _always(list_of(str)), 1),
    "join": Function((_LIST, _STRING), _join, _TEXT, 1),
    "slice": Function((_LIST, _INT, _INT), _slice, _same),
    "replace": Function((_STRING, _STRING, _STRING, _INT), _replace, _TEXT, 1),
    "trim": Function((_STRING,), _trim, _TEXT),
    "lowerAscii": Function((_STRING,), _lower_ascii, _TEXT),
    "substring": Function((_STRING, _INT, _INT), _substring, _TEXT, 1),
    "charAt": Function((_STRING, _INT), _char_at, _TEXT),
    "indexOf": Function((_STRING, _STRING, _INT), _index_of, _COUNT, 1),
}
"""What is called as ``value.name(…)``."""
