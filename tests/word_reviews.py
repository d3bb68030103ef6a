"""Word files with findings written into them, and what they then hold, for tests."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from checker.diagnostics import Diagnostic, Fix, Severity
from checker.outcome import Checked, Reason, Run, View
from checker.output.word import render
from checker.source import Source
from tests import word_files as wf
from tests.word_files import unzipped

PATH = "通报.docx"
W = f"{{{wf.W}}}"


def finding(
    source: Source,
    start: int,
    end: int,
    replacement: str | None = None,
    *,
    safe: bool = True,
    rule: str = "a.b",
) -> Diagnostic:
    return Diagnostic(
        source.path,
        rule,
        Severity.WARNING,
        {"zh": "用词不当", "en": "wrong word"},
        source.position(start),
        source.position(end),
        (start, end),
        source.text[start:end],
        fix=None if replacement is None else Fix(replacement, safe),
    )


def at(source: Source, words: str, replacement: str | None = None, *, safe: bool = True) -> Diagnostic:
    start = source.text.index(words)
    return finding(source, start, start + len(words), replacement, safe=safe)


def reviewed(source: Source, findings: Sequence[Diagnostic], *, fix: bool = False, lang: str = "zh") -> bytes:
    reasons = (Reason("a.b", {"zh": "读者会误解。", "en": "Readers are misled."}, {"zh": "", "en": ""}),)
    file = Checked(source.path, tuple(findings), True, False, source=source, reasons=reasons)
    (data,) = render(Run((file,)), View(lang, fix=fix)).values()
    return data


def tree(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(unzipped(data)[part])


def commented(data: bytes) -> dict[int, str]:
    """What each comment is about: the text between its marks, what is deleted left out."""
    texts: dict[int, str] = {}
    active: list[int] = []
    for node in tree(data).iter():
        if node.tag == f"{W}commentRangeStart":
            active.append(int(node.get(f"{W}id", "")))
            texts[active[-1]] = ""
        elif node.tag == f"{W}commentRangeEnd":
            active.remove(int(node.get(f"{W}id", "")))
        elif node.tag == f"{W}commentReference":
            assert int(node.get(f"{W}id", "")) in texts, "the reference follows the range"
        elif node.tag == f"{W}t":
            for key in active:
                texts[key] += node.text or ""
    assert active == []
    return texts


def comment_lines(data: bytes) -> dict[int, list[str]]:
    return {
        int(comment.get(f"{W}id", "")): [
            "".join(paragraph.itertext(f"{W}t")) for paragraph in comment.iter(f"{W}p")
        ]
        for comment in tree(data, "word/comments.xml").iter(f"{W}comment")
    }


def rejected(data: bytes) -> bytes:
    """The document with our tracked changes refused: what we put in gone, what we took out back."""
    root = tree(data)
    for node in [*root.iter(f"{W}ins", f"{W}del")]:
        if node.get(f"{W}author") != "zhenggai":
            continue
        parent = node.getparent()
        assert parent is not None
        if node.tag == f"{W}del":
            for run in reversed(node):
                node.addnext(run)
            for text in list(parent.iter(f"{W}delText")):
                if all(one.get(f"{W}author") == "zhenggai" for one in text.iterancestors(f"{W}del")):
                    text.tag = f"{W}t"
        parent.remove(node)
    return wf.zipped({**unzipped(data), "word/document.xml": etree.tostring(root)})
