"""The outline of a report as nested lists of links into its text."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import Document, Section
from checker.output.html_text import escape
from checker.serve.words import word
from checker.source import Source
from checker.terms import word as term

_BADGES = {"done": "agree", "partial": "info", "ongoing": "info", "pending": "warning"}


def outline_html(document: Document, report: int, lang: str) -> str:
    """Sections, headings below them, and at problems the state that the report gives them."""
    states: dict[int, str] = {}
    for problem in document.problems:
        line = document.source.position(problem.span.start).line
        states.setdefault(line, problem.state)
    shown = _sections(document.sections, states, document.source, report, lang)
    return shown or f"<p>{escape(word('outline.none', lang))}</p>"


def _sections(
    sections: Sequence[Section], states: dict[int, str], source: Source, report: int, lang: str
) -> str:
    if not sections:
        return ""
    items = []
    for section in sections:
        line = source.position(section.span.start).line
        label = f"<b>{escape(section.label)}</b> " if section.label else ""
        state = states.get(line, "unknown")
        badge = ""
        if state in _BADGES:
            badge = f' <span class="badge {_BADGES[state]}">{escape(term(f"state.{state}", lang))}</span>'
        inner = _sections(section.children, states, source, report, lang)
        items.append(f'<li><a href="#t{report}-{line}">{label}{escape(section.title)}</a>{badge}{inner}</li>')
    return f"<ol>{''.join(items)}</ol>"
