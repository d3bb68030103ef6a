"""Nodes of what a report mentions: dates, names, contacts, marks, identifiers. See :mod:`checker.document`."""

from __future__ import annotations

from checker.records import dataclass
from checker.source import Span
from checker.structure_nodes import Stretch


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
    """巡察 or 巡视 said of this report's own inspection; ``team`` if it names the team (巡察组), ``lead`` if
    it stands in the opening."""

    span: Span
    text: str
    kind: str
    team: bool = False
    lead: bool = False


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
