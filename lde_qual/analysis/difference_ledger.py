"""What a cell of a table counts, unit by unit, with the codings that bring each unit in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lde_qual.analysis.facts import Facts
from lde_qual.analysis.quotes import Quote, quotes_of

CODE = "code"
Condition = tuple[str, str]
"""``code`` and an id, or an attribute or dimension and one of its groups."""
Units = dict[object, set[int]]
"""Units, each with the codings (as indices) that bring it in."""
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Side:
    """One of the two states that are compared.

    Attributes
    ----------
    facts : Facts
    codes : list of str
        Rows: those of the wanted codes that this side's codebook has.
    chosen : bool
        Whether somebody chose them; else `codes` are all there are.
    """

    facts: Facts
    codes: list[str]
    chosen: bool = False

    @cached_property
    def _by_code(self) -> dict[str | None, Ints]:
        return {}

    @cached_property
    def _by_name(self) -> dict[str, tuple[Ints, dict[str, int]]]:
        return {}

    @cached_property
    def quoted(self) -> list[Quote]:
        """Every coding that counts, as a quote."""
        return quotes_of(self.facts)

    @cached_property
    def first_word(self) -> Ints:
        """The words said before each turn."""
        return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(self.facts.turn_words)])

    def marks(self, conditions: Iterable[Condition], *, narrowed: bool = False) -> Ints:
        """Return the marks that meet all conditions: a code with what is below it, a group that is not there never.

        `narrowed`: only marks of `codes` and what is below them.
        """
        named = dict(conditions)
        code = named.pop(CODE, None)
        found = self._of_code("" if narrowed else code)
        for name, label in named.items():
            group, labels = self._groups(name)
            found = found[group[found] == labels.get(label, -1)]
        return found

    def _of_code(self, code: str | None) -> Ints:
        """Return the marks of a code of this side and of what is below it; of all for None, of `codes` for no name."""
        if code not in self._by_code:
            chosen = self.codes if not code else [code] if code in self.codes else []
            below = {found for each in chosen for found in self.facts.study.codebook.subtree(each)}
            places = [at for at, each in enumerate(self.facts.codes) if each in below]
            every = np.arange(len(self.facts.mark_code))
            self._by_code[code] = every if code is None else np.flatnonzero(np.isin(self.facts.mark_code, places))
        return self._by_code[code]

    def _groups(self, name: str) -> tuple[Ints, dict[str, int]]:
        """Return the group of each mark by an attribute or dimension, and the number of each group."""
        if name not in self._by_name:
            axis = self.facts.axis(name)
            if axis.of_turns is not None:
                group = axis.of_turns[self.facts.mark_turn]
            else:
                of_codings = axis.of_codings if axis.of_codings is not None else np.zeros(0, dtype=np.int64)
                group = of_codings[self.facts.mark_coding]
            self._by_name[name] = group, {label: at for at, label in enumerate(axis.labels)}
        return self._by_name[name]

    def turn(self, mark: int) -> tuple[str, int]:
        """Return the transcript and number of a mark's turn; its name on both sides."""
        transcript, turn = self.facts.turns[int(self.facts.mark_turn[mark])]
        return transcript.name, turn.number

    def units(self, marks: Iterable[int], named: Callable[[int], Iterable[object]]) -> Units:
        """Return what some marks count."""
        found: Units = {}
        for mark in marks:
            for unit in named(mark):
                found.setdefault(unit, set()).add(int(self.facts.mark_coding[mark]))
        return found


@dataclass(frozen=True)
class Counted:
    """A cell that counts units which meet conditions; `narrowed` to the codes of its side, where none is a code."""

    conditions: tuple[Condition, ...]
    unit: str
    narrowed: bool = False

    def units(self, side: Side) -> Units:
        """Return what the cell counts on one side; units have the same name on both."""
        marks = side.marks(self.conditions, narrowed=self.narrowed)
        return side.units(marks.tolist(), lambda mark: self._named(side, mark))

    def on(self, side: Side) -> int | None:
        """Return what stands in the cell of a side that has no row or group for it: 0 of a code that it knows."""
        return 0 if all(label in side.codes for name, label in self.conditions if name == CODE) else None

    def _named(self, side: Side, mark: int) -> Iterable[object]:
        facts = side.facts
        if self.unit == "words":
            base = int(side.first_word[facts.mark_turn[mark]])
            here = side.turn(mark)
            return [(*here, word - base) for word in range(int(facts.mark_from[mark]), int(facts.mark_to[mark]))]
        names: Mapping[str, Any] = {
            "respondents": facts.turns[int(facts.mark_turn[mark])][1].respondent,
            "segments": facts.codings[int(facts.mark_coding[mark])].coding.id,
            "turns": side.turn(mark),
            "transcripts": side.turn(mark)[0],
        }
        return [names[self.unit]]


@dataclass(frozen=True)
class Shared:
    """A cell that counts turns which carry two codes."""

    a: str
    b: str

    def units(self, side: Side) -> Units:
        """Return those turns on one side."""
        one, other = (
            side.units(side.marks([(CODE, code)]).tolist(), lambda mark: [side.turn(mark)]) for code in (self.a, self.b)
        )
        return {turn: one[turn] | other[turn] for turn in one.keys() & other.keys()}

    def on(self, _side: Side) -> int | None:
        """Return what stands where the two are no pair: nothing."""
        return None


@dataclass(frozen=True)
class Told:
    """A cell that holds a text: of one coding, or of none."""

    coding: int | None

    def on(self, _side: Side) -> int | None:
        """Return what stands where the text is not there: nothing."""
        return None


@dataclass(frozen=True)
class Whole:
    """A cell of N, which counts texts and people and no coding."""

    def on(self, _side: Side) -> int | None:
        """Return what stands where the group is not there: nothing."""
        return None


@dataclass(frozen=True)
class Cell:
    """What stands in a cell of one side, and what it rests on."""

    value: int | str | None
    rests_on: Counted | Shared | Told | Whole
