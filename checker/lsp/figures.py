"""Figures: from one to the other, and what the text lists beside what it states."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from checker.document import Account, Document
from checker.lsp.drafts import Analysis
from checker.lsp.findings import related_spans
from checker.lsp.places import position_of, range_of
from checker.lsp.words import lsp_word
from checker.output.facts import number
from checker.source import Source, Span
from checker.terms import word

_SIGNS = {"agree": "=", "disagree": "≠", "unverifiable": "?"}


def others(analysis: Analysis, offset: int, encoding: str) -> list[types.Location]:
    """Where the other figures or items stand that belong to the one at ``offset``."""
    if analysis.checked is None or analysis.checked.document is None:
        return []
    source, uri = analysis.draft.source, analysis.draft.uri
    for group in (_of_findings(analysis, offset), _of_figures(analysis.checked.document, offset)):
        spans = dict.fromkeys(span for span in group if not _within(offset, span))
        if spans:
            return [types.Location(uri, range_of(source, one.start, one.end, encoding)) for one in spans]
    return []


def _within(offset: int, span: Span) -> bool:
    return span.start <= offset < span.end


def _of_findings(analysis: Analysis, offset: int) -> Iterator[Span]:
    """Of a finding its related places; of a related place its finding."""
    assert analysis.checked is not None
    back: list[Span] = []
    for one in sorted(analysis.checked.diagnostics, key=lambda one: one.span[1] - one.span[0]):
        span, seen = Span(*one.span), related_spans(one, analysis.draft.source)
        if _within(offset, span):
            yield from seen
        elif any(_within(offset, other) for other in seen):
            back.append(span)
    yield from back


def _of_figures(document: Document, offset: int) -> Iterator[Span]:
    """Of a figure what is counted for it, and where it is stated again."""
    for account in document.accounts:
        if _within(offset, account.claim.span):
            yield from (item.span for item in account.items)
    for repeat in document.repeats:
        if _within(offset, repeat.first.span):
            yield repeat.again.span
        elif _within(offset, repeat.again.span):
            yield repeat.first.span


def hints(analysis: Analysis, start: int, end: int, encoding: str, lang: str) -> list[types.InlayHint]:
    """Behind each stated figure between ``start`` and ``end`` what the text lists or adds up to, if it can be told."""
    document = analysis.checked.document if analysis.checked is not None else None
    if document is None:
        return []
    shown: dict[int, types.InlayHint] = {}
    for account in document.accounts:
        place = _behind(account, document.source)
        if account.counted is not None and start <= place <= end:
            shown.setdefault(place, _hint(account, place, document.source, encoding, lang))
    return [shown[place] for place in sorted(shown)]


def _behind(account: Account, source: Source) -> int:
    """The end of the figure, its unit included."""
    end = account.claim.figure.end
    return end + len(account.claim.unit) if source.text.startswith(account.claim.unit, end) else end


def _hint(account: Account, place: int, source: Source, encoding: str, lang: str) -> types.InlayHint:
    basis = word(f"basis.{account.basis}", lang)
    sign, counted = _SIGNS[account.verdict], number(account.counted)
    reason = word(f"reason.{account.reason}", lang) if account.reason else ""
    verdict = word(f"verdict.{account.verdict}", lang)
    return types.InlayHint(
        position_of(source, place, encoding),
        lsp_word("hint", lang, sign=sign, basis=basis, counted=counted),
        tooltip=f"{verdict}{'：' if lang == 'zh' else ': '}{reason}" if reason else verdict,
        padding_left=True,
        padding_right=True,
    )
