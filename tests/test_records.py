"""Records against the standard dataclasses, which they must not be told from."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import operator
import pickle
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import records

T = TypeVar("T")


def plain(_: Any) -> type:
    class Plain:
        start: int
        end: int = 4
        words: tuple[str, ...] = ()

        @property
        def size(self) -> int:
            return self.end - self.start

    return Plain


def ordered(_: Any) -> type:
    class Ordered:
        line: int
        column: int

    return Ordered


def full(module: Any) -> type:
    class Full:
        name: str
        hidden: int = module.field(default=0, repr=False, compare=False)
        items: list[int] = module.field(default_factory=list)
        told: int = module.field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "told", len(self.name))

    return Full


def one(_: Any) -> type:
    class One:
        value: float

    return One


def box(_: Any) -> type:
    class Box(Generic[T]):
        value: T

    return Box


def empty(_: Any) -> type:
    class Empty:
        pass

    return Empty


def both(cls: Callable[[Any], type], options: dict[str, Any]) -> tuple[Any, Any]:
    """The class as we make it and as the standard module does."""
    return records.dataclass(**options)(cls(records)), dataclasses.dataclass(**options)(cls(dataclasses))


FROZEN = {"frozen": True, "slots": True}
KINDS = [
    (plain, FROZEN),
    (plain, {"slots": True}),
    (plain, {"slots": True, "eq": False}),
    (ordered, {**FROZEN, "order": True}),
    (full, FROZEN),
    (one, FROZEN),
    (box, FROZEN),
    (empty, FROZEN),
]
CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    ((1,), {}),
    ((1, 2), {}),
    ((2, 1), {}),
    (("a", 7, [1]), {}),
    ((1, 2, ("x",)), {}),
    ((1,), {"end": 9}),
    ((), {"start": 3, "words": ("q",)}),
    ((), {"line": 3, "column": 4}),
    (("ab",), {"items": [2]}),
    ((1, 2, 3, 4), {}),
    ((1,), {"nothing": 1}),
]


def outcome(call: Callable[..., Any], *arguments: Any, **keys: Any) -> Any:
    """What a call gives, or the kind of error and what it says."""
    try:
        return call(*arguments, **keys)
    except Exception as error:
        return type(error), str(error)


def objects(cls: Any) -> list[Any]:
    """An object or an error of each call."""
    return [outcome(cls, *arguments, **keys) for arguments, keys in CALLS]


def pairs(ours: Any, theirs: Any) -> list[tuple[Any, Any]]:
    """The objects that both make of the same arguments."""
    both = zip(objects(ours), objects(theirs), strict=True)
    return [(mine, other) for mine, other in both if not isinstance(other, tuple)]


@pytest.mark.parametrize(("cls", "options"), KINDS)
def test_objects_are_made_and_shown_alike(cls: Any, options: dict[str, Any]) -> None:
    ours, theirs = both(cls, options)
    for _ in range(4):  # the first are made without a compiled __init__
        assert list(map(repr, objects(ours))) == list(map(repr, objects(theirs)))
    assert pairs(ours, theirs)
    assert ours.__slots__ == theirs.__slots__
    assert ours.__match_args__ == theirs.__match_args__
    assert str(inspect.signature(ours)) == str(inspect.signature(theirs))


COMPARISONS = (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge)


@pytest.mark.parametrize(("cls", "options"), KINDS)
@pytest.mark.parametrize("compare", COMPARISONS)
def test_objects_are_compared_alike(cls: Any, options: dict[str, Any], compare: Any) -> None:
    made = pairs(*both(cls, options))
    for mine, other in made:
        assert outcome(compare, mine, (1, 2)) == outcome(compare, other, (1, 2))
        for mine_too, other_too in made:
            assert outcome(compare, mine, mine_too) == outcome(compare, other, other_too)
        if options.get("eq", True):
            assert outcome(hash, mine) == outcome(hash, other)
        else:
            assert hash(mine) == hash(mine)


@pytest.mark.parametrize(("cls", "options"), KINDS)
@pytest.mark.parametrize("changes", [{}, {"start": 8}, {"name": "x", "items": [3]}, {"nothing": 1}])
def test_copies_are_made_alike(cls: Any, options: dict[str, Any], changes: dict[str, Any]) -> None:
    ours, theirs = both(cls, options)
    for mine, other in pairs(ours, theirs):
        expected = repr(outcome(dataclasses.replace, other, **changes))
        assert repr(outcome(dataclasses.replace, mine, **changes)) == expected
        assert repr(outcome(records.replace, mine, **changes)) == expected
        assert repr(outcome(records.replace, other, **changes)) == expected


@pytest.mark.parametrize(("cls", "options"), KINDS)
def test_the_standard_module_takes_them(cls: Any, options: dict[str, Any]) -> None:
    ours, theirs = both(cls, options)
    for mine, other in pairs(ours, theirs):
        assert dataclasses.is_dataclass(mine)
        assert dataclasses.asdict(mine) == dataclasses.asdict(other)
        assert [field.name for field in dataclasses.fields(mine)] == list(records.field_names(ours))
        assert list(records.field_names(ours)) == [field.name for field in dataclasses.fields(other)]
    assert records.field_names(theirs) == ()


@pytest.mark.parametrize(("cls", "options"), KINDS)
def test_frozen_is_frozen(cls: Any, options: dict[str, Any]) -> None:
    ours, theirs = both(cls, options)
    for mine, other in pairs(ours, theirs):
        for name in records.field_names(ours):
            assert outcome(setattr, mine, name, 5) == outcome(setattr, other, name, 5)
            assert outcome(delattr, mine, name) == outcome(delattr, other, name)


@records.dataclass(frozen=True, slots=True)
class Kept:
    start: int
    inner: tuple[Kept, ...] = ()


@given(
    st.recursive(
        st.builds(Kept, st.integers()), lambda inner: st.builds(Kept, st.integers(), st.tuples(inner))
    )
)
def test_objects_survive_pickling_and_copying(kept: Kept) -> None:
    assert pickle.loads(pickle.dumps(kept)) == kept
    assert copy.deepcopy(kept) == kept
    assert hash(copy.copy(kept)) == hash(kept)
    match kept:
        case Kept(start, inner):
            assert (start, inner) == (kept.start, kept.inner)


@records.dataclass(slots=True, eq=False)
class Ring:
    other: Ring | None = None


def test_a_ring_can_be_shown() -> None:
    ring = Ring()
    ring.other = ring
    assert repr(ring) == "Ring(other=...)"


def test_without_slots_there_is_none() -> None:
    with pytest.raises(TypeError, match="records have slots"):
        records.dataclass(slots=False)(plain(records))  # type: ignore[call-overload]
