"""Settings: where they are found, what they add up to, and how faulty ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.config import find_config, read_config, settings_for
from checker.diagnostics import CheckerError, Severity
from checker.files import parse_size, size_words
from checker.rule_files import RuleFileError
from checker.settings import Allow, Override, Settings, allow_covers, rule_matches


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test in a folder of its own, with nothing remembered from the last."""
    monkeypatch.chdir(tmp_path)
    find_config.cache_clear()
    read_config.cache_clear()


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(text: str, name: str = "zhenggai.yaml", lang: str = "zh") -> list[str]:
    with pytest.raises((RuleFileError, CheckerError)) as caught:
        read_config(write(name, text))
    error = caught.value
    return [one.describe(lang) for one in (error.faults if isinstance(error, RuleFileError) else [error])]


def test_every_key(tmp_path: Path) -> None:
    Path("本单位规则").mkdir()
    write(
        "zhenggai.yaml",
        "select: [count, 'date.*']\n"
        "ignore: name.short-form, count.no-total\n"
        "severity: {count.listed: warning, text.quotes: off}\n"
        "rules: [本单位规则]\n"
        "genre: inspection-rectification\n"
        "fail-on: error\n"
        "max-size: 5 MB\n"
        "allow:\n"
        "  - rule: count.listed\n"
        "    text: 反馈问题35个\n"
        "    reason: 其余见附件\n"
        "    path: 2023/*.txt\n",
    )
    assert settings_for("报告.txt", None, Override()) == Settings(
        select=("count", "date.*"),
        ignore=("name.short-form", "count.no-total"),
        severity=(("count.listed", "warning"), ("text.quotes", "off")),
        rules=(tmp_path / "本单位规则",),
        genre="inspection-rectification",
        fail_on=Severity.ERROR,
        max_size=5 * 1024 * 1024,
        allow=(
            Allow(
                "count.listed", "反馈问题35个", "其余见附件", "2023/*.txt", tmp_path, "zhenggai.yaml", 9, 5
            ),
        ),
    )


def test_the_nearest_configuration_counts(tmp_path: Path) -> None:
    write("zhenggai.yaml", "fail-on: error\n")
    write("近/pyproject.toml", '[tool.zhenggai]\nfail-on = "info"\n')
    write("近/更近/pyproject.toml", '[tool.other]\nfail-on = "never"\n')
    found = {path: settings_for(path, None, Override()).fail_on for path in ("a.txt", "近/更近/b.txt")}
    assert found == {"a.txt": Severity.ERROR, "近/更近/b.txt": Severity.INFO}


def test_without_any_the_defaults_hold() -> None:
    assert settings_for("a.txt", None, Override()) == Settings()


def test_standard_input_is_placed_by_its_name() -> None:
    write("报告/zhenggai.yaml", "fail-on: never\n")
    assert settings_for("-", None, Override(), "报告/草稿.txt").fail_on is None


def test_a_configuration_may_be_named() -> None:
    write("zhenggai.yaml", "fail-on: error\n")
    write("other.yaml", "fail-on: info\n")
    assert settings_for("a.txt", "other.yaml", Override()).fail_on == Severity.INFO


def test_toml_and_yaml_say_the_same(tmp_path: Path) -> None:
    yaml = read_config(
        write(
            "a/zhenggai.yaml", "select: [count]\nseverity: {x.y: off}\nper-path: {'*.md': {fail-on: never}}\n"
        )
    )
    toml = read_config(
        write(
            "a/pyproject.toml",
            '[tool.zhenggai]\nselect = ["count"]\nseverity = {"x.y" = "off"}\n'
            '[tool.zhenggai.per-path."*.md"]\nfail-on = "never"\n',
        )
    )
    assert yaml == toml


def test_extends_adds_lists_and_replaces_values() -> None:
    write("base.yaml", "ignore: [a]\nfail-on: error\nselect: [x]\nseverity: {r: info}\n")
    write("zhenggai.yaml", "extends: base.yaml\nignore: [b]\nselect: [y]\nseverity: {r: error}\n")
    settings = settings_for("a.txt", None, Override())
    assert (settings.ignore, settings.select, settings.fail_on, settings.severity) == (
        ("a", "b"),
        ("y",),
        Severity.ERROR,
        (("r", "info"), ("r", "error")),
    )


def test_the_command_line_goes_first() -> None:
    write("zhenggai.yaml", "select: [a]\nignore: [b]\nfail-on: error\ngenre: x\n")
    override = Override(select=("c",), ignore=("d",), fail_on="never", genre="y", max_size=7)
    assert settings_for("a.txt", None, override) == Settings(
        select=("c",), ignore=("b", "d"), fail_on=None, genre="y", max_size=7
    )


