"""What stands behind a cell of co-occurrence: its passages, and how groups differ in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from lde_qual.analysis.columns import NONE, Columns, Ints
from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.counting import overlapping_pairs
from lde_qual.analysis.facts import Facts
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.participants import groups
from lde_qual.analysis.rows import Rows, choose_rows
from lde_qual.errors import UsageError
from lde_qual.model.citation import SAFE, cite

UNITS = ("overlap", "turn", "near", "respondent", "transcript")


def pair_passages(
    facts: Facts, *, a: str, b: str, unit: str = "turn", within: int = 1, aggregate: bool = True
) -> pd.DataFrame:
    """Return the passages of the units that carry both codes.

    Parameters
    ----------
    a, b : str
        Two different codes, each with its subtree where `aggregate`.
    unit : str
        One of `UNITS`, as in `cooccurrence.cooccurrence`.
    within : int
        With ``near``: at most so many turns away.

    Returns
    -------
    DataFrame
        A row for each coding in each turn of such a unit: ``together`` (1 to n_ab, the
        number of the unit), ``transcript, turn, respondent, role, side`` (``a`` or ``b``),
        ``code, quote, cited_as``. The quote is what the coding covers of that turn's speech.
        Of ``overlap`` only codings that meet one of the other code. Of ``near`` a unit is a
        turn of the code of which fewer turns have the other near (a, where as many do),
        with what is near it; a passage may be near several.

    Raises
    ------
    UsageError
        For what is no unit, or a code with itself.
    """
    if unit not in UNITS:
        raise UsageError(
            f"'{unit}' is no unit of co-occurrence.",
            way_out=f"Use one of {', '.join(UNITS)}.",
        )
    rows = choose_rows(facts, codes=[a, b], aggregate=aggregate)
    if len(rows.codes) < 2:
        raise UsageError(f"'{a}' and '{b}' are one code.", way_out="Name two different codes.")
    picks = _near(facts, rows, within=within) if unit == "near" else _shared(facts, rows, unit=unit)
    order = sorted(picks, key=lambda pick: (pick[0], *_place(facts, rows, pick[1])))
    found = [_row(facts, int(rows.mark[at]), number, "ab"[rows.row[at]]) for number, at in order]
    columns = ["together", "transcript", "turn", "respondent", "role", "side", "code", "quote", "cited_as"]
    return with_attrs(pd.DataFrame(found, columns=columns), facts, unit=unit, notices=rows.notices)


def _place(facts: Facts, rows: Rows, at: int) -> tuple[int, int, int]:
    mark = rows.mark[at]
    return int(facts.mark_turn[mark]), int(facts.mark_start[mark]), int(rows.row[at])


def _shared(facts: Facts, rows: Rows, *, unit: str) -> list[tuple[int, int]]:
    """Return the picks of a mark that lie in a unit of both codes, each with the number of its unit."""
    kept = _meeting(facts, rows) if unit == "overlap" else np.arange(len(rows.mark))
    thing = _things(facts, unit)[facts.mark_turn[rows.mark[kept]]]
    both = np.intersect1d(thing[rows.row[kept] == 0], thing[rows.row[kept] == 1])
    number = {unit_of: index for index, unit_of in enumerate(both.tolist(), start=1)}
    return [(number[each], at) for each, at in zip(thing.tolist(), kept.tolist(), strict=True) if each in number]


def _near(facts: Facts, rows: Rows, *, within: int) -> list[tuple[int, int]]:
    """Return the picks of a mark in turns of the rarer side and near them, each with the number of that turn."""
    of: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
    for at, (side, turn) in enumerate(zip(rows.row.tolist(), facts.mark_turn[rows.mark].tolist(), strict=True)):
        of[side].setdefault(turn, []).append(at)

    def beside(turn: int, side: int) -> list[int]:
        here = facts.turn_transcript[turn]
        close = range(max(0, turn - within), min(len(facts.turns), turn + within + 1))
        return [at for each in close if facts.turn_transcript[each] == here for at in of[side].get(each, ())]

    met = [{turn: beside(turn, 1 - side) for turn in sorted(of[side])} for side in (0, 1)]
    kept = [{turn: found for turn, found in each.items() if found} for each in met]
    rarer = 0 if len(kept[0]) <= len(kept[1]) else 1
    return [
        (number, at)
        for number, (turn, found) in enumerate(kept[rarer].items(), start=1)
        for at in [*of[rarer][turn], *found]
    ]


def _things(facts: Facts, unit: str) -> Ints:
    if unit == "respondent":
        return facts.turn_respondent
    return facts.turn_transcript if unit == "transcript" else np.arange(len(facts.turns))


def _meeting(facts: Facts, rows: Rows) -> Ints:
    """Return which picks of a mark share a character of speech with one of the other code."""
    one, other = overlapping_pairs(facts.mark_turn[rows.mark], facts.mark_start[rows.mark], facts.mark_end[rows.mark])
    apart = rows.row[one] != rows.row[other]
    return np.unique(np.concatenate([one[apart], other[apart]]))


def _row(facts: Facts, mark: int, number: int, side: str) -> list[object]:
    transcript, turn = facts.turns[facts.mark_turn[mark]]
    return [
        number,
        transcript.name,
        turn.number,
        turn.respondent,
        facts.study.attribute("role", respondent=turn.respondent, transcript=transcript) or None,
        side,
        facts.codes[facts.mark_code[mark]],
        transcript.text[facts.mark_start[mark] : facts.mark_end[mark]],
        cite(facts.study, [turn.respondent]),
    ]


def pair_differences(
    facts: Columns,
    *,
    by: str,
    unit: str = "turn",
    within: int = 1,
    aggregate: bool = True,
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> pd.DataFrame:
    """Set each two groups of an attribute against each other, pair of codes by pair.

    Returns
    -------
    DataFrame
        ``a, b, group, other, n_ab, n, share, other_n_ab, other_n, other_share, difference,
        jaccard, other_jaccard, jaccard_difference, unit, coder``. A share is n_ab / n, of
        all units of the group; differences are the group's less the other's. Each pair of
        codes once, codes and their ancestors left out; groups of fewer than three
        respondents and ``(none)`` are left out and a notice says so.

    Raises
    ------
    UsageError
        Where `by` is a dimension, or fewer than two groups are left.
    """
    if facts.axis(by).of_turns is None:
        raise UsageError(
            f"'{by}' is a dimension and divides no respondents.", way_out="Use an attribute, such as role."
        )
    sizes = groups(facts, by=by)
    large = sizes[(sizes["respondents"] >= SAFE) & ~sizes[by].isin([NONE])][by].tolist()
    kept = [label for label in large if label in facts.axis(by).labels]
    if len(kept) < 2:
        raise UsageError(
            f"Fewer than two groups of '{by}' have {SAFE} respondents; so few are not compared.",
            way_out="Use an attribute with larger groups.",
        )
    frame = cooccurrence(facts, unit=unit, within=within, by=by, aggregate=aggregate, codes=codes, level=level)
    place = {code: index for index, code in enumerate(dict.fromkeys(frame["a"]))}
    codebook = facts.codebook
    once = [place[a] < place[b] and not codebook.related(a, b) for a, b in zip(frame["a"], frame["b"], strict=True)]
    pairs = frame[np.array(once, dtype=bool)]
    shown = [_against(pairs, by, one, other) for one, other in combinations(kept, 2)]
    found = pd.concat(shown, ignore_index=True).assign(unit=unit, coder=facts.coder)
    left = [label for label in facts.axis(by).labels if label not in kept]
    notices = frame.attrs["notices"][len(facts.notices) :]
    notices += [f"Left out as too few or without a value: {', '.join(left)}."] if left else []
    return with_attrs(found, facts, unit=unit, notices=notices)


def _against(pairs: pd.DataFrame, by: str, one: str, other: str) -> pd.DataFrame:
    mine, theirs = (pairs[pairs[by] == label].reset_index(drop=True) for label in (one, other))
    share, other_share = (each["n_ab"] / each["n"].where(each["n"] > 0) for each in (mine, theirs))
    return pd.DataFrame(
        {
            "a": mine["a"],
            "b": mine["b"],
            "group": one,
            "other": other,
            "n_ab": mine["n_ab"],
            "n": mine["n"],
            "share": share,
            "other_n_ab": theirs["n_ab"],
            "other_n": theirs["n"],
            "other_share": other_share,
            "difference": share - other_share,
            "jaccard": mine["jaccard"],
            "other_jaccard": theirs["jaccard"],
            "jaccard_difference": mine["jaccard"] - theirs["jaccard"],
        }
    )
