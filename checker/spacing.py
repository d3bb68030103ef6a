"""Text without the blanks that stand between its words: 反馈的 32 个问题."""

from __future__ import annotations

from collections.abc import Sequence

from checker.regexes import late

_BLANKS = late(r"[ \t\xa0\u2002-\u200b\u3000]+")
_LATIN = late(r"[0-9A-Za-z][0-9A-Za-z]")


def squeezed(text: str) -> tuple[str, Sequence[int]]:
    """``text`` with no blanks but those between two digits or Latin letters, and where each of its characters
    stood."""
    gaps = [
        gap.span()
        for gap in _BLANKS.finditer(text)
        if not _LATIN.fullmatch(text[max(gap.start() - 1, 0) : gap.start()] + text[gap.end() : gap.end() + 1])
    ]
    if not gaps:
        return text, range(len(text))
    places: list[int] = []
    at = 0
    for start, end in gaps:
        places += range(at, start)
        at = end
    places += range(at, len(text))
    return "".join(text[place] for place in places), places
