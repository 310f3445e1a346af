"""A word in its context: what stands left and right of it, in the same turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lde_qual.analysis.counting import Ints
from lde_qual.analysis.talk import Talk
from lde_qual.errors import UsageError
from lde_qual.model.span import Span

COLUMNS = ("transcript", "turn", "respondent", "left", "match", "right", "start", "end")
ORDERS = ("transcript", "left", "right")


@dataclass(frozen=True, slots=True)
class Line:
    """One place where a term stands.

    Attributes
    ----------
    turn : int
        Number of the turn in its transcript, from 1.
    respondent : str
        Who speaks.
    left, match, right : str
        White space within them is one space.
    start, end : int
        Of the match: code points into the body of the transcript.
    """

    transcript: str
    turn: int
    respondent: str
    left: str
    match: str
    right: str
    start: int
    end: int


def lines(talk: Talk, places: Ints, words: int, *, width: int) -> list[Line]:
    """Return a line for each place.

    Parameters
    ----------
    places : array of int
        Of the first word of each match, in `talk`.
    words : int
        How many words a match has.
    width : int
        Words of context on each side, at most; none of another turn.
    """
    return [_line(talk, int(place), words, width) for place in places]


def _line(talk: Talk, place: int, words: int, width: int) -> Line:
    at = int(talk.turn[place])
    transcript, turn = talk.turns[at]
    first, after = np.searchsorted(talk.turn, [at, at + 1])
    last = place + words - 1
    match = Span(int(talk.start[place]), int(talk.end[last]))
    begin = turn.speech.start if place - first <= width else int(talk.start[place - width])
    until = turn.speech.end if after - 1 - last <= width else int(talk.end[last + width])
    text = transcript.text
    left, right = Span(begin, match.start).of(text), Span(match.end, until).of(text)
    return Line(
        transcript.name,
        turn.number,
        turn.respondent,
        " ".join(left.split()),
        " ".join(match.of(text).split()),
        " ".join(right.split()),
        match.start,
        match.end,
    )


def concordance(found: Iterable[Line], *, order: str = "transcript") -> pd.DataFrame:
    """Return lines as a table.

    Parameters
    ----------
    order : str
        ``transcript`` (as it was said), or by what stands to the ``left`` (its last word
        first) or ``right`` of the match.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`.
    """
    if order not in ORDERS:
        raise UsageError(f"'{order}' is no order of a concordance.", way_out=f"Use one of {', '.join(ORDERS)}.")
    listed = list(found)
    if order == "left":
        listed.sort(key=lambda line: [word.lower() for word in reversed(line.left.split())])
    elif order == "right":
        listed.sort(key=lambda line: [word.lower() for word in line.right.split()])
    return pd.DataFrame([[getattr(line, name) for name in COLUMNS] for line in listed], columns=list(COLUMNS))
