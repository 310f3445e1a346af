"""Suggestions as the rows of a table."""

from __future__ import annotations

from lde_qual.tagging.measures import ALSO
from lde_qual.tagging.proposal import Judgement
from lde_qual.tagging.reasons import reason, why_none, word

COLUMNS = ("transcript", "start", "end", "quote", "rank", "code", "score", "confidence", "method", "reason", "way")


def rows(
    judgement: Judgement, *, top: int, every: bool, lang: str, way: str | None = None, blind: bool = False
) -> list[tuple[object, ...]]:
    """Return a passage as rows of `COLUMNS`, one a code.

    Parameters
    ----------
    every : bool
        All of the best `top` codes, and a row without a code where none is proposed.
    way : str, optional
        How the passage came.
    blind : bool
        Say nothing of what is suggested.
    """
    passage = judgement.passage
    where = (passage.transcript, passage.span.start, passage.span.end, passage.text)
    if blind:
        return [(*where, None, None, None, None, None, word("blind", lang), way)]
    if judgement.abstained:
        return [(*where, None, None, None, None, None, why_none(judgement, lang=lang), way)] if every else []
    kept = [
        proposal
        for rank, proposal in enumerate(judgement.proposals[:top])
        if every or rank == 0 or proposal.confidence >= ALSO
    ]
    return [
        (
            *where,
            rank,
            proposal.code,
            proposal.score,
            proposal.confidence,
            f"{proposal.method} {proposal.version}",
            reason(proposal, passage.text, lang=lang),
            way,
        )
        for rank, proposal in enumerate(kept, start=1)
    ]
