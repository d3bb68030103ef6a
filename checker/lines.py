"""The lines of a report and how they nest: report.lark and what it makes of a text.

A :class:`Line` keeps what the grammar told apart (indent, Markdown, labels, rest) with offsets; a :class:`Node`
is a line that opens a level, and the lines under it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from checker.ladder import LABELS, climb, label_number
from checker.records import dataclass, field
from checker.resources import alternatives, lexicon
from checker.tables import Parser, Terminals, parser

BLANKS = " \t\u3000\u00a0\ufeff\u200b\x0b\x0c"
_TRAILING = BLANKS + "\r\n"
_KEYS = ("STATUS", "ANSWER", "DETAIL")


@dataclass(frozen=True, slots=True)
class Piece:
    """A mark of a line: ``type`` is its terminal in report.lark."""

    type: str
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset after it."""
        return self.start + len(self.text)


@dataclass(slots=True, eq=False)
class Line:
    """One line: ``start``/``end`` bound what is printed (no indent, no Markdown, no trailing blanks).

    ``type`` is the terminal of the rest of the line, ``rest`` its text (trailing blanks cut) and ``rest_start``
    its place. ``label`` is the first label (一、 … ①, 问题N) or None, ``problem`` a 问题N or 问题： label (which
    may be ``label`` itself), ``finding`` a 针对“…”的问题, ``key`` a 工作进展：, 整改情况： or 责任单位：.
    """

    start: int
    end: int
    type: str
    rest: str
    rest_start: int
    label: Piece | None
    problem: Piece | None
    finding: Piece | None
    key: Piece | None
    run_in: Piece | None
    indent: bool
    hashes: int
    bold: bool
    marks: tuple[Piece, ...]
    index: int = -1

    @property
    def plain(self) -> bool:
        """Whether the line has neither label nor Markdown nor any other mark than an indent."""
        return not (self.label or self.problem or self.finding or self.key or self.hashes or self.run_in)


@dataclass(slots=True, eq=False)
class Node:
    """A line that opens a level, and what stands under it; ``line`` is None for the report itself.

    ``last`` is the index of its last line, ``depth`` its depth in the tree (1 is the outermost).
    """

    line: Line | None
    lines: list[Line] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    last: int = -1
    depth: int = 0

    @property
    def kind(self) -> str:
        """The terminal of the label that opens it: PART, CHAPTER, SECTION, ITEM, POINT, CIRCLE, PROBLEM, FINDING or MARKDOWN."""
        if self.line is None:
            return ""
        if self.line.label:
            return self.line.label.type
        return "FINDING" if self.line.finding else "MARKDOWN"

    @property
    def number(self) -> int | None:
        """The value of its label."""
        return label_number(self.line.label.text) if self.line and self.line.label else None


class _Build:
    """Callbacks of the parser: tokens to lines, lines to nodes."""

    def line(self, tokens: list[Any]) -> Line:
        return _line(tokens)

    def node(self, children: list[Any]) -> Node:
        return _node(children[1], children[2:-1])

    def report(self, children: list[Any]) -> Node:
        return _node(None, children)


def _node(line: Line | None, under: list[Any]) -> Node:
    node = Node(line)
    for child in under:
        if isinstance(child, Node):
            child.parent = node
            node.children.append(child)
        else:
            node.lines.append(child)
    return node


