"""From a source to a document: structure, then figures, then names, dates and marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from checker import parser
from checker.accounts import find_accounts, list_items
from checker.claims import find_entries, with_scopes
from checker.contacts import find_contact_block, find_contacts, find_welcome
from checker.dates import find_dates
from checker.document import Claim, Cue, Date, Document, Paragraph, Problem
from checker.documents import find_document_numbers, find_documents
from checker.entries import Setting
from checker.enumerations import find_enumerations
from checker.genres import recognize
from checker.identifiers import find_identifiers, find_persons
from checker.inspectors import find_acts, find_inspectors
from checker.lines import words
from checker.marks import find_mark_runs, find_marks
from checker.nestings import find_nestings
from checker.opening import find_lead, find_signature
from checker.organizations import find_organizations, find_short_forms
from checker.outline import Outline
from checker.rates import find_rates
from checker.records import replace
from checker.repeats import find_repeats
from checker.resources import lexicon
from checker.scanning import forget
from checker.source import Source, Span
from checker.tallies import find_tallies
from checker.unfinished import find_cues, find_duplicates, with_claims

_MILESTONES = 200
_STOP = "。"
_COMMAS = "，,"
_SILENT = ("furniture", "issuer", "title", "heading", "label", "status", "contact", "signature", "date")


def read(source: Source, genre: str | None = None) -> Document:
    """Everything that can be told of a report. Any text is a report; what is missing stays empty."""
    outline = parser.parse(source)
    entries = with_scopes(find_entries(_settings(outline)))
    nestings, entries = find_nestings(source, entries)
    claims: tuple[Claim, ...] = tuple(entry.claim for entry in entries)
    cues = with_claims(find_cues(outline.paragraphs, outline.problems), claims)
    problems = _answered(outline.problems, cues)
    tallies = find_tallies(source, entries)
    rates = find_rates(entries, tallies)
    repeats = find_repeats(entries, tallies)
    listing = list_items(outline.sections, outline.headings, problems, outline.steps)
    accounts, tallies = find_accounts(claims, tallies, rates, repeats, listing)
    return Document(
        source=source,
        span=Span(0, len(source.text)),
        text=source.text,
        genre=genre or recognize(outline),
        claims=claims,
        tallies=tallies,
        nestings=nestings,
        rates=rates,
        enumerations=find_enumerations(outline.paragraphs, outline.run_ins),
        repeats=repeats,
        accounts=accounts,
        problems=problems,
        duplicates=find_duplicates(problems, outline.paragraphs),
        unfinished=cues,
        title=outline.title,
        paragraphs=outline.paragraphs,
        sentences=tuple(sentence for paragraph in outline.paragraphs for sentence in paragraph.sentences),
        headings=outline.headings,
        sections=outline.sections,
        series=outline.series,
        steps=outline.steps,
        run_ins=outline.run_ins,
        breaks=outline.breaks,
        furniture=outline.furniture,
        **_mentions(outline),
    )


def _answered(problems: Sequence[Problem], cues: Sequence[Cue]) -> tuple[Problem, ...]:
    """The problems with the cues, which are in order, that begin in their answers."""
    starts = [cue.span.start for cue in cues]
    found = []
    for problem in problems:
        if problem.answer is not None:
            first = bisect_left(starts, problem.answer.span.start)
            inside = cues[first : bisect_left(starts, problem.answer.span.end, first)]
            problem = replace(problem, unfinished=tuple(inside)) if inside else problem
        found.append(problem)
    return tuple(found)


def _settings(outline: Outline) -> list[Setting]:
    """The paragraphs that state figures, and whose figures they are: below the first heading inside the
    rectification section, figures are those of one section or item, but for what a heading such as 总体情况 holds."""
    children = [
        child for section in outline.sections if section.role == "rectification" for child in section.children
    ]
    overall = [child for child in children if any(word in child.title for word in words()["overall"])]
    starts = [child.span.start for child in children if child not in overall]
    starts += [problem.span.start for problem in outline.problems]
    first = min(starts, default=None)
    settings = []
    title = outline.title.text if outline.title is not None else ""
    bodies = frozenset(word for word in lexicon("figures")["body"] if word in title)
    for index, paragraph in enumerate(outline.paragraphs):
        if paragraph.role in _SILENT and not _is_sentence(paragraph):
            continue
        inner = paragraph.section == "rectification" and first is not None and paragraph.span.end > first
        inner = inner and not any(child.span.start <= paragraph.span.start < child.end for child in overall)
        settings.append(Setting(index, paragraph.passage, "other" if inner else "report", bodies))
    return settings


def _is_sentence(paragraph: Paragraph) -> bool:
    """Whether a numbered line that stands among headings is a sentence of what was or will be done:
    （二）紧盯未完成事项，对正在整改的2个问题挂牌督办。"""
    text = paragraph.passage.text.rstrip()
    told = paragraph.role == "heading" and paragraph.section in ("organization", "next-steps")
    return told and text.endswith(_STOP) and any(mark in text for mark in _COMMAS)


def _mentions(outline: Outline) -> dict[str, Any]:
    """Names, dates, contacts and marks, by the fields of a document."""
    paragraphs = outline.paragraphs
    dates = find_dates(paragraphs, outline)
    inspectors = find_inspectors(paragraphs, outline)
    organizations = find_organizations(paragraphs, outline)
    contacts = find_contacts(paragraphs, outline)
    found = {
        "lead": find_lead(paragraphs, outline, dates, inspectors),
        "dates": dates,
        "milestones": _milestones(dates),
        "inspectors": inspectors,
        "organizations": organizations,
        "short_forms": find_short_forms(paragraphs, outline, organizations),
        "documents": find_documents(paragraphs, outline),
        "acts": find_acts(paragraphs, outline, inspectors),
        "contacts": contacts,
        "contact_block": find_contact_block(paragraphs, outline, contacts),
        "welcome": find_welcome(paragraphs, outline),
        "signature": find_signature(paragraphs, outline, dates, organizations),
        "marks": find_marks(paragraphs, outline),
        "mark_runs": find_mark_runs(paragraphs, outline),
        "identifiers": find_identifiers(paragraphs, outline),
        "persons": find_persons(paragraphs, outline),
        "document_numbers": find_document_numbers(paragraphs, outline),
    }
    forget()
    return found


def _milestones(dates: Sequence[Date]) -> tuple[Date, ...]:
    """The dates of this report's own course that can be set against each other, each day of each kind once."""
    found: dict[tuple[int, str, str], Date] = {}
    for date in dates:
        if date.scope == "report" and date.fault == "" and date.rank >= 0 and date.earliest != "":
            found.setdefault((date.rank, date.earliest, date.latest), date)
    return tuple(found.values())[:_MILESTONES]
