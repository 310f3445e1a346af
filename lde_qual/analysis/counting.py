"""Counting distinct things per row and group, and finding spans that overlap.

All of it on columns of integers: sort, sweep and tally, never a loop over pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_SMALL, _PER_ROW = 1 << 16, 8
"""Where cells by things are at most so many, or so many for each row, a table of all of them is faster than a sort."""


def unique(keys: Ints) -> Ints:
    """Return the different keys, sorted; a plain sort is ten times faster here than ``numpy.unique``."""
    ordered: Ints = np.sort(keys)
    first: Ints = ordered[np.concatenate([np.ones(min(1, len(ordered)), dtype=bool), ordered[1:] != ordered[:-1]])]
    return first


def sorting(keys: Ints) -> Ints:
    """Return the indices that put keys of 0 and more in order; of equal ones the first comes first.

    Key and index are packed into one number where they fit: a plain sort is then much
    faster than a sort of indices.
    """
    bits = len(keys).bit_length()
    if not len(keys) or int(keys.max()).bit_length() + bits > 63 or int(keys.min()) < 0:
        order: Ints = np.argsort(keys, kind="stable")
        return order
    packed = (keys << bits) | np.arange(len(keys))
    packed.sort()
    packed &= (1 << bits) - 1
    return packed


def distinct(cell: Ints, thing: Ints, *, cells: int) -> Ints:
    """Return how many different things each cell holds.

    Parameters
    ----------
    cell, thing : array of int, shape (n,)
        A thing may stand in a cell many times; it counts once.
    cells : int
        Number of cells.

    Returns
    -------
    array of int, shape (cells,)
    """
    if not len(cell):
        return np.zeros(cells, dtype=np.int64)
    things = int(thing.max()) + 1
    if cells * things <= max(_SMALL, _PER_ROW * len(cell)):
        seen = np.zeros(cells * things, dtype=bool)
        seen[cell * things + thing] = True
        counts: Ints = np.count_nonzero(seen.reshape(cells, things), axis=1)
        return counts
    return np.bincount(unique(cell * things + thing) // things, minlength=cells)


def members(cell: Ints, thing: Ints) -> dict[int, list[int]]:
    """Return the different things in each cell, sorted; an empty cell is absent."""
    found: dict[int, list[int]] = {}
    if len(cell):
        things = int(thing.max()) + 1
        for key in unique(cell * things + thing).tolist():
            found.setdefault(key // things, []).append(key % things)
    return found


def union_lengths(cell: Ints, start: Ints, end: Ints, *, cells: int) -> Ints:
    """Return how many positions the half-open intervals of each cell cover together.

    A position under two intervals of the same cell counts once.

    Returns
    -------
    array of int, shape (cells,)
    """
    if not len(cell):
        return np.zeros(cells, dtype=np.int64)
    # One number line: each cell gets a stretch of its own, so that one running maximum serves all.
    stretch = int(end.max()) + 1
    begin, until = cell * stretch + start, cell * stretch + end
    order = sorting(begin)
    begin, until, cell = begin[order], until[order], cell[order]
    reached = np.concatenate([begin[:1], np.maximum.accumulate(until)[:-1]])
    fresh = np.maximum(0, until - np.maximum(begin, reached))
    return np.bincount(cell, weights=fresh, minlength=cells).astype(np.int64)


def unions(cell: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the half-open intervals of each cell with those that share a position made one; empty ones are gone.

    Returns
    -------
    (array of int, array of int, array of int)
        Cell, start, end, by cell and start; intervals that only touch stay apart.
    """
    full = np.flatnonzero(end > start)
    if not len(full):
        return cell[full], start[full], end[full]
    stretch = int(end.max()) + 1
    begin, until = (cell * stretch + start)[full], (cell * stretch + end)[full]
    order = sorting(begin)
    begin, reached = begin[order], np.maximum.accumulate(until[order])
    first = np.flatnonzero(np.concatenate([np.ones(1, dtype=bool), begin[1:] >= reached[:-1]]))
    last = np.append(first[1:], len(begin)) - 1
    where = begin[first] // stretch
    return where, begin[first] - where * stretch, reached[last] - where * stretch


def overlapping_pairs(group: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of intervals that share a position in the same group.

    Parameters
    ----------
    group, start, end : array of int, shape (n,)
        Half-open intervals; an empty one meets none.

    Returns
    -------
    (array of int, array of int)
        Indices of both members; each pair once, in no order, none with itself.
    """
    order, one, other = sweep(group, start, end)
    return order[one], order[other]


def sweep(group: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the intervals in order of group and start, and all pairs that overlap as places in that order.

    Each interval meets the ones after it until one starts where it has ended, so the
    k-th neighbours of all are compared at once.

    Returns
    -------
    (array of int, array of int, array of int)
        Indices of the intervals that are not empty, in order; places of the first and of
        the second member of each pair.
    """
    full = np.flatnonzero(end > start)
    if not len(full):
        return full, full, full
    stretch = int(end.max()) + 1
    shift = group * stretch
    begin, until = shift + start, shift + end
    if len(full) < len(begin):
        begin, until = begin[full], until[full]
    by_begin = sorting(begin)
    begin, until, order = begin[by_begin], until[by_begin], full[by_begin]
    # Nothing begins after the last, so that a step past it ends by itself.
    begin = np.append(begin, np.iinfo(np.int64).max)
    row = np.flatnonzero(begin[1:] < until)
    until = until[row]
    ones: list[Ints] = [order[:0]]
    others: list[Ints] = [order[:0]]
    step = 1
    while len(row):
        ones.append(row)
        others.append(row + step)
        step += 1
        goes_on = begin[row + step] < until
        row, until = row[goes_on], until[goes_on]
    return order, np.concatenate(ones), np.concatenate(others)
