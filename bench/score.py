"""Comparing what was understood with what is so: precision, recall and F1 of facts, and rows of account."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bench.model import COUNTED, Report

STATELESS = ("rule", "money", "person")
Key = tuple[object, ...]


@dataclass(slots=True)
class Score:
    """Counts of hits, misses and false ones, with notes on the latter two."""

    hits: int = 0
    misses: int = 0
    false: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find."""
        total = 2 * self.hits + self.misses + self.false
        return 2 * self.hits / total if total else 1.0

    def add(self, report: Report, wanted: Iterable[tuple[Key, str]], got: Iterable[tuple[Key, str]]) -> None:
        """Compare two multisets of (key, where)."""
        want: dict[Key, list[str]] = {}
        for key, where in wanted:
            want.setdefault(key, []).append(where)
        for key, where in got:
            if want.get(key):
                want[key].pop()
                self.hits += 1
            else:
                self.false += 1
                self.notes.append(f"false {key} {report.name}{report.suffix} {where}")
        for key, places in want.items():
            for where in places:
                self.misses += 1
                self.notes.append(f"miss  {key} {report.name}{report.suffix} {where}")


def _quote(report: Report, line: int) -> str:
    text = report.lines[line - 1] if 0 < line <= len(report.lines) else ""
    return f":{line} {text[:60]}"


def _bare(title: str) -> str:
    return title.strip().strip("#* \u3000").rstrip("。：:，；.")


def sections(score: Score, report: Report, said: dict[str, Any]) -> None:
    """Numbered headings by level, number, line, and the role of the outermost ones."""
    optional = {s.line for s in report.sections if s.optional} | {p.line for p in report.problems}
    top = min((s.level for s in report.sections), default=1)

    def key(level: int, number: object, title: str, role: str, line: int) -> Key:
        return (level, number, _bare(title), role if level == top else "", line)

    wanted = [
        (key(s.level, s.number, s.title, s.role, s.line), _quote(report, s.line))
        for s in report.sections
        if not s.optional
    ]
    got = [
        (key(s["level"], s["number"], s["title"], s["role"], s["line"]), _quote(report, s["line"]))
        for s in _walk(said["sections"])
        if s["line"] not in optional and s["label"]
    ]
    score.add(report, wanted, got)


def _walk(tree: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for node in tree:
        yield node
        yield from _walk(node["children"])


def problems(score: Score, report: Report, said: dict[str, Any]) -> None:
    """Listed problems by line, label (where the contract fixes it), state and long-term mark."""
    free = {p.line for p in report.problems if not p.numbered}
    shared = Counter(p.line for p in report.problems)

    def key(line: int, number: object, state: str, long_term: bool) -> Key:
        return (line, "" if line in free else number, state, long_term)

    wanted = [(key(p.line, p.number, p.state, p.long_term), _quote(report, p.line)) for p in report.problems]
    got = [
        (key(p["line"], p["number"], p["state"], p["long_term"]), _quote(report, p["line"]))
        for p in said["problems"]
    ]
    assert all(shared[p.line] for p in report.problems)
    score.add(report, wanted, got)


def claims(score: Score, report: Report, said: dict[str, Any]) -> None:
    """Claims by noun (measure and task are one), state, value, all, scope; hesitant ones count neither way."""
    got: Counter[Key] = Counter()
    where: dict[Key, str] = {}
    for c in said["claims"]:
        if c["noun"] in COUNTED and (c["value"] is not None or c["all"]):
            key = _claim_key(c["noun"], c["state"], c["value"], c["all"], c["scope"])
            got[key] += 1
            where.setdefault(key, _quote(report, c["line"]) + f" «{c['text']}»")
    wanted: list[tuple[Key, str]] = []
    for claim in report.claims:
        if claim.optional or (claim.value is None and not claim.all):
            continue
        key = _claim_key(claim.noun, claim.state, claim.value, claim.all, claim.scope)
        if claim.state == "any" and claim.noun not in STATELESS:
            key = next((k for k in got if got[k] and _alike(k, key)), key)
        place = _quote(report, claim.line) + f" «{claim.text}»"
        if got[key]:
            got[key] -= 1
            score.hits += 1
        else:
            wanted.append((key, place))
    for claim in report.claims:
        if claim.optional:
            loose = _claim_key(claim.noun, "any", claim.value, claim.all, "")
            match = next((k for k in got if got[k] and _near(k, loose)), None)
            if match:
                got[match] -= 1
    score.add(report, wanted, [(key, where[key]) for key, n in got.items() for _ in range(n)])


def _claim_key(noun: str, state: str, value: float | None, all_: bool, scope: str) -> Key:
    noun = "measure" if noun == "task" else noun
    state = "" if noun in STATELESS else state
    return (
        noun,
        state,
        None if value is None else round(float(value), 4),
        bool(all_) and value is None,
        scope,
    )


def _alike(got: Key, wanted: Key) -> bool:
    return (got[0], *got[2:]) == (wanted[0], *wanted[2:])


def _near(got: Key, wanted: Key) -> bool:
    return got[2] == wanted[2]


def rows(score: Score, report: Report, said: dict[str, Any]) -> None:
    """Rows of account by noun, state, figure and verdict; a row beyond the wanted is false if it says 不符."""
    got = [r for r in said["rows"] if r["stated"] is not None]
    used: set[int] = set()
    for row in report.rows:
        noun = "measure" if row.noun == "task" else row.noun
        found = None
        for i, r in enumerate(got):
            same = ("measure" if r["noun"] == "task" else r["noun"]) == noun and abs(
                r["stated"] - row.stated
            ) < 1e-6
            state = noun in STATELESS or row.state == "any" or r["state"] == row.state
            if i not in used and same and state and r["line"] == row.line:
                found = i
                break
        where = _quote(report, row.line)
        wanted = f"{row.noun} {row.state} {row.stated:g} {row.verdict}"
        if found is None:
            score.misses += 1
            score.notes.append(f"miss  row {wanted} {report.name}{report.suffix} {where}")
            continue
        used.add(found)
        if got[found]["verdict"] in row.verdict.split("|"):
            score.hits += 1
        else:
            score.false += 1
            said_ = f"{got[found]['verdict']} {got[found]['basis']} {got[found]['counted']}"
            score.notes.append(f"wrong row {wanted}, said {said_} {report.name}{report.suffix} {where}")
    for i, r in enumerate(got):
        if i not in used and r["verdict"] == "disagree":
            score.false += 1
            score.notes.append(
                f"false row {r['noun']} {r['state']} {r['stated']} disagree {report.name} {_quote(report, r['line'])}"
            )
