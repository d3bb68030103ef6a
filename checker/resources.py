"""Where the grammars and rules lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """The folder ``grammars`` or ``rules``.

    Raises FileNotFoundError if the installation is incomplete.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(name)


@cache
def lexicon(name: str) -> dict[str, Any]:
    """One lexicon file, ``rules/lexicon/<name>.yaml``, as plain data; all scalars are strings."""
    import yaml

    text = (folder("rules") / "lexicon" / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return data


def alternatives(words: Sequence[str]) -> str:
    """A regular expression for any of ``words``, the longest first."""
    import re

    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def grammar(name: str, words: Mapping[str, Sequence[str]], **options: Any) -> Any:
    """The Lark parser of ``grammars/<name>.lark`` with a terminal for each list of ``words``.

    A terminal NAME of ``words`` may carry a priority as ``NAME.3``. The grammar refers to these terminals
    without defining them: words live in the lexicon, the way they are put together in the grammar.
    """
    from lark import Lark

    text = (folder("grammars") / f"{name}.lark").read_text(encoding="utf-8")
    terminals = "".join(f"\n{key}: /{alternatives(value)}/" for key, value in words.items()).replace(
        "\\ ", " "
    )
    return Lark(text + terminals + "\n", parser="lalr", **options)
