"""Quotes of a paper, found again in the interviews: who said them, under what label, and every edit."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from lde_qual.analysis.verification import Edit, Found, Verifier
from lde_qual.api.inputs import read_input
from lde_qual.api.study import OpenStudy, language
from lde_qual.errors import LdeQualError, UsageError
from lde_qual.formats.written_text import ENDINGS, WrittenQuote, written_quotes
from lde_qual.model.citation import cite
from lde_qual.model.transcript import INTERVIEWER

COLUMNS = ("place", "quote", "status", "transcript", "turn", "respondent", "label", "cited_as", "what")
FAULTS = ("changed", "cut", "speaker", "not found")
"""What makes the check fail; a quote that is ``unlabelled`` is told, and no more."""


def verify_quotes(study: OpenStudy, file: str | Path, *, lang: str | None = None) -> pd.DataFrame:
    """Find every quote of a written text again in the interviews.

    Parameters
    ----------
    file : path
        A ``.docx``, ``.md`` or ``.tex``.

    Returns
    -------
    DataFrame
        A row a quote: ``place`` (line, or paragraph of a Word document), ``quote``,
        ``status`` (``right``, ``unlabelled``, ``changed``, ``cut``, ``speaker`` or ``not
        found``; the gravest where there are several), where it is from, the ``label``
        behind it, the citation it should bear, and ``what`` differs.

    Raises
    ------
    LdeQualError
        Where the file cannot be read, or is of another kind.
    """
    language(study, lang)
    path = Path(file)
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{file} is no text that can be read.", way_out=f"Give a {', '.join(ENDINGS)} file.")
    data = read_input(path, way_out="Give the path of your text.")
    try:
        written = written_quotes(data, path.suffix.lower())
    except LdeQualError as error:
        raise error.in_file(str(file)) from None
    verifier = Verifier(study.model)
    frame = pd.DataFrame([_row(study, quote, verifier.find(quote.text)) for quote in written], columns=list(COLUMNS))
    frame["turn"] = frame["turn"].astype("Int64")
    frame.attrs.update(unit="quotes", coder=None, notices=list(study.notices))
    return frame


def _row(study: OpenStudy, quote: WrittenQuote, found: Found) -> tuple[object, ...]:
    if not found.transcript:
        return (quote.place, quote.text, "not found", None, None, None, quote.label or None, None, "nobody said this")
    # Who quotes an answer with its question in it signs for who answers.
    people = [who for who in found.respondents if who != INTERVIEWER] or list(found.respondents)
    citations = [cite(study.model, people, public=public) for public in (False, True)]
    wrong = bool(quote.label) and _plain(quote.label) not in map(_plain, citations)
    status, said = _status(found.edits)
    if wrong:
        said.append(f"label {quote.label}")
        status = status if status == "changed" else "speaker"
    if status == "right" and not quote.label:
        status = "unlabelled"
    where = (found.transcript, found.turn, ";".join(found.respondents))
    return (quote.place, quote.text, status, *where, quote.label or None, citations[0], "; ".join(said) or None)


def _status(edits: tuple[Edit, ...]) -> tuple[str, list[str]]:
    """Return what the edits come to, and each in words."""
    said = [
        f"left out without […]: {edit.said}" if not edit.written
        else f"added without [ ]: {edit.written}" if not edit.said
        else f"said: {edit.said}, written: {edit.written}"
        for edit in edits
    ]  # fmt: skip
    if not edits:
        return "right", said
    return ("cut" if all(not edit.written for edit in edits) else "changed"), said


def _plain(label: str) -> str:
    return re.sub(r"\W+", " ", label).casefold().strip()
