"""How fast we are, and others on the same files: ``python benchmarks/speed.py``.

``cold``: one report of about 18 KB in a fresh process. ``many``: distinct generated reports in one run, and copies of some. ``big``: one
file of ``--megabytes``, and half of it. ``memory`` adds what the largest process held in each. ``stages``: where our
own time goes. Peers are found as :mod:`benchmarks.peers` says. Files are Markdown, the same for all; they have been
read before, so no disk is measured. Our own cache is in a folder of the run's, empty at its beginning.
A program that fails or takes longer than ``--limit`` seconds is shown as such.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.peers import OURS, Peer, installed, ours  # noqa: E402

PARTS = ("cold", "many", "big", "memory", "stages")
_SINGLES = 20
"""So many files are given to a program that takes one for each process; the time for all is worked out."""
_COPIED = 5
_CHOICE = 60
"""Of so many reports the one is taken for a cold start that is nearest to the size wanted."""
_FATAL = ("Traceback (most recent", "heap out of memory", "Maximum call stack")
_MAKE = """import sys; from pathlib import Path
from bench.generate import generate
folder, seed, count, size, least = Path(sys.argv[1]), *map(int, sys.argv[2:])
texts = [generate(seed, index).text for index in range(max(count, least))]
for index, text in enumerate(texts[:count]):
    (folder / "many" / f"{index:05}.md").write_text(text, encoding="utf-8")
