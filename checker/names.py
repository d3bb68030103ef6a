"""The words and the grammar that all mentions share."""

from __future__ import annotations

from functools import cache
from typing import Any

from checker.numerals import HALF_WIDTH
from checker.resources import alternatives, lexicon
from checker.tables import Parser, Terminals, parser


@cache
def words() -> dict[str, Any]:
    """The lexicon of names."""
    return lexicon("names")


@cache
def mention_parser() -> Parser:
    """The parser of grammars/mention.lark."""
    return parser(
        "mention", _terminals, start=["inspectors", "organization", "short_form", "document_number"]
    )


def _terminals() -> Terminals:
    lists = words()
    half = {
        name: [word.translate(HALF_WIDTH) for word in lists[name]] for name in ("modes", "levels", "teams")
    }
    return {
        "TEAM.6": half["teams"],
        "LEVEL.5": half["levels"],
        "INSPECTION.2": lists["inspections"],
        "MODE.2": half["modes"],
        "INSPECTOR_CUT.4": lists["inspector_cuts"],
        "PARTY.6": lists["party"],
        "BODY.4": lists["party_bodies"],
        "OFFICE.5": [*lists["offices"], *lists["joint_offices"]],
        "ORGANIZATION_CUT.3": lists["organization_cuts"],
        "CALLED.5": lists["called"],
        "TERRITORY.4": f"(?:{alternatives(lists['territories'])})(?!{alternatives(lists['territory_not_before'])})",
    }
