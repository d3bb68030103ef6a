"""Cited documents 《…》 and document numbers 〔2018〕20号."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from checker.document import CitedDocument, DocumentNumber, Paragraph, Stretch
from checker.names import mention_parser, words
from checker.organizations import read_name
from checker.outline import Outline
from checker.records import dataclass
from checker.regexes import kept_pattern, late
from checker.scanning import half_width, join, pattern

_BLANKS = late(r"\s+")
_MASKS = late(r"[*＊×]|[xX]{2}")
_LONG = 12
_SHORT = 6
_FAR = 20
_MOST = 100
"""With so many names of its kind before it a name is compared."""
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
    known = _Known({}, {}, {})
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
            like = None if parts.name in seen else _like(parts, known)
            head, about, _ = parts.name.partition(words()["about"])
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
            if parts.name not in seen and len(seen) < _CITED_AT_MOST:
                seen[parts.name] = Stretch(span, text[start:end])
                known.add(parts)
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


@kept_pattern
def _kinds() -> re.Pattern[str]:
    return re.compile(f"(?:{pattern(words()['document_kinds']).pattern})$")


@lru_cache(maxsize=1024)
def _parts(name: str) -> _Name:
    plain = half_width(name)
    for note in _notes():
        plain = plain.removesuffix(note)
    match = _kinds().search(plain)
    return _Name(plain, plain[: match.start()] if match else plain, match.group() if match else "")


@dataclass(frozen=True, slots=True)
class _Known:
    """The names cited so far: by kind; whole names by their stems; and names without a kind."""

    kinds: dict[str, list[_Name]]
    stems: dict[str, str]
    kindless: dict[str, str]

    def add(self, parts: _Name) -> None:
        self.kinds.setdefault(parts.kind, []).append(parts)
        (self.stems if parts.kind else self.kindless).setdefault(parts.stem, parts.name)


def _like(parts: _Name, known: _Known) -> str | None:
    """The earlier name that ``parts`` is surely meant to be: its kind lost, or a character or two away."""
    if _MASKS.search(parts.name):
        return None
    lost = known.kindless.get(parts.stem) if parts.kind else known.stems.get(parts.stem)
    if lost is not None and len(parts.stem) >= _LONG // 2:
        return lost
    for other in known.kinds.get(parts.kind, [])[-_MOST:]:
        if _close(parts.stem, other.stem):
            return other.name
    return None


@cache
def _confusables() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in words()["document_confusables"])


def _close(a: str, b: str) -> bool:
    """Whether two long stems differ by one character (by two if very long) that tells nothing; shorter ones by one
    character that is taken for the other."""
    shorter = min(len(a), len(b))
    if shorter < _SHORT or abs(len(a) - len(b)) > 2:
        return False
    half = shorter // 2 - 1
    if a[:half] != b[:half] and a[-half:] != b[-half:]:
        return False
    head = 0
    while head < shorter and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < shorter - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    gone, come = a[head : len(a) - tail], b[head : len(b) - tail]
    if shorter < _LONG:
        return frozenset((gone, come)) in _confusables()
    if max(len(gone), len(come)) > (2 if shorter >= _FAR else 1):
        return False
    contrasts = words()["document_contrasts"]
    return not any(char in contrasts or char in "*＊×xX" for char in gone + come)


@kept_pattern
def _number() -> re.Pattern[str]:
    end, others = words()["number_end"], pattern(words()["number_of_other"]).pattern
    return re.compile(
        rf"[〔\[(（【{{] *(?:19|20)[0-9０-９]{{2}} *[〕\])）】}}] *第? *[0-9０-９]+ *{end}(?!{others})"
    )


def find_document_numbers(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[DocumentNumber, ...]:
    """Document numbers as written, also ill-formed ones (wrong brackets, 第, leading zeros)."""
    del outline
    joined = join(paragraphs)
    found: list[DocumentNumber] = []
    for match in _number().finditer(joined.text) if words()["number_end"] in joined.text else ():
        tree = mention_parser().parse(half_width(match.group()), start="document_number")
        tokens = {token.type: str(token).strip() for token in tree.children}
        closed = next(char for char in match.group()[1:] if char in "〕])）】}")
        found.append(
            DocumentNumber(
                span=joined.span(*match.span()),
                text=match.group(),
                brackets=match.group()[0] + closed,
                year=tokens["YEAR"],
                number=tokens["SERIAL"],
                ordinal="NTH" in tokens,
                zeros=tokens["SERIAL"].startswith("0"),
            )
        )
    return tuple(found)
