"""Words: how often they are said and by whom, in what context, and beside which others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from lde_qual.analysis.collocations import collocations as count_near
from lde_qual.analysis.concordance import concordance
from lde_qual.analysis.facts import Facts, lay_out
from lde_qual.analysis.rows import choose_rows
from lde_qual.analysis.talk import talk_of
from lde_qual.analysis.words import FEWEST
from lde_qual.analysis.words import words as count_words
from lde_qual.api.inputs import Names, at_least, one_of
from lde_qual.api.searching import WIDTH, find_words, index_of
from lde_qual.api.spoken import Progress, spoken
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.api.views import facts_of
from lde_qual.language.stop_words import stop_words

Chosen = npt.NDArray[np.bool_]
NEAR = 5
"""Words on each side that collocates are looked for in."""


def words(  # noqa: PLR0913 - every option of the command is a keyword of the same name
    study: OpenStudy,
    *,
    by: str | None = None,
    code: Names = None,
    with_stop_words: bool = False,
    sort: str = "n",
    top: int | None = None,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Count the lemmas that respondents say, and how typical each is of a group or of a code.

    Parameters
    ----------
    by : str, optional
        An attribute, such as ``role``: each group is compared with all others together.
    code, codes, level
        Only words that codings of these codes, or of codes below them, cover; without
        `by` they are compared with all other words. `code` and `codes` mean the same.
    with_stop_words : bool
        Also list words of the stop list; they are in N anyhow.
    sort : str
        ``n`` or ``keyness``.
    top : int, optional
        At most so many lemmas.

    Returns
    -------
    DataFrame
        See `analysis.words.words`.

    Raises
    ------
    LdeQualError
        For an option that does not fit, and a pipeline that cannot be loaded.
    """
    language(study, lang)
    wanted = one_of(code, codes)
    needs = wanted is not None or level is not None or coded_only
    facts = _facts(study, coder=coder, needs=needs, with_interviewer=with_interviewer, coded_only=coded_only)
    stop = stop_words(study.model.codebook.stop_words)
    within, notices = _covered(facts, wanted, level)
    said = spoken(study, progress=progress)
    frame = count_words(
        facts,
        talk_of(facts.turns, said.of(facts.turns)),
        pipeline=said.pipeline.name,
        by=by,
        within=within,
        stop=frozenset() if with_stop_words else stop,
        order=sort,
        top=top,
    )
    frame.attrs["notices"] += [*notices, said.pipeline.notice]
    return frame


def kwic(  # noqa: PLR0913 - every option of the command is a keyword of the same name
    study: OpenStudy,
    term: str,
    *,
    code: Names = None,
    role: str | None = None,
    transcript: str | None = None,
    exact: bool = False,
    width: int = WIDTH,
    sort: str = "transcript",
    top: int | None = None,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """List where a word stands, with what is said around it.

    Parameters
    ----------
    term : str
        A word, met by its lemma and by its form; several in a row; ``*`` after one for
        any ending.
    code, codes, level
        Only where the match begins in a coding of these codes, or of codes below them.
    role, transcript : str, optional
        Only what somebody of this role says, and in this transcript.
    exact : bool
        Only the forms as they are typed.
    width : int
        Words of context on each side, of the same turn.
    sort : str
        ``transcript``, ``left`` or ``right``.
    top : int, optional
        At most so many lines, after sorting.

    Returns
    -------
    DataFrame
        ``transcript, turn, respondent, left, match, right, start, end, pipeline``; start
        and end in code points.

    Raises
    ------
    LdeQualError
        As `words`, and for a term without a word.
    """
    language(study, lang)
    wanted = one_of(code, codes)
    needs = wanted is not None or level is not None or coded_only
    facts = _facts(study, coder=coder, needs=needs, with_interviewer=True)
    within, notices = _covered(facts, wanted, level)
    index = index_of(study, progress=progress)
    if coded_only:
        coded = set(study.model.coded_transcripts(facts.coder))
        there = np.array([transcript.name in coded for transcript, _ in facts.turns], dtype=bool)
        within = there[index.talk.turn] & (True if within is None else within)
    found = find_words(
        study,
        term,
        exact=exact,
        with_interviewer=with_interviewer,
        role=role,
        transcript=transcript,
        within=within,
        width=width,
    )
    at_least(top=(top, 1))
    frame = concordance(found.lines, order=sort)[:top]
    frame["pipeline"] = index.said.pipeline.name
    who = f"{found.respondents} respondent{'' if found.respondents == 1 else 's'}"
    counted = f"{found.total} time{'' if found.total == 1 else 's'}, said by {who}."
    frame.attrs["headings"] = {"right": "right of match"}
    frame.attrs["notices"] = [*facts.notices, *notices, counted, index.said.pipeline.notice]
    frame.attrs.update(unit="words", coder=facts.coder)
    return frame


def collocations(
    study: OpenStudy,
    term: str,
    *,
    within: int = NEAR,
    exact: bool = False,
    with_stop_words: bool = False,
    top: int | None = None,
    coder: str | None = None,
    lang: str | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """List the lemmas that stand near a word more often than elsewhere.

    Parameters
    ----------
    term, exact
        As for `kwic`.
    within : int
        Words of the same turn on each side that count as near.

    Returns
    -------
    DataFrame
        See `analysis.collocations.collocations`.

    Raises
    ------
    LdeQualError
        As `kwic`.
    """
    language(study, lang)
    at_least(top=(top, 1))
    facts = _facts(study, coder=coder, needs=coded_only, with_interviewer=with_interviewer, coded_only=coded_only)
    stop = stop_words(study.model.codebook.stop_words)
    index = index_of(study, progress=progress)
    said = index.said
    talk = talk_of(facts.turns, said.of(facts.turns))
    places, length = talk.find(term, lemma_of=None if exact else index.lemma_of)
    frame = count_near(
        facts,
        talk,
        places,
        length,
        pipeline=said.pipeline.name,
        within=within,
        stop=frozenset() if with_stop_words else stop,
    )[:top]
    counted = f"'{term}' is said {len(places)} time{'' if len(places) == 1 else 's'}"
    listed_are = f"listed are lemmas that {FEWEST} respondents or more use within {within} words of it"
    frame.attrs["notices"] += [f"{counted}; {listed_are}.", said.pipeline.notice]
    return frame


def _facts(
    study: OpenStudy, *, coder: str | None, needs: bool, with_interviewer: bool, coded_only: bool = False
) -> Facts:
    """Lay a study out; words that no coding chooses need no coder, and nothing said of what is coded."""
    if needs or coder:
        return facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    return replace(lay_out(study.model, None, with_interviewer=with_interviewer), notices=study.notices)


def _covered(facts: Facts, codes: Names, level: int | None) -> tuple[Chosen | None, list[str]]:
    """Return which words of the facts the codings of some codes cover; None where no codes are named."""
    if codes is None and level is None:
        return None, []
    rows = choose_rows(facts, codes=listed(codes), level=level)
    marks = np.unique(rows.mark)
    change = np.zeros(int(facts.turn_words.sum()) + 1, dtype=np.int64)
    np.add.at(change, facts.mark_from[marks], 1)
    np.add.at(change, facts.mark_to[marks], -1)
    return np.cumsum(change[:-1]) > 0, rows.notices