one = min(texts, key=lambda text: abs(len(text.encode()) - 18_000))
(folder / "cold" / "report.md").write_text(one, encoding="utf-8")
for name, wanted in (("half", size // 2), ("whole", size)):
    made, index, parts = 0, 0, []
    while made < wanted:
        if index == len(texts):
            texts.append(generate(seed, index).text)
        parts.append(texts[index]); made += len(texts[index].encode()) + 2; index += 1
    (folder / name / "report.md").write_text("\\n\\n".join(parts), encoding="utf-8")
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One process or several in turn: seconds, and bytes of the largest; ``fault`` if it did not get through."""

    seconds: float
    memory: int
    fault: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, of whom, and the same of ours to compare with, if any."""

    what: str
    who: str
    run: Run
    ours: Run | None = None


def run(words: Sequence[str], folder: Path, limit: float, **environment: str) -> Run:
    """One process in ``folder``, its output thrown away. A status above 1 is a fault: 1 means findings."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, env=environ
        )
        late = threading.Event()
        timer = threading.Timer(limit, lambda: (late.set(), process.kill()))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        timer.cancel()
        process.returncode = code = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words_said = said.read().decode("utf-8", "replace")
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    fault = ""
    if late.is_set():
        fault = f"not done after {limit:.0f} s"
    elif code not in (0, 1) or any(sign in words_said for sign in _FATAL):
        fault = f"failed (status {code}): {words_said.strip()[-80:]!r}"
    return Run(taken, memory, fault)


def over(peer: Peer, folder: Path, names: Sequence[str], limit: float) -> Run:
    """A peer over files; one that takes a file for each process is measured on some of them."""
    if not peer.single:
        return run(peer.words(names), folder, limit)
    some = [folder / name for name in names[:_SINGLES]]
    try:
        made = [peer.prepare(path).name if peer.prepare else path.name for path in some]
    except (OSError, subprocess.CalledProcessError) as error:
        return Run(0, 0, f"its files cannot be made: {type(error).__name__}")
    runs = [run(peer.words([name]), folder, limit) for name in made]
    seconds = sum(one.seconds for one in runs) * len(names) / len(some)
    fault = next((one.fault for one in runs if one.fault), "")
    note = (
        f"one process each; {len(some)} measured, times {len(names) / len(some):g}" if len(names) > 1 else ""
    )
    return Run(seconds, max(one.memory for one in runs), fault, note)


def median(runs: Sequence[Run]) -> Run:
    """The median of the times and the most of the memory; the first fault, if there is one."""
    fault = next((one.fault for one in runs if one.fault), "")
    seconds = statistics.median(one.seconds for one in runs)
    return Run(seconds, max(one.memory for one in runs), fault, runs[0].note)


def cold(peers: Sequence[Peer], mine: Peer, folder: Path, repeat: int, limit: float) -> list[Row]:
    """One report in fresh processes."""
    place, cache, names = folder / "cold", folder / "cache", ["report.md"]
    size = (place / "report.md").stat().st_size / 1000
    what = f"one report of {size:.0f} KB"
    words = mine.words(names)
    compiled = folder / "compiled"
    first = run(
        words, place, limit, ZHENGGAI_CACHE_DIR=str(folder / "none"), PYTHONPYCACHEPREFIX=str(compiled)
    )
    run(words, place, limit, ZHENGGAI_CACHE_DIR=str(cache))
    empty, new, known = [], [], []
    for number in range(repeat):
        empty.append(run(words, place, limit, ZHENGGAI_CACHE_DIR=str(folder / f"empty-{number}")))
        for results in cache.glob("*-results"):
            shutil.rmtree(results)
        new.append(run(words, place, limit, ZHENGGAI_CACHE_DIR=str(cache)))
        known.append(run(words, place, limit, ZHENGGAI_CACHE_DIR=str(cache)))
    base = median(new)
    rows = [
        Row(what, OURS, base),
        Row(f"{what}, unchanged since the last run", OURS, median(known), base),
        Row(f"{what}, our cache empty", OURS, median(empty), base),
        Row(f"{what}, first run ever (nothing compiled)", OURS, first, base),
    ]
    return rows + [
        Row(what, peer.name, median([over(peer, place, names, limit) for _ in range(repeat)]), base)
        for peer in peers
    ]


def many(peers: Sequence[Peer], mine: Peer, folder: Path, limit: float) -> list[Row]:
    """Many reports in one run; ours with two processes and with one, then again, then copies of five of them."""
    place = folder / "many"
    names = sorted(path.name for path in place.glob("*.md"))
    what = f"{len(names):,} reports"
    copies = folder / "copies"
    copies.mkdir()
    for number, name in enumerate(names):
        shutil.copy(place / names[number % _COPIED], copies / name)

    def run_ours(jobs: str, cache: str, where: Path = place) -> Run:
        words = [*mine.words(["."]), "--jobs", jobs, "--quiet"]
        return run(words, where, limit, ZHENGGAI_CACHE_DIR=str(folder / cache))

    run(mine.words(["report.md"]), folder / "cold", limit, ZHENGGAI_CACHE_DIR=str(folder / "two"))
    for cache in ("one", "same"):
        shutil.copytree(folder / "two", folder / cache)
    base = run_ours("2", "two")
    rows = [
        Row(f"{what}, two processes", OURS, base),
        Row(f"{what}, one process", OURS, run_ours("1", "one"), base),
        Row(f"{what}, unchanged since the last run", OURS, run_ours("2", "two"), base),
        Row(f"{what}, copies of {_COPIED}", OURS, run_ours("2", "same", copies), base),
    ]
    return rows + [Row(what, peer.name, over(peer, place, names, limit), base) for peer in peers]


def big(peers: Sequence[Peer], mine: Peer, folder: Path, limit: float) -> list[Row]:
    """One file of many reports' text, and half of it."""
    rows: list[Row] = []
    bases: dict[str, Run] = {}
    run(mine.words(["report.md"]), folder / "cold", limit, ZHENGGAI_CACHE_DIR=str(folder / "cache"))
    for peer in (mine, *peers):
        runs: dict[str, Run] = {}
        for part in ("half", "whole"):
            size = (folder / part / "report.md").stat().st_size / 1e6
            if peer.name == OURS:
                cache = str(folder / "cache")
                runs[part] = run(peer.words(["report.md"]), folder / part, limit, ZHENGGAI_CACHE_DIR=cache)
                bases[part] = runs[part]
            elif part == "whole" and runs["half"].fault:
                continue
            else:
                runs[part] = over(peer, folder / part, ["report.md"], limit)
            base = None if peer.name == OURS else bases[part]
            rows.append(Row(f"one report of {size:.2g} MB", peer.name, runs[part], base))
        if len(runs) == 2 and not any(one.fault for one in runs.values()):
            grown = runs["whole"].seconds / runs["half"].seconds
            print(f"{peer.name}: twice the size takes {grown:.2f} times as long", file=sys.stderr)
    return rows


def table(rows: Sequence[Row], memory: bool) -> str:
    """The rows as a Markdown table."""
    head = ["measured", "program", "seconds", "times ours", *(["MB"] if memory else []), ""]
    lines = [head, ["---"] * len(head)]
    for row in rows:
        failed = bool(row.run.fault)
        compared = not failed and row.ours is not None and not row.ours.fault
        ratio = f"{row.run.seconds / row.ours.seconds:.2f}" if compared and row.ours is not None else ""
        cells = [row.what, row.who, "" if failed else f"{row.run.seconds:.3f}", ratio]
        if memory:
            cells.append(f"{row.run.memory / 1e6:.0f}")
        lines.append([*cells, row.run.fault or row.run.note])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def stages(folder: Path, reports: int) -> str:
    """Where our own time goes: a first report in a fresh process, and the average of more in the same process."""
    names = [str(path) for path in sorted((folder / "many").glob("*.md"))[:reports]]
    cache = {"ZHENGGAI_CACHE_DIR": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
    words = [
        sys.executable,
        str(Path(__file__).with_name("stages.py")),
        str(folder / "cold" / "report.md"),
        *names,
    ]
    for _ in range(2):  # the first run fills the cache
        done = subprocess.run(words, capture_output=True, check=True, env={**os.environ, **cache})
    found = json.loads(done.stdout)
    lines = ["| stage | ms, first report | ms, each further |", "| --- | --- | --- |"]
    for name, (first, further) in found.items():
        lines.append(f"| {name} | {first * 1000:.1f} | {further * 1000:.2f} |")
    return "\n".join(lines)


def machine() -> str:
    """What this runs on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return f"{os.cpu_count()} processors, load {load:.1f}, {platform.system()} {platform.machine()}, " + (
        f"Python {platform.python_version()}"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 if one of our own runs failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000, help="how many reports (1000)")
    parser.add_argument("--repeat", type=int, default=5, help="how many times a cold start is measured (5)")
    parser.add_argument("--megabytes", type=float, default=10, help="the size of the big report (10)")
    parser.add_argument(
        "--only", default=",".join(PARTS), help=f"parts, with commas between ({','.join(PARTS)})"
    )
    parser.add_argument("--limit", type=float, default=300, help="seconds that one run may take (300)")
    parser.add_argument("--seed", type=int, default=5, help="of the generated reports (5)")
    parser.add_argument("--no-peers", action="store_true", help="only ours")
    options = parser.parse_args(argv)
    parts = options.only.split(",")
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("many", "cold", "half", "whole"):
            (folder / part).mkdir()
        size = int(options.megabytes * 1e6) if "big" in parts else 0
        choice = _CHOICE if "cold" in parts else 1
        numbers = [str(number) for number in (options.seed, options.reports, size, choice)]
        words = [sys.executable, "-c", _MAKE, name, *numbers]
        subprocess.run(words, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        mine, peers = ours(), [] if options.no_peers else installed(folder)
        print(f"{machine()}; " + ", ".join(f"{peer.name} {peer.version}" for peer in (mine, *peers)) + "\n")
        if "cold" in parts:
            rows += cold(peers, mine, folder, options.repeat, options.limit)
        if "many" in parts:
            rows += many(peers, mine, folder, options.limit)
        if "big" in parts:
            rows += big(peers, mine, folder, options.limit)
        if rows:
            print(table(rows, "memory" in parts), flush=True)
        if "stages" in parts:
            print(f"\n{stages(folder, min(options.reports, 30))}")
    print(f"\nat the end: {machine()}")
    return int(any(row.who == OURS and row.run.fault for row in rows))


if __name__ == "__main__":
    sys.exit(main())
