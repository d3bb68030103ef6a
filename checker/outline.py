"""What the parser makes of a source: the structure alone, before figures, names and dates are read."""

from __future__ import annotations

from checker.document import (
    Break,
    Heading,
    Paragraph,
    Problem,
    RunInSeries,
    Section,
    Series,
    Step,
    Stretch,
    Title,
)
from checker.records import dataclass


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of a report. ``issuer`` is an issuer line above the title; ``lead`` the indices of the
    opening paragraphs; ``tail`` those of the welcome/contact paragraphs; ``signature`` those of the signing
    lines (organization, date). ``problems`` have no ``unfinished`` cues yet."""

    title: Title | None
    issuer: Stretch | None
    paragraphs: tuple[Paragraph, ...]
    lead: tuple[int, ...]
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    series: tuple[Series, ...]
    steps: tuple[Step, ...]
    run_ins: tuple[RunInSeries, ...]
    breaks: tuple[Break, ...]
    furniture: tuple[Stretch, ...]
    problems: tuple[Problem, ...]
    tail: tuple[int, ...]
    signature: tuple[int, ...]
