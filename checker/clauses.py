"""What the words of a clause and its sentence say of the figures that follow them."""

from __future__ import annotations

from checker.phrases import Group, Marker, Noun
from checker.records import dataclass


@dataclass(slots=True)
class Clause:
    """What the words read so far say of the figures that follow; the mutable state of one paragraph."""

    sentence: int = 0
    clause: int = 0
    remainder: bool = False
    subset: bool = False
    listed: int = -1
    each: bool = False
    rate: str = ""
    feedback: bool = False
    planned: bool = False
    recovered: bool = False
    outstanding: bool = False
    refined: bool = False
    purpose: bool = False
    wanted: bool = False
    rate_start: int = -1
    feedback_end: int = -1
    discipline: bool = False
    foreign: bool = False
    share: bool = False
    body: bool = False
    self_check: bool = False
    year: str = ""
    years: int = 0
    last_end: int = 0
    closed: bool = True
    summed: bool = False
    still: bool = False
    topic: Noun | None = None

    def end_clause(self) -> None:
        self.clause += 1
        self.remainder = self.subset = self.each = self.outstanding = self.still = False
        self.feedback = self.planned = self.recovered = self.refined = self.purpose = self.share = False
        self.rate = ""

    def end_part(self) -> None:
        self.end_clause()
        self.body = self.self_check = False

    def end_sentence(self) -> None:
        self.end_part()
        self.sentence += 1
        self.topic = None
        self.listed = -1
        self.discipline = self.foreign = self.wanted = False
        self.year, self.years = "", 0


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
            if not (isinstance(before, Marker) and before.kind in ("subset", "remainder", "listed")):
                state.end_clause()
        case "semicolon" | "stop":
            state.end_part()
        case "open":
            near = offset + marker.start - state.last_end <= 2
            brackets.append(latest if near else -1)
        case "close":
            state.subset = False
            if brackets:
                brackets.pop()
        case "listed":
            state.listed = latest
        case "rate":
            state.rate, state.rate_start = marker.text, marker.start
        case "feedback":
            state.feedback, state.feedback_end = True, marker.end
            state.self_check = state.self_check and not marker.text.startswith("反馈")
        case "purpose":
            state.purpose = state.wanted = True
        case "own":
            state.foreign = state.share = state.body = False
        case "year":
            state.year = marker.text
        case "batch" | "foreign":
            state.foreign = True
        case "colon" | "enumeration" | "overlap" | "closing":
            pass
        case kind:
            setattr(state, kind, True)
