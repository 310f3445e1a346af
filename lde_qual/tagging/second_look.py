"""Passages to read once more: coded otherwise than expected, or like coded ones and without a code. Never a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lde_qual.model.codebook import Codebook
from lde_qual.tagging.proposal import Judgement, Passage
from lde_qual.tagging.scorer import Labelled, Material, Scorer, judgements

SURE = 0.5
"""Confidence from which a code is expected; below it, another code of the coder is no surprise."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """A passage to read once more.

    Attributes
    ----------
    coded : tuple of str
        The coder's codes; empty for a passage without one.
    judgement : Judgement
        What a fit that never heard the respondent expects; the first proposal is it.
    """

    passage: Passage
    coded: tuple[str, ...]
    judgement: Judgement


def surprises(
    scorer: Scorer,
    material: Material,
    passages: Sequence[tuple[Passage, Labelled]],
    *,
    seed: int,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Surprise]:
    """Return passages that a coder coded otherwise than strongly expected, the surest first.

    Parameters
    ----------
    passages : sequence of (Passage, Labelled)
        With the coder's codes; of transcripts that were coded.

    Notes
    -----
    Every passage is judged by a fit on what the other respondents say. A code above or
    below one of the coder's is no other code.
    """
    people = dict.fromkeys(passage.respondent for passage, _ in passages)
    found: list[Surprise] = []
    for done, person in enumerate(people, start=1):
        own = [(passage, labelled) for passage, labelled in passages if passage.respondent == person]
        others = [each for each in material.labelled if each.respondent != person]
        fitted = scorer.fit(replace(material, labelled=others), rng=np.random.default_rng(seed))
        judged = judgements(fitted.weigh([p.text for p, _ in own]), [p for p, _ in own], by=scorer, top=1)
        found += [
            Surprise(passage, labelled.codes, judgement)
            for (passage, labelled), judgement in zip(own, judged, strict=True)
            if _surprising(material.codebook, labelled.codes, judgement)
        ]
        progress(done, len(people))
    return sorted(found, key=lambda each: -each.judgement.proposals[0].confidence)


def _surprising(codebook: Codebook, coded: Sequence[str], judgement: Judgement) -> bool:
    expected = judgement.proposals[0]
    if judgement.abstained or expected.confidence < SURE:
        return False
    return not any(code == expected.code or codebook.related(code, expected.code) for code in coded)
