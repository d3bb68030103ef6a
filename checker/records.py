"""Dataclasses whose methods are made when they are first needed.

The standard decorator compiles six methods for every class as its module is imported; for the classes of this
program that is more time than a report takes. Here a class shares all methods but ``__init__``, which is compiled
when the first object is made. The rest is the same: arguments, defaults, equality, order, hash, ``repr``, pickling,
``match``; and ``dataclasses.fields``, ``replace`` and ``asdict`` take objects of these classes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from types import CodeType
from typing import TYPE_CHECKING, Any

from checker import caching

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace

__all__ = ["dataclass", "field", "field_names", "replace"]


class _Missing:
    """No default, or in a signature one that is made anew each time."""

    def __repr__(self) -> str:
        return "<factory>"


_NONE: Any = _Missing()
_FIELDS = "__record_fields__"
_FEW = 4


class _Field:
    """What is known of one field of a class."""

    __slots__ = ("compare", "default", "factory", "init", "repr")

    def __init__(self, default: Any, factory: Any, init: bool, repr: bool, compare: bool) -> None:
        self.default = default
        self.factory = factory
        self.init = init
        self.repr = repr
        self.compare = compare


def field_names(cls: type) -> tuple[str, ...]:
    """The fields of a class made here, in order; none for any other class."""
    return tuple(getattr(cls, _FIELDS, ()))


if not TYPE_CHECKING:

    def field(*, default=_NONE, default_factory=_NONE, init=True, repr=True, compare=True):
        """A field with more to it than a default: the standard ``dataclasses.field``."""
        return _Field(default, default_factory, init, repr, compare)

    def dataclass(cls=None, /, *, frozen=False, slots=True, eq=True, order=False):
        """The standard ``dataclasses.dataclass`` with ``slots``, which there must be."""
        if not slots:
            raise TypeError("records have slots")
        if cls is None:
            return lambda cls: _made(cls, frozen, eq, order)
        return _made(cls, frozen, eq, order)

    def replace(record, /, **changes):
        """A copy with other values: the standard ``dataclasses.replace``."""
        cls = type(record)
        if not hasattr(cls, _FIELDS):
            import dataclasses

            return dataclasses.replace(record, **changes)
        values = [
            changes.pop(name) if name in changes else getattr(record, name) for name in cls.__match_args__
        ]
        return cls(*values, **changes)


def _made(cls: type, frozen: bool, eq: bool, order: bool) -> type:
    """The class anew, with slots and methods."""
    fields: dict[str, _Field] = {}
    for base in reversed(cls.__mro__[1:]):
        fields |= base.__dict__.get(_FIELDS, {})
    space = {key: value for key, value in cls.__dict__.items() if key not in ("__dict__", "__weakref__")}
    own = tuple(name for name in cls.__annotations__ if name not in fields)
    for name in own:
        default = space.pop(name, _NONE)
        whole = isinstance(default, _Field)
        fields[name] = default if whole else _Field(default, _NONE, True, True, True)
    compared = _values(tuple(name for name, one in fields.items() if one.compare))
    space |= {
        "__slots__": own,
        _FIELDS: fields,
        "__match_args__": tuple(name for name, one in fields.items() if one.init),
        "__dataclass_fields__": _Standard(),
        "__init__": _Init(frozen),
        "__getstate__": _get_state,
        "__setstate__": _set_state,
    }
    space.setdefault("__repr__", _repr)
    if eq:
        space["__eq__"] = _comparison(compared, "__eq__")
        space["__hash__"] = (lambda self: hash(compared(self))) if frozen else None
    if order:
        space |= {name: _comparison(compared, name) for name in ("__lt__", "__le__", "__gt__", "__ge__")}
    if frozen:
        space |= {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}
    made = type(cls)(cls.__name__, cls.__bases__, space)
    made.__qualname__ = cls.__qualname__
    return made


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """The values of ``names`` of an object."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _comparison(compared: Callable[[Any], tuple[Any, ...]], method: str) -> Callable[[Any, Any], Any]:
    compare = getattr(tuple, method)

    def run(self: Any, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compare(compared(self), compared(other))

    return run


class _Init:
    """Stands for ``__init__`` until that is worth compiling, and puts it in its place then. Until then objects are
    made one field after the other."""

    def __init__(self, frozen: bool) -> None:
        self.frozen = frozen
        self.owner: type | None = None
        self.made = 0

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner = owner

    def __get__(self, record: Any, cls: Any) -> Any:
        assert self.owner is not None
        self.made += 1
        if record is not None and self.made <= _FEW:
            return partial(self.fill, record)
        function = self.function()
        type.__setattr__(self.owner, "__init__", function)
        return function if record is None else function.__get__(record, cls)

    def function(self) -> Any:
        """The real ``__init__``."""
        assert self.owner is not None
        return _init(self.owner, self.frozen)

    def fill(self, record: Any, /, *values: Any, **named: Any) -> None:
        """What ``__init__`` does."""
        wanted = [name for name, one in getattr(self.owner, _FIELDS).items() if one.init]
        given = dict(zip(wanted, values, strict=False)) | named
        if len(given) != len(values) + len(named) or not given.keys() <= set(wanted):
            self.function()(record, *values, **named)  # which says what is wrong
            return
        put = object.__setattr__
        for name, one in getattr(self.owner, _FIELDS).items():
            if name in given:
                put(record, name, given[name])
            elif one.factory is not _NONE:
                put(record, name, one.factory())
            elif one.default is not _NONE:
                put(record, name, one.default)
            elif one.init:
                self.function()(record, *values, **named)
                return
        if hasattr(record, "__post_init__"):
            record.__post_init__()


def _init(cls: type, frozen: bool) -> Any:
    names: dict[str, Any] = {"_set": {}, "_none": _NONE}
    arguments, body = [], []
    for name, one in getattr(cls, _FIELDS).items():
        value = name
        if one.factory is not _NONE:
            names[f"_new_{name}"] = one.factory
            value = f"_new_{name}() if {name} is _none else {name}" if one.init else f"_new_{name}()"
            default = "=_none"
        elif one.default is not _NONE:
            names[f"_default_{name}"] = one.default
            default = f"=_default_{name}"
            value = name if one.init else f"_default_{name}"
        elif one.init:
            default = ""
        else:
            continue
        if one.init:
            arguments.append(name + default)
        names[f"_put_{name}"] = getattr(cls, name).__set__
        body.append(f"_put_{name}(self, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    head = ", ".join(["self", *arguments])
    lines = "\n  ".join(body or ["pass"])
    source = f"def make({', '.join(names)}):\n def __init__({head}):\n  {lines}\n return __init__"
    made: dict[str, Any] = {}
    exec(_compiled(source), sys.modules[cls.__module__].__dict__, made)
    function = made["make"](**names)
    function.__qualname__ = f"{cls.__qualname__}.__init__"
    hints = {key: value for base in reversed(cls.__mro__) for key, value in _hints(base).items()}
    function.__annotations__ = {name: hints[name] for name, one in getattr(cls, _FIELDS).items() if one.init}
    function.__annotations__["return"] = None
    return function


def _compiled(source: str) -> CodeType:
    """The code of ``source``, compiled once for all runs."""
    name = f"record {source}"
    code: CodeType | None = caching.fetch(name)
    if code is None:
        code = compile(source, "<record>", "exec")
        caching.keep(name, code)
    return code


def _hints(cls: type) -> dict[str, Any]:
    return cls.__annotations__ if _FIELDS in cls.__dict__ else {}


class _Standard:
    """``__dataclass_fields__``, made when the standard module asks for it."""

    def __get__(self, record: Any, cls: type) -> Any:
        import dataclasses

        hints = {key: value for base in reversed(cls.__mro__) for key, value in _hints(base).items()}
        specification = []
        for name, one in getattr(cls, _FIELDS).items():
            options: dict[str, Any] = {"init": one.init, "repr": one.repr, "compare": one.compare}
            if one.default is not _NONE:
                options["default"] = one.default
            if one.factory is not _NONE:
                options["default_factory"] = one.factory
            specification.append((name, hints[name], dataclasses.field(**options)))
        plain = dataclasses.make_dataclass(cls.__name__, specification)
        found = plain.__dict__["__dataclass_fields__"]
        type.__setattr__(cls, "__dataclass_fields__", found)
        return found


_SHOWING: set[int] = set()


def _repr(self: Any) -> str:
    if id(self) in _SHOWING:
        return "..."
    _SHOWING.add(id(self))
    try:
        fields = getattr(type(self), _FIELDS).items()
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name, one in fields if one.repr)
        return f"{type(self).__qualname__}({shown})"
    finally:
        _SHOWING.discard(id(self))


def _get_state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in getattr(type(self), _FIELDS)]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(getattr(type(self), _FIELDS), state, strict=True):
        object.__setattr__(self, name, value)


def _refuse_set(self: Any, name: str, value: Any) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")
