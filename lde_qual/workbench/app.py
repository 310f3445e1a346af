"""The web edge: parse, one call, answer; errors of the study become HTTP here and nowhere else."""

from __future__ import annotations

import json
import os
import secrets
import socket
from importlib.resources import files
from mimetypes import guess_type
from typing import Any
from urllib.parse import SplitResult, urlsplit

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from lde_qual.errors import LdeQualError, UnknownError, UsageError
from lde_qual.workbench.bundle import page_module, static
from lde_qual.workbench.desk import Desk, refusal
from lde_qual.workbench.guard import LARGEST, Guard, Refusal
from lde_qual.workbench.payloads import Json

LOOPBACK = "127.0.0.1"
OWN = range(20_000, 30_000)
"""Ports that a study has one of, below those that systems hand out by themselves."""


def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, LdeQualError):
        raise error
    return Refusal(**refusal(error)).response()


def make_app(desk: Desk, *, token: str, hosts: frozenset[str], origins: frozenset[str]) -> ASGIApp:
    """Return the page's application, guarded (see `guard.Guard`)."""
    parts = {each.name: each.read_bytes() for each in files("lde_qual.workbench").joinpath("static").iterdir()}
    parts["page.js"] = page_module().encode()
    first = static("index.html")

    async def page(_request: Request) -> Response:
        return HTMLResponse(first)

    async def part(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in parts:
            raise UnknownError(f"'{name}' is no part of the page.", way_out="Reload the page.")
        return Response(parts[name], media_type=guess_type(name)[0])

    async def read(request: Request) -> Response:
        return _said(await run_in_threadpool(desk.read, request.path_params["name"], request.query_params))

    async def write(request: Request) -> Response:
        operation = _parsed(await request.body())
        return _said(await run_in_threadpool(desk.write, operation))

    routes = [
        Route("/", page),
        Route("/api/operations", write, methods=["POST"]),
        Route("/api/{name}", read),
        Route("/static/{name}", part),
    ]
    app = Starlette(routes=routes, exception_handlers={LdeQualError: _refused})
    return Guard(app, token=token, hosts=hosts, origins=origins)


def _said(value: Json) -> Response:
    # A long interview with its codings is a megabyte of JSON, and nothing else is answered while it is made.
    return Response(msgspec.json.encode(value), media_type="application/json")


def _parsed(body: bytes) -> dict[str, Any]:
    if len(body) > LARGEST:
        raise UsageError("The request is too large.", way_out="Send less at once.")
    try:
        found = json.loads(body)
    except ValueError as error:
        raise UsageError(f"The request is no JSON: {error}.", way_out="Reload the page.") from error
    if not isinstance(found, dict):
        raise UsageError("An operation is an object.", way_out="Reload the page.")
    return found


class Service:
    """The page on a port of this machine, from `listen` until it is stopped.

    Parameters
    ----------
    port : int
        0 for the study's own, the same at each start, or a free one while another program has that. What waits in a
        tab is kept by the browser under the address of the page, port included: after a start elsewhere nothing
        would find it.
    origin : str, optional
        Address under which a proxy on this machine shows the page to others, path included.

    Attributes
    ----------
    port : int
    url : str
        The address to open; the token is in its fragment, which no server, log or
        Referer ever gets.
    """

    def __init__(self, desk: Desk, *, port: int = 0, origin: str = "") -> None:
        proxied = _proxied(origin) if origin else None
        self._desk = desk
        self._socket = _listen(port) if port else _own(desk.place)
        number = self.port = int(self._socket.getsockname()[1])
        token = secrets.token_urlsafe(32)
        hosts = frozenset({f"{LOOPBACK}:{number}", f"localhost:{number}", *([proxied.netloc] if proxied else [])})
        own = {f"http://{host}" for host in hosts if not proxied or host != proxied.netloc}
        origins = frozenset({*own, *([f"{proxied.scheme}://{proxied.netloc}"] if proxied else [])})
        app = make_app(desk, token=token, hosts=hosts, origins=origins)
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", server_header=False)
        self.server = uvicorn.Server(config)
        self.token = token
        self.url = f"{origin.rstrip('/') or f'http://{LOOPBACK}:{number}'}/#t={token}"

    def run(self) -> None:
        """Serve until Ctrl+C, or until `server.should_exit` is set."""
        try:
            with self._socket:
                self.server.run(sockets=[self._socket])
        finally:
            self._desk.close()


def _proxied(origin: str) -> SplitResult:
    parts = urlsplit(origin)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            f"'{origin}' is no address of a proxy.",
            way_out="Write it like https://hub.example.org/user/anna/proxy/8765.",
        )
    return parts


def _own(place: str) -> socket.socket:
    try:
        return _listen(OWN[int(place, 16) % len(OWN)])
    except UsageError:
        return _listen(0)


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        # Connections of a program that was ended a moment ago still stand; on Windows this would share a port in use.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
        # A browser that is quicker than the server finds the door open and waits.
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(
            f"Port {port} cannot be used: {error}.", way_out="Leave --port out, or give another."
        ) from error
    return listening
