"""``zhenggai serve``."""

from __future__ import annotations

import argparse
import os
import secrets
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

from checker import caching
from checker.checking import ruleset_of
from checker.commands.check import override_of
from checker.config import settings_for
from checker.manual import UsageError
from checker.messages import failure, say

if TYPE_CHECKING:
    from checker.serve.security import Access

PORT = 8420
_COUNT = 200
_TOTAL = 256 * 1024 * 1024
_LOCAL = ("127.0.0.1", "localhost", "::1")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted. Raises CheckerError, RuleFileError or UsageError."""
    try:
        import starlette  # noqa: F401
        import uvicorn
        from python_multipart.multipart import MultipartParser  # noqa: F401
    except ImportError:
        raise failure("command.extra", command="serve", extra="web") from None
    from checker.serve.app import Service, application
    from checker.serve.store import Store
    from checker.serve.uploads import Limits
    from checker.serve.work import Setup
    from checker.serve.workers import Workers

    setup = Setup(override_of(arguments), arguments.config)
    settings = settings_for("report.txt", setup.config, setup.override)
    ruleset_of(settings)  # faulty rules are told here, not to the browser
    caching.flush()  # for the processes that check
    seconds = _number("--time-limit", arguments.time_limit or "30", 1, 3600, arguments.lang)
    listener = listen(arguments.host or _LOCAL[0], arguments.port, arguments.lang)
    access, address = access_to(arguments.host or _LOCAL[0], listener.getsockname()[1])
    limits = Limits(settings.max_size, max(_TOTAL, settings.max_size), _COUNT)
    workers = Workers(setup, min(2, os.cpu_count() or 1), seconds)
    app = application(Service(workers, Store(), limits, arguments.lang), access)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=2,
        )
    )
    print(say("serve.address", arguments.lang, address=address))
    print(say("serve.stop", arguments.lang), flush=True)
    if access.token is not None:
        print(say("serve.open", arguments.lang), file=sys.stderr)
    if not arguments.no_open:
        _open(address)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    return 0


def listen(host: str, port: str | None, lang: str) -> socket.socket:
    """A socket that listens; without ``port`` on the usual one or, where that is taken, on any. Raises CheckerError
    or UsageError."""
    wanted = [_number("--port", port, 0, 65535, lang)] if port is not None else [PORT, 0]
    for number in wanted:
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(
                host, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            listener = socket.socket(family, kind, protocol)
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
        except OSError as error:
            if number == wanted[-1]:
                reason = error.strerror or str(error)
                raise failure("serve.port", host=host, port=number, reason=reason) from None
            continue
        listener.listen(128)
        return listener
    raise AssertionError


def access_to(host: str, port: int) -> tuple[Access, str]:
    """Who may ask a server at ``host``, and the address to open. Beyond this machine only with a token."""
    from checker.serve.security import Access

    if _is_loopback(host):
        access = Access(frozenset({*_LOCAL, host.lower()}), port)
        return access, f"http://{_bracketed(host)}:{port}/"
    token = secrets.token_urlsafe(24)
    own = socket.gethostname().lower()
    access = Access(frozenset({"localhost", own, host.lower()}), port, addresses=True, token=token)
    shown = own if host in ("0.0.0.0", "::") else _bracketed(host)
    return access, f"http://{shown}:{port}/?token={token}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _open(address: str) -> None:
    """Show the page in the browser; where there is none, the address on the screen has to do."""
    import webbrowser

    with suppress(webbrowser.Error):
        webbrowser.open(address)


def _number(option: str, text: str, least: int, most: int, lang: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
        return int(text)
    message = say("cli.invalid-value", lang, option=option, value=text)
    raise UsageError(message, say("cli.hint", lang, command="serve "))
