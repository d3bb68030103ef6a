"""Types as the expression language sees them: Python annotations, and what may be asked of them.

A type is an annotation. Unions list what a value may be; ``Any`` may be anything and is never refused.
``float`` in an annotation also admits ints, as everywhere in Python: it is read as ``int | float``.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, reduce
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from checker.expression_values import KINDS, Name, kind_name, readable, static

Type = Any
"""An annotation: a class, a union, ``tuple[T, ...]``, ``dict[K, V]`` or Any."""

ANYTHING = frozenset(KINDS)
NUMBER = frozenset(("int", "double"))
_SCALARS = {bool: "bool", int: "int", float: "double", str: "string", type(None): "null"}


@cache
def declared(annotation: Type) -> Type:
    """An annotation of a variable or field as a type; what is unknown here becomes Any."""
    if annotation is float:
        return int | float
    if annotation is None:
        return type(None)
    origin: Any = get_origin(annotation)
    arguments = get_args(annotation)
    if origin is Literal:
        return union(type(value) for value in arguments)
    if origin in (Union, types.UnionType):
        return union(declared(part) for part in arguments)
    base = origin or annotation
    if not isinstance(base, type) or base is object:
        return Any
    if issubclass(base, Mapping):
        key, value = arguments or (Any, Any)
        return map_of(declared(key), declared(value))
    if issubclass(base, Sequence) and not issubclass(base, str):
        return list_of(union(declared(part) for part in arguments if part is not ...))
    return annotation


def union(parts: Iterable[Type]) -> Type:
    """The type of what is of one of ``parts``; Any if there are none or one of them is Any."""
    known = list(parts)
    if not known or any(part is Any for part in known):
        return Any
    return reduce(lambda left, right: left | right, known)


def join(left: Type, right: Type) -> Type:
    """The common type of two branches or items: types that differ by more than null or the kind of number
    are Any."""
    if left == right:
        return left
    values = [part for part in (*parts(left), *parts(right)) if part is not type(None)]
    if Any in values or not (len(set(values)) <= 1 or set(values) <= {int, float}):
        return Any
    return union((*parts(left), *parts(right)))


def list_of(item: Type) -> Type:
    """The type of a list."""
    return types.GenericAlias(tuple, (item, ...))


def map_of(key: Type, value: Type) -> Type:
    """The type of a map."""
    return types.GenericAlias(dict, (key, value))


def parts(kind: Type) -> tuple[Type, ...]:
    """The members of a union, or the type itself."""
    return get_args(kind) if _base(kind) in (Union, types.UnionType) else (kind,)


def _base(kind: Type) -> Any:
    """``tuple`` of ``tuple[int, ...]``, ``UnionType`` of a union; a class itself."""
    return get_origin(kind) or kind


@cache
def kinds(kind: Type) -> frozenset[str]:
    """The kinds of value that a type admits."""
    if kind is Any:
        return ANYTHING
    found = set()
    for part in parts(kind):
        base = _base(part)
        names = [name for scalar, name in _SCALARS.items() if issubclass(base, scalar)]
        found.add(names[0] if names else {tuple: "list", dict: "map"}.get(base, "object"))
    return frozenset(found)


@cache
def item_of(kind: Type) -> Type:
    """What a macro's variable is: an item of a list, a key of a map; Any where that is not known."""
    items = [get_args(part)[0] for part in parts(kind) if _base(part) in (tuple, dict)]
    return union(items)


def value_of(kind: Type) -> Type:
    """What an index yields: an item of a list, a value of a map; Any where that is not known."""
    known = [part for part in parts(kind) if _base(part) in (tuple, dict)]
    return union(get_args(part)[0 if _base(part) is tuple else 1] for part in known)


@cache
def field_of(kind: Type, name: str) -> Type | None:
    """The type of ``value.name``, or None if no member of the type has such a field.

    Null is passed over: whether a value is there is known only at run time.
    """
    if kind is Any:
        return Any
    found = []
    for part in parts(kind):
        if _base(part) is dict:
            found.append(get_args(part)[1])
        elif kinds(part) == {"object"} and name in fields_of(part):
            found.append(fields_of(part)[name])
    return union(found) if found else None


@cache
def fields_of(cls: type) -> dict[str, Type]:
    """The readable fields of a class and their types; Any where an annotation cannot be resolved."""
    hints = _hints(cls)
    return {name: declared(hints.get(name, _property_type(cls, name))) for name in readable(cls)}


def _property_type(cls: type, name: str) -> Type:
    found = static(cls, name)
    getter = found.fget if isinstance(found, property) else None
    getter = found.func if isinstance(found, cached_property) else getter
    return _hints(getter).get("return", Any) if getter else Any


def _hints(thing: Any) -> dict[str, Any]:
    try:
        return get_type_hints(thing)
    except (NameError, TypeError):  # names that exist for the type checker alone
        return {}


def type_name(kind: Type) -> Name:
    """What a type is called: its kinds, or the classes of objects; null only if it is nothing else."""
    if kind is Any:
        return "任意值", "any"
    known = [part for part in parts(kind) if part is not type(None)] or [type(None)]
    names = [_part_name(part) for part in known]
    return "或".join(zh for zh, _ in names), " or ".join(en for _, en in names)


def _part_name(part: Type) -> Name:
    (kind,) = kinds(part)
    return (part.__name__,) * 2 if kind == "object" else kind_name(kind)


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that ``name`` is probably a slip of."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, sorted(known), 1, 0.6)), None)
