"""Agreement between coders, per code and pooled: the decisions that each made on every unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from lde_qual.analysis.agreement_measures import (
    Floats,
    cohen_kappa,
    coincidences,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    observed,
    percentile_interval,
    positive_agreement,
    ratio,
    table_of_two,
)
from lde_qual.analysis.agreement_unitising import sections, unitising_alpha
from lde_qual.analysis.agreement_units import UNITS, Units, lay_units
from lde_qual.analysis.agreement_work import Passages, Work, passages, work_of
from lde_qual.analysis.counting import Ints, distinct, union_lengths, unique
from lde_qual.analysis.rows import above_cut, chosen_codes, falls_to
from lde_qual.errors import RefusedError, UsageError
from lde_qual.model.study import Study
from lde_qual.model.transcript import Transcript

MIN_CODINGS = 5
"""Codings of a code that each coder must have made before a measure of that code says anything."""

MIN_BLOCKS = 8
"""Transcripts from which an interval is given."""

RESAMPLES = 2000
_MEASURES = ("agreement", "kappa", "alpha", "low", "high", "positive_agreement", "ac1", "alpha_u")
COLUMNS = (
    *("code", "unit", "n", "prevalence", "agreement", "kappa", "alpha", "low", "high"),
    *("positive_agreement", "ac1", "codings", "coders", "transcripts", "alpha_u"),
)


@dataclass(frozen=True)
class Tally:
    """What the coders decided, summed over the units of each block.

    Attributes
    ----------
    units : array of int, shape (blocks,)
    carried : array of int, shape (coders, codes, blocks)
        Units that carry the code, by coder.
    together : array of int, shape (pairs, codes, blocks)
        Units that carry it by both of two coders, pairs in the order of `combinations`.
    codings : array of int, shape (coders, codes)
        Codings that cover at least one unit.
    codings_at_all : array of int, shape (coders,)
        The same, at any of the codes.
    """

    units: Ints
    carried: Ints
    together: Ints
    codings: Ints
    codings_at_all: Ints


def compared(study: Study, coded: Sequence[Collection[str]]) -> list[Transcript]:
    """Return the transcripts that all coders coded; `coded` has those of each by name.

    Raises
    ------
    RefusedError
        Where the study's approach knows no agreement.
    """
    if study.codebook.approach == "reflexief":
        raise RefusedError(
            "This study's approach is 'reflexief': there codes are readings, and a number for how far two readings"
            " coincide says nothing of their worth.",
            way_out="`lde-qual codings --coder all` puts the readings side by side; where codes are to be applied"
            " alike, set `approach: codeboek` in codebook.yaml.",
        )
    return [transcript for transcript in study.countable() if all(transcript.name in names for names in coded)]


def agreement(
    study: Study,
    coders: Sequence[str],
    *,
    works: Sequence[Work] | None = None,
    unit: str = "character",
    aggregate: bool = True,
    codes: Sequence[str] | None = None,
    level: int | None = None,
    suggested: bool = False,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Measure how far two or more coders agree on which units carry which code.

    Parameters
    ----------
    coders : sequence of str
        Two or more; units are those of the transcripts that all of them coded.
    unit : str
        ``character``, ``sentence``, ``turn`` or ``respondent``, of respondents' speech.
        One is carried where a coding covers a character of it that is no white space.
    aggregate, codes, level
        See `rows.choose_rows`.
    works : sequence of Work, optional
        What each of them coded, where that is known already; the study then need not have
        their journals.
    suggested : bool
        Measure on what suggestions touched alone, which is left out otherwise.
    rng : numpy.random.Generator
        Draws the transcripts of the intervals.

    Returns
    -------
    DataFrame
        `COLUMNS`, a row for each code and last ``total``, pooled over the decisions on
        all units at all codes of the table. ``prevalence``: share of units carried, mean
        over coders. ``agreement``: share of units on which two coders say the same, mean
        over pairs. ``kappa``: Cohen's for two, Fleiss' for more. ``alpha``:
        Krippendorff's, nominal; ``low`` and ``high`` its 95 % percentile interval over
        resampled transcripts, from eight of them on. ``alpha_u``: Krippendorff's for
        unitising, by character only. ``codings`` and ``coders`` are
        joined by ``;`` in one order. NaN where a denominator is 0, and for all measures
        of a code with fewer than five codings by one of them.

    Raises
    ------
    UsageError
        For another unit, or codes and level together.
    RefusedError
        Under ``approach: reflexief``.
    """
    if unit not in UNITS:
        raise UsageError(f"'{unit}' is no unit of agreement.", way_out=f"Use one of {', '.join(UNITS)}.")
    works = works or [work_of(study, coder) for coder in coders]
    transcripts = compared(study, [work.coded for work in works])
    everyone = [passages(work, transcripts) for work in works]
    units = lay_units(transcripts, unit, everyone, suggested=suggested)
    chosen = chosen_codes(study.codebook, codes=codes, level=level)
    falls = [falls_to(study.codebook, chosen, coded.code, aggregate=aggregate) for coded in everyone]
    tally = count_decisions(units, everyone, falls, codes=len(chosen))
    frame = _table(tally, _unitising(units, everyone, falls, codes=len(chosen)), rng)
    frame.insert(0, "code", [*chosen, "total"])
    frame.insert(1, "unit", unit)
    frame["coders"] = ";".join(coders)
    frame["transcripts"] = len(transcripts)
    ids = study.codebook.ids()
    above = above_cut(study.codebook, level, (ids[code] for coded in everyone for code in coded.code))
    notices = [
        *compared_notices(study, everyone, transcripts),
        *_left_out(units, everyone, suggested=suggested),
        *above,
    ]
    frame = frame[list(COLUMNS)]
    frame.attrs = {"unit": unit, "coder": ";".join(coders), "notices": notices}
    return frame


