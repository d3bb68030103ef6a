"""Makes the README's picture, docs/check.svg, from what `zhenggai check` really prints.

    python tools/picture.py REPORT [FIRST-LINES]
"""

from __future__ import annotations

import re
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from checker.files import find
from checker.jobs import Plan, check_files
from checker.outcome import View
from checker.output import render

WIDTH = 96
PICTURE = Path(__file__).parent.parent / "docs" / "check.svg"


def picture(report: str, lines: int) -> str:
    """The page of ``report``, its first ``lines`` lines and the last, as SVG that loads nothing from elsewhere."""
    run = check_files(find([report]), [report], Plan(keep_source=True))
    page = str(render("text", run, View("zh", WIDTH, terminal=True, color=True))).splitlines()
    shown = page if len(page) <= lines else [*page[:lines], "...", "", page[-1]]
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ zhenggai check {report}", "bold"))
    for line in shown:
        console.print(Text.from_ansi(line))
    svg = console.export_svg(title="zhenggai check", unique_id="zhenggai")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", "'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace")


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    PICTURE.write_text(picture(sys.argv[1], count), encoding="utf-8")
