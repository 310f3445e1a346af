"""Transcripts: labels, turns, front matter, and the way back to a file."""

import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lde_qual.errors import TranscriptError
from lde_qual.formats.transcript import (
    format_transcript,
    is_label,
    looks_like_turn,
    parse_transcript,
    questionable_lines,
)
from lde_qual.model.transcript import Transcript

PEOPLE = ("R07", "R08", "R.2-b_3")


def parse(text: str, **options: Any) -> Transcript:
    return parse_transcript(text, name="interview-01", respondents=PEOPLE, **options)


@pytest.mark.parametrize(
    ("line", "label", "time", "questions", "speech"),
    [
        ("R07: Ja.", "R07", "", (), "Ja."),
        ("I: Waarom?", "I", "", (), "Waarom?"),
        ("INT [V12]: Waarom?", "INT", "", ("V12",), "Waarom?"),
        ("Interviewer [01:02:03] [V1] [V2a]: Waarom?", "Interviewer", "01:02:03", ("V1", "V2a"), "Waarom?"),
        ("I [T]: Waarom?", "I", "", ("T",), "Waarom?"),
        ("R07 [75:10]: Ja.", "R07", "01:15:10", (), "Ja."),
        ("R07 [5:09]: Ja.", "R07", "00:05:09", (), "Ja."),
        ("R07 [00:01] [00:09]: Ja.", "R07", "00:00:01", (), "Ja."),
        ("R.2-b_3: Ja: neen.  ", "R.2-b_3", "", (), "Ja: neen."),
        ("R07: ", "R07", "", (), ""),
        ("R07:   twee spaties", "R07", "", (), "  twee spaties"),
    ],
)
def test_a_turn_begins_at_its_label(line: str, label: str, time: str, questions: tuple[str, ...], speech: str) -> None:
    """A label with its marks is read off, and what remains is speech."""
    [turn] = parse(line).turns
    assert (turn.label, turn.time, turn.questions, turn.speech.of(line)) == (label, time, questions, speech)
    assert turn.span.start == 0
    assert turn.span.end == turn.speech.end


@pytest.mark.parametrize(
    "line",
    [
        " R07: ja",
        "R07 : ja",
        "R07:ja",
        "R07:",
        "r07: ja",
        "Dat is: ja",
        "7R: ja",
        "_R: ja",
        "R07 [lacht hard]: ja",
        "R07  [00:10]: ja",
        "Eenheelerglangwoordje: ja",
        "12:30: ja",
        "ja R07: ja",
    ],
)
def test_what_is_no_label_is_speech(line: str) -> None:
    """A line that misses one part of a label begins no turn and is no error."""
    assert parse(line).turns == ()
    assert not looks_like_turn(line)


def test_a_turn_runs_to_the_next_label() -> None:
    """Further lines belong to the turn, lines before the first label to none, white space at its end not."""
    text = "Kop\n\nI: Een\nvraag?\n\nR07: Antwoord\x85\u2028R08: meer\n\f\n"
    first, second = parse(text).turns
    assert first.span.of(text) == "I: Een\nvraag?"
    assert second.span.of(text) == "R07: Antwoord\x85\u2028R08: meer"
    assert [turn.number for turn in (first, second)] == [1, 2]


FRONT = "---\ndate: 2017-03-09\nplaats: 'Gent: station'\n---\n"


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("R99: Ja.", "'R99' is not a known speaker", 1),
        ("I: Ja.\nGent: daar", "'Gent'", 2),
        (FRONT + "I: Ja.\n\nR99 [00:10]: ja", "'R99'", 7),
        ("R07 [00:75]: ja", "00:75", 1),
        ("R07 [00:60:00]: ja", "00:60:00", 1),
        ("R07 [100:00:00]: ja", "100:00:00", 1),
        ("---\ndate: 2017-03-09\nI: Ja.", "not closed", 1),
        ("---\ndate: 1\nsegments: 2\nwords: 3\n---\n", "words", 4),
        ("---\n'kind': groep\n---\n", "groep", 2),
        ("---\na: 1\na: 2\n---\n", "a", 3),
    ],
)
def test_each_fault_has_its_line_in_the_file(text: str, said: str, line: int) -> None:
    """What breaks a rule is told with its value, its line and the way out."""
    with pytest.raises(TranscriptError, match=said) as refused:
        parse(text)
    assert refused.value.line == line
    assert refused.value.way_out


