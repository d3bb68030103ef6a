"""``matches()``: the patterns of RE2, without backtracking."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.expression_pattern_syntax import PatternError, parse_pattern
from checker.expression_patterns import Pattern, compile_pattern

FAULTS = {
    "(": ("缺少“)”", "missing ')'"),
    "a)": ("括号“)”没有配对", "unmatched ')'"),
    "*a": ("重复符号前没有可重复的内容", "nothing to repeat, or a repeat of a repeat"),
    "a**": ("重复符号前没有可重复的内容", "nothing to repeat, or a repeat of a repeat"),
    "a++": ("重复符号前没有可重复的内容", "nothing to repeat, or a repeat of a repeat"),
    "a|*": ("重复符号前没有可重复的内容", "nothing to repeat, or a repeat of a repeat"),
    "a{1001}": ("重复次数{1001}无效", "invalid repetition size {1001}"),
    "a{3,2}": ("重复次数{3,2}无效", "invalid repetition size {3,2}"),
    "[a": ("缺少“]”", "missing ']'"),
    "[b-a]": ("字符范围无效", "invalid character range"),
    r"[a-\d]": ("字符范围无效", "invalid character range"),
    r"(a)\1": ("不支持反向引用\\1", "back-references (\\1) are not supported"),
    r"\h": ("不支持转义“\\h”", "unknown escape '\\h'"),
    r"a\Z": ("不支持转义“\\Z”", "unknown escape '\\Z'"),
    "a\\": ("不支持转义“\\”", "unknown escape '\\'"),
    r"\pL": ("只支持\\p{Han}", "of Unicode classes, only \\p{Han} is supported"),
    "(?=a)": (
        "不支持“(?=a”（断言、条件等）",
        "'(?=a' is not supported (lookaround, conditions and the like)",
    ),
    "(?<!a)b": (
        "不支持“(?<!”（断言、条件等）",
        "'(?<!' is not supported (lookaround, conditions and the like)",
    ),
    "(?>a)": (
        "不支持“(?>a”（断言、条件等）",
        "'(?>a' is not supported (lookaround, conditions and the like)",
    ),
    "(" * 60 + ")" * 60: ("括号嵌套过深", "groups are nested too deeply"),
}


@pytest.mark.parametrize("pattern", FAULTS)
def test_what_is_refused_and_why(pattern: str) -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    zh, en = FAULTS[pattern]
    assert (caught.value.message_zh, caught.value.message_en) == (
        f"正则表达式有误：{zh}",
        f"invalid pattern: {en}",
    )


def test_limits_of_length_and_size() -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern("a" * 1_001)
    assert caught.value.message_zh == "正则表达式过长（最多1000字符）"
    assert caught.value.message_en == "the pattern is too long (at most 1000 characters)"
    with pytest.raises(PatternError) as caught:
        compile_pattern("(a{100}){100}")
    assert (caught.value.message_zh, caught.value.message_en) == (
        "正则表达式过于庞大",
        "the pattern is too large",
    )


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("拟|将于", ("现将于下月", "拟"), ("将来", "")),
        (r"\d{4}年", ("自2024年起",), ("204年", "２０２４年")),
        (r"^第[一二三]", ("第一",), ("见第一",)),
        ("完成$", ("已完成",), ("已完成\n", "完成了")),
        (r"\bab\b", ("x ab y", "ab"), ("xab", "ab1")),
        (r"a\Bb", ("ab",), ("a b",)),
        (r"^\B$", ("",), ("a",)),
        (r"[^\p{Han}]", ("a", "，"), ("整改",)),
        (r"\P{Han}", ("整a",), ("整〇々",)),
        ("(?i)AbC", ("xaBc",), ("xab",)),
        ("(?i:A)b", ("ab", "Ab"), ("aB",)),
        ("(?i)[^a]", ("b",), ("A",)),
        ("a(?i)b|c", ("aB", "C"), ("A",)),
        ("a(?i)", ("a",), ("A",)),
        ("a.b", ("a整b",), ("a\nb",)),
        ("(?s)a.b", ("a\nb",), ("ab",)),
        ("(?s-i:.)A", ("\nA",), ("\na",)),
        ("(?m)^b$", ("a\nb\nc",), ("ab",)),
        ("a{2,3}?b", ("aab",), ("ab",)),
        ("^a{0}b", ("b",), ("ab",)),
        ("^(a|b)*c$", ("abbac",), ("abbad",)),
        ("(?P<name>a)(?<other>b)", ("ab",), ("a",)),
        (r"[[:digit:]x\]-]", ("5", "x", "]", "-"), ("y",)),
        (r"[[:^digit:]]", ("a",), ("5",)),
        (r"\Qa.b\E+", ("a.bb",), ("axb",)),
        (r"\x41\x{6574}\101\t", ("A整A\t",), ("A",)),
        ("a{,2}", ("a{,2}",), ("aa",)),
        ("()*", ("", "x"), ()),
        ("", ("", "x"), ()),
    ],
)
def test_what_is_found(pattern: str, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    compiled = compile_pattern(pattern)
    padding = " " * 300  # long texts are searched from the first likely character
    assert [text for text in yes if not compiled.search(text)] == []
    assert [text for text in no if compiled.search(text)] == []
    if not set("^$\\()") & set(pattern) and pattern:
        assert all(compiled.search(padding + text) for text in yes)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(a|ab)*c", ".*.*.*.*x", "(a*)*b", r"(\w+\s?)*!"])
def test_no_pattern_backtracks(pattern: str) -> None:
    compiled = compile_pattern(pattern)
    start = time.perf_counter()
    assert not compiled.search("a" * 20_000 + "?")
    assert time.perf_counter() - start < 2


def test_automaton_is_paid_for_and_bounded() -> None:
    text = "".join("ab"[bin(number).count("1") % 2] for number in range(3_000))
    paid: list[int] = []
    pattern = compile_pattern("(a|b)*a(a|b){200}c")
    assert not pattern.search(text, paid.append)
    assert sum(paid) > 100_000


def test_forgetting_states_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.expression_patterns._MAX_ENTRIES", 3)
    pattern = Pattern(parse_pattern(r"\d+[一-十]x"), ())
    assert [pattern.search(text) for text in ("ab12三c45七x", "ab12三c45七y") * 3] == [True, False] * 3


# --- beside RE2 ------------------------------------------------------------------------------------------


@cache
def re2() -> Any:
    cel = pytest.importorskip("cel_expr_python.cel")
    environment = cel.NewEnv(variables={"text": cel.Type.STRING, "pattern": cel.Type.STRING})
    return environment.compile("text.matches(pattern)")


def re2_search(pattern: str, text: str) -> bool | None:
    """Whether RE2 finds the pattern; None if it refuses it."""
    value = re2().eval(data={"text": text, "pattern": pattern})
    return None if value.type().name() == "ERROR" else value.plain_value()


def our_search(pattern: str, text: str) -> bool | None:
    try:
        return compile_pattern(pattern).search(text)
    except PatternError:
        return None


# not \B: RE2 works on bytes and lets it stand inside a character
ATOMS = r"""
a b ab 整 改 1 - . ^ $ \d \D \w \W \s \S \b \A \z [ab] [^a] [a-z1] [^整\n] [\d整] [^\W] [-a] []a]
[[:alpha:]] \n \. \p{Han} [^\p{Han}] (?:) \x61 \Qa.\E
"""
patterns = st.recursive(
    st.sampled_from(ATOMS.split()),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.tuples(inner, inner).map("|".join),
        inner.map("({})".format),
        st.tuples(st.sampled_from(("(?i:", "(?s:", "(?m:", "(?:", "(?P<n>")), inner)
        .map("".join)
        .map("{})".format),
        st.tuples(inner, st.sampled_from("*+?")).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        st.tuples(inner, st.sampled_from(("{2}", "{1,}", "{0,2}", "*?", "{0}"))).map(
            "(?:{0[0]}){0[1]}".format
        ),
        inner.map("(?i){}".format),
        inner.map("^(?:{})$".format),
    ),
    max_leaves=5,
)
texts = st.text("aAbB整改1-. \n", max_size=12)


@settings(max_examples=400, deadline=None)
@given(patterns, st.lists(texts, min_size=1, max_size=4))
def test_same_as_re2(pattern: str, subjects: list[str]) -> None:
    assert [our_search(pattern, text) for text in subjects] == [
        re2_search(pattern, text) for text in subjects
    ]


@settings(max_examples=400, deadline=None)
@given(st.text("ab()|*+?{}[]^$\\d-,1:<>=!iE ", max_size=8), texts)
def test_same_syntax_as_re2(pattern: str, text: str) -> None:
    assert our_search(pattern, text) == re2_search(pattern, text)


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_pattern_is_compiled_or_refused(pattern: str, text: str) -> None:
    assert our_search(pattern, text) in (True, False, None)
