"""Points inside running text, and how a series of them goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import RunIn, RunInSeries
from checker.points import read_points
from checker.source import Span, passage


def series_of(*paragraphs: str) -> list[RunInSeries]:
    """The series of paragraphs that follow one another, each on a line."""
    starts = [sum(len(before) + 1 for before in paragraphs[:index]) for index in range(len(paragraphs))]
    return read_points([passage(text, start) for text, start in zip(paragraphs, starts, strict=True)])


def labels(series: RunInSeries) -> list[str]:
    return [point.label for point in series.items]


def test_a_series_whole() -> None:
    text = "重点抓好：一是加强学习。每月一次。二是开展研讨，形成纪要。"
    assert series_of(text) == [
        RunInSeries(
            span=Span(5, 29),
            text=text[5:],
            items=(
                RunIn(Span(5, 17), "一是加强学习。每月一次。", "一是", 1, "是", "加强学习"),
                RunIn(Span(17, 29), "二是开展研讨，形成纪要。", "二是", 2, "是", "开展研讨，形成纪要"),
            ),
            kind="ok",
            fault=None,
            expected=3,
        )
    ]


@pytest.mark.parametrize(
    ("text", "kind", "fault", "expected"),
    [
        ("一是学习。二是研讨。", "ok", None, 3),
        ("一是学习。三是研讨。", "gap", "三是", 2),
        ("一是学习。二是研讨。二是落实。", "repeat", "二是", 3),
        ("一是学习。二是研讨。三是落实。二是检查。", "back", "二是", 4),
        ("二是研讨。三是落实。", "start", "二是", 1),
        ("一是学习。", "lone", "一是", 2),
        ("一是开展“回访式检查；二是印发“三会一课”流程图。", "ok", None, 3),
        ("一是学习。第二，研讨。三是落实。", "mixed", "第二", 2),
        ("首先，学习。其次，研讨。最后，落实。", "ok", None, 4),
        ("首先学习。第二，研讨。", "mixed", "第二", 2),
        ("第一，学习。第二，研讨。", "ok", None, 3),
        ("第一，学习。第三，研讨。", "gap", "第三", 2),
    ],
)
def test_order(text: str, kind: str, fault: str | None, expected: int) -> None:
    (series,) = series_of(text)
    found = (series.kind, series.fault.label if series.fault else None, series.expected)
    assert found == (kind, fault, expected)


@pytest.mark.parametrize(
    "text",
    [
        "标准统一是前提。",
        "这是问题之一是事实。",
        "坚持“一是一、二是二”的作风。",
        "首先学习文件。",
        "最后完成整改。",
        "第一时间召开会议。",
        "第一、二季度开展检查。",
        "其次完善制度。",
        "一要学习，二要研讨。",
    ],
)
def test_words_that_are_no_points(text: str) -> None:
    assert series_of(text) == []


def test_a_series_goes_on_in_the_next_paragraph() -> None:
    (series,) = series_of("一是学习。二是研讨。", "三是落实。")
    assert (labels(series), series.kind, series.span) == (["一是", "二是", "三是"], "ok", Span(0, 16))


def test_a_series_inside_another() -> None:
    outer, inner = series_of("一是学习。做到：首先，自学；其次，研讨。二是落实。")
    assert (labels(outer), outer.kind) == (["一是", "二是"], "ok")
    assert (labels(inner), inner.kind, inner.items[1].text) == (["首先", "其次"], "ok", "其次，研讨。")


def test_two_series_one_after_the_other() -> None:
    first, second = series_of("一是学习。二是研讨。", "一是落实。二是检查。")
    assert (labels(first), labels(second)) == (["一是", "二是"], ["一是", "二是"])


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "一是甲。",
                "二是乙，",
                "三是丙。",
                "首先，",
                "其次丁；",
                "第一，",
                "第二，",
                "最后",
                "戊。",
                "“",
                "”",
            ]
        ),
        max_size=12,
    )
)
def test_points_stand_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for series in series_of(text):
        for point in series.items:
            assert text[point.span.start : point.span.end] == point.text
        assert (series.fault is None) == (series.kind == "ok")


def test_points_that_open_paragraphs_are_one_series() -> None:
    found = series_of(
        "一是针对学习不深入的问题，一是制定计划，二是逐月研讨。",
        "二是针对档案不规范的问题，一是集中补齐，二是专人管理。",
        "三是针对报销不及时的问题，一是明确时限，二是定期通报。",
    )
    assert [(labels(series), series.kind) for series in found] == [
        (["一是", "二是", "三是"], "ok"),
        (["一是", "二是"], "ok"),
        (["一是", "二是"], "ok"),
        (["一是", "二是"], "ok"),
    ]
