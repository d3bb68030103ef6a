"""The expression language beside Google's CEL runtime: the same text and data, the same value or an error in both.

Generated expressions are mostly well typed; one operand in a dozen is of another kind. What differs on purpose (see
docs/expressions.md) is not generated: bool keys, ``string()`` of doubles that want an exponent, map order.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.expression import ExpressionError, compile_expression, parse
from tests.effort import examples

cel = pytest.importorskip("cel_expr_python.cel")
ext_strings = pytest.importorskip("cel_expr_python.ext.ext_strings")

TYPES = {"i": int, "d": Any, "s": str, "b": bool, "x": Any, "l": Any, "m": Any}
ERROR = "error"
REFUSED = "refused"
FREE = ("null", "[]", "{}")
"""Literals whose type CEL's checker leaves open (null may be a message), so that it admits what cannot work."""


@cache
def environment() -> Any:
    kinds = {"i": cel.Type.INT, "s": cel.Type.STRING, "b": cel.Type.BOOL}
    variables = {name: kinds.get(name, cel.Type.DYN) for name in TYPES}
    return cel.NewEnv(variables=variables, extensions=[ext_strings.ExtStrings()])


def googles_check(text: str) -> bool:
    """Whether CEL's type checker admits the expression."""
    try:
        environment().compile(text)
    except RuntimeError:
        return False
    return True


def googles_value(text: str, data: dict[str, object]) -> object:
    """What CEL makes of it without the checker: a value, ``error``, or ``refused`` for bad syntax."""
    try:
        compiled = environment().compile(text, disable_check=True)
    except RuntimeError:
        return REFUSED
    try:
        value = compiled.eval(data=data)
    except RuntimeError:
        return ERROR
    return ERROR if value.type().name() == "ERROR" else plain(value.plain_value())


def our_value(text: str, data: dict[str, object]) -> object:
    try:
        compiled = compile_expression(text, TYPES)
    except ExpressionError:
        return REFUSED
    try:
        return plain(compiled.evaluate(data))
    except ExpressionError:
        return ERROR


def plain(value: Any) -> object:
    """A value in a form in which equality is identity: types told apart, NaN equal to itself."""
    if isinstance(value, tuple | list):
        return ("list", *(plain(item) for item in value))
    if isinstance(value, dict):
        return ("map", {key: plain(item) for key, item in value.items()})
    if isinstance(value, float) and math.isnan(value):
        return ("double", "nan")
    return (type(value).__name__, repr(value))


def agree(text: str, data: dict[str, object]) -> None:
    ours = our_value(text, data)
    if ours == REFUSED:
        free = any(literal in text for literal in FREE)
        assert free or not googles_check(text), f"refused here, not by CEL: {text}"
    else:
        assert ours == googles_value(text, data), text


# --- expressions -----------------------------------------------------------------------------------------

INTS = (
    "0",
    "1",
    "2",
    "3",
    "-1",
    "-7",
    "0x10",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
)
DOUBLES = ("0.0", "1.0", "0.5", "-2.5", "1e3", ".25", "9007199254740992.0", "1e308", "-0.0")
STRINGS = (
    '""',
    "'a'",
    '"abc"',
    "'b'",
    '"整改"',
    "'整'",
    r"'\u6539\n'",
    r"r'\d'",
    "'12'",
    "'-3.5'",
    "'''a'b'''",
    "'A中'",
)
SMALL = ("0", "1", "2", "3", "-1", "5")

KINDS = ("int", "double", "string", "bool", "list", "map", "null", "any")

