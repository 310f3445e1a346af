"""Measures of agreement against worked examples from the literature, and against other implementations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from lde_qual.analysis.agreement_measures import (
    cohen_kappa,
    coincidences,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    observed,
    percentile_interval,
    positive_agreement,
    table_of_two,
)

FLEISS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
MISSING = "."


def coincidence_of_counts(counts) -> np.ndarray:
    """From how many raters gave each value to each subject."""
    counts = np.asarray(counts, dtype=float)
    pairs = counts[:, :, None] * counts[:, None, :] - np.eye(counts.shape[1]) * counts[:, :, None]
    return (pairs / (counts.sum(axis=1) - 1)[:, None, None]).sum(axis=0)


def coincidence_of_ratings(*raters: str) -> np.ndarray:
    """From a row of values for each rater, a unit a sign; units of fewer than two values pair nothing."""
    values = sorted(set("".join(raters)) - {MISSING})
    counts = np.array([[unit.count(value) for value in values] for unit in zip(*raters, strict=True)])
    return coincidence_of_counts(counts[counts.sum(axis=1) > 1])


def test_cohen_1960():
    """Cohen (1960), table 2: two judges, 200 cases, three diagnoses; p_o = .70, p_c = .41, kappa = .492."""
    table = np.array([[88.0, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert float(observed(table)) == pytest.approx(0.70)
    assert float(cohen_kappa(table)) == pytest.approx(0.492, abs=5e-4)


def test_nvivo_s_example():
    """50 units marked by both, 75 by each alone, 800 by neither: 85 % agreement and a kappa of .31.

    Expected .125² + .875² = .78125, so kappa is (.85 - .78125) / .21875 = .3143.
    """
    table = table_of_two(np.array(1000), np.array(125), np.array(125), np.array(50))
    assert float(observed(table)) == pytest.approx(0.85)
    assert float(cohen_kappa(table)) == pytest.approx(0.06875 / 0.21875)


def test_fleiss_1971():
    """Fleiss (1971): 30 patients, six psychiatrists, five diagnoses; kappa = .430."""
    counts = [[int(digit) for digit in subject] for subject in FLEISS.split()]
    matrix = coincidence_of_counts(counts)
    assert (matrix.sum(axis=1) / matrix.sum()).round(3).tolist() == [0.144, 0.144, 0.167, 0.306, 0.239]
    assert float(fleiss_kappa(matrix)) == pytest.approx(0.430, abs=5e-4)


@pytest.mark.parametrize(
    ("raters", "alpha"),
    [
        (["0100000010", "1110010000"], 0.095),
        (["aabbdcccedda", "babbbccceddd"], 0.692),
        (["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),
    ],
    ids=["A: binary, two observers", "B: nominal, two observers", "C: nominal, four observers, values missing"],
)
def test_krippendorff_2011(raters, alpha):
    """Krippendorff, Computing Krippendorff's alpha-reliability (2011), A, B and C: .095, .692, .743."""
    assert float(krippendorff_alpha(coincidence_of_ratings(*raters))) == pytest.approx(alpha, abs=5e-4)


def test_gwet_2014():
    """Gwet (2014), two abstractors of 100 pregnancies: kappa .7964, AC1 .8493.

    AC1 by hand: shares .13, .255, .615; expected (.1131 + .189975 + .236775) / 2 =
    .269925; (.89 - .269925) / (1 - .269925) = .8493.
    """
    table = np.array([[13.0, 0, 0], [0, 20, 7], [0, 4, 56]])
    assert float(cohen_kappa(table)) == pytest.approx(0.7964094, abs=1e-7)
    assert float(gwet_ac1(table + table.T)) == pytest.approx(0.620075 / 0.730075)


