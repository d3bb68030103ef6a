"""``zhenggai facts`` and ``zhenggai reconcile``: one report, understood."""

from __future__ import annotations

import argparse

from checker.commands.check import override_of
from checker.config import settings_for
from checker.document import Document
from checker.files import STDIN_NAME, Note, load
from checker.outcome import View
from checker.reading import read
from checker.writing import tell, view_of, write


def run(arguments: argparse.Namespace) -> int:
    """Read the report and print what was asked for. Raises CheckerError or RuleFileError."""
    name = arguments.stdin_filename or STDIN_NAME
    settings = settings_for(arguments.path, arguments.config, override_of(arguments), name)
    source = load(arguments.path, max_size=settings.max_size, stdin_name=name)
    document = read(source, settings.genre)
    view = view_of(arguments, to_file=arguments.output is not None)
    as_json = arguments.format == "json"
    write(_rendered(document, arguments.command, view, as_json), arguments.output, machine=as_json)
    notes = [Note(source.path, {"zh": zh, "en": en}) for zh, en in source.notes]
    tell(notes, "cli.note", arguments.lang)
    return 0


def _rendered(document: Document, command: str, view: View, as_json: bool) -> str:
    if as_json:
        from checker.output.facts import facts_json
        from checker.output.reconcile import reconcile_json

        return facts_json(document) if command == "facts" else reconcile_json(document)
    from checker.output.tables import facts_page, reconcile_page

    return facts_page(document, view) if command == "facts" else reconcile_page(document, view)
