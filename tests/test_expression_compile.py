"""Expressions at work: what each costs, which failure counts, and that a shape with a quick way gives what others do."""

from __future__ import annotations

from typing import Any

import pytest

from checker.expression import ExpressionError, WorkLimitError, compile_expression

NAMES = {"any": Any, "l": list[Any], "n": int, "s": str}
VALUES = {"any": True, "l": [3, 1, 2], "n": 2, "s": "甲"}


def run(text: str, any: object = True, steps: int = 10_000) -> object:
    return compile_expression(text, NAMES).evaluate({**VALUES, "any": any}, steps)


def failure(text: str, any: object = True) -> tuple[str, int]:
    """What is said of an evaluation that fails, and where."""
    with pytest.raises(ExpressionError) as caught:
        run(text, any)
    return caught.value.message_en, caught.value.offset


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("n", 0),
        ("n + 1 == 3 && !(n < 1)", 0),
        # each turn costs one step and one for each node of what is asked in it
        ("l.all(x, x > 0)", 12),
        ("l.all(x, x > 2)", 8),
        ("l.exists(x, x == 3)", 4),
        ("l.exists(x, x < 0)", 12),
        ("l.exists_one(x, x == 3)", 12),
        ("l.filter(x, x != n)", 12),
        ("l.map(x, x)", 6),
        ("l.map(x, x > 1, x)", 15),
        ("l.map(x, [x, n])", 12),
        ("l.map(x, {'a': x})", 12),
        ("l.map(x, -x)", 9),
        ("l.map(x, l.map(y, x))", 30),
        ("{'a': 1}.all(x, x == 'a')", 4),
        ("s in ['乙', '丙', '丁']", 3),
        ("'甲' in ['甲', s]", 2),
    ],
)
def test_what_an_expression_costs(text: str, cost: int) -> None:
    spent = [0]
    compiled = compile_expression(text, NAMES)
    value = compiled.evaluate(VALUES, 1000, spent)
    assert spent == [cost]
    assert compiled.evaluate(VALUES, cost) == value
    if cost:
        with pytest.raises(WorkLimitError):
            compiled.evaluate(VALUES, cost - 1)


@pytest.mark.parametrize(
    ("text", "any", "value"),
    [
        # one that decides does so whatever fails before it
        ("1 / 0 == 1 || any", True, True),
        ("1 / 0 == 1 && any", False, False),
        ("any || 1 / 0 == 1", True, True),
        ("l.exists(x, 1 / (x - 3) > 0 || x == 2)", None, True),
        ("l.all(x, 1 / (x - 3) > 5)", None, False),
        # loops keep what they are asked for
        ("l.filter(x, x > 1)", None, (3, 2)),
        ("l.filter(x, x > 9)", None, ()),
        ("l.map(x, x > 1, x * 2)", None, (6, 4)),
        ("l.exists_one(x, x > 2)", None, True),
        ("l.exists_one(x, x > 1)", None, False),
        ("l.exists_one(x, x > 3)", None, False),
        ("any.map(k, k)", {"甲": 1, "乙": 2}, ("甲", "乙")),
        # a name inside a loop hides that outside until the loop ends
        ("l.map(n, n).size() + n", None, 5),
        ("l.map(x, l.filter(x, x > 2).size() + x)", None, (4, 2, 3)),
        ("l + ['甲']", None, (3, 1, 2, "甲")),
        ("any ? n : s", True, 2),
        ("any ? n : s", False, "甲"),
    ],
)
def test_what_an_expression_gives(text: str, any: object, value: object) -> None:
    assert run(text, any) == value


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("any ? 1 : 2", 4),
        ("l.all(x, any)", 2),
        ("l.exists(x, any)", 2),
        ("l.filter(x, any)", 2),
        ("l.exists_one(x, any)", 2),
        ("l.map(x, any, x)", 2),
        ("n == 2 && any", 10),
        ("n == 1 || any", 10),
        ("any && n == 2", 0),
        ("!any", 0),
        ("any.all(x, x == 1)", 4),
        ("any.map(x, x)", 4),
    ],
)
def test_what_is_neither_true_nor_false_is_refused(text: str, offset: int) -> None:
    message, at = failure(text, 1)
    assert at == offset
    assert "int" in message


def test_of_several_failures_the_first_counts() -> None:
    for text in ("1 / (n - 2) == 1 && l[9] == 1", "1 / (n - 2) == 1 || l[9] == 1", "1 / (n - 2) == 1 && any"):
        assert failure(text, 1) == ("divide by zero", 2)
    assert failure("l[9] == 1 && 1 / (n - 2) == 1")[0] == "index 9 out of range (size 3)"
    assert failure("l.all(x, l[x + 6] == 1)")[0] == "index 9 out of range (size 3)"
    assert failure("l.exists(x, l[x + 6] == 1)")[0] == "index 9 out of range (size 3)"


ORDERS = {
    "<": (True, False, False),
    "<=": (True, True, False),
    ">": (False, False, True),
    ">=": (False, True, True),
}


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "==", "!="])
@pytest.mark.parametrize("any", [1, 2, 3, 1.0, 2.0, 3.0])
def test_a_constant_compares_as_any_other_value(operator: str, any: float) -> None:
    wanted = {**ORDERS, "==": (False, True, False), "!=": (True, False, True)}[operator][int(any) - 1]
    assert run(f"any {operator} 2", any) is run(f"any {operator} n", any) is wanted


@pytest.mark.parametrize(
    ("any", "found"),
    [("甲", True), ("乙", True), ("丙", False), (1, False), (True, False), (None, False)],
)
def test_a_list_of_constants_holds_what_any_other_list_does(any: object, found: bool) -> None:
    assert run("any in ['甲', '乙']", any) is run("any in [s, '乙']", any) is found
    assert run("any == '甲' || any == '乙'", any) is found
    assert run("any != '甲' && any != '乙'", any) is (not found)


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("any", ["甲", True, None])
def test_what_has_no_order_is_refused_beside_a_constant_too(operator: str, any: object) -> None:
    message, offset = failure(f"any {operator} n", any)
    assert offset == 4
    assert failure(f"any {operator} 2", any) == (message, offset)
    assert failure(f"n {operator} any", any)[1] == 2


def test_a_number_is_no_truth() -> None:
    assert [run("any == true", one) for one in (True, 1, False)] == [True, False, False]
    assert [run("any == 1", one) for one in (True, 1, 1.0)] == [False, True, True]