@pytest.mark.parametrize(
    ("units", "first", "second", "both", "kappa"),
    [
        (1000, 100, 100, 50, 4 / 9),  # half overlap: (.9 - .82) / .18
        (1000, 100, 50, 50, 0.09 / 0.14),  # one inside the other: (.95 - .86) / .14
        (1000, 100, 0, 0, 0.0),  # one of them marks nothing
        (1000, 100, 100, 100, 1.0),
        (100, 50, 50, 25, 0.0),
        (10000, 800, 750, 600, 0.755),
        (1000, 950, 950, 900, -0.0526),
    ],
)
def test_kappa_counts_what_neither_marked_and_what_one_marked(units, first, second, both, kappa):
    """No unit is dropped: not those that nobody marked, nor those that one coder marked."""
    table = table_of_two(*(np.array(number) for number in (units, first, second, both)))
    assert float(cohen_kappa(table)) == pytest.approx(kappa, abs=5e-4)
    assert float(table.sum()) == units


@pytest.mark.parametrize("marked", [0, 7])
def test_measures_are_undefined_where_nothing_varies(marked):
    """Where all say the same of every unit there is nothing to correct for; only the share that agrees is known."""
    matrix = coincidences(np.array(7), np.array(2 * marked), np.array(marked), coders=2)
    table = table_of_two(*(np.array(number) for number in (7, marked, marked, marked)))
    assert float(observed(matrix)) == 1
    assert all(np.isnan(found) for found in (cohen_kappa(table), fleiss_kappa(matrix), krippendorff_alpha(matrix)))
    assert np.isnan(positive_agreement(matrix)) == (marked == 0)


def test_no_unit_has_no_measure():
    """Over no units every measure is undefined."""
    matrix = coincidences(*(np.array(0),) * 3, coders=3)
    measures = (observed, fleiss_kappa, krippendorff_alpha, gwet_ac1, positive_agreement)
    assert all(np.isnan(measure(matrix)) for measure in measures)


decisions = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.lists(st.booleans(), min_size=coders, max_size=coders), min_size=2, max_size=30)
)


def counted(marks: np.ndarray) -> tuple[np.ndarray, ...]:
    """Units, units carried summed over coders, units together summed over pairs of coders."""
    said = marks.sum(axis=1)
    return np.array(len(marks)), np.array(said.sum()), np.array((said * (said - 1) // 2).sum())


@settings(max_examples=100, deadline=None)
@given(decisions)
def test_three_counts_are_enough(rows):
    """The matrix from counts is the one that is built unit by unit."""
    marks = np.array(rows, dtype=np.int64)
    said = marks.sum(axis=1)
    by_unit = coincidence_of_counts(np.stack([marks.shape[1] - said, said], axis=1))
    assert np.allclose(by_unit, coincidences(*counted(marks), coders=marks.shape[1]))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=30))
def test_kappa_is_scikit_learn_s(rows):
    """Cohen's kappa equals scikit-learn's on the vectors that are never built here."""
    one, other = np.array(rows, dtype=np.int64).T
    kappa = float(cohen_kappa(table_of_two(*(np.array(n) for n in (len(one), one.sum(), other.sum(), one @ other)))))
    if len({*one, *other}) == 1:
        assert np.isnan(kappa)
    else:
        assert kappa == pytest.approx(cohen_kappa_score(one, other), abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(decisions)
def test_alpha_is_that_of_the_krippendorff_package(rows):
    """Alpha equals the krippendorff package's on the vectors that are never built here."""
    krippendorff = pytest.importorskip("krippendorff")
    marks = np.array(rows, dtype=np.int64)
    alpha = float(krippendorff_alpha(coincidences(*counted(marks), coders=marks.shape[1])))
    if len(np.unique(marks)) == 1:
        assert np.isnan(alpha)
    else:
        assert alpha == pytest.approx(krippendorff.alpha(marks.T, level_of_measurement="nominal"), abs=1e-9)


def test_an_interval_needs_nearly_all_of_its_samples():
    """The middle 95 % of the samples; undefined where more than one in twenty is."""
    samples = np.stack([np.arange(1001.0), np.where(np.arange(1001) < 40, np.nan, 3.0), np.full(1001, np.nan)])
    low, high = percentile_interval(samples)
    assert [25.0, 3.0] == pytest.approx(low[:2].tolist())
    assert [975.0, 3.0] == pytest.approx(high[:2].tolist())
    assert np.isnan([low[2], high[2]]).all()
