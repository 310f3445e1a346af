"""Any two of code, respondent, transcript, attributes and dimensions against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lde_qual.analysis.columns import Axis, Columns
from lde_qual.analysis.counting import unique
from lde_qual.analysis.frequency import check_unit, count_all, count_marks, cross, few, with_attrs
from lde_qual.analysis.rows import Rows, choose_rows
from lde_qual.errors import UsageError

Ints = NDArray[np.int64]
_Value = TypeVar("_Value", np.int64, np.bool_)
NORMALISE = ("row", "column", "length", "none")


@dataclass(frozen=True)
class _Side:
    """Labels of one side of the table, and which of them each pick of a mark falls in."""

    labels: list[str]
    axis: Axis | None
    rows: Rows | None


def matrix(
    facts: Columns,
    *,
    rows: str,
    cols: str,
    unit: str = "respondents",
    normalise: str = "none",
    aggregate: bool = True,
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> pd.DataFrame:
    """Count units for every pair of a row and a column.

    Parameters
    ----------
    rows, cols : str
        ``code``, ``respondent``, ``transcript``, an attribute or a dimension.
    unit : str
        One of `frequency.UNITS`.
    normalise : str
        ``row`` or ``column``: value is n over the row's or column's own count,
        counted anew over all of the other side; ``length``: n per 1000 words that the
        cell's group says, which makes short and long interviews alike; ``none``: value is n.
    codes, level
        See `rows.choose_rows`. Where neither side is ``code`` they choose the codings
        that are counted.

    Returns
    -------
    DataFrame
        Long: one row for each pair; columns ``<rows>, <cols>, n, N, value, unit,
        coder, small_n``. N as in `frequency.frequency`; value NA where what it is divided
        by is 0; ``small_n`` true where fewer than three respondents are in the cell's group.
        Normalised, two columns before it: ``base``, what n was divided by, and ``of``,
        what that counts.

    Raises
    ------
    UsageError
        Where both sides are the same, or respondents or transcripts are divided by words.

    Notes
    -----
    Worked by hand in ``docs/numbers.md``: a code covers five words, four of them of one
    respondent: by row 4/5.
    """
    check_unit(unit)
    if rows == cols:
        raise UsageError(
            f"--rows and --cols are both '{rows}'.", way_out="Codes against codes is `lde-qual cooccurrence`."
        )
    if normalise == "length" and unit in {"respondents", "transcripts"}:
        raise UsageError(
            f"--normalise length does not go with --unit {unit}: who says more is still one.",
            way_out="Use --unit segments, turns or words.",
        )
    if normalise not in NORMALISE:
        raise UsageError(f"'{normalise}' is no way to normalise.", way_out=f"Use one of {', '.join(NORMALISE)}.")
    chosen = choose_rows(facts, codes=codes, level=level, aggregate=aggregate)
    sides = [_side(facts, name, chosen) for name in (rows, cols)]
    n, whole, own_row, own_column = _cells(
        facts, sides, chosen, unit=unit, narrowed=codes is not None or level is not None
    )
    base = {"row": own_row[:, None], "column": own_column[None, :]}.get(normalise, np.ones_like(n))
    if normalise == "length":
        base = _of_sides(sides, count_all(facts, "words", cross(facts, _axes(sides))))
    below = np.broadcast_to(base, n.shape)
    times = 1000 if normalise == "length" else 1
    value = np.divide(times * n, below, out=np.full(n.shape, np.nan), where=below > 0)
    frame = pd.DataFrame(
        {
            rows: np.repeat(np.array(sides[0].labels, dtype=object), len(sides[1].labels)),
            cols: sides[1].labels * len(sides[0].labels),
            "n": n.ravel(),
            "N": whole.ravel(),
            "value": n.ravel() if normalise == "none" else value.ravel(),
            "unit": unit,
            "coder": facts.coder,
        }
    )
    if normalise != "none":
        of = {"row": f"{unit} of this {rows}", "column": f"{unit} of this {cols}"}
        frame = frame.assign(base=below.ravel(), of=of.get(normalise, "words of this group, per 1000"))
    frame["small_n"] = np.broadcast_to(_of_sides(sides, few(facts, cross(facts, _axes(sides)))), n.shape).ravel()
    return with_attrs(frame, facts, unit=unit, notices=chosen.notices)


def _side(facts: Columns, name: str, chosen: Rows) -> _Side:
    if name == "code":
        return _Side(chosen.codes, None, chosen)
    axis = facts.axis(name)
    return _Side(axis.labels, axis, None)


def _cells(
    facts: Columns, sides: list[_Side], chosen: Rows, *, unit: str, narrowed: bool
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return n and N of every cell, and the own counts of rows and of columns."""
    coded = any(side.rows is not None for side in sides)
    # Without codes on a side, chosen codes say what is counted at all.
    counted = np.arange(len(facts.mark_turn)) if coded or not narrowed else unique(chosen.mark)
    mark = chosen.mark if coded else counted
    at = [_at(facts, side, mark) for side in sides]
    high, wide = (len(side.labels) for side in sides)
    n = count_marks(facts, unit, at[0] * wide + at[1], mark, cells=high * wide).reshape(high, wide)
    own = [
        count_marks(facts, unit, _at(facts, side, own_mark), own_mark, cells=len(side.labels))
        for side in sides
        for own_mark in [chosen.mark if side.rows is not None else counted]
    ]
    whole = _of_sides(sides, count_all(facts, unit, cross(facts, _axes(sides))))
    return n, np.broadcast_to(whole, n.shape), own[0], own[1]


def _axes(sides: list[_Side]) -> list[Axis]:
    return [side.axis for side in sides if side.axis is not None]


def _of_sides(sides: list[_Side], counts: NDArray[_Value]) -> NDArray[_Value]:
    """Return counts of the groups that the attributes and dimensions make, laid over rows and columns."""
    if len(_axes(sides)) == 2:
        return counts.reshape(len(sides[0].labels), len(sides[1].labels))
    return counts[:, None] if sides[0].axis is not None else counts[None, :]


def _at(facts: Columns, side: _Side, mark: Ints) -> Ints:
    if side.rows is not None:
        return side.rows.row
    if side.axis is None:
        return np.zeros(len(mark), dtype=np.int64)
    if side.axis.of_turns is not None:
        return side.axis.of_turns[facts.mark_turn[mark]]
    if side.axis.of_codings is not None:
        return side.axis.of_codings[facts.mark_coding[mark]]
    return np.zeros(len(mark), dtype=np.int64)
