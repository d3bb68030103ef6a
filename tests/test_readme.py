"""The READMEs are true: their tables, their commands and their examples are those of the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from checker.config import read_config
from checker.examples import run_examples
from checker.manual import parser_of
from checker.options import COMMANDS
from checker.reading import read
from checker.rules import load_rules
from tools.readme import outdated

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
readmes = pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


def test_the_tables_are_those_of_the_rules() -> None:
    assert outdated() == [], "run: python tools/readme.py"


@readmes
def test_commands_can_be_given(path: Path) -> None:
    lines = [line for block in blocks(path, "sh") for line in block.splitlines()]
    commands = {command.name: command for command in COMMANDS}
    checked = 0
    for line in lines:
        words = shlex.split(line, comments=True)
        if words[0] == "zhenggai":
            parser_of(commands[words[1]], "zh").parse_intermixed_args(words[2:])
            checked += 1
    assert checked == 9


@readmes
def test_the_configuration_is_accepted(path: Path, tmp_path: Path) -> None:
    (tmp_path / "a" / "our-rules").mkdir(parents=True)
    (tmp_path / "common.yaml").write_text("", encoding="utf-8")
    config = tmp_path / "a" / "zhenggai.yaml"
    config.write_text(blocks(path, "yaml")[0], encoding="utf-8")
    settings = read_config(config)
    assert (len(settings.allow), len(settings.per_path), len(settings.severity)) == (1, 1, 2)


@readmes
def test_the_rule_passes_its_own_examples(path: Path, tmp_path: Path) -> None:
    (tmp_path / "hotline.yaml").write_text(blocks(path, "yaml")[1], encoding="utf-8")
    outcome = run_examples(load_rules([tmp_path], defaults=False), read)
    assert (outcome.rules, outcome.examples, outcome.failures) == (1, 2, ())


@readmes
def test_the_python_runs(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("通报.txt").write_text("巡察反馈的35个问题已完成整改33个，正在整改3个。\n", encoding="utf-8")
    (code,) = blocks(path, "python")
    exec(compile(code, path.name, "exec"), {})
    assert "count.partition" in capsys.readouterr().out


def test_both_say_the_same() -> None:
    shapes = []
    for path in READMES:
        text = path.read_text(encoding="utf-8")
        links = [link for link in re.findall(r"\]\((.*?)\)", text) if "README" not in link]
        shapes.append(
            (
                blocks(path, "python"),
                text.count("\n## "),
                text.count("\n* "),
                sorted(link.replace(".zh-CN", "") for link in links),
            )
        )
    assert shapes[0] == shapes[1]


@readmes
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
