"""How far coders agree, and the list of what they have to settle."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lde_qual.analysis.agreement import agreement as measure_agreement
from lde_qual.analysis.agreement_work import Work, work_from, work_of
from lde_qual.analysis.disagreements import disagreements as list_disagreements
from lde_qual.api.inputs import Names
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.errors import UnknownError, UsageError, did_you_mean
from lde_qual.model.study import second_pass, valid_coder


def agreement(
    study: OpenStudy,
    *,
    coders: Names = None,
    unit: str = "character",
    aggregate: bool = True,
    codes: Names = None,
    level: int | None = None,
    lang: str | None = None,
    seed: int = 1,
    disagreements: bool = False,
    suggested: bool = False,
    intracoder: bool = False,
) -> pd.DataFrame:
    """Measure how far two or more coders agree, per code and over all.

    Parameters
    ----------
    coders : str or list of str, optional
        ``"a,b"`` or a list; everyone who coded, unless given.
    unit : str
        ``character``, ``sentence``, ``turn`` or ``respondent``.
    seed : int
        Of the generator that draws the transcripts of the intervals.
    disagreements : bool
        Return the list of `disagreements` instead; unit, level and aggregate do not go
        with it.
    suggested : bool
        Measure on what codings from suggestions touch, which is left out otherwise.
    intracoder : bool
        Compare the two passes of one coder: `coders` names that coder, else the main
        one. A second pass is the journal of ``NAME-herlezing``.

    Returns
    -------
    DataFrame
        See `analysis.agreement.agreement`.

    Raises
    ------
    UsageError
        With fewer than two coders, or options that do not go together.
    UnknownError
        For a coder without a journal.
    RefusedError
        Under ``approach: reflexief``.
    """
    language(study, lang)
    names = two_passes(study, coders) if intracoder else chosen_coders(study, coders)
    if disagreements:
        if suggested or unit != "character" or level is not None or not aggregate:
            raise UsageError(
                "--unit, --level, --no-aggregate and --suggested do not go with --disagreements.",
                way_out="The list is by character, each code by itself; --codes narrows it.",
            )
        return _disagreements(study, names, codes)
    if seed < 0:
        raise UsageError(f"--seed cannot be {seed}.", way_out="Give 0 or a whole number above it.")
    found = measure_agreement(
        study.texts,
        names,
        works=_works(study, names),
        unit=unit,
        aggregate=aggregate,
        suggested=suggested,
        codes=listed(codes),
        level=level,
        rng=np.random.default_rng(seed),
    )
    return _with_notices(study, found)


def disagreements(
    study: OpenStudy, *, coders: Names = None, codes: Names = None, lang: str | None = None
) -> pd.DataFrame:
    """List the stretches that one coder has at a code and another has not, longest first.

    See `analysis.disagreements.disagreements` for the columns, and `agreement` for what
    is refused.
    """
    language(study, lang)
    return _disagreements(study, chosen_coders(study, coders), codes)


def _disagreements(study: OpenStudy, names: list[str], codes: Names) -> pd.DataFrame:
    return _with_notices(study, list_disagreements(study.model, names, codes=listed(codes)))


def _works(study: OpenStudy, names: list[str]) -> list[Work]:
    """Return what each coded, as it was kept where the study did not change."""
    kept = [study.recall(f"{name}.work") for name in names]
    found = [work_from(each) for each in kept if each is not None]
    if len(found) < len(names):
        found = [work_of(study.model, name) for name in names]
        study.remember({f"{work.coder}.work": work.to_bytes() for work in found})
    return found


def _with_notices(study: OpenStudy, frame: pd.DataFrame) -> pd.DataFrame:
    frame.attrs["notices"] = [*study.notices, *frame.attrs["notices"]]
    return frame


def two_passes(study: OpenStudy, coders: Names) -> list[str]:
    """Return a coder and the name of their second pass over the same texts.

    Raises
    ------
    UsageError
        For more than one coder, or where nobody is named and several worked.
    UnknownError
        Where there is no second pass.
    """
    wanted = listed(coders) or []
    if len(wanted) > 1:
        raise UsageError(
            f"--intracoder is about one coder, and here are {', '.join(wanted)}.", way_out="Name one: --coders NAME."
        )
    name = valid_coder(wanted[0]) if wanted else study.counting_coder(None)
    if name is None:
        raise UsageError("Nobody coded in this study.", way_out="Code a transcript twice before comparing.")
    again = second_pass(name)
    for each, way_out in (
        (name, f"Those who have one: {', '.join(study.coders) or 'nobody'}."),
        (again, f"Code the same transcripts anew with --coder {again}, without looking at the first pass."),
    ):
        if each not in study.coders:
            raise UnknownError(f"Coder '{each}' has no journal in this study.", way_out=way_out)
    return [name, again]


def chosen_coders(study: OpenStudy, coders: Names) -> list[str]:
    """Return whom to compare: two or more who have a journal; unless named, all who coded for themselves.

    Raises
    ------
    UsageError
        With fewer than two.
    UnknownError
        For a coder without a journal.
    """
    wanted = listed(coders)
    if wanted is None:
        wanted = study.at_work
    names = list(dict.fromkeys(valid_coder(name) for name in wanted))
    for name in names:
        if name not in study.coders:
            known = ", ".join(study.coders) or "nobody"
            raise UnknownError(
                f"Coder '{name}' has no journal in this study.",
                way_out=did_you_mean(name, study.coders, otherwise=f"Those who have one: {known}."),
            )
    if len(names) < 2:
        raise UsageError(
            f"Agreement is between two coders or more; here {', '.join(names) or 'nobody'} would stand alone.",
            way_out="Name them: --coders A,B. A second coder codes with --coder NAME, or their journal is copied into"
            " codings/.",
        )
    return names
