"""The ways in which reports set out their problems; each writes lines and records facts."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from bench.items import Group, Item
from bench.model import Builder, Problem, Section, plain
from bench.numbers import chinese

STATUS_WORDS = {
    "done": ("已完成整改", "已整改到位", "已完成", "已整改", "整改完成"),
    "partial": ("基本完成", "阶段性完成", "部分整改"),
    "ongoing": ("正在整改", "持续推进", "达到序时进度"),
    "pending": ("尚未启动", "未完成"),
}
ORDINALS = tuple(f"{chinese(n)}是" for n in range(1, 20))


@dataclass(frozen=True, slots=True)
class Style:
    """The manner that one report keeps to: labels, quoting, statuses, Markdown."""

    rng: random.Random
    level_3: str
    level_4: str
    half: bool
    poses: str
    status: str
    heads: str
    markdown: bool
    year: int

    def label(self, level: int, number: int) -> str:
        """The label of a heading as it is printed."""
        if level == 1:
            return f"{chinese(number)}、"
        if level == 2:
            return f"({chinese(number)})" if self.half else f"（{chinese(number)}）"
        return (self.level_3 if level == 3 else self.level_4).format(n=number)

    def number(self, level: int, number: int) -> str:
        """The label as the contract names it."""
        return chinese(number) if level < 3 else str(number)

    def pose(self, finding: str) -> str:
        """A finding as a heading poses it."""
        if "{q}" not in self.poses:
            return self.poses.format(f=finding)
        return self.poses.format(q=finding.replace("“", "‘").replace("”", "’"))

    def heading(self, level: int, text: str) -> str:
        """A heading line, in Markdown where the report is."""
        return f"{'#' * (level + 1)} {text}" if self.markdown else text


def make_style(rng: random.Random, status: str, markdown: bool, year: int) -> Style:
    """A style; `status` is none, line or bracket, `year` that of the figures."""
    return Style(
        rng=rng,
        level_3=rng.choices(("{n}.", "{n}．\u3000", "{n}．", "{n}、"), (6, 2, 1, 1))[0],
        level_4=rng.choice(("（{n}）", "（{n}）", "({n})")),
        half=rng.random() < 0.06,
        poses=rng.choice(
            ("关于“{q}”的问题", "关于“{q}”问题", "“{q}”的问题", "针对“{q}”的问题", "关于{f}的问题", "{f}")
        ),
        status=status,
        heads=rng.choice(("head", "head", "plain", "semicolon")),
        markdown=markdown,
        year=year,
    )


def section(
    b: Builder,
    style: Style,
    level: int,
    number: int,
    title: str,
    role: str,
    *,
    optional: bool = False,
    tail: str = "",
    mark: str = "heading",
) -> int:
    """Write a numbered heading and record it; returns its line."""
    line = b.add(style.heading(level, style.label(level, number) + title + tail), mark, f"level-{level}")
    b.sections.append(Section(level, style.number(level, number), number, plain(title), role, line, optional))
    return line


def status_text(style: Style, item: Item) -> str:
    """The words of an item's state."""
    words = style.rng.choice(STATUS_WORDS[item.state])
    return words + ("，长期坚持" if item.long_term else "")


def run_in(style: Style, measures: tuple[tuple[str, str], ...]) -> str:
    """一是…二是… in one paragraph."""
    if len(measures) == 1:
        return measures[0][1] + "。"
    if style.heads == "semicolon":
        return "；".join(ORDINALS[i] + sentence for i, (_, sentence) in enumerate(measures)) + "。"
    texts = []
    for i, (head, sentence) in enumerate(measures):
        texts.append(
            f"{ORDINALS[i]}{head}。{sentence}。" if style.heads == "head" else f"{ORDINALS[i]}{sentence}。"
        )
    return "".join(texts)


def answer(b: Builder, style: Style, item: Item, prefix: str = "") -> None:
    """The measures of an item as one paragraph."""
    b.add(prefix + run_in(style, item.measures), "measure")


