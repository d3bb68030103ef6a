"""The problems that a report lists: which headings pose one, what state they are in, what answers them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import add

from checker.document import Problem, Stretch
from checker.headings import Entry, begins_with_key, has_deficiency, is_theme, label_of, without_count
from checker.ladder import ORDER
from checker.lines import words
from checker.records import dataclass, field
from checker.regexes import kept_pattern, late
from checker.resources import alternatives
from checker.roles import NEXT, ORGANIZATION
from checker.source import Passage, Span
from checker.states import Status, read_status
from checker.statuses import bracket_status, closing_status, leading_status, line_status

_HALF = 0.5
_MOST = 2 / 3
_TITLE = 80
_SORTING = 2
_HAN_PAIR = late("[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as an answer is made of it: ``key`` is STATUS, ANSWER, DETAIL or "", ``value`` its words after
    the key."""

    passage: Passage
    value: Passage
    key: str


@dataclass(slots=True, eq=False)
class Case:
    """A posed problem on its way to a :class:`Problem`."""

    entry: Entry
    rest: Passage | None
    grain: str
    status: Status | None = None
    words: Stretch | None = None
    answer: Stretch | None = None
    shared: bool = False
    silent: bool = field(default=False)


# --- which headings pose a problem -----------------------------------------------------------------------------


def mark_posed(
    top: Sequence[Entry], children: dict[int, list[Entry]], blocks: dict[int, list[Block]]
) -> None:
    """Set ``posed`` on every entry that poses a problem. ``blocks`` maps ``id(entry)`` to its own paragraphs."""
    refined = _refined(top, children, blocks)
    waiting: list[tuple[Sequence[Entry], bool, bool]] = [(top, False, False)]
    while waiting:
        entries, under_posed, under_numbered = waiting.pop()
        allowed = [
            entry
            for entry in entries
            if entry.role not in (ORGANIZATION, NEXT)
            and (not under_numbered or (_weak(entry) and _answered(entry, children, blocks)))
        ]
        likely = set() if under_posed else _likely(allowed)
        answered = {id(entry) for entry in allowed if _answered(entry, children, blocks) or _bracketed(entry)}
        for entry in allowed:
            backed = id(entry) in answered
            if under_posed and backed:
                every = len(allowed) > 1 and all(id(each) in answered for each in allowed)
                backed = every or has_deficiency(entry.heading.title)
            worded = (
                (backed or id(entry) in likely) and _may_pose(entry) and not is_theme(entry.heading.title)
            )
            entry.posed = worded or _strong(entry) or id(entry) in refined
        for entry in entries:
            numbered = under_numbered or (bool(entry.line.problem) and entry_number(entry) is not None)
            waiting.append((children.get(id(entry), ()), under_posed or entry.posed, numbered))


def _bracketed(entry: Entry) -> bool:
    """Whether a bracket at the end of a line or of its title tells a state."""
    return bracket_status(entry.passage.text) is not None or bracket_status(entry.heading.title) is not None


def _refined(
    top: Sequence[Entry], children: dict[int, list[Entry]], blocks: dict[int, list[Block]]
) -> set[int]:
    """What stands numbered under headings such as （一）关于财政管理的问题, （一）合力不够 (by ``id``), where most of it says what is
    wrong: these are the problems, and the headings only sort them."""
    found: list[Entry] = []
    waiting = list(top)
    while waiting:
        entry = waiting.pop()
        under = children.get(id(entry), ())
        waiting.extend(under)
        sorts = (
            (entry.line.finding or _weak(entry))
            and entry.heading.level == _SORTING
            and not blocks.get(id(entry))
        )
        if sorts and len(under) > 1 and all(child.node.kind == "ITEM" for child in under):
            found.extend(child for child in under if not child.line.key)
    weak = sum(map(_weak, found))
    return {id(entry) for entry in found} if weak >= len(found) * _MOST else set()


def entry_number(entry: Entry) -> int | None:
    """The number of the 问题N of a line, or None if it has none (反馈问题：…)."""
    return label_of(entry.line.problem.text)[1] if entry.line.problem else None


def _strong(entry: Entry) -> bool:
    """Whether the line says by its form that it poses a problem: 问题N, or 针对“…”的问题."""
    line = entry.line
    if line.problem:
        return True
    return bool(line.finding) and not is_theme(entry.heading.title)


