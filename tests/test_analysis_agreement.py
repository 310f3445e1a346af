"""Agreement on studies that are small enough to work out by hand.

In the first study R1 speaks 100 characters in one turn of one transcript, beginning at
offset 4; in the second the units are:

    a  R1  Een. Twee is er. / R2  Drie.        (three sentences, two turns, two respondents)
    b  R1  Vier. Vijf.                         (two sentences, one turn)
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from coders import CODEBOOK, coded
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from lde_qual.analysis.agreement import COLUMNS, agreement
from lde_qual.analysis.agreement_units import lay_units
from lde_qual.errors import RefusedError, UnknownError, UsageError

LINE = {"t": "R1: " + "x" * 100 + "\n"}
TWO = {"a": "I: Hoe?\nR1: Een. Twee is er.\nR2: Drie.\n", "b": "I: En?\nR1: Vier. Vijf.\n"}


def measured(study, *coders, code="total", **options):
    """One row of the table, as plain values."""
    frame = agreement(study, coders or ("anna", "bram"), rng=np.random.default_rng(1), **options)
    return frame.set_index("code").loc[code].to_dict()


def at(start: int, end: int, code: str = "los", transcript: str = "t"):
    return (transcript, 4 + start, 4 + end, code)


NESTED = [at(0, 30), at(10, 20)]


@pytest.mark.parametrize(
    ("anna", "bram", "kappa", "share"),
    [
        # two inside each other by one coder, nothing by the other: expected is .7 x 1 = .7, observed too
        (NESTED, [], 0.0, 0.70),
        # the same beside an identical coding of the outer one
        (NESTED, [at(0, 30)], 1.0, 1.0),
        # half overlap: 10 both, 10 and 10 alone, 70 neither; (.8 - (.04 + .64)) / .32
        ([at(0, 20)], [at(10, 30)], 0.12 / 0.32, 0.8),
        # apart: what only one of them marked is not dropped; (.6 - .68) / .32
        ([at(0, 20)], [at(20, 40)], -0.08 / 0.32, 0.6),
        # two that touch are one
        ([at(0, 10), at(10, 20)], [at(0, 20)], 1.0, 1.0),
        # one inside the other: 10 both, 20 alone; (.8 - (.03 + .63)) / .34
        ([at(0, 30)], [at(5, 15)], 0.14 / 0.34, 0.8),
    ],
)
def test_kappa_by_character(anna, bram, kappa, share):
    """A hundred characters, marked or not by each of two coders."""
    row = measured(coded(LINE, {"anna": anna, "bram": bram}, bram=["t"]), codes=["los"])
    assert 100 == row["n"]
    assert row["kappa"] == pytest.approx(kappa)
    assert row["agreement"] == pytest.approx(share)


def test_every_measure_of_one_table():
    """10 both, 10 and 10 alone, 70 neither, over both coders a share of .2.

    Alpha: 200 values, 40 of them carried, 40 in pairs that differ: 1 - 199 x 20 / (2 x
    40 x 160 / 2) = 1 - 3980 / 6400. Positive agreement 2 x 10 / 40. AC1: expected 2 x .2
    x .8 = .32, so (.8 - .32) / .68.
    """
    row = measured(coded(LINE, {"anna": [at(0, 20)], "bram": [at(10, 30)]}), codes=["los"])
    assert row["prevalence"] == pytest.approx(0.2)
    assert row["alpha"] == pytest.approx(1 - 3980 / 6400)
    assert row["positive_agreement"] == pytest.approx(0.5)
    assert row["ac1"] == pytest.approx(0.48 / 0.68)
    assert ("1;1", "anna;bram", 1) == (row["codings"], row["coders"], row["transcripts"])


def test_three_coders():
    """Anna 0-20, Bram 10-30, Chris nothing of 100: pairs agree on 80, 80 and 80; kappa is Fleiss'.

    The share carried is 40 / 300, so expected is (2/15)² + (13/15)² = 173/225 and kappa
    (.8 - 173/225) / (52/225) = 7/52.
    """
    study = coded(LINE, {"anna": [at(0, 20)], "bram": [at(10, 30)], "chris": []}, chris=["t"])
    row = measured(study, "anna", "bram", "chris", codes=["los"])
    assert row["agreement"] == pytest.approx(0.8)
    assert row["kappa"] == pytest.approx(7 / 52)
    assert "1;1;0" == row["codings"]


def test_a_code_with_few_codings_has_no_measure():
    """Four codings by either coder are too few; five are enough. Prevalence and the total stay."""
    five, four = ([at(10 * n, 10 * n + 5) for n in range(many)] for many in (5, 4))
    few = coded(LINE, {"anna": five, "bram": four})
    assert np.isnan([measured(few, code="los")[name] for name in ("agreement", "kappa", "alpha", "ac1")]).all()
    assert measured(few, code="los")["prevalence"] == pytest.approx(0.225)
    assert measured(few)["kappa"] > 0
    assert 1.0 == measured(coded(LINE, {"anna": five, "bram": five}), code="los")["kappa"]


def test_rows_stand_in_the_order_of_the_tree():
    """Every code has a row, the total is last, and the columns are the contract's and then ours."""
    study = coded(LINE, {"anna": [at(0, 1)], "bram": []}, bram=["t"])
    frame = agreement(study, ["anna", "bram"], rng=np.random.default_rng(1))
    assert ["top", "een", "twee", "los", "total"] == frame["code"].tolist()
    assert list(COLUMNS) == frame.columns.tolist()
    assert ["top", "los", "total"] == agreement(study, ["anna", "bram"], level=1, rng=np.random.default_rng(1))[
        "code"
    ].tolist()


