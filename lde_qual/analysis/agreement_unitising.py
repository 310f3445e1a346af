"""Krippendorff's alpha for unitising: whether coders bound the same passages, and not only the same characters.

A coder's passages at a code are sections of one continuum, what lies between them are
gaps. Two sections of two coders that meet differ by the squared distances of their
bounds; a section that lies in the other's gap by its squared length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lde_qual.analysis.agreement_measures import Floats, ratio
from lde_qual.analysis.counting import Ints, overlapping_pairs, unions


@dataclass(frozen=True)
class Sections:
    """What one coder marked: intervals on the line of units, each with the index of its code.

    Attributes
    ----------
    code, start, end : array of int, shape (sections,)
        Half-open, by code and start; those of one code share no position.
    """

    code: Ints
    start: Ints
    end: Ints

    @property
    def length(self) -> Floats:
        """Positions in each."""
        return (self.end - self.start).astype(np.float64)


def sections(code: Ints, start: Ints, end: Ints) -> Sections:
    """Return a coder's sections: codings at one code that overlap are one, those that only touch are two."""
    return Sections(*unions(code, start, end))


def unitising_alpha(everyone: Sequence[Sections], *, length: int, codes: int) -> Floats:
    """Return Krippendorff's alpha for unitising continuous data, per code and, last, over all codes.

    Parameters
    ----------
    everyone : sequence of Sections
        Of two coders or more.
    length : int
        Positions of the continuum.
    codes : int
        Number of codes.

    Returns
    -------
    array of float, shape (codes + 1,)
        1 - observed / expected disagreement; over all codes 1 - sum of observed / sum of
        expected. NaN where nobody marked anything, or nothing could differ.

    Notes
    -----
    K. Krippendorff, *On the reliability of unitizing continuous data* (1995), with
    expected disagreement as in *Content Analysis* (2nd edition 2004): the
    chance of each section to meet every other one at any distance, or to fall into a gap
    of anybody that can hold it. The example there (p. 254) gives .7286, 1 and over both .8587;
    three of the pairs of 1995, finely divided, .553, -.926 and .066.
    """
    seen, awaited = observed(everyone, length=length, codes=codes), expected(everyone, length=length, codes=codes)
    return 1 - ratio(np.append(seen, seen.sum()), np.append(awaited, awaited.sum()))


def observed(everyone: Sequence[Sections], *, length: int, codes: int) -> Floats:
    """Return the observed disagreement per code: 2 S / (m (m - 1) L²), S over pairs of m coders, L the length."""
    coders = len(everyone)
    code = np.concatenate([one.code for one in everyone])
    start = np.concatenate([one.start for one in everyone])
    end = np.concatenate([one.end for one in everyone])
    who = np.repeat(np.arange(coders), [len(one.code) for one in everyone])
    a, b = overlapping_pairs(code, start, end)
    apart = (start[a] - start[b]).astype(np.float64) ** 2 + (end[a] - end[b]).astype(np.float64) ** 2
    met = np.zeros((len(code), coders), dtype=bool)
    met[np.arange(len(code)), who] = True
    met[a, who[b]] = True
    met[b, who[a]] = True
    alone = (coders - met.sum(axis=1)) * (end - start).astype(np.float64) ** 2
    found = np.bincount(code[a], weights=apart, minlength=codes) + np.bincount(code, weights=alone, minlength=codes)
    return ratio(2 * found, np.array([coders * (coders - 1) * float(length) ** 2]))


def expected(everyone: Sequence[Sections], *, length: int, codes: int) -> Floats:
    """Return the disagreement per code that the coders' sections and gaps would give by chance."""
    code = np.concatenate([one.code for one in everyone])
    size = np.concatenate([one.length for one in everyone])
    others = np.bincount(code, minlength=codes)[code] - 1
    meeting = others / 3 * (2 * size**3 - 3 * size**2 + size)
    lying = size**2 * _room(code, size, *_gaps(everyone, length=length, codes=codes), length=length)
    whole = float(len(everyone)) * length
    pairs = whole * (whole - 1) - np.bincount(code, weights=size * (size - 1), minlength=codes)
    found = np.bincount(code, weights=meeting + lying, minlength=codes)
    return ratio(2 * found, np.asarray(length * pairs, dtype=np.float64))


def _gaps(everyone: Sequence[Sections], *, length: int, codes: int) -> tuple[Ints, Ints]:
    """Return code and length of every coder's gaps; a code that somebody did not use is one gap of theirs."""
    code, size = [], []
    every = np.arange(codes)
    for one in everyone:
        # Where each code's sections begin and end in the order by code: before the first and after the last is a gap.
        after = np.searchsorted(one.code, every, side="right")
        before = np.insert(one.end, np.searchsorted(one.code, every, side="left"), 0)
        following = np.insert(one.start, after, length)
        code.append(np.insert(one.code, after, every))
        size.append(following - before)
    return np.concatenate(code), np.concatenate(size)


def _room(code: Ints, size: Floats, gap_code: Ints, gap: Ints, *, length: int) -> Floats:
    """Return in how many places of the gaps of its code each section could lie: the sum of gap - size + 1."""
    stretch = length + 2
    keys = np.sort(gap_code * stretch + gap)
    lengths = (keys % stretch).astype(np.float64)
    total = np.concatenate([np.zeros(1), np.cumsum(lengths)])
    first = np.searchsorted(keys, code * stretch + size.astype(np.int64), side="left")
    last = np.searchsorted(keys, (code + 1) * stretch, side="left")
    room: Floats = total[last] - total[first] - (last - first) * (size - 1)
    return room
