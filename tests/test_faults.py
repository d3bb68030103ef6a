"""What goes wrong around the program: full disks, files that vanish, processes that die, readers that leave.

Each ends with the right message and status, leaves no half-written file and no process behind, and loses no finding.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from checker.cli import main
from checker.config import find_config, read_config
from checker.packs import Pack
from tests.caches import thin, warm

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="signals, limits and devices are those of POSIX"),
    pytest.mark.usefixtures("compiled"),
]

ROOT = Path(__file__).parent.parent
RULE = """
- id: demo.hotline
  severity: warning
  replace: [{wrong: 市长热线, right: 便民热线, safe: true}]
  in: [raw]
  message: {zh: 已经改名, en: another name}
  why: {zh: 找不到。, en: Nobody finds it.}
  basis: {zh: 本单位规范。, en: House style.}
  bad: [请拨打⟦市长热线⟧反映问题。]
  good: [请拨打政务服务便民热线。]
"""
CHECK = ("check", ".", "--rules", "rules", "--select", "demo")
LINE = "请拨打市长热线。\n"
FORMATS = ("json", "sarif", "html", "junit", "xlsx")
FULL = "No space left on device"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a rule and three reports, each with one finding."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "demo.yaml").write_text(RULE, encoding="utf-8")
    for name in ("丙", "甲", "乙"):
        (tmp_path / f"{name}.txt").write_text(LINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZHENGGAI_LANG", raising=False)
    find_config.cache_clear()
    read_config.cache_clear()
    return tmp_path


@cache
def modules() -> Path:
    """A folder with the compiled modules of a run that writes every kind of file."""
    folder = Path(tempfile.mkdtemp(prefix="zhenggai-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    files = [word for name in FORMATS for word in ("--format", f"{name}:{folder / 'out'}")]
    run(*CHECK, *files, PYTHONPYCACHEPREFIX=str(folder / "modules"))
    return folder / "modules"


def start(
    *words: str, prepare: Callable[[], None] | None = None, **environment: str
) -> subprocess.Popen[str]:
    """The program as a process in a group of its own."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment}
    if prepare is not None:  # Python itself, before 3.12.8, keeps modules half compiled where a disk is full
        environ["PYTHONPYCACHEPREFIX"] = f"{Path.cwd()}-compiled"
        shutil.copytree(modules(), environ["PYTHONPYCACHEPREFIX"], dirs_exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "checker", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environ,
        start_new_session=True,
        preexec_fn=prepare,
    )


def run(*words: str, prepare: Callable[[], None] | None = None, **environment: str) -> tuple[int, str, str]:
    """The status of the program, and what it says on both channels."""
    with start(*words, prepare=prepare, **environment) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def fresh(folder: Path) -> dict[str, str]:
    """A cache in which the rules are compiled already and nothing is known of any report."""
    return warm(folder.with_name(f"{folder.name}-cache"))


def names(folder: Path) -> set[str]:
    """What lies in the folder, hidden files and all."""
    return {path.name for path in folder.iterdir()}


