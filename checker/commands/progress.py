"""A bar on standard error while many files are checked, where a person looks at it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from checker.messages import say

_FROM = 8
"""Fewer files than this need no bar."""


@contextmanager
def progress(files: int, lang: str, *, quiet: bool, color: bool) -> Iterator[Callable[[], None] | None]:
    """What to call as each of ``files`` is done; None where no bar is wanted. The bar is gone at the end."""
    if quiet or files < _FROM or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, no_color=not color, highlight=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(say("progress", lang), total=files)
        yield lambda: bar.advance(task)
