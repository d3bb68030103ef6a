"""Words that are looked at around figures: ``rules/lexicon/around-figures.yaml``."""

from __future__ import annotations

from functools import cache

from checker.resources import lexicon


@cache
def around(name: str) -> tuple[str, ...]:
    """The words of one list. Raises KeyError if there is none of that name."""
    return tuple(lexicon("around-figures")[name])


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The lists of one name that has several."""
    return tuple(map(tuple, lexicon("around-figures")[name]))


@cache
def like_units() -> frozenset[str]:
    """The units of findings, and none at all."""
    return frozenset(("", *around("plain-units")))
