"""What the nodes of a rule file may hold: texts, lists of texts, true and false. Faults go to a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.diagnostics import CheckerError
from checker.rule_files import Items, Node, Scalar, Table, fault, suggest

Plain = dict[str, Any]
"""Nested dicts, lists, strings, numbers and booleans."""


def known(node: Table, keys: Sequence[str], faults: list[CheckerError]) -> None:
    """Every key of ``node`` must be one of ``keys``."""
    for key, _ in node.pairs:
        if key.value not in keys:
            zh, en = suggest(key.value, keys)
            faults.append(fault(key, f"不认识的键 {key.value}{zh}", f"unknown key {key.value}{en}"))


def scalar_of(node: Node | None, faults: list[CheckerError]) -> Scalar | None:
    """The node if it is a text that says something; None (and a fault, unless the key is absent) otherwise."""
    if node is None:
        return None
    if not isinstance(node, Scalar):
        faults.append(
            fault(node, "这里应是文字（含花括号时加引号）", "a text is wanted (quote it if it has braces)")
        )
        return None
    if not node.value.strip():
        faults.append(fault(node, "这里是空的", "this is empty"))
        return None
    return node


def text_of(node: Node | None, faults: list[CheckerError]) -> Plain | None:
    """A text and where its characters stand in the file."""
    scalar = scalar_of(node, faults)
    return {"text": scalar.value, "runs": [list(run) for run in scalar.runs()]} if scalar else None


def bilingual(node: Node | None, faults: list[CheckerError]) -> Plain | None:
    """``{zh: text, en: text}``; one text alone stands for both languages."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        both = text_of(node, faults)
        return {"zh": both, "en": both} if both else None
    if not isinstance(node, Table):
        faults.append(fault(node, "这里应是 {zh: …, en: …}", "here {zh: …, en: …} is wanted"))
        return None
    known(node, ("zh", "en"), faults)
    for lang in ("zh", "en"):
        if node.get(lang) is None:
            faults.append(fault(node, f"缺少 {lang}", f"{lang} is missing"))
    found = {lang: text_of(node.get(lang), faults) for lang in ("zh", "en")}
    return {lang: text for lang, text in found.items() if text is not None}


def texts(node: Node | None, faults: list[CheckerError]) -> list[Scalar]:
    """A list of texts; one text alone is a list of one."""
    nodes = node.nodes if isinstance(node, Items) else (node,)
    found = [scalar_of(item, faults) for item in nodes]
    return [scalar for scalar in found if scalar is not None]


def boolean(node: Node | None, faults: list[CheckerError]) -> bool:
    """``true`` or ``false``; false where there is nothing."""
    if node is None:
        return False
    if not isinstance(node, Scalar) or node.value not in ("true", "false"):
        faults.append(fault(node, "这里应是 true 或 false", "true or false is wanted"))
        return False
    return node.value == "true"


def joined(data: Plain | None) -> Sequence[Any]:
    """The trees of what ``&&`` joins in an expression."""
    if data is None:
        return ()
    tree = data["ast"]
    parts: Sequence[Any] = tree[2] if tree[0] == "and" else (tree,)
    return parts


def together(parts: Sequence[Any]) -> Any:
    """The trees of parts joined with ``&&`` as one."""
    return parts[0] if len(parts) == 1 else ("and", parts[0][1], tuple(parts))
