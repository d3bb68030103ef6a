"""Output formats: one module each, imported when it is asked for.

Each module has ``render(run: Run, view: View)``, which returns the whole output: text, bytes, or for formats
that write several files a mapping from file names to bytes. One that ``streams`` has instead ``writer(file: BinaryIO,
view: View)``, a context whose value is called with each result as it comes. To add a format, add it to ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from importlib import import_module
from typing import BinaryIO

from checker.outcome import Result, Run, View
from checker.records import dataclass

Rendered = str | bytes | Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module; whether it shows the reports' text, and what was understood of them; what it
    yields (``text``, ``file`` for bytes that do not belong on a terminal, ``folder`` for several files); whether it
    is written while files are checked."""

    module: str
    shows_text: bool = False
    shows_document: bool = False
    target: str = "text"
    streams: bool = False


FORMATS = {
    "text": Format("checker.output.text", shows_text=True),
    "json": Format("checker.output.json"),
    "jsonl": Format("checker.output.jsonl", streams=True),
    "github": Format("checker.output.github"),
    "sarif": Format("checker.output.sarif", shows_text=True),
    "gitlab": Format("checker.output.gitlab", shows_text=True),
    "junit": Format("checker.output.junit"),
    "rdjson": Format("checker.output.rdjson", shows_text=True),
    "html": Format("checker.output.html", shows_document=True),
    "xlsx": Format("checker.output.xlsx", shows_document=True, target="file"),
    "parquet": Format("checker.output.parquet", target="file", streams=True),
    "word": Format("checker.output.word", shows_text=True, shows_document=True, target="folder"),
}


def render(name: str, run: Run, view: View) -> Rendered:
    """The output of ``run`` in the format ``name``."""
    rendered: Rendered = import_module(FORMATS[name].module).render(run, view)
    return rendered


def writer(name: str, file: BinaryIO, view: View) -> AbstractContextManager[Callable[[Result], None]]:
    """What writes results into ``file`` in the format ``name``, which streams."""
    made: AbstractContextManager[Callable[[Result], None]]
    made = import_module(FORMATS[name].module).writer(file, view)
    return made
