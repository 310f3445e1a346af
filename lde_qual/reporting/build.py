"""The whole report as files in memory: the same study and versions give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath

import pandas as pd

from lde_qual.analysis.facts import Facts
from lde_qual.analysis.themes import FoundTheme
from lde_qual.reporting.chapter import chapter_document, filled
from lde_qual.reporting.contents import gather, table_names
from lde_qual.reporting.drawings import draw
from lde_qual.reporting.html import html_page
from lde_qual.reporting.latex import latex_files
from lde_qual.reporting.manifest import NAME, Manifest, digest, versions
from lde_qual.reporting.markdown import markdown_files
from lde_qual.reporting.outline import figures, tables
from lde_qual.reporting.overview_office import sheet_files
from lde_qual.reporting.page import Page
from lde_qual.reporting.tabular import to_csv
from lde_qual.reporting.word_document import word_document
from lde_qual.reporting.xlsx import workbook

Progress = Callable[[str, int, int], None]
PAGE = "report.html"
WORKBOOK = "tables.xlsx"
DOCUMENT = "report.docx"
CHAPTER = "chapter.md"
_DOCUMENTS = (PAGE, "*.md", "*.tex", DOCUMENT, WORKBOOK)


class _Steps:
    """Tells how far the work has come; the number of figures is known only when the tables are there."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress = progress
        self.total = total
        self.done = 0

    def __call__(self, name: str) -> None:
        if self.progress is not None:
            self.progress(name, self.done, self.total)
        self.done += 1


def build(
    facts: Facts,
    *,
    inputs: Mapping[str, str],
    version: str,
    lang: str,
    public: bool = False,
    beside: Mapping[str, pd.DataFrame] | None = None,
    chapter: tuple[str, str] | None = None,
    themes: Sequence[FoundTheme] = (),
    parts: Sequence[str] = (),
    quotes_per_code: int | None = None,
    passages: bool = True,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """Return every file of the report, the manifest last.

    Parameters
    ----------
    inputs : mapping of str to str
        SHA-256 of the files of the study, by name; they stand in the manifest.
    version : str
        Of this package.
    lang : str
        ``nl`` or ``en``.
    public : bool
        Cite in the coarser form.
    beside : mapping of str to DataFrame, optional
        Result tables that are not counted from codings alone (see `contents.gather`).
    chapter : (str, str), optional
        A results text with placeholders (see `chapter.filled`) and the name of its file.
    themes : sequence of FoundTheme
        What the claims of the study rest on; a section of the page and the document each.
    parts, quotes_per_code, passages
        What was chosen of what goes in (see `contents.gather`).
    progress : callable, optional
        Called with what is being made, how many steps are done, and how many there are.

    Returns
    -------
    dict of str to bytes
        By name relative to the results, parts joined by ``/``.
    """
    made_of_tables = len(table_names(facts.study.codebook.first_dimension))
    # First, so that a placeholder that cannot be read is said at once.
    written = filled(facts, chapter[0], lang=lang, file=chapter[1], public=public) if chapter else ""
    steps = _Steps(progress, made_of_tables + len(_DOCUMENTS) + 3)
    contents = gather(
        facts, public=public, step=steps, beside=beside, themes=themes, parts=parts,
        quotes_per_code=quotes_per_code, passages=passages,
    )  # fmt: skip
    page = Page(contents, lang=lang)
    drawn = figures(contents, lang=lang)
    steps.total = made_of_tables + len(drawn) + len(_DOCUMENTS)
    files = {entry.files[0]: to_csv(contents.tables[entry.id]).encode("utf-8") for entry in tables(contents, lang=lang)}
    for entry in drawn:
        steps(entry.id)
        files |= draw(page, entry)
    steps(PAGE)
    files[PAGE] = html_page(page, files, version=version).encode("utf-8")
    steps("*.md")
    files |= {name: text.encode("utf-8") for name, text in markdown_files(page).items()}
    files |= sheet_files(facts, public=public, lang=lang) if contents.shows("overview") else {}
    steps("*.tex")
    files |= {name: text.encode("utf-8") for name, text in latex_files(page).items()}
    steps(DOCUMENT)
    files[DOCUMENT] = word_document(page, files, version=version)
    if chapter:
        book = facts.study.codebook
        files[CHAPTER] = written.encode("utf-8")
        files[CHAPTER.replace(".md", ".docx")] = chapter_document(
            written, title=book.title, lang=lang, example=book.voorbeeldmateriaal
        )
    steps(WORKBOOK)
    files[WORKBOOK] = workbook(page)
    manifest = Manifest(
        inputs=dict(inputs),
        outputs={name: digest(data) for name, data in files.items()},
        versions=versions(version),
        options={"coder": facts.coder, "lang": lang, "public": public}
        | _chosen(parts, quotes_per_code, passages=passages)
        | ({"text": PurePath(chapter[1]).name} if chapter else {}),
    )
    files[NAME] = manifest.to_json().encode("utf-8")
    if progress is not None:
        progress(NAME, steps.total, steps.total)
    return files


def _chosen(parts: Sequence[str], quotes_per_code: int | None, *, passages: bool) -> dict[str, object]:
    """Return what the manifest says of what was chosen; nothing where nothing was."""
    named = {"parts": list(parts) or None, "quotes_per_code": quotes_per_code, "passages": None if passages else False}
    return {name: value for name, value in named.items() if value is not None}
