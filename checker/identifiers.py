"""What identifies a person: identity-card, bank-card and mobile numbers, and names with a telling word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from checker.contacts import contact_paragraphs
from checker.document import Identifier, Paragraph, Person
from checker.outline import Outline
from checker.regexes import kept_pattern, late
from checker.resources import lexicon
from checker.scanning import SENTENCE_END, join, pattern

_DIGITS = late(r"[0-9][0-9 -]{9,}[0-9Xx]")
_RUN = late(r"(?<![0-9A-Za-z.*×])(?:\+?86[- ]?)?[0-9](?:[ -]?[0-9]){9,20}[Xx]?(?![0-9A-Za-z*×.])")
_MOBILE = late(r"(?:\+?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})")
_PROVINCES = frozenset(
    (
        *(11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46),
        *(50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83),
    )
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@cache
def _words() -> dict[str, Any]:
    return lexicon("persons")


def find_identifiers(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Identifier, ...]:
    """Unmasked numbers of persons. Digits that are a document's, a sum's or a code's are left out."""
    joined = join(paragraphs)
    plain = joined.plain
    if not _DIGITS.search(plain):
        return ()
    contact = {paragraph.span for paragraph in contact_paragraphs(paragraphs, outline)}
    found: list[Identifier] = []
    for hit in _DIGITS.finditer(plain):
        for match in _RUN.finditer(plain, max(0, hit.start() - 1), hit.end() + 1):
            start, end = match.span()
            kind, valid = _kind(match.group())
            if kind and not _barred(plain, start, end):
                own = paragraphs[joined.index(start)].span in contact
                found.append(Identifier(joined.span(start, end), joined.text[start:end], kind, valid, own))
    return tuple(found)


def _barred(plain: str, start: int, end: int) -> bool:
    """Whether the words around, in the same sentence, say that the digits are no person's."""
    before = SENTENCE_END.split(plain[max(0, start - 12) : start])[-1]
    return (
        plain.startswith(tuple(_words()["identifier_not_after"]), end)
        or pattern(_words()["identifier_not_before"]).search(before) is not None
    )


def _kind(text: str) -> tuple[str, bool]:
    """The kind of number that a run of digits is ("" if none) and whether its checksum holds."""
    if _MOBILE.fullmatch(text):
        return "mobile", True
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) == 18 and _plausible_card(digits):
        return "id-card", _card_checks(digits)
    if digits.isdigit() and 16 <= len(digits) <= 19 and digits[:1] in "3456" and _luhn(digits):
        return "bank-card", True
    return "", False


def _plausible_card(digits: str) -> bool:
    """Whether region and birthday of an identity-card number are possible."""
    if not digits[:17].isdigit() or int(digits[:2]) not in _PROVINCES:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099


def _card_checks(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


# --- persons -----------------------------------------------------------------------------------------------


def _any_of(*keys: str) -> str:
    return "(?:" + pattern([word for key in keys for word in _words()[key]]).pattern + ")"


@cache
def _name() -> str:
    words = _words()
    return f"((?:{_any_of('double_surnames')}|[{words['surnames']}])[{words['given']}]{{1,2}})"


_EDGE = r"(?:^|(?<=[，。；：、,;:（(\s]))"


@kept_pattern
def _led() -> re.Pattern[str]:
    """A cue, the name (group 2) and a place where a name may end."""
    end = f"(?=[，。；、,;（(：:\\s]|$|{_any_of('name_ends', 'sanctions')}|等(?:{_any_of('pupil_after')}|[0-9一二两三四五六七八九十]))"
    return re.compile(f"({_any_of('pupil_before', 'ordinary_before')}){_name()}{end}", re.MULTILINE)


@kept_pattern
def _sanctioned() -> tuple[re.Pattern[str], ...]:
    links, sanctions = _any_of("sanction_links"), _any_of("sanctions")
    return (
        re.compile(
            f"{_any_of('sanction_before')}(?:[\u4e00-\u9fff]{{0,8}}?{_any_of('ordinary_before', 'posts')})?"
            f"{_name()}{_any_of('comrade')}?{links}?{sanctions}"
        ),
        re.compile(
            f"{_EDGE}{_name()}{_any_of('comrade')}?{_been_sanctioned()}",
            re.MULTILINE,
        ),
    )


def _been_sanctioned() -> str:
    return f"{_any_of('sanctioned')}{_any_of('sanction_links')}?{_any_of('sanctions')}"


@kept_pattern
def _sanctioning() -> tuple[re.Pattern[str], ...]:
    """How what stands behind the name begins: what surely does not match is not searched for names."""
    sanctions = _any_of("sanctions")
    return re.compile(sanctions), re.compile(_been_sanctioned())


@kept_pattern
def _followed() -> re.Pattern[str]:
    """A name before 同志 or 同学: from the edge or the post it follows."""
    return re.compile(f"(?:{_EDGE}|{_any_of('posts')}){_name()}$", re.MULTILINE)


def find_persons(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Person, ...]:
    """Persons whom a telling word beside the name gives away; names without one are not looked for."""
    del outline
    joined = join(paragraphs)
    found: dict[int, Person] = {}
    for start, end, kind in _persons(joined.text):
        name = joined.text[start:end]
        role = paragraphs[joined.index(start)].role
        if role != "furniture" and not name.startswith(tuple(_words()["not_names"])):
            found.setdefault(start, Person(joined.span(start, end), name, name, kind))
    return tuple(found[start] for start in sorted(found))


def _persons(text: str) -> Iterator[tuple[int, int, str]]:
    words = _words()
    for telling, search in zip(_sanctioning(), _sanctioned(), strict=True):
        for match in search.finditer(text) if telling.search(text) else ():
            yield *match.span(1), "sanctioned"
    for match in _led().finditer(text):
        yield *match.span(2), "pupil" if match.group(1) in words["pupil_before"] else "ordinary"
    for key, kind in (("comrade", "leader"), ("pupil_after", "pupil")):
        for cue in words[key]:
            at = text.find(cue)
            while at >= 0:
                low = max(0, at - 8)
                if named := _followed().search(text[low:at]):
                    yield low + named.start(1), at, kind
                at = text.find(cue, at + 1)
