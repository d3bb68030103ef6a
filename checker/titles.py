"""The head of a report: page furniture, issuer line, title."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import Stretch, Title
from checker.lines import BLANKS, Line, words
from checker.passages import join
from checker.records import dataclass, replace
from checker.source import Passage, Span

_LONGEST = 110
_MARKS = "。．.！!，,：:；;"
_PARTS = 3
_HEAD = 80
_COLUMN = 12


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the lead: the title, the issuer line, and the role of each line (by its index).

    ``end`` is the index of the first line that is no longer part of it.
    """

    title: Title | None
    issuer: Stretch | None
    roles: dict[int, str]
    end: int


def read_head(lines: Sequence[Line], texts: Sequence[Passage]) -> Head:
    """The head of a report; ``texts`` are the cleaned words of ``lines``."""
    roles: dict[int, str] = {}
    candidates: list[int] = []
    values: set[int] = set()
    end, field_ = 0, -2
    for end, line in enumerate(lines[:_HEAD]):  # noqa: B007
        text = texts[line.index].text
        if line.type == "FURNITURE" or line.type == "ROW":
            roles[line.index] = "furniture" if line.type == "FURNITURE" else "row"
            field_ = line.index if text.endswith(("：", ":")) else -2
        elif not text or line.type == "RULE":
            continue
        elif line.type == "DATE":
            roles[line.index] = "date"
        elif _heads(line, text):
            candidates.append(line.index)
            if line.type != "TITLE" and candidates[-1] == field_ + 1:
                values.add(line.index)
        else:
            break
    else:
        end = min(len(lines), _HEAD)
    for whole in (True, False):
        for last in reversed(candidates):
            first = (
                _title_from(lines, texts, candidates, last) if whole else _kindless(texts, candidates, last)
            )
            if first is None:
                continue
            roles.update((index, "furniture") for index in values if index < first)
            kept = [index for index in candidates if index not in values]
            return _head(texts, roles, kept, first, last, end, lines)
    return Head(None, _issuer(lines, texts, candidates, roles), roles, end)


def _heads(line: Line, text: str) -> bool:
    """Whether a line may be part of the head: short, unlabelled, and no sentence unless it is a title."""
    if (
        line.label
        or line.problem
        or line.key
        or line.run_in
        or line.type == "CONTACT"
        or len(text) > _LONGEST
    ):
        return False
    return "。" not in text[:-1] and (text[-1] not in "。；！？" or line.type == "TITLE")


def _title_from(
    lines: Sequence[Line], texts: Sequence[Passage], candidates: Sequence[int], last: int
) -> int | None:
    """The first line of the title that ends with line ``last``, or None if no title ends there."""
    if lines[last].type != "TITLE" or not _kind(_compact(texts[last].text))[0]:
        return None
    at = candidates.index(last)
    whole = ""
    for index in reversed(candidates[max(0, at - _PARTS + 1) : at + 1]):
        text = _compact(texts[index].text)
        if whole and lines[index].type == "TITLE" and _kind(text)[0] and words()["about"] in text:
            break
        whole = text + whole
        if words()["about"] in whole:
            return index
    alone = _compact(texts[last].text)
    if any(word in alone for word in words()["publication"]):
        return None
    return last if any(word in alone for word in words()["title_cue"]) and len(alone) >= 6 else None


def _kindless(texts: Sequence[Passage], candidates: Sequence[int], last: int) -> int | None:
    """The first line of a title without a kind of document (…关于巡察整改进展情况) that ends with line ``last``."""
    lists = words()
    whole = _compact(texts[last].text).rstrip(_MARKS)
    if not whole.endswith(tuple(lists["matter_end"])) or any(word in whole for word in lists["publication"]):
        return None
    inspected = any(word in whole for word in lists["matter_cue"])
    return last if lists["about"] in whole and inspected and last in candidates else None


