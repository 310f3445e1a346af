"""The journal in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from lde_qual.api.study import OpenStudy
from lde_qual.errors import UnknownError, UsageError
from lde_qual.model.fold import State
from lde_qual.model.operation import UNREADABLE, Operation, Part, readable_parts
from lde_qual.model.study import valid_coder

COLUMNS = ("op", "seq", "at", "coder", "kind", "what", "in_force")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?)?)?Z?")
_FIRST_MOMENT = "0001-01-01T00:00:00"


def log(
    study: OpenStudy, *, since: str | None = None, coding: str | None = None, coder: str | None = None
) -> pd.DataFrame:
    """Return what was done, in order of time.

    Parameters
    ----------
    since : str, optional
        A date (``2026-03-01``) or time in UTC (``2026-03-01T14:30``); only what was
        done then or later.
    coding : str, optional
        Id of a coding or a unique beginning of it; only what touched it.
    coder : str, optional
        Only this coder's; else everyone's.

    Returns
    -------
    DataFrame
        ``op, seq, at, coder, kind, what, in_force``.
    """
    if since is not None and not is_date(since):
        raise UsageError(f"'{since}' is no date.", way_out="Write 2026-03-01 or 2026-03-01T14:30, in UTC.")
    states = list(study.model.states.values())
    if coder is not None:
        states = [study.model.state(valid_coder(coder))]
    wanted = None if coding is None else _coding(states, coding)
    rows = [
        (operation.id, operation.seq, operation.at, operation.coder, operation.op, what, state.in_force(operation.id))
        for state in states
        for operation in state.operations.values()
        if (since is None or operation.at >= since.rstrip("Z"))
        and (wanted is None or _touches(operation, wanted, state))
        for what in [in_words(operation, state)]
    ]
    rows.sort(key=lambda row: (row[2], row[0]))
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    frame["seq"] = frame["seq"].astype("Int64")
    frame["in_force"] = frame["in_force"].astype("boolean")
    frame.attrs = {"unit": "operation", "coder": ";".join(state.coder for state in states) or None}
    return frame


def is_date(text: str) -> bool:
    """Tell whether a text is a date or time that the calendar has."""
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.rstrip("Z") + _FIRST_MOMENT[len(text.rstrip("Z")) :])
    except ValueError:
        return False
    return True


def _coding(states: list[State], identifier: str) -> str:
    made = [
        part.id
        for state in states
        for operation in state.operations.values()
        for part in readable_parts(operation)
        if part.op in {"code", "accept"} and part.id.startswith(identifier)
    ]
    if identifier in made:
        return identifier
    if len(made) == 1:
        return made[0]
    if made:
        raise UsageError(f"'{identifier}' is the beginning of {len(made)} codings.", way_out=f"Add letters: {made[0]}…")
    raise UnknownError(f"No coding '{identifier}' was ever made.", way_out="`lde-qual codings` lists them.")


def _touches(operation: Operation, coding: str, state: State) -> bool:
    if operation.op == "undo":
        target = _target(operation, state)
        return target is not None and _touches(target, coding, state)
    return any(
        coding in (part.id, part.body.get("coding"), part.body.get("about")) for part in readable_parts(operation)
    )


def _target(undo: Operation, state: State) -> Operation | None:
    return state.operations.get(str((undo.body or {}).get("operation")))


def in_words(operation: Operation, state: State) -> str:
    """Return what an operation did, as one line."""
    if operation.body is None:
        return "withdrawn"
    if operation.op == "undo":
        target = _target(operation, state)
        return f"took back: {in_words(target, state)}" if target else "took back an operation that is not there"
    found = [_part_in_words(part, state) for part in readable_parts(operation)]
    if len(found) == 1:
        return found[0]
    return f"{len(found)} at once: {found[0]} …" if found else f"{operation.op}, unreadable"


def _part_in_words(part: Part, state: State) -> str:
    try:
        said = _WORDS[part.op](part.body) if part.op in _WORDS else part.op
    except UNREADABLE:
        said = f"{part.op}, unreadable"
    reason = state.without_effect.get(part.id)
    return f"{said} (without effect: {reason})" if reason else said


def _place(body: Mapping[str, Any]) -> str:
    quote = " ".join(body["quote"].split())
    return f"{body['transcript']} {body['start']}-{body['end']} “{quote[:50]}{'…' if len(quote) > 50 else ''}”"


def _values(body: Mapping[str, Any]) -> str:
    return "".join(f", {name} {value}" for name, value in (body.get("dimensions") or {}).items())


def _suggested(body: Mapping[str, Any]) -> str:
    suggestion = body.get("suggestion") or {}
    said = [f"suggested {suggestion['code']}"] if suggestion.get("code") not in {None, body["code"]} else []
    said += ["other bounds"] if suggestion.get("passage") else []
    return f" ({', '.join(said)})" if said else ""


def _revised(body: Mapping[str, Any]) -> str:
    changes = body["changes"]
    said = [
        *([f"to {_place(changes)}"] if "quote" in changes else []),
        *([f"to code {changes['code']}"] if "code" in changes else []),
        *([f"to{_values(changes).lstrip(',') or ' no values'}"] if "dimensions" in changes else []),
        *(["its memo"] if "memo" in changes else []),
    ]
    return f"revised {body['coding']}: {', '.join(said)}"


def _memoed(body: Mapping[str, Any]) -> str:
    about = f"{body['subject']} {body['about']}".strip()
    return f"{'wrote' if body['text'] else 'took away'} a {body['kind']} memo about {about}"


def _noted(body: Mapping[str, Any]) -> str:
    return f"changed note {body['note']}" if body.get("note") else f"noted at {_place(body)}"


_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "code": lambda body: f"coded {body['code']}{_values(body)}: {_place(body)}",
    "accept": lambda body: f"accepted {body['code']}{_suggested(body)}{_values(body)}: {_place(body)}",
    "uncode": lambda body: f"took coding {body['coding']} away",
    "revise": _revised,
    "mark": lambda body: f"marked {body['coding']} {body['mark'] or 'as before'}",
    "memo": _memoed,
    "note": _noted,
    "reject": lambda body: f"rejected {body['code']} ({body.get('reason') or 'no reason kept'}): {_place(body)}",
    "later": lambda body: f"put off {body['code']}: {_place(body)}",
    "done": lambda body: f"read {body['transcript']} to its end",
    "settle": lambda body: f"settled {body['code']} as {body['decision']}: {_place(body)}",
    "edit": lambda body: f"corrected {body['transcript']} at {len(body['changes'])} places",
    "codebook": lambda body: f"codebook {body['action']}: {', '.join(body['codes']) or body.get('name', '')}".rstrip(
        ": "
    ),
    "basket": lambda body: f"quote basket of {len(body['items'])}",
    "pin": lambda body: f"pinned {', '.join(body['codes']) or 'nothing'}",
    "shown": lambda body: f"was shown suggestions at {_place(body)}",
}
