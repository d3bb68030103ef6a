"""How deep each labelled line stands in this report.

一、 stands above （一） in every report, but 1. stands above 问题N in one and below it in another. The ladder reads
the labels of the whole report and puts an OPEN of no width before each line that opens a level and a CLOSE where
the level ends; report.lark nests by these. Continuity decides: a label goes on in the list whose next number it bears.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from checker.numerals import read_number
from checker.records import dataclass
from checker.tables import Token

ORDER = {"PART": 0, "CHAPTER": 1, "SECTION": 2, "ITEM": 3, "POINT": 4, "CIRCLE": 5}
LABELS = frozenset((*ORDER, "PROBLEM"))
_MARKS = frozenset(
    (
        *LABELS,
        "INDENT",
        "HASHES",
        "BULLET",
        "BOLD",
        "BOLD_END",
        "FINDING",
        "STATUS",
        "ANSWER",
        "DETAIL",
        "RUN_IN",
    )
)
_ENCLOSED = {
    **{chr(0x2460 + index): index + 1 for index in range(20)},
    **{chr(0x2474 + index): index + 1 for index in range(20)},
    **{chr(0x2488 + index): index + 1 for index in range(20)},
    **{chr(0x3220 + index): index + 1 for index in range(10)},
}
_NUMERALS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十")


def label_digits(text: str) -> str:
    """The number of a label as written: （十二） → 十二, 问题1： → 1; an enclosed ① is its own digits."""
    written = ""
    for char in text:
        if char in _ENCLOSED:
            return char
        if char in _NUMERALS:
            written += char
        elif written:
            break
    return written


@lru_cache(maxsize=1024)
def label_number(text: str) -> int | None:
    """The value of a label, or None if it bears no number."""
    written = label_digits(text)
    if written in _ENCLOSED:
        return _ENCLOSED[written]
    value = read_number(written) if written else None
    return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class _Rung:
    """An open level: ``kind`` of its label, its ``number``, and whether its words pose a finding; ``mark`` closes
    the label; ``last`` is the number that a list behind 整改措施： reaches in its line (None elsewhere)."""

    kind: str
    number: int | None
    posed: bool
    hashes: int = 0
    mark: str = ""
    last: int | None = None

    @property
    def reached(self) -> int:
        """The number after which its list goes on."""
        return self.last or self.number or 0


def climb(stream: Iterable[Token]) -> Iterator[Token]:
    """The tokens of ``stream`` with an OPEN and a CLOSE for each level, and an END after a last line that has no
    rest. It stands between lexer and parser."""
    lines: list[list[Token]] = [[]]
    for token in stream:
        lines[-1].append(token)
        if token.type not in _MARKS:
            lines.append([])
    last = lines.pop()
    if last:
        lines.append([*last, Token("END", "")])
    depth = 0
    ranks = _ranks([_rung(line) for line in lines])
    lines.reverse()
    for rank in ranks:
        line = lines.pop()  # which is not held longer than the parser needs it
        if rank:
            for _ in range(rank, depth + 1):
                yield Token("CLOSE", "")
            yield Token("OPEN", "")
            depth = rank
        yield from line
    for _ in range(depth):
        yield Token("CLOSE", "")


def _rung(line: list[Token]) -> _Rung | bool | None:
    """What a line opens; None for a line that opens nothing, True for one of running text."""
    first = line[0].type
    if len(line) == 1:
        return first in ("TEXT", "WELCOME") and "。" in line[0]
    posed, hashes, finding, keyed, inner = False, 0, False, False, False
    label: Token | None = None
    for token in line[:-1]:
        kind = token.type
        if kind in LABELS:
            inner = inner or (label is None and keyed and kind != "PROBLEM")
            label = label or token
            posed = posed or kind == "PROBLEM"
        elif kind == "FINDING":
            finding = posed = True
        elif kind == "HASHES":
            hashes = len(token)
        elif kind in ("STATUS", "ANSWER", "DETAIL", "RUN_IN"):
            keyed = True
    if label is not None:
        number = label_number(label)
        if inner and number is not None:
            return _Rung(label.type, number, posed, 0, label[-1], _last(line[-1], number, label[-1]))
        return _Rung(label.type, number, posed, 0, label[-1])
    if finding:
        return _Rung("FINDING", None, True)
    if hashes and not keyed:
        return _Rung("MARKDOWN", None, False, hashes)
    return line[-1].type in ("TEXT", "WELCOME") and "。" in line[-1]


def _last(rest: str, number: int, mark: str) -> int:
    """The last number of a list that goes on amid its line: 整改措施：1、…；2、…."""
    at = 0
    while (at := rest.find(f"{number + 1}{mark}", at)) >= 0:
        number += 1
    return number


def _ranks(rungs: list[_Rung | bool | None]) -> list[int]:
    """The depth of each line, 0 for a line that opens nothing."""
    following = _following(rungs)
    ranks = [0] * len(rungs)
    stack: list[_Rung] = []
    started = False
    for index, rung in enumerate(rungs):
        if not isinstance(rung, _Rung):
            started = started or bool(rung)
            continue
        if rung.kind in ("FINDING", "MARKDOWN") and not started:
            continue
        started = True
        _place(stack, rung, following[index])
        stack.append(rung)
        ranks[index] = len(stack)
    return ranks


def _following(rungs: list[_Rung | bool | None]) -> list[dict[str, int | None]]:
    """For each line, the number of the next label of each kind within the same chapter and section. Only a 问题N and
    a 针对“…”的问题 ask for it."""
    ahead: dict[str, int | None] = {}
    result: list[dict[str, int | None]] = [ahead] * len(rungs)
    if not any(isinstance(rung, _Rung) and rung.kind in ("PROBLEM", "FINDING") for rung in rungs):
        return result
    for index in range(len(rungs) - 1, -1, -1):
        rung = rungs[index]
        result[index] = ahead
        if isinstance(rung, _Rung):
            ahead = {} if rung.kind in ("PART", "CHAPTER", "SECTION") else {**ahead, rung.kind: rung.number}
    return result


def _place(stack: list[_Rung], rung: _Rung, ahead: dict[str, int | None]) -> None:
    """Close the levels of ``stack`` that ``rung`` does not stand under."""
    same = [
        depth for depth, open_ in enumerate(stack) if open_.kind == rung.kind and open_.hashes == rung.hashes
    ]
    if same:
        going_on = [depth for depth in same if rung.number == stack[depth].reached + 1]
        alike = [depth for depth in going_on if stack[depth].posed == rung.posed]
        if going_on and not alike and stack[going_on[-1]].posed and _nested(stack[going_on[-1] + 1 :], rung):
            return _close(stack, rung, ahead)
        if not going_on and (rung.last or (rung.number == 1 and _nested(stack[same[-1] + 1 :], rung))):
            return _close(stack, rung, ahead)
        marked = [depth for depth in alike or going_on if stack[depth].mark == rung.mark]
        del stack[(marked or alike or going_on or same)[-1] :]
        return None
    return _close(stack, rung, ahead)


def _nested(above: list[_Rung], rung: _Rung) -> bool:
    """Whether a list of the same kind may begin anew under the levels ``above`` it: under a 问题N."""
    return ORDER.get(rung.kind, 0) >= ORDER["ITEM"] and any(
        open_.kind in ("PROBLEM", "FINDING") for open_ in above
    )


def _close(stack: list[_Rung], rung: _Rung, ahead: dict[str, int | None]) -> None:
    order = ORDER.get(rung.kind)
    while stack:
        top = stack[-1]
        below = ORDER.get(top.kind)
        if order is not None:
            closes = (below is not None and below > order) or (order <= ORDER["SECTION"] and below is None)
        elif rung.kind == "MARKDOWN":
            closes = (top.kind == "MARKDOWN" and top.hashes >= rung.hashes) or (
                rung.hashes <= 2 and top.kind != "MARKDOWN"
            )
        else:
            later = ahead.get(top.kind)
            closes = below is not None and below >= ORDER["ITEM"] and not top.posed and later == 1
        if not closes:
            return
        stack.pop()
