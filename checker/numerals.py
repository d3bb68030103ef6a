"""Numbers as reports print them: 35, ３５, 1,234, 3.42万, 二〇二四, 一百零五, 廿三, 两千.

:func:`read_number` reads them, :func:`write_chinese` writes an integer in Chinese. Reading what was written
gives the number back.
"""

from __future__ import annotations

from checker.regexes import late

HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""Full-width ASCII → half-width, one character for one, so that offsets stay."""

_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
    "俩": 2,
    "幺": 1,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_FACTORS = {"万": 10**4, "亿": 10**8, "兆": 10**12}

CHINESE_DIGITS = "".join(_DIGITS)
CHINESE_NUMERALS = CHINESE_DIGITS + "".join(_UNITS) + "".join(_TENS) + "".join(_FACTORS)

_ARABIC = late(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_BLANKS = late(r"\s+")
_LIMIT = 40


def read_number(text: str) -> int | float | None:
    """The number that ``text`` is as a whole, or None if it is none.

    Full-width digits, thousands separators, decimals, Chinese numerals (positional or with 十 百 千), 廿 and 卅,
    and trailing factors (千 万 亿) are read. An integral result is an int.
    """
    plain = _BLANKS.sub("", text.translate(HALF_WIDTH))
    if not plain or len(plain) > _LIMIT:
        return None
    factor = 1
    body = plain
    while body and body[-1] in "千百万亿" and len(body) > 1 and body[0] in "0123456789":
        factor *= _FACTORS.get(body[-1]) or _UNITS[body[-1]]
        body = body[:-1]
    if match := _ARABIC.fullmatch(body):
        whole, fraction = match.groups()
        return _decimal(whole.replace(",", ""), fraction or "", factor)
    if factor != 1:
        return None
    if "点" in plain:
        head, _, tail = plain.partition("点")
        integer = _integer(head)
        if integer is None or not tail or any(char not in _DIGITS for char in tail):
            return None
        return _decimal(str(integer), "".join(str(_DIGITS[char]) for char in tail), 1)
    return _integer(plain)


def _decimal(whole: str, fraction: str, factor: int) -> int | float:
    """``whole.fraction`` times ``factor``, rounded once at the most."""
    parts, unit = int(whole + fraction) * factor, int("1" + "0" * len(fraction))
    return parts // unit if parts % unit == 0 else parts / unit


def _integer(text: str) -> int | None:
    if not text or any(char not in CHINESE_NUMERALS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _scaled(text)


def _scaled(text: str) -> int | None:
    """A number with units, read from its largest factor down; None if the units are out of order."""
    for char in ("兆", "亿", "万"):
        head, found, tail = text.rpartition(char)
        if found:
            above = _integer_in_units(head)
            below = _tail(tail, _FACTORS[char])
            return None if above is None or below is None else above * _FACTORS[char] + below
    return _small(text)


def _integer_in_units(text: str) -> int | None:
    return _scaled(text) if text else None


def _tail(text: str, factor: int) -> int | None:
    """What follows a factor: nothing, a smaller number, or one digit of the next unit (一万二)."""
    if not text:
        return 0
    if _DIGITS.get(text):
        return _DIGITS[text] * factor // 10
    rest = text.lstrip("零〇")
    value = _scaled(rest) if rest else None
    return value if value is not None and value < factor else None


def _small(text: str) -> int | None:
    """A number under ten thousand: 一千零五十, 十三, 廿三, 二百五."""
    total, digit, last, zero = 0, None, 10**4, False
    for char in text:
        if char in _DIGITS:
            value = _DIGITS[char]
            if digit is not None:
                return None
            if value:
                digit = value
            else:
                zero = True
        elif char in _TENS:
            if digit is not None or last <= 10:
                return None
            total, last = total + _TENS[char], 10
        else:
            unit = _UNITS[char]
            if unit >= last or (digit is None and (unit != 10 or total)):
                return None
            total, digit, last, zero = total + (digit or 1) * unit, None, unit, False
    if digit is None:
        return total
    return total + (digit * last // 10 if 100 <= last <= 1000 and not zero else digit)


def write_chinese(number: int) -> str:
    """``number`` (0 to 10**16 - 1) in Chinese: 105 → 一百零五.

    Raises ValueError outside that range.
    """
    if not 0 <= number < 10**16:
        raise ValueError(f"cannot write {number} in Chinese")
    if number == 0:
        return "零"
    text = _write(number)
    return text[1:] if text.startswith("一十") else text


def _write(number: int) -> str:
    for char, factor in (("亿", 10**8), ("万", 10**4)):
        if number >= factor:
            above, below = divmod(number, factor)
            zero = "零" if 0 < below < factor // 10 else ""
            return _write(above) + char + zero + (_write(below) if below else "")
    text, skipped = "", False
    for char, unit in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if skipped and text else "") + "零一二三四五六七八九"[digit] + char
        skipped = not digit
    return text
