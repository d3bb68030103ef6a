"""From the text of an expression to its tree (``grammars/expression.lark``).

A node is a tuple ``(kind, offset, …)`` of plain data, so that a tree can be kept as JSON or with marshal and an
expression compiled again without the parser:

* ``("literal", at, value)``, ``("list", at, items)``, ``("map", at, pairs)``
* ``("name", at, name)``, ``("field", at, of, name)``, ``("has", at, of, name)``, ``("index", at, of, index)``
* ``("unary", at, operator, operand)``, ``("binary", at, operator, left, right)``
* ``("and", at, operands)``, ``("or", at, operands)``, ``("if", at, condition, yes, no)``
* ``("call", at, function, arguments)``, ``("method", at, name, of, arguments)``
* ``("macro", at, name, of, variable, arguments)``

The offset is where a message should point: the operator, the field's or function's name, else the beginning.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from checker.expression_values import INT_MAX, ExpressionError
from checker.resources import lark

Node = tuple[Any, ...]

MAX_LENGTH = 10_000
MAX_DEPTH = 100

MACROS = {"all": (2,), "exists": (2,), "exists_one": (2,), "filter": (2,), "map": (2, 3)}
"""The macros and how many arguments they take, the variable counted."""

_RESERVED = (
    "as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while"
)
_ESCAPE = (
    r"\\(?:([abfnrtv\\?\"'`])|[xX]([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-3][0-7]{2})|)"
)
_CONTROLS = dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))
_WORDS = {"true": True, "false": False, "null": None}
_HINTS = {
    "=": ("相等写作“==”", "equality is '=='"),
    "&": ("“并且”写作“&&”", "'and' is '&&'"),
    "|": ("“或者”写作“||”", "'or' is '||'"),
    "and": ("“并且”写作“&&”", "'and' is '&&'"),
    "or": ("“或者”写作“||”", "'or' is '||'"),
    "not": ("“非”写作“!”", "'not' is '!'"),
    '"': ("引号没有闭合，或转义有误", "the string is not closed, or an escape in it is faulty"),
    "'": ("引号没有闭合，或转义有误", "the string is not closed, or an escape in it is faulty"),
    **dict.fromkeys(
        "“”‘’（），：！？【】。",
        ("标点须为半角", "punctuation must be half-width"),
    ),
}


def parse(text: str) -> Node:
    """The tree of an expression. Raises ExpressionError for bad syntax, and for text that is too long or
    nested too deeply."""
    from lark import UnexpectedInput

    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"表达式过长（最多{MAX_LENGTH}字符）",
            f"the expression is too long (at most {MAX_LENGTH} characters)",
            MAX_LENGTH,
        )
    try:
        tree: Node = _parser().parse(text)
    except UnexpectedInput as error:
        raise _unexpected(text, error) from None
    _check_tree(tree)
    return tree


@cache
def _parser() -> Any:
    return lark("expression", {}, lexer="basic", transformer=_builder())


def _unexpected(text: str, error: Any) -> ExpressionError:
    token = getattr(error, "token", None)
    if token is not None and token.type == "$END":
        return ExpressionError("表达式不完整", "the expression ends too early", len(text))
    offset = error.pos_in_stream
    found = str(token) if token is not None else text[offset]
    zh, en = f"此处不应有“{_clip(found)}”", f"unexpected '{_clip(found)}'"
    hint = _HINTS.get(found)
    return ExpressionError(f"{zh}：{hint[0]}" if hint else zh, f"{en}: {hint[1]}" if hint else en, offset)


def _clip(text: str) -> str:
    text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text[:20])
    return text if len(text) <= 20 else text[:19] + "…"


def _check_tree(tree: Node) -> None:
    """Refuse what is nested too deeply, and the int that is only good after a minus. Not recursive."""
    pending = [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        if isinstance(node[0], str) and node[0] == "literal":
            if type(node[2]) is int and node[2] > INT_MAX:
                raise _too_large(node[1])
            continue
        if isinstance(node[0], str):
            depth += 1
            if depth > MAX_DEPTH:
                raise ExpressionError(
                    f"表达式嵌套过深（最多{MAX_DEPTH}层）",
                    f"the expression is nested too deeply (at most {MAX_DEPTH} levels)",
                    node[1],
                )
        pending += [(part, depth) for part in node if isinstance(part, tuple) and part]


def _too_large(offset: int) -> ExpressionError:
    return ExpressionError("整数超出64位范围", "the integer does not fit into 64 bits", offset)


def _builder() -> Any:
    from lark import Token, Transformer, v_args

    @v_args(inline=True)
    class Builder(Transformer[Token, Node]):
        """Makes the nodes as the parser goes, so that depth costs no recursion."""

        def conditional(self, condition: Node, at: Token, yes: Node, no: Node) -> Node:
            return ("if", _at(at), condition, yes, no)

        def or_(self, left: Node, at: Token, right: Node) -> Node:
            return _chain("or", left, at, right)

        def and_(self, left: Node, at: Token, right: Node) -> Node:
            return _chain("and", left, at, right)

        def binary(self, left: Node, operator: Token, right: Node) -> Node:
            return ("binary", _at(operator), str(operator), left, right)

        def not_(self, at: Token, operand: Node) -> Node:
            return ("unary", _at(at), "!", operand)

        def minus(self, at: Token, operand: Node) -> Node:
            value = operand[2]
            if operand[0] == "literal" and (
                (type(value) is int and 0 <= value <= INT_MAX + 1) or (type(value) is float and value >= 0)
            ):
                return ("literal", _at(at), -value)
            return ("unary", _at(at), "-", operand)

        def field(self, of: Node, name: Token) -> Node:
            return ("field", _at(name), of, str(name))

        def method(self, of: Node, name: Token, arguments: tuple[Node, ...] | None) -> Node:
            return _method(of, str(name), _at(name), arguments or ())

        def index(self, of: Node, at: Token, index: Node) -> Node:
            return ("index", _at(at), of, index)

        def name(self, name: Token) -> Node:
            if re.fullmatch(_RESERVED, name):
                raise ExpressionError(f"“{name}”是保留字", f"'{name}' is a reserved word", _at(name))
            return ("name", _at(name), str(name))

        def call(self, name: Token, arguments: tuple[Node, ...] | None) -> Node:
            return _call(str(name), _at(name), arguments or ())

        def group(self, inner: Node) -> Node:
            if inner[0] == "literal" and type(inner[2]) is int and inner[2] > INT_MAX:
                raise _too_large(inner[1])
            return inner

        def list(self, at: Token, items: tuple[Node, ...] | None) -> Node:
            return ("list", _at(at), items or ())

        def map(self, at: Token, pairs: tuple[Node, ...] | None) -> Node:
            return ("map", _at(at), pairs or ())

        def arguments(self, *items: Node) -> Node:
            return items

        def items(self, *items: Node) -> Node:
            return items

        def entries(self, *items: Node) -> Node:
            return tuple(zip(items[::2], items[1::2], strict=True))

        def int(self, token: Token) -> Node:
            return ("literal", _at(token), _integer(token))

        def double(self, token: Token) -> Node:
            return ("literal", _at(token), float(token))

        def string(self, token: Token) -> Node:
            return ("literal", _at(token), _string(token, _at(token)))

        def word(self, token: Token) -> Node:
            return ("literal", _at(token), _WORDS[token])

    return Builder()


def _at(token: Any) -> int:
    offset: int = token.start_pos
    return offset


def _chain(kind: str, left: Node, at: Any, right: Node) -> Node:
    """``a && b && c`` is one node: any number of operands is one level deep."""
    operands = left[2] if left[0] == kind else (left,)
    return (kind, _at(at), (*operands, right))


def _call(name: str, at: int, arguments: tuple[Node, ...]) -> Node:
    if name != "has":
        return ("call", at, name, arguments)
    if len(arguments) != 1 or arguments[0][0] != "field":
        raise ExpressionError("has()须写作has(值.字段)", "has() takes a field: has(value.field)", at)
    _, offset, of, field = arguments[0]
    return ("has", offset, of, field)


def _method(of: Node, name: str, at: int, arguments: tuple[Node, ...]) -> Node:
    if name not in MACROS:
        return ("method", at, name, of, arguments)
    if len(arguments) not in MACROS[name]:
        wanted = "或".join(map(str, MACROS[name])), " or ".join(map(str, MACROS[name]))
        raise ExpressionError(f"{name}()须有{wanted[0]}个参数", f"{name}() takes {wanted[1]} arguments", at)
    variable = arguments[0]
    if variable[0] != "name":
        raise ExpressionError(
            f"{name}()的第一个参数须为变量名", f"the first argument of {name}() must be a name", variable[1]
        )
    return ("macro", at, name, of, variable[2], arguments[1:])


def _integer(token: str) -> int:
    """The value; up to 2**63, which only a minus makes good."""
    digits = token.removeprefix("0x").lstrip("0")
    value = int(token, 16) if token.startswith("0x") else (int(digits or "0") if len(digits) < 20 else 2**64)
    return min(value, 2**64)


def _string(token: str, at: int) -> str:
    raw = token[0] in "rR"
    body = token[1:] if raw else token
    width = 3 if body[:3] in ('"""', "'''") and len(body) >= 6 else 1
    body = body[width:-width]
    return body if raw else re.sub(_ESCAPE, lambda match: _escape(match, at), body)


def _escape(match: re.Match[str], at: int) -> str:
    if match[1]:
        return _CONTROLS.get(match[1], match[1])
    digits = match[2] or match[3] or match[4]
    code = int(digits, 16) if digits else (int(match[5], 8) if match[5] else -1)
    if 0 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF:
        return chr(code)
    raise ExpressionError("字符串中有无效的转义", "invalid escape in a string", at)
