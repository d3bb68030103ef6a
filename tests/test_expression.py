"""The language of the rules: values, types, limits, and that no text breaks it."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any, Literal, Optional, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.expression import (
    Expression,
    ExpressionError,
    WorkLimitError,
    compile_ast,
    compile_expression,
    parse,
)
from checker.expression_functions import FUNCTIONS, METHODS
from checker.expression_syntax import MACROS
from tests.expression_data import NAMES, VALUES, WHOLE, Part, Whole


class Colour(StrEnum):
    RED = "red"


@dataclass
class Unresolved:
    gone: Nowhere  # type: ignore[name-defined]  # noqa: F821

    @property
    def size(self) -> Nowhere:  # type: ignore[name-defined]  # noqa: F821
        return 1


def value(text: str) -> object:
    return compile_expression(text, NAMES).evaluate(VALUES)


def same(left: object, right: object) -> bool:
    """Equal, and of the same types all the way down."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and left == right


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # literals
        ("0x1F + 1", 32),
        ("-9223372036854775808", -(2**63)),
        ("1.5e1", 15.0),
        (".5", 0.5),
        ("1e999", math.inf),
        ("[1, 'a', null,]", (1, "a", None)),
        ("{'a': 1, 2: [true],}", {"a": 1, 2: (True,)}),
        (
            r"""'it\'s' + "\"\u6574\U00006539\x41\101\n\a\b\f\r\t\v\\\?\`" """,
            "it's\"整改AA\n\a\b\f\r\t\v\\?`",
        ),
        (r"""r'\d' + R"\n" + '''a'b''' + r'''\''' """, "\\d\\na'b\\"),
        ("1 // a comment\n + 1", 2),
        # fields, indexes, has
        ("t.total.value", 35),
        ("t.total.known && t.first.known", True),
        ("t.numbers.a + t.numbers['a']", 2),
        ("t.anything.k[1]", "x"),
        ("any[0]", 1),
        ("any[0.0]", 1),
        ("{1: 'x'}[1.0]", "x"),
        ("has(t.rest)", False),
        ("has(t.total)", True),
        ("has(m.a) && !has(m.z)", True),
        # arithmetic
        ("-7 / 2", -3),
        ("-7 % 3", -1),
        ("7 % -3", 1),
        ("1.0 / 0.0", math.inf),
        ("-1.0 / 0.0", -math.inf),
        ("-n + - -2", -5),
        ("2 + 3 * 4 - 1", 13),
        ("(2 + 3) * 4", 20),
        ("'a' + 'b'", "ab"),
        ("[1] + [2.0]", (1, 2.0)),
        # comparison
        ("1 == 1.0 && [1] == [1.0] && {'a': 1} == {'a': 1.0}", True),
        ("any[4] == 1 || any[0] == 'a'", False),
        ("[1] != [2] && {'a': 1} != {'b': 1}", True),
        ("t.rest == null", True),
        ("t.parts[0] == t.first", True),
        ("1 < 1.5 && 'a' < '整' && false < true && 2 >= 2.0 && 1 <= 2 && 2 > 1", True),
        ("1.0 in l && !('a' in any) && 'x' in any && null in any", True),
        ("'a' in m && 'a' in texts", True),
        # logic
        ("false && 1 / 0 > 0", False),
        ("1 / 0 > 0 && false", False),
        ("1 / 0 > 0 || true", True),
        ("any[0] && false", False),
        ("b ? 1 : 'a'", 1),
        ("!b ? 1 : b ? 2 : 3", 2),
        # macros
        ("l.all(x, x > 0)", True),
        ("l.all(x, 1 / (x - 2) > 5)", False),
        ("l.exists(x, 1 / (x - 2) > 0)", True),
        ("[].all(x, false) && ![].exists(x, true)", True),
        ("l.exists_one(x, x == 2)", True),
        ("l.filter(x, x > 1)", (3, 2)),
        ("l.map(x, x * x)", (9, 1, 4)),
        ("l.map(x, x > 1, string(x))", ("3", "2")),
        ("m.map(k, m[k])", (1, 2)),
        ("l.map(x, l.map(x, x + 1).filter(y, y > x))", ((4,), (4, 2, 3), (4, 3))),
        ("l.exists(l, l == 2)", True),
        # CEL's functions
        ("size(s) + s.size() + size(l) + size(m)", 15),
        ("int('-012') + int(2.9) + int(-2.9) + int(true)", -11),
        ("double('1.5') + double(2) + double('-.5e1')", -1.5),
        ("[string(1), string(2.0), string(true), string('a')]", ("1", "2", "true", "a")),
        ("[string(1e20), string(1e21), string(1e-7)]", ("100000000000000000000", "1e+21", "1e-07")),
        ("s.startsWith('整') && s.endsWith('c') && s.contains('改a') && s.matches('改.b')", True),
        ("matches(s, '^a')", False),
        ("'a,b,c'.split(',') + 'a,b,c'.split(',', 2)", ("a", "b", "c", "a", "b,c")),
        ("'ab'.split('') + 'abc'.split('', 2)", ("a", "b", "a", "bc")),
        ("'a'.split('', 0) + 'a'.split(',', 1) + ''.split('')", ("a", "")),
        ("texts.join() + texts.join('-')", "aba-b"),
        ("'aaa'.replace('a', 'b', 2) + 'ab'.replace('', '-')", "bba-a-b-"),
        ("'\\u3000 a\\u00a0'.trim()", "a"),
        ("'abc'.substring(1) + 'abc'.substring(1, 3) + 'abc'.substring(3)", "bcbc"),
        ("'abc'.charAt(1) + 'abc'.charAt(3)", "b"),
        ("['abcb'.indexOf('b'), 'abcb'.indexOf('b', 2), 'a'.indexOf('z')]", (1, 3, -1)),
        ("'AÀ'.lowerAscii()", "aÀ"),
        # our functions
        ("sum(t.parts.map(p, p.value))", 35.0),
        ("sum([])", 0),
        ("sum(l)", 6),
        ("min([3, 1.5]) + max([0.5, 1.0])", 2.5),
        ("max(['a', 'c', 'b'])", "c"),
        ("[abs(-2), abs(-2.5)]", (2, 2.5)),
        ("[round(2.5), round(-2.5), round(3)]", (3, -3, 3)),
        ("[round(2.675, 2), round(1.005, 2), round(86, 1), round(-0.05, 1)]", (2.68, 1.01, 86, -0.1)),
        ("round(1e300, 2) == 1e300", True),
        ("distinct([1, 1.0, 'a', true, 'a', [1], [1.0], true, null, null])", (1, "a", True, (1,), None)),
        ("flatten([[1], 2, [[3]]])", (1, 2, (3,))),
        ("[1, 2, 3, 4].slice(1, 3) + [1].slice(1, 1)", (2, 3)),
        ("range(3) + range(-1)", (0, 1, 2)),
        ("sort([3, 1.5, 2])", (1.5, 2, 3)),
        ("sort(['b', 'a'])", ("a", "b")),
    ],
)
def test_values(text: str, expected: object) -> None:
    assert same(value(text), expected)