def small_files() -> None:
    """No file may grow beyond 200 bytes: a disk that fills while we write."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


# --- full disks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS[:-1])
def test_output_that_does_not_fit_leaves_the_old_file(folder: Path, name: str) -> None:
    Path("out").write_text("旧", encoding="utf-8")
    before = names(folder)
    status, out, err = run(*CHECK, "--format", f"{name}:out", prepare=small_files, **fresh(folder))
    assert (status, out, err) == (2, "", "out: 错误：写不了：File too large\n")
    assert Path("out").read_text(encoding="utf-8") == "旧"
    assert names(folder) == before


def test_a_workbook_that_does_not_fit_leaves_nothing(folder: Path) -> None:
    before = names(folder)
    status, _, err = run(*CHECK, "--format", "xlsx", "-o", "汇总.xlsx", prepare=small_files, **fresh(folder))
    assert (status, err.split(": ", 1)[1]) == (2, "错误：写不了：File too large\n")
    assert names(folder) == before


def test_fixes_that_do_not_fit_leave_every_report_whole(folder: Path) -> None:
    Path("长.txt").write_text(LINE * 40, encoding="utf-8")
    before = names(folder)
    status, out, err = run(*CHECK, "--fix", prepare=small_files, **fresh(folder))
    assert (status, out) == (2, "")
    assert "长.txt: 错误：写不了：File too large" in err.splitlines()
    assert Path("长.txt").read_text(encoding="utf-8") == LINE * 40
    assert Path("甲.txt").read_text(encoding="utf-8") == "请拨打便民热线。\n"
    assert names(folder) == before


def test_findings_recorded_on_a_full_disk_leave_the_configuration(folder: Path) -> None:
    Path("zhenggai.yaml").write_text("fail-on: error\n" + "# 注\n" * 60, encoding="utf-8")
    before = (names(folder), Path("zhenggai.yaml").read_bytes())
    status, _, err = run(*CHECK, "--write-allow", prepare=small_files, **fresh(folder))
    assert status == 2 and "zhenggai.yaml: 错误：写不了：File too large" in err
    assert (names(folder), Path("zhenggai.yaml").read_bytes()) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("name", ["text", "json"])
def test_a_device_that_is_full_is_said(folder: Path, name: str) -> None:
    assert run(*CHECK, "--format", f"{name}:/dev/full") == (2, "", f"/dev/full: 错误：写不了：{FULL}\n")


def test_a_cache_on_a_full_disk_is_as_good_as_none(folder: Path) -> None:
    place = thin(folder / "cache")
    (compiled,) = (folder / "cache").iterdir()
    before = compiled.read_bytes()
    status, out, err = run(*CHECK, prepare=small_files, **place)
    assert (status, len(out.splitlines()), err) == (1, 3, "")
    assert compiled.read_bytes() == before
    assert [path for path in (folder / "cache").rglob("*") if path.name.endswith(".tmp")] == []


# --- files that vanish, folders that turn in a circle ------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("--fix",), ("--jobs", "2")])
def test_a_file_that_vanishes_is_missed_and_the_others_are_checked(
    folder: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from checker.commands import check

    original = check.find

    def vanishing(paths: list[str]) -> object:
        found = original(paths)
        Path("乙.txt").unlink()
        return found

    monkeypatch.setattr(check, "find", vanishing)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    assert main([*CHECK, *words, "--format", "json:out.json"]) == 2
    assert "乙.txt: 错误：没有这个文件或文件夹\n" in capsys.readouterr().err
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["files"] == 2


def test_a_folder_that_vanishes_while_it_is_listed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("去").mkdir()
    Path("去/丁.txt").write_text(LINE, encoding="utf-8")
    real = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("去"):
            raise FileNotFoundError(2, "No such file or directory", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert main(list(CHECK)) == 2
    captured = capsys.readouterr()
    assert captured.err == "去: 错误：文件夹打不开：No such file or directory\n"
    assert len(captured.out.splitlines()) == 3


def test_links_that_turn_in_a_circle(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("圈一.txt").symlink_to("圈二.txt")
    Path("圈二.txt").symlink_to("圈一.txt")
    Path("环").symlink_to(".", target_is_directory=True)
    assert main(list(CHECK)) == 1
    captured = capsys.readouterr()
    assert (len(captured.out.splitlines()), captured.err) == (3, "")
    assert main([*CHECK, "--format", "json:圈一.txt"]) == 2
    assert capsys.readouterr().err == "圈一.txt: 错误：写不了：Too many levels of symbolic links\n"
    assert main(["check", "圈一.txt", "--rules", "rules", "--select", "demo"]) == 2
    assert capsys.readouterr().err.startswith("圈一.txt: 错误：读不了：")


def test_a_configuration_that_is_a_circle_or_a_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("zhenggai.yaml").symlink_to("zhenggai.yaml")
    assert main([*CHECK, "--config", "zhenggai.yaml"]) == 2
    assert capsys.readouterr().err.startswith("zhenggai.yaml: 错误：")
    assert main([*CHECK, "--config", "rules"]) == 2
    assert capsys.readouterr().err.startswith("rules: 错误：")


# --- processes that die ------------------------------------------------------------------------------------------


def members(group: int) -> set[int]:
    """The living processes of a group."""
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            state, _, pgrp = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(pgrp) == group and state not in "ZX":
            found.add(int(entry.name))
    return found


def gone(group: int) -> bool:
    """Whether a group ends within a few seconds."""
    for _ in range(100):
        if not members(group):
            return True
        time.sleep(0.1)
    return False


PIPE = "管道.txt"


@contextmanager
def held() -> Iterator[Callable[[], None]]:
    """A report that whoever reads it has not read to its end before this is left. What it gives waits until the
    report is being read, and says another line to the next reader."""
    import fcntl
    import termios

    os.mkfifo(PIPE)
    pipe = os.open(PIPE, os.O_RDWR)

    def read() -> None:
        os.write(pipe, LINE.encode())
        for _ in range(3000):
            if int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder) == 0:
                return
            time.sleep(0.02)
        raise AssertionError("nobody reads")

    try:
        yield read
    finally:
        os.unlink(PIPE)  # noqa: PTH108  (who comes later finds nothing, and waits for nothing)
        os.close(pipe)


def several(folder: Path) -> tuple[str, ...]:
    """So many reports, and one that is held, that two processes have work in hand and work is waiting."""
    for number in range(19):
        (folder / f"{number:03}.txt").write_text(f"{number}\n{LINE * 9}", encoding="utf-8")
    reports = [f"{number:03}.txt" for number in range(19)]
    return ("check", *reports[:12], PIPE, *reports[12:], *CHECK[2:])


def working(process: subprocess.Popen[str]) -> set[int]:
    """The processes that work for the program, as soon as there are two."""
    for _ in range(600):
        workers = {
            number for number in members(process.pid) - {process.pid} if b"spawn_main" in _command(number)
        }
        if len(workers) > 1:
            return workers
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    raise AssertionError("no workers")


def _command(number: int) -> bytes:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""


proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")


@proc
def test_a_worker_that_is_killed_loses_nothing(folder: Path) -> None:
    check = (*several(folder), "--format", "json")
    with held() as read:
        process = start(*check, "--jobs", "2", **fresh(folder))
        read()
        workers = working(process)
        os.kill(min(workers), signal.SIGKILL)
        for _ in range(600):  # the other one is of no use without it
            if not workers & members(process.pid):
                break
            time.sleep(0.02)
        read()
    with process:
        out, err = process.communicate(timeout=120)
    Path(PIPE).write_text(LINE, encoding="utf-8")
    assert (process.returncode, err) == (1, "")
    assert out == run(*check, "--jobs", "1", **fresh(folder))[1]
    assert len(json.loads(out)["diagnostics"]) == 19 * 9 + 1
    assert gone(process.pid)


@proc
@pytest.mark.parametrize(
    ("number", "status", "said"),
    [(signal.SIGINT, 130, "已中断\n"), (signal.SIGTERM, 143, "")],
    ids=["Ctrl-C", "terminated"],
)
@pytest.mark.parametrize("later", ["started", "loading", "reading"])
def test_the_group_is_stopped_and_none_goes_on(
    folder: Path, number: signal.Signals, status: int, said: str, later: str
) -> None:
    """As a terminal does at Ctrl-C, and a supervisor at its end: every process gets the signal."""
    check = (*several(folder), "--jobs", "2", "--format", "json:out.json")
    with held() as read:
        process = start(*check, **fresh(folder))
        if later == "reading":
            read()
        working(process)
        if later == "loading":
            time.sleep(0.3)
        os.killpg(process.pid, number)
    with process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (status, "", said)
    assert gone(process.pid)
    assert not Path("out.json").exists()


@proc
def test_workers_end_when_the_program_is_killed(folder: Path) -> None:
    check = several(folder)
    with held() as read, start(*check, "--jobs", "2", **fresh(folder)) as process:
        read()
        process.kill()
        process.communicate(timeout=60)
        assert gone(process.pid)


# --- readers that leave ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", "json", "sarif", "github"])
def test_a_reader_that_takes_one_line(folder: Path, name: str) -> None:
    """``| head -1`` with more findings than a pipe holds: nothing is said, and the status is that of the findings."""
    (folder / "长.txt").write_text(LINE * 2000, encoding="utf-8")
    with start(*CHECK, "--format", name, "--jobs", "1") as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_a_reader_of_errors_that_leaves(folder: Path) -> None:
    with start("check", "没有.txt", *[f"缺{number}.txt" for number in range(4000)]) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stderr.close()
        assert process.stdout.read() == ""
    assert process.returncode == 2


@pytest.mark.parametrize(
    "words", [("rules",), ("explain", "count.partition"), ("facts", "甲.txt"), ("config", ".")]
)
def test_pages_for_a_reader_that_has_left(folder: Path, words: tuple[str, ...]) -> None:
    with start(*words) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
    assert process.returncode in (0, 1, 2)


# --- caches that are not ours --------------------------------------------------------------------------------------


def test_a_cache_that_cannot_be_written(folder: Path) -> None:
    (folder / "cache").write_text("no folder", encoding="utf-8")
    status, out, err = run(*CHECK, ZHENGGAI_CACHE_DIR=str(folder / "cache"))
    assert (status, len(out.splitlines()), err) == (1, 3, "")
    assert (folder / "cache").read_text(encoding="utf-8") == "no folder"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="every folder can be written here")
def test_a_cache_that_may_not_be_written(folder: Path) -> None:
    (folder / "cache").mkdir(mode=0o500)
    status, out, err = run(*CHECK, ZHENGGAI_CACHE_DIR=str(folder / "cache"))
    assert (status, len(out.splitlines()), err) == (1, 3, "")


def damaged(data: bytes) -> list[bytes]:
    """What may become of a file: cut short, empty, another's, bits turned, another program's of the same kind."""
    import marshal

    from checker.caching import _MAGIC
    from checker.packs import checksum, pack

    foreign = marshal.dumps({"rules": [1, 2, 3], 5: ("x",)})
    signed = _MAGIC + checksum(foreign) + foreign
    turned = bytes(byte ^ 1 for byte in data)
    return [
        data[: len(data) // 2],
        b"",
        data[:10],
        turned,
        b"\x00" * 100,
        signed,
        pack({"x": foreign}),
        data + b"x",
    ]


def test_a_cache_that_is_damaged_breaks_nothing(folder: Path) -> None:
    """What was compiled is cut in half; what was found in each of the reports comes to another harm."""
    for number in range(8):
        (folder / f"{number}.txt").write_text(f"{number}\n{LINE}", encoding="utf-8")
    place = fresh(folder)
    whole = run(*CHECK, **place)
    assert (whole[0], len(whole[1].splitlines())) == (1, 11)
    cache = Path(place["ZHENGGAI_CACHE_DIR"])
    kept = sorted(path for path in cache.rglob("*") if path.is_file())
    assert len(kept) == 12 and kept[0].suffix == ".pack"
    for turn, path in enumerate(kept):
        path.write_bytes(damaged(path.read_bytes())[turn % 8])
    assert run(*CHECK, **place) == whole


def test_two_programs_share_one_cache(folder: Path) -> None:
    several(folder)
    place = thin(folder / "cache")
    (compiled,) = (folder / "cache").iterdir()
    before = Pack(compiled.read_bytes()).names()
    whole = run(*CHECK, "--format", "json", **fresh(folder))
    both = [start(*CHECK, "--format", "json", **place) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert {(process.returncode, *words) for process, words in zip(both, said, strict=True)} == {whole}
    assert run(*CHECK, "--format", "json", **place) == whole
    assert before < Pack(compiled.read_bytes()).names()
    assert [path for path in (folder / "cache").rglob("*") if path.name.endswith(".tmp")] == []


def test_a_cache_that_the_system_refuses(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = os.open

    def refuse(path: object, flags: int, *rest: object) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, *rest)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr("checker.caching.os.open", refuse)
    assert main(list(CHECK)) == 1
    captured = capsys.readouterr()
    assert (len(captured.out.splitlines()), captured.err) == (3, "")


def test_a_report_that_may_not_be_read_is_said_and_the_others_are_checked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: str, mode: str) -> object:
        if path == "乙.txt":
            raise PermissionError(13, "Permission denied", path)
        return Path(path).open(mode)

    monkeypatch.setattr("checker.files.open", refuse, raising=False)
    assert main(list(CHECK)) == 2
    captured = capsys.readouterr()
    assert captured.err == "乙.txt: 错误：读不了：Permission denied\n"
    assert len(captured.out.splitlines()) == 2


def test_without_what_only_posix_has(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on Windows: no user numbers, no processor sets, no signals that can be put off."""
    for module, name in (
        (os, "getuid"),
        (os, "sched_getaffinity"),
        (signal, "pthread_sigmask"),
        (os, "O_NONBLOCK"),
    ):
        monkeypatch.delattr(module, name)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for variable, place in fresh(folder).items():
        monkeypatch.setenv(variable, place)
    assert main([*CHECK, "--jobs", "2"]) == 1
    captured = capsys.readouterr()
    assert (len(captured.out.splitlines()), captured.err) == (3, "")
