"""What a person decides about suggestions: each decision an operation with what was suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lde_qual.api.sight import HIDDEN, SECOND
from lde_qual.api.study import OpenStudy, offset
from lde_qual.api.suggesting import DEFAULT_SCORER, Suggestions
from lde_qual.api.suggestion_rows import SuggestionTable, named_in
from lde_qual.errors import RefusedError, UsageError
from lde_qual.model.anchor import make_anchor
from lde_qual.model.operation import anchor_body
from lde_qual.model.rules import coding_body
from lde_qual.model.span import Span
from lde_qual.model.suggestion import BULK, ORDERS, Suggestion, kept_passage
from lde_qual.model.visibility import Visibility, is_second, visibility
from lde_qual.tagging.reasons import reason


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person makes of a suggestion when it is accepted; what is None is taken as suggested."""

    code: str | None = None
    start: int | None = None
    end: int | None = None
    memo: str = ""
    mark: str = ""
    dimensions: Mapping[str, str] | None = None


def may_show(study: OpenStudy, transcript: str, *, coder: str | None = None) -> Visibility:
    """Return whether suggestions may show beside a transcript while a coder codes it (see `model.visibility`)."""
    return visibility(study.model, study.writer(coder), study.model.transcript(transcript).name)


def check_first_hand(study: OpenStudy, coder: str, transcript: str) -> None:
    """Refuse a decision about suggestions where a second coder's codes are to be compared.

    Raises
    ------
    RefusedError
        Where `coder` is a second coder of `transcript` (see `model.visibility.is_second`).
    """
    if is_second(study.model, coder, transcript):
        raise RefusedError(
            f"{coder} decides on no suggestion in '{transcript}': {HIDDEN[SECOND]}.",
            way_out="Code it without suggestions; agreement counts only what each coder saw alone.",
        )


def suggested(
    said: Suggestions,
    transcript: str,
    start: int,
    end: int,
    code: str,
    *,
    way: str | None = None,
    order: str = ORDERS[0],
) -> Suggestion:
    """Return a suggestion as it stands now.

    Parameters
    ----------
    way : str, optional
        The way it came; worked out from `order` unless given.
    order : str
        Of the list that it came in.

    Raises
    ------
    RefusedError
        Where nothing like it is suggested: what is decided on must have been there.
    """
    start, end = offset(start), offset(end)
    wanted = said.study.model.codebook.require(code)
    check_first_hand(said.study, said.study.writer(said.coder), transcript)
    if order not in ORDERS:
        raise UsageError(f"'{order}' is no order of suggestions.", way_out=f"Use one of {', '.join(ORDERS)}.")
    span = Span(start, end)
    there = next((each for each in said.for_transcript(transcript) if each.passage.span == span), None)
    if there is not None and any(said.hidden([there])):
        raise RefusedError(
            f"{start}-{end} of transcript '{transcript}' is coded blind by {said.coder}.",
            way_out="Code it first; `lde-qual reveal` shows what is suggested after.",
        )
    proposal = None
    if there is not None and not there.abstained:
        proposal = next((each for each in there.proposals if each.code == wanted), None)
    if there is None or proposal is None:
        raise RefusedError(
            f"'{wanted}' is not suggested for {start}-{end} of transcript '{transcript}'.",
            way_out=f"`lde-qual suggest --transcript {transcript} --unit {said.unit}` lists what is.",
        )
    return Suggestion(
        transcript=transcript,
        start=span.start,
        end=span.end,
        quote=there.passage.text,
        code=wanted,
        score=round(proposal.score, 6),
        confidence=round(proposal.confidence, 6),
        method=proposal.method,
        version=proposal.version,
        reason=reason(proposal, there.passage.text, lang=said.study.model.codebook.language),
        rank=1 + there.proposals.index(proposal),
        way=way or said.way(there.passage, order),
    )


def accept_body(study: OpenStudy, suggestion: Suggestion, choice: Choice | None = None) -> dict[str, Any]:
    """Return the body of an ``accept``, checked: a coding with what was suggested beside it."""
    chosen = choice or Choice()
    body = coding_body(
        study.model,
        transcript=suggestion.transcript,
        start=suggestion.start if chosen.start is None else offset(chosen.start),
        end=suggestion.end if chosen.end is None else offset(chosen.end),
        code=chosen.code or suggestion.code,
        dimensions=chosen.dimensions,
        memo=chosen.memo,
        mark=chosen.mark,
        suggestions_visible=True,
    )
    place = study.model.transcript(suggestion.transcript)
    there = make_anchor(place, Span(suggestion.start, suggestion.end))
    taken = make_anchor(place, Span(body["start"], body["end"]))
    return body | {"suggestion": suggestion.as_body() | kept_passage(taken, there)}


def decision_body(study: OpenStudy, suggestion: Suggestion, why: str | None = None) -> dict[str, Any]:
    """Return the body of a ``later``, or of a ``reject`` where `why` is given."""
    place = study.model.transcript(suggestion.transcript)
    body = anchor_body(make_anchor(place, Span(suggestion.start, suggestion.end)))
    return (
        body | {"code": suggestion.code, "suggestion": suggestion.as_body()} | ({} if why is None else {"reason": why})
    )


