"""``check --fix`` and ``check --diff``: what was corrected, written back or shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

from checker.diagnostics import CheckerError
from checker.files import STDIN_NAME, Note, fault_of, is_remote
from checker.fixing import encoded
from checker.messages import both, failure
from checker.outcome import Checked, Run
from checker.writing import replace_file

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def write_corrections(run: Run) -> Run:
    """Write every correction to its file; what cannot be written is a fault."""
    faults: list[Note] = []
    done: list[Checked] = []
    for file in run.checked:
        try:
            done += [file] if _write(file) else []
        except CheckerError as error:
            faults.append(fault_of(error))
    return replace(run, faults=(*run.faults, *faults), notes=(*run.notes, *_told(done, "fix.done")))


def _write(file: Checked) -> bool:
    """Write one file back; False if there is nothing to write. Raises CheckerError."""
    if file.correction is None or file.source is None:
        return False
    if is_remote(file.path):
        raise failure("fix.remote", file.path)
    before = file.correction.before
    path = Path(file.path)
    try:
        if path.read_bytes() != encoded(before, before.text):
            raise failure("fix.changed", file.path)
        data = encoded(before, file.source.text)
    except (OSError, UnicodeError):
        raise failure("fix.changed", file.path) from None
    replace_file(path, data)
    return True


def difference(run: Run) -> tuple[str, Run]:
    """All corrections as a unified diff, and the run with what to tell of them."""
    changed = [file for file in run.checked if file.correction is not None]
    text = "".join(line for file in changed for line in _diff(file))
    return text, replace(run, notes=(*run.notes, *_told(changed, "fix.would")))


def difference_status(run: Run) -> int:
    """2 if something could not be done, 1 if anything is to be corrected, else 0."""
    if run.status == 2:
        return 2
    return int(any(file.correction is not None for file in run.checked))


def _diff(file: Checked) -> Iterator[str]:
    assert file.correction is not None and file.source is not None
    before, after = _LINE.findall(file.correction.before.text), _LINE.findall(file.source.text)
    for line in unified_diff(before, after, file.path, file.path):
        yield line
        if not line.endswith(("\n", "\r")):
            yield "\n\\ No newline at end of file\n"


def _told(files: Sequence[Checked], key: str) -> list[Note]:
    """How often what was corrected in each file, and in all of several."""
    notes = []
    total = 0
    for file in files:
        assert file.correction is not None
        rules = Counter(file.correction.rules)
        count = rules.total()
        total += count
        shown = {
            "zh": "、".join(f"{rule} {number}" for rule, number in sorted(rules.items())),
            "en": ", ".join(f"{rule} {number}" for rule, number in sorted(rules.items())),
        }
        notes.append(Note(file.path or STDIN_NAME, both(key, count=count, rules=shown)))
    if len(files) > 1:
        notes.append(Note("", both(f"{key}-all", files=len(files), count=total)))
    return notes