def count_decisions(
    units: Units, everyone: Sequence[Passages], falls: Sequence[tuple[Ints, Ints]], *, codes: int
) -> Tally:
    """Count, per code and block, the units that each coder and each two coders mark.

    Parameters
    ----------
    falls : sequence of (array of int, array of int)
        For each coder the rows of the table and the codings that fall to them.

    Notes
    -----
    A coder's own overlapping codings are one: lengths are of unions. What two have in
    common is what each has less what they have together, |A| + |B| - |A or B|.
    """
    blocks = len(units.per_block)
    marks, codings, at_all = [], [], []
    for coded, (row, coding) in zip(everyone, falls, strict=True):
        which, block, first, after = units.covered(coded.start[coding], coded.end[coding])
        marks.append((row[which] * blocks + block, first, after))
        codings.append(distinct(row[which], coding[which], cells=codes))
        at_all.append(len(unique(coding[which])))
    shape = (codes, blocks)
    carried = [union_lengths(*mark, cells=codes * blocks).reshape(shape) for mark in marks]
    together = []
    for one, other in combinations(range(len(marks)), 2):
        cell, first, after = (np.concatenate(pair) for pair in zip(marks[one], marks[other], strict=True))
        either = union_lengths(cell, first, after, cells=codes * blocks).reshape(shape)
        together.append(carried[one] + carried[other] - either)
    return Tally(units.per_block, np.stack(carried), np.stack(together), np.stack(codings), np.array(at_all))


def _unitising(units: Units, everyone: Sequence[Passages], falls: Sequence[tuple[Ints, Ints]], *, codes: int) -> Floats:
    """Return the alpha for unitising per code and in all; NaN where units are no characters: they bound nothing."""
    if units.kind != "character":
        return np.full(codes + 1, np.nan)
    marked = []
    for coded, (row, coding) in zip(everyone, falls, strict=True):
        which, _, first, after = units.covered(coded.start[coding], coded.end[coding])
        marked.append(sections(row[which], first, after))
    return unitising_alpha(marked, length=int(units.per_block.sum()), codes=codes)


