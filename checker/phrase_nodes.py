"""What the grammar of figures finds in a sentence."""

from __future__ import annotations

from checker.records import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a sentence. ``start``/``end`` cover figure, unit and noun; ``figure_start``/``figure_end``
    the number alone. ``unit_kind``: ``count`` ``person`` ``money`` ``other`` ``percent`` or ""."""

    start: int
    end: int
    figure_start: int
    figure_end: int
    value: float | None
    masked: bool
    numerals: str
    decimals: int
    approximate: bool
    approximation: str
    unit: str
    unit_kind: str
    noun: str
    word: str


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that names what is counted, where the number stands elsewhere or nowhere."""

    start: int
    end: int
    noun: str
    word: str


@dataclass(frozen=True, slots=True)
class State:
    """A state in words. ``state`` as in the contract, or ``lasting`` (长期坚持 alone); ``all`` for 全部, 均;
    ``long_term`` where 长期坚持 goes with it; ``bare`` for a lone 整改 or 落实, which may name the activity;
    ``perfect`` where 已 says that it is so; ``word`` is what the text says."""

    start: int
    end: int
    state: str
    all: bool
    long_term: bool
    bare: bool
    perfect: bool
    word: str


@dataclass(frozen=True, slots=True)
class Group:
    """Figures, nouns and a state that belong together, in the order of the sentence.

    ``subject`` stands before the state, ``object`` after it; ``everything`` if 全部/所有 goes with either.
    """

    start: int
    end: int
    subject: Quantity | None
    subject_noun: Noun | None
    everything: bool
    state: State | None
    object: Quantity | None
    object_noun: Noun | None


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that says how the figures around it belong together, or a punctuation mark; ``kind`` is the
    name of its terminal in lower case."""

    start: int
    end: int
    kind: str
    text: str


Phrase = Group | Marker


def shifted(phrase: Phrase, by: int) -> Phrase:
    """A phrase of a clause as one of the sentence that the clause begins ``by`` characters into."""
    if isinstance(phrase, Marker):
        return Marker(phrase.start + by, phrase.end + by, phrase.kind, phrase.text)
    noun, state, target = phrase.subject_noun, phrase.state, phrase.object_noun
    return Group(
        phrase.start + by,
        phrase.end + by,
        _shifted_quantity(phrase.subject, by),
        noun and Noun(noun.start + by, noun.end + by, noun.noun, noun.word),
        phrase.everything,
        state and _shifted_state(state, by),
        _shifted_quantity(phrase.object, by),
        target and Noun(target.start + by, target.end + by, target.noun, target.word),
    )


def _shifted_state(state: State, by: int) -> State:
    flags = (state.all, state.long_term, state.bare, state.perfect, state.word)
    return State(state.start + by, state.end + by, state.state, *flags)


def _shifted_quantity(quantity: Quantity | None, by: int) -> Quantity | None:
    if quantity is None:
        return None
    return Quantity(
        quantity.start + by,
        quantity.end + by,
        quantity.figure_start + by,
        quantity.figure_end + by,
        quantity.value,
        quantity.masked,
        quantity.numerals,
        quantity.decimals,
        quantity.approximate,
        quantity.approximation,
        quantity.unit,
        quantity.unit_kind,
        quantity.noun,
        quantity.word,
    )
