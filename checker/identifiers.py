"""What identifies a person: identity-card, bank-card and mobile numbers, and names with a telling word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from checker.contacts import contact_paragraphs
from checker.document import Identifier, Paragraph, Person
from checker.numerals import HALF_WIDTH
from checker.outline import Outline
from checker.resources import lexicon
from checker.scanning import pattern

_DIGITS = re.compile(r"(?<![0-9A-Za-z.*×])(?:\+?86[- ]?)?[0-9](?:[ -]?[0-9]){9,20}[Xx]?(?![0-9A-Za-z*×.])")
_MOBILE = re.compile(r"(?:\+?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})")
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
    contact = {paragraph.span for paragraph in contact_paragraphs(paragraphs, outline)}
    found: list[Identifier] = []
    for paragraph in paragraphs:
        text = paragraph.passage.text
        if len(text) < 11:
            continue
        plain = text.translate(HALF_WIDTH)
        for match in _DIGITS.finditer(plain):
            start, end = match.span()
            kind, valid = _kind(match.group())
            if (
                not kind
                or plain.startswith(tuple(_words()["identifier_not_after"]), end)
                or pattern(_words()["identifier_not_before"]).search(plain, max(0, start - 12), start)
            ):
                continue
            span = paragraph.passage.span(start, end)
            found.append(Identifier(span, text[start:end], kind, valid, paragraph.span in contact))
    return tuple(found)


def _kind(text: str) -> tuple[str, bool]:
    """The kind of number that a run of digits is ("" if none) and whether its checksum holds."""
    if _MOBILE.fullmatch(text):
        return "mobile", True
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) == 18 and _plausible_card(digits):
        return "id-card", _card_checks(digits)
    if digits.isdigit() and 16 <= len(digits) <= 19 and digits[:1] in "34569" and _luhn(digits):
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


@cache
def _named() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, search) for every way to name a person; group 1 is the name."""
    words = _words()

    def any_of(*keys: str) -> str:
        return pattern([word for key in keys for word in words[key]]).pattern

    given = f"[{words['given']}]{{1,2}}"
    name = f"((?:{any_of('double_surnames')}|[{words['surnames']}]){given})"
    edge = r"(?:(?<=^)|(?<=[，。；：、,;:（(\s]))"
    end = f"(?=[，。；、,;（(：:\\s]|$|{any_of('name_ends')})"
    links = f"(?:{any_of('sanction_links')})?"
    return (
        ("sanctioned", re.compile(f"(?:{any_of('sanction_before')}){name}(?:同志)?{links}(?:{any_of('sanctions')})")),
        ("sanctioned", re.compile(f"{edge}{name}(?:同志)?(?:被|受到)(?:给予)?(?:{any_of('sanctions')})")),
        ("pupil", re.compile(f"(?:{any_of('pupil_before')}){name}{end}")),
        ("pupil", re.compile(f"{edge}{name}(?:{any_of('pupil_after')})")),
        ("leader", re.compile(f"(?:{edge}|(?:{any_of('posts')})){name}(?:{any_of('comrade')})")),
        ("ordinary", re.compile(f"(?:{any_of('ordinary_before')}){name}{end}")),
    )


@cache
def _cues() -> tuple[str, ...]:
    words = _words()
    return (*words["sanctions"], *words["pupil_before"], *words["comrade"], *words["ordinary_before"])


def find_persons(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Person, ...]:
    """Persons whom a telling word beside the name gives away; names without one are not looked for."""
    del outline
    found: list[Person] = []
    for paragraph in paragraphs:
        text = paragraph.passage.text
        if paragraph.role != "furniture" and any(cue in text for cue in _cues()):
            found.extend(_persons(paragraph, text))
    return tuple(sorted(found, key=lambda person: person.span.start))


def _persons(paragraph: Paragraph, text: str) -> Iterator[Person]:
    seen: set[int] = set()
    barred = tuple(_words()["not_names"])
    for kind, search in _named():
        for match in search.finditer(text):
            start, end = match.span(1)
            name = match.group(1)
            if start in seen or name.startswith(barred):
                continue
            seen.add(start)
            yield Person(paragraph.passage.span(start, end), name, name, kind)
