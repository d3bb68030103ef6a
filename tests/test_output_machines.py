"""Output for other programs: JSON and GitHub annotations."""

from __future__ import annotations

import json
from dataclasses import replace

from checker.diagnostics import Severity
from checker.files import Note
from checker.outcome import Run, View
from checker.output import FORMATS, render
from checker.source import Position, Source
from tests.findings import checked, finding, sample


def test_json() -> None:
    def place(line: int, column: int, end: int) -> dict[str, int]:
        return {"line": line, "column": column, "end_line": line, "end_column": end}

    assert json.loads(str(render("json", sample(), View()))) == {
        "version": "1",
        "files": 2,
        "diagnostics": [
            {
                "path": "草稿.txt",
                "rule": "demo.word",
                "severity": "warning",
                "message": "“通报”\n换行",
                **place(1, 6, 8),
                "excerpt": "通报",
                "place": "",
                "related": [],
                "fix": {"replacement": "公告", "safe": True},
            },
            {
                "path": "草稿.txt",
                "rule": "count.sum",
                "severity": "error",
                "message": "称共35个",
                **place(2, 5, 8),
                "excerpt": "35个",
                "place": "",
                "related": [
                    {"message": "参见“33个”", **place(2, 12, 15)},
                    {"message": "参见“3个”", **place(2, 13, 15)},
                ],
                "fix": None,
            },
            {
                "path": "草稿.txt",
                "rule": "demo.note",
                "severity": "info",
                "message": "有[bold]电话[/1]",
                **place(3, 3, 5),
                "excerpt": "电话",
                "place": "",
                "related": [],
                "fix": None,
            },
        ],
        "errors": [{"path": "坏.txt", "line": 3, "column": 4, "message": "读不了"}],
    }


def test_json_is_sorted_whatever_the_order_of_the_files() -> None:
    run = sample()
    assert render("json", replace(run, checked=run.checked[::-1]), View()) == render("json", run, View())


def test_github() -> None:
    assert render("github", sample(), View()) == (
        "::warning file=草稿.txt,line=1,endLine=1,col=6,endColumn=8,title=demo.word::“通报”%0A换行\n"
        "::error file=草稿.txt,line=2,endLine=2,col=5,endColumn=8,title=count.sum::称共35个\n"
        "::notice file=草稿.txt,line=3,endLine=3,col=3,endColumn=5,title=demo.note::有[bold]电话[/1]\n"
        "::error file=坏.txt,line=3::读不了\n"
    )


def test_github_escapes_and_leaves_out_columns_over_several_lines() -> None:
    source = Source("a,b:c%.txt", "一\n二\n")
    one = replace(finding(source, "一", severity=Severity.ERROR, zh="100%\r\n::完"), end=Position(2, 2))
    run = Run((checked(source, one),), (Note("", {"zh": "完", "en": "done"}),))
    assert render("github", run, View()) == (
        "::error file=a%2Cb%3Ac%25.txt,line=1,endLine=2,title=demo.word::100%25%0D%0A::完\n"
        "::error file=::完\n"
    )


def test_every_format_renders_an_empty_run() -> None:
    for name, form in FORMATS.items():
        if form.target == "text" and not form.streams:
            assert isinstance(render(name, Run(()), View()), str)
