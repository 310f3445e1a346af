"""The list of what coders have to settle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from coders import CODEBOOK, coded
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.analysis.agreement import agreement
from lde_qual.analysis.disagreements import COLUMNS, disagreements
from lde_qual.errors import RefusedError, UnknownError

TEXTS = {"a": "R1: abcdefghij\nI: Zo?\nR2: klmno\n", "b": "R1: pqrstuvwxyz\n"}


def at(words: str, code: str = "los"):
    name = next(name for name, text in TEXTS.items() if words in text)
    start = TEXTS[name].index(words)
    return (name, start, start + len(words), code)


def listed(study, *coders, **options):
    frame = disagreements(study, coders or ("anna", "bram"), **options)
    return list(frame[["quote", "code", "coders"]].itertuples(index=False, name=None))


def test_what_one_has_and_another_has_not_longest_first():
    """What both have is not in it; what is left of each coding is, with its place in the text."""
    study = coded(TEXTS, {"anna": [at("abcdef"), at("pq")], "bram": [at("efghij"), at("pq")]})
    frame = disagreements(study, ["anna", "bram"])
    assert list(COLUMNS) == frame.columns.tolist()
    assert [("abcd", "los", "anna"), ("ghij", "los", "bram")] == listed(study)
    assert all(TEXTS["a"][row.start : row.end] == row.quote for row in frame.itertuples())
    longer = coded(TEXTS, {"anna": [at("abcdef"), at("pqrst")], "bram": [at("ef"), at("p")]})
    assert ["abcd", "qrst"] == [quote for quote, *_ in listed(longer)]


def test_a_stretch_ends_with_its_turn_and_leaves_the_interviewer_out():
    """A coding over question and answer is two stretches, neither of them the question."""
    study = coded(TEXTS, {"anna": [at("hij\nI: Zo?\nR2: klm")], "bram": []}, bram=["a"])
    assert [("hij", "los", "anna"), ("klm", "los", "anna")] == listed(study)


def test_each_code_stands_by_itself():
    """A child with one coder and its parent with the other are two things to settle; --codes takes what is below."""
    study = coded(TEXTS, {"anna": [at("abc", "een")], "bram": [at("abc", "top"), at("fg")]})
    both = [("abc", "top", "bram"), ("abc", "een", "anna")]
    assert [*both, ("fg", "los", "bram")] == listed(study)
    assert both == listed(study, codes=["top"])
    assert both[1:] == listed(study, codes=["een"])


def test_three_coders():
    """A stretch names who has it, and breaks where that changes."""
    study = coded(TEXTS, {"anna": [at("abcdef")], "bram": [at("cdefgh")], "chris": [at("ef")]})
    assert [("ab", "los", "anna"), ("cd", "los", "anna;bram"), ("gh", "los", "bram")] == listed(
        study, "anna", "bram", "chris"
    )


def test_own_overlap_is_nothing_to_settle():
    """A coder who has a passage twice has it once."""
    study = coded(TEXTS, {"anna": [at("abcd"), at("bc"), at("cdef")], "bram": [at("abcdef")]})
    assert [] == listed(study)
    assert list(COLUMNS) == disagreements(study, ["anna", "bram"]).columns.tolist()


def test_what_a_suggestion_touched_stands_apart():
    """The stretch breaks there and says so, since no measure counts it."""
    study = coded(TEXTS, {"anna": [at("abcdef"), at("cd", "een")], "bram": []}, bram=["a"])
    codings = study.states["anna"].codings
    second = list(codings)[1]
    codings[second] = replace(codings[second], origin="accepted")
    frame = disagreements(study, ["anna", "bram"], codes=["los"])
    assert [("ab", False), ("cd", True), ("ef", False)] == list(zip(frame["quote"], frame["suggested"], strict=True))


def test_white_space_is_nothing_to_settle():
    """A space more or less at the edge of a coding is in no row, and at the edge of none."""
    texts = {"a": "R1: een twee\n"}
    study = coded(texts, {"anna": [("a", 4, 8, "los")], "bram": [("a", 4, 7, "los")]})
    assert [] == listed(study)
    study = coded(texts, {"anna": [("a", 4, 12, "los")], "bram": [("a", 4, 7, "los")]})
    assert [("twee", "los", "anna")] == listed(study)


def test_what_is_refused():
    """No list under a reflexive approach, nor for a code that is not there."""
    codings = {"anna": [at("abc")], "bram": [at("abc")]}
    with pytest.raises(RefusedError):
        listed(coded(TEXTS, codings, codebook=CODEBOOK + "approach: reflexief\n"))
    with pytest.raises(UnknownError):
        listed(coded(TEXTS, codings), codes=["lso"])


passages = st.lists(
    st.tuples(st.just("b"), st.integers(4, 13), st.integers(1, 5), st.sampled_from(["top", "een", "los"])), max_size=6
).map(lambda found: [(name, start, min(15, start + many), code) for name, start, many, code in found])


@settings(max_examples=60, deadline=None)
@given(passages, passages)
def test_the_list_adds_up_to_the_measure(anna, bram):
    """The lengths of a code's stretches are the characters on which its agreement by character fails."""
    study = coded(TEXTS, {"anna": anna, "bram": bram}, anna=["b"], bram=["b"])
    frame = disagreements(study, ["anna", "bram"])
    measured = agreement(study, ["anna", "bram"], aggregate=False, rng=np.random.default_rng(1)).set_index("code")
    assert (frame["end"] - frame["start"]).sum() == pytest.approx(
        measured["n"]["total"] * (1 - measured["agreement"]["total"])
    )
