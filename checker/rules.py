"""The rules: loaded from YAML files, checked, compiled, selected.

A rule file goes the way file → tree (:mod:`checker.rule_files`) → plain data (:mod:`checker.rule_shape`) →
:class:`Rule` (:mod:`checker.rule_compile`). The plain data, with the expressions' trees in it, can be kept and
compiled again with neither YAML nor Lark (:func:`compile_rules`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from checker import caching
from checker.diagnostics import CheckerError, Severity
from checker.messages import both
from checker.packs import digest
from checker.paths import is_file, is_folder
from checker.records import dataclass, replace
from checker.resources import folder
from checker.rule_compile import (
    Example,
    Judgement,
    Located,
    Rule,
    WordCheck,
    compile_rule,
    packed_rule,
    restore_rule,
)
from checker.rule_files import MAX_BYTES, RuleFileError, leads_out, read_tree, shown, suggest
from checker.rule_nodes import Plain
from checker.rule_shape import rules_of

__all__ = [
    "Example",
    "Judgement",
    "Located",
    "Rule",
    "RuleFileError",
    "RuleSet",
    "WordCheck",
    "compile_rules",
    "load_plain",
    "load_rules",
]

OFF = "off"
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in the order of their files; ids are unique."""

    rules: tuple[Rule, ...]

    def get(self, name: str) -> Rule:
        """The rule called ``name``. Raises CheckerError."""
        for rule in self.rules:
            if rule.id == name:
                return rule
        zh, en = suggest(name, [rule.id for rule in self.rules])
        raise CheckerError(both("rule.unknown", rule=name, suggestion={"zh": zh, "en": en}))

    def named(self, pattern: str) -> tuple[Rule, ...]:
        """The rules that ``pattern`` means: a rule, a family (``count``, ``count.*``), or ``ALL``.

        Raises CheckerError if it means none.
        """
        found = tuple(rule for rule in self.rules if _means(pattern, rule.id))
        if not found:
            ids = [rule.id for rule in self.rules]
            zh, en = suggest(pattern, [*dict.fromkeys(name.split(".")[0] for name in ids), *ids])
            raise CheckerError(both("rule.matches-nothing", rule=pattern, suggestion={"zh": zh, "en": en}))
        return found

    def restricted(
        self,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        severities: Mapping[str, str] | None = None,
    ) -> RuleSet:
        """The rules that ``select`` means (all if it is empty) less those of ``ignore``, with other severities.

        ``severities`` maps patterns to ``error``, ``warning``, ``info`` or ``off``; where several mean one rule the
        narrowest holds (the rule itself, then the longer pattern). Raises CheckerError for a pattern that means
        no rule and for an unknown severity.
        """
        chosen = (
            {rule.id for pattern in select or ("ALL",) for rule in self.named(pattern)}
            if self.rules
            else set()
        )
        chosen -= {rule.id for pattern in ignore for rule in self.named(pattern)}
        levels: dict[str, str] = {}
        for pattern, level in sorted((severities or {}).items(), key=lambda pair: len(pair[0])):
            _check_level(level)
            levels |= dict.fromkeys((rule.id for rule in self.named(pattern)), level)
        return RuleSet(
            tuple(
                _at_level(rule, levels.get(rule.id, ""))
                for rule in self.rules
                if rule.id in chosen and levels.get(rule.id) != OFF
            )
        )


def _means(pattern: str, rule: str) -> bool:
    return (
        pattern == rule
        or pattern.upper() == "ALL"
        or rule.startswith(f"{pattern}.")
        or fnmatchcase(rule, pattern)
    )


def _check_level(level: str) -> None:
    known = (*(severity.word for severity in Severity), OFF)
    if level not in known:
        zh, en = suggest(level, known)
        raise CheckerError({"zh": f"没有“{level}”这一级别{zh}", "en": f"“{level}” is no severity{en}"})


def _at_level(rule: Rule, level: str) -> Rule:
    if not level:
        return rule
    severity = Severity[level.upper()]
    checks = tuple(replace(check, severity=severity) for check in rule.checks)
    return replace(rule, severity=severity, checks=checks)


