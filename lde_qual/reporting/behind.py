"""What stands behind the cells of the page: every passage once, and which of them a cell counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lde_qual.analysis.counting import members
from lde_qual.analysis.facts import NONE, TOTAL
from lde_qual.analysis.quotes import Quote, quotes_of
from lde_qual.analysis.rows import choose_rows
from lde_qual.model.citation import Signatures
from lde_qual.reporting.contents import Contents
from lde_qual.reporting.people import code_names, role_name
from lde_qual.reporting.report_words import say

Ints = NDArray[np.int64]
MOST_SIGNS = 4_000_000
"""Signs of all passages together; a page with more would be slow to open: it shows none, and says so."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell counts, in words, and the numbers of its passages."""

    title: str
    passages: list[int]


class Behind:
    """The passages behind the cells of a report, numbered in order of transcript and place.

    A cell of a code and a role holds the codings at the code or below it in which somebody of
    the role speaks; one of a code with a value those that bear it; one of two codes the codings
    at either that lie in a turn (of the role) which bears both.

    Attributes
    ----------
    cells : dict of str to Cell
        By key (see `of_code`, `of_value`, `of_pair`); what nobody said is absent. Empty where
        none are wanted, or where the passages together have more than `MOST_SIGNS`.
    too_much : bool
        Whether passages are wanted but have more signs than that.
    """

    def __init__(self, contents: Contents, *, lang: str) -> None:
        self.lang = lang
        self._facts = facts = contents.facts
        self._signatures = Signatures(facts.study, public=contents.public)
        self._book = book = facts.study.codebook
        self._names = code_names(book)
        axis = facts.axis("role")
        self._roles = [*axis.labels, TOTAL]
        self._turn_role: Ints = np.zeros(len(facts.turns), dtype=np.int64) if axis.of_turns is None else axis.of_turns
        self._code = {code: index for index, code in enumerate(facts.codes)}
        quoted = quotes_of(facts)
        order = sorted(range(len(quoted)), key=lambda at: (quoted[at].placed.coding.transcript, quoted[at].placed.span))
        self._number = {coding: number for number, coding in enumerate(order)}
        self._quotes = [quoted[at] for at in order]
        self.too_much = contents.passages and sum(len(quote.text) for quote in quoted) > MOST_SIGNS
        shown = contents.passages and not self.too_much
        self.cells = dict(self._all(set(contents.tables["overview"]["code"]))) if shown else {}

    def of_code(self, code: str, role: str) -> str:
        """Return the key of a code and a role, or `TOTAL`."""
        return f"c{self._code[code]}-{self._roles.index(role)}"

    def of_value(self, code: str, value: str, role: str) -> str:
        """Return the key of a code with a value of the first dimension (`NONE` for without one) and a role."""
        return f"v{self._code[code]}-{self._values().index(value)}-{self._roles.index(role)}"

    def of_pair(self, a: str, b: str, role: str) -> str:
        """Return the key of two codes, in either order, and a role."""
        first, second = sorted((self._code[a], self._code[b]))
        return f"p{first}-{second}-{self._roles.index(role)}"

    def titles(self) -> dict[str, str]:
        """Return what each cell counts, by key."""
        return {key: cell.title for key, cell in self.cells.items()}

    def to_json(self) -> str:
        """Return cells, passages and the words around them, as a block of data in a page can hold them."""
        data = {
            "words": {name: say(f"behind.{name}", self.lang) for name in ("one", "many", "flag")},
            "cells": {key: [cell.title, cell.passages] for key, cell in self.cells.items()},
            "passages": [self._told(quote) for quote in self._quotes] if self.cells else [],
        }
        # Whatever stands in a passage, it cannot end the block.
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

    def _told(self, quote: Quote) -> list[object]:
        coding = quote.placed.coding
        values = [coding.dimensions.get(name, "") for name in self._book.dimensions]
        place = say("behind.place", self.lang, transcript=coding.transcript, turn=quote.turn)
        cited, flag = self._signatures.of(quote.respondents)
        about = " · ".join([self._names[quote.placed.code], *filter(None, values), place])
        return [quote.text, cited, about, int(flag)]

    def _values(self) -> list[str]:
        dimension = self._book.first_dimension
        return [*self._book.dimensions[dimension], NONE] if dimension else [NONE]

    def _all(self, factors: set[str]) -> Iterator[tuple[str, Cell]]:
        facts, rows = self._facts, choose_rows(self._facts)
        coding, turn = facts.mark_coding[rows.mark], facts.mark_turn[rows.mark]
        for role, label in enumerate(self._roles):
            chosen = np.full(len(turn), label == TOTAL) | (self._turn_role[turn] == role)
            found = members(rows.row[chosen], coding[chosen])
            for place, at in found.items():
                code = rows.codes[place]
                yield self.of_code(code, label), self._cell([self._names[code]], label, at)
                if code in factors:
                    yield from self._valued(code, label, at)
            yield from self._together(rows.row[chosen], turn[chosen], coding[chosen], label)

    def _valued(self, code: str, role: str, codings: list[int]) -> Iterator[tuple[str, Cell]]:
        dimension, split = self._book.first_dimension, dict[str, list[int]]()
        for at in codings:
            value = self._facts.codings[at].coding.dimensions.get(dimension, "") if dimension else ""
            split.setdefault(value or NONE, []).append(at)
        for value, bearing in split.items():
            said = say("no_value", self.lang, dimension=dimension) if value == NONE else value
            words = [self._names[code], *([said] if dimension else [])]
            yield self.of_value(code, value, role), self._cell(words, role, bearing)

    def _together(self, row: Ints, turn: Ints, coding: Ints, role: str) -> Iterator[tuple[str, Cell]]:
        """Yield the pairs of codes that share a turn, ancestors left out."""
        codes = self._facts.codes
        by_turn: dict[int, dict[int, set[int]]] = {}
        for code, where, at in zip(row.tolist(), turn.tolist(), coding.tolist(), strict=True):
            by_turn.setdefault(where, {}).setdefault(code, set()).add(at)
        pairs: dict[tuple[int, int], set[int]] = {}
        for here in by_turn.values():
            for a in here:
                for b in here:
                    if a < b:
                        pairs.setdefault((a, b), set()).update(here[a] | here[b])
        for (a, b), found in sorted(pairs.items()):
            if not self._book.related(codes[a], codes[b]):
                words = [f"{self._names[codes[a]]} + {self._names[codes[b]]}"]
                yield self.of_pair(codes[a], codes[b], role), self._cell(words, role, sorted(found))

    def _cell(self, words: list[str], role: str, codings: list[int]) -> Cell:
        group = say("everyone", self.lang) if role == TOTAL else role_name(role, self._book, self.lang)
        return Cell(" · ".join([*words, group]), sorted(self._number[at] for at in codings))
