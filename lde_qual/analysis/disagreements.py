"""What coders have to settle: the stretches that one has at a code and another has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import pandas as pd

from lde_qual.analysis.agreement import compared, compared_notices
from lde_qual.analysis.agreement_units import suggested_spans
from lde_qual.analysis.agreement_work import Passages, passages, text_bases, work_of
from lde_qual.analysis.settling import decision_at, standing
from lde_qual.model.span import Span
from lde_qual.model.study import Study
from lde_qual.model.transcript import Transcript

COLUMNS = ("transcript", "start", "end", "quote", "code", "coders", "suggested", "settled")

Place = tuple[int, int, int]
"""Index of the transcript, of the turn in it, and of the code."""


def disagreements(study: Study, coders: Sequence[str], *, codes: Sequence[str] | None = None) -> pd.DataFrame:
    """List the stretches of respondents' speech that some of the coders have at a code and others have not.

    Parameters
    ----------
    coders : sequence of str
        Two or more; read are the transcripts that all of them coded.
    codes : sequence of str, optional
        Only these codes and what is below them. Each row is about one code itself:
        where one coder chose a code and the other its parent, both stand in the list.

    Returns
    -------
    DataFrame
        `COLUMNS`, what is open first, and the longest of that; a stretch ends with its turn. ``coders`` are
        those who have it, joined by ``;``. ``suggested``: a coding from a suggestion
        lies there, so that no measure of agreement counts it. ``settled``: what these
        coders decided there (see `analysis.settling`), empty where it is open. White space at the ends
        of a stretch is nothing to settle.

    Raises
    ------
    RefusedError
        Under ``approach: reflexief``.
    UnknownError
        For a code that is not in the codebook.
    """
    works = [work_of(study, coder) for coder in coders]
    transcripts = compared(study, [work.coded for work in works])
    everyone = [passages(work, transcripts) for work in works]
    wanted = None if codes is None else {below for code in codes for below in _subtree(study, code)}
    holes = suggested_spans(transcripts, everyone)
    names = study.codebook.ids()
    decisions = standing(study)
    rows = []
    for (where, turn, code), marks in _by_place(transcripts, everyone).items():
        if wanted is not None and names[code] not in wanted:
            continue
        text, speech = transcripts[where].text, transcripts[where].turns[turn].speech
        cut = [speech & hole for hole in holes[where] if hole.overlaps(speech)]
        for stretch, who, suggested in _split(marks, cut, coders=len(coders)):
            span = stretch.stripped(text)
            if len(span):
                having = ";".join(coders[each] for each in sorted(who))
                there = decision_at(decisions, coders, transcript=transcripts[where].name, code=names[code], span=span)
                settled = there.decision if there else ""
                rows.append((where, span, span.of(text), code, having, suggested, settled))
    rows.sort(key=lambda row: (row[6] != "", -len(row[1]), row[0], row[1], row[3]))
    listed = [
        (transcripts[where].name, span.start, span.end, quote, names[code], having, suggested, settled)
        for where, span, quote, code, having, suggested, settled in rows
    ]
    frame = pd.DataFrame(listed, columns=list(COLUMNS))
    notices = compared_notices(study, everyone, transcripts)
    frame.attrs = {"unit": "character", "coder": ";".join(coders), "notices": notices}
    return frame


def _subtree(study: Study, code: str) -> list[str]:
    return study.codebook.subtree(study.codebook.require(code))


def _by_place(
    transcripts: Sequence[Transcript], everyone: Sequence[Passages]
) -> Mapping[Place, list[tuple[Span, int]]]:
    """Return what is coded of each respondent's turn at each code: spans, with the index of the coder."""
    bases = text_bases(transcripts).tolist()
    found: dict[Place, list[tuple[Span, int]]] = {}
    for coder, coded in enumerate(everyone):
        columns = (coded.code, coded.transcript, coded.start, coded.end)
        for code, where, start, end in zip(*(column.tolist() for column in columns), strict=True):
            span = Span(start - bases[where], end - bases[where])
            for turn in transcripts[where].turns_of(span):
                if not turn.interviewer:
                    found.setdefault((where, turn.number - 1, code), []).append((turn.speech & span, coder))
    return found


def _split(
    marks: Sequence[tuple[Span, int]], holes: Sequence[Span], *, coders: int
) -> Iterator[tuple[Span, frozenset[int], bool]]:
    """Yield the longest stretches that the same coders have, and not all, each with who and whether suggested."""
    bounds = sorted({bound for span in [*(span for span, _ in marks), *holes] for bound in (span.start, span.end)})
    pending: tuple[Span, frozenset[int], bool] | None = None
    for start, end in pairwise(bounds):
        here = Span(start, end)
        who = frozenset(coder for span, coder in marks if span.contains(here))
        suggested = any(hole.contains(here) for hole in holes)
        if pending is not None and pending[0].end == start and pending[1:] == (who, suggested):
            pending = (Span(pending[0].start, end), who, suggested)
            continue
        if pending is not None:
            yield pending
        pending = (here, who, suggested) if 0 < len(who) < coders else None
    if pending is not None:
        yield pending
