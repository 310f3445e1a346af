"""Transcripts, their turns, and the words that are spoken in them."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lde_qual.model.span import Span

INTERVIEWER_LABELS = frozenset({"I", "INT", "Interviewer"})
INTERVIEWER = "interviewer"
"""Id and role under which the interviewer is counted, where that is asked for."""

KINDS = ("interview", "group", "fieldnote", "document")
KINDS_WITHOUT_RESPONDENTS = frozenset({"fieldnote", "document"})

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_INNERMOST_BRACKETS = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next label.

    Attributes
    ----------
    number : int
        Place among all turns of the transcript, from 1.
    label : str
        The speaker's label as it stands in the text.
    span : Span
        From the first character of the label to the last of the speech.
    speech : Span
        The speech alone: no label, no time, no question ids.
    time : str
        ``hh:mm:ss``, or empty where the turn bears no stamp.
    questions : tuple of str
        Ids of the guide's questions that the interviewer puts here.
    """

    number: int
    label: str
    span: Span
    speech: Span
    time: str = ""
    questions: tuple[str, ...] = ()

    @property
    def interviewer(self) -> bool:
        """Whether the interviewer speaks."""
        return self.label in INTERVIEWER_LABELS

    @property
    def respondent(self) -> str:
        """Id of who speaks; every interviewer is `INTERVIEWER`."""
        return INTERVIEWER if self.interviewer else self.label


@dataclass(frozen=True)
class Transcript:
    """One interview, or another text of the study.

    Attributes
    ----------
    name : str
        File name without ``.txt``.
    text : str
        The body that offsets point into: NFC, LF, front matter left out.
    turns : tuple of Turn
        In order; empty for a field note or a document.
    attributes : mapping of str to str
        What the front matter and ``transcripts.csv`` say of it.
    first_line : int
        Line of the file on which the body begins, from 1.
    """

    name: str
    text: str
    turns: tuple[Turn, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    first_line: int = 1

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        return self.attributes.get("kind") or "interview"

    @property
    def has_respondents(self) -> bool:
        """Whether people speak here who count as respondents."""
        return self.kind not in KINDS_WITHOUT_RESPONDENTS

    @cached_property
    def body_sha256(self) -> str:
        """SHA-256 of the body in UTF-8, in hexadecimal."""
        return body_sha256(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [turn.span.start for turn in self.turns]

    def turns_of(self, span: Span) -> Iterator[Turn]:
        """Yield the turns in which `span` covers speech that is no white space, in order."""
        from_turn = max(0, bisect_right(self._starts, span.start) - 1)
        for turn in self.turns[from_turn:]:
            if turn.span.start >= span.end:
                return
            if (turn.speech & span).of(self.text).strip():
                yield turn

    @property
    def tells_asked(self) -> bool:
        """Whether a turn of the interviewer bears a question's id, so that it is known what was asked."""
        return any(turn.interviewer and turn.questions for turn in self.turns)

    def line_of(self, offset: int) -> int:
        """Return the line of the file on which the character at `offset` stands."""
        return self.first_line + self.text.count("\n", 0, offset)

    def speakers(self) -> list[str]:
        """Return the ids of the respondents who speak, in order of their first turn."""
        return list(dict.fromkeys(turn.label for turn in self.turns if not turn.interviewer))


def body_sha256(text: str) -> str:
    """Return the SHA-256 of a transcript's body in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def without_brackets(text: str) -> str:
    """Return `text` of the same length, with what stands in square brackets blanked."""
    while True:
        blanked = _INNERMOST_BRACKETS.sub(lambda match: " " * len(match.group()), text)
        if blanked == text:
            return text
        text = blanked


def word_starts(text: str, span: Span) -> list[int]:
    """Return the offset of the first character of every word in `span` of `text`.

    A word is a match of `WORD` outside square brackets, never a token of a
    language pipeline, so that every machine counts alike.
    """
    return [span.start + match.start() for match in WORD.finditer(without_brackets(span.of(text)))]
