"""Journal lines: one operation a line, chained and summed, so that any damage is found.

A line is JSON ``{v, id, seq, at, coder, op, prev, salt, digest, body, sum}``.
`digest` covers salt and body, `sum` everything else but itself, and `prev` is the
`sum` of the line before: a withdrawal can take salt and body out, and the chain
still holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from typing import Any

from lde_qual.errors import JournalError
from lde_qual.model.operation import OPS, Operation
from lde_qual.model.study import CODER

VERSION = 1
_48_BITS, _62_BITS = (1 << 48) - 1, (1 << 62) - 1
_TEXTS = ("id", "at", "coder", "op", "prev", "digest", "sum")
_KEYS = frozenset({*_TEXTS, "v", "seq", "salt", "body"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line that can be trusted.

    Attributes
    ----------
    prev, sum : str
        What chains it to the line before, and the next one to it.
    salt : str
        32 hexadecimal digits; empty where the line was withdrawn.
    digest : str
        SHA-256 of salt and body, in hexadecimal.
    """

    operation: Operation
    prev: str
    salt: str
    digest: str
    sum: str
    _body: str = field(default="", repr=False, compare=False)

    @property
    def id(self) -> str:
        """Id of the operation."""
        return self.operation.id

    @property
    def coder(self) -> str:
        """Whose line it is."""
        return self.operation.coder

    @property
    def withdrawn(self) -> bool:
        """Whether salt and body were taken out."""
        return self.operation.body is None

    def to_bytes(self) -> bytes:
        """Return the line as it stands in a file, its LF included."""
        operation = self.operation
        head = (
            f'{{"v":{VERSION},"id":{_quoted(operation.id)},"seq":{operation.seq},"at":{_quoted(operation.at)},'
            f'"coder":{_quoted(operation.coder)},"op":{_quoted(operation.op)},"prev":{_quoted(self.prev)}'
        )
        digest = f'"digest":{_quoted(self.digest)}'
        if self.withdrawn:
            return f'{head},{digest},"sum":{_quoted(self.sum)}}}\n'.encode()
        body = self._body or _canonical(operation.body)
        return f'{head},"salt":{_quoted(self.salt)},{digest},"body":{body},"sum":{_quoted(self.sum)}}}\n'.encode()


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be used.

    Attributes
    ----------
    line : int
        Its number in the file, from 1.
    kind : str
        ``torn``, ``bad sum``, ``bad digest``, ``not json``, ``unknown version`` or ``unknown op``.
    sum : str
        What the line says its sum is; empty where that cannot be read.
    """

    line: int
    kind: str
    reason: str
    sum: str = ""


def uuid7(milliseconds: int, random_bytes: bytes) -> str:
    """Return a UUIDv7 (RFC 9562).

    Parameters
    ----------
    milliseconds : int
        Since 1970-01-01 UTC.
    random_bytes : bytes
        Ten of them; six bits make way for version and variant.
    """
    chance = int.from_bytes(random_bytes[:10], "big")
    digits = f"{milliseconds & _48_BITS:012x}7{chance >> 64 & 0xFFF:03x}{1 << 63 | chance & _62_BITS:016x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def milliseconds_of(identifier: str) -> int:
    """Return the milliseconds since 1970 that an id carries; 0 where it is no UUID."""
    try:
        return int(identifier[:8] + identifier[9:13], 16)
    except ValueError:
        return 0


def encode(operation: Operation, *, prev: str, salt: str) -> Line:
    """Return the line of an operation.

    Parameters
    ----------
    prev : str
        Sum of the line before; empty for the first.
    salt : str
        16 random bytes in hexadecimal; not used where the operation was withdrawn.

    Raises
    ------
    JournalError
        Where the body holds what JSON cannot carry: NaN, infinity, half a surrogate pair.
    """
    try:
        body = _canonical(operation.body)
        digest = _digest(salt, body)
    except (TypeError, ValueError) as fault:
        raise JournalError(
            f"The '{operation.op}' operation cannot be written as JSON: {fault}.",
            way_out="Use texts, finite numbers, lists and mappings only.",
        ) from fault
    return Line(operation, prev, salt, digest, _sum(operation, prev, digest), body)


def chain(line: Line, *, seq: int, prev: str) -> Line:
    """Return the same operation as a line of another place: only `seq`, `prev` and `sum` differ."""
    old = line.operation
    operation = Operation(old.id, seq, old.at, old.coder, old.op, old.body)
    return Line(operation, prev, line.salt, line.digest, _sum(operation, prev, line.digest), line._body)  # noqa: SLF001


def decode(raw: bytes, *, number: int = 1) -> Line | Fault:
    """Return the line that `raw` holds, or what is wrong with it.

    Parameters
    ----------
    raw : bytes
        One line, with or without its LF.
    number : int
        Its number in the file.
    """
    try:
        fields = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return Fault(number, "not json", "it is not JSON in UTF-8")
    if not isinstance(fields, dict):
        return Fault(number, "not json", "it is not a JSON object")
    try:
        return _checked(fields, number)
    except UnicodeEncodeError:
        return Fault(number, "not json", "it holds half a surrogate pair, which is no text")


def _checked(fields: dict[str, Any], number: int) -> Line | Fault:
    stated = fields.get("sum")
    stated = stated if isinstance(stated, str) else ""
    if not _shaped(fields):
        later = fields.get("v", VERSION) != VERSION
        kind, reason = _later(fields) if later else ("not json", "its fields are not those of a journal line")
        return Fault(number, kind, reason, stated)
    identifier, seq, at, coder, op, prev = (fields[name] for name in ("id", "seq", "at", "coder", "op", "prev"))
    operation = Operation(identifier, seq, at, coder, op, fields.get("body"))
    kind, reason = _fault(fields, holds=stated == _sum(operation, prev, fields["digest"]))
    if kind:
        return Fault(number, kind, reason, "" if kind == "bad sum" else stated)
    return Line(operation, prev, fields.get("salt") or "", fields["digest"], stated)


def _later(fields: dict[str, Any]) -> tuple[str, str]:
    return "unknown version", f"version {fields['v']!r} is not one this lde-qual knows"


def _fault(fields: dict[str, Any], *, holds: bool) -> tuple[str, str]:
    # A line of a later version may be summed in another way; one whose sum holds was
    # of this version until its number was changed.
    if not holds and fields["v"] != VERSION:
        return _later(fields)
    if not holds or fields["v"] != VERSION:
        return "bad sum", "its sum does not hold: the line was changed or damaged"
    if not _body_holds(fields):
        return "bad digest", "its body is not the one that was written"
    if fields["op"] not in OPS:
        return "unknown op", f"operation '{fields['op']}' is of a later version of lde-qual"
    return "", ""


def _body_holds(fields: dict[str, Any]) -> bool:
    body, salt = fields.get("body"), fields.get("salt")
    if body is None or salt is None:
        return body is salt
    return bool(fields["digest"] == _digest(salt, _canonical(body)))


def _shaped(fields: dict[str, Any]) -> bool:
    body, salt, seq = fields.get("body"), fields.get("salt"), fields.get("seq")
    return (
        set(fields) <= _KEYS
        and "v" in fields
        and all(isinstance(fields.get(name), str) for name in _TEXTS)
        and isinstance(seq, int)
        and not isinstance(seq, bool)
        and (body is None or isinstance(body, dict))
        and (salt is None or isinstance(salt, str))
        and CODER.fullmatch(fields["coder"]) is not None
    )


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


_canonical = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def _digest(salt: str, body: str) -> str:
    return sha256(f"{salt}{body}".encode()).hexdigest()


def _sum(operation: Operation, prev: str, digest: str) -> str:
    """Return the SHA-256 of the canonical JSON of a line without salt, body and sum."""
    summed = (
        f'{{"at":{_quoted(operation.at)},"coder":{_quoted(operation.coder)},"digest":{_quoted(digest)},'
        f'"id":{_quoted(operation.id)},"op":{_quoted(operation.op)},"prev":{_quoted(prev)},'
        f'"seq":{operation.seq},"v":{VERSION}}}'
    )
    return sha256(summed.encode()).hexdigest()
