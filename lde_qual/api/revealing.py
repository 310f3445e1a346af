"""Passages coded blind: what is suggested for them shows once they are coded, and that it did is kept."""

from __future__ import annotations

from lde_qual.api.deciding import check_first_hand
from lde_qual.api.study import OpenStudy, offset
from lde_qual.api.suggesting import DEFAULT_SCORER, Suggestions
from lde_qual.errors import RefusedError
from lde_qual.model.anchor import make_anchor
from lde_qual.model.operation import anchor_body
from lde_qual.model.span import Span
from lde_qual.tagging.proposal import Judgement


def shown(study: OpenStudy, judgement: Judgement, *, coder: str | None = None) -> str:
    """Write what a coder had at a blind passage before its suggestions were shown; return the operation's id."""
    writer = study.writer(coder)
    passage = judgement.passage
    place = study.model.transcript(passage.transcript)
    codes = [
        placed.code
        for placed in study.model.placed(writer)
        if placed.counts and placed.coding.transcript == passage.transcript and placed.span.overlaps(passage.span)
    ]
    suggestions = (
        [] if judgement.abstained else [[each.code, round(each.confidence, 6)] for each in judgement.proposals[:3]]
    )
    body = anchor_body(make_anchor(place, passage.span))
    return study.write("shown", body | {"codes": sorted(set(codes)), "suggestions": suggestions}, coder=writer)


def reveal(
    study: OpenStudy,
    transcript: str,
    start: int,
    end: int,
    *,
    no_code: bool = False,
    coder: str | None = None,
    unit: str = "passage",
    method: str = DEFAULT_SCORER,
) -> str:
    """Show what is suggested for a passage that was coded blind; return the id of the operation ``shown``.

    Parameters
    ----------
    transcript, start, end
        The passage, as `suggest` lists it.
    no_code : bool
        The coder decided that no code applies.

    Raises
    ------
    RefusedError
        Where nothing is hidden there, and where the coder gave no code and does not say
        that none applies, or the other way round.
    """
    writer = study.writer(coder)
    check_first_hand(study, writer, study.model.transcript(transcript).name)
    said = Suggestions(study, coder=writer, unit=unit, method=method)
    return reveal_one(said, transcript, Span(offset(start), offset(end)), no_code=no_code)


def reveal_one(said: Suggestions, transcript: str, span: Span, *, no_code: bool) -> str:
    """Show what was said of a passage that was coded blind (see `reveal`)."""
    study, writer = said.study, said.study.writer(said.coder)
    judgement = next((each for each in said.for_transcript(transcript) if each.passage.span == span), None)
    if judgement is None or not any(said.hidden([judgement])):
        raise RefusedError(
            f"No suggestion for {span.start}-{span.end} of transcript '{transcript}' is hidden from {writer}.",
            way_out=f"`lde-qual suggest --transcript {transcript} --unit {said.unit}` says which passages are coded "
            "blind.",
        )
    (codes,) = said.lessons.codes_at(study.model.transcript(transcript), [judgement.passage])
    if bool(codes) == no_code:
        raise RefusedError(
            f"{writer} gave this passage {', '.join(codes)}." if codes else f"{writer} has not coded this passage yet.",
            way_out="Leave --no-code out." if codes else "Code it first, or say with --no-code that no code applies.",
        )
    return shown(study, judgement, coder=writer)
