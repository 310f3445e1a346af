"""Where codes stand in an interview: hand-worked places, in words and in minutes."""

from __future__ import annotations

import pytest
from coders import coded
from hypothesis import given, settings
from test_counting_laws import studies

from lde_qual.analysis.facts import lay_out
from lde_qual.analysis.frequency import frequency
from lde_qual.analysis.timeline import timeline
from lde_qual.errors import UsageError

SPOKEN = "I: een twee drie\nR1 [00:00:10]: a b c d\nR2: e f g h i j\nR1 [00:00:30]: k l m n o"
"""Three words, four and six before the second stamp, five after it: 2 seconds a word, from 0:04 to 0:40."""
BEFORE, FIRST, SECOND, LAST = "een", "a b c d", "e f g h i j", "k l m n o"


def place(words: str) -> tuple[int, int]:
    start = SPOKEN.index(words)
    return start, start + len(words)


def laid(*marks: tuple[str, str], text: str = SPOKEN):
    codings = [("t1", text.index(words), text.index(words) + len(words), code) for words, code in marks]
    return lay_out(coded({"t1": text}, {"anna": codings}), "anna")


def test_minutes_by_hand():
    """Stamps 0:10 and 0:30 with ten words between them: R2's six last from 0:18 to 0:30, the last five to 0:40."""
    frame = timeline(laid((FIRST, "een"), (SECOND, "een"), (LAST, "twee")), codes=["een", "twee"])
    assert frame["unit"].unique().tolist() == ["minutes"]
    assert (frame["from"] * 60).tolist() == pytest.approx([10, 18, 30])
    assert (frame["to"] * 60).tolist() == pytest.approx([18, 30, 40])
    assert (frame["length"] * 60).tolist() == pytest.approx([40] * 3)
    assert frame["respondent"].tolist() == ["R1", "R2", "R1"]
    assert frame["turn"].tolist() == [2, 3, 4]


def test_words_by_hand():
    """Words count from the beginning of the interview, the interviewer's three too."""
    frame = timeline(laid((SECOND, "een")), codes=["een"], position="words")
    assert frame[["from", "to", "length"]].to_numpy().tolist() == [[7, 13, 18]]
    assert frame[["start", "end"]].to_numpy().tolist() == [list(place(SECOND))]


def test_stretches_of_one_code_are_one():
    """Two passages of a code, or of the codes below it, that overlap are one stretch of that code."""
    facts = laid(("e f g", "een"), ("f g h", "twee"))
    assert timeline(facts, codes=["top"], position="words")[["from", "to"]].to_numpy().tolist() == [[7, 11]]
    both = timeline(facts, codes=["een", "twee"], position="words")
    assert both[["code", "from", "to"]].to_numpy().tolist() == [["een", 7, 10], ["twee", 8, 11]]


@pytest.mark.parametrize(
    "text",
    [
        "R1: a b\nR2: c d",
        "R1 [00:00:10]: a b\nR2: c d",
        "R1 [00:00:10]: a b\nR2 [00:00:10]: c d",
        "R1 [00:00:10]: a b\nR2 [00:00:05]: c d",
        "R1 [00:00:10]: [lacht]\nR2 [00:00:20]: c d",
    ],
)
def test_without_stamps_that_go_up_nobody_knows_the_minutes(text):
    """No stamp, one alone, two alike, one that falls back and two with no word between them tell no time."""
    facts = laid(("c d", "een"), text=text)
    assert timeline(facts, codes=["een"])["unit"].tolist() == ["words"]
    with pytest.raises(UsageError, match="minutes of t1"):
        timeline(facts, codes=["een"], position="minutes")


def test_what_is_not_there_is_refused():
    """An interview or a kind of position that is not there is an error that names those that are."""
    with pytest.raises(UsageError, match="no interview 't9'"):
        timeline(laid(), transcripts=["t9"])
    with pytest.raises(UsageError, match="words or minutes"):
        timeline(laid(), position="pages")


def test_an_interview_without_a_stripe_keeps_its_length():
    """What is not coded has a length, and a code without a stripe its place among the codes."""
    frame = timeline(laid(), codes=["een", "los"])
    assert frame.empty
    assert frame.attrs["codes"] == ["een", "los"]
    assert frame.attrs["lengths"]["t1"] * 60 == pytest.approx(40)


@settings(max_examples=40, deadline=None)
@given(studies())
def test_stretches_lie_in_their_interview_and_cover_its_coded_words(study):
    """Stretches lie between beginning and end; of one code none overlap, and their words are those of frequency."""
    facts = lay_out(study, "anna")
    frame = timeline(facts, position="words")
    assert ((frame["from"] >= 0) & (frame["from"] <= frame["to"]) & (frame["to"] <= frame["length"])).all()
    for _, of_one in frame.groupby(["transcript", "code"]):
        assert (of_one["from"].to_numpy()[1:] >= of_one["to"].to_numpy()[:-1]).all()
    covered = (frame["to"] - frame["from"]).groupby(frame["code"]).sum()
    counted = frequency(facts, unit="words").set_index("code")["n"]
    assert {code: covered.get(code, 0) for code in counted.index} == counted.to_dict()