def test_per_path() -> None:
    write(
        "zhenggai.yaml",
        "ignore: [a]\nper-path:\n  归档/*: {ignore: [b], fail-on: never}\n  '*.md': {ignore: [c]}\n",
    )
    found = {
        path: (settings.ignore, settings.fail_on)
        for path in ("x.txt", "归档/x.txt", "归档/深/x.md")
        for settings in [settings_for(path, None, Override())]
    }
    assert found == {
        "x.txt": (("a",), Severity.WARNING),
        "归档/x.txt": (("a", "b"), None),
        "归档/深/x.md": (("a", "b", "c"), None),
    }


def test_all_faults_at_once() -> None:
    assert faults(
        "selct: [count]\n"
        "ignore: {a: b}\n"
        "severity: {count.listed: fatal}\n"
        "rules: [没有的]\n"
        "fail-on: [error]\n"
        "max-size: big\n"
        "allow:\n"
        "  - {rule: a, because: b}\n"
        "  - a\n"
        "per-path: {'*': {extends: a}}\n"
    ) == [
        "zhenggai.yaml:1:1: 没有“selct”这一项，是否想写 select",
        "zhenggai.yaml:2:9: “ignore”应当是列表",
        "zhenggai.yaml:3:26: “count.listed”的值“fatal”不对，可用：error、warning、info、off",
        "zhenggai.yaml:4:9: 没有这个文件夹：没有的",
        "zhenggai.yaml:5:10: “fail-on”应当是一个词",
        "zhenggai.yaml:6:11: “max-size”应当是文件大小，如 32MB",
        "zhenggai.yaml:8:5: 缺少“reason”",
        "zhenggai.yaml:8:15: 没有“because”这一项",
        "zhenggai.yaml:9:5: “allow”应当是键值对",
        "zhenggai.yaml:10:18: 没有“extends”这一项",
    ]


def test_faults_in_english() -> None:
    assert faults("fail_on: error\n", lang="en") == [
        "zhenggai.yaml:1:1: unknown key “fail_on”; did you mean fail-on?"
    ]


def test_toml_faults_have_lines() -> None:
    assert faults(
        '[tool.zhenggai]\nfail-on = "bad"\n\n[tool.zhenggai.severity]\n"a.b" = "x"\n', "pyproject.toml"
    ) == [
        "pyproject.toml:2:1: “fail-on”的值“bad”不对，可用：error、warning、info、never",
        "pyproject.toml:5:1: “a.b”的值“x”不对，可用：error、warning、info、off",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [1\n", "zhenggai.yaml:2:1: YAML"),
        ("a: &x [1]\nb: *x\n", "zhenggai.yaml:1:4: 不接受 YAML 的锚点与别名"),
        ("- a\n", "zhenggai.yaml:1:1: “zhenggai.yaml”应当是键值对"),
        ("select: a\nselect: b\n", "zhenggai.yaml:2:1: 键 select 重复"),
        ("extends: zhenggai.yaml\n", "zhenggai.yaml:1:10: extends 绕成了圈：zhenggai.yaml"),
        ("extends: nowhere.yaml\n", "zhenggai.yaml:1:10: 没有这个文件或文件夹"),
    ],
    ids=["syntax", "alias", "list", "duplicate", "loop", "missing"],
)
def test_what_is_no_configuration(text: str, place: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith(place)


def test_broken_toml() -> None:
    (fault,) = faults("[tool.zhenggai]\na = \n", "pyproject.toml")
    assert fault.startswith("pyproject.toml:2:5: TOML 写法有误：")


def test_a_named_configuration_must_exist() -> None:
    with pytest.raises(CheckerError) as caught:
        settings_for("a.txt", "nowhere.yaml", Override())
    assert caught.value.describe("zh") == "nowhere.yaml: 没有这个配置文件"


@pytest.mark.parametrize(
    ("pattern", "covered"),
    [("", True), ("2023/a.txt", True), ("*.txt", True), ("2023/*", True), ("2024/*", False), ("a.md", False)],
)
def test_which_files_an_allow_entry_is_about(tmp_path: Path, pattern: str, covered: bool) -> None:
    entry = Allow("r", "", "why", pattern, tmp_path, "zhenggai.yaml", 1, 1)
    assert allow_covers(entry, "2023/a.txt") is covered


def test_a_configuration_says_nothing_of_files_elsewhere(tmp_path: Path) -> None:
    entry = Allow("r", "", "why", "*.txt", tmp_path / "deep", "zhenggai.yaml", 1, 1)
    assert not allow_covers(entry, "a.txt")


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [("a.b", True), ("a", True), ("a.*", True), ("all", True), ("a.bc", False), ("b", False), ("a.", False)],
)
def test_rule_patterns(pattern: str, matches: bool) -> None:
    assert rule_matches(pattern, "a.b") is matches


@pytest.mark.parametrize(
    ("text", "size"), [("7", 7), ("2k", 2048), ("32 MB", 32 << 20), ("1GB", 1 << 30), ("10B", 10)]
)
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size
    assert parse_size(size_words(size)) == size


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5MB", "MB", "1TB", "9999999999"])
def test_no_sizes(text: str) -> None:
    with pytest.raises(ValueError):
        parse_size(text)
