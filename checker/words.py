"""Wrong words in running text: many words at once, the leftmost and of these the longest first.

All texts of a report are looked through at once. Words are known by two neighbouring characters, so that the text is
read once whatever their number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from checker.caching import packed, unpacked
from checker.diagnostics import CheckerError
from checker.pairs import Need, may_hold, pairs_in_order, pairs_of
from checker.records import dataclass
from checker.rule_nodes import Plain
from checker.word_patterns import Finder, PatternError, compile_finder

_ASKED = 5
"""So many pairs of a word are looked for before the word is."""


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Where a word is right: where it overlaps one of ``strings``, or stands between one of ``contexts``."""

    strings: tuple[str, ...]
    contexts: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.strings) + len(self.contexts)


@dataclass(frozen=True, slots=True)
class Entry:
    """A wrong word, or what a pattern stands for. ``right`` is None if there is no correction; ``fields`` is
    what else its lexicon says; ``exceptions`` are when it is right."""

    right: str | None
    safe: bool | None
    fields: Mapping[str, str]
    exceptions: Exceptions


Said = tuple[str | None, bool | None, Mapping[str, str], Sequence[str]]
"""An entry as plain data, its exceptions as they are written."""
Word = tuple[str, tuple[int, ...], int]
"""A word, pairs of characters in it by which it is not known already, and the number of its entry."""


@dataclass(frozen=True, slots=True)
class Match:
    """A word found: its place in the text and what is known of it."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Matcher:
    """Words ready to be looked for. ``table`` leads from a pair of characters (see :mod:`checker.pairs`) to the words
    that are known by it, ``singles`` are those of one character alone, both packed, as each of the ``entries`` is;
    ``exceptions`` are those of all words."""

    table: Mapping[int, bytes]
    singles: bytes
    patterns: tuple[tuple[Finder, bytes], ...]
    entries: Sequence[bytes]
    exceptions: Exceptions
    fields: frozenset[str]


def compile_words(entries: Sequence[Plain], exceptions: Sequence[str], faults: list[CheckerError]) -> Matcher:
    """A matcher of the entries of a word check (see :mod:`checker.rule_words`)."""
    return matcher_of(sorted_words(entries, exceptions, faults))


def sorted_words(entries: Sequence[Plain], exceptions: Sequence[str], faults: list[CheckerError]) -> Plain:
    """What :func:`matcher_of` makes a matcher of, as plain data that can be kept."""
    table: dict[int, list[Word]] = {}
    singles: list[Word] = []
    patterns: list[tuple[str, str, str, tuple[Need, ...], bytes]] = []
    numbers: dict[bytes, int] = {}
    for data in entries:
        word: str = data.get("word", "")
        said = packed((data["right"], data["safe"], data["fields"], data["except"]))
        if word:
            first, *others = _rarest(word, data["right"]) or (None,)
            bucket = singles if first is None else table.setdefault(first, [])
            bucket.append((word, tuple(others), numbers.setdefault(said, len(numbers))))
            continue
        try:
            finder = compile_finder(data["pattern"])
            patterns.append((finder.text, finder.literal, finder.quick, finder.needs, said))
        except PatternError as error:
            message = {"zh": error.message_zh, "en": error.message_en}
            faults.append(CheckerError(message, data["path"], data["line"], data["column"]))
    return {
        "table": {pair: packed(words) for pair, words in table.items()},
        "singles": packed(singles),
        "patterns": patterns,
        "said": list(numbers),
        "except": list(exceptions),
        "fields": sorted({name for data in entries for name in data["fields"]}),
    }


def _rarest(word: str, right: str | None) -> Sequence[Any]:
    """Some pairs of a word, first those that its correction does not have, since they are rare."""
    usual = pairs_of(right or "")
    return sorted(dict.fromkeys(pairs_in_order(word)), key=usual.__contains__)[:_ASKED]


def matcher_of(data: Plain) -> Matcher:
    """The matcher of words that have been sorted."""
    return Matcher(
        data["table"],
        data["singles"],
        tuple((Finder(*finder), said) for *finder, said in data["patterns"]),
        data["said"],
        _exceptions(data["except"]),
        frozenset(data["fields"]),
    )


def _entry(data: bytes) -> Entry:
    said: Said = unpacked(data)
    right, safe, fields, exceptions = said
    return Entry(right, safe, fields, _exceptions(exceptions))


def _exceptions(texts: Sequence[str]) -> Exceptions:
    """Exceptions as they are written: a string, or ``before|after``."""
    parted = [text.partition("|") for text in texts]
    return Exceptions(
        tuple(string for string, bar, _ in parted if not bar),
        tuple((before, after) for before, bar, after in parted if bar),
    )


@dataclass(frozen=True, slots=True)
class Together:
    """Several texts, the same as one, and the pairs of characters in it."""

    texts: tuple[str, ...]
    text: str
    pairs: set[int]


def together(texts: Iterable[str]) -> Together:
    """Texts that :func:`narrowed` shall look through at once."""
    texts = tuple(texts)
    text = "\n".join(texts)
    return Together(texts, text, pairs_of(text))


Pay = Callable[[int], None]
"""What is told of the steps of a search as they are taken, and may raise."""


def _free(_: int) -> None:
    """Searches that nobody counts."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a matcher may stand in certain texts: words, the longest first, and patterns."""

    words: tuple[tuple[str, bytes], ...]
    patterns: tuple[tuple[Finder, bytes], ...]
    exceptions: Exceptions

    def places(self, texts: Together) -> Sequence[int]:
        """The numbers of the texts in which something may stand, in order."""
        if self.patterns:
            return range(len(texts.texts))
        found: set[int] = set()
        ends = list(accumulate(len(text) + 1 for text in texts.texts)) if self.words else []
        for word, _ in self.words:
            at = texts.text.find(word)
            while at >= 0:
                number = bisect_right(ends, at)
                found.add(number)
                at = texts.text.find(word, ends[number])
        return sorted(found)


