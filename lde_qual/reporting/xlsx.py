"""All tables in one workbook that is the same every time and in which nothing runs as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import xlsxwriter

from lde_qual.reporting.contents import FRAMEWORK
from lde_qual.reporting.outline import Entry, tables
from lde_qual.reporting.page import Page
from lde_qual.reporting.people import for_people
from lde_qual.reporting.report_words import say
from lde_qual.reporting.tabular import Cell, cells

EPOCH = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
WITHOUT_FORMULAS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MOST = 32_000
"""Characters of a cell; Excel refuses a workbook with more than 32 767."""
_WIDEST = 44
_LINE = 15.0
_TALLEST = 300.0
"""Points; Excel allows 409."""
_READ_ME_WIDTHS = (32, 90)


def workbook(page: Page) -> bytes:
    """Return the workbook: a first sheet that says what is in it, then a sheet a table.

    Texts are written as texts whatever sign they begin with; properties and zip
    members bear 1 January 1980.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, WITHOUT_FORMULAS)
    properties(book, page.codebook.title)
    styles = styles_of(book)
    entries = tables(page.contents, lang=page.lang)
    names: list[str] = []
    for entry in entries:
        names.append(sheet_name(entry.title, names))
    _write_read_me(book, page, entries, names, styles)
    for entry, name in zip(entries, names, strict=True):
        example = page.codebook.voorbeeldmateriaal
        write_table(book.add_worksheet(name), _shown(page, entry), styles, lang=page.lang, example=example)
    book.close()
    return out.getvalue()


def properties(book: Any, title: str) -> None:
    """Say what the workbook is, and that it was made at no time of its own."""
    book.set_properties({"title": title, "created": EPOCH})


def styles_of(book: Any) -> dict[str, Any]:
    """Return the looks of cells."""
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F6"}
    return {
        "head": book.add_format(head | {"indent": 1}),
        "number_head": book.add_format(head | {"align": "right"}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "indent": 1}),
        "plain": book.add_format({"valign": "top", "indent": 1}),
        "number": book.add_format({"valign": "top", "align": "right"}),
        "title": book.add_format({"bold": True, "font_size": 15}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
    }


def sheet_name(title: str, others: Sequence[str]) -> str:
    """Return the name of a sheet: at most 31 signs, none of those that Excel refuses, and none of `others`."""
    name = re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip()
    taken = {other.casefold() for other in others}
    return name if name.casefold() not in taken else f"{name[:27]} {len(others) + 1}"


def _shown(page: Page, entry: Entry) -> pd.DataFrame:
    frame = page.contents.tables[entry.id]
    if entry.id.startswith("cooccurrence"):
        place = {code: index for index, code in enumerate(page.codebook.ids())}
        frame = frame[(frame["n_ab"] > 0) & (frame["a"].map(place) < frame["b"].map(place))]
    if entry.id == FRAMEWORK:
        frame = frame.rename(columns=page.names)
    if entry.id != "matrix_respondent_code":
        return for_people(frame, page.codebook, lang=page.lang)
    # A case by code matrix is read across; the long form is in the csv.
    wide = frame.pivot_table(index="respondent", columns="code", values="n", sort=False, aggfunc="sum", observed=True)
    wide = wide.reindex(columns=page.codebook.ids()).rename(columns=page.names).astype("Int64")
    people = page.contents.tables["respondents"][["respondent", "role"]]
    return for_people(people.merge(wide, on="respondent"), page.codebook, lang=page.lang)


def _about(entry: Entry, lang: str) -> str:
    # Zeros and both orders of sixty codes are thousands of rows that nobody reads across.
    pairs = say("xlsx_pairs", lang) if entry.id.startswith("cooccurrence") else ""
    return f"{entry.caption} {pairs}".rstrip()


