"""Findings and runs made by hand, for tests of what shows them."""

from __future__ import annotations

from collections.abc import Sequence

from checker.diagnostics import Diagnostic, Fix, Related, Severity
from checker.files import Note
from checker.outcome import Checked, Run
from checker.source import Position, Source


def finding(
    source: Source,
    words: str,
    rule: str = "demo.word",
    severity: Severity = Severity.WARNING,
    zh: str = "此处有误",
    *,
    nth: int = 0,
    related: Sequence[str] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A finding at the ``nth`` place where ``words`` stand in the source; its message, and in English ``wrong``."""
    start, end = place(source, words, nth)
    others = tuple(
        Related({"zh": f"参见“{other}”", "en": f"see “{other}”"}, *place(source, other)) for other in related
    )
    message = {"zh": zh, "en": "wrong"}
    return Diagnostic(
        source.path, rule, severity, message, start, end, excerpt=words, related=others, fix=fix
    )


def place(source: Source, words: str, nth: int = 0) -> tuple[Position, Position]:
    """Where ``words`` begin and end for the ``nth`` time."""
    offset = -1
    for _ in range(nth + 1):
        offset = source.text.index(words, offset + 1)
    return source.position(offset), source.position(offset + len(words))


def checked(source: Source, *findings: Diagnostic) -> Checked:
    """A checked file with these findings, as with ``fail-on: warning``."""
    failed = any(one.severity >= Severity.WARNING for one in findings)
    return Checked(
        source.path,
        tuple(sorted(findings, key=Diagnostic.sort_key)),
        failed,
        any(one.crash for one in findings),
        source=source,
    )


def sample() -> Run:
    """Two files, four findings of three rules, and a file that could not be read."""
    draft = Source(
        "草稿.txt", "关于整改的通报\n反馈问题35个，已完成33个，正在整改3个。\n联系电话：88001234\n"
    )
    clean = Source("好.txt", "通报\n")
    return Run(
        (
            checked(
                draft,
                finding(draft, "35个", "count.sum", Severity.ERROR, "称共35个", related=["33个", "3个"]),
                finding(draft, "通报", zh="“通报”\n换行", fix=Fix("公告", True)),
                finding(draft, "电话", "demo.note", Severity.INFO, "有[bold]电话[/1]"),
            ),
            checked(clean),
        ),
        (Note("坏.txt", {"zh": "读不了", "en": "unreadable"}, 3, 4),),
    )