def _likely(siblings: Sequence[Entry]) -> set[int]:
    """The siblings (by ``id``) that say what is wrong; where most of a kind do, the others of that kind too."""
    kinds: dict[str, list[Entry]] = {}
    for entry in siblings:
        kinds.setdefault(entry.node.kind, []).append(entry)
    found: set[int] = set()
    for alike in kinds.values():
        weak = [entry for entry in alike if _weak(entry)]
        if len(weak) >= len(alike) * _HALF:
            found.update(id(entry) for entry in weak)
        if len(weak) >= len(alike) * _MOST:
            found.update(id(entry) for entry in alike if _short(entry) and not entry.heading.run_in)
    return found


def _short(entry: Entry) -> bool:
    return len(entry.heading.title) <= _TITLE and not is_theme(entry.heading.title)


def _weak(entry: Entry) -> bool:
    return _short(entry) and has_deficiency(entry.heading.title)


def _may_pose(entry: Entry) -> bool:
    """Whether a heading backed by what stands under it may be a problem: no chapter, no 整改措施 of its own."""
    return not entry.line.key and entry.node.kind in ORDER and entry.heading.level != 1


def _answered(entry: Entry, children: dict[int, list[Entry]], blocks: dict[int, list[Block]]) -> bool:
    """Whether 整改情况： or 完成情况： follows the heading, in its line, as a line or as a heading of its own."""
    if entry.line.key:
        return False
    if entry.heading.run_in and begins_with_key(entry.passage.text, entry.title_end):
        return True
    if any(block.key in ("STATUS", "ANSWER") for block in blocks.get(id(entry), ())[:3]):
        return True
    return any(child.line.key is not None for child in children.get(id(entry), ())[:3])


# --- the problems ----------------------------------------------------------------------------------------------


def listed(top: Sequence[Entry], children: dict[int, list[Entry]]) -> list[tuple[Entry, str]]:
    """The entries that are problems, in order, each with its grain: the finest of those that pose one."""
    result: list[tuple[Entry, str]] = []
    waiting = [(entry, False) for entry in reversed(top)]
    while waiting:
        entry, under = waiting.pop()
        finer = _poses_under(entry, children)
        if entry.posed and not finer:
            result.append((entry, "detail" if under else "problem"))
        waiting.extend((child, under or entry.posed) for child in reversed(children.get(id(entry), ())))
    return result


def _poses_under(entry: Entry, children: dict[int, list[Entry]]) -> bool:
    waiting = list(children.get(id(entry), ()))
    while waiting:
        child = waiting.pop()
        if child.posed:
            return True
        waiting.extend(children.get(id(child), ()))
    return False


def read_problems(
    posed: Sequence[tuple[Entry, str]],
    children: dict[int, list[Entry]],
    blocks: dict[int, list[Block]],
    parents: dict[int, Entry | None],
) -> list[Problem]:
    """The problems that headings pose. ``blocks`` are, by ``id(entry)``, the paragraphs of the entry itself."""
    cases = [_case(entry, grain, children, blocks, parents) for entry, grain in posed]
    _share(cases, parents)
    for case in cases:
        if case.status is None:
            _inherit(case, parents)
    return [_problem(case) for case in cases]


def _case(
    entry: Entry,
    grain: str,
    children: dict[int, list[Entry]],
    blocks: dict[int, list[Block]],
    parents: dict[int, Entry | None],
) -> Case:
    under = _blocks_under(entry, children, blocks)
    text = entry.passage.text
    rest = entry.passage.part(entry.title_end, len(text)) if text[entry.title_end :].strip() else None
    case = Case(entry, rest, grain)
    answering = [block for block in under if block.value.text and not _is_status(block)]
    case.silent = rest is None and not under
    _read_state(case, under)
    passages = ([rest] if rest else []) + [block.passage for block in answering]
    case.answer = _stretch(passages) if passages else None
    return case


def _blocks_under(
    entry: Entry, children: dict[int, list[Entry]], blocks: dict[int, list[Block]]
) -> list[Block]:
    found: list[Block] = []
    waiting = [entry]
    while waiting:
        at = waiting.pop()
        if at is not entry:
            found.append(Block(at.passage, at.passage, at.line.key.type if at.line.key else ""))
        found += blocks.get(id(at), ())
        waiting.extend(reversed(children.get(id(at), ())))
    return found


def _is_status(block: Block) -> bool:
    """Whether a paragraph says nothing but the state."""
    if block.key == "STATUS":
        said = block.value.text.rstrip("。；;. ")
        short = len(said) <= 40 and "。" not in said and "；" not in said
        return not said or (short and read_status(said) is not None)
    return not block.key and line_status(block.passage.text) is not None


