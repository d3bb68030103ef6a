"""Mentions of inspection teams, and the words that say which kind of inspection this was."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from checker.document import ActWord, Inspector, Paragraph
from checker.names import mention_parser, words
from checker.numerals import read_number
from checker.outline import Outline
from checker.records import dataclass, replace
from checker.regexes import kept_pattern, late
from checker.regions import is_place, territory_ends
from checker.scanning import Joined, join, pattern, place_of

_REACH = 36
_FAR = 2_000
_NUMBER = "0-9一二三四五六七八九十"
_EDGES = "，。；：,;:！？!?\n《》〈〉<>"


@dataclass(frozen=True, slots=True)
class _Team:
    """A team as its words say, by offsets in the stretch."""

    start: int
    end: int
    level: str = ""
    place: str = ""
    ordinals: tuple[int, ...] = ()
    session: int | None = None
    round: int | None = None
    kind: str = ""


_Placed = tuple[Inspector, int, int]


def find_inspectors(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Inspector, ...]:
    """Mentions of inspection teams that say whose or which; a bare 巡察组 is none, 六届区委第五轮巡察 is one.

    Two teams in one phrase (第一、第二巡察组) are two mentions in one place.
    """
    joined = join(paragraphs)
    placed = [
        mention for start, end in _stretches(joined) for mention in _mentions(joined, start, end, outline)
    ]
    found = [mention for mention, _, _ in placed] or list(_auditors(joined, outline))
    own = _own(found)
    others = _others(joined.text, placed, own) if own else frozenset()
    return tuple(_scoped(mention, own, others) for mention in found)


@kept_pattern
def _tail() -> re.Pattern[str]:
    teams = map(re.escape, sorted(words()["teams"], key=len, reverse=True))
    acts = map(re.escape, sorted(words()["inspections"], key=len, reverse=True))
    end = words()["team_end"]
    return re.compile("|".join([*teams, *(f"{act}第?[{_NUMBER}]{{1,3}}{end}" for act in acts)]))


@kept_pattern
def _round() -> re.Pattern[str]:
    acts = pattern(words()["inspections"]).pattern
    rounds, end = pattern(words()["rounds"]).pattern, words()["team_end"]
    return re.compile(f"(?:{rounds})[^，。；,;\n]{{0,6}}?(?:{acts})(?![^，。；,;\n]{{0,14}}{end})")


def _stretches(joined: Joined) -> list[tuple[int, int]]:
    """The clauses that end in a team or in a round of inspection, cut to a modest length."""
    plain = joined.plain
    ends = sorted(match.span() for search in (_tail(), _round()) for match in search.finditer(plain))
    stretches, floor = [], 0
    for start, end in ends:
        if start >= floor:
            stretches.append((_begin(plain, max(floor, start - _REACH), start), end))
            floor = end
    return stretches


def _mentions(joined: Joined, start: int, end: int, outline: Outline) -> Iterator[_Placed]:
    """The mentions in a stretch, with their offsets in the joined text."""
    index = joined.index(start)
    paragraph = joined.paragraphs[index]
    if paragraph.role == "furniture":
        return
    where = place_of(index, paragraph, outline)
    where = where if where in ("title", "lead") else "text"
    for team in _read(joined.plain[start:end]):
        first, last = team.start + start, team.end + start
        clause = joined.text[_begin(joined.text, max(0, first - 20), first) : last]
        other = pattern(words()["other_inspection"]).search(clause) is not None
        for ordinal in team.ordinals or (None,):
            mention = Inspector(
                span=joined.span(first, last),
                text=joined.text[first:last],
                level=team.level,
                place=team.place,
                ordinal=ordinal,
                session=team.session,
                round=team.round,
                kind=team.kind,
                scope="other" if other else "report",
                where="document" if joined.inside_document(first) else where,
            )
            yield mention, first, last


def _auditors(joined: Joined, outline: Outline) -> Iterator[Inspector]:
    """Auditing bodies, which have no teams, where the title or the opening names them."""
    kind = words()["auditor_kind"]
    if kind not in joined.text:
        return
    for match in pattern(words()["auditors"]).finditer(joined.text):
        index = joined.index(match.start())
        where = place_of(index, joined.paragraphs[index], outline)
        if where in ("title", "lead"):
            span = joined.span(*match.span())
            level = match.group()
            yield Inspector(span, level, level, "", None, None, None, kind, "report", where)


def _begin(text: str, low: int, high: int) -> int:
    """Where the clause that ends at ``high`` begins, not before ``low``."""
    return low + max(map(text[low:high].rfind, _EDGES)) + 1


@lru_cache(maxsize=1024)
def _read(stretch: str) -> tuple[_Team, ...]:
    """The teams that a stretch names; those with neither level, number nor round are left out."""
    teams = []
    for node in mention_parser().parse(stretch, start="inspectors").children:
        kind = getattr(node, "data", None)
        if kind == "team":
            team = _team(node.children)
            if team.level or team.ordinals or team.session or team.round:
                teams.append(team)
        elif kind == "phrase":
            team = _team(node.children)
            if team.round and team.kind and (team.level or team.session):
                teams.append(team)
    return tuple(teams)


def _team(tokens: Sequence[Any]) -> _Team:
    tokens = list(tokens)
    while len(tokens) > 1 and (tokens[0].type in _INNER or _no_place(tokens)):
        tokens.pop(0)
    team = _Team(tokens[0].start_pos, tokens[-1].end_pos)
    for token in tokens:
        value = str(token)
        if token.type == "HOME":
            team = replace(team, place=team.place + value)
        elif token.type in ("LEVEL", "GOVERNMENT"):
            team = replace(team, level=value)
        elif token.type == "SESSION":
            team = replace(team, session=_integer(value))
        elif token.type == "ROUND":
            team = replace(team, round=_integer(value))
        elif token.type == "ORDINAL":
            team = replace(team, ordinals=(*team.ordinals, _integer(value)))
        elif token.type in ("TEAM", "NUMBERED_TEAM", "INSPECTION"):
            kind = next((kind for kind in words()["inspections"] if kind in value), "")
            team = replace(team, kind=kind)
            if token.type == "NUMBERED_TEAM":
                team = replace(team, ordinals=(_integer(value),))
    if team.place and team.level and team.level[0] in territory_ends():
        team = replace(team, place=team.place + team.level[:1])
    return team


_INNER = ("JOIN", "INSPECTION", "MODE", "FIELD")


def _no_place(tokens: Sequence[Any]) -> bool:
    """Whether what stands where a place should is none that is known."""
    if tokens[0].type != "HOME":
        return False
    name = str(tokens[0])
    level = str(tokens[1])[:1] if tokens[1].type == "LEVEL" else ""
    return not is_place(name) and not is_place(name + level)


def _integer(text: str) -> int:
    digits = "".join(char for char in text if char in "0123456789〇零一二三四五六七八九十")
    return int(read_number(digits) or 0)


def _own(found: Sequence[Inspector]) -> Inspector | None:
    """The team that inspected: the first in the opening, else in the title, else anywhere."""
    for where in ("lead", "title", "text"):
        for mention in found:
            if mention.where == where and mention.scope == "report" and mention.level:
                return mention
    return None


def _others(text: str, placed: Sequence[_Placed], own: Inspector) -> frozenset[int]:
    """The numbers of further teams that inspected: named together with the first, or with an inspection of their
    own (2023年…第一巡察组对…开展巡察。2024年…第四巡察组对…开展“回头看”)."""
    lead = [item for item in placed if item[0].where == "lead" and item[0].ordinal is not None]
    numbers: set[int] = set()
    for index, (mention, start, end) in enumerate(lead):
        before = lead[index - 1] if index else None
        later = (lead[at][1] for at in range(index + 1, len(lead)))
        after = next((place for place in later if place >= end), len(text))
        joint = before is not None and (
            before[1] == start or text[before[2] : start] in ("、", *words()["joining"])
        )
        if joint or _conducts().search(text, end, min(after, end + _CLAUSE, _stop(text, end))):
            numbers.add(mention.ordinal or 0)
    return frozenset(numbers - {own.ordinal or 0})


def _stop(text: str, start: int) -> int:
    """Where the sentence that goes on at ``start`` ends."""
    end = _END.search(text, start, start + _CLAUSE)
    return end.start() if end else start + _CLAUSE


_CLAUSE = 120
_END = late("[。\n]")
_CLAUSE_END = late("[，；。]")


@kept_pattern
def _conducts() -> re.Pattern[str]:
    begin, to, acts = (
        f"(?:{pattern(words()[key]).pattern})" for key in ("inspected_from", "inspected_to", "inspections")
    )
    return re.compile(f"{begin}[^。]{{2,80}}?{to}[^，。]{{0,20}}?{acts}")


def _scoped(mention: Inspector, own: Inspector | None, others: frozenset[int]) -> Inspector:
    """A team of another level is another inspection's: outside title and opening, and there too if its kind is
    another (巡视联动巡察), and where it bears another number; so are the further teams ``others`` that inspected."""
    if own is not None and mention.ordinal in others and mention.level in ("", own.level):
        return replace(mention, scope="other")
    if own is None or not mention.level or mention.level == own.level:
        return mention
    named = mention.ordinal is not None and mention.ordinal == own.ordinal
    if (mention.where in ("title", "lead") or named) and mention.kind == own.kind:
        return mention
    return replace(mention, scope="other")


# --- acts --------------------------------------------------------------------------------------------------


def find_acts(
    paragraphs: Sequence[Paragraph], outline: Outline, inspectors: Sequence[Inspector]
) -> tuple[ActWord, ...]:
    """Each 巡察 or 巡视 that speaks of this report's own inspection.

    A word of the other kind than the team's (or the title's) counts only where nothing near it speaks of an
    inspection by others.
    """
    own = _own(inspectors)
    kind = own.kind if own else outline.title.inspection if outline.title else ""
    joined = join(paragraphs)
    mixed = _mixed(joined, [own.text, own.level + own.kind] if own else [])
    return tuple(
        ActWord(
            span=joined.span(start, end),
            text=word,
            kind=word,
            team=joined.text.startswith(words()["team_end"], end),
            lead=joined.paragraphs[joined.index(start)].role == "lead",
        )
        for start, end, word in _acts(joined)
        if word == kind or not mixed(start)
    )


def _acts(joined: Joined) -> Iterator[tuple[int, int, str]]:
    text = joined.text
    after, barred_after = tuple(words()["act_after"]), tuple(words()["act_after_barred"])
    before, barred = tuple(words()["act_before"]), _barred()
    for match in pattern(words()["acts"]).finditer(text):
        start, end = match.span()
        followed = text.startswith(after, end)
        if not followed and not text.endswith(before, 0, start):
            continue
        if text.startswith(barred_after, end):
            continue
        clause = text[_begin(text, max(0, start - 12), start) : start]
        role = joined.paragraphs[joined.index(start)].role
        if barred.search(clause) or role == "furniture" or not (followed or role == "lead"):
            continue
        if not joined.inside_document(start):
            yield start, end, match.group()


@kept_pattern
def _barred() -> re.Pattern[str]:
    """What before an act tells of other inspections: these words, or another act that names no team."""
    acts, end = pattern(words()["acts"]).pattern, words()["team_end"]
    return re.compile(f"{pattern(words()['act_barred']).pattern}|(?:{acts})(?!{end})")


def _mixed(joined: Joined, own: Sequence[str]) -> Callable[[int], bool]:
    """Tells of an offset whether its paragraph, or the heading above that, speaks of inspections by others than
    ``own``, the words for the report's."""
    headings = [index for index, one in enumerate(joined.paragraphs) if one.role == "heading"]

    @cache
    def others_in(number: int) -> bool:
        above = bisect_right(headings, number)
        heading = joined.paragraphs[headings[above - 1]].passage.text[:_FAR] if above else ""
        text = heading + "\n" + joined.paragraphs[number].passage.text
        for said in own:
            text = text.replace(said, "")
        return pattern(words()["act_other"]).search(text) is not None

    def mixed(offset: int) -> bool:
        number = joined.index(offset)
        if others_in(number):
            return True
        within = offset - joined.starts[number]
        paragraph = joined.paragraphs[number].passage.text
        start = paragraph.rfind("。", max(0, within - _FAR), within) + 1
        end = _CLAUSE_END.search(paragraph, within, within + _FAR)
        said = paragraph[start or max(0, within - _FAR) : end.start() if end else within + _FAR]
        return pattern(words()["act_other_near"]).search(said) is not None

    return mixed
