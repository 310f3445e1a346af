"""Queries: the laws of their algebra, and that they count as the tables do."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_counting_laws import CODES, studies

from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.facts import TOTAL, Facts, lay_out
from lde_qual.analysis.frequency import frequency
from lde_qual.analysis.ground import whole_turns
from lde_qual.analysis.query import Answer, Said, answer
from lde_qual.analysis.query_tables import found_counts, found_passages
from lde_qual.analysis.query_text import DEEPEST, parse_query
from lde_qual.analysis.talk import talk_of
from lde_qual.errors import LdeQualError
from lde_qual.model.transcript import word_starts

TERMS = [*CODES, "role=a", 'role="(none)"', "respondent=R1", "speaker=R2", "transcript=t1", '"ab"', '"a*"']
VALUES = ["richting=voor", "richting=tegen", 'richting="(none)"']


def expressions(terms: list[str], *, near: bool = True) -> st.SearchStrategy[str]:
    def larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        joined = st.tuples(parts, st.sampled_from("&|"), parts).map(lambda found: f"({' '.join(found)})")
        beside = st.tuples(parts, st.integers(0, 2), parts).map(lambda p: f"({p[0]} within {p[1]} turns of {p[2]})")
        return st.one_of(parts.map(lambda part: f"!{part}"), joined, *([beside] if near else []))

    return st.recursive(st.sampled_from(terms), larger, max_leaves=4)


TEXTS = expressions(TERMS)
CONDITIONS = expressions(VALUES, near=False)
ANYTHING = expressions([*TERMS, *VALUES])
QUICK = settings(max_examples=40, deadline=None)


def ask(facts: Facts, expression: str) -> Answer:
    return answer(facts, parse_query(expression), words=lambda: Said(talk_of(facts.turns, [])))


def spans(facts: Facts, expression: str):
    return ask(facts, expression).ground.spans


def passages(facts: Facts, expression: str):
    return list(ask(facts, expression).ground.passages())


@QUICK
@given(studies(), st.one_of(st.tuples(TEXTS, TEXTS, TEXTS), st.tuples(CONDITIONS, CONDITIONS, CONDITIONS)))
def test_the_algebra_of_sets_holds(study, parts):
    """Over text alone, and over values alone, queries are sets: De Morgan, idempotence, absorption, distribution."""
    facts = lay_out(study, "anna")
    a, b, c = parts

    def same(one: str, other: str) -> None:
        assert spans(facts, one) == spans(facts, other), (one, other)

    same(f"!({a} & {b})", f"!{a} | !{b}")
    same(f"!({a} | {b})", f"!{a} & !{b}")
    same(f"!!{a}", a)
    same(f"{a} & {a}", a)
    same(f"{a} | {a}", a)
    same(f"{a} | ({a} & {b})", a)
    same(f"{a} & {b}", f"{b} & {a}")
    same(f"{a} & ({b} & {c})", f"({a} & {b}) & {c}")
    same(f"{a} & ({b} | {c})", f"{a} & {b} | {a} & {c}")
    assert not spans(facts, f"{a} & !{a}")


@QUICK
@given(studies(), TEXTS)
def test_what_is_found_and_what_is_not_is_everything(study, a):
    """A query and its opposite together hold all that respondents say, each sign once."""
    facts = lay_out(study, "anna")
    assert spans(facts, f"{a} | !{a}") == whole_turns(facts, range(len(facts.turns))).spans


@QUICK
@given(studies(), TEXTS, TEXTS, CONDITIONS)
def test_a_value_goes_for_each_side_of_a_choice(study, a, b, value):
    """A condition beside a choice is that condition beside each of what there is to choose from."""
    facts = lay_out(study, "anna")
    assert spans(facts, f"({a} | {b}) & {value}") == spans(facts, f"{a} & {value} | {b} & {value}")


@QUICK
@given(studies(), ANYTHING, ANYTHING, st.integers(0, 3))
def test_near_keeps_and_grows(study, a, b, turns):
    """What is near is part of what was asked for, more of it the further near reaches, and all that shares a turn."""
    facts = lay_out(study, "anna")
    near, further = (set(passages(facts, f"({a}) within {reach} turns of ({b})")) for reach in (turns, turns + 1))
    assert near <= further <= set(passages(facts, a))
    with_b = {turn for turn, _ in passages(facts, b)}
    assert [found for found in passages(facts, a) if found[0] in with_b] == passages(
        facts, f"({a}) within 0 turns of ({b})"
    )
    assert passages(facts, f"({a}) within {turns} turns of ({a})") == passages(facts, a)


@QUICK
@given(studies(), ANYTHING)
def test_a_passage_lies_in_one_turn(study, a):
    """Passages are in order, apart from each other, each in the speech of one turn, and begin and end with a sign."""
    facts = lay_out(study, "anna")
    found = passages(facts, a)
    assert found == sorted(found)
    for turn, span in found:
        transcript, where = facts.turns[turn]
        assert where.speech.contains(span)
        assert span.of(transcript.text) == span.of(transcript.text).strip() != ""
    assert not any(one[0] == other[0] and one[1].overlaps(other[1]) for one, other in pairwise(found))


@QUICK
@given(studies(), st.sampled_from(CODES), st.sampled_from(["role", "richting"]))
def test_a_query_counts_as_the_table_does(study, code, by):
    """Respondents, turns, words and interviews of a code and a value are n of frequency in that group."""
    facts = lay_out(study, "anna")
    tables = {
        unit: frequency(facts, by=[by], unit=unit, codes=[code]).set_index(by)["n"]
        for unit in ("respondents", "turns", "words", "transcripts")
    }
    for group in tables["turns"].index:
        value = f'{code} & {by}="{group}"' if group != TOTAL else code
        (row,) = found_counts(facts, ask(facts, value)).to_dict("records")
        assert [row["respondents"], row["turns"], row["words"], row["interviews"]] == [
            table[group] for table in tables.values()
        ]


@QUICK
@given(studies(), st.sampled_from(CODES), st.sampled_from(CODES), st.integers(0, 2))
def test_near_is_near_of_cooccurrence(study, a, b, turns):
    """Turns with a code near another, from the side that has fewer, are n_ab of cooccurrence."""
    facts = lay_out(study, "anna")
    table = cooccurrence(facts, unit="near", within=turns, codes=list(dict.fromkeys([a, b])))
    sides = [
        len({turn for turn, _ in passages(facts, f"{one} within {turns} turns of {other}")})
        for one, other in ((a, b), (b, a))
    ]
    (n_ab,) = table[(table["a"] == a) & (table["b"] == b)]["n_ab"]
    assert min(sides) == n_ab


@QUICK
@given(studies(), ANYTHING)
def test_the_list_and_the_count_agree(study, a):
    """There are as many rows as passages are counted, and their words are counted words."""
    facts = lay_out(study, "anna")
    found = ask(facts, a)
    frame, counted = found_passages(facts, found), found_counts(facts, found, by="role")
    whole = counted[counted["role"] == TOTAL].iloc[0]
    assert len(frame) == whole["passages"] == counted["passages"].sum() / 2
    words = sum(
        row["start"] <= at < row["end"]
        for _, row in frame.iterrows()
        for transcript, turn in facts.turns
        if (transcript.name, turn.number) == (row["transcript"], row["turn"])
        for at in word_starts(transcript.text, turn.speech)
    )
    assert words == whole["words"]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a | b & c", "a | (b & c)"),
        ("!a & b", "(!a) & b"),
        ("!a within 1 turn of b & c", "((!a) within 1 turns of b) & c"),
        ("of & within & turns", "((of)) & (within) & (turns)"),
        ("lemma & lemma:lemma", 'lemma & lemma:"lemma"'),
        ("role=“VDAB Gent”", 'role="VDAB Gent"'),
    ],
)
def test_precedence(text, same):
    """``!`` binds tighter than within, within than ``&``, ``&`` than ``|``; words of the language may name codes."""

    def shape(expression: str) -> str:
        return re.sub(r"\bat=\d+|value_at=\d+", "", str(parse_query(expression)))

    assert shape(text) == shape(same)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("a &", "breaks off at position 4"),
        ("(a", "breaks off at position 3"),
        ("a b", "At position 3 stands 'b'"),
        ("a & | b", "At position 5 stands '|'"),
        ("a)", "At position 2 stands ')'"),
        ('a & "vijf', "At position 5 a quotation mark"),
        ("a within b turns of c", "At position 10 stands 'b'"),
        (f"a within {'9' * 5000} turns of b", "At position 16 stands '999999"),
        ("a within 2 turns of b within 1 turns of c", "At position 23 stands 'within'"),
        ("(" * (DEEPEST + 1) + "a", f"At position {DEEPEST + 1} more than {DEEPEST} parentheses"),
    ],
)
def test_a_fault_has_its_position(text, says):
    """An expression that cannot be read is refused with the position, in signs from 1, and a way out."""
    with pytest.raises(LdeQualError) as caught:
        parse_query(text)
    assert says in caught.value.what
    assert caught.value.way_out


@given(st.text(alphabet='ab()!&|="= :“”within 12turnsof', max_size=30))
def test_any_text_is_read_or_refused(text):
    """Whatever is typed is a query or an error of ours, and nothing else is ever raised."""
    with suppress(LdeQualError):
        assert parse_query(text) == parse_query(text)
