"""Web pages (.html): the article as a person reads it, one paragraph a line.

What surrounds the article on a site (menus, share bars, footers) is left out as far as the page tells it apart;
the title is taken from the page where the article does not hold it. A row of a table is a line with tabs
between its cells. Nothing is fetched and no script is run.
"""

from __future__ import annotations

import re

from lxml import etree, html

from checker.diagnostics import CheckerError
from checker.messages import failure
from checker.readers.html_article import Element, article_of, title_of
from checker.readers.html_blocks import Line, lines_of
from checker.readers.text import decode
from checker.source import Origin, Source

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
_CHARSET_WITHIN = 8192
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MAX_ELEMENTS = 100_000
"""A page with more elements than this is no report."""


def read(data: bytes, path: str) -> Source:
    """The source in ``data``, with its origins. Raises CheckerError."""
    text, encoding, bom = _decoded(data, path)
    body = _body(text, path)
    article = article_of(body)
    lines = lines_of(article)
    title = title_of(body, article, [line.text for line in lines[:12]])
    if title:
        lines.insert(0, Line(title, ((0, "网页标题"),)))
    origins: list[Origin] = []
    offset = paragraph = 0
    for line in lines:
        paragraph += bool(line.text.strip())
        for start, place in line.places:
            origins.append(Origin(offset + start, max(paragraph, 1), place))
        offset += len(line.text) + 1
    joined = "".join(f"{line.text}\n" for line in lines)
    return Source(path, joined, "html", encoding, bom, tuple(origins))


def _decoded(data: bytes, path: str) -> tuple[str, str, bool]:
    """The text, its encoding and whether it has a mark.

    Pages are often declared wrongly, and UTF-8 and GB18030 are told apart by their bytes; the declaration only
    says whether what could be either is Big5.
    """
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    if declared and declared[1].lower().startswith(b"big5"):
        try:
            return data.decode("big5hkscs"), "big5hkscs", False
        except UnicodeDecodeError:
            pass
    return decode(data, path)


def _body(text: str, path: str) -> Element:
    """The root of the page. Raises CheckerError for what no browser would be given."""
    parser = html.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=False,
    )
    clean = _UNUSABLE.sub("", text)
    try:
        root = html.document_fromstring(clean.encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        raise failure("file.empty", path) from None
    if any("LIMIT" in str(error.type_name) for error in parser.error_log):
        raise _refused(path)
    if sum(1 for _ in zip(root.iter(), range(MAX_ELEMENTS + 1), strict=False)) > MAX_ELEMENTS:
        raise _refused(path)
    return root


def _refused(path: str) -> CheckerError:
    return failure("html.deep", path)
