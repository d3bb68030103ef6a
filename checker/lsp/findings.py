"""Findings as an editor shows them, and the page of a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from checker.diagnostics import Diagnostic, Severity
from checker.files import Note
from checker.lsp.drafts import Analysis
from checker.lsp.places import offset_at, range_of
from checker.lsp.words import lsp_word
from checker.messages import say
from checker.rules import Rule
from checker.source import Source, Span
from checker.terms import word

SOURCE = "zhenggai"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")


def diagnostics(analysis: Analysis, encoding: str, lang: str, *, related: bool) -> list[types.Diagnostic]:
    """All findings of a draft, or why it was not checked; ``related`` places too."""
    source, uri = analysis.draft.source, analysis.draft.uri
    if analysis.checked is None:
        return [_fault(fault, source, encoding, lang, related=related) for fault in analysis.faults]
    return [_diagnostic(one, source, uri, encoding, lang, related) for one in analysis.checked.diagnostics]


def _diagnostic(
    one: Diagnostic, source: Source, uri: str, encoding: str, lang: str, related: bool
) -> types.Diagnostic:
    seen = [
        types.DiagnosticRelatedInformation(
            types.Location(uri, range_of(source, span.start, span.end, encoding)), other.message[lang]
        )
        for other, span in zip(one.related, related_spans(one, source), strict=True)
    ]
    return types.Diagnostic(
        range_of(source, *one.span, encoding),
        one.message[lang],
        severity=_SEVERITIES[one.severity],
        code=one.rule,
        source=SOURCE,
        related_information=seen if related and seen else None,
    )


def _fault(fault: Note, source: Source, encoding: str, lang: str, *, related: bool) -> types.Diagnostic:
    """Why nothing could be checked, on the first line; ``related`` with the place in the faulty file."""
    place, seen = "", None
    if fault.path and fault.path != source.path:
        place = f"{fault.path}:{fault.line}:{fault.column}: " if fault.line else f"{fault.path}: "
        file = Path(fault.path).absolute()
        if related and file.is_file():
            at = types.Position(max(fault.line - 1, 0), max(fault.column - 1, 0))
            where = types.Location(file.as_uri(), types.Range(at, at))
            seen = [types.DiagnosticRelatedInformation(where, lsp_word("fault.here", lang))]
    first = source.line_span(1)
    return types.Diagnostic(
        range_of(source, first.start, first.end, encoding),
        lsp_word("fault", lang, place=place, message=fault.message[lang]),
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
        related_information=seen,
    )


def related_spans(one: Diagnostic, source: Source) -> list[Span]:
    """The places that belong to a finding."""
    return [Span(offset_at(source, other.start), offset_at(source, other.end)) for other in one.related]


def findings_in(analysis: Analysis, start: int, end: int) -> Iterator[Diagnostic]:
    """The findings that ``start`` to ``end`` touches, the shortest first; with the two equal, those at that place."""
    found = analysis.checked.diagnostics if analysis.checked is not None else ()
    for one in sorted(found, key=lambda one: one.span[1] - one.span[0]):
        if one.span[0] <= end and start <= one.span[1]:
            yield one


def hover(analysis: Analysis, offset: int, encoding: str, lang: str, *, markdown: bool) -> types.Hover | None:
    """The pages of the rules that found something at ``offset``; None if none did."""
    pages: dict[str, str] = {}
    span: tuple[int, int] | None = None
    rules = {rule.id: rule for rule in analysis.ruleset.rules} if analysis.ruleset is not None else {}
    for one in findings_in(analysis, offset, offset):
        if one.rule in rules and one.rule not in pages and one.span[0] <= offset < one.span[1]:
            span = span or one.span
            pages[one.rule] = page(one, rules[one.rule], lang, markdown=markdown)
    if span is None:
        return None
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    content = types.MarkupContent(kind, ("\n\n---\n\n" if markdown else "\n\n").join(pages.values()))
    return types.Hover(content, range_of(analysis.draft.source, *span, encoding))


def page(one: Diagnostic, rule: Rule, lang: str, *, markdown: bool) -> str:
    """What a finding says, and the page of its rule."""
    head = f"{one.rule} · {say(f'severity.{one.severity.word}', lang)}"
    parts = [_strong(head) if markdown else head, _plain(one.message[lang], markdown)]
    for name, text in (("why", rule.why[lang]), ("basis", rule.basis[lang])):
        title = word(f"explain.{name}", lang)
        flat = _plain(" ".join(text.split()), markdown)
        parts.append(f"{_strong(title)}  \n{flat}" if markdown else f"{title}\n{flat}")
    for name, examples in (("bad", rule.bad), ("good", rule.good)):
        title = word(f"explain.{name}", lang)
        texts = [example.text.strip("\n") for example in examples]
        shown = [_fenced(text) for text in texts] if markdown else texts
        parts += ["\n".join([_strong(title) if markdown else title, *shown])]
    return "\n\n".join(parts)


def _strong(text: str) -> str:
    return f"**{_plain(text, True)}**"


def _plain(text: str, markdown: bool) -> str:
    """``text`` so that it reads as it is: words of a report are never markup."""
    return _MARKUP.sub(r"\\\1", text) if markdown else text


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
