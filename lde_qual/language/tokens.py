"""Speech as tokens: words by the rule that counts them, and single marks between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lde_qual.model.span import Span
from lde_qual.model.transcript import WORD, without_brackets

_TOKEN = re.compile(rf"(?P<word>{WORD.pattern})|\S")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark.

    Attributes
    ----------
    span : Span
        Code points into the text that was read.
    text : str
        As it stands there.
    word : bool
        Whether it is a word (`model.transcript.WORD`), and no mark.
    """

    span: Span
    text: str
    word: bool


def tokens(text: str, span: Span | None = None) -> list[Token]:
    """Return the tokens of a stretch of speech, in order.

    Parameters
    ----------
    text : str
        The body of a transcript.
    span : Span, optional
        The speech, in code points; all of `text` unless given.

    Returns
    -------
    list of Token
        What stands in square brackets is no speech and gives none. The words among them
        begin at `model.transcript.word_starts`: a pipeline is handed these tokens, so
        that it decides on lemmas and never on what a word is.
    """
    where = span if span is not None else Span(0, len(text))
    return [
        Token(Span(where.start + match.start(), where.start + match.end()), match.group(), match["word"] is not None)
        for match in _TOKEN.finditer(without_brackets(where.of(text)))
    ]
