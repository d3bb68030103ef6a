"""What the grammar of figures makes of tokens: which of them belong together, and as what.

That follows from their kinds alone. The grammar reads each sequence of kinds once, and sequences are few: a number, a
unit, a noun. Places in a shape are those of the tokens in their sequence.
"""

from __future__ import annotations

from typing import Any

from checker.records import dataclass
from checker.tables import Parser, Token, UnexpectedError

_FIGURES = ("ARABIC", "HAN", "MASK", "HUNDREDTH")
_APPROXIMATE = ("APPROX_BEFORE", "MIDDLE", "APPROX_AFTER")
UNITS = {
    "UNIT": "count",
    "PERSON": "person",
    "MONEY": "money",
    "OTHER_UNIT": "other",
    "PERCENT": "percent",
    "TENTH": "percent",
}
"""The kinds of units by their terminals."""
NOUNS = ("TASK", "MEASURE", "RULE", "DETAIL", "ASPECT", "PROBLEM")
"""The terminals of what is counted."""
_STATES = {
    "done": "done",
    "partly": "partial",
    "doing": "ongoing",
    "undone": "pending",
    "ongoing": "ongoing",
    "partial": "partial",
    "pending": "pending",
    "lasting": "lasting",
}


@dataclass(frozen=True, slots=True)
class QuantityShape:
    """``first`` to ``last`` without links and what makes the number approximate before it, which are ``before``;
    ``unit`` and ``noun`` are -1 where there is none."""

    first: int
    last: int
    figure: int
    unit: int
    noun: int
    before: tuple[int, ...]
    approximate: bool


@dataclass(frozen=True, slots=True)
class StateShape:
    """``state`` as in :class:`checker.phrase_nodes.State`; ``tokens`` without links."""

    state: str
    tokens: tuple[int, ...]
    all: bool
    long_term: bool


@dataclass(frozen=True, slots=True)
class GroupShape:
    """As :class:`checker.phrase_nodes.Group`, with places of tokens; a noun is -1 where there is none."""

    first: int
    last: int
    subject: QuantityShape | None
    subject_noun: int
    everything: bool
    state: StateShape | None
    object: QuantityShape | None
    object_noun: int


def shapes(parser: Parser, kinds: tuple[str, ...]) -> tuple[GroupShape, ...] | None:
    """The groups in a sequence of tokens of ``kinds``; None if the grammar does not take it."""
    try:
        tree = parser.read(Token(kind, "", place, place) for place, kind in enumerate(kinds))
    except UnexpectedError:
        return None
    return tuple([_group(child) for child in tree.children if child.data == "group"])


def _group(tree: Any) -> GroupShape:
    tokens = tree.tokens()
    parts = {child.data: child for child in tree.children if not _is_token(child)}
    subject, subject_noun = _things(parts.get("subject"))
    target, target_noun = _things(parts.get("object"))
    return GroupShape(
        tokens[0].start_pos,
        tokens[-1].start_pos,
        subject,
        subject_noun,
        any(token.type == "ALL" for token in tokens),
        _state(parts["predicate"]) if "predicate" in parts else None,
        target,
        target_noun,
    )


def _is_token(node: Any) -> bool:
    return not hasattr(node, "data")


def _things(tree: Any) -> tuple[QuantityShape | None, int]:
    quantity, noun = None, -1
    for child in tree.children if tree is not None else ():
        if child.data == "quantity":
            quantity = _quantity(child.children)
        elif child.data == "noun":
            noun = child.children[0].start_pos
    return quantity, noun


def _quantity(tokens: list[Token]) -> QuantityShape:
    places = {token.type: token.start_pos for token in tokens if token.type != "LINK"}
    kept = [token.start_pos for token in tokens if token.type not in ("LINK", "APPROX_BEFORE")]
    return QuantityShape(
        kept[0],
        kept[-1],
        next(places[name] for name in _FIGURES if name in places),
        next((places[name] for name in UNITS if name in places), -1),
        next((places[name] for name in NOUNS if name in places), -1),
        tuple([token.start_pos for token in tokens if token.type == "APPROX_BEFORE"]),
        any(name in places for name in _APPROXIMATE),
    )


def _state(tree: Any) -> StateShape | None:
    tokens = [token for token in tree.tokens() if token.type != "LINK"]
    kind = next((child for child in tree.children if not _is_token(child) and child.data in _STATES), None)
    if kind is None:
        return None
    return StateShape(
        _STATES[kind.data],
        tuple([token.start_pos for token in tokens]),
        any(token.type == "ALL" for token in tokens),
        any(token.type == "LASTING" for token in tokens),
    )
