"""New codes by interview, on studies that are small enough to work out by hand.

R1 is of role a, R2 of role b. In the first study, in order of date t2, t1, t3:

    t1  2024-02-01  R1  een, twee
    t2  2024-01-01  R1  een          R2  los
    t3  2024-03-01  R1  twee, los
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.analysis.facts import lay_out
from lde_qual.analysis.finds import AT_RANDOM, GUEST_COLUMNS, IN_ORDER, find
from lde_qual.analysis.novelty import course_of
from lde_qual.analysis.saturation import at_random, in_order, runs
from lde_qual.errors import RefusedError, UnknownError, UsageError
from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.transcript import parse_transcript
from lde_qual.model.fold import fold
from lde_qual.model.operation import Operation
from lde_qual.model.respondent import Respondent
from lde_qual.model.rules import coding_body
from lde_qual.model.study import Study

CODEBOOK = """\
title: Nieuw
main_coder: anna
roles: {a: A, b: B}
dimensions: {richting: [voor, tegen]}
codes:
  - id: top
    label: Top
    codes: [{id: een, label: Een}, {id: twee, label: Twee}]
  - {id: los, label: Los}
"""
PEOPLE = {"R1": Respondent("R1", {"role": "a"}), "R2": Respondent("R2", {"role": "b"})}
TEXT = "I: Hoe?\nR1: Zus en zo.\nR2: Anders.\n"
DATES = {"t1": "2024-02-01", "t2": "2024-01-01", "t3": "2024-03-01"}
FIRST = ["t1 een", "t1 twee", "t2 een", "t2 los R2", "t3 twee", "t3 los"]


def study_of(doings, *, dates=DATES, codebook=CODEBOOK, others=()):
    """A study in which anna did these things, a minute each, beginning at minute 0.

    ``t1 een`` codes R1's turn in t1, ``t1 een R2`` R2's; ``add een``, ``rename een twee``
    are of the codebook; ``revise 0 een`` gives the first thing's coding another code;
    ``done t1``. `others` are bram's, in the same minutes.
    """
    transcripts = {
        name: parse_transcript(f"---\ndate: {day}\n---\n{TEXT}" if day else TEXT, name=name, respondents=PEOPLE)
        for name, day in dates.items()
    }
    study = Study(parse_codebook(codebook), transcripts, PEOPLE)
    for coder, all_of_them in (("anna", doings), ("bram", others)):
        if all_of_them:
            written = [
                Operation(
                    f"{coder}-{at}", at + 1, f"2026-01-01T{at // 60:02}:{at % 60:02}:00Z", coder, *doing(study, each)
                )
                for at, each in enumerate(all_of_them)
                if each
            ]
            study.states[coder] = fold(coder, written)
    return study


def doing(study, words):
    what, *rest = words.split()
    if what in {"add", "rename"}:
        return "codebook", {"action": what, "codes": rest}
    if what == "done":
        return "done", {"transcript": rest[0]}
    if what == "revise":
        return "revise", {"coding": f"anna-{rest[0]}", "changes": {"code": rest[1]}}
    passage = "Anders." if rest[1:] else "Zus en zo."
    start = study.transcripts[what].text.index(passage)
    return "code", coding_body(study, transcript=what, start=start, end=start + len(passage), code=rest[0])


def found_in(study, **options):
    facts = lay_out(study, study.counting_coder(), coded_only=True)
    return find(facts, course_of(facts), **options)


def new_codes(study, **options):
    """Each interview with its new codes, such as ``t1 een;twee``."""
    frame = in_order(found_in(study, **options))
    return [f"{name} {codes}".strip() for name, codes in zip(frame["transcript"], frame["codes"], strict=True)]


def test_in_order_of_date():
    """t2 gives een and los, t1 adds twee, t3 nothing: 2, 3 and 3 of 3 codes."""
    frame = in_order(found_in(study_of(FIRST)))
    assert list(IN_ORDER) == frame.columns.tolist()
    assert [1, 2, 3] == frame["order"].tolist()
    assert ["t2", "t1", "t3"] == frame["transcript"].tolist()
    assert ["een;los", "twee", ""] == frame["codes"].tolist()
    assert [2, 1, 0] == frame["new"].tolist()
    assert [2, 3, 3] == frame["cumulative"].tolist()
    assert [2 / 3, 1, 1] == frame["share"].tolist()
    assert frame["made"].isna().all()
    assert ("codes", "anna") == (frame.attrs["unit"], frame.attrs["coder"])


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({"order": "coding"}, ["t1 een;twee", "t2 los", "t3"]),
        # a parent is new where something below it is
        ({"level": 1}, ["t2 top;los", "t1", "t3"]),
        ({"codes": ["top", "twee"]}, ["t2 top", "t1 twee", "t3"]),
        # what nobody coded is not found
        ({"codes": ["top", "twee"], "aggregate": False}, ["t2", "t1 twee", "t3"]),
    ],
)
def test_orders_and_codes(options, wanted):
    """The order decides which interview is first; the codes are those that bear codings, unless chosen."""
    assert wanted == new_codes(study_of(FIRST), **options)


def test_only_coded_interviews_stand_in_order():
    """What is marked done is coded, also without a code; where anything is marked, nothing else is."""
    doings = ["t1 een", "t3 los", "done t2", "done t1"]
    assert ["t2", "t1 een"] == new_codes(study_of(doings))
    assert ["t1 een", "t2"] == new_codes(study_of(doings), order="coding")
    assert ["t3 los", "t1 een"] == new_codes(study_of(["t3 los", "t1 een"]), order="coding")


@pytest.mark.parametrize(
    ("doings", "order", "wanted", "made"),
    [
        # made while t2 was coded, then put on t1, which was coded before: found in t2
        (["t1 een", "t2 een", "add los", "t2 los", "t1 los"], "coding", ["t1 een", "t2 los"], [0, 1]),
        (["t3 een", "t1 een", "add los", "t1 los", "t3 los"], "date", ["t1 een;los", "t3"], [1, 0]),
        (["t1 een", "t3 een", "add los", "t3 los", "t1 los"], "date", ["t1 een", "t3 los"], [0, 1]),
        # an interview that was coded after the code was there bears it as any other
        (["t3 een", "add los", "t3 los", "t1 los"], "date", ["t1 los", "t3 een"], [0, 0]),
        # a second round over everything: new where it was put first, wherever that is
        (
            ["t1 een", "t2 een", "t3 een", "add los", "t3 los", "t1 los"],
            "coding",
            ["t1 een", "t2", "t3 los"],
            [0, 0, 1],
        ),
        # drawn up beforehand: the journal saw it made, in no interview
        (["add een", "t1 een", "t2 een"], "coding", ["t1 een", "t2"], [0, 0]),
        # another name for it, later, makes no other code
        (["t1 een", "t2 een", "add oud", "rename oud los", "t2 los", "t1 los"], "coding", ["t1 een", "t2 los"], [0, 1]),
        # a coding that got the code later, though it was made before
        (["t1 een", "t1 twee", "t2 een", "add los", "t2 los", "revise 1 los"], "coding", ["t1 een", "t2 los"], [0, 1]),
        # made here, used elsewhere first: made in no interview
        (["t1 een", "t2 een", "add los", "t2 twee", "t3 los"], "coding", ["t1 een", "t2 twee", "t3 los"], [0, 0, 0]),
    ],
)
def test_a_code_that_was_made_on_the_way(doings, order, wanted, made):
    """A code is not found in what was coded before it was there, but in what was being coded then or after."""
    study = study_of(doings)
    assert wanted == new_codes(study, order=order)
    assert made == in_order(found_in(study, order=order))["made"].tolist()


def test_a_code_that_another_made():
    """Bram added it after t1 was coded: it is new in t2, and nobody says that Anna made it there."""
    study = study_of(["t1 een", "t2 een", "", "t2 los", "t1 los"], others=["", "", "add los"])
    assert ["t1 een", "t2 los"] == new_codes(study, order="coding")
    assert [0, 0] == in_order(found_in(study, order="coding"))["made"].tolist()


def test_at_random_a_code_is_found_wherever_it_stands():
    """Los stands in both interviews: whichever comes first gives it."""
    finds = found_in(study_of(["t1 een", "t2 een", "add los", "t2 los", "t1 los"]), order="random")
    frame = at_random(finds, draws=20, rng=np.random.default_rng(1))
    assert [2, 0] == frame["new"].tolist()
    assert list(AT_RANDOM) == frame.columns.tolist()


def seven():
    """Seven interviews: R1 says een in each and twee in the sixth, R2 says los in the first."""
    names = [f"t{number}" for number in range(1, 8)]
    return study_of(
        [f"{name} een" for name in names] + ["t1 los R2", "t6 twee"],
        dates={name: f"2024-01-{at:02}" for at, name in enumerate(names, start=1)},
    )


def test_by_group():
    """An interview belongs to each group that speaks in it; a code is found by what that group says."""
    frame = in_order(found_in(seven(), by="role"))
    assert "role" == frame.columns[0]
    a, b = (frame[frame["role"] == role] for role in "ab")
    assert ["een", "", "", "", "", "twee", ""] == a["codes"].tolist()
    assert ["los", *[""] * 6] == b["codes"].tolist()
    assert [1.0] * 7 == b["share"].tolist()


def test_a_small_group_gets_nothing():
    """Under six interviews a group has one row of NA in each table, and a line says so."""
    study = study_of(FIRST)
    for finds, table in (
        (found_in(study, by="role"), in_order),
        (found_in(study, by="role"), runs),
        (
            found_in(study, by="role", order="random"),
            lambda finds: at_random(finds, draws=2, rng=np.random.default_rng(1)),
        ),
    ):
        frame = table(finds)
        assert ["a", "b"] == frame["role"].tolist()
        assert frame.drop(columns=["role", "base", "run", "threshold"], errors="ignore").isna().all(axis=None)
        assert "Under 6 coded interviews, and so NA, by role: a (3), b (3)." in frame.attrs["notices"]


def test_runs_after_guest_namey_and_chen():
    """The rule of Guest, Namey and Chen (2020) worked out: base 4, run 2, threshold 5 %.

    Interviews give 20, 10, 5, 5, 2, 1, 1, 0, 0 new codes: 40 in the base. Runs 5-6, 6-7,
    7-8, 8-9 give 3, 2, 1, 0 new ones: 3 / 40 = 7.5 %, 2 / 40 = 5 %, which is not above
    the threshold, so it is met at the seventh. Of 44 codes, 90 % is 39.6: 40 at the
    fourth.
    """
    new = [20, 10, 5, 5, 2, 1, 1, 0, 0]
    frame = runs(finds_with(new), base=4, run=2, threshold=0.05)
    assert list(GUEST_COLUMNS) == frame.columns.tolist()
    assert [40] * 4 == frame["codes_in_base"].tolist()
    assert [(5, 6), (6, 7), (7, 8), (8, 9)] == list(zip(frame["run_from"], frame["run_to"], strict=True))
    assert [3, 2, 1, 0] == frame["new_in_run"].tolist()
    assert [0.075, 0.05, 0.025, 0] == frame["ratio"].tolist()
    assert {(7, 44, 4)} == set(zip(frame["met_at"], frame["found"], frame["near_at"], strict=True))
    assert runs(finds_with(new), base=4, run=2, threshold=0.0)["met_at"].tolist() == [9] * 4


@pytest.mark.parametrize(
    ("new", "row"),
    [
        # no code in the base: no ratio, and no threshold is met
        ([0, 0, 0, 0, 3, 0], {"codes_in_base": 0, "new_in_run": 3, "ratio": None, "met_at": None, "near_at": 5}),
        # a base, but no whole run
        ([3, 1, 0, 0, 1], {"codes_in_base": 4, "new_in_run": None, "ratio": None, "met_at": None, "near_at": 5}),
        # no whole base
        ([3, 1], {"codes_in_base": None, "new_in_run": None, "met_at": None, "found": 4, "near_at": 2}),
        ([0, 0], {"codes_in_base": None, "found": 0, "near_at": None}),
        # nine of ten exactly
        ([9, 1], {"near_at": 1}),
    ],
)
def test_what_cannot_be_compared(new, row):
    """Where a base, a run or a ratio is not there, there is one row and its cells are NA."""
    frame = runs(finds_with(new))
    assert 1 == len(frame)
    found = frame.astype(object).where(frame.notna(), None).iloc[0].to_dict()
    assert row == {name: found[name] for name in row}


def finds_with(new):
    """Interviews of which each gives so many new codes."""
    codes = [f"c{number}" for number in range(sum(new))]
    names = [f"t{at:02}" for at in range(len(new))]
    where = [name for name, many in zip(names, new, strict=True) for _ in range(many)]
    book = "title: Veel\nmain_coder: anna\ncodes:\n" + "".join(
        f"  - {{id: {code}, label: x}}\n" for code in codes or ["c"]
    )
    doings = [f"done {name}" for name in names] + [f"{name} {code}" for name, code in zip(where, codes, strict=True)]
    dates = {name: f"2024-01-{at:02}" for at, name in enumerate(names, start=1)}
    return found_in(study_of(doings, dates=dates, codebook=book))


@pytest.mark.parametrize(
    ("dates", "options", "said"),
    [
        ({"t1": "", "t2": "2024-01-01", "t3": ""}, {}, "No date is known of t1, t3."),
        ({**DATES, "t2": "1 maart"}, {}, r"cannot be read: t2 \('1 maart'\)\. Write them as 2024-03-01"),
        (DATES, {"order": "name"}, "'name' is no order"),
        (DATES, {"by": "richting"}, "'richting' is a dimension"),
        (DATES, {"by": "transcript"}, "'transcript' is a column of this table"),
        (DATES, {"by": "rol"}, "Did you mean 'role'"),
        (DATES, {"codes": ["een"], "level": 1}, "do not go together"),
    ],
)
def test_bad_usage(dates, options, said):
    """The message names what is wrong and the way out."""
    with pytest.raises(UsageError, match=said):
        found_in(study_of(FIRST, dates=dates), **options)


def test_an_interview_that_is_not_coded_needs_no_date():
    """Only what stands in the order has to have a place in it."""
    assert ["t2 een"] == new_codes(study_of(["t2 een"], dates={**DATES, "t1": ""}))


def test_nothing_coded():
    """Without a coding there is no row, in any order; an unknown code is an error."""
    study = study_of([])
    assert in_order(found_in(study)).empty
    assert at_random(found_in(study, order="random"), draws=3, rng=np.random.default_rng(1)).empty
    with pytest.raises(UnknownError):
        found_in(study, codes=["niets"])


def test_a_reflexive_study_is_refused():
    """Where codes are readings there is no number for new ones."""
    with pytest.raises(RefusedError, match=r"'reflexief'.*lde-qual codings"):
        found_in(study_of(FIRST, codebook=CODEBOOK + "approach: reflexief\n"))


NAMES = [f"t{number}" for number in range(1, 7)]
DOINGS = st.lists(
    st.one_of(
        st.builds(
            "{} {}{}".format,
            st.sampled_from(NAMES),
            st.sampled_from(["een", "twee", "los"]),
            st.sampled_from(["", " R2"]),
        ),
        st.builds("add {}".format, st.sampled_from(["een", "twee", "los"])),
    ),
    max_size=14,
)


def six_interviews(doings):
    return study_of(doings, dates={name: f"2024-01-0{7 - at}" for at, name in enumerate(NAMES, start=1)})


@settings(max_examples=30, deadline=None)
@given(DOINGS, st.sampled_from([None, "role"]), st.booleans())
def test_any_order_ends_at_the_same_total(doings, by, aggregate):
    """New sums to cumulative, which never falls; the last is the number of codes found, in every order."""
    study = six_interviews(doings)
    totals = []
    for order in ("date", "coding"):
        finds = found_in(study, by=by, order=order, aggregate=aggregate)
        for found in finds.groups:
            new = found.new()
            assert len(set(found.code.tolist())) == new.sum()
            totals.append((order, found.label, int(new.sum())))
        frame = in_order(finds).dropna(subset=["new"])
        for _, rows in frame.groupby(by or (lambda _: 0)):
            assert rows["new"].cumsum().tolist() == rows["cumulative"].tolist()
            assert rows["share"].iloc[-1] == 1 or not rows["cumulative"].iloc[-1]
    drawn = found_in(study, by=by, order="random", aggregate=aggregate).groups
    totals += [("random", found.label, int(found.new().sum())) for found in drawn]
    assert len({(label, total) for _, label, total in totals}) == len({label for _, label, _ in totals})


@settings(max_examples=25, deadline=None)
@given(DOINGS)
def test_the_band_holds_the_mean(doings):
    """Up to six interviews no outcome is rarer than one in forty: the band holds the mean, and ends at the total."""
    study = six_interviews(doings)
    finds = found_in(study, order="random")
    frame = at_random(finds, draws=1000, rng=np.random.default_rng(1))
    assert (frame["low"] <= frame["cumulative"] + 1e-9).all()
    assert (frame["cumulative"] <= frame["high"] + 1e-9).all()
    assert frame["new"].sum() == pytest.approx(finds.groups[0].new().sum())
    if len(frame):
        assert {float(finds.groups[0].new().sum())} == set(frame[["cumulative", "low", "high"]].iloc[-1])


def test_the_mean_is_that_of_all_orders():
    """A code in two of six interviews is in the first with chance 2/6, in the first two with 1 - 6/15."""
    finds = found_in(six_interviews([f"{name} een" for name in NAMES] + ["t1 los", "t2 los"]), order="random")
    frame = at_random(finds, draws=4000, rng=np.random.default_rng(1))
    assert frame["cumulative"].tolist()[:2] == pytest.approx([1 + 2 / 6, 1 + 9 / 15], abs=0.03)
