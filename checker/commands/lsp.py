"""``zhenggai lsp``: the language server on standard input and output."""

from __future__ import annotations

import argparse
import sys

from checker.lsp.drafts import Options
from checker.messages import failure


def run(arguments: argparse.Namespace) -> int:
    """Serve until the editor says to stop: 0 if it did as it should, else 1. Raises CheckerError."""
    try:
        from checker.lsp.features import make_server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise failure("command.extra", command="lsp", extra="lsp") from None
    server = make_server(Options(arguments.lang, config=arguments.config))
    status = server.start()
    sys.stdout = None  # pygls has closed what is below it
    return status
