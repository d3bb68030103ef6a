"""Web pages: the article is read as people see it, the site around it is left out, hostile pages are refused."""

from __future__ import annotations

import time

import pytest

pytest.importorskip("lxml", reason="web pages are read with lxml")

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.diagnostics import CheckerError
from checker.readers import read_bytes
from checker.source import Origin, Source

PATH = "通报.html"
BODY = (
    "局党组召开专题会议研究整改工作，逐条分析反馈问题，明确责任领导、责任科室和完成时限，建立台账，对账销号。"
)


def text_of(html: str) -> str:
    return read_bytes(html.encode(), PATH).text


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(CheckerError) as caught:
        read_bytes(data, PATH)
    assert caught.value.path == PATH
    return caught.value.message["zh"], caught.value.message["en"]


# --- lines -------------------------------------------------------------------------------------------------


def test_a_paragraph_is_a_line() -> None:
    assert read_bytes(
        "<h1>关于整改情况的通报</h1><p>第一句。</p>\n\n<p>第<b>二</b>句。".encode(), PATH
    ) == Source(
        PATH,
        "关于整改情况的通报\n第一句。\n第二句。\n",
        "html",
        origins=(Origin(0, 1), Origin(10, 2), Origin(15, 3)),
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("上行<br>下行<br/><br>末行", "上行\n下行\n末行\n"),
        ("<p>&nbsp;&nbsp;缩进一</p><p>　　缩进二</p>", "  缩进一\n　　缩进二\n"),
        ("<p>整改\n    工作</p><p>from\n here</p>", "整改工作\nfrom here\n"),
        ("<p>a&lt;b&amp;c&mdash;&#20013;&#x6587;</p>", "a<b&c—中文\n"),
        ("<p>前<!-- 注 -->后<script>var x='脚本'</script><style>p{}</style></p>", "前后\n"),
        ("<p>见<span style='display: none'>藏</span>此<i hidden>藏</i></p>", "见此\n"),
        ("<div>块<div>内块</div>续</div>", "块\n内块\n续\n"),
        ("<ol><li>甲<li>乙</ol><ol start=5><li>丙<li value=9>丁</ol>", "1.甲\n2.乙\n5.丙\n9.丁\n"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙\n"),
        ("<pre>第一行\n  第二行</pre>", "第一行\n  第二行\n"),
        ("<p>邮箱：<a href='mailto:a@b.cn'>a@b.cn</a></p>", "邮箱：a@b.cn\n"),
        ("<p><ruby>整<rp>(</rp><rt>zhěng</rt><rp>)</rp></ruby>改</p>", "整改\n"),
        ("<p>整​改</p><p>﻿头</p>", "整​改\n头\n"),
        ("只有文字", "只有文字\n"),
        ("<p>没有闭合<p>的段落<div>和块", "没有闭合\n的段落\n和块\n"),
    ],
)
def test_what_is_shown_is_read(html: str, text: str) -> None:
    assert text_of(html) == text


def test_rows_are_lines_with_tabs_and_say_where_they_are() -> None:
    source = read_bytes(
        "<p>表一</p><table><tr><th>序号<th>问题</tr><tr><td>1<td><p>甲</p><p>乙</p></tr></table>".encode(),
        PATH,
    )
    assert source.text == "表一\n序号\t问题\n1\t甲 乙\n"
    assert source.origins == (
        Origin(0, 1),
        Origin(3, 2, "表1第1行第1列"),
        Origin(6, 2, "表1第1行第2列"),
        Origin(9, 3, "表1第2行第1列"),
        Origin(11, 3, "表1第2行第2列"),
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><tr><td rowspan=2>类<td>甲<tr><td>乙</table>", "类\t甲\n\t乙\n"),
        ("<table><tr><td>甲<td rowspan=2>共</tr><tr><td>乙</table>", "甲\t共\n乙\t\n"),
        ("<table><tr><td>一段。<p>又一段。</table>", "一段。\n又一段。\n"),
        ("<table><tr><td>外<td><table><tr><td>内一<td>内二</table></table>", "外\t内一 内二\n"),
        ("<table><caption>题</caption><tr><td>甲<td>乙</table>", "题\n甲\t乙\n"),
        ("<table><tr><td><td></table><p>后</p>", "后\n"),
    ],
)
def test_tables(html: str, text: str) -> None:
    assert text_of(html) == text


# --- the article -------------------------------------------------------------------------------------------

SITE = """<!DOCTYPE html><html><head><title>某局整改情况的通报_某市人民政府</title>{head}</head><body>
<div class="top"><a href="/">首页</a> <a href="/gk">政务公开，欢迎监督</a></div>
<nav>栏目一，栏目二</nav><div class="crumbs">当前位置：<a>首页</a></div>
<div class="main">{title}{article}
<div class="bdshare">分享到：微信，微博</div>
<div class="related"><h4>相关链接</h4><ul><li><a>另一份通报，点击查看</a></li></ul></div></div>
<footer>主办：某市人民政府，版权所有，未经许可不得转载。</footer></body></html>"""
ARTICLE = "".join(f"<p>{BODY}</p>" for _ in range(8))
LINES = f"{BODY}\n" * 8


def site(article: str, title: str = "", head: str = "") -> str:
    return SITE.format(article=article, title=title, head=head)


@pytest.mark.parametrize(
    "article",
    [
        f"<div>{ARTICLE}</div>",
        f'<div class="TRS_Editor">{ARTICLE}</div>',
        f"<article>{ARTICLE}</article>",
        f"<table><tr><td>{ARTICLE}</td></tr></table>",
        f"<div><div><div>{ARTICLE}</div></div></div>",
    ],
)
def test_the_article_is_found_among_the_furniture_with_the_title_of_the_page(article: str) -> None:
    source = read_bytes(site(article).encode(), PATH)
    assert source.text == f"某局整改情况的通报\n{LINES}"
    assert source.origins[:2] == (Origin(0, 1, "网页标题"), Origin(10, 2))


