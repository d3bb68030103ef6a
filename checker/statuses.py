"""Where a state is said: in a line of its own, in a bracket, at the beginning or the end of an answer."""

from __future__ import annotations

import re

from checker.lines import words
from checker.regexes import kept_pattern, late
from checker.resources import alternatives
from checker.states import Status, read_status

_LINE = 24
_CLAUSE = 24
_BRACKET = 16
_CLAUSE_END = "，,。；;：:"
_MARKS = "。；;．. "
_COUNT = late("[0-9０-９]{1,4}[个条项件]")
"""What is in a bracket that counts: （6项，完成6项）."""


def line_status(text: str) -> Status | None:
    """The state that a line of its own gives (已经整改到位。), or None if the line says anything else."""
    if len(text) > _LINE:
        return None
    return _all_of(text)


def bracket_status(text: str) -> Status | None:
    """The state in a bracket at the end (…不够深入（已完成）), indexed in ``text``; its start follows the bracket."""
    body = text.rstrip("。；;，,、.：: ")
    if not body.endswith(("）", ")", "】", "]")):
        return None
    opened = max(body.rfind(mark) for mark in "（(【[")
    inner = body[opened + 1 : -1]
    if opened < 0 or not 0 < len(inner) <= _BRACKET:
        return None
    status = read_status(inner)
    if status is None or status.start > 6 or _COUNT.search(inner):
        return None
    return Status(status.state, status.long_term, opened + 1, opened + 1 + len(inner))


def leading_status(text: str) -> Status | None:
    """The state that the first clause of an answer gives (目前已整改，…), or None if it tells a measure."""
    match = _key().match(text)
    start = match.end() if match else 0
    end = min((at for mark in _CLAUSE_END if (at := text.find(mark, start)) >= 0), default=len(text))
    if not 0 < end - start <= _CLAUSE:
        return None
    status = _all_of(text[start:end])
    if status is None:
        return None
    sentence = text[start : _until(text, start)]
    if len(sentence) <= _LINE and (whole := _all_of(sentence)) and whole.long_term and not status.long_term:
        return Status(status.state, True, start + status.start, start + len(sentence))
    return Status(status.state, status.long_term, start + status.start, start + status.end)


def closing_status(text: str, clause: bool = False) -> Status | None:
    """The state that the last sentence of an answer gives (目前，该问题已整改到位。), or its last ``clause``."""
    body = text.rstrip(_MARKS)
    start = max(body.rfind(mark) for mark in ("。；;，," if clause else "。；;")) + 1
    match = _key().match(body, start)
    start = match.end() if match else start
    said = body[start:]
    if not said or len(said) > 30:
        return None
    status = _all_of(said.replace("，", " "))
    return (
        Status(status.state, status.long_term, start + status.start, start + status.end) if status else None
    )


def _until(text: str, start: int) -> int:
    return min((at for mark in "。；;" if (at := text.find(mark, start)) >= 0), default=len(text))


@kept_pattern
def _key() -> re.Pattern[str]:
    """整改情况： and the like at the beginning of an answer."""
    lists = words()
    every = alternatives([*lists["answer"], *lists["status"]])
    return re.compile(f"[：: \u3000]*(?:(?:{every})[：:])?")


@kept_pattern
def _filler() -> re.Pattern[str]:
    lists = words()
    return re.compile(f"(?:{alternatives([*lists['state_before'], *lists['state_after']])}|[，,。；;、 　])*")


def _all_of(said: str) -> Status | None:
    """The state of words that say nothing else than it: a subject such as 该问题 before and 长期坚持 after at most."""
    said = said.rstrip(_MARKS)
    status = read_status(said)
    if status is None:
        return None
    before, after = said[: status.start], said[status.end :]
    if not (_filler().fullmatch(before) and _filler().fullmatch(after)):
        return None
    return status
