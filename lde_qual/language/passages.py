"""Respondents' talk cut into passages: the stretches that may be counted, proposed for, and coded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lde_qual.language.sentences import sentence_bounds
from lde_qual.model.span import Span
from lde_qual.model.transcript import Transcript, Turn, word_starts

CUTS = ("sentence", "turn", "passage")
MOST_SENTENCES, ENOUGH_WORDS, MOST_WORDS = 5, 40, 80
"""A passage ends with the sentence that brings it to `ENOUGH_WORDS`, before one that would bring it over `MOST_WORDS`,
and holds no more than `MOST_SENTENCES`: what a coder usually takes as one thought, one to five sentences."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of one turn of a respondent.

    Attributes
    ----------
    span : Span
        Code points into the body of the transcript; no white space at its ends.
    turn : Turn
    """

    span: Span
    turn: Turn


def cut(transcript: Transcript, unit: str) -> list[Cut]:
    """Cut what respondents say in a transcript into stretches, in order.

    Parameters
    ----------
    unit : str
        ``sentence`` (see `sentences.sentence_bounds`), ``turn``, or ``passage``: up to
        a few sentences of one turn.

    Returns
    -------
    list of Cut
        Disjoint, each with a word in it; together they hold every word that a
        respondent says. The interviewer's talk is in none. A field note or a document
        has none.
    """
    if unit not in CUTS:
        raise ValueError(f"{unit!r} is none of {', '.join(CUTS)}")
    if not transcript.has_respondents:
        return []
    return [
        Cut(span, turn)
        for turn in transcript.turns
        if not turn.interviewer
        for span in _stretches(transcript.text, turn.speech, unit)
        if word_starts(transcript.text, span)
    ]


def _stretches(text: str, speech: Span, unit: str) -> list[Span]:
    if unit == "turn":
        return [speech.stripped(text)]
    sentences = sentence_bounds(text, speech)
    return sentences if unit == "sentence" else _gathered(text, sentences)


def _gathered(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Return sentences gathered into passages; what is left at the end is a passage too."""
    found: list[Span] = []
    open_: list[Span] = []
    words = 0
    for sentence in sentences:
        size = len(word_starts(text, sentence))
        if open_ and (words + size > MOST_WORDS or len(open_) == MOST_SENTENCES):
            found.append(Span(open_[0].start, open_[-1].end))
            open_, words = [], 0
        open_.append(sentence)
        words += size
        if words >= ENOUGH_WORDS:
            found.append(Span(open_[0].start, open_[-1].end))
            open_, words = [], 0
    if open_:
        found.append(Span(open_[0].start, open_[-1].end))
    return found
