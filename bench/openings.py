"""Lone openings: title, lead and a paragraph of figures, as an excerpt of a page shows them."""

import random

from bench import extras, figures
from bench.figures import Counts, make_voice
from bench.generate import accompany, lead, title
from bench.items import split_states
from bench.layouts import make_style
from bench.model import Builder, Report
from bench.settings import make_setting

BODIES = ("bureau", "committee", "city", "town", "college", "company", "province", "audit", "environment")


def opening(seed: int, index: int) -> Report:
    """Opening number `index` of `seed`; its claims are the facts that matter."""
    rng = random.Random(f"opening/{seed}/{index}")
    setting = make_setting(rng, rng.choice(BODIES))
    mood = rng.choice(("all-done", "ongoing", "ongoing", "partial", "pending"))
    states = tuple(split_states(rng, rng.randint(9, 78), mood))
    details = bool(rng.random() < 0.2)
    problems = rng.randint(5, len(states) - 2) if details else len(states)
    aspects = rng.choice((0, 0, 3, 4, 4, 5))
    counts = Counts(aspects, problems, len(states) if details else 0, states, False, False, False)
    voice = make_voice(rng, setting, counts)
    style = make_style(rng, "none", False, setting.as_of[0])
    b = Builder()
    name = title(b, rng, setting, style)
    sentences = accompany(voice)
    if rng.random() < 0.3:
        sentences.append(extras.checks(voice))
    if rng.random() < 0.5:
        lead(b, rng, setting, sentences)
    else:
        lead(b, rng, setting, [])
        b.add(
            f"收到反馈意见后，{setting.short}高度重视，迅速研究部署整改工作。" + "".join(sentences), "figures"
        )
    if rng.random() < 0.2:
        b.add(figures.repeat(voice), "conclusion")
    return Report(
        name=f"opening-{seed}-{index:04d}",
        suffix=".txt",
        lines=tuple(b.lines),
        title=name,
        genre=setting.genre,
        traits=("opening", setting.body, mood, "none", "lead", voice.style),
        sections=(),
        problems=(),
        claims=tuple(b.claims),
        rows=b.rows(),
        contacts=(),
        dates=tuple(b.dates),
        inspectors=tuple(b.inspectors),
        signature=None,
        marks={k: tuple(v) for k, v in b.marks.items()},
        names={"full": setting.full, "short": setting.short, "inspector": setting.inspector},
    )
