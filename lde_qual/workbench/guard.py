"""Who may ask: this machine's browser, from the page itself, with the token of this start."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LARGEST = 4_000_000
"""Bytes that a request may bring; a whole interview is under a twentieth of it."""


@dataclass(frozen=True)
class Refusal:
    """Why a request is turned away."""

    status: int
    kind: str
    what: str
    way_out: str
    said: dict[str, Any] = field(default_factory=dict)

    def response(self) -> JSONResponse:
        """Return it as an answer."""
        return JSONResponse({"error": asdict(self)}, status_code=self.status)


class Guard:
    """Turn away what does not come from the page itself.

    Parameters
    ----------
    app : ASGI application
    token : str
        Asked for by everything under ``/api``.
    hosts : collection of str
        What ``Host`` may say; other names could be bound to this address by anybody
        (DNS rebinding).
    origins : collection of str
        Where the page itself may have come from.
    """

    def __init__(self, app: ASGIApp, *, token: str, hosts: frozenset[str], origins: frozenset[str]) -> None:
        self._app = app
        self._token = token
        self._hosts = hosts
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        guarded = _with_headers(send)
        if refusal is not None:
            await refusal.response()(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or headers["host"] not in self._hosts:
            return Refusal(421, "host", "This address is not the page's.", "Open the address that was printed.")
        origin = headers.get("origin")
        foreign = origin is not None and origin not in self._origins
        if foreign or headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return Refusal(403, "origin", "Another site asked.", "Open the address that was printed.")
        if not scope["path"].startswith("/api/"):
            return None
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return Refusal(401, "token", "The token is missing or of another start.", "Open the address printed last.")
        return self._refused_write(scope, headers, origin)

    def _refused_write(self, scope: Scope, headers: Headers, origin: str | None) -> Refusal | None:
        if scope["method"] not in {"POST", "PUT", "DELETE", "PATCH"}:
            return None
        if origin is None:
            return Refusal(403, "origin", "A write has to say where it comes from.", "Send an Origin header.")
        if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            return Refusal(415, "json", "A write has to be JSON.", "Send application/json.")
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST:
            return Refusal(413, "size", "The request is too large.", "Send less at once.")
        return None


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
