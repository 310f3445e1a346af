"""Any two of code, respondent, transcript, attributes and dimensions against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lde_qual.analysis.counting import unique
from lde_qual.analysis.facts import Axis, Facts
from lde_qual.analysis.frequency import check_unit, count_all, count_marks, cross, with_attrs
from lde_qual.analysis.rows import Rows, choose_rows
from lde_qual.errors import UsageError

Ints = NDArray[np.int64]
NORMALISE = ("row", "column", "none")


@dataclass(frozen=True)
class _Side:
    """Labels of one side of the table, and which of them each pick of a mark falls in."""

    labels: list[str]
    axis: Axis | None
    rows: Rows | None


def matrix(
    facts: Facts,
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
        counted anew over all of the other side; ``none``: value is n.
    codes, level
        See `rows.choose_rows`. Where neither side is ``code`` they choose the codings
        that are counted.

    Returns
    -------
    DataFrame
        Long: one row for each pair; columns ``<rows>, <cols>, n, N, value, unit,
        coder``. N as in `frequency.frequency`; value NA where what it is divided by is 0.

    Raises
    ------
    UsageError
        Where both sides are the same.
    """
    check_unit(unit)
    if rows == cols:
        raise UsageError(
            f"--rows and --cols are both '{rows}'.", way_out="Codes against codes is `lde-qual cooccurrence`."
        )
    if normalise not in NORMALISE:
        raise UsageError(f"'{normalise}' is no way to normalise.", way_out=f"Use one of {', '.join(NORMALISE)}.")
    chosen = choose_rows(facts, codes=codes, level=level, aggregate=aggregate)
    sides = [_side(facts, name, chosen) for name in (rows, cols)]
    n, whole, own_row, own_column = _cells(
        facts, sides, chosen, unit=unit, narrowed=codes is not None or level is not None
    )
    count = {"none": np.ones_like(n), "row": own_row[:, None], "column": own_column[None, :]}[normalise]
    below = np.broadcast_to(count, n.shape).astype(float)
    value = np.divide(n, below, out=np.full(n.shape, np.nan), where=below > 0)
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
    return with_attrs(frame, facts, unit=unit, notices=chosen.notices)


def _side(facts: Facts, name: str, chosen: Rows) -> _Side:
    if name == "code":
        return _Side(chosen.codes, None, chosen)
    axis = facts.axis(name)
    return _Side(axis.labels, axis, None)


def _cells(
    facts: Facts, sides: list[_Side], chosen: Rows, *, unit: str, narrowed: bool
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
    whole = np.ones((high, wide), dtype=np.int64)
    axes = [side.axis for side in sides if side.axis is not None]
    every = count_all(facts, unit, cross(facts, axes))
    if len(axes) == 2:
        whole *= every.reshape(high, wide)
    elif sides[0].axis is not None:
        whole *= every[:, None]
    else:
        whole *= every[None, :]
    return n, whole, own[0], own[1]


def _at(facts: Facts, side: _Side, mark: Ints) -> Ints:
    if side.rows is not None:
        return side.rows.row
    if side.axis is None:
        return np.zeros(len(mark), dtype=np.int64)
    if side.axis.of_turns is not None:
        return side.axis.of_turns[facts.mark_turn[mark]]
    if side.axis.of_codings is not None:
        return side.axis.of_codings[facts.mark_coding[mark]]
    return np.zeros(len(mark), dtype=np.int64)
