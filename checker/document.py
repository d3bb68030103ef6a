"""The model of a report: frozen dataclasses with spans, and nothing that judges.

Every node has ``span`` (its place) and ``text`` (as read: markup gone, broken lines joined). These fields
are what rules may name, so a rule file that misspells one is refused when it is loaded.
Optional values are None; unknown words are empty strings.
"""

from __future__ import annotations

from checker.records import dataclass
from checker.source import Passage, Source, Span


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


# --- structure -------------------------------------------------------------------------------------------


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
    After a fault the sequence goes on from the number as written. ``previous`` is the sibling before.
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
    """Words that say that something is future or unfinished (拟于, 尽快, 着手 …); ``strength`` strong/weak."""

    span: Span
    text: str
    strength: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem that the report lists, at the finest grain.

    ``kind``: ``numbered`` (问题N), ``heading``, ``run-in``, ``row``; ``grain``: ``problem`` or ``detail`` (where a
    coarser heading above poses a problem too); ``state``: ``done`` ``partial`` ``ongoing`` ``pending``
    ``unknown``; ``status`` the words that give it (None if none); ``answer`` what was done about it, the
    answer shared with the problems before included (``shared``); ``unfinished`` cues in the answer.
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


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A long sentence that answers two problems; ``first`` is its earlier place."""

    span: Span
    text: str
    first: Stretch
    problem: Problem
    first_problem: Problem


# --- figures ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of how many. Fields as in the contract, and:

    ``masked`` if the figure is hidden (*, ×, X); ``numerals`` ``arabic``, ``chinese``, ``fullwidth`` or "";
    ``figure`` the place of the number alone; ``key`` names what else must be equal before two claims may be
    compared (body, inspection, year); ``paragraph`` the index of its paragraph in the document;
    ``decimals`` printed decimals; ``specific`` false for a mere 其余问题 with no figure.
    """

    span: Span
    text: str
    noun: str
    state: str
    value: float | None
    unit: str
    approximate: bool
    all: bool
    scope: str
    masked: bool
    numerals: str
    figure: Span
    key: str
    paragraph: int
    decimals: int
    word: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A whole and its parts as one stretch of text states them.

    ``kind``: ``states`` (done, ongoing … of one total), ``breakdown`` (brackets, 其中, 包括), ``shares``
    (percentages of one whole), ``money``; ``noun`` that of the whole; ``parts`` are disjoint, ``remainder``
    (其余K) excluded; ``subsets`` may overlap and only have the whole as their bound; ``exhaustive`` if the
    text lists the parts as the whole of it. ``sum`` adds up parts and remainder (a remainder may hold what is
    partly done: then it is not counted twice); ``rest`` is what a remainder should be (None without one);
    ``suspect`` is the figure that other evidence contradicts, the total where nothing tells.
    """

    span: Span
    text: str
    kind: str
    noun: str
    total: Claim | None
    parts: tuple[Claim, ...]
    subsets: tuple[Claim, ...]
    remainder: Claim | None
    exhaustive: bool
    scope: str
    sum: float | None = None
    rest: float | None = None
    suspect: Claim | None = None


@dataclass(frozen=True, slots=True)
class Nesting:
    """Totals of one body at several grains, coarse to fine: 4个方面16个问题的39个具体表现."""

    span: Span
    text: str
    levels: tuple[Claim, ...]
    scope: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A stated rate and the counts that it is the ratio of, where the text gives them.

    ``low`` and ``high`` bound what the counts allow at the printed decimals (percent, None without counts):
    rounding, cutting and counting partial work as done are all allowed.
    """

    span: Span
    text: str
    claim: Claim
    whole: Claim | None
    part: Claim | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """“A、B、C等三项”, “以下五个方面：一是…”: a stated count and the things that it counts.

    ``closed`` if the list claims to be whole; ``counted`` how many things are listed.
    """

    span: Span
    text: str
    claim: Claim
    items: tuple[Stretch, ...]
    counted: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same figure stated again: ``first`` and ``again`` agree in all but perhaps the value."""

    span: Span
    text: str
    first: Claim
    again: Claim


@dataclass(frozen=True, slots=True)
class Account:
    """A row of the table of account: one stated figure and what stands against it.

    ``basis``: ``listed`` ``parts`` ``repeat`` ``status`` ``rate`` ``none``; ``counted`` what the text lists or
    adds up to (None if it cannot be told); ``items`` the places counted; ``verdict``: ``agree`` ``disagree``
    ``unverifiable``; ``reason`` a code for why not (``excerpt``, ``masked``, ``approximate``, ``not-listed``, ``other-grain``, ``incomplete`` …);
    ``complete`` if the numbering of what is listed has no gap; ``explicit`` if the grain is said in words;
    ``again`` if the same figure with the same value has a row above.
    """

    span: Span
    text: str
    claim: Claim
    basis: str
    counted: float | None
    items: tuple[Stretch, ...]
    verdict: str
    reason: str
    complete: bool
    explicit: bool
    again: bool = False


# --- names, dates, contacts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Date:
    """A date. ``role`` and ``value`` as in the contract; ``earliest``/``latest`` full ISO days that bound it
    ("" if unknown); ``fault``: "" ``impossible`` ``mutilated``; ``relative`` for 去年, 近日 …; ``rank`` the order
    of the role (0 start … 5 published, -1 other); ``year_given`` if the year is printed or fixed by the
    text; ``key`` as in Claim: dates of another inspection are not compared."""

    span: Span
    text: str
    role: str
    value: str
    earliest: str
    latest: str
    fault: str
    relative: bool
    rank: int
    year_given: bool
    scope: str


@dataclass(frozen=True, slots=True)
class Inspector:
    """A mention of an inspection team. ``level`` (中央 省委 市委 区委 县委 …), ``place`` (长沙市 …), ``ordinal`` of the
    team, ``session`` (六届) and ``round`` (第五轮) or None; ``kind`` 巡察/巡视/…; ``scope`` ``report`` or ``other``;
    ``where``: ``title`` ``lead`` ``document`` (inside 《》) ``text``."""

    span: Span
    text: str
    level: str
    place: str
    ordinal: int | None
    session: int | None
    round: int | None
    kind: str
    scope: str
    where: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A mention of a Party organization or office. ``name`` without blanks; ``core`` the name without 中共 and
    without the party suffix; ``suffix`` 党组 党委 委员会 工委 …; ``party`` if it is a Party organization;
    ``role``: ``title`` ``issuer`` ``lead`` ``document`` ``signature`` ``text``; ``same`` if it names the issuing
    body (same core, perhaps shortened)."""

    span: Span
    text: str
    name: str
    core: str
    suffix: str
    party: bool
    role: str
    same: bool


