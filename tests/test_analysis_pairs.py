"""Pairs of codes: what chance gives, what stands behind a cell, how groups differ."""

from __future__ import annotations

from itertools import combinations
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import make_facts
from test_analysis_group_tests import six
from test_counting_laws import studies

from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.facts import lay_out
from lde_qual.analysis.pair_passages import UNITS, pair_differences, pair_passages
from lde_qual.analysis.pair_tests import dealt, pair_tests
from lde_qual.api import views
from lde_qual.api.study import open_folder
from lde_qual.errors import UsageError

EXAMPLE = Path(__file__).parent.parent / "docs" / "example-study"


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("people", "observed", "expected", "p"),
    [
        ([(4, 2, 2)], 2, 1.0, 2 / 6),
        ([(4, 2, 2)], 1, 1.0, 1.0),
        ([(4, 2, 2)], 0, 1.0, 2 / 6),
        ([(4, 2, 2), (4, 2, 2)], 4, 2.0, 2 / 36),
        ([(5, 5, 2), (3, 0, 3)], 2, 2.0, 1.0),
    ],
)
def test_chances_by_hand(people, observed, expected, p):
    """Two of four turns twice: 1 of 6 ways shares both; two such people: 1 of 36; who never says a shares nothing."""
    turns, a, b = (ints(*column) for column in zip(*people, strict=True))
    assert (expected, p) == pytest.approx(dealt(turns, a, b, observed))


def test_a_code_in_no_turn_has_no_p():
    """Where one of the two is never said, nothing is expected and nothing tested."""
    assert all(isnan(value) for value in dealt(ints(4), ints(0), ints(2), 0))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=2),
    st.integers(0, 10),
)
def test_the_sum_is_that_of_all_shuffles(people, seed):
    """Going through every way to deal b over a respondent's turns gives the same expectation and p."""
    people = [(turns, min(a, turns), min(b, turns)) for turns, a, b in people]
    shared = [0]
    for turns, a, b in people:
        ways = [len(set(range(a)) & set(dealt_b)) for dealt_b in combinations(range(turns), b)]
        shared = [one + other for one in shared for other in ways]
    turns, a, b = (ints(*column) for column in zip(*people, strict=True))
    observed = shared[seed % len(shared)]
    expected, p = dealt(turns, a, b, observed)
    if not a.sum() or not b.sum():
        assert isnan(p)
        return
    tails = [sum(n >= observed for n in shared), sum(n <= observed for n in shared)]
    assert expected == pytest.approx(sum(shared) / len(shared))
    assert p == pytest.approx(min(1.0, 2 * min(tails) / len(shared)))


@settings(max_examples=25, deadline=None)
@given(studies(), st.sampled_from([None, "role", "richting"]))
def test_a_test_changes_no_count_and_is_symmetric(study, by):
    """The columns of co-occurrence stay, p is the same both ways, and a code has none with itself or its ancestor."""
    facts = lay_out(study, "anna")
    frame, plain = pair_tests(facts, by=by), cooccurrence(facts, by=by)
    assert frame[list(plain.columns)].equals(plain)
    key = [by, "a", "b"] if by else ["a", "b"]
    back = [by, "b", "a"] if by else ["b", "a"]
    for column in ("expected", "p", "p_adjusted"):
        ahead = frame.set_index(key)[column].to_dict()
        behind = frame.set_index(back)[column].to_dict()
        assert all(behind[at] == value or (isnan(value) and isnan(behind[at])) for at, value in ahead.items())
    apart = [a == b or study.codebook.related(a, b) for a, b in zip(frame["a"], frame["b"], strict=True)]
    assert frame.loc[apart, "p"].isna().all()
    assert (frame["p_adjusted"].isna() == frame["p"].isna()).all()
    assert (frame["p"].dropna() <= frame["p_adjusted"].dropna() + 1e-12).all()
    assert (frame["tests"] == frame["p"].notna().sum() // 2).all()


@settings(max_examples=25, deadline=None)
@given(studies(), st.sampled_from(UNITS), st.integers(0, 3), st.booleans())
def test_the_passages_behind_a_cell_are_as_many_units_as_it_counts(study, unit, within, aggregate):
    """Every cell opens to just n_ab units, each with a passage of both codes."""
    facts = lay_out(study, "anna")
    counted = cooccurrence(facts, unit=unit, within=within, aggregate=aggregate).set_index(["a", "b"])["n_ab"]
    for a, b in [("s", "w"), ("w", "s"), ("t", "u"), ("r", "t")]:
        found = pair_passages(facts, a=a, b=b, unit=unit, within=within, aggregate=aggregate)
        assert list(range(1, counted[a, b] + 1)) == sorted(set(found["together"]))
        for _, rows in found.groupby("together"):
            assert {"a", "b"} == set(rows["side"])


def test_passages_say_where_who_and_what():
    """R02 says two things in one turn, that touch in one word."""
    found = pair_passages(make_facts(), a="sine", b="plan", unit="overlap")
    assert [("t1", 3, "R02", "a", "vijf zes"), ("t1", 3, "R02", "b", "zes zeven")] == [
        (row.transcript, row.turn, row.respondent, row.side, row.quote) for row in found.head(2).itertuples()
    ]
    assert 2 == found["together"].max()


def test_groups_are_set_against_each_other():
    """A share is of all turns of the group; a group of one is left out and said."""
    frame = pair_differences(six(), by="role", codes=["sine", "plan"])
    (row,) = frame.to_dict("records")
    assert ("a", "b", 1, 3, 1, 3) == tuple(
        row[name] for name in ("group", "other", "n_ab", "n", "other_n_ab", "other_n")
    )
    assert row["difference"] == pytest.approx(0.0)
    assert any("c" in notice for notice in frame.attrs["notices"] if notice.startswith("Left out"))


@settings(max_examples=20, deadline=None)
@given(studies())
def test_too_small_groups_are_not_compared(study):
    """Groups of one person give an error with a way out, never a difference."""
    with pytest.raises(UsageError, match="so few") as caught:
        pair_differences(lay_out(study, "anna"), by="role")
    assert caught.value.way_out


@pytest.mark.parametrize(
    ("how", "named"),
    [
        ({"test": True, "unit": "overlap"}, "--test"),
        ({"correction": "bh"}, "--correction"),
        ({"difference": True}, "--by"),
        ({"difference": True, "test": True, "by": "role"}, "do not go together"),
        ({"passages": "tijd"}, "two codes"),
        ({"passages": "tijd,gesprek", "by": "role"}, "two codes"),
        ({"passages": "tijd,tijd"}, "two different codes|one code|two codes"),
        ({"passages": "tijd,gesprek", "unit": "beurt"}, "'beurt' is no unit"),
    ],
)
def test_options_that_do_not_go_together_are_named(how, named):
    """Every mix that means nothing is an error with a way out."""
    with pytest.raises(UsageError, match=named) as caught:
        views.cooccurrence(open_folder(EXAMPLE), **how)
    assert caught.value.way_out
