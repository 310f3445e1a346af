"""The cells of the tables that are compared between two states of a study."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.difference_ledger import CODE, Cell, Condition, Counted, Shared, Side, Told, Whole
from lde_qual.analysis.facts import NONE, TOTAL
from lde_qual.analysis.frequency import frequency
from lde_qual.analysis.matrix import matrix
from lde_qual.analysis.overview import factors_of, overview, voices
from lde_qual.model.citation import cite

Key = tuple[str, str, str]
"""Table, row and column."""
Cells = dict[Key, Cell]
QUOTED = "quote"


@dataclass(frozen=True)
class Views:
    """Which tables are compared, and how they are made.

    Attributes
    ----------
    tables : sequence of str
        Among `TABLES`.
    by : sequence of str
        Attributes and dimensions; a frequency table is compared for each.
    unit : str
        Of frequency and matrix (see `frequency.UNITS`).
    rows, cols : str
        Of the matrix.
    factors : sequence of str
        Of the overview.
    """

    tables: Sequence[str]
    by: Sequence[str]
    unit: str = "respondents"
    rows: str = "code"
    cols: str = "respondent"
    factors: Sequence[str] = ()


def cells_of(side: Side, views: Views) -> Cells:
    """Return the cells of the tables asked for, in the order of `TABLES`."""
    return {key: cell for name in TABLES if name in views.tables for key, cell in _MAKERS[name](side, views).items()}


def factors(sides: Sequence[Side]) -> list[str]:
    """Return the codes that the overview of either side has a row for.

    Which these are may rest on what is coded; a code that is a factor on one side alone
    is counted on both, since no row is not the same as 0.
    """
    found = [factors_of(side.facts, side.codes if side.chosen else None, None) for side in sides]
    return list(dict.fromkeys(code for codes in found for code in codes))


def _frequencies(side: Side, views: Views) -> Cells:
    cells: Cells = {}
    for name in views.by:
        frame = frequency(side.facts, by=[name], unit=views.unit, codes=side.codes)
        for code, group, n, whole in zip(frame["code"], frame[name], frame["n"], frame["N"], strict=True):
            label = TOTAL if group == TOTAL else f"{name}={group}"
            at = ((CODE, code), *([] if group == TOTAL else [(name, group)]))
            cells["frequency", code, f"{label} n"] = Cell(int(n), Counted(at, views.unit))
            cells["frequency", code, f"{label} N"] = Cell(int(whole), Whole())
    return cells


def _matrix(side: Side, views: Views) -> Cells:
    """Return what the matrix counts; where nothing is counted there is no cell, which is 0."""
    sides = (views.rows, views.cols)
    narrowed = side.chosen and CODE not in sides
    codes = side.codes if side.chosen or CODE in sides else None
    frame = matrix(side.facts, rows=views.rows, cols=views.cols, unit=views.unit, codes=codes)
    kept = frame[frame["n"] > 0]
    cells: Cells = {}
    for row, column, n in zip(kept[views.rows], kept[views.cols], kept["n"], strict=True):
        at = tuple(zip(sides, (row, column), strict=True))
        names = [label if name == CODE else f"{name}={label}" for name, label in at]
        cells["matrix", names[0], f"{names[1]} n"] = Cell(int(n), Counted(at, views.unit, narrowed))
    return cells


def _pairs(side: Side, _views: Views) -> Cells:
    frame = cooccurrence(side.facts, unit="turn", codes=side.codes)
    place = {code: index for index, code in enumerate(side.codes)}
    related = side.facts.study.codebook.related
    return {
        ("cooccurrence", a, b): Cell(int(n), Shared(a, b))
        for a, b, n in zip(frame["a"], frame["b"], frame["n_ab"], strict=True)
        if place[a] < place[b] and not related(a, b)
    }


def _overview(side: Side, views: Views) -> Cells:
    facts, dimension = side.facts, side.facts.study.codebook.first_dimension
    frame = overview(facts, codes=[code for code in views.factors if code in side.codes])
    index = {placed.coding.id: at for at, placed in enumerate(facts.codings)}
    cells: Cells = {}
    for row in frame.to_dict("records"):
        code, value = str(row["code"]), str(row[dimension]) if dimension else NONE
        of_row: list[Condition] = [(CODE, code), *([(dimension, value)] if dimension else [])]
        head = f"{dimension}={value} " if dimension else ""
        for role in facts.axis("role").labels:
            counted = Counted((*of_row, ("role", role)), "respondents")
            cells["overview", code, f"{head}role={role} n"] = Cell(int(row[role]), counted)
        cells["overview", code, f"{head}total n"] = Cell(int(row["respondents"]), Counted((*of_row,), "respondents"))
        for name, quote in zip((QUOTED, f"counter_{QUOTED}"), voices(facts, side.quoted, code, value), strict=True):
            told = Told(index[quote.placed.coding.id] if quote else None)
            cells["overview", code, f"{head}{name}"] = Cell(quote.text if quote else None, told)
    return cells


def _quotes(side: Side, _views: Views) -> Cells:
    """Return each quote under the id of its coding, with what is printed beside it."""
    facts = side.facts
    wanted = {below for code in side.codes for below in facts.study.codebook.subtree(code)}
    cells: Cells = {}
    for at, quote in enumerate(side.quoted):
        coding = quote.placed.coding
        if quote.placed.code in wanted:
            told: dict[str, str | None] = {QUOTED: quote.text, "respondent": ";".join(quote.respondents)}
            told |= {name: coding.dimensions.get(name) for name in facts.study.codebook.dimensions}
            told |= {"mark": coding.mark or None, "cited_as": cite(facts.study, quote.respondents)}
            for name, value in told.items():
                cells["quotes", quote.placed.code, f"{coding.id} {name}"] = Cell(value, Told(at))
    return cells


_MAKERS: dict[str, Callable[[Side, Views], Cells]] = {
    "frequency": _frequencies,
    "matrix": _matrix,
    "cooccurrence": _pairs,
    "overview": _overview,
    "quotes": _quotes,
}
TABLES = tuple(_MAKERS)
