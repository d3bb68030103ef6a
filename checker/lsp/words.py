"""What the language server says of itself, in both languages."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "fix": ("改为“{text}”", "Change to “{text}”"),
    "fix.delete": ("删去“{text}”", "Delete “{text}”"),
    "fix.all": ("改正所有可以放心改的（{count} 处）", "Correct all that is safe ({count})"),
    "accept": (
        "接受 {rule}：在 {file} 的 allow 里记一条，理由请自己填",
        "Accept {rule}: record it under allow in {file}, with your reason",
    ),
    "fault": ("没有检查：{place}{message}", "not checked: {place}{message}"),
    "fault.here": ("在这里", "here"),
    "hint": ("{sign} {basis} {counted}", "{sign} {basis} {counted}"),
}


def lsp_word(key: str, lang: str, **values: object) -> str:
    """The sentence ``key`` in ``lang``."""
    zh, en = _WORDS[key]
    return (zh if lang == "zh" else en).format(**values)
