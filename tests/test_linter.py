"""Running rules: what a finding holds, where it stands, and what a crash is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import checker.judging
import checker.linter
from checker.diagnostics import Diagnostic, Fix, Position, Related, Severity
from checker.document import Document, Paragraph, Stretch
from checker.linter import lint, solid
from checker.rules import RuleSet
from checker.source import Origin, Passage, Source, Span
from tests.documents import document, rule, ruleset

REPORT = document("title: 关于整改的通报", "body: 甲乙丙", "body: 乙乙", "heading: 乙丁")


def brief(findings: tuple[Diagnostic, ...]) -> list[str]:
    """Each finding as ``line:column-line:column severity rule excerpt``."""
    return [
        f"{one.start.line}:{one.start.column}-{one.end.line}:{one.end.column} {one.severity.word} {one.rule} {one.excerpt}"
        for one in findings
    ]


def paragraph(text: str, runs: tuple[tuple[int, int], ...], span: Span) -> Paragraph:
    return Paragraph(span, text, "body", "", Passage(text, runs), ())


# --- judgements ------------------------------------------------------------------------------------------


def test_a_finding_holds_everything() -> None:
    rules = ruleset(
        rule(
            """
            for: p in report.paragraphs, q in report.paragraphs
            let: {same: p.text.contains(q.text)}
            when: p.role == "body" && q.role == "title"
            assert: p.text != "甲乙丙" || same
            see: "[q, p]"
            see-message: {zh: "见{it.role}", en: "see {it.role}"}
            fix: {replace: "{p.text}了", safe: true}
            """.replace("            ", ""),
            message="{zh: '{p.text}不在{q.text}里', en: '{p.text} is not in {q.text}'}",
        )
    )
    assert lint(REPORT, rules) == (
        Diagnostic(
            path="draft.txt",
            rule="demo.rule",
            severity=Severity.WARNING,
            message={"zh": "甲乙丙不在关于整改的通报里", "en": "甲乙丙 is not in 关于整改的通报"},
            start=Position(1, 1),
            end=Position(1, 8),
            span=(0, 7),
            excerpt="关于整改的通报",
            related=(
                Related({"zh": "见title", "en": "see title"}, Position(1, 1), Position(1, 8)),
                Related({"zh": "见body", "en": "see body"}, Position(2, 1), Position(2, 4)),
            ),
            fix=Fix("甲乙丙了", True),
        ),
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("assert: report.paragraphs.size() < 4", "1:1-1:8 warning demo.rule 关于整改的通报"),
        ("assert: report.title == null\nat: report.title", "1:1-1:8 warning demo.rule 关于整改的通报"),
        ("for: p in report.paragraphs\nassert: p.text != '乙乙'", "3:1-3:3 warning demo.rule 乙乙"),
        ("for: p in report.paragraphs, n in [1]\nassert: p.text != '乙乙'", "3:1-3:3 warning demo.rule 乙乙"),
        (
            "for: p in report.paragraphs\nassert: p.text != '乙乙'\nat: report.lead",
            "3:1-3:3 warning demo.rule 乙乙",
        ),
        (
            "for: p in report.paragraphs\nassert: p.text != '乙乙'\nat: p.sentences[0].span",
            "3:1-3:3 warning demo.rule 乙乙",
        ),
    ],
)
def test_a_finding_stands_where_its_rule_says(body: str, expected: str) -> None:
    assert brief(lint(REPORT, ruleset(rule(body)))) == [expected]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("body: ", "body:   甲", "body: 乙"), "2:1-2:4 warning demo.rule   甲"),
        (("body: ",), "1:1-2:1 warning demo.rule \n"),
        ((), "1:1-1:1 warning demo.rule "),
    ],
)
def test_without_a_title_the_first_line_that_says_something_stands_for_the_report(
    lines: tuple[str, ...], expected: str
) -> None:
    assert brief(lint(document(*lines), ruleset(rule("assert: report.title != null")))) == [expected]


def test_findings_are_sorted_by_place_and_rule() -> None:
    rules = ruleset(
        rule("for: p in report.paragraphs\nassert: p.role != 'body'", "demo.z"),
        rule("for: p in report.paragraphs\nassert: p.role == 'title'", "demo.a"),
    )
    assert brief(lint(REPORT, rules)) == [
        "2:1-2:4 warning demo.a 甲乙丙",
        "2:1-2:4 warning demo.z 甲乙丙",
        "3:1-3:3 warning demo.a 乙乙",
        "3:1-3:3 warning demo.z 乙乙",
        "4:1-4:3 warning demo.a 乙丁",
    ]


def test_the_first_check_that_finds_at_a_place_counts() -> None:
    rules = ruleset(
        rule(
            """
