"""Figures as reports print them: Arabic, full-width and Chinese numerals, percentages, sums of money."""

import random

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Chinese numeral of 0 … 9999, as counts are written (两 is not used before a measure word)."""
    if number < 10:
        return _DIGITS[number]
    if number < 20:
        return "十" + (_DIGITS[number - 10] if number > 10 else "")
    out = ""
    zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + name
            zero = False
        elif out:
            zero = True
    return out


def fullwidth(text: str) -> str:
    """The digits of `text` in their full-width forms."""
    return text.translate({ord("0") + i: chr(0xFF10 + i) for i in range(10)})


def numeral(number: int, style: str) -> str:
    """`number` before a measure word in `style`: arabic, chinese, fullwidth."""
    if style == "chinese":
        return "两" if number == 2 else chinese(number)
    return fullwidth(str(number)) if style == "fullwidth" else str(number)


def money(rng: random.Random) -> tuple[str, float]:
    """A sum as printed (3.42万元, 8600元), and its value in yuan."""
    if rng.random() < 0.65:
        wan = rng.randint(31, 9890)
        return f"{wan // 100}.{wan % 100:02d}万元", wan * 100.0
    yuan = rng.randint(21, 99) * 100 + rng.choice((0, 50, 80))
    return f"{yuan}元", float(yuan)


def percent(part: int, whole: int) -> tuple[str, float]:
    """The rate of `part` in `whole` as printed with two decimals (a whole hundred with none), and its value."""
    value = round(part * 100 / whole + 1e-9, 2)
    if value == int(value):
        return f"{int(value)}%", float(int(value))
    text = f"{value:.2f}"
    return f"{text}%", float(text)
