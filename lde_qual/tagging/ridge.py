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
    last : ndarray, shape (decided, decided)
        The last rows and columns of the Cholesky factor of the similarities plus the
        penalty over the weights: of the examples that may be left out.
    """

    dual: Array
    intercept: Array
    last: Array

    def answers_without(self, targets: Array, groups: npt.NDArray[Any]) -> Array:
        """Return what the fit says of the examples that may be left out when their own group is.

        Parameters
        ----------
        targets : ndarray, shape (decided, codes)
        groups : ndarray, shape (decided,)
            Whose passages they are; a group is left out as a whole.

        Notes
        -----
        With A the inverse and a the dual, the error of group g when left out is
        A_gg^-1 a_g: the block form of Allen's PRESS (Hastie, Tibshirani and Friedman,
        *The Elements of Statistical Learning*, 2009, 7.10; here with the intercept held).
        The last rows of a Cholesky factor are the factor of what is left of the last
        examples once the others are accounted for, and its inverse is their part of the
        whole inverse: the codebook's part, which is the larger one, is never inverted.
        """
        half, _ = lapack.dpotri(self.last, lower=1)
        inverse = np.tril(half) + np.tril(half, -1).T
        found, dual = targets.copy(), self.dual[len(self.dual) - len(targets) :]
        for group in np.unique(groups):
            own = np.flatnonzero(groups == group)
            found[own] -= np.linalg.solve(inverse[np.ix_(own, own)], dual[own])
        return found


def fit_ridge(similarities: Array, targets: Array, weights: Array, *, penalty: float, first: int = 0) -> Ridge:
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
    first : int
        The examples from here on may be left out afterwards.

    Returns
    -------
    Ridge
        Which minimises the weighted squared error plus `penalty` times the squared
        length of the coefficients; the intercept is not penalised.
    """
    # In the columns' order, since LAPACK else copies it; the matrix is symmetric.
    factor, _ = lapack.dpotrf((similarities + np.diag(penalty / weights)).T, lower=1, overwrite_a=1)
    solved, _ = lapack.dpotrs(factor, np.column_stack([np.ones(len(targets)), targets]), lower=1)
    pull, answered = solved[:, 0], solved[:, 1:]
    intercept = (pull @ targets) / pull.sum()
    return Ridge(answered - pull[:, None] * intercept, intercept, factor[first:, first:])
