"""What the expression language says of faulty expressions and of failures, word for word, and where."""

from __future__ import annotations

import pytest

from checker.expression import ExpressionError, compile_expression
from tests.expression_data import NAMES, VALUES

TOO_LARGE = ("整数超出64位范围", "the integer does not fit into 64 bits")
OVERFLOW = ("整数超出64位范围", "integer overflow")
ESCAPE = ("字符串中有无效的转义", "invalid escape in a string")
CLOSED = (
    "此处不应有“'”：引号没有闭合，或转义有误",
    "unexpected ''': the string is not closed, or an escape in it is faulty",
)
KEYS = ("映射的键须为整数或字符串", "keys of a map are ints or strings")
RANGE = ("位置4超出文字（长3）", "index 4 out of range (size 3)")


@pytest.mark.parametrize(
    ("text", "offset", "zh", "en"),
    [
        # syntax
        ("", 0, "表达式不完整", "the expression ends too early"),
        ("1 +", 3, "表达式不完整", "the expression ends too early"),
        ("1 2", 2, "此处不应有“2”", "unexpected '2'"),
        ("n = 1", 2, "此处不应有“=”：相等写作“==”", "unexpected '=': equality is '=='"),
        ("b & b", 2, "此处不应有“&”：“并且”写作“&&”", "unexpected '&': 'and' is '&&'"),
        ("b | b", 2, "此处不应有“|”：“或者”写作“||”", "unexpected '|': 'or' is '||'"),
        ("b and b", 2, "此处不应有“and”：“并且”写作“&&”", "unexpected 'and': 'and' is '&&'"),
        ("b or b", 2, "此处不应有“or”：“或者”写作“||”", "unexpected 'or': 'or' is '||'"),
        ("sum（l）", 3, "此处不应有“（”：标点须为半角", "unexpected '（': punctuation must be half-width"),
        ("n \0", 2, "此处不应有“\\u0000”", "unexpected '\\u0000'"),
        ("n" + "x" * 30 + " " + "y" * 30, 32, f"此处不应有“{'y' * 20}”", f"unexpected '{'y' * 20}'"),
        ("n + 'a", 4, *CLOSED),
        (r"'\q'", 0, *ESCAPE),
        (r"n + '\ud800'", 4, *ESCAPE),
        (r"'\U00110000'", 0, *ESCAPE),
        ("9223372036854775808", 0, *TOO_LARGE),
        ("-(9223372036854775808)", 2, *TOO_LARGE),
        ("-99999999999999999999", 1, *TOO_LARGE),
        ("n + if", 4, "“if”是保留字", "'if' is a reserved word"),
        ("has(t)", 0, "has()须写作has(值.字段)", "has() takes a field: has(value.field)"),
        ("l.all(x)", 2, "all()须有2个参数", "all() takes 2 arguments"),
        ("l.map(x)", 2, "map()须有2或3个参数", "map() takes 2 or 3 arguments"),
        ("l.all(t.x, b)", 8, "all()的第一个参数须为变量名", "the first argument of all() must be a name"),
        (
            "1" * 10_001,
            10_000,
            "表达式过长（最多10000字符）",
            "the expression is too long (at most 10000 characters)",
        ),
        (
            "-" * 200 + "n",
            99,
            "表达式嵌套过深（最多100层）",
            "the expression is nested too deeply (at most 100 levels)",
        ),
        # names and fields
        ("total", 0, "未知的变量“total”", "unknown variable 'total'"),
        (
            "n + text",
            4,
            "未知的变量“text”，是否指“texts”？",
            "unknown variable 'text'; did you mean 'texts'?",
        ),
        ("l.all(x, b) && x", 15, "未知的变量“x”", "unknown variable 'x'"),
        (
            "t.totals",
            2,
            "Whole没有字段“totals”，是否指“total”？",
            "Whole has no field 'totals'; did you mean 'total'?",
        ),
        ("t.rest.x", 7, "Part没有字段“x”", "Part has no field 'x'"),
        ("t.total._hidden", 8, "Part没有字段“_hidden”", "Part has no field '_hidden'"),
        ("t.total.__class__", 8, "Part没有字段“__class__”", "Part has no field '__class__'"),
        ("t.total.method", 8, "Part没有字段“method”", "Part has no field 'method'"),
        ("has(t.x)", 6, "Whole没有字段“x”", "Whole has no field 'x'"),
        ("n.x", 2, "整数没有字段“x”", "int has no field 'x'"),
        ("s.upper", 2, "字符串没有字段“upper”", "string has no field 'upper'"),
        (
            "t.parts.value",
            8,
            "列表没有字段“value”（列表用all()、exists()、map()等）",
            "list has no field 'value' (for a list: all(), exists(), map() …)",
        ),
        # functions
        ("summ(l)", 0, "未知的函数“summ”，是否指“sum”？", "unknown function 'summ'; did you mean 'sum'?"),
        (
            "contains(s, s)",
            0,
            "未知的函数“contains”，应写作“值.contains(…)”",
            "unknown function 'contains'; write value.contains(…)",
        ),
        (
            "l.exist(x, b)",
            2,
            "未知的方法“exist”，是否指“exists”？",
            "unknown method 'exist'; did you mean 'exists'?",
        ),
        ("l.sum()", 2, "未知的方法“sum”，应写作“sum(值)”", "unknown method 'sum'; write sum(value)"),
        ("t.total.method()", 8, "未知的方法“method”", "unknown method 'method'"),
        ("sum()", 0, "sum()须有1个参数，现有0个", "sum() takes 1 argument, not 0"),
        ("s.replace('a')", 2, "replace()须有2–3个参数，现有1个", "replace() takes 2–3 arguments, not 1"),
        ("sum(n)", 0, "“sum”不能用于整数", "'sum' does not apply to int"),
        ("s.split(1)", 2, "“split”不能用于字符串和整数", "'split' does not apply to string and int"),
        ("s.matches('a(')", 10, "正则表达式有误：缺少“)”", "invalid pattern: missing ')'"),
        # operands
        ("n + s", 2, "“+”不能用于整数和字符串", "'+' does not apply to int and string"),
        (
            "t.total.value - s",
            14,
            "“-”不能用于整数或小数和字符串",
            "'-' does not apply to int or double and string",
        ),
        ("1.5 % 1.0", 4, "“%”不能用于小数和小数", "'%' does not apply to double and double"),
        ("1 + 1.0", 2, "“+”不能用于整数和小数", "'+' does not apply to int and double"),
        ("t == n", 2, "“==”不能用于Whole和整数", "'==' does not apply to Whole and int"),
        ("t.total.noun == 35", 13, "“==”不能用于字符串和整数", "'==' does not apply to string and int"),
        ("any - s", 4, "“-”不能用于任意值和字符串", "'-' does not apply to any and string"),
        ("l < l", 2, "“<”不能用于列表和列表", "'<' does not apply to list and list"),
        ("n in s", 2, "“in”不能用于整数和字符串", "'in' does not apply to int and string"),
        ("s in l", 2, "“in”不能用于字符串和列表", "'in' does not apply to string and list"),
        ("null in m", 5, "“in”不能用于空值和映射", "'in' does not apply to null and map"),
        ("n && b", 0, "“&&”不能用于整数", "'&&' does not apply to int"),
        ("b || s", 5, "“||”不能用于字符串", "'||' does not apply to string"),
        ("!n", 0, "“!”不能用于整数", "'!' does not apply to int"),
        ("-s", 0, "“-”不能用于字符串", "'-' does not apply to string"),
        ("n ? 1 : 2", 2, "“?:”不能用于整数", "'?:' does not apply to int"),
        ("s[0]", 1, "“[]”不能用于字符串和整数", "'[]' does not apply to string and int"),
        ("l['a']", 1, "“[]”不能用于列表和字符串", "'[]' does not apply to list and string"),
        ("n.all(x, b)", 2, "“all”不能用于整数", "'all' does not apply to int"),
        ("l.filter(x, x)", 12, "“filter”不能用于整数", "'filter' does not apply to int"),
        ("{true: 1}", 1, *KEYS),
    ],
)
def test_what_is_refused_and_why(text: str, offset: int, zh: str, en: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, NAMES)
    error = caught.value
    assert (error.offset, error.message_zh, error.message_en) == (offset, zh, en)
    assert str(error) == f"{en} (at {offset})"


