"""What people write: codings, memos, marks, transcripts read to their end, and undoing."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lde_qual.api.inputs import read_input
from lde_qual.api.study import OpenStudy
from lde_qual.errors import LdeQualError, UsageError
from lde_qual.formats.tables import CodingRow, parse_codings
from lde_qual.formats.text import decode, normalised
from lde_qual.formats.transcript import read_front_matter
from lde_qual.model.anchor import make_anchor
from lde_qual.model.coding import Coding
from lde_qual.model.operation import anchor_body, readable_parts
from lde_qual.model.rules import checked_span, coding_body, own_coding
from lde_qual.model.span import Span
from lde_qual.model.study import Study

Notice = Callable[[str], None]


class LdeQualWarning(UserWarning):
    """Something that a writer should know, though it was done."""


def warn(text: str) -> None:
    """Tell a caller in Python what a writer should know."""
    warnings.warn(text, LdeQualWarning, stacklevel=3)


def code(
    study: OpenStudy,
    *,
    transcript: str,
    start: int,
    end: int,
    code: str,
    quote: str | None = None,
    coder: str | None = None,
    memo: str = "",
    mark: str = "",
    **dimensions: str,
) -> str:
    """Code a passage and return the coding's id (see `OpenStudy.code`)."""
    return study.code(
        transcript=transcript,
        start=start,
        end=end,
        code=code,
        quote=quote,
        coder=coder,
        memo=memo,
        mark=mark,
        **dimensions,
    )


def uncode(study: OpenStudy, coding: str, *, coder: str | None = None) -> str:
    """Take a coding away and return the operation's id; `undo` brings it back."""
    writer = study.writer(coder)
    found = own_coding(study.model, writer, coding)
    return study.write("uncode", {"coding": found.id}, coder=writer)


def revise(
    study: OpenStudy,
    coding: str,
    *,
    start: int | None = None,
    end: int | None = None,
    code: str | None = None,
    memo: str | None = None,
    coder: str | None = None,
    **dimensions: str,
) -> str:
    """Change bounds, code, memo or dimensions of a coding, which keeps its id.

    What is not given stays; a dimension given as an empty text is taken away.

    Returns
    -------
    str
        The operation's id.
    """
    writer = study.writer(coder)
    found = own_coding(study.model, writer, coding)
    changes: dict[str, Any] = {}
    if start is not None or end is not None:
        changes |= _new_place(study.model, found, start, end)
    if code is not None:
        changes["code"] = study.model.codebook.require(code)
    if memo is not None:
        changes["memo"] = memo
    if dimensions:
        both = {**found.dimensions, **dimensions}
        changes["dimensions"] = {name: value for name, value in both.items() if value}
    if not changes:
        raise UsageError(
            "Nothing is given that would change the coding.", way_out="Give a bound, a code, a memo or a value."
        )
    return study.write("revise", {"coding": found.id, "changes": changes}, coder=writer)


def _new_place(model: Study, coding: Coding, start: int | None, end: int | None) -> dict[str, Any]:
    placed = next(found for found in model.placed(coding.coder) if found.coding.id == coding.id)
    transcript = model.transcript(coding.transcript)
    span = checked_span(
        transcript,
        placed.span.start if start is None else start,
        placed.span.end if end is None else end,
    )
    return anchor_body(make_anchor(transcript, Span(span.start, span.end)))


def mark(study: OpenStudy, coding: str, mark: str, *, coder: str | None = None) -> str:
    """Mark a coding ``typerend`` or ``tegenstem``; an empty `mark` takes the mark away."""
    writer = study.writer(coder)
    found = own_coding(study.model, writer, coding)
    return study.write("mark", {"coding": found.id, "mark": mark}, coder=writer)


def edit(study: OpenStudy, transcript: str, text: str, *, coder: str | None = None) -> str:
    """Correct a transcript and return the operation's id; every coding in it is carried over exactly.

    Parameters
    ----------
    text : str
        The whole corrected body, or the whole corrected file; front matter stays as it is.

    Raises
    ------
    TranscriptError
        Where the new text cannot be read as turns.
    StaleError
        Where the file changed since it was read.
    """
    whole = normalised(text)
    return study.store.edit(study.writer(coder), transcript, whole[read_front_matter(whole).end :])


def edit_from_file(study: OpenStudy, transcript: str, file: str | Path, *, coder: str | None = None) -> str:
    """Correct a transcript from a file that holds the corrected text (see `edit`)."""
    data = read_input(file, way_out="Give the corrected text.")
    return edit(study, transcript, decode(data).text, coder=coder)


