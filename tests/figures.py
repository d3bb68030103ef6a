"""Figures made by hand, for tests of what is told from them."""

from __future__ import annotations

from typing import Any

from checker.document import Claim
from checker.entries import Entry
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


def entry(number: int, value: float | None, role: str = "part", state: str = "done", **other: Any) -> Entry:
    """The entry of a figure that stands at ten times its number; ``other`` are fields of the claim or the entry."""
    span = Span(10 * number, 10 * number + 8)
    claim = figure(span, f"甲{number}", value, state)
    plain = Entry(
        number=number,
        claim=claim,
        role=role,
        sentence=0,
        clause=0,
        part=0,
        inside=-1,
        anchored=True,
        found=False,
        tied=True,
        summed=False,
        overlap=False,
        shared_list=False,
        after_subset=False,
        share=False,
        money="",
        approximation="",
        year="",
        labelled=False,
        led=False,
        leads=False,
    )
    of_claim = {name: other.pop(name) for name in list(other) if hasattr(claim, name)}
    return replace(plain, claim=replace(claim, **of_claim), **other)


def whole(number: int, value: float | None, **other: Any) -> Entry:
    return entry(number, value, "whole", "total", **other)
