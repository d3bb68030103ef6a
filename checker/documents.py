"""Cited documents 《…》 and document numbers 〔2018〕20号."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from checker.document import CitedDocument, DocumentNumber, Paragraph, Stretch
from checker.names import mention_parser, words
from checker.numerals import HALF_WIDTH
from checker.organizations import read_name
from checker.outline import Outline
from checker.scanning import pattern

_BLANKS = re.compile(r"\s+")
_MASKS = re.compile(r"[*＊×]|[xX]{2}")
_NUMBER = re.compile(r"[〔\[(（【{] *(?:19|20)\d\d *[〕\])）】}] *第? *\d+ *号(?!楼|院|线|房|门|车)")
_LONG = 12
_FAR = 20
_CITED_AT_MOST = 300


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a document taken apart: ``stem`` is all before ``kind``; notes like （试行） are gone."""

    name: str
    stem: str
    kind: str


def find_documents(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[CitedDocument, ...]:
    """Cited documents in order, nested ones not apart; each knows an earlier one that it nearly equals."""
    del outline
    seen: dict[str, Stretch] = {}
    found: list[CitedDocument] = []
    for paragraph in paragraphs:
        text = paragraph.passage.text
        if "《" not in text or paragraph.role == "furniture":
            continue
        for start, end in _marked(text):
            inner = text[start + 1 : end - 1].strip()
            if not inner:
                continue
            span = paragraph.passage.span(start, end)
            parts = _parts(_BLANKS.sub("", inner))
            like = None if parts.name in seen else _like(parts, seen)
            head, about, _ = parts.name.partition("关于")
            organization = read_name(head) if about and head else None
            found.append(
                CitedDocument(
                    span=span,
                    text=text[start:end],
                    name=inner,
                    kind=parts.kind,
                    organization=organization.name if organization else "",
                    like=seen[like] if like else None,
                    like_name=like or "",
                )
            )
            if len(seen) < _CITED_AT_MOST:
                seen.setdefault(parts.name, Stretch(span, text[start:end]))
    return tuple(found)


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """The outermost 《…》 of a paragraph; one that is never closed is left out."""
    depth, start = 0, 0
    for match in re.finditer("[《》]", text):
        if match.group() == "《":
            if depth == 0:
                start = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, match.end()


@cache
def _notes() -> tuple[str, ...]:
    return tuple(words()["document_notes"])


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(f"(?:{pattern(words()['document_kinds']).pattern})$")


@lru_cache(maxsize=4096)
def _parts(name: str) -> _Name:
    plain = name.translate(HALF_WIDTH)
    for note in _notes():
        plain = plain.removesuffix(note)
    match = _kinds().search(plain)
    return _Name(plain, plain[: match.start()] if match else plain, match.group() if match else "")


def _like(parts: _Name, seen: dict[str, Stretch]) -> str | None:
    """The earlier name that ``parts`` is surely meant to be: its kind lost, or a character or two away."""
    for name in seen:
        if _one_lost_its_kind(parts, _parts(name)) or _close(parts, _parts(name)):
            return name
    return None


def _one_lost_its_kind(one: _Name, other: _Name) -> bool:
    if bool(one.kind) == bool(other.kind) or _MASKS.search(one.name + other.name):
        return False
    whole, part = (one, other) if one.kind else (other, one)
    return len(part.name) >= _LONG // 2 and part.name == whole.stem


def _close(one: _Name, other: _Name) -> bool:
    """Whether two long names of one kind differ by one character (by two if very long) that tells nothing."""
    a, b = one.stem, other.stem
    if one.kind != other.kind or min(len(a), len(b)) < _LONG or abs(len(a) - len(b)) > 2:
        return False
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    gone, come = a[head : len(a) - tail], b[head : len(b) - tail]
    allowed = 2 if min(len(a), len(b)) >= _FAR else 1
    if max(len(gone), len(come)) > allowed or not gone + come:
        return False
    contrasts = words()["document_contrasts"]
    return not any(char in contrasts or char in "*＊×xX" for char in gone + come)


def find_document_numbers(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[DocumentNumber, ...]:
    """Document numbers as written, also ill-formed ones (wrong brackets, 第, leading zeros)."""
    del outline
    found: list[DocumentNumber] = []
    for paragraph in paragraphs:
        text = paragraph.passage.text
        if "号" not in text:
            continue
        for match in _NUMBER.finditer(text):
            tree = mention_parser().parse(match.group().translate(HALF_WIDTH), start="document_number")
            tokens = {token.type: str(token).strip() for token in tree.children}
            opened, closed = match.group()[0], match.group().lstrip("〔[(（【{")
            found.append(
                DocumentNumber(
                    span=paragraph.passage.span(*match.span()),
                    text=match.group(),
                    brackets=opened + next(char for char in closed if char in "〕])）】}"),
                    year=tokens["YEAR"],
                    number=tokens["SERIAL"],
                    ordinal="NTH" in tokens,
                    zeros=tokens["SERIAL"].startswith("0"),
                )
            )
    return tuple(found)