def load_rules(paths: Sequence[Path] = (), *, defaults: bool = True) -> RuleSet:
    """Our own rules (unless ``defaults`` is false) and those of ``paths``, which are folders or rule files.

    Raises RuleFileError with every fault that there is in any of them.
    """
    own = _loaded("ours", (folder("rules"),), RuleSet(())) if defaults else RuleSet(())
    if not paths:
        return own
    return RuleSet((*own.rules, *_loaded(contents(paths), paths, own).rules))


def _loaded(told: str | None, paths: Sequence[Path], known: RuleSet) -> RuleSet:
    """The rules of ``paths``, whose content ``told`` names, beside others; kept from run to run."""
    name = f"rules {bool(known.rules)} {told}"
    kept: list[Plain] | None = caching.fetch(name)
    if kept is not None and told is not None:
        return RuleSet(tuple(restore_rule(data) for data in kept))
    faults: list[CheckerError] = []
    plain = load_plain(paths, faults)
    ruleset = compile_rules(plain, faults, known)
    if told is not None:
        caching.keep(name, [packed_rule(data) for data in plain])
    return ruleset


def contents(paths: Sequence[Path]) -> str | None:
    """A name for all that the rule files in ``paths`` say and for what messages call them; None if they cannot be
    read."""
    parts: list[bytes] = []
    try:
        for path in paths:
            for file, data in data_of(path):
                parts += (os.fsencode(shown(file)), data)
    except OSError:
        return None
    return digest(b"\0".join(parts))


def data_of(path: Path) -> Iterator[tuple[Path, bytes]]:
    """All files that a folder of rules, or a rule file, consists of, and what they hold. Raises OSError."""
    whole = is_folder(path)
    for file in sorted([*path.glob("*"), *path.glob("lexicon/*")]) if whole else [path]:
        if is_file(file) or not whole:
            with file.open("rb") as opened:
                yield file, opened.read(MAX_BYTES + 1)


def load_plain(paths: Sequence[Path], faults: list[CheckerError]) -> list[Plain]:
    """The rules of ``paths`` as plain data; what is wrong with the files goes to ``faults``."""
    rules: list[Plain] = []
    for path in paths:
        lexicons = [path if is_folder(path) else path.parent, folder("rules")]
        for file in _files(path, faults):
            rules += rules_of(read_tree(file, faults), lexicons, faults)
    return rules


def _files(path: Path, faults: list[CheckerError]) -> list[Path]:
    """The rule files that ``path`` means; its lexicons lie in a folder of their own."""
    try:
        if not is_folder(path):
            return [path]
        files = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES and is_file(file))
    except OSError as error:
        reason = error.strerror or str(error)
        faults.append(CheckerError(both("folder.unreadable", reason=reason), shown(path)))
        return []
    for file in [file for file in files if leads_out(file, path)]:
        files.remove(file)
        message = {
            "zh": "是指到规则文件夹之外的链接，没有读",
            "en": "a link out of the folder of rules, which is not read",
        }
        faults.append(CheckerError(message, shown(file)))
    if not files and not faults and path != folder("rules"):
        message = {
            "zh": "文件夹里没有规则文件（.yaml）",
            "en": "there is no rule file (.yaml) in this folder",
        }
        faults.append(CheckerError(message, shown(path)))
    return files


def compile_rules(
    plain: Iterable[Plain], faults: Sequence[CheckerError] = (), known: RuleSet | None = None
) -> RuleSet:
    """The rules that plain data stands for, whose ids must differ from those of ``known``. Raises RuleFileError if
    there are ``faults`` or more are found."""
    found = list(faults)
    others = {rule.id: rule for rule in known.rules} if known is not None else {}
    rules: dict[str, Rule] = {}
    for data in plain:
        rule = compile_rule(data, found)
        first = rules.get(data["id"]) or others.get(data["id"])
        if first is not None:
            place = f"{first.path}:{first.line}"
            message = {
                "zh": f"规则名 {rule.id} 重复，{place} 已有",
                "en": f"duplicate id {rule.id}, first at {place}",
            }
            found.append(CheckerError(message, rule.path, rule.line, rule.column))
        elif rule.id:
            rules[rule.id] = rule
    if found:
        raise RuleFileError(found)
    return RuleSet(tuple(rules.values()))
