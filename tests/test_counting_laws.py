"""Laws of counting that hold for any study."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.analysis.columns import columns_of
from lde_qual.analysis.cooccurrence import UNITS as PAIR_UNITS
from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.counting import distinct, overlapping_pairs, sorting, union_lengths, unions
from lde_qual.analysis.facts import TOTAL, lay_out
from lde_qual.analysis.frequency import UNITS, frequency
from lde_qual.analysis.matrix import matrix
from lde_qual.analysis.talk import talk_of
from lde_qual.analysis.words import FEWEST, words
from lde_qual.errors import UsageError
from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.transcript import parse_transcript
from lde_qual.model.fold import fold
from lde_qual.model.operation import Operation
from lde_qual.model.respondent import Respondent
from lde_qual.model.rules import coding_body
from lde_qual.model.study import Study
from lde_qual.model.transcript import WORD, without_brackets

CODEBOOK = parse_codebook("""\
title: Wetten
main_coder: anna
roles: {a: A, b: B}
dimensions: {richting: [voor, tegen]}
codes:
  - id: r
    label: R
    codes:
      - id: s
        label: S
        codes: [{id: t, label: T}, {id: u, label: U}]
      - {id: v, label: V}
  - {id: w, label: W}
""")
CODES = CODEBOOK.ids()
PEOPLE = {
    name: Respondent(name, {"role": role, "organisation": ""}) for name, role in [("R1", "a"), ("R2", "b"), ("R3", "")]
}
SPEECH = st.text(alphabet="ab c'-[].é", max_size=25)


@st.composite
def transcripts(draw: st.DrawFn, name: str):
    turns = draw(st.lists(st.tuples(st.sampled_from(["I", "R1", "R2", "R3"]), SPEECH), min_size=1, max_size=7))
    text = "".join(f"{label}: {speech}\n" for label, speech in turns)
    return parse_transcript(text, name=name, respondents=PEOPLE)


@st.composite
def studies(draw: st.DrawFn, coders: tuple[str, ...] = ("anna",)):
    """A study of two interviews with spans, codes and values at random places."""
    found = Study(CODEBOOK, {name: draw(transcripts(name)) for name in ("t1", "t2")}, PEOPLE)
    for coder in coders:
        operations = []
        for number in range(draw(st.integers(0, 8))):
            transcript = found.transcripts[draw(st.sampled_from(["t1", "t2"]))]
            start = draw(st.integers(0, len(transcript.text) - 1))
            end = draw(st.integers(start + 1, len(transcript.text)))
            if not any(True for _ in transcript.turns_of(type(transcript.turns[0].span)(start, end))):
                continue
            value = draw(st.sampled_from(["", "voor", "tegen"]))
            body = coding_body(
                found,
                transcript=transcript.name,
                start=start,
                end=end,
                code=draw(st.sampled_from(CODES)),
                dimensions={"richting": value},
            )
            operations.append(Operation(f"{coder}-{number}", number + 1, "2026-01-01T00:00:00Z", coder, "code", body))
        found.states[coder] = fold(coder, operations)
    return found


def by_key(frame: pd.DataFrame, *key: str, value: str = "n") -> dict[object, int]:
    return frame.set_index(list(key))[value].to_dict()


@settings(max_examples=60, deadline=None)
@given(studies(), st.sampled_from(UNITS), st.sampled_from(["role", "richting"]))
def test_a_parent_lies_between_its_largest_child_and_the_whole(study, unit, by):
    """A parent never exceeds N nor falls below its largest child."""
    frame = frequency(lay_out(study, "anna"), by=[by], unit=unit)
    n = by_key(frame, "code", by)
    assert (frame["n"] <= frame["N"]).all()
    for (code, group), count in n.items():
        children = [child.id for child in CODEBOOK.code(code).codes]
        assert count >= max((n[child, group] for child in children), default=0)


@settings(max_examples=60, deadline=None)
@given(studies(), st.sampled_from(UNITS))
def test_a_total_is_no_less_than_any_group_and_no_more_than_their_sum(study, unit):
    """The total row is counted anew: at least each group, at most all of them together."""
    frame = frequency(lay_out(study, "anna"), by=["role"], unit=unit)
    for _, rows in frame.groupby("code", sort=False):
        groups, total = rows["n"].iloc[:-1], rows["n"].iloc[-1]
        assert groups.max() <= total <= groups.sum()


@settings(max_examples=40, deadline=None)
@given(studies(), st.sampled_from(UNITS), st.sampled_from([["role"], ["richting"], ["role", "richting"]]))
def test_a_group_of_fewer_than_three_people_is_flagged_whatever_is_counted(study, unit, by):
    """``small_n`` counts people who speak in the group, in frequency and in matrix, for every unit."""
    speakers = {turn.label for each in study.transcripts.values() for turn in each.turns if not turn.interviewer}
    roles = [PEOPLE[who].role or "(none)" for who in speakers]
    facts = lay_out(study, "anna")
    for row in frequency(facts, by=by, unit=unit).to_dict("records"):
        everyone = row.get("role", TOTAL) == TOTAL
        assert row["small_n"] == ((len(roles) if everyone else roles.count(row["role"])) < 3)
    for row in matrix(facts, rows="richting", cols="role", unit=unit).to_dict("records"):
        assert row["small_n"] == (roles.count(row["role"]) < 3)


@settings(max_examples=60, deadline=None)
@given(studies(), st.integers(0, 3), st.booleans())
def test_the_five_ways_of_going_together_are_ordered(study, within, aggregate):
    """overlap <= turn <= near <= min(n_a, n_b), all symmetric, with n_a on the diagonal; near of 0 is turn."""
    facts = lay_out(study, "anna")
    frames = [
        cooccurrence(facts, unit="overlap", aggregate=aggregate),
        cooccurrence(facts, unit="turn", aggregate=aggregate),
        cooccurrence(facts, unit="near", within=within, aggregate=aggregate),
    ]
    for smaller, larger in pairwise(frames):
        assert (smaller["n_ab"] <= larger["n_ab"]).all()
    near = frames[-1]
    assert (near["n_ab"] <= near[["n_a", "n_b"]].min(axis=1)).all()
    if within == 0:
        assert near["n_ab"].tolist() == frames[1]["n_ab"].tolist()
    for frame in frames:
        n = by_key(frame, "a", "b", value="n_ab")
        assert n == {(b, a): count for (a, b), count in n.items()}
        diagonal = frame[frame["a"] == frame["b"]]
        assert diagonal["n_ab"].tolist() == diagonal["n_a"].tolist()


@settings(max_examples=40, deadline=None)
@given(studies(coders=("anna", "bert")))
def test_a_second_coder_changes_no_count_of_the_main_coder(study):
    """Whatever another coder did, the main coder's tables stay."""
    alone = Study(study.codebook, study.transcripts, study.respondents, None, {"anna": study.states["anna"]})
    for unit in UNITS:
        with_other = frequency(lay_out(study, study.counting_coder()), by=["role"], unit=unit)
        pd.testing.assert_frame_equal(with_other, frequency(lay_out(alone, "anna"), by=["role"], unit=unit))
    for unit in PAIR_UNITS:
        with_other = cooccurrence(lay_out(study, study.counting_coder()), unit=unit)
        pd.testing.assert_frame_equal(with_other, cooccurrence(lay_out(alone, "anna"), unit=unit))


