"""What coders are compared on: respondents' speech in units, and which units each coding covers.

All texts are laid one after the other on one line of positions, and all units on
another. A coding is an interval on the first and becomes one on the second, so that
whatever is counted is a sum of lengths of intervals.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from lde_qual.analysis.agreement_work import Passages, text_bases
from lde_qual.analysis.columns import Ints
from lde_qual.language.sentences import sentence_bounds
from lde_qual.model.span import Span, union
from lde_qual.model.transcript import Transcript

Piece = tuple[Span, str]
"""A stretch of speech, and who speaks."""

UNITS = ("character", "sentence", "turn", "respondent")


@dataclass(frozen=True)
class Units:
    """Respondents' speech as units on one line.

    Attributes
    ----------
    kind : str
        One of `UNITS`.
    start, end : array of int, shape (stretches,)
        Stretches of speech on the line of all texts, in order.
    unit : array of int, shape (stretches,)
        The unit that a stretch is, or its first one where units are characters.
    block : array of int, shape (stretches,)
        What is resampled together: the transcript; for respondents, transcripts that
        share one.
    per_block : array of int, shape (blocks,)
        Units in each block.
    left_out : int
        Units left out: those that codings from suggestions touch, or all others.
    """

    kind: str
    start: Ints
    end: Ints
    unit: Ints
    block: Ints
    per_block: Ints
    left_out: int

    def covered(self, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """Return which units intervals of text cover.

        Returns
        -------
        (array of int, array of int, array of int, array of int)
            Index of the interval, block, first unit and the unit after the last; an
            interval that covers no unit is absent, one over several respondents is
            there for each.
        """
        first = np.searchsorted(self.end, start, side="right")
        last = np.searchsorted(self.start, end, side="left")
        which = np.flatnonzero(first < last)
        first, last = first[which], last[which]
        if self.kind == "respondent":
            many = last - first
            which = np.repeat(which, many)
            each = np.repeat(first - np.cumsum(many) + many, many) + np.arange(int(many.sum()))
            return which, self.block[each], self.unit[each], self.unit[each] + 1
        begin, until = self.unit[first], self.unit[last - 1] + 1
        if self.kind == "character":
            begin = begin + np.maximum(0, start[which] - self.start[first])
            until = self.unit[last - 1] + np.minimum(end[which], self.end[last - 1]) - self.start[last - 1]
        return which, self.block[first], begin, until


def lay_units(
    transcripts: Sequence[Transcript], kind: str, everyone: Iterable[Passages], *, suggested: bool = False
) -> Units:
    """Return the units of `transcripts`, without those that suggestions touched, or those alone.

    Parameters
    ----------
    kind : str
        ``character``: characters of respondents' turns, white space between words
        included. ``sentence``, ``turn``: of respondents. ``respondent``: who speaks.
    everyone : iterable of Passages
        All coders': where a coding of any of them was made from a suggestion, or while
        suggestions could be seen, its characters are left out, and the sentences,
        turns or respondents that they touch.
    suggested : bool
        Return what is left out otherwise, and leave out the rest.
    """
    whole = [_pieces(transcript, kind) for transcript in transcripts]
    holes = suggested_spans(transcripts, everyone)
    kept = _touched(whole, holes, kind) if suggested else _untouched(whole, holes, kind)
    return _laid(transcripts, kind, kept, before=_count(whole, kind))


def suggested_spans(transcripts: Sequence[Transcript], everyone: Iterable[Passages]) -> list[list[Span]]:
    """Return, for each transcript, what codings cover that suggestions led to: disjoint, in order."""
    found: list[list[Span]] = [[] for _ in transcripts]
    bases = text_bases(transcripts).tolist()
    for coded in everyone:
        columns = (coded.transcript, coded.start, coded.end)
        for where, start, end in zip(*(column[coded.suggested].tolist() for column in columns), strict=True):
            found[where].append(Span(start - bases[where], end - bases[where]))
    return [union(spans) for spans in found]


def _pieces(transcript: Transcript, kind: str) -> list[Piece]:
    """Return the stretches of respondents' speech in a transcript, each with who speaks."""
    text = transcript.text
    found: list[Piece] = []
    for turn in transcript.turns:
        if turn.interviewer or not turn.speech.of(text).strip():
            continue
        if kind == "sentence":
            found += [(span, turn.respondent) for span in sentence_bounds(text, turn.speech)]
        else:
            found.append((turn.speech if kind == "character" else turn.speech.stripped(text), turn.respondent))
    return found


