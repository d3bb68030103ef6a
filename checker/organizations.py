"""Mentions of Party organizations and offices, above all of the issuing body, and their short forms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from checker.document import Organization, Paragraph, ShortForm, Stretch
from checker.names import mention_parser, words
from checker.outline import Outline
from checker.passages import index_at
from checker.records import dataclass, replace
from checker.regexes import kept_pattern, late
from checker.scanning import FAR, Joined, half_width, join, pattern, place_of
from checker.source import in_text
from checker.tables import UnexpectedError

_STRETCH = late(r"[^，。；：、“”‘’\"（）()《》〈〉<>【】,;:!?！？\s*]{2,48}")
_CALLED = late(r"[（(]([^（）()\n]{1,6}?称(?:为)?[^（）()\n]{1,40})[）)]")
_BLANKS = late(r"\s+")
_DAY = late("[0-9０-９]|二[〇零○]")
_LONG = 6
_MOST_FORMS = 100
_MOST_EARLY = 100
"""Of so many short forms the use is followed; a report declares a handful."""
_HIDDEN = late(r"[*＊×Xx]|^某|某[市县区省局校]")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a body: ``core`` without 中共 and without the Party suffix, which is ``suffix``; ``length``
    in the text that was read."""

    name: str
    core: str
    suffix: str
    party: bool
    length: int


@lru_cache(maxsize=1024)
def read_name(text: str) -> Name | None:
    """The name with which ``text`` begins, or None if it begins with none."""
    tree = mention_parser().parse(text, start="organization")
    core, suffix, length, party = "", "", 0, False
    tokens = list(tree.children)
    for token in tokens:
        kind = getattr(token, "data", None) or token.type
        if kind == "PARTY":
            party, length = True, token.end_pos
        elif kind == "body":
            suffix = "".join(str(part) for part in token.children)
            length = token.children[-1].end_pos
            break
        elif kind in ("OFFICE", "TERRITORY", "FILLER"):
            core, length = core + str(token), token.end_pos
        else:
            break
    if not suffix and core.endswith(tuple(words()["territories"])):
        core, suffix = core[:-1], core[-1]
    if not core:
        return None
    return Name(text[:length], core, suffix, party or bool(suffix), length)


@lru_cache(maxsize=1024)
def read_whole_name(text: str) -> Name | None:
    """The name that all of ``text`` is (a title's organization, a signature): 和 and the like cut nothing."""
    plain = _BLANKS.sub("", text).rpartition("】")[2]
    prefix = next((word for word in words()["party"] if plain.startswith(word)), "")
    rest = plain[len(prefix) :]
    name = read_name(plain)
    if name is None or name.length == len(plain) or not rest:
        return name
    ending = pattern(words()["party_bodies"])
    last = next((match for match in ending.finditer(rest) if match.end() == len(rest)), None)
    core, suffix = (rest[: last.start()], last.group()) if last and last.start() else (rest, "")
    return Name(plain, core, suffix, bool(prefix or suffix), len(plain))


def issuing_body(outline: Outline) -> Name | None:
    """The issuing body: the title's organization, else the issuer line."""
    for text in (
        outline.title.organization if outline.title else "",
        outline.issuer.text if outline.issuer else "",
    ):
        name = read_whole_name(text) if text else None
        if name:
            return name
    return None


def same_body(core: str, own: str) -> bool:
    """Whether two cores name one body: equal, one the end of the other, or long and one character apart. A masked
    name (某局, **局) may be any."""
    if not core or not own:
        return False
    if _HIDDEN.search(core) or _HIDDEN.search(own):
        return True
    if own.endswith(core) or core.endswith(own):
        return True
    if min(len(core), len(own)) < _LONG or abs(len(core) - len(own)) > 1:
        return False
    head = next(
        (i for i, (a, b) in enumerate(zip(core, own, strict=False)) if a != b), min(len(core), len(own))
    )
    longer, shorter = (core, own) if len(core) >= len(own) else (own, core)
    return longer[head + 1 :] == shorter[head + (len(core) == len(own)) :]


