"""``--format jsonl`` and ``parquet``: written while files are checked, whole or not at all, and as JSON says."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from checker.cli import main
from checker.diagnostics import Diagnostic
from checker.jobs import check_files
from checker.outcome import Checked, Result
from tests.caches import warm
from tests.many import write_reports, write_rules

ROOT = Path(__file__).parent.parent
DEMO = ("--rules", "规则", "--select", "demo")


@pytest.fixture(autouse=True)
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    write_rules(tmp_path / "规则")
    found = write_reports(tmp_path, 4)
    Path("坏.txt").write_bytes(b"")
    Path("除.txt").write_text("除零。\n", encoding="utf-8")
    return [*found, "坏.txt", "除.txt"]


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_a_line_for_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "没有.txt", ".", *DEMO, "--format", "jsonl", "--format", "json:all.json"]) == 2
    found = records(capsys.readouterr().out)
    whole = json.loads(Path("all.json").read_text("utf-8"))
    assert [(one["path"], one["status"]) for one in found] == [
        ("没有.txt", 2),
        ("000.txt", 1),
        ("001.txt", 1),
        ("002.txt", 1),
        ("003.txt", 0),
        ("坏.txt", 2),
        ("除.txt", 2),
    ]
    assert [one for each in found for one in each["diagnostics"]] == whole["diagnostics"]
    told = [one for each in found for one in each["errors"]]
    assert sorted(told, key=lambda one: str(one["path"])) == whole["errors"]


def test_statuses_and_notes_do_not_depend_on_it(capsys: pytest.CaptureFixture[str]) -> None:
    allow = "allow: [{rule: demo.hotline, reason: 试, path: 000.txt}, {rule: demo.hotline, text: 无, reason: 试}]\n"
    Path("zhenggai.yaml").write_text(f"select: [demo]\nrules: [规则]\n{allow}", encoding="utf-8")
    for words in (["."], ["000.txt"], ["003.txt"], ["没有.txt"], ["坏.txt"]):
        statuses = [main(["check", *words, "--format", name]) for name in ("json", "jsonl")]
        errors = capsys.readouterr().err
        assert statuses[0] == statuses[1]
        assert errors[: len(errors) // 2] == errors[len(errors) // 2 :]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_processes_write_the_same_lines(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", ".", *DEMO, "--format", "jsonl"])
    first = capsys.readouterr().out
    main(["check", ".", *DEMO, "--format", "jsonl", "--jobs", jobs])
    assert sorted(capsys.readouterr().out.split("\n")) == sorted(first.split("\n"))


def test_no_findings_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is alive of what was found is of the file in hand."""
    alive: list[int] = []

    def counted(*arguments: Any, **options: Any) -> Any:
        take = options["take"]

        def counting(result: Result) -> Result:
            alive.append(sum(isinstance(one, Diagnostic) for one in gc.get_objects()))
            return take(result)

        return check_files(*arguments, **{**options, "take": counting})

    names = write_reports(Path("多"), 8)
    monkeypatch.setattr("checker.commands.check.check_files", counted)
    before = sum(isinstance(one, Diagnostic) for one in gc.get_objects())
    assert main(["check", "多", *DEMO, "--jobs", "1", "--format", "jsonl:out.jsonl"]) == 1
    assert len(alive) == len(names) == len(records(Path("out.jsonl").read_text("utf-8")))
    assert max(alive) - before <= 3


def test_nothing_is_left_of_a_run_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, take: Any, **__: Any) -> None:
        take(Checked("甲.txt", (), False, False))
        assert [path.name for path in Path().glob(".out.*")] == [f".out.jsonl.{os.getpid()}.tmp"]
        raise ZeroDivisionError

    Path("out.jsonl").write_text("old", encoding="utf-8")
    monkeypatch.setattr("checker.commands.check.check_files", fail)
    before = sorted(Path().iterdir())
    assert main(["check", ".", *DEMO, "--format", "jsonl", "-o", "out.jsonl"]) == 2
    assert (sorted(Path().iterdir()), Path("out.jsonl").read_text("utf-8")) == (before, "old")


def test_a_file_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", *DEMO, "--format", "jsonl", "-o", "无/out.jsonl"]) == 2
    assert capsys.readouterr().err == "无/out.jsonl: 错误：写不了：No such file or directory\n"


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
def test_a_reader_that_leaves_early_ends_it_quietly(tmp_path: Path) -> None:
    write_reports(Path("多"), 400)
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "checker",
            "check",
            "多",
            *DEMO,
            "--jobs",
            "1",
            "--format",
            "jsonl",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **warm(tmp_path / "cache")},
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert json.loads(process.stdout.readline())["path"] == "多/000.txt"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", *DEMO, "--format", "jsonl:/dev/full"]) == 2
    assert capsys.readouterr().err == "/dev/full: 错误：写不了：No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_at_the_end_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow (extra cluster)")
    assert main(["check", ".", *DEMO, "--format", "parquet:/dev/full"]) == 2
    assert capsys.readouterr().err.startswith("/dev/full: 错误：写不了：")


# --- Parquet ---------------------------------------------------------------------------------------------


def test_a_row_for_each_finding_fault_and_other_file(monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs pyarrow (extra cluster)")
    monkeypatch.setattr("checker.output.parquet._GROUP", 2)
    words = ["check", ".", *DEMO, "--format", "parquet:out.parquet", "--format", "json:all.json"]
    assert main(words) == 2
    table = parquet.ParquetFile("out.parquet")
    rows = table.read().to_pylist()
    whole = json.loads(Path("all.json").read_text("utf-8"))
    findings = [{key: row[key] for key in whole["diagnostics"][0]} for row in rows if row["rule"]]
    assert findings == whole["diagnostics"]
    assert [(row["path"], row["status"]) for row in rows if row["rule"] is None] == [
        ("003.txt", 0),
        ("坏.txt", 2),
    ]
    assert [row["error"] for row in rows if row["error"]] == whole["errors"]
    assert table.num_row_groups == 3
    assert not list(Path().glob(".out*"))


def test_halves_of_surrogates_are_written_escaped() -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow (extra cluster)")
    from io import BytesIO

    from pyarrow.parquet import read_table

    from checker.outcome import View
    from checker.output import writer

    file = BytesIO()
    with writer("parquet", file, View()) as put:
        put(Checked("\udcb1甲.txt", (), False, False))
    assert read_table(file).column("path").to_pylist() == ["\\udcb1甲.txt"]


def test_parquet_needs_a_file_and_its_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", ".", *DEMO, "--format", "parquet"]) == 2
    assert capsys.readouterr().err.startswith("zhenggai: 错误：parquet 格式不能写到标准输出：请加 -o 文件\n")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    before = sorted(Path().iterdir())
    assert main(["check", ".", *DEMO, "--format", "parquet", "-o", "out.parquet"]) == 2
    assert capsys.readouterr().err == (
        "zhenggai: 错误：parquet 格式需要先安装：pip install 'zhenggai[cluster]'\n"
    )
    assert sorted(Path().iterdir()) == before