def done(study: OpenStudy, transcript: str, *, coder: str | None = None) -> str:
    """Say that a coder has read a transcript to its end; return the operation's id.

    Saying it again changes nothing.
    """
    writer = study.writer(coder)
    state = study.model.state(writer)
    if transcript in state.done:
        return next(
            operation.id
            for operation in state.operations.values()
            if state.in_force(operation.id)
            and any(
                part.op == "done" and part.body.get("transcript") == transcript for part in readable_parts(operation)
            )
        )
    return study.write("done", {"transcript": transcript}, coder=writer)


def undo(study: OpenStudy, op: str | None = None, *, dry_run: bool = False, coder: str | None = None) -> str:
    """Take one whole operation back and return the id of the ``undo``; of an ``undo``, that is redo.

    Parameters
    ----------
    op : str, optional
        Id of the operation or a unique beginning of it; else the coder's last one in
        force that is no undo.
    dry_run : bool
        Check only, and return the id of what would be taken back.

    Raises
    ------
    RefusedError
        Where later operations rest on it; they are listed.
    """
    undone = study.store.undo(study.writer(coder), op, dry_run=dry_run)
    return undone.operation.id if dry_run else undone.id


@dataclass(frozen=True, slots=True)
class _Planned:
    """A row of a table to import: the coding it is already, or what to write."""

    row: CodingRow
    existing: Coding | None
    body: dict[str, Any]


def import_codings(study: OpenStudy, file: str | Path, *, coder: str | None = None, notice: Notice = warn) -> list[str]:
    """Write the codings of a table, all or none of them.

    Parameters
    ----------
    file : path
        Csv with ``transcript,start,end,code[,quote][,memo][,<dimension>]``; the other
        columns of `codings` are ignored, any other column is an error.
    notice : callable
        Is told what the coder should know: rows that exist already with another memo
        or another value, what was assumed of the file.

    Returns
    -------
    list of str
        The id of each row's coding, in order; a row whose coding exists already
        changes nothing and has that coding's id.
    """
    writer = study.writer(coder)
    study.refresh()
    planned = _plan(study, _rows(study, Path(file), notice), writer=writer, file=str(file))
    fresh = {_key(plan.body): plan.body for plan in planned if plan.existing is None}
    for plan in planned:
        if plan.existing is not None:
            _tell_difference(plan.existing, plan.row, notice)
    ids = study.store.write_batch(writer, [("code", body) for body in fresh.values()]) if fresh else []
    made = dict(zip(fresh, ids, strict=True))
    return [made[_key(plan.body)] if plan.existing is None else plan.existing.id for plan in planned]


def _rows(study: OpenStudy, file: Path, notice: Notice) -> list[CodingRow]:
    data = read_input(file, way_out="Give the path of a csv file.")
    try:
        decoded = decode(data)
        if decoded.assumed:
            notice(f"{file}: {decoded.assumed}")
        model = study.model
        attributes = [*model.respondent_attributes(), *model.transcript_attributes(), "kind"]
        return parse_codings(decoded.text, dimensions=list(model.codebook.dimensions), attributes=attributes)
    except LdeQualError as error:
        raise error.in_file(str(file)) from None


def _plan(study: OpenStudy, rows: list[CodingRow], *, writer: str, file: str) -> list[_Planned]:
    model = study.model
    there = {
        (placed.coding.transcript, placed.span.start, placed.span.end, placed.code): placed.coding
        for placed in reversed(model.placed(writer))
        if placed.counts
    }
    planned = []
    for row in rows:
        try:
            body = coding_body(
                model,
                transcript=row.transcript,
                start=row.start,
                end=row.end,
                code=row.code,
                quote=row.quote or None,
                dimensions=row.dimensions,
                memo=row.memo,
            )
        except LdeQualError as error:
            error.line = row.line
            raise error.in_file(file) from None
        planned.append(_Planned(row, there.get(_key(body)), body))
    return planned


def _key(body: Mapping[str, Any]) -> tuple[str, int, int, str]:
    return (body["transcript"], body["start"], body["end"], body["code"])


def _tell_difference(coding: Coding, row: CodingRow, notice: Notice) -> None:
    other = [name for name, value in row.dimensions.items() if coding.dimensions.get(name, "") != value]
    if row.memo and row.memo != coding.memo:
        other.append("memo")
    if other:
        notice(
            f"Line {row.line}: the coding is there already ({coding.id}) with another {', '.join(other)}; it stays so."
        )
