"""The labels of Word's automatic numbering are counted as Word counts them."""

from __future__ import annotations

import pytest

pytest.importorskip("lxml", reason="Word files are read with lxml: pip install 'zhenggai[word]'")

from hypothesis import given
from hypothesis import strategies as st

from checker.readers.word import read
from checker.readers.word_figures import figure
from tests import word_files as wf
from tests.word_files import docx, p

PATH = "通报.docx"


def text_of(*body: str, **parts: str) -> str:
    return read(docx(*body, parts=parts), PATH).text


def test_the_five_levels_of_a_report() -> None:
    levels = [0, 1, 2, 3, 4, 4, 3, 2, 1, 0, 1, 2]
    text = text_of(*(p("题", num=(1, depth)) for depth in levels), numbering=wf.numbering())
    assert text.split("\n") == [
        "一、题",
        "（一）题",
        "1.题",
        "（1）题",
        "①题",
        "②题",
        "（2）题",
        "2.题",
        "（二）题",
        "二、题",
        "（一）题",
        "1.题",
        "",
    ]


def test_labels_of_headings_come_from_their_styles() -> None:
    numbering = wf.numbering(
        wf.abstract(
            3,
            wf.level(0, "chineseCountingThousand", "%1、", style="h1"),
            wf.level(1, "chineseCountingThousand", "（%2）", style="h2"),
        ),
        wf.num(5, 3),
    )
    given = wf.styles(
        wf.style("h1", base="a", ppr='<w:numPr><w:numId w:val="5"/></w:numPr>'),
        wf.style("h2", base="h1", ppr='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr>'),
        wf.style("h2b", base="h2"),
    )
    body = [
        p("甲", style="h1"),
        p("乙", style="h2"),
        p("丙", style="h2b"),
        p("不编号", style="h2", num=(0, 0)),
        p("丁", style="h1"),
        p("戊", style="h2"),
    ]
    text = text_of(*body, numbering=numbering, styles=given)
    assert text == "一、甲\n（一）乙\n（二）丙\n不编号\n二、丁\n（一）戊\n"


