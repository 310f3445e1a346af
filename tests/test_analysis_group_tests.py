"""Tests between groups: each statistic on a worked example, and what holds for any study."""

from __future__ import annotations

from math import comb, isnan

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reports import make_facts
from scipy.stats import fisher_exact
from test_counting_laws import studies

from lde_qual.analysis.corrections import corrected, exact, shuffled
from lde_qual.analysis.facts import lay_out
from lde_qual.analysis.frequency import UNITS, frequency
from lde_qual.analysis.group_tests import compare
from lde_qual.analysis.matrix import matrix
from lde_qual.errors import UsageError

OF_1995 = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240),
    *(0.4262, 0.5719, 0.6528, 0.7590, 1.0),
)


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.mark.parametrize(
    ("named", "sizes", "p"),
    [
        ((3, 1), (4, 4), 34 / 70),
        ((2, 0, 0), (2, 2, 2), 3 / 15),
        ((4, 0), (4, 10), 1 / comb(14, 4)),
        ((1, 1), (2, 2), 1.0),
    ],
)
def test_the_exact_test_gives_the_chances_counted_by_hand(named, sizes, p):
    """Fisher's cups of tea, three groups of two, and all of four against none of ten."""
    assert p == pytest.approx(exact(named, sizes))


@pytest.mark.parametrize("named", [(0, 0), (3, 4)])
def test_a_code_of_nobody_or_everybody_has_no_p(named):
    """Where there is one table only, p is undefined."""
    assert isnan(exact(named, (3, 4)))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 8)), min_size=2, max_size=2))
def test_for_two_groups_the_exact_test_is_that_of_scipy(groups):
    """A second program that does the sum gives the same p."""
    sizes = [size for size, _ in groups]
    named = [min(n, size) for size, n in groups]
    assume(0 < sum(named) < sum(sizes))
    table = [named, [size - n for size, n in zip(sizes, named, strict=True)]]
    assert fisher_exact(table).pvalue == pytest.approx(exact(named, sizes))


def test_too_many_tables_are_refused():
    """Rather than fill the memory, the exact test names the other one."""
    with pytest.raises(UsageError, match="permutation"):
        exact([10] * 8, [20] * 8)


def test_a_permutation_test_comes_near_the_share_of_all_orders():
    """Of the 20 ways to deal three ones and three zeros, 2 fall apart as far; alike values have no p."""
    values = np.array([[1.0, 5.0]] * 3 + [[0.0, 5.0]] * 3)
    member = np.array([[True] * 3 + [False] * 3, [False] * 3 + [True] * 3])
    p = shuffled(values, member, draws=4000, rng=rng())
    assert p[0] == pytest.approx(0.1, abs=0.02)
    assert isnan(p[1])


def test_holm_by_hand():
    """The smallest times four, the next times three; none falls below the one before, and NA stays NA."""
    p = corrected(np.array([0.01, 0.04, np.nan, 0.03, 0.005]), "holm")
    assert p[[0, 1, 3, 4]] == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert isnan(p[2])


@pytest.mark.parametrize(("how", "under"), [("bh", 4), ("holm", 3), ("none", 9)])
def test_the_example_of_benjamini_and_hochberg(how, under):
    """Of their fifteen p-values four stay under 0.05, three by the stricter rule, nine uncorrected."""
    assert under == (corrected(np.array(OF_1995), how) < 0.05).sum()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_corrections_only_raise_and_keep_the_order(values):
    """p <= p by BH <= p by Holm <= 1, and a smaller p stays no larger."""
    p = np.array(values)
    holm, bh = corrected(p, "holm"), corrected(p, "bh")
    assert (p <= bh + 1e-12).all()
    assert (bh <= holm + 1e-12).all()
    assert (holm <= 1).all()
    order = np.argsort(p, kind="stable")
    assert (np.diff(holm[order]) >= -1e-12).all()


THREE_AND_THREE = """\
respondent,role,organisation,transcript
R01,a,Oost,t1
R02,a,West,t1
R03,a,West,t1
R04,b,Noord,t2
R05,b,Noord,t2
R06,b,Noord,t2
R07,c,Noord,t2
"""
TALK = {
    "t1": "I: Hoe?\nR01: =1+1 <script>alert(1)</script> een twee\nR02: vijf zes zeven\nR03: acht *negen* tien\n",
    "t2": "I: En?\nR04: elf twaalf dertien\nR05: ja\nR06: nee\nR07: och\n",
}


