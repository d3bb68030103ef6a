"""Nodes of a report's structure: text, headings, sections, problems. See :mod:`checker.document`."""

from __future__ import annotations

from checker.records import dataclass
from checker.source import Passage, Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text and its place."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its end mark; ``role`` is that of its paragraph."""

    span: Span
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its broken lines joined.

    ``role``: ``furniture`` (web page remains, attachment headers), ``issuer``, ``title``, ``lead``,
    ``heading`` (a line that is nothing but a heading or a problem), ``status`` (工作进展：…), ``label`` (整改情况： alone), ``body``, ``row`` (a table row),
    ``welcome``, ``contact``, ``signature``, ``date``. ``section`` is the role of the section it stands in
    (``""`` before the first); ``excerpt`` is true in a section that lists only 重点/部分 problems.
    """

    span: Span
    text: str
    role: str
    section: str
    passage: Passage
    sentences: tuple[Sentence, ...]
    excerpt: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """The title. ``organization`` + 关于 + ``matter`` + ``kind`` (通报, 报告, 公告 …; empty if none).

    ``preposition`` is 关于, or 关于对 … as written; ``ending`` a closing mark that should not be there;
    ``lines`` how many lines it runs over; ``inspection`` 巡察, 巡视 or "".
    """

    span: Span
    text: str
    organization: str
    preposition: str
    matter: str
    kind: str
    ending: str
    lines: int
    inspection: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line or run-in heading.

    ``level`` 1 一、 2 （一） 3 1. 4 （1） 5 ①, 0 for 问题N and other labels of their own; ``label`` as
    written without brackets or mark; ``number`` its value (None if none); ``mark`` what closes the label
    (、 ． . ： ） …, with any stray mark that follows: ``：.``); ``spacing`` blanks after the mark; ``title``
    the words; ``ending`` a closing mark (。 ： …); ``lead`` 关于, 针对, 对, 在, 聚焦 or "";
    ``numerals`` ``chinese``, ``arabic``, ``fullwidth`` or ""; ``markdown`` 0-6; ``bold`` if set in **.
    """

    span: Span
    text: str
    level: int
    label: str
    number: int | None
    mark: str
    spacing: str
    title: str
    ending: str
    lead: str
    numerals: str
    markdown: int
    bold: bool
    run_in: bool


@dataclass(frozen=True, slots=True)
class Series:
    """Sibling headings of one kind under one parent, in order; the fields that most of them share."""

    span: Span
    text: str
    level: int
    items: tuple[Heading, ...]
    mark: str
    ending: str
    lead: str
    numerals: str


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered heading and the number that its place in the sequence asks for.

    ``kind``: ``ok``, ``gap``, ``repeat``, ``back``, ``start`` (the first of its parent is not 1).
    After a fault the sequence goes on from the number as written or from the one expected. ``previous`` is the sibling before.
    ``parent_level`` is 0 for the report itself; ``skipped`` if a level between is left out although the
    report uses it elsewhere.
    """

    span: Span
    text: str
    heading: Heading
    expected: int
    kind: str
    previous: Heading | None
    parent_level: int
    skipped: bool


@dataclass(frozen=True, slots=True)
class RunIn:
    """A point inside a paragraph: 一是…, 首先…, 第一，…. ``style`` is 是, 首先 or 第."""

    span: Span
    text: str
    label: str
    number: int
    style: str
    title: str


@dataclass(frozen=True, slots=True)
class RunInSeries:
    """The points of one answer or paragraph, in order. ``kind``: ``ok``, ``lone``, ``gap``, ``repeat``,
    ``back``, ``start`` or ``mixed``; ``fault`` is the point at which it goes wrong (None if ok)."""

    span: Span
    text: str
    items: tuple[RunIn, ...]
    kind: str
    fault: RunIn | None
    expected: int


@dataclass(frozen=True, slots=True)
class Break:
    """A paragraph cut in mid-sentence: ``span`` from the last words before to the first words after."""

    span: Span
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    ``role``: ``organization``, ``rectification``, ``next-steps`` or ``other``; ``excerpt`` if it lists only
    重点/部分/主要 problems; ``span`` covers the heading only, ``end`` is where the section ends.
    """

    span: Span
    text: str
    level: int
    label: str
    number: int | None
    title: str
    role: str
    excerpt: bool
    heading: Heading
    end: int
    children: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say that something is future or unfinished (拟于, 尽快, 着手 …); ``strength`` strong/weak;
    ``claimed`` if they are words of a claim, or stand right behind one of what others leave open."""

    span: Span
    text: str
    strength: str
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem that the report lists, at the finest grain.

    ``kind``: ``numbered`` (问题N), ``heading``, ``run-in``, ``row``; ``grain``: ``problem`` or ``detail`` (where a
    coarser heading above poses a problem too); ``state``: ``done`` ``partial`` ``ongoing`` ``pending``
    ``unknown``; ``status`` the words that give it (None if none); ``answer`` what was done about it, the
    answer shared with the problems before included (``shared``); ``unfinished`` cues in the answer; ``echo`` how
    many words of two characters the title has in common with a shared answer (-1 where it is not shared).
    """

    span: Span
    text: str
    label: str
    number: int | None
    title: str
    kind: str
    grain: str
    state: str
    long_term: bool
    status: Stretch | None
    answer: Stretch | None
    shared: bool
    excerpt: bool
    unfinished: tuple[Cue, ...]
    echo: int = -1


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A long sentence that answers two problems; ``first`` is its earlier place."""

    span: Span
    text: str
    first: Stretch
    problem: Problem
    first_problem: Problem