def find_organizations(paragraphs: Sequence[Paragraph], outline: Outline) -> tuple[Organization, ...]:
    """The issuing body wherever it is named, and every other Party organization named in full (中共…)."""
    own = issuing_body(outline)
    joined = join(paragraphs)
    places = [place_of(index, paragraph, outline) for index, paragraph in enumerate(paragraphs)]
    found: list[Organization] = []
    for where, paragraph in zip(places, paragraphs, strict=True):
        if where in _HEADS and paragraph.role not in ("furniture", "date"):
            found.extend(_heads(paragraph, where, own, outline))
    for start, end, name in (*_full(joined), *_short(joined, own)):
        index = joined.index(start)
        if places[index] not in _HEADS and paragraphs[index].role not in ("furniture", "date"):
            role = "document" if joined.inside_document(start) else places[index]
            base = joined.starts[index]
            found.append(_organization(paragraphs[index], start - base, end - base, name, role, own))
    return tuple(sorted(found, key=in_text))


_HEADS = ("title", "issuer", "signature")


def _heads(paragraph: Paragraph, where: str, own: Name | None, outline: Outline) -> Iterator[Organization]:
    """The organization of a title, an issuer line or a signature."""
    text = paragraph.passage.text
    if where == "title":
        organization = outline.title.organization if outline.title else ""
        at = text.find(organization) if organization else -1
        name = read_whole_name(organization) if at >= 0 else None
        if name:
            at += organization.rfind("】") + 1
            yield _organization(paragraph, at, text.index(organization) + len(organization), name, where, own)
        return
    name = read_whole_name(_DAY.split(text, maxsplit=1)[0]) if text.strip() else None
    if name and (name.party or name.core[-1] in words()["office_ends"]):
        start = len(text) - len(text.lstrip())
        end, left = start, name.length
        while left:
            left -= not text[end].isspace()
            end += 1
        yield _organization(paragraph, start, end, name, where, own)


def _organization(
    paragraph: Paragraph, start: int, end: int, name: Name, role: str, own: Name | None
) -> Organization:
    return Organization(
        span=paragraph.passage.span(start, end),
        text=paragraph.passage.text[start:end],
        name=name.name,
        core=name.core,
        suffix=name.suffix,
        party=name.party,
        role=role,
        same=own is not None and same_body(name.core, own.core),
    )


def _full(joined: Joined) -> Iterator[tuple[int, int, Name]]:
    """Organizations that are named with 中共."""
    text = joined.text
    for word in words()["party"]:
        at = text.find(word)
        while at >= 0:
            match = _STRETCH.match(text, at)
            barred = text.startswith(tuple(words()["party_not"]), at + len(word))
            name = read_name(match.group()) if match and not barred else None
            if name and (name.suffix or name.core[-1] in words()["office_ends"]):
                yield at, at + name.length, name
            at = text.find(word, at + len(word))


def _short(joined: Joined, own: Name | None) -> Iterator[tuple[int, int, Name]]:
    """Shortened names of the issuing body with a Party suffix: 区教育局党组, 局党组."""
    if own is None:
        return
    text, last = joined.text, own.core[-1]
    for match in _suffixes().finditer(text):
        end = match.start()
        if not end or text[end - 1] != last:
            continue
        start = end - _common_tail(text[max(0, end - 40) : end], own.core)
        before = text[start - 1] if start else ""
        if text[max(0, start - 4) : start].endswith(tuple(words()["party"])):
            continue
        if _begins_here(before, end - start, own.core):
            name = Name(text[start : match.end()], text[start:end], match.group(), True, match.end() - start)
            yield start, match.end(), name


@kept_pattern
def _suffixes() -> re.Pattern[str]:
    return re.compile(
        f"(?:{pattern(words()['party_bodies']).pattern})(?!{pattern(words()['party_body_not_before']).pattern})"
    )


