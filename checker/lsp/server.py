"""The server itself: what is open, what was found, and the answers. Checking runs in a thread of its own."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.uris import to_fs_path

from checker import __version__, caching, checking, config
from checker.lsp.actions import Client
from checker.lsp.drafts import CONFIGURATIONS, Analysis, Draft, Options, analyse, draft_of, stamp_of
from checker.lsp.findings import diagnostics

BURST = 0.05
"""Seconds: a change that follows another sooner than this waits as long for the next; others are checked at once."""
_LOG = logging.getLogger(__name__)
_WARM = draft_of("untitled:warm", None, "", None, "", "关于整改情况的通报\n一、基本情况\n反馈问题2个。\n")


class Protocol(LanguageServerProtocol):
    """As in pygls, but a request whose parameters make no sense is answered too."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message in ``data``. Raises JsonRpcException."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), str | int):
                self._send_response(data["id"], error=error.to_response_error())
            raise


class Server(LanguageServer):
    """``drafts`` are what is open, by address; ``results`` what was found last; ``tasks`` what is being checked."""

    def __init__(self, options: Options) -> None:
        super().__init__(
            "zhenggai",
            __version__,
            types.TextDocumentSyncKind.Full,  # parts would be put together by other line ends than the editor's
            protocol_cls=Protocol,
            converter_factory=default_converter,
        )
        self.options = options
        self.client = Client()
        self.drafts: dict[str, Draft] = {}
        self.results: dict[str, Analysis] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.worker = ThreadPoolExecutor(1, "check")
        self.stamps: dict[str, tuple[object, ...]] = {}
        self.stopped = False
        self.changed = 0.0

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Tell the log, never the person who writes."""
        _LOG.error("%s", error)

    def able(self, capability: str) -> bool:
        """Whether the editor says that it can do this."""
        return bool(get_capability(self.client_capabilities, capability, False))

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that are open in the editor."""
        paths = [to_fs_path(uri) for uri in self.workspace.folders]
        paths += [self.workspace.root_path] if not paths else []
        return tuple(path for path in paths if path)

    def open_texts(self) -> dict[Path, str]:
        """The configurations that are open in the editor, as they are there."""
        paths = {Path(draft.source.path): draft.source.text for draft in self.drafts.values()}
        return {path: text for path, text in paths.items() if path.name in CONFIGURATIONS}

    # --- drafts ------------------------------------------------------------------------------------------

    def take(self, uri: str, version: int | None, language: str, text: str) -> None:
        """A text was opened or changed: whatever was found before is old."""
        folder = next(iter(self.folders), "")
        path = to_fs_path(uri) if uri.startswith("file:") else None
        self.drafts[uri] = draft_of(uri, path, folder, version, language, text)
        self.look(uri)

    def drop(self, uri: str) -> None:
        """A text was closed: nothing more is said of it."""
        self.drafts.pop(uri, None)
        self.results.pop(uri, None)
        task = self.tasks.pop(uri, None)
        if task is not None:
            task.cancel()
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def look(self, uri: str) -> None:
        """Check a draft anew; what is under way for it is given up."""
        before = self.tasks.get(uri)
        if before is not None:
            before.cancel()
        self.results.pop(uri, None)
        self.tasks[uri] = asyncio.ensure_future(self._look(uri, self.drafts[uri]))

    def look_at_all(self) -> None:
        """Check everything that is open anew."""
        for uri in self.drafts:
            self.look(uri)

    async def _look(self, uri: str, draft: Draft) -> None:
        loop = asyncio.get_running_loop()
        before, self.changed = self.changed, loop.time()
        await asyncio.sleep(BURST if self.changed - before < BURST else 0)
        found = await loop.run_in_executor(self.worker, self._analyse, draft, self.options.config)
        if self.drafts.get(uri) is draft:
            self.results[uri] = found
            self.show(found)

    def _analyse(self, draft: Draft, given: str | None) -> Analysis:
        """Check a draft, with its configuration as it is by now."""
        stamp = stamp_of(draft.source.path, given) if draft.report else ()
        if self.stamps.get(draft.uri) != stamp:
            self.stamps[draft.uri] = stamp
            config.forget()
        return analyse(draft, given)

    def show(self, analysis: Analysis) -> None:
        """Tell the editor what was found."""
        related = self.able("text_document.publish_diagnostics.related_information")
        found = diagnostics(analysis, self.client.encoding, self.options.lang, related=related)
        draft = analysis.draft
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(draft.uri, found, draft.version)
        )

    async def found(self, uri: str) -> Analysis | None:
        """What was found in a text as it is now, once that is known; None if it is not open."""
        while uri in self.drafts and uri not in self.results:
            task = self.tasks[uri]
            if task.done():
                return None
            await asyncio.wait([task])
        return self.results.get(uri)

    # --- settings ----------------------------------------------------------------------------------------

    def forget(self, *, rules: bool) -> None:
        """Configurations (and ``rules``) may have changed: read them anew and check again."""
        self.worker.submit(config.forget)
        if rules:
            self.worker.submit(checking.forget)
        self.look_at_all()

    def warm(self) -> None:
        """Load grammars and rules before the first draft needs them."""
        self.worker.submit(analyse, _WARM, None)
        self.worker.submit(caching.flush)  # editors may end a server without a word

    def start(self) -> int:
        """Serve on standard input and output until told to stop; the exit status."""
        with suppress(ValueError):  # standard output is closed already
            self.start_io()
        self.worker.shutdown(wait=False, cancel_futures=True)
        return 0 if self.stopped else 1
