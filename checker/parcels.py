"""What is sent to whoever checks elsewhere, and what comes back: plain values that assume nothing of this machine.

Settings travel with each report, rules of one's own with all that their folder holds. What is checked there is named
as it would be here.
"""

from __future__ import annotations

import atexit
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from checker import caching
from checker.diagnostics import Diagnostic, Text
from checker.files import Note, is_remote, printable
from checker.jobs import Plan, check_one
from checker.messages import failure
from checker.outcome import Checked, Correction, Result, Unchecked
from checker.packs import digest
from checker.records import dataclass, replace
from checker.rule_files import shown
from checker.rules import data_of
from checker.settings import Settings
from checker.source import Source

_FOLDER = "zhenggai-rules"


@dataclass(frozen=True, slots=True)
class Rules:
    """A folder of rules, or a rule file for which ``folder`` is false: each file's place in the folder, what messages
    call it, and what it holds."""

    folder: bool
    files: tuple[tuple[str, str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One report to check: where it is opened, what it is called, and how to check it."""

    path: str
    name: str
    settings: Settings
    rules: tuple[Rules, ...]


def packed(path: str, settings: Settings, rules: tuple[Rules, ...]) -> Parcel:
    """The report ``path``, with ``settings`` that are :func:`portable`."""
    return Parcel(path if is_remote(path) else str(Path(path).absolute()), path, settings, rules)


def portable(settings: Settings) -> tuple[Settings, tuple[Rules, ...]]:
    """Settings that mean the same in any folder, and the rules that go with them. Raises CheckerError."""
    allow = tuple(replace(entry, folder=entry.folder.absolute()) for entry in settings.allow)
    rules = tuple(_rules(path.absolute()) for path in settings.rules)
    return replace(settings, allow=allow, rules=(), per_path=()), rules


def _rules(path: Path) -> Rules:
    root = path if path.is_dir() else path.parent
    try:
        files = [(file.relative_to(root).as_posix(), shown(file), data) for file, data in data_of(path)]
        if root != path:
            beside = [entry for entry in (root / "lexicon").glob("*") if entry.is_file()]
            files += [(f"lexicon/{entry.name}", shown(entry), entry.read_bytes()) for entry in beside]
    except OSError as error:
        raise failure("path.unreadable", shown(path), reason=error.strerror or str(error)) from None
    return Rules(root == path, tuple(files))


def check_parcels(parcels: Sequence[Parcel], plan: Plan) -> list[Result]:
    """The result of each; what a worker runs, which may have other work later."""
    pausing = caching.enabled() and not plan.cache
    if pausing:
        caching.disable()
    try:
        return [_checked(one, plan) for one in parcels]
    finally:
        if pausing:
            caching.enable()


def _checked(parcel: Parcel, plan: Plan) -> Result:
    names = {printable(parcel.path): printable(parcel.name)}
    folders = []
    for rules in parcel.rules:
        folder = _unpacked(rules)
        folders.append(folder if rules.folder else folder / rules.files[0][0])
        names |= {shown(folder / file): name for file, name, _ in rules.files}
    settings = replace(parcel.settings, rules=tuple(folders))
    return renamed(check_one(parcel.path, settings, plan), names)


@lru_cache(maxsize=64)
def _unpacked(rules: Rules) -> Path:
    """A folder with the files of ``rules``: where things are kept from run to run, else until this process ends."""
    if caching.enabled():
        name = digest(repr(rules).encode("utf-8", "surrogatepass"))
        for folder in caching.folders():
            place = folder / _FOLDER / name
            if _holds(place, rules) or (_filled(place, rules) and _holds(place, rules)):
                return place
    place = Path(mkdtemp(prefix=f"{_FOLDER}-"))
    atexit.register(rmtree, place, ignore_errors=True)
    _write(place, rules)
    return place


def _holds(place: Path, rules: Rules) -> bool:
    """Whether a folder holds the files of ``rules`` as they are, and no others."""
    try:
        found = {file.relative_to(place).as_posix(): data for file, data in data_of(place)}
    except OSError:
        return False
    return found == {name: data for name, _, data in rules.files}


def _filled(place: Path, rules: Rules) -> bool:
    """Make a folder with the files of ``rules`` at once or not at all; whether it is there."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(prefix=f"{place.name}.", dir=place.parent))
        try:
            _write(draft, rules)
            draft.rename(place)
        except OSError:
            rmtree(draft, ignore_errors=True)
            return place.is_dir()
    except OSError:
        return False
    return True


def _write(folder: Path, rules: Rules) -> None:
    for name, _, data in rules.files:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)


def renamed(result: Result, names: Mapping[str, str]) -> Result:
    """``result`` with files called otherwise: reports, and rule files in what is told of a fault of theirs."""
    if all(old == new for old, new in names.items()):
        return result
    if isinstance(result, Unchecked):
        return Unchecked(names.get(result.path, result.path), _notes(result.faults, names))
    correction = result.correction
    document = result.document
    return Checked(
        names.get(result.path, result.path),
        tuple(_finding(one, names) for one in result.diagnostics),
        result.failed,
        result.crashed,
        result.allowed,
        _notes(result.notes, names),
        _source(result.source, names),
        None if document is None else replace(document, source=_named(document.source, names)),
        result.reasons,
        result.fail_on,
        _notes(result.faults, names),
        None if correction is None else Correction(_named(correction.before, names), correction.rules),
    )


def _finding(one: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    message = _message(one.message, names) if one.crash else one.message
    return replace(one, path=names.get(one.path, one.path), message=message)


def _message(message: Text, names: Mapping[str, str]) -> Text:
    told = dict(message)
    for old, new in names.items():
        told = {lang: text.replace(old, new) for lang, text in told.items()}
    return told


def _notes(notes: Sequence[Note], names: Mapping[str, str]) -> tuple[Note, ...]:
    return tuple(replace(note, path=names.get(note.path, note.path)) for note in notes)


def _source(source: Source | None, names: Mapping[str, str]) -> Source | None:
    return None if source is None else _named(source, names)


def _named(source: Source, names: Mapping[str, str]) -> Source:
    return replace(source, path=names.get(source.path, source.path))
