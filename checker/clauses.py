"""What the words of a clause and its sentence say of the figures that follow them."""

from __future__ import annotations

from checker.phrase_nodes import Group, Marker, Noun
from checker.records import dataclass, field


@dataclass(slots=True)
class Clause:
    """What the words read so far say of the figures that follow; the mutable state of one paragraph.

    ``part`` counts what semicolons part. ``kind`` if a class of problems is named (立行立改), ``found`` if only 发现 ties
    figures to the inspection, ``own_bodies`` are words for other bodies that name the reporting one; ``excepted``
    after 除…外, ``more`` after 另有, ``portion`` after 占, ``routine`` after words for daily work (帮助解决);
    ``deadline_end`` where a deadline (3个月内) ends.
    Of the phrase to be read: ``closed`` if it ends there, ``meets`` if it begins where a figure ends, ``label`` if
    方面 or 类 stands before its number, ``summed`` if 共 or 合计 does, ``handled`` if words of discipline follow it,
    ``aside`` if letters or cases stand right before it, ``led`` if 由 after it tells who leads it, ``leads`` if it
    opens its clause and tells a state.
    Of the sentence: how many ``years`` and ``deadlines`` it has, and whether it tells what has been done (``told``:
    已完成) and what has not (``open``: 正在整改).
    """

    sentence: int = 0
    clause: int = 0
    part: int = 0
    remainder: bool = False
    remainder_start: int = 0
    remainder_end: int = -1
    subset: bool = False
    kind: bool = False
    listed: int = -1
    announced: int = -1
    each: bool = False
    rate: str = ""
    portion: bool = False
    feedback: bool = False
    found: bool = False
    planned: bool = False
    recovered: bool = False
    outstanding: bool = False
    refined: bool = False
    purpose: bool = False
    wanted: bool = False
    rate_start: int = -1
    feedback_end: int = -1
    deadline_end: int = -1
    deadlines: int = 0
    told: bool = False
    open: bool = False
    discipline: bool = False
    foreign: bool = False
    share: bool = False
    body: bool = False
    self_check: bool = False
    checked: bool = False
    routine: bool = False
    own_bodies: frozenset[str] = frozenset()
    saved: list[tuple[bool, bool, bool, bool]] = field(default_factory=list)
    year: str = ""
    years: int = 0
    last_end: int = 0
    closed: bool = True
    meets: bool = False
    label: bool = False
    handled: bool = False
    aside: bool = False
    led: bool = False
    leads: bool = False
    excepted: bool = False
    more: bool = False
    summed: bool = False
    still: bool = False
    topic: Noun | None = None

    def end_clause(self) -> None:
        self.clause += 1
        self.remainder = self.subset = self.kind = self.each = self.outstanding = self.still = False
        self.feedback = self.found = self.planned = self.recovered = self.refined = self.purpose = (
            self.share
        ) = self.routine = False
        self.rate, self.portion = "", False
        self.deadline_end = -1

    def end_part(self) -> None:
        self.end_clause()
        self.part += 1
        self.body = self.self_check = self.checked = False

    def pass_sentence(self) -> None:
        """A sentence that states nothing: all is as it was after the one before."""
        self.clause += 1
        self.part += 1
        self.sentence += 1

    def end_sentence(self) -> None:
        self.end_part()
        self.sentence += 1
        self.topic = None
        self.listed = self.announced = -1
        self.discipline = self.foreign = self.wanted = self.excepted = False
        self.year, self.years = "", 0
        self.saved.clear()


def mark(
    marker: Marker,
    before: Group | Marker | None,
    state: Clause,
    latest: int,
    brackets: list[int],
    offset: int,
) -> None:
    """Let ``marker`` change what is known; ``latest`` is the number of the last figure (-1 none), ``brackets``
    the numbers of the figures whose brackets are open, ``offset`` where the sentence begins."""
    match marker.kind:
        case "comma":
            if not (isinstance(before, Marker) and before.kind in ("subset", "more", "remainder", "listed")):
                state.end_clause()
        case "semicolon" | "stop":
            state.end_part()
        case "open":
            near = offset + marker.start - state.last_end <= 2
            brackets.append(latest if near else -1)
            state.saved.append((state.body, state.self_check, state.foreign, state.share))
        case "close":
            state.subset = state.kind = False
            if brackets:
                brackets.pop()
            if state.saved:
                state.body, state.self_check, state.foreign, state.share = state.saved.pop()
        case "listed":
            state.listed = latest
        case "rate":
            state.rate, state.rate_start, state.portion = marker.text, marker.start, False
        case "portion":
            state.rate, state.rate_start, state.portion = marker.text, marker.start, True
        case "feedback":
            state.feedback, state.found, state.feedback_end = True, False, marker.end
            state.self_check = False
        case "pointed_out":
            state.feedback, state.found, state.feedback_end = True, False, marker.end
        case "remainder":
            state.remainder, state.remainder_start, state.remainder_end = True, marker.start, marker.end
        case "found":
            state.found = state.found or not state.feedback
            state.feedback, state.feedback_end = True, marker.end
            state.self_check = state.self_check or state.checked
        case "deadline":
            state.deadline_end = marker.end
        case "except":
            state.excepted = True
        case "subset":
            state.subset, state.more = True, False
        case "more":
            state.subset = state.more = True
        case "class":
            state.kind = True
        case "body":
            state.body = state.body or marker.text not in state.own_bodies
        case "home":
            state.body = state.share = False
        case "purpose":
            state.purpose = state.wanted = True
        case "routine":
            state.routine = True
        case "urging":
            state.routine = state.purpose = state.wanted = True
        case "own":
            state.foreign = state.share = state.body = False
        case "year":
            state.year = marker.text
        case "batch" | "foreign":
            state.foreign = True
        case "enumeration":
            state.kind = False
        case "colon" | "severally":
            state.announced = latest
        case "overlap" | "closing":
            pass
        case kind:
            setattr(state, kind, True)
