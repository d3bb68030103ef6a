"""Finding files: known suffixes, in order, each once; what cannot be entered is said."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from checker.diagnostics import CheckerError
from checker.files import Found, Note, find, load, printable
from checker.readers import READERS

NOTHING = f"没有找到可以检查的文件（{' '.join(sorted(READERS))}）；什么都没查不算通过"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def touch(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("文\n", encoding="utf-8")


def told(notes: tuple[Note, ...]) -> list[tuple[str, str]]:
    return [(note.path, note.message["zh"]) for note in notes]


def refusal(path: str, **options: int) -> str:
    with pytest.raises(CheckerError) as caught:
        load(path, **options)
    return caught.value.describe("zh")


def test_a_folder_is_searched_in_order() -> None:
    touch(
        "b/二.md", "b/一.txt", "a.TXT", "b/c/三.markdown", "x.py", ".git/a.txt", ".hidden.txt", "b/~$一.txt"
    )
    assert find(["."]) == Found(("a.TXT", "b/c/三.markdown", "b/一.txt", "b/二.md"), (), ())


def test_files_come_once_however_they_are_named() -> None:
    touch("报告/a.txt", "报告/b.txt")
    assert find(["报告", "报告/a.txt", str(Path("报告/b.txt").absolute())]).paths == (
        "报告/a.txt",
        "报告/b.txt",
    )


def test_a_file_given_by_name_is_taken_whatever_its_suffix() -> None:
    touch("报告", ".草稿.txt")
    assert find(["报告", ".草稿.txt"]).paths == (".草稿.txt", "报告")


def test_what_is_missing_does_not_hide_the_rest() -> None:
    touch("a.txt")
    found = find(["没有.txt", "a.txt"])
    assert (found.paths, told(found.faults)) == (("a.txt",), [("没有.txt", "没有这个文件或文件夹")])


def test_an_empty_folder_is_a_fault() -> None:
    Path("空").mkdir()
    assert told(find(["空"]).faults) == [("空", NOTHING)]


def test_old_word_files_in_a_folder_are_mentioned() -> None:
    touch("a.txt", "旧/报告.doc", "报告.docx.bak")
    assert told(find(["."]).skipped) == [("旧/报告.doc", "没有检查：.doc 请先另存为 .docx")]


def test_links_to_folders_are_not_followed_into_a_circle() -> None:
    touch("a/x.txt")
    Path("a/back").symlink_to("..", target_is_directory=True)
    Path("a/link.txt").symlink_to("x.txt")
    Path("a/broken.txt").symlink_to("nowhere")
    assert find(["."]).paths == ("a/link.txt", "a/x.txt")


def test_a_broken_link_given_by_name_is_missing() -> None:
    Path("broken.txt").symlink_to("nowhere")
    assert find(["broken.txt"]).paths == ("broken.txt",)
    assert refusal("broken.txt") == "broken.txt: 没有这个文件或文件夹"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="every folder can be opened here")
def test_a_folder_that_cannot_be_opened_is_a_fault() -> None:
    touch("a/x.txt", "b/y.txt")
    Path("a").chmod(0)
    try:
        found = find(["."])
    finally:
        Path("a").chmod(0o700)
    assert (found.paths, [note.path for note in found.faults]) == (("b/y.txt",), ["a"])


def test_a_folder_that_the_system_refuses_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(top: str, onerror: object) -> list[object]:
        assert callable(onerror)
        onerror(PermissionError(13, "Permission denied", "a"))
        return []

    monkeypatch.setattr("checker.files.os.walk", refuse)
    assert told(find(["."]).faults) == [("a", "文件夹打不开：Permission denied")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_text_are_read_and_shown_escaped() -> None:
    name = os.fsdecode(b"\xb1\xa8.txt")
    Path(name).write_text("文\n", encoding="utf-8")
    (path,) = find(["."]).paths
    assert (load(path).path, printable(path)) == ("\\xb1\\xa8.txt", "\\xb1\\xa8.txt")


def test_too_large() -> None:
    touch("a.txt")
    assert refusal("a.txt", max_size=3) == ("a.txt: 文件超过 3 B，没有检查；确需检查请用 --max-size 调高上限")
    assert load("a.txt", max_size=4).text == "文\n"


def test_no_file_at_all() -> None:
    Path("a.txt").mkdir()
    assert refusal("a.txt") == "a.txt: 不是普通文件，读不了"
    assert refusal("b\0.txt").startswith("b\0.txt: 读不了：")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def give(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    give("文".encode("gb18030") * 20)
    assert load("-").path == "<stdin>"
    give("# 文".encode())
    assert (source := load("-", stdin_name="a.md")).kind == "markdown" and source.path == "a.md"
    give(b"abcd")
    assert refusal("-", max_size=3).startswith("<stdin>: 文件超过 3 B")
