"""``--format xlsx``: a workbook for the files of an office: a row for each report, and a sheet of all findings.

Whatever a report says stays text: no cell becomes a formula. The same run gives the same bytes.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from checker.diagnostics import Diagnostic, Severity
from checker.document import Account, Claim, Document
from checker.files import Note
from checker.genres import known
from checker.messages import failure, say
from checker.outcome import Checked, Run, View
from checker.output.facts import number
from checker.terms import word

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | None

_SHEETS = {"reports": ("报告", "Reports"), "findings": ("问题", "Findings")}
_REPORTS = (
    ("文件", "File"),
    ("标题", "Title"),
    ("单位", "Organization"),
    ("文种", "Genre"),
    ("所述问题总数", "Problems stated"),
    ("所述已完成", "Stated as done"),
    ("所述正在整改", "Stated as ongoing"),
    ("正文所列问题", "Problems listed"),
    ("数字核对", "Figures"),
    ("错误", "Errors"),
    ("警告", "Warnings"),
    ("提示", "Notes"),
    ("说明", "Remarks"),
)
_FINDINGS = (
    ("文件", "File"),
    ("行", "Line"),
    ("列", "Column"),
    ("位置", "Place"),
    ("级别", "Severity"),
    ("规则", "Rule"),
    ("问题", "Message"),
    ("原文", "Text"),
    ("改为", "Correction"),
)
_FAILED = ("没能检查", "Not checked")
_FILLS = {
    "error": "FDE4E1",
    "warning": "FDEEC4",
    "info": "DCECFB",
    "disagree": "FDE4E1",
    "unverifiable": "FDEEC4",
    "agree": "DCF3E2",
    "failed": "FDE4E1",
}
_WIDEST = 42
_CELL = 32_767  # Excel's own limit, in characters
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as a character
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TIME = datetime(2000, 1, 1)


def render(run: Run, view: View) -> bytes:
    """The workbook of a run whose documents were kept. Raises CheckerError where openpyxl is missing."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise failure("output.extra", format="xlsx", extra="xlsx") from None
    at = 0 if view.lang == "zh" else 1
    book = Workbook()
    reports = book.active
    assert reports is not None
    reports.title = _SHEETS["reports"][at]
    rows = [(_report_row(file, view.lang), _verdict(file)) for file in run.checked]
    rows += [(_fault_row(fault, at, view.lang), "failed") for fault in run.faults]
    _fill(reports, [head[at] for head in _REPORTS], rows, colored=8)
    findings = book.create_sheet(_SHEETS["findings"][at])
    found = [(_finding_row(one, view.lang), one.severity.word) for one in run.diagnostics]
    _fill(findings, [head[at] for head in _FINDINGS], found, colored=4)
    return _saved(book)


# --- rows ------------------------------------------------------------------------------------------------


def _report_row(file: Checked, lang: str) -> list[Value]:
    counts = [sum(one.severity == severity for one in file.diagnostics) for severity in Severity]
    remarks = "\n".join(note.message[lang] for note in file.notes)
    document = file.document
    if document is None:
        return [file.path, *[None] * 8, *reversed(counts), remarks]
    names = known().get(document.genre, (document.genre, document.genre))
    return [
        file.path,
        document.title.text if document.title else "",
        document.title.organization if document.title else "",
        names[0] if lang == "zh" else names[1],
        *(_stated(document, state) for state in ("total", "done", "ongoing")),
        _listed(document.accounts),
        word(f"verdict.{_verdict(file)}", lang),
        *reversed(counts),
        remarks,
    ]


def _stated(document: Document, state: str) -> Value:
    """The first figure of problems in this state that the report gives for itself."""
    claims = [account.claim for account in document.accounts] + list(document.claims)
    for claim in claims:
        if claim.noun == "problem" and claim.state == state and claim.scope == "report":
            return _figure(claim)
    return None


