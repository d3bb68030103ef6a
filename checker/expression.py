"""The language of the rules: a subset of CEL, compiled once to Python closures. See docs/expressions.md.

``parse`` gives a tree of plain tuples that can be kept; ``compile_ast`` makes an expression of it without the
parser; ``compile_expression`` does both. Templates are texts with ``{expression}`` in them, for messages.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from checker.expression_check import check
from checker.expression_compile import Scope, build, free_names
from checker.expression_operators import Closure
from checker.expression_syntax import MAX_LENGTH, Node, parse
from checker.expression_types import Type, item_of, kinds, parts, type_name
from checker.expression_values import (
    ExpressionError,
    Frame,
    WorkLimitError,
    kind_of,
    misfit,
    misfit_names,
    number_text,
    overflow,
    spend,
)
from checker.records import dataclass, field

__all__ = [
    "Expression",
    "ExpressionError",
    "Shared",
    "Template",
    "WorkLimitError",
    "compile_ast",
    "compile_expression",
    "compile_shared",
    "compile_template",
    "compile_template_ast",
    "parse",
    "parse_template",
]

STEPS = 1_000_000
"""How many steps an evaluation may take unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression.

    ``type`` is the annotation of its value (Any where that is known only at run time); ``variables`` are the
    names it needs, each with the offset where it needs it first.
    """

    text: str
    type: Type
    variables: tuple[tuple[str, int], ...]
    _loops: tuple[None, ...] = field(repr=False)
    _run: Closure = field(repr=False, compare=False)

    def evaluate(
        self, values: Mapping[str, object], steps: int = STEPS, spent: list[int] | None = None
    ) -> object:
        """The value, given those of the variables; lists that the expression makes are tuples. The steps it
        took are added to ``spent``, a list of one number.

        Raises ExpressionError if the evaluation fails, or takes more than ``steps`` steps (WorkLimitError).
        """
        try:
            frame: Frame = [steps, *[values[name] for name, _ in self.variables], *self._loops]
        except KeyError:
            name, offset = next(pair for pair in self.variables if pair[0] not in values)
            raise ExpressionError(f"变量“{name}”没有值", f"no value for variable '{name}'", offset) from None
        value = self._run(frame)
        if spent is not None:
            left: Any = frame[0]
            spent[0] += steps - left
        return value


def compile_expression(text: str, names: Mapping[str, object]) -> Expression:
    """An expression over variables whose types ``names`` gives as annotations.

    Raises ExpressionError for bad syntax, unknown names, fields and functions, and operands that cannot fit.
    """
    return compile_ast(parse(text), text, names)


def compile_ast(ast: Node, text: str, names: Mapping[str, object] | None) -> Expression:
    """As :func:`compile_expression`, from the tree that :func:`parse` made of ``text``; lists may stand for
    its tuples. ``names`` is None for a tree that has been checked before."""
    kind = Any if names is None else check(ast, names)
    variables = free_names(ast)
    scope = Scope(tuple(variables))
    run = build(ast, scope)
    return Expression(text, kind, tuple(variables.items()), (None,) * (scope.size - 1 - len(variables)), run)


@dataclass(frozen=True, slots=True)
class Shared:
    """An expression over a frame that it shares with others: ``run`` takes the frame, which has at least ``size``
    places: the steps left, then the variables as laid out, then its own."""

    run: Closure
    size: int


def compile_shared(ast: Node, layout: tuple[str, ...]) -> Shared:
    """A tree that has been checked, over a frame in which the variables of ``layout`` have the places from 1 on."""
    scope = Scope(layout)
    run = build(ast, scope)
    return Shared(run, scope.size)


# --- templates -------------------------------------------------------------------------------------------

_SHOWN = frozenset(("int", "double", "string", "bool", "null", "list"))
_NULL = {"zh": "空", "en": "none"}
_BOOL = {"zh": ("否", "是"), "en": ("no", "yes")}
_COMMA = {"zh": "、", "en": ", "}
_MAX_BITS = 1_000
_MARK = r"\{\{|\}\}|\{|\}"
_INSIDE = r"""(?sx)[rR](?:\"{3}.*?\"{3}|'{3}.*?'{3}|"[^"]*"|'[^']*')
    |\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'
    |[{}]"""


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template: its text, and its parts in order, each with its offset."""

    text: str
    _parts: tuple[tuple[int, str | Expression], ...]

    def render(
        self,
        values: Mapping[str, object],
        language: str = "zh",
        steps: int = STEPS,
        spent: list[int] | None = None,
    ) -> str:
        """The text with the values in it. ``language`` (zh, en) is that of null, bools and commas; ``spent`` as in
        :meth:`Expression.evaluate`.

        Raises ExpressionError, as :meth:`Expression.evaluate` does, and for a value that has no text.
        """
        shown = []
        frame: Frame = [steps]
        for offset, part in self._parts:
            if isinstance(part, Expression):
                part = _display(part.evaluate(values, steps, spent), language, frame, offset)
            shown.append(part)
        return "".join(shown)


def compile_template(text: str, names: Mapping[str, object]) -> Template:
    """A template whose placeholders ``{…}`` are expressions; ``{{`` and ``}}`` stand for the braces.

    Raises ExpressionError with an offset in ``text``, also for a placeholder whose value has no text.
    """
    return compile_template_ast(parse_template(text), text, names)


def parse_template(text: str) -> Node:
    """The parts of a template in order: strings, and ``(offset, expression, tree)`` for placeholders; plain data.

    Raises ExpressionError for braces that do not match and faulty expressions.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"模板过长（最多{MAX_LENGTH}字符）",
            f"the template is too long (at most {MAX_LENGTH} characters)",
            MAX_LENGTH,
        )
    parts: list[object] = []
    at = 0
    while mark := re.compile(_MARK).search(text, at):
        parts.append(text[at : mark.start()])
        at = mark.end()
        if mark[0] in ("{{", "}}"):
            parts.append(mark[0][0])
            continue
        if mark[0] == "}":
            raise ExpressionError(
                "“}”没有配对（文字中写作“}}”）", "unmatched '}' (write '}}' for the sign)", mark.start()
            )
        end = _end_of_placeholder(text, at)
        parts.append((mark.start(), text[at:end], _parse_at(text[at:end], at)))
        at = end + 1
    parts.append(text[at:])
    return tuple(part for part in parts if part)


def _end_of_placeholder(text: str, start: int) -> int:
    """Where the brace stands that closes the placeholder; braces in strings and maps do not."""
    depth = 1
    for token in re.compile(_INSIDE).finditer(text, start):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return token.start()
    raise ExpressionError(
        "“{”没有闭合（文字中写作“{{”）", "unclosed '{' (write '{{' for the sign)", start - 1
    )


def _parse_at(text: str, start: int) -> Node:
    """The tree of an expression that begins at ``start`` of a template; its offsets are the template's."""
    if not text.strip():
        raise ExpressionError("占位符是空的", "the placeholder is empty", start - 1)
    try:
        return _moved(parse(text), start)
    except ExpressionError as error:
        raise ExpressionError(error.message_zh, error.message_en, error.offset + start) from None


def _moved(node: Node, by: int) -> Node:
    """The tree with all its offsets moved on."""
    inner: list[Any] = [_moved(part, by) if isinstance(part, tuple) else part for part in node]
    if node and isinstance(node[0], str):
        inner[1] += by
    return tuple(inner)


def compile_template_ast(ast: Sequence[Any], text: str, names: Mapping[str, object] | None) -> Template:
    """As :func:`compile_template`, from what :func:`parse_template` made of ``text``; ``names`` is None for one
    that has been checked before."""
    made: list[tuple[int, str | Expression]] = []
    for part in ast:
        if isinstance(part, str):
            made.append((0, part))
            continue
        offset, source, tree = part
        expression = compile_ast(tree, source, names)
        if not _has_text(expression.type):
            raise misfit_names(offset, "{…}", type_name(expression.type))
        made.append((offset, expression))
    return Template(text, tuple(made))


def _has_text(kind: Type) -> bool:
    """Whether some value of the type can be shown: no maps, no objects, no lists of these alone."""
    return any(
        kinds(part) & _SHOWN and (kinds(part) != {"list"} or _has_text(item_of(part))) for part in parts(kind)
    )


def _display(value: Any, language: str, frame: Frame, offset: int) -> str:
    kind = kind_of(value)
    spend(frame, 4, offset)
    if kind == "string":
        spend(frame, len(value) >> 4, offset)
        return str(value)
    if kind == "list":
        return _COMMA[language].join([_display(item, language, frame, offset) for item in value])
    if kind == "null":
        return _NULL[language]
    if kind == "bool":
        return _BOOL[language][value]
    if kind == "double":
        return _decimal(value)
    if kind != "int":
        raise misfit(offset, "{…}", value)
    if value.bit_length() > _MAX_BITS:
        raise overflow(offset)
    return str(int(value))


def _decimal(value: float) -> str:
    """A double without exponent, with no more decimals than it needs, at most 15 significant digits."""
    if not math.isfinite(value):
        return number_text(value)
    text = format(value, ".15g")
    if "e" in text:
        text = format(value, ".0f" if abs(value) > 1 else ".15f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