def _write_read_me(book: Any, page: Page, entries: list[Entry], names: list[str], styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(say("read_me", page.lang))
    for column, width in enumerate(_READ_ME_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    _for_paper(sheet)
    sheet.write_string(0, 0, page.codebook.title, styles["title"])
    coder = page.contents.facts.coder or say("no_coder", page.lang)
    lines = [(say("coding_coder", page.lang), f"{coder} · {page.coded()}")]
    if page.codebook.voorbeeldmateriaal:
        lines.insert(0, (say("notices", page.lang), say("example", page.lang)))
    lines += [(say("notices", page.lang), notice) for notice in page.contents.notices(page.lang)]
    lines += [("", "")]
    lines += [(name, _about(entry, page.lang)) for name, entry in zip(names, entries, strict=True)]
    lines += [("", "")]
    lines += [(say("section.method", page.lang) if not i else "", text) for i, text in enumerate(page.method())]
    for row, (left, right) in enumerate(lines, start=2):
        sheet.set_row(row, _height([right], [_READ_ME_WIDTHS[1]]))
        sheet.write_string(row, 0, left, styles["bold"])
        sheet.write_string(row, 1, right, styles["text"])
    if page.codebook.voorbeeldmateriaal:
        sheet.set_footer(f"&C{say('example', page.lang)}")


def write_table(
    sheet: Any,
    frame: pd.DataFrame,
    styles: dict[str, Any],
    *,
    lang: str,
    example: bool = False,
    frozen: int = 1,
    widest: Sequence[int] | None = None,
) -> int:
    """Write a table with frozen head and filters, and return the row after its last.

    Parameters
    ----------
    example : bool
        Say above it and at the foot of every page that this is written example material.
    frozen : int
        So many columns at the left stay in sight.
    widest : sequence of int, optional
        Characters of each column at most; `_WIDEST` unless given. What is longer wraps.
    """
    rows = cells(frame)
    undefined, cut = say("undefined", lang), say("truncated", lang)
    top = 0
    widths: list[float] = []
    if example:
        sheet.write_string(0, 0, say("example", lang), styles["bold"])
        sheet.set_footer(f"&C{say('example', lang)}")
        top = 1
    for column, name in enumerate(frame.columns):
        most = widest[column] if widest else _WIDEST
        width, style = _column(str(name), [row[column] for row in rows], styles, most=most)
        widths.append(width)
        sheet.set_column(column, column, width)
        head = styles["number_head"] if style is styles["number"] else styles["head"]
        sheet.write_string(top, column, str(name), head)
        for index, row in enumerate(rows, start=top + 1):
            _write_cell(sheet, (index, column), row[column], style, undefined=undefined, cut=cut)
    heads: list[Cell] = [str(name) for name in frame.columns]
    for index, row in enumerate([heads, *rows], start=top):
        sheet.set_row(index, _height(row, widths))
    sheet.freeze_panes(top + 1, frozen)
    sheet.autofilter(top, 0, top + max(len(rows), 1), max(len(frame.columns) - 1, 0))
    sheet.repeat_rows(top)
    _for_paper(sheet)
    return top + 1 + len(rows)


def _for_paper(sheet: Any) -> None:
    """Set a sheet to print on A4, lying, as wide as the page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _column(name: str, values: list[Cell], styles: dict[str, Any], *, most: int) -> tuple[float, Any]:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    # A heading wraps at its spaces, so only its longest word needs room; the filter's button takes three.
    width = max(longest, *(len(word) + 3 for word in name.split() or [""]))
    if all(value is None or isinstance(value, int | float) for value in values):
        return width + 1, styles["number"]
    return min(width + 2, most), styles["text"] if longest >= most else styles["plain"]


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Return the height that shows every line of a row: not every program finds it by itself."""
    lines = [
        sum(1 + int(len(part) / width) for part in value.split("\n"))
        for value, width in zip(row, widths, strict=True)
        if isinstance(value, str) and len(value) >= width
    ]
    return min(_LINE * max(lines, default=1), _TALLEST)


def _write_cell(sheet: Any, at: tuple[int, int], value: Cell, style: Any, *, undefined: str, cut: str) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(*at, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(*at, value, style)
    else:
        text = undefined if value is None else value
        sheet.write_string(*at, text if len(text) <= _MOST else text[:_MOST] + cut, style)
