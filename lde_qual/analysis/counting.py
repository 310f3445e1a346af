"""Counting distinct things per row and group, and finding spans that overlap.

All of it on columns of integers: sort, sweep and tally, never a loop over pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def unique(keys: Ints) -> Ints:
    """Return the different keys, sorted; a plain sort is ten times faster here than ``numpy.unique``."""
    ordered: Ints = np.sort(keys)
    first: Ints = ordered[np.concatenate([np.ones(min(1, len(ordered)), dtype=bool), ordered[1:] != ordered[:-1]])]
    return first


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
    order = np.argsort(begin, kind="stable")
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
    order = np.argsort(begin, kind="stable")
    begin, reached = begin[order], np.maximum.accumulate(until[order])
    first = np.flatnonzero(np.concatenate([np.ones(1, dtype=bool), begin[1:] >= reached[:-1]]))
    last = np.append(first[1:], len(begin)) - 1
    where = begin[first] // stretch
    return where, begin[first] - where * stretch, reached[last] - where * stretch


def overlapping_pairs(group: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of intervals that share a position in the same group.

    Sort by group and start; each interval then meets the ones after it until one
    starts where it has ended, so the k-th neighbours of all are compared at once.

    Parameters
    ----------
    group, start, end : array of int, shape (n,)
        Half-open intervals; an empty one meets none.

    Returns
    -------
    (array of int, array of int)
        Indices of both members; each pair once, in no order, none with itself.
    """
    nothing = np.zeros(0, dtype=np.int64)
    full = np.flatnonzero(end > start)
    if not len(full):
        return nothing, nothing
    stretch = int(end.max()) + 1
    begin = (group * stretch + start)[full]
    order = full[np.argsort(begin, kind="stable")]
    begin = np.sort(begin, kind="stable")
    until = (group * stretch + end)[order]
    last = np.searchsorted(begin, until, side="left")
    row = np.flatnonzero(last > np.arange(len(begin)) + 1)
    ones: list[Ints] = [nothing]
    others: list[Ints] = [nothing]
    step = 1
    while len(row):
        ones.append(row)
        others.append(row + step)
        step += 1
        row = row[row + step < last[row]]
    return order[np.concatenate(ones)], order[np.concatenate(others)]