def _common_tail(text: str, core: str) -> int:
    length = 0
    while length < min(len(text), len(core)) and text[-1 - length] == core[-1 - length]:
        length += 1
    return length


def _begins_here(before: str, length: int, core: str) -> bool:
    """Whether a shortened name may begin after ``before``: else it is the tail of another body's name."""
    if not before or not "\u4e00" <= before <= "\u9fff" or length == len(core):
        return True
    if before in words()["place_ends"]:
        return False
    return before in words()["name_edges"]


# --- short forms -------------------------------------------------------------------------------------------


def find_short_forms(
    paragraphs: Sequence[Paragraph], outline: Outline, organizations: Sequence[Organization]
) -> tuple[ShortForm, ...]:
    """Declarations （以下简称“X”）, and how the short form is kept."""
    own = issuing_body(outline)
    forms: list[ShortForm] = []
    for paragraph in paragraphs:
        text = paragraph.passage.text
        if words()["called_cue"] not in text or paragraph.role == "furniture":
            continue
        for match in _CALLED.finditer(text):
            form = _declared(paragraph, match, text)
            if form is not None:
                forms.append(form)
    joined = join(paragraphs)
    kept = [_kept(form, own, joined, organizations) for form in forms[:_MOST_FORMS]]
    return (*kept, *forms[_MOST_FORMS:])


def _declared(paragraph: Paragraph, match: re.Match[str], text: str) -> ShortForm | None:
    try:
        tree = mention_parser().parse(half_width(match.group(1)), start="short_form")
    except UnexpectedError:
        return None
    short = next(token for token in tree.children if token.type == "SHORT")
    stretches = list(_STRETCH.finditer(text, max(0, match.start() - FAR), match.start()))
    if not stretches or stretches[-1].end() != match.start() or "《" in short:
        return None
    full = stretches[-1].group()
    party = max(full.rfind(word) for word in words()["party"])
    if party < 0:
        cuts = [cut.end() for cut in pattern(words()["inspector_cuts"]).finditer(full)]
        party = cuts[-1] if cuts and cuts[-1] < len(full) - 2 else 0
    span = paragraph.passage.span(match.start(), match.end())
    return ShortForm(span, match.group(), str(short).strip(), full[party:], (), ())


def _kept(
    form: ShortForm, own: Name | None, joined: Joined, organizations: Sequence[Organization]
) -> ShortForm:
    name, short = read_name(form.full), read_name(form.short)
    early = tuple(
        Stretch(joined.span(at, at + len(form.short)), form.short)
        for at in islice(_uses(joined, form), _MOST_EARLY)
    )
    variants: tuple[Stretch, ...] = ()
    party = short is not None and short.suffix != ""
    if party and own is not None and name is not None and same_body(name.core, own.core):
        variants = tuple(
            Stretch(mention.span, mention.text)
            for mention in organizations
            if mention.same
            and mention.role == "text"
            and mention.span.start > form.span.end
            and mention.suffix
            and len(mention.core) < len(own.core)
            and mention.text != form.short
            and not form.short.endswith(words()["called_own"] + mention.text)
        )
    return replace(form, early=early, variants=variants)


def _uses(joined: Joined, form: ShortForm) -> Iterator[int]:
    """Where the short form stands by itself before its declaration, not as the end of the full name."""
    text, paragraphs = joined.text, joined.paragraphs
    last = bisect_left(paragraphs, form.span.start, key=lambda paragraph: paragraph.span.start) - 1
    limit = joined.starts[last] + index_at(paragraphs[last].passage, form.span.start) if last >= 0 else 0
    at = text.find(form.short, 0, limit)
    while at >= 0:
        before = text[at - 1].strip() if at else ""
        plain = not "\u4e00" <= before <= "\u9fff" or before in words()["name_edges"]
        if plain and paragraphs[joined.index(at)].role not in ("title", "issuer", "furniture"):
            yield at
        at = text.find(form.short, at + 1, limit)
