"""Mentions of inspection teams, and the words that say which kind of inspection this was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from checker.document import ActWord, Inspector, Paragraph
from checker.names import mention_parser, words
from checker.numerals import HALF_WIDTH, read_number
from checker.outline import Outline
from checker.scanning import pattern, place_of

_REACH = 36
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


def find_inspectors(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Inspector, ...]:
    """Mentions of inspection teams that say whose or which; a bare 巡察组 is none, 六届区委第五轮巡察 is one.

    Two teams in one phrase (第一、第二巡察组) are two mentions in one place.
    """
    found: list[Inspector] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.role != "furniture":
            found.extend(_mentions(paragraph, place_of(index, paragraph, outline)))
    own = _own(found)
    return tuple(_scoped(mention, own) for mention in found)


@cache
def _tail() -> re.Pattern[str]:
    teams, acts = pattern(words()["teams"]).pattern, pattern(words()["inspections"]).pattern
    return re.compile(
        f"{teams}|(?:{acts})第?[{_NUMBER}]{{1,3}}组"
        f"|(?<=轮)次?[^，。；,;]{{0,6}}?(?:{acts})(?![^，。；,;]{{0,14}}组)"
    )


def _mentions(paragraph: Paragraph, where: str) -> Iterator[Inspector]:
    text = paragraph.passage.text
    early = where in ("title", "lead")
    stretches: list[tuple[int, int]] = []
    if "组" in text or "轮" in text:
        plain = text.translate(HALF_WIDTH)
        floor = 0
        for match in _tail().finditer(plain):
            stretches.append((_begin(plain, max(floor, match.start() - _REACH), match.start()), match.end()))
            floor = match.end()
    if not stretches and early and "审计" in text:
        plain = text.translate(HALF_WIDTH)
        stretches = [match.span() for match in pattern(words()["auditors"]).finditer(plain)][:1]
    for start, end in stretches:
        for team in _read(plain[start:end]):
            first, last = team.start + start, team.end + start
            inside = text.rfind("《", 0, first) > text.rfind("》", 0, first)
            clause = text[_begin(text, max(0, first - 20), first) : last]
            other = pattern(words()["other_inspection"]).search(clause) is not None
            for ordinal in team.ordinals or (None,):
                yield Inspector(
                    span=paragraph.passage.span(first, last),
                    text=text[first:last],
                    level=team.level,
                    place=team.place,
                    ordinal=ordinal,
                    session=team.session,
                    round=team.round,
                    kind=team.kind,
                    scope="other" if other else "report",
                    where="document" if inside else where if where in ("title", "lead") else "text",
                )


def _begin(text: str, low: int, high: int) -> int:
    """Where the clause that ends at ``high`` begins, not before ``low``."""
    return max(low, *(text.rfind(mark, low, high) + 1 for mark in _EDGES))


@lru_cache(maxsize=4096)
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
    whole = stretch in words()["auditors"]
    return (_Team(0, len(stretch), level=stretch, kind="审计"),) if whole and not teams else tuple(teams)


def _team(tokens: Sequence[Any]) -> _Team:
    while len(tokens) > 1 and tokens[0].type in ("JOIN", "INSPECTION", "MODE", "FIELD"):
        tokens = tokens[1:]
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
    if team.place and team.level[:1] in "省市区县州盟旗" and team.level:
        team = replace(team, place=team.place + team.level[:1])
    return team


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


def _scoped(mention: Inspector, own: Inspector | None) -> Inspector:
    """Outside title and opening a team of another level is another inspection's."""
    if own is None or mention.where in ("title", "lead") or not mention.level:
        return mention
    return mention if mention.level == own.level else replace(mention, scope="other")


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
    acts: list[ActWord] = []
    heading = ""
    for paragraph in paragraphs:
        text = paragraph.passage.text
        if paragraph.role == "heading":
            heading = text
        if paragraph.role == "furniture" or ("巡视" not in text and "巡察" not in text):
            continue
        mixed = pattern(words()["act_other"]).search(heading + "\n" + text) is not None
        for act in _acts(text, paragraph):
            if act.kind == kind or not mixed:
                acts.append(act)
    return tuple(acts)


def _acts(text: str, paragraph: Paragraph) -> Iterator[ActWord]:
    barred, barred_after = pattern(words()["act_barred"]), tuple(words()["act_after_barred"])
    for match in _ACT.finditer(text):
        start, end = match.span()
        if text.startswith(barred_after, end) or text.rfind("《", 0, start) > text.rfind("》", 0, start):
            continue
        clause = text[_begin(text, max(0, start - 12), start) : start]
        if barred.search(clause):
            continue
        closing = paragraph.role == "lead" and clause.endswith(tuple(words()["act_before"]))
        if closing or text.startswith(tuple(words()["act_after"]), end):
            yield ActWord(paragraph.passage.span(start, end), text[start:end], match.group())


_ACT = re.compile("巡[察视]")
