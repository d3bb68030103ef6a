"""The bench against itself: its facts are true of its texts, and its faults are where it says."""

import random
import re
from collections import Counter

import pytest

from bench.ask import Finding
from bench.faults import restated
from bench.generate import LONGEST, SHORTEST, reports
from bench.inject import INJECTORS, faults
from bench.inject_text import bank_card, identity
from bench.measure import ERRORS, Recall, Results, new_findings
from bench.model import Builder, Report
from bench.numbers import chinese, numeral, percent
from bench.openings import opening
from bench.places import PLACES
from bench.score import Score, claims, problems, rows, sections

REPORTS = reports(7, 60)
OPENINGS = [opening(7, index) for index in range(60)]


def ids(report: Report) -> str:
    return f"{report.name}-{report.traits[0]}"


@pytest.mark.parametrize("report", REPORTS, ids=ids)
def test_facts_stand_where_they_are_said_to_stand(report: Report) -> None:
    for claim in report.claims:
        assert report.lines[claim.line - 1][claim.column - 1 : claim.end_column - 1] == claim.text
    for section in report.sections:
        assert section.label in report.lines[section.line - 1]
        assert section.title in report.lines[section.line - 1]
    for problem in report.problems:
        assert problem.title.strip("“”") in report.lines[problem.line - 1].replace("‘", "“").replace("’", "”")
        assert problem.label in report.lines[problem.line - 1]
    for _, value, line in report.contacts:
        assert value in report.lines[line - 1]
    for text, line in report.inspectors:
        assert text in report.lines[line - 1]
    assert report.signature is not None
    assert report.lines[report.signature[2] - 1] == report.signature[0]


@pytest.mark.parametrize("report", [*REPORTS, *OPENINGS], ids=ids)
def test_arithmetic_holds(report: Report) -> None:
    main = [claim for claim in report.claims if claim.tally == "main"]
    totals = {claim.value for claim in main if claim.state == "total"}
    parts = [claim.value or 0 for claim in main if claim.state != "total"]
    assert len(totals) <= 1
    if parts:
        assert totals == {sum(parts)}
    layout = report.traits[0]
    own = [c for c in report.claims if c.scope == "report" and c.state == "total"]
    fine = "detail" if any(c.noun == "detail" for c in own) else "problem"
    stated = {c.value for c in own if c.noun == fine}
    if stated and layout not in ("themes", "opening"):
        assert stated == {len(report.problems)}
    rates = [
        c for c in report.claims if c.state == "rate" and c.noun == fine and c.text.startswith("整改完成率")
    ]
    done = sum(c.value or 0 for c in main if c.state == "done")
    for rate in rates:
        if done:
            (whole,) = totals
            assert rate.value == percent(int(done), int(whole or 0))[1]


@pytest.mark.parametrize("report", REPORTS, ids=ids)
def test_states_fit_the_figures(report: Report) -> None:
    shown = Counter(p.state for p in report.problems)
    fine = "detail" if report.traits[0] == "two-grains" else "problem"
    merged = any("或基本完成" in c.text for c in report.claims)
    if not shown or "unknown" in shown or merged or any("含部分整改" in c.text for c in report.claims):
        return
    for claim in report.claims:
        if claim.tally == "main" and claim.noun == fine and claim.state != "total":
            assert claim.value == shown[claim.state]


@pytest.mark.parametrize("report", REPORTS, ids=ids)
def test_text_is_whole(report: Report) -> None:
    text = report.text
    assert SHORTEST <= len(text) <= LONGEST
    assert not re.search(r"[⟦⟧{}<>]|None", text)
    assert not re.search(r"。。|，，|；。|，。|：。|、、|，、", text)
    for opening_mark, closing_mark in ("“”", "‘’", "《》", "（）"):
        assert text.count(opening_mark) == text.count(closing_mark)
    answers = report.marks.get("measure", ()) + report.marks.get("row", ())
    long = [s for n in answers for s in re.split("[。；]", report.lines[n - 1]) if len(s) >= 30]
    assert [s for s, times in Counter(long).items() if times > 1] == []


def test_reports_are_the_same_for_the_same_seed() -> None:
    assert [r.text for r in reports(7, 5)] == [r.text for r in REPORTS[:5]]
    assert reports(8, 1)[0].text != REPORTS[0].text


def test_every_layout_and_body_occurs() -> None:
    many = reports(1, 200)
    assert len({r.traits[0] for r in many}) == 16
    assert len({r.traits[1] for r in many}) == 11


def test_places_are_distinct_and_well_formed() -> None:
    assert len({p.area for p in PLACES}) == len(PLACES)
    for place in PLACES:
        assert re.fullmatch(r"0\d{2,3}", place.area)
        assert re.fullmatch(r"\d{6}", place.postcode)
        assert place.postcode[:2] == place.city_postcode[:2]