def _read_state(case: Case, under: Sequence[Block]) -> None:
    """The state by its own line, by a bracket at the end of the title, or by the beginning or end of the answer."""
    text = case.entry.passage.text
    for block in under:
        if block.key == "STATUS" and _is_status(block) and (status := read_status(block.value.text)):
            return _give(case, block.value, status, whole=True)
        if block.key == "STATUS" and (status := leading_status(block.value.text)):
            return _give(case, block.value, status)
    title = case.entry.passage.part(case.entry.title_start, case.entry.title_end)
    if found := bracket_status(title.text):
        return _give(case, title, found)
    for block in under:
        if not block.key and (status := line_status(block.passage.text)):
            return _give(case, block.passage, status, whole=True)
    if case.rest and (status := leading_status(case.rest.text)):
        return _give(case, case.rest, status)
    for block in under[:2]:
        if status := leading_status(block.value.text):
            return _give(case, block.value, status)
    last = under[-1].value if under else case.rest
    if last and (status := closing_status(last.text) or bracket_status(last.text)):
        return _give(case, last, status)
    if found := bracket_status(text):
        return _give(case, case.entry.passage, found)
    return None


def _give(case: Case, passage: Passage, status: Status, whole: bool = False) -> None:
    case.status = status
    start, end = status.start, status.end
    if whole:
        text = passage.text.rstrip("。；;. ")
        if len(text) <= 40:
            start, end = 0, len(text)
    case.words = Stretch(passage.span(start, end), passage.text[start:end])


@kept_pattern
def _sorted_by() -> re.Pattern[str]:
    """How a heading ends that names a sort of problems: …的问题, …事项的推进情况."""
    sorted_ = alternatives(words()["sorted"])
    return re.compile(f"(?:{sorted_})(?:的?(?:{alternatives(words()['sorted_end'])}))?$")


def _inherit(case: Case, parents: dict[int, Entry | None]) -> None:
    """The state of a heading above that sorts problems by state: （一）已完成整改的问题."""
    above = parents.get(id(case.entry))
    while above is not None:
        title = without_count(above.heading.title)
        sort = _sorted_by().search(title)
        if sort and not above.posed and len(title) <= 30 and not is_theme(title):
            status = read_status(title)
            if status and status.start <= 8 and status.end <= sort.start():
                start = above.title_start
                case.status = status
                part = above.passage.part(start + status.start, start + status.end)
                case.words = Stretch(part.span(0, len(part.text)), part.text)
                return
        above = parents.get(id(above))


def _share(cases: Sequence[Case], parents: dict[int, Entry | None]) -> None:
    """Problems that follow one another with no answer between share the next one's state and answer."""
    run: list[Case] = []
    for case in cases:
        if run and not _adjacent(run[-1], case, parents):
            run = []
        if case.silent and case.status is None:
            run.append(case)
            continue
        for silent in run:
            silent.status, silent.words, silent.answer = case.status, case.words, case.answer
            silent.shared = case.shared = True
        run = []


def _adjacent(first: Case, second: Case, parents: dict[int, Entry | None]) -> bool:
    same = parents.get(id(first.entry)) is parents.get(id(second.entry))
    return same and first.entry.node.kind == second.entry.node.kind


def _stretch(passages: Sequence[Passage]) -> Stretch:
    kept = [passage for passage in passages if passage.text]
    if not kept:
        start = passages[0].offset(0)
        return Stretch(Span(start, start), "")
    start = kept[0].span(0, len(kept[0].text)).start
    end = kept[-1].span(0, len(kept[-1].text)).end
    return Stretch(Span(start, end), "\n".join(passage.text for passage in kept))


def _problem(case: Case) -> Problem:
    entry = case.entry
    heading, line = entry.heading, entry.line
    label, number = heading.label, heading.number
    if line.problem and line.problem is not line.label and (number is None or entry_number(entry)):
        label, number = label_of(line.problem.text)
    kind = "numbered" if line.problem else "heading"
    return Problem(
        span=heading.span,
        text=heading.text,
        label=label,
        number=number,
        title=_title(entry),
        kind=kind,
        grain=case.grain,
        state=case.status.state if case.status else "unknown",
        long_term=case.status.long_term if case.status else False,
        status=case.words,
        answer=case.answer,
        shared=case.shared,
        excerpt=entry.excerpt,
        unfinished=(),
        echo=_echo(_title(entry), case.answer.text) if case.shared and case.answer else -1,
    )


def _echo(title: str, answer: str) -> int:
    """How many words of two characters of the title, those apart that suit any problem, the answer holds."""
    pairs = set(map(add, title, title[1:])).difference(words()["any_problem"])
    return sum(pair in answer for pair in pairs if _HAN_PAIR.match(pair))


def _title(entry: Entry) -> str:
    title = entry.heading.title
    if found := bracket_status(title):
        return title[: found.start - 1].rstrip()
    return title
