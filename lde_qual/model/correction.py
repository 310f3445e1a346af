"""What a correction changed in a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from lde_qual.model.anchor import Change

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MANY = 4000
"""Pieces beyond which a passage counts as rewritten whole: comparing them takes quadratic time."""

Block = tuple[int, int, int, int]


def changed_spans(old: str, new: str) -> tuple[Change, ...]:
    """Return the changes that lead from one text to another, in order and apart from each other.

    Returns
    -------
    tuple of (int, int, str, str)
        Start and end in `old`, in code points; what stands there; what comes instead.
    """
    changes: list[Change] = []
    for start, end, new_start, new_end in _blocks(old, new, _LINE):
        before, after = old[start:end], new[new_start:new_end]
        for i1, i2, j1, j2 in _blocks(before, after, _PIECE):
            changes.append((start + i1, start + i2, before[i1:i2], after[j1:j2]))
    return tuple(changes)


def _blocks(old: str, new: str, piece: re.Pattern[str]) -> Iterator[Block]:
    """Yield where the two differ, in characters of each."""
    ours, theirs = piece.findall(old), piece.findall(new)
    head = _shared(ours, theirs)
    tail = _shared(ours[head:][::-1], theirs[head:][::-1])
    mine, others = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    at, there = _offsets(ours), _offsets(theirs)
    for i1, i2, j1, j2 in _different(mine, others):
        yield at[head + i1], at[head + i2], there[head + j1], there[head + j2]


def _different(ours: Sequence[str], theirs: Sequence[str]) -> list[Block]:
    if len(ours) > _MANY or len(theirs) > _MANY:
        return [(0, len(ours), 0, len(theirs))]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))


def _offsets(pieces: Sequence[str]) -> list[int]:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets
