"""Wrong words: which are found, where, and when they are right after all."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.diagnostics import CheckerError
from checker.resources import folder, lexicon
from checker.rule_files import parse_tree
from checker.rule_words import words_check
from checker.word_patterns import PatternError, compile_finder
from checker.words import Matcher, compile_words, find, matches, narrowed, together


def matcher(text: str, *exceptions: str, kind: str = "forbid") -> Matcher:
    """A matcher of the words that ``text`` (YAML) gives."""
    faults: list[CheckerError] = []
    node: Any = parse_tree(f"{kind}: {text}\n", "own.yaml", faults)
    plain = words_check(node, kind, [], faults)
    made = compile_words(plain["entries"], exceptions, faults)
    assert faults == []
    return made


def found(words: Matcher, text: str) -> list[str]:
    """What is found, as ``start:words>right``."""
    return [
        f"{one.start}:{text[one.start : one.end]}" + (f">{one.entry.right}" if one.entry.right else "")
        for one in find(words, text)
    ]


def test_words_are_found_with_their_corrections() -> None:
    words = matcher("{疏理: 梳理, 截止目前: 截至目前, ×: 叉}", kind="replace")
    assert found(words, "截止目前，×已疏理疏理。") == [
        "0:截止目前>截至目前",
        "5:×>叉",
        "7:疏理>梳理",
        "9:疏理>梳理",
    ]
    assert found(words, "") == found(words, "疏") == found(words, "梳理") == []


def test_the_leftmost_and_longest_word_is_found() -> None:
    words = matcher("[乙丙, 甲乙, 甲乙丙丁, 丁戊, 丙]")
    assert found(words, "甲乙丙丁戊") == ["0:甲乙丙丁"]
    assert found(words, "甲乙丙戊") == ["0:甲乙", "2:丙"]


@pytest.mark.parametrize(
    ("exceptions", "text", "expected"),
    [
        ("[形式主义]", "认清形式主义，认清形式", ["7:认清形式"]),
        ("[认清形式主义]", "认清形式主义，认清形式", ["7:认清形式"]),
        ("[要认清]", "要认清形式；认清形式要认清", ["6:认清形式"]),
        ("[要|主义]", "要认清形式主义，认清形式主义，要认清形式", ["8:认清形式", "16:认清形式"]),
        ("['|主义']", "认清形式主义，要认清形式", ["8:认清形式"]),
        ("['要|']", "认清形式主义，要认清形式", ["0:认清形式"]),
        ("甲", "认清形式", ["0:认清形式"]),
    ],
)
def test_a_word_is_right_in_its_exceptions(exceptions: str, text: str, expected: list[str]) -> None:
    assert found(matcher(f"[{{wrong: 认清形式, except: {exceptions}}}]"), text) == expected


def test_exceptions_of_a_rule_are_those_of_all_its_words() -> None:
    words = matcher("[四风, 三公]", "“|”", "三公里")
    assert found(words, "“四风”和“三公”，四风，三公里，三公") == ["10:四风", "17:三公"]


def test_a_word_that_is_right_hides_what_begins_inside_it() -> None:
    words = matcher("[{wrong: 甲乙丙, except: 甲乙丙丁}, 乙丙]")
    assert found(words, "甲乙丙丁，甲乙丙，乙丙") == ["5:甲乙丙", "9:乙丙"]


def test_entries_take_the_shapes_of_the_lexicons() -> None:
    words = matcher(
        "[{wrong: [甲一, 甲二, 甲三], each: {甲二: 乙二, 甲四: 乙四}, right: 乙, safe: true, sense: 意思, source: x, note: [不管]},"
        " {phrase: 两个维护, right: 做到“两个维护”, wrong: 拥护两个维护, not_verbs: [拥护, 捍卫]},"
        " {phrase: 坚定“四个自信”, not_verbs: [再], right: 无}, {text: 打印, kind: furniture}, {term: 四风},"
        " {pattern: '到了.{1,3}作用', lost: 起}]"
    )
    text = "甲一甲二甲三甲四，拥护两个维护、拥护“两个维护”、捍卫“两个维护”、再坚定“四个自信”、打印、四风，到了好作用"
    assert found(words, text) == [
        "0:甲一>乙",
        "2:甲二>乙二",
        "4:甲三>乙",
        "6:甲四>乙四",
        "9:拥护两个维护>做到“两个维护”",
        "16:拥护“两个维护”>做到“两个维护”",
        "25:捍卫“两个维护”>做到“两个维护”",
        "34:再坚定“四个自信”>无",
        "44:打印",
        "47:四风",
        "50:到了好作用",
    ]
    matches = find(words, text)
    assert (matches[0].entry.safe, matches[4].entry.safe) == (True, None)
    assert matches[0].entry.fields == {"sense": "意思", "source": "x"}
    assert matches[-1].entry.fields == {"lost": "起"}
    assert words.fields == {"sense", "source", "phrase", "kind", "lost"}


@given(
    st.lists(st.text("甲乙丙", min_size=1, max_size=4), min_size=1, max_size=6, unique=True),
    st.text("甲乙丙丁", max_size=30),
)
def test_words_are_found_as_one_expression_finds_them(words: list[str], text: str) -> None:
    longest = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    expected = [(one.start(), one.end()) for one in re.finditer(longest, text)]
    assert [(one.start, one.end) for one in find(matcher(f"[{', '.join(words)}]"), text)] == expected


# --- patterns --------------------------------------------------------------------------------------------


def longest_matches(pattern: str, text: str) -> list[tuple[int, int]]:
    """The leftmost and longest matches, by trying every stretch."""
    expression, places, at = re.compile(pattern), [], 0
    while at < len(text):
        ends = [end for end in range(at + 1, len(text) + 1) if expression.fullmatch(text, at, end)]
        if ends:
            places.append((at, ends[-1]))
        at = ends[-1] if ends else at + 1
    return places


PATTERNS = [
    "ab",
    "a+b",
    "a|ab",
    "(a|b)+c",
    "a.c",
    "ab?c?",
    "[^a]b",
    "a{2,3}",
    "(ab|a)(c|bcd)",
    "a.*b",
    "b|a.*c",
    "(ab)+",
    "(a*)*b",
    "a{0,2}b",
    "(a|b){1,2}c",
    "(a{1,2}b){0,2}c",
    "(ab?){1,9}",
    "[^a-c]|ab",
]


@given(st.sampled_from(PATTERNS), st.text("abcd", max_size=16))
@example("a|ab", "abab")
@example("b|a.*c", "abab")
def test_patterns_match_the_leftmost_and_longest(pattern: str, text: str) -> None:
    assert list(compile_finder(pattern).spans(text)) == longest_matches(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("^ab", "abab", [(0, 2)]),
        ("ab$", "abab", [(2, 4)]),
        (r"\bab\b", "ab 甲ab abc", [(0, 2), (4, 6)]),
        ("(?m)^a", "a\na b", [(0, 1), (2, 3)]),
        ("(?i)AB", "ab", [(0, 2)]),
    ],
)
def test_patterns_know_their_places(pattern: str, text: str, expected: list[tuple[int, int]]) -> None:
    assert list(compile_finder(pattern).spans(text)) == expected


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("到了.{1,3}作用", "到了"),
        ("(?:甲|乙)高度[，,]", "高度"),
        ("[甲乙]", ""),
        ("甲?乙", "乙"),
        ("(?i)ab", ""),
        ("甲", "甲"),
    ],
)
def test_what_every_match_holds_is_known(pattern: str, literal: str) -> None:
    assert compile_finder(pattern).literal == literal


@pytest.mark.parametrize("pattern", ["a*", "", "(a|)", "^", "a{0,3}"])
def test_a_pattern_of_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError) as caught:
        compile_finder(pattern)
    assert (caught.value.message_zh, caught.value.message_en) == (
        "正则表达式连空文字也匹配",
        "the pattern matches even the empty text",
    )


@pytest.mark.parametrize(
    ("pattern", "length"),
    [
        ("a|a.*b", 2_000),
        ("(a+)+b", 2_000),
        ("(a|a)*b|aa", 2_000),
        ("a.*a.*a.*b|a", 2_000),
        ("((a{0,6}){0,6}){0,6}b|a", 40),
    ],
)
def test_no_pattern_takes_more_than_linear_time(pattern: str, length: int) -> None:
    finder = compile_finder(pattern)

    def seconds(characters: int) -> float:
        start = time.process_time()
        list(finder.spans("a" * characters))
        return time.process_time() - start

    seconds(50)
    assert any(
        seconds(2 * length) < 3 * seconds(length) + 0.05 for _ in range(3)
    )  # a busy machine has slow runs


@given(st.lists(st.text("甲乙丙，。\n", max_size=8), max_size=4))
def test_narrowing_changes_nothing_that_is_found(texts: list[str]) -> None:
    words = matcher("{patterns: [甲乙, '甲[^丙]{0,3}丙', '乙+$', '^丙', '(?:甲|丙)。'], words: [乙丙]}")
    whole = together(texts)
    narrow = narrowed(words, whole)
    places = narrow.places(whole)
    expected = [find(words, text) for text in texts]
    assert [matches(narrow, text) for text in texts] == expected
    assert [bool(found) and number not in places for number, found in enumerate(expected)] == [False] * len(
        texts
    )
    assert len(narrow.patterns) <= len(words.patterns)


def test_words_are_looked_for_where_they_stand() -> None:
    words = matcher('[甲乙, 丁, "丙\\n甲", {wrong: 疏理, right: 梳理}]')
    whole = together(["丙", "甲乙甲乙", "", "疏", "理", "丁疏理", "甲"])
    narrow = narrowed(words, whole)
    assert [word for word, _ in narrow.words] == ["丙\n甲", "甲乙", "疏理", "丁"]
    assert narrow.places(whole) == [0, 1, 5]
    assert [[one.start for one in matches(narrow, text)] for text in whole.texts] == [
        [],
        [0, 2],
        [],
        [],
        [],
        [0, 1],
        [],
    ]


def test_what_is_said_of_a_word_is_kept_once() -> None:
    words = matcher(
        "[{wrong: [甲一, 甲二, 甲三], right: 乙, sense: 意思}, {pattern: 丙., right: 乙, sense: 意思}]"
    )
    assert len(words.entries) == 1
    assert found(words, "甲一丙二甲三") == ["0:甲一>乙", "2:丙二>乙", "4:甲三>乙"]


def test_patterns_that_match_nowhere_are_put_aside() -> None:
    words = matcher("{patterns: [甲乙, '甲.{0,3}丙']}")
    assert [finder.literal for finder, _ in narrowed(words, together(["甲丁丙", "乙"])).patterns] == ["甲"]


def test_a_thousand_words_are_looked_for_fast() -> None:
    words = matcher("[" + ", ".join(f"{chr(0x4E00 + n)}{chr(0x5E00 + n % 50)}词" for n in range(1_000)) + "]")
    text = "".join(chr(0x4E00 + n * 7919 % 3_000) for n in range(10_000))
    best = min(timed(words, text) for _ in range(5))
    assert best < 0.03  # about 0.001 on an idle machine


def timed(words: Matcher, text: str) -> float:
    start = time.process_time()
    find(words, text)
    return time.process_time() - start


# --- our lexicons ----------------------------------------------------------------------------------------

LEXICONS = [
    ("typos", "", "replace"),
    ("phrases", "", "replace"),
    ("broken", "", "forbid"),
    ("quoted", "", "forbid"),
    ("furniture", "tokens", "forbid"),
    ("unfinished", "words", "forbid"),
]


def from_lexicon(name: str, key: str, kind: str) -> tuple[Matcher, list[CheckerError]]:
    faults: list[CheckerError] = []
    source = f"{{lexicon: {name}, key: {key}}}" if key else f"{{lexicon: {name}}}"
    node: Any = parse_tree(f"{kind}: {source}\n", "own.yaml", faults)
    plain = words_check(node, kind, [folder("rules")], faults)
    return compile_words(plain["entries"], (), faults), faults


@pytest.mark.parametrize(("name", "key", "kind"), LEXICONS)
def test_our_lexicons_are_read(name: str, key: str, kind: str) -> None:
    words, faults = from_lexicon(name, key, kind)
    assert [fault.describe("en") for fault in faults] == []
    assert len(words.table) + len(words.patterns) > 10


def test_every_broken_collocation_proves_itself() -> None:
    words, _ = from_lexicon("broken", "", "forbid")
    for entry in lexicon("broken"):
        assert [text for text in entry["bad"] if not find(words, text)] == []
        assert [text for text in entry["good"] if find(words, text)] == []


# --- several texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["疏理", "甲", "乙疏理", "截止目前"], [0, 2, 3]),
        (["疏", "理"], []),
        (["甲疏理", "", "疏理疏理", "理疏"], [0, 2]),
        (["×", "甲×"], [0, 1]),
        ([], []),
    ],
)
def test_words_stand_in_some_texts(texts: list[str], places: list[int]) -> None:
    words, several = matcher("[疏理, 截止目前, ×]"), together(texts)
    standing = narrowed(words, several)
    assert list(standing.places(several)) == places
    assert [index for index, text in enumerate(texts) if matches(standing, text)] == places


def test_patterns_may_stand_in_any_text() -> None:
    words, several = matcher("[疏理, {pattern: '到了.{1,3}作用'}]"), together(["甲", "到了好作用", "乙"])
    assert list(narrowed(words, several).places(several)) == [0, 1, 2]


def test_the_longest_words_come_first_whatever_stands_where() -> None:
    words, several = matcher("[甲乙, 甲乙丙, 丙, 甲乙丙丁戊]"), together(["甲乙丙", "甲乙"])
    assert [word for word, _ in narrowed(words, several).words] == ["甲乙丙", "甲乙", "丙"]


def paid(words: Matcher, text: str) -> int:
    """The steps that a search takes."""
    steps: list[int] = []
    find(words, text, steps.append)
    return sum(steps)


def test_searches_are_paid_for() -> None:
    words = matcher("[疏理]")
    assert paid(words, "甲乙") == 0
    # one for the word, more in a longer text, and one for each place
    assert paid(words, "疏理") == 2
    assert paid(words, "疏理疏理") == 3
    assert paid(words, "疏理" + "甲" * 254) == 3
    # and one for each exception at each place
    assert paid(matcher("[{wrong: 疏理, except: [甲疏理, 疏理乙]}]"), "疏理疏理") == 7
    assert paid(matcher("[疏理]", "甲疏理", "丁|"), "疏理疏理") == 7


def test_words_that_overlap_are_paid_for_where_they_are_found() -> None:
    assert [one.start for one in find(matcher("[甲甲]"), "甲甲甲甲")] == [0, 2]
    assert paid(matcher("[甲甲]"), "甲甲甲甲") == 4
