"""Files that fsspec opens are found, read and named as local ones are."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("fsspec", reason="opens addresses (extra cluster)")

import fsspec

import checker
from checker import remote
from checker.cli import main
from checker.config import find_config, read_config
from checker.files import find, is_remote, load
from checker.output.places import relative, uri
from tests.many import write_rules

FOUND = "memory://b/甲.txt:1:4: warning demo.hotline 已经改名\n"
DEMO = ("--rules", "规则", "--select", "demo")


@pytest.fixture(autouse=True)
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket in memory, and a working folder with rules."""
    monkeypatch.chdir(tmp_path)
    write_rules(tmp_path / "规则")
    find_config.cache_clear()
    read_config.cache_clear()
    system = fsspec.filesystem("memory")
    contents = {
        "甲.txt": "请拨打市长热线。\n",
        "年/乙.md": "请拨打便民热线。\n",
        "年/丙.doc": "旧",
        "年/图.png": "图",
        "年/~$乙.md": "锁",
        "年/.藏/丁.txt": "藏",
    }
    for name, text in contents.items():
        system.pipe(f"/b/{name}", text.encode())
    yield system
    system.rm("/", recursive=True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("s3://b/a.txt", True),
        ("git+ssh://b/a", True),
        ("C://a.txt", False),
        ("a/b://c", False),
        ("报告.txt", False),
        ("://a", False),
    ],
)
def test_addresses(path: str, expected: bool) -> None:
    assert is_remote(path) is expected


def told(address: str, lang: str = "zh", **options: int) -> str:
    with pytest.raises(checker.CheckerError) as caught:
        load(address, **options)
    return caught.value.describe(lang)


def test_a_folder_is_searched_as_here() -> None:
    found = find(["memory://b"])
    assert found.paths == ("memory:///b/年/乙.md", "memory:///b/甲.txt")
    assert [(note.path, note.message["zh"]) for note in (*found.skipped, *found.faults)] == [
        ("memory:///b/年/丙.doc", "没有检查：.doc 请先另存为 .docx")
    ]


def test_patterns_and_files() -> None:
    assert find(["memory://b/*.txt"]).paths == ("memory:///b/甲.txt",)
    assert find(["memory://b/*"]).paths == ("memory:///b/年/乙.md", "memory:///b/甲.txt")
    assert find(["memory://b/年/图.png"]).paths == ("memory://b/年/图.png",)
    for absent in ("memory://b/没有.txt", "memory://b/*.pdf"):
        (fault,) = find([absent]).faults
        assert (fault.path, fault.message["zh"]) == (absent, "没有这个文件或文件夹")


def test_the_host_stays_in_the_name() -> None:
    system = SimpleNamespace(unstrip_protocol=lambda name: f"hdfs://{name}")
    assert remote._address(system, "hdfs://host:8020/a/", "/a", "/a/b.txt") == "hdfs://host:8020/a/b.txt"
    assert remote._address(system, "s3://b/a/*.txt", "b/a/*.txt", "b/a/c.txt") == "s3://b/a/c.txt"


def test_reading(tmp_path: Path, bucket: Any) -> None:
    assert load("memory://b/甲.txt").text == "请拨打市长热线。\n"
    (tmp_path / "丁.txt").write_text("文\n", encoding="gb18030")
    assert load(f"file://{tmp_path}/丁.txt").text == "文\n"
    bucket.pipe("/b/坏.txt", "文".encode() + b"\xff\xff\n")
    assert told("memory://b/坏.txt").startswith("memory://b/坏.txt:1:2: 第 1 行第 2 列的字节")
    assert told("memory://b/甲.txt", max_size=3) == (
        "memory://b/甲.txt: 文件超过 3 B，没有检查；确需检查请用 --max-size 调高上限"
    )
    assert told("memory://b/没有.txt") == "memory://b/没有.txt: 没有这个文件或文件夹"
    assert told("nowhere://b/甲.txt") == ("nowhere://b/甲.txt: 读不了：Protocol not known: nowhere")


