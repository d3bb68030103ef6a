"""A draft that is open in an editor, and what checking it came to. Runs in a thread of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from checker import checking, config
from checker.diagnostics import CheckerError
from checker.files import Note, fault_of, size_words
from checker.messages import both, failure
from checker.outcome import Checked
from checker.readers import READERS, suffix_of
from checker.records import dataclass, replace
from checker.rule_files import RuleFileError
from checker.rules import RuleSet
from checker.settings import Override
from checker.source import Source

CONFIGURATIONS = (config.FILE_NAME, config.TABLE_NAME)
_TEXT = "checker.readers.text"
_OURS = (".yaml", ".yml", ".toml")


@dataclass(frozen=True, slots=True)
class Options:
    """What the editor may set: ``lang`` (zh, en), ``hints`` shown or not, ``config`` instead of the one found."""

    lang: str = "zh"
    hints: bool = False
    config: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as the editor has it: ``version`` as it counts; the path in ``source`` is that of its file, or where
    a file with no name yet would lie; ``report`` is false for configurations, rules and what is no plain text."""

    uri: str
    version: int | None
    source: Source
    report: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """What checking a draft came to: ``checked`` with its document and ``ruleset``, or the ``faults`` for which it
    could not be checked; none of them where there is nothing to check."""

    draft: Draft
    checked: Checked | None = None
    ruleset: RuleSet | None = None
    faults: tuple[Note, ...] = ()


def options_from(given: object, options: Options) -> Options:
    """``options`` with what an editor sent (``{"lang": …, "inlayHints": …, "config": …}``, perhaps under
    ``zhenggai``); anything else in it is passed over."""
    found: Any = given.get("zhenggai", given) if isinstance(given, Mapping) else {}
    if not isinstance(found, Mapping):
        return options
    if found.get("lang") in ("zh", "en"):
        options = replace(options, lang=found["lang"])
    if isinstance(found.get("inlayHints"), bool):
        options = replace(options, hints=found["inlayHints"])
    if "config" in found and isinstance(found["config"], str | None):
        options = replace(options, config=found["config"] or None)
    return options


def draft_of(uri: str, path: str | None, folder: str, version: int | None, language: str, text: str) -> Draft:
    """The draft ``uri``, whose file is ``path`` (None: it has none, and would lie in ``folder``)."""
    place = path or str(Path(folder) / (PurePath(uri.rpartition(":")[2]).name or "untitled"))
    suffix = suffix_of(place)
    markdown = suffix in (".md", ".markdown") or (path is None and language == "markdown")
    report = READERS.get(suffix, _TEXT) == _TEXT and suffix not in _OURS
    return Draft(uri, version, Source(place, text, "markdown" if markdown else "text"), report)


def analyse(draft: Draft, given: str | None) -> Analysis:
    """Check a draft with the configuration ``given``, or the one found as on the command line. Raises nothing."""
    if not draft.report or not draft.source.text.strip():
        return Analysis(draft)
    try:
        settings = config.settings_for(draft.source.path, given, Override())
        if len(draft.source.text.encode("utf-8", "surrogatepass")) > settings.max_size:
            raise failure("file.large", draft.source.path, limit=size_words(settings.max_size))
        checked = checking.check_source(draft.source, settings, keep_document=True)
        return Analysis(draft, replace(checked, source=draft.source), checking.ruleset_of(settings))
    except RuleFileError as error:
        return Analysis(draft, faults=tuple(fault_of(fault) for fault in error.faults))
    except CheckerError as error:
        return Analysis(draft, faults=(fault_of(error),))
    except Exception as error:
        told = both("internal", error=f"{type(error).__name__}: {error}")
        return Analysis(draft, faults=(Note(draft.source.path, told),))


def stamp_of(path: str, given: str | None) -> tuple[object, ...]:
    """Something that changes when the configuration in force for ``path`` does."""
    folders = Path(path).absolute().parents
    candidates = [Path(given)] if given else [folder / name for folder in folders for name in CONFIGURATIONS]
    return tuple(_stamp(candidate) for candidate in candidates)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
