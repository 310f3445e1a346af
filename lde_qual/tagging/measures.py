"""How good proposals are: sums by respondent first, so that every measure can be drawn again from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score

from lde_qual.tagging.evidence import Array
from lde_qual.tagging.held_out import Answers

BINS = 10
ALSO = 0.3
"""Confidence from which a code that is not the first is proposed beside it."""

TOP = 3
MIN_GROUPS = 8
"""Respondents from which an interval is given, as for agreement."""

RESAMPLES = 2000
SUMMARY = (
    "accuracy_at_1",
    "recall_at_3",
    "mrr",
    "macro_f1",
    "micro_f1",
    "micro_precision",
    "micro_recall",
    "parent_accuracy",
    "ece",
    "coverage",
    "precision_when_proposed",
)
"""Measures of a whole evaluation, in the order in which they are printed (see `Sums.measures`)."""

Bools = npt.NDArray[np.bool_]


def proposed(said: Answers) -> Bools:
    """Return which codes are proposed, shape (passages, codes).

    The first, and any other with a confidence of at least `ALSO`; none where the
    scorer abstained.
    """
    speaks = np.array([not why for why in said.abstained], dtype=bool)
    found = said.confidence >= ALSO
    found[np.arange(len(speaks)), np.argmax(said.scores, axis=1)] = True
    return np.asarray(found & speaks[:, None])


@dataclass(frozen=True)
class Sums:
    """What measures are made of, summed by group of passages.

    Attributes
    ----------
    coded : ndarray, shape (groups, 5)
        Over the passages with a code: how many; right at first; share of their codes
        among the first three; reciprocal rank of the first right one; first choice
        with the right parent.
    every : ndarray, shape (groups, 3)
        Over all passages: how many; with a proposal; of these, first choice right.
    codes : ndarray, shape (groups, codes, 3)
        Right proposals, proposals, and passages with the code.
    bins : ndarray, shape (groups, bins, 3)
        Passages by confidence of the first choice: how many, sum of it, right.
    """

    coded: Array
    every: Array
    codes: Array
    bins: Array

    def drawn(self, times: Array) -> Sums:
        """Return the sums when group g is taken ``times[…, g]`` times; shape (…, …)."""
        return Sums(
            *(np.tensordot(times, each, axes=(-1, 0)) for each in (self.coded, self.every, self.codes, self.bins))
        )

    def measures(self) -> dict[str, Array]:
        """Return `SUMMARY`, each of the shape that the sums have before their last axes; NaN where undefined.

        accuracy_at_1
            Passages with a code whose first choice is among their codes.
        recall_at_3
            Mean share of a passage's codes among the first three.
        mrr
            Mean reciprocal rank of the first right code.
        macro_f1, micro_f1
            2 right / (proposals + passages with the code): mean over the codes that
            occur, and over all together.
        micro_precision, micro_recall
            Right, of all proposals and of all codes borne, the codes together.
        parent_accuracy
            As accuracy_at_1, where the code above counts (a root for itself).
        ece
            Expected calibration error (Naeini, Cooper and Hauskrecht, 2015): mean
            distance of confidence and share right, over `BINS` bins of equal width by
            confidence of the first choice, weighted by passages.
        coverage, precision_when_proposed
            Passages with a proposal, of all; of these, first choice right.

        By hand: of four passages three have a code. The first choice is right for two of
        these, and the other's code comes second: accuracy_at_1 2/3, recall_at_3 1, mrr
        (1 + 1/2 + 1) / 3. Three codes with 1, 1 and 0 right, of 2, 1 and 1 proposals and 1, 2
        and 1 passages, have macro_f1 (2/3 + 2/3 + 0) / 3 and micro_f1 4/8.
        """
        n = self.coded[..., 0]
        right, made, there = (self.codes[..., i] for i in range(3))
        per_code = np.where(there > 0, ratio(2 * right, made + there), np.nan)
        with np.errstate(invalid="ignore"):
            occurring = (there > 0).sum(axis=-1)
            macro = ratio(np.nansum(per_code, axis=-1), occurring)
        gap = np.abs(self.bins[..., 1] - self.bins[..., 2]).sum(axis=-1)
        return {
            "accuracy_at_1": ratio(self.coded[..., 1], n),
            "recall_at_3": ratio(self.coded[..., 2], n),
            "mrr": ratio(self.coded[..., 3], n),
            "macro_f1": macro,
            "micro_f1": ratio(2 * right.sum(axis=-1), (made + there).sum(axis=-1)),
            "micro_precision": ratio(right.sum(axis=-1), made.sum(axis=-1)),
            "micro_recall": ratio(right.sum(axis=-1), there.sum(axis=-1)),
            "parent_accuracy": ratio(self.coded[..., 4], n),
            "ece": ratio(gap, self.every[..., 0]),
            "coverage": ratio(self.every[..., 1], self.every[..., 0]),
            "precision_when_proposed": ratio(self.every[..., 2], self.every[..., 1]),
        }


def ratio(part: Array, whole: Array) -> Array:
    """Return part / whole; NaN where the whole is 0."""
    undefined = np.full(np.shape(whole), np.nan)
    return np.asarray(np.divide(part, whole, out=undefined, where=np.asarray(whole) != 0))


def sums(said: Answers, truth: Bools, groups: Sequence[str], *, parents: Sequence[int]) -> Sums:
    """Sum what was said against the truth, by group.

    Parameters
    ----------
    truth : ndarray, shape (passages, codes), bool
    groups : sequence of str
        Whose passages they are; the intervals draw whole groups.
    parents : sequence of int
        By code the number of the code above it.
    """
    order = np.argsort(-said.scores, axis=1, kind="stable")
    rows, first = np.arange(len(truth)), order[:, 0]
    ranked = np.take_along_axis(truth, order, axis=1)
    has = truth.any(axis=1)
    rank = np.argmax(ranked, axis=1) + 1
    right = truth[rows, first]
    above = np.asarray(parents)
    same_parent = np.array([bool(np.isin(above[first[i]], above[truth[i]])) for i in rows])
    top = ranked[:, :TOP].sum(axis=1) / np.maximum(truth.sum(axis=1), 1)
    coded = np.stack([has, has & right, has * top, has / rank, has & same_parent], axis=1).astype(float)
    made = proposed(said)
    speaks = made.any(axis=1)
    every = np.stack([np.ones(len(rows)), speaks, speaks & right], axis=1).astype(float)
    codes = np.stack([made & truth, made, truth], axis=2).astype(float)
    sure = said.confidence[rows, first]
    place = np.clip((sure * BINS).astype(int), 0, BINS - 1)
    bins = np.zeros((len(rows), BINS, 3))
    bins[rows, place] = np.stack([np.ones(len(rows)), sure, right], axis=1)
    member = _members(groups)
    return Sums(*(np.tensordot(member, each, axes=(1, 0)) for each in (coded, every, codes, bins)))


def _members(groups: Sequence[str]) -> Array:
    """Return shape (groups, passages): 1 where a passage is of a group; one of nobody is a group of its own."""
    names = [name or f"\0{i}" for i, name in enumerate(groups)]
    place = {name: i for i, name in enumerate(dict.fromkeys(names))}
    found = np.zeros((len(place), len(names)))
    found[[place[name] for name in names], range(len(names))] = 1
    return found


def intervals(of: Sums, rng: np.random.Generator) -> dict[str, tuple[float, float]]:
    """Return a 95 % percentile interval of each measure, whole groups drawn with replacement.

    NaN below `MIN_GROUPS` groups, and where more than one draw in twenty leaves the
    measure undefined.
    """
    count = len(of.every)
    if count < MIN_GROUPS:
        return dict.fromkeys(SUMMARY, (np.nan, np.nan))
    times = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES).astype(float)
    found = {}
    for name, values in of.drawn(times).measures().items():
        usable = values[np.isfinite(values)]
        enough = len(usable) >= 0.95 * RESAMPLES
        low, high = np.quantile(usable, [0.025, 0.975]) if enough else (np.nan, np.nan)
        found[name] = (float(low), float(high))
    return found


def share_interval(right: Sequence[bool], groups: Sequence[str], rng: np.random.Generator) -> tuple[float, float]:
    """Return the interval of a share of passages, drawn as in `intervals`."""
    member = _members(groups)
    count = len(member)
    if count < MIN_GROUPS:
        return float("nan"), float("nan")
    sums_ = np.stack([member @ np.asarray(right, dtype=float), member.sum(axis=1)])
    times = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)
    part, whole = sums_ @ times.T
    low, high = np.quantile(part / whole, [0.025, 0.975])
    return float(low), float(high)


def average_precisions(said: Answers, truth: Bools) -> list[float]:
    """Return by code the average precision of its confidence over all passages; NaN where no passage has it."""
    return [
        float(average_precision_score(truth[:, i], said.confidence[:, i])) if truth[:, i].any() else float("nan")
        for i in range(truth.shape[1])
    ]
