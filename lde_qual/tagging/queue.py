"""In what order suggestions come before a coder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lde_qual.errors import UsageError, did_you_mean
from lde_qual.model.suggestion import ORDERS, RANDOM
from lde_qual.tagging.proposal import Judgement

EVERY = 5
"""In the order by uncertainty, every fifth passage is drawn by chance: from those, and only from those, it can be
estimated without bias how often a suggestion is right."""


def queue(judged: Sequence[Judgement], order: str, *, rng: np.random.Generator) -> list[tuple[Judgement, str]]:
    """Return passages with a suggestion in the order in which they come, each with the way it came.

    Parameters
    ----------
    order : str
        ``transcript``: as the text runs. ``confidence``: the surest first.
        ``uncertainty``: where the first two codes are nearest first, and every fifth a
        passage drawn by chance.

    Raises
    ------
    UsageError
        For another order.
    """
    if order not in ORDERS:
        raise UsageError(
            f"'{order}' is no order of suggestions.", way_out=did_you_mean(order, ORDERS, otherwise=f"{ORDERS}")
        )
    speaking = [each for each in judged if not each.abstained]
    if order == "transcript":
        return [(each, order) for each in speaking]
    if order == "confidence":
        return [(each, order) for each in _sorted(speaking, lambda each: -each.proposals[0].confidence)]
    return _mixed(_sorted(speaking, _margin), rng)


def _margin(judgement: Judgement) -> float:
    first, *others = judgement.proposals
    return first.confidence - others[0].confidence if others else first.confidence


def _sorted(judged: Sequence[Judgement], key: Callable[[Judgement], float]) -> list[Judgement]:
    return sorted(judged, key=lambda each: (key(each), each.passage.transcript, each.passage.span))


def _mixed(judged: Sequence[Judgement], rng: np.random.Generator) -> list[tuple[Judgement, str]]:
    left = list(judged)
    found: list[tuple[Judgement, str]] = []
    while left:
        by_chance = len(found) % EVERY == EVERY - 1
        at = int(rng.integers(len(left))) if by_chance else 0
        found.append((left.pop(at), RANDOM if by_chance else "uncertainty"))
    return found
