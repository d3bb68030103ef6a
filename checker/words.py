"""Wrong words in running text: many words at once, the leftmost and of these the longest first.

Words are looked up by their first two characters, so that a text is read once whatever the number of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from operator import add

from checker.diagnostics import CheckerError
from checker.records import dataclass
from checker.rule_nodes import Plain
from checker.word_patterns import Finder, PatternError, compile_finder


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Where a word is right: where it overlaps one of ``strings``, or stands between one of ``contexts``."""

    strings: tuple[str, ...]
    contexts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A wrong word, or what a pattern stands for. ``right`` is None if there is no correction; ``fields`` is
    what else its lexicon says; ``exceptions`` are when it is right."""

    right: str | None
    safe: bool | None
    fields: Mapping[str, str]
    exceptions: Exceptions


@dataclass(frozen=True, slots=True)
class Match:
    """A word found: its place in the text and what is known of it."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Matcher:
    """Words ready to be looked for. ``table`` leads from the first two characters (or the only one) to the
    words that begin so, the longest first; ``exceptions`` are those of all words."""

    table: Mapping[str, tuple[tuple[str, Entry], ...]]
    singles: bool
    patterns: tuple[tuple[Finder, Entry], ...]
    exceptions: Exceptions
    fields: frozenset[str]


def compile_words(entries: Sequence[Plain], exceptions: Sequence[str], faults: list[CheckerError]) -> Matcher:
    """A matcher of the entries of a word check (see :mod:`checker.rule_words`)."""
    table: dict[str, list[tuple[str, Entry]]] = {}
    patterns: list[tuple[Finder, Entry]] = []
    for data in entries:
        word: str = data.get("word", "")
        entry = Entry(
            data["right"],
            data["safe"],
            data["fields"],
            _exceptions(data["except"]),
        )
        if word:
            table.setdefault(word[:2], []).append((word, entry))
            continue
        try:
            patterns.append((compile_finder(data["pattern"]), entry))
        except PatternError as error:
            message = {"zh": error.message_zh, "en": error.message_en}
            faults.append(CheckerError(message, data["path"], data["line"], data["column"]))
    return Matcher(
        {key: tuple(sorted(words, key=lambda pair: -len(pair[0]))) for key, words in table.items()},
        any(len(key) == 1 for key in table),
        tuple(patterns),
        _exceptions(exceptions),
        frozenset(name for data in entries for name in data["fields"]),
    )


def _exceptions(texts: Sequence[str]) -> Exceptions:
    """Exceptions as they are written: a string, or ``before|after``."""
    parted = [text.partition("|") for text in texts]
    return Exceptions(
        tuple(string for string, bar, _ in parted if not bar),
        tuple((before, after) for before, bar, after in parted if bar),
    )


def find(matcher: Matcher, text: str) -> tuple[Match, ...]:
    """Every word in ``text``, in order; matches do not overlap."""
    found = list(_words(matcher, text))
    for finder, entry in matcher.patterns:
        found += (Match(start, end, entry) for start, end in finder.spans(text))
    if not found:
        return ()
    found.sort(key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    at = 0
    for match in found:
        if match.start < at:
            continue
        at = match.end
        if not (_right(match, match.entry.exceptions, text) or _right(match, matcher.exceptions, text)):
            kept.append(match)
    return tuple(kept)


def _words(matcher: Matcher, text: str) -> Iterator[Match]:
    table = matcher.table
    places: list[tuple[int, str]] = [
        (start, text[start : start + 2])
        for start in compress(range(len(text)), map(table.__contains__, map(add, text, text[1:])))
    ]
    if matcher.singles:
        places += [(start, char) for start, char in enumerate(text) if char in table]
    for start, key in places:
        for word, entry in table[key]:
            if text.startswith(word, start):
                yield Match(start, start + len(word), entry)
                break


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
