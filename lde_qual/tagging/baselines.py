"""What any assistant has to beat: the keywords alone, and the code that is used most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lde_qual.tagging.candidates import Candidates, candidates, owners
from lde_qual.tagging.evidence import Array, KeywordEvidence
from lde_qual.tagging.proposal import Match, Neighbour
from lde_qual.tagging.scorer import Material, Weighed, register


@dataclass(frozen=True)
class KeywordFit:
    """Keywords of the codebook, ready to be counted."""

    found: Candidates
    keywords: KeywordEvidence

    @property
    def codes(self) -> tuple[str, ...]:
        """The candidates."""
        return self.found.codes

    def weigh(self, texts: Sequence[str]) -> Weighed:
        """Score by keywords alone; a code's confidence is its share of what was found, 0 where nothing was."""
        matches = self.keywords.matches(texts)
        strength = self.keywords.strength(matches)
        total = strength.sum(axis=1, keepdims=True)
        confidence = np.divide(strength, total, out=np.zeros_like(strength), where=total > 0)
        best = np.sort(strength, axis=1)[:, ::-1]
        tied = best[:, 0] == best[:, 1] if best.shape[1] > 1 else np.zeros(len(texts), dtype=bool)
        abstained = tuple(
            "no evidence" if total[i, 0] == 0 else "low margin" if tied[i] else "" for i in range(len(texts))
        )

        def explain(row: int, place: int) -> tuple[tuple[Match, ...], tuple[Neighbour, ...]]:
            return matches[row].get(place, ()), ()

        return Weighed(self.codes, {"keywords": strength}, confidence, abstained, explain)


@dataclass(frozen=True)
class Keywords:
    """Keywords of the codebook, weighted by how specific they are, and nothing else."""

    name: str = "keywords"
    version: str = "1"

    def fit(self, material: Material, *, rng: np.random.Generator) -> KeywordFit:  # noqa: ARG002 - part of the protocol
        """Gather the keywords; nothing is learned from decisions."""
        found = candidates(material.codebook, material.codes or None)
        return KeywordFit(found, KeywordEvidence(found, tuple(material.texts)))


@dataclass(frozen=True)
class MajorityFit:
    """How often each code was used."""

    codes: tuple[str, ...]
    shares: Array

    def weigh(self, texts: Sequence[str]) -> Weighed:
        """Give every text the same codes in the same order."""
        confidence = np.tile(self.shares, (len(texts), 1))
        logs = np.log(np.maximum(confidence, np.finfo(float).tiny))
        return Weighed(self.codes, {"prior": logs}, confidence, ("",) * len(texts))


@dataclass(frozen=True)
class Majority:
    """The codes by how often they were used; the order of the codebook before anything was."""

    name: str = "majority"
    version: str = "1"

    def fit(self, material: Material, *, rng: np.random.Generator) -> MajorityFit:  # noqa: ARG002 - part of the protocol
        """Count the codes of the decided passages."""
        codes = candidates(material.codebook, material.codes or None).codes
        owner = owners(material.codebook, codes)
        counted: Counter[int] = Counter()
        for each in material.labelled:
            counted.update({owner[code] for code in each.codes if code in owner})
        counts = np.array([counted[place] for place in range(len(codes))], dtype=float)
        return MajorityFit(codes, (counts + 1) / (counts.sum() + len(codes)))


KEYWORDS = register(Keywords())
MAJORITY = register(Majority())
