"""`python -m bench.peers`: which injected faults other linters notice, family by family.

A linter notices a fault if it says more of the faulted report than of the clean one. That is generous: what
it says need not be about the fault. Peers that are not installed are left out: `autocorrect-py` (PyPI) and
`zhlint` (npm; its command is looked for on PATH, or named by the environment variable ZHLINT).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench import ask
from bench.generate import reports
from bench.inject import faults

Count = Callable[[dict[str, str]], dict[str, int]]


def ours(texts: dict[str, str]) -> dict[str, int]:
    """How many findings zhenggai has in each text."""
    with tempfile.TemporaryDirectory() as folder:
        return {name: len(found) for name, found in ask.check(texts, Path(folder)).items()}


def autocorrect(texts: dict[str, str]) -> dict[str, int]:
    """How many lines autocorrect would correct in each text."""
    import autocorrect_py

    return {name: len(autocorrect_py.lint_for(text, "text").lines) for name, text in texts.items()}


def zhlint(texts: dict[str, str]) -> dict[str, int]:
    """How many errors zhlint reports in each text."""
    command = os.environ.get("ZHLINT") or shutil.which("zhlint") or ""
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = Path(folder) / "report.md"
            path.write_text(text, encoding="utf-8")
            done = subprocess.run([command, "report.md"], cwd=folder, capture_output=True, check=False)
            said = (done.stdout + done.stderr).decode("utf-8", "replace")
            counts[name] = sum(line.startswith("report.md:") for line in said.splitlines())
    return counts


def peers() -> dict[str, Count]:
    """Ourselves and the peers that are installed."""
    found: dict[str, Count] = {"zhenggai": ours}
    try:
        import autocorrect_py  # noqa: F401

        found["autocorrect"] = autocorrect
    except ImportError:
        print("autocorrect-py is not installed", file=sys.stderr)
    if os.environ.get("ZHLINT") or shutil.which("zhlint"):
        found["zhlint"] = zhlint
    else:
        print("zhlint is not installed", file=sys.stderr)
    return found


def main() -> None:
    """Print a table: family of rules, faults, and how many each linter noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=30)
    parser.add_argument("--faults", type=int, default=4, help="faults put into each report")
    options = parser.parse_args()
    clean = reports(options.seed, options.reports)
    made = {
        f"{number:05}-{injector}.{Path(report.name).suffix.lstrip('.') or 'txt'}": (report, fault)
        for number, (report, injector, fault) in enumerate(faults(clean, options.seed, options.faults))
    }
    before = {f"{report.name}.txt": report.text for report in clean}
    after = {name: fault.text for name, (_, fault) in made.items()}
    total: Counter[str] = Counter(fault.rules[0].partition(".")[0] for _, fault in made.values())
    table: dict[str, Counter[str]] = {}
    for peer, count in peers().items():
        calm, faulted = count(before), count(after)
        table[peer] = Counter(
            fault.rules[0].partition(".")[0]
            for name, (report, fault) in made.items()
            if faulted[name] > calm[f"{report.name}.txt"]
        )
    print("| faults in | put in | " + " | ".join(table) + " |")
    print("| --- " * (2 + len(table)) + "|")
    for family, number in sorted(total.items()):
        print(
            f"| {family} | {number} | "
            + " | ".join(str(noticed[family]) for noticed in table.values())
            + " |"
        )
    sums = (str(sum(noticed.values())) for noticed in table.values())
    print(f"| all | {sum(total.values())} | " + " | ".join(sums) + " |")


if __name__ == "__main__":
    main()
