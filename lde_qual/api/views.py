"""The views: what a study comes to, as DataFrames that carry their unit and their N.

Every view takes the same options: `coder` (whose codings; the main coder by
default, never a silent pool), `codes` and `level` (which rows), `with_interviewer`,
`coded_only`, and `lang`, which serves where a table is printed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from lde_qual.analysis.codings import codings as table_of_codings
from lde_qual.analysis.columns import Columns, columns_of
from lde_qual.analysis.cooccurrence import cooccurrence as count_together
from lde_qual.analysis.facts import Facts, lay_out, notices_of
from lde_qual.analysis.frequency import frequency as count_frequency
from lde_qual.analysis.group_tests import compare
from lde_qual.analysis.matrix import matrix as count_matrix
from lde_qual.analysis.overview import overview as table_of_factors
from lde_qual.analysis.pair_passages import pair_differences, pair_passages
from lde_qual.analysis.pair_tests import pair_tests
from lde_qual.analysis.quote_balance import balance as balance_of
from lde_qual.analysis.quotes import quotes as table_of_quotes
from lde_qual.analysis.wide import MEASURES, spread
from lde_qual.api.inputs import Names, at_least, go_with, one_of
from lde_qual.api.study import ALL_CODERS, OpenStudy, language, listed
from lde_qual.errors import UsageError


def facts_of(
    study: OpenStudy, *, coder: str | None = None, with_interviewer: bool = False, coded_only: bool = False
) -> Facts:
    """Lay a study out as one coder coded it (see `analysis.facts.lay_out`).

    Raises
    ------
    UsageError
        Where everyone's codings are asked for: they are never pooled.
    """
    counting = _counted(study, coder)
    facts = lay_out(study.model, counting, with_interviewer=with_interviewer, coded_only=coded_only)
    return replace(facts, notices=[*study.notices, *facts.notices])


def columns_of_coder(
    study: OpenStudy, *, coder: str | None = None, with_interviewer: bool = False, coded_only: bool = False
) -> Columns:
    """Return the columns of `facts_of`: as they were kept where the study did not change since, else laid out now."""
    name = name_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    kept = study.recall(name)
    if kept is not None:
        return columns_of(kept, study.codebook)
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    study.remember({name: facts.to_bytes()})
    return facts


def name_of(study: OpenStudy, *, coder: str | None, with_interviewer: bool, coded_only: bool) -> str:
    """Return the name under which the columns of these options are kept."""
    return f"{_counted(study, coder) or '_'}.{with_interviewer:d}{coded_only:d}"


def _counted(study: OpenStudy, coder: str | None) -> str | None:
    if coder == ALL_CODERS and ALL_CODERS not in study.coders:
        raise UsageError(
            f"'{ALL_CODERS}' is no coder: a table counts the codings of one.",
            way_out=f"Give --coder NAME; `lde-qual codings --coder {ALL_CODERS}` lists everyone's.",
        )
    return study.counting_coder(coder)


def codings(
    study: OpenStudy,
    *,
    per: str = "coding",
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Return the tidy table: one row a coding, or ``per="turn"`` one for each turn it counts in.

    ``coder="all"`` lists everyone's. See `analysis.codings.codings` for the columns.
    """
    language(study, lang)
    model = study.model
    everyone = coder == ALL_CODERS
    counting = None if everyone else model.counting_coder(coder)
    coders = list(model.states) if everyone else [counting] if counting else []
    only = {name for each in coders for name in model.coded_transcripts(each)} if coded_only else None
    frame = table_of_codings(
        model,
        coders,
        per=per,
        codes=listed(codes),
        level=level,
        with_interviewer=with_interviewer,
        only=sorted(only) if only is not None else None,
    )
    of_coder = [] if everyone else notices_of(model, counting, model.places(counting).in_no_count)
    frame.attrs["notices"] = [*study.notices, *of_coder, *frame.attrs["notices"]]
    return frame


