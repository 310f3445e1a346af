"""How much each kind of evidence counts: shipped weights, moved by a coder's own decisions.

A passage's codes, and "none of them", share one probability of 1 by the softmax of
their scores (McFadden's conditional logit, 1974). The weights of the scores are what is
most likely after the decisions, from a normal prior around the shipped ones: without
decisions they are the shipped ones, and every decision moves them a little.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import log_softmax

Array = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_NEVER = -1e6
"""A score that no choice comes back from, and that still is a number: its log times a truth of 0 is 0."""


def learn_weights(
    features: Array, truth: Array, *, centre: Array, spread: Array, possible: Bools | None = None
) -> Array:
    """Return the most likely weights.

    Parameters
    ----------
    features : ndarray, shape (passages, choices, features)
    truth : ndarray, shape (passages, choices)
        Share of each choice in what the coder decided; a row sums to the number of
        passages that it stands for.
    centre, spread : ndarray, shape (features,)
        Mean and standard deviation of the prior.
    possible : ndarray, shape (passages, choices), bool, optional
        Which choices the coder had; all, unless given.
    """
    if not len(features):
        return centre.copy()

    barred = 0.0 if possible is None else np.where(possible, 0.0, _NEVER)

    def loss(weights: Array) -> tuple[float, Array]:
        logs = log_softmax(features @ weights + barred, axis=1)
        off = (weights - centre) / spread
        expected = np.exp(logs) * truth.sum(axis=1, keepdims=True)
        slope = np.einsum("pc,pcf->f", expected - truth, features) + off / spread
        return float(-(truth * logs).sum() + (off**2).sum() / 2), slope

    found = minimize(loss, centre, jac=True, method="L-BFGS-B")
    return np.asarray(found.x, dtype=float)


def as_arrays(weights: Mapping[str, tuple[float, float]]) -> tuple[Array, Array]:
    """Return the means and the standard deviations of a prior given by name."""
    centre, spread = np.array(list(weights.values()), dtype=float).T
    return centre, spread
