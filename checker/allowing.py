"""Recording findings as ``allow:`` entries in a configuration, whose other lines stay as they are."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from glob import escape
from typing import Any

from checker.diagnostics import Diagnostic
from checker.messages import failure
from checker.source import Source

_LONGEST = 60
"""An entry quotes no more characters than this."""
_SHORT = 10
"""Words shorter than this are quoted with what stands around them on their line."""
_CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """An allow entry to be: as :class:`checker.settings.Allow`, ``path`` a pattern."""

    rule: str
    text: str
    reason: str
    path: str


def entry_of(finding: Diagnostic, source: Source | None, path: str, reason: str) -> Entry:
    """The entry that accepts ``finding`` in the file ``path`` (relative, with ``/``)."""
    return Entry(finding.rule, _quotation(finding, source), reason, escape(path))


def _quotation(finding: Diagnostic, source: Source | None) -> str:
    words = " ".join(finding.excerpt.split())
    if len(words) >= _SHORT or source is None:
        return words[:_LONGEST].rstrip()
    start, end = finding.span
    first = source.line_span(finding.start.line)
    last = source.line_span(min(finding.end.line, len(source.line_starts)))
    before = source.text[max(first.start, start - _CONTEXT) : start]
    after = source.text[end : max(min(last.end, end + _CONTEXT), end)]
    return " ".join((before + finding.excerpt + after).split())


def with_entries(text: str, entries: Sequence[Entry], path: str) -> str:
    """The configuration ``text`` with ``entries`` added under ``allow``.

    ``path`` names it and says by its suffix whether it is TOML. Raises CheckerError where there is no way to
    do that without touching the rest.
    """
    toml = path.endswith(".toml")
    eol = "\r\n" if "\r\n" in text else "\n"
    changed = _with_tables(text, entries, eol) if toml else _with_items(text, entries, eol)
    if changed is None or not _adds(text, changed, entries, toml):
        shown = "".join(_item(one, 2, "\n") for one in entries)
        raise failure("allow.place", path, entries=shown.rstrip("\n"))
    return changed


def _adds(before: str, after: str, entries: Sequence[Entry], toml: bool) -> bool:
    """Whether ``after`` says what ``before`` did and the entries, no more and no less."""
    try:
        old, new = _data(before, toml), _data(after, toml)
    except ValueError:
        return False
    added = [{"rule": one.rule, "text": one.text, "reason": one.reason, "path": one.path} for one in entries]
    allowed = old.pop("allow", None) or []
    return bool(new.pop("allow", None) == [*allowed, *added] and old == new)


def _data(text: str, toml: bool) -> dict[str, Any]:
    """What a configuration says, as plain data. Raises ValueError."""
    if toml:
        whole = tomllib.loads(text)
        tools = whole.pop("tool", {})
        table = tools.pop("zhenggai", {})
        return {**table, "": (whole, tools)}
    import yaml

    try:
        loaded = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise ValueError(text) from error
    if not isinstance(loaded or {}, dict):
        raise ValueError(text)
    return dict(loaded or {})


def _quoted(text: str) -> str:
    """A string in double quotes as both YAML and TOML read it."""
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]",
        lambda match: f"\\u{ord(match[0]):04x}",
        json.dumps(text, ensure_ascii=False),
    )


def _pairs(entry: Entry) -> list[tuple[str, str]]:
    pairs = [("text", entry.text), ("reason", entry.reason), ("path", entry.path)]
    return [(key, _quoted(value)) for key, value in pairs]


def _item(entry: Entry, indent: int, eol: str) -> str:
    lines = [f"- rule: {entry.rule}", *(f"  {key}: {value}" for key, value in _pairs(entry))]
    return "".join(f"{' ' * indent}{line}{eol}" for line in lines)


def _with_tables(text: str, entries: Sequence[Entry], eol: str) -> str:
    """TOML: one more table of the array for each entry, at the end of the file."""
    made = text if not text or text.endswith("\n") else text + eol
    for entry in entries:
        lines = [("rule", _quoted(entry.rule)), *_pairs(entry)]
        made += (
            eol + f"[[tool.zhenggai.allow]]{eol}" + "".join(f"{key} = {value}{eol}" for key, value in lines)
        )
    return made


def _with_items(text: str, entries: Sequence[Entry], eol: str) -> str | None:
    """YAML: after the last item of ``allow``, else at the end of the file; None for forms that are not known."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if root is not None and (not isinstance(root, yaml.MappingNode) or root.flow_style):
        return None
    column = root.start_mark.column if root is not None else 0
    pair = next((pair for pair in root.value if pair[0].value == "allow"), None) if root is not None else None
    if pair is None:
        made = text if not text or text.endswith("\n") else text + eol
        return made + f"{' ' * column}allow:{eol}" + _items(entries, column + 2, eol)
    key, value = pair
    if isinstance(value, yaml.SequenceNode) and value.value:
        last = _end(value.value[-1])
        if not value.flow_style:
            return _after_line(text, last, _items(entries, value.start_mark.column, eol), eol)
        flow = "".join(", {" + ", ".join(f"{k}: {v}" for k, v in _flow(entry)) + "}" for entry in entries)
        return text[:last] + flow + text[last:]
    if isinstance(value, yaml.SequenceNode):  # allow: []
        text = text[: value.start_mark.index] + text[value.end_mark.index :]
    return _after_line(text, key.end_mark.index, _items(entries, column + 2, eol), eol)


def _flow(entry: Entry) -> list[tuple[str, str]]:
    return [("rule", entry.rule), *_pairs(entry)]


def _items(entries: Sequence[Entry], indent: int, eol: str) -> str:
    return "".join(_item(entry, indent, eol) for entry in entries)


def _end(node: Any) -> int:
    """Where the last word below a YAML node ends, or its closing bracket."""
    if isinstance(node.value, str) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _after_line(text: str, index: int, added: str, eol: str) -> str:
    """``text`` with ``added`` after the line in which ``index`` stands (at once, if that is where one begins)."""
    if index and text[index - 1] == "\n":
        return text[:index] + added + text[index:]
    end = text.find("\n", index) + 1
    if not end:
        return text + eol + added
    return text[:end] + added + text[end:]