def _line(tokens: list[Any]) -> Line:
    last = tokens[-1]
    rest = last.rstrip(_TRAILING)
    if len(tokens) == 1:
        start = last.start_pos
        plain = (None, None, None, None, None, False, 0, False, ())
        return Line(start, start + len(rest), last.type, rest, start, *plain)
    found: dict[str, Piece] = {}
    marks: list[Piece] = []
    inner: list[Piece] = []
    hashes, bold, indent = 0, False, False
    for token in tokens[:-1]:
        kind = token.type
        piece = Piece(kind, token.start_pos, str(token))
        marks.append(piece)
        if kind == "HASHES":
            hashes = len(piece.text)
        elif kind == "BOLD":
            bold = True
        elif kind == "INDENT":
            indent = indent or piece is marks[0]
        elif kind != "BOLD_END" and kind != "BULLET":
            inner.append(piece)
            found.setdefault(kind, piece)
            found.setdefault("LABEL" if kind in LABELS else "KEY" if kind in _KEYS else kind, piece)
    rest_start = last.start_pos if last.type != "END" else (marks[-1].end if marks else 0)
    end = rest_start + len(rest) if rest else (marks[-1].end if marks else rest_start)
    if inner and not rest:
        end = inner[-1].start + len(inner[-1].text.rstrip(_TRAILING))
    return Line(
        start=inner[0].start if inner else rest_start,
        end=end,
        type=last.type,
        rest=rest,
        rest_start=rest_start,
        label=found.get("LABEL"),
        problem=found.get("PROBLEM"),
        finding=found.get("FINDING"),
        key=found.get("KEY"),
        run_in=found.get("RUN_IN"),
        indent=indent,
        hashes=hashes,
        bold=bold,
        marks=tuple(marks),
    )


@cache
def words() -> dict[str, Any]:
    """The lexicon of structure."""
    return lexicon("structure")


def _after(endings: Iterable[str]) -> str:
    """A regular expression for the place after any of ``endings``."""
    return "(?:" + "|".join(f"(?<={ending})" for ending in sorted(set(endings))) + ")"


@cache
def _parser() -> Parser:
    return parser("report", _terminals, actions=_Build(), between=climb, start="report", lexer="basic")


def _terminals() -> Terminals:
    lists = words()
    return {
        "PROBLEM_WORD": lists["problem"],
        "POSING_WORD": lists["posing"],
        "STATUS_WORD": lists["status"],
        "ANSWER_WORD": lists["answer"],
        "DETAIL_WORD": lists["detail"],
        "FINDING_WORD": lists["finding"],
        "POINTING_WORD": lists["pointing"],
        "OF_ISSUE_WORD": lists["of_issue"],
        "ISSUE_WORD": lists["issue"],
        "RECTIFIED_WORD": lists["rectified"],
        "WELCOME_WORD": lists["welcome"],
        "SUPERVISE_WORD": lists["supervise"],
        "CONTACT_WORD": lists["contact"],
        "FURNITURE_FIELD": lists["furniture_field"],
        "FURNITURE_WORD": lists["furniture"],
        "NO_REFERENCE": f"(?!(?:{alternatives([*lists['finding'], *lists['pointing']])})"
        f"(?:{alternatives(lists['reference'])})[{lists['reference_joint']}]{{0,2}}(?:{alternatives(lists['reference_filler'])})*(?:{alternatives(lists['excerpt_of'])})(?![\u4e00-\u9fff]))",
        "AFTER_KIND": _after([*lists["document_kind"], *lists["matter_end"]]),
        "AFTER_BODY": _after([*lists["party"], *lists["body"]]),
    }


def tokens(text: str) -> list[Any]:
    """The tokens of ``text``; joined, they are the text."""
    return list(_parser().lex(text))


def read_lines(text: str) -> tuple[Node, list[Line]]:
    """The report as a tree and as its lines in order. Never fails, whatever ``text`` is."""
    tree: Node = _parser().parse(text, "report")
    lines: list[Line] = []
    waiting = [tree]
    order = []
    while waiting:
        node = waiting.pop()
        order.append(node)
        for line in ([node.line] if node.line else []) + node.lines:
            line.index = len(lines)
            lines.append(line)
        node.last = len(lines) - 1
        for child in node.children:
            child.depth = node.depth + 1
        waiting.extend(reversed(node.children))
    for node in reversed(order):
        if node.children:
            node.last = node.children[-1].last
    return tree, lines