@dataclass(frozen=True, slots=True)
class ShortForm:
    """（以下简称“X”）: ``short`` for ``full``; ``variants`` are other short forms of the same body used later;
    ``early`` uses of the short form before it is declared."""

    span: Span
    text: str
    short: str
    full: str
    variants: tuple[Stretch, ...]
    early: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """《…》: ``name`` inside the marks, ``kind`` 方案 办法 条例 … ("" if it ends in none), ``organization`` that
    the name begins with; ``like`` an earlier document whose name differs by a character or its kind."""

    span: Span
    text: str
    name: str
    kind: str
    organization: str
    like: Stretch | None
    like_name: str


@dataclass(frozen=True, slots=True)
class ActWord:
    """巡察 or 巡视 said of this report's own inspection; ``team`` if it names the team (巡察组)."""

    span: Span
    text: str
    kind: str
    team: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach the organization. ``kind`` as in the contract; ``label`` the words before it;
    ``area_code`` of a phone ("" if none); ``fault``: "" ``no-area-code`` ``length`` ``syntax`` ``digits``
    ``empty``; ``region`` the places that the area code or postcode belongs to ("" unknown)."""

    span: Span
    text: str
    kind: str
    value: str
    label: str
    area_code: str
    fault: str
    region: tuple[str, ...]
    agrees: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """The opening paragraph(s): ``inspector`` and ``inspected`` as named, the period, the feedback date and
    the words that say that this is published; what is not there is None."""

    span: Span
    text: str
    inspector: Inspector | None
    inspected: Stretch | None
    start: Date | None
    end: Date | None
    feedback: Date | None
    feedback_words: Stretch | None
    publication: Stretch | None


@dataclass(frozen=True, slots=True)
class Signature:
    """The signing organization and date at the end; either may be None. ``matches`` if the organization is
    the title's (or the issuer line's)."""

    span: Span
    text: str
    organization: Stretch | None
    date: Date | None
    matches: bool


# --- marks and figures that are no claims ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """A punctuation mark. ``kind``: ``quote`` ``bracket`` ``book`` ``comma`` ``end`` ``enumeration`` ``colon``
    ``semicolon`` ``dash``; ``side``: ``open`` ``close`` or ""; ``paired`` false for a lone half of a pair; ``depth`` of
    nesting among marks of its kind; ``nested_same`` if it opens directly inside the same mark; ``width``
    ``half``/``full``; ``chinese`` if half-width among Chinese (numbers and Latin excepted); ``full`` the
    full-width form; ``before``/``after`` the neighbouring characters ("" at an edge); ``prevailing`` if it is
    half-width among Chinese and so are most marks of the report."""

    span: Span
    text: str
    kind: str
    side: str
    paired: bool
    depth: int
    nested_same: bool
    width: str
    chinese: bool
    full: str
    before: str
    after: str
    prevailing: bool = False


@dataclass(frozen=True, slots=True)
class MarkRun:
    """Two or more marks in a row that do not belong together (：. 。。 ，。), or an end mark amid a sentence
    (议题。并于). ``kind``: ``doubled`` ``stray`` ``missing`` (a body paragraph with no end mark)."""

    span: Span
    text: str
    kind: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """Digits that identify a person. ``kind``: ``id-card`` ``bank-card`` ``mobile``; ``valid`` if its checksum
    holds (always true for mobiles); ``in_contact`` inside the contact block."""

    span: Span
    text: str
    kind: str
    valid: bool
    in_contact: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A named person. ``kind``: ``leader`` (a post-holder named with 同志 or a leading post), ``sanctioned``
    (disciplined), ``pupil``, ``ordinary``."""

    span: Span
    text: str
    name: str
    kind: str


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
