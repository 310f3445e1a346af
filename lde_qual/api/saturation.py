"""New codes by interview."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lde_qual.analysis.columns import Columns, columns_of
from lde_qual.analysis.finds import find
from lde_qual.analysis.novelty import Course, course_from, course_of
from lde_qual.analysis.saturation import at_random, in_order, runs
from lde_qual.api.inputs import Names, at_least, go_with
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.api.views import facts_of, name_of
from lde_qual.errors import UsageError


def saturation(  # noqa: PLR0913 - every option of the command is a keyword of the same name
    study: OpenStudy,
    *,
    by: str | None = None,
    order: str = "date",
    aggregate: bool = True,
    draws: int | None = None,
    seed: int | None = None,
    guest: bool = False,
    base: int | None = None,
    run: int | None = None,
    threshold: float | None = None,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = True,
) -> pd.DataFrame:
    """Count the codes that each interview gave first, over the transcripts that were coded.

    Parameters
    ----------
    by : str, optional
        An attribute, such as ``role``.
    order : str
        ``date``, ``coding`` or ``random``.
    draws, seed : int, optional
        With ``order="random"``: how many orders (1000), and of the generator (1).
    guest : bool
        Return base, runs and threshold of Guest, Namey and Chen (2020) instead.
    base, run : int, optional
        With `guest`: interviews at the beginning (4), and in a run after them (2).
    threshold : float, optional
        With `guest`: a fraction (0.05).
    coded_only : bool
        Only True: an interview that nobody coded gives no codes.

    Returns
    -------
    DataFrame
        See `in_order`, `at_random` and `runs` in `analysis.saturation`.

    Raises
    ------
    UsageError
        For options that do not go together, or a date that is missing.
    RefusedError
        Under ``approach: reflexief``.
    """
    language(study, lang)
    if not coded_only:
        raise UsageError("New codes are counted over coded transcripts only.", way_out="Leave coded_only out.")
    go_with("--order random", {"draws": draws, "seed": seed}, given=order == "random")
    go_with("--guest", {"base": base, "run": run, "threshold": threshold}, given=guest)
    at_least(draws=(draws, 1), seed=(seed, 0), base=(base, 1), run=(run, 1))
    if guest and order == "random":
        raise UsageError("--guest does not go with --order random.", way_out="Use --order date or --order coding.")
    if threshold is not None and not 0 <= threshold <= 1:
        raise UsageError(f"--threshold cannot be {threshold:g}.", way_out="Give a fraction, for example 0.05 for 5 %.")
    finds = find(
        *_work(study, coder, with_interviewer=with_interviewer),
        by=by,
        order=order,
        aggregate=aggregate,
        codes=listed(codes),
        level=level,
    )
    if guest:
        return runs(finds, base=base or 4, run=run or 2, threshold=0.05 if threshold is None else threshold)
    if order == "random":
        return at_random(finds, draws=draws or 1000, rng=np.random.default_rng(1 if seed is None else seed))
    return in_order(finds)


def _work(study: OpenStudy, coder: str | None, *, with_interviewer: bool) -> tuple[Columns, Course]:
    """Return a coder's coded transcripts as columns and how they came about, kept where the study did not change."""
    name = name_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=True)
    columns, course = study.recall(name), study.recall(f"{name}.course")
    if columns is not None and course is not None:
        return columns_of(columns, study.codebook), course_from(course)
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=True)
    found = course_of(facts)
    study.remember({name: facts.to_bytes(), f"{name}.course": found.to_bytes()})
    return facts, found
