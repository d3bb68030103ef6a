"""The generator: whole invented reports, their facts known by construction, the same for the same seed."""

import random
from dataclasses import replace

from bench import extras, figures
from bench.closing import contact, signature
from bench.figures import Counts, Voice
from bench.items import Group, Item, Supply, split_states
from bench.layouts import LAYOUTS, ORDINALS, Style, make_style, section
from bench.model import Builder, Report, plain
from bench.settings import Setting, day, make_setting
from bench.topics import Topic
from bench.words import (
    AREAS,
    AUDIT_AREAS,
    AUDIT_LEADS,
    AUDIT_TITLES,
    ENVIRONMENT_AREAS,
    ENVIRONMENT_LEADS,
    LEADS,
    NEXT,
    ORGANIZATION,
    TITLES,
)

BODIES = {
    "bureau": 8, "committee": 4, "city": 3, "town": 4, "college": 3, "faculty": 2, "company": 3, "province": 3,
    "central": 1, "audit": 3, "environment": 3,
}  # fmt: skip
WEIGHTS = {
    "ladder": 3, "areas": 4, "flat-2": 3, "flat-3": 3, "paren": 2, "zhejiang": 3, "zhejiang-flat": 2, "about": 3,
    "two-grains": 3, "restarting": 2, "continuous": 3, "clauses": 3, "table-md": 2, "table-tsv": 2, "themes": 3,
}  # fmt: skip
STATED = frozenset(("two-grains", "restarting", "continuous", "table-md", "table-tsv", "tasks"))
UNSTATED = frozenset(("clauses", "themes"))
FLAT = frozenset(("flat-2", "flat-3", "paren", "zhejiang-flat", "table-md", "table-tsv", "tasks"))
SHORTEST, LONGEST = 1500, 12000


def generate(seed: int, index: int) -> Report:
    """Report number `index` of `seed`."""
    for attempt in range(60):
        report = _attempt(random.Random(f"{seed}/{index}/{attempt}"), f"{seed}-{index:04d}")
        if report is not None and SHORTEST <= len(report.text) <= LONGEST:
            return report
    raise AssertionError(f"no report of a fit length for {seed}/{index}")


def reports(seed: int, count: int) -> list[Report]:
    """The first `count` reports of `seed`."""
    return [generate(seed, index) for index in range(count)]


def _attempt(rng: random.Random, name: str) -> Report | None:
    body = rng.choices(list(BODIES), list(BODIES.values()))[0]
    setting = make_setting(rng, body)
    layout = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    if body == "environment":
        layout = rng.choice(("tasks", "tasks", "areas", "flat-3", "table-md", "about"))
    status = "line" if layout in STATED else rng.choices(("none", "line", "bracket"), (5, 2, 3))[0]
    if layout in UNSTATED or (layout in ("continuous", "restarting") and rng.random() < 0.4):
        status = "none"
    markdown = layout == "table-md" or (layout not in ("table-tsv",) and rng.random() < 0.12)
    mood = rng.choices(("all-done", "ongoing", "partial", "pending"), (35, 40, 13, 12))[0]
    style = make_style(rng, status, markdown, setting.as_of[0])
    if layout == "zhejiang-flat" and not style.poses.endswith(("问题", "问题”")):
        style = replace(style, poses="关于“{q}”问题")
    if layout == "about" and not style.poses.startswith(("关于", "针对")):
        style = replace(style, poses=rng.choice(("关于“{q}”问题的整改", "针对“{q}”的问题")))
    groups = _groups(rng, setting, layout, mood)
    if groups is None:
        return None
    return _write(rng, setting, name, layout, mood, style, groups)


def _groups(rng: random.Random, setting: Setting, layout: str, mood: str) -> list[Group] | None:
    """The findings of the body in their order, or None where the stock does not suffice."""
    supply = Supply(rng, setting)
    topics = supply.topics()
    titles: dict[str, tuple[str, ...]] = dict(AREAS)
    if setting.body in ("audit", "environment"):
        own = AUDIT_AREAS if setting.body == "audit" else ENVIRONMENT_AREAS
        titles = {k: (title,) for k, title in own.items()}
    wanted = [k for k in "ABCD" if any(t.area == k for t in topics)]
    length = rng.choice((1, 2, 3, 4))
    most = 4 if layout == "clauses" else rng.choice((3, 5, 8, 14))
    sizes = [rng.randint(2, most if k in "AB" else min(most, 8)) for k in wanted]
    if layout == "two-grains":
        return _nested(rng, supply, topics, wanted, titles, mood)
    states = iter(["done"] * sum(sizes) if layout == "themes" else split_states(rng, sum(sizes), mood))
    groups = []
    for key, size in zip(wanted, sizes, strict=True):
        pool = [t for t in topics if t.area == key]
        items: list[Item] = []
        while len(items) < size:
            state = next(states)
            drawn = (supply.item(t, state, length) for t in rng.sample(pool, len(pool)))
            item = next((item for item in drawn if item is not None), None)
            if item is None:
                return None
            items.append(item)
        groups.append(Group(rng.choice(titles[key]), tuple(items)))
    return groups


