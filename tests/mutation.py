"""Mutation testing of the core: ``python -m tests.mutation --minutes N [--seed S]`` (needs ``cosmic-ray``).

Mutants of the modules below are drawn at random, made in a copy of the working tree, and each is tried with the tests
of its module. What survives is printed as a difference. The exit status is 0 whatever the score.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).resolve().parent.parent
STRUCTURE = ("parser", "problems", "roles", "numbering", "points", "example_reports")
FIGURES = (
    *(
        "phrases",
        "phrase_shapes",
        "clauses",
        "drafts",
        "antecedents",
        "claims",
        "tallies",
        "rates",
        "accounts",
    ),
    "example_reports",
)
LANGUAGE = (
    *("expression_values", "expression_compile", "expression", "expression_messages", "expression_templates"),
    *("expression_patterns", "expression_pattern_search"),
)
TESTS = {
    "parser": STRUCTURE,
    **dict.fromkeys(FIGURES[:-1], FIGURES),
    **dict.fromkeys(("linter", "judging"), ("linter",)),
    **{name: (name,) for name in ("tables", "pairs", "words", "regexes")},
    **{
        path.stem: LANGUAGE
        for path in sorted((ROOT / "checker").glob("expression*.py"))
        if path.stem != "expression_types"
    },
}
"""The modules and their tests."""
OPERATORS = (
    *("AddNot", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue"),
    *("NumberReplacer", "ZeroIterationForLoop", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt")),
    *("ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add", "ReplaceUnaryOperator_Delete_Not"),
)  # fmt: skip
LONGEST = 90.0
"""Seconds after which a mutant counts as killed: it no longer ends."""


def mutants(module: str) -> list[tuple[str, str, int]]:
    """Every mutant of a module: its name, the operator's, and which of the operator's places it is."""
    tree = get_ast((ROOT / "checker" / f"{module}.py").read_text(encoding="utf-8"))
    nodes = list(ast_nodes(tree))
    found = []
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        count = sum(len(list(operator.mutation_positions(node))) for node in nodes)
        found += [(module, name, place) for place in range(count)]
    return found


def killed(copy: Path, module: str, text: str) -> bool:
    """Whether the tests of ``module`` fail with ``text`` in its place."""
    place = copy / "checker" / f"{module}.py"
    original = place.read_text(encoding="utf-8")
    place.write_text(text, encoding="utf-8")
    words = [f"tests/test_{name}.py" for name in TESTS[module] if (copy / f"tests/test_{name}.py").exists()]
    try:
        result = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *words],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), "ZHENGGAI_CACHE_DIR": str(copy / "cache")},
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        place.write_text(original, encoding="utf-8")
    return result.returncode != 0


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("modules", nargs="*", help="these modules alone (claims linter …)")
    given = parser.parse_args()
    chance, began = random.Random(given.seed), time.monotonic()
    waiting = {module: mutants(module) for module in given.modules or TESTS}
    counts = {module: len(found) for module, found in waiting.items()}
    for found in waiting.values():
        chance.shuffle(found)
    tried: Counter[str] = Counter()
    dead: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "seeds"))
        while any(waiting.values()) and time.monotonic() - began < given.minutes * 60:
            for found in [found for found in waiting.values() if found]:
                module, operator, place = found.pop()
                original = (ROOT / "checker" / f"{module}.py").read_text(encoding="utf-8")
                text = mutate_code(original, get_operator(f"core/{operator}")(), place)
                if text is None or text == original:
                    continue
                if time.monotonic() - began > given.minutes * 60:
                    break
                tried[module] += 1
                if killed(copy, module, text):
                    dead[module] += 1
                else:
                    _show(module, operator, text)
    for module, count in counts.items():
        print(f"{module:28} {dead[module]:3} of {tried[module]:3} killed, of {count} mutants")
    total = sum(tried.values())
    print(
        f"{sum(dead.values())} of {total} killed ({100 * sum(dead.values()) / max(total, 1):.0f}%), seed {given.seed}"
    )
    return 0


def _show(module: str, operator: str, text: str) -> None:
    before = (ROOT / "checker" / f"{module}.py").read_text(encoding="utf-8").splitlines()
    lines = difflib.unified_diff(before, text.splitlines(), f"{module}.py", operator, "", "", 1)
    print("\n".join(line.rstrip("\n") for line in lines), flush=True)


if __name__ == "__main__":
    sys.exit(main())
