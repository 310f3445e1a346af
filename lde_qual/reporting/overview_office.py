"""The overview on A4, lying, as a Word document and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import xlsxwriter
from docx.shared import Cm, Pt

from lde_qual.analysis.facts import Facts
from lde_qual.model.codebook import Codebook
from lde_qual.reporting.overview_sheet import overview_page, printed, report_sheets
from lde_qual.reporting.report_words import say
from lde_qual.reporting.word_parts import (
    add_text,
    as_bytes,
    foot,
    narrow_cells,
    new_document,
    repeated,
    shade,
    sized,
    writable,
)
from lde_qual.reporting.xlsx import WITHOUT_FORMULAS, properties, sheet_name, styles_of, write_table

_MARGIN = 1.2
_WIDTH = 29.7 - 2 * _MARGIN
_FACTOR, _QUOTE, _NARROW = 2.7, 3.9, 1.65
"""Centimetres of the first column, of each of the two quotes at least, and of any other at most."""

Sheets = Sequence[tuple[str, pd.DataFrame]]
"""A heading and what `overview_sheet.overview_sheet` returned, for each sheet."""


def overview_document(sheets: Sheets, *, title: str, lang: str, example: bool = False) -> bytes:
    """Return a Word document of A4 sheets, lying: a real table each, its heads on every page.

    Parameters
    ----------
    example : bool
        Say at the foot of every page that this is written example material.
    """
    document: Any = new_document(title, lang=lang)
    sized(document.sections[0], landscape=True, margin=_MARGIN)
    if example:
        foot(document, say("example", lang))
    for number, (heading, frame) in enumerate(sheets):
        head = document.add_heading(writable(heading), level=2)
        head.paragraph_format.page_break_before = number > 0
        if len(frame):
            _table(document, frame)
        else:
            document.add_paragraph(say("no_factors", lang))
        for line in frame.attrs["foot"]:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(writable(line)).font.size = Pt(7.5)
    return as_bytes(document)


def _table(document: Any, frame: pd.DataFrame) -> None:
    heads, blocks = printed(frame)
    columns = frame.columns[1:]
    made = document.add_table(rows=2 + sum(1 + len(rows) for _, rows in blocks), cols=len(columns))
    made.style, made.autofit = document.styles["Table Grid"], False
    narrow_cells(made, centimetres=0.08)
    widths = _widths(len(columns))
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    _head(made, heads)
    at = 2
    for label, rows in blocks:
        band = made.rows[at]
        repeated(band, head=False)
        cell = band.cells[0].merge(band.cells[-1])
        _write(cell, str(label), bold=True)
        shade(cell)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        for place, values in enumerate(rows, start=at + 1):
            repeated(made.rows[place], head=False)
            for cell, width, value in zip(made.rows[place].cells, widths, values, strict=True):
                cell.width = Cm(width)
                _write(cell, str(value))
        at += 1 + len(rows)
    for cell in made.rows[-1].cells:
        # The lines under the table stay on the page of its last row.
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _widths(columns: int) -> list[float]:
    """Return centimetres: of the factor, of the columns between, and of the two quotes, which take what is left."""
    between = columns - 3
    narrow = min(_NARROW, (_WIDTH - _FACTOR - 2 * _QUOTE) / max(between, 1))
    quote = (_WIDTH - _FACTOR - between * narrow) / 2
    return [_FACTOR, *([narrow] * between), quote, quote]


def _head(made: Any, heads: list[tuple[str, list[str]]]) -> None:
    top, below = made.rows[0], made.rows[1]
    for row in (top, below):
        repeated(row, head=True)
    upper, lower = top.cells, below.cells
    at = 0
    for name, groups in heads:
        last = at + max(len(groups), 1) - 1
        cell = upper[at].merge(upper[last] if groups else lower[at])
        _write(cell, name, bold=True)
        for place, group in enumerate(groups, start=at):
            _write(lower[place], group)
        for place in range(at, last + 1):
            shade(lower[place])
            shade(upper[place])
        at = last + 1


def _write(cell: Any, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run()
    add_text(run, text)
    run.font.size, run.bold = Pt(6.5), bold


def overview_workbook(sheets: Sheets, *, title: str, lang: str, example: bool = False) -> bytes:
    """Return a workbook with a sheet each: frozen heads, filters, texts alone, set to print on A4, lying."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, WITHOUT_FORMULAS)
    properties(book, title)
    styles = styles_of(book)
    names: list[str] = []
    for heading, frame in sheets:
        names.append(sheet_name(heading, names))
        sheet = book.add_worksheet(names[-1])
        # Phase and factor stay in sight; what belongs under the table is in no filter.
        widest = [16, 20, *([15] * (len(frame.columns) - 5)), 16, 42, 42]
        below = write_table(sheet, frame, styles, lang=lang, example=example, frozen=2, widest=widest)
        for row, line in enumerate(frame.attrs["foot"], start=below + 1):
            sheet.write_string(row, 0, line, styles["plain"])
    book.close()
    return out.getvalue()


def sheet_files(facts: Facts, *, public: bool, lang: str) -> dict[str, bytes]:
    """Return the overview of a report on paper: as a page, for Word and as a workbook."""
    sheets = report_sheets(facts, public=public, lang=lang)
    return {f"overview{ending}": write(sheets, facts.study.codebook, lang) for ending, write in WRITERS.items()}


def _page(sheets: Sheets, book: Codebook, lang: str) -> bytes:
    return overview_page(sheets, title=book.title, lang=lang).encode("utf-8")


def _document(sheets: Sheets, book: Codebook, lang: str) -> bytes:
    return overview_document(sheets, title=book.title, lang=lang, example=book.voorbeeldmateriaal)


def _workbook(sheets: Sheets, book: Codebook, lang: str) -> bytes:
    return overview_workbook(sheets, title=book.title, lang=lang, example=book.voorbeeldmateriaal)


WRITERS: dict[str, Callable[[Sheets, Codebook, str], bytes]] = {
    ".html": _page,
    ".docx": _document,
    ".xlsx": _workbook,
}
"""What writes the sheets to a file, by its ending."""