def _table(tally: Tally, alpha_u: Floats, rng: np.random.Generator) -> pd.DataFrame:
    """Return the measures of every code and of all decisions together, last."""
    coders, codes = tally.codings.shape
    per_code = tally.units.sum()
    units = np.append(np.full(codes, per_code), per_code * codes)
    carried, together = (_with_total(counts.sum(axis=-1)) for counts in (tally.carried, tally.together))
    matrix = coincidences(units, carried.sum(axis=0), together.sum(axis=0), coders=coders)
    if coders == 2:
        kappa = cohen_kappa(table_of_two(units, carried[0], carried[1], together[0]))
    else:
        kappa = fleiss_kappa(matrix)
    low, high = _interval(tally, rng)
    frame = pd.DataFrame(
        {
            "n": units,
            "prevalence": ratio(carried.sum(axis=0), units * coders),
            "agreement": observed(matrix),
            "kappa": kappa,
            "alpha": krippendorff_alpha(matrix),
            "low": low,
            "high": high,
            "positive_agreement": positive_agreement(matrix),
            "ac1": gwet_ac1(matrix),
            "alpha_u": alpha_u,
        }
    )
    rare = np.append((tally.codings < MIN_CODINGS).any(axis=0), [False])
    frame.loc[rare, list(_MEASURES)] = np.nan
    frame["codings"] = [";".join(map(str, column)) for column in [*tally.codings.T, tally.codings_at_all]]
    return frame


def _with_total(counts: Ints) -> Ints:
    """Return counts by coder (or pair) and code with their sum over codes as one more column."""
    return np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)


def _interval(tally: Tally, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the interval of alpha per code, and of the total, over resampled blocks that hold units."""
    coders, codes = tally.codings.shape
    held = np.flatnonzero(tally.units)
    if len(held) < MIN_BLOCKS:
        nothing = np.full(codes + 1, np.nan)
        return nothing, nothing.copy()
    drawn = rng.multinomial(len(held), np.full(len(held), 1 / len(held)), size=RESAMPLES).astype(np.float64)
    units = drawn @ tally.units[held]
    carried, together = (counts.sum(axis=0)[:, held] @ drawn.T for counts in (tally.carried, tally.together))
    samples = [
        krippendorff_alpha(coincidences(units, carried, together, coders=coders)),
        krippendorff_alpha(
            coincidences(units * codes, carried.sum(axis=0), together.sum(axis=0), coders=coders)[None]
        ).reshape(1, -1),
    ]
    return percentile_interval(np.concatenate(samples))


def compared_notices(study: Study, everyone: Sequence[Passages], transcripts: Sequence[Transcript]) -> list[str]:
    """Return what must stand beside a comparison: over which transcripts, and what is in no count."""
    names = ", ".join(coded.coder for coded in everyone)
    said = f"{len(transcripts)} of {len(study.countable())} transcripts coded by all of {names}."
    if not transcripts:
        said += " Each coder's coded transcripts are those marked with `lde-qual done`, else those with a coding."
    return [
        said,
        *(
            f"Codings of {coded.coder} that need a look: {coded.in_no_count}; they are in no count, and"
            " `lde-qual check` lists them."
            for coded in everyone
            if coded.in_no_count
        ),
    ]


def _left_out(units: Units, everyone: Sequence[Passages], *, suggested: bool) -> list[str]:
    influenced = sum(int(coded.suggested.sum()) for coded in everyone)
    if suggested:
        kept = int(units.per_block.sum())
        return [f"Only what codings from suggestions touch: {influenced} codings, {kept} units ({units.kind})."]
    if not influenced:
        return []
    every = int(units.per_block.sum()) + units.left_out
    said = f"Codings made from a suggestion, or while suggestions could be seen: {influenced}."
    shown = f"{units.left_out} of {every} units ({units.kind}); --suggested shows them apart."
    return [f"{said} What they touch is left out: {shown}"]
