"""Which part of a web page is the article, and what in it is furniture.

Decided by where the sentences are: text that is not a link, weighed in Chinese characters. Names of classes and
ids only say what to leave out, and never for a part that holds much of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from lxml import html

Element: TypeAlias = html.HtmlElement

UNSEEN = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "button",
        "select",
        "input",
        "textarea",
        "option",
        "datalist",
        "map",
        "rt",
        "rp",
        "nav",
        "footer",
        "dialog",
        "link",
        "meta",
        "title",
    ]
)
_FURNITURE = frozenset(
    [
        "share",
        "bdshare",
        "bshare",
        "jiathis",
        "sharebar",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "banner",
        "logo",
        "footer",
        "copyright",
        "crumb",
        "crumbs",
        "breadcrumb",
        "breadcrumbs",
        "toolbar",
        "related",
        "relate",
        "recommend",
        "xgwd",
        "xglj",
        "xgxw",
        "xgyd",
        "sidebar",
        "comments",
        "qrcode",
        "ewm",
        "erweima",
        "fontsize",
        "pagination",
        "pager",
        "friendlink",
        "yqlj",
    ]
)
_ARTICLE = frozenset(
    [
        "zoom",
        "trs_editor",
        "trs_ueditor",
        "ucap-content",
        "vsb_content",
        "vsb_content_2",
        "vsb_content_4",
        "v_news_content",
        "wp_articlecontent",
        "article-content",
        "article_content",
        "articlecontent",
        "pages_content",
        "news_content",
        "newscontent",
        "xl_content",
        "detail-content",
        "detail_content",
        "content_article",
        "contenttext",
    ]
)
_WORD = re.compile(r"[A-Za-z][a-z0-9]*|[A-Z0-9]+")
_HIDDEN = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff]")
_SITE = re.compile(r"\s*(?:[_|｜]|--?|—+|–)\s*")
_SENTENCE = re.compile("[。，；！？]")
_LABEL = re.compile(r"\s*[（(]?[一二三四五六七八九十]+[、）)]")

FURNITURE_SHARE = 0.25
"""What holds more of the text than this is not furniture, whatever it is called."""
ARTICLE_SHARE = 0.9
"""The article is the innermost element that holds so much of the text."""
NAMED_SHARE = 0.6
"""An element that is called the article is it if it holds so much."""


def article_of(root: Element) -> Element:
    """The innermost element with nearly all sentences of the page; furniture is taken out of the tree."""
    body = root if root.tag == "body" else root.find("body")
    body = root if body is None else body
    weights = _weights(body)
    whole = max(weights[body], 1)
    _drop_furniture(body, weights, whole * FURNITURE_SHARE)
    weights = _weights(body)
    whole = weights[body]
    node = body
    for part in body.iter("div", "article", "td", "section"):
        if weights.get(part, 0) >= max(NAMED_SHARE * whole, 1) and _is_article(part):
            node = part
    while True:
        inner = [child for child in node if weights.get(child, 0) >= ARTICLE_SHARE * max(weights[node], 1)]
        if not inner or inner[0].tag in ("p", "table", "tbody", "ul", "ol", "pre", "blockquote", "h1"):
            lone = inner and inner[0].tag in ("table", "tbody") and _is_layout(inner[0], weights)
            if not lone:
                return node
        node = inner[0]


def _is_article(node: Element) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}"[:400].lower().split()
    return node.tag == "article" or not _ARTICLE.isdisjoint(names)


def _is_layout(table: Element, weights: dict[Element, int]) -> bool:
    """Whether one cell of a table holds nearly all of it."""
    goal = ARTICLE_SHARE * max(weights[table], 1)
    return any(weights.get(cell, 0) >= goal for cell in table.iter("td", "th"))


def _weights(body: Element) -> dict[Element, int]:
    """For each element the Chinese characters of its sentences: what no link holds and nobody hides."""
    weights: dict[Element, int] = {}
    skipping = 0
    for event, node in _walk(body):
        if event == "start":
            skipping += _weightless(node)
            weights[node] = 0 if skipping else _weight(node.text)
            continue
        parent = node.getparent()
        if parent is not None and node is not body:
            weights[parent] += weights[node]
        skipping -= _weightless(node)
        if parent is not None and node is not body and not skipping:
            weights[parent] += _weight(node.tail)
    return weights


def _walk(body: Element) -> list[tuple[str, Element]]:
    """Starts and ends of all elements below ``body``, in order; no recursion, however deep."""
    from lxml.etree import iterwalk

    return [
        (event, node) for event, node in iterwalk(body, events=("start", "end")) if isinstance(node.tag, str)
    ]


def _weightless(node: Element) -> bool:
    return node.tag in UNSEEN or node.tag == "a" or is_hidden(node)


def _weight(text: str | None) -> int:
    return len(_HAN.findall(text)) if text else 0


def is_hidden(node: Element) -> bool:
    """Whether a browser would not show it."""
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


def _drop_furniture(body: Element, weights: dict[Element, int], most: float) -> None:
    titled: set[Element] = set()
    for heading in body.iter("h1"):
        node: Element | None = heading
        while node is not None and node not in titled:
            titled.add(node)
            node = node.getparent()
    for part in list(body.iter()):
        if part is body or not isinstance(part.tag, str) or part.getparent() is None:
            continue
        named = part.tag in ("header", "aside") or _is_furniture(part)
        light = weights.get(part, 0) <= most and part not in titled
        if (named and light) or part.tag in UNSEEN or is_hidden(part):
            part.drop_tree()


def _is_furniture(node: Element) -> bool:
    """Whether its names say so; paragraphs, cells and text inside them are never judged by name."""
    if node.tag not in ("div", "ul", "ol", "dl", "section", "table", "form", "span", "center", "li"):
        return False
    names = f"{node.get('class') or ''} {node.get('id') or ''}"[:400]
    return any(word.lower() in _FURNITURE for word in _WORD.findall(names))


# --- the title -------------------------------------------------------------------------------------------


def title_of(root: Element, article: Element, opening: Sequence[str]) -> str:
    """The title as the page gives it, ``""`` if the ``opening`` lines of the article hold one already."""
    first = next((line for line in opening if line.strip()), "")
    begun = _bare("".join(opening))
    if first and not _SENTENCE.search(first) and not _LABEL.match(first) and len(first.strip()) > 4:
        return ""
    heads = []
    for node in root.iter():
        if node is article:
            break
        if node.tag in ("h1", "h2", "h3"):
            heads.append(node)
    named = [
        meta.get("content") or ""
        for meta in root.iter("meta")
        if (meta.get("name") or "").lower() in ("articletitle", "article-title")
    ]
    page = _SITE.split(root.findtext(".//title") or "")[0]
    for candidate in (*(node.text_content() for node in reversed(heads)), *named, page):
        title = " ".join(candidate.split())
        if _weight(title) >= 6 and len(title) <= 120:
            return "" if _bare(title) in begun else title
    return ""


def _bare(text: str) -> str:
    return "".join(text.split())
