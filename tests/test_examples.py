"""The examples that rules carry: how they are marked, run and reported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Document
from checker.examples import run_examples
from checker.examples_text import ExampleError, mark, parse_example
from checker.reading import read
from checker.rules import load_rules
from checker.source import Source, Span
from tests.documents import document, rule, ruleset


def lines(source: Source, genre: str | None) -> Document:
    """A reading for tests: every line is a paragraph of the body."""
    return document(
        *(f"body: {line}" for line in source.text.rstrip("\n").split("\n")),
        genre=genre or "none",
        source=source,
    )


def failures(*rules: str) -> list[str]:
    return [
        f"{fault.describe('zh')} | {fault.message['en']}"
        for fault in run_examples(ruleset(*rules), lines).failures
    ]


def test_examples_that_hold_are_counted() -> None:
    rules = ruleset(
        rule("forbid: [乙]", bad="[甲⟦乙⟧丙⟦乙⟧, ⟦乙⟧]", good="[甲, 丙]"),
        rule("forbid: [甲\n  ]", "demo.lines", bad="|\n    乙\n    ⟦甲⟧乙\n", good="乙"),
    )
    outcome = run_examples(rules, lines)
    assert (outcome.rules, outcome.examples, outcome.failures) == (2, 6, ())


@pytest.mark.parametrize(
    ("bad", "good", "expected"),
    [
        (
            "[甲⟦丙⟧]",
            "[甲]",
            [
                "own.yaml:5:9: demo.rule 的 bad 示例未报出“丙”（1:2） | the bad example of demo.rule does not find “丙” (1:2)"
            ],
        ),
        (
            "[⟦甲乙⟧]",
            "[甲]",
            [
                "own.yaml:5:9: demo.rule 的 bad 示例未报出“甲乙”（1:1），多报出“乙”（1:2） | the bad example of demo.rule does not find “甲乙” (1:1) and also finds “乙” (1:2)"
            ],
        ),
        (
            "[⟦乙⟧, ⟦乙⟧甲乙]",
            "[甲]",
            [
                "own.yaml:5:14: demo.rule 的 bad 示例多报出“乙”（1:3） | the bad example of demo.rule also finds “乙” (1:3)"
            ],
        ),
        (
            "[⟦乙⟧]",
            "[甲乙, 甲, 乙乙]",
            [
                "own.yaml:6:10: demo.rule 的 good 示例多报出“乙”（1:2） | the good example of demo.rule also finds “乙” (1:2)",
                "own.yaml:6:17: demo.rule 的 good 示例多报出“乙”（1:1）、“乙”（1:2） | the good example of demo.rule also finds “乙” (1:1), “乙” (1:2)",
            ],
        ),
    ],
)
def test_examples_that_fail_say_what_was_missed_or_too_many(bad: str, good: str, expected: list[str]) -> None:
    assert failures(rule("forbid: [乙]", bad=bad, good=good)) == expected


def test_a_crash_fails_the_example() -> None:
    (failure,) = failures(rule("assert: report.text == '甲\\n' || report.paragraphs[7] == null"))
    assert failure == (
        "own.yaml:5:9: 规则 demo.rule 出错，没有查完（own.yaml:8:52：下标7超出范围（共1项））"
        " | the rule demo.rule failed before its end (own.yaml:8:52: index 7 out of range (size 1))"
    )


def test_a_long_place_is_clipped_and_shown_on_one_line() -> None:
    body = "assert: 'true'"
    (failure,) = failures(rule(body, bad=f'["⟦{"甲" * 30}\\n{"乙" * 30}⟧"]'))
    assert f"“{'甲' * 20}…{'乙' * 20}”（1:1）" in failure


def test_a_rule_of_one_genre_is_tested_in_that_genre() -> None:
    assert failures(rule("forbid: [乙]", genres="[audit]")) == []


def test_examples_are_read_as_whole_reports() -> None:
    bad = "|\n    关于整改的通报\n    ⟦反馈问题3个⟧。\n"
    found = ruleset(rule("forbid: [反馈问题3个]\nin: paragraph", bad=bad))
    assert run_examples(found, read).failures == ()


# --- marks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clean", "places"),
    [
        ("甲", "甲", ()),
        ("甲⟦乙⟧丙", "甲乙丙", (Span(1, 2),)),
        ("⟦甲⟧⟦乙\n丙⟧", "甲乙\n丙", (Span(0, 1), Span(1, 4))),
    ],
)
def test_marks_are_places(text: str, clean: str, places: tuple[Span, ...]) -> None:
    assert parse_example(text) == (clean, places)
    assert mark(clean, places) == text


@pytest.mark.parametrize("text", ["⟦甲", "甲⟧", "⟦甲⟦乙⟧⟧", "⟧⟦", "⟦⟧"])
def test_marks_that_do_not_pair_are_refused(text: str) -> None:
    with pytest.raises(ExampleError) as caught:
        parse_example(text)
    empty = text == "⟦⟧"
    assert caught.value.message == {
        "zh": "⟦ ⟧ 里是空的" if empty else "⟦ ⟧ 没有配对",
        "en": "nothing stands in ⟦ ⟧" if empty else "⟦ and ⟧ do not pair",
    }


@given(st.lists(st.tuples(st.text("甲\n", max_size=3), st.text("乙\n", min_size=1, max_size=3)), max_size=4))
def test_marks_come_back(pieces: list[tuple[str, str]]) -> None:
    text = "".join(f"{plain}⟦{marked}⟧" for plain, marked in pieces)
    clean, places = parse_example(text)
    assert clean == text.replace("⟦", "").replace("⟧", "")
    assert [clean[place.start : place.end] for place in places] == [marked for _, marked in pieces]
    assert mark(clean, places) == text


# --- our own rules ---------------------------------------------------------------------------------------


OWN = load_rules()


@pytest.mark.parametrize("name", [one.id for one in OWN.rules])
def test_our_rules_prove_themselves(name: str) -> None:
    outcome = run_examples([OWN.get(name)], read)
    assert [fault.describe("en") for fault in outcome.failures] == []
    assert outcome.examples >= 2
