"""Headings: label, mark, title and ending of each labelled line, and what its words do."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from checker.document import Heading
from checker.ladder import ORDER, label_digits, label_number
from checker.lines import Line, Node, Piece, words
from checker.passages import index_at
from checker.records import dataclass
from checker.regexes import kept_pattern, late
from checker.resources import alternatives
from checker.sentences import split
from checker.source import Passage

_ENDINGS = "。．.：:；;，,！!？?、"
_BRACKETS = "（(【[）)】]"
_LONG_TITLE = 80
_SHORT_TITLE = 30
_TAIL = 8


@dataclass(slots=True, eq=False)
class Entry:
    """A node of the tree as a heading.

    ``title_end`` is where the title ends in ``passage`` (the words of the whole line), ``whole`` whether the line
    is nothing but a heading. ``role``, ``excerpt`` and ``posed`` are judged later (roles.py, problems.py).
    """

    node: Node
    heading: Heading
    passage: Passage
    title_start: int
    title_end: int
    whole: bool
    role: str = "other"
    excerpt: bool = False
    posed: bool = False

    @property
    def line(self) -> Line:
        """The line of the heading."""
        assert self.node.line is not None
        return self.node.line


def read_heading(node: Node, passage: Passage) -> Entry:
    """The heading of a node whose line reads ``passage``."""
    line = node.line
    assert line is not None
    label = line.label
    begin = index_at(passage, label.start) if label else 0
    key = line.key if line.key and not (label and line.key.start < label.start) else None
    after = index_at(passage, label.end) if label else 0
    before_label = passage.text[begin:after]
    digits = label_digits(label.text) if label else ""
    mark = before_label[before_label.find(digits) + len(digits) :].strip() if digits else before_label.strip()
    if label and label.type != "PROBLEM":
        mark = mark.lstrip() if digits not in mark else ""
    title_start = _past_blanks(passage.text, after)
    spacing = passage.text[after:title_start]
    if line.problem and label is not line.problem:
        inner = index_at(passage, line.problem.end)
        title_start = _past_blanks(passage.text, max(title_start, inner))
    title_end = _title_end(line, key, passage, title_start)
    title = passage.text[title_start:title_end].rstrip()
    body = title.rstrip(_ENDINGS)
    ending = title[len(body) :]
    run_in = bool(passage.text[title_end:].strip(_ENDINGS + " \u3000"))
    whole = not run_in and not begin and _is_heading(line, body, ending)
    heading = Heading(
        span=passage.span(begin, max(title_end, begin + 1)),
        text=passage.text[begin:title_end].rstrip(),
        level=max(ORDER.get(label.type, 0), 1) if label and label.type in ORDER else 0,
        label=_label(label.text if label else "", digits),
        number=label_number(label.text) if label else None,
        mark=mark,
        spacing=spacing,
        title=body,
        ending=ending,
        lead=_lead(body) if len(body) <= _LONG_TITLE and (whole or run_in) else "",
        numerals=_numerals(digits),
        markdown=line.hashes,
        bold=line.bold,
        run_in=run_in,
    )
    return Entry(node, heading, passage, title_start, title_end, whole)


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _title_end(line: Line, key: Piece | None, passage: Passage, start: int) -> int:
    """Where the title that begins at ``start`` ends: with the finding, before 整改情况：, or with its sentence."""
    text = passage.text
    if line.finding:
        end = index_at(passage, line.finding.end)
        while end < len(text) and text[end] in "。：:":
            end += 1
        return end
    if key:
        return index_at(passage, key.end)
    if ("：" in text or ":" in text) and (found := _keys().search(text, start)):
        return found.start()
    if line.problem:
        return len(text)
    bounds = split(text[start : start + 400])
    return start + bounds[0][1] if bounds else start


@kept_pattern
def _keys() -> re.Pattern[str]:
    """整改情况： and the like amid a line, after the end of a sentence."""
    lists = words()
    every = alternatives([*lists["status"], *lists["answer"]])
    return re.compile(f"(?<=[。；;！？”）)\\s])(?:{every})[：:]")


def begins_with_key(text: str, at: int) -> bool:
    """Whether 整改情况： or the like stands at index ``at`` of the words of a line."""
    return at > 0 and _keys().match(text, at) is not None


def _is_heading(line: Line, title: str, ending: str) -> bool:
    """Whether a line that is one title is nothing but a heading, and no numbered sentence of a text."""
    if line.finding or line.problem or not line.label:
        return True
    if line.key and line.key.type == "STATUS":
        return False
    if line.label.type in ("PART", "CHAPTER", "SECTION"):
        return len(title) <= 120
    if len(title) <= _SHORT_TITLE and not ending:
        return True
    return len(title) <= _LONG_TITLE and (is_theme(title) or has_deficiency(title))


def _label(text: str, digits: str) -> str:
    """A label as written, without brackets and closing mark: 一, 1, 问题1."""
    if not digits:
        return text.strip(_BRACKETS + _ENDINGS + " \t\u3000")
    word = text[: text.find(digits)].strip(_BRACKETS + " \t\u3000")
    return word + digits


def label_of(text: str) -> tuple[str, int | None]:
    """The label as written, without brackets and closing mark, and its value."""
    return _label(text, label_digits(text)), label_number(text)


def _numerals(digits: str) -> str:
    if not digits:
        return ""
    if digits[0] in "0123456789":
        return "arabic"
    if digits[0] in "０１２３４５６７８９":
        return "fullwidth"
    return "chinese" if digits[0] in "一二三四五六七八九十" else ""


def _lead(title: str) -> str:
    if not title.startswith(_leads()):
        return ""
    return next(word for word in _leads() if title.startswith(word))


@cache
def _leads() -> tuple[str, ...]:
    """The lead words, the longest first."""
    return tuple(sorted(words()["lead"], key=len, reverse=True))


_COUNT_NOTE = late("[（(][^（）()0-9]{0,20}[0-9][^（）()]{0,20}[）)]$")


# --- what the words of a title do ----------------------------------------------------------------------------


def without_count(title: str) -> str:
    """A title without a bracket that counts at its end: 已完成整改的问题（17个）."""
    return _COUNT_NOTE.sub("", title)


@kept_pattern
def _theme() -> re.Pattern[str]:
    lists = words()
    return re.compile(
        f"(?:{alternatives(lists['theme_end'])})(?:{alternatives(lists['theme_filler'])})*"
        f"(?:{alternatives(lists['rectified'])})?$"
    )


@kept_pattern
def _deficiency() -> re.Pattern[str]:
    return re.compile(alternatives(words()["deficiency"]))


@kept_pattern
def _gap() -> re.Pattern[str]:
    """Nouns of deficiency: a fault, unless words before them say that it is mended (补齐短板)."""
    return re.compile(alternatives(words()["deficiency_noun"]))


@kept_pattern
def _mended() -> re.Pattern[str]:
    return re.compile(alternatives(words()["mending"]))


@lru_cache(maxsize=1024)
def is_theme(title: str) -> bool:
    """Whether a title names a field (聚焦…方面, 关于…方面的整改) and poses no problem itself."""
    return bool(_theme().search(without_count(title.rstrip(_ENDINGS))))


@lru_cache(maxsize=1024)
def has_deficiency(title: str) -> bool:
    """Whether a title says what is wrong (…不够深入, 仍存在…): the words stand near its end, or lead it."""
    if title.startswith(tuple(words()["prevention"])):
        return False
    body = title
    remedy = False
    for ending in words()["issue_end"]:
        if body.endswith(ending):
            remedy = title.startswith(tuple(words()["remedy_of_issue"]))
            body = body.removesuffix(ending)
            break
    if any(len(body) - match.end() <= _TAIL for match in _deficiency().finditer(body)):
        return True
    if remedy:
        return False
    return any(
        len(body) - match.end() <= _TAIL
        and not _mended().search(body, max(0, match.start() - _TAIL), match.start())
        for match in _gap().finditer(body)
    ) or body.startswith(tuple(words()["deficiency_lead"]))
