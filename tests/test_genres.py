from __future__ import annotations

import pytest

from checker.genres import known
from checker.reading import read
from checker.source import Source


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("中共甲县水利局党组关于巡察整改进展情况的通报", "inspection-rectification"),
        ("中共乙大学委员会关于巡视“回头看”整改进展情况的通报", "inspection-rectification"),
        ("甲县水利局关于2023年度审计查出问题整改情况的公告", "audit-rectification"),
        ("甲市人民政府关于省生态环境保护督察反馈问题整改情况的通报", "environment-rectification"),
        ("根据县委统一部署，县委第二巡察组对县水利局党组开展了巡察。", "inspection-rectification"),
        ("", "inspection-rectification"),
    ],
)
def test_the_genre_is_told_from_title_and_opening(text: str, genre: str) -> None:
    assert read(Source("report.txt", text)).genre == genre
    assert genre in known()


def test_the_genre_can_be_set() -> None:
    assert read(Source("report.txt", "通报"), "audit-rectification").genre == "audit-rectification"
