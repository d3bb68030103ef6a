"""The documents on configuration and integration say what is so: their examples are run."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from checker.commands.check import targets_of
from checker.config import read_config
from checker.config_values import KEYS
from checker.output import FORMATS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def blocks(name: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("name", ["configuration.md", "configuration.zh-CN.md"])
def test_the_example_has_every_key_and_is_accepted(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = blocks(name, "yaml")
    data = yaml.load(example, Loader=yaml.BaseLoader)
    assert set(data) == set(KEYS)
    folder = tmp_path / "inner"
    (folder / data["rules"][0]).mkdir(parents=True)
    (folder / data["extends"]).write_text("", encoding="utf-8")
    monkeypatch.chdir(folder)
    path = folder / "zhenggai.yaml"
    path.write_text(example, encoding="utf-8")
    read_config.cache_clear()
    settings = read_config(path)
    assert [entry.rule for entry in settings.allow] == ["count.listed"]
    assert [entry.given for entry in settings.per_path] == [("fail_on",), ("ignore",)]


@pytest.mark.parametrize("name", ["ci.md", "ci.zh-CN.md"])
def test_formats_hooks_and_inputs_are_there(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert [form for form in re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) if form not in FORMATS] == []
    first = blocks(name, "sh")[0].split()
    formats = [word for flag, word in pairwise(first) if flag == "--format"]
    assert targets_of(formats, None, "en") == [("text", None), ("sarif", "out.sarif"), ("junit", "out.xml")]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    pre_commit, github, gitlab = (yaml.safe_load(block) for block in blocks(name, "yaml"))
    used = {hook["id"] for hook in pre_commit["repos"][0]["hooks"]}
    assert used == {hook["id"] for hook in hooks}
    assert set(github["steps"][1]["with"]) - set(action["inputs"]) == set()
    template = yaml.safe_load((ROOT / "templates" / "gitlab-ci.yml").read_text(encoding="utf-8"))
    assert set(gitlab["variables"]) - set(template["variables"]) == set()
