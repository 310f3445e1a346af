"""In what order suggestions come before a coder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lde_qual.errors import UsageError, did_you_mean
from lde_qual.model.suggestion import ORDERS, RANDOM
from lde_qual.tagging.proposal import Judgement

EVERY = 5
"""In the order by uncertainty, every fifth passage is one drawn by chance: from those, and only from those, it can be
estimated without bias how often a suggestion is right."""

UNCERTAIN = "uncertainty"


def queue(
    judged: Sequence[Judgement],
    order: str,
    *,
    draw: Callable[[Judgement], float],
    came: Mapping[str, int],
) -> list[tuple[Judgement, str]]:
    """Return passages with a suggestion in the order in which they come, each with the way it came.

    Parameters
    ----------
    order : str
        ``transcript``: as they are given. ``confidence``: the surest first.
        ``uncertainty``: where the first two codes are nearest first, and every fifth a
        passage drawn by chance.
    draw : callable
        A number from 0 to below 1 that the passage alone decides.
    came : mapping of str to int
        By way how many suggestions were decided on before, so that the next is the fifth
        when four came since the last one by chance, also where the list is made anew.

    Notes
    -----
    Which passages come by chance is drawn before anything is said of them: those with a
    draw below 1 / `EVERY`, in the order of their draws. The uncertain ones are taken from
    the rest. Were chance to draw from what the uncertain ones leave, the hard passages
    would be missing from its sample. So what was decided of those by chance is at every
    moment a simple random sample of all passages with a suggestion.

    Raises
    ------
    UsageError
        For another order.
    """
    if order not in ORDERS:
        raise UsageError(
            f"'{order}' is no order of suggestions.",
            way_out=did_you_mean(order, ORDERS, otherwise=f"Use one of {', '.join(ORDERS)}."),
        )
    speaking = [each for each in judged if not each.abstained]
    if order == "transcript":
        return [(each, order) for each in speaking]
    if order == "confidence":
        return [(each, order) for each in _sorted(speaking, lambda each: -each.proposals[0].confidence)]
    chance = _sorted([each for each in speaking if by_chance(draw(each))], draw)
    rest = _sorted([each for each in speaking if not by_chance(draw(each))], _margin)
    return _mixed(rest, chance, came)


def by_chance(draw: float) -> bool:
    """Tell whether a passage with this draw is one of those that come by chance."""
    return draw < 1 / EVERY


def _margin(judgement: Judgement) -> float:
    first, *others = judgement.proposals
    return first.confidence - others[0].confidence if others else first.confidence


def _sorted(judged: Sequence[Judgement], key: Callable[[Judgement], float]) -> list[Judgement]:
    return sorted(judged, key=lambda each: (key(each), each.passage.transcript, each.passage.span))


def _mixed(
    rest: Sequence[Judgement], chance: Sequence[Judgement], came: Mapping[str, int]
) -> list[tuple[Judgement, str]]:
    """Return both in their orders, one by chance after four others, until both are used up."""
    others, drawn = list(rest), list(chance)
    counts = {UNCERTAIN: came.get(UNCERTAIN, 0), RANDOM: came.get(RANDOM, 0)}
    found: list[tuple[Judgement, str]] = []
    while others or drawn:
        due = counts[RANDOM] < counts[UNCERTAIN] // (EVERY - 1)
        way = RANDOM if drawn and (due or not others) else UNCERTAIN
        found.append((drawn.pop(0) if way == RANDOM else others.pop(0), way))
        counts[way] += 1
    return found
