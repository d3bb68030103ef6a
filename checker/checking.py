"""One report from its source to its findings: read, lint, apply what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from checker import results
from checker.diagnostics import CheckerError, Diagnostic
from checker.files import STDIN_NAME, Note, contents_of
from checker.messages import failure
from checker.outcome import Checked, Reason
from checker.readers import read_bytes
from checker.results import Result
from checker.settings import Allow, Settings, allow_covers, rule_matches
from checker.source import Source

if TYPE_CHECKING:
    from checker.document import Document
    from checker.rules import RuleSet

_AROUND = 1000
"""So many characters on either side of a finding are looked at for the words of an allow entry."""


def check_path(
    path: str,
    settings: Settings,
    stdin_name: str = STDIN_NAME,
    *,
    keep_source: bool = False,
    keep_document: bool = False,
) -> Checked:
    """Check the file ``path`` (``-``: standard input). Raises CheckerError or RuleFileError.

    What is known of a file with this content is not worked out again, unless ``keep_document``.
    """
    try:
        data, name = contents_of(path, max_size=settings.max_size, stdin_name=stdin_name)
    except CheckerError:
        ruleset_of(settings)  # a fault of the rules comes first
        raise
    key = results.name_of(data, name, settings)
    known = None if keep_document else results.fetch(key, name)
    if known is not None:
        return _of_result(known, data, name, settings, keep_source)
    ruleset_of(settings)
    source = read_bytes(data, name)
    result, document = _found(source, settings)
    results.keep(key, result)
    return _checked(result, settings, source, name, keep_source, document if keep_document else None)


def known_path(path: str, settings: Settings, *, keep_source: bool = False) -> tuple[str, Checked | None]:
    """The name under which the result of a file is kept ("" if it is not), and what :func:`check_path` will give, if
    that is known from an earlier run. Raises CheckerError."""
    data, name = contents_of(path, max_size=settings.max_size)
    key = results.name_of(data, name, settings)
    known = results.fetch(key, name)
    return key, None if known is None else _of_result(known, data, name, settings, keep_source)


def check_source(source: Source, settings: Settings, *, keep_document: bool = False) -> Checked:
    """Check a report at hand. Raises RuleFileError."""
    result, document = _found(source, settings)
    return _checked(result, settings, source, source.path, False, document if keep_document else None)


def _found(source: Source, settings: Settings) -> tuple[Result, Document]:
    from checker.linter import lint
    from checker.reading import read

    ruleset = ruleset_of(settings)
    document = read(source, settings.genre)
    return Result(lint(document, ruleset), source.notes), document


def _of_result(known: Result, data: bytes, name: str, settings: Settings, keep_source: bool) -> Checked:
    """The outcome of a known result; the file is read again only if its text is wanted."""
    covered = any(allow_covers(entry, name) for entry in settings.allow)
    source = read_bytes(data, name) if keep_source or covered else None
    return _checked(known, settings, source, name, keep_source, None)


def _checked(
    result: Result,
    settings: Settings,
    source: Source | None,
    name: str,
    keep_source: bool,
    document: Document | None,
) -> Checked:
    entries = [entry for entry in settings.allow if allow_covers(entry, name)]
    kept, used = _allowed(result.diagnostics, entries, source) if entries else (result.diagnostics, set())
    level = settings.fail_on
    return Checked(
        name,
        kept,
        failed=level is not None and any(one.severity >= level for one in kept),
        crashed=any(one.crash for one in kept),
        allowed=frozenset(used),
        notes=tuple(Note(name, {"zh": zh, "en": en}) for zh, en in result.notes),
        source=source if keep_source else None,
        document=document,
        fail_on=level,
        reasons=() if document is None else reasons_of(ruleset_of(settings), kept),
    )


def _allowed(
    findings: Sequence[Diagnostic], entries: Sequence[Allow], source: Source | None
) -> tuple[tuple[Diagnostic, ...], set[tuple[str, int, int]]]:
    """The findings that no entry accepts, and the places of the entries that accept one."""
    kept: list[Diagnostic] = []
    used: set[tuple[str, int, int]] = set()
    for finding in findings:
        covering = [entry for entry in entries if covers(entry, finding, source)]
        used.update((entry.file, entry.line, entry.column) for entry in covering)
        if not covering or finding.crash:
            kept.append(finding)
    return tuple(kept), used


def reasons_of(ruleset: RuleSet, findings: Sequence[Diagnostic]) -> tuple[Reason, ...]:
    """What the rules say of themselves that found something, in the order of the rules."""
    found = {finding.rule for finding in findings}
    return tuple(
        Reason(rule.id, rule.why, rule.basis, rule.severity, rule.bad[0].text, rule.good[0].text)
        for rule in ruleset.rules
        if rule.id in found
    )


def covers(entry: Allow, finding: Diagnostic, source: Source | None = None) -> bool:
    """Whether an allow entry accepts a finding: its rule, and its words, blanks aside, within what is meant; or
    in ``source`` around it, where they are more words than those."""
    if not rule_matches(entry.rule, finding.rule):
        return False
    words, meant = "".join(entry.text.split()), "".join(finding.excerpt.split())
    if words in meant:
        return True
    if source is None or meant not in words:
        return False
    start, end = finding.span
    before = "".join(source.text[max(start - _AROUND, 0) : start].split())[-len(words) :]
    after = "".join(source.text[end : end + _AROUND].split())[: len(words)]
    around = before + meant + after
    first = around.find(words, max(len(before) + len(meant) - len(words), 0))
    return 0 <= first <= len(before)


def ruleset_of(settings: Settings) -> RuleSet:
    """The rules in force, loaded once for equal settings. Raises RuleFileError or CheckerError."""
    folders = tuple(path.absolute() for path in settings.rules)
    return _ruleset(folders, settings.select, settings.ignore, settings.severity)


@lru_cache(maxsize=32)
def _ruleset(
    folders: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[tuple[str, str], ...],
) -> RuleSet:
    ruleset = _all_rules(folders).restricted(select, ignore, dict(severity))
    if not ruleset.rules:
        raise failure("rules.none-left")
    return ruleset


@lru_cache(maxsize=8)
def _all_rules(folders: tuple[Path, ...]) -> RuleSet:
    from checker.rules import load_rules

    return load_rules(folders)


def forget() -> None:
    """Load rules anew, as their files may have changed."""
    _ruleset.cache_clear()
    _all_rules.cache_clear()
