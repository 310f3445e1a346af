"""Whether two codes go together more often than chance gives, within each respondent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaln

from lde_qual.analysis.columns import Columns
from lde_qual.analysis.cooccurrence import Group, cooccurrence, groups_of, incidence
from lde_qual.analysis.corrections import corrected
from lde_qual.analysis.rows import Rows, choose_rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@lru_cache(maxsize=65536)
def chances(turns: int, with_a: int, with_b: int) -> tuple[int, Floats]:
    """Return how likely each number of shared turns is when b is dealt anew over one respondent's turns.

    Returns
    -------
    (int, array of float)
        The least number of shared turns, and the chance of that many and of each one more:
        the hypergeometric distribution.
    """
    least, most = max(0, with_a + with_b - turns), min(with_a, with_b)
    shared = np.arange(least, most + 1)
    ways = _choose(with_a, shared) + _choose(turns - with_a, with_b - shared)
    return least, np.exp(ways - _choose(turns, np.array([with_b])))


def _choose(many: int, few: Ints) -> Floats:
    found: Floats = gammaln(many + 1) - gammaln(few + 1) - gammaln(many - few + 1)
    return found


def dealt(turns: Ints, with_a: Ints, with_b: Ints, observed: int) -> tuple[float, float]:
    """Return the expected number of shared turns, and a two-sided p, over all ways to deal b anew.

    Parameters
    ----------
    turns, with_a, with_b : array of int, shape (respondents,)
        How many turns each respondent has, how many of them carry a, how many b.
    observed : int
        Turns that carry both, over all respondents.

    Returns
    -------
    (float, float)
        p is twice the smaller tail, at most 1; both are NA where a code is in no turn.

    Notes
    -----
    Every respondent's turns with b are shuffled over that respondent's own turns, so that who
    speaks much of both makes no pair. The number shared is then a sum of independent
    hypergeometric numbers, whose chances are added up exactly; nothing is drawn.
    By hand: one respondent with 4 turns, 2 with a, the same 2 with b: of the 6 ways to
    choose two turns 1 shares both, so the upper tail is 1/6, p 1/3, and 1 is expected.
    """
    if not with_a.sum() or not with_b.sum():
        return float("nan"), float("nan")
    least, chance = 0, np.ones(1)
    for many, first, second in zip(turns.tolist(), with_a.tolist(), with_b.tolist(), strict=True):
        if first and second:
            start, own = chances(many, first, second)
            least, chance = least + start, np.convolve(chance, own)
    expected = least + float(chance @ np.arange(len(chance)))
    at = observed - least
    tail = min(float(chance[at:].sum()), float(chance[: at + 1].sum()))
    return expected, min(1.0, 2 * tail)


def pair_tests(
    facts: Columns,
    *,
    by: str | None = None,
    correction: str = "holm",
    aggregate: bool = True,
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> pd.DataFrame:
    """Return co-occurrence in turns with what chance within respondents would give.

    Parameters
    ----------
    by
        As in `cooccurrence.cooccurrence`; each group is tested by itself.
    correction : str
        See `corrections.corrected`; over all tests of the table, each pair once.

    Returns
    -------
    DataFrame
        The columns of `cooccurrence.cooccurrence`, unit ``turn``, then ``expected, p,
        p_adjusted, tests, correction``. They are NA for a code with itself, for a code and
        its ancestor, and where one of the two is in no turn.
    """
    frame = cooccurrence(facts, unit="turn", by=by, aggregate=aggregate, codes=codes, level=level)
    rows = choose_rows(facts, codes=codes, level=level, aggregate=aggregate)
    parts = [_of_group(facts, rows, group) for group in groups_of(facts, by)]
    nothing = np.zeros((0, 3))
    found = np.concatenate([nothing, *parts])
    once = np.where(found[:, 2] > 0, found[:, 1], np.nan)
    adjusted = corrected(once, correction)
    many = len(rows.codes)
    square = adjusted.reshape(-1, many, many)
    square = np.where(np.isnan(square), square.transpose(0, 2, 1), square)
    attrs = frame.attrs
    frame = frame.assign(
        expected=found[:, 0],
        p=found[:, 1],
        p_adjusted=square.ravel(),
        tests=int((~np.isnan(once)).sum()),
        correction=correction,
    )
    frame.attrs = attrs | {"notices": [*attrs["notices"], _warning(facts)]}
    return frame


def _of_group(facts: Columns, rows: Rows, group: Group) -> Floats:
    """Return expected and p of each ordered pair, and whether it is the one of the two that is counted as a test."""
    codebook, many = facts.codebook, len(rows.codes)
    kept = group.marks[rows.mark]
    row, turn = rows.row[kept], facts.mark_turn[rows.mark[kept]]
    carries = incidence(turn, row, shape=(len(facts.turn_words), many))
    together = (carries.T @ carries).toarray()
    people = len(facts.respondents)
    turns = np.bincount(facts.turn_respondent[group.turns], minlength=people)
    each = np.zeros((many, people), dtype=np.int64)
    whole = carries.tocoo()
    np.add.at(each, (whole.coords[1], facts.turn_respondent[whole.coords[0]]), 1)
    found = np.full((many, many, 3), np.nan)
    for first in range(many):
        for second in range(first):
            a, b = rows.codes[first], rows.codes[second]
            if not codebook.related(a, b):
                expected, p = dealt(turns, each[first], each[second], int(together[first, second]))
                found[first, second] = expected, p, 1
                found[second, first] = expected, p, 0
    return found.reshape(-1, 3)


def _warning(facts: Columns) -> str:
    return (
        f"p compares with b dealt anew over each respondent's own turns ({len(facts.respondents)} respondents). Long "
        "turns carry more codes, so a small p is no proof that two things belong together: read the passages "
        "(--passages A,B)."
    )