def _untouched(whole: list[list[Piece]], holes: list[list[Span]], kind: str) -> list[list[Piece]]:
    both = list(zip(whole, holes, strict=True))
    if kind == "character":
        return [[(rest, who) for span, who in pieces for rest in _without(span, cut)] for pieces, cut in both]
    if kind == "respondent":
        people = {who for pieces, cut in both for span, who in pieces if _meets(span, cut)}
        return [[piece for piece in pieces if piece[1] not in people] for pieces in whole]
    return [[piece for piece in pieces if not _meets(piece[0], cut)] for pieces, cut in both]


def _touched(whole: list[list[Piece]], holes: list[list[Span]], kind: str) -> list[list[Piece]]:
    """Return what `_untouched` leaves out."""
    both = list(zip(whole, holes, strict=True))
    if kind == "character":
        return [
            [(span & hole, who) for span, who in pieces for hole in cut if hole.overlaps(span)] for pieces, cut in both
        ]
    if kind == "respondent":
        people = {who for pieces, cut in both for span, who in pieces if _meets(span, cut)}
        return [[piece for piece in pieces if piece[1] in people] for pieces in whole]
    return [[piece for piece in pieces if _meets(piece[0], cut)] for pieces, cut in both]


def _count(pieces_of_each: list[list[Piece]], kind: str) -> int:
    pieces = [piece for pieces in pieces_of_each for piece in pieces]
    if kind == "character":
        return sum(len(span) for span, _ in pieces)
    return len({who for _, who in pieces} if kind == "respondent" else pieces)


def _without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """Return what is left of a span; `holes` are disjoint and in order."""
    left = []
    start = span.start
    for hole in holes[bisect_left(holes, span.start, key=lambda each: each.end) :]:
        if hole.start >= span.end:
            break
        left.append(Span(start, max(start, hole.start)))
        start = max(start, hole.end)
    left.append(Span(start, max(start, span.end)))
    return [each for each in left if len(each)]


def _meets(span: Span, holes: Sequence[Span]) -> bool:
    after = bisect_left(holes, span.start + 1, key=lambda each: each.end)
    return after < len(holes) and holes[after].overlaps(span)


def _laid(transcripts: Sequence[Transcript], kind: str, kept: list[list[Piece]], *, before: int) -> Units:
    bases = text_bases(transcripts).tolist()
    rows = [
        (base + span.start, base + span.end, index)
        for index, (base, pieces) in enumerate(zip(bases, kept, strict=True))
        for span, _ in pieces
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    start, end, block = (columns[:, index] for index in range(3))
    lengths = end - start if kind == "character" else np.ones(len(start), dtype=np.int64)
    unit = np.cumsum(lengths) - lengths
    if kind == "respondent":
        speakers = [who for pieces in kept for _, who in pieces]
        _, unit = np.unique(np.array(speakers, dtype=object), return_inverse=True)
        block = _together(unit, block, transcripts=len(transcripts))
        once = np.unique(unit, return_index=True)[1]
        per_block = np.bincount(block[once], minlength=len(transcripts))
    else:
        per_block = np.bincount(block, weights=lengths, minlength=len(transcripts)).astype(np.int64)
    return Units(kind, start, end, unit, block, per_block, left_out=before - int(per_block.sum()))


def _together(unit: Ints, transcript: Ints, *, transcripts: int) -> Ints:
    """Return a block for each stretch, the same for transcripts that are linked by a respondent."""
    people = int(unit.max()) + 1 if len(unit) else 0
    links = (np.ones(len(unit), dtype=np.int8), (transcript, transcripts + unit))
    size = transcripts + people
    _, component = connected_components(coo_array(links, shape=(size, size)), directed=False)
    found: Ints = component[transcript].astype(np.int64)
    return found
