from __future__ import annotations

from pathlib import Path

import pytest

from tests.example_reports import KEPT, REPORTS, findings, warnings

GOOD = [path for path in REPORTS if path.name.startswith("良")]
BAD = [path for path in REPORTS if path.name.startswith("劣")]


def test_there_are_good_and_bad_reports_of_some_length() -> None:
    assert len(GOOD) >= 8 and len(BAD) >= 6
    assert min(len(path.read_text(encoding="utf-8")) for path in REPORTS) >= 1500


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_report_is_silent_at_warning_level(path: Path) -> None:
    assert warnings(path) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_report_is_not(path: Path) -> None:
    assert warnings(path) != []


def test_the_findings_are_those_that_were_read_and_kept() -> None:
    assert findings() == KEPT.read_text(encoding="utf-8")
