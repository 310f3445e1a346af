"""How often lemmas are said, per group, and which are typical of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lde_qual.analysis.counting import Ints, distinct
from lde_qual.analysis.facts import TOTAL, Facts
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.keyness import Floats, log_likelihood, log_ratio
from lde_qual.analysis.talk import Talk
from lde_qual.errors import UsageError

FEWEST = 3
"""Respondents who must use a word for it to be listed, and who must be in a group for it to be compared."""
ORDERS = ("n", "keyness")
_EMPTY = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Side:
    """The words of one group, by lemma.

    Attributes
    ----------
    n, respondents : array of int, shape (lemmas,)
        How often, and by how many.
    whole, people : int
        All words of the group, and its respondents.
    """

    n: Ints
    respondents: Ints
    whole: int
    people: int


def words(
    facts: Facts,
    talk: Talk,
    *,
    pipeline: str,
    by: str | None = None,
    within: npt.NDArray[np.bool_] | None = None,
    stop: Collection[str] = (),
    order: str = "n",
    top: int | None = None,
) -> pd.DataFrame:
    """Count lemmas.

    Parameters
    ----------
    talk : Talk
        The words of ``facts.turns``.
    pipeline : str
        What gave the lemmas.
    by : str, optional
        An attribute; each group is compared with all others together.
    within : array of bool, shape (words,), optional
        Only these words are counted. Without `by` they are compared with all others.
    stop : collection of str
        Lemmas that have no row; they stay in N.
    order : str
        ``n``, or ``keyness`` (the highest of a lemma's groups).
    top : int, optional
        At most so many lemmas.

    Returns
    -------
    DataFrame
        A row for each lemma that at least `FEWEST` respondents use and each group, then
        ``total``: ``lemma, <by>, n, N, per_1000, keyness, respondents, pipeline,
        log_ratio, of_respondents``. ``keyness`` is `keyness.log_likelihood` and
        ``log_ratio`` `keyness.log_ratio` of the group against the rest; both NA where
        there is nothing to compare with, where the group or the rest is under `FEWEST`
        respondents, or where fewer than that use the word on the side where it is
        commoner.

    Raises
    ------
    UsageError
        For a dimension or an unknown attribute, another order, or a `top` under 1.

    Notes
    -----
    By hand: a lemma stands four times in the 9 words of a group of three, and once in the 13
    words of the four others. ``per_1000`` is 4000/9, keyness comes of E1 = 9 * 5/22
    and E2 = 13 * 5/22 (3.1987), and ``log_ratio`` is log2((4/9) / (1/13)) = 2.5305.
    """
    if order not in ORDERS or (top is not None and top < 1):
        wrong = f"--sort {order}" if order not in ORDERS else f"--top {top}"
        raise UsageError(f"{wrong} cannot be.", way_out=f"--sort takes {' or '.join(ORDERS)}, --top 1 or more.")
    chosen = np.ones(len(talk.turn), dtype=bool) if within is None else within
    labels, group = _groups(facts, talk, by)
    sides = [side_of(facts, talk, chosen & (group == place)) for place in range(len(labels))]
    total = side_of(facts, talk, chosen)
    stopped = np.isin(np.array(talk.lemmas.words, dtype=object), list(stop))
    rows = np.flatnonzero((total.respondents >= FEWEST) & ~stopped)
    rests = [side_of(facts, talk, chosen & (group != place)) for place in range(len(labels))]
    tables = [_table(talk, side, rest, rows) for side, rest in zip(sides, rests, strict=True)]
    against = side_of(facts, talk, ~chosen) if by is None and within is not None else None
    pairs = [*zip(labels, sides, rests, strict=True), *([("the passages", total, against)] if against else [])]
    too_few = [label for label, side, rest in pairs if min(side.people, rest.people) < FEWEST]
    tables.append(_table(talk, total, against, rows))
    for label, table in zip([*labels, TOTAL], tables, strict=True):
        if by is not None:
            table.insert(1, by, label)
    frame = _ordered(pd.concat(tables), rows=rows, total=total, order=order, top=top)
    frame.insert(frame.columns.tolist().index("log_ratio"), "pipeline", pipeline)
    return with_attrs(frame, facts, unit="words", notices=_notices(total, rows, stopped, too_few))


def _groups(facts: Facts, talk: Talk, by: str | None) -> tuple[list[str], Ints]:
    if by is None:
        return [], np.zeros(len(talk.turn), dtype=np.int64)
    axis = facts.axis(by)
    if axis.of_turns is None:
        raise UsageError(
            f"'{by}' is a dimension of codings, and words are divided by who speaks.",
            way_out="Give an attribute such as role; --code counts the words of passages.",
        )
    return axis.labels, axis.of_turns[talk.turn] if len(talk.turn) else _EMPTY


def side_of(facts: Facts, talk: Talk, chosen: npt.NDArray[np.bool_]) -> Side:
    """Return the chosen words by lemma; `chosen` has a value for each word of `talk`."""
    lemma, turn = talk.lemmas.of[chosen], talk.turn[chosen]
    who = facts.turn_respondent[turn] if len(turn) else _EMPTY
    size = len(talk.lemmas.words)
    return Side(np.bincount(lemma, minlength=size), distinct(lemma, who, cells=size), len(lemma), len(np.unique(who)))


def _table(talk: Talk, side: Side, rest: Side | None, rows: Ints) -> pd.DataFrame:
    n = side.n[rows]
    keyness, ratio = _compared(side, rest, rows)
    return pd.DataFrame(
        {
            "lemma": [talk.lemmas.words[row] for row in rows],
            "n": n,
            "N": side.whole,
            "per_1000": 1000 * n / side.whole if side.whole else np.nan,
            "keyness": keyness,
            "respondents": side.respondents[rows],
            "log_ratio": ratio,
            "of_respondents": side.people,
        },
        index=np.arange(len(rows)),
    )


def _compared(side: Side, rest: Side | None, rows: Ints) -> tuple[Floats, Floats]:
    if rest is None or min(side.people, rest.people) < FEWEST:
        return np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    counts = side.n[rows], rest.n[rows], side.whole, rest.whole
    ratio = log_ratio(*counts)
    by_how_many = np.where(ratio >= 0, side.respondents[rows], rest.respondents[rows])
    shown = by_how_many >= FEWEST
    return np.where(shown, log_likelihood(*counts), np.nan), np.where(shown, ratio, np.nan)


def _ordered(frame: pd.DataFrame, *, rows: Ints, total: Side, order: str, top: int | None) -> pd.DataFrame:
    """Return the rows lemma by lemma; the index is the place of a lemma, in the order of the alphabet."""
    n = total.n[rows].astype(float)
    weight = n if order == "n" else frame.groupby(level=0)["keyness"].max().fillna(-1.0).to_numpy(dtype=float)
    ranked = np.lexsort((np.arange(len(rows)), -n, -weight))[:top]
    rank = pd.Series(np.arange(len(ranked)), index=ranked)
    kept = frame[frame.index.isin(ranked)]
    return kept.iloc[np.argsort(rank.loc[kept.index].to_numpy(), kind="stable")].reset_index(drop=True)


def _notices(total: Side, rows: Ints, stopped: npt.NDArray[np.bool_], too_few: Sequence[str]) -> Sequence[str]:
    few = (total.n > 0) & (total.respondents < FEWEST) & ~stopped
    said = [f"{len(rows)} lemma{'' if len(rows) == 1 else 's'} that {FEWEST} respondents or more use"]
    if few.any():
        said.append(f"{int(few.sum())} that fewer use are left out ({int(total.n[few].sum())} words)")
    if total.n[stopped].any():
        said.append(f"stop words are left out ({int(total.n[stopped].sum())} words)")
    alone = f"Not compared, since one side has fewer than {FEWEST} respondents: {', '.join(too_few)}."
    return ["; ".join(said) + ".", *([alone] if too_few else [])]
