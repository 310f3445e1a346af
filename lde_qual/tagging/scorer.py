"""What a scorer is: an object that learns from a codebook and decisions, and weighs texts.

A scorer of one's own is a class with a `name`, a `version` and a `fit` that returns
something with `codes` and `weigh`; `register` makes it known. One suite of tests holds
every registered scorer to what is promised here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from lde_qual.errors import UnknownError, UsageError, did_you_mean
from lde_qual.model.codebook import Codebook
from lde_qual.tagging.proposal import Contribution, Judgement, Match, Neighbour, Passage, Proposal

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage that a person decided on.

    Attributes
    ----------
    id : str
        Of the coding, or of the line from outside.
    codes : tuple of str
        Among the candidates; empty where none of them applies.
    respondent : str
        Its passages are left out together when the fit is looked at.
    """

    id: str
    text: str
    codes: tuple[str, ...]
    respondent: str = ""
    transcript: str = ""


@dataclass(frozen=True)
class Material:
    """All that a scorer may learn from. A respondent's role is not among it, nor where a passage stands.

    Attributes
    ----------
    codes : tuple of str
        The candidates; all codes of the codebook where empty.
    texts : sequence of str
        Speech, from which only how rare words are may be learned; that of the labelled
        passages among it, since a word that is in none of it says nothing.
    labelled : sequence of Labelled
    can_be_none : bool
        Whether a passage may bear none of the codes.
    """

    codebook: Codebook
    codes: tuple[str, ...] = ()
    texts: Sequence[str] = ()
    labelled: Sequence[Labelled] = ()
    can_be_none: bool = True


Explain = Callable[[int, int], tuple[tuple[Match, ...], tuple[Neighbour, ...]]]


@dataclass(frozen=True)
class Weighed:
    """Texts weighed against codes.

    Attributes
    ----------
    parts : dict of str to ndarray, shape (texts, codes)
        Kinds of evidence, in log-odds; a score is their sum.
    confidence : ndarray, shape (texts, codes)
        From 0 to 1.
    abstained : tuple of str
        A text: why nothing is proposed for it, or empty.
    explain : callable
        Takes the places of a text and of a code; returns matches and neighbours.
    """

    codes: tuple[str, ...]
    parts: Mapping[str, Array]
    confidence: Array
    abstained: tuple[str, ...]
    explain: Explain = field(default=lambda _text, _code: ((), ()))

    @property
    def scores(self) -> Array:
        """Sum of the parts, shape (texts, codes)."""
        return np.asarray(np.sum(list(self.parts.values()), axis=0), dtype=float)

    def order(self) -> npt.NDArray[np.intp]:
        """Return the places of the codes by falling score, ties in the order of the codes; shape (texts, codes)."""
        return np.argsort(-self.scores, axis=1, kind="stable")


class Fitted(Protocol):
    """A scorer that has learned."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The candidates, in the order of the columns."""

    def weigh(self, texts: Sequence[str]) -> Weighed:
        """Weigh texts against all candidates."""


class Scorer(Protocol):
    """What learns; it keeps nothing of one fit for the next."""

    @property
    def name(self) -> str:
        """By which it is chosen."""

    @property
    def version(self) -> str:
        """Raised whenever the same material may give other answers."""

    def fit(self, material: Material, *, rng: np.random.Generator) -> Fitted:
        """Learn; the same material and the same state of `rng` give the same answers."""


S = TypeVar("S", bound=Scorer)
SCORERS: dict[str, Scorer] = {}


def register(scorer: S) -> S:
    """Make a scorer known by its name.

    Raises
    ------
    UsageError
        Where another has that name.
    """
    if scorer.name in SCORERS and type(SCORERS[scorer.name]) is not type(scorer):
        raise UsageError(f"There is a scorer '{scorer.name}' already.", way_out="Give this one another name.")
    SCORERS[scorer.name] = scorer
    return scorer


def scorer(name: str) -> Scorer:
    """Return the scorer of that name.

    Raises
    ------
    UnknownError
        Where none is registered.
    """
    if name not in SCORERS:
        raise UnknownError(
            f"There is no scorer '{name}'.",
            way_out=did_you_mean(name, SCORERS, otherwise=f"Those there are: {', '.join(sorted(SCORERS))}."),
        )
    return SCORERS[name]


EXPLAINED = 10
"""Codes a passage whose words and neighbours are looked up: nobody reads on to the eleventh."""


def judgements(weighed: Weighed, passages: Sequence[Passage], *, by: Scorer, top: int | None = None) -> list[Judgement]:
    """Return what is said of each passage, the best `top` codes (all, unless given), the first with their reasons."""
    order, scores = weighed.order(), weighed.scores
    found = []
    for row, passage in enumerate(passages):
        best = order[row] if top is None else order[row, :top]
        proposals = tuple(
            _proposal(weighed, (row, int(place)), float(scores[row, place]), by=by, explained=rank < EXPLAINED)
            for rank, place in enumerate(best)
        )
        found.append(Judgement(passage, proposals, weighed.abstained[row]))
    return found


def _proposal(weighed: Weighed, at: tuple[int, int], score: float, *, by: Scorer, explained: bool) -> Proposal:
    row, place = at
    matches, neighbours = weighed.explain(row, place) if explained else ((), ())
    parts = tuple(Contribution(name, float(values[row, place])) for name, values in weighed.parts.items())
    confidence = float(weighed.confidence[row, place])
    return Proposal(weighed.codes[place], score, confidence, parts, matches, neighbours, by.name, by.version)
