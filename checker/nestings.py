"""Totals of one body at several grains: 4个方面16个问题的39个具体表现."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import Nesting
from checker.entries import GRAINS, Entry
from checker.figure_words import around
from checker.records import replace
from checker.source import Source, Span

_MARKS = ("", "、")


def find_nestings(source: Source, entries: Sequence[Entry]) -> tuple[tuple[Nesting, ...], tuple[Entry, ...]]:
    """Totals of one body at several grains that stand side by side, and the entries with the finer of two
    totals called 问题 read as the detail that it is and aspects in the scope of the problems they hold (巡察工作就4个方面
    8个问题)."""
    changed = list(entries)
    chains: list[list[int]] = []
    for index, entry in enumerate(entries):
        if entry.role != "whole" or entry.claim.noun not in GRAINS:
            continue
        previous = chains[-1][-1] if chains else -1
        if previous >= 0 and _nests(source, changed[previous], entry):
            if changed[previous].claim.noun == entry.claim.noun == "problem":
                changed[index] = replace(entry, claim=replace(entry.claim, noun="detail"))
            chains[-1].append(index)
        else:
            chains.append([index])
    nestings = []
    for chain in chains:
        _keep_scope(changed, chain)
        levels = tuple(changed[index].claim for index in chain)
        if len(levels) > 1:
            span = Span(levels[0].span.start, levels[-1].span.end)
            scope = "other" if any(level.scope == "other" for level in levels) else "report"
            nestings.append(Nesting(span, source.slice(span), levels, scope))
    return tuple(nestings), tuple(changed)


def _keep_scope(entries: list[Entry], chain: Sequence[int]) -> None:
    held = [index for index in chain if entries[index].claim.noun != "aspect"]
    if held and entries[held[0]].claim.scope == "other":
        for index in chain[: chain.index(held[0])]:
            entries[index] = replace(entries[index], claim=replace(entries[index].claim, scope="other"))


def _nests(source: Source, coarse: Entry, fine: Entry) -> bool:
    between = source.text[coarse.claim.span.end : fine.claim.span.start]
    deeper = GRAINS.index(fine.claim.noun) - GRAINS.index(coarse.claim.noun)
    finer_problem = (
        deeper == 0
        and fine.claim.noun == "problem"
        and any(mark in fine.claim.word for mark in around("finer"))
    )
    near = coarse.claim.paragraph == fine.claim.paragraph and len(between) <= 4
    if near and fine.claim.noun == coarse.claim.noun == "aspect":
        return (between in _MARKS or between in around("of")) and _kind(coarse) != _kind(fine)
    return near and not set(between) & set("。；;") and (deeper > 0 or finer_problem)


def _kind(entry: Entry) -> str:
    """Which of the words for aspects counts: 4个方面12类."""
    return next((mark for mark in around("aspect-kinds") if mark in entry.claim.word), "")
