"""Letters that fonts confuse: a PDF may name the radical ⽤ (U+2F64) where the character 用 is shown."""

from __future__ import annotations

import re
from unicodedata import normalize

_RADICALS = dict(
    zip(
        "⺠⺟⺝⺜⻁⻂⻄⻅⻆⻇⻈⻉⻋⻐⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "民母月日虎衤西见角角讠贝车钅長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
"""Those that Unicode gives no equal for."""
_CONFUSED = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_MARKS = "，。；：、！？“”‘’（）《》【】〔〕…—"
_GAPS = re.compile(f"(?<=[{_MARKS}]) +| +(?=[{_MARKS}])")
_APART = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_TOGETHER = re.compile("[\u4e00-\u9fff](?=[\u4e00-\u9fff])")
_RUNS = re.compile("(?<=[^ ]) {2,}")


def plain_letters(text: str) -> str:
    """``text`` with the characters that were meant, and without blanks that stand for mere distance."""
    text = _CONFUSED.sub(lambda match: _RADICALS.get(match[0]) or normalize("NFKC", match[0]), text)
    return _RUNS.sub(" ", text)


def close_gaps(text: str) -> str:
    """``text`` with no blank beside a Chinese mark, where nobody writes one, nor between letters set apart."""
    text = _GAPS.sub("", text)
    apart = len(_APART.findall(text))
    return _APART.sub("", text) if apart > 3 and apart >= len(_TOGETHER.findall(text)) else text
