"""Pairs of codes that share turns often enough to be drawn."""

from __future__ import annotations

import pytest
from coders import coded
from hypothesis import given, settings
from hypothesis import strategies as st
from test_counting_laws import studies

from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.facts import lay_out
from lde_qual.analysis.network import network
from lde_qual.errors import UsageError

TURNS = ("een twee", "een twee", "een twee los", "los")


def facts():
    text = "\n".join("R1: aaaa" for _ in TURNS)
    marks = [("t1", 9 * at + 4, 9 * at + 8, code) for at, codes in enumerate(TURNS) for code in codes.split()]
    return lay_out(coded({"t1": text}, {"anna": marks}), "anna")


def test_pairs_over_a_threshold_by_hand():
    """Of turns with een and twee, the same, all three, and los alone, one pair shares three turns and two share one."""
    frame = network(facts(), codes=["een", "twee", "los"])
    assert frame[["a", "b", "n_a", "n_b", "n_ab", "n"]].to_numpy().tolist() == [["een", "twee", 3, 3, 3, 4]]
    assert (frame.attrs["turns"], frame.attrs["left_out"]) == ({"een": 3, "twee": 3, "los": 2}, 2)
    assert frame.attrs["notices"][-1] == "2 pairs share fewer than 2 turns and are left out."
    assert len(network(facts(), codes=["een", "twee", "los"], least=1)) == 3


def test_a_code_and_the_code_above_it_are_no_pair():
    """A parent shares all turns of its child by definition, so the two are no pair."""
    assert network(facts(), codes=["top", "een"], least=1).empty


def test_a_threshold_of_nothing_is_refused():
    """Pairs that share no turn are no pairs."""
    with pytest.raises(UsageError, match="--least cannot be 0"):
        network(facts(), least=0)


@settings(max_examples=40, deadline=None)
@given(studies(), st.integers(1, 4))
def test_every_pair_is_drawn_or_counted(study, least):
    """What is drawn, and what is left out, are together the pairs of cooccurrence that occur, each once."""
    laid = lay_out(study, "anna")
    frame = network(laid, least=least)
    assert (frame["n_ab"] >= least).all()
    assert frame["n_ab"].is_monotonic_decreasing
    every = cooccurrence(laid, unit="turn")
    occur = [
        frozenset(pair)
        for *pair, n in every[["a", "b", "n_ab"]].itertuples(index=False)
        if n and pair[0] != pair[1] and not study.codebook.related(*pair)
    ]
    assert len(frame) + frame.attrs["left_out"] == len(set(occur))
