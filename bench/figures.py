"""Statements of the problems' totals: every pattern by which a report says how far it has come."""

import random
from dataclasses import dataclass

from bench.numbers import numeral, percent
from bench.settings import Setting, month


@dataclass(frozen=True, slots=True)
class Counts:
    """What the body lists (0 where it lists none) and how the whole divides.

    `aspects`, `problems`, `details` are the totals the report states; `listed` says that the finest grain is listed
    whole, `aspects_listed` that the aspects are headings, `shown` that each listed problem states its own state.
    """

    aspects: int
    problems: int
    details: int
    states: tuple[str, ...]
    listed: bool
    aspects_listed: bool
    shown: bool

    @property
    def fine(self) -> str:
        """The noun of the finest grain."""
        return "detail" if self.details else "problem"

    @property
    def total(self) -> int:
        """How many at the finest grain."""
        return self.details or self.problems

    def of(self, state: str) -> int:
        """How many at the finest grain are in `state`."""
        return self.states.count(state)


def claim(noun: str, state: str, value: float | None, words: str, *flags: str, scope: str = "report") -> str:
    """Claim markup; see bench.model."""
    return f"⟦{noun} {state} {scope} {'null' if value is None else value} {' '.join(flags)}|{words}⟧"


@dataclass(frozen=True, slots=True)
class Voice:
    """How one report words its figures: numerals, noun and measure word."""

    rng: random.Random
    setting: Setting
    counts: Counts
    style: str
    unit: str
    noun: str

    def n(self, number: int) -> str:
        """`number` in the report's numerals."""
        return numeral(number, self.style)

    def part(self, state: str, words: str, *flags: str, value: int | None = None) -> str:
        """A part of the whole: `{n}` in words is its figure and measure word."""
        number = self.counts.of(state) if value is None else value
        return claim(self.counts.fine, state, number, words.format(n=self.n(number) + self.unit), *flags)

    def verdict(self, exhaustive: bool) -> str:
        """The verdict flag of a total and of its parts."""
        return "=a" if exhaustive or self.counts.listed else "=u"

    def whole(self, exhaustive: bool) -> str:
        """巡察反馈的4个方面27个问题: the total, with the coarser grains in front where there are any."""
        counts, rng = self.counts, self.rng
        total = claim(
            "problem",
            "total",
            counts.problems,
            self.n(counts.problems) + self.unit + self.noun,
            self.verdict(exhaustive),
            "#main",
        )
        if counts.aspects and rng.random() < 0.55:
            return self.aspects() + rng.choice(("", "、", "的") if self.style == "arabic" else ("",)) + total
        return total

    def aspects(self) -> str:
        """4个方面 / 四个方面 / 四方面 / 4大类."""
        counts = self.counts
        flag = "=a" if counts.aspects_listed and counts.listed else "=e"
        style = self.rng.choice(("arabic", "chinese")) if self.style == "arabic" else self.style
        words = numeral(counts.aspects, style) + self.rng.choice(("个方面", "个方面", "大方面", "方面"))
        return claim("aspect", "total", counts.aspects, words, flag)


def make_voice(rng: random.Random, setting: Setting, counts: Counts) -> Voice:
    """A voice for one report."""
    style = rng.choices(("arabic", "chinese", "fullwidth"), (84, 10, 6))[0]
    unit, noun = rng.choices(
        (("个", "问题"), ("个", "具体问题"), ("项", "问题"), ("条", "意见")), (6, 2, 2, 1)
    )[0]
    if counts.details or (noun == "意见" and setting.body in ("audit", "environment")):
        unit, noun = "个", "问题"
    return Voice(rng, setting, counts, style, unit, noun)


def statement(voice: Voice) -> str:
    """One sentence on the whole and its parts, in a pattern that fits the states."""
    rng, counts, setting = voice.rng, voice.counts, voice.setting
    opening = rng.choice(
        (f"截至{month(setting.as_of)}，", f"截至{month(setting.as_of)}底，", "经过集中整改，", "")
    )
    if counts.details:
        return _two_grains(voice, opening)
    source = rng.choice((f"{setting.source}的", f"{setting.source}"))
    others = {s: counts.of(s) for s in ("partial", "ongoing", "pending") if counts.of(s)}
    if not others:
        return opening + _all_done(voice, source)
    if "pending" in others:
        return opening + _pending(voice, source)
    if "partial" in others:
        return opening + _partial(voice, source)
    return opening + _ongoing(voice, source)


