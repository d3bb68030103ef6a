"""Paths that no file system takes are told as such wherever somebody may write one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.cli import main
from checker.paths import is_file, is_folder

LONG = "长" * 300
MISSING = f"{LONG}: 错误：没有这个文件或文件夹\n"
UNREADABLE = f"{LONG}: 错误：读不了：File name too long\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names may be longer there")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("通报.txt").write_text("通报", encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", LONG], MISSING),
        (["check", "通报.txt", "--rules", LONG], f"{LONG}: 错误：读不了规则文件：File name too long\n"),
        (["check", "通报.txt", "--config", LONG], UNREADABLE),
        (["facts", LONG], UNREADABLE),
        (["test-rules", LONG], MISSING),
        (["config", LONG], MISSING),
        (["check", "通报.txt", "-o", LONG], f"{LONG}: 错误：写不了：File name too long\n"),
    ],
)
def test_a_name_that_is_too_long(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"rules: [{LONG}]\n", f"zhenggai.yaml:1:9: 错误：没有这个文件夹：{LONG}\n"),
        (f"extends: {LONG}\n", "zhenggai.yaml:1:10: 错误：没有这个文件或文件夹\n"),
    ],
)
def test_a_configuration_with_one(text: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("zhenggai.yaml").write_text(text, encoding="utf-8")
    assert main(["check", "通报.txt"]) == 2
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("name", [LONG, "甲\0乙", "没有"])
def test_nothing_lies_where_no_path_leads(name: str) -> None:
    assert not is_file(Path(name)) and not is_folder(Path(name))


def test_what_lies_somewhere_is_seen() -> None:
    assert (is_file(Path("通报.txt")), is_folder(Path("通报.txt"))) == (True, False)
    assert (is_file(Path()), is_folder(Path())) == (False, True)
