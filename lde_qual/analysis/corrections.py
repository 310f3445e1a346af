"""Exact tests on small tables, and what many of them at once need: corrected p-values."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln
from scipy.stats import false_discovery_control

from lde_qual.errors import UsageError

Floats = NDArray[np.float64]
CORRECTIONS = ("holm", "bh", "none")
MOST_TABLES = 2_000_000
"""Tables that the exact test lists; beyond it memory and time grow out of hand."""


def exact(named: Sequence[int], sizes: Sequence[int]) -> float:
    """Return the two-sided p of Fisher's exact test, for any number of groups.

    Parameters
    ----------
    named : sequence of int, shape (groups,)
        How many of each group name it.
    sizes : sequence of int, shape (groups,)
        How many each group has.

    Returns
    -------
    float
        The chance, with both margins as they are, of a table that is no more likely
        than this one; NA where nobody or everybody names it, for then there is one table.

    Raises
    ------
    UsageError
        For more than `MOST_TABLES` tables.

    Notes
    -----
    For two groups this is R. A. Fisher, The Design of Experiments (1935), chapter 2:
    three of four cups right against one of four gives 34 / 70. For more groups it is
    the extension of G. H. Freeman and J. H. Halton, Biometrika 38 (1951): two of two,
    none of two and none of two gives 3 / 15, by hand: of the 15 ways to choose two of
    six, 3 take both from one group.
    """
    total = sum(named)
    if total in {0, sum(sizes)}:
        return float("nan")
    if prod(size + 1 for size in sizes) > MOST_TABLES:
        raise UsageError(
            f"The exact test would have to list every table of {len(sizes)} groups.",
            way_out="Use --test permutation, or --by an attribute with fewer groups.",
        )
    tables = np.indices([size + 1 for size in sizes]).reshape(len(sizes), -1)
    tables = tables[:, tables.sum(axis=0) == total]
    many = np.array(sizes, dtype=float)[:, None]
    ways = (gammaln(many + 1) - gammaln(tables + 1) - gammaln(many - tables + 1)).sum(axis=0)
    chance = np.exp(ways - ways.max())
    here = chance[(tables == np.array(named)[:, None]).all(axis=0)][0]
    # Tables that are equally likely differ in the last digits of a float.
    return float(chance[chance <= here * (1 + 1e-7)].sum() / chance.sum())


def spread(values: Floats, member: NDArray[np.bool_]) -> Floats:
    """Return how far the groups' means lie from the mean of all, as a sum of squares between groups.

    Parameters
    ----------
    values : array of float, shape (respondents, cells)
    member : array of bool, shape (…, groups, respondents)
        Who is in which group.

    Returns
    -------
    array of float, shape (…, cells)
    """
    sizes = member.sum(axis=-1)
    means = member.astype(float) @ values / sizes[..., None]
    squares: Floats = (sizes[..., None] * (means - values.mean(axis=0)) ** 2).sum(axis=-2)
    return squares


def shuffled(values: Floats, member: NDArray[np.bool_], *, draws: int, rng: np.random.Generator) -> Floats:
    """Return the p of a permutation test: respondents are dealt over the groups anew.

    Parameters
    ----------
    values : array of float, shape (respondents, cells)
    member : array of bool, shape (groups, respondents)
    draws : int
        How often they are dealt.

    Returns
    -------
    array of float, shape (cells,)
        (1 + draws with a `spread` as large) / (1 + draws), which is never 0; NA where all
        respondents have the same value.

    Notes
    -----
    The added 1 is the observed order itself: B. Phipson and G. K. Smyth, Statistical
    Applications in Genetics and Molecular Biology 9 (2010). By hand: values 1, 1, 1 and
    0, 0, 0 of two groups of three fall apart as far in 2 of the 20 ways to deal them,
    so that p comes near 0.1.
    """
    observed = spread(values, member)
    orders = np.argsort(rng.random((draws, values.shape[0])), axis=1)
    as_large = np.zeros(values.shape[1])
    # In parts, so that memory stays small however many draws are asked for.
    for part in np.array_split(orders, max(1, draws // 500)):
        dealt = np.moveaxis(member[:, part], 0, 1)
        as_large += (spread(values, dealt) >= observed * (1 - 1e-9) - 1e-12).sum(axis=0)
    p = (1 + as_large) / (1 + draws)
    return np.where(values.min(axis=0) == values.max(axis=0), np.nan, p)


def corrected(p: Floats, how: str) -> Floats:
    """Return p-values corrected for how many there are; NA is no test and stays NA.

    Parameters
    ----------
    p : array of float, shape (tests,)
    how : str
        ``holm`` (S. Holm, Scandinavian Journal of Statistics 6, 1979: the chance of even
        one false alarm), ``bh`` (Y. Benjamini and Y. Hochberg, Journal of the Royal
        Statistical Society B 57, 1995: the expected part of false alarms among all
        alarms) or ``none``.

    Notes
    -----
    By hand, Holm of 0.01, 0.04, 0.03, 0.005: the smallest times 4 is 0.02, the next
    times 3 is 0.03, the next times 2 is 0.06, and the last is no less than that. Of
    the fifteen p-values in Benjamini and Hochberg's own example four stay under 0.05
    with ``bh`` and three with ``holm``.
    """
    if how not in CORRECTIONS:
        raise UsageError(f"'{how}' is no correction.", way_out=f"Use one of {', '.join(CORRECTIONS)}.")
    found = p.copy()
    tested = np.flatnonzero(~np.isnan(p))
    if how == "none" or not len(tested):
        return found
    if how == "bh":
        found[tested] = false_discovery_control(p[tested])
        return found
    order = tested[np.argsort(p[tested], kind="stable")]
    steps = np.arange(len(order), 0, -1)
    found[order] = np.minimum(1.0, np.maximum.accumulate(p[order] * steps))
    return found