@pytest.mark.parametrize(
    ("text", "annotation"),
    [
        ("n + 1", int),
        ("f", int | float),
        ("1.5", float),
        ("t.total.value", int | float | None),
        ("t.parts", tuple[Part, ...]),
        ("t.parts.map(p, p.noun)", tuple[str, ...]),
        ("t.parts.filter(p, p.known)[0]", Part),
        ("t.inner[0].inner[0].scope", str),
        ("t.first.known", bool),
        ("t.anything.x.y", Any),
        ("b ? 1 : 2.5", int | float),
        ("b ? t.first : null", Part | None),
        ("b ? 1 : 'a'", Any),
        ("[]", tuple[Any, ...]),
        ("{'a': 1}", dict[str, int]),
        ("l + [1]", tuple[int, ...]),
        ("sum(l)", int),
        ("sum(any)", int | float),
        ("round(f)", int),
        ("max(texts)", str),
        ("flatten(t.inner.map(i, i.parts))", tuple[Part, ...]),
        ("m.map(k, k)", tuple[str, ...]),
        ("m.a", int),
    ],
)
def test_types(text: str, annotation: object) -> None:
    assert compile_expression(text, NAMES).type == annotation


@pytest.mark.parametrize(
    ("declared", "text", "annotation"),
    [
        (Optional[int], "x", int | None),  # noqa: UP045
        (Literal["a", "b"], "x", str),
        (Literal["a", 1], "x", str | int),
        (Sequence[float], "x[0]", int | float),
        (tuple[int, str], "x[0]", int | str),
        (tuple, "x[0]", Any),
        (Mapping[str, list[str]], "x.a[0]", str),
        (dict, "x.a.b", Any),
        (Colour, "x", Colour),
        (object, "x.y", Any),
        (TypeVar("T"), "x.y", Any),
        (None, "x", type(None)),
        (int | Any, "x.y", Any),
        (Part | Whole, "[x].filter(y, has(y.noun)).size()", int),
        (Unresolved, "x.gone.y", Any),
        (Unresolved, "x.size", Any),
    ],
)
def test_annotations(declared: object, text: str, annotation: object) -> None:
    assert compile_expression(text, {"x": declared}).type == annotation


