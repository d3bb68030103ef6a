"""The one place that knows how the checker is asked: by its commands, many files to a process."""

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One diagnostic; `lines` are its own line and those of its secondary places."""

    rule: str
    severity: str
    line: int
    lines: frozenset[int]
    message: str


def check(texts: Mapping[str, str], folder: Path) -> dict[str, tuple[Finding, ...]]:
    """The findings in each text, by its file name. Raises RuntimeError when the checker could not do its job."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "checker", "check", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
    found: dict[str, list[Finding]] = {name: [] for name in texts}
    for item in json.loads(done.stdout)["diagnostics"]:
        places = frozenset((item["line"], *(other["line"] for other in item.get("related") or ())))
        finding = Finding(item["rule"], item["severity"], item["line"], places, item["message"])
        found[Path(item["path"]).name].append(finding)
    return {name: tuple(items) for name, items in found.items()}


def facts(path: Path) -> dict[str, Any]:
    """What `facts --format json` says of a file."""
    return _ask("facts", path)


def reconcile(path: Path) -> dict[str, Any]:
    """What `reconcile --format json` says of a file."""
    return _ask("reconcile", path)


def _ask(command: str, path: Path) -> dict[str, Any]:
    from checker.cli import main

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    status: object = 0
    with contextlib.redirect_stdout(out):
        try:
            status = main([command, "--format", "json", str(path)])
        except SystemExit as stop:
            status = stop.code
    out.flush()
    out.seek(0)
    text = out.read()
    if not text.strip():
        raise RuntimeError(f"{command} {path.name}: nothing said, exit status {status}")
    loaded = json.loads(text)
    assert isinstance(loaded, dict)
    return loaded
