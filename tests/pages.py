"""The coding page of a study, served for a test."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from lde_qual.api.fitting import Fitter
from lde_qual.workbench.app import Service
from lde_qual.workbench.desk import Desk


@contextmanager
def served(
    path: Path,
    *,
    coder: str | None = None,
    lang: str | None = None,
    origin: str = "",
    fitter: Fitter | None = None,
) -> Iterator[Service]:
    """Serve the page until the block ends."""
    service = Service(Desk(str(path), coder=coder, lang=lang, fitter=fitter), origin=origin)
    thread = threading.Thread(target=service.run)
    thread.start()
    try:
        yield service
    finally:
        service.server.should_exit = True
        thread.join(10)


def port(service: Service) -> int:
    """Return the port of a page."""
    return service.port


def ask(service: Service, method: str, path: str, *, body: Any = None, **headers: str) -> tuple[int, Any]:
    """Ask as a program would that has the token; headers given replace those, an empty one leaves it out."""
    host = f"127.0.0.1:{port(service)}"
    sent = {"Host": host, "Authorization": f"Bearer {service.token}"}
    if method == "POST":
        sent |= {"Origin": f"http://{host}", "Content-Type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", port(service), timeout=10)
    connection.request(
        method,
        path,
        body=None if body is None else json.dumps(body),
        headers={name: value for name, value in sent.items() if value},
    )
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, json.loads(data) if answer.headers["Content-Type"] == "application/json" else data.decode()


def place(service: Service, transcript: str, quote: str) -> dict[str, Any]:
    """Return where words stand, as a body of an operation says it."""
    shown = ask(service, "GET", f"/api/transcript?name={transcript}")[1]
    start = shown["text"].index(quote)
    return {
        "transcript": transcript,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "sha": shown["sha"],
    }
