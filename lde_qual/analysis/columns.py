"""What is counted, as columns: turns, and marks of one coder's codings in them; and the same as bytes.

No text and no coding stands here, so that a study that did not change is counted
without reading its journals again.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lde_qual.errors import UsageError, did_you_mean
from lde_qual.model.codebook import Codebook

Ints = NDArray[np.int64]
NONE = "(none)"
TOTAL = "total"
_TURNS = ("turn_transcript", "turn_respondent", "turn_words")
_MARKS = ("mark_coding", "mark_turn", "mark_code", "mark_start", "mark_end", "mark_from", "mark_to")
_ARRAYS = ("coding_code", *_TURNS, *_MARKS)
_TEXTS = ("coder", "names", "dates", "respondents", "codes", "asked", "notices")
_HALF = 1 << 31


@dataclass(frozen=True)
class Axis:
    """One way to divide what is counted.

    Attributes
    ----------
    name : str
        The attribute or dimension.
    labels : list of str
        Its groups in order; ``(none)`` last where something has no value.
    of_turns : array of int, shape (turns,), or None
        Index into `labels` per turn, for an attribute.
    of_codings : array of int, shape (codings,), or None
        Index into `labels` per coding, for a dimension.
    """

    name: str
    labels: list[str]
    of_turns: Ints | None = None
    of_codings: Ints | None = None


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What one coder coded, laid over the turns of those who count.

    Attributes
    ----------
    names, dates : list of str
        The transcripts, sorted by name, and what is written as the date of each.
    respondents : list of str
        Everyone who speaks in a turn that counts, sorted.
    codes : list of str
        Ids of all codes, in the order of the tree.
    axes : mapping of str to Axis
        Every attribute, then every dimension.
    asked : list of list of str, or None
        The codes that were asked about in each transcript; None where that is not known.
    coding_code : array of int, shape (codings,)
        The code of each coding that lies in at least one of the turns.
    turn_transcript, turn_respondent : array of int, shape (turns,)
        Indices into `names` and `respondents`.
    turn_words : array of int, shape (turns,)
        Words spoken in a turn.
    mark_coding, mark_turn, mark_code : array of int, shape (marks,)
        One mark for each coding in each turn it covers; code as index into `codes`.
    mark_start, mark_end : array of int, shape (marks,)
        The covered speech, in code points.
    mark_from, mark_to : array of int, shape (marks,)
        The covered words, half-open, counted over all turns.
    notices : list of str
        What every view must say beside its numbers.
    """

    codebook: Codebook
    coder: str | None
    names: list[str]
    dates: list[str]
    respondents: list[str]
    codes: list[str]
    axes: Mapping[str, Axis]
    asked: list[list[str]] | None
    coding_code: Ints
    turn_transcript: Ints
    turn_respondent: Ints
    turn_words: Ints
    mark_coding: Ints
    mark_turn: Ints
    mark_code: Ints
    mark_start: Ints
    mark_end: Ints
    mark_from: Ints
    mark_to: Ints
    notices: list[str] = field(default_factory=list)

    def axis(self, name: str) -> Axis:
        """Return the groups of an attribute, a dimension, or of ``respondent`` and ``transcript``.

        Raises
        ------
        UsageError
            Where the study knows no attribute or dimension of that name.
        """
        if name in {"respondent", "transcript"} and name not in self.codebook.dimensions:
            labels, index = {
                "respondent": (self.respondents, self.turn_respondent),
                "transcript": (self.names, self.turn_transcript),
            }[name]
            there, of_turns = np.unique(index, return_inverse=True)
            return Axis(name, [labels[place] for place in there], of_turns=of_turns)
        if name not in self.axes:
            raise UsageError(
                f"'{name}' is no attribute or dimension of this study.",
                way_out=did_you_mean(name, self.axes, otherwise=f"It knows {', '.join(self.axes)}."),
            )
        return self.axes[name]

    def to_bytes(self) -> bytes:
        """Return everything but the codebook as bytes."""
        axes = [(axis.name, axis.labels, axis.of_turns is not None) for axis in self.axes.values()]
        head = {name: getattr(self, name) for name in _TEXTS} | {"axes": axes}
        of_axes = [axis.of_codings if axis.of_turns is None else axis.of_turns for axis in self.axes.values()]
        return packed(
            head, [*(getattr(self, name) for name in _ARRAYS), *(each for each in of_axes if each is not None)]
        )


def columns_of(data: bytes, codebook: Codebook) -> Columns:
    """Return the columns that `Columns.to_bytes` gave `data` for.

    Parameters
    ----------
    codebook : Codebook
        The one that they were laid out with.
    """
    head, arrays = unpacked(data)
    columns: dict[str, Any] = {name: next(arrays) for name in _ARRAYS}
    axes = {
        name: Axis(name, labels, **{"of_turns" if of_turns else "of_codings": next(arrays)})
        for name, labels, of_turns in head.pop("axes")
    }
    return Columns(codebook=codebook, axes=axes, **head, **columns)


def packed(head: Mapping[str, Any], arrays: Iterable[NDArray[Any]]) -> bytes:
    """Return what JSON holds, and arrays after it, as bytes; whole numbers in half the bytes where they fit."""
    buffer = io.BytesIO()
    np.save(buffer, np.frombuffer(json.dumps(head).encode(), dtype=np.uint8), allow_pickle=False)
    for array in arrays:
        small = array.dtype == np.int64 and (not len(array) or (array.min() > -_HALF and array.max() < _HALF))
        np.save(buffer, array.astype(np.int32) if small else array, allow_pickle=False)
    return buffer.getvalue()


def unpacked(data: bytes) -> tuple[dict[str, Any], Iterator[NDArray[Any]]]:
    """Return what `packed` was given."""
    buffer = io.BytesIO(data)
    head = json.loads(np.load(buffer, allow_pickle=False).tobytes())
    return head, _arrays(buffer)


def _arrays(buffer: io.BytesIO) -> Iterator[NDArray[Any]]:
    while buffer.tell() < len(buffer.getbuffer()):
        array = np.load(buffer, allow_pickle=False)
        yield array.astype(np.int64) if array.dtype == np.int32 else array