def test_a_style_tied_to_a_level_needs_no_level_of_its_own() -> None:
    levels = [wf.level(0, "decimal", "%1"), wf.level(1, "decimal", "%1.%2", style="h2")]
    numbering = wf.numbering(wf.abstract(0, *levels), wf.num(1, 0))
    given = wf.styles(wf.style("h2", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>'))
    assert (
        text_of(p("甲", num=(1, 0)), p("乙", style="h2"), numbering=numbering, styles=given) == "1甲\n1.1乙\n"
    )


def test_a_list_style_gives_the_scheme() -> None:
    link = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="ls"/></w:abstractNum>'
    numbering = wf.numbering(wf.abstract(0, *wf.REPORT_LEVELS), link, wf.num(1, 0), wf.num(2, 7))
    given = wf.styles(wf.style("ls", kind="numbering", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>'))
    body = [p("甲", num=(1, 0)), p("乙", num=(2, 0))]
    assert text_of(*body, numbering=numbering, styles=given) == "一、甲\n二、乙\n"


def test_lists_of_one_scheme_go_on_unless_they_start_over() -> None:
    numbering = wf.numbering(
        wf.abstract(0, *wf.REPORT_LEVELS),
        wf.num(1, 0),
        wf.num(2, 0),
        wf.num(3, 0, wf.start_over(0, 1)),
        wf.num(4, 0, wf.start_over(0, 8)),
    )
    body = [p("题", num=(key, 0)) for key in (1, 2, 3, 3, 4, 1)]
    text = text_of(*body, numbering=numbering)
    assert text == "一、题\n二、题\n一、题\n二、题\n八、题\n九、题\n"


def test_a_list_may_bring_levels_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{wf.level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>'
    numbering = wf.numbering(wf.abstract(0, *wf.REPORT_LEVELS), wf.num(1, 0, own))
    assert text_of(p("题", num=(1, 0)), p("题", num=(1, 0)), numbering=numbering) == "C)题\nD)题\n"


def test_levels_that_do_not_start_again() -> None:
    def text(restart: int | None) -> str:
        levels = [
            wf.level(0, "decimal", "%1."),
            wf.level(1, "decimal", "(%2)"),
            wf.level(2, "decimal", "%3）", restart=restart),
        ]
        numbering = wf.numbering(wf.abstract(0, *levels), wf.num(1, 0))
        body = [p("题", num=(1, depth)) for depth in (0, 1, 2, 1, 2, 0, 1, 2)]
        return text_of(*body, numbering=numbering).replace("题", "").replace("\n", " ")

    assert text(None) == "1. (1) 1） (2) 1） 2. (1) 1） "
    assert text(1) == "1. (1) 1） (2) 2） 2. (1) 1） "
    assert text(0) == "1. (1) 1） (2) 2） 2. (1) 3） "


def test_legal_numbering_is_all_in_digits() -> None:
    levels = [wf.level(0, "chineseCounting", "第%1条"), wf.level(1, "decimal", "%1.%2", legal=True)]
    numbering = wf.numbering(wf.abstract(0, *levels), wf.num(1, 0))
    assert text_of(p("甲", num=(1, 0)), p("乙", num=(1, 1)), numbering=numbering) == "第一条甲\n1.1乙\n"


@pytest.mark.parametrize(
    ("label", "text", "line"),
    [
        ("%1.", "2025年", "1. 2025年"),
        ("%1.", "加强", "1.加强"),
        ("%1", "5人", "1 5人"),
        ("%1、", "2025年", "1、2025年"),
        ("(%1)", "2025年", "(1)2025年"),
        ("%1.", " 2025年", "1. 2025年"),
    ],
)
def test_a_label_never_runs_into_a_figure(label: str, text: str, line: str) -> None:
    numbering = wf.numbering(wf.abstract(0, wf.level(0, "decimal", label)), wf.num(1, 0))
    assert text_of(p(text, num=(1, 0)), numbering=numbering) == f"{line}\n"


@pytest.mark.parametrize(
    ("sign", "font", "line"),
    [
        ("\uf06c", "Wingdings", "●甲"),
        ("\uf0b7", "Symbol", "•甲"),
        ("\ue999", "某字体", "•甲"),
        ("-", "宋体", "- 甲"),
    ],
)
def test_bullets_as_they_look(sign: str, font: str, line: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    numbering = wf.numbering(wf.abstract(0, wf.level(0, "bullet", sign, props=fonts)), wf.num(1, 0))
    assert text_of(p("甲", num=(1, 0)), numbering=numbering) == f"{line}\n"


@pytest.mark.parametrize(
    ("numbering", "written"),
    [
        ("decimal", "1 10 21 105"),
        ("decimalZero", "01 10 21 105"),
        ("decimalFullWidth", "１ １０ ２１ １０５"),
        ("decimalEnclosedCircle", "① ⑩ 21 105"),
        ("decimalEnclosedParen", "⑴ ⑽ 21 105"),
        ("decimalEnclosedFullstop", "⒈ ⒑ 21 105"),
        ("chineseCounting", "一 十 二十一 一○五"),
        ("chineseCountingThousand", "一 十 二十一 一百零五"),
        ("chineseLegalSimplified", "壹 壹拾 贰拾壹 壹佰零伍"),
        ("ideographDigital", "一 一〇 二一 一〇五"),
        ("ideographTraditional", "甲 癸 21 105"),
        ("upperRoman", "I X XXI CV"),
        ("lowerRoman", "i x xxi cv"),
        ("upperLetter", "A J U AAAAA"),
        ("lowerLetter", "a j u aaaaa"),
        ("ordinal", "1st 10th 21st 105th"),
        ("numberInDash", "- 1 - - 10 - - 21 - - 105 -"),
        ("none", "   "),
        ("someday", "1 10 21 105"),
    ],
)
def test_figures(numbering: str, written: str) -> None:
    assert " ".join(figure(number, numbering) for number in (1, 10, 21, 105)) == written


@given(
    st.integers(0, 10**9 - 1), st.sampled_from(["chineseCounting", "upperRoman", "upperLetter", "decimal"])
)
def test_figures_are_short(number: int, numbering: str) -> None:
    assert 0 < len(figure(number, numbering)) <= 30
