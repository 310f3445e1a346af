"""Pairs of codes that stand in the same turns often enough to be drawn."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.facts import Facts
from lde_qual.errors import UsageError

LEAST = 2
"""Turns that carry both codes, for a pair to be drawn unless told."""
COLUMNS = ("a", "b", "n_a", "n_b", "n_ab", "n", "jaccard", "unit", "coder")


def network(
    facts: Facts, *, least: int = LEAST, codes: Sequence[str] | None = None, level: int | None = None
) -> pd.DataFrame:
    """Return each pair of codes that at least so many turns carry both, most first.

    Parameters
    ----------
    least : int
        The threshold: pairs with fewer turns are left out, and their number is told.
    codes, level
        See `rows.choose_rows`; a code counts its whole subtree.

    Returns
    -------
    DataFrame
        ``a, b, n_a, n_b, n_ab, n, jaccard, unit, coder`` of `cooccurrence`, unit turn, each
        pair once, a before b in the order of the tree; no code with one above or below it.
        ``attrs``: ``codes``; ``turns``, how many carry each code; ``left_out``, pairs that
        occur less often than `least`.

    Raises
    ------
    UsageError
        For a threshold under 1.

    Notes
    -----
    A turn with three codes is in three pairs: the n_ab of a code's pairs do not add up to
    the turns that carry it. By hand, on turns with the codes ab, ab, abc and c: the pair
    a, b has n_ab 3, the others 1, and at a threshold of 2 only that pair stays.
    """
    if least < 1:
        raise UsageError(f"--least cannot be {least}.", way_out="Give 1 or a whole number above it.")
    frame = cooccurrence(facts, unit="turn", codes=codes, level=level)
    attrs, codebook = frame.attrs, facts.study.codebook
    chosen = list(dict.fromkeys(frame["a"]))
    place = {code: at for at, code in enumerate(chosen)}
    turns = dict(zip(frame["a"], frame["n_a"].tolist(), strict=True))
    once = [place[a] < place[b] and not codebook.related(a, b) for a, b in zip(frame["a"], frame["b"], strict=True)]
    pairs = frame[pd.Series(once, index=frame.index, dtype=bool) & (frame["n_ab"] > 0)]
    kept = pairs[pairs["n_ab"] >= least].sort_values("n_ab", ascending=False, kind="stable", ignore_index=True)
    few = len(pairs) - len(kept)
    which = "1 pair shares" if few == 1 else f"{few} pairs share"
    told = [f"{which} fewer than {least} turns and {'is' if few == 1 else 'are'} left out."] if few else []
    kept = kept[list(COLUMNS)]
    about = {"codes": chosen, "turns": turns, "left_out": few, "least": least}
    kept.attrs = attrs | about | {"notices": [*attrs["notices"], *told]}
    return kept
