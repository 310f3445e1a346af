"""In which interviews, in an order, each code is found: by group, and without codings put on afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lde_qual.analysis.columns import Columns
from lde_qual.analysis.counting import Ints, unique
from lde_qual.analysis.novelty import Course
from lde_qual.analysis.rows import above_cut, chosen_codes, falls_to
from lde_qual.errors import RefusedError, UsageError

Bools = NDArray[np.bool_]

ORDERS = ("date", "coding", "random")
MIN_INTERVIEWS = 6
"""Interviews of a group under which nothing is given for it."""

COLUMNS = ("order", "transcript", "new", "cumulative", "share")
IN_ORDER = (*COLUMNS, "made", "codes")
AT_RANDOM = (*COLUMNS, "low", "high")
GUEST_COLUMNS = (
    *("base", "run", "threshold", "codes_in_base", "run_from", "run_to", "new_in_run", "ratio", "met_at"),
    *("found", "near_at"),
)


@dataclass(frozen=True)
class Found:
    """In which interviews of a group which codes are found.

    Attributes
    ----------
    label : str
        The group; empty where there are none.
    transcripts : array of int, shape (interviews,)
        Index into the facts' transcripts, in order.
    code, place : array of int, shape (findings,)
        Code `code[i]` of the table is found in interview `place[i]`; every pair once,
        sorted by code.
    """

    label: str
    transcripts: Ints
    code: Ints
    place: Ints

    def first(self, place: Ints) -> Ints:
        """Return the first place of each code that is found, where finding `i` stands at `place[i]`."""
        if not len(self.code):
            return self.code
        starts = np.flatnonzero(np.diff(self.code, prepend=-1))
        found: Ints = np.minimum.reduceat(place, starts)
        return found

    def new(self) -> Ints:
        """Return how many codes are found first in each interview, in order."""
        return np.bincount(self.first(self.place), minlength=len(self.transcripts))


@dataclass(frozen=True)
class Finds:
    """The groups of a table, and what goes for all of them.

    Attributes
    ----------
    by : str
        The attribute that makes the groups; empty where there is one group of everything.
    codes : list of str
        Those that the table is about.
    """

    facts: Columns
    by: str
    codes: list[str]
    groups: list[Found]
    course: Course
    notices: list[str]

    def too_small(self, found: Found) -> bool:
        """Tell whether a group has too few interviews to say anything of it."""
        return bool(self.by) and len(found.transcripts) < MIN_INTERVIEWS


def find(
    facts: Columns,
    course: Course,
    *,
    by: str | None = None,
    order: str = "date",
    aggregate: bool = True,
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> Finds:
    """Find each code in the interviews of each group.

    Parameters
    ----------
    facts, course : Columns, Course
        Of coded transcripts alone.
    by : str, optional
        An attribute; an interview belongs to each group of which somebody speaks in it,
        and a code is found in it by what those say.
    order : str
        ``date``; ``coding``: the coder's first coding in each; ``random``: none, by name.
    aggregate, codes, level
        See `rows.choose_rows`; without codes and level, the codes that bear codings.

    Raises
    ------
    UsageError
        For another order, a transcript without a date where that orders them, an
        attribute that is none or is named as a column.
    RefusedError
        Where the study's approach knows no saturation.
    """
    codebook = facts.codebook
    _refuse_readings(codebook.approach)
    ordered = _in_order(facts, course, order)
    group_of, labels = _grouping(facts, by)
    chosen = chosen_codes(codebook, codes=codes, level=level)
    if codes is None and level is None:
        chosen = [facts.codes[index] for index in unique(facts.mark_code)]
    falls = falls_to(codebook, chosen, facts.mark_code, aggregate=aggregate)
    late = np.zeros_like(course.late) if order == "random" else course.late
    groups = []
    for index, label in enumerate(labels):
        speaking = np.unique(facts.turn_transcript[group_of == index]) if by else ordered
        kept = np.flatnonzero(group_of[facts.mark_turn] == index)
        counts = np.zeros(len(facts.mark_turn), dtype=bool)
        counts[kept[_tell(facts, kept, late=late, rank=course.rank)]] = True
        groups.append(_found(facts, label, ordered[np.isin(ordered, speaking)], counts, falls))
    above = above_cut(codebook, level, (facts.codes[code] for code in facts.coding_code))
    finds = Finds(facts, by or "", chosen, groups, course, above)
    return replace(finds, notices=[*above, *_too_few(finds)])


def _refuse_readings(approach: str) -> None:
    if approach == "reflexief":
        raise RefusedError(
            "This study's approach is 'reflexief': there codes are readings that go on growing, and a number for how"
            " few new ones an interview gave says nothing of what is left to read.",
            way_out="`lde-qual codings` lists what was read, and `lde-qual log` when; where codes are to be found in"
            " the texts, set `approach: codeboek` in codebook.yaml.",
        )


def _in_order(facts: Columns, course: Course, order: str) -> Ints:
    if order not in ORDERS:
        raise UsageError(f"'{order}' is no order of interviews.", way_out=f"Use one of {', '.join(ORDERS)}.")
    keys: Sequence[Any] = facts.names
    if order == "date":
        keys = _dates(facts)
    elif order == "coding":
        keys = course.begun
    places = sorted(range(len(facts.names)), key=lambda index: (keys[index], facts.names[index]))
    return np.array(places, dtype=np.int64)


def _dates(facts: Columns) -> list[date]:
    dates: list[date] = []
    without: list[str] = []
    unread: list[str] = []
    for name, written in zip(facts.names, map(str.strip, facts.dates), strict=True):
        try:
            dates.append(date.fromisoformat(written))
        except ValueError:
            (unread if written else without).append(f"{name} ('{written}')" if written else name)
    otherwise = "Or take the order in which they were coded: --order coding."
    if without:
        raise UsageError(
            f"No date is known of {', '.join(without)}.",
            way_out=f"Fill `date` in transcripts/transcripts.csv, or at the top of the transcript. {otherwise}",
        )
    if unread:
        raise UsageError(
            f"These dates cannot be read: {', '.join(unread)}.", way_out=f"Write them as 2024-03-01. {otherwise}"
        )
    return dates


def _grouping(facts: Columns, by: str | None) -> tuple[Ints, list[str]]:
    """Return the group of each turn, and the groups."""
    if by is None:
        return np.zeros(len(facts.turn_words), dtype=np.int64), [""]
    if by in {*IN_ORDER, *AT_RANDOM, *GUEST_COLUMNS}:
        raise UsageError(
            f"'{by}' is a column of this table already.", way_out="Divide by an attribute of another name."
        )
    axis = facts.axis(by)
    if axis.of_turns is None:
        raise UsageError(
            f"'{by}' is a dimension: it divides codings, not interviews.",
            way_out="Divide by an attribute of respondents or transcripts, for example --by role.",
        )
    return axis.of_turns, axis.labels


def _tell(facts: Columns, kept: Ints, *, late: Bools, rank: Ints) -> Bools:
    """Tell which of the marks `kept` tell where a code was found: not those put on afterwards.

    Where a code was first coded it was found, whatever had been coded there before it
    was made.
    """
    coding, code = facts.mark_coding[kept], facts.mark_code[kept]
    transcript = facts.turn_transcript[facts.mark_turn[kept]]
    order = np.argsort(rank[coding], kind="stable")
    home = np.full(len(facts.codes), -1, dtype=np.int64)
    home[code[order[::-1]]] = transcript[order[::-1]]
    tell: Bools = ~late[coding] | (transcript == home[code])
    return tell


def _found(
    facts: Columns,
    label: str,
    transcripts: Ints,
    counts: Bools,
    falls: tuple[Ints, Ints],
) -> Found:
    place = np.zeros(len(facts.names), dtype=np.int64)
    place[transcripts] = np.arange(len(transcripts))
    row, mark = falls
    row, mark = row[counts[mark]], mark[counts[mark]]
    many = len(facts.names) + 1
    pairs = unique(row * many + place[facts.turn_transcript[facts.mark_turn[mark]]])
    return Found(label, transcripts, pairs // many, pairs % many)


def _too_few(finds: Finds) -> list[str]:
    small = [f"{found.label} ({len(found.transcripts)})" for found in finds.groups if finds.too_small(found)]
    if not small:
        return []
    return [f"Under {MIN_INTERVIEWS} coded interviews, and so NA, by {finds.by}: {', '.join(small)}."]