@pytest.mark.parametrize(
    ("title", "head", "wanted"),
    [
        ("<h1>关于整改进展情况的通报</h1>", "", "关于整改进展情况的通报"),
        ("", '<meta name="ArticleTitle" content="关于整改情况的公告">', "关于整改情况的公告"),
        ("<h2>短</h2>", "", "某局整改情况的通报"),
    ],
)
def test_the_title_is_taken_from_the_heading_then_the_page(title: str, head: str, wanted: str) -> None:
    assert text_of(site(f"<div>{ARTICLE}</div>", title, head)) == f"{wanted}\n{LINES}"


def test_a_title_in_the_article_is_not_repeated() -> None:
    article = f"<div><p>中共某局党组关于整改进展情况的通报</p>{ARTICLE}</div>"
    assert text_of(site(article)) == f"中共某局党组关于整改进展情况的通报\n{LINES}"


def test_what_holds_much_of_the_text_is_never_furniture_by_name() -> None:
    article = f'<div class="share related footer"><h1>关于整改情况的通报</h1>{ARTICLE}</div>'
    assert text_of(site(article)) == f"关于整改情况的通报\n{LINES}"


def test_a_share_bar_inside_the_article_is_left_out() -> None:
    article = f'<div><h1>关于整改情况的通报</h1>{ARTICLE}<div class="bshare-custom">分享到微信</div></div>'
    assert text_of(site(article)) == f"关于整改情况的通报\n{LINES}"


# --- encodings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "encoding", "read_as"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gb18030", "gb18030"),
        ("utf-8", "utf-8", "utf-8"),
        ("UTF-8", "gb18030", "gb18030"),
        ("gb2312", "utf-8", "utf-8"),
        ("iso-8859-1", "utf-8", "utf-8"),
        ("no-such-charset", "gb18030", "gb18030"),
        ("big5", "big5", "big5hkscs"),
    ],
)
def test_the_charset_is_the_declared_one_if_that_is_true(charset: str, encoding: str, read_as: str) -> None:
    text = "整改" if encoding == "big5" else "整改进展情况"
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><p>{text}</p>'
    source = read_bytes(page.encode(encoding), PATH)
    assert (source.text, source.encoding) == (f"{text}\n", read_as)


def test_a_byte_order_mark_is_the_encoding() -> None:
    source = read_bytes('<meta charset="gbk"><p>整改</p>'.encode("utf-8-sig"), PATH)
    assert (source.text, source.encoding, source.bom) == ("整改\n", "utf-8", True)


def test_bytes_that_are_no_text_are_refused() -> None:
    assert refusal("<p>整改".encode() + b"\xff" + "情况</p>".encode())[0] == (
        "第 1 行第 6 列的字节 0xFF 不是有效的 UTF-8 编码；请另存为 UTF-8"
    )


# --- hostile -----------------------------------------------------------------------------------------------

DEEP = (
    "网页嵌套过深或标记过多，不像一份报告，没有检查；请把正文另存为 .txt 或 .docx",
    "the page is nested too deep or has too many elements to be a report, and was not checked; save its "
    "text as .txt or .docx",
)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "文",
        "<b>" * 5_000 + "文",
        "<table><tr><td>" * 3_000 + "文",
        "<p>文</p>" * 100_001,
    ],
    ids=["div", "b", "table", "many"],
)
def test_pages_that_are_no_reports_are_refused_in_bounded_time(page: str) -> None:
    start = time.process_time()
    assert refusal(page.encode()) == DEEP
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "page",
    [
        "<div class=share>" * 1_900 + "<p>文。" * 5_000,
        "<h1>题</h1>" * 5_000 + "<div>文" * 1_000,
        "<table><tr>" + "<td rowspan=60000 colspan=60000>文" * 500,
        "<table>" + "<tr><td rowspan=60000>文<td>字" * 1_000,
        "<p " + "a=1 " * 100_000 + ">文。</p>",
        "&amp;" * 300_000,
        "<p>" + " \n" * 300_000 + "文。",
    ],
    ids=["furniture", "titles", "spans", "held", "attributes", "entities", "blanks"],
)
def test_odd_pages_are_read_in_bounded_time(page: str) -> None:
    start = time.process_time()
    assert text_of(page).strip()
    assert time.process_time() - start < 10


def test_entities_of_a_doctype_are_not_expanded_and_nothing_is_fetched() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "字字"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><p>文&b;&x;</p>'
    read = text_of(bomb)
    assert "字字字字" not in read and "root" not in read and "文" in read


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<br>",
                "<li>",
                "<ol>",
                "<pre>",
                "</pre>",
                "<a>",
                "</a>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "&nbsp;",
                "&#0;",
                "&#xD800;",
                "整改。",
                "\x00",
                "\x0b",
                "<title>",
                "</title>",
                "<body>",
                "<html>",
                "<h1>",
                "<td\trowspan=3>",
                "\n",
            ]
        ),
        min_size=1,
    )
)
def test_any_page_is_read_or_refused_and_all_that_is_read_was_there(parts: list[str]) -> None:
    page = "".join(parts)
    try:
        source = read_bytes(page.encode(), PATH)
    except CheckerError:
        return
    assert source.text.endswith("\n")
    assert source.text.count("整改。") <= page.count("整改。") + 1  # the title of the page may stand above it
    assert [origin.start for origin in source.origins] == sorted({origin.start for origin in source.origins})
