"""The outline of a draft: symbols and folds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from checker.document import Problem, Section
from checker.lsp.drafts import Analysis
from checker.lsp.places import range_of
from checker.source import Source, Span

_LONGEST = 60


def symbols(analysis: Analysis, encoding: str) -> list[types.DocumentSymbol]:
    """The title, the sections below one another, and in each its problems."""
    document = analysis.checked.document if analysis.checked is not None else None
    if document is None:
        return []
    source = document.source
    found = [_symbol(section, document.problems, source, encoding) for section in document.sections]
    if document.title is not None:
        title, span = document.title, document.title.span
        place = range_of(source, span.start, span.end, encoding)
        found.insert(0, types.DocumentSymbol(_name(title.text), types.SymbolKind.File, place, place))
    return found


def _symbol(
    section: Section, problems: Sequence[Problem], source: Source, encoding: str
) -> types.DocumentSymbol:
    span = whole(section, source)
    inner = [one for one in problems if section.span.end <= one.span.start and one.span.end <= span.end]
    children = [_symbol(child, inner, source, encoding) for child in section.children]
    below = [Span(child.span.start, whole(child, source).end) for child in section.children]
    children += [
        _problem(one, source, encoding)
        for one in inner
        if not any(child.start <= one.span.start < child.end for child in below)
    ]
    return types.DocumentSymbol(
        _name(section.text),
        types.SymbolKind.String,
        range_of(source, span.start, span.end, encoding),
        range_of(source, section.span.start, section.span.end, encoding),
        children=sorted(children, key=lambda one: (one.range.start.line, one.range.start.character)),
    )


def _problem(problem: Problem, source: Source, encoding: str) -> types.DocumentSymbol:
    place = range_of(source, problem.span.start, problem.span.end, encoding)
    return types.DocumentSymbol(_name(problem.text), types.SymbolKind.Event, place, place)


def _name(text: str) -> str:
    flat = " ".join(text.split()) or "-"
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def whole(section: Section, source: Source) -> Span:
    """From the heading of a section to its last words."""
    text = source.text[: max(section.end, section.span.end)]
    return Span(section.span.start, max(len(text.rstrip()), section.span.end))


def flat(
    symbols: Sequence[types.DocumentSymbol], uri: str, container: str | None = None
) -> Iterator[types.SymbolInformation]:
    """The same for editors that know no tree."""
    for one in symbols:
        yield types.SymbolInformation(
            types.Location(uri, one.range), one.name, one.kind, container_name=container
        )
        yield from flat(one.children or (), uri, one.name)


def folds(analysis: Analysis) -> list[types.FoldingRange]:
    """One fold for each section of more than one line."""
    document = analysis.checked.document if analysis.checked is not None else None
    return list(_folds(document.sections, document.source)) if document is not None else []


def _folds(sections: Sequence[Section], source: Source) -> Iterator[types.FoldingRange]:
    for section in sections:
        span = whole(section, source)
        first, last = source.position(span.start).line - 1, source.position(span.end).line - 1
        if last > first:
            yield types.FoldingRange(first, last, kind=types.FoldingRangeKind.Region)
        yield from _folds(section.children, source)
