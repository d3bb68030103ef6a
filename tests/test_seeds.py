from __future__ import annotations

import pytest

from tests import seeds


@pytest.mark.skipif(not seeds.FOLDER.is_dir(), reason="the seed reports are not beside this checkout")
def test_the_seed_reports_show_what_they_must() -> None:
    assert seeds.faults() == []
