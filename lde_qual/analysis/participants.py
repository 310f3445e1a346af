"""Who took part: a row for each respondent, and what each group adds up to."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lde_qual.analysis.columns import Columns
from lde_qual.analysis.counting import distinct
from lde_qual.analysis.facts import Facts
from lde_qual.analysis.frequency import check_unit, count_all, cross, with_attrs
from lde_qual.model.respondent import STANDARD_ATTRIBUTES

GROUP_UNITS = ("respondents", "transcripts", "turns", "words")


def participants(facts: Facts) -> pd.DataFrame:
    """Return a row for each respondent who speaks.

    Returns
    -------
    DataFrame
        ``respondent, role, organisation, function, <further attribute>…, transcripts,
        turns, words, segments``: names of transcripts joined by ``;``, turns and words
        spoken, codings that count for this respondent.
    """
    study = facts.study
    people = len(facts.respondents)
    turns = np.bincount(facts.turn_respondent, minlength=people)
    words = np.bincount(facts.turn_respondent, weights=facts.turn_words, minlength=people).astype(np.int64)
    segments = distinct(facts.turn_respondent[facts.mark_turn], facts.mark_coding, cells=people)
    names = list(dict.fromkeys([*STANDARD_ATTRIBUTES, *study.respondent_attributes()]))
    rows = []
    for index, respondent in enumerate(facts.respondents):
        spoken = np.unique(facts.turn_transcript[facts.turn_respondent == index])
        attributes = study.respondents[respondent].attributes if respondent in study.respondents else {}
        spoke_in = ";".join(facts.transcripts[found].name for found in spoken)
        said = [attributes.get(name) or None for name in names]
        rows.append([respondent, *said, spoke_in, int(turns[index]), int(words[index]), int(segments[index])])
    columns = ["respondent", *names, "transcripts", "turns", "words", "segments"]
    return with_attrs(pd.DataFrame(rows, columns=columns), facts, unit="respondents")


def groups(facts: Columns, *, by: str = "role") -> pd.DataFrame:
    """Return how many respondents, transcripts, turns and words each group has.

    Returns
    -------
    DataFrame
        ``<by>, respondents, transcripts, turns, words``, a row ``total`` last; a
        transcript in which two groups speak counts in both and once in ``total``.
    """
    axis = facts.axis(by)
    parts, whole = cross(facts, [axis]), cross(facts, [])
    frame = pd.DataFrame({by: [*axis.labels, "total"]})
    for unit in GROUP_UNITS:
        frame[unit] = [*count_all(facts, check_unit(unit), parts), *count_all(facts, unit, whole)]
    return with_attrs(frame, facts, unit="respondents")