def _all_done(voice: Voice, source: str) -> str:
    counts = voice.counts
    everything = claim(
        counts.fine,
        "done",
        None,
        voice.rng.choice(
            ("已全部完成整改", "均已整改到位", "已全部整改到位", "已全部办结", "均已整改完毕", "全部整改完成")
        ),
        "*",
    )
    done = voice.part("done", "已完成整改{n}", "=e", "#main")
    rate = claim(counts.fine, "rate", 100, "整改完成率100%", "=a")
    bare = claim(counts.fine, "rate", 100, "整改完成率100%", "=e")
    return voice.rng.choice(
        (
            f"{source}{voice.whole(False)}{everything}。",
            f"{source}{voice.whole(True)}，{done}，{rate}。",
            f"{source}{voice.whole(True)}{done}。",
            f"{source}{voice.whole(False)}{everything}，{bare}。",
        )
    )


def _ongoing(voice: Voice, source: str) -> str:
    counts, rng = voice.counts, voice.rng
    printed, value = percent(counts.of("done"), counts.total)
    rate = claim(counts.fine, "rate", value, f"整改完成率{printed}", "=a")
    verdict = "=a"
    done = rng.choice(("已完成整改{n}", "已整改到位{n}", "完成整改{n}", "已整改销号{n}", "已整改完成{n}"))
    ongoing = rng.choice(
        ("正在推进整改的" + voice.noun + "{n}", "正在整改{n}", "持续推进{n}", "达到序时进度{n}")
    )
    pairs = [
        ("已完成整改{n}", rng.choice(("其余{n}正按计划推进", "剩余{n}正在有序推进"))),
        (done, ongoing),
        ("已完成或基本完成{n}", "正在推进{n}"),
        ("已办结{n}", "正在抓紧办理{n}"),
        ("整改完成{n}", "正在推进整改{n}"),
        ("已销号{n}", "申请延期{n}"),
        ("{n}已销号", "其余{n}达到序时进度"),
        ("{n}已完成整改", rng.choice(("{n}正在推进", "{n}需分阶段整改，正在持续推进"))),
    ]
    first, second = rng.choice(pairs)
    parts = (voice.part("done", first, verdict, "#main"), voice.part("ongoing", second, verdict, "#main"))
    shape = rng.random()
    if shape < 0.25:
        return _apart(voice, parts)
    if shape < 0.6:
        joined = "中，" if first.startswith("{n}") else rng.choice(("，", "中，", ""))
        return f"{source}{voice.whole(True)}{joined}{parts[0]}，{parts[1]}。"
    if shape < 0.8:
        return f"{source}{voice.whole(True)}，{parts[0]}，{parts[1]}，{rate}。"
    if shape < 0.9 and 84 <= value < 90:
        fraction = claim(counts.fine, "rate", 90, "近九成", "~", "=a")
        return f"{source}{voice.whole(True)}中，{parts[0]}，完成{fraction}；{parts[1]}。"
    bare = "=a" if counts.shown and counts.listed else "=e"
    done_only = voice.part("done", "已完成整改{n}", bare)
    if shape < 0.95:
        rest = claim(counts.fine, "ongoing", None, "其余问题正在有序整改", "?", "=-")
        return f"{source}{voice.whole(False)}{done_only}，{rest}。"
    share_text, share = percent(counts.of("ongoing"), counts.total)
    tail = claim(counts.fine, "rate", share, f"占反馈问题总数的{share_text}", "=e")
    return f"{source}{voice.whole(True)}，{parts[0]}，{parts[1]}，{tail}。"


