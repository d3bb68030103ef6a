"""What an editor offers to do about a finding: correct it, or accept it with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lsprotocol import types

from checker.allowing import entry_of, with_entries
from checker.config import FILE_NAME, find_config
from checker.diagnostics import CheckerError, Diagnostic
from checker.fixing import edits_of
from checker.lsp.drafts import Analysis, Draft
from checker.lsp.findings import findings_in
from checker.lsp.places import range_of
from checker.lsp.words import lsp_word
from checker.messages import say
from checker.outcome import Checked
from checker.records import dataclass, replace
from checker.source import Source

OPEN_ALLOW = "zhenggai.openAllow"
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.zhenggai"
_MOST = 8
"""No more findings than this are offered to be accepted at a time."""


@dataclass(frozen=True, slots=True)
class Client:
    """What matters of an editor: ``encoding`` of positions; whether it takes edits with versions (``versions``),
    creates files in an edit (``creates``), opens a document when asked (``shows``); its ``folders``."""

    encoding: str = "utf-16"
    lang: str = "zh"
    versions: bool = False
    creates: bool = False
    shows: bool = False
    folders: tuple[str, ...] = ()


def actions(
    analysis: Analysis,
    start: int,
    end: int,
    told: Sequence[types.Diagnostic],
    only: Sequence[str],
    given: str | None,
    open_texts: dict[Path, str],
    client: Client,
) -> list[types.CodeAction]:
    """What can be done about the findings between ``start`` and ``end``, of the kinds ``only`` (empty: all).

    ``told`` are the editor's own diagnostics there; ``given`` is the configuration given, ``open_texts`` are the
    configurations that the editor has open.
    """
    file = analysis.checked
    if file is None:
        return []
    found: list[types.CodeAction] = []
    here = list(findings_in(analysis, start, end))
    if _wanted(types.CodeActionKind.QuickFix, only):
        found += [_fix(analysis.draft, one, told, client) for one in here if _fixable(file, one)]
        for one in [one for one in here if not one.crash][:_MOST]:
            found += _accept(file, one, told, given, open_texts, client)
    if _wanted(FIX_ALL, only):
        edits = () if file.crashed else tuple(edits_of(file))
        if edits:
            title = lsp_word("fix.all", client.lang, count=len(edits))
            edit = _edit_of(analysis.draft, edits, client)
            found.append(types.CodeAction(title, kind=FIX_ALL, edit=edit))
    return found


def _wanted(kind: str, only: Sequence[str]) -> bool:
    return not only or any(kind == one or kind.startswith(f"{one}.") or one == "" for one in only)


def _fixable(file: Checked, one: Diagnostic) -> bool:
    """Whether ``--fix`` would correct this finding, were it the only one."""
    return not file.crashed and any(edits_of(replace(file, diagnostics=(one,))))


def _fix(draft: Draft, one: Diagnostic, told: Sequence[types.Diagnostic], client: Client) -> types.CodeAction:
    assert one.fix is not None
    key, text = ("fix", one.fix.replacement) if one.fix.replacement else ("fix.delete", one.excerpt)
    return types.CodeAction(
        lsp_word(key, client.lang, text=text),
        kind=types.CodeActionKind.QuickFix,
        diagnostics=_told(draft.source, one, told, client),
        is_preferred=True,
        edit=_edit_of(draft, (one,), client),
    )


def _told(
    source: Source, one: Diagnostic, told: Sequence[types.Diagnostic], client: Client
) -> list[types.Diagnostic]:
    """The editor's own diagnostics for a finding."""
    place = range_of(source, *one.span, client.encoding)
    return [diagnostic for diagnostic in told if diagnostic.code == one.rule and diagnostic.range == place]


def _edit_of(draft: Draft, edits: Sequence[Diagnostic], client: Client) -> types.WorkspaceEdit:
    changes = [
        types.TextEdit(range_of(draft.source, *one.span, client.encoding), one.fix.replacement)
        for one in edits
        if one.fix is not None
    ]
    if not client.versions:
        return types.WorkspaceEdit(changes={draft.uri: changes})
    whose = types.OptionalVersionedTextDocumentIdentifier(draft.uri, draft.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(whose, changes)])


# --- accepting -------------------------------------------------------------------------------------------


def configuration_of(path: str, given: str | None, folders: Sequence[str]) -> Path:
    """The configuration in force for the report ``path``, or where one would be made: in the editor's folder that
    holds the report, else beside it."""
    if given:
        return Path(given).absolute()
    folder = Path(path).absolute().parent
    homes = [Path(one) for one in folders if folder.is_relative_to(one)]
    home = max(homes, key=lambda one: len(one.parts), default=folder)
    return find_config(folder) or home / FILE_NAME


def _accept(
    file: Checked,
    one: Diagnostic,
    told: Sequence[types.Diagnostic],
    given: str | None,
    open_texts: dict[Path, str],
    client: Client,
) -> Iterator[types.CodeAction]:
    """The action that records ``one`` under ``allow``; none where that cannot be done."""
    assert file.source is not None
    place = configuration_of(file.path, given, client.folders)
    report = Path(file.path).absolute()
    try:
        if not report.is_relative_to(place.parent):
            return
        fresh = place not in open_texts and not place.exists()
        if fresh and not client.creates:
            return
        old = open_texts[place] if place in open_texts else "" if fresh else _text(place)
        reason = say("allow.reason", client.lang)
        entry = entry_of(one, file.source, report.relative_to(place.parent).as_posix(), reason)
        new = with_entries(old, [entry], str(place))
    except (CheckerError, OSError, UnicodeDecodeError):
        return
    before, after = _difference(old, new)
    edit = types.TextEdit(
        range_of(Source(str(place), old), before, len(old) - after, client.encoding),
        new[before : len(new) - after],
    )
    at = new.find(reason, before)
    where = range_of(Source(str(place), new), at, at + len(reason), client.encoding)
    uri = place.as_uri()
    title = lsp_word("accept", client.lang, rule=one.rule, file=place.name)
    yield types.CodeAction(
        title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=_told(file.source, one, told, client),
        edit=_config_edit(uri, edit, client, fresh=fresh),
        command=types.Command(title, OPEN_ALLOW, arguments=[uri, where]) if client.shows else None,
    )


def _text(path: Path) -> str:
    """What a file holds as an editor has it: without its byte order mark. Raises OSError, UnicodeDecodeError."""
    return path.read_bytes().decode("utf-8-sig")


def _difference(old: str, new: str) -> tuple[int, int]:
    """How many characters are the same at the beginning and at the end. A last line break counts as the end: some
    editors know no place behind it."""
    most = min(len(old), len(new)) - (old.endswith("\n") and new.endswith("\n"))
    before = next((index for index in range(most) if old[index] != new[index]), most)
    most = min(len(old), len(new)) - before
    after = next((index for index in range(most) if old[-1 - index] != new[-1 - index]), most)
    return before, after


def _config_edit(uri: str, edit: types.TextEdit, client: Client, *, fresh: bool) -> types.WorkspaceEdit:
    if not client.versions:
        return types.WorkspaceEdit(changes={uri: [edit]})
    whose = types.OptionalVersionedTextDocumentIdentifier(uri, None)
    change = types.TextDocumentEdit(whose, [edit])
    if not fresh:
        return types.WorkspaceEdit(document_changes=[change])
    made = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
    return types.WorkspaceEdit(document_changes=[made, change])
