"""Which codes go together, in units that carry both; never in pairs of codings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from lde_qual.analysis.counting import overlapping_pairs
from lde_qual.analysis.facts import Axis, Facts
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.rows import Rows, choose_rows
from lde_qual.errors import UsageError

Ints = NDArray[np.int64]
UNITS = ("overlap", "turn", "near", "respondent", "transcript")


@dataclass(frozen=True)
class _Group:
    """One group: the marks and turns that belong to it."""

    label: str | None
    marks: NDArray[np.bool_]
    turns: NDArray[np.bool_]


def cooccurrence(
    facts: Facts,
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
    overlap <= turn <= near <= min(n_a, n_b), symmetric, and n_aa = n_a.
    """
    if unit not in UNITS:
        raise UsageError(f"'{unit}' is no unit of co-occurrence.", way_out=f"Use one of {', '.join(UNITS)}.")
    if within < 0:
        raise UsageError(f"--within cannot be {within}.", way_out="Give 0 or more turns.")
    rows = choose_rows(facts, codes=codes, level=level, aggregate=aggregate)
    groups = _groups(facts, by)
    frame = pd.concat([_pairs(facts, rows, group, unit=unit, within=within) for group in groups], ignore_index=True)
    if by is not None:
        size = len(rows.codes) ** 2
        frame.insert(0, by, [group.label for group in groups for _ in range(size)])
    return with_attrs(frame, facts, unit=unit, notices=rows.notices)


def _groups(facts: Facts, by: str | None) -> list[_Group]:
    marks = np.ones(len(facts.mark_turn), dtype=bool)
    turns = np.ones(len(facts.turns), dtype=bool)
    if by is None:
        return [_Group(None, marks, turns)]
    axis: Axis = facts.axis(by)
    groups = []
    for index, label in enumerate(axis.labels):
        if axis.of_turns is not None:
            here = axis.of_turns == index
            groups.append(_Group(label, here[facts.mark_turn], here))
        elif axis.of_codings is not None:
            groups.append(_Group(label, (axis.of_codings == index)[facts.mark_coding], turns))
    return groups


def _pairs(facts: Facts, rows: Rows, group: _Group, *, unit: str, within: int) -> pd.DataFrame:
    of_turns = {"respondent": facts.turn_respondent, "transcript": facts.turn_transcript}.get(
        unit, np.arange(len(facts.turns))
    )
    kept = group.marks[rows.mark]
    row, mark = rows.row[kept], rows.mark[kept]
    carries = _incidence(of_turns[facts.mark_turn[mark]], row, shape=(len(facts.turns), len(rows.codes)))
    together = (carries.T @ carries).toarray()
    if unit == "overlap":
        together = _overlapping(facts, row, mark, codes=len(rows.codes))
    elif unit == "near" and within:
        together = _near(facts, carries, within=within)
    n_each = np.asarray(carries.sum(axis=0)).ravel()
    return _measured(rows.codes, together, n_each, len(np.unique(of_turns[group.turns])), unit=unit, coder=facts.coder)


def _incidence(thing: Ints, row: Ints, *, shape: tuple[int, int]) -> sparse.csr_array:
    """Return units by codes, 1 where a unit carries a code."""
    found = sparse.coo_array((np.ones(len(row), dtype=np.int64), (thing, row)), shape=shape).tocsr()
    found.data[:] = 1
    return found


def _overlapping(facts: Facts, row: Ints, mark: Ints, *, codes: int) -> Ints:
    """Return in how many turns a span of each code meets a span of each other code."""
    picked = np.unique(mark)
    one, other = overlapping_pairs(facts.mark_turn[picked], facts.mark_start[picked], facts.mark_end[picked])
    # A coding also meets itself: that is how a code goes together with the codes above it.
    one, other = (np.concatenate([found, np.arange(len(picked))]) for found in (one, other))
    falls = _incidence(mark, row, shape=(len(facts.mark_turn), codes))[picked]
    left, right = (falls[found].tocoo() for found in (one, other))
    keys = _joined(left.row, left.col, right.row, right.col, facts.mark_turn[picked][one], codes=codes)
    return np.bincount(keys % (codes * codes), minlength=codes * codes).reshape(codes, codes)


def _joined(pair: Ints, code: Ints, other_pair: Ints, other_code: Ints, turn: Ints, *, codes: int) -> Ints:
    """Return the different (turn, a, b) of all pairs as one number each, both orders."""
    first = np.searchsorted(other_pair, pair, side="left")
    many = np.searchsorted(other_pair, pair, side="right") - first
    at = np.repeat(first, many) + np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    a, b, where = np.repeat(code, many), other_code[at], turn[np.repeat(pair, many)]
    base = where.astype(np.int64) * (codes * codes)
    return np.unique(np.concatenate([base + a * codes + b, base + b * codes + a]))


def _near(facts: Facts, carries: sparse.csr_array, *, within: int) -> Ints:
    """Return the turns of a with b near, or of b with a near, whichever is fewer."""
    turns = len(facts.turns)
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
