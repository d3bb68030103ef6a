"""Problems that no heading poses: points of a running text, rows of a table, lines that end in their state."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from checker.document import Problem, RunIn, RunInSeries, Stretch
from checker.headings import Entry, has_deficiency, is_theme, label_of
from checker.ladder import label_number
from checker.lines import Line, words
from checker.passages import index_at
from checker.problems import Block
from checker.regexes import kept_pattern
from checker.resources import alternatives
from checker.roles import NEXT, ORGANIZATION, RECTIFICATION
from checker.source import Passage
from checker.states import Status, read_status
from checker.statuses import bracket_status, closing_status, leading_status, line_status

_CELL = 16
Group = tuple[Passage, Line, Entry | None, bool]


def read_listings(
    groups: Sequence[Group],
    series: Sequence[tuple[Entry | None, RunInSeries]],
    blocks: dict[int, list[Block]],
    parents: dict[int, Entry | None],
) -> tuple[list[Problem], frozenset[int]]:
    """The problems, and the entries (by ``id``) that are coarse because points under them pose the problems.

    ``groups`` are the paragraphs: words, first line, innermost entry, whether they open it.
    """
    found: list[Problem] = []
    coarse: set[int] = set()
    passages: dict[int, list[Passage]] = {}
    for passage, _, holder, _ in groups:
        passages.setdefault(id(holder), []).append(passage)
    for entry, points in series:
        if _closed(entry, parents) or not _all_pose(
            points, entry is not None and entry.role == RECTIFICATION
        ):
            continue
        posed = _posed_above(entry, parents)
        if posed is not None and not _may_refine(posed, blocks):
            continue
        if posed is not None:
            coarse.add(id(posed))
        grain = "problem" if posed is None else "detail"
        found += [_point_problem(point, passages[id(entry)], entry, grain) for point in points.items]
    found += _row_problems(groups, parents)
    found += _paragraph_problems(groups, parents)
    return found, frozenset(coarse)


def _closed(entry: Entry | None, parents: dict[int, Entry | None]) -> bool:
    """Whether an entry stands where no problems are listed: organization, next steps, under a 问题N."""
    if entry is None:
        return False
    if entry.role in (ORGANIZATION, NEXT):
        return True
    at: Entry | None = entry
    while at is not None:
        if at.line.problem:
            return True
        at = parents.get(id(at))
    return False


def _posed_above(entry: Entry | None, parents: dict[int, Entry | None]) -> Entry | None:
    at = entry
    while at is not None:
        if at.posed:
            return at
        at = parents.get(id(at))
    return None


def _may_refine(entry: Entry, blocks: dict[int, list[Block]]) -> bool:
    """Whether points may be finer problems of a posed heading: not where 整改情况： says that they answer it."""
    return not any(block.key for block in blocks.get(id(entry), ()))


# --- points ----------------------------------------------------------------------------------------------------


@kept_pattern
def _finding() -> re.Pattern[str]:
    begin = alternatives([word for word in words()["finding"] if len(word) > 1])
    end = alternatives(words()["finding_end"])
    return re.compile(f"(?:{begin})(?:“[^”]{{0,200}}”|[^。；“]){{1,80}}?(?:{end})(?=[，,。：:；;])")


def poses(said: str) -> bool:
    """Whether the words of a point begin with 针对…的问题."""
    return _finding().match(said.lstrip("，,、 ")) is not None


def _clause(point: RunIn, bare: bool) -> str:
    """The words of a point that pose a problem, or "" if it tells a measure. ``bare`` words of deficiency with no
    针对…的问题 count too."""
    said = point.text[len(point.label) :].lstrip("，,、 ")
    if match := _finding().match(said):
        return "" if is_theme(match.group()) else match.group()
    first = point.title if bare else ""
    return first if 4 <= len(first) <= 40 and has_deficiency(first) and not is_theme(first) else ""


def _all_pose(series: RunInSeries, bare: bool) -> bool:
    return all(_clause(point, bare) for point in series.items)


def _point_problem(point: RunIn, passages: Sequence[Passage], entry: Entry | None, grain: str) -> Problem:
    last = bisect_right(passages, point.span.start, key=lambda each: each.offset(0)) - 1
    passage = passages[last]
    clause = _clause(point, bare=True)
    at = index_at(passage, point.span.start)
    end = at + len(point.text)
    title_start = passage.text.index(clause, at)
    title_end = title_start + len(clause)
    rest_start = title_end
    while rest_start < end and passage.text[rest_start] in "，,。：:；; ":
        rest_start += 1
    rest = passage.part(rest_start, end) if rest_start < end else None
    status = leading_status(rest.text) or closing_status(rest.text, clause=True) if rest else None
    return Problem(
        span=passage.span(at, title_end),
        text=passage.text[at:title_end],
        label=point.label,
        number=point.number,
        title=clause,
        kind="run-in",
        grain=grain,
        state=status.state if status else "unknown",
        long_term=status.long_term if status else False,
        status=_words(rest, status),
        answer=Stretch(rest.span(0, len(rest.text)), rest.text) if rest else None,
        shared=False,
        excerpt=entry.excerpt if entry else False,
        unfinished=(),
    )


def _words(passage: Passage | None, status: Status | None) -> Stretch | None:
    if passage is None or status is None:
        return None
    return Stretch(passage.span(status.start, status.end), passage.text[status.start : status.end])


# --- paragraphs ------------------------------------------------------------------------------------------------


def _paragraph_problems(groups: Sequence[Group], parents: dict[int, Entry | None]) -> list[Problem]:
    """Paragraphs with no label that begin with 针对“…”的问题，; a single one is an answer to something else."""
    found: list[Problem] = []
    for passage, line, entry, opens in groups:
        if opens or not line.plain or (entry is not None and entry.role != RECTIFICATION):
            continue
        match = _posing(passage)
        if match is None:
            continue
        if _closed(entry, parents) or _posed_above(entry, parents) is not None:
            continue
        rest = passage.part(match.end(), len(passage.text))
        status = bracket_status(rest.text) or closing_status(rest.text)
        found.append(
            Problem(
                span=passage.span(0, match.end()),
                text=match.group(),
                label="",
                number=None,
                title=match.group(),
                kind="heading",
                grain="problem",
                state=status.state if status else "unknown",
                long_term=status.long_term if status else False,
                status=_words(rest, status),
                answer=Stretch(rest.span(0, len(rest.text)), rest.text),
                shared=False,
                excerpt=entry.excerpt if entry else False,
                unfinished=(),
            )
        )
    return found if len(found) > 1 else []


def _posing(passage: Passage) -> re.Match[str] | None:
    match = _finding().match(passage.text)
    return match if match and "“" in match.group() and not is_theme(match.group()) else None


# --- rows and lines --------------------------------------------------------------------------------------------


def _row_problems(groups: Sequence[Group], parents: dict[int, Entry | None]) -> list[Problem]:
    found: list[Problem] = []
    columns: dict[str, int] = {}
    in_table = False
    for passage, line, entry, opens in groups:
        if line.type == "ROW" and line.plain:
            cells = _cells(passage)
            if not in_table:
                columns = _columns(passage, cells)
                in_table = True
                if columns:
                    continue
            if not _closed(entry, parents) and _posed_above(entry, parents) is None:
                problem = _row(passage, cells, columns, entry)
                found += [problem] if problem else []
            continue
        in_table = False
        if not opens and line.plain and entry is not None and not _closed(entry, parents):
            ended = bracket_status(passage.text)
            if (
                ended
                and not _posing(passage)
                and _posed_above(entry, parents) is None
                and len(passage.text) <= 120
            ):
                found.append(_ended_line(passage, ended, entry))
    return found


def _cells(passage: Passage) -> list[tuple[int, int]]:
    """The cells of a row as (start, end), blanks around them left out."""
    text = passage.text
    mark = "|" if text.startswith("|") else "\t"
    bounds, start = [], 0
    for at in [*(at for at, char in enumerate(text) if char == mark), len(text)]:
        left, right = start, at
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        bounds.append((left, right))
        start = at + 1
    return (
        bounds[1 : -1 if text.endswith("|") else None]
        if mark == "|"
        else [cell for cell in bounds if cell[0] < cell[1]]
    )


def _columns(passage: Passage, cells: Sequence[tuple[int, int]]) -> dict[str, int]:
    """The columns of a header row by what they hold (number, problem, answer, status), or {} if it is none."""
    lists = words()
    columns: dict[str, int] = {}
    for index, (start, end) in enumerate(cells):
        name = "".join(passage.text[start:end].split())
        for key in ("number", "problem", "status", "answer"):
            if key not in columns and name in lists[f"column_{key}"]:
                columns[key] = index
                break
    return columns if "problem" in columns or len(columns) > 1 else {}


def _row(
    passage: Passage, cells: Sequence[tuple[int, int]], columns: dict[str, int], entry: Entry | None
) -> Problem | None:
    """The problem that a row lists, or None for a rule, a sum, or a row with no problem in it."""
    texts = [passage.text[start:end] for start, end in cells]
    if not any(texts) or all(not text.strip("-:— ") for text in texts) or texts[0] in words()["column_total"]:
        return None
    at = columns.get("status")
    if at is None or at >= len(texts):
        states = [index for index, text in enumerate(texts) if 0 < len(text) <= _CELL and line_status(text)]
        at = states[-1] if states else None
    title = columns.get("problem")
    if title is None or title >= len(texts):
        others = [
            index for index, text in enumerate(texts) if index != at and label_number(text) is None and text
        ]
        title = others[0] if others and at is not None else None
    if title is None or not texts[title]:
        return None
    status = read_status(texts[at]) if at is not None else None
    number = columns.get("number", 0)
    label = texts[number] if number < len(texts) and number != title and len(texts[number]) <= 6 else ""
    answer = columns.get("answer")
    told = answer is not None and answer not in (at, title) and answer < len(texts) and texts[answer]
    start, end = cells[title]
    return Problem(
        span=passage.span(start, end),
        text=texts[title],
        label=label_of(label)[0] if label else "",
        number=label_number(label) if label else None,
        title=texts[title].rstrip("。；;"),
        kind="row",
        grain="problem",
        state=status.state if status else "unknown",
        long_term=status.long_term if status else False,
        status=_cell(passage, cells[at]) if status and at is not None else None,
        answer=_cell(passage, cells[answer]) if told and answer is not None else None,
        shared=False,
        excerpt=entry.excerpt if entry else False,
        unfinished=(),
    )


def _cell(passage: Passage, bounds: tuple[int, int]) -> Stretch:
    return Stretch(passage.span(*bounds), passage.text[bounds[0] : bounds[1]])


def _ended_line(passage: Passage, status: Status, entry: Entry) -> Problem:
    title = passage.text[: status.start - 1].strip()
    return Problem(
        span=passage.span(0, len(passage.text)),
        text=passage.text,
        label="",
        number=None,
        title=title,
        kind="row",
        grain="problem",
        state=status.state,
        long_term=status.long_term,
        status=_words(passage, status),
        answer=None,
        shared=False,
        excerpt=entry.excerpt,
        unfinished=(),
    )
