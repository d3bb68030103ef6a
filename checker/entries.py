"""What a paragraph states: a claim and how it stands in its sentence."""

from __future__ import annotations

from checker.document import Claim
from checker.records import dataclass
from checker.source import Passage

GRAINS = ("aspect", "problem", "detail")
COUNTED = (*GRAINS, "measure", "task", "rule")


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph to be read for figures: its index, its passage, and whether its figures are the report's
    own (``report``) or those of one section or item (``other``); ``bodies`` are the words for other bodies (村,
    社区) that name the reporting one."""

    index: int
    passage: Passage
    scope: str
    bodies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim and how it stands in its sentence.

    ``role``: ``whole``, ``part``, ``remainder``, ``subset``, ``member`` (of a bracket or list), ``all``,
    ``rate`` or ``stray``. ``inside`` is the number of the entry in whose bracket or list it stands (-1 none);
    ``part`` counts what semicolons part. ``anchored`` if its words tie it to the inspection or to the plan,
    ``found`` if only 发现 does, ``tied`` if to the feedback itself; ``labelled`` if 方面 or 类 stands before its
    number; ``led`` if it is a leader's share; ``leads`` if it opens its clause and tells its own state
    (24个问题中已完成20个); ``summed`` after 共, 合计; ``shared_list`` if 等 leaves its list open; ``overlap`` if the
    sentence says that its figures overlap; ``after_subset`` after 其中 or a class (立行立改); ``share`` for a share
    of a whole (占…%); ``money``: ``whole``, ``recovered``, ``outstanding`` or "".
    """

    number: int
    claim: Claim
    role: str
    sentence: int
    clause: int
    part: int
    inside: int
    anchored: bool
    found: bool
    tied: bool
    summed: bool
    overlap: bool
    shared_list: bool
    after_subset: bool
    share: bool
    money: str
    approximation: str
    year: str
    labelled: bool
    led: bool
    leads: bool
