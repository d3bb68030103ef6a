"""The syntax of patterns: what of RE2 ``matches()`` understands, read into a tree.

Accepted: literals, ``.``, classes with ranges, ``\\d \\w \\s`` and their opposites (ASCII, as in RE2), POSIX classes,
``\\p{Han}``, groups, ``|``, ``* + ? {n} {n,} {n,m}`` (a lazy ``?`` after them changes nothing for a search),
``^ $ \\A \\z \\b \\B``, the flags ``i m s U``, ``\\Q…\\E``. Anything else is an error that says what.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from checker.records import dataclass
from checker.regexes import late

MAX_LENGTH = 1_000
MAX_DEPTH = 50
MAX_REPEAT = 1_000

Ranges = tuple[tuple[int, int], ...]


class PatternError(Exception):
    """A pattern that cannot be used; ``message_zh`` and ``message_en`` say why."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_zh, message_en)
        self.message_zh = message_zh
        self.message_en = message_en


@dataclass(frozen=True, slots=True)
class CharSet:
    """One character out of ``ranges`` (inclusive, ascending), or out of all others if ``negated``."""

    ranges: Ranges
    negated: bool = False
    fold: bool = False

    def has(self, char: str) -> bool:
        """Whether the character is of the set; with ``fold``, upper and lower case are the same."""
        found = self._within(char)
        if self.fold and not found:
            found = any(len(other) == 1 and self._within(other) for other in (char.lower(), char.upper()))
        return found != self.negated

    def _within(self, char: str) -> bool:
        index = bisect_right(self.ranges, (ord(char), 0x110000)) - 1
        return index >= 0 and ord(char) <= self.ranges[index][1]


@dataclass(frozen=True, slots=True)
class Join:
    """One thing after the other; nothing at all if empty."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing or the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A thing ``least`` times or more, at most ``most`` times (None: no bound)."""

    item: Node
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Assertion:
    """A place: ``start`` ``end`` (of the text), ``line-start`` ``line-end``, ``word`` (boundary), ``no-word``."""

    kind: str


Node = CharSet | Join | Choice | Repeat | Assertion

_LAST = 0x10FFFF


