"""Corrections: what may be applied, what comes of it, and how it is written back."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.cli import main
from checker.config import find_config, read_config
from checker.fixing import apply, edits_of, encoded, fix_source
from checker.readers.text import decode
from checker.settings import Settings
from checker.source import Source

DEMO = ("--rules", "规则", "--select", "demo")
RULES = """
- id: demo.width
  severity: warning
  replace:
    - {wrong: ["，，", "、、"], right: "，", safe: true}
    - {wrong: 布署, right: 部署, safe: true}
    - {wrong: 帐目, right: 账目, safe: false}
    - {wrong: 三十五个, right: 三十六个, safe: true}
    - {wrong: 35个, right: 36个, safe: true}
    - {wrong: 水利局, right: 水务局, safe: true}
  in: [raw]
  message: {zh: "“{word}”应为“{right}”", en: "“{word}” should be “{right}”"}
  why: {zh: 好认。, en: Legible.}
  basis: {zh: 规范。, en: Style.}
  bad: ["研究⟦布署⟧。"]
  good: [研究部署。]
"""
CLASH = """
- id: demo.there
  severity: warning
  replace: [{wrong: 甲甲, right: 乙乙, safe: true}]
  in: [raw]
  message: {zh: 改, en: change}
  why: {zh: 好认。, en: Legible.}
  basis: {zh: 规范。, en: Style.}
  bad: ["⟦甲甲⟧。"]
  good: [丙。]
- id: demo.back
  severity: warning
  replace: [{wrong: 乙乙, right: 甲甲, safe: true}]
  in: [raw]
  message: {zh: 改回, en: change back}
  why: {zh: 好认。, en: Legible.}
  basis: {zh: 规范。, en: Style.}
  bad: ["⟦乙乙⟧。"]
  good: [丙。]
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with the rules of this module."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZHENGGAI_LANG", raising=False)
    find_config.cache_clear()
    read_config.cache_clear()
    for name, text in (("规则/宽度.yaml", RULES), ("抵触/抵触.yaml", CLASH)):
        Path(name).parent.mkdir()
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


def corrected(text: str, kind: str = "text", folder: str = "规则") -> str:
    file = fix_source(Source("a.txt", text, kind), Settings(select=("demo",), rules=(Path(folder),)))
    assert file.source is not None
    return file.source.text


def report(data: bytes, name: str = "通报.txt") -> Path:
    path = Path(name)
    path.write_bytes(data)
    return path


# --- what is corrected -----------------------------------------------------------------------------------


def test_safe_corrections_alone_are_applied() -> None:
    assert corrected("研究布署，，核对帐目、、销号。\n") == "研究部署，核对帐目，销号。\n"


def test_rounds_go_on_until_nothing_is_left() -> None:
    assert corrected("好，，，，，好。") == "好，好。"


def test_of_overlapping_corrections_the_first_wins() -> None:
    file = fix_source(Source("a.txt", "好、、、好"), Settings(select=("demo",), rules=(Path("规则"),)))
    assert file.source is not None and file.source.text == "好，、好"
    assert file.correction is not None and file.correction.rules == ("demo.width",)


@pytest.mark.parametrize("text", ["反馈问题35个。", "反馈问题三十五个。", "中共甲县水利局党组开展整改。"])
def test_no_figure_and_no_name_is_ever_corrected(text: str) -> None:
    assert corrected(text) == text


def test_marks_inside_a_figure_stay() -> None:
    assert corrected("追回3，，000元，，入账。") == "追回3，，000元，入账。"


@pytest.mark.parametrize(
    "code",
    ["```\n布署\n```\n", "`布署`", "[见](布署.md)", "<布署>", "---\ntitle: 布署\n---\n", "~~~\n布署"],
)
def test_code_in_markdown_stays(code: str) -> None:
    assert corrected(code, "markdown") == code
    assert corrected(code, "text") == code.replace("布署", "部署")


def test_text_beside_code_is_corrected() -> None:
    assert corrected("布署`布署`布署\n\n```sh\n布署\n```\n布署\n", "markdown") == (
        "部署`布署`部署\n\n```sh\n布署\n```\n部署\n"
    )


