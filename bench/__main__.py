"""`python -m bench`: measure the checker on invented reports and print the table."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench.measure import ERRORS, Results, measure


def table(results: Results) -> str:
    """The results as Markdown."""
    put = results.put
    rows = results.facts["rows"]
    total = rows.hits + rows.misses + rows.false
    out = ["| what | measured | wanted |", "| --- | --- | --- |"]
    for name in ("sections", "problems", "claims"):
        out.append(f"| F1 of {name} | {results.facts[name].f1:.4f} | ≥ 0.98 |")
    out.append(f"| F1 of claims of lone openings | {results.facts['openings'].f1:.4f} | ≥ 0.95 |")
    out.append(f"| rows of account right | {rows.hits} of {total} | all |")
    out.append(f"| errors on {results.reports} clean reports | {results.clean['error']} | 0 |")
    out.append(
        f"| warnings on {results.reports} clean reports | {results.clean['warning']} | < {results.reports / 20:g} |"
    )
    out.append(f"| recall of faults, error rules | {results.recall(True):.4f} | ≥ 0.97 |")
    out.append(f"| recall of faults, warning rules | {results.recall(False):.4f} | ≥ 0.90 |")
    out.append(f"| collateral findings of {put} faults | {len(results.collateral)} | < {put * 0.02:g} |")
    out += [
        "",
        "| rule | class | faults | found | other line | collateral | on clean reports |",
        "| --- " * 7 + "|",
    ]
    for rule in sorted(set(results.rules) | set(results.clean_rules)):
        r = results.rules.get(rule)
        kind = "error" if rule in ERRORS else "warning"
        counts = f"{r.put} | {r.found} | {r.elsewhere} | {r.collateral}" if r else "– | – | – | –"
        out.append(f"| {rule} | {kind} | {counts} | {results.clean_rules[rule]} |")
    return "\n".join(out)


def data(results: Results) -> dict[str, object]:
    """The results as JSON."""
    return {
        "reports": results.reports,
        "facts": {
            name: {"f1": round(s.f1, 5), "hits": s.hits, "misses": s.misses, "false": s.false}
            for name, s in results.facts.items()
        },
        "clean": {
            "error": results.clean["error"],
            "warning": results.clean["warning"],
            "rules": results.clean_rules,
        },
        "recall": {"error": round(results.recall(True), 5), "warning": round(results.recall(False), 5)},
        "collateral": len(results.collateral),
        "faults": results.put,
        "rules": {
            rule: {"put": r.put, "found": r.found, "elsewhere": r.elsewhere, "collateral": r.collateral}
            for rule, r in sorted(results.rules.items())
        },
        "failures": results.failures(),
    }


def main() -> int:
    """Run the bench; 1 when --gate is given and a threshold is not met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--faults", type=int, default=10, help="faults put into each report")
    parser.add_argument(
        "--show-misses", type=int, default=0, metavar="N", help="print N of each kind of mistake"
    )
    parser.add_argument("--match", default="", help="show only mistakes that contain these words")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the reports here and leave them")
    parser.add_argument("--gate", action="store_true", help="exit status 1 when a threshold is not met")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        results = measure(options.seed, options.reports, options.faults, options.keep or Path(made))
    print(table(results))
    kinds = {name: score.notes for name, score in results.facts.items()}
    kinds |= {"clean": results.false, "missed faults": results.misses, "collateral": results.collateral}
    for name, notes in kinds.items():
        chosen = [note for note in notes if options.match in note]
        if options.show_misses and chosen:
            print(f"\n## {name}: {len(chosen)}\n")
            print("\n".join(chosen[: options.show_misses]))
    if options.json:
        options.json.write_text(
            json.dumps(data(results), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    failures = results.failures()
    for failure in failures:
        print(f"not met: {failure}", file=sys.stderr)
    return 1 if options.gate and failures else 0


if __name__ == "__main__":
    sys.exit(main())
