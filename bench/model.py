"""What the bench knows of a report by construction, and the builder that writes lines and facts together.

Inline markup: ``⟦noun state scope value flags|words⟧`` in a line is written as its words and recorded as a claim.
Flags: ``~`` approximate, ``*`` all, ``?`` a reader could hesitate (not scored), ``=a``/``=u``/``=e`` the verdict of
its row of account (agree, unverifiable, either), ``#name`` the tally it belongs to. The state ``any`` is scored as any state.
"""

import re
from dataclasses import dataclass, field, replace

_MARKUP = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
_UNIT = re.compile(
    r"[0-9０-９一二三四五六七八九十百千零两.]+\s*余?(万元|亿元|元|人次|个|项|条|件|起|人|名|次|%|成|处|家)"
)
COUNTED = ("aspect", "problem", "detail", "measure", "task", "rule", "money", "person")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of how many; `verdict` is what its row of account must say, '' where it has none."""

    noun: str
    state: str
    value: float | None
    unit: str
    approximate: bool
    all: bool
    scope: str
    text: str
    line: int
    column: int
    optional: bool
    verdict: str
    tally: str

    @property
    def end_column(self) -> int:
        """Column behind the last character."""
        return self.column + len(self.text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One listed problem. `numbered` is False where the contract leaves the label open (run-in, table)."""

    label: str
    number: int | None
    title: str
    state: str
    long_term: bool
    status_text: str
    line: int
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered heading; `optional` where it poses a problem or is a numbered measure."""

    level: int
    label: str
    number: int
    title: str
    role: str
    line: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of account; `verdict` may name two, joined by |."""

    noun: str
    state: str
    stated: float
    counted: float | None
    verdict: str
    line: int


@dataclass(frozen=True, slots=True)
class Report:
    """A whole invented report with its facts. `marks` maps a kind of line to 1-based line numbers."""

    name: str
    suffix: str
    lines: tuple[str, ...]
    title: str
    genre: str
    traits: tuple[str, ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    claims: tuple[Claim, ...]
    rows: tuple[Row, ...]
    contacts: tuple[tuple[str, str, int], ...]
    dates: tuple[tuple[str, str, int], ...]
    inspectors: tuple[tuple[str, int], ...]
    signature: tuple[str, str, int] | None
    marks: dict[str, tuple[int, ...]]
    names: dict[str, str]
    tolerated: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The report as a file holds it."""
        return "\n".join(self.lines) + "\n"

    def facts(self) -> dict[str, object]:
        """The facts in the shape of `facts --format json`."""
        return {
            "path": self.name + self.suffix,
            "title": self.title,
            "genre": self.genre,
            "sections": _tree(self.sections),
            "problems": [_public(p, ("numbered",)) for p in self.problems],
            "claims": [_claim(c) for c in self.claims],
            "contacts": [{"kind": k, "value": v, "line": n} for k, v, n in self.contacts],
            "dates": [{"role": r, "value": v, "line": n} for r, v, n in self.dates],
            "inspectors": [{"text": t, "line": n} for t, n in self.inspectors],
            "signature": None
            if self.signature is None
            else dict(zip(("organization", "date", "line"), self.signature, strict=True)),
        }


def _public(item: object, hidden: tuple[str, ...]) -> dict[str, object]:
    names = getattr(type(item), "__slots__", ())
    return {name: getattr(item, name) for name in names if name not in hidden}


def _claim(claim: Claim) -> dict[str, object]:
    out = _public(claim, ("optional", "verdict", "tally"))
    return out | {"end_line": claim.line, "end_column": claim.end_column}


def _tree(sections: tuple[Section, ...]) -> list[dict[str, object]]:
    roots: list[dict[str, object]] = []
    stack: list[tuple[int, list[dict[str, object]]]] = [(0, roots)]
    for section in sections:
        while stack[-1][0] >= section.level:
            stack.pop()
        children: list[dict[str, object]] = []
        stack[-1][1].append(_public(section, ("optional",)) | {"children": children})
        stack.append((section.level, children))
    return roots


def plain(text: str) -> str:
    """`text` without claim markup."""
    return _MARKUP.sub(lambda m: m[2], text)


@dataclass(slots=True)
class Builder:
    """Collects lines and facts; every fact gets the line it is written on."""

    lines: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    contacts: list[tuple[str, str, int]] = field(default_factory=list)
    dates: list[tuple[str, str, int]] = field(default_factory=list)
    inspectors: list[tuple[str, int]] = field(default_factory=list)
    marks: dict[str, list[int]] = field(default_factory=dict)
    spaced: bool = False

    def add(self, text: str, *marks: str) -> int:
        """Write one line, record its claims under its number and return the number."""
        if self.spaced and self.lines and self.lines[-1] and text and not text.startswith("|"):
            self.lines.append("")
        number = len(self.lines) + 1
        out = ""
        last = 0
        for found in _MARKUP.finditer(text):
            out += text[last : found.start()]
            self.claims.append(_read_claim(found[1], found[2], number, len(out) + 1))
            out += found[2]
            last = found.end()
        self.lines.append(out + text[last:])
        for mark in marks:
            self.marks.setdefault(mark, []).append(number)
        return number

    def next_line(self) -> int:
        """The number that the next `add` will return."""
        return len(self.lines) + (2 if self.spaced and self.lines and self.lines[-1] else 1)

    def problem(self, problem: Problem) -> None:
        """Record a listed problem."""
        self.problems.append(problem)
        self.marks.setdefault("problem", []).append(problem.line)

    def rows(self) -> tuple[Row, ...]:
        """The rows of account; a figure stated twice agrees with itself."""
        own = [c for c in self.claims if c.scope == "report" and c.value is not None and c.verdict]
        seen: dict[tuple[str, str, float | None], int] = {}
        for claim in own:
            key = (claim.noun, claim.state, claim.value)
            seen[key] = seen.get(key, 0) + 1
        rows = []
        for claim in own:
            assert claim.value is not None
            again = seen[(claim.noun, claim.state, claim.value)] > 1 and claim.noun in (
                "problem",
                "detail",
                "measure",
            )
            verdict = "agree" if again else claim.verdict
            counted = claim.value if verdict == "agree" else None
            rows.append(Row(claim.noun, claim.state, claim.value, counted, verdict, claim.line))
        return tuple(rows)


_VERDICTS = {"=a": "agree", "=u": "unverifiable", "=e": "agree|unverifiable", "=-": ""}


def _read_claim(head: str, words: str, line: int, column: int) -> Claim:
    noun, state, scope, value, *flags = head.split()
    unit = _UNIT.search(words)
    claim = Claim(
        noun=noun,
        state=state,
        value=None if value == "null" else float(value),
        unit=unit[1] if unit else "",
        approximate="~" in flags,
        all="*" in flags,
        scope=scope,
        text=words,
        line=line,
        column=column,
        optional="?" in flags,
        verdict="unverifiable" if scope == "report" else "",
        tally="",
    )
    for flag in flags:
        if flag in _VERDICTS:
            claim = replace(claim, verdict=_VERDICTS[flag])
        elif flag.startswith("#"):
            claim = replace(claim, tally=flag[1:])
    return claim
