"""The shape of a topic and how it is written down.

A block is ``# key|object|area``; ``-`` poses a finding; ``+ head|sentence`` answers one. Slots: ``{m}`` a month after
the feedback, ``{n}`` 2–9, ``{N}`` 12–60, ``{u}``/``{x}`` two departments, ``{S}`` the stem of the body's documents.
``<noun flags|words {P}>`` is a claim about one item: {P} persons, {R} rules, {Q} counts, {M} money.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One theme; `area` is A duties, B conduct and money, C organization, D earlier findings."""

    key: str
    thing: str
    area: str
    findings: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]


def parse(text: str) -> tuple[Topic, ...]:
    """The topics written in `text`."""
    topics = []
    for block in text.strip().split("\n# "):
        head, *lines = block.removeprefix("# ").strip().split("\n")
        key, thing, area = head.split("|")
        findings = tuple(line[2:].strip() for line in lines if line.startswith("- "))
        pairs = [line[2:].strip().split("|", 1) for line in lines if line.startswith("+ ")]
        topics.append(Topic(key, thing, area, findings, tuple((a, b) for a, b in pairs)))
    return tuple(topics)
