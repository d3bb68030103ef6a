"""What the server answers, one function for each message of the protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from lsprotocol import types

from checker.lsp.actions import FIX_ALL, OPEN_ALLOW, Client, actions
from checker.lsp.drafts import CONFIGURATIONS, Analysis, Options, options_from
from checker.lsp.figures import hints, others
from checker.lsp.findings import hover
from checker.lsp.outline import flat, folds, symbols
from checker.lsp.places import offset_of
from checker.lsp.server import Server
from checker.records import replace

_WATCHED = ("**/zhenggai.yaml", "**/pyproject.toml", "**/*.yaml")


def make_server(options: Options) -> Server:
    """A server with all that it can answer."""
    server = Server(options)
    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])
    for method, function, choices in (
        (types.INITIALIZE, _initialize, None),
        (types.INITIALIZED, _initialized, None),
        (types.SHUTDOWN, _shutdown, None),
        (types.TEXT_DOCUMENT_DID_OPEN, _open, None),
        (types.TEXT_DOCUMENT_DID_CHANGE, _change, None),
        (types.TEXT_DOCUMENT_DID_SAVE, _save, None),
        (types.TEXT_DOCUMENT_DID_CLOSE, _close, None),
        (types.WORKSPACE_DID_CHANGE_CONFIGURATION, _configure, None),
        (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _watched, None),
        (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, _folders, None),
        (types.TEXT_DOCUMENT_HOVER, _hover, None),
        (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
        (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _symbols, None),
        (types.TEXT_DOCUMENT_FOLDING_RANGE, _folds, None),
        (types.TEXT_DOCUMENT_INLAY_HINT, _hints, None),
        (types.TEXT_DOCUMENT_CODE_ACTION, _actions, kinds),
    ):
        server.feature(method, choices)(function)
    server.command(OPEN_ALLOW)(_open_allow)
    return server


# --- coming and going ------------------------------------------------------------------------------------


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    ls.options = options_from(params.initialization_options, ls.options)
    ls.client = Client(
        str(getattr(ls.workspace.position_encoding, "value", ls.workspace.position_encoding)),
        ls.options.lang,
        versions=ls.able("workspace.workspace_edit.document_changes"),
        creates=types.ResourceOperationKind.Create in _operations(ls),
        shows=ls.able("window.show_document.support"),
    )


def _operations(ls: Server) -> Sequence[str]:
    workspace = ls.client_capabilities.workspace
    edit = workspace.workspace_edit if workspace is not None else None
    return (edit.resource_operations or ()) if edit is not None and edit.document_changes else ()


def _initialized(ls: Server, params: types.InitializedParams) -> None:
    ls.warm()
    if ls.able("workspace.did_change_watched_files.dynamic_registration"):
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        ls.client_register_capability(
            types.RegistrationParams([types.Registration("configurations", method, options)])
        )


def _shutdown(ls: Server, params: None) -> None:
    ls.stopped = True


# --- texts -----------------------------------------------------------------------------------------------


def _open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    one = params.text_document
    ls.take(one.uri, one.version, str(one.language_id), one.text)


def _change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    one = params.text_document
    if one.uri in ls.drafts:
        text = ls.workspace.get_text_document(one.uri)
        ls.take(one.uri, one.version, text.language_id or "", text.source)


def _save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    if not _reread(ls, [params.text_document.uri]) and params.text_document.uri in ls.drafts:
        ls.look(params.text_document.uri)


def _close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    if params.text_document.uri in ls.drafts:
        ls.drop(params.text_document.uri)


# --- settings --------------------------------------------------------------------------------------------


def _configure(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    ls.options = options_from(params.settings, ls.options)
    ls.client = replace(ls.client, lang=ls.options.lang)
    ls.look_at_all()
    if ls.able("workspace.inlay_hint.refresh_support"):
        ls.workspace_inlay_hint_refresh(None)


def _watched(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    _reread(ls, [change.uri for change in params.changes])


def _folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    ls.look_at_all()


def _reread(ls: Server, uris: Sequence[str]) -> bool:
    """Read settings and rules anew if they are among ``uris``."""
    names = [uri.rpartition("/")[2] for uri in uris if uri.endswith((".yaml", ".yml", ".toml"))]
    if names:
        ls.forget(rules=any(name not in CONFIGURATIONS for name in names))
    return bool(names)


# --- questions -------------------------------------------------------------------------------------------


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    found = await ls.found(params.text_document.uri)
    if found is None:
        return None
    content = ls.client_capabilities.text_document
    formats = content.hover.content_format if content is not None and content.hover is not None else None
    markdown = not formats or types.MarkupKind.Markdown in formats
    return hover(found, _offset(ls, found, params.position), *_shown(ls), markdown=markdown)


async def _definition(ls: Server, params: types.DefinitionParams) -> list[types.Location] | None:
    found = await ls.found(params.text_document.uri)
    if found is None:
        return None
    return others(found, _offset(ls, found, params.position), ls.client.encoding) or None


async def _symbols(
    ls: Server, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    found = await ls.found(params.text_document.uri)
    if found is None:
        return None
    tree = symbols(found, ls.client.encoding)
    if ls.able("text_document.document_symbol.hierarchical_document_symbol_support"):
        return tree
    return list(flat(tree, params.text_document.uri))


async def _folds(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    found = await ls.found(params.text_document.uri)
    return folds(found) if found is not None else None


async def _hints(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    found = await ls.found(params.text_document.uri) if ls.options.hints else None
    if found is None:
        return None
    start, end = (_offset(ls, found, one) for one in (params.range.start, params.range.end))
    return hints(found, start, end, *_shown(ls))


async def _actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    found = await ls.found(params.text_document.uri)
    if found is None:
        return None
    start, end = (_offset(ls, found, one) for one in (params.range.start, params.range.end))
    only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    return await asyncio.get_running_loop().run_in_executor(
        ls.worker,
        actions,
        found,
        start,
        end,
        params.context.diagnostics,
        only,
        ls.options.config,
        ls.open_texts(),
        replace(ls.client, folders=ls.folders),
    )


async def _open_allow(ls: Server, uri: str, where: types.Range) -> None:
    """Show the reason of an entry that was just written, selected, to be written over."""
    await ls.window_show_document_async(
        types.ShowDocumentParams(uri, external=False, take_focus=True, selection=where)
    )


def _offset(ls: Server, found: Analysis, position: types.Position) -> int:
    return offset_of(found.draft.source, position, ls.client.encoding)


def _shown(ls: Server) -> tuple[str, str]:
    return ls.client.encoding, ls.options.lang