@pytest.mark.parametrize(
    ("text", "offset", "zh", "en"),
    [
        ("1 / 0", 2, "除数为零", "divide by zero"),
        ("1 % 0", 2, "除数为零", "modulus by zero"),
        ("9223372036854775807 + 1", 20, *OVERFLOW),
        ("-9223372036854775808 / -1", 21, *OVERFLOW),
        ("-9223372036854775808 % -1", 21, *OVERFLOW),
        ("-(-9223372036854775808)", 0, *OVERFLOW),
        ("int(1e19)", 0, *OVERFLOW),
        ("abs(-9223372036854775808)", 0, *OVERFLOW),
        ("sum([9223372036854775807, 1])", 0, *OVERFLOW),
        ("t.rest.value", 7, "空值没有字段“value”", "null has no field 'value'"),
        ("has(t.rest.value) || false", 11, "空值没有字段“value”", "null has no field 'value'"),
        ("any[0].x", 7, "整数没有字段“x”", "int has no field 'x'"),
        ("[t].map(x, [x, 1])[0][0].y", 25, "Whole没有字段“y”", "Whole has no field 'y'"),
        ("m.z", 2, "映射中没有键“z”", "no such key: “z”"),
        ("m['z']", 1, "映射中没有键“z”", "no such key: “z”"),
        ("{1: 1}[2]", 6, "映射中没有键2", "no such key: 2"),
        ("{1: 1}[2.5]", 6, "映射中没有键2.5", "no such key: 2.5"),
        ("l[3]", 1, "下标3超出范围（共3项）", "index 3 out of range (size 3)"),
        ("l[-1]", 1, "下标-1超出范围（共3项）", "index -1 out of range (size 3)"),
        ("l[1.5]", 1, "“[]”不能用于列表和小数", "'[]' does not apply to list and double"),
        ("any[0] + any[2]", 7, "“+”不能用于整数和字符串", "'+' does not apply to int and string"),
        ("any[3] < 1", 7, "“<”不能用于空值和整数", "'<' does not apply to null and int"),
        ("o + 1", 2, "“+”不能用于空值和整数", "'+' does not apply to null and int"),
        ("-any[2]", 0, "“-”不能用于字符串", "'-' does not apply to string"),
        ("!any[2]", 0, "“!”不能用于字符串", "'!' does not apply to string"),
        ("any[0] && true", 3, "“&&”不能用于整数", "'&&' does not apply to int"),
        ("1 / 0 > 0 || any[0]", 2, "除数为零", "divide by zero"),
        ("any[0] ? 1 : 2", 7, "“?:”不能用于整数", "'?:' does not apply to int"),
        ("1 in any[2]", 2, "“in”不能用于整数和字符串", "'in' does not apply to int and string"),
        ("any[2].all(x, true)", 7, "“all”不能用于字符串", "'all' does not apply to string"),
        ("any.all(x, x)", 4, "“all”不能用于整数", "'all' does not apply to int"),
        ("any.filter(x, x)", 4, "“filter”不能用于整数", "'filter' does not apply to int"),
        ("l.exists(x, x / (x - x) > 0)", 14, "除数为零", "divide by zero"),
        ("size(any[0])", 0, "“size”不能用于整数", "'size' does not apply to int"),
        ("sum(any)", 0, "“sum”不能用于字符串", "'sum' does not apply to string"),
        ("min([])", 0, "空列表没有min", "min of an empty list"),
        ("max(any)", 0, "“max”不能用于字符串和小数", "'max' does not apply to string and double"),
        ("sort([1, 'a'])", 0, "“sort”不能用于整数和字符串", "'sort' does not apply to int and string"),
        ("round(1.5, 16)", 0, "小数位数须为0至15", "digits must be 0 to 15"),
        ("int('1.5')", 0, "文字不是整数", "the string is not an int"),
        ("int('99999999999999999999')", 0, "文字不是整数", "the string is not an int"),
        ("double('a')", 0, "文字不是数", "the string is not a double"),
        ("'abc'.substring(4)", 6, *RANGE),
        ("[1].slice(0, 2)", 4, "位置超出列表", "the index is outside the list"),
        ("'abc'.substring(0, 4)", 6, *RANGE),
        ("'abc'.charAt(4)", 6, *RANGE),
        ("'abc'.indexOf('a', 4)", 6, *RANGE),
        ("'abc'.substring(2, 1)", 6, "终点在起点之前", "the end is before the start"),
        ("any.join()", 4, "“join”不能用于整数", "'join' does not apply to int"),
        ("s.matches(s + '(')", 2, "正则表达式有误：缺少“)”", "invalid pattern: missing ')'"),
        ("{any[4]: 1}", 4, *KEYS),
        ("{'a': 1, 'a': 2}", 9, "映射的键“a”重复", "duplicate key in map: “a”"),
    ],
)
def test_what_fails_and_why(text: str, offset: int, zh: str, en: str) -> None:
    compiled = compile_expression(text, NAMES)
    with pytest.raises(ExpressionError) as caught:
        compiled.evaluate(VALUES)
    assert (caught.value.offset, caught.value.message_zh, caught.value.message_en) == (offset, zh, en)
