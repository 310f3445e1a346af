"""What may be written: every operation is checked against the state it would change.

Folding forgives, writing does not. A rule raises an error that says what does not
fit and the way out; one that finds nothing returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lde_qual.errors import RefusedError, UnknownError, UsageError, did_you_mean
from lde_qual.model.anchor import make_anchor
from lde_qual.model.coding import MARKS, MEMO_KINDS, MEMO_SUBJECTS, Coding
from lde_qual.model.operation import Body, anchor_body
from lde_qual.model.span import Span
from lde_qual.model.study import CONSENSUS, Study
from lde_qual.model.suggestion import also, check_rejection, check_shown, check_suggestion
from lde_qual.model.transcript import Transcript
from lde_qual.model.undoing import own_operation, resting_on


def coding_body(
    study: Study,
    *,
    transcript: str,
    start: int,
    end: int,
    code: str,
    quote: str | None = None,
    dimensions: Mapping[str, str] | None = None,
    memo: str = "",
    mark: str = "",
    suggestions_visible: bool | None = None,
) -> dict[str, Any]:
    """Return the body of a ``code`` operation, checked.

    Parameters
    ----------
    start, end : int
        Code points into the body of the transcript, half-open.
    quote : str, optional
        What the caller believes to stand there; refused where it does not.
    code : str
        An id of today, or a former one.
    """
    place = study.transcript(transcript)
    span = checked_span(place, start, end, quote=quote)
    return anchor_body(make_anchor(place, span)) | {
        "code": study.codebook.require(code),
        "dimensions": checked_dimensions(study, dimensions or {}),
        "memo": memo,
        "mark": _checked_mark(mark),
        "suggestions_visible": suggestions_visible,
    }


def checked_span(transcript: Transcript, start: int, end: int, *, quote: str | None = None) -> Span:
    """Return the span, where it may bear a coding.

    Raises
    ------
    RefusedError
        Where it lies outside the text, is empty, holds nobody's speech, or where
        `quote` is not what stands there.
    """
    size = len(transcript.text)
    if not 0 <= start < end <= size:
        raise RefusedError(
            f"Span {start}-{end} is not in transcript '{transcript.name}', which has characters 0 to {size}.",
            way_out="Offsets are code points into the text after the front matter, start before end.",
        )
    span = Span(start, end)
    there = span.of(transcript.text)
    if quote is not None and quote != there:
        raise RefusedError(
            f"The quote {_short(quote)} is not at {start}-{end} of transcript '{transcript.name}': "
            f"{_short(there)} stands there.",
            way_out="Take start, end and quote from the same version of the text.",
        )
    spoken = any(True for _ in transcript.turns_of(span)) if transcript.has_respondents else bool(there.strip())
    if not spoken:
        raise RefusedError(
            f"Span {start}-{end} of transcript '{transcript.name}' ({_short(there)}) holds nobody's speech.",
            way_out="A coding needs at least one character of speech that is no white space.",
        )
    return span


def checked_dimensions(study: Study, dimensions: Mapping[str, str]) -> dict[str, str]:
    """Return the dimensions that bear a value, each known to the codebook."""
    given = {name: value for name, value in dimensions.items() if value}
    for name, value in given.items():
        known = study.codebook.dimensions.get(name)
        if known is None:
            names = ", ".join(study.codebook.dimensions) or "none"
            raise UnknownError(
                f"Dimension '{name}' is not in the codebook (it has: {names}).",
                way_out=did_you_mean(
                    name, study.codebook.dimensions, otherwise="Add it under `dimensions:` in codebook.yaml."
                ),
            )
        if value not in known:
            raise UnknownError(
                f"'{value}' is no value of dimension '{name}' (it has: {', '.join(known)}).",
                way_out=did_you_mean(value, known, otherwise="Leave it empty, or add the value in codebook.yaml."),
            )
    return given


def _checked_mark(mark: str) -> str:
    if mark and mark not in MARKS:
        raise UnknownError(f"'{mark}' is no mark.", way_out=f"Use {' or '.join(MARKS)}, or leave it empty.")
    return mark


def own_coding(study: Study, coder: str, identifier: str) -> Coding:
    """Return a coder's coding by its id or a unique beginning of it.

    Raises
    ------
    UnknownError
        Where the coder has no such coding; the message names who has.
    UsageError
        Where the beginning fits several.
    """
    state = study.state(coder)
    exact = state.coding_id(identifier)
    if exact is not None:
        return state.codings[exact]
    fitting = [found for found in state.codings if found.startswith(identifier)] if identifier else []
    if len(fitting) == 1:
        return state.codings[fitting[0]]
    if fitting:
        raise UsageError(
            f"'{identifier}' is the beginning of {len(fitting)} codings.",
            way_out=f"Add letters: {', '.join(fitting[:3])}…",
        )
    owner = next((name for name, other in study.states.items() if other.coding_id(identifier)), None)
    if owner:
        raise UnknownError(f"Coding '{identifier}' is {owner}'s, not {coder}'s.", way_out=f"Give --coder {owner}.")
    raise UnknownError(f"{coder} has no coding '{identifier}'.", way_out="`lde-qual codings` lists them.")


def check_operation(study: Study, coder: str, op: str, body: Body) -> None:
    """Refuse an operation that does not fit the study as it stands.

    Raises
    ------
    LdeQualError
        What does not fit, and the way out. Nothing has been changed.
    """
    rule = _RULES.get(op)
    if rule is not None:
        rule(study, coder, body)


def _check_passage(study: Study, _coder: str, body: Body) -> None:
    transcript = study.transcript(body["transcript"])
    if body.get("body_sha256") != transcript.body_sha256:
        raise RefusedError(
            f"Transcript '{transcript.name}' is no longer the text this passage was chosen in.",
            way_out="Read the study again and choose the passage anew.",
        )
    checked_span(transcript, body["start"], body["end"], quote=body["quote"])


def _check_code(study: Study, coder: str, body: Body) -> None:
    _check_passage(study, coder, body)
    study.codebook.require(body["code"])
    checked_dimensions(study, body.get("dimensions") or {})
    _checked_mark(body.get("mark") or "")


def _check_uncode(study: Study, coder: str, body: Body) -> None:
    own_coding(study, coder, body["coding"])


def _check_revise(study: Study, coder: str, body: Body) -> None:
    coding = own_coding(study, coder, body["coding"])
    changes = body["changes"]
    if "start" in changes:
        _check_code(study, coder, {"code": coding.code, "transcript": coding.transcript} | dict(changes))
    if "code" in changes:
        study.codebook.require(changes["code"])
    checked_dimensions(study, changes.get("dimensions") or {})
    anchor = coding.anchor
    there = study.state(coder).at_place(
        {
            "transcript": anchor.transcript,
            "body_sha256": changes.get("body_sha256", anchor.body_sha256),
            "start": changes.get("start", anchor.start),
            "end": changes.get("end", anchor.end),
            "code": changes.get("code", coding.code),
        }
    )
    if there not in {None, coding.id}:
        raise RefusedError(
            f"{coder} already has a coding of this passage at this code ({there}).",
            way_out=f"Take one of the two away first: `lde-qual uncode {coding.id} --coder {coder}`.",
        )


def _check_mark(study: Study, coder: str, body: Body) -> None:
    own_coding(study, coder, body["coding"])
    _checked_mark(body["mark"] or "")


def _check_memo(study: Study, coder: str, body: Body) -> None:
    subject, about, kind = body["subject"], body["about"], body["kind"]
    if kind not in MEMO_KINDS or subject not in MEMO_SUBJECTS:
        raise UsageError(
            f"'{kind}' about '{subject}' is no kind of memo.", way_out=f"Kinds are {', '.join(MEMO_KINDS)}."
        )
    if subject == "coding":
        own_coding(study, coder, about)
    elif subject == "code":
        study.codebook.require(about)
    elif subject == "transcript":
        study.transcript(about)
    if not body["text"] and (subject, about, kind) not in study.state(coder).memos:
        raise UnknownError(
            f"{coder} has no {kind} memo there to take away.", way_out="`lde-qual memo` lists the memos."
        )


def _check_note(study: Study, coder: str, body: Body) -> None:
    target = body.get("note")
    if target is None:
        checked_span(study.transcript(body["transcript"]), body["start"], body["end"], quote=body["quote"])
    elif target not in study.state(coder).notes:
        raise UnknownError(f"{coder} has no note '{target}'.", way_out="Read the study again.")


def _check_done(study: Study, _coder: str, body: Body) -> None:
    study.transcript(body["transcript"])


def _check_settle(study: Study, coder: str, body: Body) -> None:
    _check_passage(study, coder, body)
    study.codebook.require(body["code"])
    if coder in body["coders"]:
        raise RefusedError(
            f"What {', '.join(body['coders'])} settle on cannot stand in the journal of {coder}, one of them.",
            way_out=f"Give --coder another name; '{CONSENSUS}' is taken unless given.",
        )
    if body["decision"] not in (known := (*body["coders"], "all", "none")):
        raise UnknownError(
            f"'{body['decision']}' is no decision.", way_out=did_you_mean(body["decision"], known, otherwise="")
        )


def _check_undo(study: Study, coder: str, body: Body) -> None:
    state = study.state(coder)
    operation = own_operation(state, body["operation"])
    if not state.in_force(operation.id):
        raise RefusedError(
            f"Operation {operation.id} was already taken back, by {state.undone[operation.id]}.",
            way_out=f"`lde-qual undo {state.undone[operation.id]}` brings it back.",
        )
    resting = resting_on(study, operation)
    if resting:
        listed = ", ".join(f"{other.id} ({other.op} by {other.coder})" for other in resting)
        raise RefusedError(
            f"Operation {operation.id} cannot be undone: {listed} rest on it.", way_out="Undo those first."
        )


def _short(text: str, limit: int = 40) -> str:
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


_RULES: dict[str, Callable[[Study, str, Body], None]] = {
    "code": _check_code,
    "accept": also(_check_code, check_suggestion),
    "uncode": _check_uncode,
    "revise": _check_revise,
    "mark": _check_mark,
    "memo": _check_memo,
    "note": _check_note,
    "reject": also(_check_code, check_rejection),
    "later": also(_check_code, check_suggestion),
    "shown": also(_check_passage, check_shown),
    "done": _check_done,
    "settle": _check_settle,
    "undo": _check_undo,
}
