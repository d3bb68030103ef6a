"""One report from its source to its findings: read, lint, apply what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from checker.diagnostics import Diagnostic
from checker.files import STDIN_NAME, Note, load
from checker.linter import lint
from checker.messages import failure
from checker.outcome import Checked, Reason
from checker.reading import read
from checker.rules import RuleSet, load_rules
from checker.settings import Allow, Settings, allow_covers, rule_matches
from checker.source import Source

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
    """Check the file ``path`` (``-``: standard input). Raises CheckerError or RuleFileError."""
    ruleset = ruleset_of(settings)
    source = load(path, max_size=settings.max_size, stdin_name=stdin_name)
    return _checked(source, settings, ruleset, keep_source, keep_document)


def check_source(source: Source, settings: Settings, *, keep_document: bool = False) -> Checked:
    """Check a report at hand. Raises RuleFileError."""
    return _checked(source, settings, ruleset_of(settings), False, keep_document)


def _checked(
    source: Source, settings: Settings, ruleset: RuleSet, keep_source: bool, keep_document: bool
) -> Checked:
    document = read(source, settings.genre)
    findings = lint(document, ruleset)
    entries = [entry for entry in settings.allow if allow_covers(entry, source.path)]
    kept: list[Diagnostic] = []
    used: set[tuple[str, int, int]] = set()
    for finding in findings:
        covering = [entry for entry in entries if covers(entry, finding, source)]
        used.update((entry.file, entry.line, entry.column) for entry in covering)
        if not covering or finding.crash:
            kept.append(finding)
    level = settings.fail_on
    return Checked(
        source.path,
        tuple(sorted(kept, key=Diagnostic.sort_key)),
        failed=level is not None and any(one.severity >= level for one in kept),
        crashed=any(one.crash for one in kept),
        allowed=frozenset(used),
        notes=tuple(Note(source.path, {"zh": zh, "en": en}) for zh, en in source.notes),
        source=source if keep_source else None,
        document=document if keep_document else None,
        fail_on=level,
        reasons=reasons_of(ruleset, kept) if keep_source or keep_document else (),
    )


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
    return load_rules(folders)


def forget() -> None:
    """Load rules anew, as their files may have changed."""
    _ruleset.cache_clear()
    _all_rules.cache_clear()
