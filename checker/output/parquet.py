"""``--format parquet``: a table for engines and data frames, a group of rows written whenever there are enough.

One row for each finding, with the names of ``--format json`` and the ``status`` of its file. What kept a file from
being checked is a row with ``error`` and no ``rule``; a file with neither is a row with neither, so that every file
is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from checker.messages import failure
from checker.outcome import Checked, Result, View
from checker.output.json import diagnostic, fault

_GROUP = 10_000
"""Rows of a group; so many are held at most, and those of a file more."""


@contextmanager
def writer(file: BinaryIO, view: View) -> Iterator[Callable[[Result], None]]:
    """What adds a result to the table in ``file``, which is whole at the end. Raises CheckerError where pyarrow is
    missing."""
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise failure("output.extra", format="parquet", extra="cluster") from None
    schema = _schema(pyarrow)
    rows: list[dict[str, Any]] = []
    table = ParquetWriter(file, schema)

    def flush() -> None:
        table.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
        rows.clear()

    def put(result: Result) -> None:
        rows.extend(_rows(result, view.lang))
        if len(rows) >= _GROUP:
            flush()

    try:
        yield put
        if rows:
            flush()
    except BaseException:
        with suppress(OSError):
            table.close()
        raise
    table.close()


def _schema(arrow: Any) -> Any:
    text, number = arrow.string(), arrow.int32()
    places = [(name, number) for name in ("line", "column", "end_line", "end_column")]
    related = arrow.struct([("message", text), *places])
    return arrow.schema(
        [
            arrow.field("path", text, nullable=False),
            arrow.field("status", arrow.int8(), nullable=False),
            *((name, text) for name in ("rule", "severity", "message")),
            *places,
            *((name, text) for name in ("excerpt", "place")),
            ("related", arrow.list_(related)),
            ("fix", arrow.struct([("replacement", text), ("safe", arrow.bool_())])),
            ("error", arrow.struct([("path", text), *places[:2], ("message", text)])),
        ]
    )


def _rows(result: Result, lang: str) -> list[dict[str, Any]]:
    about = {"path": result.path, "status": result.status}
    found = result.diagnostics if isinstance(result, Checked) else ()
    rows = [{**diagnostic(one, lang), **about} for one in found]
    rows += [{**about, "error": fault(one, lang)} for one in result.faults]
    return [_sound(row) for row in rows or [about]]


def _sound(value: Any) -> Any:
    """``value`` with halves of surrogate pairs, which UTF-8 has not, as ``\\udcXX``."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _sound(one) for key, one in value.items()}
    return [_sound(one) for one in value] if isinstance(value, list) else value
