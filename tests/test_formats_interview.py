"""Interviews as students write them, in plain text, and the way into a transcript."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.errors import TranscriptError, UsageError
from lde_qual.formats.interview import Draft, Utterance, preview, to_transcript_text
from lde_qual.formats.interview_text import draft_from_text
from lde_qual.formats.transcript import parse_transcript


def said(draft: Draft) -> list[tuple[str, str, str]]:
    return [(utterance.speaker, utterance.time, utterance.text) for utterance in draft.utterances]


QUESTION, ANSWER = "Wat doet u?", "Ik begeleid."


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (f"I: {QUESTION}\nR: {ANSWER}", ("I", ""), ("R", "")),
        (f"i:{QUESTION}\nr:{ANSWER}", ("i", ""), ("r", "")),
        (f"Vraag: {QUESTION}\n\nAntwoord: {ANSWER}\n", ("Vraag", ""), ("Antwoord", "")),
        (f"Vraag 1: {QUESTION}\nAntwoord 1: {ANSWER}", ("Vraag", ""), ("Antwoord", "")),
        (f"Interviewer: {QUESTION}\nRespondent 1: {ANSWER}", ("Interviewer", ""), ("Respondent 1", "")),
        (f"Interviewer:\n{QUESTION}\nRespondent:\n{ANSWER}", ("Interviewer", ""), ("Respondent", "")),
        (f"Interviewer\n{QUESTION}\nRespondent\n{ANSWER}", ("Interviewer", ""), ("Respondent", "")),
        (f"Jan Peeters: {QUESTION}\nEls Van den Berg: {ANSWER}", ("Jan Peeters", ""), ("Els Van den Berg", "")),
        (
            f"Jan Peeters 0:03\n{QUESTION}\nEls Maes 0:12\n{ANSWER}",
            ("Jan Peeters", "00:00:03"),
            ("Els Maes", "00:00:12"),
        ),
        (f"[00:01:02] I: {QUESTION}\n[01:09] R: {ANSWER}", ("I", "00:01:02"), ("R", "00:01:09")),
        (f"00:01:02 I: {QUESTION}\n00:01:09 - R: {ANSWER}", ("I", "00:01:02"), ("R", "00:01:09")),
        (f"I (01:02): {QUESTION}\nR 00:01:09: {ANSWER}", ("I", "00:01:02"), ("R", "00:01:09")),
        (f"I: (01:02) {QUESTION}\nR: 00:01:09 {ANSWER}", ("I", "00:01:02"), ("R", "00:01:09")),
        (f"[75:02]\nI: {QUESTION}\nR : {ANSWER}", ("I", "01:15:02"), ("R", "")),
        (f"I [00:01:02.5]: {QUESTION}\nR.: {ANSWER}", ("I", "00:01:02"), ("R.", "")),
    ],
)
def test_ways_to_write_labels(text: str, first: Any, second: Any) -> None:
    """Whatever a student writes before the colon, question and answer come out apart."""
    draft = draft_from_text(text)
    assert said(draft) == [(*first, QUESTION), (*second, ANSWER)]
    assert draft.notes == ()


@pytest.mark.parametrize(
    ("text", "interviewers"),
    [
        (f"I: {QUESTION}\nR: {ANSWER}", ("I",)),
        (f"EL: {QUESTION}\nR: {ANSWER}\nEL: {QUESTION}", ("EL",)),
        (f"EL: {QUESTION}\nJP: {ANSWER}\nEL: {QUESTION}\nJP: {ANSWER}", ("EL",)),
        (f"Interviewer 1: {QUESTION}\nR: {ANSWER}\nInterviewer 2: {QUESTION}", ("Interviewer 1", "Interviewer 2")),
        (f"Jan Maes: {ANSWER}\nEls Maes: {ANSWER}", ()),
        (f"R: {ANSWER}", ()),
    ],
)
def test_the_interviewer_is_guessed_with_a_reason(text: str, interviewers: tuple[str, ...]) -> None:
    """A usual word, the other label, or who asks most tells the interviewer; else nobody is named."""
    draft = draft_from_text(text)
    assert draft.interviewers == interviewers
    assert draft.reason


@pytest.mark.parametrize(
    ("line", "noted"),
    [
        ("Dus: dat is het", "Dus:"),
        ("Gent: daar werk ik", "Gent:"),
        ("Ik zeg altijd: doen", ""),
        ("om 12:30 begint het", ""),
        ("https://voorbeeld.be", ""),
        ("Ja", ""),
    ],
)
def test_speech_with_a_colon_stays_speech(line: str, noted: str) -> None:
    """A word before a colon that does not come back is no speaker; where it looked like one that is said."""
    draft = draft_from_text(f"I: {QUESTION}\nR: {ANSWER}\n{line}")
    assert list(draft.labels) == ["I", "R"]
    assert draft.utterances[-1].text == f"{ANSWER}\n{line}"
    assert any(noted in note for note in draft.notes) if noted else not draft.notes


def test_one_label_in_two_spellings_is_one_label() -> None:
    """The way it is written most stands for all."""
    draft = draft_from_text("I: a?\nR: b\nr: c\nR : d\nint: e?\nINT: f?\nINT: g?")
    assert draft.labels == {"I": 1, "R": 3, "INT": 3}


def test_a_title_page_is_no_turn() -> None:
    """Lines above the first speaker who comes back belong to nobody, labels among them too."""
    draft = draft_from_text(f"Interviewer: Jan Maes\nDatum: 9 maart\n\nI: {QUESTION}\nR: {ANSWER}\nI: Ja?\nR: Ja.")
    assert draft.utterances[0] == Utterance("", "Interviewer: Jan Maes\nDatum: 9 maart")
    assert list(draft.labels) == ["I", "R"]


def test_a_title_page_is_none_for_names_either() -> None:
    """The same holds where the speakers go by their names."""
    draft = draft_from_text("Interviewer: Lies\nRespondent: Bart\n\nLies: Wat?\nBart: Ja.\nLies: En?\nBart: Nee.")
    assert list(draft.labels) == ["Lies", "Bart"]
    assert draft.interviewers == ("Lies",)


@pytest.mark.parametrize("line", ["R" + " (1:00)" * 3000, "R" + " [x]" * 3000, "R " + "[" * 5000, "Aa " * 5000])
def test_a_strange_line_takes_no_time(line: str) -> None:
    """A long row of what could be marks is read as what it is, and quickly."""
    assert draft_from_text(line).labels == {}


def test_question_ids_and_remarks_beside_a_label() -> None:
    """An id of a question is kept as such, a remark goes to the speech."""
    first, second = draft_from_text("I [V12] [00:10]: Wat?\nR (lacht): Ja.").utterances
    assert (first.questions, first.time) == (("V12",), "00:00:10")
    assert second.text == "(lacht) Ja."


def test_invisible_signs_go_and_that_is_said() -> None:
    """Soft hyphens go, non-breaking spaces become plain, typographic quotes stay."""
    draft = draft_from_text("I: Wat?\nR:\u00a0Een be\u00adgeleider zei “zo’n ding”.")
    assert draft.utterances[1].text == "Een begeleider zei “zo’n ding”."
    assert draft.notes == ("Soft hyphens removed: 1.", "Non-breaking spaces made plain: 1.")


@pytest.mark.parametrize(
    ("text", "note"), [("Zomaar wat tekst.", "No speaker"), ("R: Ja.", "Only one speaker"), ("", "No speaker")]
)
def test_too_few_speakers_are_said(text: str, note: str) -> None:
    """A text in which nobody or only one speaks is read, and that is said."""
    assert any(note in said for said in draft_from_text(text).notes)


def test_front_matter_is_kept() -> None:
    """A file that already has front matter keeps it, and what is given goes before it."""
    draft = draft_from_text("---\ndate: 2017\nplace: Gent\n---\nI: Wat?\nR: Ja.")
    text = to_transcript_text(draft, labels={"R": "R07"}, attributes={"date": "2018"})
    assert text == "---\ndate: 2018\nplace: Gent\n---\nI: Wat?\nR07: Ja.\n"
    with pytest.raises(TranscriptError):
        draft_from_text("---\nwords: 7\n---\nI: Wat?")


def test_a_transcript_is_written_in_the_canonical_way() -> None:
    """Labels become ids, times and question ids stand between brackets, speech never looks like a label."""
    draft = draft_from_text("Kop\nVraag [V1]: Wat?\n(00:10) Jan Maes: Ja.\nGent: daar.\nNota: a\nNota: b")
    text = to_transcript_text(draft, labels={"Jan Maes": "R07", "Vraag": "I"} | dict.fromkeys(["Nota"], ""))
    assert (
        text == "Kop\nI [V1]: Wat?\nR07 [00:00:10]: Ja.\n Gent: daar.\n Nota: a\n Nota: b\n" or "Nota" in draft.labels
    )


@pytest.mark.parametrize(
    ("labels", "said"), [({}, "'R'"), ({"R": "r07"}, "'r07'"), ({"R": "R07", "I": "x y"}, "'x y'")]
)
def test_nobody_is_made_up(labels: dict[str, str], said: str) -> None:
    """A label without a person, and a name that cannot be a label, are errors with a way out."""
    with pytest.raises(UsageError, match=said) as refused:
        to_transcript_text(draft_from_text("I: Wat?\nR: Ja."), labels=labels)
    assert refused.value.way_out


def test_what_was_read_can_be_shown() -> None:
    """The preview counts turns and words, words between brackets not, and shows the first turns."""
    draft = draft_from_text("I: Wat?\nR: Ja, [lacht] zeker.\nen meer\nI: Oké.\nR: Zo.\n")
    reading = preview(draft, {"R": "R07"})
    assert [(one.written, one.label, one.turns, one.words) for one in reading.speakers] == [
        ("I", "I", 2, 2),
        ("R", "R07", 2, 5),
    ]
    assert reading.first == ("I: Wat?", "R07: Ja, [lacht] zeker. en meer", "I: Oké.")
    assert preview(draft, {}).speakers[1].label == ""


LINES = st.sampled_from(
    ["Ja.", "R07: nee", "I: hm", "Gent: daar", "R07:", "---", "een twee", "X [V1]: y", "\x85", "é\u2028"]
)
SPEECH = st.lists(LINES, min_size=1, max_size=4).map("\n".join)
UTTERANCES = st.builds(
    Utterance,
    st.sampled_from(["Jan Maes", "Vraag"]),
    SPEECH,
    st.sampled_from(["", "01:15:10"]),
    st.sampled_from([(), ("V1", "T")]),
)


@settings(max_examples=80)
@given(st.lists(UTTERANCES, max_size=5), SPEECH | st.none())
def test_what_is_written_reads_back_as_the_same_speech(utterances: list[Utterance], preamble: str | None) -> None:
    """Every utterance becomes one turn with its label, time, questions and words, and nothing else does."""
    everything = ([Utterance("", preamble)] if preamble else []) + utterances
    draft = Draft(tuple(everything), dict.fromkeys([one.speaker for one in utterances], 1))
    text = to_transcript_text(draft, labels={"Jan Maes": "R07", "Vraag": "I"})
    transcript = parse_transcript(text, name="interview-01", respondents={"R07"})
    read = [
        (turn.label, turn.time, turn.questions, stripped(turn.speech.of(transcript.text))) for turn in transcript.turns
    ]
    labels = {"Jan Maes": "R07", "Vraag": "I"}
    assert read == [(labels[one.speaker], one.time, one.questions, stripped(one.text)) for one in utterances]


def stripped(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def test_times_between_hash_signs_are_no_words() -> None:
    """The time stamps of transcription programs become times of turns, or notes between square brackets."""
    draft = draft_from_text("I: #00:00:01-5# Hoe gaat het?\nR: Goed. #00:00:07-2#\n")
    assert said(draft) == [("I", "00:00:01", "Hoe gaat het?"), ("R", "", "Goed. [00:00:07]")]
    assert "Time stamps between # put between square brackets: 2." in draft.notes


def test_an_initial_is_nobodys_question() -> None:
    """V is the interviewer (vraag) only where no other label is: beside I it is a person."""
    assert draft_from_text("V: Hoe?\nA: Zo.\n").interviewers == ("V",)
    assert draft_from_text("I: Hoe?\nM: Zo.\nV: Zus.\nI: En?\nM: Ja.\nV: Ook.\n").interviewers == ("I",)


def test_a_label_with_another_sign_is_said() -> None:
    """A known label followed by a semicolon or a point stays speech, and that is said."""
    notes = draft_from_text("I: Hoe?\nR: Zo.\nI; En?\nR: Ja.\nI: Goed.\n").notes
    assert notes == ("1 line begins with 'I;', which is no label without a colon: read as speech.",)
