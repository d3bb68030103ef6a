"""Rule files and configurations that mean harm: no code of theirs runs, they reach nothing outside, none takes long.

In CI they come with the change that is to be checked, from anybody.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from checker import checking
from checker.cli import main
from checker.config import MAX_EXTENDED, forget, read_config
from checker.diagnostics import CheckerError
from checker.linter import lint
from checker.reading import read
from checker.rule_files import RuleFileError, parse_tree
from checker.rules import load_rules
from checker.source import Source
from tests.documents import rule, ruleset

SECRET = "token: hunter2\n"
RULE = """- id: own.rule
  severity: warning
  {body}
  message: {{zh: 甲, en: a}}
  why: {{zh: 甲, en: a}}
  basis: {{zh: 甲, en: a}}
  bad: ["⟦甲⟧"]
  good: ["乙"]
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a secret beside it."""
    home = tmp_path / "repository"
    (home / ".git").mkdir(parents=True)
    (home / "deep").mkdir()
    (tmp_path / "secret.yaml").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "secret.yaml").write_text(SECRET, encoding="utf-8")
    monkeypatch.chdir(home)
    monkeypatch.delenv("ZHENGGAI_LANG", raising=False)
    forget()
    checking.forget()
    return home


def faults(path: Path) -> list[str]:
    forget()
    with pytest.raises(RuleFileError) as raised:
        read_config(path)
    return [f"{one.line}:{one.column} {one.message['zh']}" for one in raised.value.faults]


def seconds(work: object) -> float:
    began = time.process_time()
    assert callable(work)
    work()
    return time.process_time() - began


# --- paths -------------------------------------------------------------------------------------------------------


OUT = "{} 在版本库之外，配置不能引用；库外的规则请用命令行的 --rules"


@pytest.mark.parametrize("key", ["extends", "rules"])
def test_no_path_leads_out_of_the_repository(repository: Path, key: str) -> None:
    outside = "secret.yaml" if key == "extends" else "secrets"
    config = repository / "deep" / "zhenggai.yaml"
    absolute = str(repository.parent / outside)
    (repository / "link").symlink_to(absolute)
    for path in (f"../../{outside}", absolute, f"../deep/../../{outside}", "../link"):
        config.write_text(f"{key}: {path}\n", encoding="utf-8")
        (said,) = faults(config)
        assert said == f"1:{len(key) + 3} {OUT.format(path)}" and "hunter2" not in said


def test_paths_within_the_repository_are_read(repository: Path) -> None:
    (repository / "common.yaml").write_text("select: [count]\n", encoding="utf-8")
    (repository / "our").mkdir()
    config = repository / "deep" / "zhenggai.yaml"
    config.write_text("extends: ../common.yaml\nrules: [../our]\n", encoding="utf-8")
    settings = read_config(config)
    assert (settings.select, [path.resolve() for path in settings.rules]) == (
        ("count",),
        [repository / "our"],
    )


def test_names_that_no_file_can_have(repository: Path) -> None:
    config = repository / "zhenggai.yaml"
    config.write_text('extends: "a\\0b"\nrules: ["c\\0d"]\n', encoding="utf-8")
    assert faults(config) == ["1:10 没有这个文件或文件夹", "2:9 没有这个文件夹：c\0d"]


def test_links_in_a_folder_of_rules_are_not_followed_out_of_it(repository: Path) -> None:
    our = repository / "our"
    (our / "lexicon").mkdir(parents=True)
    (our / "link.yaml").symlink_to(repository.parent / "secret.yaml")
    (our / "lexicon" / "words.yaml").symlink_to(repository.parent / "secret.yaml")
    (our / "own.yaml").write_text(RULE.format(body="forbid: {lexicon: words}"), encoding="utf-8")
    with pytest.raises(RuleFileError) as raised:
        load_rules((our,), defaults=False)
    assert [(one.path, one.message["zh"]) for one in raised.value.faults] == [
        ("our/link.yaml", "是指到规则文件夹之外的链接，没有读"),
        ("our/own.yaml", "词表 words 是指到规则文件夹之外的链接"),
    ]
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "a/b", "..", "words.yaml"])
def test_a_lexicon_is_a_name_and_no_path(repository: Path, name: str) -> None:
    with pytest.raises(RuleFileError) as raised:
        ruleset(RULE.format(body=f"forbid: {{lexicon: '{name}'}}"))
    assert [one.message["zh"] for one in raised.value.faults] == [f"词表名 {name} 不合格式"]


# --- code --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.mkdir [hit]",
        "!!python/name:os.system",
        "!!python/object/new:os.mkdir [hit]",
        "!<tag:yaml.org,2002:python/object/apply:os.mkdir> [hit]",
        "!hit 1",
    ],
)
@pytest.mark.parametrize("kind", ["rules", "configuration"])
def test_no_tag_makes_anything(
    repository: Path, tag: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "甲.txt").write_text("通报\n", encoding="utf-8")
    (repository / "our").mkdir()
    if kind == "rules":
        (repository / "our" / "a.yaml").write_text(f"- id: {tag}\n", encoding="utf-8")
        assert main(["check", "甲.txt", "--rules", "our"]) == 2
    else:
        (repository / "zhenggai.yaml").write_text(f"select: {tag}\n", encoding="utf-8")
        assert main(["check", "甲.txt"]) == 2
    assert "不接受 YAML 标签（!）" in capsys.readouterr().err
    assert not (repository / "hit").exists()


@pytest.mark.parametrize(
    "expression",
    [
        "report.__class__ == null",
        "report.source.data.__len__ == 1",
        "__import__('os').system('mkdir hit') == 0",
        "report.text.format('x') == ''",
        "getattr(report, 'text') == ''",
        "open('/etc/passwd') == ''",
        "lambda: 1",
        "report.text.encode() == b''",
    ],
)
def test_expressions_know_nothing_of_python(expression: str) -> None:
    with pytest.raises(RuleFileError):
        ruleset(rule(f"assert: {expression!r}"))


def test_templates_are_no_format_strings() -> None:
    with pytest.raises(RuleFileError):
        ruleset(RULE.format(body="forbid: [甲]").replace("zh: 甲, en: a", 'zh: "{word.__class__}", en: a', 1))
    rules = ruleset(RULE.format(body="forbid: [甲]").replace("zh: 甲, en: a", "zh: '%s {{0}}', en: a", 1))
    (finding,) = lint(read(Source("a.txt", "通报\n关于甲的说明。\n")), rules)
    assert finding.message["zh"] == "%s {0}"


# --- bombs -------------------------------------------------------------------------------------------------------

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{', '.join([f'*{chr(97 + level)}'] * 9)}]\n"
    for level in range(9)
)
BOMBS = {
    "aliases": (LAUGHS, "不接受 YAML 的锚点与别名（& 和 *）；以 & * 开头的文字须加引号"),
    "merge keys": (
        "a: &a {b: c}\nd: {<<: *a}\n",
        "不接受 YAML 的锚点与别名（& 和 *）；以 & * 开头的文字须加引号",
    ),
    "depth in brackets": ("a: " + "[" * 100_000, "规则文件太大或层次太深"),
    "depth in braces": ("a: " + "{b: " * 50_000, "规则文件太大或层次太深"),
    "depth in lists": ("- " * 10_000, "规则文件太大或层次太深"),
    "many nodes": ("a: [" + "1," * 300_000 + "]", "规则文件太大或层次太深"),
    "many documents": ("---\na\n" * 10_000, "一个文件里只能有一份 YAML 文档"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_soon(name: str) -> None:
    text, wanted = BOMBS[name]
    found: list[CheckerError] = []
    took = seconds(lambda: parse_tree(text, "a.yaml", found))
    assert [one.message["zh"] for one in found] == [wanted]
    assert took < 20


def test_files_that_are_too_large_or_without_end(repository: Path) -> None:
    config = repository / "zhenggai.yaml"
    config.write_bytes(b"# " + b"x" * 1_000_001)
    forget()
    with pytest.raises(CheckerError) as raised:
        read_config(config)
    assert raised.value.message["zh"].startswith("文件超过 1 MB")
    (repository / "our").mkdir()
    (repository / "our" / "a.yaml").write_bytes(b"# " + b"x" * 4_000_001)
    (repository / "our" / "zero.yaml").symlink_to("/dev/zero")
    with pytest.raises(RuleFileError) as refused:
        load_rules((repository / "our",), defaults=False)
    assert [one.message["zh"] for one in refused.value.faults] == ["规则文件超过 4000000 字节"]


@pytest.mark.parametrize(
    "text",
    [
        "[tool.zhenggai]\nmax-size = " + "1" * 5_000 + "\n",
        "[tool.zhenggai]\nselect = " + "[" * 5_000 + "\n",
        "[tool.zhenggai]\n" + "a." * 50_000 + "b = 1\n",
        "[tool.zhenggai]\nselect = 1979-05-27\n",
    ],
    ids=["digits", "brackets", "dots", "a date"],
)
def test_hostile_toml_is_refused(repository: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "pyproject.toml").write_text(text, encoding="utf-8")
    (repository / "甲.txt").write_text("通报\n", encoding="utf-8")
    assert main(["check", "甲.txt"]) == 2
    said = capsys.readouterr().err
    assert "错误：" in said and "内部出错" not in said


def test_extends_that_branch_again_and_again(repository: Path) -> None:
    for level in range(30):
        following = f"{level + 1}.yaml"
        text = f"extends: [{following}, {following}, {following}]\n" if level < 29 else "select: [count]\n"
        (repository / f"{level}.yaml").write_text(text, encoding="utf-8")
    said: list[str] = []
    assert seconds(lambda: said.extend(faults(repository / "0.yaml"))) < 10
    assert said[0].endswith(f"extends 牵出的配置超过 {MAX_EXTENDED} 个")


# --- work --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "forbid: {patterns: ['[a-z0-9的]{0,999}x']}",
        "forbid: {patterns: ['(a|a)*(a|的)*(1|a)*x']}",
        "forbid: {patterns: ['((a|的|1)+)+x']}",
        "forbid: [的]\n  when: report.paragraphs.all(p, report.paragraphs.all(q, q.text != p.text + word + 'x'))",
        "forbid: [的]\n  when: matches(paragraph.text, '(的?a?1?){0,400}$')",
        "assert: '!matches(report.text, \"((的|a|1)*)*x\")'",
        "for: p in report.paragraphs, q in report.paragraphs, r in report.paragraphs\n  assert: p.text + q.text != r.text + 'x'",
        "for: i in range(100000)\n  let: {a: 'range(90000).map(x, x)'}\n  assert: size(a) > 0",
        "for: i in range(40)\n  assert: 'false'\n  at: report.paragraphs[i]\n  see: 'range(90000).map(x, report.paragraphs[0])'",
        "assert: range(40).map(x, report.text).join('').replace('a', report.text).size() > 0",
    ],
)
def test_no_rule_works_without_end(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Done, or stopped with a message that names the rule."""
    monkeypatch.setattr("checker.judging.MAX_STEPS", 3_000_000)
    document = read(Source("a.txt", "通报\n" + ("的a1" * 50 + "。\n") * 40))
    rules = ruleset(RULE.format(body=body))
    found: list[object] = []
    assert seconds(lambda: found.extend(lint(document, rules))) < 60
    stopped = [one.message["en"] for one in found if one.crash]  # type: ignore[attr-defined]
    assert all("own.rule" in one and ("steps" in one or "rounds" in one) for one in stopped)


