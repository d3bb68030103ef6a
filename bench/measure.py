"""The measurement: clean reports, lone openings and faults, put to the checker and scored."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import ask, score
from bench.faults import Fault
from bench.generate import reports
from bench.inject import faults
from bench.model import Report
from bench.openings import opening
from bench.score import Score

ERRORS = frozenset(
    (
        "count.partition", "count.remainder", "count.all-done-conflict", "count.rate", "count.measures",
        "count.breakdown", "count.listed", "count.status", "count.repeat", "structure.title", "structure.lead",
        "structure.numbering", "contact.missing", "signature.mismatch", "date.order", "date.invalid",
        "name.inspector", "text.placeholder", "punctuation.pairs", "privacy.identifier", "disclosure.secret",
    )
)  # fmt: skip
GRAVE = ("error", "warning")


@dataclass(slots=True)
class Recall:
    """What became of the faults of one rule."""

    put: int = 0
    found: int = 0
    elsewhere: int = 0
    collateral: int = 0

    @property
    def rate(self) -> float:
        """Found at the right line, of those put in."""
        return self.found / self.put if self.put else 1.0


@dataclass(slots=True)
class Results:
    """Everything measured."""

    reports: int
    facts: dict[str, Score]
    clean: Counter[str] = field(default_factory=Counter)
    clean_rules: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Recall] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    collateral: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def recall(self, grave: bool) -> float:
        """Recall over all faults of error rules, or of the others."""
        chosen = [r for rule, r in self.rules.items() if (rule in ERRORS) == grave]
        put = sum(r.put for r in chosen)
        return sum(r.found for r in chosen) / put if put else 1.0

    @property
    def put(self) -> int:
        """How many faults were put in."""
        return sum(r.put for r in self.rules.values())

    def failures(self) -> list[str]:
        """The thresholds that are not met."""
        rows = self.facts["rows"]
        limits = [
            *((f"F1 of {name}", self.facts[name].f1, 0.98) for name in ("sections", "problems", "claims")),
            ("F1 of openings", self.facts["openings"].f1, 0.95),
            ("recall of error rules", self.recall(True), 0.97),
            ("recall of warning rules", self.recall(False), 0.90),
        ]
        out = [f"{name} {value:.3f} < {limit}" for name, value, limit in limits if value < limit]
        if self.put and len(self.collateral) / self.put >= 0.02:
            out.append(f"collateral {len(self.collateral)} in {self.put}")
        if self.clean["error"]:
            out.append(f"{self.clean['error']} errors on clean reports")
        if self.clean["warning"] * 20 >= self.reports and self.clean["warning"]:
            out.append(f"{self.clean['warning']} warnings on {self.reports} clean reports")
        if rows.misses or rows.false:
            out.append(f"{rows.misses + rows.false} rows of account wrong")
        return out


def measure(seed: int, count: int, each: int, folder: Path) -> Results:
    """Put `count` reports of `seed` and `each` faults of every one to the checker; `folder` is for the files."""
    clean = reports(seed, count)
    found = ask.check({r.name + r.suffix: r.text for r in clean}, folder / "clean")
    results = Results(
        count, {name: Score() for name in ("sections", "problems", "claims", "openings", "rows")}
    )
    for report in clean:
        _facts(results, report, folder / "clean" / (report.name + report.suffix))
        for finding in found[report.name + report.suffix]:
            results.clean[finding.severity] += 1
            if finding.severity in GRAVE and finding.rule not in report.tolerated:
                results.clean_rules[finding.rule] += 1
                results.false.append(_tell(report.name + report.suffix, report.text, finding))
            elif finding.severity in GRAVE:
                results.clean[finding.severity] -= 1
    _openings(results, [opening(seed, index) for index in range(count)], folder / "openings")
    _faults(results, clean, found, seed, each, folder / "faults")
    return results


def _facts(results: Results, report: Report, path: Path) -> None:
    said = ask.facts(path)
    score.sections(results.facts["sections"], report, said)
    score.problems(results.facts["problems"], report, said)
    score.claims(results.facts["claims"], report, said)
    score.rows(results.facts["rows"], report, ask.reconcile(path))


def _openings(results: Results, openings: Sequence[Report], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for report in openings:
        path = folder / (report.name + report.suffix)
        path.write_text(report.text, encoding="utf-8")
        score.claims(results.facts["openings"], report, ask.facts(path))


def _faults(
    results: Results,
    clean: Sequence[Report],
    before: dict[str, tuple[ask.Finding, ...]],
    seed: int,
    each: int,
    folder: Path,
) -> None:
    made = {
        f"{i:05d}-{name}{r.suffix}": (r, name, f) for i, (r, name, f) in enumerate(faults(clean, seed, each))
    }
    after = ask.check({name: fault.text for name, (_, _, fault) in made.items()}, folder)
    for name, (report, injector, fault) in made.items():
        new = new_findings(report.text, before[report.name + report.suffix], fault.text, after[name])
        _judge(results, name, injector, fault, new)


def _judge(results: Results, name: str, injector: str, fault: Fault, new: Sequence[ask.Finding]) -> None:
    recall = results.rules.setdefault(fault.rules[0], Recall())
    recall.put += 1
    named = [f for f in new if f.rule in fault.rules]
    if any(not fault.lines or f.lines & fault.lines for f in named):
        recall.found += 1
    else:
        recall.elsewhere += bool(named)
        other = "; ".join(f"{f.rule}:{f.line}" for f in new) or "nothing"
        where = ",".join(map(str, sorted(fault.lines)))
        results.misses.append(f"{fault.rules[0]} ({injector}) {name}:{where} «{fault.note}» — said {other}")
    for finding in new:
        if finding.severity in GRAVE and finding.rule not in fault.rules and finding.rule not in fault.also:
            recall.collateral += 1
            results.collateral.append(f"[{injector}: {fault.note[:40]}] {_tell(name, fault.text, finding)}")


def new_findings(
    old_text: str, old: Sequence[ask.Finding], new_text: str, new: Sequence[ask.Finding]
) -> list[ask.Finding]:
    """The findings that the clean text did not have: not on the same words, nor with the same message."""
    left = list(old)
    for told in (_key, _message):
        known = Counter(told(old_text, finding) for finding in left)
        fresh = Counter(told(new_text, finding) for finding in new)
        left = _beyond(left, [told(old_text, finding) for finding in left], fresh)
        new = _beyond(new, [told(new_text, finding) for finding in new], known)
    return list(new)


def _beyond(
    findings: Sequence[ask.Finding], keys: Sequence[tuple[str, str]], known: Counter[tuple[str, str]]
) -> list[ask.Finding]:
    """The findings whose keys are not among `known`, each of which answers for one."""
    out = []
    for finding, key in zip(findings, keys, strict=True):
        if known[key] > 0:
            known[key] -= 1
        else:
            out.append(finding)
    return out


def _message(_: str, finding: ask.Finding) -> tuple[str, str]:
    return finding.rule, finding.message


def _key(text: str, finding: ask.Finding) -> tuple[str, str]:
    lines = text.split("\n")
    return finding.rule, lines[finding.line - 1] if finding.line <= len(lines) else ""


def _tell(name: str, text: str, finding: ask.Finding) -> str:
    line = text.split("\n")[finding.line - 1]
    return f"{finding.severity} {finding.rule} {name}:{finding.line} {finding.message} | {line[:70]}"
