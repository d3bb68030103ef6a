"""The programs that are measured, and how their users would call them.

A peer that is not on this machine is left out with a note. Each is looked for where an environment variable says,
then on PATH: ZHLINT, TEXTLINT, LINT_MD, LIMAE, PROSELINT and GONGWEN name commands, AUTOCORRECT a Python that has
autocorrect-py. ZHENGGAI names another command of our own. textlint gets the two rules that suit Chinese
(textlint-rule-zh-half-and-full-width-bracket and -no-nfd), which must be installed beside it; presets made for
Japanese would load a dictionary of Japanese.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

OURS = "zhenggai"
_RULES = {
    "zh-half-and-full-width-bracket": True,
    "no-nfd": True,
}
_AUTOCORRECT = """import sys, autocorrect_py
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        autocorrect_py.lint_for(file.read(), "markdown")"""
_DISTRIBUTIONS = {"autocorrect": "autocorrect-py", "proselint": "proselint", "gongwen": "gongwen-skill"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A program: ``words`` makes its command line of the names of files in the current folder; ``single`` if it
    takes one file for each process; ``prepare`` makes the files it reads of a Markdown file, which is not timed."""

    name: str
    version: str
    words: Callable[[Sequence[str]], list[str]]
    single: bool = False
    prepare: Callable[[Path], Path] | None = None


def ours() -> Peer:
    """Ourselves, with as many processes as our default says."""
    chosen = os.environ.get("ZHENGGAI")
    start = [chosen] if chosen else [sys.executable, "-m", "checker"]
    version = _said([*start, "--version"]).removeprefix("zhenggai ")
    return Peer(OURS, version, lambda names: [*start, "check", *names])


def installed(folder: Path) -> list[Peer]:
    """The peers that are on this machine; ``folder`` is for their configuration. Others are named on stderr."""
    makers: dict[str, Callable[[str], Peer]] = {
        "autocorrect": _autocorrect,
        "limae": lambda command: Peer("limae", _package(command), lambda names: [command, *names]),
        "proselint": lambda command: Peer(
            "proselint", _package(command), lambda names: [command, "check", *names]
        ),
        "zhlint": lambda command: Peer(
            "zhlint", _package(command), lambda names: [command, "*.md" if len(names) > 1 else names[0]]
        ),
        "lint-md": lambda command: Peer("lint-md", _package(command), lambda names: [command, *names]),
        "textlint": lambda command: _textlint(command, folder),
        "gongwen": _gongwen,
    }
    found = []
    for name, make in makers.items():
        variable = name.upper().replace("-", "_")
        command = os.environ.get(variable) or (None if name == "autocorrect" else shutil.which(name))
        if command is None and name == "autocorrect" and _has_autocorrect(sys.executable):
            command = sys.executable
        if command is None or (name == "autocorrect" and not _has_autocorrect(command)):
            print(f"{name} is not on this machine ({variable}, PATH): left out", file=sys.stderr)
        else:
            found.append(make(command))
    return found


def _has_autocorrect(python: str) -> bool:
    return _said([python, "-c", "import autocorrect_py; print(1)"]) == "1"


def _autocorrect(python: str) -> Peer:
    return Peer(
        "autocorrect", _package(python, "autocorrect"), lambda names: [python, "-c", _AUTOCORRECT, *names]
    )


def _textlint(command: str, folder: Path) -> Peer:
    modules = next((path for path in Path(command).resolve().parents if path.name == "node_modules"), None)
    place = folder / "textlint.json"
    rules = {
        name: value
        for name, value in _RULES.items()
        if modules is None or (modules / f"textlint-rule-{name}").is_dir()
    }
    place.write_text(json.dumps({"rules": rules}), encoding="utf-8")
    options = ["--config", str(place)]
    if modules is not None:
        options += ["--rules-base-directory", str(modules)]
    version = f"{_package(command)} with {len(rules)} rules"
    return Peer("textlint", version, lambda names: [command, *options, *names])


def _gongwen(command: str) -> Peer:
    def to_word(path: Path) -> Path:
        made = path.with_suffix(".docx")
        subprocess.run([command, "md2docx", str(path), "-o", str(made)], capture_output=True, check=True)
        return made

    return Peer(
        "gongwen", _package(command, "gongwen"), lambda names: [command, "check", *names], True, to_word
    )


def _package(command: str, name: str = "") -> str:
    """The version in the package.json above a command, or of the distribution of its Python; "?" if unknown."""
    for parent in Path(command).resolve().parents:
        manifest = parent / "package.json"
        if manifest.is_file():
            return str(json.loads(manifest.read_text(encoding="utf-8")).get("version", "?"))
    distribution = _DISTRIBUTIONS.get(name or Path(command).name, name or Path(command).name)
    python = Path(command).parent / "python"
    code = f"from importlib.metadata import version; print(version({distribution!r}))"
    return _said([str(python), "-c", code]) or "?"


def _said(words: Sequence[str]) -> str:
    try:
        done = subprocess.run(list(words), capture_output=True, check=False, cwd=Path(__file__).parents[1])
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip()
