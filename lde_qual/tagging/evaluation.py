"""An evaluation as tables: per code, in sum, by confidence, and by how much was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lde_qual.tagging.held_out import Answers, answers, left_for
from lde_qual.tagging.measures import (
    BINS,
    SUMMARY,
    Bools,
    average_precisions,
    intervals,
    ratio,
    sums,
)
from lde_qual.tagging.scorer import Labelled, Material, Scorer

BASELINES = ("majority", "keywords")
CURVE = (0, 10, 20, 40, 80, 160, 320, 640, 1280)
"""Decided passages at which the learning curve is read."""

DRAWS = 5
FOLDS = 4
CODE_COLUMNS = ("code", "n", "precision", "recall", "f1", "average_precision", "proposed")
SUMMARY_COLUMNS = ("metric", "value", "low", "high", "majority", "keywords", "n")
CALIBRATION_COLUMNS = ("from", "to", "passages", "confidence", "right")
COVERAGE_COLUMNS = ("confidence_from", "passages", "coverage", "precision")
CURVE_COLUMNS = ("decided", "draws", "accuracy_at_1", "recall_at_3", "codebook_accuracy_at_1", "codebook_recall_at_3")


@dataclass(frozen=True)
class Trial:
    """Passages with their truth, and what may be learned for them.

    Attributes
    ----------
    material : Material
        With everything labelled that is at hand; what is shared with a passage is left
        out when it is judged.
    passages : sequence of Labelled
        Their `codes` are the truth: codes of the tree.
    owner : mapping of str to int
        By code of the tree the place of its candidate; others count for none.
    parents : sequence of int
        By candidate the number of the code above it.
    """

    material: Material
    passages: Sequence[Labelled]
    owner: Mapping[str, int]
    parents: Sequence[int]

    def truth(self) -> Bools:
        """Return which candidates each passage bears, shape (passages, candidates)."""
        found = np.zeros((len(self.passages), len(self.parents)), dtype=bool)
        for row, each in enumerate(self.passages):
            found[row, [self.owner[code] for code in each.codes if code in self.owner]] = True
        return found

    def groups(self) -> list[str]:
        """Return by passage who says it."""
        return [each.respondent for each in self.passages]


def per_code(said: Answers, trial: Trial) -> pd.DataFrame:
    """Return a row a candidate, with `CODE_COLUMNS`.

    ``n`` are the passages that bear it, ``proposed`` those for which it was proposed;
    precision is of these, recall of those, NaN where there are none.
    """
    truth = trial.truth()
    right, made, there = sums(said, truth, [""] * len(truth), parents=trial.parents).codes.sum(axis=0).T
    return pd.DataFrame(
        {
            "code": list(said.codes),
            "n": there.astype(int),
            "precision": ratio(right, made),
            "recall": ratio(right, there),
            "f1": ratio(2 * right, made + there),
            "average_precision": average_precisions(said, truth),
            "proposed": made.astype(int),
        }
    )[list(CODE_COLUMNS)]


def summary(said: Answers, trial: Trial, *, baselines: Mapping[str, Answers], rng: np.random.Generator) -> pd.DataFrame:
    """Return a row a measure (see `measures.Sums.measures`) with `SUMMARY_COLUMNS`; ``n`` is over how many passages."""
    truth, groups = trial.truth(), trial.groups()
    of = sums(said, truth, groups, parents=trial.parents)
    once = np.ones(len(of.every))
    values, around = of.drawn(once).measures(), intervals(of, rng)
    beside = {
        name: sums(each, truth, groups, parents=trial.parents).drawn(once).measures()
        for name, each in baselines.items()
    }
    coded, every = int(truth.any(axis=1).sum()), len(truth)
    over = dict.fromkeys(SUMMARY, every) | dict.fromkeys(
        ("accuracy_at_1", "recall_at_3", "mrr", "parent_accuracy"), coded
    )
    over["precision_when_proposed"] = int(of.every[:, 1].sum())
    rows = [
        (name, float(values[name]), *around[name], *(float(beside[b][name]) for b in BASELINES), over[name])
        for name in SUMMARY
    ]
    means = [float(np.nanmean(average_precisions(each, truth))) for each in (said, *(baselines[b] for b in BASELINES))]
    place = SUMMARY.index("parent_accuracy")
    rows.insert(place, ("mean_average_precision", means[0], np.nan, np.nan, *means[1:], every))
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS))


def calibration(said: Answers, trial: Trial) -> pd.DataFrame:
    """Return by bin of the first choice's confidence how many passages, their mean confidence, and the share right."""
    of = sums(said, trial.truth(), [""] * len(trial.passages), parents=trial.parents).bins.sum(axis=0)
    edges = np.arange(BINS + 1) / BINS
    return pd.DataFrame(
        {
            "from": edges[:-1],
            "to": edges[1:],
            "passages": of[:, 0].astype(int),
            "confidence": ratio(of[:, 1], of[:, 0]),
            "right": ratio(of[:, 2], of[:, 0]),
        }
    )


