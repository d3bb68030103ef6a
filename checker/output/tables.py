"""Pages of tables: facts, reconcile, rules, config. The same on a terminal and in a file."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from checker.document import Document
from checker.outcome import View
from checker.output.excerpt import visible
from checker.output.facts import facts_tables
from checker.output.reconcile import COLUMNS, reconcile_rows
from checker.output.terminal import collected, console
from checker.terms import word

_VERDICTS = {"agree": "green", "disagree": "bold red", "unverifiable": "yellow"}


def facts_page(document: Document, view: View) -> str:
    """What was understood of a report, table by table; empty ones say so."""
    target = console(view)
    title = document.title.text if document.title else word("value.none", view.lang)
    target.print(Text(f"{word('facts.title', view.lang)}  {visible(title)}", "bold"))
    target.print(Text(f"{word('facts.genre', view.lang)}  {document.genre}"))
    for heading, columns, rows in facts_tables(document, view.lang):
        target.print()
        target.print(Text(heading, "bold underline"))
        if rows:
            target.print(table(columns, rows))
        else:
            target.print(Text("  " + word("value.none", view.lang), "dim"))
    target.print()
    target.print(Text(f"{word('facts.signature', view.lang)}  {_signature(document, view.lang)}"))
    return collected(target)


def _signature(document: Document, lang: str) -> str:
    signature = document.signature
    if signature is None:
        return word("value.none", lang)
    organization = signature.organization.text if signature.organization else "-"
    return f"{visible(organization)}  {signature.date.value if signature.date else '-'}"


def reconcile_page(document: Document, view: View) -> str:
    """The table of account of a report."""
    target = console(view)
    target.print(Text(visible(document.source.path), style="bold underline"))
    rows = reconcile_rows(document, view.lang)
    if not rows:
        target.print(Text("  " + word("value.none", view.lang), "dim"))
        return collected(target)
    styles = [_VERDICTS[account.verdict] for account in document.accounts]
    columns = [word(f"column.{column}", view.lang) for column in COLUMNS]
    target.print(table(columns, rows, {COLUMNS.index("verdict"): styles}))
    verdicts = [account.verdict for account in document.accounts]
    counted = [f"{word(f'verdict.{one}', view.lang)} {verdicts.count(one)}" for one in _VERDICTS]
    target.print(Text("  ".join(counted), "bold"))
    return collected(target)


def page(columns: Sequence[str], rows: Sequence[Sequence[str]], view: View) -> str:
    """One table."""
    target = console(view)
    target.print(table(columns, rows))
    return collected(target)


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], styles: dict[int, list[str]] | None = None
) -> Table:
    """A ruled table; ``styles`` gives columns by index a style for each row."""
    result = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        result.add_column(Text(column), overflow="fold")
    for number, row in enumerate(rows):
        cells = [Text("\n".join(map(visible, cell.split("\n")))) for cell in row]
        for index, per_row in (styles or {}).items():
            cells[index].stylize(per_row[number])
        result.add_row(*cells)
    return result
