"""Exploration: which respondents and which codes are alike."""

from __future__ import annotations

from lde_qual.analysis.likeness import Likeness
from lde_qual.analysis.likeness import likeness as compare
from lde_qual.api.inputs import Names
from lde_qual.api.study import OpenStudy, listed
from lde_qual.api.views import facts_of


def likeness(
    study: OpenStudy,
    *,
    of: str = "respondents",
    measure: str = "jaccard",
    coder: str | None = None,
    codes: Names = None,
    level: int | None = None,
    coded_only: bool = False,
) -> Likeness:
    """Compare respondents by the codes they name, or codes by the turns that carry them.

    Parameters
    ----------
    of : str
        ``respondents`` or ``codes``.
    measure : str
        ``jaccard``, ``sorensen`` or ``pearson``; see `analysis.likeness.likeness`.
    coder, codes, level, coded_only
        As for every view.

    Returns
    -------
    Likeness
        Its methods give what there is to see: ``pairs()``, ``clusters(number)`` and
        ``map()``, which returns the map with its stress.

    Raises
    ------
    LdeQualError
        For an option that does not fit.
    """
    facts = facts_of(study, coder=coder, coded_only=coded_only)
    return compare(facts, of=of, measure=measure, codes=listed(codes), level=level)