def test_a_parent_is_the_union_of_its_subtree():
    """Where the coders chose different children, they agree on the parent; without aggregation nobody coded it."""
    spans = [(10 * n, 10 * n + 5) for n in range(5)]
    study = coded(LINE, {"anna": [at(*span, "een") for span in spans], "bram": [at(*span, "twee") for span in spans]})
    assert 1.0 == measured(study, code="top")["kappa"]
    assert 0.0 == measured(study, code="top", aggregate=False)["prevalence"]
    pooled = measured(study, codes=["top", "een"])
    assert (200, "5;5") == (pooled["n"], pooled["codings"])
    assert pooled["agreement"] == pytest.approx(175 / 200)


def mark(name: str, words: str, code: str = "los"):
    start = TWO[name].index(words)
    return (name, start, start + len(words), code)


@pytest.mark.parametrize(
    ("unit", "n", "prevalence", "share"),
    [
        ("character", 32, 16 / 64, 24 / 32),  # Anna 5 + 3 + 4, Bram 2 + 2, both 4
        ("sentence", 5, 6 / 10, 3 / 5),  # Anna all but 'Vijf.', Bram 'Een.' and 'Drie.'
        ("turn", 3, 5 / 6, 2 / 3),  # Anna all, Bram those of a
        ("respondent", 2, 1.0, 1.0),
    ],
)
def test_units(unit, n, prevalence, share):
    """A unit is carried where a coding covers something of it; the interviewer's speech is no unit."""
    anna = [mark("a", "n. Tw"), mark("a", "Dri"), mark("b", "Vier"), mark("b", "En?\nR1: V")]
    study = coded(TWO, {"anna": anna[:3], "bram": [mark("a", "n."), mark("a", "ri")]}, bram=["a", "b"])
    row = measured(study, unit=unit, codes=["los"])
    assert (n, pytest.approx(prevalence), pytest.approx(share)) == (row["n"], row["prevalence"], row["agreement"])
    over_the_question = coded(TWO, {"anna": anna, "bram": [mark("a", "n."), mark("a", "ri")]}, bram=["a", "b"])
    again = measured(over_the_question, unit=unit, codes=["los"])
    assert ("4;2", row["prevalence"], row["agreement"]) == (again["codings"], again["prevalence"], again["agreement"])


def test_only_transcripts_that_all_coded():
    """Uncoded is not 'no code applies': what Bram neither coded nor marked as read is not compared."""
    codings = {"anna": [mark("a", "Een"), mark("b", "Vier")], "bram": [mark("a", "Een")]}
    assert (21, 1, 1.0) == tuple(
        measured(coded(TWO, codings), codes=["los"])[name] for name in ("n", "transcripts", "kappa")
    )
    frame = agreement(coded(TWO, codings | {"chris": []}), ["anna", "chris"], rng=np.random.default_rng(1))
    assert {0} == set(frame["n"])
    assert frame[["prevalence", "agreement", "kappa", "alpha", "low"]].isna().all(axis=None)
    assert "0 of 2 transcripts coded by all of anna, chris." in frame.attrs["notices"][0]


