"""Nodes of the figures that a report states. See :mod:`checker.document`."""

from __future__ import annotations

from checker.records import dataclass
from checker.source import Span
from checker.structure_nodes import Stretch


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
