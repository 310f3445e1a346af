"""The overview as a paper prints it: one row a factor, its directions side by side, by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lde_qual.analysis.counting import distinct, members
from lde_qual.analysis.facts import NONE, TOTAL, Axis, Facts, Ints
from lde_qual.analysis.frequency import frequency, with_attrs
from lde_qual.analysis.overview import factors_of
from lde_qual.analysis.quote_balance import WISH
from lde_qual.analysis.quotes import Quote
from lde_qual.analysis.rows import choose_rows
from lde_qual.errors import UsageError, did_you_mean

DIRECTED = "(directed)"
"""Any direction: respondents who say of a factor that it works one way or the other."""


@dataclass(frozen=True)
class Voices:
    """The quote of a row and the one against it; None where there is none, and who chose."""

    quote: Quote | None
    counter: Quote | None


def merged(axis: Axis, merge: Sequence[str]) -> Axis:
    """Return an attribute's groups with some of them taken together.

    Parameters
    ----------
    merge : sequence of str
        Groups joined by ``+``, such as ``vdab+management``; the new group bears that
        name and stands where its first one stood.

    Raises
    ------
    UsageError
        For a group that is not there, that is named twice, or that stands alone.
    """
    into: dict[str, str] = {}
    for name in merge:
        parts = [part.strip() for part in name.split("+")]
        if len(parts) < 2:
            raise UsageError(f"'{name}' is one group.", way_out="Join two or more with +, such as vdab+management.")
        for part in parts:
            if part not in axis.labels:
                way_out = did_you_mean(part, axis.labels, otherwise=f"Groups: {', '.join(axis.labels)}.")
                raise UsageError(f"'{part}' is no group of '{axis.name}'.", way_out=way_out)
            if part in into:
                raise UsageError(f"'{part}' is merged twice.", way_out="Name each group once.")
            into[part] = "+".join(parts)
    labels = list(dict.fromkeys(into.get(label, label) for label in axis.labels))
    place = np.array([labels.index(into.get(label, label)) for label in axis.labels], dtype=np.int64)
    return Axis(axis.name, labels, of_turns=None if axis.of_turns is None else place[axis.of_turns])


def overview_counts(
    facts: Facts,
    *,
    by: str = "role",
    merge: Sequence[str] = (),
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> pd.DataFrame:
    """Count respondents for each factor, direction and group.

    Parameters
    ----------
    by : str
        An attribute, such as ``role`` or ``organisation``.
    merge
        See `merged`.
    codes, level
        As in `overview.overview`.

    Returns
    -------
    DataFrame
        ``code, part, <by>, n, N, who, not_asked``: `part` is a value of the first dimension,
        ``(none)`` for codings without one, `DIRECTED` for any value, or the `WISH`, which is
        in no other part; a row ``total`` closes each part, counted anew. N is the respondents
        of the group who speak. ``not_asked`` is true where it is known that nobody was asked.
        ``attrs["sizes"]`` holds N by group, also of a table without a row.

    Raises
    ------
    UsageError
        Where `by` is a dimension: it does not divide people.
    """
    axis = facts.axis(by)
    if axis.of_turns is None:
        raise UsageError(f"'{by}' is a dimension and divides no respondents.", way_out="Use role or organisation.")
    axis = merged(axis, merge)
    wanted = factors_of(facts, codes, level)
    rows = choose_rows(facts, codes=wanted)
    parts, of_codings = _parts(facts)
    everything = Axis(by, [TOTAL], of_turns=np.zeros(len(facts.turns), dtype=np.int64))
    frames = [
        _count(facts, rows.codes, (rows.row, rows.mark), (parts, of_codings), each) for each in (axis, everything)
    ]
    frame = pd.concat(frames, ignore_index=True)
    frame["not_asked"] = _not_asked(facts, frame, by=by, codes=rows.codes)
    order = {code: index for index, code in enumerate(rows.codes)}
    place = {part: index for index, part in enumerate(parts)}
    frame = frame.sort_values(
        ["code", "part"], key=lambda column: column.map(order | place), kind="stable", ignore_index=True
    )
    frame = with_attrs(frame, facts, unit="respondents", notices=rows.notices)
    groups = axis.of_turns if axis.of_turns is not None else np.zeros(0, dtype=np.int64)
    people = distinct(groups, facts.turn_respondent, cells=len(axis.labels)).tolist()
    frame.attrs["sizes"] = dict(zip(axis.labels, people, strict=True)) | {TOTAL: len(facts.respondents)}
    return frame


def _parts(facts: Facts) -> tuple[list[str], Ints]:
    """Return the parts, and which one each coding is in (`DIRECTED`, the last, is every value together)."""
    codebook = facts.study.codebook
    first = codebook.first_dimension
    values = [*codebook.dimensions[first], NONE] if first else [NONE]
    others = [label for label in (facts.axis(first).labels if first else []) if label not in values]
    parts = [*values, *others, WISH[1]]
    name, wish = WISH
    found = [
        parts.index(wish if placed.coding.dimensions.get(name) == wish else placed.coding.dimensions.get(first) or NONE)
        for placed in facts.codings
    ]
    return [*parts, DIRECTED], np.array(found, dtype=np.int64)


def _count(
    facts: Facts, codes: list[str], falls: tuple[Ints, Ints], parts: tuple[list[str], Ints], axis: Axis
) -> pd.DataFrame:
    (row, mark), (names, of_codings) = falls, parts
    groups = axis.of_turns if axis.of_turns is not None else np.zeros(0, dtype=np.int64)
    width, many = len(axis.labels), len(names)
    turn = facts.mark_turn[mark]
    part = of_codings[facts.mark_coding[mark]] if len(mark) else mark
    # A coding with a direction falls to that direction and to all directions together.
    none, wish = names.index(NONE), names.index(WISH[1])
    again = np.flatnonzero((part != none) & (part != wish))
    part = np.concatenate([part, np.full(len(again), many - 1)])
    row, turn = np.concatenate([row, row[again]]), np.concatenate([turn, turn[again]])
    cell = (row * many + part) * width + groups[turn]
    cells = len(codes) * many * width
    who = members(cell, facts.turn_respondent[turn])
    whole = distinct(groups, facts.turn_respondent, cells=width)
    return pd.DataFrame(
        {
            "code": [code for code in codes for _ in range(many * width)],
            "part": [name for name in names for _ in range(width)] * len(codes),
            axis.name: axis.labels * (len(codes) * many),
            "n": distinct(cell, facts.turn_respondent[turn], cells=cells),
            "N": np.tile(whole, len(codes) * many),
            "who": [";".join(facts.respondents[found] for found in who.get(index, [])) for index in range(cells)],
        }
    )


def _not_asked(facts: Facts, frame: pd.DataFrame, *, by: str, codes: list[str]) -> list[bool]:
    told = facts.tells_asked(by)
    counted = frequency(facts, by=[by], codes=codes)
    silent = {
        (code, group)
        for code, group, asked in zip(counted["code"], counted[by], counted["asked"], strict=True)
        if group in told and not pd.isna(asked) and asked == 0
    }
    named = set(frame.loc[frame["n"] > 0, ["code", by]].itertuples(index=False, name=None))
    return [
        (code, group) not in named
        and all((code, each) in silent for each in (group.split("+") if "+" in group else [group]))
        for code, group in zip(frame["code"], frame[by], strict=True)
    ]


def voices_of(facts: Facts, code: str, quoted: Sequence[Quote], *, directed: bool) -> Voices:
    """Return the quote of a factor, and one that says the contrary.

    What the coder marked ``typerend`` or ``tegenstem`` is taken; else one is proposed: the
    most readable, and against it the most readable of another direction by somebody else.

    Parameters
    ----------
    quoted : sequence of Quote
        What `quotes_of` returned.
    directed : bool
        Whether of codings with a direction, or of those without.
    """
    codebook, first = facts.study.codebook, facts.study.codebook.first_dimension
    below = set(codebook.subtree(code))

    def value(quote: Quote) -> str:
        return quote.placed.coding.dimensions.get(first) or NONE

    wish = [quote for quote in quoted if quote.placed.code in below and not _wishes(quote)]
    mine = sorted((quote for quote in wish if (value(quote) != NONE) == directed), key=Quote.choice)
    chosen = mine[0] if mine else None
    if chosen is None:
        return Voices(None, None)
    others = [quote for quote in mine if quote is not chosen]
    marked = [quote for quote in others if quote.placed.coding.mark == "tegenstem"]
    contrary = [quote for quote in others if value(quote) != value(chosen)]
    against = marked or [quote for quote in contrary if not set(quote.respondents) & set(chosen.respondents)]
    return Voices(chosen, against[0] if against else None)


def _wishes(quote: Quote) -> bool:
    return quote.placed.coding.dimensions.get(WISH[0]) == WISH[1]
