"""Tables that are read on paper: the overview on A4, and the framework matrix."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lde_qual.analysis.framework import framework as table_of_people
from lde_qual.api.inputs import Names
from lde_qual.api.printing import write_bytes
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.api.views import facts_of
from lde_qual.reporting.overview_office import WRITERS
from lde_qual.reporting.overview_sheet import overview_sheet, sheet_heading


def sheet(
    study: OpenStudy,
    *,
    by: str = "role",
    merge: Names = None,
    public: bool = False,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Return the overview as a paper prints it: one row a factor (see `reporting.overview_sheet`).

    Parameters
    ----------
    by : str
        An attribute, such as ``role`` or ``organisation``.
    merge : str or iterable of str, optional
        Groups taken together, such as ``vdab+management``.
    """
    chosen = language(study, lang)
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    return overview_sheet(
        facts, by=by, merge=listed(merge) or (), codes=listed(codes), level=level, public=public, lang=chosen
    )


def written_as(out: str | None, form: str | None) -> str:
    """Return the ending under which `write_sheet` writes to `out`; empty where it is a table like any other."""
    ending = Path(out or "").suffix.lower()
    return ending if form is None and ending in WRITERS else ""


def write_sheet(study: OpenStudy, frame: pd.DataFrame, out: str, *, by: str = "role", lang: str | None = None) -> None:
    """Write what `sheet` returned on A4, lying: as a page, for Word or as a workbook, by the ending of `out`."""
    chosen = language(study, lang)
    write = WRITERS[written_as(out, None)]
    write_bytes(out, write([(sheet_heading(by, chosen), frame)], study.model.codebook, chosen))


def framework(
    study: OpenStudy,
    *,
    cells: str = "memos",
    per_cell: int = 2,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Return respondents by theme, cells with memos or quotes (see `analysis.framework.framework`)."""
    language(study, lang)
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    return table_of_people(
        facts,
        cells=cells,
        per_cell=per_cell,
        codes=listed(codes),
        level=level,
        with_interviewer=with_interviewer,
    )
