"""Operations: everything that a person does, as data.

=========  =====================================================================
op         body
=========  =====================================================================
code       anchor fields, code, dimensions, memo, mark, suggestions_visible
accept     the same, and suggestion (see `model.suggestion`)
uncode     coding
revise     coding, changes (anchor fields, code, dimensions, memo)
mark       coding, mark (``typerend``, ``tegenstem`` or empty)
memo       subject, about, kind, text (empty: the memo is taken away)
note       anchor fields and text; or note, text (empty: the note is taken away)
reject     anchor fields, code, suggestion, reason
later      anchor fields, code, suggestion
done       transcript
settle     anchor fields, code, coders (who were compared), decision (one of them, ``all`` or ``none``)
edit       transcript, before, after (body hashes), changes
codebook   action, codes, before, after (file hashes), hunks; see `store.codebook_file`
basket     items, in order, each with its note
pin        codes, in order
shown      anchor fields, codes (what the coder had there) and suggestions (what was shown after)
undo       operation
batch      operations, a list of op and body that hold or fail as one
=========  =====================================================================

Anchor fields are transcript, start, end, quote, prefix, suffix, body_sha256. What the
coding page asked for also keeps request: the page's own id of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from lde_qual.model.anchor import Edit
from lde_qual.model.coding import Anchor, Settled

OPS = (
    "code",
    "accept",
    "uncode",
    "revise",
    "mark",
    "memo",
    "note",
    "reject",
    "later",
    "done",
    "settle",
    "edit",
    "codebook",
    "basket",
    "pin",
    "shown",
    "undo",
    "batch",
)
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
"""What a body raises that is not of the shape its operation has."""
ANCHOR_FIELDS = ("transcript", "start", "end", "quote", "prefix", "suffix", "body_sha256")

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of a journal, without what chains it.

    Attributes
    ----------
    id : str
        A UUIDv7.
    seq : int
        Place in the journal it was written to, from 1.
    at : str
        When it was written, ISO 8601 in UTC.
    body : mapping or None
        None where the line was withdrawn.
    """

    id: str
    seq: int
    at: str
    coder: str
    op: str
    body: Body | None = field(default_factory=dict)


class Part(NamedTuple):
    """An operation, or one of those in a batch; `operation` is the id of the whole."""

    id: str
    operation: str
    at: str
    coder: str
    op: str
    body: Body


def parts(operation: Operation) -> Iterator[Part]:
    """Yield what an operation does: itself, or each member of a batch under ``<id>.<n>``, n from 1."""
    if operation.body is None:
        return
    if operation.op != "batch":
        yield Part(operation.id, operation.id, operation.at, operation.coder, operation.op, operation.body)
        return
    for number, member in enumerate(operation.body.get("operations", ()), start=1):
        body = member["body"]
        if type(member["op"]) is not str or (type(body) is not dict and not isinstance(body, Mapping)):
            raise TypeError("a member of the batch is no operation")
        yield Part(f"{operation.id}.{number}", operation.id, operation.at, operation.coder, member["op"], body)


def readable_parts(operation: Operation) -> list[Part]:
    """Return what `parts` yields; nothing where the body cannot be read."""
    try:
        return list(parts(operation))
    except UNREADABLE:
        return []


def anchor_body(anchor: Anchor) -> dict[str, Any]:
    """Return the anchor fields of an operation's body."""
    return asdict(anchor)


def anchor_of(body: Body) -> Anchor:
    """Return the anchor that a body's fields describe.

    Raises
    ------
    TypeError
        Where a field is missing or is no text or number: nothing could be placed by it.
    """
    name, start, end, quote = body["transcript"], body["start"], body["end"], body["quote"]
    prefix, suffix, sha256 = body.get("prefix", ""), body.get("suffix", ""), body.get("body_sha256", "")
    if not (type(start) is type(end) is int and type(name) is type(quote) is type(prefix) is type(suffix) is str):
        raise TypeError("a field of the passage is of the wrong kind")
    if type(sha256) is not str:
        raise TypeError("the hash of the passage's text is no text")
    return Anchor(name, start, end, quote, prefix, suffix, sha256)


def text_of(body: Body, name: str) -> str:
    """Return a text of a body; empty where there is none.

    Raises
    ------
    TypeError
        Where it is no text.
    """
    text = body.get(name) or ""
    if type(text) is not str:
        raise TypeError(f"'{name}' is no text")
    return text


def edit_of(part: Part) -> Edit:
    """Return the correction that an ``edit`` operation records."""
    changes = tuple((int(start), int(end), str(old), str(new)) for start, end, old, new in part.body["changes"])
    return Edit(part.id, part.body["transcript"], part.body["before"], part.body["after"], changes)


def settled_of(part: Part) -> Settled:
    """Return the decision that a ``settle`` operation records."""
    coders = tuple(str(coder) for coder in part.body["coders"])
    return Settled(
        part.id, part.coder, anchor_of(part.body), text_of(part.body, "code"), coders, text_of(part.body, "decision")
    )


Effect = tuple[str, str, str]


def effects(part: Part) -> list[Effect]:
    """Return what an operation touches: kind of thing, which thing, and what of it.

    ``*`` stands for the whole thing. Operations that nothing can rest on touch nothing.
    """
    effect = _EFFECTS.get(part.op)
    return effect(part) if effect else []


def _revised(part: Part) -> list[Effect]:
    changed = set(part.body["changes"])
    aspects = sorted(changed - set(ANCHOR_FIELDS)) + (["place"] if changed & set(ANCHOR_FIELDS) else [])
    return [("coding", part.body["coding"], aspect) for aspect in aspects]


def _memoed(part: Part) -> list[Effect]:
    subject, about, kind = part.body["subject"], part.body["about"], part.body["kind"]
    if subject == "coding":
        return [("coding", about, "memo" if kind == "content" else f"memo {kind}")]
    return [("memo", f"{subject} {about}", kind)]


_EFFECTS: dict[str, Callable[[Part], list[Effect]]] = {
    "code": lambda part: [("coding", part.id, "*")],
    "accept": lambda part: [("coding", part.id, "*")],
    "uncode": lambda part: [("coding", part.body["coding"], "*")],
    "revise": _revised,
    "mark": lambda part: [("coding", part.body["coding"], "mark")],
    "memo": _memoed,
    "note": lambda part: [("note", part.body.get("note") or part.id, "*")],
    "edit": lambda part: [("text", part.body["transcript"], "*")],
    "codebook": lambda part: [("codebook", code, "*") for code in part.body.get("codes", ())],
}


def rests_on(later: Part, earlier: Part) -> bool:
    """Tell whether `later` touches what `earlier` made or changed; nothing rests on a body that cannot be read."""
    try:
        return _rests_on(later, earlier)
    except UNREADABLE:
        return False


def _rests_on(later: Part, earlier: Part) -> bool:
    made = earlier.op in {"code", "accept", "note"}
    for kind, thing, aspect in effects(earlier):
        for other_kind, other_thing, other_aspect in effects(later):
            same = (kind, thing) == (other_kind, other_thing)
            if same and (made or aspect == other_aspect or "*" in {aspect, other_aspect}):
                return True
    return earlier.op == "codebook" and _uses(later, set(earlier.body.get("codes", ())))


def _uses(part: Part, codes: set[str]) -> bool:
    body = part.body
    if part.op in {"code", "accept"}:
        return body["code"] in codes
    if part.op == "revise":
        return body["changes"].get("code") in codes
    if part.op == "memo":
        return bool(body["subject"] == "code" and body["about"] in codes)
    return part.op == "pin" and bool(codes & set(body["codes"]))
