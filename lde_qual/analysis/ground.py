"""Stretches of what is said, turn by turn, with the algebra of sets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lde_qual.analysis.facts import Facts
from lde_qual.model.span import Span, union


@dataclass(frozen=True)
class Ground:
    """A set of signs of speech.

    Attributes
    ----------
    facts : Facts
        Whose turns it lies in; only grounds of the same facts go together.
    spans : mapping of int to tuple of Span
        By index of the turn: disjoint stretches in order, that do not touch; no turn
        without one.
    """

    facts: Facts
    spans: Mapping[int, tuple[Span, ...]]

    def __or__(self, other: Ground) -> Ground:
        """Return what either holds."""
        turns = self.spans.keys() | other.spans.keys()
        return ground(self.facts, {turn: (*self.spans.get(turn, ()), *other.spans.get(turn, ())) for turn in turns})

    def __and__(self, other: Ground) -> Ground:
        """Return what both hold."""
        turns = self.spans.keys() & other.spans.keys()
        return ground(self.facts, {turn: _shared(self.spans[turn], other.spans[turn]) for turn in turns})

    def __invert__(self) -> Ground:
        """Return all other speech of the facts' turns."""
        gaps = {
            index: tuple(_gaps(turn.speech, self.spans.get(index, ())))
            for index, (_, turn) in enumerate(self.facts.turns)
        }
        return ground(self.facts, gaps)

    def near(self, other: Ground, turns: int) -> Ground:
        """Return what of this lies at most so many turns of the same transcript from something of `other`.

        Turns are those of the facts: respondents' turns, unless the interviewer is
        counted. White space alone is nothing that could be near.
        """
        there = sorted({index for index, _ in other.passages()})
        here = {index for index, _ in self.passages()}
        kept = {
            index: spans
            for index, spans in self.spans.items()
            if index in here and any(self._same_transcript(index, at) for at in _around(there, index, turns))
        }
        return ground(self.facts, kept)

    def _same_transcript(self, turn: int, other: int) -> bool:
        return bool(self.facts.turn_transcript[turn] == self.facts.turn_transcript[other])

    def passages(self) -> Iterator[tuple[int, Span]]:
        """Yield each stretch with its turn, in order, without white space at its ends; none that is only that."""
        for index in sorted(self.spans):
            text = self.facts.turns[index][0].text
            for span in self.spans[index]:
                stripped = span.stripped(text)
                if len(stripped):
                    yield index, stripped


def ground(facts: Facts, spans: Mapping[int, Iterable[Span]]) -> Ground:
    """Return the set of the signs in some spans of turns; spans may overlap and touch."""
    joined = {turn: tuple(union(found)) for turn, found in spans.items()}
    return Ground(facts, {turn: found for turn, found in joined.items() if found})


def whole_turns(facts: Facts, turns: Iterable[int]) -> Ground:
    """Return all that is said in some turns."""
    return ground(facts, {turn: (facts.turns[turn][1].speech,) for turn in turns})


def _shared(left: tuple[Span, ...], right: tuple[Span, ...]) -> Iterator[Span]:
    """Yield what two runs of disjoint spans in order share, in one pass over both."""
    one = other = 0
    while one < len(left) and other < len(right):
        yield left[one] & right[other]
        if left[one].end < right[other].end:
            one += 1
        else:
            other += 1


def _gaps(whole: Span, spans: Iterable[Span]) -> Iterator[Span]:
    at = whole.start
    for span in spans:
        yield Span(at, span.start)
        at = span.end
    yield Span(at, whole.end)


def _around(places: list[int], place: int, reach: int) -> Iterator[int]:
    """Yield the nearest of `places` before and after a place, where they are within reach.

    The nearest decide: turns of one transcript stand together, so a turn that is
    further away is of the same transcript only where the nearer one is.
    """
    after = bisect_left(places, place)
    for found in places[max(0, after - 1) : after + 1]:
        if abs(found - place) <= reach:
            yield found
