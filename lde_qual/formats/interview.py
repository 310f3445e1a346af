"""An interview on its way in: what was read of it, shown before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lde_qual.errors import UsageError
from lde_qual.formats.transcript import LABEL_SHAPE, format_transcript, is_label, looks_like_turn
from lde_qual.model.span import Span
from lde_qual.model.transcript import Transcript, word_starts

CANONICAL_INTERVIEWER = "I"
_SHOWN_TURNS = 3
_SHOWN_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says at one go.

    Attributes
    ----------
    speaker : str
        The label as it was written; empty for what stands before the first label.
    text : str
        Its paragraphs, one a line.
    time : str
        ``hh:mm:ss``, or empty.
    questions : tuple of str
        Ids of the guide's questions.
    """

    speaker: str
    text: str
    time: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An interview as it was understood.

    Attributes
    ----------
    labels : mapping of str to int
        How many utterances each label has, in order of appearance.
    interviewers : tuple of str
        The labels that seem to be the interviewer's; empty where that cannot be told.
    reason : str
        Why they seem to be.
    notes : tuple of str
        What was assumed, changed or left out, a sentence each.
    attributes : mapping of str to str
        What the file's own front matter says.
    """

    utterances: tuple[Utterance, ...]
    labels: Mapping[str, int]
    interviewers: tuple[str, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    def respondents(self) -> list[str]:
        """Return the labels that are not the interviewer's, in order of appearance."""
        return [label for label in self.labels if label not in self.interviewers]


@dataclass(frozen=True, slots=True)
class Speaker:
    """One label of a draft: what it becomes (empty where nobody said), and how much it says."""

    written: str
    label: str
    turns: int
    words: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What is shown of a draft before anything is written.

    Attributes
    ----------
    first : tuple of str
        The first turns, shortened, with the labels that they get.
    reason : str
        Why the interviewer's label seems to be that.
    notes : tuple of str
        What was assumed, changed or left out.
    """

    speakers: tuple[Speaker, ...]
    first: tuple[str, ...]
    reason: str
    notes: tuple[str, ...]


def to_transcript_text(draft: Draft, *, labels: Mapping[str, str], attributes: Mapping[str, str] | None = None) -> str:
    """Return the text of a transcript file that holds the draft.

    Parameters
    ----------
    labels : mapping of str to str
        For each written label the respondent's id, or ``I`` for the interviewer, or an
        empty string where it is no label but speech. What seems to be the interviewer
        is that, unless this says otherwise.
    attributes : mapping of str to str, optional
        Front matter; before that of the draft itself where both say something.

    Raises
    ------
    UsageError
        A label that nobody was named for, or a name that cannot be a label.
    """
    named = _named(draft, labels)
    for written in draft.labels:
        if written not in named:
            raise UsageError(
                f"Nobody is named for the label '{written}'.",
                way_out=f'Say who it is, for example --respondent "{written}=R07=role:organisation".',
            )
    for label in named.values():
        if label and not is_label(label):
            raise UsageError(
                f"'{label}' cannot be a label in a transcript.", way_out=f"Use {LABEL_SHAPE}, such as R07."
            )
    body = "".join(f"{line}\n" for utterance in draft.utterances for line in _lines(utterance, named))
    said = {**draft.attributes, **(attributes or {})}
    return format_transcript(Transcript("", body, attributes=said))


def preview(draft: Draft, labels: Mapping[str, str]) -> Reading:
    """Return what to show of a draft: who says how much, the first turns, what was assumed."""
    named = _named(draft, labels)
    words = dict.fromkeys(draft.labels, 0)
    for utterance in draft.utterances:
        if utterance.speaker in words:
            words[utterance.speaker] += len(word_starts(utterance.text, Span(0, len(utterance.text))))
    spoken = [utterance for utterance in draft.utterances if utterance.speaker]
    return Reading(
        tuple(Speaker(label, named.get(label, ""), count, words[label]) for label, count in draft.labels.items()),
        tuple(_shortened(utterance, named) for utterance in spoken[:_SHOWN_TURNS]),
        draft.reason,
        draft.notes,
    )


def _named(draft: Draft, labels: Mapping[str, str]) -> dict[str, str]:
    return dict.fromkeys(draft.interviewers, CANONICAL_INTERVIEWER) | dict(labels)


def _lines(utterance: Utterance, named: Mapping[str, str]) -> Iterator[str]:
    label = named.get(utterance.speaker, "")
    first, *further = utterance.text.split("\n")
    if label:
        yield f"{_head(label, utterance)}{first.strip()}"
    else:
        yield _as_speech(f"{utterance.speaker}: {first}" if utterance.speaker else first)
    yield from map(_as_speech, further)


def _head(label: str, utterance: Utterance) -> str:
    marks = [utterance.time] if utterance.time else []
    return "".join([label, *(f" [{mark}]" for mark in (*marks, *utterance.questions)), ": "])


def _as_speech(line: str) -> str:
    line = line.strip()
    return f" {line}" if looks_like_turn(line) or looks_like_turn(f"{line} ") else line


def _shortened(utterance: Utterance, named: Mapping[str, str]) -> str:
    label = named.get(utterance.speaker) or utterance.speaker
    text = _head(label, utterance) + utterance.text.replace("\n", " ")
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1]}…"
