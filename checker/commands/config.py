"""``zhenggai config``: the settings in force for a file, and where each was set."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from checker.config import settings_for
from checker.files import printable, size_words
from checker.messages import failure
from checker.output.json import dump
from checker.paths import is_file, is_folder
from checker.settings import Override, Settings
from checker.terms import word
from checker.writing import view_of, write

_SHOWN = ("select", "ignore", "severity", "rules", "genre", "fail_on", "max_size", "allow")


def run(arguments: argparse.Namespace) -> int:
    """Print the settings. Raises CheckerError or RuleFileError."""
    path = Path(arguments.path or ".")
    if not (is_folder(path) or is_file(path)):
        raise failure("path.missing", printable(str(path)))
    place = path / "_" if is_folder(path) else path
    settings = settings_for(str(place), arguments.config, Override())
    rows = settings_rows(settings)
    view = view_of(arguments, to_file=arguments.output is not None)
    if arguments.format == "json":
        data = {key: {"value": value, "set_in": origins} for key, value, origins in rows}
        write(dump(data), arguments.output, machine=True)
        return 0
    from checker.output.tables import page

    columns = [word(f"column.{column}", arguments.lang) for column in ("key", "value", "origin")]
    shown = [
        (key, _text(value), "\n".join(origins) or word("value.default", arguments.lang))
        for key, value, origins in rows
    ]
    write(page(columns, shown, view), arguments.output)
    return 0


def settings_rows(settings: Settings) -> list[tuple[str, Any, list[str]]]:
    """Each key, its value as plain data, and the places (file:line:column) that set it, the last one last."""
    rows = []
    for name in _SHOWN:
        origins = [where for key, where in settings.origins if key == name]
        rows.append((name.replace("_", "-"), _plain(name, getattr(settings, name)), origins))
    return rows


def _plain(name: str, value: Any) -> Any:
    match name:
        case "severity":
            return dict(value)
        case "rules":
            return [str(path) for path in value]
        case "fail_on":
            return value.word if value else "never"
        case "max_size":
            return size_words(value)
        case "allow":
            return [
                {"rule": entry.rule, "text": entry.text, "reason": entry.reason, "path": entry.path}
                for entry in value
            ]
        case _:
            return list(value) if isinstance(value, tuple) else value


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {one}" for key, one in value.items()) or "-"
    if isinstance(value, list):
        return "\n".join(_entry(one) for one in value) or "-"
    return "-" if value is None else str(value)


def _entry(one: Any) -> str:
    return f"{one['rule']} {one['text']} ({one['reason']})" if isinstance(one, dict) else str(one)
