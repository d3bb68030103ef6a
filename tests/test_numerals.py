"""Numbers are read as printed, and what is written is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.numerals import CHINESE_NUMERALS, read_number, write_chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("35", 35),
        ("３５", 35),
        ("1,234", 1234),
        ("1，234，567", 1234567),
        ("12,34", None),
        ("3.42", 3.42),
        ("3．42", 3.42),
        ("3.42万", 34200),
        ("1.04万亿", 1040000000000),
        ("2千", 2000),
        ("0", 0),
        ("零", 0),
        ("二〇二四", 2024),
        ("二○二四", 2024),
        ("十", 10),
        ("十三", 13),
        ("二十", 20),
        ("廿三", 23),
        ("卅", 30),
        ("两", 2),
        ("两千", 2000),
        ("一百零五", 105),
        ("一百一十", 110),
        ("二百五", 250),
        ("一千零五十", 1050),
        ("一千五", 1500),
        ("一万二", 12000),
        ("一万零二", 10002),
        ("三十万", 300000),
        ("一亿零五百万", 105000000),
        ("三点五", 3.5),
        ("壹佰贰拾", 120),
        ("万", None),
        ("百", None),
        ("十百", None),
        ("三三十", None),
        ("", None),
        ("三个", None),
        ("约3", None),
        ("1" * 100, None),
    ],
)
def test_read(text: str, value: float | None) -> None:
    assert read_number(text) == value
    assert type(read_number(text)) is type(value)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (14, "十四"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1050, "一千零五十"),
        (10002, "一万零二"),
        (100000, "十万"),
        (12345, "一万二千三百四十五"),
        (105000000, "一亿零五百万"),
    ],
)
def test_write(number: int, text: str) -> None:
    assert write_chinese(number) == text


@pytest.mark.parametrize("number", [-1, 10**16])
def test_write_out_of_range(number: int) -> None:
    with pytest.raises(ValueError, match=f"cannot write {number} in Chinese"):
        write_chinese(number)


@given(st.integers(0, 10**16 - 1))
def test_round_trip(number: int) -> None:
    assert read_number(write_chinese(number)) == number


@given(st.integers(0, 10**12))
def test_separators_round_trip(number: int) -> None:
    assert read_number(f"{number:,}") == number
    assert read_number("".join(chr(ord(digit) + 0xFEE0) for digit in str(number))) == number


@given(st.text(alphabet=CHINESE_NUMERALS + "0123456789.,点 ", max_size=20))
def test_total(text: str) -> None:
    value = read_number(text)
    assert value is None or value >= 0


@given(st.text(max_size=20))
def test_total_on_any_text(text: str) -> None:
    read_number(text)
