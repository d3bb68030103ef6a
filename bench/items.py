"""Findings with their states and answers: the material that a layout sets out."""

import random
import re
from dataclasses import dataclass, field

from bench.numbers import money
from bench.settings import Setting, month, months_between
from bench.topics import TOPICS, Topic
from bench.topics_environment import ENVIRONMENT_TOPICS
from bench.words import BUILDING, COMMON, ONGOING, PENDING

_CLAIM = re.compile(r"<([^|>]*)\|([^>]*)>")
BUILT = frozenset(("project", "safety", "environment", "water", "waste", "nature"))
AUDIT_KEYS = ("finance", "assets", "purchase", "reception", "project", "rural", "data")


@dataclass(frozen=True, slots=True)
class Item:
    """One finding; `measures` are (head, sentence without end mark), with claim markup."""

    finding: str
    topic: Topic
    state: str
    long_term: bool
    measures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Findings under one heading; `finding` is set where the heading itself poses a problem."""

    title: str
    items: tuple[Item, ...]
    groups: tuple["Group", ...] = ()
    finding: str = ""


@dataclass(slots=True)
class Supply:
    """Draws findings and measures of one report without drawing any twice."""

    rng: random.Random
    setting: Setting
    findings: dict[str, list[str]] = field(default_factory=dict)
    measures: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    common: dict[str, list[str]] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def topics(self) -> tuple[Topic, ...]:
        """The topics that suit the body."""
        body = self.setting.body
        if body == "environment":
            return ENVIRONMENT_TOPICS
        if body == "audit":
            return tuple(t for t in TOPICS if t.key in AUDIT_KEYS)
        unfit = {"rural"} if body != "town" else {"talent"}
        if body in ("faculty", "college", "company", "central"):
            unfit |= {"service", "environment"}
        return tuple(t for t in TOPICS if t.key not in unfit)

    def slots(self) -> dict[str, str]:
        """Fresh values of {m} {n} {N} {u} {x} {S}."""
        rng, setting = self.rng, self.setting
        u, x = rng.sample(setting.offices, 2)
        return {
            "m": month(rng.choice(months_between(setting.feedback, setting.as_of))),
            "n": str(rng.randint(2, 9)),
            "N": str(rng.randint(12, 60)),
            "u": u,
            "x": x,
            "S": setting.stem,
        }

    def finding(self, topic: Topic) -> str | None:
        """A finding of `topic` not drawn before, or None."""
        left = self.findings.setdefault(topic.key, self.rng.sample(topic.findings, len(topic.findings)))
        return left.pop() if left else None

    def measure(self, topic: Topic, pool: tuple[str, ...] | None = None) -> tuple[str, str] | None:
        """A measure of `topic` (or of `pool` about it) with slots filled, or None when all are used."""
        if pool is None:
            left = self.measures.setdefault(topic.key, self.rng.sample(topic.measures, len(topic.measures)))
            if not left:
                return None
            head, sentence = left.pop()
        else:
            texts = self.common.setdefault(topic.key + pool[0], self.rng.sample(pool, len(pool)))
            while texts and pool is COMMON and self.times.get(texts[-1], 0) > 1:
                texts.pop()
            if not texts:
                return None
            text = texts.pop()
            self.times[text] = self.times.get(text, 0) + 1
            head, sentence = text.split("|", 1)
        for _ in range(20):
            filled = fill(self.rng, sentence, self.slots() | {"thing": topic.thing})
            if filled not in self.seen:
                self.seen.add(filled)
                return head, filled
        return None

    def answers(self, topic: Topic, state: str, count: int) -> tuple[tuple[str, str], ...]:
        """`count` measures fit for a problem in `state` (fewer where the stock ends, never none)."""
        out: list[tuple[str, str]] = []
        if state in ("ongoing", "pending", "partial"):
            stock = ONGOING + BUILDING if topic.key in BUILT else ONGOING
            last = self.measure(topic, PENDING if state == "pending" else stock)
            if last:
                out.append(last)
        while len(out) < count:
            drawn = self.measure(topic) if self.rng.random() < 0.85 else self.measure(topic, COMMON)
            drawn = drawn or self.measure(topic, COMMON) or self.measure(topic)
            if drawn is None:
                break
            if drawn[0] not in {head for head, _ in out}:
                out.insert(0, drawn)
        return tuple(out)

    def item(self, topic: Topic, state: str, length: int) -> Item | None:
        """One finding of `topic` with answers."""
        finding = self.finding(topic)
        if finding is None:
            return None
        measures = self.answers(topic, state, max(1, length + self.rng.randint(-1, 1)))
        if not measures:
            return None
        long_term = state in ("done", "ongoing") and self.rng.random() < 0.35
        return Item(finding, topic, state, long_term, measures)


def fill(rng: random.Random, sentence: str, slots: dict[str, str]) -> str:
    """`sentence` with its slots filled and its <claims> turned into claim markup."""
    people, rules, found = rng.randint(1, 9), rng.randint(2, 9), rng.randint(5, 40)
    printed, value = money(rng)

    def claim(match: re.Match[str]) -> str:
        head, words = match[1].split(), match[2]
        number: float = people
        for slot, candidate in (("{R}", rules), ("{Q}", found), ("{M}", value)):
            if slot in words:
                number = candidate
        noun, state, scope, *flags = head if len(head) > 2 else [head[0], "any", "other"]
        words = words.format(P=people, R=rules, Q=found, M=printed)
        return f"⟦{noun} {state} {scope} {number} {' '.join(flags)}|{words}⟧"

    marked = _CLAIM.sub(lambda m: claim(m).replace("{", "{{").replace("}", "}}"), sentence)
    return marked.format(**slots)


def split_states(rng: random.Random, total: int, mood: str) -> list[str]:
    """States of `total` problems: `mood` is all-done, ongoing, partial, pending."""
    states = ["done"] * total
    spots = rng.sample(range(total), min(total - 1, rng.randint(1, max(1, total // 6))))
    if mood == "all-done":
        return states
    for spot in spots:
        states[spot] = "ongoing"
    if mood in ("partial", "pending"):
        free = [i for i in range(total) if states[i] == "done"]
        for spot in rng.sample(free, max(1, min(len(free) - 1, rng.randint(1, 3)))):
            states[spot] = mood
    return states
