"""Words of the future in what reads as done, and sentences that answer two problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from checker import resources
from checker.document import Cue, Duplicate, Paragraph, Problem, Stretch

LONG_SENTENCE = 30
"""Characters from which on a repeated sentence is no coincidence (RULES.md, status.duplicate)."""
