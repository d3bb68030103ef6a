"""What checkers like this one get wrong, held here: files passed over, false statuses, broken lines."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from checker.cli import main
from checker.config import find_config, read_config
from checker.output import FORMATS

ROOT = Path(__file__).parent.parent
RULES = """
- id: demo.hotline
  severity: warning
  forbid: [市长热线]
  in: [raw]
  message: {zh: "第一行\\n::error::第二行", en: "one\\n::error::two"}
  why: {zh: 找不到。, en: Nobody finds it.}
  basis: {zh: 本单位规范。, en: House style.}
  bad: [请拨打⟦市长热线⟧反映问题。]
  good: [请拨打政务服务便民热线。]
- id: demo.crash
  severity: warning
  when: report.text.contains("除零")
  assert: 1 / (size(report.text) - size(report.text)) == 1
  message: {zh: 不会, en: never}
  why: {zh: 试。, en: A trial.}
  basis: {zh: 无。, en: None.}
  bad: [⟦甲⟧]
  good: [乙]
"""
DEMO = ("--rules", "规则", "--select", "demo")
TEXT_FORMATS = [name for name, form in FORMATS.items() if form.target == "text"]
MACHINES = [name for name in TEXT_FORMATS if name not in ("text", "html")]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZHENGGAI_LANG", raising=False)
    find_config.cache_clear()
    read_config.cache_clear()
    Path("规则").mkdir()
    Path("规则/demo.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def report(name: str, text: str = "请拨打市长热线。\n") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_every_one_of_several_files_is_checked(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = [report(f"报告 {number}.txt") for number in range(5)]
    assert main(["check", *names, *DEMO, "--format", "json", "--jobs", jobs]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["files"] == 5
    assert [one["path"] for one in found["diagnostics"]] == names


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_the_status_does_not_depend_on_the_format(name: str) -> None:
    bad, clean = report("有.txt"), report("无.txt", "请拨打便民热线。\n")
    chosen = (*DEMO, "--format", name, "-o", "out")
    assert main(["check", clean, *chosen]) == 0
    assert main(["check", bad, clean, *chosen]) == 1
    assert main(["check", bad, clean, *chosen, "--fail-on", "error"]) == 0
    assert main(["check", clean, "没有.txt", *chosen]) == 2
    assert Path("out").stat().st_size > 0 or name in ("text", "github")


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_a_crash_is_never_a_pass(name: str) -> None:
    assert main(["check", report("除.txt", "除零。\n"), *DEMO, "--format", name, "-o", "out"]) == 2


def test_annotations_and_lines_stay_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", report("a.txt"), *DEMO, "--format", "github"])
    assert capsys.readouterr().out == (
        "::warning file=a.txt,line=1,endLine=1,col=4,endColumn=8,title=demo.hotline"
        "::第一行%0A::error::第二行\n"
    )
    main(["check", "a.txt", *DEMO])
    assert capsys.readouterr().out == "a.txt:1:4: warning demo.hotline 第一行\\n::error::第二行\n"


def test_excerpts_are_clipped() -> None:
    name = report("长.txt", "整改" * 3000 + "请拨打市长热线。" + "落实" * 3000 + "\n")
    page = on_terminal("check", name, *DEMO)
    assert "市长热线" in page
    assert max(map(len, page.splitlines())) <= 100


def on_terminal(*words: str) -> str:
    """What the program writes to a terminal, standard error included."""
    main_end, other_end = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm"}
    process = subprocess.Popen(
        (sys.executable, "-m", "checker", *words), stdout=other_end, stderr=other_end, env=environment
    )
    os.close(other_end)
    pieces = []
    while True:
        try:
            piece = os.read(main_end, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    process.wait()
    os.close(main_end)
    return b"".join(pieces).decode("utf-8")


def test_several_formats_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    name = report("a.txt")
    chosen = [word for machine in MACHINES for word in ("--format", f"{machine}:输出/out.{machine}")]
    Path("输出").mkdir()
    assert main(["check", name, *DEMO, "--format", "text", *chosen]) == 1
    assert capsys.readouterr().out.startswith("a.txt:1:4: warning demo.hotline")
    assert sorted(path.name for path in Path("输出").iterdir()) == sorted(f"out.{name}" for name in MACHINES)
    assert [name for name in MACHINES if "a.txt" not in Path(f"输出/out.{name}").read_text("utf-8")] == []


def test_a_file_that_cannot_be_written_is_no_pass(capsys: pytest.CaptureFixture[str]) -> None:
    clean = report("无.txt", "请拨打便民热线。\n")
    assert main(["check", clean, *DEMO, "--format", "sarif:没有/out.sarif"]) == 2
    assert "没有/out.sarif: 错误：写不了" in capsys.readouterr().err


def test_no_control_character_of_a_report_acts_on_a_terminal() -> None:
    name = report("控.txt", "\x1b[31m研究布署，，市长热线。。\n")
    for words in (("--diff", "--select", "punctuation"), DEMO):
        assert "\x1b[31m研究" not in on_terminal("check", name, *words)


def test_a_bar_shows_how_far_it_is_and_goes_away() -> None:
    for number in range(12):
        report(f"报告/{number}.txt")
    page = on_terminal("check", "报告", *DEMO, "--jobs", "1")
    assert "检查" in page and "12/12" in page
    assert "\x1b[2K" in page  # the bar is wiped
    assert "检查 ━" not in on_terminal("check", "报告", *DEMO, "--quiet")


def test_no_bar_where_nobody_looks(capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(12):
        report(f"报告/{number}.txt")
    assert main(["check", "报告", *DEMO]) == 1
    assert capfd.readouterr().err == ""


def test_the_files_are_summed_up() -> None:
    report("甲.txt", "请拨打市长热线、市长热线。\n")
    report("乙.txt")
    report("丙.txt", "请拨打便民热线。\n")
    page = on_terminal("check", ".", *DEMO, "--no-color").replace("\r", "")
    assert page.endswith(
        "文件     错误   警告   提示\n───────────────────────────\n"
        "甲.txt      -      2      -\n乙.txt      -      1      -\n\n3 个文件：3 个警告\n"
    )
    assert "文件     错误" not in on_terminal("check", "甲.txt", *DEMO)