def suggested(study, coder: str, number: int, **change):
    """The study with one coding made otherwise."""
    codings = study.states[coder].codings
    identifier = list(codings)[number]
    codings[identifier] = replace(codings[identifier], **change)
    return study


@pytest.mark.parametrize("change", [{"origin": "accepted"}, {"suggestions_visible": True}])
@pytest.mark.parametrize(
    ("unit", "n", "left_out"), [("character", 27, 5), ("sentence", 3, 2), ("turn", 2, 1), ("respondent", 1, 1)]
)
def test_what_suggestions_touched_is_left_out(change, unit, n, left_out):
    """Of Anna's 'n. Tw', which came from a suggestion, characters, sentences, turn or respondent are no units."""
    codings = {"anna": [mark("a", "n. Tw", "een"), mark("a", "Drie")], "bram": [mark("a", "Een"), mark("b", "Vier")]}
    study = suggested(coded(TWO, codings, anna=["a", "b"], bram=["a", "b"]), "anna", 0, **change)
    frame = agreement(study, ["anna", "bram"], unit=unit, codes=["los"], rng=np.random.default_rng(1))
    assert n == frame["n"][0]
    assert f"1. What they touch is left out: {left_out} of {n + left_out} units ({unit});" in frame.attrs["notices"][-1]
    apart = agreement(study, ["anna", "bram"], unit=unit, suggested=True, rng=np.random.default_rng(1))
    assert left_out == apart["n"][0]
    assert f"1 codings, {left_out} units ({unit})." in apart.attrs["notices"][-1]


def test_not_known_whether_suggestions_were_visible_is_no_reason():
    """Codings of which that is not known, or that were made blind, count."""
    study = coded(LINE, {"anna": [at(0, 20)], "bram": [at(0, 20)]})
    for visible in (None, False):
        assert 100 == measured(suggested(study, "anna", 0, suggestions_visible=visible), codes=["los"])["n"]


def many(transcripts: int):
    texts = {f"t{number}": f"R{1 + number % 2}: {'x' * 100}\n" for number in range(transcripts)}
    rng = np.random.default_rng(7)
    codings = {
        coder: [at(start, start + 20, transcript=name) for name in texts for start in rng.integers(0, 80, 2).tolist()]
        for coder in ("anna", "bram")
    }
    return coded(texts, codings)


def test_an_interval_needs_eight_transcripts():
    """From eight transcripts there is an interval around alpha, the same for the same seed; under eight none."""
    assert np.isnan([measured(many(7))[name] for name in ("low", "high")]).all()
    row = measured(many(8), code="los")
    assert row["low"] < row["alpha"] < row["high"]
    assert row == measured(many(8), code="los", codes=["top", "los"])


def test_a_respondent_is_drawn_once():
    """Two people in nine interviews are two blocks, too few to draw from."""
    assert np.isnan(measured(many(9), unit="respondent")["low"])
    assert not np.isnan(measured(many(9), unit="turn", code="los")["prevalence"])


def test_reflexive_studies_get_no_number():
    """Under `approach: reflexief` the refusal says why and what to do instead."""
    study = coded(LINE, {"anna": [at(0, 1)], "bram": [at(0, 1)]}, codebook=CODEBOOK + "approach: reflexief\n")
    with pytest.raises(RefusedError, match="readings") as caught:
        measured(study)
    assert "codings --coder all" in caught.value.way_out


@pytest.mark.parametrize(
    ("options", "error"),
    [({"unit": "woord"}, UsageError), ({"codes": ["los"], "level": 1}, UsageError), ({"codes": ["lso"]}, UnknownError)],
)
def test_bad_options(options, error):
    """Another unit, two ways of choosing rows, a code that is not there."""
    with pytest.raises(error) as caught:
        measured(coded(LINE, {"anna": [], "bram": []}), **options)
    assert caught.value.way_out


def test_codings_that_need_a_look_are_told():
    """A coding whose passage is gone is in no count, and a line says whose."""
    study = coded(LINE, {"anna": [at(0, 20)], "bram": [at(0, 20)]})
    anchor = next(iter(study.states["bram"].codings.values())).anchor
    suggested(study, "bram", 0, anchor=replace(anchor, quote="weg", body_sha256="0" * 64))
    frame = agreement(study, ["anna", "bram"], rng=np.random.default_rng(1))
    assert any("Codings of bram that need a look: 1;" in notice for notice in frame.attrs["notices"])


