"""The end of a report: welcome, ways of contact, signing organization and date, page furniture."""

from __future__ import annotations

from collections.abc import Sequence

from checker.lines import Line, words

_SHORT = 45
_NUMERALS = "〇○零一二三四五六七八九"
_QUIET = frozenset(("BLANK", "RULE", "FURNITURE", "ISSUER", "DATE", "CONTACT", "WELCOME", "END"))


def read_closing(lines: Sequence[Line], start: int) -> dict[int, str]:
    """The roles of the lines that close a report, by index: welcome, contact, signature, date, furniture.

    ``start`` is the first line that may belong to it.
    """
    first = len(lines)
    for line in reversed(lines[start:]):
        if not _closing(line):
            break
        first = line.index
    block = lines[first:]
    roles: dict[int, str] = {}
    welcomed = False
    for line in block:
        welcomed = welcomed or line.type in ("WELCOME", "CONTACT")
        if role := _role(line, welcomed):
            roles[line.index] = role
    return (
        roles
        if welcomed or any(role in ("signature", "date", "furniture") for role in roles.values())
        else {}
    )


def _closing(line: Line) -> bool:
    if line.type == "CONTACT":
        return True
    if line.label or line.problem or line.key or line.finding or line.hashes or line.run_in:
        return False
    return line.type in _QUIET or len(line.rest) <= _SHORT


def _role(line: Line, welcomed: bool) -> str:
    if line.type == "WELCOME":
        return "welcome"
    if line.type == "CONTACT":
        return "contact"
    if line.type == "FURNITURE":
        return "furniture"
    if line.type == "DATE":
        first = line.rest.lstrip("（(")[:1]
        return "date" if first.isdigit() or first in _NUMERALS else "signature"
    if line.type == "ISSUER" and line.rest.rstrip("*").endswith((*words()["party"], *words()["body"])):
        return "signature"
    if not line.rest or line.type == "RULE":
        return ""
    reachable = any(char.isdigit() or char == "@" for char in line.rest) or any(
        word in line.rest for word in words()["contact"]
    )
    return "contact" if welcomed and reachable and line.rest[-1] not in "；" else ""