def pose(b: Builder, style: Style, item: Item, *, level: int, number: int | None) -> None:
    """The line that poses a problem, with its state in brackets or on the next line, and its answer."""
    state, text = ("unknown", "") if style.status == "none" else (item.state, status_text(style, item))
    title = style.pose(item.finding)
    tail = f"（{text}）" if style.status == "bracket" else ""
    if number is None:
        text_ = title + tail
        line = b.add(f"**{text_}**" if style.markdown else text_, "posed")
    else:
        line = section(b, style, level, number, title, "other", optional=True, tail=tail, mark="posed")
    printed = "" if number is None else style.number(level, number)
    b.problem(Problem(printed, number, item.finding, state, item.long_term and bool(text), text, line))
    if style.status == "line":
        b.add(f"工作进展：{text}。", "status")
    answer(b, style, item, "整改情况：" if style.status == "line" else "")


def ladder(b: Builder, style: Style, groups: list[Group]) -> None:
    """（一）area → 1.problem → （1）measures."""
    for i, group in enumerate(groups, 1):
        section(b, style, 2, i, group.title, "other")
        for j, item in enumerate(group.items, 1):
            state, text = (
                ("unknown", "") if style.status == "none" else (item.state, status_text(style, item))
            )
            tail = f"（{text}）" if style.status == "bracket" else ""
            line = section(
                b, style, 3, j, style.pose(item.finding), "other", optional=True, tail=tail, mark="posed"
            )
            long_term = item.long_term and bool(text)
            b.problem(Problem(str(j), j, item.finding, state, long_term, text, line))
            if style.status == "line":
                b.add(f"工作进展：{text}。", "status")
            for k, (head, sentence) in enumerate(item.measures, 1):
                number = b.add(f"{style.label(4, k)}{head}。{sentence}。", "measure", "level-4")
                b.sections.append(Section(4, str(k), k, head, "other", number, True))


def areas(b: Builder, style: Style, groups: list[Group]) -> None:
    """（一）area → 1.problem → 一是…"""
    for i, group in enumerate(groups, 1):
        section(b, style, 2, i, group.title, "other")
        for j, item in enumerate(group.items, 1):
            pose(b, style, item, level=3, number=j)


def flat(level: int) -> Callable[[Builder, Style, list[Group]], None]:
    """Problems at `level` with no areas above them."""

    def write(b: Builder, style: Style, groups: list[Group]) -> None:
        items = [item for group in groups for item in group.items]
        for j, item in enumerate(items, 1):
            pose(b, style, item, level=level, number=j)

    return write


def zhejiang(b: Builder, style: Style, groups: list[Group]) -> None:
    """一、关于“area” → （一）problem → 一是… with no section above."""
    for i, group in enumerate(groups, 1):
        section(b, style, 1, i, f"关于{group.title.removeprefix('聚焦')}的整改情况", "rectification")
        for j, item in enumerate(group.items, 1):
            pose(b, style, item, level=2, number=j)


def about(b: Builder, style: Style, groups: list[Group]) -> None:
    """（一）area → unnumbered 关于“…”问题的整改."""
    for i, group in enumerate(groups, 1):
        section(b, style, 2, i, group.title, "other")
        for item in group.items:
            pose(b, style, item, level=3, number=None)


def two_grains(b: Builder, style: Style, groups: list[Group]) -> None:
    """（一）area → 1.针对“…”的问题 → 问题N：…, answered one by one or two at once."""
    for i, group in enumerate(groups, 1):
        section(b, style, 2, i, group.title, "other")
        for j, inner in enumerate(group.groups, 1):
            title = inner.finding.replace("“", "‘").replace("”", "’")
            section(b, style, 3, j, f"针对“{title}”的问题", "other", optional=True, tail="。")
            details(b, style, list(inner.items), 1, str, shared=True)
        if group.items:
            details(b, style, list(group.items), 1, str, shared=False)


def details(
    b: Builder, style: Style, items: list[Item], start: int, number: Callable[[int], str], *, shared: bool
) -> None:
    """问题N：… with 工作进展： and 整改情况： below; neighbours of one state may share an answer."""
    at = 0
    while at < len(items):
        size = 1
        if (
            shared
            and at + 1 < len(items)
            and items[at].state == items[at + 1].state
            and style.rng.random() < 0.12
        ):
            size = 2
        block = items[at : at + size]
        text = status_text(style, block[0]) if style.status == "line" else ""
        for k, item in enumerate(block, start + at):
            label = f"问题{number(k)}"
            line = b.add(f"{label}：{item.finding}。", "posed")
            state = item.state if text else "unknown"
            b.problem(Problem(label, k, item.finding, state, bool(text) and block[0].long_term, text, line))
        if text:
            b.add(f"工作进展：{text}。", "status")
        answer(b, style, block[0], "整改情况：")
        at += size


