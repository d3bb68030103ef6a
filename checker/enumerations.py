"""Stated counts beside the things they count: “A、B、C等三项”, “以下五个方面：一是…”."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import Enumeration, Paragraph


def find_enumerations(paragraphs: Sequence[Paragraph]) -> tuple[Enumeration, ...]:
    """The enumerations of the paragraphs that state their own count."""
    return ()
