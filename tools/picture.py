"""Makes the README's picture, docs/check.svg, from what `zhenggai check` really prints of an invented draft.

python tools/picture.py
"""

from __future__ import annotations

from contextlib import chdir
from io import StringIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from checker.files import find
from checker.jobs import Plan, check_files
from checker.outcome import View
from checker.output import render

WIDTH, CELL, LINE = 92, 8, 23
FONTS = "Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"
COLORS = {1: "#f14c4c", 3: "#e5c07b", 6: "#56b6c2", 2: "#98c379"}
DRAFT = """\
中共清溪县林业局党组关于巡察整改进展情况的通报

根据县委统一部署，2023年3月1日至4月28日，县委第二巡察组对县林业局党组开展了巡察，5月31日反馈了巡察意见。按照要求，现将整改进展情况予以公布。

一、整改工作组织落实情况
局党组成立整改工作领导小组，逐条制定整改措施。县委第三巡察组反馈的12个问题，截至2023年11月30日，已完成整改9个，正在整改4个。

三、巡察反馈问题整改落实情况
（一）针对“护林员管理不严”的问题
整改情况：已完成。修订护林员管理办法，拟于年底前开展一次全员考核。
（二）针对“政策宣传不到位”的问题
整改情况：已完成。组织进村宣传26场次。

四、下一步工作打算
局党组将持续巩固整改成果，防止问题反弹。

中共清溪县林业局党组
2023年12月8日
"""
PICTURE = Path(__file__).parent.parent / "docs" / "check.svg"


def printed() -> list[Text]:
    """The lines that are printed of the draft."""
    with TemporaryDirectory() as folder, chdir(folder):
        Path("草稿.txt").write_text(DRAFT, encoding="utf-8")
        run = check_files(find(["草稿.txt"]), ["草稿.txt"], Plan(keep_source=True))
    assert not run.faults, run.faults
    page = str(render("text", run, View("zh", WIDTH, terminal=True, color=True)))
    return [Text("$ zhenggai check 草稿.txt", "bold"), *map(Text.from_ansi, page.splitlines())]


def picture(lines: list[Text]) -> str:
    """The lines as SVG. Every run of narrow or of wide characters is put at its own cell, so that marks stand
    under what they mark in any font."""
    height = LINE * (len(lines) + 2)
    width = CELL * (WIDTH + 4)
    body = "".join(_line(line, number) for number, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">\n'
        f'<rect width="{width}" height="{height}" rx="8" fill="#1e1e1e"/>\n'
        f'<g font-family="{FONTS}" font-size="16" fill="#d4d4d4">\n{body}</g>\n</svg>\n'
    )


def _line(line: Text, number: int) -> str:
    console = Console(width=WIDTH, file=StringIO(), legacy_windows=False)
    column, pieces = 2, []
    for segment in line.render(console):
        for _, group in groupby(segment.text, cell_len):
            run = "".join(group)
            cells = cell_len(run)
            blank = len(run) - len(run.lstrip(" "))
            if run.strip():
                pieces.append(_run(run.strip(), column + blank, number, segment.style or Style()))
            column += cells
    return "".join(pieces)


def _run(text: str, column: int, number: int, style: Style) -> str:
    marks = ' font-weight="bold"' if style.bold else ""
    marks += ' text-decoration="underline"' if style.underline else ""
    color = "#9a9a9a" if style.dim else COLORS.get(style.color.number or 0, "") if style.color else ""
    marks += f' fill="{color}"' if color else ""
    place = f'x="{column * CELL}" y="{(number + 1.5) * LINE}" textLength="{cell_len(text) * CELL}"'
    return f'<text {place} lengthAdjust="spacingAndGlyphs"{marks}>{escape(text)}</text>\n'


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(printed()), encoding="utf-8")
