"""Krippendorff's alpha for unitising, on the examples that he worked out himself."""

from __future__ import annotations

import numpy as np
import pytest
from coders import coded
from hypothesis import given
from hypothesis import strategies as st

from lde_qual.analysis.agreement import agreement
from lde_qual.analysis.agreement_unitising import expected, observed, sections, unitising_alpha

Marked = list[tuple[int, int, int]]
"""Start, length and code of each section."""


def of(marked: Marked):
    columns = np.array(marked, dtype=np.int64).reshape(-1, 3)
    return sections(columns[:, 2], columns[:, 0], columns[:, 0] + columns[:, 1])


def test_the_example_of_content_analysis():
    """Krippendorff, Content Analysis (2004), p. 254: 300 units from 150 on, categories c and k, two observers."""
    first = of([(75, 70, 0), (220, 30, 0), (30, 60, 1), (150, 50, 1)])
    second = of([(70, 80, 0), (205, 20, 0), (250, 20, 0), (30, 60, 1), (150, 50, 1)])
    both, size = [first, second], {"length": 300, "codes": 2}
    assert observed(both, **size) == pytest.approx([0.0144, 0.0], abs=5e-5)
    assert expected(both, **size) == pytest.approx([0.0532, 0.0490], abs=5e-5)
    assert unitising_alpha(both, **size) == pytest.approx([0.7286, 1.0, 0.8587], abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [
        ([(2, 8, 0), (14, 6, 0)], [(4, 4, 0), (15, 2, 0)], 0.553),
        (
            [(0, 18, 0)],
            [(0, 2, 0), (2, 1, 0), (3, 1, 0), (4, 1, 0), (5, 1, 0), (6, 3, 0), (9, 1, 0)],
            -0.926,
        ),
        (
            [(0, 2, 0), (2, 8, 0), (10, 4, 0), (14, 6, 0), (20, 4, 0)],
            [(0, 4, 0), (4, 4, 0), (8, 7, 0), (15, 2, 0), (17, 7, 0)],
            0.066,
        ),
    ],
)
def test_the_pairs_of_the_paper_of_1995(first: Marked, second: Marked, alpha: float):
    """Krippendorff, On the reliability of unitizing continuous data (1995), p. 57, on a finely divided continuum."""
    fine = 50_000
    both = [of([(start * fine, size * fine, code) for start, size, code in each]) for each in (first, second)]
    assert unitising_alpha(both, length=24 * fine, codes=1)[0] == pytest.approx(alpha, abs=0.003)


MARKED = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 10), st.integers(0, 2)), max_size=8)


@given(MARKED)
def test_the_same_twice_is_one(marked: Marked):
    """Whoever marks the same as another agrees wholly, code by code; where nobody marks anything it is undefined."""
    found = unitising_alpha([of(marked), of(marked)], length=100, codes=3)
    used = {code for _, _, code in marked}
    assert [(1.0 if code in used else None) for code in range(3)] == [
        None if np.isnan(value) else value for value in found[:3]
    ]


@given(MARKED, MARKED)
def test_the_sum_is_that_of_every_section_beside_every_section_and_gap(first: Marked, second: Marked):
    """Observed disagreement equals the definition spelled out: each section or gap of one beside each of the other."""
    one, other = of(first), of(second)
    for code in range(3):
        spelled = 0.0
        for mine, theirs in ((one, other), (other, one)):
            others = [(s, e) for c, s, e in zip(theirs.code, theirs.start, theirs.end, strict=True) if c == code]
            for c, start, end in zip(mine.code, mine.start, mine.end, strict=True):
                if c != code:
                    continue
                meeting = [(s, e) for s, e in others if s < end and start < e]
                spelled += sum(((start - s) ** 2 + (end - e) ** 2) / 2 for s, e in meeting)
                spelled += 0 if meeting else (end - start) ** 2
        assert observed([one, other], length=100, codes=3)[code] == pytest.approx(spelled / 100**2)


def test_bounds_count_where_characters_agree():
    """One coding, or two that touch: the characters are the same and so is alpha; what is bounded is not."""
    text = {"t": "R1: " + "x" * 100 + "\n"}
    study = coded(text, {"anna": [("t", 4, 44, "los")], "bram": [("t", 4, 24, "los"), ("t", 24, 44, "los")]})
    frame = agreement(study, ["anna", "bram"], codes=["los"], rng=np.random.default_rng(1)).set_index("code")
    assert 1.0 == frame.loc["total", "alpha"]
    assert frame.loc["total", "alpha_u"] < 1.0
    for unit in ("sentence", "turn", "respondent"):
        by_unit = agreement(study, ["anna", "bram"], codes=["los"], unit=unit, rng=np.random.default_rng(1))
        assert by_unit["alpha_u"].isna().all()
