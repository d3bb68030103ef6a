"""What is compiled once for all processes of the tests, and a folder of it for a process that shall know no results."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from checker.packs import Pack, pack

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "ZHENGGAI_CACHE_DIR"
_COMPILE = """
import checker, sys
for path in sys.argv[1:]:
    checker.check(checker.Source(path, open(path, encoding="utf-8").read()))
"""


def shared() -> Path:
    """The folder that all tests share. It holds grammars and rules compiled: an empty one would cost every process
    that starts with it some seconds."""
    folder = Path(os.environ[VARIABLE])
    if not any(folder.glob("*.pack")):
        report = ROOT / "examples" / "劣-数目不符.txt"
        subprocess.run(
            [sys.executable, "-c", _COMPILE, str(report)],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            check=True,
        )
    return folder


def warm(folder: Path) -> dict[str, str]:
    """The environment of a process whose cache is in ``folder``: all is compiled, and nothing known of any report."""
    folder.mkdir(exist_ok=True)
    for path in shared().glob("*.pack"):
        shutil.copy(path, folder)
    return {VARIABLE: str(folder)}


def thin(folder: Path) -> dict[str, str]:
    """As :func:`warm`, but some of what is compiled is missing, so that a process makes it and writes it when it ends."""
    environment = warm(folder)
    for path in folder.glob("*.pack"):
        pieces = Pack(path.read_bytes()).pieces()
        path.write_bytes(
            pack({name: piece for name, piece in pieces.items() if not name.startswith("record")})
        )
    return environment
