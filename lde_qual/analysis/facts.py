"""The study laid out as columns: turns that count, and where each coding lies in them.

Every view is counted from these arrays, so that a turn, a word or a respondent is
decided on in one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lde_qual.analysis.columns import NONE, TOTAL, Axis, Columns, Ints
from lde_qual.analysis.marking import Speech, bounds_of
from lde_qual.model.collector import held_collector
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding, Places, Study
from lde_qual.model.transcript import Transcript, Turn

__all__ = ["NONE", "TOTAL", "Axis", "Facts", "Ints", "attribute_names", "covered_turns", "lay_out", "notices_of"]

_EMPTY = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Facts(Columns):
    """The columns, with the study and the passages that they were laid out from.

    Attributes
    ----------
    transcripts : list of Transcript
        Those that count, by name.
    turns : list of (Transcript, Turn)
        Every turn of a respondent (and of the interviewer, where asked), by
        transcript name and then in order.
    places : Places
        The coder's codings that may be counted.
    chosen : list of int
        Which of them lie in at least one of those turns.
    """

    study: Study
    transcripts: list[Transcript]
    turns: list[tuple[Transcript, Turn]]
    places: Places
    chosen: list[int]

    @cached_property
    def codings(self) -> list[PlacedCoding]:
        """The codings that lie in at least one of the turns."""
        return [self.places.placed(at) for at in self.chosen]

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


def attribute_names(study: Study) -> list[str]:
    """Return the attributes a study can be divided by; ``kind`` is always one."""
    return list(dict.fromkeys([*study.respondent_attributes(), *study.transcript_attributes(), "kind"]))


def _grouped(values: list[str], *, first: list[str]) -> tuple[list[str], Ints]:
    values = [value or NONE for value in values]
    others = sorted(set(values) - {*first, NONE})
    labels = list(dict.fromkeys([*first, *others, *([NONE] if NONE in values else [])]))
    place = {label: index for index, label in enumerate(labels)}
    return labels, np.fromiter((place[value] for value in values), dtype=np.int64, count=len(values))


def _attributes(study: Study, transcripts: list[Transcript], speaking: list[tuple[str, int]]) -> dict[str, Axis]:
    """Return the groups of every attribute; `speaking` has, for each turn, who speaks and in which transcript."""
    whom = list(dict.fromkeys(speaking))
    place = {who: index for index, who in enumerate(whom)}
    of_turns = np.array([place[who] for who in speaking], dtype=np.int64)
    found = {}
    for name in attribute_names(study):
        values = [study.attribute(name, respondent=who, transcript=transcripts[where]) for who, where in whom]
        labels, index = _grouped(values, first=list(study.codebook.roles) if name == "role" else [])
        found[name] = Axis(name, labels, of_turns=index[of_turns])
    return found


def _dimensions(study: Study, values: list[Mapping[str, str]]) -> dict[str, Axis]:
    found = {}
    for name, known in study.codebook.dimensions.items():
        labels, index = _grouped([each.get(name, "") for each in values], first=list(known))
        found[name] = Axis(name, labels, of_codings=index)
    return found


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
    spoken = [
        Speech(transcript.text, [turn for turn in transcript.turns if with_interviewer or not turn.interviewer])
        for transcript in transcripts
    ]
    of_transcript = np.repeat(np.arange(len(spoken)), [len(speech.start) for speech in spoken])
    speakers = [turn.respondent for _, turn in turns]
    respondents = sorted(set(speakers))
    by_id = {respondent: index for index, respondent in enumerate(respondents)}
    with held_collector():
        places = study.places(coder)
        marks, chosen = _marks(transcripts, spoken, places, codes=study.codebook.ids())
    speaking = list(zip(speakers, of_transcript.tolist(), strict=True))
    return Facts(
        study=study,
        codebook=study.codebook,
        coder=coder,
        transcripts=transcripts,
        names=[transcript.name for transcript in transcripts],
        dates=[transcript.attributes.get("date", "") for transcript in transcripts],
        respondents=respondents,
        codes=study.codebook.ids(),
        axes=_attributes(study, transcripts, speaking)
        | _dimensions(study, [places.stood[index].dimensions for index in chosen]),
        asked=[sorted(study.asked(transcript)) for transcript in transcripts] if study.knows_asked() else None,
        turns=turns,
        places=places,
        chosen=chosen,
        turn_transcript=of_transcript,
        turn_respondent=np.array([by_id[speaker] for speaker in speakers], dtype=np.int64),
        turn_words=np.concatenate([_EMPTY, *(speech.per_turn for speech in spoken)]),
        notices=notices_of(study, coder, places.in_no_count),
        **marks,
    )


def _marks(
    transcripts: list[Transcript], spoken: list[Speech], places: Places, *, codes: list[str]
) -> tuple[dict[str, Ints], list[int]]:
    """Return the marks as columns, and which of the placed codings have any."""
    place = {transcript.name: index for index, transcript in enumerate(transcripts)}
    of = np.array([place.get(stood.transcript, -1) for stood in places.stood], dtype=np.int64)
    start, end = bounds_of(places.start, places.end)
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
    fresh = np.diff(laid[:, 0], prepend=-1) > 0
    codings = laid[fresh, 0].tolist()
    of_coding = np.array([code_index[places.code[index]] for index in codings], dtype=np.int64)
    coding = np.cumsum(fresh) - 1
    columns = {name: laid[:, column] for column, name in enumerate(("turn", "start", "end", "from", "to"), start=1)}
    columns |= {"coding": coding, "code": of_coding[coding]}
    return {"coding_code": of_coding} | {f"mark_{name}": column for name, column in columns.items()}, codings


def notices_of(study: Study, coder: str | None, left_out: int) -> list[str]:
    """Return what must be said beside every table of a coder's work: what is not coded, and what is left out.

    Parameters
    ----------
    left_out : int
        Codings of that coder that are in no count.
    """
    notices = []
    every, coded = len(study.countable()), len(study.coded_transcripts(coder))
    if coded < every:
        notices.append(f"{coded} of {every} transcripts coded{f' by {coder}' if coder else ''}.")
    if left_out:
        noun = "coding needs" if left_out == 1 else "codings need"
        notices.append(
            f"{left_out} {noun} a look and {'is' if left_out == 1 else 'are'} in no count; `lde-qual check` lists them."
        )
    return notices


def covered_turns(placed: PlacedCoding, transcript: Transcript) -> list[tuple[Turn, Span]]:
    """Return the turns a coding lies in, the interviewer's too, with the speech it covers of each."""
    return [(turn, turn.speech & placed.span) for turn in transcript.turns_of(placed.span)]