def test_offsets_begin_after_the_front_matter() -> None:
    """The body begins on the line after the one that closes the front matter."""
    read = parse(FRONT + "I: Ja.")
    assert (read.text, read.first_line, read.line_of(0)) == ("I: Ja.", 5, 5)
    assert read.attributes == {"date": "2017-03-09", "plaats": "Gent: station"}


def test_front_matter_holds_over_the_table() -> None:
    """Where both say something the front matter holds; where it is empty the table does."""
    read = parse("---\ndate: 2017\nplace:\n---\n", attributes={"date": "2016", "place": "Gent", "wave": "1"})
    assert read.attributes == {"date": "2017", "place": "Gent", "wave": "1"}


@pytest.mark.parametrize("kind", ["fieldnote", "document"])
def test_a_field_note_has_no_turns(kind: str) -> None:
    """A field note or document is text without labels, so nothing in it can be a wrong one."""
    assert parse(f"---\nkind: {kind}\n---\nGent: regen").turns == ()
    assert parse("Gent: regen", attributes={"kind": kind}).turns == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("R07:ja", "no turn begins"),
        ("R07:", "no turn begins"),
        ("R07\t: ja", "no turn begins"),
        ("R07:\u00a0ja", "no turn begins"),
        ("R07 [lacht hard]: ja", "no turn begins"),
        ("r07: ja", "otherwise"),
        ("interviewer: ja", "otherwise"),
        (" R07: ja", "White space"),
        (" I: ja", "White space"),
    ],
)
def test_a_line_that_misses_being_a_label_is_questionable(line: str, said: str) -> None:
    """A known label with one fault is told with its line."""
    [(number, what)] = questionable_lines(parse(f"I: Een\n{line}"), respondents=PEOPLE)
    assert number == 2
    assert said in what


@pytest.mark.parametrize("line", ["R07: ja", "Gent is ver", "gent: ver", "en R07:ja", " X: y"])
def test_other_lines_are_not_questionable(line: str) -> None:
    """Turns and ordinary speech raise no question."""
    assert questionable_lines(parse(f"I: Een\n{line}"), respondents=PEOPLE) == []


def test_labels_are_words_with_a_capital() -> None:
    """Any script's capital begins a label; 20 signs is the most."""
    assert [is_label(word) for word in ("É1", "R" * 20, "R" * 21, "r1", "", "1R", "R 1")] == [
        *(True, True),
        *(False,) * 5,
    ]


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)
VALUES = NAMES.map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(lambda text: text != "~")
KEYS = VALUES.filter(bool).map(lambda text: f"x{text}"[:10].strip())
LINES = st.sampled_from(
    ["I: Waarom?", "R07 [00:10]: Ja.", "---", "--- ", "R08 [V1]: ", "verder", "", "  R07: nee", "Ü\x85\u2028"]
)


@settings(max_examples=80)
@given(st.lists(LINES, max_size=6).map("\n".join), st.dictionaries(KEYS, VALUES, max_size=3))
def test_a_transcript_that_is_written_out_reads_back(body: str, attributes: dict[str, str]) -> None:
    """Writing and reading gives the same body, turns and attributes, whatever signs they hold."""
    read = parse(format_transcript(Transcript("interview-01", body, attributes=attributes)))
    assert (read.text, read.attributes) == (body, attributes)
    assert parse(format_transcript(read)) == read


@settings(max_examples=80)
@given(st.lists(LINES, max_size=8).map("\n".join))
def test_turns_stand_in_order_and_speech_lies_inside(body: str) -> None:
    """Turns do not overlap, and every speech ends where its turn does."""
    assume(not body.startswith("---"))
    turns = parse(body).turns
    assert all(one.span.end <= other.span.start for one, other in pairwise(turns))
    assert all(turn.span.contains(turn.speech) and turn.speech.end == turn.span.end for turn in turns)
