"""A configuration's tree to settings: every key checked, every fault collected with its place."""

from __future__ import annotations

import os
from pathlib import Path

from checker.diagnostics import CheckerError, Text
from checker.files import parse_size
from checker.messages import both
from checker.paths import is_folder
from checker.records import field_names
from checker.rule_files import Items, Node, Scalar, Table, suggest
from checker.settings import FAIL_LEVELS, LEVELS, Allow, PerPath, Settings, fail_level

KEYS = (
    "extends",
    "select",
    "ignore",
    "severity",
    "rules",
    "genre",
    "fail-on",
    "max-size",
    "allow",
    "per-path",
)
_PER_PATH_KEYS = ("select", "ignore", "severity", "genre", "fail-on")
_ALLOW_KEYS = ("rule", "text", "reason", "path")


def fault_at(node: Node, key: str, /, **values: object) -> CheckerError:
    """The fault ``key`` at ``node``."""
    return CheckerError(both(key, **values), node.path, node.line, node.column)


def settings_of(
    table: Table, known: tuple[str, ...], folder: Path, faults: list[CheckerError]
) -> tuple[Settings, tuple[str, ...]]:
    """The settings that ``table`` gives and the names of the fields given; faults are collected."""
    _refuse_unknown(table, known, faults)
    given: dict[str, object] = {}
    origins: list[tuple[str, str]] = []
    for key, node in table.pairs:
        name = key.value.replace("-", "_")
        if key.value not in known or key.value == "extends":
            continue
        given[name] = _value(key.value, node, folder, faults)
        origins.append((name, f"{key.path}:{key.line}:{key.column}"))
    kept = {name: value for name, value in given.items() if value is not _WRONG}
    assert kept.keys() <= set(field_names(Settings))
    return Settings(**kept, origins=tuple(origins)), tuple(kept)  # type: ignore[arg-type]


_WRONG = object()


def _value(key: str, node: Node, folder: Path, faults: list[CheckerError]) -> object:
    match key:
        case "select" | "ignore":
            return tuple(scalar.value for scalar in _scalars(key, node, faults))
        case "severity":
            return _severities(key, node, faults)
        case "rules":
            found = paths_of(node, folder, faults)
            for scalar, path in found:
                if not is_folder(path):
                    faults.append(fault_at(scalar, "config.folder", path=scalar.value))
            return tuple(path for _, path in found)
        case "fail-on":
            word = _choice(key, node, FAIL_LEVELS, faults)
            return fail_level(word) if word else _WRONG
        case "max-size":
            size = _scalar(key, node, faults)
            try:
                return parse_size(size.value) if size else _WRONG
            except ValueError:
                faults.append(fault_at(node, "config.type", key=key, wanted=both("wanted.size")))
                return _WRONG
        case "allow":
            return _allows(node, folder, faults)
        case "per-path":
            return _per_path(node, folder, faults)
        case _:
            one = _scalar(key, node, faults)
            return one.value if one else _WRONG


def _refuse_unknown(table: Table, known: tuple[str, ...], faults: list[CheckerError]) -> None:
    for key, _ in table.pairs:
        if key.value not in known:
            faults.append(
                fault_at(key, "config.unknown", key=key.value, suggestion=suggestion(key.value, known))
            )


def suggestion(word: str, known: tuple[str, ...]) -> Text:
    """What to add to a message about an unknown word: the nearest known one, or nothing."""
    zh, en = suggest(word, known)
    return {"zh": zh, "en": en}


def _scalar(key: str, node: Node, faults: list[CheckerError]) -> Scalar | None:
    if isinstance(node, Scalar):
        return node
    faults.append(fault_at(node, "config.type", key=key, wanted=both("wanted.text")))
    return None


def _scalars(key: str, node: Node, faults: list[CheckerError]) -> list[Scalar]:
    """A list of words; one word alone, or several with commas, will do."""
    if isinstance(node, Scalar):
        words = [word.strip() for word in node.value.split(",") if word.strip()]
        return [Scalar(node.path, node.line, node.column, word, word) for word in words]
    if isinstance(node, Items):
        return [scalar for one in node.nodes if (scalar := _scalar(key, one, faults))]
    faults.append(fault_at(node, "config.type", key=key, wanted=both("wanted.list")))
    return []


def _choice(key: str, node: Node, choices: tuple[str, ...], faults: list[CheckerError]) -> str:
    scalar = _scalar(key, node, faults)
    if scalar and scalar.value in choices:
        return scalar.value
    if scalar:
        shown = "、".join(choices)
        faults.append(fault_at(scalar, "config.choice", key=key, value=scalar.value, choices=shown))
    return ""


def _severities(key: str, node: Node, faults: list[CheckerError]) -> object:
    if not isinstance(node, Table):
        faults.append(fault_at(node, "config.type", key=key, wanted=both("wanted.mapping")))
        return _WRONG
    pairs = [(name.value, _choice(name.value, level, LEVELS, faults)) for name, level in node.pairs]
    return tuple((name, level) for name, level in pairs if level)


def paths_of(node: Node | None, folder: Path, faults: list[CheckerError]) -> list[tuple[Scalar, Path]]:
    """The paths listed in ``node``, relative to ``folder``, each with where it is written; those that lead out of the
    repository, by links too, are faults."""
    found = []
    for scalar in _scalars("rules", node, faults) if node is not None else ():
        if _escapes(folder, folder / scalar.value):
            faults.append(fault_at(scalar, "config.escapes", path=scalar.value))
        else:
            found.append((scalar, folder / scalar.value))
    return found


def _escapes(folder: Path, path: Path) -> bool:
    """Whether ``path`` lies outside the repository that ``folder`` is part of; false where there is none."""
    home = next(
        (one for one in (folder.absolute(), *folder.absolute().parents) if (one / ".git").exists()), None
    )
    try:
        return home is not None and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(home))
    except ValueError:  # no file has such a name
        return False


def _allows(node: Node, folder: Path, faults: list[CheckerError]) -> object:
    if not isinstance(node, Items):
        faults.append(fault_at(node, "config.type", key="allow", wanted=both("wanted.list")))
        return _WRONG
    entries: list[Allow] = []
    for item in node.nodes:
        if not isinstance(item, Table):
            faults.append(fault_at(item, "config.type", key="allow", wanted=both("wanted.mapping")))
            continue
        _refuse_unknown(item, _ALLOW_KEYS, faults)
        words = dict.fromkeys(_ALLOW_KEYS, "")
        for name, value in item.pairs:
            scalar = _scalar(name.value, value, faults) if name.value in words else None
            if scalar:
                words[name.value] = scalar.value
        for key in ("rule", "reason"):
            if not words[key].strip():
                missing = "config.required" if item.get(key) is None else "config.empty"
                faults.append(fault_at(item.get(key) or item, missing, key=key))
        entries.append(Allow(**words, folder=folder, file=item.path, line=item.line, column=item.column))
    return tuple(entries)


def _per_path(node: Node, folder: Path, faults: list[CheckerError]) -> object:
    if not isinstance(node, Table):
        faults.append(fault_at(node, "config.type", key="per-path", wanted=both("wanted.mapping")))
        return _WRONG
    entries: list[PerPath] = []
    for pattern, table in node.pairs:
        if not isinstance(table, Table):
            faults.append(fault_at(table, "config.type", key=pattern.value, wanted=both("wanted.mapping")))
            continue
        settings, given = settings_of(table, _PER_PATH_KEYS, folder, faults)
        entries.append(PerPath(pattern.value, folder, settings, given))
    return tuple(entries)
