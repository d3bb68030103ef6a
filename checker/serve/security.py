"""Who may ask, and what an answer allows: a guard before the whole application.

A page elsewhere must not reach this server by a name that it lets point here (Host), nor post to it (Origin);
whoever comes over the network must know the token. Answers may use our own style and script and nothing else.
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checker.serve.pages import language_of, message_page
from checker.serve.words import word

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: the files of this server."""

SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""What a downloaded file may do if it is shown after all: nothing."""

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
_TOKEN_AGE = 12 * 3600


@dataclass(frozen=True, slots=True)
class Access:
    """``names`` are the host names that may be asked for (lower case), ``addresses`` if any IP address may too,
    always with ``port``. ``token`` is None where only this machine can connect."""

    names: frozenset[str]
    port: int
    addresses: bool = False
    token: str | None = None

    @property
    def cookie(self) -> str:
        """The cookie that holds the token; cookies do not know ports, so that the name does."""
        return f"zhenggai-{self.port}"


class Guard:
    """Answers nobody but those that :class:`Access` lets in."""

    def __init__(self, app: ASGIApp, access: Access, lang: str) -> None:
        self.app = app
        self.access = access
        self.lang = lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through or refuse it."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":
            return None
        headers = Headers(scope=scope)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        fresh = self.access.token is not None and same(given, self.access.token)
        problem = refusal(scope["method"], headers, self.access, fresh)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer[name] = value
                answer.setdefault("content-security-policy", POLICY)
                if fresh and problem is None:
                    answer.append(
                        "set-cookie",
                        f"{self.access.cookie}={self.access.token}; Path=/; Max-Age={_TOKEN_AGE}; "
                        "HttpOnly; SameSite=Lax",
                    )
            await send(message)

        if problem is not None:
            status, key = problem
            lang = language_of(scope, self.lang)
            return await message_page(status, word(key, lang), lang, bare=True)(scope, receive, sealed)
        return await self.app(scope, receive, sealed)


def refusal(method: str, headers: Headers, access: Access, fresh: bool) -> tuple[int, str] | None:
    """Why a request is refused: status and words; None if it is not. ``fresh``: its address has the token."""
    host = headers.get("host", "")
    if len(headers.getlist("host")) != 1 or not host_allowed(host, access):
        return 421, "error.host"
    if method not in ("GET", "HEAD", "POST"):
        return 405, "error.method"
    if method == "POST" and not same_origin(headers, host):
        return 403, "error.origin"
    if access.token is not None and not fresh and not same(_cookie(headers, access.cookie), access.token):
        return 401, "error.token"
    return None


def host_allowed(host: str, access: Access) -> bool:
    """Whether the server may be called so. An IP address cannot be pointed elsewhere, a foreign name can."""
    name, colon, port = host.rpartition(":")
    if not colon or "]" in port:
        name, port = host, "80"
    if port != str(access.port):
        return False
    name = name.lower().removeprefix("[").removesuffix("]")
    if name in access.names:
        return True
    return access.addresses and _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def same_origin(headers: Headers, host: str) -> bool:
    """Whether a post comes from a page of ours. Browsers always say where from; who does not say is refused."""
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site")
    return origin is not None and origin.lower() == f"http://{host.lower()}" and site in (None, "same-origin")


def _cookie(headers: Headers, name: str) -> str:
    try:
        cookie = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookie[name].value if name in cookie else ""


def same(given: str, token: str) -> bool:
    """Whether the token is right, told in a time that says nothing of it."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
