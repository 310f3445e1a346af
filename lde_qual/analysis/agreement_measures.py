"""Measures of agreement on nominal decisions, from tables of counts.

All but Cohen's kappa are functions of a coincidence matrix: every ordered pair of
coders' values in a unit adds 1 / (coders - 1) to the cell of those two values, so that
the matrix sums to all values given. Where all coders judge every unit, the matrix for
carried or not follows from three counts; no vector of units is ever built.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64] | Floats


def coincidences(units: Numbers, carried: Numbers, together: Numbers, *, coders: int) -> Floats:
    """Return the coincidence matrix of carried or not, from counts.

    Parameters
    ----------
    units : array, shape (...)
        Units that every coder judged.
    carried : array, shape (...)
        Units that carry the code, summed over coders.
    together : array, shape (...)
        Units in which both of two coders carry it, summed over pairs of coders.
    coders : int
        Two or more.

    Returns
    -------
    array of float, shape (..., 2, 2)
        First not carried, then carried.
    """
    both = 2 * together / (coders - 1)
    one = carried - both
    neither = units * coders - carried - one
    rows = [np.stack(np.broadcast_arrays(*row), axis=-1) for row in ((neither, one), (one, both))]
    return np.stack(rows, axis=-2).astype(np.float64)


def table_of_two(units: Numbers, first: Numbers, second: Numbers, together: Numbers) -> Floats:
    """Return two coders' 2 by 2 table from the units there are, each one's units, and those of both."""
    rows = ((units - first - second + together, second - together), (first - together, together))
    stacked = [np.stack(np.broadcast_arrays(*row), axis=-1) for row in rows]
    return np.stack(stacked, axis=-2).astype(np.float64)


def ratio(above: Numbers, below: Numbers) -> Floats:
    """Divide; undefined (NaN) where the denominator is 0."""
    above, below = np.broadcast_arrays(np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64))
    found: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0)
    return found


def _shares(matrix: Floats) -> Floats:
    """Return the share of each value, over all coders; shape (..., values)."""
    return ratio(matrix.sum(axis=-1), matrix.sum(axis=(-2, -1))[..., None])


def _diagonal(matrix: Floats) -> Floats:
    found: Floats = np.trace(matrix, axis1=-2, axis2=-1)
    return found


def observed(matrix: Floats) -> Floats:
    """Return the share of pairs of values, given to one unit, that are the same.

    For two coders the share of units on which they say the same; for more its mean over
    pairs of coders. `matrix` is a coincidence matrix or two coders' table, shape (..., q, q).
    Cohen's table 2 of 1960, with 88, 40 and 12 of 200 on its diagonal, gives .70.
    """
    return ratio(_diagonal(matrix), matrix.sum(axis=(-2, -1)))


def cohen_kappa(table: Floats) -> Floats:
    """Return Cohen's kappa (1960) of two coders.

    Parameters
    ----------
    table : array, shape (..., q, q)
        Units by what the first coder says and what the second says.

    Returns
    -------
    array of float, shape (...)
        (observed - expected) / (1 - expected), expected from each coder's own shares;
        NaN where both give every unit the same one value. His table 2 (200 cases, three
        diagnoses) gives .492.
    """
    units = table.sum(axis=(-2, -1))
    own = [ratio(table.sum(axis=axis), units[..., None]) for axis in (-1, -2)]
    expected = (own[0] * own[1]).sum(axis=-1)
    return ratio(observed(table) - expected, 1 - expected)


def fleiss_kappa(matrix: Floats) -> Floats:
    """Return Fleiss' kappa (1971) from a coincidence matrix; expected from the shares over all coders.

    His example, 30 patients and six psychiatrists, gives .430.
    """
    expected = (_shares(matrix) ** 2).sum(axis=-1)
    return ratio(observed(matrix) - expected, 1 - expected)


def krippendorff_alpha(matrix: Floats) -> Floats:
    """Return Krippendorff's alpha for nominal values, from a coincidence matrix.

    1 - (n - 1) (n - sum of o_cc) / (n² - sum of n_c²), with n values and n_c of value c;
    NaN where only one value occurs. His examples A, B and C of 2011 give .095, .692 and .743.
    """
    values = matrix.sum(axis=(-2, -1))
    spread = values**2 - (matrix.sum(axis=-1) ** 2).sum(axis=-1)
    return 1 - ratio((values - 1) * (values - _diagonal(matrix)), spread)


def gwet_ac1(matrix: Floats) -> Floats:
    """Return Gwet's AC1 (2008) from a coincidence matrix, or from two coders' table made symmetric.

    Expected is the sum of p (1 - p) over the q values, divided by q - 1. His example of two
    abstractors of 100 pregnancies (2014) gives .8493.
    """
    shares = _shares(matrix)
    expected = (shares * (1 - shares)).sum(axis=-1) / (matrix.shape[-1] - 1)
    return ratio(observed(matrix) - expected, 1 - expected)


def positive_agreement(matrix: Floats) -> Floats:
    """Return the specific agreement on the last value: of its mentions, the share matched by another coder.

    For two coders 2 both / (first + second); NaN where nobody gives that value. By hand: 10
    marked by both and 10 by each alone give 2 * 10 / 40.
    """
    return ratio(matrix[..., -1, -1], matrix[..., -1, :].sum(axis=-1))


def percentile_interval(samples: Floats, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the percentile interval of bootstrap samples.

    Parameters
    ----------
    samples : array, shape (..., resamples)
        NaN where a resample left the measure undefined.

    Returns
    -------
    (array of float, array of float)
        Shape (...); NaN where more than one resample in twenty is undefined.

    Notes
    -----
    Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13. By hand: of
    the samples 0, 1, …, 1000 one in forty lies under 25 and one in forty over 975.
    """
    usable = np.isfinite(samples).mean(axis=-1) >= 0.95
    low, high = np.full(usable.shape, np.nan), np.full(usable.shape, np.nan)
    if usable.any():
        tail = (1 - level) / 2
        low[usable], high[usable] = np.nanquantile(samples[usable], [tail, 1 - tail], axis=-1)
    return low, high
