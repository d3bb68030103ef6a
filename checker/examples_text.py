"""Examples as rules write them: a report, or a piece of one, with the places to be found in ⟦ ⟧."""

from __future__ import annotations

from checker.diagnostics import Text
from checker.source import Span

OPEN, CLOSE = "⟦", "⟧"


class ExampleError(Exception):
    """Marks that do not pair; ``message`` has ``zh`` and ``en``."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message: Text = {"zh": zh, "en": en}


def parse_example(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its marks, and the places that were marked. Raises ExampleError."""
    clean: list[str] = []
    places: list[Span] = []
    start: int | None = None
    length = 0
    for char in text:
        if char == OPEN and start is None:
            start = length
        elif char == CLOSE and start is not None:
            if start == length:
                raise ExampleError("⟦ ⟧ 里是空的", "nothing stands in ⟦ ⟧")
            places.append(Span(start, length))
            start = None
        elif char in (OPEN, CLOSE):
            raise ExampleError("⟦ ⟧ 没有配对", "⟦ and ⟧ do not pair")
        else:
            clean.append(char)
            length += 1
    if start is not None:
        raise ExampleError("⟦ ⟧ 没有配对", "⟦ and ⟧ do not pair")
    return "".join(clean), tuple(places)


def mark(text: str, places: tuple[Span, ...]) -> str:
    """The text with the places in ⟦ ⟧; the inverse of :func:`parse_example`."""
    signs = sorted([(span.start, 1, OPEN) for span in places] + [(span.end, 0, CLOSE) for span in places])
    pieces, at = [], 0
    for offset, _, sign in signs:
        pieces += [text[at:offset], sign]
        at = offset
    return "".join([*pieces, text[at:]])