@settings(max_examples=40, deadline=None)
@given(studies(), st.sampled_from(UNITS))
def test_frequency_and_matrix_agree(study, unit):
    """Code by role is the same number in both tables."""
    facts = lay_out(study, "anna")
    from_frequency = by_key(frequency(facts, by=["role"], unit=unit), "code", "role")
    from_matrix = by_key(matrix(facts, rows="code", cols="role", unit=unit), "code", "role")
    assert {key: n for key, n in from_frequency.items() if key[1] != "total"} == from_matrix


@settings(max_examples=40, deadline=None)
@given(studies(), st.sampled_from(UNITS), st.sampled_from(["row", "column"]))
def test_two_groupings_crossed_on_a_side_are_those_of_frequency(study, unit, way):
    """Code by role and direction is the same in both tables; a share times its base is n, and the base counts anew."""
    facts = lay_out(study, "anna")
    crossed = matrix(facts, rows="code", cols=["role", "richting"], unit=unit, normalise=way)
    counted = frequency(facts, by=["role", "richting"], unit=unit)
    for value in ("n", "N", "small_n"):
        expected = by_key(counted[counted["role"] != TOTAL], "code", "role", "richting", value=value)
        assert expected == by_key(crossed, "code", "role", "richting", value=value)
    assert np.allclose((crossed["value"] * crossed["base"]).fillna(0), crossed["n"])
    if way == "row":
        total = by_key(counted[counted["role"] == TOTAL], "code")
        assert [total[code] for code in crossed["code"]] == crossed["base"].tolist()
    turned = matrix(facts, rows=["role", "richting"], cols="code", unit=unit)
    assert by_key(crossed, "code", "role", "richting") == by_key(turned, "code", "role", "richting")


