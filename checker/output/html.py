"""``--format html``: one page that needs nothing but itself, for the screen and for paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from checker.diagnostics import Severity
from checker.files import Note
from checker.messages import say
from checker.outcome import Checked, Run, View
from checker.output.html_report import (
    badges,
    page_css,
    page_script,
    render_report,
    section,
    title_of,
    verdict_badges,
)
from checker.output.html_text import escape
from checker.output.html_words import page_word
from checker.terms import word

_OPEN = 3
"""Up to so many reports are shown unfolded."""


def render(run: Run, view: View) -> str:
    """The page of a run whose documents were kept."""
    lang = view.lang
    body = [_heading(run, lang), _notes("faults", run.faults, lang), _notes("notes", run.notes, lang)]
    if len(run.checked) > 1:
        body.append(_overview(run.checked, lang))
    body.append(filters(run.checked, lang))
    body.append('<main id="reports">')
    body += [_report(file, index, len(run.checked), lang) for index, file in enumerate(run.checked, 1)]
    body.append("</main>")
    return page(page_word("title", lang), "\n".join(part for part in body if part), lang)


def page(title: str, body: str, lang: str) -> str:
    """A whole HTML page around ``body``. ``title`` is plain text.

    Its policy allows the page's own style and script and nothing else, so that nothing in a report can run or
    be fetched even if an escape were missing.
    """
    css, script = page_css(), page_script()
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src 'sha256-{_digest(css)}'; script-src 'sha256-{_digest(script)}'"
    )
    skip = escape(page_word("skip", lang))
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{css}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#reports">{skip}</a>\n{body}\n<script>{script}</script>\n</body>\n</html>\n'
    )


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode("ascii")


def _heading(run: Run, lang: str) -> str:
    title = page_word("title", lang)
    counts = {
        severity: sum(one.severity == severity for one in run.diagnostics)
        for severity in sorted(Severity, reverse=True)
    }
    shown = "".join(
        f'<li class="{severity.word}"><b>{count}</b> {escape(say(f"severity.{severity.word}", lang))}</li>'
        for severity, count in counts.items()
    )
    files = escape(page_word("files", lang, count=len(run.checked)))
    return (
        f'<header class="top"><h1>{escape(title)}</h1><p>{files}</p><ul class="counts">{shown}</ul></header>'
    )


def _notes(key: str, notes: Sequence[Note], lang: str) -> str:
    if not notes:
        return ""
    items = "".join(
        f"<li><code>{escape(note.path)}{f':{note.line}' if note.line else ''}</code> "
        f"{escape(note.message[lang])}</li>"
        for note in notes
    )
    return f'<section class="told {key}"><h2>{escape(page_word(key, lang))}</h2><ul>{items}</ul></section>'


def _overview(checked: Sequence[Checked], lang: str) -> str:
    names = [escape(page_word(key, lang)) for key in ("report", "verdicts", "findings")]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    rows = "".join(
        f'<tr><td data-label="{names[0]}"><div><a href="#d{index}">{escape(title_of(file))}</a>'
        f"<br><small>{escape(file.path)}</small></div></td>"
        f'<td data-label="{names[1]}"><div>{_verdicts(file, lang)}</div></td>'
        f'<td data-label="{names[2]}"><div>{badges(file, lang)}</div></td></tr>'
        for index, file in enumerate(checked, 1)
    )
    title = escape(page_word("overview", lang))
    return (
        f'<section class="overview"><h2>{title}</h2><div class="wide"><table class="accounts">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _verdicts(file: Checked, lang: str) -> str:
    return verdict_badges(file.document.accounts, lang) if file.document is not None else ""


def filters(checked: Sequence[Checked], lang: str) -> str:
    """The controls that choose which findings are shown; hidden where no script runs."""
    findings = [one for file in checked for one in file.diagnostics]
    if not findings:
        return ""
    boxes = "".join(
        f'<label class="{severity.word}"><input type="checkbox" data-filter-severity="{severity.word}" checked>'
        f" {escape(say(f'severity.{severity.word}', lang))} <span>{count}</span></label>"
        for severity in sorted(Severity, reverse=True)
        if (count := sum(one.severity == severity for one in findings))
    )
    families = [one.rule.split(".")[0] for one in findings]
    options = "".join(
        f'<option value="{escape(family)}">{escape(word(f"family.{family}", lang))} ({families.count(family)})</option>'
        for family in sorted(set(families))
    )
    shown = escape(page_word("shown", lang, shown="{shown}", all="{all}"))
    return (
        f'<form class="filters" hidden aria-label="{escape(page_word("filter", lang))}">'
        f"<fieldset><legend>{escape(page_word('filter', lang))}</legend>{boxes}</fieldset>"
        f"<label>{escape(page_word('filter.family', lang))} <select data-filter-family>"
        f'<option value="">{escape(page_word("filter.all", lang))}</option>{options}</select></label>'
        f'<output data-shown="{shown}"></output></form>'
    )


def _report(file: Checked, index: int, count: int, lang: str) -> str:
    parts = render_report(file, index, lang)
    unfolded = " open" if count <= _OPEN else ""
    return (
        f'<details class="report" id="d{index}"{unfolded}><summary><h2>{escape(parts.title)}</h2> {parts.badges}'
        f"</summary>\n{section(parts, index, lang)}\n</details>"
    )
