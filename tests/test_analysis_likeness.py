"""Likeness of respondents and codes: hand-worked measures, clusters and maps."""

from __future__ import annotations

import numpy as np
import pytest
from coders import coded
from hypothesis import given, settings
from hypothesis import strategies as st
from test_counting_laws import studies

from lde_qual.analysis.facts import lay_out
from lde_qual.analysis.likeness import FEWEST, LINKAGES, MEASURES, OF, likeness
from lde_qual.errors import LdeQualError, RefusedError, UsageError

TEXTS = {"t1": "R1: aaaa bbbb cccc", "t2": "R2: aaaa bbbb cccc", "t3": "R3: aaaa bbbb cccc"}
CODINGS = {
    "anna": [
        *(("t1", 4, 8, "een"), ("t1", 9, 13, "twee")),
        *(("t2", 4, 8, "een"), ("t2", 9, 13, "los")),
        *(("t3", 4, 8, "los"),),
    ]
}
LEAVES = ["een", "twee", "los"]


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("jaccard", {("R1", "R2"): 1 / 3, ("R2", "R3"): 1 / 2, ("R1", "R3"): 0}),
        ("sorensen", {("R1", "R2"): 1 / 2, ("R2", "R3"): 2 / 3, ("R1", "R3"): 0}),
        ("pearson", {("R1", "R2"): -1 / 2, ("R2", "R3"): 1 / 2, ("R1", "R3"): -1}),
    ],
)
def test_measures_by_hand(measure, values):
    """R1 names een and twee, R2 een and los, R3 los: of three codes R1 and R2 share one of three named."""
    facts = lay_out(coded(TEXTS, CODINGS), "anna")
    pairs = likeness(facts, measure=measure, codes=LEAVES).pairs().set_index(["a", "b"])["likeness"]
    assert pairs.to_dict() == pytest.approx(values)


def test_codes_are_alike_by_the_turns_that_carry_them():
    """Code een stands in two turns, twee in one of these: one turn of two."""
    facts = lay_out(coded(TEXTS, CODINGS), "anna")
    pairs = likeness(facts, of="codes", codes=LEAVES).pairs().set_index(["a", "b"])
    assert pairs.loc[("een", "twee"), ["n_a", "n_b", "n_ab", "n", "likeness"]].tolist() == [2, 1, 1, 3, 0.5]


def test_a_triangle_is_drawn_true():
    """Three codes that never go together are equally far from each other, and the map has no stress."""
    facts = lay_out(coded(TEXTS, {"anna": [("t1", 4, 8, "een"), ("t2", 4, 8, "twee"), ("t3", 4, 8, "los")]}), "anna")
    frame, stress = likeness(facts, of="codes", codes=LEAVES).map()
    points = frame[["x", "y"]].to_numpy()
    sides = [float(np.linalg.norm(points[a] - points[b])) for a, b in ((0, 1), (1, 2), (0, 2))]
    assert sides == pytest.approx([1, 1, 1])
    assert stress == pytest.approx(0, abs=1e-7)


FOUR = "title: Vier\ncodes: [{id: a, label: A}, {id: b, label: B}, {id: c, label: C}, {id: d, label: D}]\n"
PAIRED = "ac ac ad ad bc bc bd bd a b c d"
"""Which codes each turn carries: of a and c, as of each such two, 2 turns of 8."""


def test_the_stress_of_a_solid_by_hand():
    """Two pairs at distance 1, and 3/4 between them, lie on the map as a square with the pairs as diagonals."""
    turns = PAIRED.split()
    text = "\n".join("R1: aaaa" for _ in turns)
    marks = [("t1", 9 * at + 4, 9 * at + 8, code) for at, codes in enumerate(turns) for code in codes]
    found = likeness(lay_out(coded({"t1": text}, {"anna": marks}, codebook=FOUR), "anna"), of="codes")
    assert found.values[0].tolist() == [1, 0, 0.25, 0.25]
    frame, stress = found.map()
    points = frame[["x", "y"]].to_numpy()
    diagonal = (4 + 3 * 2**0.5) / 8
    assert [np.linalg.norm(points[a] - points[b]) for a, b in ((0, 1), (2, 3))] == pytest.approx([diagonal] * 2)
    assert stress == pytest.approx((4.25 / (4 * diagonal**2) - 1) ** 0.5)
    assert frame.attrs["notices"][-1] == "Stress: 0.029."


