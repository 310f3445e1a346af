"""New codes by interview: where each code is found first, in an order of the interviews."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import pandas as pd

from lde_qual.analysis.agreement_measures import Floats, percentile_interval
from lde_qual.analysis.counting import Ints, unique
from lde_qual.analysis.finds import AT_RANDOM, GUEST_COLUMNS, IN_ORDER, Finds, Found
from lde_qual.analysis.frequency import with_attrs

Row = dict[str, object]

_TEXTS = ("transcript", "codes")
_FRACTIONS = ("threshold", "ratio", "share", "low", "high")


def in_order(finds: Finds) -> pd.DataFrame:
    """Count the new codes of each interview, in order.

    Returns
    -------
    DataFrame
        The attribute, then `IN_ORDER`: ``order`` from 1; ``new``, codes that no
        interview before it gave; ``cumulative``, found so far; ``share``, of all found
        in the end; ``made``, how many of the new ones the coder added to the codebook
        while coding this interview, NA where no journal saw a code added; ``codes``,
        ids of the new ones, joined by ``;``. A group under `finds.MIN_INTERVIEWS` has
        one row of NA.

    Notes
    -----
    By hand: the first interview gives codes a and c, the second b and c, the third none:
    ``new`` is 2, 1, 0, ``cumulative`` 2, 3, 3 and ``share`` 2/3, 1, 1.
    """
    rows: list[Row] = []
    for found in finds.groups:
        rows += [{}] if finds.too_small(found) else _interviews(finds, found)
        _name_group(rows, finds.by, found.label)
    return _table(finds, rows, IN_ORDER)


def _interviews(finds: Finds, found: Found) -> list[Row]:
    first = found.first(found.place).tolist()
    ids = [finds.codes[code] for code in unique(found.code)]
    new: list[list[str]] = [[] for _ in found.transcripts]
    for code, place in zip(ids, first, strict=True):
        new[place].append(code)
    names = [finds.facts.names[transcript] for transcript in found.transcripts]
    made_in = finds.course.made_in
    return [
        {
            "order": place,
            "transcript": name,
            "new": len(codes),
            "cumulative": so_far,
            "share": so_far / len(ids) if ids else None,
            "made": sum(made_in.get(code) == name for code in codes) if finds.course.sees_made else None,
            "codes": ";".join(codes),
        }
        for place, (name, codes, so_far) in enumerate(zip(names, new, accumulate(map(len, new)), strict=True), start=1)
    ]


def at_random(finds: Finds, *, draws: int, rng: np.random.Generator) -> pd.DataFrame:
    """Count the new codes of the first, second, … interview over orders drawn at random.

    A code is found wherever a coding bears it: where it was made goes with the order
    that was, not with one that is drawn.

    Parameters
    ----------
    draws : int
        How many orders.

    Returns
    -------
    DataFrame
        The attribute, then `AT_RANDOM`: means over the orders, and between ``low`` and
        ``high`` the middle 95 % of ``cumulative``. ``transcript`` is NA.

    Notes
    -----
    By hand: of six interviews all bear one code and two another. The other is in the first
    with chance 2/6 and in the first two with 1 - 6/15, since 6 of the 15 pairs lack it, so
    that ``cumulative`` comes near 1.33 and 1.6.
    """
    rows: list[Row] = []
    for found in finds.groups:
        rows += [{}] if finds.too_small(found) else _places(_drawn(found, draws, rng))
        _name_group(rows, finds.by, found.label)
    return _table(finds, rows, AT_RANDOM, means=("new", "cumulative"))


def _places(cumulative: Floats) -> list[Row]:
    mean = cumulative.mean(axis=0)
    low, high = percentile_interval(cumulative.T)
    columns = zip(np.diff(mean, prepend=0.0), mean, low, high, strict=True)
    return [
        {
            "order": place,
            "new": new,
            "cumulative": so_far,
            "share": so_far / mean[-1] if mean[-1] else None,
            "low": lowest,
            "high": highest,
        }
        for place, (new, so_far, lowest, highest) in enumerate(columns, start=1)
    ]


def runs(finds: Finds, *, base: int = 4, run: int = 2, threshold: float = 0.05) -> pd.DataFrame:
    """Compare each run of interviews with those at the beginning, after Guest, Namey and Chen (2020).

    Parameters
    ----------
    base : int
        Interviews at the beginning, whose codes are counted.
    run : int
        Interviews in a row, whose new codes are counted; runs overlap, each begins one
        later than the one before.
    threshold : float
        A fraction that the ratio of the two is compared with.

    Returns
    -------
    DataFrame
        The attribute, then `GUEST_COLUMNS`, a row for each run: ``ratio`` is
        ``new_in_run`` / ``codes_in_base``, NA where that is 0; ``met_at``: the last
        interview of the first run whose ratio is not above the threshold, NA where
        there is none; ``found``: all codes found in the end; ``near_at``: the interview
        by which nine in ten of them were found. Interviews are given by their place.
        Without a whole run there is one row.

    Notes
    -----
    G. Guest, E. Namey and M. Chen, PLOS ONE 15(5): e0232076 (2020). By hand: interviews give
    20, 10, 5, 5, 2, 1, 1, 0 and 0 new codes, 40 in the base of four. Runs of two give 3/40,
    2/40, 1/40 and 0: a threshold of 5 % is met at the seventh interview. Of 44 codes nine
    in ten are 39.6, which the fourth reaches.
    """
    rows: list[Row] = []
    for found in finds.groups:
        rows += [{}] if finds.too_small(found) else _compared(found.new(), base, run, threshold)
        _name_group(rows, finds.by, found.label)
    return _table(finds, [row | {"base": base, "run": run, "threshold": threshold} for row in rows], GUEST_COLUMNS)


def _compared(new: Ints, base: int, run: int, threshold: float) -> list[Row]:
    cumulative = np.cumsum(new)
    total = int(new.sum())
    whole: Row = {
        "codes_in_base": int(new[:base].sum()) if len(new) >= base else None,
        "found": total,
        "near_at": int(np.searchsorted(10 * cumulative, 9 * total)) + 1 if total else None,
    }
    in_base = int(new[:base].sum())
    after = [
        {
            "run_from": start + 1,
            "run_to": start + run,
            "new_in_run": int(new[start : start + run].sum()),
            "ratio": int(new[start : start + run].sum()) / in_base if in_base else None,
        }
        for start in range(base, len(new) - run + 1)
    ]
    ends = [each["run_to"] for each in after if each["ratio"] is not None and each["ratio"] <= threshold]
    whole["met_at"] = ends[0] if ends else None
    return [whole | each for each in after] or [whole]


def _drawn(found: Found, draws: int, rng: np.random.Generator) -> Floats:
    """Return how many codes were found so far, for each order drawn and each place in it."""
    interviews = len(found.transcripts)
    new = np.zeros((draws, interviews))
    for draw in range(draws):
        new[draw] = np.bincount(found.first(rng.permutation(interviews)[found.place]), minlength=interviews)
    return np.cumsum(new, axis=1)


def _name_group(rows: list[Row], by: str, label: str) -> None:
    for row in rows:
        row.setdefault(by, label)


def _table(finds: Finds, rows: list[Row], columns: Sequence[str], *, means: Sequence[str] = ()) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*([finds.by] if finds.by else []), *columns], dtype=object)
    for name in columns:
        if name not in _TEXTS:
            frame[name] = frame[name].astype(float if name in {*_FRACTIONS, *means} else "Int64")
    return with_attrs(frame, finds.facts, unit="codes", notices=finds.notices)