def restarting(b: Builder, style: Style, groups: list[Group]) -> None:
    """（一）area → 问题1：… restarting under each area."""
    for i, group in enumerate(groups, 1):
        section(b, style, 2, i, group.title, "other")
        details(b, style, list(group.items), 1, str, shared=True)


def continuous(b: Builder, style: Style, groups: list[Group]) -> None:
    """（一）area → 问题一：… running on through all areas."""
    at = 1
    for i, group in enumerate(groups, 1):
        section(b, style, 2, i, group.title, "other")
        details(b, style, list(group.items), at, chinese, shared=False)
        at += len(group.items)


def clauses(b: Builder, style: Style, groups: list[Group]) -> None:
    """（一）area → one paragraph: 一是针对…的问题，… 二是针对…"""
    for i, group in enumerate(groups, 1):
        section(b, style, 2, i, group.title, "other")
        text = ""
        line = b.next_line()
        for k, item in enumerate(group.items):
            text += f"{ORDINALS[k]}针对{item.finding}的问题，{'。'.join(s for _, s in item.measures[:2])}。"
            b.problem(
                Problem(chinese(k + 1), k + 1, item.finding, "unknown", False, "", line, numbered=False)
            )
        assert b.add(text, "measure", "clauses") == line


def table(markdown: bool) -> Callable[[Builder, Style, list[Group]], None]:
    """One table row a problem: number, problem, measures, state."""

    def write(b: Builder, style: Style, groups: list[Group]) -> None:
        def row(*cells: str) -> str:
            return "| " + " | ".join(cells) + " |" if markdown else "\t".join(cells)

        b.add(row("序号", "反馈问题", "整改措施及成效", "整改状态"), "table-head")
        if markdown:
            b.add("| --- | --- | --- | --- |")
        items = [item for group in groups for item in group.items]
        for j, item in enumerate(items, 1):
            text = status_text(style, item)
            sentences = "；".join(s for _, s in item.measures) + "。"
            line = b.add(row(str(j), item.finding, sentences, text), "row")
            b.problem(
                Problem(str(j), j, item.finding, item.state, item.long_term, text, line, numbered=False)
            )

    return write


def themes(b: Builder, style: Style, groups: list[Group]) -> None:
    """（一）area, run in with 一是…; no problem is quoted."""
    for i, group in enumerate(groups, 1):
        section(b, style, 2, i, group.title, "other")
        measures = tuple(m for item in group.items for m in item.measures[:2])[:7]
        b.add(run_in(style, measures), "measure")


def tasks(b: Builder, style: Style, groups: list[Group]) -> None:
    """整改任务N with 整改目标, 整改时限, 整改进展 (environmental inspections)."""
    items = [item for group in groups for item in group.items]
    for j, item in enumerate(items, 1):
        text = status_text(style, item)
        label = f"整改任务{chinese(j)}"
        line = b.add(f"{label}：{item.finding}。", "posed")
        b.problem(Problem(label, j, item.finding, item.state, item.long_term, text, line))
        b.add(f"整改目标：解决{item.finding}的问题。", "goal")
        late = 0 if item.state == "done" else 1
        b.add(f"整改时限：{style.year + late}年12月底前。", "term")
        b.add(f"整改状态：{text}。", "status")
        b.add(f"整改进展：{run_in(style, item.measures)}", "measure")


LAYOUTS: dict[str, Callable[[Builder, Style, list[Group]], None]] = {
    "ladder": ladder,
    "areas": areas,
    "flat-2": flat(2),
    "flat-3": flat(3),
    "paren": flat(3),
    "zhejiang": zhejiang,
    "zhejiang-flat": flat(1),
    "about": about,
    "two-grains": two_grains,
    "restarting": restarting,
    "continuous": continuous,
    "clauses": clauses,
    "table-md": table(True),
    "table-tsv": table(False),
    "themes": themes,
    "tasks": tasks,
}
