"""Every table, figure and document of a study, made anew or checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

import lde_qual
from lde_qual.api.results_folder import Difference, compare_results, results_folder, write_results
from lde_qual.api.reviewing import effect
from lde_qual.api.study import OpenStudy, language
from lde_qual.api.views import facts_of
from lde_qual.reporting.build import PAGE, build
from lde_qual.reporting.outline import EFFECT


@dataclass(frozen=True)
class ReportResult:
    """What a report came to.

    Attributes
    ----------
    folder : Path
        The results.
    paths : list of Path
        What was written; empty for a check.
    differences : list of Difference
        For a check: each file that is not what the folder gives, and how.
    notices : list of str
        What must be said beside it, and what could not be compared.
    """

    folder: Path
    paths: list[Path] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def page(self) -> Path:
        """The html page."""
        return self.folder / PAGE


def report(
    study: OpenStudy,
    *,
    out: str | Path = "results",
    check: bool = False,
    public: bool = False,
    coder: str | None = None,
    lang: str | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> ReportResult:
    """Make every table, figure and document, with ``manifest.json``; or check those that are there.

    Parameters
    ----------
    out : str or Path
        The folder of the results; a relative one counts from the study's folder.
    check : bool
        Write nothing, and compare what is there with what the study gives.
    public : bool
        Cite in the coarser form, and leave out the attributes of persons that it does not show.
    coder : str, optional
        Whose codings; the main coder by default.
    lang : str, optional
        ``nl`` or ``en``; the codebook's language by default.
    progress : callable, optional
        Called with what is being made, how many steps are done, and how many there are.

    Returns
    -------
    ReportResult

    Raises
    ------
    UsageError
        Where `out` holds what a study is made from, or no coder can be chosen.
    WriteError
        Where the disk refused.

    Notes
    -----
    The same folder and versions give the same bytes: nothing carries the time it was made.
    """
    chosen = language(study, lang)
    folder = results_folder(study.folder, out)
    facts = facts_of(study, coder=coder)
    files = build(
        facts,
        inputs=study.store.loaded.file_hashes,
        version=lde_qual.__version__,
        lang=chosen,
        public=public,
        beside=_beside(study, facts.coder),
        progress=progress,
    )
    if check:
        differences, uncompared = compare_results(folder, files)
        return ReportResult(folder, differences=differences, notices=[*facts.notices, *uncompared])
    return ReportResult(folder, write_results(folder, files), notices=list(facts.notices))


def _beside(study: OpenStudy, coder: str | None) -> dict[str, pd.DataFrame]:
    """Return what the assistant adds to a report: nothing, where its suggestions were never seen."""
    state = study.model.state(coder or "")
    seen = any(coding.suggestions_visible or coding.origin == "accepted" for coding in state.codings.values())
    return {EFFECT: effect(study, coder=coder)} if seen or state.shown else {}