# --- evaluation ------------------------------------------------------------------------------------------


def test_an_expression_knows_its_variables() -> None:
    compiled = compile_expression("l.map(x, x + n).exists(n, n > size(s) + n)", NAMES)
    assert dict(compiled.variables) == {"l": 0, "n": 13, "s": 35}
    assert (compiled.text, compiled.type) == ("l.map(x, x + n).exists(n, n > size(s) + n)", bool)
    with pytest.raises(ExpressionError) as caught:
        compiled.evaluate({"l": [], "n": 1})
    assert caught.value.args == ("变量“s”没有值", "no value for variable 's'", 35)


def test_an_expression_can_be_evaluated_again_and_on_other_classes() -> None:
    compiled = compile_expression("any.noun", NAMES)
    values = [Part("甲", 1), {"noun": "乙"}, Part("丙", None), {"noun": 1}]
    assert [compiled.evaluate({"any": item}) for item in values] == ["甲", "乙", "丙", 1]
    with pytest.raises(ExpressionError, match="Whole has no field 'noun'"):
        compiled.evaluate({"any": WHOLE})


def test_words_of_an_enumeration_are_strings_and_its_numbers_ints() -> None:
    names = {"colour": Colour, "level": IntEnum}
    values = {"colour": Colour.RED, "level": IntEnum("Level", {"HIGH": 3}).HIGH}  # type: ignore[attr-defined]
    text = "colour == 'red' && colour.startsWith('r') && 'red' in [colour] && level + 1 == 4 && level in [3]"
    assert compile_expression(text, names).evaluate(values) is True


@pytest.mark.parametrize("name", ["_hidden", "__class__", "__dict__", "method", "__slots__"])
def test_private_and_callable_attributes_stay_out_of_reach(name: str) -> None:
    with pytest.raises(ExpressionError, match=f"has no field '{name}'"):
        compile_expression(f"any.{name}", NAMES).evaluate({"any": Part("甲", 1)})


@pytest.mark.parametrize(
    "text",
    ["t.total.value == sum(t.parts.map(p, p.value))", "{'a': [1, -2.5, null, true]}", "has(m.a) ? n : -n"],
)
def test_trees_are_plain_data(text: str) -> None:
    kept = compile_ast(json.loads(json.dumps(parse(text))), text, NAMES)
    assert kept == compile_expression(text, NAMES)
    assert kept.evaluate(VALUES) == value(text)


