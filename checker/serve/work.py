"""What a worker process does with reports: check, show, save. Every function takes and returns plain values."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from checker.checking import check_source, ruleset_of
from checker.config import settings_for
from checker.diagnostics import CheckerError, Diagnostic, Text
from checker.files import Note, fault_of
from checker.fixing import edits_of, fix_source
from checker.outcome import Checked, Run, View
from checker.output import render
from checker.output.html import filters
from checker.output.html_report import VERDICTS, badges, render_report, section, title_of
from checker.readers import READERS, read_bytes, suffix_of
from checker.rule_files import RuleFileError
from checker.serve.outline import outline_html
from checker.serve.words import word, words
from checker.settings import Override, Settings

_TEXT = "checker.readers.text"
_TIME = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Upload:
    """A report as it came: a name without folders, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Setup:
    """Where settings come from: as for ``zhenggai check`` in the folder where the server was started."""

    override: Override
    config: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A report in one row. ``verdicts`` and ``counts`` are how many figures agree or not, as in
    :data:`VERDICTS`, and how many errors, warnings and notes were found."""

    title: str
    verdicts: tuple[int, ...]
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as the fragments of its page, all HTML but ``title``, ``found`` and ``text``. ``text`` is None
    where it cannot be edited; ``fixes`` are the safe corrections in it."""

    summary: Summary
    title: str
    badges: str
    found: str
    filters: str
    outline: str
    section: str
    text: str | None
    fixes: int


class Failed(Exception):
    """A report could not be checked, and what to tell of it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message


def editable(name: str) -> bool:
    """Whether a report of this name is plain text, which can be edited as it is."""
    return READERS.get(suffix_of(name), _TEXT) == _TEXT


def prepare(setup: Setup) -> None:
    """Load grammars and rules. Raises CheckerError or RuleFileError."""
    settings = settings_for("warm-up.txt", setup.config, setup.override)
    ruleset_of(settings)
    with suppress(CheckerError):
        check_source(read_bytes("关于整改情况的通报\n".encode(), "warm-up.txt"), settings, keep_document=True)


def summarize(upload: Upload, setup: Setup) -> Summary:
    """Check a report. Raises Failed."""
    return _summary(_checked(upload, setup))


def _summary(checked: Checked) -> Summary:
    document = checked.document
    assert document is not None
    verdicts = [account.verdict for account in document.accounts]
    severities = [one.severity.word for one in checked.diagnostics]
    errors, warnings, notes = (severities.count(name) for name in ("error", "warning", "info"))
    title = title_of(checked) if document.title is not None else ""
    return Summary(title, tuple(verdicts.count(one) for one in VERDICTS), (errors, warnings, notes))


def show(upload: Upload, setup: Setup, lang: str) -> Shown:
    """The page of a report. Raises Failed."""
    checked = _checked(upload, setup)
    document, source = checked.document, checked.source
    assert document is not None and source is not None
    parts = render_report(checked, 1, lang)
    found = [
        f"{word(f'column.{name}', lang)} {count}"
        for name in ("error", "warning", "info")
        if (count := sum(one.severity.word == name for one in checked.diagnostics))
    ]
    return Shown(
        _summary(checked),
        parts.title,
        badges(checked, lang),
        ", ".join(found) or "0",
        filters([checked], lang),
        outline_html(document, 1, lang),
        section(parts, 1, lang),
        source.text if editable(upload.name) else None,
        sum(1 for _ in edits_of(checked)),
    )


def correct(upload: Upload, setup: Setup) -> str:
    """The text with its safe corrections. Raises Failed, also for what is no text."""
    if not editable(upload.name):
        raise Failed(words("error.text"))
    source = _checked(upload, setup).source
    assert source is not None
    corrected = fix_source(source, settings_for(upload.name, setup.config, setup.override)).source
    assert corrected is not None
    return corrected.text


def save(uploads: Sequence[Upload], setup: Setup, form: str, lang: str) -> bytes:
    """The reports as a file: ``word`` and ``word-fixed`` for the first one, else all of them in ``html``,
    ``xlsx``, ``json`` or, as every kind together, ``zip``. Raises Failed."""
    checked: list[Checked] = []
    faults: list[Note] = []
    for upload in uploads:
        try:
            checked.append(_checked(upload, setup))
        except Failed as error:
            faults.append(Note(upload.name, error.message))
    if not checked:
        raise Failed(faults[0].message if faults else words("error.nothing"))
    run = Run(tuple(checked), tuple(faults), tuple(note for file in checked for note in file.notes))
    try:
        return _zip(run, lang) if form == "zip" else _rendered(run, form, lang)
    except CheckerError as error:
        raise Failed(error.message) from None


def _rendered(run: Run, form: str, lang: str) -> bytes:
    name, _, fixed = form.partition("-")
    rendered = render(name, run, View(lang, fix=bool(fixed)))
    if isinstance(rendered, str):
        return rendered.encode("utf-8", "backslashreplace")
    return rendered if isinstance(rendered, bytes) else next(iter(rendered.values()))


def _zip(run: Run, lang: str) -> bytes:
    """Every report as Word, and all of them as a page, a workbook and JSON; without what needs an extra that
    is not installed."""
    files: dict[str, bytes] = {}
    with suppress(CheckerError, ImportError):
        rendered = render("word", run, View(lang))
        assert not isinstance(rendered, str | bytes)
        files |= {PurePath(name).name: data for name, data in rendered.items()}
    names = {"html": "saved.reports", "xlsx": "saved.overview", "json": "saved.reports"}
    for form, name in names.items():
        with suppress(CheckerError):
            files[f"_{word(name, lang)}.{form}"] = _rendered(run, form, lang)
    packed = BytesIO()
    with ZipFile(packed, "w") as target:
        for name, data in files.items():
            entry = ZipInfo(name, _TIME)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, data)
    return packed.getvalue()


def _checked(upload: Upload, setup: Setup) -> Checked:
    try:
        settings = settings_for(upload.name, setup.config, setup.override)
        source = read_bytes(upload.data, upload.name)
        checked = check_source(source, settings, keep_document=True)
    except RuleFileError as error:
        print(error, file=sys.stderr)
        raise Failed(words("error.setup")) from None
    except CheckerError as error:
        fault = fault_of(error)
        if fault.path not in (upload.name, ""):
            print(error.describe("en"), file=sys.stderr)
            raise Failed(words("error.setup")) from None
        raise Failed(fault.message) from None
    found = tuple(_without_folders(one, settings) if one.crash else one for one in checked.diagnostics)
    return replace(checked, source=source, diagnostics=found)


def _without_folders(crash: Diagnostic, settings: Settings) -> Diagnostic:
    """A finding about a faulty rule names its file: without the folders of this machine."""
    message = dict(crash.message)
    for folder in settings.rules:
        for shown in (folder, folder.absolute(), folder.resolve()):
            message = {lang: text.replace(f"{shown.as_posix()}/", "") for lang, text in message.items()}
    return replace(crash, message=message)
