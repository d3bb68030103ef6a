"""Points inside running text: 一是…二是…, 首先…其次…, 第一，…第二，…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from sys import intern

from checker.document import RunIn, RunInSeries
from checker.ladder import label_number
from checker.lines import words
from checker.records import dataclass, field
from checker.regexes import kept_pattern, late
from checker.resources import alternatives
from checker.source import Passage, Span, in_text

IS = "是"
FIRST = "首先"
ORDINAL = "第"
_BOUNDARY = "。；：，、！？”）》;:,!?)… \u3000\t*\n"
_TITLE = 40
_DEEPEST = 4
_SENTENCE_END = late("[。；;]")
_COMMA = late("[，,]")


@dataclass(frozen=True, slots=True, eq=False)
class _Marker:
    """A point's label in a passage: ``at`` and ``end`` are indices in it, ``order`` its place among all."""

    passage: Passage
    paragraph: int
    at: int
    end: int
    label: str
    number: int
    style: str
    order: int


@dataclass(slots=True, eq=False)
class _Open:
    """A series that may go on; ``fault`` is the first marker that is out of order."""

    style: str
    items: list[_Marker] = field(default_factory=list)
    kind: str = "ok"
    fault: _Marker | None = None
    expected: int = 0


@kept_pattern
def _marker() -> re.Pattern[str]:
    ordinals = sorted(words()["ordinal_words"])
    begins = "".join(dict.fromkeys(word[0] for word in ordinals))
    first = "|".join(f"(?<={word[0]}){word[1:]}" for word in ordinals)
    number = "一二三四五六七八九十"
    no_point = alternatives(words()["no_point"])
    return re.compile(
        f"[{number}第{begins}](?:"  # a class in front lets the search skip what begins no label
        f"(?<=[{number}])[{number}]?是(?P<is>)(?!{no_point})"
        f"|(?<=第)[{number}]{{1,2}}(?P<nth>)(?=[，,]|、(?![{number}]))"
        f"|(?:{first})(?=[，,\u4e00-\u9fff]))"
    )


def read_points(passages: Sequence[Passage]) -> list[RunInSeries]:
    """The series of points in the paragraphs of one answer, in order.

    A series may go on in the next paragraph, and one may stand inside another. A lone 首先 or 第一， is an
    ordinary word; a lone 一是 is a series of one.
    """
    markers: list[_Marker] = []
    for number, passage in enumerate(passages):
        markers += _markers(passage, number, len(markers))
    done: list[_Open] = []
    stack: list[_Open] = []
    for marker in markers:
        _take(stack, done, marker)
    done += stack
    result = [_series(open_, markers) for open_ in done if _worth(open_)]
    return sorted(result, key=in_text)


def _markers(passage: Passage, paragraph: int, order: int) -> list[_Marker]:
    text = passage.text
    values = words()["ordinal_words"]
    found: list[_Marker] = []
    for match in _marker().finditer(text):
        at = match.start()
        if at and text[at - 1] not in _BOUNDARY:
            continue
        label = intern(match.group())
        if match["is"] is not None:
            style, number = IS, label_number(label) or 0
        elif match["nth"] is not None:
            style, number = ORDINAL, label_number(label) or 0
        else:
            style, number = FIRST, int(values[label])
        if not (style == IS and _quoted(text, at)):
            found.append(
                _Marker(passage, paragraph, at, match.end(), label, number, style, order + len(found))
            )
    return found


def _quoted(text: str, at: int) -> bool:
    """Whether the words stand inside “ ” as a quoted phrase (“一是一，二是二”)."""
    opened = text.rfind("“", max(0, at - 12), at)
    return opened >= 0 and not set("”。；;") & set(text[opened:at]) and "”" in text[at : at + 12]


