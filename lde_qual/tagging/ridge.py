"""Ridge regression on similarities, with every group's answers also as if it had never been seen.

One matrix serves both the fit and the honest look at it: what the fit would say of a
group of labelled passages (all that one respondent says) if they were left out follows
from the same inverse, without fitting anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.linalg import lapack

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ridge:
    """A fitted regression.

    Attributes
    ----------
    dual : ndarray, shape (examples, codes)
        What each example adds to an answer, times its similarity to the text.
    intercept : ndarray, shape (codes,)
    inverse : ndarray, shape (examples, examples)
        Of the similarities plus the penalty, over the weights.
    """

    dual: Array
    intercept: Array
    inverse: Array

    def answers_without(self, targets: Array, groups: npt.NDArray[Any], *, first: int) -> Array:
        """Return what the fit says of the examples from `first` on when their own group is left out.

        Parameters
        ----------
        targets : ndarray, shape (examples, codes)
        groups : ndarray, shape (examples - first,)
            Whose passages they are; a group is left out as a whole.

        Notes
        -----
        With A the inverse and a the dual, the error of group g when left out is
        A_gg^-1 a_g: the block form of Allen's PRESS (Hastie, Tibshirani and Friedman,
        *The Elements of Statistical Learning*, 2009, 7.10; here with the intercept held).
        """
        found = targets[first:].copy()
        for group in np.unique(groups):
            own = first + np.flatnonzero(groups == group)
            found[own - first] -= np.linalg.solve(self.inverse[np.ix_(own, own)], self.dual[own])
        return found


def fit_ridge(similarities: Array, targets: Array, weights: Array, *, penalty: float) -> Ridge:
    """Fit targets by weighted ridge regression in the span of the examples.

    Parameters
    ----------
    similarities : ndarray, shape (examples, examples)
        Inner products of the examples' vectors.
    targets : ndarray, shape (examples, codes)
    weights : ndarray, shape (examples,)
        How much an example counts; above 0.
    penalty : float
        Above 0.

    Returns
    -------
    Ridge
        Which minimises the weighted squared error plus `penalty` times the squared
        length of the coefficients; the intercept is not penalised.
    """
    inverse = _inverse(similarities + np.diag(penalty / weights))
    pull = inverse.sum(axis=1)
    intercept = (pull @ targets) / pull.sum()
    return Ridge(inverse @ (targets - intercept), intercept, inverse)


def _inverse(system: Array) -> Array:
    """Return the inverse of a symmetric positive definite matrix, by Cholesky: half the work of the general way."""
    factor, _ = lapack.dpotrf(system, lower=1, overwrite_a=1)
    half, _ = lapack.dpotri(factor, lower=1, overwrite_c=1)
    lower = np.tril(half)
    return np.asarray(lower + np.tril(half, -1).T)