def coverage(said: Answers, trial: Trial) -> pd.DataFrame:
    """Return what proposing only from a confidence on would give: share of passages, and share right of these."""
    truth = trial.truth()
    first = np.argmax(said.scores, axis=1)
    rows = np.arange(len(truth))
    sure, right = said.confidence[rows, first], truth[rows, first]
    speaks = np.array([not why for why in said.abstained])
    found = []
    for bar in np.arange(BINS) / BINS:
        kept = speaks & (sure >= bar)
        found.append((float(bar), int(kept.sum()), float(kept.mean()), float(ratio(right[kept].sum(), kept.sum()))))
    return pd.DataFrame(found, columns=list(COVERAGE_COLUMNS))


def learning_curve(
    trial: Trial,
    *,
    by: Scorer,
    seed: int,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> pd.DataFrame:
    """Return how good the scorer is after so many decisions, beside the codebook alone.

    Parameters
    ----------
    by : Scorer
        One that learns.

    Notes
    -----
    Respondents are dealt into `FOLDS` folds. For each fold, passages are drawn without
    replacement from what the others say, `DRAWS` times for each number; every row is
    over all passages with a code, `DRAWS` times each. Numbers that a fold cannot give
    are left out.
    """
    rng = np.random.default_rng(seed)
    has_code = np.any(trial.truth(), axis=1).tolist()
    coded = replace(trial, passages=[each for i, each in enumerate(trial.passages) if has_code[i]])
    folds = _dealt(coded.groups(), rng)
    labelled = [left_for(trial.material.labelled, [coded.passages[i] for i in fold]) for fold in folds]
    sizes = [size for size in CURVE if size <= min(map(len, labelled))]
    rows = []
    for step, size in enumerate(sizes):
        cells = [
            _accuracy(coded, fold, _draw(own, size, rng), by=by, seed=seed)
            for fold, own in zip(folds, labelled, strict=True)
            for _ in range(DRAWS if size else 1)
        ]
        right, top, over = np.sum(cells, axis=0)
        rows.append((size, DRAWS if size else 1, right / over, top / over))
        progress(step + 1, len(sizes))
    frame = pd.DataFrame(rows, columns=["decided", "draws", "accuracy_at_1", "recall_at_3"])
    if len(frame):
        frame["codebook_accuracy_at_1"] = frame["accuracy_at_1"].iloc[0]
        frame["codebook_recall_at_3"] = frame["recall_at_3"].iloc[0]
    return frame.reindex(columns=list(CURVE_COLUMNS))


def _dealt(groups: Sequence[str], rng: np.random.Generator) -> list[list[int]]:
    """Return the passages of `FOLDS` folds: respondents in random order, each to the fold with the fewest passages.

    A passage of nobody known is dealt by itself.
    """
    groups = [name or f"\0{i}" for i, name in enumerate(groups)]
    names = list(dict.fromkeys(groups))
    folds: list[list[int]] = [[] for _ in range(min(FOLDS, len(names)))]
    for place in rng.permutation(len(names)):
        min(folds, key=len).extend(i for i, group in enumerate(groups) if group == names[place])
    return folds


def _draw(labelled: Sequence[Labelled], size: int, rng: np.random.Generator) -> list[Labelled]:
    return [labelled[i] for i in sorted(rng.choice(len(labelled), size=size, replace=False))]


def _accuracy(
    trial: Trial, places: Sequence[int], labelled: Sequence[Labelled], *, by: Scorer, seed: int
) -> tuple[float, float, float]:
    """Return right at first, share found in the first three, and passages, for one fold and one draw."""
    own = replace(trial, passages=[trial.passages[i] for i in places])
    material = replace(trial.material, labelled=labelled)
    said = answers(by, material, own.passages, seed=seed, folds=[range(len(places))])
    coded = sums(said, own.truth(), [""] * len(places), parents=trial.parents).coded.sum(axis=0)
    return float(coded[1]), float(coded[2]), float(coded[0])