@pytest.mark.parametrize(
    ("rows", "cols", "said"),
    [
        (["code", "role"], "richting", "'code,role' cannot be one side"),
        ("role", ["role", "richting"], "'role' stands twice"),
        ("code", [], "'' cannot be one side"),
        ("code", "code", "both 'code'"),
    ],
)
def test_sides_that_cannot_be_are_named(rows, cols, said):
    """Codes stand alone on their side, and no name stands twice."""
    study = Study(CODEBOOK, {"t1": parse_transcript("R1: een\n", name="t1", respondents=PEOPLE)}, PEOPLE)
    with pytest.raises(UsageError, match=said):
        matrix(lay_out(study, "anna"), rows=rows, cols=cols)


@settings(max_examples=40, deadline=None)
@given(studies())
def test_words_are_counted_as_a_person_would(study):
    """Words under a code are those of respondents whose first character some coding covers."""
    facts = lay_out(study, "anna")
    n = by_key(frequency(facts, unit="words"), "code")
    for code in CODES:
        covered = {
            (transcript.name, start)
            for transcript, turn in facts.turns
            for start in _naive_words(transcript.text, turn.speech.start, turn.speech.end)
            for placed in facts.codings
            if placed.code in CODEBOOK.subtree(code)
            and placed.coding.transcript == transcript.name
            and placed.span.start <= start < placed.span.end
        }
        assert len(covered) == n[code]


def _naive_words(text: str, start: int, end: int) -> list[int]:
    """Return word starts by walking through the speech, brackets matched by hand."""
    inside = [False] * (end - start)
    opened: list[int] = []
    for at in range(start, end):
        if text[at] == "[":
            opened.append(at)
        elif text[at] == "]" and opened:
            for hidden in range(opened.pop(), at + 1):
                inside[hidden - start] = True
    words, at = [], start
    while at < end:
        if inside[at - start] or not text[at].isalnum():
            at += 1
            continue
        words.append(at)
        while at < end and not inside[at - start]:
            joins = text[at] in "'’-" and at + 1 < end and text[at + 1].isalnum() and not inside[at + 1 - start]
            if not text[at].isalnum() and not joins:
                break
            at += 1
    return words


INTERVALS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 6)), max_size=14)


@given(INTERVALS)
def test_the_sweep_finds_just_the_pairs_that_overlap(intervals):
    """Sort and sweep finds each pair of intervals that share a position, once."""
    group, start, length = (np.array([row[i] for row in intervals], dtype=np.int64) for i in range(3))
    end = start + length
    one, other = overlapping_pairs(group, start, end)
    expected = {
        (i, j)
        for i in range(len(intervals))
        for j in range(i)
        if group[i] == group[j] and max(start[i], start[j]) < min(end[i], end[j])
    }
    found = [(max(pair), min(pair)) for pair in zip(one.tolist(), other.tolist(), strict=True)]
    assert expected == set(found)
    assert len(found) == len(expected)


@given(INTERVALS)
def test_union_lengths_count_a_position_once(intervals):
    """The union of a cell's intervals is as long as the set of its positions."""
    cell, start, length = (np.array([row[i] for row in intervals], dtype=np.int64) for i in range(3))
    expected = [len({at for c, s, n in intervals if c == index for at in range(s, s + n)}) for index in range(4)]
    assert expected == union_lengths(cell, start, start + length, cells=4).tolist()
    things = [len({s for c, s, _ in intervals if c == index}) for index in range(4)]
    assert things == distinct(cell, start, cells=4).tolist()


