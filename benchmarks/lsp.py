"""From key to diagnostics: how long a language server that is warm takes to say what it finds in a changed draft.

``python benchmarks/lsp.py`` (needs the extra ``lsp``) starts ``zhenggai lsp``, opens an invented draft of 10,000
characters, types one character at a time into its middle, and prints the median and the slowest of what passed
from sending a change to receiving its diagnostics, the wait for more keys included. Times are of a machine that
has a processor to spare; its load is printed too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import time
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.generate import generate  # noqa: E402

LENGTH = 10_000
WANTED = 0.100
TYPED = "坚持边查边改，把整改落到实处。"


def draft(length: int) -> str:
    """An invented report of ``length`` characters: one of the bench, its longer paragraphs drawn out."""
    lines = generate(7, 123).text.split("\n")
    more = 0
    while sum(map(len, lines)) + len(lines) < length:
        index = [at for at, line in enumerate(lines) if len(line) > 80][more % 20]
        lines[index] += f"第{more + 1}次专题会议听取情况，逐条研究，明确责任科室和时限，会后形成纪要并督办。"
        more += 1
    return "\n".join(lines)


async def measure(text: str, keys: int) -> list[float]:
    """Seconds from each of ``keys`` changes to its diagnostics; the first two, which warm up, are left out."""
    client = BaseLanguageClient("benchmark", "1")
    told: asyncio.Queue[int | None] = asyncio.Queue()

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def _(params: types.PublishDiagnosticsParams) -> None:
        told.put_nowait(params.version)

    await client.start_io(sys.executable, "-m", "checker", "lsp", cwd=ROOT)
    await client.initialize_async(types.InitializeParams(capabilities=types.ClientCapabilities()))
    client.initialized(types.InitializedParams())
    uri = (ROOT / "draft.txt").as_uri()
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "plaintext", 0, text))
    )
    await told.get()
    taken, middle = [], text.index("\n", len(text) // 2)
    for key in range(1, keys + 3):
        typed = (TYPED * (key // len(TYPED) + 1))[:key]
        whole = types.TextDocumentContentChangeWholeDocument(text[:middle] + typed + text[middle:])
        start = time.perf_counter()
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(key, uri), [whole])
        )
        while await told.get() != key:
            pass
        taken.append(time.perf_counter() - start)
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return taken[2:]


def main() -> int:
    """Measure and print; 1 if the median is above what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--keys", type=int, default=30, help="how many changes (30)")
    parser.add_argument("--length", type=int, default=LENGTH, help=f"characters of the draft ({LENGTH})")
    arguments = parser.parse_args()
    text = draft(arguments.length)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    taken = asyncio.run(measure(text, arguments.keys))
    median = statistics.median(taken)
    print(f"{len(text):,} characters, {len(taken)} keys, load {load:.1f} on {os.cpu_count()} processors")
    print(
        f"median {median * 1000:.0f} ms, fastest {min(taken) * 1000:.0f} ms, slowest {max(taken) * 1000:.0f} ms"
    )
    return int(median > WANTED)


if __name__ == "__main__":
    sys.exit(main())