checks:
  - {for: p in report.paragraphs, assert: p.text != '乙乙', severity: error}
  - {for: p in report.paragraphs, assert: p.role != 'body'}
  - {forbid: [乙乙, 丁], severity: info}
"""
        )
    )
    assert brief(lint(REPORT, rules)) == [
        "2:1-2:4 warning demo.rule 甲乙丙",
        "3:1-3:3 error demo.rule 乙乙",
        "4:2-4:3 info demo.rule 丁",
    ]


@pytest.mark.parametrize(
    "silent", ["forbid: [乙], genres: audit", "for: p in report.persons, assert: 'false'"]
)
def test_a_check_with_nothing_to_say_hides_none_after_it(silent: str) -> None:
    found = lint(REPORT, ruleset(rule(f"checks:\n  - {{{silent}}}\n  - {{forbid: [丁]}}")))
    assert brief(found) == ["4:2-4:3 warning demo.rule 丁"]


@pytest.mark.parametrize(("genres", "count"), [("[demo]", 1), ("[audit, demo]", 1), ("audit", 0), ("", 1)])
def test_a_rule_of_another_genre_is_silent(genres: str, count: int) -> None:
    assert len(lint(REPORT, ruleset(rule("assert: 'false'", genres=genres)))) == count


def test_places_of_a_word_file_are_told() -> None:
    source = Source("draft.docx", REPORT.text, "word", origins=(Origin(0, 1), Origin(8, 2, "表1第2行第1列")))
    findings = lint(replace(REPORT, source=source), ruleset(rule("forbid: [通报, 丙]")))
    assert [(one.path, one.place, one.excerpt) for one in findings] == [
        ("draft.docx", "第1段", "通报"),
        ("draft.docx", "第2段，表1第2行第1列", "丙"),
    ]


@given(st.integers(-3, 9), st.integers(-3, 9), st.text("甲\r\n", max_size=6))
def test_places_lie_inside_the_text_and_are_not_empty(start: int, end: int, text: str) -> None:
    span = solid(Span(start, end), text)
    assert 0 <= span.start <= span.end <= len(text)
    assert span.start < span.end or not text or (span.start == len(text) and text[-1] in "\r\n")
    if 0 <= start < end <= len(text):
        assert span == Span(start, end)


# --- words -----------------------------------------------------------------------------------------------


def test_words_are_found_in_the_paragraphs_named() -> None:
    text = (
        "{replace: {乙: 已}, message: {zh: '{word}应为{right}', en: '{word} for {right} in {paragraph.role}'}"
    )
    rules = ruleset(rule("checks:\n  - " + text + ", in: [paragraph]}"))
    (first, *others) = lint(REPORT, rules)
    assert brief((first, *others)) == [
        f"{place} warning demo.rule 乙" for place in ("2:2-2:3", "3:1-3:2", "3:2-3:3")
    ]
    assert first.message == {"zh": "乙应为已", "en": "乙 for 已 in body"}
    assert first.fix == Fix("已", False)
    assert len(lint(REPORT, ruleset(rule("forbid: [乙]\nin: heading")))) == 1
    assert len(lint(REPORT, ruleset(rule("forbid: [乙]")))) == 4


def test_words_are_passed_over_on_a_condition() -> None:
    rules = ruleset(
        rule(
            'forbid: [{word: 丙, often: "true"}, {word: 丁}]\nwhen: often == "true" && report.text.contains(word)'
        )
    )
    assert brief(lint(REPORT, rules)) == ["2:3-2:4 warning demo.rule 丙"]


def test_the_raw_text_is_searched_as_it_stands() -> None:
    report = document("furniture: **甲**")
    bare = replace(report, paragraphs=(paragraph("甲", ((0, 2),), Span(0, 5)),))
    assert brief(lint(bare, ruleset(rule("forbid: ['**']\nin: raw")))) == [
        "1:1-1:3 warning demo.rule **",
        "1:4-1:6 warning demo.rule **",
    ]
    assert lint(bare, ruleset(rule("forbid: ['**']"))) == ()


@pytest.mark.parametrize(
    ("body", "fix"),
    [
        ("replace: {甲乙: 乙}", Fix("乙", False)),
        ("replace: {甲乙: 乙}\nfix: {safe: true}", Fix("乙", True)),
        ("replace: [{wrong: 甲乙, right: 乙, safe: false}]\nfix: {safe: true}", Fix("乙", False)),
        ("replace: [{wrong: 甲乙, right: 乙, safe: true}]", Fix("乙", True)),
        ("forbid: [甲乙]", None),
        ("forbid: [甲乙]\nfix: {replace: '“{word}”', safe: true}", Fix("“甲乙”", True)),
        ("forbid: [甲乙]\nfix: {replace: '', safe: true}", Fix("", True)),
    ],
)
def test_corrections_are_safe_where_they_are_said_to_be(body: str, fix: Fix | None) -> None:
    for report in (document("body: 甲乙"), document("title: 通报", "body: 丙丁甲乙")):
        (finding,) = lint(report, ruleset(rule(body)))
        assert finding.fix == fix


def test_a_correction_across_a_broken_line_is_never_safe() -> None:
    report = replace(
        document("body: 甲", "body: 乙"), paragraphs=(paragraph("甲乙", ((0, 0), (1, 2)), Span(0, 3)),)
    )
    (finding,) = lint(report, ruleset(rule("replace: {甲乙: 乙}\nfix: {safe: true}")))
    assert (finding.span, finding.excerpt, finding.fix) == ((0, 3), "甲\n乙", Fix("乙", False))


# --- crashes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "place", "zh", "en"),
    [
        ("assert: 1 / size(report.dates) == 1", "own.yaml:8:13", "除数为零", "divide by zero"),
        (
            "for: p in report.paragraphs\nassert: p.text == '' || [1][3] == 1",
            "own.yaml:9:30",
            "下标3超出范围（共1项）",
            "index 3 out of range (size 1)",
        ),
    ],
)
def test_a_crash_is_a_finding_that_names_the_rule_and_the_place(
    body: str, place: str, zh: str, en: str
) -> None:
    rules = ruleset(rule(body, "demo.crash"), rule("for: p in report.paragraphs\nassert: p.text != '乙乙'"))
    crash, other = lint(REPORT, rules)
    assert (crash.crash, crash.rule, crash.severity) == (True, "demo.crash", Severity.ERROR)
    assert crash.message == {
        "zh": f"规则 demo.crash 出错，没有查完（{place}：{zh}）",
        "en": f"the rule demo.crash failed before its end ({place}: {en})",
    }
    assert (crash.start, crash.excerpt) == (Position(1, 1), "关于整改的通报")
    assert brief((other,)) == ["3:1-3:3 warning demo.rule 乙乙"]


def test_what_a_rule_found_before_its_crash_stays() -> None:
    rules = ruleset(
        rule("for: p in report.paragraphs\nassert: p.role == 'title' || (p.text == '乙乙' && 1 / 0 == 1)")
    )
    first, second = lint(REPORT, rules)
    assert brief((first,)) == ["2:1-2:4 warning demo.rule 甲乙丙"]
    assert (second.crash, second.start, second.excerpt) == (True, Position(3, 1), "乙乙")


@pytest.mark.parametrize(
    "key",
    ["when", "at", "see", "let: {x", "message", "fix: {replace", "see-message"],
)
def test_a_crash_anywhere_in_a_rule_is_told(key: str) -> None:
    faulty = {
        "when": "when: 1 / 0 == 1",
        "at": "at: report.paragraphs[9]",
        "see": "see: report.paragraphs[9]",
    }
    faulty |= {"let: {x": "let: {x: 1 / 0}", "fix: {replace": "fix: {replace: '{1 / 0}'}"}
    faulty["see-message"] = "see: report.title\nsee-message: '{1 / 0}'"
    message = "'{1 / 0}'" if key == "message" else "甲"
    (crash,) = lint(REPORT, ruleset(rule(f"assert: 'false'\n{faulty.get(key, '')}".strip(), message=message)))
    assert crash.crash
    assert "own.yaml:" in crash.message["zh"]


def test_a_crash_in_a_word_rule_is_told() -> None:
    (crash,) = lint(REPORT, ruleset(rule("forbid: [丙]", message="'{1 / 0}'")))
    assert (
        crash.crash,
        crash.message["en"].startswith("the rule demo.rule failed before its end (own.yaml:7:"),
    ) == (True, True)


def test_what_nobody_foresaw_is_a_crash_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(checker.linter, "matches", fail)
    rules = ruleset(rule("forbid: [丙]", "demo.crash"), rule("assert: 'false'"))
    crash, other = lint(REPORT, rules)
    assert crash.message == {
        "zh": "规则 demo.crash 出错，没有查完（own.yaml:1：意外错误 RecursionError: too deep）",
        "en": "the rule demo.crash failed before its end (own.yaml:1: unexpected RecursionError: too deep)",
    }
    assert not other.crash


def test_rounds_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker.judging, "MAX_ROUNDS", 15)
    rules = ruleset(rule("for: p in report.paragraphs, q in report.paragraphs\nassert: 'true'"))
    (crash,) = lint(REPORT, rules)
    assert crash.message["zh"] == "规则 demo.rule 出错，没有查完（own.yaml:9:12：循环超过 15 次）"


def test_where_there_is_nothing_to_judge_no_condition_is_asked() -> None:
    endless = "when: range(900000).all(n, n >= 0)\nassert: 'true'"
    for field, crashes in (("paragraphs", 1), ("persons", 0)):
        rules = ruleset(rule(f"for: p in report.{field}\n{endless}"))
        assert [one.crash for one in lint(REPORT, rules)] == [True] * crashes


def test_an_empty_set_of_rules_finds_nothing() -> None:
    assert lint(REPORT, RuleSet(())) == ()


def test_null_is_no_list_to_go_through() -> None:
    report: Document = replace(REPORT, lead=None, welcome=Stretch(Span(0, 1), "关"))
    rules = ruleset(
        rule("for: 's in report.welcome == null ? [report.lead] : [report.welcome]'\nassert: s == null")
    )
    assert brief(lint(report, rules)) == ["1:1-1:2 warning demo.rule 关"]


# --- bounds ----------------------------------------------------------------------------------------------


def messages(report: Document, *rules: str) -> list[str]:
    """What each finding says in Chinese; of a crash, its place and reason alone."""
    said = [one.message["zh"] for one in lint(report, ruleset(*rules))]
    return [text.removeprefix("规则 demo.rule 出错，没有查完").strip("（）") for text in said]


@pytest.mark.parametrize("most", [19, 20])
def test_so_many_rounds_are_taken_and_no_more(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Of four paragraphs, each with each: four and sixteen."""
    monkeypatch.setattr(checker.judging, "MAX_ROUNDS", most)
    found = messages(REPORT, rule("for: p in report.paragraphs, q in report.paragraphs\nassert: 'true'"))
    assert found == ([] if most == 20 else ["own.yaml:9:12：循环超过 19 次"])