def _nested(
    rng: random.Random,
    supply: Supply,
    topics: tuple[Topic, ...],
    wanted: list[str],
    titles: dict[str, tuple[str, ...]],
    mood: str,
) -> list[Group] | None:
    """Headings 针对“…” that each hold one to three details; in a late area the details may stand alone."""
    plan: list[tuple[str, list[tuple[Topic, int]]]] = []
    for key in wanted:
        pool = [t for t in topics if t.area == key]
        picked = rng.sample(pool, min(len(pool), rng.randint(2, 4)))
        plan.append((key, [(topic, rng.randint(1, 3)) for topic in picked]))
    states = iter(split_states(rng, sum(n for _, chosen in plan for _, n in chosen), mood))
    bare = rng.random() < 0.3
    groups = []
    for key, chosen in plan:
        inner = []
        for topic, size in chosen:
            items = [supply.item(topic, next(states), 2) for _ in range(size)]
            kept = tuple(item for item in items if item is not None)
            if len(kept) < size:
                return None
            inner.append(Group("", kept, finding=f"{topic.thing}方面存在短板"))
        title = rng.choice(titles[key])
        if bare and key == plan[-1][0]:
            groups.append(Group(title, tuple(item for group in inner for item in group.items)))
        else:
            groups.append(Group(title, (), tuple(inner)))
    return groups


def _counts(rng: random.Random, layout: str, mood: str, style: Style, groups: list[Group]) -> Counts:
    leaves = [i for g in groups for i in g.items] + [i for g in groups for n in g.groups for i in n.items]
    states = [item.state for item in leaves]
    aspects = 0 if layout in FLAT or rng.random() < 0.4 else len(groups)
    if layout == "themes":
        states = split_states(rng, len(leaves) + rng.randint(9, 25), mood)
        return Counts(aspects, len(states), 0, tuple(states), False, False, False)
    shown = style.status != "none"
    if layout == "two-grains":
        direct = sum(len(g.items) for g in groups)
        headings = sum(len(g.groups) for g in groups)
        return Counts(aspects, headings + direct, len(states), tuple(states), True, True, shown)
    return Counts(aspects, len(states), 0, tuple(states), True, layout not in FLAT, shown)


def _write(
    rng: random.Random, setting: Setting, name: str, layout: str, mood: str, style: Style, groups: list[Group]
) -> Report:
    counts = _counts(rng, layout, mood, style, groups)
    voice = figures.make_voice(rng, setting, counts)
    supply = Supply(rng, setting)
    b = Builder(spaced=style.markdown)
    name_of = title(b, rng, setting, style)
    stated = rng.random() < 0.93
    figure_lines = accompany(voice) if stated else []
    where = rng.choice(("organization", "organization", "own", "lead", "body"))
    lead(b, rng, setting, figure_lines if where == "lead" else [])
    plan = f"《{setting.full}关于{setting.inspector}反馈意见的整改方案》"
    ladder_top = layout not in ("zhejiang", "zhejiang-flat")
    top = 2 if layout == "paren" else 1
    if ladder_top:
        heading = rng.choice(("整改工作组织情况", "履行整改主体责任情况", "整改组织领导和责任落实情况"))
        section(b, style, top, 1, heading, "organization")
    _organization(b, rng, setting, style, supply, plan, top + 1 if ladder_top else 0)
    if where in ("organization", "own"):
        for line in figure_lines if where == "own" else ["".join(figure_lines)]:
            if line:
                b.add(line, "figures")
    number = 2
    if ladder_top:
        important = "重点" if layout == "themes" else ""
        heading = rng.choice(
            (f"{setting.source}{important}问题整改落实情况", f"反馈{important}问题整改进展情况")
        )
        section(b, style, top, 2, heading, "rectification")
        number = 3
    else:
        number = 1 + (len(groups) if layout == "zhejiang" else sum(len(g.items) for g in groups))
    if where == "body" and figure_lines:
        b.add("".join(figure_lines), "figures")
    start = b.next_line()
    LAYOUTS[layout](b, style, groups)
    end = len(b.lines)
    _next_steps(
        b, rng, setting, style, top, number, figures.repeat(voice) if stated and rng.random() < 0.25 else ""
    )
    contact(b, rng, setting)
    signed = signature(b, setting)
    b.marks["body"] = [start, end]
    names = {
        "full": setting.full, "short": setting.short, "inspector": setting.inspector, "plan": plan, "act": setting.act,
        "place": setting.place.name, "area": setting.place.area, "authority": setting.authority, "layout": layout,
        "title": name_of, "status": style.status, "feedback": day(setting.feedback), "group": setting.group,
        "leader": setting.leader, "start": day(setting.start), "mood": mood if stated else "none",
    }  # fmt: skip
    return Report(
        name=name,
        suffix=".md" if style.markdown else ".txt",
        lines=tuple(b.lines),
        title=name_of,
        genre=setting.genre,
        traits=(layout, setting.body, mood, style.status, where if stated else "unstated", voice.style),
        sections=tuple(b.sections),
        problems=tuple(b.problems),
        claims=tuple(b.claims),
        rows=b.rows(),
        contacts=tuple(b.contacts),
        dates=tuple(b.dates),
        inspectors=tuple(b.inspectors),
        signature=signed,
        marks={k: tuple(v) for k, v in b.marks.items()},
        names=names,
        tolerated=("punctuation.width",) if style.half else (),
    )


