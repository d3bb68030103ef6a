"""The JSON Schemas that ship with the package say what the program itself accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.cli import main
from checker.config import read_config
from checker.config_values import _ALLOW_KEYS, _PER_PATH_KEYS, KEYS
from checker.diagnostics import CheckerError
from checker.resources import folder
from checker.rule_files import RuleFileError
from checker.rule_shape import _CHECK, _JUDGEMENT, _RULE, SEVERITIES
from checker.rule_words import GROUPS, ROLES, WORD_KEYS
from checker.settings import FAIL_LEVELS, LEVELS
from tests.documents import faults as rule_faults
from tests.documents import rule

jsonschema = pytest.importorskip("jsonschema", reason="validates (extra test)")


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder("schemas") / f"{name}.schema.json").read_text("utf-8"))
    return loaded


def valid(name: str, text: str) -> bool:
    """Whether an editor takes ``text``; it reads YAML 1.2, in which ``off`` is a word."""
    data = yaml.safe_load(text.replace(": off", ": 'off'"))
    return bool(jsonschema.Draft202012Validator(schema(name)).is_valid(data))


@pytest.mark.parametrize("name", ["config", "rules"])
def test_they_are_schemas_and_are_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == schema(name)


def test_an_unknown_schema_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "rule"]) == 2
    assert capsys.readouterr().err == (
        "zhenggai: 错误：不认识“rule”，可用：config、rules\n详见 zhenggai schema --help\n"
    )


def test_the_configuration_has_the_keys_of_the_program() -> None:
    config = schema("config")
    per_path = config["properties"]["per-path"]["additionalProperties"]["properties"]
    assert set(config["properties"]) == set(KEYS)
    assert set(per_path) == set(_PER_PATH_KEYS)
    assert set(config["$defs"]["allow"]["properties"]) == set(_ALLOW_KEYS)
    assert config["properties"]["fail-on"]["enum"] == list(FAIL_LEVELS)
    assert config["properties"]["severity"]["additionalProperties"]["enum"] == list(LEVELS)


def test_rules_have_the_keys_of_the_program() -> None:
    definitions = schema("rules")["$defs"]
    check = set(_CHECK) | set(_JUDGEMENT) | set(WORD_KEYS)
    assert set(definitions["check"]["properties"]) == check
    assert set(definitions["rule"]["properties"]) == check | set(_RULE)
    assert set(definitions["check"]["properties"]["in"]["anyOf"][0]["enum"]) == {*ROLES, *GROUPS}
    assert definitions["check"]["properties"]["severity"]["enum"] == list(SEVERITIES)


@pytest.mark.parametrize("path", sorted(folder("rules").glob("*.yaml")), ids=lambda path: path.stem)
def test_our_own_rules_are_valid(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(schema("rules"))
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "select: count\n",
        "select: [count]\nseverity: {a.b: off}\nmax-size: 5 MB\nper-path: {'*.md': {fail-on: never}}\n",
        "allow: [{rule: a, reason: b, text: 35, path: '*'}]\n",
        "max-size: 5000\n",
    ],
)
def test_good_configurations(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert valid("config", text)
    assert accepted(text, tmp_path, monkeypatch)


@pytest.mark.parametrize(
    "text",
    [
        "selct: [count]\n",
        "ignore: {a: b}\n",
        "severity: {a: fatal}\n",
        "fail-on: [error]\n",
        "max-size: big\n",
        "allow: [{rule: a}]\n",
        "allow: [{rule: a, reason: ' '}]\n",
        "allow: [{rule: a, reason: b, because: c}]\n",
        "per-path: {'*': {extends: a}}\n",
        "- a\n",
    ],
)
def test_bad_configurations(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not valid("config", text)
    assert not accepted(text, tmp_path, monkeypatch)


def accepted(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.chdir(folder)
    path = folder / "zhenggai.yaml"
    path.write_text(text, encoding="utf-8")
    read_config.cache_clear()
    try:
        read_config(path)
    except (RuleFileError, CheckerError):
        return False
    return True


BOTH = "for: p in report.paragraphs\nassert: size(p.text) > 0"


@pytest.mark.parametrize(
    ("body", "keys", "good"),
    [
        (BOTH, {}, True),
        ("forbid: [甲]\nin: [heading, raw]", {}, True),
        ("replace: {甲: 乙}\nexcept: [甲丁]", {}, True),
        ("forbid: [甲]\nreplace: {甲: 乙}", {}, False),
        ("forbid: [甲]\nin: [header]", {}, False),
        (BOTH + "\nfix: {replace: 甲, sure: true}", {}, False),
        (BOTH + "\nmsg: 甲", {}, False),
        (BOTH, {"severity": "fatal"}, False),
        (BOTH, {"why": "{zh: 因为}"}, False),
        (BOTH, {"good": ""}, False),
        (BOTH, {"name": "Demo"}, False),
        ("checks:\n  - {forbid: [甲]}\n  - {assert: 'true', severity: info}", {}, True),
        ("checks:\n  - {forbid: [甲]}\nassert: 'true'", {}, False),
        ("checks: []", {}, False),
    ],
)
def test_rules_are_judged_as_the_program_does(body: str, keys: dict[str, str], good: bool) -> None:
    text = rule(body, **keys)
    assert (rule_faults(text) == []) is good
    assert valid("rules", text) is good
