"""An editor for tests: a language client that talks to ``zhenggai lsp`` over its standard input and output."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, Union

from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient
from pygls.protocol import default_converter

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "checker", "lsp", "--stdio")
PATIENCE = 90
"""Seconds to wait for an answer on a machine that is busy."""

ABLE: dict[str, Any] = {
    "workspace": {
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "workspaceFolders": True,
    },
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "hover": {"contentFormat": ["markdown"]},
    },
}
"""What an up-to-date editor can do."""

RULES = """\
- id: demo.word
  severity: warning
  replace: {疏理: 梳理}
  fix: {safe: true}
  message: {zh: "“{word}”应为“{right}”", en: "“{word}” should be “{right}”"}
  why: {zh: "归类用*梳*。", en: "To sort is *梳*."}
  basis: {zh: 词典。, en: A dictionary.}
  bad: ["认真⟦疏理⟧问题。"]
  good: [认真梳理问题。]
- id: demo.sum
  severity: error
  for: t in report.tallies
  when: t.exhaustive && t.total != null
  assert: t.sum == t.total.value
  at: t.total
  see: t.parts
  see-message: {zh: 其中一类, en: one class}
  message: {zh: "共{t.total.value}，相加为{t.sum}", en: "{t.total.value} in all, {t.sum} added up"}
  why: {zh: 读者会加一遍。, en: Readers add up.}
  basis: {zh: 算术。, en: Arithmetic.}
  bad: ["反馈⟦问题35个⟧，已完成整改33个，正在整改3个。"]
  good: ["反馈问题35个，已完成整改33个，正在整改2个。"]
"""


def project(folder: Path, config: str = "") -> Path:
    """A folder whose configuration uses the rules above and nothing else."""
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "demo.yaml").write_text(RULES, encoding="utf-8")
    (folder / "zhenggai.yaml").write_text(f"rules: [rules]\nselect: [demo]\n{config}", encoding="utf-8")
    return folder


def _converter() -> Any:
    """pygls's own takes an action that has a command for a command alone; a command's ``command`` is a string."""
    converter = default_converter()

    def action(data: Any, _: type) -> Any:
        alone = isinstance(data.get("command"), str)
        return converter.structure(data, types.Command if alone else types.CodeAction)

    converter.register_structure_hook(Union[types.Command, types.CodeAction], action)  # noqa: UP007
    return converter


class Editor:
    """A client and what it was told. Its methods wait for the answer."""

    def __init__(
        self,
        folders: Sequence[Path],
        able: Mapping[str, Any] = ABLE,
        options: object = None,
        words: Sequence[str] = (),
    ) -> None:
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.client = BaseLanguageClient("tests", "1", converter_factory=_converter)
        self.told: list[types.PublishDiagnosticsParams] = []
        self.shown: list[types.ShowDocumentParams] = []
        self.news = threading.Condition()
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._published(params))
        self.client.feature(types.WINDOW_SHOW_DOCUMENT)(lambda params: self._show(params))
        self.wait(self.client.start_io(*COMMAND, *words, cwd=ROOT))
        data = {
            "processId": None,
            "rootUri": None,
            "capabilities": able,
            "initializationOptions": options,
            "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name} for folder in folders],
        }
        params = self.client.protocol._converter.structure(data, types.InitializeParams)
        self.server = self.wait(self.client.initialize_async(params))
        self.client.initialized(types.InitializedParams())

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What a coroutine gives, run where the client runs."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(PATIENCE)

    def _published(self, params: types.PublishDiagnosticsParams) -> None:
        with self.news:
            self.told.append(params)
            self.news.notify_all()

    def _show(self, params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        self.shown.append(params)
        return types.ShowDocumentResult(True)

    def until(self, uri: str, version: int | None, count: int = 0) -> list[types.Diagnostic]:
        """The diagnostics of a version of a text, told after the first ``count`` messages."""

        def found() -> list[types.PublishDiagnosticsParams]:
            return [one for one in self.told[count:] if one.uri == uri and one.version == version]

        with self.news:
            assert self.news.wait_for(found, PATIENCE), f"nothing was told of {uri} {version}"
            return list(found()[-1].diagnostics)

    def open(self, uri: str, text: str, language: str = "plaintext") -> list[types.Diagnostic]:
        """Open a text and wait for what is found in it."""
        self.call("text_document_did_open", types.DidOpenTextDocumentParams(_item(uri, language, text)))
        return self.until(uri, 1)

    def change(self, uri: str, version: int, text: str) -> None:
        """Change the whole of a text."""
        whole = types.TextDocumentContentChangeWholeDocument(text)
        whose = types.VersionedTextDocumentIdentifier(version, uri)
        self.call("text_document_did_change", types.DidChangeTextDocumentParams(whose, [whole]))

    def close(self, uri: str) -> None:
        """Close a text."""
        self.call("text_document_did_close", types.DidCloseTextDocumentParams(_doc(uri)))

    def call(self, method: str, params: object) -> None:
        """Send a notification."""
        self.loop.call_soon_threadsafe(getattr(self.client, method), params)

    def ask(self, method: str, params: object) -> Any:
        """Send a request and wait for the answer."""

        async def asked() -> Any:
            return await getattr(self.client, f"{method}_async")(params)

        return self.wait(asked())

    def actions(
        self,
        uri: str,
        place: types.Range,
        told: Sequence[types.Diagnostic] = (),
        only: Sequence[str] | None = None,
    ) -> list[types.CodeAction]:
        """What may be done at a place."""
        context = types.CodeActionContext(list(told), only=list(only) if only else None)
        found = self.ask("text_document_code_action", types.CodeActionParams(_doc(uri), place, context))
        return list(found or [])

    def raw(self, body: bytes) -> None:
        """Send bytes as they are, with a header."""
        self.bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def bytes(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.client._server is not None and self.client._server.stdin is not None
        self.loop.call_soon_threadsafe(self.client._server.stdin.write, data)

    def quit(self, *, politely: bool = True) -> int:
        """End the server; its exit status."""
        process = self.client._server
        assert process is not None
        if politely:
            self.ask("shutdown", None)
        self.call("exit", None)
        status = self.wait(asyncio.wait_for(process.wait(), PATIENCE))
        self.wait(self.client.stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        return status


def _item(uri: str, language: str, text: str) -> types.TextDocumentItem:
    return types.TextDocumentItem(uri, language, 1, text)


def _doc(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


def applied(text: str, edits: Sequence[types.TextEdit], encoding: str = "utf-16") -> str:
    """``text`` with edits as an editor applies them, written apart from the server's own counting."""
    lines = text.split("\n")

    def offset(position: types.Position) -> int:
        line = lines[position.line]
        codec, size = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[
            encoding
        ]
        before = line.encode(codec, "surrogatepass")[: position.character * size]
        return sum(len(one) + 1 for one in lines[: position.line]) + len(
            before.decode(codec, "surrogatepass")
        )

    for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text
