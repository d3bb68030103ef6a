"""Templates: texts with expressions in braces, for messages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.expression import (
    ExpressionError,
    WorkLimitError,
    compile_template,
    compile_template_ast,
    parse_template,
)
from tests.expression_data import NAMES, VALUES, Part


def render(text: str, language: str = "zh") -> str:
    return compile_template(text, NAMES).render(VALUES, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("称共 {t.total.value} 个，各类相加为 {sum(t.parts.map(p, p.value))}", "称共 35 个，各类相加为 35"),
        ("{l}｜{t.rest}｜{b}｜{!b}｜{[]}", "3、1、2｜空｜是｜否｜"),
        ("{{n}} = {n}{s}}}{{", "{n} = 7整改abc}{"),
        ("{ {'}': '{'}['}'] }|{'''}'''}|{r'}\\'}|{\"\\\"}\"}", '{|}|}\\|"}'),
        ("{ [[1, 2], [3, 'a']] }", "1、2、3、a"),
        ("{0.1 + 0.2}，{35.0}，{1.0 / 3.0}，{0.00001}", "0.3，35，0.333333333333333，0.00001"),
        ("{1e15}，{1e22}，{-0.0}，{-2.50}", "1000000000000000，10000000000000000000000，0，-2.5"),
        ("{1.0 / 0.0}，{0.0 / 0.0}", "inf，nan"),
        ("", ""),
    ],
)
def test_templates(text: str, expected: str) -> None:
    assert render(text) == expected


def test_languages() -> None:
    assert render("{l}|{t.rest}|{b}|{!b}", "en") == "3, 1, 2|none|yes|no"


@pytest.mark.parametrize(
    ("text", "offset", "zh", "en"),
    [
        ("共{", 1, "“{”没有闭合（文字中写作“{{”）", "unclosed '{' (write '{{' for the sign)"),
        ("共{n '}'", 1, "“{”没有闭合（文字中写作“{{”）", "unclosed '{' (write '{{' for the sign)"),
        ("共}", 1, "“}”没有配对（文字中写作“}}”）", "unmatched '}' (write '}}' for the sign)"),
        ("共{ }", 1, "占位符是空的", "the placeholder is empty"),
        ("共{n}{m n}", 7, "此处不应有“n”", "unexpected 'n'"),
        ("共{n}{nn}", 5, "未知的变量“nn”，是否指“n”？", "unknown variable 'nn'; did you mean 'n'?"),
        ("{n}{l.all(x, x.y)}", 15, "整数没有字段“y”", "int has no field 'y'"),
        ("共{t.total}", 1, "“{…}”不能用于Part", "'{…}' does not apply to Part"),
        ("共{t.parts}", 1, "“{…}”不能用于列表", "'{…}' does not apply to list"),
        ("共{m}", 1, "“{…}”不能用于映射", "'{…}' does not apply to map"),
        (
            "共" * 10_001,
            10_000,
            "模板过长（最多10000字符）",
            "the template is too long (at most 10000 characters)",
        ),
    ],
)
def test_faulty_templates(text: str, offset: int, zh: str, en: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_template(text, NAMES)
    assert (caught.value.offset, caught.value.message_zh, caught.value.message_en) == (offset, zh, en)


@pytest.mark.parametrize(
    ("text", "offset", "zh", "en"),
    [
        ("共{n}{n / 0}", 7, "除数为零", "divide by zero"),
        ("共{any}", 1, "“{…}”不能用于Part", "'{…}' does not apply to Part"),
        ("共{n}{any[0]}", 4, "“{…}”不能用于Part", "'{…}' does not apply to Part"),
        ("共{any[1]}", 1, "整数超出64位范围", "integer overflow"),
    ],
)
def test_templates_that_fail(text: str, offset: int, zh: str, en: str) -> None:
    template = compile_template(text, NAMES)
    with pytest.raises(ExpressionError) as caught:
        template.render({**VALUES, "any": [Part("甲", 1), 10**5_000]})
    assert (caught.value.offset, caught.value.message_zh, caught.value.message_en) == (offset, zh, en)


def test_rendering_is_limited() -> None:
    doubled = "[1]" + "".join(f".map(v{i}, [v{i}, v{i}])" for i in range(40))
    with pytest.raises(WorkLimitError):
        compile_template("{" + doubled + "}", NAMES).render(VALUES)


def test_trees_of_templates_are_plain_data() -> None:
    text = "共{n}个{{{l.map(x, x - 0x1F)}}}，{-1}"
    kept = compile_template_ast(json.loads(json.dumps(parse_template(text))), text, NAMES)
    assert kept.text == text
    assert kept.render(VALUES) == render(text) == "共7个{-28、-30、-29}，-1"


pieces = st.sampled_from(("{", "}", "{n}", "{l}", "{t.total", "'", '"', "{{", "}}", "r'", "[", "整", " "))


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces | st.text(max_size=4), max_size=10).map("".join))
def test_any_text_is_a_template_or_an_error(text: str) -> None:
    try:
        compile_template(text, NAMES).render(VALUES, steps=10_000)
    except ExpressionError as error:
        assert 0 <= error.offset <= len(text)


@given(st.text())
def test_escaped_text_stands_for_itself(text: str) -> None:
    assert render(text.replace("{", "{{").replace("}", "}}")) == text