TEXTS = {
    "a": "I: Hm?\nR1: Ja. Nee, a b.  Ok!\nI: Zo.\nR2: Dat is\nalles. En nu\n",
    "b": "R1: Een woord.\nR3: \nR2: bv. dit. Dat ook\n",
}


@st.composite
def studies(draw: st.DrawFn):
    """Two interviews, coded at random by two coders; some codings made with suggestions in sight."""
    empty = coded(TEXTS, {})
    codings: dict[str, list[tuple[str, int, int, str]]] = {}
    for coder, _ in product(("anna", "bram"), range(draw(st.integers(1, 5)))):
        name = draw(st.sampled_from(["a", "b"]))
        start = draw(st.integers(0, len(TEXTS[name]) - 2))
        end = draw(st.integers(start + 1, len(TEXTS[name])))
        covered = empty.transcripts[name].turns_of(type(empty.transcripts[name].turns[0].span)(start, end))
        if any(covered):
            codings.setdefault(coder, []).append((name, start, end, draw(st.sampled_from(["top", "een", "los"]))))
    codings |= {coder: [] for coder in ("anna", "bram") if coder not in codings}
    study = coded(TEXTS, codings, anna=["a", "b"], bram=["a", "b"])
    for state in study.states.values():
        for identifier in list(state.codings)[: draw(st.integers(0, 1))]:
            visible = draw(st.sampled_from([None, True]))
            state.codings[identifier] = replace(state.codings[identifier], suggestions_visible=visible)
    return study


def characters(study, unit: str) -> list[list[tuple[str, int]]]:
    """Every unit as the list of its characters that are no white space; by character, all of them."""
    units: dict[object, list[tuple[str, int]]] = {}
    laid = lay_units(list(study.transcripts.values()), "sentence", [])
    bases = {"a": 0, "b": len(TEXTS["a"]) + 1}
    for name, transcript in study.transcripts.items():
        for turn in transcript.turns:
            for place in range(turn.speech.start, turn.speech.end):
                if turn.interviewer or (unit != "character" and transcript.text[place].isspace()):
                    continue
                sentence = int(np.searchsorted(laid.start, bases[name] + place, side="right"))
                key = {
                    "character": (name, place),
                    "sentence": sentence,
                    "turn": (name, turn.number),
                    "respondent": turn.respondent,
                }
                units.setdefault(key[unit], []).append((name, place))
    return list(units.values())


@settings(max_examples=80, deadline=None)
@given(studies(), st.sampled_from(["character", "sentence", "turn", "respondent"]), st.sampled_from(["top", "los"]))
def test_kappa_equals_scikit_learn_s_on_every_unit_spelled_out(study, unit, code):
    """Counting with lengths of intervals gives what looking at every single unit gives."""
    below = study.codebook.subtree(code)
    held: dict[str, set[tuple[str, int]]] = {"anna": set(), "bram": set()}
    hidden: set[tuple[str, int]] = set()
    for found in (*study.placed("anna"), *study.placed("bram")):
        places = {(found.coding.transcript, place) for place in range(found.span.start, found.span.end)}
        held[found.coding.coder] |= places if found.code in below else set()
        hidden |= places if found.coding.suggestions_visible else set()
    units = [each for each in characters(study, unit) if not hidden & set(each)]
    one, other = ([bool(held[coder] & set(each)) for each in units] for coder in ("anna", "bram"))
    row = measured(study, unit=unit, codes=[code])
    assert len(units) == row["n"]
    if len({*one, *other}) < 2:
        assert np.isnan(row["kappa"])
    else:
        assert row["prevalence"] == pytest.approx((sum(one) + sum(other)) / (2 * len(units)))
        assert row["kappa"] == pytest.approx(cohen_kappa_score(one, other), abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(studies())
def test_the_order_of_coders_changes_no_number(study):
    """Who is named first changes nothing but the order of the names."""
    first, second = (measured(study, *names) for names in (("anna", "bram"), ("bram", "anna")))
    numbers = ("n", "prevalence", "agreement", "kappa", "alpha", "positive_agreement", "ac1")
    assert [first[name] for name in numbers] == pytest.approx([second[name] for name in numbers], nan_ok=True)
