"""Words and turns found for all passages at once are those that the model finds one by one."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.analysis.marking import Speech, bounds_of
from lde_qual.formats.transcript import parse_transcript
from lde_qual.model.coding import Anchor, Coding
from lde_qual.model.respondent import Respondent
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding
from lde_qual.model.transcript import Transcript, word_starts

PEOPLE = {name: Respondent(name, {}) for name in ("R1", "R2")}
SPEECH = st.text(alphabet="ab 1'’-_[]é²½\u00a0\u3000\u1680😀𝟙\n\t", max_size=20)


@st.composite
def spoken(draw: st.DrawFn) -> Transcript:
    """Draw a transcript of some turns."""
    turns = draw(st.lists(st.tuples(st.sampled_from(["I", "R1", "R2"]), SPEECH), max_size=6))
    text = "".join(f"{label}: {speech}\n" for label, speech in turns)
    return parse_transcript("Vooraf " + draw(SPEECH) + "\n" + text, name="t", respondents=PEOPLE)


def passage(start: int, end: int) -> PlacedCoding:
    """Return a coding that stands somewhere."""
    return PlacedCoding(Coding("1", "anna", Anchor("t", start, end, ""), "c"), Span(start, end), "c", "kept", True)


@settings(max_examples=200, deadline=None)
@given(
    spoken(), st.sampled_from(["", "I"]), st.lists(st.tuples(st.integers(-5, 150), st.integers(-5, 150)), max_size=6)
)
def test_all_at_once_is_one_by_one(transcript: Transcript, left_out: str, bounds: list[tuple[int, int]]) -> None:
    """Words, and the speech and words of each passage in each turn, are those of `word_starts` and `turns_of`."""
    turns = [turn for turn in transcript.turns if turn.label != left_out]
    words = [word_starts(transcript.text, turn.speech) for turn in turns]
    speech = Speech(transcript.text, turns)
    assert speech.words.tolist() == [start for each in words for start in each]
    assert speech.per_turn.tolist() == [len(each) for each in words]
    base = np.cumsum([0, *map(len, words)]).tolist()
    spans = [Span(start, max(start, end)) for start, end in bounds]
    expected = []
    for number, span in enumerate(spans):
        for turn in transcript.turns_of(span):
            if turn in turns:
                here, covered = turns.index(turn), turn.speech & span
                first, last = (bisect_left(words[here], bound) + base[here] for bound in (covered.start, covered.end))
                expected.append([number, here, covered.start, covered.end, first, last])
    start, end = bounds_of([span.start for span in spans], [span.end for span in spans])
    assert speech.marks(start, end).tolist() == expected


@pytest.mark.parametrize(("start", "end"), [(0, 10**30), (-(10**30), 4), (10**30, 10**30)])
def test_a_bound_beyond_any_text(start: int, end: int) -> None:
    """A journal may hold any whole number; one that no text reaches is taken as past its end or before its start."""
    transcript = parse_transcript("R1: een twee\n", name="t", respondents=PEOPLE)
    found = Speech(transcript.text, transcript.turns).marks(*bounds_of([start], [end]))
    span = Span(max(start, -1), min(end, len(transcript.text)))
    assert len(found) == len(list(transcript.turns_of(span)))
