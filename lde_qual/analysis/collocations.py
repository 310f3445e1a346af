"""Which lemmas stand near a term more often than elsewhere."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from lde_qual.analysis.counting import Ints
from lde_qual.analysis.facts import Facts
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.keyness import dunning, log_ratio
from lde_qual.analysis.talk import Talk
from lde_qual.analysis.words import FEWEST, Side, side_of
from lde_qual.errors import UsageError


def collocations(
    facts: Facts, talk: Talk, places: Ints, length: int, *, pipeline: str, within: int, stop: Collection[str] = ()
) -> pd.DataFrame:
    """Return the lemmas that stand near a term more often than elsewhere.

    Parameters
    ----------
    talk : Talk
        The words of ``facts.turns``.
    places : array of int
        Where the term begins; it has `length` words.
    within : int
        How many words of the same turn on each side are near.

    Returns
    -------
    DataFrame
        ``lemma, n, N, elsewhere, expected, keyness, log_ratio, respondents, pipeline``,
        by falling keyness: the lemma is n times among the N words near the term, each
        counted once, and `elsewhere` times among the words that are not; the term itself
        is in neither. ``keyness`` is `keyness.dunning` of that table of two by two. Only
        lemmas that at least `FEWEST` respondents use near it, and that are commoner there.

    Notes
    -----
    By hand: of 41 words beside the term itself 17 are near it, and a lemma is said six times,
    always near: ``expected`` is 6 * 17 / 41 = 2.4878.
    """
    if within < 1:
        raise UsageError(f"--within cannot be {within}.", way_out="Give 1 or more.")
    itself, near = _near(talk, places, length, within)
    here, there = side_of(facts, talk, near & ~itself), side_of(facts, talk, ~near & ~itself)
    frame = _near_table(talk, here, there)
    kept = ~frame["lemma"].isin(list(stop)) & (frame["respondents"] >= FEWEST) & (frame["log_ratio"] > 0)
    frame = frame[kept].sort_values(["keyness", "lemma"], ascending=[False, True]).reset_index(drop=True)
    frame["pipeline"] = pipeline
    return with_attrs(frame, facts, unit="words")


def _near_table(talk: Talk, here: Side, there: Side) -> pd.DataFrame:
    whole = here.whole + there.whole
    return pd.DataFrame(
        {
            "lemma": talk.lemmas.words,
            "n": here.n,
            "N": here.whole,
            "elsewhere": there.n,
            "expected": (here.n + there.n) * here.whole / whole if whole else np.nan,
            "keyness": dunning(here.n, there.n, here.whole - here.n, there.whole - there.n),
            "log_ratio": log_ratio(here.n, there.n, here.whole, there.whole),
            "respondents": here.respondents,
        }
    )


def _near(talk: Talk, places: Ints, length: int, within: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which words are the term's own, and which are near it (some of the first among them)."""
    itself, near = np.zeros((2, len(talk.turn)), dtype=bool)
    itself[(places[:, None] + np.arange(length)).ravel()] = True
    steps = np.r_[-within:0, length : length + within]
    around, origin = (places[:, None] + steps).ravel(), np.repeat(places, len(steps))
    inside = (around >= 0) & (around < len(talk.turn))
    around, origin = around[inside], origin[inside]
    near[around[talk.turn[around] == talk.turn[origin]]] = True
    return itself, near