@pytest.mark.parametrize(("linkage", "last"), [("average", 5 / 6), ("complete", 1), ("single", 2 / 3)])
def test_a_tree_by_hand(linkage, last):
    """R2 and R3 join at 1/2, and R1 at the mean, the largest or the smallest of its distances 2/3 and 1 to them."""
    tree = likeness(lay_out(coded(TEXTS, CODINGS), "anna"), codes=LEAVES, linkage=linkage).tree()
    assert tree[["join", "a", "b", "items"]].to_numpy().tolist() == [[1, "R2", "R3", 2], [2, "R1", "#1", 3]]
    assert tree["height"].tolist() == pytest.approx([0.5, last])
    assert tree.attrs["order"] == ["R1", "R2", "R3"]
    assert tree.attrs["notices"][-1] == f"Linkage: {linkage}."


def test_few_make_no_group():
    """A cluster of fewer than three is no group, and fewer than three things are neither clustered nor drawn."""
    facts = lay_out(coded(TEXTS, CODINGS), "anna")
    found = likeness(facts, codes=LEAVES)
    assert found.clusters(1)["cluster"].tolist() == [1, 1, 1]
    assert found.clusters(2)["cluster"].isna().all()
    with pytest.raises(UsageError):
        found.clusters(4)
    two = likeness(facts, of="codes", codes=LEAVES[:2])
    for attempt in (two.map, two.tree, lambda: two.clusters(1)):
        with pytest.raises(RefusedError, match=f"fewer than {FEWEST}"):
            attempt()


def test_what_bears_nothing_is_left_out_and_named():
    """A respondent who names no code is like nobody: not 0, and not on the map."""
    facts = lay_out(coded(TEXTS, {"anna": [("t1", 4, 8, "een"), ("t2", 4, 8, "een")]}), "anna")
    found = likeness(facts, codes=LEAVES)
    assert found.items == ["R1", "R2"]
    assert found.left_out == ("R3",)
    assert found.notices == ["Left out, since nothing tells them apart: R3."]


@settings(max_examples=40, deadline=None)
@given(studies(), st.sampled_from(OF), st.sampled_from(MEASURES), st.sampled_from(LINKAGES))
def test_laws_of_likeness(study, of, measure, linkage):
    """Likeness is symmetric, 1 with itself and bounded; Sorensen is 2J / (1 + J); a map repeats, a tree only rises."""
    facts = lay_out(study, "anna")
    found = likeness(facts, of=of, measure=measure, linkage=linkage)
    assert np.allclose(found.values, found.values.T)
    assert np.allclose(np.diag(found.values), 1)
    assert (np.abs(found.values) <= 1 + 1e-12).all()
    jaccard = likeness(facts, of=of).values
    assert np.allclose(likeness(facts, of=of, measure="sorensen").values, 2 * jaccard / (1 + jaccard))
    if len(found.items) >= FEWEST:
        assert found.map()[0].equals(found.map()[0])
        sizes = found.clusters(2)["cluster"].value_counts()
        assert (sizes >= FEWEST).all()
        tree = found.tree()
        assert tree["height"].is_monotonic_increasing
        assert tree["items"].iloc[-1] == len(found.items)
        assert sorted(tree.attrs["order"]) == sorted(found.items)


def test_other_measures_are_refused():
    """A measure that is not there is an error that names those that are."""
    facts = lay_out(coded(TEXTS, CODINGS), "anna")
    with pytest.raises(LdeQualError, match="jaccard, sorensen, pearson"):
        likeness(facts, measure="cosine")
    with pytest.raises(LdeQualError, match="average, complete, single"):
        likeness(facts, linkage="ward")
