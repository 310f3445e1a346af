"""Where words begin and which turns a passage lies in, for all passages of a transcript at once.

The rules are those of `model.transcript` (`word_starts`, `Transcript.turns_of`), on arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lde_qual.model.span import Span
from lde_qual.model.transcript import Turn, without_brackets

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Points = NDArray[np.uint32]
_JOINERS = tuple(map(ord, "'’-"))
_FAR = 1 << 40
"""Past the end of any text; a journal may hold any number."""


class Speech:
    """The speech of one transcript in the turns that count.

    Parameters
    ----------
    text : str
        The body of the transcript.
    turns : sequence of Turn
        Those that count, in order.

    Attributes
    ----------
    start, end : array of int, shape (turns,)
        The bounds of each turn's speech, in code points.
    words : array of int, shape (words,)
        Offset of the first sign of every word, in order.
    per_turn : array of int, shape (turns,)
        Words in each turn.
    """

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        bounds = np.array([(turn.speech.start, turn.speech.end) for turn in turns], dtype=np.int64).reshape(-1, 2)
        self.start, self.end = bounds[:, 0], bounds[:, 1]
        self.words = self._word_starts(_points(_blanked(text, turns)))
        self.per_turn = np.searchsorted(self.words, self.end) - np.searchsorted(self.words, self.start)
        self._seen = np.zeros(len(text) + 1, dtype=np.int64)
        np.cumsum(~_holds(str.isspace, _points(text)), out=self._seen[1:])

    def _word_starts(self, points: Points) -> Ints:
        letter = _holds(str.isalnum, points) & _within(self.start, self.end, size=len(points))
        joiner = np.logical_or.reduce([points == sign for sign in _JOINERS])
        first = letter.copy()
        first[1:] &= ~letter[:-1]
        first[2:] &= ~(joiner[1:-1] & letter[:-2])
        return np.flatnonzero(first)

    def marks(self, start: Ints, end: Ints) -> Ints:
        """Return where passages lie in the turns: one row for each turn a passage has speech of.

        Parameters
        ----------
        start, end : array of int, shape (n,)
            The passages.

        Returns
        -------
        array of int, shape (marks, 6)
            Passage and turn by index, the speech covered from and to, its words from and to
            (counted in this transcript); by passage and then in order.
        """
        first = np.searchsorted(self.end, start, side="right")
        turns = np.maximum(0, np.searchsorted(self.start, end) - first)
        passage = np.repeat(np.arange(len(start)), turns)
        turn = np.arange(len(passage)) - np.repeat(np.cumsum(turns) - turns - first, turns)
        begin, until = np.maximum(self.start[turn], start[passage]), np.minimum(self.end[turn], end[passage])
        until = np.maximum(begin, until)
        said = np.flatnonzero(self._seen[until] > self._seen[begin])
        begin, until = begin[said], until[said]
        words = np.searchsorted(self.words, begin), np.searchsorted(self.words, until)
        return np.stack([passage[said], turn[said], begin, until, *words], axis=1)


def bounds_of(start: list[int], end: list[int]) -> tuple[Ints, Ints]:
    """Return start and end of passages as arrays."""
    return _ints(start), _ints(end)


def _ints(values: list[int]) -> Ints:
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError:
        return np.array([max(-1, min(value, _FAR)) for value in values], dtype=np.int64)


def _points(text: str) -> Points:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def _holds(rule: Callable[[str], bool], points: Points) -> Flags:
    """Return for every sign of a text whether a rule holds."""
    highest = int(points.max()) if len(points) else 0
    found: Flags = _signs(rule, 1 << highest.bit_length())[points]
    return found


@lru_cache
def _signs(rule: Callable[[str], bool], size: int) -> Flags:
    return np.fromiter((rule(chr(point)) for point in range(size)), dtype=bool, count=size)


def _within(start: Ints, end: Ints, *, size: int) -> Flags:
    step = np.zeros(size + 1, dtype=np.int8)
    np.add.at(step, start, 1)
    np.add.at(step, end, -1)
    return np.cumsum(step[:-1], dtype=np.int8).astype(bool)


def _blanked(text: str, turns: Sequence[Turn]) -> str:
    """Return a text of the same length without what stands in brackets in a turn's speech."""
    if "[" not in text:
        return text
    pieces, upto = [], 0
    for turn in turns:
        speech: Span = turn.speech
        if text.find("[", speech.start, speech.end) >= 0:
            pieces += [text[upto : speech.start], without_brackets(speech.of(text))]
            upto = speech.end
    return "".join([*pieces, text[upto:]])
