"""Which kind of report this is, by the words of its title and opening (``rules/lexicon/genres.yaml``)."""

from __future__ import annotations

from checker import resources
from checker.outline import Outline

_OPENING = 800


def recognize(outline: Outline) -> str:
    """The genre of a report; the default genre where nothing tells."""
    words = resources.lexicon("genres")
    title = outline.title.text if outline.title is not None else ""
    for genre in words["genres"]:
        if any(word in title for word in genre["title"]):
            return str(genre["name"])
    opening = "".join(paragraph.text for paragraph in outline.paragraphs[:8])[:_OPENING]
    scores = [
        (sum(opening.count(word) for word in genre["opening"]), genre["name"]) for genre in words["genres"]
    ]
    best = max(score for score, _ in scores)
    return (
        next(str(name) for score, name in reversed(scores) if score == best)
        if best
        else str(words["default"])
    )


def known() -> dict[str, tuple[str, str]]:
    """Every genre: its name and what it is called in Chinese and English."""
    return {genre["name"]: (genre["zh"], genre["en"]) for genre in resources.lexicon("genres")["genres"]}
