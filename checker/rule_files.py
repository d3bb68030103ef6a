"""Rule files as a tree that knows the line and column of every node.

A rule file may come from anybody, so nothing in it runs: every scalar is a string, tags, anchors and aliases
are refused, size and depth are bounded. PyYAML is imported only when a file is really read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from checker.diagnostics import CheckerError
from checker.records import dataclass
from checker.resources import folder

MAX_BYTES = 4_000_000
MAX_DEPTH = 24
MAX_NODES = 200_000
_WINDOW = 256
_ESCAPES = {"x": 4, "u": 6, "U": 10}

Run = tuple[int, int, int]
"""From this offset of a scalar's value on: line and column in the file (1-based)."""


class RuleFileError(Exception):
    """Rule files that cannot be used: every fault found, in the order of path, line and column.

    ``faults`` is never empty.
    """

    def __init__(self, faults: Sequence[CheckerError]) -> None:
        ordered = sorted(faults, key=lambda fault: (fault.path, fault.line, fault.column))
        super().__init__("\n".join(fault.describe("en") for fault in ordered))
        self.faults: tuple[CheckerError, ...] = tuple(ordered)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string; ``raw`` is how it is written in the file, quotes and indentation included."""

    path: str
    line: int
    column: int
    value: str
    raw: str

    def runs(self) -> tuple[Run, ...]:
        """Where in the file the characters of ``value`` stand."""
        if self.raw == self.value and "\n" not in self.raw:
            return ((0, self.line, self.column),)
        return tuple(_align(self))


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence."""

    path: str
    line: int
    column: int
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping in the order of the file; keys are unique scalars."""

    path: str
    line: int
    column: int
    pairs: tuple[tuple[Scalar, Node], ...]

    def get(self, key: str) -> Node | None:
        """The value of ``key``, or None."""
        return next((value for name, value in self.pairs if name.value == key), None)


Node = Scalar | Items | Table


def locate(runs: Sequence[Run], offset: int) -> tuple[int, int]:
    """The line and column of ``offset`` in the value that ``runs`` belong to."""
    start, line, column = runs[0]
    for run in runs:
        if run[0] > offset:
            break
        start, line, column = run
    return line, column + max(offset - start, 0)


def fault(node: Node, zh: str, en: str) -> CheckerError:
    """A fault at ``node``."""
    return CheckerError({"zh": zh, "en": en}, node.path, node.line, node.column)


def suggest(word: str, known: Sequence[str], cutoff: float = 0.6) -> tuple[str, str]:
    """What to add to a message (zh, en) about an unknown ``word``: the nearest known one, or nothing."""
    import difflib

    near = difflib.get_close_matches(word, known, n=1, cutoff=cutoff)
    return (f"，是否想写 {near[0]}", f"; did you mean {near[0]}?") if near else ("", "")


def shown(path: Path) -> str:
    """What messages call a rule file: ``rules/count.yaml`` for our own, else relative to the working folder where
    it lies below that, else as given."""
    own = folder("rules")
    if path.is_relative_to(own):
        return f"rules/{path.relative_to(own).as_posix()}"
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def leads_out(file: Path, home: Path) -> bool:
    """Whether a file of a folder of rules is a link to somewhere else; our own may lie as they like."""
    if home.is_relative_to(folder("rules")):
        return False
    return not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(home))


def read_tree(path: Path, faults: list[CheckerError]) -> Node | None:
    """The content of ``path``; None if it cannot be read or is empty.

    Everything that is wrong is added to ``faults``; nothing is raised.
    """
    name = shown(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        faults.append(
            CheckerError(
                {"zh": f"读不了规则文件：{reason}", "en": f"cannot read this rule file: {reason}"}, name
            )
        )
        return None
    if len(data) > MAX_BYTES:
        zh = f"规则文件超过 {MAX_BYTES} 字节"
        faults.append(CheckerError({"zh": zh, "en": f"a rule file of more than {MAX_BYTES} bytes"}, name))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = {"zh": "规则文件不是 UTF-8 编码", "en": "this rule file is not UTF-8"}
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        faults.append(CheckerError(message, name, line, column))
        return None
    return parse_tree(text, name, faults)


def parse_tree(text: str, name: str, faults: list[CheckerError]) -> Node | None:
    """As :func:`read_tree`, for text at hand; ``name`` is what messages call it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return _compose(text, name)
    except CheckerError as error:
        faults.append(error)
    except _DuplicateKeys as error:
        faults.extend(error.faults)
        return error.node
    return None


class _DuplicateKeys(Exception):
    def __init__(self, node: Node, faults: list[CheckerError]) -> None:
        super().__init__()
        self.node = node
        self.faults = faults


def _compose(text: str, name: str) -> Node | None:
    import yaml

    fast = getattr(yaml, "CLoader", None)
    if fast is not None:
        try:
            return _build(yaml.parse(text, Loader=fast), text, name)
        except (yaml.YAMLError, UnicodeError):
            pass  # the pure parser says what is wrong in the same words on every machine
    try:
        return _build(yaml.parse(text, Loader=yaml.Loader), text, name)
    except yaml.YAMLError as error:
        raise _syntax_error(error, text, name) from None


