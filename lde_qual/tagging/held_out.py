"""Passages judged by fits that never saw them: nothing of theirs, and nothing of who says them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lde_qual.tagging.evidence import Array
from lde_qual.tagging.scorer import Labelled, Material, Scorer, Weighed


@dataclass(frozen=True, slots=True)
class Answers:
    """What a scorer said of passages, in their order.

    Attributes
    ----------
    scores, confidence : ndarray, shape (passages, codes)
    abstained : tuple of str
        By passage why nothing is proposed, or empty.
    """

    codes: tuple[str, ...]
    scores: Array
    confidence: Array
    abstained: tuple[str, ...]


Progress = Callable[[int, int], None]


def answers(
    scorer: Scorer,
    material: Material,
    passages: Sequence[Labelled],
    *,
    seed: int,
    folds: Sequence[Sequence[int]] | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Answers:
    """Judge passages, each by a fit on the labelled passages that it shares nothing with.

    Parameters
    ----------
    passages : sequence of Labelled
        Their own codes are not looked at.
    seed : int
        Every fit draws from a generator that begins with it.
    folds : sequence of sequence of int, optional
        Places of passages that may be judged by one fit; worked out where not given.
    progress : callable
        Told how many passages are judged, and of how many.

    Notes
    -----
    A labelled passage is left out for a passage that has its id, its text (white space
    aside) or its respondent.
    """
    codes: tuple[str, ...] = ()
    scores = confidence = np.zeros((0, 0))
    abstained = [""] * len(passages)
    done = 0
    for places, kept in _folds(material.labelled, passages, folds):
        fitted = scorer.fit(replace(material, labelled=kept), rng=np.random.default_rng(seed))
        said: Weighed = fitted.weigh([passages[i].text for i in places])
        if not codes:
            codes = said.codes
            scores, confidence = np.zeros((2, len(passages), len(codes)))
        scores[places], confidence[places] = said.scores, said.confidence
        for place, why in zip(places, said.abstained, strict=True):
            abstained[place] = why
        done += len(places)
        progress(done, len(passages))
    return Answers(codes, scores, confidence, tuple(abstained))


def left_for(labelled: Sequence[Labelled], passages: Sequence[Labelled]) -> list[Labelled]:
    """Return the labelled passages that share nothing with any of these (see `answers`)."""
    shared = _Shared(labelled)
    out = set().union(*map(shared.with_, passages))
    return [each for i, each in enumerate(labelled) if i not in out]


def _folds(
    labelled: Sequence[Labelled], passages: Sequence[Labelled], folds: Sequence[Sequence[int]] | None
) -> list[tuple[list[int], list[Labelled]]]:
    """Return groups of passages that exclude the same labelled ones, each with those that are left."""
    shared = _Shared(labelled)
    groups: dict[frozenset[int], list[int]] = {}
    if folds is None:
        for place, passage in enumerate(passages):
            groups.setdefault(frozenset(shared.with_(passage)), []).append(place)
    else:
        for places in folds:
            groups[frozenset().union(*(shared.with_(passages[i]) for i in places))] = list(places)
    return [(places, [each for i, each in enumerate(labelled) if i not in out]) for out, places in groups.items()]


class _Shared:
    """Which labelled passages share an id, a text or a respondent with another."""

    def __init__(self, labelled: Sequence[Labelled]) -> None:
        self._by: dict[tuple[str, str], set[int]] = {}
        for place, each in enumerate(labelled):
            for key in _marks(each):
                self._by.setdefault(key, set()).add(place)

    def with_(self, passage: Labelled) -> set[int]:
        return set().union(*(self._by.get(key, set()) for key in _marks(passage)))


def _marks(passage: Labelled) -> list[tuple[str, str]]:
    marks = [("id", passage.id), ("text", " ".join(passage.text.split()))]
    return [*marks, ("respondent", passage.respondent)] if passage.respondent else marks
