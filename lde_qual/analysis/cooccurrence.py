"""Which codes go together, in units that carry both; never in pairs of codings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from lde_qual.analysis.columns import Axis, Columns
from lde_qual.analysis.counting import sweep, unique
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.rows import Rows, choose_rows
from lde_qual.errors import UsageError

Ints = NDArray[np.int64]
UNITS = ("overlap", "turn", "near", "respondent", "transcript")


@dataclass(frozen=True)
class Group:
    """One group: the marks and turns that belong to it."""

    label: str | None
    marks: NDArray[np.bool_]
    turns: NDArray[np.bool_]


def cooccurrence(
    facts: Columns,
    *,
    unit: str = "turn",
    within: int = 1,
    by: str | None = None,
    aggregate: bool = True,
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> pd.DataFrame:
    """Count, for every ordered pair of codes, the units that carry both.

    Parameters
    ----------
    unit : str
        ``turn``, ``respondent``, ``transcript``: units that carry both codes.
        ``overlap``: turns in which a span of a and a span of b share a character of
        speech. ``near``: turns that carry a and have b at most `within` turns away, or
        the same from b's side, whichever is fewer.
    within : int
        For ``near``: distance in turns that count, of the same transcript; 0 is ``turn``.
    by : str, optional
        An attribute (divides units) or a dimension (narrows codings, never `n`).

    Returns
    -------
    DataFrame
        Every ordered pair, zeros and the diagonal included; columns ``[<by>,] a, b,
        n_a, n_b, n_ab, n, jaccard, p_b_given_a, p_a_given_b, lift, unit, coder``. n is
        the number of units that exist. Jaccard = n_ab / (n_a + n_b - n_ab), which is
        ATLAS.ti's c counted in units; lift = n_ab n / (n_a n_b); NA where the
        denominator is 0.

    Notes
    -----
    overlap <= turn <= near <= min(n_a, n_b), symmetric, and n_aa = n_a. Worked by hand in
    ``docs/numbers.md`` for three units: 2 of 6 turns carry a, 3 carry b and 1 both, so
    Jaccard is 1 / (2 + 3 - 1), P(b|a) 1/2, P(a|b) 1/3 and lift 1 * 6 / (2 * 3).
    """
    if unit not in UNITS:
        raise UsageError(f"'{unit}' is no unit of co-occurrence.", way_out=f"Use one of {', '.join(UNITS)}.")
    if within < 0:
        raise UsageError(f"--within cannot be {within}.", way_out="Give 0 or more turns.")
    rows = choose_rows(facts, codes=codes, level=level, aggregate=aggregate)
    groups = groups_of(facts, by)
    tables = [_pairs(facts, rows, group, unit=unit, within=within) for group in groups]
    # Where nobody speaks an attribute has no groups, and the table has its columns and no row.
    frame = (
        pd.concat(tables, ignore_index=True) if tables else _pairs(facts, rows, _everything(facts), unit=unit).iloc[:0]
    )
    if by is not None:
        size = len(rows.codes) ** 2
        frame.insert(0, by, [group.label for group in groups for _ in range(size)])
    return with_attrs(frame, facts, unit=unit, notices=rows.notices)


def _everything(facts: Columns) -> Group:
    return Group(None, np.ones(len(facts.mark_turn), dtype=bool), np.ones(len(facts.turn_words), dtype=bool))


def groups_of(facts: Columns, by: str | None) -> list[Group]:
    """Return the groups of an attribute or dimension; without one the group of everything."""
    if by is None:
        return [_everything(facts)]
    axis: Axis = facts.axis(by)
    groups = []
    for index, label in enumerate(axis.labels):
        if axis.of_turns is not None:
            here = axis.of_turns == index
            groups.append(Group(label, here[facts.mark_turn], here))
        elif axis.of_codings is not None:
            groups.append(Group(label, (axis.of_codings == index)[facts.mark_coding], _everything(facts).turns))
    return groups


def _pairs(facts: Columns, rows: Rows, group: Group, *, unit: str, within: int = 0) -> pd.DataFrame:
    of_turns, things = {
        "respondent": (facts.turn_respondent, len(facts.respondents)),
        "transcript": (facts.turn_transcript, len(facts.names)),
    }.get(unit, (np.arange(len(facts.turn_words)), len(facts.turn_words)))
    kept = group.marks[rows.mark]
    row, mark = rows.row[kept], rows.mark[kept]
    carries = incidence(of_turns[facts.mark_turn[mark]], row, shape=(things, len(rows.codes)))
    together = (carries.T @ carries).toarray()
    if unit == "overlap":
        spans = (facts.mark_turn[mark], facts.mark_start[mark], facts.mark_end[mark])
        together = count_overlaps(*spans, row, codes=len(rows.codes))
    elif unit == "near" and within:
        together = _near(facts, carries, within=within)
    n_each = np.asarray(carries.sum(axis=0)).ravel()
    return _measured(rows.codes, together, n_each, len(np.unique(of_turns[group.turns])), unit=unit, coder=facts.coder)


def incidence(thing: Ints, row: Ints, *, shape: tuple[int, int]) -> sparse.csr_array:
    """Return units by codes, 1 where a unit carries a code."""
    found = sparse.coo_array((np.ones(len(row), dtype=np.int64), (thing, row)), shape=shape).tocsr()
    found.data[:] = 1
    return found


def count_overlaps(group: Ints, start: Ints, end: Ints, code: Ints, *, codes: int) -> Ints:
    """Return in how many groups an interval of each code meets one of each other code.

    Parameters
    ----------
    group, start, end, code : array of int, shape (n,)
        Half-open intervals, each with the index of its code.
    codes : int
        Number of codes.

    Returns
    -------
    array of int, shape (codes, codes)
        Symmetric; on the diagonal the groups that hold an interval of the code.
    """
    order, one, other = sweep(group, start, end)
    cells = codes * codes
    # Half the size sorts in half the time; in order of the sweep what is looked up lies side by side.
    small = bool(len(group)) and (int(group.max()) + 1) * cells < np.iinfo(np.int32).max
    kind = np.int32 if small else np.int64
    swept, where = code[order].astype(kind), (group[order] * cells).astype(kind)
    first, second = swept[one], swept[other]
    a, b = np.minimum(first, second), np.maximum(first, second)
    itself = (group * cells + code * (codes + 1)).astype(kind)
    keys = np.concatenate([where[one] + a * kind(codes) + b, itself])
    counts = np.bincount(unique(keys) % cells, minlength=cells).reshape(codes, codes)
    return np.maximum(counts, counts.T)


def _near(facts: Columns, carries: sparse.csr_array, *, within: int) -> Ints:
    """Return the turns of a with b near, or of b with a near, whichever is fewer."""
    turns = len(facts.turn_words)
    order = np.arange(turns)
    reach = carries.copy()
    for step in range(1, min(within, turns) + 1):
        same = facts.turn_transcript[step:] == facts.turn_transcript[:-step]
        if not same.any():
            break
        shift = sparse.coo_array(
            (np.ones(int(same.sum()), dtype=np.int64), (order[step:][same], order[:-step][same])), shape=(turns, turns)
        ).tocsr()
        reach = reach + shift @ carries + shift.T @ carries
    reach.data[:] = 1
    found: Ints = (carries.T @ reach).toarray()
    return np.minimum(found, found.T)


def _measured(
    codes: list[str], together: Ints, n_each: Ints, units: int, *, unit: str, coder: str | None
) -> pd.DataFrame:
    many = len(codes)
    n_a, n_b, n_ab = np.repeat(n_each, many), np.tile(n_each, many), together.ravel()
    return pd.DataFrame(
        {
            "a": np.repeat(np.array(codes, dtype=object), many),
            "b": codes * many,
            "n_a": n_a,
            "n_b": n_b,
            "n_ab": n_ab,
            "n": units,
            "jaccard": _over(n_ab, n_a + n_b - n_ab),
            "p_b_given_a": _over(n_ab, n_a),
            "p_a_given_b": _over(n_ab, n_b),
            "lift": _over(n_ab * units, n_a * n_b),
            "unit": unit,
            "coder": coder,
        }
    )


def _over(above: Ints, below: Ints) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    return shares
