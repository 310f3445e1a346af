"""Suggestions as cards beside a text: what a person needs to decide, and nothing of what they may not see yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lde_qual.api.study import OpenStudy
from lde_qual.api.suggesting import Suggestions
from lde_qual.model.span import Span
from lde_qual.tagging.candidates import bare
from lde_qual.tagging.measures import ALSO
from lde_qual.tagging.proposal import Judgement, Neighbour, Proposal
from lde_qual.tagging.reasons import stands, why_none, word

Card = dict[str, Any]
MOST = 3
"""Codes that a card proposes."""


class Remembered(Suggestions):
    """What a fit said, beside what was decided since: nothing is fitted here.

    Codes that were renamed or merged since stand under today's id; those that are gone,
    or are no longer suggested, are left out.

    Parameters
    ----------
    judged : mapping
        By transcript what the fit said of each of its passages.
    """

    def __init__(self, study: OpenStudy, *, coder: str, judged: Mapping[str, list[Judgement]]) -> None:
        super().__init__(study, coder=coder)
        self._judged.update({name: self._of_today(found) for name, found in judged.items()})

    def _of_today(self, judged: list[Judgement]) -> list[Judgement]:
        book, candidates = self.study.model.codebook, set(self.codes)
        if all(each.code in candidates for judgement in judged for each in judgement.proposals):
            return judged
        found = []
        for judgement in judged:
            best: dict[str, Proposal] = {}
            for each in judgement.proposals:
                code = book.today(each.code)
                if code in candidates:
                    best.setdefault(code, replace(each, code=code))
            if best:
                found.append(replace(judgement, proposals=tuple(best.values())))
        return found


def bare_codes(study: OpenStudy) -> int:
    """Return how many codes have a label and nothing else for a suggestion to rest on."""
    return len(bare(study.model.codebook))


def cards(said: Suggestions, name: str, *, order: str, lang: str) -> list[Card]:
    """Return what is still to be decided in a transcript, in the order in which it comes.

    Passages that are coded blind stand among them, also once they are coded, until what
    is suggested for them was shown; of these nothing is told but where they stand.

    Raises
    ------
    UsageError
        For an order that there is not.
    """
    judged = said.for_transcript(name)
    codes = {each.passage.span: found for each, found in zip(judged, said.borne(name), strict=True)}
    blind = {each.passage.span for each, hides in zip(judged, said.hidden(judged), strict=True) if hides}
    coming = [each for each in said.open_for(name) if each.passage.span not in blind]
    coming += [each for each in judged if each.passage.span in blind]
    coming.sort(key=lambda each: each.passage.span)
    return [
        _card(said, each, codes[each.passage.span], lang=lang, way=way, blind=each.passage.span in blind)
        for each, way in said.in_order(coming, order)
    ]


def card_at(said: Suggestions, name: str, span: Span, *, lang: str) -> Card | None:
    """Return the card of one passage, whatever was decided of it; None where it is none, or still coded blind."""
    one = next((each for each in said.for_transcript(name) if each.passage.span == span), None)
    if one is None or any(said.hidden([one])):
        return None
    (codes,) = said.lessons.codes_at(said.study.model.transcript(name), [one.passage])
    return _card(said, one, codes, lang=lang) | {"none": why_none(one, lang=lang) if one.abstained else ""}


def _card(
    said: Suggestions, judgement: Judgement, codes: Sequence[str], *, lang: str, way: str = "", blind: bool = False
) -> Card:
    passage = judgement.passage
    proposed = [] if blind or judgement.abstained else _proposed(judgement)
    return {
        "start": passage.span.start,
        "end": passage.span.end,
        "quote": passage.text,
        "turn": passage.turn,
        "respondent": passage.respondent,
        "way": way,
        "blind": blind,
        "codes": list(codes),
        "later": not blind and bool(judgement.proposals) and said.put_off(judgement),
        "proposals": [_proposal(said, each, passage.text, lang=lang) for each in proposed],
    }


def _proposed(judgement: Judgement) -> list[Proposal]:
    """Return the first code, and those beside it that are sure enough."""
    first, *others = judgement.proposals[:MOST]
    return [first, *(each for each in others if each.confidence >= ALSO)]


def _proposal(said: Suggestions, proposal: Proposal, text: str, *, lang: str) -> dict[str, Any]:
    return {
        "code": proposal.code,
        "score": round(proposal.score, 6),
        "confidence": round(proposal.confidence, 6),
        "method": f"{proposal.method} {proposal.version}",
        "words": [place for match in proposal.matches for place in stands(match, text)],
        "parts": [
            {"name": word(part.name, lang), "value": round(part.value, 2)}
            for part in proposal.contributions
            if part.value
        ],
        "near": [near for each in proposal.neighbours for near in _near(said, each)],
    }


def _near(said: Suggestions, neighbour: Neighbour) -> list[dict[str, Any]]:
    """Return a passage already coded so with where it stands; nothing where its coding was taken away since."""
    return [
        {
            "coding": placed.coding.id,
            "code": placed.code,
            "transcript": neighbour.transcript,
            "start": placed.span.start,
            "end": placed.span.end,
            "quote": neighbour.quote,
            "similarity": round(neighbour.similarity, 2),
        }
        for placed in said.lessons.codings.get(neighbour.transcript, ())
        if placed.coding.id == neighbour.coding
    ]
