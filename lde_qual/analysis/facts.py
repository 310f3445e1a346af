"""The study laid out as columns: turns that count, and where each coding lies in them.

Every view is counted from these arrays, so that a turn, a word or a respondent is
decided on in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lde_qual.analysis.marking import Speech, spans_of
from lde_qual.errors import UsageError, did_you_mean
from lde_qual.model.collector import held_collector
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding, Study
from lde_qual.model.transcript import Transcript, Turn

Ints = NDArray[np.int64]
_EMPTY = np.empty(0, dtype=np.int64)
NONE = "(none)"
TOTAL = "total"


@dataclass(frozen=True)
class Axis:
    """One way to divide what is counted.

    Attributes
    ----------
    name : str
        The attribute or dimension.
    labels : list of str
        Its groups in order; ``(none)`` last where something has no value.
    of_turns : array of int, shape (turns,), or None
        Index into `labels` per turn, for an attribute.
    of_codings : array of int, shape (codings,), or None
        Index into `labels` per coding, for a dimension.
    """

    name: str
    labels: list[str]
    of_turns: Ints | None = None
    of_codings: Ints | None = None


@dataclass(frozen=True)
class Facts:
    """What one coder coded, laid over the turns of those who count.

    Attributes
    ----------
    turns : list of (Transcript, Turn)
        Every turn of a respondent (and of the interviewer, where asked), by
        transcript name and then in order.
    codings : list of PlacedCoding
        The codings that lie in at least one of those turns.
    turn_transcript, turn_respondent : array of int, shape (turns,)
        Indices into `transcripts` and `respondents`.
    turn_words : array of int, shape (turns,)
        Words spoken in a turn.
    mark_coding, mark_turn, mark_code : array of int, shape (marks,)
        One mark for each coding in each turn it covers; code as index into `codes`.
    mark_start, mark_end : array of int, shape (marks,)
        The covered speech, in code points.
    mark_from, mark_to : array of int, shape (marks,)
        The covered words, half-open, counted over all turns.
    notices : list of str
        What every view must say beside its numbers.
    """

    study: Study
    coder: str | None
    transcripts: list[Transcript]
    respondents: list[str]
    codes: list[str]
    turns: list[tuple[Transcript, Turn]]
    codings: list[PlacedCoding]
    turn_transcript: Ints
    turn_respondent: Ints
    turn_words: Ints
    mark_coding: Ints
    mark_turn: Ints
    mark_code: Ints
    mark_start: Ints
    mark_end: Ints
    mark_from: Ints
    mark_to: Ints
    notices: list[str] = field(default_factory=list)

    def axis(self, name: str) -> Axis:
        """Return the groups of an attribute, a dimension, or of ``respondent`` and ``transcript``.

        Raises
        ------
        UsageError
            Where the study knows no attribute or dimension of that name.
        """
        if name in self.study.codebook.dimensions:
            return self._dimension(name)
        known = attribute_names(self.study)
        if name == "respondent":
            values = [self.respondents[index] for index in self.turn_respondent]
        elif name == "transcript":
            values = [transcript.name for transcript, _ in self.turns]
        elif name in known:
            values = [
                self.study.attribute(name, respondent=turn.respondent, transcript=transcript)
                for transcript, turn in self.turns
            ]
        else:
            known = [*known, *self.study.codebook.dimensions]
            raise UsageError(
                f"'{name}' is no attribute or dimension of this study.",
                way_out=did_you_mean(name, known, otherwise=f"It knows {', '.join(known)}."),
            )
        labels, index = _grouped(values, first=list(self.study.codebook.roles) if name == "role" else [])
        return Axis(name, labels, of_turns=index)

    def tells_asked(self, name: str) -> set[str]:
        """Return the groups of an attribute of which every transcript tells what was asked, `TOTAL` for all.

        A transcript without a question's id does not tell: of its respondents it is not
        known that they were not asked.
        """
        axis = self.axis(name)
        told = [transcript.tells_asked for transcript in self.transcripts]
        groups = axis.of_turns.tolist() if axis.of_turns is not None else []
        silent = {axis.labels[group] for group, at in zip(groups, self.turn_transcript, strict=True) if not told[at]}
        return (set(axis.labels) - silent) | ({TOTAL} if all(told) else set())

    def _dimension(self, name: str) -> Axis:
        values = [placed.coding.dimensions.get(name, "") for placed in self.codings]
        labels, index = _grouped(values, first=list(self.study.codebook.dimensions[name]))
        return Axis(name, labels, of_codings=index)


def attribute_names(study: Study) -> list[str]:
    """Return the attributes a study can be divided by; ``kind`` is always one."""
    return list(dict.fromkeys([*study.respondent_attributes(), *study.transcript_attributes(), "kind"]))


def _grouped(values: list[str], *, first: list[str]) -> tuple[list[str], Ints]:
    values = [value or NONE for value in values]
    others = sorted(set(values) - {*first, NONE})
    labels = list(dict.fromkeys([*first, *others, *([NONE] if NONE in values else [])]))
    place = {label: index for index, label in enumerate(labels)}
    return labels, np.fromiter((place[value] for value in values), dtype=np.int64, count=len(values))


def lay_out(study: Study, coder: str | None, *, with_interviewer: bool = False, coded_only: bool = False) -> Facts:
    """Return the facts of a study as `coder` coded it.

    Parameters
    ----------
    coder : str or None
        Whose codings; None where nobody has coded yet.
    with_interviewer : bool
        Count the interviewer's turns as those of a respondent ``interviewer``.
    coded_only : bool
        Leave out the transcripts that the coder has not coded.
    """
    coded = study.coded_transcripts(coder)
    transcripts = [found for found in study.countable() if not coded_only or found.name in coded]
    turns = [
        (transcript, turn)
        for transcript in transcripts
        for turn in transcript.turns
        if with_interviewer or not turn.interviewer
    ]
    respondents = sorted({turn.respondent for _, turn in turns})
    spoken = [
        Speech(transcript.text, [turn for turn in transcript.turns if with_interviewer or not turn.interviewer])
        for transcript in transcripts
    ]
    with held_collector():
        placed = study.placed(coder)
        marks, codings = _marks(transcripts, spoken, placed, codes=study.codebook.ids())
    by_id = {respondent: index for index, respondent in enumerate(respondents)}
    return Facts(
        study=study,
        coder=coder,
        transcripts=transcripts,
        respondents=respondents,
        codes=study.codebook.ids(),
        turns=turns,
        codings=codings,
        turn_transcript=np.repeat(np.arange(len(spoken)), [len(speech.start) for speech in spoken]),
        turn_respondent=np.array([by_id[turn.respondent] for _, turn in turns], dtype=np.int64),
        turn_words=np.concatenate([_EMPTY, *(speech.per_turn for speech in spoken)]),
        mark_coding=marks[:, 0],
        mark_turn=marks[:, 1],
        mark_code=marks[:, 2],
        mark_start=marks[:, 3],
        mark_end=marks[:, 4],
        mark_from=marks[:, 5],
        mark_to=marks[:, 6],
        notices=notices_of(study, coder, placed),
    )


def _marks(
    transcripts: list[Transcript], spoken: list[Speech], placed: list[PlacedCoding], *, codes: list[str]
) -> tuple[Ints, list[PlacedCoding]]:
    place = {transcript.name: index for index, transcript in enumerate(transcripts)}
    counted = [found for found in placed if found.counts and found.coding.anchor.transcript in place]
    start, end = spans_of(counted)
    of = np.array([place[found.coding.anchor.transcript] for found in counted], dtype=np.int64)
    # All passages of a transcript at once, then back in the order of making.
    order = np.argsort(of, kind="stable")
    bounds = np.searchsorted(of[order], np.arange(len(spoken) + 1)).tolist()
    rows, turns, words = [np.empty((0, 6), dtype=np.int64)], 0, 0
    for speech, first, after in zip(spoken, bounds, bounds[1:], strict=False):
        here = order[first:after]
        found = speech.marks(start[here], end[here]) + np.array([0, turns, 0, 0, words, words])
        found[:, 0] = here[found[:, 0]]
        rows.append(found)
        turns, words = turns + len(speech.start), words + len(speech.words)
    laid = np.concatenate(rows)
    laid = laid[np.argsort(laid[:, 0], kind="stable")]
    code_index = {code: index for index, code in enumerate(codes)}
    code = np.array([code_index[found.code] for found in counted], dtype=np.int64)[laid[:, 0]]
    fresh = np.diff(laid[:, 0], prepend=-1) > 0
    marks = np.column_stack([np.cumsum(fresh) - 1, laid[:, 1], code, laid[:, 2:]])
    return marks, [counted[index] for index in laid[fresh, 0].tolist()]


def notices_of(study: Study, coder: str | None, placed: list[PlacedCoding]) -> list[str]:
    """Return what must be said beside every table of a coder's work: what is not coded, and what is left out.

    Parameters
    ----------
    placed : list of PlacedCoding
        All codings of that coder.
    """
    notices = []
    every, coded = len(study.countable()), len(study.coded_transcripts(coder))
    if coded < every:
        notices.append(f"{coded} of {every} transcripts coded{f' by {coder}' if coder else ''}.")
    left_out = sum(not found.counts for found in placed)
    if left_out:
        noun = "coding needs" if left_out == 1 else "codings need"
        notices.append(
            f"{left_out} {noun} a look and {'is' if left_out == 1 else 'are'} in no count; `lde-qual check` lists them."
        )
    return notices


def covered_turns(placed: PlacedCoding, transcript: Transcript) -> list[tuple[Turn, Span]]:
    """Return the turns a coding lies in, the interviewer's too, with the speech it covers of each."""
    return [(turn, turn.speech & placed.span) for turn in transcript.turns_of(placed.span)]
