"""Respondents' talk cut into passages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lde_qual.formats.transcript import parse_transcript
from lde_qual.language.passages import CUTS, MOST_SENTENCES, MOST_WORDS, cut
from lde_qual.model.transcript import word_starts

TALK = """I: Wat doet ge hier?
R01: Ik begeleid mensen. Al zes jaar, denk ik.
I: Hm hm. En dan?
R01: [lacht]
R02 [00:01:10]: Mevr. Peeters zegt altijd: "Ge moet ze laten doen." Ja.
Dat is waar.
"""


def read(text):
    return parse_transcript(text, name="gesprek", respondents=frozenset({"R01", "R02"}))


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (
            "sentence",
            [
                "Ik begeleid mensen.",
                "Al zes jaar, denk ik.",
                'Mevr. Peeters zegt altijd: "Ge moet ze laten doen."',
                "Ja.",
                "Dat is waar.",
            ],
        ),
        (
            "turn",
            [
                "Ik begeleid mensen. Al zes jaar, denk ik.",
                'Mevr. Peeters zegt altijd: "Ge moet ze laten doen." Ja.\nDat is waar.',
            ],
        ),
        (
            "passage",
            [
                "Ik begeleid mensen. Al zes jaar, denk ik.",
                'Mevr. Peeters zegt altijd: "Ge moet ze laten doen." Ja.\nDat is waar.',
            ],
        ),
    ],
)
def test_only_what_respondents_say_is_cut(unit, expected):
    """No label, time, question or lone remark in brackets is in a passage."""
    transcript = read(TALK)
    assert expected == [each.span.of(transcript.text) for each in cut(transcript, unit)]


def test_a_passage_ends_where_it_has_enough_words():
    """A passage never grows past its most words or sentences, unless one sentence does so alone."""
    long = "Dat is een zin van precies acht woorden hoor. "
    transcript = read("R01: " + long * 23 + "Ja. " * 12 + "\n")
    for each in cut(transcript, "passage"):
        text = each.span.of(transcript.text)
        assert len(word_starts(transcript.text, each.span)) <= MOST_WORDS
        assert text.count(".") <= MOST_SENTENCES


@given(st.lists(st.text(alphabet="abcD .!?…\"'[]\n-é1", max_size=60), min_size=1, max_size=5), st.sampled_from(CUTS))
def test_every_word_of_a_respondent_is_in_one_passage(speeches, unit):
    """Passages are disjoint, in order, within one turn, and hold every word that a respondent says."""
    transcript = read("".join(f"R01: x {speech}\nI: y\n" for speech in speeches))
    found = cut(transcript, unit)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(each.turn.speech.contains(each.span) for each in found)
    said = [
        start
        for turn in transcript.turns
        if not turn.interviewer
        for start in word_starts(transcript.text, turn.speech)
    ]
    kept = [start for start in said if any(each.span.start <= start < each.span.end for each in found)]
    assert said == kept


def test_a_field_note_has_no_passages():
    """Where nobody counts as a respondent nothing is cut."""
    assert [] == cut(read("---\nkind: fieldnote\n---\nR01: Ik zeg iets.\n"), "turn")
