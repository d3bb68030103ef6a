"""The values of the expression language, one operator at a time: what it gives, what it refuses, what it costs."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from functools import cached_property
from types import MappingProxyType
from typing import Any

import pytest

from checker import expression_values as values
from checker.expression_values import INT_MAX, INT_MIN, ExpressionError, WorkLimitError
from checker.records import dataclass

NAN, INF = math.nan, math.inf
EVERY = (True, 1, 1.5, "甲", None, (1,), [1], {"甲": 1})
KINDS = ("bool", "int", "double", "string", "null", "list", "list", "map")


@dataclass(frozen=True, slots=True)
class Node:
    """An object as rules read it."""

    name: str
    empty: None = None
    _hidden: int = 1

    @property
    def size(self) -> int:
        return len(self.name)

    def method(self) -> int:
        return 1


class Late(Node):
    limit = 3

    @cached_property
    def late(self) -> str:
        return self.name * 2


class Text(str):
    pass


def refused(function: Callable[..., object], *given: object) -> tuple[str, str, int]:
    """What the error of a call says, and where."""
    with pytest.raises(ExpressionError) as caught:
        function(*given)
    assert str(caught.value) == f"{caught.value.message_en} (at {caught.value.offset})"
    return caught.value.message_zh, caught.value.message_en, caught.value.offset


def cost(function: Callable[..., object], *given: object) -> int:
    """The steps that a call takes."""
    frame: values.Frame = [1_000]
    function(frame, 0, *given)
    return 1_000 - int(frame[0])


def result(function: Callable[..., Any], *given: object) -> Any:
    """What a call gives that may take any number of steps."""
    return function([10_000], 7, *given)


# --- work and names --------------------------------------------------------------------------------------


def test_steps_are_taken_until_none_is_left() -> None:
    frame: values.Frame = [5, "甲", 9]
    values.spend(frame, 2, 1)
    values.spend(frame, 3, 1)
    assert frame == [0, "甲", 9]
    with pytest.raises(WorkLimitError) as caught:
        values.spend(frame, 1, 9)
    assert (caught.value.message_zh, caught.value.message_en, caught.value.offset) == (
        "表达式运算量超过上限",
        "work limit: the expression takes too many steps",
        9,
    )


def test_every_value_has_a_kind() -> None:
    assert tuple(map(values.kind_of, EVERY)) == KINDS
    assert [values.kind_of(one) for one in (Node("甲"), Text("甲"), MappingProxyType({}), range(3), {1})] == [
        *("object", "string", "map", "list", "object")
    ]


def test_values_are_called_by_their_kind_or_class() -> None:
    assert [values.value_name(one) for one in (*EVERY[:5], EVERY[6], {}, Node("甲"))] == [
        ("布尔值", "bool"),
        ("整数", "int"),
        ("小数", "double"),
        ("字符串", "string"),
        ("空值", "null"),
        ("列表", "list"),
        ("映射", "map"),
        ("Node", "Node"),
    ]
    assert values.kind_name("object") == ("对象", "object")


# --- fields and elements ---------------------------------------------------------------------------------


def test_public_fields_and_properties_are_read_and_nothing_else() -> None:
    assert values.readable(Node) == {"name", "empty", "size"}
    assert values.readable(Late) == {"name", "empty", "size", "late"}
    node = Late("甲乙")
    assert [values.get_field(node, name, 0) for name in ("name", "size", "late")] == ["甲乙", 2, "甲乙甲乙"]
    for name in ("_hidden", "method", "limit", "__class__", "none"):
        assert refused(values.get_field, node, name, 4) == (
            f"Late没有字段“{name}”",
            f"Late has no field '{name}'",
            4,
        )
    assert refused(values.get_field, "甲", "name", 4)[1] == "string has no field 'name'"
    assert refused(values.get_field, 3, "real", 4)[1] == "int has no field 'real'"


def test_fields_of_other_dataclasses_are_read() -> None:
    @dataclasses.dataclass
    class Foreign:
        name: str
        _hidden: int = 1

    assert values.readable(Foreign) == {"name"}
    assert values.get_field(Foreign("甲"), "name", 0) == "甲"


def test_fields_of_a_map_are_its_keys() -> None:
    assert values.get_field({"甲": None}, "甲", 0) is None
    assert refused(values.get_field, {"甲": 1}, "乙", 5) == ("映射中没有键“乙”", "no such key: “乙”", 5)
    assert [values.has_field({"甲": None}, name, 0) for name in ("甲", "乙")] == [True, False]
    assert [values.has_field(Node("甲"), name, 0) for name in ("name", "empty")] == [True, False]
    assert refused(values.has_field, Node("甲"), "none", 3)[2] == 3


def test_what_a_class_defines_is_found_in_its_ancestors() -> None:
    assert values.static(Late, "limit") == 3
    assert isinstance(values.static(Late, "size"), property)
    assert values.static(Late, "no_such") is None


@pytest.mark.parametrize(("index", "item"), [(0, "甲"), (1, "乙"), (1.0, "乙"), (0.0, "甲")])
def test_an_item_of_a_list(index: float, item: str) -> None:
    assert result(values.get_index, ["甲", "乙"], index) == item
    assert result(values.get_index, ("甲", "乙"), index) == item


@pytest.mark.parametrize(
    ("container", "index", "zh", "en"),
    [
        (["甲"], 1, "下标1超出范围（共1项）", "index 1 out of range (size 1)"),
        (["甲"], -1, "下标-1超出范围（共1项）", "index -1 out of range (size 1)"),
        (["甲"], 1.0, "下标1超出范围（共1项）", "index 1 out of range (size 1)"),
        (["甲"], 0.5, "“[]”不能用于列表和小数", "'[]' does not apply to list and double"),
        (["甲"], False, "“[]”不能用于列表和布尔值", "'[]' does not apply to list and bool"),
        (["甲"], "0", "“[]”不能用于列表和字符串", "'[]' does not apply to list and string"),
        ("甲", 0, "“[]”不能用于字符串和整数", "'[]' does not apply to string and int"),
        ({"甲": 1}, "乙", "映射中没有键“乙”", "no such key: “乙”"),
        ({1: 1}, True, "映射中没有键bool", "no such key: bool"),
        ({1: 1}, 2.0, "映射中没有键2", "no such key: 2"),
        ({1: 1}, 2, "映射中没有键2", "no such key: 2"),
        ({1: 1}, INT_MAX + 1, "映射中没有键int", "no such key: int"),
        ({1: 1}, INT_MIN, f"映射中没有键{INT_MIN}", f"no such key: {INT_MIN}"),
        ({1: 1}, INT_MAX, f"映射中没有键{INT_MAX}", f"no such key: {INT_MAX}"),
        ({1: 1}, None, "映射中没有键null", "no such key: null"),
    ],
)
def test_what_is_not_in_a_list_or_map(container: Any, index: object, zh: str, en: str) -> None:
    assert refused(result, values.get_index, container, index) == (zh, en, 7)


def test_keys_of_a_map_are_the_same_where_they_are_equal() -> None:
    mapping = {1: "甲", 2.0: "乙", "丙": "丁"}
    assert [result(values.get_index, mapping, key) for key in (1, 1.0, 2, 2.0, "丙")] == list("甲甲乙乙丁")
    assert [values.find_key(mapping, key) for key in (1, 1.0, "丙", 3, True, None, (1,))] == [
        *(True, True, True, False, False, False, False)
    ]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        *((1.0, "1"), (1.5, "1.5"), (-0.0, "-0"), (0.1, "0.1"), (1e15, "1000000000000000")),
        *((1e16, "10000000000000000"), (-1e16, "-10000000000000000"), (9.9e20, "990000000000000000000")),
        *((1e21, "1e+21"), (1e22, "1e+22"), (0.0001, "0.0001"), (0.00001, "1e-05")),
        *((NAN, "nan"), (INF, "inf"), (-INF, "-inf")),
    ],
)
def test_doubles_as_text(number: float, text: str) -> None:
    assert values.number_text(number) == text


# --- equality and order ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        *((1, 1, True), (1, 2, False), (1, 1.0, True), (1, 1.5, False), (1.0, 1, True), (NAN, NAN, False)),
        *((1, NAN, False), (True, 1, False), (0, False, False), ("甲", "甲", True), ("1", 1, False)),
        *((None, None, True), (None, 0, False), (Text("甲"), "甲", True), (Text("甲"), "乙", False)),
        *(([1, 2], (1.0, 2), True), ([1], [1, 2], False), ([1, 2], [1, 3], False), ([], {}, False)),
        *(({"甲": 1}, {"甲": 1.0}, True), ({"甲": 1}, {"乙": 1}, False), ({"甲": 1}, {"甲": 2}, False)),
        *(({"甲": 1}, {}, False), (Node("甲"), Node("甲"), True), (Node("甲"), Node("乙"), False)),
        *((2**53 + 1, float(2**53), True), (INT_MAX, float(2**63), True), ([[1], "甲"], [[1], "甲"], True)),
    ],
)
def test_what_is_equal(left: object, right: object, same: bool) -> None:
    assert result(values.equal, left, right) is same
    assert result(values.equal, right, left) is same


def test_an_object_is_equal_to_itself() -> None:
    class Odd:
        def __eq__(self, other: object) -> bool:
            return False

        __hash__ = None  # type: ignore[assignment]

    odd = Odd()
    assert (result(values.equal, odd, odd), result(values.equal, odd, Odd())) == (True, False)


def test_comparing_items_is_paid_for() -> None:
    assert (
        cost(values.equal, 1, 2) == cost(values.equal, [1], [1, 2]) == cost(values.equal, {}, {"甲": 1}) == 0
    )
    assert cost(values.equal, [1, 2, 3], [1, 2, 3]) == 12
    assert cost(values.equal, [1, 2, 3], [1, 3, 3]) == 8
    assert cost(values.equal, {"甲": 1, "乙": 2}, {"甲": 1, "乙": 2}) == 8
    assert cost(values.equal, {"甲": 1, "乙": 2}, {"丙": 1, "乙": 2}) == 4
    assert cost(values.contained, "甲", ["乙"] * 5) == 5
    assert cost(values.contained, 1, [2] * 5) == 20
    assert cost(values.contained, "甲", {"甲": 1}) == 0


ORDERED = [
    *((1, 2, -1), (2, 2, 0), (3, 2, 1), (1, 1.5, -1), (2.0, 2, 0), (2.5, 2, 1), (1.0, 2.0, -1)),
    *(
        ("甲", "乙", 1),
        ("乙", "甲", -1),
        ("甲", "甲", 0),
        (False, True, -1),
        (True, True, 0),
        (True, False, 1),
    ),
    *((-INF, INT_MIN, -1), (10**400, INF, 0), (-(10**400), -INF, 0), (10**400, 1.0, 1)),
]


@pytest.mark.parametrize(("left", "right", "order"), ORDERED)
def test_what_comes_first(left: Any, right: Any, order: int) -> None:
    assert values.compare(0, "<", left, right) == order
    asked = (values.less, values.less_equal, values.greater_equal, values.greater)
    told = [result(ask, left, right) for ask in asked]
    assert told == {-1: [True, True, False, False], 0: [False, True, True, False]}.get(
        order, [False, False, True, True]
    )


def test_nothing_comes_before_or_after_what_is_no_number() -> None:
    for left, right in ((NAN, 1), (1.0, NAN), (NAN, NAN)):
        assert values.compare(0, "<", left, right) is None
        for ask in (values.less, values.less_equal, values.greater_equal, values.greater):
            assert result(ask, left, right) is False


@pytest.mark.parametrize(
    ("ask", "operator"),
    [
        (values.less, "<"),
        (values.less_equal, "<="),
        (values.greater, ">"),
        (values.greater_equal, ">="),
    ],
)
def test_what_has_no_order(ask: Callable[..., bool], operator: str) -> None:
    assert refused(result, ask, "甲", 1) == (
        f"“{operator}”不能用于字符串和整数",
        f"'{operator}' does not apply to string and int",
        7,
    )
    for left, right in ((None, None), ([1], [2]), ({}, {}), (1, True), (True, 1.0), (Node("甲"), Node("乙"))):
        assert refused(result, ask, left, right)[2] == 7


@pytest.mark.parametrize(
    ("item", "container", "found"),
    [
        *(
            (1, [2, 1], True),
            (1.0, [2, 1], True),
            (True, [1], False),
            ("甲", ("乙", "甲"), True),
            (3, [], False),
        ),
        *(("丙", ["甲"], False), ([1], [[1.0]], True), ("甲", {"甲": 1}, True), (1.0, {1: 1}, True)),
        *((True, {1: 1}, False), (2, {1: 1}, False), (Text("甲"), ["甲"], True)),
    ],
)
def test_what_is_in_a_list_or_map(item: object, container: Any, found: bool) -> None:
    assert result(values.contained, item, container) is found


@pytest.mark.parametrize(
    ("item", "container", "en"),
    [
        ("甲", "甲乙", "'in' does not apply to string and string"),
        (None, {}, "'in' does not apply to null and map"),
        ([1], {}, "'in' does not apply to list and map"),
        (1, 1, "'in' does not apply to int and int"),
    ],
)
def test_what_nothing_is_in(item: object, container: object, en: str) -> None:
    assert refused(result, values.contained, item, container)[1:] == (en, 7)


# --- arithmetic ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "left", "right", "expected"),
    [
        (values.add, 2, 3, 5),
        (values.add, 0.5, 0.25, 0.75),
        (values.add, "甲", "乙", "甲乙"),
        (values.add, [1], (2, 3), (1, 2, 3)),
        (values.add, INT_MAX, 0, INT_MAX),
        (values.add, INT_MIN, 0, INT_MIN),
        (values.subtract, 2, 3, -1),
        (values.subtract, 0.5, 0.25, 0.25),
        (values.multiply, 2, 3, 6),
        (values.multiply, 0.5, 0.5, 0.25),
        *((values.divide, *case) for case in ((7, 2, 3), (-7, 2, -3), (7, -2, -3), (-7, -2, 3), (0, 5, 0))),
        *((values.divide, *case) for case in ((-1, 1, -1), (1, -1, -1), (-1, -1, 1), (0, -1, 0), (1, 1, 1))),
        *((values.divide, *case) for case in ((1.0, 4.0, 0.25), (1.0, 0.0, INF), (-1.0, 0.0, -INF))),
        *((values.divide, *case) for case in ((1.0, -0.0, -INF), (-2.0, -0.0, INF), (INF, 0.0, INF))),
        *((values.modulo, *case) for case in ((7, 3, 1), (-7, 3, -1), (7, -3, 1), (-7, -3, -1), (0, 3, 0))),
        *((values.modulo, *case) for case in ((-1, 3, -1), (1, -3, 1))),
        *((values.modulo, *case) for case in ((INT_MIN, 1, 0), (INT_MAX, -1, 0), (INT_MIN + 1, -1, 0))),
    ],
)
def test_arithmetic(function: Callable[..., object], left: object, right: object, expected: object) -> None:
    found = result(function, left, right)
    assert (found, type(found)) == (expected, type(expected))


def test_no_number_comes_of_nothing_by_nothing() -> None:
    assert all(math.isnan(result(values.divide, one, 0.0)) for one in (0.0, -0.0, NAN))


@pytest.mark.parametrize(
    ("function", "left", "right"),
    [
        *((values.add, INT_MAX, 1), (values.add, INT_MIN, -1), (values.subtract, INT_MIN, 1)),
        *((values.subtract, INT_MAX, -1), (values.multiply, INT_MAX, 2), (values.divide, INT_MIN, -1)),
        (values.modulo, INT_MIN, -1),
    ],
)
def test_integers_have_64_bits(function: Callable[..., object], left: int, right: int) -> None:
    assert refused(result, function, left, right) == ("整数超出64位范围", "integer overflow", 7)


def test_no_integer_is_divided_by_zero() -> None:
    assert refused(result, values.divide, 1, 0) == ("除数为零", "divide by zero", 7)
    assert refused(result, values.modulo, 1, 0) == ("除数为零", "modulus by zero", 7)


@pytest.mark.parametrize(
    ("function", "operator", "fine"),
    [
        (values.add, "+", ("int", "double", "string", "list")),
        (values.subtract, "-", ("int", "double")),
        (values.multiply, "*", ("int", "double")),
        (values.divide, "/", ("int", "double")),
        (values.modulo, "%", ("int",)),
    ],
)
def test_no_two_kinds_are_mixed(
    function: Callable[..., object], operator: str, fine: tuple[str, ...]
) -> None:
    for left, kind in zip(EVERY, KINDS, strict=True):
        for right, other in zip(EVERY, KINDS, strict=True):
            if kind == other and kind in fine:
                result(function, left, right)
            else:
                en = f"'{operator}' does not apply to {kind} and {other}"
                assert refused(result, function, left, right)[1:] == (en, 7)


def test_what_grows_is_paid_for() -> None:
    assert cost(values.add, "甲" * 32, "乙" * 16) == 3
    assert cost(values.add, "甲" * 8, "乙" * 7) == 0
    assert cost(values.add, [1] * 3, [2] * 4) == 7
    assert cost(values.add, 1, 2) == 0


@pytest.mark.parametrize(
    ("value", "negative"), [(1, -1), (-1, 1), (1.5, -1.5), (INT_MAX, -INT_MAX), (INT_MIN + 1, INT_MAX)]
)
def test_the_negative(value: float, negative: float) -> None:
    assert result(values.negate, value) == negative


def test_what_has_no_negative_and_no_opposite() -> None:
    assert refused(result, values.negate, INT_MIN)[1:] == ("integer overflow", 7)
    assert refused(result, values.negate, True) == ("“-”不能用于布尔值", "'-' does not apply to bool", 7)
    assert refused(result, values.negate, "甲")[1:] == ("'-' does not apply to string", 7)
    assert [result(values.invert, one) for one in (True, False)] == [False, True]
    assert refused(result, values.invert, 1) == ("“!”不能用于整数", "'!' does not apply to int", 7)
