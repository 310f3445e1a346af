"""The regression, the weights, and what a decision does to them."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.model.span import Span
from lde_qual.tagging.lessons import Near
from lde_qual.tagging.ridge import fit_ridge
from lde_qual.tagging.weights import learn_weights


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_leaving_a_group_out_is_fitting_without_it(seed):
    """The answers for a group left out are those of a fit that never saw it, the intercept held."""
    rng = np.random.default_rng(seed)
    points, targets = rng.normal(size=(12, 4)), rng.normal(size=(12, 3))
    weights, groups = rng.uniform(0.5, 3, 12), np.array(list("aabbbcaabc"))
    whole = fit_ridge(points @ points.T, targets, weights, penalty=0.7, first=2)
    found = whole.answers_without(targets[2:], groups)
    for group in "abc":
        out = 2 + np.flatnonzero(groups == group)
        kept = np.setdiff1d(np.arange(12), out)
        scaled = points[kept] * weights[kept, None]
        primal = np.linalg.solve(
            points[kept].T @ scaled + 0.7 * np.eye(4), scaled.T @ (targets[kept] - whole.intercept)
        )
        np.testing.assert_allclose(found[out - 2], points[out] @ primal + whole.intercept, atol=1e-8)


def test_the_regression_is_the_weighted_ridge_of_the_textbook():
    """Worked by hand: two points 0 and 1 on a line, targets 0 and 1, penalty 1: slope 1/3, intercept 1/3."""
    points = np.array([[0.0], [1.0]])
    fit = fit_ridge(points @ points.T, np.array([[0.0], [1.0]]), np.ones(2), penalty=1.0)
    assert fit.intercept[0] == pytest.approx(1 / 3)
    assert (fit.dual.T @ points)[0, 0] == pytest.approx(1 / 3)


def test_no_decision_leaves_the_weights_as_they_are():
    """What is shipped is what holds before anybody decided."""
    centre = np.array([2.0, 3.0])
    assert learn_weights(np.zeros((0, 3, 2)), np.zeros((0, 3)), centre=centre, spread=np.ones(2)).tolist() == [2.0, 3.0]


def test_the_weights_are_where_the_slope_is_nothing():
    """Worked by hand: one passage, two choices, one feature (1 and 0), the first right, prior 0 with spread 1.

    The most likely w solves w = 1 - 1 / (1 + exp(-w)): 0.4010581.
    """
    found = learn_weights(np.array([[[1.0], [0.0]]]), np.array([[1.0, 0.0]]), centre=np.zeros(1), spread=np.ones(1))
    assert found[0] == pytest.approx(0.4010581, abs=1e-5)


@given(st.integers(1, 40), st.floats(0.2, 4))
@settings(max_examples=25, deadline=None)
def test_more_decisions_move_a_weight_further(decisions, spread):
    """Every decision that a feature explains moves its weight up, and a wide prior more than a narrow one."""
    features, truth = np.array([[[1.0], [0.0]]] * (decisions + 1)), np.array([[1.0, 0.0]] * (decisions + 1))
    options = {"centre": np.zeros(1), "spread": np.array([spread])}
    fewer = learn_weights(features[:-1], truth[:-1], **options)[0]
    more = learn_weights(features, truth, **options)[0]
    wider = learn_weights(features, truth, centre=np.zeros(1), spread=np.array([spread * 2]))[0]
    assert 0 < fewer < more < wider


SPANS = st.tuples(st.integers(0, 3000), st.integers(1, 1500)).map(lambda span: Span(span[0], span[0] + span[1]))


@given(st.lists(SPANS, max_size=20), SPANS)
@settings(max_examples=50, deadline=None)
def test_what_touches_a_passage_is_found_among_few(spans, passage):
    """The codings that are looked up are those that overlap, in their order, as if each had been held beside it."""
    codings = [SimpleNamespace(span=span) for span in spans]
    assert Near(codings).over(passage) == [each for each in codings if each.span.overlaps(passage)]
