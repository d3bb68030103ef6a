from __future__ import annotations

import pytest

from checker.reading import read
from checker.source import Source

HEAD = "中共甲县水利局党组关于巡察整改进展情况的通报\n二、巡察反馈问题整改情况\n"


def cues(answer: str) -> list[tuple[str, str]]:
    text = f"{HEAD}问题1：河道管护责任落实不到位。\n工作进展：已完成。\n整改情况：{answer}\n"
    (problem,) = read(Source("report.txt", text)).problems
    return [(cue.text, cue.strength) for cue in problem.unfinished]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("修订管护办法，拟于12月印发。", [("拟于", "strong")]),
        ("尽快完成招标程序。", [("尽快完成", "strong")]),
        ("拟定整改措施并组织实施。", []),
        ("要求各站尽快完成清淤。", []),
        ("着手清理台账，现已全部完成。", []),
    ],
)
def test_words_of_the_future_and_their_false_friends(answer: str, expected: list[tuple[str, str]]) -> None:
    assert cues(answer) == expected


def test_a_problem_says_what_is_wrong_in_its_own_words() -> None:
    text = f"{HEAD}问题1：形式主义问题仍未根除。\n整改情况：已完成。精简会议文件。\n"
    assert read(Source("report.txt", text)).unfinished == ()


def duplicates(first: str, second: str, join: str = "整改情况：") -> list[str]:
    text = f"{HEAD}问题1：巡护不到位。\n{join}{first}\n问题2：值守不严格。\n整改情况：{second}\n"
    return [duplicate.text for duplicate in read(Source("report.txt", text)).duplicates]


LONG = "修订巡护责任办法，把责任落实到每名管护人员、每个河段，逐月检查考核并通报结果。"


def test_a_long_sentence_that_answers_two_problems() -> None:
    assert duplicates(LONG, f"一是{LONG}") == [f"整改情况：一是{LONG}"]


def test_a_sentence_that_begins_alike_for_long_enough() -> None:
    other = LONG.replace("逐月检查", "按季抽查")
    assert len(duplicates(LONG, other)) == 0
    assert len(duplicates(LONG, LONG[:-8] + "并及时通报考核结果。")) == 0


def test_short_sentences_and_shared_answers_are_no_duplicates() -> None:
    assert duplicates("完善管理制度。", "完善管理制度。") == []
    text = f"{HEAD}问题1：巡护不到位。\n问题2：值守不严格。\n整改情况：{LONG}\n"
    assert read(Source("report.txt", text)).duplicates == ()
