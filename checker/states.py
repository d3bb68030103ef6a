"""The state that a few words give a problem: 已完成, 正在整改，长期坚持, 达到序时进度 …"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """``state`` as in the contract (``done`` ``partial`` ``ongoing`` ``pending``); ``start``/``end`` index the
    words in the text that was read; ``long_term`` if 长期坚持 or the like goes with it."""

    state: str
    long_term: bool
    start: int
    end: int


def read_status(text: str) -> Status | None:
    """The state that ``text`` (a status line, a bracket, a table cell) gives, or None if it gives none."""
    import re

    for state, pattern in (
        ("pending", "未完成|未启动|尚未|未整改"),
        ("partial", "基本完成|阶段性|部分整改"),
        ("ongoing", "正在|持续推进|序时进度|推进中|整改中"),
        ("done", "已完成|已整改|完成整改|整改到位|已销号|办结|整改完毕"),
    ):
        match = re.search(pattern, text)
        if match:
            return Status(state, "长期" in text, match.start(), match.end())
    return None