def _figure(claim: Claim) -> Value:
    return claim.text if claim.value is None else number(claim.value)


def _listed(accounts: Sequence[Account]) -> Value:
    for account in accounts:
        if account.claim.noun == "problem" and account.basis == "listed" and account.counted is not None:
            return number(account.counted)
    return None


def _verdict(file: Checked) -> str:
    """One word for all figures of a report: a single one that does not agree is what counts."""
    verdicts = {account.verdict for account in file.document.accounts} if file.document else set()
    return next((one for one in ("disagree", "agree") if one in verdicts), "unverifiable")


def _fault_row(fault: Note, at: int, lang: str) -> list[Value]:
    return [fault.path, *[None] * 7, _FAILED[at], *[None] * 3, fault.message[lang]]


def _finding_row(one: Diagnostic, lang: str) -> list[Value]:
    return [
        one.path,
        one.start.line,
        one.start.column,
        one.place,
        say(f"severity.{one.severity.word}", lang),
        one.rule,
        one.message[lang],
        one.excerpt,
        one.fix.replacement if one.fix else "",
    ]


# --- cells -----------------------------------------------------------------------------------------------


def _fill(
    sheet: Worksheet, heads: Sequence[str], rows: Sequence[tuple[list[Value], str]], *, colored: int
) -> None:
    """Write ``rows``, each with the kind that colours its cell of index ``colored``."""
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    top = Alignment(vertical="top", wrap_text=True)
    sheet.append([*heads])
    for name in sheet[1]:
        name.font = Font(bold=True)
        name.fill = PatternFill("solid", fgColor="E8EBF0")
        name.alignment = Alignment(vertical="center", wrap_text=True)
    fills = {kind: PatternFill("solid", fgColor=color) for kind, color in _FILLS.items()}
    for index, (values, kind) in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(index, column)
            assert isinstance(cell, Cell)
            cell.alignment = top
            if isinstance(value, str):
                if value:
                    cell.value = _text(value)
                    cell.data_type = "s"
                    cell.quotePrefix = value.startswith(_FORMULA)
            else:
                cell.value = value
            if column == colored + 1:
                cell.fill = fills[kind]
    for column, head in enumerate(heads):
        widest = max([_width(head) + 3, *(_width(str(values[column] or "")) for values, _ in rows)])
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(widest + 2, 6), _WIDEST)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _text(value: str) -> str:
    """``value`` as a cell may hold it: nothing that XML forbids, nothing that Excel would decode."""
    shown = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n")))
    return shown if len(shown) <= _CELL else shown[: _CELL - 1] + "…"


def _width(text: str) -> int:
    """The width of the longest line of ``text`` in half-width characters."""
    return max(
        (sum(2 if east_asian_width(char) in "WFA" else 1 for char in line) for line in text.split("\n")),
        default=0,
    )


def _saved(book: Workbook) -> bytes:
    """The bytes of the workbook, with no trace of when they were written. Raises CheckerError where the folder for
    temporary files is full."""
    from openpyxl.xml.functions import tostring

    draft, final = BytesIO(), BytesIO()
    book.properties.creator = "zhenggai"
    try:
        book.save(draft)
    except (
        Exception
    ) as error:  # each sheet goes through a file of its own, and lxml has an error of its own for that
        if not isinstance(error, OSError) and type(error).__name__ != "SerialisationError":
            raise
        number = getattr(errno, str(error).removeprefix("IO_"), None)
        reason = os.strerror(number) if number is not None else str(error)
        raise failure("output.unwritable", tempfile.gettempdir(), reason=reason) from None
    book.properties.created = book.properties.modified = _TIME
    with ZipFile(draft) as packed, ZipFile(final, "w") as target:
        for name in packed.namelist():
            data = packed.read(name)
            if name == "docProps/core.xml":
                data = tostring(book.properties.to_tree())
            entry = ZipInfo(name, _TIME.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, data)
    return final.getvalue()