def six():
    return make_facts(respondents=THREE_AND_THREE, texts=TALK)


def test_groups_of_fewer_than_three_are_left_out_and_said():
    """Only a and b are compared; the notice says how many there are, who is left out and what p is not."""
    frame = compare(six(), by=["role"], test="fisher", rng=rng())
    row = frame.set_index("code").loc["in"]
    assert ("a;b", "2/3;1/3") == (row["groups"], row["value"])
    assert row["p"] == pytest.approx(1.0)
    (notice,) = [text for text in frame.attrs["notices"] if "p-value" in text]
    assert "6 respondents (a 3, b 3)" in notice
    assert "c (1)" in notice


@pytest.mark.parametrize(
    ("how", "named"),
    [
        ({"by": ["richting"], "test": "fisher"}, "--test"),
        ({"by": [], "test": "fisher"}, "--test"),
        ({"by": ["role"], "test": "fisher", "unit": "words"}, "fisher"),
        ({"by": ["role"], "test": "permutation", "unit": "transcripts"}, "transcripts"),
        ({"by": ["organisation"], "test": "fisher"}, "organisation"),
        ({"by": ["role"], "test": "t"}, "'t'"),
    ],
)
def test_what_cannot_be_tested_is_refused(how, named):
    """Dimensions, words by Fisher, and fewer than two groups of three are named as errors with a way out."""
    with pytest.raises(UsageError, match=named) as caught:
        compare(make_facts(respondents=THREE_AND_THREE.replace("R03,a", "R03,d"), texts=TALK), rng=rng(), **how)
    assert caught.value.way_out


def test_each_direction_is_tested_by_itself():
    """With a dimension beside the attribute every value of it has a row, and all rows are corrected for together."""
    frame = compare(six(), by=["role", "richting"], test="permutation", rng=rng(), draws=199)
    assert ["belemmerend", "faciliterend", "(none)"] == frame["richting"].head(3).tolist()
    assert {frame["p"].notna().sum()} == set(frame["tests"])
    assert frame["p_adjusted"].isna().tolist() == frame["p"].isna().tolist()


def test_the_values_compared_are_those_of_frequency():
    """What stands beside p is n of N respondents per group as `frequency` counts it."""
    counted = frequency(six(), by=["role"]).set_index(["code", "role"])
    for row in compare(six(), by=["role"], test="fisher", rng=rng()).itertuples():
        assert row.value == ";".join(
            f"{counted.loc[(row.code, role), 'n']}/{counted.loc[(row.code, role), 'N']}" for role in ("a", "b")
        )


@settings(max_examples=40, deadline=None)
@given(
    studies(), st.sampled_from(UNITS), st.sampled_from([("code", "role"), ("role", "richting"), ("richting", "code")])
)
def test_a_normalised_value_is_n_over_its_base(study, unit, sides):
    """Row and column shares divide by the count they name; per 1000 words divides by the words of the group."""
    facts = lay_out(study, "anna")
    rows, cols = sides
    for normalise in ("row", "column"):
        frame = matrix(facts, rows=rows, cols=cols, unit=unit, normalise=normalise)
        assert frame["value"].isna().tolist() == (frame["base"] == 0).tolist()
        assert (frame["n"] <= frame["base"]).all()
        assert {f"{unit} of this {rows if normalise == 'row' else cols}"} == set(frame["of"])
    if unit in {"segments", "turns", "words"}:
        frame = matrix(facts, rows=rows, cols=cols, unit=unit, normalise="length")
        words = matrix(facts, rows=rows, cols=cols, unit="words")
        assert words["N"].tolist() == frame["base"].tolist()
        kept = frame[frame["base"] > 0]
        assert np.allclose(kept["value"].astype(float), 1000 * kept["n"] / kept["base"])


def test_people_are_not_normalised_by_length():
    """Who says more is still one person."""
    with pytest.raises(UsageError, match="still one"):
        matrix(six(), rows="code", cols="role", normalise="length")
