"""A number in each of Word's number formats (``w:numFmt``)."""

from __future__ import annotations

from collections.abc import Callable

from checker.numerals import write_chinese

_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
MAX_ROMAN = 3999
MAX_LETTER = 780
"""Thirty times the alphabet, as in Word; what is above is written in digits."""


def figure(number: int, numbering: str) -> str:
    """``number`` (not negative) as ``numbering`` writes it; formats that are not known count as decimal."""
    writer = _WRITERS.get(numbering)
    return (writer(number) if writer else "") or ("" if numbering == "none" else str(number))


def _digits(number: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


def _counted(number: int) -> str:
    """Words up to ninety-nine, then digit by digit, as Word's 一、二、三 does."""
    return write_chinese(number) if 0 < number < 100 else _digits(number, "○一二三四五六七八九")


def _in_full(number: int) -> str:
    """一十 for ten: as on cheques."""
    text = write_chinese(number)
    return f"一{text}" if text.startswith("十") else text


def _roman(number: int) -> str:
    text = ""
    if 0 < number <= MAX_ROMAN:
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
    return text


def _letter(number: int) -> str:
    """A … Z, AA, BB … ZZ, AAA."""
    if not 0 < number <= MAX_LETTER:
        return ""
    times, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (times + 1)


def _enclosed(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else ""


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda number: _digits(number, "０１２３４５６７８９"),
    "decimalFullWidth2": lambda number: _digits(number, "０１２３４５６７８９"),
    "decimalEnclosedCircle": _enclosed("①", 20),
    "decimalEnclosedCircleChinese": _enclosed("①", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "chineseCounting": _counted,
    "chineseCountingThousand": write_chinese,
    "chineseLegalSimplified": lambda number: _in_full(number).translate(_LEGAL),
    "japaneseCounting": write_chinese,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": write_chinese,
    "taiwaneseDigital": lambda number: _digits(number, "○一二三四五六七八九"),
    "japaneseDigitalTenThousand": lambda number: _digits(number, "〇一二三四五六七八九"),
    "ideographDigital": lambda number: _digits(number, "〇一二三四五六七八九"),
    "ideographLegalTraditional": lambda number: _in_full(number).translate(_LEGAL_TRADITIONAL),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _enclosed("㊀", 10),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "none": lambda _: "",
}
