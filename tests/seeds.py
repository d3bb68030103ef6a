"""What the five seed reports must show, as ``python -m tests.seeds`` and as a test.

The seeds lie beside the checkout in ``../shared/seeds``; where they are absent, nothing is checked and the
test skips. Only rule ids and line numbers of findings are written down here, no text of the reports.
"""

from __future__ import annotations

import sys
from pathlib import Path

from checker import check, read

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"

Finding = tuple[str, int]

EXPECTED: dict[str, set[Finding]] = {
    "000": {
        ("structure.numbering", 36),
        ("name.inspector", 13),
        ("name.organization", 13),
        ("text.residue", 1),
        ("signature.missing", 46),
    },
    "001": {
        ("text.placeholder", 3),
        ("structure.lead", 3),
        ("contact.missing", 10),
        ("signature.missing", 10),
        ("punctuation.width", 6),
    },
    "002": {
        ("text.missing-word", 14),
        ("text.residue", 76),
        ("signature.missing", 76),
        ("count.no-total", 6),
    },
    "003": {
        ("structure.document-kind", 1),
        ("status.done-but-future", 31),
        ("status.done-but-future", 105),
        ("text.typo", 77),
        ("text.typo", 153),
        ("punctuation.pairs", 203),
        ("punctuation.marks", 165),
        ("contact.missing", 287),
        ("signature.missing", 287),
    },
    "004": {
        ("count.all-done-conflict", 13),
        ("structure.heading-style", 163),
        ("structure.heading-style", 181),
        ("contact.format", 215),
        ("contact.channels", 213),
        ("name.inspection-kind", 133),
        ("status.duplicate", 109),
        *(
            ("structure.broken-paragraph", line)
            for line in (13, 39, 49, 59, 73, 91, 111, 121, 131, 137, 145, 157, 169, 177, 183, 189, 203, 213)
        ),
    },
}

SILENT: dict[str, tuple[str, ...]] = {
    "000": ("count.", "contact.", "date."),
    "001": ("structure.numbering", "structure.run-in"),
    "002": ("contact.", "structure.numbering"),
    "003": ("count.", "structure.numbering"),
    "004": ("structure.numbering", "date.order", "date.invalid", "signature.", "count.listed"),
}


def faults() -> list[str]:
    """What the seeds show and should not, or should and do not; empty if all is well."""
    found: list[str] = []
    for path in sorted(FOLDER.glob("*.txt")):
        seed = path.name[:3]
        findings = {(one.rule, one.start.line) for one in check(path)}
        found += [f"{seed}: no {rule} at line {line}" for rule, line in sorted(EXPECTED[seed] - findings)]
        found += [
            f"{seed}: {rule} at line {line} should be silent"
            for rule, line in sorted(findings)
            if rule.startswith(SILENT[seed])
        ]
        found += _facts(seed, path)
    return found


def _facts(seed: str, path: Path) -> list[str]:
    document = read(path)
    states = [problem.state for problem in document.problems]
    title = document.title
    told: dict[str, object] = {
        "title lines": title.lines if title else 0,
        "problems": len(states),
        "done": states.count("done"),
        "ongoing": states.count("ongoing"),
        "level-1 labels": "".join(section.label for section in document.sections if section.level == 1),
    }
    expected: dict[str, dict[str, object]] = {
        "000": {"title lines": 3, "problems": 0, "done": 0, "ongoing": 0, "level-1 labels": "一二四"},
        "001": {"title lines": 1, "problems": 0, "done": 0, "ongoing": 0, "level-1 labels": "一二三"},
        "002": {"title lines": 1, "problems": 0, "done": 0, "ongoing": 0, "level-1 labels": "一二三"},
        "003": {"title lines": 3, "problems": 39, "done": 37, "ongoing": 2, "level-1 labels": "一二三"},
        "004": {"title lines": 1, "problems": 20, "level-1 labels": "一二三"},
    }
    return [
        f"{seed}: {name} is {told[name]!r}, should be {value!r}"
        for name, value in expected[seed].items()
        if told[name] != value
    ]


def main() -> int:
    """Print what is wrong. Exit status 0 if nothing is, 1 if something is, 2 without the seeds."""
    if not FOLDER.is_dir():
        print("the seed reports are not here")
        return 2
    wrong = faults()
    print("\n".join(wrong) if wrong else "all five seed reports show what they must")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