def _take(stack: list[_Open], done: list[_Open], marker: _Marker) -> None:
    """Give ``marker`` to the series that it goes on with, or open one for it. One that opens a paragraph goes on
    with one of those that do: 二是针对…的问题，一是…，二是…"""
    depths = list(range(len(stack) - 1, -1, -1))
    if marker.at == 0:
        depths.sort(key=lambda depth: stack[depth].items[0].at > 0)
    for depth in depths:
        open_ = stack[depth]
        last = open_.items[-1].number
        if open_.style == marker.style and (
            marker.number == last + 1 or (marker.style == FIRST and marker.number == 0)
        ):
            done += stack[depth + 1 :]
            del stack[depth + 1 :]
            open_.items.append(marker if marker.number else _renumber(marker, last + 1))
            return
    if marker.number == 1:
        stack.append(_Open(marker.style, [marker]))
        if len(stack) > _DEEPEST:
            done.append(stack.pop(0))
        return
    alike = [depth for depth, open_ in enumerate(stack) if open_.style == marker.style]
    if alike:
        open_ = stack[alike[-1]]
        done += stack[alike[-1] + 1 :]
        del stack[alike[-1] + 1 :]
        last = open_.items[-1].number
        _blame(
            open_,
            marker,
            "repeat" if marker.number == last else "back" if marker.number < last else "gap",
            last + 1,
        )
        open_.items.append(marker)
        return
    if (
        stack
        and marker.number == stack[-1].items[-1].number + 1
        and marker.paragraph == stack[-1].items[-1].paragraph
    ):
        open_ = stack[-1]
        _blame(open_, marker, "mixed", marker.number)
        open_.items.append(marker)
        return
    if marker.style == IS and not (stack and marker.number > 1 and stack[-1].style != IS):
        open_ = _Open(marker.style, [marker])
        _blame(open_, marker, "start", 1)
        stack.append(open_)


def _renumber(marker: _Marker, number: int) -> _Marker:
    return _Marker(
        marker.passage,
        marker.paragraph,
        marker.at,
        marker.end,
        marker.label,
        number,
        marker.style,
        marker.order,
    )


def _blame(open_: _Open, marker: _Marker, kind: str, expected: int) -> None:
    if open_.fault is None:
        open_.kind, open_.fault, open_.expected = kind, marker, expected


def _worth(open_: _Open) -> bool:
    if open_.style == IS:
        return True
    return len(open_.items) > 1


def _series(open_: _Open, markers: Sequence[_Marker]) -> RunInSeries:
    if open_.kind == "ok" and len(open_.items) == 1:
        open_.kind, open_.fault, open_.expected = "lone", open_.items[0], 2
    points = []
    for index, marker in enumerate(open_.items):
        following = open_.items[index + 1] if index + 1 < len(open_.items) else _next_outer(marker, markers)
        points.append(_point(marker, following))
    fault = points[open_.items.index(open_.fault)] if open_.fault else None
    first, last = open_.items[0], points[-1].span
    return RunInSeries(
        span=Span(first.passage.offset(first.at), last.end),
        text=("" if first.paragraph == open_.items[-1].paragraph else "\n").join(
            point.text for point in points
        ),
        items=tuple(points),
        kind=open_.kind,
        fault=fault,
        expected=open_.expected or len(points) + 1,
    )


def _next_outer(last: _Marker, markers: Sequence[_Marker]) -> _Marker | None:
    """The marker of another series at which the last point of a series ends, if there is one."""
    following = markers[last.order + 1] if last.order + 1 < len(markers) else None
    if following is None or following.paragraph != last.paragraph:
        return None
    return following if following.number != 1 or following.style == last.style else None


def _point(marker: _Marker, following: _Marker | None) -> RunIn:
    text = marker.passage.text
    end = following.at if following and following.paragraph == marker.paragraph else len(text)
    words_ = text[marker.at : end].rstrip()
    return RunIn(
        span=marker.passage.span(marker.at, marker.at + len(words_)),
        text=words_,
        label=marker.label,
        number=marker.number,
        style=marker.style,
        title=_title(text[marker.end : end]),
    )


def _title(said: str) -> str:
    """What a point is about: its first sentence, if short, else its first clause."""
    said = said.lstrip("，,、： ")
    cut = _SENTENCE_END.search(said)
    sentence = said[: cut.start()] if cut else said
    if len(sentence) <= _TITLE:
        return sentence.strip()
    comma = _COMMA.search(sentence)
    return sentence[: comma.start() if comma else _TITLE].strip()
