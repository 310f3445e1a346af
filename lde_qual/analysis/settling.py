"""Passages on which coders agree or differ, as whole passages that one decision settles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lde_qual.analysis.agreement import compared
from lde_qual.model.anchor import place
from lde_qual.model.span import Span, union
from lde_qual.model.study import PlacedCoding, Study
from lde_qual.model.transcript import Transcript

ALL, NONE = "all", "none"


@dataclass(frozen=True)
class Contested:
    """Codings of several coders at one code that hang together by the characters they share.

    Attributes
    ----------
    span : Span
        From the first character that anybody marked to the last.
    by : mapping of str to list of PlacedCoding
        What each coder has there, in order of the text; a coder with nothing is absent.
    alike : bool
        Whether all coders cover the same of respondents' speech, white space aside.
    """

    transcript: str
    code: str
    span: Span
    by: Mapping[str, list[PlacedCoding]]
    alike: bool


@dataclass(frozen=True)
class Standing:
    """A decision where it stands today: transcript, code, passage, who were compared, and whose codings hold."""

    id: str
    transcript: str
    code: str
    span: Span
    coders: frozenset[str]
    decision: str


def contested(study: Study, coders: Sequence[str]) -> list[Contested]:
    """Return all passages that any of the coders marked in transcripts that all of them coded.

    Passages without anything of a respondent's speech are left out: they are in no count.

    Raises
    ------
    RefusedError
        Under ``approach: reflexief``.
    """
    coded = [study.coded_transcripts(coder) for coder in coders]
    transcripts = {transcript.name: transcript for transcript in compared(study, coded)}
    rows: dict[tuple[str, str], list[tuple[Span, str, PlacedCoding]]] = {}
    for coder in coders:
        for found in study.placed(coder):
            if found.counts and found.coding.transcript in transcripts:
                rows.setdefault((found.coding.transcript, found.code), []).append((found.span, coder, found))
    passages = [
        _passage(transcripts[name], code, together, coders)
        for (name, code), each in rows.items()
        for together in _hanging_together(each)
    ]
    order = {code: index for index, code in enumerate(study.codebook.ids())}
    return sorted(
        (passage for passage in passages if passage is not None),
        key=lambda passage: (passage.transcript, passage.span.start, order[passage.code]),
    )


def _hanging_together(
    each: Iterable[tuple[Span, str, PlacedCoding]],
) -> Iterable[list[tuple[Span, str, PlacedCoding]]]:
    """Yield what shares characters, directly or by way of others; what only touches stands apart."""
    together: list[tuple[Span, str, PlacedCoding]] = []
    reached = 0
    for row in sorted(each, key=lambda row: (row[0].start, row[0].end)):
        if together and row[0].start >= reached:
            yield together
            together = []
        together.append(row)
        reached = max(reached, row[0].end)
    if together:
        yield together


def _passage(
    transcript: Transcript, code: str, together: list[tuple[Span, str, PlacedCoding]], coders: Sequence[str]
) -> Contested | None:
    by: dict[str, list[PlacedCoding]] = {}
    for _, coder, found in together:
        by.setdefault(coder, []).append(found)
    spoken = [_spoken(transcript, [found.span for found in by.get(coder, ())]) for coder in coders]
    if not any(spoken):
        return None
    span = Span(together[0][0].start, max(row[0].end for row in together))
    return Contested(transcript.name, code, span, by, alike=_alike(transcript.text, spoken))


def _spoken(transcript: Transcript, spans: Sequence[Span]) -> list[Span]:
    """Return what spans cover of respondents' speech."""
    return [
        turn.speech & span
        for span in union(spans)
        for turn in transcript.turns_of(span)
        if not turn.interviewer and (turn.speech & span).of(transcript.text).strip()
    ]


def _alike(text: str, spoken: Sequence[Sequence[Span]]) -> bool:
    """Tell whether every coder covers the same characters, white space aside."""
    bounds = sorted({bound for spans in spoken for span in spans for bound in (span.start, span.end)})
    for start, end in pairwise(bounds):
        here = Span(start, end)
        having = sum(any(span.contains(here) for span in spans) for spans in spoken)
        if 0 < having < len(spoken) and here.of(text).strip():
            return False
    return True


def standing(study: Study) -> list[Standing]:
    """Return all decisions in force of all coders that can be placed today."""
    edits = study.edits()
    found = []
    for state in study.states.values():
        for settled in state.settled:
            placed = place(settled.anchor, study.transcripts.get(settled.anchor.transcript), edits)
            code = study.codebook.today(settled.code)
            if placed.placed and code is not None:
                who = frozenset(settled.coders)
                found.append(Standing(settled.id, settled.anchor.transcript, code, placed.span, who, settled.decision))
    return found


def decision_at(
    decisions: Iterable[Standing], coders: Sequence[str], *, transcript: str, code: str, span: Span
) -> Standing | None:
    """Return the last decision of these coders that holds for a passage at a code; None where it is open."""
    holding = [
        each
        for each in decisions
        if (each.transcript, each.code, each.coders) == (transcript, code, frozenset(coders))
        and each.span.contains(span)
    ]
    return holding[-1] if holding else None