def narrowed(matcher: Matcher, texts: Together, pay: Pay = _free) -> Standing:
    """What is left of the matcher for ``texts`` alone, without the words and the patterns that surely stand in none of
    them."""
    text, pairs = texts.text, texts.pairs
    words: list[tuple[str, bytes]] = []
    for data in (matcher.singles, *[matcher.table[pair] for pair in pairs.intersection(matcher.table)]):
        some: Sequence[Word] = unpacked(data)
        pay(len(some) * (1 + (len(text) >> 8)))
        for word, others, number in some:
            if may_hold(pairs, others) and word in text:
                words.append((word, matcher.entries[number]))
    words.sort(key=lambda one: -len(one[0]))
    patterns = tuple(one for one in matcher.patterns if one[0].occurs(text, pairs))
    return Standing(tuple(words), patterns, matcher.exceptions)


def find(matcher: Matcher, text: str, pay: Pay = _free) -> tuple[Match, ...]:
    """Every word in ``text``, in order; matches do not overlap."""
    return matches(narrowed(matcher, together([text]), pay), text, pay)


def matches(standing: Standing, text: str, pay: Pay = _free) -> tuple[Match, ...]:
    """As :func:`find`, in one of the texts for which a matcher was narrowed."""
    found = list(_words(standing.words, text, pay).values())
    for finder, data in standing.patterns:
        found += (Match(start, end, _entry(data)) for start, end in finder.spans(text, pay))
    if not found:
        return ()
    found.sort(key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    at = 0
    for match in found:
        if match.start < at:
            continue
        at = match.end
        pay(match.entry.exceptions.count + standing.exceptions.count)
        if not (_right(match, match.entry.exceptions, text) or _right(match, standing.exceptions, text)):
            kept.append(match)
    return tuple(kept)


def _words(words: Sequence[tuple[str, bytes]], text: str, pay: Pay) -> dict[int, Match]:
    """Where words stand that are given the longest first; the first at each place."""
    found: dict[int, Match] = {}
    for word, data in words:
        times, at = 0, text.find(word)
        while at >= 0:
            times += 1
            if at not in found:
                found[at] = Match(at, at + len(word), _entry(data))
            at = text.find(word, at + 1)
        pay(times)
    return found


def _right(match: Match, exceptions: Exceptions, text: str) -> bool:
    """Whether a match is none, as one of the exceptions says."""
    for string in exceptions.strings:
        reach = len(string) - 1
        if text.find(string, max(match.start - reach, 0), match.end + reach) >= 0:
            return True
    return any(
        text.endswith(before, 0, match.start) and text.startswith(after, match.end)
        for before, after in exceptions.contexts
    )