SHAPES: dict[str, tuple[str, ...]] = {
    # «int»: an operand of that kind; {e}, {f}: loop variables are in scope inside {e.…}
    "int": (
        "(«int» + «int»)",
        "(«int» - «int»)",
        "(«int» * «int»)",
        "(«int» / «int»)",
        "(«int» % «int»)",
        "-(«int»)",
        "-«small»",
        "size(«list»)",
        "size(«string»)",
        "«string».size()",
        "size(«map»)",
        "int(«int»)",
        "int(«double»)",
        "int(«string»)",
        "(«bool» ? «int» : «int»)",
        "«list»[«small»]",
        "«string».indexOf(«string»)",
        "«string».indexOf(«string», «small»)",
        "m.a",
    ),
    "double": (
        "(«double» + «double»)",
        "(«double» - «double»)",
        "(«double» * «double»)",
        "(«double» / «double»)",
        "-(«double»)",
        "double(«int»)",
        "double(«string»)",
        "(«bool» ? «double» : «double»)",
        "m.b",
    ),
    "string": (
        "(«string» + «string»)",
        "string(i)",
        "string(b)",
        "string(s)",
        "string(x)",
        "string(x == i)",
        "string(size(«list»))",
        "string(size(«list») > i ? s : '')",
        "«string».replace(«string», «string»)",
        "«string».replace(«string», «string», «small»)",
        "«string».substring(«small»)",
        "«string».charAt(«small»)",
        "«string».trim()",
        "«string».lowerAscii()",
        "«string».split(«string»).join(«string»)",
        "«list».join()",
        "['a', «string»].join(«string»)",
        "(«bool» ? «string» : «string»)",
        "m['c']",
    ),
    "bool": (
        "(«bool» && «bool»)",
        "(«bool» || «bool»)",
        "(«bool» && «bool» && «bool»)",
        "(«bool» || «bool» || «bool»)",
        "!(«bool»)",
        "(«bool» ? «bool» : «bool»)",
        "(«int» == «int»)",
        "(«any» == «any»)",
        "(«any» != «any»)",
        "(«int» < «int»)",
        "(«int» <= «double»)",
        "(«double» > «int»)",
        "(«double» >= «double»)",
        "(«string» < «string»)",
        "(«bool» < «bool»)",
        "(«any» < «any»)",
        "(«any» in «list»)",
        "(«any» in «map»)",
        "(«string» in m)",
        "has(m.a)",
        "has(«map».z)",
        "has(x.a)",
        "«string».contains(«string»)",
        "«string».startsWith(«string»)",
        "«string».endsWith(«string»)",
        "«list».all(e, «e.bool»)",
        "«list».exists(e, «e.bool»)",
        "«list».exists_one(e, «e.bool»)",
        "«map».exists(e, «e.bool»)",
        "m.all(e, «e.bool»)",
        "x.exists(e, «e.bool»)",
    ),
    "list": (
        "[]",
        "[«any»]",
        "[«int», «int»,]",
        "[«any», «any», «any»]",
        "(«list» + «list»)",
        "«list».map(e, «e.any»)",
        "«list».map(e, «e.bool», «e.any»)",
        "«list».filter(e, «e.bool»)",
        "«string».split(«string»)",
        "«string».split(«string», «small»)",
        "(«bool» ? «list» : «list»)",
        "x.map(e, «e.any»)",
    ),
    "map": ("{}", "{'a': «any»}", "{'k': «any», 'z': «int»}", "{1: «any»}", "m"),
    "null": ("null", "m.n"),
}
LEAVES: dict[str, tuple[str, ...]] = {
    "int": (*INTS, "i", "i", "x"),
    "double": (*DOUBLES, "d", "d"),
    "string": (*STRINGS, "s", "s"),
    "bool": ("true", "false", "b", "b", "!b", "!!b"),
    "list": ("l", "l", "[1, 2, 3]", "x"),
    "map": ("{'a': 1}", "m"),
    "null": ("null",),
    "small": SMALL,
}


@st.composite
def expressions(draw: st.DrawFn, kind: str = "any", depth: int = 4, loop: bool = False) -> str:
    if kind == "any" or (kind != "small" and draw(st.integers(0, 40)) == 0):
        kind = draw(st.sampled_from(KINDS[:-1]))
    leaves = LEAVES[kind] + (("e", "e", "e") if loop and kind in ("int", "double", "string", "bool") else ())
    if depth == 0 or kind == "small" or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(leaves))
    shape = draw(st.sampled_from(SHAPES[kind]))
    made, *holes = shape.split("«")
    for hole in holes:
        inner, after = hole.split("»")
        known = loop or inner.startswith("e.")
        made += draw(expressions(inner.removeprefix("e."), depth - 1, known)) + after
    return made


doubles = st.sampled_from((0.0, 1.0, -1.0, 0.5, 2.25, -7.5, 100.0))
ints = st.integers(-3, 5) | st.sampled_from((2**63 - 1, -(2**63), 2**53 + 1))
strings = st.text("ab整 A1", max_size=4)
scalars = st.none() | st.booleans() | ints | doubles | strings
datas = st.fixed_dictionaries(
    {
        "i": ints,
        "d": doubles,
        "s": strings,
        "b": st.booleans(),
        "x": scalars | st.lists(scalars, max_size=3) | st.dictionaries(strings, scalars, max_size=1),
        "l": st.lists(ints, max_size=3) | st.lists(scalars, max_size=4),
        "m": st.fixed_dictionaries(
            {"a": ints, "n": st.none()}, optional={"b": doubles, "c": strings, "整": scalars}
        ),
    }
)


@examples(200)
@given(expressions(), datas)
def test_same_as_cel(text: str, data: dict[str, object]) -> None:
    agree(text, data)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """An expression with a token left out, put in or said twice."""
    text = draw(expressions())
    tokens = re.findall(r"\'\'\'.*?\'\'\'|r?'[^']*'|\"[^\"]*\"|[\w.]+|\s+|[=!<>]=|&&|\|\||.", text, re.DOTALL)
    place = draw(st.integers(0, len(tokens) - 1))
    extra = draw(
        st.sampled_from(
            ("", tokens[place] * 2, " x ", ",", ")", "(", "-", "!", "?", ":", ".a", "[0]", " in ")
        )
    )
    return "".join((*tokens[:place], extra, *tokens[place + 1 :]))


@examples(120)
@given(damaged())
def test_what_we_read_cel_reads(text: str) -> None:
    try:
        parse(text.replace("--9223372036854775808", "?"))  # an overflow for us, bad syntax for CEL
    except ExpressionError:
        return
    environment().compile(text, disable_check=True)
