"""Where the time of a check goes, in one process: ``python benchmarks/stages.py FIRST FURTHER…`` prints JSON.

Maps each stage to the seconds of the first report and the average of the further ones. A stage's time is its own:
what it spends in another stage counts there, so that the stages and "elsewhere" are the total.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START = time.perf_counter()
_spent: defaultdict[str, float] = defaultdict(float)
_inner = [0.0]


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Count what is done here as ``name``, without the stages within it."""
    start = time.perf_counter()
    _inner.append(0.0)
    try:
        yield
    finally:
        taken = time.perf_counter() - start
        _spent[name] += taken - _inner.pop()
        _inner[-1] += taken


def timed(work: Callable[..., Any], name: str) -> Callable[..., Any]:
    """``work`` that counts as stage ``name``."""

    def run(*arguments: Any, **keys: Any) -> Any:
        with stage(name):
            return work(*arguments, **keys)

    return run


def time_module(module: Any) -> None:
    """Time every function that a module takes from another of ours, under that one's name."""
    for name, value in list(vars(module).items()):
        home = getattr(value, "__module__", None) or ""
        ours = home.startswith("checker.") and home != module.__name__ and not isinstance(value, type)
        if (
            ours
            and callable(value)
            and name.startswith(("find_", "read_", "recognize", "list_", "sentences"))
        ):
            setattr(module, name, timed(value, f"read: {home.removeprefix('checker.')}"))


def check(path: str, settings: Any) -> None:
    """Check one file as the command does, stage by stage."""
    from checker.checking import ruleset_of
    from checker.linter import lint_rule
    from checker.outcome import Checked, Run, View
    from checker.output import render
    from checker.readers import read_bytes
    from checker.reading import read

    with stage("read bytes"):
        source = read_bytes(Path(path).read_bytes(), path)
    with stage("load rules"):
        ruleset = ruleset_of(settings)
    with stage("read: figures and the rest"):
        document = read(source)
    findings = []
    for rule in ruleset.rules:
        with stage(f"rules: {rule.id.partition('.')[0]}"):
            findings += lint_rule(document, rule)
    with stage("output"):
        render("text", Run((Checked(path, tuple(findings), False, False),)), View("zh"))


def main() -> None:
    """Check the files named and print where the time went."""
    with stage("import"):
        import checker.cli
        import checker.commands.check
        import checker.linter
        import checker.output.text
        import checker.parser
        import checker.reading
        import checker.rules
        from checker import caching
        from checker.settings import Settings
    with stage("load what is kept"):
        caching.fetch("")
    time_module(checker.reading)
    time_module(checker.parser)
    checker.parser.parse = timed(checker.parser.parse, "read: structure")
    check(sys.argv[1], Settings())
    total = time.perf_counter() - START
    first = dict(_spent)
    _spent.clear()
    begun = time.perf_counter()
    for path in sys.argv[2:]:
        check(path, Settings())
    further_total, count = time.perf_counter() - begun, max(len(sys.argv) - 2, 1)
    names = sorted({*first, *_spent}, key=lambda name: (-first.get(name, 0.0), name))
    found = {name: (first.get(name, 0.0), _spent[name] / count) for name in names}
    sums = [sum(pair[place] for pair in found.values()) for place in (0, 1)]
    found["elsewhere"] = (total - sums[0], further_total / count - sums[1])
    found["total, from the first import on"] = (total, further_total / count)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
