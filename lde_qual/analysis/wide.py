"""A table of pairs laid out as a matrix: a row for each of one side, a column for each of the other."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

MEASURES = ("n_ab", "jaccard", "p_b_given_a", "p_a_given_b", "lift")
"""What the cells of a matrix of codes by codes may hold."""


def spread(frame: pd.DataFrame, *, rows: Sequence[str], cols: Sequence[str], value: str) -> pd.DataFrame:
    """Return a result table as a matrix.

    Parameters
    ----------
    frame : DataFrame
        A row for every pair, as `matrix` and `cooccurrence` give it.
    rows, cols : sequence of str
        Columns of `frame` whose values name the rows and the columns; of two, joined by ``·``
        where they name columns.
    value : str
        The column that fills the cells.

    Returns
    -------
    DataFrame
        The columns of `rows`, then one for each value of `cols`, both in the order of
        `frame`. ``attrs`` are those of `frame`, with a notice that says what a
        cell is, and out of how many where that is the same down every column.
    """
    keys = list(frame[[*rows]].itertuples(index=False, name=None))
    names = [" · ".join(map(str, key)) for key in frame[[*cols]].itertuples(index=False, name=None)]
    cells = dict(zip(zip(keys, names, strict=True), frame[value].astype(object), strict=True))
    columns = list(dict.fromkeys(names))
    made = pd.DataFrame(
        [[*key, *(cells[key, name] for name in columns)] for key in dict.fromkeys(keys)],
        columns=[*rows, *columns],
        dtype=object,
    )
    made.attrs = dict(frame.attrs)
    made.attrs["notices"] = [*frame.attrs.get("notices", ()), _said(frame, names, value)]
    return made


def _said(frame: pd.DataFrame, names: Sequence[str], value: str) -> str:
    """Return what stands beside a matrix: what a cell holds, in what unit, by whom, and out of how many."""
    cell = "n" if value == "value" else value
    over = f" over {frame['of'].iloc[0]}" if "of" in frame and len(frame) else ""
    said = [f"Cells: {cell}{over}", f"unit: {frame.attrs['unit']}", f"coder: {frame.attrs['coder'] or 'NA'}"]
    whole = "N" if "N" in frame else "n"
    sizes = frame[whole].groupby(list(names), sort=False).agg(["nunique", "first"])
    if len(sizes) and (sizes["nunique"] == 1).all():
        same = len(set(sizes["first"])) == 1
        each = sizes["first"].iloc[:1] if same else sizes["first"]
        said.append(f"{whole}: " + ", ".join(f"{'' if same else f'{name} '}{n}" for name, n in each.items()))
    return "; ".join(said) + "."