def merge(ranges: Ranges) -> Ranges:
    """The same characters as ascending ranges that do not touch."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(ranges: Ranges) -> Ranges:
    """All other characters."""
    starts = [0, *(high + 1 for _, high in merge(ranges))]
    ends = [*(low - 1 for low, _ in merge(ranges)), _LAST]
    return tuple((low, high) for low, high in zip(starts, ends, strict=True) if low <= high)


def _ranges(text: str) -> Ranges:
    """Ranges written as pairs of characters: ``azAZ``."""
    return merge(tuple((ord(low), ord(high)) for low, high in zip(text[::2], text[1::2], strict=True)))


_PERL = {"d": _ranges("09"), "w": _ranges("09azAZ__"), "s": _ranges("\t\n\f\r  ")}
_POSIX = {
    "alnum": _ranges("09azAZ"),
    "alpha": _ranges("azAZ"),
    "ascii": _ranges("\0\x7f"),
    "blank": _ranges("\t\t  "),
    "cntrl": _ranges("\0\x1f\x7f\x7f"),
    "digit": _ranges("09"),
    "graph": _ranges("!~"),
    "lower": _ranges("az"),
    "print": _ranges(" ~"),
    "punct": _ranges("!/:@[`{~"),
    "space": _ranges("\t\r  "),
    "upper": _ranges("AZ"),
    "word": _ranges("09azAZ__"),
    "xdigit": _ranges("09afAF"),
}
_HAN = _ranges(
    "\u2e80\u2e99\u2e9b\u2ef3\u2f00\u2fd5\u3005\u3005\u3007\u3007\u3021\u3029\u3038\u303b\u3400\u4dbf\u4e00\u9fff"
    "\uf900\ufa6d\ufa70\ufad9\U00016fe2\U00016fe3\U00016ff0\U00016ff1\U00020000\U0002a6df\U0002a700\U0002b739"
    "\U0002b740\U0002b81d\U0002b820\U0002cea1\U0002ceb0\U0002ebe0\U0002ebf0\U0002ee5d\U0002f800\U0002fa1d"
    "\U00030000\U0003134a\U00031350\U000323af"
)
_CONTROLS = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PLACES = {"A": "start", "z": "end", "b": "word", "B": "no-word"}
_REPEAT = late(r"\{(\d+)(,(\d*))?\}")
_GROUP = late(r"\?(?:P?<(\w+)>|([imsU]*)(?:-([imsU]+))?([:)]))", re.ASCII)
_HEX = late(r"x(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{2}))")
_OCTAL = late(r"0[0-7]{0,2}|[1-7][0-7]{1,2}")


def parse_pattern(pattern: str) -> Node:
    """The tree of a pattern. Raises PatternError."""
    if len(pattern) > MAX_LENGTH:
        raise PatternError(
            f"正则表达式过长（最多{MAX_LENGTH}字符）",
            f"the pattern is too long (at most {MAX_LENGTH} characters)",
        )
    reader = _Reader(pattern)
    node = reader.choice(frozenset(), 0)
    if reader.at < len(pattern):
        raise _fault("括号“)”没有配对", "unmatched ')'")
    return node


def _fault(zh: str, en: str) -> PatternError:
    return PatternError(f"正则表达式有误：{zh}", f"invalid pattern: {en}")


def _single(char: str, flags: frozenset[str]) -> CharSet:
    return CharSet(((ord(char), ord(char)),), fold="i" in flags)


class _Reader:
    """A place in a pattern, moved on by each method by what it reads."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def take(self, text: str) -> bool:
        found = self.pattern.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def next(self) -> str:
        char = self.pattern[self.at : self.at + 1]
        self.at += 1
        return char

    def choice(self, flags: frozenset[str], depth: int) -> Node:
        """Alternatives up to a closing bracket or the end; ``(?i)`` holds to the end of the group."""
        if depth > MAX_DEPTH:
            raise _fault("括号嵌套过深", "groups are nested too deeply")
        branches: list[list[Node]] = [[]]
        repeatable = False
        while self.at < len(self.pattern) and self.pattern[self.at] != ")":
            branch = branches[-1]
            if self.take("|"):
                branches.append([])
                repeatable = False
                continue
            times = self.times()
            if times is not None:
                if not repeatable:
                    raise _fault("重复符号前没有可重复的内容", "nothing to repeat, or a repeat of a repeat")
                branch[-1] = Repeat(branch[-1], *times)
                repeatable = False
                continue
            if self.take("\\Q"):
                quoted, _, _ = self.pattern[self.at :].partition("\\E")
                self.at = min(self.at + len(quoted) + 2, len(self.pattern))
                branch += [_single(char, flags) for char in quoted]
                repeatable = bool(quoted)
                continue
            group = _GROUP.match(self.pattern, self.at + 1) if self.pattern[self.at] == "(" else None
            if group and group[4] == ")":
                self.at = group.end()
                flags = self.flags(flags, group)
                repeatable = False
                continue
            branch.append(self.item(flags, group, depth))
            repeatable = True
        joined = tuple(branch[0] if len(branch) == 1 else Join(tuple(branch)) for branch in branches)
        return joined[0] if len(joined) == 1 else Choice(joined)

    def times(self) -> tuple[int, int | None] | None:
        """A repeat sign and the bounds it stands for, or None."""
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.take(sign):
                self.take("?")
                return bounds
        match = _REPEAT.match(self.pattern, self.at)
        if not match:
            return None
        self.at = match.end()
        self.take("?")
        least = int(match[1][:9])
        most = least if match[2] is None else (int(match[3][:9]) if match[3] else None)
        if max(least, most or 0) > MAX_REPEAT or (most is not None and most < least):
            raise _fault(f"重复次数{match[0]}无效", f"invalid repetition size {match[0]}")
        return least, most

    def flags(self, flags: frozenset[str], group: re.Match[str]) -> frozenset[str]:
        return (flags | set(group[2] or "")) - set(group[3] or "")

    def item(self, flags: frozenset[str], group: re.Match[str] | None, depth: int) -> Node:
        char = self.next()
        if char == "(":
            if group:
                self.at = group.end()
                flags = self.flags(flags, group)
            elif self.take("?"):
                rest = self.pattern[self.at - 1 : self.at + 2]
                raise _fault(
                    f"不支持“({rest}”（断言、条件等）",
                    f"'({rest}' is not supported (lookaround, conditions and the like)",
                )
            node = self.choice(flags, depth + 1)
            if not self.take(")"):
                raise _fault("缺少“)”", "missing ')'")
            return node
        if char == "[":
            return self.char_class(flags)
        if char == ".":
            return CharSet((), negated=True) if "s" in flags else CharSet(_ranges("\n\n"), negated=True)
        if char == "^":
            return Assertion("line-start" if "m" in flags else "start")
        if char == "$":
            return Assertion("line-end" if "m" in flags else "end")
        if char == "\\":
            return self.escape(flags)
        return _single(char, flags)

    def escape(self, flags: frozenset[str]) -> Node:
        place = _PLACES.get(self.pattern[self.at : self.at + 1])
        if place:
            self.at += 1
            return Assertion(place)
        ranges = self.escaped_set()
        return CharSet(ranges, fold="i" in flags) if ranges else _single(self.escaped_char(), flags)

    def escaped_set(self) -> Ranges:
        r"""The set of ``\d`` and the like, empty if the escape (its backslash is read) is a character."""
        char = self.pattern[self.at : self.at + 1]
        if char.lower() in _PERL and char:
            self.at += 1
            return _PERL[char] if char in _PERL else complement(_PERL[char.lower()])
        if char in ("p", "P"):
            self.at += 1
            if self.take("{Han}"):
                return _HAN if char == "p" else complement(_HAN)
            raise _fault("只支持\\p{Han}", "of Unicode classes, only \\p{Han} is supported")
        return ()

    def escaped_char(self) -> str:
        for syntax, base in ((_HEX, 16), (_OCTAL, 8)):
            match = syntax.match(self.pattern, self.at)
            if match:
                self.at = match.end()
                code = int(next((digits for digits in match.groups() if digits), match[0]), base)
                if code > _LAST:
                    break
                return chr(code)
        char = self.next()
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char and char.isascii() and not char.isalnum():
            return char
        if char.isdigit():
            raise _fault(f"不支持反向引用\\{char}", f"back-references (\\{char}) are not supported")
        raise _fault(f"不支持转义“\\{char}”", f"unknown escape '\\{char}'")

    def char_class(self, flags: frozenset[str]) -> CharSet:
        negated = self.take("^")
        ranges: list[tuple[int, int]] = []
        first = True
        while first or not self.take("]"):
            first = False
            if self.at >= len(self.pattern):
                raise _fault("缺少“]”", "missing ']'")
            posix = re.compile(r"\[:(\^?)(\w+):\]", re.ASCII).match(self.pattern, self.at)
            if posix and posix[2] in _POSIX:
                self.at = posix.end()
                ranges += complement(_POSIX[posix[2]]) if posix[1] else _POSIX[posix[2]]
                continue
            low = self.class_item()
            if isinstance(low, tuple):
                ranges += low
                continue
            high: str | Ranges = low
            if self.pattern[self.at : self.at + 1] == "-" and self.pattern[self.at + 1 : self.at + 2] != "]":
                self.at += 1
                high = self.class_item()
            if isinstance(high, tuple) or not high or high < low:
                raise _fault("字符范围无效", "invalid character range")
            ranges.append((ord(low), ord(high)))
        return CharSet(merge(tuple(ranges)), negated, "i" in flags)

    def class_item(self) -> str | Ranges:
        """One character of a class, or the set of an escape; empty at the end of the pattern."""
        char = self.next()
        return (self.escaped_set() or self.escaped_char()) if char == "\\" else char
