"""Build paragraphs and outlines by hand, for tests of what reads them."""

from __future__ import annotations

from checker.document import Paragraph, Sentence, Stretch, Title
from checker.outline import Outline
from checker.source import Span, passage

TITLE_ROLES = ("title", "issuer")


def report(*lines: str) -> tuple[tuple[Paragraph, ...], Outline]:
    """Paragraphs and outline of ``role: text`` lines; ``role@section: text`` sets the section too.

    The text of the report is the lines' texts, each ended by a line feed. A title line's organization is what
    stands before 关于.
    """
    paragraphs: list[Paragraph] = []
    offset = 0
    title = issuer = None
    for line in lines:
        label, _, text = line.partition(": ")
        role, _, section = label.partition("@")
        span = Span(offset, offset + len(text))
        sentence = Sentence(span, text, role)
        paragraphs.append(Paragraph(span, text, role, section, passage(text, offset), (sentence,)))
        if role == "title":
            organization = text.partition("关于")[0]
            act = "巡视" if "巡视" in text else "巡察" if "巡察" in text else ""
            title = Title(span, text, organization, "关于", "", "通报", "", 1, act)
        if role == "issuer":
            issuer = Stretch(span, text)
        offset = span.end + 1

    def indices(*roles: str) -> tuple[int, ...]:
        return tuple(index for index, paragraph in enumerate(paragraphs) if paragraph.role in roles)

    outline = Outline(
        title=title,
        issuer=issuer,
        paragraphs=tuple(paragraphs),
        lead=indices("lead"),
        headings=(),
        sections=(),
        series=(),
        steps=(),
        run_ins=(),
        breaks=(),
        furniture=(),
        problems=(),
        tail=indices("welcome", "contact"),
        signature=indices("signature", "date"),
    )
    return tuple(paragraphs), outline


def whole(paragraphs: tuple[Paragraph, ...]) -> str:
    """The text that the spans of ``paragraphs`` point into."""
    return "".join(paragraph.text + "\n" for paragraph in paragraphs)
