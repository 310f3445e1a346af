"""Which cells of the tables differ between two states of a study, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.counting import Ints
from lde_qual.analysis.facts import TOTAL, Facts
from lde_qual.analysis.frequency import frequency

COLUMNS = ("table", "row", "column", "before", "after", "operations")
Units = dict[object, set[int]]
"""Units of a cell, each with the codings (as indices) that bring it in."""
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Side:
    """One of the two states that are compared.

    Attributes
    ----------
    facts : Facts
    codes : list of str
        Rows: those of the wanted codes that this side's codebook has.
    """

    facts: Facts
    codes: list[str]

    def below(self, code: str) -> set[str]:
        """Return a code of this side and all below it; nothing for a code that it has not."""
        return set(self.facts.study.codebook.subtree(code)) if code in self.codes else set()


def differences(
    before: Side, after: Side, *, by: Sequence[str], unit: str, touching: Callable[[Facts, int], Iterable[str]]
) -> pd.DataFrame:
    """Return every cell that differs.

    Parameters
    ----------
    by : sequence of str
        Attributes and dimensions; a frequency table is compared for each.
    unit : str
        Of those tables (see `frequency.UNITS`); of cooccurrence it is the turn.
    touching : callable
        Returns the ids of the operations between the two states that touched a coding,
        given the facts and its index there.

    Returns
    -------
    DataFrame
        ``table, row, column, before, after, operations``. Of ``frequency`` a row is a
        code and a column ``ATTR=GROUP n`` or ``N``, ``total n`` or ``total N``; of
        ``cooccurrence`` row and column are two codes, none above the other, and the cell
        is ``n_ab``. A side that has not the code is NA; of such a code only cells that
        count something are listed. N of a code or group that one side has not is not
        listed. ``operations`` are those that touched the codings
        through which units came into the cell or left it, in order, joined by ``;``; NA
        where there is none, as for N, which counts texts and people.
    """
    cells = [{**_frequencies(side, by, unit), **_pairs(side)} for side in (before, after)]
    ledgers = (_Ledger(before, unit), _Ledger(after, unit))
    rows = []
    for key in dict.fromkeys([*cells[1], *cells[0]]):
        one, other = (_value(found, key, side) for found, side in zip(cells, (before, after), strict=True))
        if one != other and not _only_absent(key, one, other):
            rows.append((*key, one, other, ";".join(sorted(_moved(key, ledgers, touching))) or None))
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    for name in ("before", "after"):
        frame[name] = frame[name].astype("Int64")
    return frame


def _value(cells: Mapping[Key, int], key: Key, side: Side) -> int | None:
    """Return a cell; 0 for a group that one side has not, of a code that it has: nothing of it is there."""
    table, code, column = key
    absent = 0 if table == "frequency" and code in side.codes and column.endswith(" n") else None
    return cells.get(key, absent)


def _only_absent(key: Key, one: int | None, other: int | None) -> bool:
    """Tell whether a cell is gone or come with its code and never counted anything."""
    return (one is None or other is None) and (key[2].endswith(" N") or not (one or other))


def _frequencies(side: Side, by: Sequence[str], unit: str) -> dict[Key, int]:
    cells: dict[Key, int] = {}
    for name in by:
        frame = frequency(side.facts, by=[name], unit=unit, codes=side.codes)
        for code, group, n, whole in zip(frame["code"], frame[name], frame["n"], frame["N"], strict=True):
            label = TOTAL if group == TOTAL else f"{name}={group}"
            cells["frequency", str(code), f"{label} n"] = int(n)
            cells["frequency", str(code), f"{label} N"] = int(whole)
    return cells


def _pairs(side: Side) -> dict[Key, int]:
    frame = cooccurrence(side.facts, unit="turn", codes=side.codes)
    place = {code: index for index, code in enumerate(side.codes)}
    above = {code: set(side.facts.study.codebook.path(code)) for code in side.codes}
    return {
        ("cooccurrence", a, b): int(n)
        for a, b, n in zip(frame["a"], frame["b"], frame["n_ab"], strict=True)
        if place[a] < place[b] and a not in above[b] and b not in above[a]
    }


def _moved(key: Key, ledgers: tuple[_Ledger, _Ledger], touching: Callable[[Facts, int], Iterable[str]]) -> set[str]:
    if key[2].endswith(" N"):
        return set()
    units = [ledger.units(key) for ledger in ledgers]
    gone_or_come = units[0].keys() ^ units[1].keys()
    return {
        operation
        for ledger, found in zip(ledgers, units, strict=True)
        for unit in gone_or_come & found.keys()
        for coding in found[unit]
        for operation in touching(ledger.side.facts, coding)
    }


class _Ledger:
    """What each cell of one side counts, unit by unit; units have the same name on both sides."""

    def __init__(self, side: Side, unit: str) -> None:
        self.side = side
        self.unit = unit
        facts = side.facts
        self.code = [facts.codes[index] for index in facts.mark_code.tolist()]
        self.first_word: Ints = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(facts.turn_words)])

    def units(self, key: Key) -> Units:
        """Return the units of a cell."""
        table, row, column = key
        if table == "frequency":
            return self._of(self._marks(row, column.removesuffix(" n")), self._named)
        return self._of_pair(row, column)

    def _marks(self, code: str, group: str) -> list[int]:
        facts, below = self.side.facts, self.side.below(code)
        marks = [mark for mark, found in enumerate(self.code) if found in below]
        if group == TOTAL:
            return marks
        name, _, label = group.partition("=")
        axis = facts.axis(name)
        wanted = axis.labels.index(label) if label in axis.labels else -1
        of = axis.of_turns[facts.mark_turn] if axis.of_turns is not None else None
        if of is None and axis.of_codings is not None:
            of = axis.of_codings[facts.mark_coding]
        return [mark for mark in marks if of is not None and of[mark] == wanted]

    def _of(self, marks: Iterable[int], named: Callable[[int], Iterable[object]]) -> Units:
        found: Units = {}
        for mark in marks:
            for unit in named(mark):
                found.setdefault(unit, set()).add(int(self.side.facts.mark_coding[mark]))
        return found

    def _of_pair(self, a: str, b: str) -> Units:
        one, other = (self._of(self._marks(code, TOTAL), lambda mark: [self._turn(mark)]) for code in (a, b))
        return {turn: one[turn] | other[turn] for turn in one.keys() & other.keys()}

    def _turn(self, mark: int) -> tuple[str, int]:
        transcript, turn = self.side.facts.turns[int(self.side.facts.mark_turn[mark])]
        return transcript.name, turn.number

    def _named(self, mark: int) -> Iterable[object]:
        facts = self.side.facts
        transcript, number = self._turn(mark)
        if self.unit == "words":
            base = int(self.first_word[facts.mark_turn[mark]])
            return [(transcript, number, w - base) for w in range(int(facts.mark_from[mark]), int(facts.mark_to[mark]))]
        names: Mapping[str, Any] = {
            "respondents": facts.turns[int(facts.mark_turn[mark])][1].respondent,
            "segments": facts.codings[int(facts.mark_coding[mark])].coding.id,
            "turns": (transcript, number),
            "transcripts": transcript,
        }
        return [names[self.unit]]
