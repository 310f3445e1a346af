"""A matrix laid out as one: the same cells as the table of pairs, and what they are said beside it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import make_study
from test_counting_laws import studies

import lde_qual as lq
from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.facts import lay_out
from lde_qual.analysis.matrix import matrix
from lde_qual.analysis.wide import MEASURES, spread
from lde_qual.errors import UsageError


@settings(max_examples=30, deadline=None)
@given(
    studies(),
    st.sampled_from(["none", "row", "column"]),
    st.sampled_from([["role"], ["respondent"], ["role", "richting"]]),
)
def test_a_cell_of_the_matrix_is_the_value_of_its_pair(study, normalise, cols):
    """Every pair of the table stands in one cell, rows and columns in its order."""
    pairs = matrix(lay_out(study, "anna"), rows=["code"], cols=cols, unit="segments", normalise=normalise)
    wide = spread(pairs, rows=["code"], cols=cols, value="value")
    groups = [" · ".join(map(str, key)) for key in pairs[cols].itertuples(index=False, name=None)]
    assert list(wide.columns) == ["code", *dict.fromkeys(groups)]
    assert wide["code"].tolist() == list(dict.fromkeys(pairs["code"]))
    cells = wide.set_index("code")
    for code, group, value in zip(pairs["code"], groups, pairs["value"], strict=True):
        found = cells.loc[code, group]
        assert (pd.isna(found) and pd.isna(value)) or found == value


@settings(max_examples=20, deadline=None)
@given(studies())
def test_a_matrix_of_codes_mirrors_itself(study):
    """Counts and Jaccard are the same on both sides of the diagonal, which holds the code's own units."""
    pairs = cooccurrence(lay_out(study, "anna"), unit="turn")
    for measure in ("n_ab", "jaccard"):
        cells = spread(pairs, rows=["a"], cols=["b"], value=measure).set_index("a")
        assert list(cells.index) == list(cells.columns)
        assert cells.astype(str).to_numpy().tolist() == cells.T.astype(str).to_numpy().tolist()
    own = dict(zip(pairs["a"], pairs["n_a"], strict=True))
    wide = spread(pairs, rows=["a"], cols=["b"], value="n_ab").set_index("a")
    assert all(wide.loc[code, code] == n for code, n in own.items())


@pytest.fixture
def study(tmp_path):
    return lq.open_study(make_study(tmp_path))


def test_what_a_cell_is_stands_beside_it(study):
    """Unit, coder and N where it is the same down a column are said; what a share divides too."""
    wide = lq.matrix(study, wide=True)
    (sizes,) = {tuple(part) for _, part in lq.matrix(study).groupby("code")[["role"]].agg(tuple)["role"].items()}
    assert list(wide.columns) == ["code", *sizes]
    said = wide.attrs["notices"][-1]
    assert said.startswith("Cells: n; unit: respondents; coder: ")
    assert "N: " in said
    shares = lq.matrix(study, unit="segments", normalise="column", wide=True)
    assert shares.attrs["notices"][-1].startswith("Cells: n over segments of this role")


@pytest.mark.parametrize("measure", MEASURES)
def test_each_measure_can_fill_the_cells(study, measure):
    """Of two codes and their groups a row stands for each code in each group."""
    wide = lq.cooccurrence(study, wide=measure, by="role")
    pairs = lq.cooccurrence(study, by="role")
    assert list(wide.columns) == ["role", "a", *dict.fromkeys(pairs["b"])]
    assert len(wide) == len(pairs[["role", "a"]].drop_duplicates())


@pytest.mark.parametrize(
    "options", [{"wide": "kappa"}, {"wide": "n_ab", "test": True}, {"wide": "n_ab", "passages": "a,b"}]
)
def test_what_does_not_go_with_a_matrix_is_refused(study, options):
    """A measure that there is not, and another table in its place."""
    with pytest.raises(UsageError):
        lq.cooccurrence(study, **options)
