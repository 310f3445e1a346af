"""How many respondents, codings, turns, words or transcripts bear each code, per group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lde_qual.analysis.columns import TOTAL, Axis, Columns
from lde_qual.analysis.counting import distinct, members, union_lengths
from lde_qual.analysis.rows import Rows, choose_rows
from lde_qual.errors import UsageError
from lde_qual.model.citation import SAFE
from lde_qual.model.transcript import INTERVIEWER

Ints = NDArray[np.int64]
UNITS = ("respondents", "segments", "turns", "words", "transcripts")


@dataclass(frozen=True)
class Grid:
    """Groups made by crossing axes: attributes divide n and N, dimensions n alone.

    Attributes
    ----------
    labels : list of tuple of str
        One value of each axis, for each group.
    of_marks : array of int, shape (marks,)
        The group a mark falls in.
    of_turns : array of int, shape (turns,)
        The group of its attribute part a turn falls in.
    part : array of int, shape (groups,)
        The attribute part of each group; `parts` is how many there are.
    """

    labels: list[tuple[str, ...]]
    of_marks: Ints
    of_turns: Ints
    part: Ints
    parts: int


def cross(facts: Columns, axes: Sequence[Axis]) -> Grid:
    """Return the groups that the axes make together; without axes the one group of everything."""
    of_marks = np.zeros(len(facts.mark_turn), dtype=np.int64)
    of_turns = np.zeros(len(facts.turn_words), dtype=np.int64)
    part = np.zeros(1, dtype=np.int64)
    parts = 1
    for axis in axes:
        size = len(axis.labels)
        if axis.of_turns is not None:
            of_marks = of_marks * size + axis.of_turns[facts.mark_turn]
            of_turns = of_turns * size + axis.of_turns
            part = (part[:, None] * size + np.arange(size)).ravel()
            parts *= size
        elif axis.of_codings is not None:
            of_marks = of_marks * size + axis.of_codings[facts.mark_coding]
            part = np.repeat(part, size)
    return Grid(list(product(*(axis.labels for axis in axes))), of_marks, of_turns, part, parts)


def check_unit(unit: str) -> str:
    """Return the unit of a table.

    Raises
    ------
    UsageError
        Where it is none of `UNITS`.
    """
    if unit not in UNITS:
        raise UsageError(f"'{unit}' is no unit.", way_out=f"Use one of {', '.join(UNITS)}.")
    return unit


def count_marks(facts: Columns, unit: str, cell: Ints, mark: Ints, *, cells: int) -> Ints:
    """Return n of each cell: the different units that the marks falling in it reach.

    Parameters
    ----------
    cell, mark : array of int, shape (m,)
        Mark `mark[i]` falls in cell `cell[i]`.
    """
    turn = facts.mark_turn[mark]
    if unit == "words":
        return union_lengths(cell, facts.mark_from[mark], facts.mark_to[mark], cells=cells)
    reached = {
        "respondents": lambda: facts.turn_respondent[turn],
        "segments": lambda: facts.mark_coding[mark],
        "turns": lambda: turn,
        "transcripts": lambda: facts.turn_transcript[turn],
    }
    return distinct(cell, reached[unit](), cells=cells)


def count_all(facts: Columns, unit: str, grid: Grid) -> Ints:
    """Return N of each group: the units that exist in its attribute part.

    For ``segments`` those are all codings of that part.

    Returns
    -------
    array of int, shape (groups,)
    """
    turns = np.arange(len(facts.turn_words))
    if unit == "segments":
        whole = distinct(grid.of_turns[facts.mark_turn], facts.mark_coding, cells=grid.parts)
    elif unit == "words":
        whole = np.bincount(grid.of_turns, weights=facts.turn_words, minlength=grid.parts).astype(np.int64)
    else:
        thing = {"respondents": facts.turn_respondent, "turns": turns, "transcripts": facts.turn_transcript}[unit]
        whole = distinct(grid.of_turns, thing, cells=grid.parts)
    return whole[grid.part]


def few(facts: Columns, grid: Grid) -> NDArray[np.bool_]:
    """Tell of each group whether fewer than `SAFE` respondents stand in its attribute part, whatever is counted.

    Returns
    -------
    array of bool, shape (groups,)
    """
    return count_all(facts, "respondents", grid) < SAFE


def frequency(
    facts: Columns,
    *,
    by: Sequence[str] = (),
    unit: str = "respondents",
    aggregate: bool = True,
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> pd.DataFrame:
    """Count each code in each group.

    Parameters
    ----------
    by : sequence of str
        At most two attributes or dimensions; none gives the total alone.
    unit : str
        One of `UNITS`: what n and N count.
    aggregate : bool
        Whether a code counts the union of its subtree.
    codes, level
        See `rows.choose_rows`.

    Returns
    -------
    DataFrame
        One row for each code and group, a row ``total`` closing each code; columns
        ``code, path, level, label, <by>…, n, N, share, asked, interviews, who, unit,
        coder, aggregate, small_n``. ``share`` is n / N as a fraction, NA where N is 0.
        ``small_n`` is true where the group has fewer than `SAFE` respondents (see `few`).

    Notes
    -----
    Worked by hand in ``docs/numbers.md`` for each unit: of four respondents three have a
    coding at one code, so n is 3, N is 4 and ``share`` 0.75; of 38 words 15 are covered, a
    word that two codings cover once.
    """
    check_unit(unit)
    if len(by) > 2 or len(set(by)) < len(by):
        raise UsageError(
            f"--by takes one or two different attributes, not '{','.join(by)}'.", way_out="Leave some out."
        )
    rows = choose_rows(facts, codes=codes, level=level, aggregate=aggregate)
    axes = [facts.axis(name) for name in by]
    tables = [_counted(facts, rows, cross(facts, axes), unit=unit)] if by else []
    total = _counted(facts, rows, cross(facts, []), unit=unit)
    if by:
        total[list(by)] = TOTAL
        labels = cross(facts, axes).labels * len(rows.codes)
        for place, name in enumerate(by):
            tables[0][name] = [label[place] for label in labels]
    frame = pd.concat([*tables, total]).sort_values("row", kind="stable")
    return _finished(facts, frame, rows, by=list(by), unit=unit, aggregate=aggregate)


def _counted(facts: Columns, rows: Rows, grid: Grid, *, unit: str) -> pd.DataFrame:
    groups = len(grid.labels)
    cells = len(rows.codes) * groups
    cell = rows.row * groups + grid.of_marks[rows.mark]
    turn = facts.mark_turn[rows.mark]
    who = members(cell, facts.turn_respondent[turn])
    return pd.DataFrame(
        {
            "row": np.repeat(np.arange(len(rows.codes)), groups),
            "n": count_marks(facts, unit, cell, rows.mark, cells=cells),
            "N": np.tile(count_all(facts, unit, grid), len(rows.codes)),
            "asked": _asked(facts, rows.codes, grid),
            "interviews": distinct(cell, facts.turn_transcript[turn], cells=cells),
            "small_n": np.tile(few(facts, grid), len(rows.codes)),
            "who": [";".join(facts.respondents[found] for found in who.get(index, [])) for index in range(cells)],
        }
    )


def _asked(facts: Columns, codes: list[str], grid: Grid) -> pd.Series[int]:
    groups = len(grid.labels)
    if facts.asked is None:
        return pd.Series([pd.NA] * (len(codes) * groups), dtype="Int64")
    where = np.stack([grid.of_turns, facts.turn_respondent, facts.turn_transcript])
    asked: dict[tuple[int, str], set[int]] = {}
    for part, respondent, transcript in np.unique(where, axis=1).T.tolist():
        if facts.respondents[respondent] != INTERVIEWER:
            for code in facts.asked[transcript]:
                asked.setdefault((part, code), set()).add(respondent)
    found = [len(asked.get((int(part), code), ())) for code in codes for part in grid.part]
    return pd.Series(found, dtype="Int64")


def _finished(
    facts: Columns, frame: pd.DataFrame, rows: Rows, *, by: list[str], unit: str, aggregate: bool
) -> pd.DataFrame:
    codebook = facts.codebook
    of_row = frame["row"].tolist()
    frame = frame.assign(
        code=[rows.codes[row] for row in of_row],
        path=["/".join(codebook.path(rows.codes[row])) for row in of_row],
        level=[codebook.level(rows.codes[row]) for row in of_row],
        label=[codebook.code(rows.codes[row]).label for row in of_row],
        share=frame["n"] / frame["N"].where(frame["N"] > 0),
        unit=unit,
        coder=facts.coder,
        aggregate=aggregate,
    )
    columns = [
        *("code", "path", "level", "label", *by, "n", "N", "share", "asked", "interviews", "who"),
        *("unit", "coder", "aggregate", "small_n"),
    ]
    return with_attrs(frame[columns].reset_index(drop=True), facts, unit=unit, notices=rows.notices)


def with_attrs(frame: pd.DataFrame, facts: Columns, *, unit: str = "", notices: Sequence[str] = ()) -> pd.DataFrame:
    """Return a result with what goes with it in ``attrs``: unit, coder and notices."""
    frame.attrs = {"unit": unit, "coder": facts.coder, "notices": [*facts.notices, *notices]}
    return frame
