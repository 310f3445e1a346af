"""An evaluation: what is left out, and what each measure is, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score
from taggings import LABELLED, TALK, material

import lde_qual.api.suggesting  # noqa: F401 - registers the scorers that are shipped
from lde_qual.tagging.evaluation import Trial, calibration, coverage, learning_curve, per_code, summary
from lde_qual.tagging.held_out import Answers, answers
from lde_qual.tagging.measures import average_precisions, intervals, proposed, sums
from lde_qual.tagging.scorer import Labelled, Weighed, scorer

CODES = ("a", "b", "c")
# Four passages: right and sure; right code second; no code, one proposed; two codes, silent.
SCORES = np.array([[2.0, 1, 0], [0, 1, 2], [1, 0, -1], [0, 2, 1]])
CONFIDENCE = np.array([[0.75, 0.2, 0.05], [0.05, 0.35, 0.55], [0.45, 0.2, 0.1], [0.1, 0.5, 0.35]])
SAID = Answers(CODES, SCORES, CONFIDENCE, ("", "", "", "low margin"))
TRUTH = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0], [0, 1, 1]], dtype=bool)
PARENTS = [0, 1, 1]


def test_what_is_proposed_is_the_first_and_what_is_sure_beside_it():
    """The second passage gets b beside c; the last, on which the scorer is silent, gets nothing."""
    assert [[1, 0, 0], [0, 1, 1], [1, 0, 0], [0, 0, 0]] == proposed(SAID).astype(int).tolist()


def test_measures_worked_by_hand():
    """Each measure of the four passages, as it comes out on paper."""
    found = sums(SAID, TRUTH, ["x", "x", "y", "y"], parents=PARENTS).drawn(np.ones(2)).measures()
    expected = {
        "accuracy_at_1": 2 / 3,  # the first and the last of the three with a code
        "recall_at_3": 1.0,  # three codes in all
        "mrr": (1 + 1 / 2 + 1) / 3,
        "macro_f1": (2 / 3 + 2 / 3 + 0) / 3,  # a: 1 of 2 and 1; b: 1 of 1 and 2; c: 0 of 1 and 1
        "micro_f1": 2 * 2 / (4 + 4),
        "micro_precision": 2 / 4,
        "micro_recall": 2 / 4,
        "parent_accuracy": 1.0,  # c for b is right above
        # By bin: 0.7 holds 0.75 right; 0.5 holds 0.55 wrong and 0.5 right; 0.4 holds 0.45 wrong.
        "ece": (abs(0.75 - 1) + abs(0.55 + 0.5 - 1) + abs(0.45 - 0)) / 4,
        "coverage": 3 / 4,
        "precision_when_proposed": 1 / 3,
    }
    assert found == {name: pytest.approx(value) for name, value in expected.items()}


def test_macro_f1_is_that_of_scikit_learn():
    """Over the codes that occur, with nothing proposed counted as nothing right."""
    found = sums(SAID, TRUTH, [""] * 4, parents=PARENTS).drawn(np.ones(4)).measures()
    assert found["macro_f1"] == pytest.approx(f1_score(TRUTH, proposed(SAID), average="macro", zero_division=0))


def trial(passages, labelled=LABELLED, codes=("bus", "geld", "thuis")):
    given_ = material(codes=codes, labelled=labelled)
    return Trial(given_, passages, {code: i for i, code in enumerate(codes)}, list(range(len(codes))))


def test_tables_agree_with_the_measures():
    """Per code, by confidence and by bar, the same passages are counted."""
    passages = [
        Labelled(str(i), "tekst", tuple(c for c, has in zip(CODES, row, strict=True) if has))
        for i, row in enumerate(TRUTH)
    ]
    about = Trial(material(), passages, {code: i for i, code in enumerate(CODES)}, PARENTS)
    codes = per_code(SAID, about).set_index("code")
    assert codes.loc["a", ["n", "proposed", "precision", "recall"]].tolist() == [1, 2, 0.5, 1.0]
    assert codes.loc["c", ["n", "proposed", "precision", "recall"]].tolist() == [1, 1, 0.0, 0.0]
    assert codes["average_precision"].tolist() == average_precisions(SAID, TRUTH)
    bins = calibration(SAID, about)
    assert bins["passages"].sum() == 4
    assert bins.loc[5, ["passages", "confidence", "right"]].tolist() == pytest.approx([2, 0.525, 0.5])
    bars = coverage(SAID, about)
    assert bars["passages"].tolist() == [3, 3, 3, 3, 3, 2, 1, 1, 0, 0]
    assert bars["precision"].tolist()[:7] == pytest.approx([1 / 3] * 5 + [1 / 2, 1.0])
    assert math.isnan(bars["precision"].iloc[-1])


def test_no_interval_below_eight_respondents():
    """Where few people speak, how sure a number is cannot be said."""
    few = sums(SAID, TRUTH, ["x", "x", "y", "y"], parents=PARENTS)
    assert all(math.isnan(low) for low, _ in intervals(few, np.random.default_rng(1)).values())
    many = sums(
        Answers(CODES, np.tile(SCORES, (4, 1)), np.tile(CONFIDENCE, (4, 1)), SAID.abstained * 4),
        np.tile(TRUTH, (4, 1)),
        [f"r{i}" for i in range(16)],
        parents=PARENTS,
    )
    low, high = intervals(many, np.random.default_rng(1))["accuracy_at_1"]
    assert 0 < low < 2 / 3 < high <= 1


@given(st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_measures_stay_within_their_bounds(seed):
    """Whatever was said and is true, every measure lies between 0 and 1 or is undefined, and first ≤ third."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(9, 4))
    shares = np.exp(scores) / (np.exp(scores).sum(axis=1, keepdims=True) + rng.uniform(0, 3, (9, 1)))
    said = Answers(tuple("abcd"), scores, shares, tuple(rng.choice(["", "too short"], 9)))
    truth = rng.random((9, 4)) < 0.3
    found = sums(said, truth, [""] * 9, parents=[0, 0, 1, 1]).drawn(np.ones(9)).measures()
    assert all(math.isnan(value) or 0 <= value <= 1 + 1e-12 for value in found.values())
    if truth.any():
        assert found["accuracy_at_1"] <= found["mrr"] + 1e-12
        assert found["accuracy_at_1"] <= found["parent_accuracy"] + 1e-12


