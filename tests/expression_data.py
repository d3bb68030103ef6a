"""Variables, their types and values, for the tests of the expression language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Part:
    noun: str
    value: float | None
    _hidden: int = 0

    @property
    def known(self) -> bool:
        return self.value is not None

    def method(self) -> int:
        return 1


@dataclass(frozen=True)
class Whole:
    total: Part
    rest: Part | None
    parts: tuple[Part, ...]
    scope: Literal["report", "section"]
    numbers: dict[str, int]
    anything: Any = None
    inner: tuple[Whole, ...] = ()

    @cached_property
    def first(self) -> Part:
        return self.parts[0]


NAMES: Mapping[str, object] = {
    "t": Whole,
    "n": int,
    "f": float,
    "s": str,
    "b": bool,
    "any": Any,
    "l": tuple[int, ...],
    "texts": list[str],
    "m": dict[str, int],
    "o": int | None,
}
WHOLE = Whole(
    Part("问题", 35), None, (Part("完成", 33), Part("推进", 2.0)), "report", {"a": 1}, {"k": [1, "x"]}
)
VALUES: Mapping[str, object] = {
    "t": WHOLE,
    "n": 7,
    "f": 2.5,
    "s": "整改abc",
    "b": True,
    "any": [1, 2.0, "x", None, True],
    "l": (3, 1, 2),
    "texts": ["a", "b"],
    "m": {"a": 1, "b": 2},
    "o": None,
}
