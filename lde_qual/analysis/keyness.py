"""How much a word is of one text rather than of another: log-likelihood, and how large the difference is.

Both take counts of words. Words of one speaker are no independent draws, so that no
p-value goes with them: they rank words, and say nothing of people who were not spoken
to.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import xlogy

Floats = npt.NDArray[np.float64]


def log_likelihood(a: npt.ArrayLike, b: npt.ArrayLike, c: npt.ArrayLike, d: npt.ArrayLike) -> Floats:
    """Return G2 of a word in two texts, over the two cells that hold the word.

    Rayson and Garside (2000), "Comparing corpora using frequency profiling":
    G2 = 2 (a ln(a / E1) + b ln(b / E2)), with E1 = c (a + b) / (c + d) and
    E2 = d (a + b) / (c + d). By hand: 30 times in 1000 words and 10 in 3000 gives
    E1 = 10 and E2 = 30, so G2 = 2 (30 ln 3 + 10 ln(1/3)) = 40 ln 3 = 43.944.

    Parameters
    ----------
    a, b : array_like of int
        How often the word stands in the first text and in the second.
    c, d : array_like of int
        Words of the first text and of the second.

    Returns
    -------
    ndarray
        0 or more, without direction; NaN where a text has no words.
    """
    a, b, c, d = (np.asarray(each, dtype=float) for each in (a, b, c, d))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (a + b) / (c + d)
        first, second = a / (c * share), b / (d * share)
    found = 2 * (xlogy(a, np.where(a > 0, first, 1.0)) + xlogy(b, np.where(b > 0, second, 1.0)))
    return np.where((c > 0) & (d > 0), np.maximum(found, 0.0), np.nan)


def log_ratio(a: npt.ArrayLike, b: npt.ArrayLike, c: npt.ArrayLike, d: npt.ArrayLike) -> Floats:
    """Return the binary logarithm of how many times commoner a word is in the first text.

    Hardie (2014), "Log Ratio: an informal introduction": log2((a / c) / (b / d)). 1 is
    twice as common, -1 half. His example is 0.0006 against 0.0002, three times, so
    log2(3) = 1.585. A count of 0 is read as 0.5, so that a word that one text lacks can
    be ranked too.

    Parameters
    ----------
    a, b, c, d
        As for `log_likelihood`.

    Returns
    -------
    ndarray
        NaN where a text has no words, or neither has the word.
    """
    a, b, c, d = (np.asarray(each, dtype=float) for each in (a, b, c, d))
    defined = (c > 0) & (d > 0) & (a + b > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log2((np.where(a > 0, a, 0.5) / c) / (np.where(b > 0, b, 0.5) / d))
    return np.where(defined, found, np.nan)


def dunning(k11: npt.ArrayLike, k12: npt.ArrayLike, k21: npt.ArrayLike, k22: npt.ArrayLike) -> Floats:
    """Return -2 log lambda of a table of two by two: G2 over all four cells.

    Dunning (1993), "Accurate methods for the statistics of surprise and coincidence",
    Computational Linguistics 19(1), whose table of pairs of words has 110, 2442, 111 and
    29114 for "the swiss" and gives 270.72.

    Parameters
    ----------
    k11, k12, k21, k22 : array_like of int
        Both; the first without the second; the second without the first; neither.

    Returns
    -------
    ndarray
        0 or more; NaN where a row or a column of the table is empty.
    """
    cells = np.stack([np.asarray(each, dtype=float) for each in (k11, k12, k21, k22)])
    one, other = cells[0] + cells[1], cells[2] + cells[3]
    with_, without = cells[0] + cells[2], cells[1] + cells[3]
    whole = one + other
    sides = np.stack([one, other, with_, without])
    found = 2 * (xlogy(cells, cells).sum(axis=0) - xlogy(sides, sides).sum(axis=0) + xlogy(whole, whole))
    return np.where((sides > 0).all(axis=0), np.maximum(found, 0.0), np.nan)
