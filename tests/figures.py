"""Figures made by hand, for tests of what is told from them."""

from __future__ import annotations

from typing import Any

from checker.document import Claim
from checker.records import replace
from checker.source import Span


def figure(span: Span, text: str, value: float | None, state: str, **other: Any) -> Claim:
    """A figure of the report's own problems; ``other`` are fields that are otherwise."""
    plain = Claim(
        span=span,
        text=text,
        noun="problem",
        state=state,
        value=value,
        unit="个",
        approximate=False,
        all=False,
        scope="report",
        masked=False,
        numerals="arabic",
        figure=span,
        key="",
        paragraph=0,
        decimals=0,
        word="",
    )
    return replace(plain, **other)
