"""The passages that a person decided on, as a scorer learns from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from lde_qual.tagging.candidates import Candidates
from lde_qual.tagging.evidence import Array
from lde_qual.tagging.proposal import Neighbour
from lde_qual.tagging.scorer import Labelled, Material
from lde_qual.tagging.vectors import Vectors

DECIDED = 3.0
"""How much a decided passage counts beside a text of the codebook, in the regression."""

MOST_DECIDED, FEWEST_NONE = 2000, 200
"""Coded passages that a fit learns from at most, and passages without a code, of which it takes at most this many or
half as many as there are coded ones; drawn where there are more."""


@dataclass(frozen=True)
class Decided:
    """Decided passages with their vectors.

    Attributes
    ----------
    passages : tuple of Labelled
        Codes of the tree as the coder gave them; empty for none of the candidates.
    rows : csr_matrix, shape (passages, n-grams)
    without_code : int
        Passages without a code that those here were drawn from.
    """

    passages: tuple[Labelled, ...]
    rows: sp.csr_matrix
    found: Candidates
    without_code: int

    @cached_property
    def groups(self) -> npt.NDArray[Any]:
        """Whose passages they are; a passage of nobody is a group of its own."""
        return np.array([each.respondent or f"\0{i}" for i, each in enumerate(self.passages)])

    @cached_property
    def _places(self) -> list[list[int]]:
        """By passage the places of its candidates; the place after the last for none of them."""
        none = len(self.found.codes)
        return [sorted({self.found.owner[c] for c in each.codes}) or [none] for each in self.passages]

    @cached_property
    def _used(self) -> Array:
        used = np.zeros((len(self.passages), len(self.found.codes) + 1))
        for row, places in enumerate(self._places):
            used[row, places] = 1
        return used

    def truth(self) -> Array:
        """Return the share of each candidate, and of none, shape (passages, codes + 1).

        A row sums to the passages that it stands for: those without a code are a draw.
        """
        drawn_here = self._used[:, -1].sum()
        share = self._used / self._used.sum(axis=1, keepdims=True)
        if drawn_here:
            share[self._used[:, -1] > 0] *= self.without_code / drawn_here
        return np.asarray(share)

    def possible(self) -> npt.NDArray[np.bool_]:
        """Return which choices the coder had for each passage, shape (passages, codes + 1): none, only where it shows.

        Where a transcript has no passage without a code among the decided ones, it was not
        read to its end: its coded passages say which code applies, and nothing of how often
        none does.
        """
        shows = {each.transcript for each in self.passages if not each.codes}
        found = np.ones_like(self._used, dtype=bool)
        found[:, -1] = [each.transcript in shows for each in self.passages]
        return found

    def targets(self, said: Sequence[int]) -> Array:
        """Return what the regression is to answer: 1 for a text's candidates, less than 0 for the others.

        Parameters
        ----------
        said : sequence of int
            Candidates of the codebook's texts, which come first.
        """
        codes = len(self.found.codes)
        found = np.full((len(said) + len(self.passages), codes + 1), -1 / max(1, codes - 1))
        for row, places in enumerate([*([place] for place in said), *self._places]):
            found[row, places] = 1
        return found

    def importance(self, said: Sequence[int]) -> Array:
        """Return how much each text counts: the candidates, and none of them, count the same in all."""
        owners = [[place] for place in said] + self._places
        each = np.r_[np.ones(len(said)), np.full(len(self.passages), DECIDED)]
        totals: Counter[int] = Counter()
        for places, weight in zip(owners, each, strict=True):
            for place in places:
                totals[place] += weight
        fair = each.sum() / (len(self.found.codes) + 1)
        return np.array(
            [
                weight * fair * np.mean([1 / totals[i] for i in places])
                for places, weight in zip(owners, each, strict=True)
            ]
        )

    def habit(self) -> Array:
        """Return how often the coder uses each candidate: ln of count over mean count, each one higher."""
        return _habit(self._used[:, :-1].sum(axis=0))

    def habit_without(self) -> Array:
        """Return the habit as the other respondents' passages show it, shape (passages, codes)."""
        total = self._used[:, :-1].sum(axis=0)
        own = {group: self._used[self.groups == group, :-1].sum(axis=0) for group in np.unique(self.groups)}
        return np.array([_habit(total - own[group]) for group in self.groups])

    def similarities(self, row: sp.csr_matrix) -> Array:
        """Return the cosine of each passage with one text."""
        return np.asarray((self.rows @ row.T).toarray()).ravel()

    def nearest(self, similarities: Array, place: int, *, besides: str) -> tuple[Neighbour, ...]:
        """Return the two passages of a candidate, by its place, that are most alike; the text itself left out."""
        own = [
            i
            for i, places in enumerate(self._places)
            if place in places and similarities[i] > 0 and self.passages[i].text != besides
        ]
        best = sorted(own, key=lambda i: -similarities[i])[:2]
        return tuple(
            Neighbour(each.id, each.transcript, each.text, float(similarities[i]))
            for i, each in ((i, self.passages[i]) for i in best)
        )


def drawn(material: Material, found: Candidates, vectors: Vectors, rng: np.random.Generator) -> Decided:
    """Return the passages to learn from; what bears only codes that speak for no candidate is left out."""
    known = [replace(each, codes=tuple(c for c in each.codes if c in found.owner)) for each in material.labelled]
    coded = [each for each in known if each.codes]
    none = [each for each in material.labelled if not each.codes] if material.can_be_none else []
    chosen = _some(coded, MOST_DECIDED, rng)
    chosen += _some(none, max(FEWEST_NONE, len(chosen) // 2), rng)
    return Decided(tuple(chosen), vectors.transform([each.text for each in chosen]), found, len(none))


def _some(labelled: list[Labelled], most: int, rng: np.random.Generator) -> list[Labelled]:
    if len(labelled) <= most:
        return list(labelled)
    return [labelled[i] for i in sorted(rng.choice(len(labelled), size=most, replace=False))]


def _habit(counts: Array) -> Array:
    return np.asarray(np.log((counts + 1) / (counts.mean() + 1)))
