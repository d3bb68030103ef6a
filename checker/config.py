"""The configuration in force: ``zhenggai.yaml`` or ``[tool.zhenggai]``, what it extends, the command line.

A configuration is looked for upward from each file. Whatever is wrong in one is refused, all at once, with
line and column.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from checker.config_values import KEYS, fault_at, paths_of, settings_of
from checker.diagnostics import CheckerError
from checker.files import STDIN, STDIN_NAME, is_remote
from checker.messages import both, failure
from checker.paths import is_file
from checker.records import replace
from checker.rule_files import Node, RuleFileError, Table, parse_tree
from checker.settings import Override, Settings, fail_level, path_matches

FILE_NAME = "zhenggai.yaml"
TABLE_NAME = "pyproject.toml"
MAX_BYTES = 1_000_000
MAX_EXTENDED = 50
"""So many configurations one may extend, directly and through others."""
_ADDED = ("ignore", "severity", "rules", "allow", "per_path")
"""Fields that add to what is extended or found, where others replace it."""


def settings_for(path: str, config: str | None, override: Override, stdin_name: str = STDIN_NAME) -> Settings:
    """The settings for the file ``path`` (``-``: as if ``stdin_name`` lay where it says; an address: as
    if it lay in the working folder).

    ``config`` is the file given with ``--config``; without it, one is looked for. Raises CheckerError or
    RuleFileError.
    """
    place = stdin_name if path == STDIN else path
    if config is not None:
        found = read_config(Path(config))
    else:
        nearest = find_config(Path.cwd() if is_remote(place) else Path(place).absolute().parent)
        found = read_config(nearest) if nearest else Settings()
    for entry in found.per_path:
        if path_matches(entry.pattern, entry.folder, place):
            found = _merge(found, entry.settings, entry.given)
    return _overridden(found, override)


def _overridden(found: Settings, override: Override) -> Settings:
    given: dict[str, object] = {}
    if override.select:
        given["select"] = override.select
    if override.ignore:
        given["ignore"] = (*found.ignore, *override.ignore)
    if override.rules:
        given["rules"] = (*found.rules, *override.rules)
    if override.genre is not None:
        given["genre"] = override.genre
    if override.fail_on is not None:
        given["fail_on"] = fail_level(override.fail_on)
    if override.max_size is not None:
        given["max_size"] = override.max_size
    origins = tuple((name, "") for name in given)
    return replace(found, **given, origins=(*found.origins, *origins))  # type: ignore[arg-type]


@cache
def find_config(folder: Path) -> Path | None:
    """The nearest configuration in ``folder`` or above: zhenggai.yaml, or a pyproject.toml that has a
    ``[tool.zhenggai]`` table."""
    for parent in (folder, *folder.parents):
        candidate = parent / FILE_NAME
        if is_file(candidate):
            return candidate
        project = parent / TABLE_NAME
        try:
            if is_file(project) and b"tool.zhenggai" in project.read_bytes():
                return project
        except OSError:
            continue
    return None


@cache
def read_config(path: Path) -> Settings:
    """The settings of one configuration and all that it extends. Raises CheckerError or RuleFileError."""
    return _read(path, (), [])


def forget() -> None:
    """Look for configurations and read them anew, as they may have changed."""
    find_config.cache_clear()
    read_config.cache_clear()


def _read(path: Path, chain: tuple[Path, ...], seen: list[Path]) -> Settings:
    seen.append(path)
    name = _name(path)
    faults: list[CheckerError] = []
    resolved = _real(path)
    tree = _tree(path, name, faults)
    settings = Settings()
    if isinstance(tree, Table):
        for base in paths_of(tree.get("extends"), path.parent, faults):
            node, target = base
            if not is_file(target):
                faults.append(fault_at(node, "path.missing"))
            elif _real(target) in (*chain, resolved):
                faults.append(fault_at(node, "config.extends-loop", path=node.value))
            elif len(seen) > MAX_EXTENDED:
                faults.append(fault_at(node, "config.extends-many", count=MAX_EXTENDED))
                break
            else:
                extended = _read(target, (*chain, resolved), seen)
                settings = _merge(settings, extended, tuple(key for key, _ in extended.origins))
        own, given = settings_of(tree, KEYS, path.parent, faults)
        settings = _merge(settings, own, given)
    elif tree is not None:
        faults.append(fault_at(tree, "config.type", key=name, wanted=both("wanted.mapping")))
    if faults:
        raise RuleFileError(faults)
    return settings


def _real(path: Path) -> Path:
    """``path`` without links; as far as may be where links turn in a circle, which ``Path.resolve`` would raise."""
    return Path(os.path.realpath(path))


def _name(path: Path) -> str:
    """``path`` as shown: relative to the working directory where it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _tree(path: Path, name: str, faults: list[CheckerError]) -> Node | None:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise failure("config.missing", name) from None
    except OSError as error:
        raise failure("path.unreadable", name, reason=error.strerror or str(error)) from None
    if len(data) > MAX_BYTES:
        raise failure("file.large", name, limit="1 MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        byte = f"0x{data[error.start]:02X}"
        raise failure("file.bad-byte", name, line, column, byte=byte, encoding="UTF-8") from None
    if path.suffix != ".toml":
        return parse_tree(text, name, faults)
    from checker.config_toml import parse_toml

    return parse_toml(text, name)


def _merge(base: Settings, other: Settings, given: tuple[str, ...]) -> Settings:
    """``base`` with the fields ``given`` of ``other``: lists that add up add up, others are replaced."""
    changes: dict[str, object] = {}
    for name in given:
        if name in _ADDED:
            changes[name] = (*getattr(base, name), *getattr(other, name))
        else:
            changes[name] = getattr(other, name)
    origins = tuple((name, where) for name, where in other.origins if name in given)
    return replace(base, **changes, origins=(*base.origins, *origins))  # type: ignore[arg-type]
