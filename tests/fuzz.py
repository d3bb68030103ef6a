"""Look for inputs that break the program: ``python -m tests.fuzz --minutes N [--seed S]``.

Inputs are tried in another process: one that hangs is ended and counts as a crash, as does one
that is slow, raises anything but the errors that are promised, or is answered differently a second time, there or in
a fresh process. What crashed is kept in ``--keep``; ``python -m tests.fuzz --again FILE`` tries such a file
once more. The exit status is 1 if anything crashed.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fuzz_inputs import make

HANGS = 60.0
"""Seconds of its own after which a process that tries an input counts as hanging."""
STALLS = 600.0
"""Seconds by the clock after which it counts as hanging whatever it has used, as one that only waits."""
RENEWED = 2_000
"""So many inputs a process tries before a fresh one takes over."""
AGAIN = 0.03
"""The share of inputs that a fresh process tries again."""


def _worker(pipe: Connection) -> None:
    """Try what comes through the pipe; answer with what was said and with what went wrong."""
    from tests.fuzz_trial import answer, limits, trial

    for kind, data in (("txt", "通报\n反馈问题3个。".encode()), ("cel", b"1 + 1"), ("phrase.lark", b"1")):
        answer(kind, data)  # what is loaded once is not what an input costs
    while True:
        kind, data = pipe.recv()
        limits.clear()
        try:
            said = hashlib.sha256(trial(kind, data).encode("utf-8", "surrogatepass")).hexdigest()
            pipe.send((said, "", sorted(limits)))
        except Exception:
            pipe.send(("", traceback.format_exc(), sorted(limits)))


class Process:
    """A process that tries inputs; a fresh one after each that hangs or dies."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_worker, args=(other,), daemon=True)
        self._process.start()
        other.close()

    def renew(self) -> None:
        """End the process and begin another."""
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._start()

    def tries(self, kind: str, data: bytes) -> tuple[str, str, list[str]]:
        """A name for the answer, what went wrong (empty if nothing did), and the rules that reached a limit."""
        try:
            self._pipe.send((kind, data))
            began, used = time.monotonic(), _processor_time(self._process.pid)
            while time.monotonic() - began < STALLS and _processor_time(self._process.pid) - used < HANGS:
                if self._pipe.poll(1.0):
                    answer: tuple[str, str, list[str]] = self._pipe.recv()
                    return answer
            said = f"hangs: no answer in {HANGS:.0f} s\n"
        except (EOFError, ConnectionResetError, BrokenPipeError):
            said = "the process died\n"
        self.renew()
        return "", said, []

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def _processor_time(number: int | None) -> float:
    """The seconds a process has used, so that a busy machine makes nothing hang; by the clock where Linux does not
    tell."""
    try:
        fields = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return time.monotonic()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _numbers(seed: int) -> Iterator[int]:
    chance = random.Random(seed)
    while True:
        yield chance.getrandbits(48)


def fuzz(minutes: float, seed: int, keep: Path) -> int:
    """Try inputs for so long; print what was tried. The number of crashes."""
    process, began = Process(), time.monotonic()
    tried: Counter[str] = Counter()
    sizes = 0
    crashes: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    later: list[tuple[str, bytes, str]] = []
    chance = random.Random(seed)
    for number in _numbers(seed):
        if time.monotonic() - began > minutes * 60:
            break
        kind, data = make(number)
        said, fault, limits = process.tries(kind, data)
        reached.update(limits)
        tried[kind] += 1
        sizes += len(data)
        if fault:
            crashes[_keep(keep, kind, data, fault)] += 1
        elif chance.random() < AGAIN:
            later.append((kind, data, said))
        if sum(tried.values()) % RENEWED == 0:
            process.renew()
            for kind, data, said in later:
                if process.tries(kind, data)[0] != said:
                    crashes[_keep(keep, kind, data, "Fault: another answer in a fresh process\n")] += 1
            later.clear()
    process.close()
    for kind, count in sorted(tried.items()):
        print(f"{count:8} {kind}")
    total, took = sum(tried.values()), time.monotonic() - began
    print(
        f"{total:8} inputs, {sizes / 1e6:.1f} MB, {took:.0f} s, seed {seed}: {sum(crashes.values())} crashes"
    )
    for rule, count in reached.most_common():
        print(f"{count:8} reports on which {rule} reached its work limit and said so")
    for fault, count in crashes.most_common():
        print(f"{count:8} {fault}")
    return sum(crashes.values())


def _keep(folder: Path, kind: str, data: bytes, fault: str) -> str:
    """Put an input that crashed into ``folder``, with what was said. What it is, in a line."""
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(data).hexdigest()[:12]
    (folder / f"{name}.{kind}").write_bytes(data)
    (folder / f"{name}.trace").write_text(fault, encoding="utf-8", errors="backslashreplace")
    lines = fault.strip().splitlines()
    place = next((line.strip() for line in reversed(lines) if line.lstrip().startswith("File ")), "")
    short = f"{kind}: {lines[-1][:160]} {place.rpartition('/')[2]}"
    print(f"{name}.{kind} {short}", flush=True)
    return short


def again(path: Path) -> int:
    """Try a kept input once more and print what is said."""
    from tests.fuzz_trial import trial

    _, _, kind = path.name.partition(".")
    print(trial(kind, path.read_bytes()).encode("utf-8", "backslashreplace").decode())
    return 0


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-crashes"), help="folder for what crashed")
    parser.add_argument("--again", type=Path, help="try this kept input once more")
    given = parser.parse_args()
    if given.again:
        return again(given.again)
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1 << 32)
    return int(fuzz(given.minutes, seed, given.keep) > 0)


if __name__ == "__main__":
    sys.exit(main())
