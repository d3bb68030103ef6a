"""The workbook: a row for each report, every finding, no formula from outside, the same bytes each time."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("openpyxl", reason="workbooks are written with openpyxl")

import openpyxl

from checker.checking import check_source
from checker.cli import main
from checker.diagnostics import Diagnostic, Fix, Severity
from checker.files import Note
from checker.outcome import Checked, Run, View
from checker.output.xlsx import render
from checker.settings import Settings
from checker.source import Position, Source

REPORT = """中共云溪市水务局党组关于巡察整改进展情况的通报
根据市委统一部署，2024年3月5日至5月20日，市委第三巡察组对市水务局党组开展了巡察。
针对反馈的12个问题，已完成整改10个，正在整改3个。
"""


def checked(text: str = REPORT, path: str = "通报.txt") -> Checked:
    return check_source(Source(path, text), Settings(select=("count",)), keep_document=True)


def rows(data: bytes, sheet: int) -> list[list[object]]:
    book = openpyxl.load_workbook(BytesIO(data))
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]


def test_a_row_for_each_report_and_for_each_that_could_not_be_read() -> None:
    run = Run(
        (checked(), checked("没有数字的一段话。\n", "空.txt")),
        faults=(Note("坏.docx", {"zh": "文件已损坏", "en": "damaged"}),),
    )
    assert rows(render(run, View()), 0) == [
        ["文件", "标题", "单位", "文种", "所述问题总数", "所述已完成", "所述正在整改", "正文所列问题", "数字核对",
         "错误", "警告", "提示", "说明"],
        ["通报.txt", "中共云溪市水务局党组关于巡察整改进展情况的通报", "中共云溪市水务局党组", "巡察巡视整改进展情况通报",
         12, 10, 3, None, "不符", 1, 0, 0, None],
        ["空.txt", None, None, "巡察巡视整改进展情况通报", None, None, None, None, "无法核对", 0, 0, 0, None],
        ["坏.docx", None, None, None, None, None, None, None, "没能检查", None, None, None, "文件已损坏"],
    ]  # fmt: skip


def test_a_row_for_each_finding() -> None:
    assert rows(render(Run((checked(),)), View()), 1) == [
        ["文件", "行", "列", "位置", "级别", "规则", "问题", "原文", "改为"],
        ["通报.txt", 3, 6, None, "错误", "count.partition",
         "称共12个，所列各类（已完成整改10个、正在整改3个）相加为13个，二者不符", "12个问题", None],
    ]  # fmt: skip


def test_the_workbook_is_in_english_where_asked() -> None:
    data = render(Run((checked(),)), View("en"))
    assert openpyxl.load_workbook(BytesIO(data)).sheetnames == ["Reports", "Findings"]
    assert rows(data, 0)[0][:4] == ["File", "Title", "Organization", "Genre"]
    assert rows(data, 0)[1][8] == "disagree"


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.cn","x")', "\t=1", "=cmd|'/c calc'!A0"],
)
def test_no_cell_becomes_a_formula(words: str) -> None:
    both = {"zh": words, "en": words}
    bad = Diagnostic(
        words,
        words,
        Severity.ERROR,
        both,
        Position(1, 1),
        Position(1, 2),
        excerpt=words,
        fix=Fix(words, True),
        place=words,
    )
    file = replace(checked(), path=words, diagnostics=(bad,))
    data = render(Run((file,), faults=(Note(words, both),)), View())
    book = openpyxl.load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == words]
    assert len(cells) == 9
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if "sheet" in name)


def test_what_excel_cannot_hold_is_replaced_and_what_it_would_decode_is_kept() -> None:
    file = replace(checked(), path="a\x00\x1b\ud800_x0041_b" + "长" * 40_000)
    value = rows(render(Run((file,)), View()), 0)[1][0]
    assert isinstance(value, str)
    assert value.startswith("a\ufffd\ufffd\ufffd_x005F_x0041_b") and len(value) == 32_767


def test_heads_are_frozen_filtered_and_wide_enough_for_chinese() -> None:
    book = openpyxl.load_workbook(BytesIO(render(Run((checked(),)), View())))
    assert [sheet.freeze_panes for sheet in book] == ["B2", "B2"]
    assert [sheet.auto_filter.ref for sheet in book] == ["A1:M2", "A1:I2"]
    widths = {name: size.width for name, size in book.worksheets[0].column_dimensions.items()}
    assert widths["C"] == 22 and widths["B"] == 42 and min(widths.values()) >= 6


def test_the_same_run_gives_the_same_bytes() -> None:
    first, second = (render(Run((checked(),)), View()) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in packed.read("docProps/core.xml")


def test_a_folder_is_checked_into_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("甲.txt", "乙.md"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    target = tmp_path / "结果.xlsx"
    assert main(["check", str(tmp_path), "--format", "xlsx", "-o", str(target)]) == 1
    assert [row[0] for row in rows(target.read_bytes(), 0)[1:]] == [
        str(tmp_path / "乙.md"),
        str(tmp_path / "甲.txt"),
    ]
    assert capsys.readouterr().out == ""


def test_a_workbook_does_not_go_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", "--format", "xlsx"]) == 2
    assert "xlsx 格式不能写到标准输出：请加 -o 文件" in capsys.readouterr().err
