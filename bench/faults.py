"""A fault: a clean report with one thing wrong, and the finding that must follow."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.model import Claim, Report
from bench.numbers import numeral

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|[０-９]+|[一二三四五六七八九十百千零两]+(?=[个项条名人件处方大])")


@dataclass(frozen=True, slots=True)
class Fault:
    """`lines` are the places where the finding may stand (empty: anywhere); `rules` the ids that name the fault, the
    wanted one first; `also` the findings that follow from it and are no collateral."""

    text: str
    rules: tuple[str, ...]
    lines: frozenset[int]
    note: str
    also: tuple[str, ...] = ()


Injector = Callable[[Report, random.Random], Fault | None]


def changed(report: Report, edits: dict[int, str | None], after: dict[int, list[str]] | None = None) -> str:
    """The text with lines replaced (None: dropped) and lines put in behind others (0: at the top)."""
    more = after or {}
    out = list(more.get(0, []))
    for number, line in enumerate(report.lines, 1):
        new = edits.get(number, line)
        if new is not None:
            out.append(new)
        out.extend(more.get(number, []))
    return "\n".join(out) + "\n"


def line(report: Report, number: int) -> str:
    """Line `number`, 1-based."""
    return report.lines[number - 1]


def lines_of(report: Report, *marks: str) -> list[int]:
    """The numbers of all lines with one of `marks`."""
    return sorted({number for mark in marks for number in report.marks.get(mark, ())})


def swap(report: Report, number: int, old: str, new: str) -> dict[int, str | None]:
    """The edit that replaces the first `old` of a line; `old` must be there."""
    assert old in line(report, number), (old, number)
    return {number: line(report, number).replace(old, new, 1)}


def prose(report: Report, *marks: str) -> list[int]:
    """Lines of running text that end in a full stop, by marks (default: measures and organization)."""
    wanted = lines_of(report, *(marks or ("measure", "organization")))
    return [n for n in wanted if line(report, n).endswith("。") and "|" not in line(report, n)]


def appended(
    report: Report,
    rng: random.Random,
    sentence: str,
    rule: str,
    *,
    also: Sequence[str] = (),
    marks: Sequence[str] = (),
) -> Fault | None:
    """A fault that is one sentence more at the end of a paragraph."""
    places = prose(report, *marks)
    if not places:
        return None
    number = rng.choice(places)
    text = changed(report, {number: line(report, number) + sentence})
    return Fault(text, (rule,), frozenset((number,)), sentence, tuple(also))


def restated(claim: Claim, value: float) -> str:
    """The words of `claim` with another figure, in its own numerals."""
    found = _NUMBER.search(claim.text)
    assert found is not None, claim.text
    old = found[0]
    if "." in old:
        new = f"{value:.{len(old.split('.')[1])}f}"
    elif old[0] in "０１２３４５６７８９":
        new = numeral(int(value), "fullwidth")
    elif old[0].isdigit():
        new = str(int(value))
    else:
        new = numeral(int(value), "chinese")
    return claim.text[: found.start()] + new + claim.text[found.end() :]


def reworded(report: Report, changes: Sequence[tuple[Claim, str]]) -> str:
    """The text with the words of claims replaced, each at its own place."""
    edits: dict[int, str | None] = {}
    for claim, words in sorted(changes, key=lambda pair: (pair[0].line, -pair[0].column)):
        old = edits.get(claim.line) or line(report, claim.line)
        start = claim.column - 1
        assert old[start : start + len(claim.text)] == claim.text
        edits[claim.line] = old[:start] + words + old[start + len(claim.text) :]
    return changed(report, edits)


def tally(report: Report, name: str) -> list[Claim]:
    """The claims of a tally."""
    return [claim for claim in report.claims if claim.tally == name]
