"""Inputs that broke the program once, and inputs that nobody would write: an answer, in time, or a plain refusal."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import linear
from checker import check
from checker.config import read_config
from checker.diagnostics import CheckerError
from checker.linter import lint
from checker.phrase_nodes import Group
from checker.phrases import read_phrases
from checker.readers import read_bytes
from checker.reading import read
from checker.source import Source
from tests import fuzz, fuzz_inputs, fuzz_trial
from tests.documents import document, rule, ruleset
from tests.effort import examples

HEAD = "关于整改的通报\n"


def report(text: str) -> Source:
    return Source("draft.txt", HEAD + text)


# --- found by fuzzing ----------------------------------------------------------------------------------------


def test_a_period_without_an_end_is_a_date() -> None:
    found = read(report("2024年3月5日至2025年度，整改情况如下。")).dates
    assert [(date.text, date.value) for date in found] == [("2024年3月5日", "2024-03-05")]


@pytest.mark.parametrize("number", ["٢", "२", "𝟐"])
def test_digits_of_other_scripts_number_no_document(number: str) -> None:
    document = read(report(f"某发〔2023〕{number}号、某发〔2023〕１２号文件要求整改。"))
    assert [one.text for one in document.document_numbers] == ["〔2023〕１２号"]


def test_an_approximation_of_nothing_says_nothing() -> None:
    assert read_phrases("已超三", everything=True) != ()
    (group,) = [one for one in read_phrases("已超三个问题") if isinstance(one, Group)]
    assert group.subject is not None and (group.subject.value, group.subject.approximate) == (3, True)
    assert check(report("已超三，基本近，整改超。")) is not None


def test_a_project_whose_tools_are_no_table_has_no_configuration(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("tool = 1 # tool.zhenggai\n", encoding="utf-8")
    with pytest.raises(CheckerError):
        read_config(path)


@pytest.mark.parametrize("labels", [("一二一", "一二九"), ("九九", "九九九"), ("一二", "九九")])
def test_labels_past_a_hundred_are_numbers(labels: tuple[str, str]) -> None:
    first, second = labels
    found = check(report(f"（{first}）整改情况\n内容。\n（{second}）整改情况\n内容。\n"))
    assert not any(one.crash for one in found) and any(one.rule == "structure.numbering" for one in found)


# --- time ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", linear.SHAPES)
def test_no_shape_makes_a_rule_give_up(shape: str) -> None:
    """A hundredth of what ``benchmarks/linear.py`` measures: all rules get through, in a few seconds."""
    began = time.process_time()
    found = check(Source("draft.txt", linear.text_of(shape, linear.SHAPES[shape][0] // 100)))
    assert [one.message["en"] for one in found if one.crash] == []
    assert time.process_time() - began < 30


UNITS = {
    "brackets": "（",
    "brackets of many kinds": "（【《“",
    "marks in lines": "“”\n",
    "claims": "反馈问题3个，已完成2个，",
    "all done": "问题均已整改完毕。\n正在整改2个。\n",
    "dates": "2024年3月5日，",
    "headings": "（一）整改情况\n",
    "contacts": "联系电话：0431-12345678，",
    "teams": "区委第三巡察组，",
    "bodies": "中共某区教育局党组，",
    "documents": "《关于整改的通知》",
    "digits": "1",
    "masked figures": "×",
    "Chinese digits": "七",
    "digits of both kinds": "一1",
    "persons": "人1",
    "modifiers": "3个安全性全面性",
    "plain": "整改工作",
}


@pytest.mark.parametrize("name", UNITS)
def test_a_text_of_twice_the_length_takes_no_four_times_as_long(name: str) -> None:
    """Twice is linear, four times is quadratic. A busy machine is given a second try; what other tests have left is not
    searched for cycles meanwhile."""

    def seconds(length: int) -> float:
        draft = report(UNITS[name] * (length // len(UNITS[name])))
        gc.collect()
        gc.disable()
        began = time.process_time()
        check(draft)
        taken = time.process_time() - began
        gc.enable()
        return taken

    seconds(100)
    assert any(seconds(6_000) < 3 * seconds(3_000) + 0.1 for _ in range(3))


def test_the_work_of_a_rule_on_one_report_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No evaluation is long; all of them together would be."""
    monkeypatch.setattr("checker.judging.MAX_STEPS", 1_000_000)
    lines = ["body: 整改"] * 500
    body = "for: p in report.paragraphs\nassert: report.paragraphs.all(q, q.text != p.text + 'x')"
    (finding,) = lint(document(*lines), ruleset(rule(body)))
    assert finding.crash
    assert "steps in all" in finding.message["en"] and "own.yaml" in finding.message["en"]


# --- any input -----------------------------------------------------------------------------------------------


@examples(16)
@given(st.integers(0, 2**48))
def test_inputs_of_the_fuzzer(number: int) -> None:
    assert fuzz_trial.answer(*fuzz_inputs.make(number)) is not None


def test_the_same_number_makes_the_same_input() -> None:
    assert [fuzz_inputs.make(number) for number in range(40)] == [
        fuzz_inputs.make(number) for number in range(40)
    ]


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "docx", "pdf"])
@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 100, bytes(range(256)) * 4, b"\xff\xfe", b"\x7fELF\x02\x01\x01\x00"]
)
def test_what_is_no_report_is_refused(suffix: str, data: bytes) -> None:
    with pytest.raises(CheckerError) as raised:
        read_bytes(data, f"draft.{suffix}")
    assert raised.value.message["zh"] and raised.value.message["en"]


@pytest.mark.parametrize("text", ["\ud800", "整改\udfff。", "\x00\x00", "\ufeff\ufeff"])
def test_odd_code_points_are_text(text: str) -> None:
    for finding in check(report(text)):
        assert not finding.crash and 0 <= finding.span[0] <= finding.span[1] <= len(HEAD + text)


def test_a_crash_is_kept_and_counted(tmp_path: Path) -> None:
    said = fuzz._keep(tmp_path, "txt", b"\xff", "Traceback\nValueError: odd\n")
    assert said.startswith("txt: ValueError: odd")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".trace", ".txt"]
