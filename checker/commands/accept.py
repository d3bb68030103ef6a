"""``check --write-allow``: today's findings as allow entries of the configuration in force."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checker.allowing import Entry, entry_of, with_entries
from checker.config import FILE_NAME, find_config
from checker.diagnostics import CheckerError
from checker.files import Note, fault_of, is_remote, printable
from checker.messages import both, failure, say
from checker.outcome import Checked, Run
from checker.writing import replace_file


def write_allow(run: Run, target: str | None, lang: str) -> Run:
    """Add an entry for every finding to ``target``, or without one to the configuration nearest to each file
    (a new one in the working folder if there is none); what cannot be recorded is a fault."""
    faults: list[Note] = []
    notes: list[Note] = []
    entries: dict[Path, dict[Entry, None]] = {}
    for file in run.checked:
        place = Path(target) if target else _configuration(file.path)
        try:
            found = _entries(file, place, say("allow.reason", lang))
        except CheckerError as error:
            faults.append(fault_of(error))
            continue
        if found:
            entries.setdefault(place, {}).update(dict.fromkeys(found))
    for place, wanted in entries.items():
        try:
            _write(place, list(wanted))
        except CheckerError as error:
            faults.append(fault_of(error))
            continue
        notes.append(Note(printable(_shown(place)), both("allow.written", count=len(wanted))))
    if not notes and not faults and not run.faults:
        notes.append(Note("", both("allow.nothing")))
    return replace(run, faults=(*run.faults, *faults), notes=(*run.notes, *notes))


def _configuration(path: str) -> Path:
    """The configuration that is in force for ``path``, or the one that would be if it were there."""
    here = Path.cwd()
    folder = here if is_remote(path) else Path(path).absolute().parent
    return find_config(folder) or (here if folder.is_relative_to(here) else folder) / FILE_NAME


def _entries(file: Checked, place: Path, reason: str) -> list[Entry]:
    found = [one for one in file.diagnostics if not one.crash]
    if not found:
        return []
    if is_remote(file.path):
        return [entry_of(one, file.source, file.path, reason) for one in found]
    folder = place.absolute().parent
    path = Path(file.path).absolute()
    if not path.is_relative_to(folder):
        raise failure("config.outside", _shown(place), path=file.path)
    relative = path.relative_to(folder).as_posix()
    return [entry_of(one, file.source, relative, reason) for one in found]


def _write(place: Path, entries: list[Entry]) -> None:
    name = _shown(place)
    try:
        data = place.read_bytes() if place.exists() else b""
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise failure("path.unreadable", name, reason=error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise failure("allow.encoding", name) from None
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    replace_file(place, mark + with_entries(text, entries, name).encode("utf-8"))


def _shown(place: Path) -> str:
    path = place.absolute()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
