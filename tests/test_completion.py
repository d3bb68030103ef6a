"""Completion: what each shell offers, asked of the shells themselves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checker.cli import main
from checker.completion import SHELLS, script
from checker.options import COMMANDS
from checker.output import FORMATS

RULES = ("count.partition", "count.listed", "date.order")

ASKED = [
    ("zhenggai che", {"check"}),
    ("zhenggai check --sta", {"--statistics"}),
    ("zhenggai check --write", {"--write-allow"}),
    ("zhenggai check --format s", {"sarif"}),
    ("zhenggai check 报告 --fail-on ne", {"never"}),
    ("zhenggai check --select count,date.o", {"count,date.order"}),
    ("zhenggai explain count.p", {"count.partition"}),
    ("zhenggai facts --format j", {"json"}),
    ("zhenggai completion z", {"zsh"}),
    ("zhenggai schema ru", {"rules"}),
    ("zhenggai check 通", {"通报 一.txt"}),
]


def needs(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not here")
    return found


def write(shell: str, folder: Path) -> Path:
    path = folder / f"completion.{shell}"
    path.write_text(script(shell, RULES, "zh"), encoding="utf-8")
    (folder / "通报 一.txt").touch()
    return path


BASH = """
source "$1"
COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]}-1))
_zhenggai
if [ ${#COMPREPLY[@]} = 0 ]; then compgen -f -- "${COMP_WORDS[COMP_CWORD]}"; else printf '%s\\n' "${COMPREPLY[@]}"; fi
"""


@pytest.mark.parametrize(("line", "expected"), ASKED)
def test_bash(line: str, expected: set[str], tmp_path: Path) -> None:
    words = (needs("bash"), "--norc", "-c", BASH, "bash", str(write("bash", tmp_path)), line)
    result = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=True)
    assert set(result.stdout.splitlines()) == expected
    assert result.stderr == ""


def test_bash_takes_a_value_after_an_equals_sign(tmp_path: Path) -> None:
    code = BASH.replace("($2)", "(zhenggai check --fail-on = in)")
    words = (needs("bash"), "--norc", "-c", code, "bash", str(write("bash", tmp_path)), "")
    result = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=True)
    assert result.stdout == "info\n"


@pytest.mark.parametrize(("line", "expected"), ASKED)
def test_fish(line: str, expected: set[str], tmp_path: Path) -> None:
    code = f"source {write('fish', tmp_path)}; complete -C {line!r}"
    result = subprocess.run(
        (needs("fish"), "--no-config", "-c", code), capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert {one.split("\t")[0] for one in result.stdout.splitlines()} == expected


def test_zsh_reads_its_script(tmp_path: Path) -> None:
    path = write("zsh", tmp_path)
    code = f"autoload -Uz compinit; compinit -u -d {tmp_path}/dump; source {path}; print $_comps[zhenggai]"
    result = subprocess.run((needs("zsh"), "-f", "-c", code), capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == ("_zhenggai\n", "")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_option_and_format_is_offered(shell: str) -> None:
    text = script(shell, RULES, "en")
    flags = {flag for command in COMMANDS for option in command.options for flag in option.flags}
    wanted = [*(command.name for command in COMMANDS), *FORMATS, *RULES, "count"]
    wanted += [flag.lstrip("-") for flag in flags]
    assert [word for word in wanted if word not in text] == []


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    assert "count.partition" in capsys.readouterr().out
    assert main(["completion", "powershell", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "zhenggai: error: “powershell” is not known; use one of: bash, zsh, fish\n"
        "see zhenggai completion --help\n"
    )
