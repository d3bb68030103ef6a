"""The two ends of a report as blocks: the opening paragraphs and the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.document import Date, Inspector, Lead, Organization, Paragraph, Signature, Stretch
from checker.names import words
from checker.organizations import issuing_body, read_name
from checker.outline import Outline
from checker.regexes import kept_pattern, late
from checker.resources import lexicon
from checker.scanning import pattern
from checker.source import Span

_BLANKS = late(r"\s+")
_NOTE = late(r"[（(][^（）()]*[）)]\s*$")


def find_lead(
    paragraphs: Sequence[Paragraph],
    outline: Outline,
    dates: Sequence[Date],
    inspectors: Sequence[Inspector],
) -> Lead | None:
    """What the opening paragraphs say, or None if there are none."""
    own = [paragraphs[index] for index in outline.lead]
    if not own:
        return None
    span = Span(own[0].span.start, own[-1].span.end)

    def inside(place: Span) -> bool:
        return span.start <= place.start and place.end <= span.end

    def dated(role: str) -> Date | None:
        return next((date for date in dates if date.role == role and inside(date.span)), None)

    start = dated("inspection-start")
    blurred = start if start is not None and not start.value else None
    named = [mention for mention in inspectors if inside(mention.span) and mention.where == "lead"]
    return Lead(
        span=span,
        text="\n".join(paragraph.text for paragraph in own),
        inspector=next((mention for mention in named if mention.scope == "report"), None),
        inspected=_first(own, _inspected(), 1),
        start=start,
        end=dated("inspection-end") or blurred,
        feedback=dated("feedback"),
        feedback_words=_first(own, _feedback(), 0),
        publication=_first(own, pattern(words()["published"]), 0) or _first(own, _published(), 0),
    )


def _first(paragraphs: Sequence[Paragraph], regex: re.Pattern[str], group: int) -> Stretch | None:
    for paragraph in paragraphs:
        if match := regex.search(paragraph.passage.text):
            return Stretch(paragraph.passage.span(*match.span(group)), match.group(group))
    return None


@kept_pattern
def _inspected() -> re.Pattern[str]:
    before, after = pattern(words()["inspected_from"]).pattern, pattern(words()["inspected_to"]).pattern
    return re.compile(f"(?:{before})((?:[^，。；,;（(]|[（(][^）)]*[）)]){{2,120}}?)(?:{after})")


@kept_pattern
def _published() -> re.Pattern[str]:
    begin, act = pattern(words()["published_from"]).pattern, pattern(words()["published_by"]).pattern
    return re.compile(f"(?:{begin})[^。；;]{{2,60}}(?:{act})")


@kept_pattern
def _feedback() -> re.Pattern[str]:
    return pattern(lexicon("dates")["feedback"])


def find_signature(
    paragraphs: Sequence[Paragraph],
    outline: Outline,
    dates: Sequence[Date],
    organizations: Sequence[Organization],
) -> Signature | None:
    """The signing lines at the end, or None. Without a title's organization nothing can mismatch."""
    own = [paragraphs[index] for index in outline.signature]
    if not own:
        return None
    span = Span(own[0].span.start, own[-1].span.end)
    signed = [date for date in dates if date.role == "signed"]
    signed = [
        date for date in signed if date.span.start >= span.start
    ] or signed  # or it stands under the title
    body = next(
        (
            mention
            for mention in organizations
            if mention.role == "signature" and span.start <= mention.span.start < span.end
        ),
        None,
    )
    return Signature(
        span=span,
        text="\n".join(paragraph.text for paragraph in own),
        organization=Stretch(body.span, body.text) if body else None,
        date=signed[0] if signed else None,
        matches=body is None or _matches(body.text, outline),
    )


def _without_meeting(name: str) -> str:
    """The name of a department without that of its meeting: 市委宣传部|部务会."""
    return next((name[: -len(word)] for word in words()["meetings"] if name.endswith(word)), name)


def _matches(name: str, outline: Outline) -> bool:
    """Whether it is the issuing body, perhaps shortened or longer in front but with the same ending."""
    plain = _BLANKS.sub("", _NOTE.sub("", name))
    issuers = [
        _BLANKS.sub("", text)
        for text in (
            outline.title.organization if outline.title else "",
            outline.issuer.text if outline.issuer else "",
        )
        if text
    ]
    if not issuers or _without_meeting(plain) in map(_without_meeting, issuers):
        return True
    title = outline.title
    if (
        title
        and not title.preposition
        and plain.removeprefix(words()["party"][0]).startswith(title.organization)
    ):
        return True
    own, other = issuing_body(outline), read_name(plain)
    if own is None or other is None:
        return False
    if not own.suffix and own.core == other.core:
        return True
    if own.suffix == other.suffix and (own.core.endswith(other.core) or other.core.endswith(own.core)):
        return True
    return other.name.endswith(issuers[0])
