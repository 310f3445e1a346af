"""The lines of a journal's bytes, each checked; one that stands as it was written is checked fast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from typing import Any

import msgspec

from lde_qual.formats.journal import VERSION, Fault, Line, decode
from lde_qual.model.operation import OPS, Operation
from lde_qual.model.study import CODER

_ORDER = ("v", "id", "seq", "at", "coder", "op", "prev", "salt", "digest", "body", "sum")
_KINDS = (int, str, int, str, str, str, str, str, str, dict, str)
_KNOWN = frozenset(OPS)


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
        plain = as_written(raw)
        found = plain or decode(raw, number=number)
        if not ended:
            tail = "torn" if isinstance(found, Fault) and not found.kind.startswith("unknown") else "whole"
        if isinstance(found, Fault):
            faults.append(found if tail != "torn" else Fault(number, "torn", "it was not written to its end"))
            prev = found.sum or None
            continue
        if prev is not None and found.prev != prev:
            breaks.append(number)
        if plain is None and not found.withdrawn and found.to_bytes() != raw + b"\n":
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


def as_written(raw: bytes) -> Line | None:
    """Return the line that `raw` holds, where every byte of it is as `Line.to_bytes` writes it and its sums hold.

    None says nothing but that `journal.decode` has to look: nearly all lines are read here,
    several times as fast. A body is encoded anew by another encoder than the one that wrote it, and
    only where the same bytes come out is the line taken; of numbers with a fraction the two
    may differ, so those are compared with what Python writes.

    Parameters
    ----------
    raw : bytes
        Without its LF.
    """
    try:
        fields = _DECODER.decode(raw)
        return _unchanged(raw, fields) if type(fields) is dict and tuple(fields) == _ORDER else None
    except (ValueError, RecursionError):
        return None


def _unchanged(raw: bytes, fields: dict[str, Any]) -> Line | None:
    version, identifier, seq, at, coder, op, prev, salt, digest, body, stated = values = tuple(fields.values())
    if tuple(map(type, values)) != _KINDS or version != VERSION or op not in _KNOWN or not CODER.fullmatch(coder):
        return None
    written = _ENCODER.encode(body)
    named, said, before = _quoted(identifier), _quoted(at), _quoted(prev)
    summed = (
        f'{{"at":{said},"coder":"{coder}","digest":"{digest}","id":{named},"op":"{op}","prev":{before},'
        f'"seq":{seq},"v":{VERSION}}}'
    )
    head = (
        f'{{"v":{VERSION},"id":{named},"seq":{seq},"at":{said},"coder":"{coder}","op":"{op}","prev":{before},'
        f'"salt":{_quoted(salt)},"digest":"{digest}","body":'
    )
    same = (
        raw == b"".join((head.encode(), written, f',"sum":"{stated}"}}'.encode()))
        and sha256(salt.encode() + written).hexdigest() == digest
        and sha256(summed.encode()).hexdigest() == stated
    )
    return Line(Operation(identifier, seq, at, coder, op, body), prev, salt, digest, stated) if same else None


def _as_python_writes_it(text: str) -> float:
    value = float(text)
    if repr(value) != text:
        raise ValueError(text)
    return value


_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(float_hook=_as_python_writes_it)
_ENCODER = msgspec.json.Encoder(order="sorted")


def _split(data: bytes) -> Iterator[tuple[bytes, bool]]:
    start, end = 0, data.find(b"\n")
    while end >= 0:
        yield data[start:end], True
        start, end = end + 1, data.find(b"\n", end + 1)
    if start < len(data):
        yield data[start:], False
