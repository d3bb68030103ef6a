from __future__ import annotations

import pytest

from checker.reading import read
from checker.source import Source


@pytest.mark.parametrize(
    ("text", "stated", "counted", "closed"),
    [
        ("先后修订《接待办法》《差旅办法》等3项制度。", 3, 2, False),
        ("完善财务、人事、资产、后勤等三项管理制度。", 3, 4, False),
        ("设综合协调、、督查督办、资料保障等3个小组。", 3, 3, False),
        ("重点抓好以下三个方面：一是强化学习，按月研讨。二是严格管理，定期抽查。", 3, 2, True),
    ],
)
def test_lists_that_state_their_count(text: str, stated: int, counted: int, closed: bool) -> None:
    (enumeration,) = read(Source("report.txt", text)).enumerations
    assert (enumeration.claim.value, enumeration.counted, enumeration.closed) == (stated, counted, closed)


@pytest.mark.parametrize(
    "text",
    ["修订接待、差旅等制度。", "不等于3项制度。", "以下简称“局党组”。", "等等。", "同等条件下3项优先。"],
)
def test_other_uses_of_the_words(text: str) -> None:
    assert read(Source("report.txt", text)).enumerations == ()


@pytest.mark.parametrize(
    "text",
    [
        "对评价等级为“中”及以下的9个项目压减预算。一是核减资金。二是收回资金。",
        "培训科级以下3个层次干部。一是集中学习。二是外出考察。",
    ],
)
def test_a_limit_announces_nothing(text: str) -> None:
    assert read(Source("report.txt", text)).enumerations == ()