def test_corrections_that_undo_each_other_change_nothing() -> None:
    text = "好甲甲好"
    file = fix_source(Source("a.txt", text), Settings(select=("demo",), rules=(Path("抵触"),)))
    assert file.source is not None and file.source.text == text and file.correction is None
    assert [fault.message["zh"] for fault in file.faults] == ["没有改：demo.back 的改法互相抵触，改不完"]
    assert [one.excerpt for one in file.diagnostics] == ["甲甲"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["甲", "，", ",", "。", "、", "：", ":", ";", "(", ")", "布署", "3", "5个", "\n", " "]
        ),
        max_size=30,
    ).map("".join)
)
def test_one_run_reaches_a_fixed_point_and_keeps_every_figure(text: str) -> None:
    """With all the rules that there are: a second run has nothing to do, and digits stay as they stood."""
    chosen = Settings(select=("punctuation", "text"))
    if not text.strip():
        return
    first = fix_source(Source("a.txt", text), chosen)
    assert first.faults == () and first.source is not None
    again = fix_source(first.source, chosen)
    assert again.correction is None
    assert again.source is not None and again.source.text == first.source.text
    digits = [character for character in text if character.isdigit()]
    assert [character for character in first.source.text if character.isdigit()] == digits
    assert first.source.text.count("\n") == text.count("\n")


def test_edits_stand_in_order_and_apart() -> None:
    chosen = Settings(select=("demo",), rules=(Path("规则"),))
    file = fix_source(Source("a.txt", "核对帐目"), chosen)
    assert tuple(edits_of(file)) == ()
    assert apply("甲乙", ()) == "甲乙"


# --- how it is written -----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [False, True])
def test_encoding_mark_and_line_ends_stay(encoding: str, eol: str, bom: bool) -> None:
    if bom and encoding == "gb18030":
        pytest.skip("GB18030 files have no mark")
    mark = "\ufeff" if bom else ""
    lines = ["关于整改情况的通报", "局党组研究布署了整改工作，𠮷祥村也一样。", "", "最后一行没有换行"]
    text = mark + eol.join(lines)
    path = report(text.encode(encoding))
    assert main(["check", str(path), "--fix", *DEMO]) == 0
    assert path.read_bytes() == text.replace("布署", "部署").encode(encoding)


@given(st.text(alphabet="整改问题，。\r\n a3", min_size=12, max_size=40), st.booleans())
def test_bytes_come_back_as_they_were(text: str, bom: bool) -> None:
    for encoding in ("utf-8", "gb18030"):
        data = (("\ufeff" if bom and encoding == "utf-8" else "") + text).encode(encoding)
        read, found, mark = decode(data, "a.txt")
        assert encoded(Source("a.txt", read, "text", found, mark), read) == data


def test_mode_and_links_stay(home: Path) -> None:
    path = report("研究布署。\n".encode())
    path.chmod(0o640)
    link = home / "链接.txt"
    link.symlink_to(path.name)
    assert main(["check", "链接.txt", "--fix", *DEMO]) == 0
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "研究部署。\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(one.name for one in home.iterdir()) == ["抵触", "规则", "通报.txt", "链接.txt"]


def test_a_file_with_nothing_to_correct_is_not_written() -> None:
    path = report("研究部署。\n".encode())
    os.utime(path, (1, 1))
    assert main(["check", str(path), "--fix", *DEMO]) == 0
    assert path.stat().st_mtime == 1


def test_a_file_that_changed_meanwhile_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from checker.commands import check

    path = report("研究布署。\n".encode())
    original = check.check_files

    def slow(*words: object, **named: object) -> object:
        result = original(*words, **named)  # type: ignore[arg-type]
        path.write_text("另一稿：研究布署。\n", encoding="utf-8")
        return result

    monkeypatch.setattr(check, "check_files", slow)
    assert main(["check", str(path), "--fix", *DEMO]) == 2
    assert path.read_text(encoding="utf-8") == "另一稿：研究布署。\n"
    assert capsys.readouterr().err == ("通报.txt: 错误：没有改：检查期间文件变了，或不能按原编码原样写回\n")


