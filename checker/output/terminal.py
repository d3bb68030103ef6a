"""The page that ``check`` shows on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.diagnostics import Diagnostic, Related
from checker.messages import say
from checker.outcome import Checked, Run, View, counts
from checker.output.excerpt import ELLIPSIS, clip, visible
from checker.source import Source
from checker.terms import word

SHOWN = 3
"""So many findings of one rule in one file are shown whole; the others are listed by line."""
_LINES_LISTED = 12
_RELATED_SHOWN = 4
_WORDS_SHOWN = 20
_FILES_SHOWN = 40
STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def console(view: View) -> Console:
    """A console that collects what is printed; no text of a report is ever taken for markup."""
    return Console(
        file=StringIO(),
        width=view.width,
        force_terminal=view.color,
        color_system="truecolor" if view.color else None,
        no_color=not view.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


def collected(target: Console) -> str:
    """What was printed on a console of :func:`console`, without blanks at line ends."""
    assert isinstance(target.file, StringIO)
    return "".join(f"{line.rstrip()}\n" for line in target.file.getvalue().splitlines())


def render_terminal(run: Run, view: View) -> str:
    """Each file with findings, then how many in all."""
    target = console(view)
    for file in run.checked:
        if file.diagnostics:
            _print_file(target, file, view)
    if view.statistics:
        _print_statistics(target, run, view)
    if not view.quiet:
        _print_files(target, run, view)
        target.print(_summary(run, view.lang))
    return collected(target)


def _print_file(target: Console, file: Checked, view: View) -> None:
    target.print(Text(visible(file.path), style="bold underline"))
    places = [f"{one.start.line}:{one.start.column}" for one in file.diagnostics]
    indent = max(map(len, places)) + 4
    ordered = sorted(file.diagnostics, key=lambda one: (-one.severity, one.sort_key()))
    seen: dict[tuple[str, int], list[Diagnostic]] = {}
    for one in ordered:
        seen.setdefault((one.rule, one.severity), []).append(one)
    shown: dict[tuple[str, int], int] = {}
    for one in ordered:
        key = (one.rule, one.severity)
        shown[key] = shown.get(key, 0) + 1
        group = seen[key]
        if len(group) <= SHOWN + 1 or shown[key] <= SHOWN:
            _print_finding(target, one, file.source, indent, view)
        elif shown[key] == SHOWN + 1:
            _print_hanging(target, Text(), _fold(group, view.lang), indent)
    target.print()


def _print_finding(target: Console, one: Diagnostic, source: Source | None, indent: int, view: View) -> None:
    style = STYLES[one.severity.word]
    line = Text()
    line.append(say(f"severity.{one.severity.word}", view.lang), style)
    line.append(f" {one.rule}", "dim")
    line.append(f"  {visible(one.message[view.lang])}")
    if one.place:
        line.append(f"  ({visible(one.place)})", "dim")
    _print_hanging(target, Text(f"  {one.start.line}:{one.start.column}", "bold"), line, indent)
    if view.quiet or source is None:
        return
    _print_excerpt(target, one, source, indent, style, view.width)
    for other in one.related[:_RELATED_SHOWN]:
        place = Text(f"-> {other.start.line}:{other.start.column}  ", "dim")
        place.append(visible(other.message[view.lang]))
        words = _words(source, other)
        if words:
            place.append((" “{}”" if view.lang == "en" else "：{}").format(words))
        _print_hanging(target, Text(), place, indent)
    if len(one.related) > _RELATED_SHOWN:
        more = say("related.more", view.lang, count=len(one.related))
        _print_hanging(target, Text(), Text(more, "dim"), indent)


def _words(source: Source, other: Related) -> str:
    """The words of a second place, cut short."""
    text = source.slice(source.line_span(min(other.start.line, len(source.line_starts))))
    end = other.end.column - 1 if other.end.line == other.start.line else len(text)
    words = visible(text[other.start.column - 1 : end])
    return words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1] + ELLIPSIS


def _print_excerpt(
    target: Console, one: Diagnostic, source: Source, indent: int, style: str, width: int
) -> None:
    span = source.line_span(min(one.start.line, len(source.line_starts)))
    line = source.slice(span)
    if not line.strip():
        return
    end = one.end.column - 1 if one.end.line == one.start.line else len(line)
    excerpt = clip(line, one.start.column - 1, end, width - indent)
    target.print(Text(" " * indent + excerpt.text), overflow="crop", no_wrap=True)
    target.print(Text(" " * (indent + excerpt.offset) + "^" * excerpt.width, style), overflow="crop")


def _print_hanging(target: Console, head: Text, body: Text, indent: int) -> None:
    """``head`` in a column of ``indent`` cells, ``body`` wrapped beside it."""
    table = Table.grid()
    table.add_column(width=indent, no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(head, body)
    target.print(table)


def _fold(group: Sequence[Diagnostic], lang: str) -> Text:
    others = sorted({one.start.line for one in group[SHOWN:]})
    separator = "、" if lang == "zh" else ", "
    lines = separator.join(map(str, others[:_LINES_LISTED]))
    if len(others) > _LINES_LISTED:
        lines += say("fold.more", lang)
    return Text(say("fold", lang, rule=group[0].rule, count=len(group), lines=lines), "dim")


def _print_statistics(target: Console, run: Run, view: View) -> None:
    for (rule, severity), count in counts(run.diagnostics).items():
        line = Text(f"{count:6}  ")
        line.append(say(f"severity.{severity}", view.lang), STYLES[severity])
        line.append(f"  {rule}")
        target.print(line)
    if run.diagnostics:
        target.print()


def _print_files(target: Console, run: Run, view: View) -> None:
    """How many findings of each severity the files have, the worst first; for one file the findings say it."""
    levels = ("error", "warning", "info")
    rows = [
        (file.path, [sum(one.severity.word == level for one in file.diagnostics) for level in levels])
        for file in run.checked
        if file.diagnostics
    ]
    if len(rows) < 2:
        return
    rows.sort(key=lambda row: (*(-count for count in row[1]), row[0]))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(Text(word("column.file", view.lang)), overflow="fold")
    for level in levels:
        table.add_column(Text(say(f"severity.{level}", view.lang)), justify="right")
    for path, counted in rows[:_FILES_SHOWN]:
        cells = [
            Text(str(count) if count else "-", STYLES[level] if count else "dim")
            for level, count in zip(levels, counted, strict=True)
        ]
        table.add_row(Text(visible(path)), *cells)
    target.print(table)
    if len(rows) > _FILES_SHOWN:
        target.print(Text(say("summary.more-files", view.lang, count=len(rows) - _FILES_SHOWN), "dim"))
    target.print()


def _summary(run: Run, lang: str) -> Text:
    if not run.checked:
        line = Text(say("summary.none-checked", lang), "bold red")
    elif run.diagnostics:
        parts = [
            _count(word, count, lang)
            for word in ("error", "warning", "info")
            if (count := sum(one.severity.word == word for one in run.diagnostics))
        ]
        found = ("，" if lang == "zh" else ", ").join(parts)
        line = Text(say("summary.found", lang, files=len(run.checked), counts=found), "bold")
    else:
        line = Text(say("summary.clean", lang, files=len(run.checked)), "bold green")
    if run.faults:
        separator = "；" if lang == "zh" else "; "
        line.append(separator + _count("faults", len(run.faults), lang), "bold red")
    return line


def _count(word: str, count: int, lang: str) -> str:
    return say(f"summary.{word}", lang, count=count, s="" if count == 1 else "s")