def test_messages_count_as_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message is made for every finding, so what it works out is bounded for all of them together."""
    monkeypatch.setattr("checker.judging.MAX_STEPS", 6_000_000)
    text = "通报\n" + "的\n" * 500
    costly = 'zh: "{size(range(200000).map(x, x))}", en: a'
    for body in ("forbid: [的]", "for: p in report.paragraphs\n  assert: 'false'"):
        rules = ruleset(RULE.format(body=body).replace("zh: 甲, en: a", costly, 1))
        found = lint(read(Source("a.txt", text)), rules)
        assert [one.message["en"] for one in found if one.crash] == [
            one.message["en"] for one in found if "steps in all" in one.message["en"]
        ]
        assert any(one.crash for one in found) and 3 < len(found) < 100


def test_a_condition_on_a_word_is_asked_once_where_it_can_be() -> None:
    """Thousands of the same word in a long report are no reason to give up."""
    text = "通报\n" + "整治四风问题。" * 3_000 + "\n" + "整治四风问题，纠治“四风”。\n" * 500
    rules = ruleset(
        RULE.format(
            body="forbid: [四风]\n  except: ['“|”']\n"
            "  when: report.text.split(word).size() > 1 && matches(paragraph.text, '治' + word)"
        )
    )
    found = lint(read(Source("a.txt", text)), rules)
    assert len(found) == 3_500 and not any(one.crash for one in found)


def test_nothing_of_the_environment_is_read(repository: Path) -> None:
    config = repository / "zhenggai.yaml"
    for path in ("$HOME/secret.yaml", "~/secret.yaml", "${HOME}/secret.yaml"):
        config.write_text(f"extends: {path}\n", encoding="utf-8")
        assert faults(config) == ["1:10 没有这个文件或文件夹"]
    assert os.environ.get("HOME") is not None
