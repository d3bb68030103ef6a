"""The model of a report: frozen dataclasses with spans, and nothing that judges.

Every node has ``span`` (its place) and ``text`` (as read: markup gone, broken lines joined). These fields
are what rules may name, so a rule file that misspells one is refused when it is loaded.
Optional values are None; unknown words are empty strings.
"""

from __future__ import annotations

from checker.figure_nodes import Account, Claim, Enumeration, Nesting, Rate, Repeat, Tally
from checker.mention_nodes import (
    ActWord,
    CitedDocument,
    Contact,
    Date,
    Identifier,
    Inspector,
    Lead,
    Mark,
    MarkRun,
    Organization,
    Person,
    ShortForm,
    Signature,
)
from checker.records import dataclass
from checker.source import Source, Span
from checker.structure_nodes import (
    Break,
    Cue,
    Duplicate,
    Heading,
    Paragraph,
    Problem,
    RunIn,
    RunInSeries,
    Section,
    Sentence,
    Series,
    Step,
    Stretch,
    Title,
)

__all__ = [
    "Account",
    "ActWord",
    "Break",
    "CitedDocument",
    "Claim",
    "Contact",
    "Cue",
    "Date",
    "Document",
    "Duplicate",
    "Enumeration",
    "Heading",
    "Identifier",
    "Inspector",
    "Lead",
    "Mark",
    "MarkRun",
    "Nesting",
    "Organization",
    "Paragraph",
    "Person",
    "Problem",
    "Rate",
    "Repeat",
    "RunIn",
    "RunInSeries",
    "Section",
    "Sentence",
    "Series",
    "ShortForm",
    "Signature",
    "Step",
    "Stretch",
    "Tally",
    "Title",
]


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """〔2018〕20号. ``brackets`` as written; ``ordinal`` if 第 precedes the number; ``zeros`` leading zeros."""

    span: Span
    text: str
    brackets: str
    year: str
    number: str
    ordinal: bool
    zeros: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A report as understood. Every field may be empty; what is missing is for rules to say."""

    source: Source
    span: Span
    text: str
    genre: str
    title: Title | None
    lead: Lead | None
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    series: tuple[Series, ...]
    steps: tuple[Step, ...]
    run_ins: tuple[RunInSeries, ...]
    breaks: tuple[Break, ...]
    furniture: tuple[Stretch, ...]
    problems: tuple[Problem, ...]
    duplicates: tuple[Duplicate, ...]
    claims: tuple[Claim, ...]
    tallies: tuple[Tally, ...]
    nestings: tuple[Nesting, ...]
    rates: tuple[Rate, ...]
    enumerations: tuple[Enumeration, ...]
    repeats: tuple[Repeat, ...]
    accounts: tuple[Account, ...]
    unfinished: tuple[Cue, ...]
    dates: tuple[Date, ...]
    milestones: tuple[Date, ...]
    inspectors: tuple[Inspector, ...]
    organizations: tuple[Organization, ...]
    short_forms: tuple[ShortForm, ...]
    documents: tuple[CitedDocument, ...]
    acts: tuple[ActWord, ...]
    contacts: tuple[Contact, ...]
    contact_block: Stretch | None
    welcome: Stretch | None
    signature: Signature | None
    marks: tuple[Mark, ...]
    mark_runs: tuple[MarkRun, ...]
    identifiers: tuple[Identifier, ...]
    persons: tuple[Person, ...]
    document_numbers: tuple[DocumentNumber, ...]
