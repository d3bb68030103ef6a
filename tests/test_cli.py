"""The program as a process: what it loads, how it ends, and that its pages tell all of its options."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import checker
from checker.cli import language, main
from checker.manual import cells, command_page, parser_of, program_page
from checker.options import COMMANDS, PROGRAM_OPTIONS, Command
from checker.output import FORMATS

ROOT = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "checker")
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name not in ("ZHENGGAI_LANG", "NO_COLOR")},
    "PYTHONPATH": str(ROOT),
    "PYTHONUTF8": "1",
}
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
CHECK = ("check", ".", "--rules", "rules", "--select", "demo")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with three reports, each with one finding, and a rule that finds it."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "demo.yaml").write_text(RULE, encoding="utf-8")
    for name in ("丙", "甲", "乙"):
        (tmp_path / f"{name}.txt").write_text(f"{name}：请拨打市长热线。\n", encoding="utf-8")
    return tmp_path


def run(*words: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**ENVIRONMENT, **environment},
        check=False,
    )


def loaded(*words: str) -> set[str]:
    """The modules that the program has loaded when it ends."""
    code = (
        "import sys; from checker.cli import main; main(sys.argv[1:]); "
        "print('\\n' + ' '.join(sys.modules), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        check=True,
    )
    return set(result.stderr.split())


def test_the_version_loads_next_to_nothing() -> None:
    heavy = {"lark", "yaml", "rich", "argparse", "checker.document", "checker.options", "concurrent.futures"}
    assert loaded("--version") & heavy == set()


def test_what_ends_with_the_process_is_not_searched_for_cycles() -> None:
    code = (
        "import atexit, gc; from checker.cli import main; "
        "atexit.register(lambda: print(gc.get_freeze_count() > 0)); main(['--version'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=ENVIRONMENT, check=True
    )
    assert result.stdout.split() == ["zhenggai", checker.__version__, "True"]


def test_help_loads_neither_grammars_nor_rules_nor_tables() -> None:
    assert loaded("check", "--help") & {"lark", "yaml", "rich", "checker.document", "checker.jobs"} == set()


def test_plain_output_needs_no_rich(reports: Path) -> None:
    words = ("check", str(reports / "甲.txt"), "--rules", str(reports / "rules"), "--select", "demo")
    assert not {name for name in loaded(*words) if name.partition(".")[0] == "rich"}


def test_the_program_by_both_names(reports: Path) -> None:
    result = run(*CHECK, cwd=reports)
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout == "".join(
        f"{name}.txt:1:6: warning demo.hotline 已经改名\n" for name in sorted(("甲", "乙", "丙"))
    )


def test_any_number_of_jobs_gives_the_same_bytes(reports: Path) -> None:
    (reports / "坏.txt").write_bytes(b"")
    results = [run(*CHECK, "--format", "json", "--jobs", jobs, cwd=reports) for jobs in ("1", "3")]
    assert results[0].stdout == results[1].stdout
    assert [(result.returncode, result.stderr) for result in results] == 2 * [
        (2, "坏.txt: 错误：文件是空的，没有可检查的内容；什么都没查不算通过\n")
    ]
    assert json.loads(results[0].stdout)["files"] == 3


@pytest.mark.skipif(os.name == "nt", reason="signals are sent as on POSIX")
def test_a_lost_worker_loses_no_report(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker import jobs
    from checker.files import Found
    from checker.outcome import Run
    from checker.settings import Override

    plan = jobs.Plan(Override(rules=(reports / "rules",), select=("demo",)), jobs=2)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    paths = tuple(str(reports / f"{name}.txt") for name in ("甲", "乙", "丙"))
    whole = jobs.check_files(Found(paths, (), ()), [], plan)
    monkeypatch.setattr(jobs, "_chunk", _deadly)
    partial = jobs.check_files(Found(paths, (), ()), [], plan)
    lost = str(reports / "乙.txt")
    assert [file for file in whole.checked if file.path != lost] == list(partial.checked)
    assert [(fault.path, fault.message["zh"]) for fault in partial.faults] == [
        (lost, "检查它的进程意外终止，没有结果")
    ]
    assert (whole.status, partial.status, Run(partial.checked).status) == (1, 2, 1)


def _deadly(tasks: list[tuple[str, object]], plan: object) -> list[object]:
    """What a worker does in its place: ends its process at one report."""
    from checker import jobs

    if any(path.endswith("乙.txt") for path, _ in tasks):
        os._exit(9)
    return [jobs.check_one(path, settings, plan) for path, settings in tasks]  # type: ignore[arg-type]


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
def test_a_reader_that_leaves_early_is_no_error(reports: Path) -> None:
    for number in range(40):
        (reports / f"长{number}.txt").write_text("市长热线\n" * 400, encoding="utf-8")
    with subprocess.Popen(
        [*PROGRAM, *CHECK, "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=reports,
        env=ENVIRONMENT,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline().endswith("已经改名\n".encode())
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said(reports: Path) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [*PROGRAM, *CHECK], stdout=full, stderr=subprocess.PIPE, cwd=reports, env=ENVIRONMENT, check=False
        )
    assert (result.returncode, result.stderr.decode()) == (
        2,
        "zhenggai: 错误：写不了：No space left on device\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="signals are sent as on POSIX")
@pytest.mark.parametrize(
    ("number", "status", "said"),
    [(signal.SIGINT, 130, "已中断\n"), (signal.SIGTERM, 143, "")],
    ids=["interrupted", "terminated"],
)
def test_being_stopped(reports: Path, number: int, status: int, said: str) -> None:
    os.mkfifo(reports / "管道.txt")
    with subprocess.Popen(
        [*PROGRAM, "check", "管道.txt", "--rules", "rules", "--select", "demo", "--format", "json:out.json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=reports,
        env=ENVIRONMENT,
    ) as process:
        writer = os.open(reports / "管道.txt", os.O_WRONLY)  # returns when the program reads
        time.sleep(0.1)
        process.send_signal(number)
        out, err = process.communicate()
        os.close(writer)
    assert (process.returncode, out.decode(), err.decode()) == (status, "", said)
    assert not (reports / "out.json").exists()


def test_output_in_an_encoding_that_lacks_chinese_is_escaped(reports: Path) -> None:
    result = run(*CHECK, cwd=reports, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert result.stdout.startswith("\\u4e19.txt:1:6: warning demo.hotline \\u5df2\\u7ecf\\u6539\\u540d\n")
    assert (result.returncode, result.stderr) == (1, "")


def test_json_is_utf8_whatever_the_encoding(reports: Path) -> None:
    result = run(*CHECK, "--format", "json", cwd=reports, PYTHONUTF8="0", PYTHONIOENCODING="gbk")
    assert json.loads(result.stdout)["diagnostics"][0]["path"] == "丙.txt"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "zh"),
        (["check", "--lang", "en"], "en"),
        (["--lang=en", "check"], "en"),
        (["check", "--lang", "fr"], "zh"),
        (["check", "--", "--lang", "en"], "zh"),
        (["--lang"], "zh"),
    ],
)
def test_language(words: list[str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGGAI_LANG", raising=False)
    assert language(words) == expected


def test_language_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_LANG", "en")
    assert [language([]), language(["--lang", "zh"])] == ["en", "zh"]


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_pages_fit_and_name_every_option(command: Command, lang: str, width: int) -> None:
    page = command_page(command, lang, width)
    examples = {f"  {line}" for line, _ in command.examples}
    assert [line for line in page.split("\n") if cells(line) > max(width, 60) and line not in examples] == []
    flags = [flag for option in command.options for flag in option.flags]
    assert [flag for flag in flags if flag not in page] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_examples_of_pages_are_command_lines(command: Command) -> None:
    import shlex

    for line, _ in command.examples:
        words = shlex.split(line.split(" | ")[-1])
        assert words[:2] == ["zhenggai", command.name]
        parser_of(command, "zh").parse_intermixed_args(words[2:])


def test_the_page_of_the_program_names_commands_and_options() -> None:
    page = program_page("en", 80)
    names = [command.name for command in COMMANDS]
    names += [flag for option in PROGRAM_OPTIONS for flag in option.flags]
    assert [name for name in names if name not in page] == []


@pytest.mark.parametrize("words", [["--help"], [], ["help"], ["-h"]])
def test_ways_to_the_page_of_the_program(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("用法\n  zhenggai ")


@pytest.mark.parametrize("words", [["check", "-h"], ["help", "check"], ["check", "a", "--format", "--help"]])
def test_ways_to_the_page_of_a_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--lang", "en"] if words[0] == "check" else ["--lang", "en", *words]) == 0
    assert capsys.readouterr().out.startswith("USAGE\n  zhenggai check [OPTION]... [PATH]...\n")


def _fail(*_: object, **__: object) -> None:
    raise ZeroDivisionError("a fault")


def test_a_fault_of_the_program_is_no_finding(
    reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(reports)
    said = "程序内部出错，没有查完（ZeroDivisionError: a fault）；设环境变量 ZHENGGAI_DEBUG=1 可看详情\n"
    monkeypatch.setattr("checker.reading.read", _fail)
    assert main(["check", "甲.txt", "--rules", "rules", "--select", "demo"]) == 2
    assert capsys.readouterr().err == f"甲.txt: 错误：{said}"
    monkeypatch.setattr("checker.commands.check.check_files", _fail)
    assert main(["check", "甲.txt"]) == 2
    assert capsys.readouterr().err == f"zhenggai: 错误：{said}"
    monkeypatch.setenv("ZHENGGAI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["check", "甲.txt"])


def test_an_unknown_format_is_refused_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--format", "yaml"], ["--format", "json:"]):
        assert main(["check", *words]) == 2
        assert capsys.readouterr().err == (
            f"zhenggai: 错误：--format 的值“{words[1]}”不对，可用：{'、'.join(FORMATS)}\n"
            "详见 zhenggai check --help\n"
        )


def test_a_folder_with_nothing_to_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"{tmp_path}: 错误：没有找到可以检查的文件（")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["--version"]), main(["--lang", "en", "--version"])] == [0, 0]
    assert capsys.readouterr().out == 2 * f"zhenggai {checker.__version__}\n"