def test_a_service_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("no credentials")

    monkeypatch.setattr("fsspec.implementations.memory.MemoryFileSystem.open", refuse)
    monkeypatch.setattr("fsspec.implementations.memory.MemoryFileSystem.isdir", refuse)
    assert told("memory://b/甲.txt", "en") == "memory://b/甲.txt: cannot be read: no credentials"
    assert [fault.message["en"] for fault in find(["memory://b"]).faults] == [
        "cannot be read: no credentials"
    ]


def test_the_extra_is_named_where_it_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert main(["check", "s3://b/甲.txt"]) == 2
    assert (
        capsys.readouterr().err == "s3://b/甲.txt: 错误：s3:// 需要先安装：pip install 'zhenggai[cluster]'\n"
    )


def test_checking(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "memory://b/甲.txt", *DEMO]) == 1
    assert capsys.readouterr() == (FOUND, "")
    assert main(["check", "memory://b/年/乙.md", *DEMO]) == 0
    assert main(["check", "memory://b/没有.txt", *DEMO]) == 2


def test_checking_many() -> None:
    with ThreadPoolExecutor(2) as pool:
        found = list(
            checker.check_many(checker.find(["memory://b"]), executor=pool, rules=["规则"], select=["demo"])
        )
    assert sorted((one.path, len(one.diagnostics), one.status) for one in found) == [
        ("memory:///b/年/乙.md", 0, 0),
        ("memory:///b/甲.txt", 1, 1),
    ]


def test_settings_are_those_of_the_working_folder(capsys: pytest.CaptureFixture[str]) -> None:
    settings = "select: [demo]\nrules: [规则]\nper-path: {'memory://b/*': {fail-on: never}}\n"
    Path("zhenggai.yaml").write_text(settings, encoding="utf-8")
    assert main(["check", "memory://b/甲.txt"]) == 0
    assert capsys.readouterr().out == FOUND
    assert main(["check", "memory://b/甲.txt", "--write-allow"]) == 0
    assert 'path: "memory://b/甲.txt"' in Path("zhenggai.yaml").read_text("utf-8")
    find_config.cache_clear()
    read_config.cache_clear()
    capsys.readouterr()
    assert main(["check", "memory://b/甲.txt"]) == 0
    assert capsys.readouterr() == ("", "")


def test_nothing_is_written_there(capsys: pytest.CaptureFixture[str], bucket: Any) -> None:
    rule = Path("规则/demo.yaml").read_text("utf-8") + (
        "- id: demo.word\n  severity: warning\n  replace: [{wrong: 疏理, right: 梳理, safe: true}]\n  in: [raw]\n"
        "  message: {zh: 错字, en: typo}\n  why: {zh: 试。, en: A trial.}\n  basis: {zh: 无。, en: None.}\n"
        "  bad: [⟦疏理⟧问题。]\n  good: [梳理问题。]\n"
    )
    Path("规则/demo.yaml").write_text(rule, encoding="utf-8")
    bucket.pipe("/b/错.txt", "疏理问题。\n".encode())
    main(["check", "memory://b/错.txt", "--fix", "--rules", "规则", "--select", "demo"])
    assert "memory://b/错.txt: 错误：没有改：只能改本机上的文件\n" in capsys.readouterr().err
    assert bucket.cat("/b/错.txt").decode() == "疏理问题。\n"
    assert main(["check", "memory://b/甲.txt", "--watch"]) == 2
    assert "--watch 不能和 memory://b/甲.txt 一起用" in capsys.readouterr().err


def test_addresses_in_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert (uri("s3://b/年 1.txt"), relative("s3://b/a.txt")) == ("s3://b/%E5%B9%B4%201.txt", "s3://b/a.txt")
    main(["check", "memory://b/甲.txt", *DEMO, "--format", "json"])
    assert json.loads(capsys.readouterr().out)["diagnostics"][0]["path"] == "memory://b/甲.txt"
