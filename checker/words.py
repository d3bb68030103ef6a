"""Wrong words in running text: many words at once, the leftmost and of these the longest first.

Words are looked up by their first two characters, so that a text is read once whatever the number of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import add

from checker.diagnostics import CheckerError
from checker.rule_nodes import Plain
from checker.word_patterns import Finder, PatternError, compile_finder


@dataclass(frozen=True, slots=True)
class Entry:
    """A wrong word, or what a pattern stands for. ``right`` is None if there is no correction; ``fields`` is
    what else its lexicon says; ``exceptions`` are pairs (before, after): between them the word is right."""

    right: str | None
    safe: bool | None
    fields: Mapping[str, str]
    exceptions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A word found: its place in the text and what is known of it."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Matcher:
    """Words ready to be looked for. ``table`` leads from the first two characters (or the only one) to the
    words that begin so, the longest first; ``general`` are longer strings in which any word is right."""

    table: Mapping[str, tuple[tuple[str, Entry], ...]]
    singles: bool
    patterns: tuple[tuple[Finder, Entry], ...]
    general: tuple[str, ...]
    contexts: tuple[tuple[str, str], ...]
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
            tuple(pair for text in data["except"] for pair in _contexts(text, word)),
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
        tuple(text for text in exceptions if "|" not in text),
        tuple(pair for text in exceptions if "|" in text for pair in _contexts(text, "")),
        frozenset(name for data in entries for name in data["fields"]),
    )


def _contexts(text: str, word: str) -> Iterator[tuple[str, str]]:
    """``before|after``, or a longer string around ``word`` (once for each time that it holds the word)."""
    if "|" in text:
        before, _, after = text.partition("|")
        yield before, after
        return
    at = text.find(word) if word else -1
    while at >= 0:
        yield text[:at], text[at + len(word) :]
        at = text.find(word, at + 1)


def find(matcher: Matcher, text: str) -> tuple[Match, ...]:
    """Every word in ``text``, in order; matches do not overlap."""
    found = list(_words(matcher, text))
    for finder, entry in matcher.patterns:
        found += (Match(start, end, entry) for start, end in finder.spans(text))
    if not found:
        return ()
    covered = [span for wider in matcher.general for span in _occurrences(wider, text)]
    found.sort(key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    at = 0
    for match in found:
        if match.start < at:
            continue
        at = match.end
        if not _excepted(match, matcher, text, covered):
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


def _occurrences(wider: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(wider)
    while at >= 0:
        yield at, at + len(wider)
        at = text.find(wider, at + 1)


def _excepted(match: Match, matcher: Matcher, text: str, covered: Sequence[tuple[int, int]]) -> bool:
    return any(
        text.endswith(before, 0, match.start) and text.startswith(after, match.end)
        for before, after in (*match.entry.exceptions, *matcher.contexts)
    ) or any(start <= match.start and match.end <= end for start, end in covered)
