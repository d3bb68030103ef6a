"""The data flows one way: a module imports nothing that stands above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "checker"

LAYERS = (
    (
        "caching",
        "diagnostics",
        "numerals",
        "packs",
        "paths",
        "records",
        "regexes",
        "resources",
        "source",
        "tables",
        "terms",
    ),
    ("document", "figure_nodes", "mention_nodes", "messages", "rule_files", "structure_nodes"),
    ("readers",),
    ("files", "remote"),
    ("*core",),
    ("reading", "rules"),
    ("linter",),
    ("examples", "settings"),
    ("config_toml", "config_values"),
    ("config",),
    ("outcome", "results"),
    ("checking", "fixing"),
    ("jobs",),
    ("parcels",),
    ("many",),
    ("cluster",),
    ("output",),
    ("writing", "command_options", "options"),
    ("manual", "completion"),
    ("lsp", "serve", "watching"),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""Lowest first. ``*core`` is every module that is not named: they may import each other."""

NAMED = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imported(path: Path) -> set[str]:
    """The modules of this package that ``path`` imports, also inside functions, by their first name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} line {node.lineno}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("checker.")}
    return {name for name in found if (PACKAGE / f"{name}.py").exists() or (PACKAGE / name).is_dir()}


def level(name: str) -> int:
    return NAMED.get(name, NAMED["*core"])


def first_name(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_is_imported_from_above(path: Path) -> None:
    own = level(first_name(path))
    above = {name for name in imported(path) if level(name) > own}
    assert above == set()


def test_every_layer_exists() -> None:
    present = {first_name(path) for path in MODULES}
    assert [name for name in NAMED if name != "*core" and name not in present] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_long(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 450
