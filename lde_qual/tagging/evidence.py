"""What speaks for a code in a text, as numbers: keywords, likeness to the codebook, likeness to what was coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from lde_qual.tagging.candidates import Candidates
from lde_qual.tagging.folding import fold
from lde_qual.tagging.keywords import Keyword, Texts
from lde_qual.tagging.proposal import Match
from lde_qual.tagging.vectors import Vectors

Array = npt.NDArray[np.float64]


@lru_cache(maxsize=8)
def vector_space(texts: tuple[str, ...], said: tuple[str, ...]) -> Vectors:
    """Return the vectors fitted on speech and on what the codebook says; kept for the next fit on the same texts."""
    return Vectors([*texts, *said])


@lru_cache(maxsize=8)
def specificities(keywords: tuple[tuple[int, Keyword], ...], texts: tuple[str, ...]) -> tuple[float, ...]:
    """Return how much each keyword says, from 0 (it stands in every text) to 1.

    ln((N + 1) / (n + 1)) / ln(N + 1), with N the texts and n those that hold it, shared
    among the candidates that have the same keyword; 1 before sharing where there is no
    text to judge by.
    """
    index = Texts(texts)
    bearers: dict[str, set[int]] = {}
    for place, word in keywords:
        bearers.setdefault(fold(word.text), set()).add(place)
    rarest = np.log(len(texts) + 1)
    found = []
    for _, word in keywords:
        rare = float(1 - np.log(len(index.holding(word)) + 1) / rarest) if len(texts) else 1.0
        found.append(rare / len(bearers[fold(word.text)]))
    return tuple(found)


class KeywordEvidence:
    """Keywords found in texts.

    Parameters
    ----------
    found : Candidates
    texts : tuple of str
        By which it is judged how specific a keyword is.
    """

    def __init__(self, found: Candidates, texts: tuple[str, ...]) -> None:
        self._keywords = tuple((found.owner[node], word) for node, word in found.keywords)
        self._weights = specificities(self._keywords, texts)
        self._codes = len(found.codes)

    def matches(self, texts: Sequence[str]) -> list[dict[int, tuple[Match, ...]]]:
        """Return what was found, a dict a text, by place of the candidate; each place of a text once a candidate."""
        index = Texts(texts)
        raw: list[dict[int, list[Match]]] = [{} for _ in texts]
        for (place, word), weight in zip(self._keywords, self._weights, strict=True):
            if weight > 0:
                for number, (start, end) in index.holding(word).items():
                    raw[number].setdefault(place, []).append(Match(start, end, word.text, weight))
        return [{place: _without_overlap(found) for place, found in each.items()} for each in raw]

    def strength(self, matches: Sequence[Mapping[int, tuple[Match, ...]]]) -> Array:
        """Return ln(1 + sum of the weights), shape (texts, codes): a fourth keyword says less than a first."""
        total = np.zeros((len(matches), self._codes))
        for row, by_place in enumerate(matches):
            for place, found in by_place.items():
                total[row, place] = sum(match.weight for match in found)
        return np.log1p(total)


def _without_overlap(found: list[Match]) -> tuple[Match, ...]:
    kept: list[Match] = []
    for match in sorted(found, key=lambda each: (-each.weight, each.start - each.end, each.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return tuple(sorted(kept, key=lambda each: each.start))