def accept(  # noqa: PLR0913 - every option of the command is a keyword of its own
    study: OpenStudy,
    transcript: str | None = None,
    start: int | None = None,
    end: int | None = None,
    code: str | None = None,
    *,
    from_: SuggestionTable | None = None,
    as_code: str | None = None,
    as_start: int | None = None,
    as_end: int | None = None,
    memo: str = "",
    mark: str = "",
    coder: str | None = None,
    unit: str = "passage",
    method: str = DEFAULT_SCORER,
    order: str = ORDERS[0],
    **dimensions: str,
) -> list[str]:
    """Take a suggestion over as a coding; return the ids of the codings.

    Parameters
    ----------
    transcript, start, end, code
        The suggestion, as `suggest` lists it.
    from_ : path or DataFrame, optional
        A table of `suggest` in place of one suggestion: every row is taken over as it
        stands, all in one operation, which one undo takes back.
    as_code, as_start, as_end
        Another code, or other bounds, than suggested; what was suggested is kept.
    order : str
        Of the list that it came in: with ``uncertainty`` the decision keeps whether the
        passage was drawn by chance.
    **dimensions : str
        Values, for example ``richting="belemmerend"``.

    Raises
    ------
    LdeQualError
        Where it is not suggested (any more), or does not fit; nothing is written then.
    """
    said = Suggestions(study, coder=study.writer(coder), unit=unit, method=method)
    if from_ is not None:
        if transcript is not None or as_code or as_start is not None or as_end is not None or dimensions:
            raise UsageError("A file of suggestions is accepted as it stands.", way_out="Leave the rest out.")
        return accept_all(study, [suggested(said, *row, way=BULK) for row in named_in(from_)], coder=coder)
    one = suggested(said, *_named(transcript, start, end, code), order=order)
    chosen = Choice(as_code, as_start, as_end, memo, mark, dimensions)
    return [study.write("accept", accept_body(study, one, chosen), coder=coder)]


def accept_all(study: OpenStudy, suggestions: Sequence[Suggestion], *, coder: str | None = None) -> list[str]:
    """Take suggestions over as they stand, in one operation that one undo takes back; return the codings' ids."""
    if not suggestions:
        return []
    for name in dict.fromkeys(each.transcript for each in suggestions):
        check_first_hand(study, study.writer(coder), name)
    bodies = [("accept", accept_body(study, each)) for each in suggestions]
    return study.store.write_batch(study.writer(coder), bodies)


def reject(
    study: OpenStudy,
    transcript: str,
    start: int,
    end: int,
    code: str,
    *,
    reason: str,
    coder: str | None = None,
    unit: str = "passage",
    method: str = DEFAULT_SCORER,
    order: str = ORDERS[0],
) -> str:
    """Turn a suggestion down and return the operation's id; it does not come back unless asked for.

    Parameters
    ----------
    reason : str
        ``wrong code``, ``wrong boundary``, ``not relevant``, or words of your own.

    Notes
    -----
    Where the coder rejected it before, nothing is written and that decision's id returned.

    Raises
    ------
    RefusedError
        Where the coder has a coding of that passage at that code.
    """
    said = Suggestions(study, coder=study.writer(coder), unit=unit, method=method)
    one = suggested(said, transcript, start, end, code, order=order)
    check_free(said, one)
    if there := rejected_before(said, one):
        return there
    return study.write("reject", decision_body(study, one, reason), coder=coder)


def later(
    study: OpenStudy,
    transcript: str,
    start: int,
    end: int,
    code: str,
    *,
    coder: str | None = None,
    unit: str = "passage",
    method: str = DEFAULT_SCORER,
    order: str = ORDERS[0],
) -> str:
    """Put a suggestion off and return the operation's id; it comes again after the others."""
    said = Suggestions(study, coder=study.writer(coder), unit=unit, method=method)
    one = suggested(said, transcript, start, end, code, order=order)
    check_free(said, one)
    return study.write("later", decision_body(study, one), coder=coder)


def check_free(said: Suggestions, one: Suggestion) -> None:
    """Refuse to turn down what the coder coded so.

    Raises
    ------
    RefusedError
        Where the coder has a coding of that passage at that code.
    """
    span = Span(one.start, one.end)
    for placed in said.lessons.codings.get(one.transcript, ()):
        if (placed.span, placed.code) == (span, one.code):
            raise RefusedError(
                f"{said.coder} has coded {one.start}-{one.end} of '{one.transcript}' as '{one.code}'.",
                way_out=f"Take that away first: `lde-qual uncode {placed.coding.id}`.",
            )


def rejected_before(said: Suggestions, one: Suggestion) -> str:
    """Return the id of the coder's rejection of the same suggestion; empty where there is none."""
    here = make_anchor(said.study.model.transcript(one.transcript), Span(one.start, one.end))
    decisions = said.study.model.state(said.coder or "").decisions
    wanted = ("reject", one.code, here)
    return next((each.id for each in decisions if (each.kind, each.code, each.anchor) == wanted), "")


def _named(transcript: str | None, start: int | None, end: int | None, code: str | None) -> tuple[str, int, int, str]:
    if transcript is None or start is None or end is None or code is None:
        raise UsageError(
            "Which suggestion is meant is not said in full.",
            way_out="Give transcript, start, end and code as `lde-qual suggest` lists them, or a file with --from.",
        )
    return transcript, start, end, code