def test_numerals() -> None:
    assert [chinese(n) for n in (0, 7, 10, 16, 20, 35, 105, 110, 427)] == [
        "零", "七", "十", "十六", "二十", "三十五", "一百零五", "一百一十", "四百二十七",
    ]  # fmt: skip
    assert (numeral(2, "chinese"), numeral(27, "fullwidth")) == ("两", "２７")
    assert percent(25, 27) == ("92.59%", 92.59)
    assert percent(9, 10) == ("90%", 90.0)


def test_markup_becomes_a_claim() -> None:
    b = Builder()
    b.add("反馈的⟦problem total report 27 =a #main|２７个问题⟧已⟦problem done report null *|全部完成整改⟧。")
    first, second = b.claims
    assert b.lines == ["反馈的２７个问题已全部完成整改。"]
    assert (first.column, first.value, first.unit, first.verdict, first.tally) == (
        4,
        27,
        "个",
        "agree",
        "main",
    )
    assert (second.column, second.value, second.all, second.text) == (10, None, True, "全部完成整改")
    assert restated(first, 31) == "３１个问题"


def test_the_checksums_of_identifiers_hold() -> None:
    rng = random.Random(1)
    for _ in range(50):
        number = identity(rng)
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1)
        assert (
            sum(w * (10 if ch == "X" else int(ch)) for w, ch in zip(weights, number, strict=True)) % 11 == 1
        )
        card = [int(ch) for ch in reversed(bank_card(rng))]
        assert (sum(card[::2]) + sum(sum(divmod(2 * d, 10)) for d in card[1::2])) % 10 == 0


def test_faults_change_the_text_where_they_say() -> None:
    seen = set()
    for report, name, fault in faults(REPORTS, 3, 12):
        seen.add(name)
        after = fault.text.split("\n")
        assert fault.text != report.text
        assert all(0 < n <= len(after) for n in fault.lines)
        before, now = Counter(report.lines), Counter(after)
        if fault.lines and name not in ("missing_answer", "repeated"):
            near = [after[n - 1] for n in fault.lines]
            moved = len(after) != len(report.lines) + 1
            assert moved or any(now[text] > before[text] for text in near), (name, fault.note)
    assert seen == {inject.__name__ for inject in INJECTORS}


def test_faults_cover_the_catalogue_of_errors() -> None:
    put = {fault.rules[0] for _, _, fault in faults(REPORTS, 3, 12)}
    assert put >= ERRORS


@pytest.mark.parametrize("report", [*REPORTS[:20], *OPENINGS[:10]], ids=ids)
def test_a_report_scores_full_marks_against_its_own_facts(report: Report) -> None:
    said = report.facts()
    for compare in (sections, problems, claims):
        score = Score()
        compare(score, report, said)
        assert (score.misses, score.false, score.notes) == (0, 0, [])
    score = Score()
    own = [
        {"noun": r.noun, "state": r.state, "stated": r.stated, "line": r.line, "verdict": r.verdict.split("|")[0],
         "basis": "", "counted": r.counted}
        for r in report.rows
    ]  # fmt: skip
    rows(score, report, {"rows": own})
    assert (score.hits, score.misses, score.false) == (len(report.rows), 0, 0)


def test_a_wrong_figure_costs_a_miss_and_a_false_claim() -> None:
    report = next(r for r in REPORTS if any(c.tally == "main" for c in r.claims))
    said = report.facts()
    first = next(c for c in said["claims"] if c["scope"] == "report" and c["value"])  # type: ignore[attr-defined]
    first["value"] += 1000
    score = Score()
    claims(score, report, said)
    assert (score.misses, score.false) == (1, 1)


def test_new_findings_are_those_beyond_the_clean_ones() -> None:
    def at(line: int, message: str) -> Finding:
        return Finding("text.typo", "warning", line, frozenset((line,)), message)

    before, after = "甲\n乙\n丙\n", "甲\n新\n丙改\n乙\n"
    old = [at(2, "a"), at(3, "b")]
    assert new_findings(before, old, after, [at(4, "a"), at(3, "b")]) == []
    assert new_findings(before, old, after, [at(4, "a"), at(2, "c"), at(3, "b"), at(3, "b")]) == [
        at(2, "c"),
        at(3, "b"),
    ]


def test_the_gate_names_what_is_not_met() -> None:
    names = ("sections", "problems", "claims", "openings", "rows")
    good = Results(20, {name: Score(hits=1) for name in names})
    assert good.failures() == []
    bad = Results(20, {name: Score(hits=1, misses=1) for name in names})
    bad.clean.update(error=1, warning=1)
    bad.rules = {"count.rate": Recall(put=10, found=9), "text.typo": Recall(put=10, found=8)}
    bad.collateral = ["one"]
    assert bad.failures() == [
        "F1 of sections 0.667 < 0.98",
        "F1 of problems 0.667 < 0.98",
        "F1 of claims 0.667 < 0.98",
        "F1 of openings 0.667 < 0.95",
        "recall of error rules 0.900 < 0.97",
        "recall of warning rules 0.800 < 0.9",
        "collateral 1 in 20",
        "1 errors on clean reports",
        "1 warnings on 20 clean reports",
        "1 rows of account wrong",
    ]