def test_a_summary_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    report("布署，，布署。\n".encode(), "甲.txt")
    report("布署帐目。\n".encode(), "乙.txt")
    assert main(["check", ".", "--fix", *DEMO]) == 1
    captured = capsys.readouterr()
    assert captured.out == "乙.txt:1:3: warning demo.width “帐目”应为“账目”\n"
    assert captured.err == (
        "乙.txt: 提示：改正了 1 处（demo.width 1）\n"
        "甲.txt: 提示：改正了 3 处（demo.width 3）\n"
        "zhenggai: 提示：2 个文件共改正 4 处\n"
    )
    assert main(["check", ".", "--fix", "--quiet", *DEMO]) == 1
    assert capsys.readouterr().err == ""


def test_the_output_is_about_the_corrected_text(capsys: pytest.CaptureFixture[str]) -> None:
    report("布署，，帐目。\n".encode())
    assert main(["check", ".", "--fix", "--format", "github", *DEMO]) == 1
    assert capsys.readouterr().out == (
        "::warning file=通报.txt,line=1,endLine=1,col=4,endColumn=6,title=demo.width::“帐目”应为“账目”\n"
    )


# --- differences -----------------------------------------------------------------------------------------


def test_differences(capsys: pytest.CaptureFixture[str]) -> None:
    text = "一。\r\n研究布署。\r\n三。"
    path = report(text.encode())
    assert main(["check", ".", "--diff", *DEMO]) == 1
    captured = capsys.readouterr()
    assert captured.out == (
        "--- 通报.txt\n+++ 通报.txt\n@@ -1,3 +1,3 @@\n 一。\r\n-研究布署。\r\n+研究部署。\r\n 三。\n"
        "\\ No newline at end of file\n"
    )
    assert captured.err == "通报.txt: 提示：可以改正 1 处（demo.width 1）\n"
    assert path.read_bytes() == text.encode()


def test_differences_can_be_applied(home: Path) -> None:
    import shutil
    import subprocess

    if shutil.which("git") is None:
        pytest.skip("git applies the difference")
    path = report("一。\n研究布署，，\n三。布署".encode())
    assert main(["check", ".", "--diff", "-o", "差异.patch", *DEMO]) == 1
    subprocess.run(["git", "apply", "-p0", "差异.patch"], check=True, cwd=home)
    assert path.read_text(encoding="utf-8") == "一。\n研究部署，\n三。部署"
    assert main(["check", ".", "--diff", *DEMO]) == 0


def test_differences_have_statuses_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    report("核对帐目。\n".encode())
    assert main(["check", ".", "--diff", *DEMO]) == 0  # a finding, but nothing to correct
    assert main(["check", "没有.txt", "--diff", *DEMO]) == 2
    report("布署。\n".encode())
    assert main(["check", ".", "--diff", "--fail-on", "never", *DEMO]) == 1
    assert "布署" in capsys.readouterr().out


def test_differences_of_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    class Piped(io.StringIO):
        buffer = io.BytesIO("研究布署。\n".encode())

    monkeypatch.setattr("sys.stdin", Piped())
    assert main(["check", "-", "--stdin-filename", "稿.txt", "--diff", *DEMO]) == 1
    assert capsys.readouterr().out == "--- 稿.txt\n+++ 稿.txt\n@@ -1 +1 @@\n-研究布署。\n+研究部署。\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-", "--fix"], "--fix 不能改标准输入；要看怎样改，请用 --diff"),
        ([".", "--fix", "--diff"], "--diff 不能和 --fix 一起用"),
        ([".", "--diff", "--format", "json"], "--diff 不能和 --format 一起用"),
        ([".", "--write-allow", "--fix"], "--write-allow 不能和 --fix 一起用"),
        ([".", "--write-allow", "--diff"], "--diff 不能和 --write-allow 一起用"),
        (["-", "--write-allow"], "--write-allow 不能用于标准输入；可加 --stdin-filename 说明是哪个文件"),
    ],
)
def test_what_does_not_go_together(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *words]) == 2
    assert capsys.readouterr().err == f"zhenggai: 错误：{message}\n详见 zhenggai check --help\n"
