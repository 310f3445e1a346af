"""Finding words in a whole study, fast enough to ask on each key: the index is kept until a text changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from lde_qual.analysis.concordance import Line, lines
from lde_qual.analysis.counting import Ints
from lde_qual.analysis.quotes import check_role
from lde_qual.analysis.talk import LemmaOf, Talk, talk_of
from lde_qual.api.spoken import Progress, Spoken, spoken
from lde_qual.api.study import OpenStudy
from lde_qual.errors import UsageError
from lde_qual.language.pipeline import Pipeline, lemmas_of_words
from lde_qual.model.study import Study
from lde_qual.store.study_store import StudyStore

WIDTH = 10
"""Words of context on each side."""


@dataclass(frozen=True)
class Index:
    """All words of a study, the interviewer's too.

    Attributes
    ----------
    talk : Talk
    respondent : array of bool, shape (words,)
        Whether a respondent says it.
    """

    said: Spoken
    talk: Talk
    respondent: npt.NDArray[np.bool_]

    @property
    def lemma_of(self) -> LemmaOf:
        """The lemma of a typed word."""
        return lambda word: _lemma_of(self.said.pipeline, word)


@dataclass(frozen=True)
class Found:
    """Where a term stands.

    Attributes
    ----------
    places : array of int
        Of the first word of each match, in the index.
    words : int
        How many words a match has.
    respondents : int
        How many of those who speak there differ; the interviewer is none.
    lines : list of Line
        As many as were asked for, in order of transcript and place.
    """

    places: Ints
    words: int
    respondents: int
    lines: list[Line]

    @property
    def total(self) -> int:
        """How often it stands."""
        return len(self.places)


_INDICES: WeakKeyDictionary[StudyStore, Index] = WeakKeyDictionary()


def index_of(study: OpenStudy, *, progress: Progress | None = None) -> Index:
    """Return the index of a study's words; made anew only where a text or the pipeline changed."""
    said = spoken(study, progress=progress)
    known = _INDICES.get(study.store)
    if known is not None and known.said is said:
        return known
    transcripts = study.model.countable()
    turns = [(transcript, turn) for transcript in transcripts for turn in transcript.turns]
    talk = talk_of(turns, [speech for transcript in transcripts for speech in said.lemmas[transcript.name]])
    speaks = np.array([not turn.interviewer for _, turn in turns], dtype=bool)
    _INDICES[study.store] = Index(said, talk, speaks[talk.turn] if len(talk.turn) else np.zeros(0, dtype=bool))
    return _INDICES[study.store]


def find_words(
    study: OpenStudy,
    term: str,
    *,
    exact: bool = False,
    with_interviewer: bool = False,
    role: str | None = None,
    transcript: str | None = None,
    within: npt.NDArray[np.bool_] | None = None,
    width: int = WIDTH,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Found:
    """Find a term in everything that is said.

    Parameters
    ----------
    term : str
        See `analysis.talk.Talk.find`.
    exact : bool
        Only the forms as they are typed; else every form of the lemma.
    with_interviewer : bool
        Also what the interviewer says.
    role, transcript : str, optional
        Only what somebody of this role says, and in this transcript.
    within : array of bool, shape (words,), optional
        Only where the first word is one of these words of the index.
    width : int
        Words of context on each side.
    limit : int, optional
        Lines at most; all matches are counted anyhow.

    Raises
    ------
    UsageError
        For a term without a word, a width under 0, or a role that nobody has.
    UnknownError
        For a transcript that is not there.
    """
    if width < 0:
        raise UsageError(f"--width cannot be {width}.", way_out="Give 0 or more.")
    check_role(study.model, role, with_interviewer=with_interviewer)
    index = index_of(study, progress=progress)
    places, length = index.talk.find(term, lemma_of=None if exact else index.lemma_of)
    if not with_interviewer:
        places = places[index.respondent[places]]
    if within is not None:
        places = places[within[places]]
    places = places[_turns_of(study.model, index.talk, role, transcript)[index.talk.turn[places]]]
    who = {index.talk.turns[at][1].respondent for at in np.unique(index.talk.turn[places[index.respondent[places]]])}
    return Found(places, length, len(who), lines(index.talk, places[:limit], length, width=width))


def _turns_of(study: Study, talk: Talk, role: str | None, transcript: str | None) -> npt.NDArray[np.bool_]:
    """Return which turns somebody of a role says in a transcript; None is any."""
    if role is None and transcript is None:
        return np.ones(len(talk.turns), dtype=bool)
    name = None if transcript is None else study.transcript(transcript).name
    said = (
        name in {None, here.name}
        and (role is None or study.attribute("role", respondent=turn.respondent, transcript=here) == role)
        for here, turn in talk.turns
    )
    return np.fromiter(said, dtype=bool, count=len(talk.turns))


@lru_cache(maxsize=10_000)
def _lemma_of(pipeline: Pipeline, word: str) -> str:
    return lemmas_of_words(pipeline, [word])[0]
