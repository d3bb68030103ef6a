"""Dates are found with their value, their role and their faults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.dates import find_dates
from checker.document import Date
from tests.paragraphs import report, whole


def dates(*lines: str) -> list[Date]:
    return list(find_dates(*report(*lines)))


def brief(*lines: str) -> list[tuple[str, str, str]]:
    return [(date.text, date.role, date.value) for date in dates(*lines)]


LEAD = "lead: 根据县委统一部署，2023年3月6日至5月19日，县委第二巡察组对县水利局党组开展了常规巡察。7月4日，县委第二巡察组向县水利局党组反馈了巡察意见。"


def test_opening() -> None:
    assert brief(LEAD) == [
        ("2023年3月6日", "inspection-start", "2023-03-06"),
        ("5月19日", "inspection-end", "2023-05-19"),
        ("7月4日", "feedback", "2023-07-04"),
    ]


def test_whole_date() -> None:
    paragraphs, outline = report("lead: 2024年9月，县委巡察组进驻。")
    (date,) = find_dates(paragraphs, outline)
    assert date == Date(
        span=date.span,
        text="2024年9月",
        role="inspection-start",
        value="2024-09",
        earliest="2024-09-01",
        latest="2024-09-30",
        fault="",
        relative=False,
        rank=0,
        year_given=True,
        scope="report",
    )
    assert (date.span.start, date.span.end) == (0, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "县委第二巡察组于2023年11月20日至1月12日对县水利局党组进行了巡察,并于3月8日反馈了巡察意见。",
            [
                ("inspection-start", "2023-11-20"),
                ("inspection-end", "2024-01-12"),
                ("feedback", "2024-03-08"),
            ],
        ),
        (
            "2024年4月上旬至7月下旬，县委巡察组开展了巡察。9月5日反馈。",
            [("inspection-start", "2024-04"), ("inspection-end", "2024-07"), ("feedback", "2024-09-05")],
        ),
        (
            "2024年3月至4月，县委巡察组开展了专项巡察，并于2024年6月反馈了巡察意见。",
            [("inspection-start", "2024-03"), ("inspection-end", "2024-04"), ("feedback", "2024-06")],
        ),
        (
            "3月5日至2024年5月20日，县委巡察组开展巡察。",
            [("inspection-start", "2024-03-05"), ("inspection-end", "2024-05-20")],
        ),
        (
            "2024年3月5日—20日，县委巡察组开展巡察。",
            [("inspection-start", "2024-03-05"), ("inspection-end", "2024-03-20")],
        ),
        ("2024年7月25日，向县水利局党组通报了巡察情况。", [("feedback", "2024-07-25")]),
        (
            "2024年4月至6月，市委巡察组对甲公司（2022年12月由两家公司重组）开展了巡察。",
            [("inspection-start", "2024-04"), ("inspection-end", "2024-06"), ("other", "2022-12")],
        ),
        ("２０２４年７月２５日进行了反馈。", [("feedback", "2024-07-25")]),
        ("二〇二四年七月二十五日进行了反馈。", [("feedback", "2024-07-25")]),
        ("2024年5月6日收到巡察反馈意见后，县水利局党组召开会议。", [("other", "2024-05-06")]),
        ("上一轮巡察于2019年5月6日反馈了意见。", [("other", "2019-05-06")]),
        ("2024年6月3日，召开巡察整改专题会。", [("other", "2024-06-03")]),
    ],
)
def test_opening_variants(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(date.role, date.value) for date in dates(f"lead: {text}")] == expected


def test_roles_elsewhere() -> None:
    assert brief(
        LEAD,
        "body@organization: 截至2023年12月底，反馈的20个问题已完成整改18个。截至目前，其余正在整改。",
        "body@rectification: 2023年9月8日印发《县水利局2023年6月30日例会制度》。",
        "signature: 中共某县水利局党组",
        "date: 2024年1月5日",
        "furniture: 发布日期：2024-01-08 08:30 成文日期：2024.1.05",
    )[3:] == [
        ("2023年12月底", "as-of", "2023-12"),
        ("截至目前", "as-of", ""),
        ("2023年9月8日", "other", "2023-09-08"),
        ("2023年6月30日", "other", "2023-06-30"),
        ("2024年1月5日", "signed", "2024-01-05"),
        ("2024-01-08", "published", "2024-01-08"),
        ("2024.1.05", "signed", "2024-01-05"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023年2月30日", ("2023年2月30日", "impossible")),
        ("2023年13月", ("2023年13月", "impossible")),
        ("2023年6月31日", ("2023年6月31日", "impossible")),
        ("2024年2月29日", ("2024年2月29日", "")),
        ("2023年2月29日", ("2023年2月29日", "impossible")),
        ("2024717日至830日", ("2024717日至830日", "mutilated")),
        ("202442日", ("202442日", "mutilated")),
        ("2024年15日", ("2024年15日", "mutilated")),
    ],
)
def test_faults(text: str, found: tuple[str, str]) -> None:
    assert [(date.text, date.fault) for date in dates(f"body: 于{text}完成。")] == [found]


def test_faulty_dates_have_no_value() -> None:
    (date,) = dates("body: 于2023年2月30日完成。")
    assert (date.value, date.earliest, date.latest) == ("", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "2024年度考核、2023年级、三年规划、十年树木",
        "每月一次，3个月内，8小时，45日内",
        "〔2023〕20号，5号楼，第57次会议，1—3月龄",
        "版本1.2.3，电话0431-85101234，12.5日，2024人",
        "*年*月*日召开会议",
        "水利20××年",
        "当年，同年，比上年增长，较去年提高",
    ],
)
def test_no_dates(text: str) -> None:
    assert brief(f"body: {text}") == []


def test_masked_period_of_the_inspection() -> None:
    (date,) = dates("lead: *年*月*日至*月*日，县委第一巡察组对县水利局党组开展了巡察。")
    assert (date.text, date.role, date.value, date.fault) == ("*年*月*日至*月*日", "inspection-start", "", "")


@pytest.mark.parametrize("word", ["去年", "今年", "近日", "日前", "去年5月", "今年3月6日"])
def test_relative(word: str) -> None:
    (date,) = dates(f"body: {word}，县水利局召开会议。")
    assert (date.text, date.relative, date.value, date.year_given) == (word, True, "", False)


def test_year_that_the_text_fixes() -> None:
    found = dates(
        LEAD, "body@rectification: 于9月1日印发，次年3月复查。", "signature: 某局党组", "date: 2023年12月1日"
    )
    assert [(date.text, date.value, date.year_given) for date in found[3:5]] == [
        ("9月1日", "2023-09-01", True),
        ("次年3月", "2024-03", True),
    ]
    assert dates("body: 今年5月召开。", "signature: 某局党组", "date: 2023年12月1日")[0].value == "2023-05"


def test_year_that_nothing_fixes() -> None:
    found = dates(LEAD, "body: 截至2024年6月。", "body@rectification: 于9月1日印发。")
    assert [(date.text, date.year_given) for date in found[4:]] == [("9月1日", False)]


PIECES = st.sampled_from(
    [
        "2024年",
        "3月",
        "15日",
        "至",
        "—",
        "20",
        "上旬",
        "，",
        "巡察",
        "反馈",
        "*",
        "截至",
        "去年",
        "二〇二四年",
        "十",
        ".",
        "2024.1.2",
        "\u3000",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=12).map("".join))
def test_total_with_spans_inside(text: str) -> None:
    paragraphs, outline = report("lead: " + text, "body: " + text)
    for date in find_dates(paragraphs, outline):
        assert whole(paragraphs)[date.span.start : date.span.end] == date.text != ""
        assert date.earliest <= date.latest
        assert date.value == "" or date.earliest.startswith(date.value[:4])


@given(st.dates(), st.dates(), st.dates())
def test_written_dates_are_read(one: object, two: object, three: object) -> None:
    days = sorted(
        day.replace(year=2000 + day.year % 100)  # type: ignore[attr-defined]
        for day in (one, two, three)
        if (day.month, day.day) != (2, 29)  # type: ignore[attr-defined]
    )
    if len(days) < 3:
        return
    start, end, fed = (f"{day.year}年{day.month}月{day.day}日" for day in days)
    line = (
        f"lead: {start}至{end}，县委第一巡察组对县水利局党组开展了巡察。{fed}，向县水利局党组反馈了巡察意见。"
    )
    assert [date.value for date in dates(line)] == [day.isoformat() for day in days]


def test_a_sentence_that_begins_with_the_day_as_of_which_it_tells() -> None:
    assert brief("body: 制定措施46条。到2025年2月底，已完成整改10个。从3月到2025年6月，集中整改。")[0] == (
        "2025年2月底",
        "as-of",
        "2025-02",
    )
    assert [role for _, role, _ in brief("body: 项目从2024年3月起，到2025年6月竣工。")] == ["other", "other"]


def test_no_year_rolls_past_the_day_of_signing() -> None:
    told = "lead: 2024年4月8日至6月14日，市委第六巡察组对集团党委开展巡察。5月6日，市委第六巡察组反馈了巡察意见。"
    assert [value for *_, value in brief(told, "date: 2025年3月18日")] == [
        "2024-04-08",
        "2024-06-14",
        "2024-05-06",
        "2025-03-18",
    ]
    assert [value for *_, value in brief(told, "date: 2025年6月18日")][2] == "2025-05-06"


def test_an_impossible_month_rolls_no_year() -> None:
    told = "lead: 2022年13月10日至12月9日，市委第二巡察组对局党组开展了巡察。"
    assert [(date.value, date.fault) for date in dates(told)] == [("", "impossible"), ("2022-12-09", "")]
