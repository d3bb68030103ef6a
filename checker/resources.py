"""Where the grammars and rules lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from checker.caching import kept

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """The folder ``grammars``, ``rules`` or ``schemas``.

    Raises FileNotFoundError if the installation is incomplete.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(name)


@kept
def lexicon(name: str) -> dict[str, Any]:
    """One lexicon file, ``rules/lexicon/<name>.yaml``, as plain data; all scalars are strings."""
    import yaml

    text = (folder("rules") / "lexicon" / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return data


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first, factored by common beginnings.

    Factoring keeps a lexicon of thousands of words fast: a character that begins no word fails at once.
    """
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for character in word:
            branch = branch.setdefault(character, {})
        branch[""] = {}
    return _expression(tree)


def _expression(tree: dict[str, Any]) -> str:
    branches = [re.escape(key) + _expression(tree[key]) for key in sorted(tree) if key]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and "" not in tree else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if "" in tree else joined


def lark(name: str, terminals: Mapping[str, str | Iterable[str]], **options: Any) -> Any:
    """Lark's own parser of ``grammars/<name>.lark`` with terminals from the lexicon.

    ``terminals`` are regular expressions or lists of words by name, which may carry a priority (``NAME.3``). The
    grammar uses these terminals without defining them: words live in the lexicon, the way they are put together
    in the grammar.
    """
    from lark import Lark

    text = (folder("grammars") / f"{name}.lark").read_text(encoding="utf-8")
    for key, given in terminals.items():
        pattern = given if isinstance(given, str) else alternatives(given)
        escaped = pattern.replace("\\\n", "\\n").replace("\\\r", "\\r").replace("/", "\\/")
        text += f"\n{key}: /{escaped}/"
    return Lark(text + "\n", parser="lalr", **options)
