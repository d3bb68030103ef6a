"""A source as an outline: its lines by report.lark, and what they are to each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checker.closings import read_closing
from checker.document import Break, Paragraph, RunInSeries, Stretch
from checker.headings import Entry, read_heading
from checker.lines import Line, Node, read_lines, words
from checker.listings import poses, read_listings
from checker.numbering import Siblings, group, read_series, read_steps
from checker.outline import Outline
from checker.passages import Wrap, clean, goes_on, index_at, join, wrap_of
from checker.points import read_points
from checker.problems import Block, listed, mark_posed, read_problems
from checker.records import dataclass, field
from checker.roles import NEXT, ORGANIZATION, assign_roles, build_sections
from checker.sentences import sentences
from checker.source import Passage, Source, Span, in_text
from checker.statuses import line_status
from checker.titles import read_head

_AROUND = 12
_LEAD = 4
_SUBHEAD = 40


@dataclass(slots=True, eq=False)
class _Group:
    """The lines of one paragraph; ``node`` is the innermost node that it stands in, ``opens`` if it opens it."""

    lines: list[Line]
    passage: Passage
    node: Node
    opens: bool
    role: str = "body"
    stopped: bool = False
    parts: list[Passage] = field(default_factory=list)


def parse(source: Source) -> Outline:
    """The structure of a report. Never fails: what is missing or out of order is for rules to say."""
    text = source.text
    tree, lines = read_lines(text)
    texts = [clean(line, text) for line in lines]
    head = read_head(tree.lines, texts)
    closing = read_closing(lines, head.end)
    wrap = wrap_of(lines)
    groups = _groups(tree, lines, texts, head.roles | closing, wrap)
    tops, children, parents, entries = _entries(tree, groups, closing)
    assign_roles(tops, children)
    blocks = _blocks(groups, entries)
    mark_posed(tops, children, blocks)
    _name_roles(groups, entries)
    titled = [index for index, role in head.roles.items() if role == "title"]
    lead = _lead(groups, tree, titled[-1] + 1 if wrap.width and titled else head.end)
    paragraphs = tuple(_paragraph(group_, entries) for group_ in groups)
    posed = listed(tops, children)
    scopes = _scopes(groups, entries, closing)
    series = [(entry, found) for entry, passages in scopes for found in read_points(passages)]
    listings, coarse = read_listings(
        [(group_.passage, group_.lines[0], entries.get(id(group_.node)), group_.opens) for group_ in groups],
        series,
        blocks,
        parents,
    )
    problems = read_problems(
        [(entry, grain) for entry, grain in posed if id(entry) not in coarse], children, blocks, parents
    )
    siblings = _siblings(tops, children, entries)
    numbered = [entry.heading for entry in entries.values()]
    uses = frozenset(heading.level for heading in numbered)
    return Outline(
        title=head.title,
        issuer=head.issuer,
        paragraphs=paragraphs,
        lead=lead,
        headings=tuple(numbered),
        sections=build_sections(tops, children, _ends(entries, lines)),
        series=read_series(siblings),
        steps=read_steps(siblings, text, _paragraphed(siblings, lines), uses),
        run_ins=tuple(sorted(_run_ins(groups, entries, closing, series), key=in_text)),
        breaks=()
        if wrap.width
        else tuple(
            _break(first, second, text) for group_ in groups for first, second in pairwise(group_.parts)
        ),
        furniture=tuple(_stretch(group_.passage) for group_ in groups if group_.role == "furniture"),
        problems=tuple(sorted([*problems, *listings], key=in_text)),
        tail=tuple(index for index, group_ in enumerate(groups) if group_.role in ("welcome", "contact")),
        signature=tuple(
            index
            for index, group_ in enumerate(groups)
            if group_.role in ("signature", "date") and group_.lines[0].index in closing
        ),
    )


# --- paragraphs --------------------------------------------------------------------------------------------------


def _groups(
    tree: Node, lines: Sequence[Line], texts: Sequence[Passage], roles: dict[int, str], wrap: Wrap
) -> list[_Group]:
    nodes: list[Node] = [tree] * len(lines)
    opening: set[int] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node.line:
            opening.add(node.line.index)
            nodes[node.line.index] = node
        for line in node.lines:
            nodes[line.index] = node
        waiting.extend(node.children)
    groups: list[_Group] = []
    for line, passage in zip(lines, texts, strict=True):
        if not passage.text or line.type == "RULE":
            continue
        role = roles.get(line.index, "body")
        last = groups[-1] if groups else None
        if last and _alike(last.role, role, wrap) and line.index not in opening:
            said = last.parts[-1].text
            if goes_on(last.lines, said, last.stopped, line, wrap, _under_problem(last.node)):
                last.lines.append(line)
                last.parts.append(passage)
                last.stopped = last.stopped or "。" in said
                continue
        groups.append(
            _Group([line], passage, nodes[line.index], line.index in opening, role, parts=[passage])
        )
    for group_ in groups:
        group_.passage = join(group_.parts)
    return groups


def _alike(before: str, role: str, wrap: Wrap) -> bool:
    """Whether lines of these roles may be one paragraph; where a text is wrapped, only the first line tells its role."""
    if wrap.width and before in ("welcome", "contact"):
        return role in ("welcome", "contact", "body")
    return before == role and role in ("body", "welcome")


def _under_problem(node: Node) -> bool:
    """Whether a node stands right under a 问题N or a 针对“…”的问题."""
    above = node.parent.line if node.parent else None
    return above is not None and (above.problem or above.finding) is not None


def _break(first: Passage, second: Passage, text: str) -> Break:
    before, after = first.text[-_AROUND:], second.text[:_AROUND]
    start = first.offset(len(first.text) - len(before))
    end = second.span(0, len(after)).end
    return Break(Span(start, end), text[start:end], before, after)


def _paragraph(group_: _Group, entries: dict[int, Entry]) -> Paragraph:
    entry = entries.get(id(group_.node))
    passage, text = group_.passage, group_.passage.text
    parts = sentences(passage, group_.role)
    alone = len(parts) == 1 and parts[0].text == text
    return Paragraph(
        parts[0].span if alone else passage.span(0, len(text)),
        text,
        group_.role,
        entry.role if entry else "",
        passage,
        parts,
        entry.excerpt if entry else False,
    )


def _stretch(passage: Passage) -> Stretch:
    return Stretch(passage.span(0, len(passage.text)), passage.text)


def _name_roles(groups: Sequence[_Group], entries: dict[int, Entry]) -> None:
    """Give the paragraphs that are neither head nor closing their roles."""
    for group_ in groups:
        if group_.role != "body":
            continue
        line = group_.lines[0]
        entry = entries.get(id(group_.node))
        if group_.opens and entry is not None:
            group_.role = "heading" if entry.whole else "body"
        elif line.key:
            empty = not line.rest.strip("*：: ")
            if empty and not line.run_in:
                group_.role = "label"
            elif line.key.type == "STATUS" and len(line.rest) <= 40:
                group_.role = "status"
        elif line.type == "ROW":
            group_.role = "row"
        elif (
            entry is not None and entry.role not in (ORGANIZATION, NEXT) and line_status(group_.passage.text)
        ):
            group_.role = "status"


def _lead(groups: Sequence[_Group], tree: Node, start: int) -> tuple[int, ...]:
    """The opening paragraphs, which get the role ``lead``: up to the one that says that this is published."""
    lists = words()
    preface = [
        index
        for index, group_ in enumerate(groups)
        if group_.node is tree and group_.role == "body" and group_.lines[0].index >= start
    ][:_LEAD]
    published = [
        index for index in preface if any(word in groups[index].passage.text for word in lists["publication"])
    ]
    inspected = [
        index
        for index in preface
        if any(word in groups[index].passage.text for word in lists["opening_cue"])
        and groups[index].passage.text.startswith(tuple(lists["opening"]))
    ]
    if published:
        chosen = preface[: preface.index(published[0]) + 1]
    elif inspected:
        chosen = preface[: preface.index(inspected[0]) + 1]
    else:
        chosen = preface[:1] if tree.children else []
    for index in chosen:
        groups[index].role = "lead"
    return tuple(chosen)


# --- headings ----------------------------------------------------------------------------------------------------


def _entries(
    tree: Node, groups: Sequence[_Group], closing: dict[int, str]
) -> tuple[list[Entry], dict[int, list[Entry]], dict[int, Entry | None], dict[int, Entry]]:
    """The nodes as entries: the outermost, the children by ``id(entry)``, the parents by ``id(entry)``, and all by
    ``id(node)`` in the order of the text."""
    entries: dict[int, Entry] = {}
    for group_ in groups:
        if group_.opens and group_.lines[0].index not in closing:
            entries[id(group_.node)] = read_heading(group_.node, group_.passage)
    children: dict[int, list[Entry]] = {}
    parents: dict[int, Entry | None] = {}
    tops: list[Entry] = []
    for entry in entries.values():
        above = entry.node.parent
        while above is not None and id(above) not in entries:
            above = above.parent
        parent = entries[id(above)] if above is not None else None
        parents[id(entry)] = parent
        (children.setdefault(id(parent), []) if parent else tops).append(entry)
    return tops, children, parents, entries


def _blocks(groups: Sequence[_Group], entries: dict[int, Entry]) -> dict[int, list[Block]]:
    """The paragraphs of each entry itself, closing and furniture left out, by ``id(entry)``."""
    found: dict[int, list[Block]] = {}
    for group_ in groups:
        entry = entries.get(id(group_.node))
        if entry is None or group_.opens or group_.role != "body":
            continue
        line, passage = group_.lines[0], group_.passage
        value = passage
        if line.key:
            value = passage.part(index_at(passage, line.key.end), len(passage.text))
        found.setdefault(id(entry), []).append(Block(passage, value, line.key.type if line.key else ""))
    return found


def _ends(entries: dict[int, Entry], lines: Sequence[Line]) -> dict[int, int]:
    return {id(entry): lines[entry.node.last].end for entry in entries.values()}


def _siblings(
    tops: list[Entry], children: dict[int, list[Entry]], entries: dict[int, Entry]
) -> list[Siblings]:
    """All groups of siblings, in the order of the text."""
    found = group(None, tops)
    for entry in entries.values():
        found += group(entry, children.get(id(entry), ()))
    return sorted(found, key=lambda siblings: in_text(siblings.items[0].heading))


def _paragraphed(siblings: Sequence[Siblings], lines: Sequence[Line]) -> dict[int, bool]:
    """Whether each numbered entry may begin its list anew: text, a colon or a subheading stands right before it."""
    result: dict[int, bool] = {}
    for group_ in siblings:
        for entry in group_.items:
            at = entry.line.index - 1
            while at >= 0 and not lines[at].rest and not lines[at].marks:
                at -= 1
            before = lines[at] if at >= 0 else None
            result[id(entry)] = before is not None and _introduces(before, entry)
    return result


def _introduces(before: Line, entry: Entry) -> bool:
    if before.rest.endswith(("：", ":")):
        return True
    if before.label:
        return False
    short = len(before.rest) <= _SUBHEAD and not before.rest.endswith(("。", "；", "，"))
    return short if entry.heading.level in (0, 1, 2) else True


# --- points ------------------------------------------------------------------------------------------------------


def _scopes(
    groups: Sequence[_Group], entries: dict[int, Entry], closing: dict[int, str]
) -> list[tuple[Entry | None, list[Passage]]]:
    """The runs of paragraphs in which points may follow one another, each with its entry."""
    scopes: list[tuple[Entry | None, list[Passage]]] = []
    at: Node | None = None
    for group_ in groups:
        if group_.role not in ("body", "lead") or group_.lines[0].index in closing:
            if group_.role == "heading":
                at = None
            continue
        if at is not group_.node or group_.opens or not scopes:
            scopes.append((entries.get(id(group_.node)), []))
            at = group_.node
        scopes[-1][1].append(group_.passage)
    return scopes


def _run_ins(
    groups: Sequence[_Group],
    entries: dict[int, Entry],
    closing: dict[int, str],
    series: Sequence[tuple[Entry | None, RunInSeries]],
) -> list[RunInSeries]:
    """The series of points as one counts them. Where points pose problems (一是针对…的问题。), each with a paragraph of
    its own, they are one series, and the points of their answers are others."""
    heads: dict[int, list[Passage]] = {}
    bodies: list[_Group] = []
    for group_ in groups:
        point = group_.lines[0].run_in
        entry = entries.get(id(group_.node))
        above = id(group_.node.parent)
        passage = group_.passage
        label = len(point.text) if point is not None and passage.text.startswith(point.text) else 0
        posed = label and (group_.opens or (above in heads and poses(passage.text[label:])))
        if not posed or entry is None:
            bodies.append(group_)
            continue
        heads.setdefault(above, []).append(passage.part(0, entry.title_end if group_.opens else label))
        rest = passage.part(label, len(passage.text))
        bodies.append(_Group(group_.lines, rest, group_.node, group_.opens, group_.role))
    if not heads:
        return [found for _, found in series]
    found = [one for passages in heads.values() for one in read_points(passages)]
    return found + [one for _, passages in _scopes(bodies, entries, closing) for one in read_points(passages)]
