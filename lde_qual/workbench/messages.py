"""The other edge: a message of the page in a notebook in, one call, a message out."""

from __future__ import annotations

from typing import Any

from lde_qual.errors import LdeQualError, UsageError
from lde_qual.workbench.desk import Desk, refusal
from lde_qual.workbench.payloads import Json

FAULT: Json = {"status": 500, "kind": "fault", "what": "The kernel met an error.", "way_out": "Its log says which."}
"""What the page is told of an error that is none of ours, as a server would."""


def answered(desk: Desk, message: Any) -> Json:
    """Do what a message of the page asks, and return the message that answers it.

    Parameters
    ----------
    message : dict
        ``{id, do: "read", name, params}`` or ``{id, do: "write", operation}``.

    Returns
    -------
    dict
        ``{id, ok: true, value}``, after the write is durable where it is one; or
        ``{id, ok: false, error: {status, kind, what, way_out}}``, as over HTTP.
    """
    try:
        return {"id": asked_as(message), "ok": True, "value": _done(desk, message)}
    except LdeQualError as error:
        return {"id": asked_as(message), "ok": False, "error": refusal(error)}


def asked_as(message: Any) -> str:
    """Return the id under which the page waits for an answer; empty where it gave none."""
    return str(message.get("id", "")) if isinstance(message, dict) else ""


def _done(desk: Desk, message: Any) -> Json:
    match message:
        case {"do": "read", "name": str(name), "params": dict(params)}:
            return desk.read(name, {str(key): str(value) for key, value in params.items()})
        case {"do": "write", "operation": dict(operation)}:
            return desk.write(operation)
    raise UsageError("A message reads or writes.", way_out="Run the cell again.")
