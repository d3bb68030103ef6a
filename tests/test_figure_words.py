"""The words around figures: each list of the lexicon is used, and each that is used is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.figure_words import around, groups, like_units
from checker.resources import lexicon

PACKAGE = Path(__file__).parent.parent / "checker"


def test_the_lists_are_those_that_are_used() -> None:
    used = {
        name
        for path in PACKAGE.glob("*.py")
        if "figure_words" in (text := path.read_text(encoding="utf-8"))
        for name in re.findall(r'\b(?:around|groups)\("([a-z-]+)"\)', text)
    }
    assert used == set(lexicon("around-figures"))


def test_the_words_of_a_list() -> None:
    assert around("plain-units") == ("个", "条", "项")
    assert like_units() == {"", "个", "条", "项"}
    assert ("男", "女") in groups("exclusive")
    with pytest.raises(KeyError):
        around("no-such-list")
