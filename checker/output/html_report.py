"""One report as HTML fragments: how much was found, the table of account, the findings, the text.

The fragments stand by themselves: a server may put them into a page of its own with :func:`page_css` and
:func:`page_script`. Ids hold nothing but numbers; every word from outside is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from checker.diagnostics import Diagnostic, Fix, Related, Severity
from checker.document import Account, Document
from checker.genres import known
from checker.messages import say
from checker.outcome import Checked, Reason
from checker.output.facts import number
from checker.output.html_text import Place, escape, text_html
from checker.output.html_words import page_word
from checker.records import dataclass
from checker.source import Source, Span
from checker.terms import word

VERDICTS = ("disagree", "unverifiable", "agree")
_EXCERPT = 160
_ITEMS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Report:
    """The fragments of one report: ``title`` is plain text, the others are HTML."""

    title: str
    badges: str
    facts: str
    reconcile: str
    findings: str
    text: str
    rules: str


def render_report(file: Checked, report: int, lang: str) -> Report:
    """The fragments of a file that was checked with its document kept; ``report`` sets its ids apart."""
    document = file.document
    if document is None:
        raise ValueError("the file was checked without its document")
    findings = sorted(file.diagnostics, key=lambda one: (one.span, -one.severity, one.rule))
    reasons = {reason.rule: reason for reason in file.reasons}
    numbered = list(enumerate(findings, 1))
    places = [Place(index, Span(*one.span), one.severity) for index, one in numbered]
    return Report(
        title_of(file),
        badges(file, lang),
        _facts(document, lang),
        _reconcile(document, report, lang),
        _findings(numbered, reasons, document.source, report, lang),
        text_html(document, places, report, lang),
        _rules(file.reasons, lang),
    )


def section(parts: Report, report: int, lang: str) -> str:
    """The fragments put together, as the page shows them."""

    def part(key: str, name: str, content: str) -> str:
        heading = f'<h3 id="{name}{report}">{escape(page_word(key, lang))}</h3>'
        return f'<section class="{key}" aria-labelledby="{name}{report}">{heading}{content}</section>'

    return "\n".join(
        (
            parts.facts,
            part("reconcile", "a", parts.reconcile),
            '<div class="columns">',
            part("findings", "l", parts.findings),
            part("text", "x", f'<div class="paper">{parts.text}</div>'),
            "</div>",
            part("rules", "r", parts.rules) if parts.rules else "",
        )
    )


def title_of(file: Checked) -> str:
    """The title of the report, or the name of its file."""
    title = file.document.title if file.document is not None else None
    return title.text if title is not None else file.path


def badges(file: Checked, lang: str) -> str:
    """How many findings of each severity."""
    shown = []
    for severity in sorted(Severity, reverse=True):
        count = sum(one.severity == severity for one in file.diagnostics)
        if count:
            plural = "" if count == 1 else "s"
            words = escape(say(f"summary.{severity.word}", lang, count=count, s=plural))
            shown.append(f'<span class="badge {severity.word}">{words}</span>')
    if not shown:
        shown.append(f'<span class="badge agree">{escape(page_word("findings.none", lang))}</span>')
    return " ".join(shown)


def verdict_badges(accounts: Sequence[Account], lang: str) -> str:
    """How many figures agree, do not, or cannot be told."""
    verdicts = [account.verdict for account in accounts]
    return " ".join(
        f'<span class="badge {verdict}">{escape(word(f"verdict.{verdict}", lang))} {verdicts.count(verdict)}</span>'
        for verdict in VERDICTS
        if verdict in verdicts
    )


def _facts(document: Document, lang: str) -> str:
    names = known().get(document.genre, (document.genre, document.genre))
    facts = {
        "file": document.source.path,
        "organization": document.title.organization if document.title else "",
        "genre": names[0] if lang == "zh" else names[1],
    }
    rows = "".join(
        f"<div><dt>{escape(page_word(key, lang))}</dt><dd>{escape(value)}</dd></div>"
        for key, value in facts.items()
        if value
    )
    return f'<dl class="facts">{rows}</dl>'


# --- the table of account --------------------------------------------------------------------------------

_COLUMNS = ("item", "stated", "place", "against", "verdict", "reason")


def _reconcile(document: Document, report: int, lang: str) -> str:
    if not document.accounts:
        return f"<p>{escape(page_word('reconcile.none', lang))}</p>"
    heads = [escape(word(f"column.{column}", lang)) for column in _COLUMNS]
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rows = "".join(_account(account, document, heads, report, lang) for account in document.accounts)
    return (
        f'<p class="badges">{verdict_badges(document.accounts, lang)}</p>'
        f'<div class="wide"><table class="accounts"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _account(account: Account, document: Document, heads: Sequence[str], report: int, lang: str) -> str:
    claim = account.claim
    item = " ".join(word(code, lang) for code in (f"noun.{claim.noun}", f"state.{claim.state}"))
    if account.again:
        item += page_word("reconcile.again", lang)
    stated = number(claim.value)
    figure = "" if stated is None else f"<b>{stated}</b> "
    counted = number(account.counted)
    against = ""
    if counted is not None:
        against = f"<b>{counted}</b> {escape(word(f'basis.{account.basis}', lang))}"
        if account.items:
            places = _places([item.span for item in account.items], document.source)
            against = f'<span class="counted" data-places="{places}">{against}</span>'
    if account.items:
        against += f' <small class="items">{_items(account, document, report, lang)}</small>'
    verdict = escape(word(f"verdict.{account.verdict}", lang))
    reason = escape(word(f"reason.{account.reason}", lang)) if account.reason else ""
    line = document.source.position(claim.span.start).line
    cells = (
        escape(item),
        f'<a class="figure" href="#t{report}-{line}" data-places="{_places([claim.span], document.source)}">'
        f"{figure}<q>{escape(claim.text)}</q></a>",
        _line_link(line, report, lang),
        against or "–",
        f'<span class="badge {account.verdict}">{verdict}</span>',
        reason,
    )
    shown = "".join(
        f'<td data-label="{head}"><div>{cell}</div></td>' if cell else "<td></td>"
        for head, cell in zip(heads, cells, strict=True)
    )
    return f'<tr class="{account.verdict}">{shown}</tr>'


def _places(spans: Sequence[Span], source: Source) -> str:
    """Spans as ``line:column-line:column``, for scripts that light them up."""
    shown = []
    for span in spans:
        start, end = source.position(span.start), source.position(span.end)
        shown.append(f"{start.line}:{start.column}-{end.line}:{end.column}")
    return " ".join(shown)


def _items(account: Account, document: Document, report: int, lang: str) -> str:
    lines = sorted({document.source.position(item.span.start).line for item in account.items})
    links = " ".join(f'<a href="#t{report}-{line}">{line}</a>' for line in lines[:_ITEMS_SHOWN])
    more = ""
    if len(lines) > _ITEMS_SHOWN:
        more = " … " + escape(page_word("items.more", lang, count=len(account.items)))
    return f"{escape(page_word('items', lang))} {links}{more}"


def _line_link(line: int, report: int, lang: str) -> str:
    return f'<a href="#t{report}-{line}">{escape(page_word("line", lang, line=line))}</a>'


# --- findings --------------------------------------------------------------------------------------------


def _findings(
    numbered: Sequence[tuple[int, Diagnostic]],
    reasons: dict[str, Reason],
    source: Source,
    report: int,
    lang: str,
) -> str:
    if not numbered:
        return f"<p>{escape(page_word('findings.none', lang))}</p>"
    items = "\n".join(_finding(index, one, reasons, source, report, lang) for index, one in numbered)
    return f'<ol class="list">{items}</ol><p class="none-shown" hidden>{escape(page_word("none-shown", lang))}</p>'


def _finding(
    index: int, one: Diagnostic, reasons: dict[str, Reason], source: Source, report: int, lang: str
) -> str:
    name = f"{report}-{index}"
    severity = one.severity.word
    place = page_word("place", lang, line=one.start.line, column=one.start.column)
    if one.place:
        place += f" · {one.place}"
    parts = [
        f'<p class="head"><a class="number" href="#m{name}" title="{escape(page_word("to-text", lang))}">{index}</a>'
        f' <span class="badge {severity}">{escape(say(f"severity.{severity}", lang))}</span>'
        f' <a class="place" href="#m{name}">{escape(place)}</a></p>',
        f'<p class="message">{escape(one.message[lang])}</p>',
    ]
    if one.excerpt.strip() and one.fix is None:
        parts.append(f'<blockquote class="excerpt">{escape(_short(one.excerpt))}</blockquote>')
    if one.fix is not None:
        parts.append(_correction(one.fix, one.excerpt, lang))
    if one.related:
        parts.append(_related(one.related, source, report, lang))
    parts.append(_reason(one.rule, reasons.get(one.rule), lang))
    family = escape(one.rule.split(".")[0])
    return (
        f'<li id="f{name}" class="finding {severity}" data-severity="{severity}" data-family="{family}"'
        f' data-finding="{name}" data-place="{_places([Span(*one.span)], source)}" tabindex="-1">{"".join(parts)}</li>'
    )


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"


def _correction(fix: Fix, excerpt: str, lang: str) -> str:
    safe = f" <small>{escape(page_word('correction.safe', lang))}</small>" if fix.safe else ""
    old = f"<del>{escape(_short(excerpt))}</del> " if excerpt.strip() else ""
    if not fix.replacement:
        return f'<p class="fix">{escape(page_word("correction.delete", lang))} {old}{safe}</p>'
    new = f"<ins>{escape(fix.replacement)}</ins>"
    return f'<p class="fix">{escape(page_word("correction", lang))} {old}{new}{safe}</p>'


def _related(related: Sequence[Related], source: Source, report: int, lang: str) -> str:
    items = "".join(
        f"<li>{_line_link(other.start.line, report, lang)} <q>{escape(_short(_words_at(other, source)))}</q> "
        f"{escape(other.message[lang])}</li>"
        for other in related
    )
    return f'<div class="related"><ul>{items}</ul></div>'


def _words_at(other: Related, source: Source) -> str:
    start, end = (source.line_starts[place.line - 1] + place.column - 1 for place in (other.start, other.end))
    return source.text[start:end]


def _reason(rule: str, reason: Reason | None, lang: str) -> str:
    if reason is None:
        return f'<p class="rule"><code>{escape(rule)}</code></p>'
    summary = f"<code>{escape(rule)}</code> <span>{escape(page_word('why', lang))}</span>"
    return f'<details class="rule"><summary>{summary}</summary>{_explained(reason, lang)}</details>'


def _explained(reason: Reason, lang: str) -> str:
    basis = reason.basis[lang].strip()
    shown = f"<p>{escape(reason.why[lang])}</p>"
    if basis:
        shown += f"<p><b>{escape(page_word('basis', lang))}</b> {escape(basis)}</p>"
    return shown


def _rules(reasons: Sequence[Reason], lang: str) -> str:
    """What the rules say of themselves once more, for paper."""
    return "".join(
        f"<div><h4><code>{escape(reason.rule)}</code></h4>{_explained(reason, lang)}</div>"
        for reason in reasons
    )


# --- style and script ------------------------------------------------------------------------------------


@cache
def page_css() -> str:
    """The style sheet of the page."""
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


@cache
def page_script() -> str:
    """The script of the page: filters, and links into what is folded."""
    return Path(__file__).with_name("page.js").read_text(encoding="utf-8")
