"""How many examples Hypothesis tries where one takes long: ``ZHENGGAI_EFFORT=10`` tries ten times as many."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

_TIMES = float(os.environ.get("ZHENGGAI_EFFORT") or 1)


def examples(count: int, **further: Any) -> settings:
    """Settings for ``count`` examples in a usual run."""
    return settings(max_examples=max(1, round(count * _TIMES)), deadline=None, **further)
