"""Every table, figure and document of a study, made anew or checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

import lde_qual
from lde_qual.api.choices import choices_of
from lde_qual.api.inputs import Names, at_least, read_input
from lde_qual.api.results_folder import Difference, compare_results, results_folder, write_results
from lde_qual.api.reviewing import effect
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.api.themes import themes_of
from lde_qual.api.views import facts_of
from lde_qual.errors import LdeQualError
from lde_qual.formats.text import decode
from lde_qual.reporting.build import CHAPTER, PAGE, build
from lde_qual.reporting.chapter import untrue
from lde_qual.reporting.outline import EFFECT

TEXT = "resultaten.md"
"""The results text of a study, in its folder; filled in where it is there."""


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
    text: str | Path | None = None,
    parts: Names = None,
    quotes_per_code: int | None = None,
    passages: bool | None = None,
    public: bool | None = None,
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
    text : str or Path, optional
        A results text in Markdown with placeholders (the study's `TEXT`, where it has
        one), to fill in as ``chapter.md`` and
        ``chapter.docx`` (see `reporting.chapter.filled`).
    parts : str or list of str, optional
        What goes in, in this order (see `outline.PARTS`); everything unless given.
    quotes_per_code : int, optional
        Quotes printed of each code and role at most; 3 unless given.
    passages : bool, optional
        Whether the page shows the passages behind its cells; it does unless given.
    public : bool, optional
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
    FormatError
        Where a placeholder of `text` or a theme cannot be read, with its line.
    WriteError
        Where the disk refused.

    Notes
    -----
    What is not given is what ``report.yaml`` says, where the study has one.
    The same folder and versions give the same bytes: nothing carries the time it was made.
    """
    at_least(quotes_per_code=(quotes_per_code, 1))
    folder = results_folder(study.folder, out)
    asked = choices_of(
        study.store.loaded,
        parts=listed(parts),
        quotes_per_code=quotes_per_code,
        passages=passages,
        public=public,
        coder=coder,
        lang=lang,
    )
    coarser = bool(asked.public)
    facts = facts_of(study, coder=asked.coder)
    chapter = _chapter(study, text, chosen=asked.text)
    files = build(
        facts,
        inputs=study.store.loaded.file_hashes,
        version=lde_qual.__version__,
        lang=language(study, asked.lang),
        public=coarser,
        beside=_beside(study, facts.coder),
        themes=themes_of(study, facts, public=coarser),
        parts=[part.text for part in asked.parts],
        quotes_per_code=asked.quotes_per_code,
        passages=asked.passages is not False,
        chapter=chapter,
        progress=progress,
    )
    if check:
        differences, uncompared = compare_results(folder, files)
        if chapter:
            differences = _sentences(folder, files[CHAPTER].decode("utf-8"), differences)
        return ReportResult(folder, differences=differences, notices=[*facts.notices, *uncompared])
    return ReportResult(folder, write_results(folder, files), notices=list(facts.notices))


def _beside(study: OpenStudy, coder: str | None) -> dict[str, pd.DataFrame]:
    """Return what the assistant adds to a report: nothing, where its suggestions were never seen."""
    state = study.model.state(coder or "")
    seen = any(coding.suggestions_visible or coding.origin == "accepted" for coding in state.codings.values())
    return {EFFECT: effect(study, coder=coder)} if seen or state.shown else {}


def _chapter(study: OpenStudy, text: str | Path | None, *, chosen: str | None) -> tuple[str, str] | None:
    """Return the results text and the name of its file; None where there is none."""
    own = study.folder / (chosen or TEXT)
    if text is None and chosen is None and not own.is_file():
        return None
    path, name = (own, chosen or TEXT) if text is None else (Path(text), str(text))
    try:
        return decode(read_input(path, way_out="Give the path of a results text in Markdown.")).text, name
    except LdeQualError as error:
        raise error.in_file(name) from None


def _sentences(folder: Path, now: str, differences: list[Difference]) -> list[Difference]:
    """Return the differences with, in the place of the chapter's lines, its sentences that are no longer true."""
    found = []
    for each in differences:
        if each.file != CHAPTER or not (folder / CHAPTER).is_file():
            found.append(each)
            continue
        before = (folder / CHAPTER).read_bytes().decode("utf-8", errors="replace")
        found += [
            Difference(CHAPTER, f"no longer true: '{old}' The folder gives: '{new}'")
            for old, new in untrue(before, now)
        ]
    return found