def title(b: Builder, rng: random.Random, setting: Setting, style: Style) -> str:
    title = rng.choice(AUDIT_TITLES if setting.body == "audit" else TITLES).format(
        full=setting.full, matter=setting.matter
    )
    shape = "whole" if style.markdown else rng.choice(("whole", "whole", "whole", "broken", "issuer"))
    if shape == "broken":
        cut = len(setting.full)
        b.add(title[:cut], "title")
        b.add(title[cut:], "title-2")
    elif shape == "issuer":
        b.add(setting.full, "issuer")
        b.add(title, "title")
    else:
        b.add(f"# {title}" if style.markdown else title, "title")
    if not style.markdown and rng.random() < 0.5:
        b.add("")
    return title


def lead(b: Builder, rng: random.Random, setting: Setting, more: list[str]) -> None:
    leads = {"audit": AUDIT_LEADS, "environment": ENVIRONMENT_LEADS}.get(setting.body, LEADS)
    start, end = day(setting.start), day(setting.end)
    if setting.start.year == setting.end.year and rng.random() < 0.5:
        end = end.split("年")[1]
    values = {
        "authority": setting.authority, "start": start, "end": end, "inspector": setting.inspector,
        "full": setting.full, "short": setting.short, "kind": setting.kind, "feedback": day(setting.feedback),
        "act": setting.act,
    }  # fmt: skip
    line = b.add(rng.choice(leads).format(**values), "lead")
    if more:
        b.add("".join(more), "figures")
    b.dates.append(("inspection-start", setting.start.isoformat(), line))
    b.dates.append(("inspection-end", setting.end.isoformat(), line))
    b.dates.append(("feedback", setting.feedback.isoformat(), line))
    b.inspectors.append((setting.inspector, line))


def accompany(voice: Voice) -> list[str]:
    """The sentences of figures: the statement first, then what accompanies it."""
    rng, setting, counts = voice.rng, voice.setting, voice.counts
    out = [figures.statement(voice)]
    if rng.random() < 0.6:
        out.append(extras.measures(voice))
    if rng.random() < 0.35:
        out.append(extras.rules(voice))
    if setting.body == "audit":
        if rng.random() < 0.7:
            out.append(extras.audit_money(voice))
    elif setting.body != "environment":
        if rng.random() < 0.3:
            out.append(extras.recovered(voice))
        if rng.random() < 0.3:
            out.append(extras.people(voice))
    if setting.body == "environment" and rng.random() < 0.4:
        out.append(extras.batches(voice))
    if setting.body == "town" and rng.random() < 0.6:
        out.append(extras.villages(voice))
    candidates = [extras.earlier, extras.lists, extras.traps]
    if setting.body not in ("audit", "environment"):
        candidates.append(extras.checks)
    if counts.total > 8:
        candidates += [extras.share, extras.distributive]
    if counts.of("done") > 6 and not counts.details:
        candidates += [extras.at_once, extras.long_term, extras.responsibility]
    out += [write(voice) for write in rng.sample(candidates, rng.randint(0, 2))]
    return out


def _organization(
    b: Builder, rng: random.Random, setting: Setting, style: Style, supply: Supply, plan: str, level: int
) -> None:
    """The organization of the work: numbered run-in paragraphs at `level`, or one paragraph of 一是…"""
    party = setting.body not in ("audit", "environment")
    stock = [text for text in ORGANIZATION if party or "民主生活会" not in text]
    pairs = [text.split("|") for text in rng.sample(stock, rng.randint(3, 5))]
    filled = []
    for head, sentence in pairs:
        slots = supply.slots() | {
            "short": setting.short, "leader": setting.leader, "act": setting.act, "plan": plan,
        }  # fmt: skip
        filled.append((head, sentence.format(**slots)))
    if level and rng.random() < 0.6:
        for i, (head, sentence) in enumerate(filled, 1):
            section(b, style, level, i, head, "other", tail=f"。{sentence}。", mark="organization")
    else:
        text = "".join(f"{ORDINALS[i]}{head}。{sentence}。" for i, (head, sentence) in enumerate(filled))
        b.add(f"收到反馈意见后，{setting.short}高度重视，迅速行动，扎实推进整改。{text}", "organization")


def _next_steps(
    b: Builder, rng: random.Random, setting: Setting, style: Style, top: int, number: int, opening: str
) -> None:
    title = rng.choice(("下一步工作打算", "下一步工作计划", "下一步努力方向"))
    section(b, style, top, number, title, "next-steps", mark="next-heading")
    if opening:
        b.add(opening, "conclusion")
    for i, text in enumerate(rng.sample(NEXT, rng.randint(3, 4)), 1):
        head, sentence = text.split("|")
        section(b, style, top + 1, i, head, "other", tail=f"。{plain(sentence)}。", mark="next")
