"""``--format jsonl``: one JSON object a line for each file, written as it is done.

``path``, ``status`` (the exit status of a run of this file alone), and as in ``--format json`` its ``diagnostics`` and
``errors``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from checker.outcome import Checked, Result, View
from checker.output.json import diagnostic, fault


@contextmanager
def writer(file: BinaryIO, view: View) -> Iterator[Callable[[Result], None]]:
    """What writes a result into ``file``; messages in the language of ``view``."""

    def put(result: Result) -> None:
        file.write(_line(result, view.lang).encode("utf-8", "backslashreplace"))
        file.flush()

    yield put


def _line(result: Result, lang: str) -> str:
    found = result.diagnostics if isinstance(result, Checked) else ()
    record = {
        "path": result.path,
        "status": result.status,
        "diagnostics": [diagnostic(one, lang) for one in found],
        "errors": [fault(one, lang) for one in result.faults],
    }
    return json.dumps(record, ensure_ascii=False) + "\n"
