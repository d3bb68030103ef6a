"""``check --watch``: it prints afresh when a report changes, and only then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

pytest.importorskip("watchfiles", reason="watching needs the extra watch")

from checker.cli import main
from checker.watching import changes

ROOT = Path(__file__).parent.parent
RULE = """
- id: demo.hotline
  severity: warning
  forbid: [市长热线]
  in: [raw]
  message: {zh: 已经改名, en: another name}
  why: {zh: 找不到。, en: Nobody finds it.}
  basis: {zh: 本单位规范。, en: House style.}
  bad: [请拨打⟦市长热线⟧反映问题。]
  good: [请拨打政务服务便民热线。]
"""
FOUND = "甲.txt:1:4: warning demo.hotline 已经改名"
WAITING = "正在留意改动，按 Ctrl-C 结束"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "demo.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "甲.txt").write_text("请拨打市长热线。\n", encoding="utf-8")
    return tmp_path


class Watch:
    """The program as it watches, and what it wrote line by line to a file."""

    def __init__(self, folder: Path, words: Sequence[str]) -> None:
        self.log = folder / "log"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        environment.pop("ZHENGGAI_LANG", None)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "checker",
                    "check",
                    "--rules",
                    "rules",
                    "--select",
                    "demo",
                    "--watch",
                    *words,
                ],
                stdout=log,
                stderr=log,
                cwd=folder,
                env=environment,
            )

    def lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()

    def until(self, rounds: int) -> list[str]:
        """Everything written once ``rounds`` checks are done, and the watch for changes has surely begun."""
        end = time.monotonic() + 60
        while self.lines().count(WAITING) < rounds:
            assert time.monotonic() < end and self.process.poll() is None, self.lines()
            time.sleep(0.02)
        time.sleep(0.5)
        return self.lines()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def watch(folder: Path, request: pytest.FixtureRequest) -> Iterator[Watch]:
    started = Watch(folder, request.param)
    yield started
    started.process.kill()
    started.process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="ends a process with a signal")
@pytest.mark.parametrize("watch", [["甲.txt"], ["."]], indirect=True, ids=["file", "folder"])
def test_it_checks_again_when_a_report_changes(watch: Watch, folder: Path) -> None:
    first = watch.until(1)
    assert first[0] == FOUND
    (folder / "note.log").write_text("no report", encoding="utf-8")
    draft = folder / "draft"
    draft.write_text("请拨打政务服务便民热线。\n", encoding="utf-8")
    draft.replace(folder / "甲.txt")  # as editors save
    second = watch.until(2)[len(first) :]
    assert "甲.txt: 提示：有改动，重新检查" in second
    assert [line for line in second if "demo.hotline" in line] == []
    (folder / "甲.txt").write_text("请拨打市长热线。\n", encoding="utf-8")
    third = watch.until(3)[len(first) + len(second) :]
    assert FOUND in third
    assert watch.stop() == 1
    assert watch.lines()[-1] == WAITING


@pytest.mark.skipif(sys.platform == "win32", reason="ends a process with a signal")
@pytest.mark.parametrize("watch", [[".", "--format", "html:out.html"]], indirect=True)
def test_what_it_writes_itself_does_not_count(watch: Watch, folder: Path) -> None:
    watch.until(1)
    time.sleep(0.5)
    assert watch.lines().count(WAITING) == 1
    assert (folder / "out.html").exists()
    assert watch.stop() == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--watch", "--fix", "甲.txt"], "--watch 不能和 --fix 一起用"),
        (["--watch", "--diff", "甲.txt"], "--watch 不能和 --diff 一起用"),
        (["--watch", "--write-allow", "甲.txt"], "--watch 不能和 --write-allow 一起用"),
        (["--watch", "-"], "--watch 不能用于标准输入；可加 --stdin-filename 说明是哪个文件"),
    ],
)
def test_what_does_not_go_with_it(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *words]) == 2
    assert capsys.readouterr().err.startswith(f"zhenggai: 错误：{message}\n")


def test_where_nothing_can_change_nothing_is_waited_for(tmp_path: Path) -> None:
    assert list(changes([str(tmp_path / "nowhere" / "甲.txt")], [])) == []


def test_the_extra_is_named_where_it_is_missing(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["check", "--watch", str(folder / "甲.txt")]) == 2
    assert capsys.readouterr() == ("", "zhenggai: 错误：--watch 需要先安装：pip install 'zhenggai[watch]'\n")
