"""Does time grow with the size of a text and not with its square? ``python benchmarks/linear.py [SHAPE …]``.

Each shape is a text that nobody would write, or a report that is merely long, at a quarter of its size, at half and
whole. Each is checked by the command, in one process, which is ended after ``--limit`` seconds; printed are the user CPU
time, less what a check of nothing takes, how it grew at each doubling, and what the process held. The exit status is 1 if
a doubling cost more than 2.2 times (times below half a second are too short to tell), a check was not done in
time, or a rule gave up.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WANTED = 2.2
TINY = 0.5
STEPS = (4, 2, 1)
MEGABYTES = 10
HEAD = "中共某区教育局党组关于巡察整改进展情况的通报\n"
_BYTES = 1_000_000
_ITEM = "针对“制度执行不够严格”的问题。修订完善制度3项，开展专项检查2次。"


def _bytes(unit: str) -> Callable[[int], str]:
    """``unit`` again and again, for a number of bytes."""
    return lambda size: unit * (size // len(unit.encode()))


def _times(unit: str) -> Callable[[int], str]:
    return lambda count: unit * count


def _numbered(unit: str) -> Callable[[int], str]:
    return lambda count: "".join(unit.replace("N", str(number)) for number in range(1, count + 1))


def _report(size: int) -> str:
    """Reports one after the other, as in a file that somebody put together; so many bytes at least."""
    from bench.generate import generate

    texts, length, number = [], 0, 0
    while length < size:
        texts.append(generate(3, number % 40).text + "\n")
        length += len(texts[-1].encode())
        number += 1
    return "".join(texts)


def _run_in(count: int) -> str:
    from checker.numerals import write_chinese

    return "".join(f"{write_chinese(number)}是开展专项检查，完善制度。" for number in range(1, count + 1))


def _chinese_headings(count: int) -> str:
    from checker.numerals import write_chinese

    return "".join(f"（{write_chinese(number)}）制度执行方面\n{_ITEM}\n" for number in range(1, count + 1))


TEN = MEGABYTES * _BYTES
SHAPES: dict[str, tuple[int, Callable[[int], str]]] = {
    # merely long
    "reports in one file, bytes": (TEN, _report),
    "one line of sentences, bytes": (TEN, _bytes("区教育局党组认真研究部署整改工作，逐条明确责任科室。")),
    "one line without a mark, bytes": (TEN, _bytes("整改工作")),
    "lines of one report, bytes": (
        TEN,
        _bytes("整改情况：建立健全学习制度，组织专题学习，问题已经整改到位。\n"),
    ),
    # headings, problems, points
    "headings of one label": (50_000, _times("（一）整改情况\n")),
    "headings in order": (50_000, _chinese_headings),
    "headings in digits": (50_000, _numbered("N.制度执行方面\n")),
    "headings of Markdown": (50_000, _numbered("## N.制度执行方面\n")),
    "problems in order": (20_000, _numbered(f"问题N：制度执行不够严格。\n整改情况：{_ITEM}\n")),
    "problems with states": (20_000, _numbered("问题N：制度执行不严。（已完成）\n")),
    "run-in points": (5_000, _run_in),
    "run-in points of one label": (20_000, _times("一是开展检查；")),
    "rows with bars": (20_000, _numbered("| N | 制度执行不严 | 完善制度3项 | 已完成 |\n")),
    "rows with tabs": (20_000, _numbered("N\t制度执行不严\t完善制度3项\t已完成\n")),
    # figures and mentions
    "claims in one line": (20_000, _times("反馈问题3个，已完成2个，")),
    "claims in lines": (20_000, _numbered("反馈问题N个，已完成2个，正在整改1个。\n")),
    "all done and not": (20_000, _times("问题均已整改完毕。\n正在整改2个。\n")),
    "rates": (20_000, _times("反馈问题35个，已完成33个，完成率94.29%。\n")),
    "enumerations": (20_000, _times("制定学习、检查、考核等三项制度。\n")),
    "dates in one line": (20_000, _times("2024年3月5日，")),
    "dates in lines": (20_000, _numbered("截至2024年3月5日，完成整改N项。\n")),
    "inspections": (20_000, _times("2024年3月5日至4月20日，区委第三巡察组对教育局党组开展巡察。\n")),
    "feedbacks": (20_000, _times("2024年6月5日，区委第三巡察组反馈了巡察意见。\n")),
    "teams": (20_000, _times("区委第三巡察组，")),
    "bodies": (20_000, _times("中共某区教育局党组，")),
    "bodies that differ": (20_000, _numbered("中共甲N区教育局党组，\n")),
    "short forms": (20_000, _numbered("某区教育局党组（以下简称“局N”）研究部署。\n")),
    "contacts": (20_000, _times("联系电话：0431-12345678，")),
    "contacts in lines": (20_000, _numbered("联系电话：0431-8123N；邮箱：aN@b.cn\n")),
    "documents": (20_000, _times("《关于整改的通知》")),
    "documents that differ": (20_000, _numbered("《关于第N号整改的通知》、")),
    "document numbers": (20_000, _numbered("某发〔2023〕N号、")),
    "identifiers": (20_000, _times("11010519491231002X、13800138000，")),
    "persons": (20_000, _times("对张三同志给予党内警告处分，")),
    "typing errors": (20_000, _times("截止目前，疏理问题，认清形式，")),
    "placeholders": (20_000, _times("整改**项，XX局，")),
    # marks
    "opening brackets": (100_000, _times("（")),
    "closing brackets": (100_000, _times("）")),
    "brackets in brackets": (50_000, lambda count: "（" * count + "）" * count),
    "brackets in pairs": (50_000, _times("（）")),
    "brackets of many kinds": (100_000, _times("（【《“")),
    "book-title marks": (100_000, _times("《》")),
    "book-title marks opened": (100_000, _times("《")),
    "quotation marks": (100_000, _times("“”")),
    "quotation marks opened": (100_000, _times("“")),
    "quotation marks in lines": (50_000, _times("“”\n")),
    "straight quotation marks": (100_000, _times('"')),
    "titles in titles": (100_000, _times("《〈")),
    "full stops": (200_000, _times("。")),
    "commas, half-width": (100_000, _times("整改,")),
    "enumeration commas": (100_000, _times("甲、")),
    "asterisks": (200_000, _times("*")),
    "masked figures": (200_000, _times("×")),
    "number signs": (200_000, _times("#")),
    "bars": (200_000, _times("|")),
    "dashes": (200_000, _times("-")),
    "backticks": (200_000, _times("`")),
    "angle brackets": (200_000, _times("<")),
    # blanks, figures, letters
    "blanks": (1_000_000, _times(" ")),
    "wide blanks": (1_000_000, _times("　")),
    "tabs": (1_000_000, _times("\t")),
    "empty lines": (500_000, _times("\n")),
    "lines of blanks": (200_000, _times("  　\n")),
    "blanks between words": (200_000, _times("整 ")),
    "blanks before an end": (20_000, lambda count: "整改" + " " * count + "情况\n"),
    "digits": (1_000_000, _times("1")),
    "digits and blanks": (500_000, _times("1 ")),
    "digits and dots": (500_000, _times("1.")),
    "digits and dashes": (500_000, _times("1-")),
    "Chinese digits": (1_000_000, _times("一")),
    "labels in one line": (100_000, _times("（一）")),
    "letters": (1_000_000, _times("a")),
    "addresses begun": (500_000, _times("a@")),
    "addresses": (100_000, _times("a@b.cn,")),
    "links": (100_000, _times("http://a.cn/")),
    "years": (200_000, _times("2024年")),
    "ordinals": (200_000, _times("第一")),
    "units": (200_000, _times("个")),
    "states": (200_000, _times("已完成")),
    "nouns": (200_000, _times("问题")),
    "figures alone": (200_000, _times("3个")),
}
"""What each text is called and counted in: its full size, and the text of a size."""


def text_of(shape: str, size: int) -> str:
    """A text of ``shape`` of a size in its own unit, below a title."""
    return HEAD + SHAPES[shape][1](size)


@dataclass(frozen=True, slots=True)
class Measured:
    """One check: user CPU seconds, bytes of the largest process, and what went wrong ("" if nothing)."""

    seconds: float
    memory: int
    fault: str


def check(text: str, folder: Path, limit: float) -> Measured:
    """Check a text with the command, in a process that is ended after ``limit`` seconds."""
    report, said = folder / "report.txt", folder / "said.json"
    report.write_text(text, encoding="utf-8", newline="")
    command = [
        sys.executable,
        "-m",
        "checker",
        "check",
        "report.txt",
        "--lang",
        "en",
        "--format",
        "json:said.json",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ZHENGGAI_CACHE_DIR": str(folder / "cache")}
    shutil.rmtree(folder / "cache" / "zhenggai-results", ignore_errors=True)  # what was found last time
    with (folder / "errors.txt").open("wb") as errors:
        process = subprocess.Popen(command, cwd=folder, stdout=errors, stderr=errors, env=environment)
        timer = threading.Timer(limit, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = code = os.waitstatus_to_exitcode(status)
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    if code < 0:
        return Measured(usage.ru_utime, memory, f"ended after {limit:.0f} s")
    if code not in (0, 1):
        return Measured(
            usage.ru_utime,
            memory,
            f"status {code}: {_failed(said) or (folder / 'errors.txt').read_text()[:200]}",
        )
    return Measured(usage.ru_utime, memory, "")


def _failed(said: Path) -> str:
    """The rules that did not get through."""
    if not said.exists():
        return ""
    found = json.loads(said.read_text(encoding="utf-8"))["diagnostics"]
    return ", ".join(sorted({one["rule"] for one in found if "failed before its end" in one["message"]}))


def row(shape: str, shrink: int, limit: float, repeat: int, folder: Path, start: float) -> tuple[str, bool]:
    """A line of the table, and whether all is well in it; ``start`` are the seconds that any check takes."""
    whole = SHAPES[shape][0] // shrink
    seconds: list[float] = []
    memory = size = 0
    note = ""
    for step in STEPS:
        text = text_of(shape, whole // step)
        size = len(text.encode())
        measured = min((check(text, folder, limit) for _ in range(repeat)), key=lambda one: one.seconds)
        seconds.append(max(measured.seconds - start, 0.001))
        memory = measured.memory
        if measured.fault:
            note = f"at {whole // step:,}: {measured.fault}"
            break
    growth = [later / earlier for earlier, later in pairwise(seconds)]
    well = not note and all(
        ratio <= WANTED or later < TINY for ratio, later in zip(growth, seconds[1:], strict=True)
    )
    cells = [shape, f"{whole:,}", f"{size / _BYTES:.2f}", *(f"{one:.2f}" for one in seconds)]
    cells += [""] * (3 + len(STEPS) - len(cells))
    cells += [" ".join(f"{one:.2f}" for one in growth), f"{memory / _BYTES:.0f}", note]
    return f"| {' | '.join(cells)} |", well


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("shape", nargs="*", help="parts of the names of shapes (all)")
    parser.add_argument("--shrink", type=int, default=1, help="divide all sizes by this")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a check is ended (600)")
    parser.add_argument("--repeat", type=int, default=1, help="check so often, the quickest counts (1)")
    given = parser.parse_args(argv)
    shapes = [name for name in SHAPES if not given.shape or any(part in name for part in given.shape)]
    well = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check(HEAD, folder, given.limit)  # which compiles the rules
        start = check(HEAD + "。", folder, given.limit).seconds
        print(f"a check of next to nothing: {start:.2f} s, taken off below")
        print("| text | size | MB | s, a quarter | s, half | s, whole | growth | memory, MB |  |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        for shape in shapes:
            line, fine = row(shape, given.shrink, given.limit, given.repeat, folder, start)
            print(line if fine else f"{line} ✗", flush=True)
            well = well and fine
    return int(not well)


if __name__ == "__main__":
    sys.exit(main())
