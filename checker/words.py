"""Wrong words in running text: many words at once, the leftmost and of these the longest first.

Words are looked up by their first two characters, so that a text is read once whatever the number of words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress
from operator import add

from checker.caching import packed, unpacked
from checker.diagnostics import CheckerError
from checker.records import dataclass, field, replace
from checker.rule_nodes import Plain
from checker.word_patterns import Finder, PatternError, compile_finder

_KEPT = 2_000
_FEW = 12
"""So many texts are remembered, and none longer than this: a draft is mostly the same when it is checked again."""


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


@dataclass(frozen=True, slots=True)
class Match:
    """A word found: its place in the text and what is known of it."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Matcher:
    """Words ready to be looked for. ``table`` leads from the first two characters (or the only one) to the
    words that begin so, packed, the longest first; ``exceptions`` are those of all words."""

    table: Mapping[str, bytes]
    singles: bool
    patterns: tuple[tuple[Finder, Said], ...]
    exceptions: Exceptions
    fields: frozenset[str]
    seen: dict[str, tuple[Match, ...]] = field(default_factory=dict, repr=False, compare=False)
    """Texts in which the words were looked for already."""


def compile_words(entries: Sequence[Plain], exceptions: Sequence[str], faults: list[CheckerError]) -> Matcher:
    """A matcher of the entries of a word check (see :mod:`checker.rule_words`)."""
    return matcher_of(sorted_words(entries, exceptions, faults))


def sorted_words(entries: Sequence[Plain], exceptions: Sequence[str], faults: list[CheckerError]) -> Plain:
    """What :func:`matcher_of` makes a matcher of, as plain data that can be kept."""
    table: dict[str, list[tuple[str, Said]]] = {}
    patterns: list[tuple[str, str, str, Said]] = []
    for data in entries:
        word: str = data.get("word", "")
        said = (data["right"], data["safe"], data["fields"], data["except"])
        if word:
            table.setdefault(word[:2], []).append((word, said))
            continue
        try:
            finder = compile_finder(data["pattern"])
            patterns.append((finder.text, finder.literal, finder.quick, said))
        except PatternError as error:
            message = {"zh": error.message_zh, "en": error.message_en}
            faults.append(CheckerError(message, data["path"], data["line"], data["column"]))
    return {
        "table": {key: packed(sorted(words, key=lambda pair: -len(pair[0]))) for key, words in table.items()},
        "patterns": patterns,
        "except": list(exceptions),
        "fields": sorted({name for data in entries for name in data["fields"]}),
    }


def matcher_of(data: Plain) -> Matcher:
    """The matcher of words that have been sorted."""
    return Matcher(
        data["table"],
        any(len(key) == 1 for key in data["table"]),
        tuple((Finder(text, literal, quick), said) for text, literal, quick, said in data["patterns"]),
        _exceptions(data["except"]),
        frozenset(data["fields"]),
    )


def _entry(said: Said) -> Entry:
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
    """Several texts as one, and every character and every two neighbours that stand in it."""

    text: str
    begins: frozenset[str]


def together(texts: Iterable[str]) -> Together:
    """Texts that :func:`narrowed` shall look through at once."""
    text = "\n".join(texts)
    return Together(text, frozenset(chain(map(add, text, text[1:]), text)))


Pay = Callable[[int], None]
"""What is told of the steps of a search as they are taken, and may raise."""


def _free(_: int) -> None:
    """Searches that nobody counts."""


def narrowed(matcher: Matcher, texts: Together, pay: Pay = _free) -> Matcher:
    """The matcher for ``texts`` alone: without the words and the patterns that surely stand in none of them."""
    text = texts.text
    table = {}
    for key in texts.begins.intersection(matcher.table):
        words = unpacked(matcher.table[key])
        pay(len(words) * (1 + (len(text) >> 8)))
        standing = [pair for pair in words if pair[0] in text]
        if standing:
            table[key] = matcher.table[key] if len(standing) == len(words) else packed(standing)
    patterns = tuple(pair for pair in matcher.patterns if pair[0].occurs(text))
    return replace(matcher, table=table, patterns=patterns)


def find(matcher: Matcher, text: str, pay: Pay = _free) -> tuple[Match, ...]:
    """Every word in ``text``, in order; matches do not overlap."""
    found = list(_words(matcher, text))
    for finder, said in matcher.patterns:
        found += (Match(start, end, _entry(said)) for start, end in finder.spans(text, pay))
    if not found:
        return ()
    found.sort(key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    at = 0
    for match in found:
        if match.start < at:
            continue
        at = match.end
        pay(match.entry.exceptions.count + matcher.exceptions.count)
        if not (_right(match, match.entry.exceptions, text) or _right(match, matcher.exceptions, text)):
            kept.append(match)
    return tuple(kept)


def _words(matcher: Matcher, text: str) -> tuple[Match, ...]:
    found = matcher.seen.get(text)
    if found is not None:
        return found
    found = tuple(_lookup(matcher, text))
    if len(text) <= _KEPT:
        if len(matcher.seen) >= _KEPT:
            matcher.seen.clear()
        matcher.seen[text] = found
    return found


def _lookup(matcher: Matcher, text: str) -> Iterator[Match]:
    table = matcher.table
    if not table:
        return
    if len(table) <= _FEW:
        yield from _find_few(table, text)
        return
    places: list[tuple[int, str]] = [
        (start, text[start : start + 2])
        for start in compress(range(len(text)), map(table.__contains__, map(add, text, text[1:])))
    ]
    if matcher.singles:
        places += [(start, char) for start, char in enumerate(text) if char in table]
    for start, key in places:
        for word, said in unpacked(table[key]):
            if text.startswith(word, start):
                yield Match(start, start + len(word), _entry(said))
                break


def _find_few(table: Mapping[str, bytes], text: str) -> Iterator[Match]:
    for key, words in table.items():
        start = text.find(key)
        while start >= 0:
            for word, said in unpacked(words):
                if text.startswith(word, start):
                    yield Match(start, start + len(word), _entry(said))
                    break
            start = text.find(key, start + 1)


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