def _build(events: Iterator[Any], text: str, name: str) -> Node | None:
    """The tree of a stream of events; its depth and size are bounded, and so is the work."""
    root: Node | None = None
    open_nodes: list[tuple[bool, int, int, list[Node]]] = []
    count = documents = 0
    duplicates: list[CheckerError] = []
    for event in events:
        kind = type(event).__name__
        if kind in ("StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"):
            continue
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        node: Node
        if kind == "DocumentStartEvent":
            documents += 1
            if documents > 1:
                raise _refusal(
                    name, line, column, "一个文件里只能有一份 YAML 文档", "more than one YAML document"
                )
            continue
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            zh, en = (
                "不接受 YAML 的锚点与别名（& 和 *）；以 & * 开头的文字须加引号",
                "anchors and aliases (& and *) are refused",
            )
            raise _refusal(name, line, column, zh, en)
        if getattr(event, "tag", None) not in (None, "!"):
            raise _refusal(
                name, line, column, "不接受 YAML 标签（!）；以 ! 开头的文字须加引号", "tags (!) are refused"
            )
        count += not kind.endswith("EndEvent")
        if count > MAX_NODES or len(open_nodes) > MAX_DEPTH:
            raise _refusal(
                name, line, column, "规则文件太大或层次太深", "this rule file is too large or too deep"
            )
        if kind in ("MappingStartEvent", "SequenceStartEvent"):
            open_nodes.append((kind == "MappingStartEvent", line, column, []))
            continue
        if kind == "ScalarEvent":
            raw = text[event.start_mark.index : event.end_mark.index]
            node = Scalar(name, line, column, event.value, raw)
        else:
            mapping, line, column, nodes = open_nodes.pop()
            node = (
                _table(name, line, column, nodes, duplicates)
                if mapping
                else Items(name, line, column, tuple(nodes))
            )
        if open_nodes:
            open_nodes[-1][3].append(node)
        else:
            root = node
    if isinstance(root, Scalar) and not root.raw:
        root = None
    if root is not None and duplicates:
        raise _DuplicateKeys(root, duplicates)
    return root


def _table(name: str, line: int, column: int, nodes: list[Node], faults: list[CheckerError]) -> Table:
    pairs: dict[str, tuple[Scalar, Node]] = {}
    for key, value in zip(nodes[::2], nodes[1::2], strict=True):
        if not isinstance(key, Scalar):
            faults.append(fault(key, "键须是文字（花括号开头的文字须加引号）", "a key must be a string"))
        elif key.value in pairs:
            first = pairs[key.value][0].line
            faults.append(
                fault(
                    key,
                    f"键 {key.value} 重复，第 {first} 行已有",
                    f"duplicate key {key.value}, first on line {first}",
                )
            )
        else:
            pairs[key.value] = (key, value)
    return Table(name, line, column, tuple(pairs.values()))


def _refusal(name: str, line: int, column: int, zh: str, en: str) -> CheckerError:
    return CheckerError({"zh": zh, "en": en}, name, line, column)


_SYNTAX = (
    ("'\\t'", "缩进不能用制表符，请改用空格", "tabs cannot indent; use spaces"),
    ("special characters", "有不可见的控制字符", "a control character"),
    (
        "mapping values",
        "此处不能再有“键: 值”：缩进有误，或文字里的冒号须加引号",
        "no key: value here: wrong indentation, or a colon in a text that needs quotes",
    ),
    ("end of stream", "引号没有收尾", "a quotation mark is never closed"),
    ("block end", "缩进与上文不一致", "indentation does not agree with the lines above"),
    (
        "but got '<stream end>'",
        "括号没有收尾",
        "a bracket is never closed",
    ),
    (
        "expected ',' or",
        "括号里的文字须加引号，或缺逗号",
        "a text inside brackets needs quotes, or a comma is missing",
    ),
    ("':'", "键后缺冒号", "no colon after a key"),
    (
        "escape",
        "双引号里的反斜杠写法有误，可改用单引号",
        "a wrong escape in double quotes; use single quotes",
    ),
    (
        "start any token",
        "以这个字符开头的文字须加引号",
        "a text that begins with this character needs quotes",
    ),
)


def _syntax_error(error: Any, text: str, name: str) -> CheckerError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
    else:
        before = text[: getattr(error, "position", 0)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    for key, zh, en in _SYNTAX:
        if key in problem:
            return _refusal(name, line, column, f"YAML 写法有误：{zh}", f"YAML: {en}")
    return _refusal(name, line, column, f"YAML 写法有误：{problem}", f"YAML: {problem}")


def _align(scalar: Scalar) -> Iterator[Run]:
    """Runs of a quoted, folded or block scalar, by reading ``raw`` beside ``value``."""
    raw, index, line, line_start = scalar.raw, 0, scalar.line, 1 - scalar.column
    style = raw[:1] if raw[:1] in ("|", ">", "'", '"') else ""
    if style and style in "|>":
        index = raw.find("\n") + 1
        line, line_start = line + 1, index
    elif style:
        index = 1
    expected: tuple[int, int] | None = None
    for offset, char in enumerate(scalar.value):
        found, after = _next(raw, index, char, style)
        if found < 0:
            continue
        newline = raw.rfind("\n", index, found)
        if newline >= 0:
            line += raw.count("\n", index, found)
            line_start = newline + 1
        place = (line, found - line_start + 1)
        if place != expected:
            yield (offset, *place)
        expected = (place[0], place[1] + 1)
        index = after
        if raw[found] == "\n":
            line, line_start = line + 1, found + 1


def _next(raw: str, index: int, char: str, style: str) -> tuple[int, int]:
    """Where in ``raw``, from ``index`` on, the next character of the value is written, and where that ends."""
    if not char.isspace():
        while raw[index : index + 1].isspace():
            index += 1
    if style == '"' and raw[index : index + 1] == "\\":
        return index, index + _ESCAPES.get(raw[index + 1 : index + 2], 2)
    if char.isspace():
        return (index, index + 1) if raw[index : index + 1].isspace() else (-1, index)
    found = raw.find(char, index, index + _WINDOW)
    return found, found + (2 if style == char == "'" else 1)
