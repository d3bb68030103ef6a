"""Ways to reach the organization: phones, mail boxes, addresses, and the block they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from checker.document import Contact, Paragraph, Stretch
from checker.outline import Outline
from checker.regexes import kept_pattern
from checker.regions import own_regions, region_names, serves_area, serves_postcode, territory_ends
from checker.resources import lexicon
from checker.scanning import among, half_width, pattern, spaced
from checker.source import Span
from checker.tables import Parser, Terminals, parser

_LABELS = {
    "PHONE_LABEL": "phone",
    "FAX_LABEL": "fax",
    "EMAIL_LABEL": "email",
    "BOX_LABEL": "box",
    "ADDRESS_LABEL": "address",
    "POSTCODE_LABEL": "postcode",
    "EITHER_LABEL": "either",
    "OTHER_LABEL": "other",
}
_LAST = 15
_REACH = 400
_MASKS = "*×"


def find_contacts(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Contact, ...]:
    """The contacts at the end of a report, in order; what has no label and no form of its own is none.

    Where the issuing organization names no territory that is known (a college may bear the name of a place where
    it is not), the address tells where it is; nobody knows if it is in a place that is not known.
    """
    told = contact_paragraphs(paragraphs, outline)
    own = outline.title.organization if outline.title else ""
    found = [contact for paragraph in told for contact in _contacts(paragraph, own)]
    if own_regions(own) and any(end in own for end in territory_ends()):
        return tuple(found)
    places = (
        _beginning().match(contact.value) for contact in found if contact.kind in ("address", "postal-box")
    )
    stated = " ".join(place.group() for place in places if place)
    if not stated:
        return tuple(found)
    return tuple(contact for paragraph in told for contact in _contacts(paragraph, stated))


@kept_pattern
def _beginning() -> re.Pattern[str]:
    """A place at the beginning of an address."""
    return re.compile(f"[\u4e00-\u9fff]{{0,16}}?[{''.join(territory_ends())}]")


def find_contact_block(
    paragraphs: Sequence[Paragraph], outline: Outline, contacts: Sequence[Contact]
) -> Stretch | None:
    """The paragraphs from the first contact to the last."""
    del outline
    if not contacts:
        return None
    first, last = contacts[0].span.start, contacts[-1].span.end
    inside = [
        paragraph for paragraph in paragraphs if paragraph.span.end > first and paragraph.span.start < last
    ]
    return _stretch(inside)


def find_welcome(paragraphs: Sequence[Paragraph], outline: Outline) -> Stretch | None:
    """The words that invite readers to watch and to answer."""
    words = _words()
    for index in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[index]
        text = paragraph.passage.text
        close = among(index, outline.tail) or len(paragraphs) - index <= _LAST
        if paragraph.role == "welcome" or (
            close
            and paragraph.role not in ("furniture", "heading")
            and (match := pattern(words["welcome"]).search(text))
            and pattern(words["welcome_to"]).search(text, match.end())
        ):
            return Stretch(paragraph.span, paragraph.text)
    return None


def _stretch(paragraphs: Sequence[Paragraph]) -> Stretch | None:
    if not paragraphs:
        return None
    span = Span(paragraphs[0].span.start, paragraphs[-1].span.end)
    return Stretch(span, "\n".join(paragraph.text for paragraph in paragraphs))


@cache
def _words() -> dict[str, Any]:
    return lexicon("contacts")


@cache
def _parser() -> Parser:
    return parser("contact", _terminals)


def _terminals() -> Terminals:
    words = _words()
    return {f"{name}.10": spaced(words[key]) for name, key in _LABELS.items()}


@kept_pattern
def _label() -> re.Pattern[str]:
    return pattern([word for key in _LABELS.values() for word in spaced(_words()[key])])


@kept_pattern
def _labelled() -> re.Pattern[str]:
    return re.compile(f"(?:{_label().pattern})[ )]*:|^ *(?:{_label().pattern}) *[0-9(+]")


def contact_paragraphs(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Paragraph, ...]:
    """The paragraphs that may hold contacts: those said to; without any, labelled ones among the last."""
    told = tuple(
        paragraph
        for index, paragraph in enumerate(paragraphs)
        if among(index, outline.tail) or paragraph.role in ("contact", "welcome")
    )
    return told or tuple(
        paragraph
        for paragraph in paragraphs[-_LAST:]
        if paragraph.role not in ("furniture", "title", "lead", "issuer", "heading")
        and _labelled().search(half_width(paragraph.passage.text[-_REACH:]))
    )


def _contacts(paragraph: Paragraph, own: str) -> Iterator[Contact]:
    """The contacts of a paragraph; ``own`` are the words that say where the organization is."""
    text = paragraph.passage.text
    plain = half_width(text)
    label = _label().search(plain)
    start = label.start() if label else 0
    if label is None and not re.search(r"[0-9]{5}|@", plain):
        return
    for kind, first, last, name, area, fault in _read(plain[start:]):
        value = text[start + first : start + last]
        codes: tuple[str, ...] = ()
        agrees = True
        if area:
            codes, agrees = region_names(area, "area"), serves_area(own, area)
        elif kind == "postcode" and not fault and value.isdigit():
            codes, agrees = region_names(value, "postcode"), serves_postcode(own, value)
        yield Contact(
            span=paragraph.passage.span(start + first, start + last),
            text=value,
            kind=kind,
            value=value.strip(),
            label=name,
            area_code=area,
            fault=fault,
            region=codes,
            agrees=agrees,
        )


_Read = tuple[str, int, int, str, str, str]


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[_Read, ...]:
    """(kind, start, end, label, area code, fault) of every contact in ``text``."""
    found: list[_Read] = []
    loose: list[Any] = []
    for node in _parser().parse(text).children:
        if getattr(node, "data", None) != "section":
            loose.append(node)
            continue
        if loose:
            found.extend(_loose(loose, "", "either"))
            loose = []
        token, *colon = node.children[0].children
        found.extend(_section(token, _LABELS[token.type], bool(colon), node.children[1:]))
    if loose:
        found.extend(_loose(loose, "", "either"))
    return tuple(found)


def _section(label: Any, key: str, colon: bool, items: Sequence[Any]) -> Iterator[_Read]:
    """What one label introduces; with a colon after it, nothing is a fault."""
    name = "".join(str(label).split())
    if key == "other":
        yield from _loose(items, name, "email-only")
        return
    if key in ("address", "box"):
        mails = list(_loose(items, name, "email-only"))
        if key == "box" and mails:
            yield from mails
        elif colon:
            yield from _place(label, name, key, items)
        return
    if key == "postcode":
        codes = [node for node in items if getattr(node, "data", None) == "number"]
        if codes:
            first, last = _bounds(codes[0])
            digits = "".join(str(part) for part in codes[0].children)
            masked = any(mark in digits for mark in _MASKS)
            fault = "" if masked or (digits.isdigit() and len(digits) == 6) else "length"
            yield "postcode", first, last, name, "", fault
        elif colon:
            yield "postcode", label.start_pos, label.end_pos, name, "", "empty"
        return
    values = list(_loose(items, name, key))
    coded = any(value[4] for value in values)
    for kind, first, last, label_name, area, fault in values:
        yield kind, first, last, label_name, area, "" if coded and fault == "no-area-code" else fault
    if not values and colon and key != "either":
        yield key, label.start_pos, label.end_pos, name, "", "empty"


def _place(label: Any, name: str, key: str, items: Sequence[Any]) -> Iterator[_Read]:
    """An address or mail box: all up to a semicolon, a full stop or the next label."""
    kept: list[Any] = []
    for node in items:
        if getattr(node, "type", "") == "STOP":
            break
        kept.append(node)
    edges = " \t,、(.-"
    while kept and not hasattr(kept[-1], "data") and not str(kept[-1]).strip(edges):
        kept.pop()
    while kept and not hasattr(kept[0], "data") and not str(kept[0]).strip(edges):
        kept.pop(0)
    kind = "postal-box" if key == "box" else "address"
    if kept:
        yield kind, _bounds(kept[0])[0], _bounds(kept[-1])[1], name, "", ""
    else:
        yield kind, label.start_pos, label.end_pos, name, "", "empty"


def _bounds(node: Any) -> tuple[int, int]:
    if hasattr(node, "data"):
        return node.children[0].start_pos, node.children[-1].end_pos
    return node.start_pos, node.end_pos


def _loose(items: Sequence[Any], name: str, key: str) -> Iterator[_Read]:
    """Phones and e-mails among ``items``; ``key`` says which are expected."""
    for node in items:
        if getattr(node, "data", None) == "number":
            if key in ("phone", "fax", "either"):
                yield from _phone(node.children, name, key)
        elif getattr(node, "type", "") in ("EMAIL", "EMAILISH"):
            masked = any(mark in str(node) for mark in _MASKS)
            fault = "" if node.type == "EMAIL" or masked else "syntax"
            if node.type == "EMAIL" or "@" in str(node) or key == "email":
                yield "email", node.start_pos, node.end_pos, name, "", fault


def _phone(tokens: Sequence[Any], name: str, key: str) -> Iterator[_Read]:
    parts = {token.type: token for token in tokens}
    first, last = tokens[0].start_pos, tokens[-1].end_pos
    kind = "fax" if key == "fax" else "phone"
    area = "".join(char for char in str(parts.get("AREA", "")) if char.isdigit())
    area = area[2:] if area.startswith("86") else area
    if "MOBILE" in parts and not area:
        yield "mobile" if kind == "phone" else kind, first, last, name, "", ""
        return
    if "SERVICE" in parts:
        yield kind, first, last, name, area, ""
        return
    if "LETTERED" in parts:
        yield kind, first, last, name, area, "digits"
        return
    local = parts.get("DIGITS") or parts["MOBILE"]
    count = sum(char.isdigit() or char in _MASKS for char in str(local))
    masked = any(mark in str(local) for mark in _MASKS)
    if count < 5 and not (masked and name):
        return
    if not name and not area:
        return
    yield kind, first, last, name, area, "" if masked else _phone_fault(area, count)


def _phone_fault(area: str, count: int) -> str:
    if not area:
        return "no-area-code" if count in (7, 8) else "" if count in (5, 6) else "length"
    return "" if count == 8 or (count == 7 and len(area) == 4) else "length"
