"""``[tool.zhenggai]`` of a pyproject.toml as the same tree that YAML gives.

The TOML reader of the standard library keeps no positions, so a node bears the line of its key where that
is found below the table's header, else that of the header.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from checker.messages import failure
from checker.rule_files import Items, Node, Scalar, Table

_DOTTED = re.compile(r"""(?:(?:[\w-]{1,100}|"[^"\n]{0,100}"|'[^'\n]{0,100}')[ \t]*\.[ \t]*){50}""")


def parse_toml(text: str, name: str) -> Node | None:
    """The tree of the table. Raises CheckerError for faulty TOML or where there is no such table."""
    if found := _DOTTED.search(text):  # which the standard library reads in quadratic time
        line = text.count("\n", 0, found.start()) + 1
        raise failure("config.toml", name, line, problem="a key of too many parts")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        problem = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise failure("config.toml", name, line, column, problem=problem) from None
    except RecursionError:
        raise failure("config.toml", name, problem="nested too deep") from None
    except ValueError as error:  # a number of thousands of digits
        raise failure("config.toml", name, problem=str(error).partition(";")[0]) from None
    tool = data.get("tool")
    table = tool.get("zhenggai") if isinstance(tool, dict) else None
    if table is None:
        raise failure("config.no-table", name)
    return _node(table, name, _lines(text), (), 1)


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Key paths below the table to the lines on which they first stand."""
    found: dict[tuple[str, ...], int] = {}
    prefix: tuple[str, ...] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$", line)
        if header:
            keys = _keys(header[1])
            prefix = keys[2:] if keys[:2] == ("tool", "zhenggai") else None
            if prefix is not None:
                found.setdefault(prefix, number)
        elif prefix is not None and (assignment := re.match(r"\s*([^=#\s][^=#]*?)\s*=", line)):
            found.setdefault((*prefix, *_keys(assignment[1])), number)
    return found


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(r'"[^"]*"|\'[^\']*\'|[^.\s]+', dotted))


def _node(value: Any, name: str, lines: dict[tuple[str, ...], int], path: tuple[str, ...], line: int) -> Node:
    line = lines.get(path, line)
    if isinstance(value, dict):
        pairs = []
        for key, one in value.items():
            node = _node(one, name, lines, (*path, key), line)
            pairs.append((Scalar(name, node.line, 1, key, key), node))
        return Table(name, line, 1, tuple(pairs))
    if isinstance(value, list):
        return Items(name, line, 1, tuple(_node(one, name, lines, path, line) for one in value))
    word = str(value).lower() if isinstance(value, bool) else str(value)
    return Scalar(name, line, 1, word, word)
