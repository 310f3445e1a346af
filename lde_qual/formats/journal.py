"""Journal lines: one operation a line, chained and summed, so that any damage is found.

A line is JSON ``{v, id, seq, at, coder, op, prev, salt, digest, body, sum}``.
`digest` covers salt and body, `sum` everything else but itself, and `prev` is the
`sum` of the line before: a withdrawal can take salt and body out, and the chain
still holds.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from lde_qual.errors import JournalError
from lde_qual.model.operation import OPS, Body, Operation
from lde_qual.model.study import CODER

VERSION = 1
_SUMMED = ("v", "id", "seq", "at", "coder", "op", "prev", "digest")
_KEYS = frozenset({*_SUMMED, "salt", "body", "sum"})
_TEXTS = ("id", "at", "coder", "op", "prev", "digest", "sum")


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
        fields: dict[str, Any] = {"v": VERSION, "id": operation.id, "seq": operation.seq, "at": operation.at}
        fields |= {"coder": operation.coder, "op": operation.op, "prev": self.prev}
        if self.withdrawn:
            return f"{_dump(fields | {'digest': self.digest, 'sum': self.sum})}\n".encode()
        head = _dump(fields | {"salt": self.salt, "digest": self.digest})[:-1]
        return f'{head},"body":{_canonical(operation.body)},"sum":"{self.sum}"}}\n'.encode()


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


@dataclass(frozen=True, slots=True)
class Reading:
    """What the bytes of a journal, or of a part of one, hold.

    Attributes
    ----------
    lines : tuple of Line
        Those that count, in order.
    faults : tuple of Fault
        Those that do not.
    breaks : tuple of int
        Numbers of the lines whose `prev` is not the sum of the line before; they count.
    rewritten : tuple of int
        Numbers of lines whose sums hold but whose bytes are not those that were written; they count.
    end : int
        Offset after the last line feed: where the next append may begin.
    count : int
        Lines up to `end`.
    last_sum : str or None
        Sum of the last line; None where it cannot be known.
    tail : str
        What stands after the last line feed: empty for nothing, ``whole`` for a line
        that counts, ``torn`` for one that does not.
    """

    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()
    breaks: tuple[int, ...] = ()
    rewritten: tuple[int, ...] = ()
    end: int = 0
    count: int = 0
    last_sum: str | None = ""
    tail: str = ""


def uuid7(milliseconds: int, random_bytes: bytes) -> str:
    """Return a UUIDv7 (RFC 9562).

    Parameters
    ----------
    milliseconds : int
        Since 1970-01-01 UTC.
    random_bytes : bytes
        Ten of them; six bits make way for version and variant.
    """
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(random_bytes[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def milliseconds_of(identifier: str) -> int:
    """Return the milliseconds since 1970 that an id carries; 0 where it is no UUID."""
    try:
        return uuid.UUID(identifier).int >> 80
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
        digest = _digest(salt, operation.body if operation.body is not None else {})
    except (TypeError, ValueError) as fault:
        raise JournalError(
            f"The '{operation.op}' operation cannot be written as JSON: {fault}.",
            way_out="Use texts, finite numbers, lists and mappings only.",
        ) from fault
    return chain(Line(operation, prev, salt, digest, ""), seq=operation.seq, prev=prev)


def chain(line: Line, *, seq: int, prev: str) -> Line:
    """Return the same operation as a line of another place: only `seq`, `prev` and `sum` differ."""
    old = line.operation
    operation = Operation(old.id, seq, old.at, old.coder, old.op, old.body)
    fields = (VERSION, old.id, seq, old.at, old.coder, old.op, prev, line.digest)
    return Line(operation, prev, line.salt, line.digest, _sum(dict(zip(_SUMMED, fields, strict=True))))


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


def read_lines(data: bytes, *, first: int = 1, prev: str | None = "") -> Reading:
    """Return what the bytes of a journal hold; it never fails.

    Parameters
    ----------
    first : int
        Number of the first line in `data`.
    prev : str or None
        Sum of the line before it; None where that cannot be known.
    """
    lines: list[Line] = []
    faults: list[Fault] = []
    breaks: list[int] = []
    rewritten: list[int] = []
    number, tail = first - 1, ""
    for number, (raw, ended) in enumerate(_split(data), start=first):
        found = decode(raw, number=number)
        if not ended:
            tail = "torn" if isinstance(found, Fault) and not found.kind.startswith("unknown") else "whole"
        if isinstance(found, Fault):
            faults.append(found if tail != "torn" else Fault(number, "torn", "it was not written to its end"))
            prev = found.sum or None
            continue
        if prev is not None and found.prev != prev:
            breaks.append(number)
        if not found.withdrawn and found.to_bytes() != raw + b"\n":
            rewritten.append(number)
        lines.append(found)
        prev = found.sum
    return Reading(
        lines=tuple(lines),
        faults=tuple(faults),
        breaks=tuple(breaks),
        rewritten=tuple(rewritten),
        end=data.rfind(b"\n") + 1,
        count=number - bool(tail),
        last_sum=prev,
        tail=tail,
    )


def _split(data: bytes) -> Iterator[tuple[bytes, bool]]:
    *ended, rest = data.split(b"\n")
    for raw in ended:
        yield raw, True
    if rest:
        yield rest, False


def _checked(fields: dict[str, Any], number: int) -> Line | Fault:
    stated = fields.get("sum")
    stated = stated if isinstance(stated, str) else ""
    if fields.get("v") != VERSION or isinstance(fields.get("v"), bool):
        return _other_version(fields, number, stated)
    if not _shaped(fields):
        return Fault(number, "not json", "its fields are not those of a journal line", stated)
    if stated != _sum(fields):
        return Fault(number, "bad sum", "its sum does not hold: the line was changed or damaged")
    if not _body_holds(fields):
        return Fault(number, "bad digest", "its body is not the one that was written", stated)
    if fields["op"] not in OPS:
        return Fault(number, "unknown op", f"operation '{fields['op']}' is of a later version of lde-qual", stated)
    identifier, seq, at, coder, op = (fields[name] for name in ("id", "seq", "at", "coder", "op"))
    operation = Operation(identifier, seq, at, coder, op, fields.get("body"))
    return Line(operation, fields["prev"], fields.get("salt") or "", fields["digest"], stated)


def _body_holds(fields: dict[str, Any]) -> bool:
    body, salt = fields.get("body"), fields.get("salt")
    if body is None or salt is None:
        return body is salt
    return bool(fields["digest"] == _digest(salt, body))


def _other_version(fields: dict[str, Any], number: int, stated: str) -> Fault:
    if stated and stated == _sum(fields | {"v": VERSION}):
        return Fault(number, "bad sum", "its sum does not hold: the line was changed or damaged")
    if "v" not in fields:
        return Fault(number, "not json", "its fields are not those of a journal line", stated)
    return Fault(number, "unknown version", f"version {fields['v']!r} is not one this lde-qual knows", stated)


def _shaped(fields: dict[str, Any]) -> bool:
    body, salt, seq = fields.get("body"), fields.get("salt"), fields.get("seq")
    return (
        set(fields) <= _KEYS
        and all(isinstance(fields.get(name), str) for name in _TEXTS)
        and isinstance(seq, int)
        and not isinstance(seq, bool)
        and (body is None or isinstance(body, dict))
        and (salt is None or isinstance(salt, str))
        and CODER.fullmatch(fields["coder"]) is not None
    )


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


_canonical_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_ordered_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_canonical = _canonical_encoder.encode
_dump = _ordered_encoder.encode


def _digest(salt: str, body: Body) -> str:
    return sha256((salt + _canonical(body)).encode("utf-8")).hexdigest()


def _sum(fields: dict[str, Any]) -> str:
    return sha256(_canonical({name: fields.get(name) for name in _SUMMED}).encode("utf-8")).hexdigest()