def _apart(voice: Voice, parts: tuple[str, str]) -> str:
    """The total in a clause of its own, after its noun or with its parts in brackets."""
    counts, rng, setting = voice.counts, voice.rng, voice.setting
    number = voice.n(counts.problems) + voice.unit
    noun = "意见" if voice.noun == "意见" else "问题"
    back = claim("problem", "total", counts.problems, f"{noun}共{number}", "=a", "#main")
    plain = claim("problem", "total", counts.problems, f"{noun}{number}", "=a", "#main")
    return rng.choice(
        (
            f"{setting.source}{back}。目前，{parts[0]}，{parts[1]}。",
            f"{setting.inspector}共反馈{plain}，{parts[0]}，{parts[1]}。",
            f"{setting.source}的{voice.whole(True)}（{parts[0]}、{parts[1]}）均已逐项明确责任人。",
        )
    )


def _partial(voice: Voice, source: str) -> str:
    counts, rng = voice.counts, voice.rng
    done = voice.part("done", "已完成整改{n}", "=a", "#main")
    partial = voice.part(
        "partial", rng.choice(("基本完成{n}", "阶段性完成{n}", "部分整改{n}")), "=a", "#main"
    )
    if not counts.of("ongoing"):
        return f"{source}{voice.whole(True)}，{done}，{partial}。"
    ongoing = voice.part("ongoing", "正在整改{n}", "=a", "#main")
    if rng.random() < 0.6 or (counts.shown and counts.listed):
        return f"{source}{voice.whole(True)}，{done}，{partial}，{ongoing}。"
    rest = counts.of("ongoing") + counts.of("partial")
    number = voice.n(counts.of("partial")) + voice.unit
    inside = claim(counts.fine, "partial", counts.of("partial"), f"含部分整改{number}", "?", "=-")
    remainder = voice.part("ongoing", "其余{n}正在推进", "=a", "#main", value=rest)
    return f"{source}{voice.whole(True)}，{done}，{remainder}（{inside}）。"


def _pending(voice: Voice, source: str) -> str:
    counts, rng = voice.counts, voice.rng
    parts = [voice.part("done", "已完成整改{n}", "=a", "#main")]
    if counts.of("ongoing"):
        words = rng.choice(("正在整改{n}", "达到序时进度{n}"))
        parts.append(voice.part("ongoing", words, "=a", "#main"))
    parts.append(voice.part("pending", rng.choice(("未完成{n}", "尚未启动{n}")), "=a", "#main"))
    return f"{source}{voice.whole(True)}，{'，'.join(parts)}。"


def _two_grains(voice: Voice, opening: str) -> str:
    """Problems by their headings and details below them, one sentence for each grain."""
    counts, rng, setting = voice.counts, voice.rng, voice.setting
    word = rng.choice(("具体表现", "具体事项"))
    flag = "=a" if counts.listed else "=u"
    first = claim("problem", "total", counts.problems, f"{voice.n(counts.problems)}个问题", flag)
    detail = claim("detail", "total", counts.details, f"{voice.n(counts.details)}个{word}", flag)
    nested = f"{voice.aspects()}{first}的{detail}" if counts.aspects else f"{first}{detail}"
    lead = f"对照{setting.source}的{nested}，逐条建立整改台账。"
    done = counts.of("done")
    if done == counts.details:
        ending = claim("detail", "done", None, "已全部完成整改", "*")
        return f"{lead}{opening}上述{word}{ending}。"
    again = claim("detail", "total", counts.details, f"{voice.n(counts.details)}个{word}", "=a", "#main")
    unit = voice.unit
    parts = [claim("detail", "done", done, f"已经整改完成{voice.n(done)}{unit}", "=a", "#main")]
    for state, words in (("partial", "基本完成"), ("ongoing", "正在整改"), ("pending", "尚未启动")):
        if counts.of(state):
            text = f"{words}{voice.n(counts.of(state))}{unit}"
            parts.append(claim("detail", state, counts.of(state), text, "=a", "#main"))
    return f"{lead}{opening}{setting.source}的{again}{'，'.join(parts)}。"


def repeat(voice: Voice) -> str:
    """The total again, as a conclusion says it."""
    counts = voice.counts
    if counts.details:
        total = claim("detail", "total", counts.details, f"{voice.n(counts.details)}个具体表现", "=a")
    else:
        total = claim(
            "problem", "total", counts.problems, voice.n(counts.problems) + voice.unit + voice.noun, "=a"
        )
    return f"虽然{voice.setting.source}的{total}整改工作取得了明显成效，但对照上级要求和群众期盼仍有差距。"