class _Witness:
    """A scorer that remembers what it was fitted on, and says how many passages that was."""

    name, version = "witness", "1"

    def __init__(self) -> None:
        self.seen: list[tuple[Labelled, ...]] = []

    def fit(self, given, *, rng):
        del rng
        self.seen.append(tuple(given.labelled))
        return self

    codes = ("bus",)

    def weigh(self, texts):
        ones = np.full((len(texts), 1), float(len(self.seen[-1])))
        return Weighed(self.codes, {"n": ones}, ones / 100, ("",) * len(texts))


PASSAGES = (
    Labelled("q1", "Iets heel anders.", ("bus",), "R01"),
    Labelled("l4", "Nog iets anders.", ("bus",), ""),
    Labelled("q2", "Wilt ge  nog een koffie?", ("bus",), ""),
    Labelled("q3", "Van iemand nieuw.", ("bus",), "R77"),
)


def test_nothing_shared_is_learned_from():
    """No passage is judged by a fit that saw its id, its text or its respondent."""
    witness = _Witness()
    said = answers(witness, material(), PASSAGES, seed=1)
    assert [4, 6, 6, 7] == said.scores[:, 0].astype(int).tolist()
    kept = [{each.id for each in seen} for seen in witness.seen]
    assert {"l2", "l4", "l5", "l6"} in kept
    assert {"l1", "l2", "l3", "l5", "l6", "l7"} in kept
    assert {"l1", "l2", "l3", "l4", "l5", "l7"} in kept


def test_a_fold_leaves_out_all_that_any_of_it_shares():
    """One fit for several passages sees nothing of any of them."""
    witness = _Witness()
    answers(witness, material(), PASSAGES[:3], seed=1, folds=[range(3)])
    assert [{"l2", "l5"}] == [{each.id for each in seen} for seen in witness.seen]


def test_the_summary_has_a_row_a_measure_with_both_baselines():
    """Values, intervals and baselines stand side by side, each over its passages."""
    passages = [
        Labelled(f"p{i}", text, codes, f"R{i}")
        for i, (text, codes) in enumerate(
            zip(TALK[:6], [("bus",), ("bus",), ("geld",), ("thuis",), (), ()], strict=True)
        )
    ]
    about = trial(passages, labelled=())
    said = answers(scorer("learned"), about.material, passages, seed=1)
    beside = {name: answers(scorer(name), about.material, passages, seed=1) for name in ("majority", "keywords")}
    frame = summary(said, about, baselines=beside, rng=np.random.default_rng(1)).set_index("metric")
    assert frame.loc["accuracy_at_1", "value"] == 1.0
    assert frame.loc["accuracy_at_1", "keywords"] == 1.0
    assert frame.loc["accuracy_at_1", "majority"] == 0.5
    assert frame.loc[["accuracy_at_1", "coverage"], "n"].tolist() == [4, 6]
    precisions = [value for value in average_precisions(said, about.truth()) if np.isfinite(value)]
    assert frame.loc["mean_average_precision", "value"] == pytest.approx(np.mean(precisions))


def test_the_learning_curve_begins_with_the_codebook():
    """At no decision the curve is the codebook's own, and numbers that a fold cannot give are left out."""
    many = [Labelled(f"m{i}", LABELLED[i % 7].text + f" {i}", LABELLED[i % 7].codes, f"R{i % 8}") for i in range(56)]
    frame = learning_curve(trial(many, labelled=many), by=scorer("learned"), seed=1)
    assert [0, 10, 20, 40] == frame["decided"].tolist()
    assert frame["accuracy_at_1"].iloc[0] == frame["codebook_accuracy_at_1"].iloc[-1]
    assert frame["accuracy_at_1"].iloc[-1] > frame["accuracy_at_1"].iloc[0]


def test_the_learning_curve_learns_from_nothing_that_a_fold_shares():
    """Passages of nobody known are dealt one by one, and every number of decisions is what a fit was given."""
    many = [Labelled(f"m{i}", f"{LABELLED[i % 5].text} {i}", ("bus",), "") for i in range(56)]
    witness = _Witness()
    one = Trial(material(codes=("bus",), labelled=many), many, {"bus": 0}, [0])
    frame = learning_curve(one, by=witness, seed=1)
    assert [0, 10, 20, 40] == frame["decided"].tolist()
    assert {0, 10, 20, 40} == {len(seen) for seen in witness.seen}
