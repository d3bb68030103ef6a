"""Blanks between the words of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.spacing import squeezed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("反馈的 32 个问题", "反馈的32个问题"),
        ("金额237054.47 万元", "金额237054.47万元"),
        ("2022 2023", "2022 2023"),
        ("A B组", "A B组"),
        ("共\u300032\xa0个", "共32个"),
        ("一\n二", "一\n二"),
    ],
)
def test_blanks_are_left_out(text: str, plain: str) -> None:
    assert squeezed(text)[0] == plain


@given(st.text("3a题 \u3000\t\n。", max_size=30))
def test_every_character_knows_where_it_stood(text: str) -> None:
    plain, places = squeezed(text)
    assert len(places) == len(plain)
    assert "".join(text[place] for place in places) == plain