@given(INTERVALS)
def test_unions_are_the_fewest_intervals_with_the_same_positions(intervals):
    """What shares a position is one, what only touches is not, and no position is lost or made."""
    cell, start, length = (np.array([row[i] for row in intervals], dtype=np.int64) for i in range(3))
    where, begin, end = unions(cell, start, start + length)
    made = list(zip(where.tolist(), begin.tolist(), end.tolist(), strict=True))
    assert made == sorted(made)
    positions = [(c, at) for c, first, after in made for at in range(first, after)]
    assert len(set(positions)) == len(positions)
    assert {(c, at) for c, s, n in intervals for at in range(s, s + n)} == set(positions)
    assert not len(overlapping_pairs(where, begin, end)[0])
    for c, s, n in intervals:
        assert n == 0 or 1 == sum(c == w and b <= s and s + n <= e for w, b, e in made)


@given(st.lists(st.integers(-3, 3) | st.integers(2**61, 2**62), max_size=20))
def test_sorting_is_a_stable_sort_of_indices(keys):
    """Packed or not, the indices are those of a stable sort."""
    column = np.array(keys, dtype=np.int64)
    assert np.argsort(column, kind="stable").tolist() == sorting(column).tolist()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12) | st.integers(10**6, 10**6 + 5)), max_size=14))
def test_distinct_counts_a_thing_once(rows):
    """Things few or many, a cell holds as many as the set of them."""
    cell, thing = (np.array([row[i] for row in rows], dtype=np.int64) for i in range(2))
    assert [len({t for c, t in rows if c == index}) for index in range(4)] == distinct(cell, thing, cells=4).tolist()


@pytest.mark.parametrize("unit", UNITS)
def test_a_study_without_codings_gives_zeros(unit):
    """Where nobody has coded, every code has its row of zeros and the coder is undefined."""
    study = Study(CODEBOOK, {"t": parse_transcript("R1: ja\n", name="t", respondents=PEOPLE)}, PEOPLE)
    frame = frequency(lay_out(study, None), by=["role"], unit=unit)
    assert {0} == set(frame["n"])
    assert frame["coder"].isna().all()
    assert len(CODES) * 3 == len(frame)


@settings(max_examples=60, deadline=None)
@given(studies())
def test_words_of_groups_add_up(found):
    """Each word is in one group and under one lemma; a lemma has a row where three respondents say it, and no other."""
    facts = lay_out(found, "anna")
    lemmas = [
        [word.lower() for word in WORD.findall(without_brackets(turn.speech.of(transcript.text)))]
        for transcript, turn in facts.turns
    ]
    table = words(facts, talk_of(facts.turns, lemmas), pipeline="geen", by="role")
    groups, total = table[table["role"] != TOTAL], table[table["role"] == TOTAL]
    assert (groups.groupby("lemma", sort=False)["n"].sum().to_list(), len(total)) == (
        total["n"].to_list(),
        len(set(table["lemma"])),
    )
    spoken = {lemma for each in lemmas for lemma in each}
    by_whom = {
        lemma: {turn.label for (_, turn), each in zip(facts.turns, lemmas, strict=True) if lemma in each}
        for lemma in spoken
    }
    assert {lemma for lemma, who in by_whom.items() if len(who) >= FEWEST} == set(total["lemma"])
    assert [len(by_whom[lemma]) for lemma in total["lemma"]] == total["respondents"].to_list()
    of_all = frequency(facts, by=["role"], unit="words").drop_duplicates("role").set_index("role")["N"]
    assert all(row.N == of_all[row.role] for row in table.itertuples())


@settings(max_examples=40, deadline=None)
@given(studies(), st.booleans(), st.booleans())
def test_columns_survive_their_bytes(study, with_interviewer, coded_only):
    """Tables counted from columns that were bytes for a while are the tables counted from the study."""
    facts = lay_out(study, "anna", with_interviewer=with_interviewer, coded_only=coded_only)
    kept = columns_of(facts.to_bytes(), study.codebook)
    for unit in UNITS:
        for by in ([], ["role"], ["richting"], ["role", "richting"]):
            one, other = (frequency(each, by=by, unit=unit) for each in (facts, kept))
            pd.testing.assert_frame_equal(one, other)
            assert one.attrs == other.attrs
    for rows, cols in (("code", "respondent"), ("transcript", "richting"), ("role", "code")):
        pd.testing.assert_frame_equal(*(matrix(each, rows=rows, cols=cols, unit="words") for each in (facts, kept)))
    for unit in PAIR_UNITS:
        pd.testing.assert_frame_equal(*(cooccurrence(each, unit=unit, by="role") for each in (facts, kept)))