def _head(
    texts: Sequence[Passage],
    roles: dict[int, str],
    candidates: Sequence[int],
    first: int,
    last: int,
    end: int,
    lines: Sequence[Line],
) -> Head:
    parts = [index for index in candidates if first <= index <= last]
    issuer: Stretch | None = None
    whole = _compact("".join(texts[index].text for index in parts))
    at = candidates.index(first)
    above = candidates[at - 1] if at else None
    named = whole.find(words()["about"]) > 0
    if above is not None and _names_body(lines[above], texts[above].text):
        issuer = _stretch(texts[above])
        roles[above] = "issuer"
        if not named:
            parts.insert(0, above)
    elif above is not None and named and _begins_body(texts[above].text, whole):
        parts.insert(0, above)
    below = candidates[candidates.index(last) + 1 :][:1] if issuer is None and not named else []
    below = [index for index in below if _names_body(lines[index], texts[index].text)]
    below = [index for index in below if texts[index].text.startswith(tuple(words()["party_name"]))]
    for index in parts:
        roles.setdefault(index, "title")
    for index in below:
        roles[index] = "issuer"
    for index in candidates:
        if index not in roles and _compact(texts[index].text) in (
            whole,
            _compact("".join(texts[part].text for part in parts)),
        ):
            roles[index] = "furniture"
    title = _title([texts[index] for index in parts])
    for index in below:
        issuer = _stretch(texts[index])
        title = replace(title, organization=_compact(texts[index].text))
    return Head(title, issuer, roles, end)


def _names_body(line: Line, text: str) -> bool:
    return line.type == "ISSUER" and words()["about"] not in text


def _begins_body(text: str, whole: str) -> bool:
    """Whether a line above the title is the beginning of the name that the title goes on with."""
    about, party = words()["about"], tuple(words()["party_name"])
    head = whole[: whole.find(about)]
    return (
        text.startswith(party)
        and not any(word in head for word in party)
        and about not in text
        and len(text) <= 40
    )


def _issuer(
    lines: Sequence[Line], texts: Sequence[Passage], candidates: Sequence[int], roles: dict[int, str]
) -> Stretch | None:
    for index in candidates:
        text = texts[index].text
        if _names_body(lines[index], text) and text.startswith(tuple(words()["party_name"])):
            roles[index] = "issuer"
            return _stretch(texts[index])
    return None


def _stretch(passage: Passage) -> Stretch:
    return Stretch(passage.span(0, len(passage.text)), passage.text)


def _compact(text: str) -> str:
    """``text`` without blanks."""
    return "".join(text.split()).strip(BLANKS)


def _kind(text: str) -> tuple[str, str]:
    """The kind of document that a title ends with and the mark after it (either may be "")."""
    body = text.rstrip(_MARKS)
    ending = text[len(body) :]
    if body.endswith(("）", ")")) and (cut := max(body.rfind("（"), body.rfind("("))) > 0:
        body = body[:cut]
    kinds = [kind for kind in words()["document_kind"] if body.endswith(kind)]
    return (kinds[0] if kinds else ""), ending


def _carrier(body: str) -> str:
    """The place that a title without 关于 begins with (云州市|贯彻落实…整改情况), or ""."""
    lists = words()
    for word in lists["carrying_out"]:
        head = body[: body.find(word)] if word in body else ""
        if 2 <= len(head) <= 20 and head.endswith(tuple(lists["territory_end"])):
            return head
    return ""


def _title(parts: Sequence[Passage]) -> Title:
    passage = join(parts)
    if passage.text.startswith("【") and 0 < (cut := passage.text.find("】")) < _COLUMN:
        passage = passage.part(cut + 1, len(passage.text))
    text = _compact(passage.text)
    kind, ending = _kind(text)
    body = text[: len(text) - len(ending)]
    about = words()["about"]
    start = body.find(about)
    matter = body[start + len(about) :] if start >= 0 else body
    preposition = about if start >= 0 else ""
    for word in words()["about_too"]:
        if preposition and matter.startswith(word):
            preposition, matter = preposition + word, matter[len(word) :]
            break
    organization = body[:start] if start > 0 else ""
    if start < 0 and (place := _carrier(body)):
        organization, matter = place, body[len(place) :]
    if kind and (cut := matter.rfind(kind)) >= 0:
        matter = matter[:cut].removesuffix(words()["of"])
    found = sorted((at, word) for word in words()["title_inspection"] if (at := body.find(word)) >= 0)
    return Title(
        span=Span(passage.offset(0), passage.span(0, len(passage.text)).end),
        text=text,
        organization=organization,
        preposition=preposition,
        matter=matter,
        kind=kind,
        ending=ending,
        lines=len(parts),
        inspection=found[0][1] if found else "",
    )
