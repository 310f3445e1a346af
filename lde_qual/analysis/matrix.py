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
    """One side of the table: codes, or the groups that one or two axes make.

    `labels` are one value of each of `names`, for each place.
    """

    names: list[str]
    labels: list[tuple[str, ...]]
    axes: list[Axis]
    rows: Rows | None
    of_marks: Ints

    def at(self, mark: Ints) -> Ints:
        """Return the place that each pick of a mark falls in."""
        return self.of_marks[mark] if self.rows is None else self.rows.row


def matrix(
    facts: Columns,
    *,
    rows: str | Sequence[str],
    cols: str | Sequence[str],
    unit: str = "respondents",
    normalise: str = "none",
    aggregate: bool = True,
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> pd.DataFrame:
    """Count units for every pair of a row and a column.

    Parameters
    ----------
    rows, cols : str or sequence of str
        ``code``, ``respondent``, ``transcript``, an attribute or a dimension; or two of the
        last four, which are crossed.
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
        Long: one row for each pair; columns ``<rows>…, <cols>…, n, N, value, unit,
        coder, small_n``. N as in `frequency.frequency`; value NA where what it is divided
        by is 0; ``small_n`` true where fewer than three respondents are in the cell's group.
        Normalised, two columns before it: ``base``, what n was divided by, and ``of``,
        what that counts.

    Raises
    ------
    UsageError
        Where a name stands twice, codes are crossed with something on their own side, or
        respondents or transcripts are divided by words.

    Notes
    -----
    Worked by hand in ``docs/numbers.md``: a code covers five words, four of them of one
    respondent: by row 4/5.
    """
    check_unit(unit)
    names = [[each] if isinstance(each, str) else list(each) for each in (rows, cols)]
    _check_names(*names)
    if normalise == "length" and unit in {"respondents", "transcripts"}:
        raise UsageError(
            f"--normalise length does not go with --unit {unit}: who says more is still one.",
            way_out="Use --unit segments, turns or words.",
        )
    if normalise not in NORMALISE:
        raise UsageError(f"'{normalise}' is no way to normalise.", way_out=f"Use one of {', '.join(NORMALISE)}.")
    chosen = choose_rows(facts, codes=codes, level=level, aggregate=aggregate)
    sides = [_side(facts, each, chosen) for each in names]
    n, whole, own_row, own_column = _cells(
        facts, sides, chosen, unit=unit, narrowed=codes is not None or level is not None
    )
    base = {"row": own_row[:, None], "column": own_column[None, :]}.get(normalise, np.ones_like(n))
    if normalise == "length":
        base = _of_sides(sides, count_all(facts, "words", cross(facts, _axes(sides))))
    below = np.broadcast_to(base, n.shape)
    times = 1000 if normalise == "length" else 1
    value = np.divide(times * n, below, out=np.full(n.shape, np.nan), where=below > 0)
    high, wide = n.shape
    places = [label for label in sides[0].labels for _ in range(wide)], sides[1].labels * high
    frame = pd.DataFrame(
        {
            **{
                name: pd.Series([label[place] for label in labels], dtype=object)
                for side, labels in zip(sides, places, strict=True)
                for place, name in enumerate(side.names)
            },
            "n": n.ravel(),
            "N": whole.ravel(),
            "value": n.ravel() if normalise == "none" else value.ravel(),
            "unit": unit,
            "coder": facts.coder,
        }
    )
    if normalise != "none":
        of = {way: f"{unit} of this {' and '.join(each)}" for way, each in zip(("row", "column"), names, strict=True)}
        frame = frame.assign(base=below.ravel(), of=of.get(normalise, "words of this group, per 1000"))
    frame["small_n"] = np.broadcast_to(_of_sides(sides, few(facts, cross(facts, _axes(sides)))), n.shape).ravel()
    return with_attrs(frame, facts, unit=unit, notices=chosen.notices)


def _check_names(rows: list[str], cols: list[str]) -> None:
    if rows == cols:
        raise UsageError(
            f"--rows and --cols are both '{','.join(rows)}'.", way_out="Codes against codes is `lde-qual cooccurrence`."
        )
    twice = [name for place, name in enumerate([*rows, *cols]) if name in [*rows, *cols][:place]]
    if twice:
        raise UsageError(
            f"'{twice[0]}' stands twice in --rows and --cols.",
            way_out="Name each once.",
        )
    for names in (rows, cols):
        if not 1 <= len(names) <= 2 or (len(names) > 1 and "code" in names):
            raise UsageError(
                f"'{','.join(names)}' cannot be one side of a matrix.",
                way_out="Give 'code' alone, or one or two attributes or dimensions.",
            )


def _side(facts: Columns, names: list[str], chosen: Rows) -> _Side:
    if names == ["code"]:
        return _Side(names, [(code,) for code in chosen.codes], [], chosen, chosen.row)
    axes = [facts.axis(name) for name in names]
    grid = cross(facts, axes)
    return _Side(names, grid.labels, axes, None, grid.of_marks)


def _cells(
    facts: Columns, sides: list[_Side], chosen: Rows, *, unit: str, narrowed: bool
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return n and N of every cell, and the own counts of rows and of columns."""
    coded = any(side.rows is not None for side in sides)
    # Without codes on a side, chosen codes say what is counted at all.
    counted = np.arange(len(facts.mark_turn)) if coded or not narrowed else unique(chosen.mark)
    mark = chosen.mark if coded else counted
    at = [side.at(mark) for side in sides]
    high, wide = (len(side.labels) for side in sides)
    n = count_marks(facts, unit, at[0] * wide + at[1], mark, cells=high * wide).reshape(high, wide)
    own = [
        count_marks(facts, unit, side.at(own_mark), own_mark, cells=len(side.labels))
        for side in sides
        for own_mark in [chosen.mark if side.rows is not None else counted]
    ]
    whole = _of_sides(sides, count_all(facts, unit, cross(facts, _axes(sides))))
    return n, np.broadcast_to(whole, n.shape), own[0], own[1]


def _axes(sides: list[_Side]) -> list[Axis]:
    return [axis for side in sides for axis in side.axes]


def _of_sides(sides: list[_Side], counts: NDArray[_Value]) -> NDArray[_Value]:
    """Return counts of the groups that the attributes and dimensions make, laid over rows and columns."""
    high, wide = (len(side.labels) if side.axes else 1 for side in sides)
    return counts.reshape(high, wide)
