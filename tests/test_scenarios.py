"""Runs the scenarios; their format is described in tests/scenarios/README.md."""

from __future__ import annotations

import io
import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from checker.cli import main
from checker.config import find_config, read_config

FOLDER = Path(__file__).parent / "scenarios"
SCENARIOS = sorted(FOLDER.glob("*.scenario"))


@dataclass
class Step:
    """A command, what it meets, and what must come out of it."""

    arguments: str
    files: dict[str, bytes | None] = field(default_factory=dict)
    stdin: bytes = b""
    width: int = 0
    env: dict[str, str] = field(default_factory=dict)
    status: int = 0
    stdout: str = ""
    stderr: str = ""
    written: dict[str, str] = field(default_factory=dict)


def blocks(text: str) -> Iterator[tuple[str, list[str], str]]:
    """The word, the arguments and the content of each block."""
    _, *parts = ("\n" + text).split("\n--- ")
    for part in parts:
        header, _, content = part.partition("\n")
        word, *rest = header.split(" ", 1)
        lines = content + "\n" if content else ""
        yield word, [part for part in rest if part], lines.removesuffix("\\\n")


def encoded(content: str, codec: str) -> bytes:
    return bytes.fromhex(content) if codec == "hex" else content.encode(codec)


def steps_of(path: Path) -> list[Step]:
    """The steps of a scenario; ``files`` are written before a step, None makes a folder."""
    steps: list[Step] = []
    files: dict[str, bytes | None] = {}
    stdin, width = b"", 0
    env: dict[str, str] = {}
    for word, arguments, content in blocks(path.read_text(encoding="utf-8").removesuffix("\n")):
        rest = arguments[0] if arguments else ""
        if word == "file":
            name, _, codec = rest.partition(" ")
            files[name] = encoded(content, codec or "utf-8")
        elif word == "folder":
            files[rest] = None
        elif word == "env":
            name, _, value = rest.partition("=")
            env = {**env, name: value}
        elif word == "stdin":
            stdin = encoded(content, rest or "utf-8")
        elif word == "terminal":
            width = int(rest)
        elif word == "run":
            steps.append(Step(rest, files, stdin, width, env))
            files, stdin, width = {}, b"", 0
        elif word == "status":
            steps[-1].status = int(rest)
        elif word in ("stdout", "stderr"):
            setattr(steps[-1], word, content)
        elif word == "written":
            steps[-1].written[rest] = content
        else:
            raise ValueError(f"{path.name}: unknown block {word}")
    return steps


class Stream(io.TextIOWrapper):
    """A standard stream that is collected, and may say that it is a terminal."""

    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        self.bytes = io.BytesIO(data)
        super().__init__(self.bytes, encoding="utf-8", newline="\n", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        return self.bytes.getvalue().decode("utf-8")


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder and an environment that says nothing."""
    monkeypatch.chdir(tmp_path)
    for name in ("ZHENGGAI_LANG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")


def run(step: Step, monkeypatch: pytest.MonkeyPatch) -> Step:
    """What really comes out of a step."""
    for path, data in step.files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            Path(path).mkdir()
        else:
            Path(path).write_bytes(data)
    find_config.cache_clear()
    read_config.cache_clear()
    out, err = Stream(terminal=step.width > 0), Stream()
    with monkeypatch.context() as patch:
        for name, value in step.env.items():
            patch.setenv(name, value)
        patch.setattr("sys.stdin", Stream(step.stdin))
        patch.setattr("sys.stdout", out)
        patch.setattr("sys.stderr", err)
        if step.width:
            patch.setattr("shutil.get_terminal_size", lambda *_: os.terminal_size((step.width, 24)))
        status = main(shlex.split(step.arguments))
    written = {name: Path(name).read_text(encoding="utf-8") for name in step.written}
    return replace(step, status=status, stdout=out.text(), stderr=err.text(), written=written)


def rewritten(text: str, results: list[Step]) -> str:
    """The text of a scenario with what really came out in place of what was expected."""
    head = text.partition("--- ")[0]
    waiting = iter(results)
    for word, arguments, content in blocks(text.removesuffix("\n")):
        if word in ("status", "stdout", "stderr", "written"):
            continue
        head += f"--- {' '.join([word, *arguments])}\n{content}"
        if word == "run":
            result = next(waiting)
            head += f"--- status {result.status}\n" if result.status else ""
            outputs = {"stdout": result.stdout, "stderr": result.stderr}
            outputs |= {f"written {name}": body for name, body in result.written.items()}
            for name, body in outputs.items():
                if body:
                    head += f"--- {name}\n{body}" + ("" if body.endswith("\n") else "\n\\\n")
    return head


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = steps_of(path)
    assert steps, "a scenario runs something"
    results = [run(step, monkeypatch) for step in steps]
    if os.environ.get("ACCEPT_SCENARIOS"):
        text = path.read_text(encoding="utf-8")
        path.write_text(rewritten(text, results), encoding="utf-8")
        return
    for step, result in zip(steps, results, strict=True):
        assert result == step
