"""Which codes a table has rows for, and which codings belong to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lde_qual.analysis.columns import Columns
from lde_qual.errors import UsageError
from lde_qual.model.codebook import Codebook

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """The codes of a table, in order, and the marks that fall to each.

    Attributes
    ----------
    codes : list of str
    row, mark : array of int, shape (m,)
        Mark `mark[i]` of the facts falls to code `codes[row[i]]`; a mark falls to
        every code of the table above it, where subtrees are counted.
    notices : list of str
    """

    codes: list[str]
    row: Ints
    mark: Ints
    notices: list[str]


def choose_rows(
    facts: Columns, *, codes: Sequence[str] | None = None, level: int | None = None, aggregate: bool = True
) -> Rows:
    """Return the rows of a table.

    Parameters
    ----------
    codes : sequence of str, optional
        Exactly these, in this order.
    level : int, optional
        The codes of this depth and the childless ones above it.
    aggregate : bool
        Whether a code counts the union of its subtree.

    Raises
    ------
    UsageError
        For both `codes` and `level`, or a level under 1.
    UnknownError
        For a code that is not in the codebook.
    """
    codebook = facts.codebook
    chosen = chosen_codes(codebook, codes=codes, level=level)
    row, mark = falls_to(codebook, chosen, facts.mark_code, aggregate=aggregate)
    return Rows(chosen, row, mark, above_cut(codebook, level, (facts.codes[code] for code in facts.coding_code)))


def chosen_codes(codebook: Codebook, *, codes: Sequence[str] | None, level: int | None) -> list[str]:
    """Return the codes of a table's rows (see `choose_rows`)."""
    if codes is not None and level is not None:
        raise UsageError("--codes and --level do not go together.", way_out="Give one of the two.")
    if level is not None and level < 1:
        raise UsageError(f"There is no level {level}.", way_out="A root is level 1.")
    if codes is not None:
        return list(dict.fromkeys(codebook.require(code) for code in codes))
    return codebook.cut(level) if level is not None else codebook.ids()


def falls_to(codebook: Codebook, chosen: Sequence[str], mark_code: Ints, *, aggregate: bool) -> tuple[Ints, Ints]:
    """Return which marks fall to which of the chosen codes.

    Parameters
    ----------
    mark_code : array of int, shape (marks,)
        Index of each mark's code among ``codebook.ids()``.

    Returns
    -------
    (array of int, array of int)
        Index into `chosen` and index of the mark, a pair for each mark that falls to a code.
    """
    place = {code: index for index, code in enumerate(codebook.ids())}
    below = np.zeros((len(chosen), len(place)), dtype=bool)
    for index, code in enumerate(chosen):
        below[index, [place[found] for found in (codebook.subtree(code) if aggregate else [code])]] = True
    rows = [np.flatnonzero(below[:, code]) for code in range(below.shape[1])]
    sizes = np.array([len(found) for found in rows], dtype=np.int64)
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    flat = np.concatenate([*rows, np.zeros(0, dtype=np.int64)])
    many = sizes[mark_code] if len(mark_code) else np.zeros(0, dtype=np.int64)
    mark = np.repeat(np.arange(len(mark_code)), many)
    ahead = np.arange(len(mark)) - np.repeat(np.cumsum(many) - many, many)
    return flat[first[mark_code[mark]] + ahead], mark


def above_cut(codebook: Codebook, level: int | None, codes: Iterable[str]) -> list[str]:
    """Return the notice that codings sit above the cut; `codes` holds the code of every coding that counts."""
    if level is None:
        return []
    above = set(codebook.above_cut(level))
    codings = sum(code in above for code in codes)
    if not codings:
        return []
    sit, are = ("coding sits", "is") if codings == 1 else ("codings sit", "are")
    return [f"{codings} {sit} on codes above level {level} ({', '.join(sorted(above))}) and {are} in no row."]