def test_the_parser_is_made_only_when_needed() -> None:
    code = (
        "import sys, checker.expression as e\n"
        "tree = ('binary', 2, '+', ('literal', 0, 1), ('literal', 4, 1))\n"
        "assert e.compile_ast(tree, '1 + 1', {}).evaluate({}) == 2\n"
        "assert not {'lark', 'decimal', 'checker.expression_patterns'} & set(sys.modules)\n"
        "assert e.compile_expression('1 + 1', {}).evaluate({}) == 2\n"
        "assert 'lark' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_reference_names_every_function_and_macro() -> None:
    reference = (Path(__file__).parent.parent / "docs" / "expressions.md").read_text(encoding="utf-8")
    spoken = [f"{name}(" for name in (*FUNCTIONS, *MACROS, "has")] + [f".{name}(" for name in METHODS]
    assert [name for name in spoken if name not in reference] == []


# --- limits ----------------------------------------------------------------------------------------------

DOUBLING = "".join(f".map(v{i}, [v{i}, v{i}])" for i in range(40))


@pytest.mark.parametrize(
    "text",
    [
        "range(2000).all(x, range(2000).all(y, x + y >= 0))",
        "range(1000000000)",
        "range(600000).map(x, x) == range(600000)",
        f"[1]{DOUBLING} == [2]{DOUBLING} || [1]{DOUBLING} == [1]{DOUBLING}",
        "s" + ".replace('', s)" * 20 + " == ''",
        "range(2000).map(x, s + s + s + s).join().size() == 0",
        "range(60).map(x, flatten(range(300).map(x, l))).size() == 0",
        "size(distinct(range(2000).map(x, [x]))) == 0",
        "range(100).exists(x, s.matches(string(x) + '|(a|b)*a(a|b){200}c'))",
        "range(1000000000) == [] || true",
        "range(1000000000) == [] && false",
        "range(900000).exists(x, x < 0) || true",
        "range(1000).all(x, range(1000).all(y, 1 / (y - y) == 0)) || true",
    ],
)
def test_work_is_limited(text: str) -> None:
    compiled = compile_expression(text, NAMES)
    chaos = "".join("ab"[bin(number).count("1") % 2] for number in range(10_000))
    values = {**VALUES, "s": chaos, "l": [0] * 1_000}
    with pytest.raises(WorkLimitError) as caught:
        compiled.evaluate(values)
    assert caught.value.message_zh == "表达式运算量超过上限"
    assert caught.value.message_en == "work limit: the expression takes too many steps"


def test_the_limit_can_be_set() -> None:
    compiled = compile_expression("range(100).all(x, x >= 0)", NAMES)
    assert compiled.evaluate({}, steps=600) is True
    with pytest.raises(WorkLimitError):
        compiled.evaluate({}, steps=300)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 4_000,
        "[" * 4_000 + "]" * 4_000,
        "1" + "+1" * 4_000,
        "n" + ".a" * 4_000,
        "n" + "[0]" * 3_000,
        "b ? " * 1_500 + "1" + " : 1" * 1_500,
        "l" + ".map(x, x)" * 900,
        "!" * 9_000 + "b",
        "{1:" * 3_000 + "1" + "}" * 3_000,
        "l.all(x, " * 900 + "b" + ")" * 900,
    ],
)
def test_deep_nesting_is_refused_not_followed(text: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(text, NAMES)


def test_what_is_long_but_not_deep_is_no_trouble() -> None:
    assert value(" && ".join(["b"] * 1_500)) is True
    assert value("(" * 4_000 + "n" + ")" * 4_000) == 7
    assert value("[" + "1," * 4_000 + "]") == (1,) * 4_000
    assert value("[" * 97 + "1" + "]" * 97 + " == []") is False
    assert value("l.exists(x, " * 97 + "b" + ")" * 97) is True


# --- whatever the text -----------------------------------------------------------------------------------

WORDS = """
n f s b any l m o t 1 2.5 'a' "b" r'c' true null x ( ) [ ] { } , . : ? ! - + * / % < <= == != && || in .all(x, .map(x,
.total .value .parts [0] sum( size( has( matches( .matches( round( .split( .join( range( 1/0 // \\ “ ＝ ' "
"""
texts = st.text() | st.lists(st.sampled_from([*WORDS.split(), " ", "\n"]), max_size=14).map("".join)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_text_is_an_expression_or_an_error(text: str) -> None:
    try:
        compiled = compile_expression(text, NAMES)
    except ExpressionError as error:
        assert 0 <= error.offset <= len(text)
        return
    assert isinstance(compiled, Expression)
    try:
        compiled.evaluate(VALUES, steps=10_000)
    except ExpressionError as error:
        assert 0 <= error.offset < len(text)


@given(st.text(), st.sampled_from(("'", '"', "'''", '"""')))
def test_any_string_can_be_written(text: str, quote: str) -> None:
    escaped = "".join(f"\\U{ord(char):08x}" for char in text)
    assert value(quote + escaped + quote) == text