def test_the_steps_of_all_rounds_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    report = document("body: 甲")
    body = "for: n in range(50)\nassert: range(20).all(m, m < 20)"
    assert messages(report, rule(body)) == []
    monkeypatch.setattr(checker.judging, "MAX_STEPS", 1000)
    (crash,) = lint(report, ruleset(rule(body)))
    steps = crash.message["en"].split()[-4]
    assert 1000 < int(steps) < 1200
    assert crash.message == {
        "zh": f"规则 demo.rule 出错，没有查完（own.yaml:9:11：运算超过 {steps} 步）",
        "en": f"the rule demo.rule failed before its end (own.yaml:9:11: more than {steps} steps in all)",
    }


def test_each_character_of_a_report_gives_ten_steps_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list takes ten and each round 80 of the 1,010 steps for 101 characters: the thirteenth round is one too many."""
    monkeypatch.setattr(checker.judging, "MAX_STEPS", 0)
    body = "for: n in range(50)\nassert: range(20).all(m, m < 20)"
    assert messages(document("body: " + "甲" * 100), rule(body)) == ["own.yaml:9:11：运算超过 1049 步"]


def test_a_longer_report_may_take_more_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker.judging, "MAX_STEPS", 1000)
    body = "for: n in range(50)\nassert: range(20).all(m, m < 20)"
    counts = [len(messages(document("body: " + "甲" * length), rule(body))) for length in (1, 1000)]
    assert counts == [1, 0]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("when: range(20).all(m, m < n + 20)\nassert: n >= 0", "甲"),
        ("let: {x: 'range(20).all(m, m < 20)'}\nassert: x", "甲"),
        ("assert: n < 0", "'甲{range(20).all(m, m < 20)}'"),
        ("assert: n < 0\nat: 'range(20).all(m, m < 20) ? report.title : null'", "甲"),
    ],
)
def test_all_expressions_of_a_rule_count_as_steps(
    monkeypatch: pytest.MonkeyPatch, body: str, message: str
) -> None:
    rules = rule(f"for: n in range(100)\n{body}", message=message)
    monkeypatch.setattr(checker.judging, "MAX_STEPS", 1500)
    (*_, crash) = messages(document("title: 甲"), rules)
    assert "运算超过" in crash


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("forbid: [甲]", "'甲{range(20).all(m, m < 20)}'"),
        ("forbid: [甲]\nwhen: range(20).all(m, m < 20 + size(paragraph.text))", "甲"),
        ("forbid: [{pattern: '甲乙?'}]", "甲"),
    ],
)
def test_the_steps_of_a_word_check_are_bounded(
    monkeypatch: pytest.MonkeyPatch, body: str, message: str
) -> None:
    report = document(*["body: 甲"] * 40)
    assert len(messages(report, rule(body, message=message))) == 40
    monkeypatch.setattr(checker.judging, "MAX_STEPS", 100 - 10 * len(report.text))
    assert "own.yaml:1：运算超过 100 步" in messages(report, rule(body, message=message))


def test_a_finding_names_fifty_second_places_at_most() -> None:
    report = document(*[f"body: 甲{number}" for number in range(60)])
    (finding,) = lint(report, ruleset(rule("assert: 'false'\nsee: report.paragraphs")))
    assert [one.start.line for one in finding.related] == list(range(1, 51))
    assert finding.related[0].message == {"zh": "另见此处", "en": "see also here"}


# --- what conditions say ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "crashes"),
    [
        # what fails counts only where all else holds, whatever stands first
        ("1 / 0 == 1 && p.text == '没有'", 0),
        ("p.text == '没有' && 1 / 0 == 1", 0),
        ("p.text == '乙乙' && 1 / 0 == 1", 1),
        ("1 / 0 == 1 && p.text == '乙乙'", 1),
        ("1 / size(p.text.replace('乙', '')) == 1 && p.role == 'body'", 1),
        ("1 / size(p.text.replace('乙', '')) == 1 && p.role == 'title'", 0),
        ("q == 2 && 1 / size(p.text.replace('乙', '')) == 1", 0),
        ("q == 1 && 1 / size(p.text.replace('乙', '')) > 0", 1),
    ],
)
def test_what_fails_in_a_condition_counts_where_all_else_holds(when: str, crashes: int) -> None:
    rules = ruleset(rule(f"for: p in report.paragraphs, q in [1]\nwhen: \"{when}\"\nassert: 'true'"))
    found = lint(REPORT, rules)
    assert [one.crash for one in found] == [True] * crashes


@pytest.mark.parametrize(
    ("when", "count"),
    [
        ("size(report.text) > 0", 4),
        ("size(report.text) > 9000", 0),
        ("size(report.text) > 0 && p.role == 'body'", 2),
        ("size(report.text) > 9000 && p.role == 'body'", 0),
        ("x == '甲乙丙'", 1),
        ("x == '没有'", 0),
        ("p.role == 'body' && x == '乙乙'", 1),
        ("p.role == 'title' && x == '乙乙'", 0),
    ],
)
def test_a_rule_judges_what_passes_its_conditions(when: str, count: int) -> None:
    body = f"for: p in report.paragraphs\nlet: {{x: p.text}}\nwhen: \"{when}\"\nassert: 'false'"
    assert [one.crash for one in lint(REPORT, ruleset(rule(body)))] == [False] * count


def test_the_place_of_a_crash_is_that_of_the_innermost_variable_with_one() -> None:
    body = (
        "for: p in report.paragraphs, q in p.sentences, n in [1]\nassert: \"p.text != '乙乙' || 1 / 0 == n\""
    )
    (crash,) = lint(REPORT, ruleset(rule(body)))
    assert (crash.crash, crash.start, crash.excerpt) == (True, Position(3, 1), "乙乙")


def test_a_condition_of_words_may_fail_only_where_the_others_hold() -> None:
    body = "forbid: [丙, 丁]\nwhen: \"1 / size(word.replace('丙', '')) == 1 && paragraph.role == '{}'\""
    for role, found in (("body", [True]), ("heading", [False]), ("title", [])):
        assert [one.crash for one in lint(REPORT, ruleset(rule(body.format(role))))] == found


def test_words_passed_over_hide_none_after_them() -> None:
    report = document("body: 丙丁丙丁")
    assert brief(
        lint(report, ruleset(rule("forbid: [丙, 丁]\nwhen: word == '丁' && paragraph.role == 'body'")))
    ) == [
        "1:2-1:3 warning demo.rule 丁",
        "1:4-1:5 warning demo.rule 丁",
    ]


def test_a_word_is_judged_in_each_paragraph_anew() -> None:
    body = "forbid: [乙]\nwhen: \"word == '乙' && paragraph.text == '乙乙'\""
    assert brief(lint(REPORT, ruleset(rule(body)))) == [
        "3:1-3:2 warning demo.rule 乙",
        "3:2-3:3 warning demo.rule 乙",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "when: range(20).all(m, m < n + 20)\nassert: n >= 0",
        "let: {x: 'range(20).all(m, m < n + 20)'}\nassert: x",
        "assert: range(20).all(m, m < n + 20)",
    ],
)
@pytest.mark.parametrize(("steps", "length", "crashes"), [(300, 1, 0), (10, 1, 1), (10, 30, 0)])
def test_each_evaluation_may_take_so_many_steps(
    monkeypatch: pytest.MonkeyPatch, body: str, steps: int, length: int, crashes: int
) -> None:
    """And more on a longer report, but no fewer because of those before it."""
    monkeypatch.setattr(checker.judging, "STEPS", steps)
    found = messages(document("body: " + "甲" * length), rule(f"for: n in range(50)\n{body}"))
    assert len(found) == crashes


def test_the_steps_of_a_message_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker.linter, "STEPS", 10)
    (found,) = messages(document("body: 甲"), rule("forbid: [甲]", message="'甲{range(20).all(m, m < 20)}'"))
    assert found.startswith("own.yaml:7:")
