"""Recording accepted findings: what an entry quotes, and how a configuration takes it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from checker.allowing import Entry, entry_of, with_entries
from checker.checking import covers
from checker.cli import main
from checker.config import find_config, read_config
from checker.diagnostics import CheckerError, Diagnostic, Severity
from checker.settings import Allow
from checker.source import Source

RULES = """
- id: demo.hotline
  severity: warning
  forbid: [市长热线, 。。]
  in: [raw]
  message: {zh: "“{word}”不对", en: "“{word}” is wrong"}
  why: {zh: 找不到。, en: Nobody finds it.}
  basis: {zh: 本单位规范。, en: House style.}
  bad: [请拨打⟦市长热线⟧反映问题。]
  good: [请拨打政务服务便民热线。]
"""
ONE = Entry("demo.one", "原文“甲”", "为什么", "报告/一.txt")
TWO = Entry("demo.two", 'a "b" \\ c', "why", "*.md")
LINES = (
    '- rule: demo.one\n  text: "原文“甲”"\n  reason: "为什么"\n  path: "报告/一.txt"\n'
    '- rule: demo.two\n  text: "a \\"b\\" \\\\ c"\n  reason: "why"\n  path: "*.md"\n'
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with a rule and two reports."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZHENGGAI_LANG", raising=False)
    forget()
    Path("规则").mkdir()
    Path("规则/demo.yaml").write_text(RULES, encoding="utf-8")
    Path("报告").mkdir()
    Path("报告/一[1].txt").write_text("第一行\n请拨打市长热线反映问题。。完\n", encoding="utf-8")
    Path("报告/二.txt").write_text("请拨打市长热线反映。\n", encoding="utf-8")
    return tmp_path


def forget() -> None:
    find_config.cache_clear()
    read_config.cache_clear()


def run(*words: str) -> int:
    forget()
    return main(["check", *words])


def indented(lines: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}" for line in lines.splitlines(keepends=True))


# --- the text of a configuration -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "allow:\n" + indented(LINES, 2)),
        ("# 只有注释\n", "# 只有注释\nallow:\n" + indented(LINES, 2)),
        ("select: count  # 数字", "select: count  # 数字\nallow:\n" + indented(LINES, 2)),
        ("allow:  # 尚无\nselect: count\n", "allow:  # 尚无\n" + indented(LINES, 2) + "select: count\n"),
        ("allow: []\nselect: count\n", "allow: \n" + indented(LINES, 2) + "select: count\n"),
        (
            "allow:\n- {rule: a, reason: b}  # 旧\n\n# 其余\nselect: count\n",
            "allow:\n- {rule: a, reason: b}  # 旧\n" + LINES + "\n# 其余\nselect: count\n",
        ),
        (
            "allow:\n    - rule: a\n      reason: >-\n        长的\n        理由\n# 其余\nselect: [count]",
            "allow:\n    - rule: a\n      reason: >-\n        长的\n        理由\n"
            + indented(LINES, 4)
            + "# 其余\nselect: [count]",
        ),
        (
            "select: count\nallow:\n  - rule: a\n    reason: b",
            "select: count\nallow:\n  - rule: a\n    reason: b\n" + indented(LINES, 2),
        ),
    ],
)
def test_entries_are_added_and_the_rest_stays(before: str, after: str) -> None:
    assert with_entries(before, [ONE, TWO], "zhenggai.yaml") == after


def test_a_list_in_brackets_stays_one() -> None:
    before = "allow: [\n  {rule: a, reason: b},  # 旧\n]\n"
    assert with_entries(before, [ONE], "zhenggai.yaml") == (
        'allow: [\n  {rule: a, reason: b}, {rule: demo.one, text: "原文“甲”", reason: "为什么", '
        'path: "报告/一.txt"},  # 旧\n]\n'
    )


def test_line_ends_stay() -> None:
    assert with_entries("select: count\r\n", [ONE], "zhenggai.yaml") == (
        'select: count\r\nallow:\r\n  - rule: demo.one\r\n    text: "原文“甲”"\r\n    reason: "为什么"\r\n'
        '    path: "报告/一.txt"\r\n'
    )


def test_toml_takes_tables() -> None:
    before = '[tool.zhenggai]\nselect = ["count"]\n\n[tool.other]\na = 1'
    after = with_entries(before, [ONE], "pyproject.toml")
    assert after == before + (
        '\n\n[[tool.zhenggai.allow]]\nrule = "demo.one"\ntext = "原文“甲”"\nreason = "为什么"\n'
        'path = "报告/一.txt"\n'
    )
    assert len(tomllib.loads(with_entries(after, [TWO], "pyproject.toml"))["tool"]["zhenggai"]["allow"]) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{select: count}\n", "zhenggai.yaml"),
        ("select: count\n...\n", "zhenggai.yaml"),
        ("allow: 热线\n", "zhenggai.yaml"),
        ('[tool.zhenggai]\nallow = [{rule = "a", reason = "b"}]\n', "pyproject.toml"),
    ],
)
def test_what_cannot_be_added_to_is_left_alone(text: str, name: str) -> None:
    with pytest.raises(CheckerError) as caught:
        with_entries(text, [ONE], name)
    assert caught.value.describe("zh") == (
        f"{name}: 不能自动写进这个文件的 allow，请自己加上：\n"
        '  - rule: demo.one\n    text: "原文“甲”"\n    reason: "为什么"\n    path: "报告/一.txt"'
    )


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_words_come_back(text: str, path: str) -> None:
    words = text.encode("utf-8", "ignore").decode()
    entry = Entry("demo.one", words, "理由", path)
    written = with_entries("a: b\n", [entry], "zhenggai.yaml")
    assert yaml.load(written, Loader=yaml.BaseLoader) == {
        "a": "b",
        "allow": [{"rule": "demo.one", "text": words, "reason": "理由", "path": path}],
    }
    toml = with_entries("", [entry], "pyproject.toml")
    assert tomllib.loads(toml)["tool"]["zhenggai"]["allow"][0]["text"] == words


# --- what an entry quotes --------------------------------------------------------------------------------


def found(text: str, words: str, nth: int = 0) -> tuple[Diagnostic, Source]:
    source = Source("a.txt", text)
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    end = start + len(words)
    places = source.position(start), source.position(end)
    message = {"zh": "不对", "en": "wrong"}
    return Diagnostic(
        "a.txt", "demo.one", Severity.WARNING, message, *places, span=(start, end), excerpt=words
    ), source


def allow(entry: Entry) -> Allow:
    return Allow(entry.rule, entry.text, entry.reason, "", Path(), "zhenggai.yaml", 1, 1)


def test_short_words_are_quoted_with_what_stands_around_them() -> None:
    finding, source = found("前一行\n请拨打市长热线反映问题。。完\n后一行", "。。")
    assert entry_of(finding, source, "a.txt", "理由").text == "市长热线反映问题。。完"


def test_long_words_are_cut_short() -> None:
    finding, source = found("整改" * 60, "整改" * 50)
    assert entry_of(finding, source, "a.txt", "理由").text == "整改" * 30


def test_patterns_in_names_are_escaped() -> None:
    finding, source = found("甲乙", "甲乙")
    assert entry_of(finding, source, "报告/一[1]*.txt", "理由").path == "报告/一[[]1][*].txt"


def test_an_entry_covers_its_place_and_no_other() -> None:
    text = "甲说：办结了。。\n乙说：销号了。。\n"
    first, source = found(text, "。。")
    second, _ = found(text, "。。", 1)
    entry = allow(entry_of(first, source, "a.txt", "理由"))
    assert covers(entry, first, source)
    assert not covers(entry, second, source)


@given(st.text(alphabet="甲乙。 \n", min_size=1, max_size=40), st.data())
def test_every_entry_covers_what_it_was_made_of(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    source = Source("a.txt", text)
    message = {"zh": "不对", "en": "wrong"}
    finding = Diagnostic(
        "a.txt",
        "demo.one",
        Severity.WARNING,
        message,
        source.position(start),
        source.position(end),
        span=(start, end),
        excerpt=text[start:end],
    )
    assert covers(allow(entry_of(finding, source, "a.txt", "理由")), finding, source)


# --- the command -----------------------------------------------------------------------------------------


def test_todays_findings_are_recorded_and_told_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    Path("zhenggai.yaml").write_text(
        "# 我们的配置\nselect: [demo]\nrules: [规则]  # 自己的\n", encoding="utf-8"
    )
    assert run(".") == 1
    capsys.readouterr()
    assert run(".", "--write-allow") == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "zhenggai.yaml: 提示：记下了 3 处，请逐条填写理由（reason）\n"
    assert Path("zhenggai.yaml").read_text(encoding="utf-8") == (
        "# 我们的配置\nselect: [demo]\nrules: [规则]  # 自己的\nallow:\n"
        "  - rule: demo.hotline\n"
        '    text: "请拨打市长热线反映问题。。完"\n'
        '    reason: "待填写：为什么可以这样写"\n'
        '    path: "报告/一[[]1].txt"\n'
        "  - rule: demo.hotline\n"
        '    text: "市长热线反映问题。。完"\n'
        '    reason: "待填写：为什么可以这样写"\n'
        '    path: "报告/一[[]1].txt"\n'
        "  - rule: demo.hotline\n"
        '    text: "请拨打市长热线反映。"\n'
        '    reason: "待填写：为什么可以这样写"\n'
        '    path: "报告/二.txt"\n'
    )
    assert run(".") == 0
    assert capsys.readouterr() == ("", "")
    assert run(".", "--write-allow") == 0
    assert capsys.readouterr().err == "zhenggai: 提示：没有问题要记\n"


def test_entries_survive_edits_elsewhere_and_new_findings_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("zhenggai.yaml").write_text("select: [demo]\nrules: [规则]\n", encoding="utf-8")
    assert run(".", "--write-allow") == 0
    text = "新的第一行\n\n第二行\n\u3000\u3000请拨打市长热线反映。\n另一处：也可以打市长热线。\n"
    Path("报告/二.txt").write_text(text, encoding="utf-8")
    Path("报告/一[1].txt").write_text("改好了\n", encoding="utf-8")
    capsys.readouterr()
    assert run(".") == 1
    captured = capsys.readouterr()
    assert captured.out == "报告/二.txt:5:9: warning demo.hotline “市长热线”不对\n"
    assert captured.err == (
        "zhenggai.yaml:4:5: 提示：这条 allow 已经没有对应的问题"
        "（demo.hotline：“请拨打市长热线反映问题。。完”），可以删去\n"
        "zhenggai.yaml:8:5: 提示：这条 allow 已经没有对应的问题"
        "（demo.hotline：“市长热线反映问题。。完”），可以删去\n"
    )


def test_without_a_configuration_one_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("报告/二.txt", "--rules", "规则", "--select", "demo", "--write-allow", "--lang", "en") == 0
    assert capsys.readouterr().err == "zhenggai.yaml: note: 1 recorded; fill in the reason of each\n"
    assert Path("zhenggai.yaml").read_text(encoding="utf-8") == (
        'allow:\n  - rule: demo.hotline\n    text: "请拨打市长热线反映。"\n'
        '    reason: "to be filled in: why this is right"\n    path: "报告/二.txt"\n'
    )


def test_a_file_may_be_named_and_a_bare_option_takes_no_path() -> None:
    chosen = ("--rules", "规则", "--select", "demo")
    assert run("--write-allow", "报告/二.txt", *chosen) == 0
    assert Path("报告/二.txt").read_text(encoding="utf-8") == "请拨打市长热线反映。\n"
    assert run("--write-allow=报告/accepted.yaml", "报告/二.txt", "--config", "zhenggai.yaml", *chosen) == 0
    assert not Path("报告/accepted.yaml").exists()  # it was all recorded before
    Path("zhenggai.yaml").unlink()
    assert run("--write-allow=报告/accepted.yaml", "报告/二.txt", *chosen) == 0
    assert 'path: "二.txt"' in Path("报告/accepted.yaml").read_text(encoding="utf-8")


def test_a_configuration_elsewhere_cannot_speak_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("别处").mkdir()
    chosen = ("--rules", "规则", "--select", "demo")
    assert run("--write-allow=别处/zhenggai.yaml", "报告/二.txt", *chosen) == 2
    assert capsys.readouterr().err == "别处/zhenggai.yaml: 错误：报告/二.txt 在配置文件所在的文件夹之外\n"
    assert list(Path("别处").iterdir()) == []