def frequency(  # noqa: PLR0913 - every option of the command is a keyword of the same name
    study: OpenStudy,
    *,
    by: Names = None,
    unit: str = "respondents",
    aggregate: bool = True,
    test: str | None = None,
    correction: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Count each code per group of one or two attributes or dimensions.

    With `test` (``fisher`` or ``permutation``) the table says instead whether the groups
    differ; `correction` is ``holm`` unless given, `draws` 9999 and `seed` 1. See
    `analysis.frequency.frequency` for units, N and columns, `analysis.group_tests.compare`
    for the tests.
    """
    language(study, lang)
    go_with("--test", {"correction": correction}, given=test is not None)
    go_with("--test permutation", {"draws": draws, "seed": seed}, given=test == "permutation")
    at_least(draws=(draws, 99), seed=(seed, 0))
    columns = columns_of_coder(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    if test is not None:
        return compare(
            columns,
            by=listed(by) or (),
            test=test,
            unit=unit,
            correction=correction or "holm",
            draws=draws or 9999,
            rng=np.random.default_rng(1 if seed is None else seed),
            aggregate=aggregate,
            codes=listed(codes),
            level=level,
        )
    return count_frequency(
        columns, by=listed(by) or (), unit=unit, aggregate=aggregate, codes=listed(codes), level=level
    )


def matrix(
    study: OpenStudy,
    *,
    rows: Names = "code",
    cols: Names = "role",
    unit: str = "respondents",
    normalise: str = "none",
    wide: bool = False,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Count units for every pair of a row and a column (see `analysis.matrix.matrix`).

    With `wide` a row of the table is a row of the matrix, and a cell its ``value``.
    """
    language(study, lang)
    columns = columns_of_coder(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    sides = listed(rows) or [], listed(cols) or []
    counted = count_matrix(
        columns, rows=sides[0], cols=sides[1], unit=unit, normalise=normalise, codes=listed(codes), level=level
    )
    return spread(counted, rows=sides[0], cols=sides[1], value="value") if wide else counted


def cooccurrence(  # noqa: PLR0913 - every option of the command is a keyword of the same name
    study: OpenStudy,
    *,
    unit: str = "turn",
    within: int | None = None,
    by: str | None = None,
    aggregate: bool = True,
    test: bool = False,
    correction: str | None = None,
    difference: bool = False,
    passages: Names = None,
    wide: str | None = None,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Count the units that carry both codes, for every ordered pair.

    `within` (1 by default) goes with ``unit="near"`` alone. See
    `analysis.cooccurrence.cooccurrence` for the five units. One of three others at a time:
    `test` adds what chance within respondents gives (`analysis.pair_tests.pair_tests`;
    `correction` is ``holm`` unless given), `difference` sets groups of `by` against each other
    and `passages`, two codes, lists what stands behind their cell (`analysis.pair_passages`).
    With `wide`, one of `analysis.wide.MEASURES`, the table is a matrix of codes by codes with
    that measure in its cells.
    """
    language(study, lang)
    pair = listed(passages)
    _refuse(
        unit,
        {"within": within, "correction": correction, "wide": wide, "by": by},
        test=test,
        difference=difference,
        pair=pair,
    )
    whose: dict[str, Any] = {"coder": coder, "with_interviewer": with_interviewer, "coded_only": coded_only}
    rows: dict[str, Any] = {"aggregate": aggregate, "codes": listed(codes), "level": level}
    near = 1 if within is None else within
    if pair is not None:
        if len(pair) != 2 or by is not None or codes is not None or level is not None:
            raise UsageError(
                "--passages takes two codes, and goes with --unit and --aggregate alone.",
                way_out="Give, for example, --passages tijd,gesprek.",
            )
        facts = facts_of(study, **whose)
        return pair_passages(facts, a=pair[0], b=pair[1], unit=unit, within=near, aggregate=aggregate)
    if test:
        return pair_tests(columns_of_coder(study, **whose), by=by, correction=correction or "holm", **rows)
    if difference:
        return pair_differences(columns_of_coder(study, **whose), by=by or "", unit=unit, within=near, **rows)
    pairs = count_together(columns_of_coder(study, **whose), unit=unit, within=near, by=by, **rows)
    if wide is None:
        return pairs
    return spread(pairs, rows=[*([by] if by else []), "a"], cols=["b"], value=wide)


def _refuse(unit: str, options: dict[str, Any], *, test: bool, difference: bool, pair: list[str] | None) -> None:
    """Refuse options of `cooccurrence` that do not go together, and a measure that there is not."""
    within, wide = options["within"], options["wide"]
    if within is not None and unit != "near":
        raise UsageError(f"--within does not go with --unit {unit}.", way_out="It goes with --unit near.")
    go_with("--test", {"correction": options["correction"]}, given=test)
    others = (("test", test), ("difference", difference), ("passages", pair), ("wide", wide is not None))
    asked = [name for name, given in others if given]
    if len(asked) > 1:
        raise UsageError(f"--{' and --'.join(asked)} do not go together.", way_out="Give one of them.")
    if test and unit != "turn":
        raise UsageError(f"--test does not go with --unit {unit}.", way_out="It goes with --unit turn.")
    if difference and options["by"] is None:
        raise UsageError("--difference needs groups.", way_out="Add --by with an attribute, such as role.")
    if wide is not None and wide not in MEASURES:
        raise UsageError(f"'{wide}' is no measure of two codes.", way_out=f"Use one of {', '.join(MEASURES)}.")


def overview(
    study: OpenStudy,
    *,
    public: bool = False,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Return the factors, their direction, who names them and a voice for and against."""
    language(study, lang)
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    return table_of_factors(facts, codes=listed(codes), level=level, public=public, with_interviewer=with_interviewer)


def quotes(  # noqa: PLR0913 - every option of the command is a keyword of the same name
    study: OpenStudy,
    *,
    code: Names = None,
    role: str | None = None,
    per_code: int | None = None,
    public: bool = False,
    against: bool = False,
    context: int | None = None,
    balance: bool = False,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Return quotes with their citation, in the order of the tree (see `analysis.quotes.quotes`).

    `code` and `codes` mean the same; labels that fewer than three respondents share
    are flagged in ``unique_label``. `against` keeps negative cases alone, `context` adds so
    many turns around each quote, and `balance` says instead whose quotes these are.
    """
    language(study, lang)
    wanted = one_of(code, codes)
    at_least(context=(context, 1))
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    options: dict[str, Any] = {
        "codes": listed(wanted),
        "level": level,
        "role": role,
        "public": public,
        "with_interviewer": with_interviewer,
    }
    chosen = table_of_quotes(facts, per_code=per_code, against=against, context=context, **options)
    if not balance:
        return chosen
    found = balance_of(table_of_quotes(facts, **options), chosen, facts=facts)
    found.attrs = chosen.attrs
    return found
