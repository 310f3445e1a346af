"""Settling what coders differ on, in the journal of a consensus coder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from lde_qual.analysis.agreement import compared
from lde_qual.analysis.settling import ALL, NONE, Contested, Standing, contested, decision_at, standing
from lde_qual.api.agreement import chosen_coders
from lde_qual.api.inputs import Names, parsed
from lde_qual.api.study import OpenStudy
from lde_qual.api.writing import warn
from lde_qual.errors import LdeQualError, RefusedError, UnknownError, UsageError, did_you_mean
from lde_qual.formats.csv_table import write_table
from lde_qual.formats.decisions import Decided, parse_decisions
from lde_qual.model.anchor import make_anchor
from lde_qual.model.operation import anchor_body
from lde_qual.model.rules import coding_body
from lde_qual.model.span import Span
from lde_qual.model.study import CONSENSUS, PlacedCoding, Study, valid_coder

Notice = Callable[[str], None]
_Written = tuple[str, dict[str, Any]]


def settle(
    study: OpenStudy,
    decisions: str | Path | pd.DataFrame | None = None,
    *,
    coders: Names = None,
    coder: str | None = None,
    notice: Notice = warn,
) -> list[str]:
    """Write what coders have alike, and what they decided where they differ, as one operation.

    Parameters
    ----------
    decisions : path or DataFrame, optional
        The list of `disagreements` with a column ``decision``: the name of the coder
        whose codings hold for the passage, or ``none`` where no code applies; a row
        without one stays open. One decision settles the whole passage that the row is a
        part of. Without it only what all coders have alike is taken over.
    coders : str or list of str, optional
        Who were compared; everyone who coded, unless given.
    coder : str, optional
        Whose journal the result goes to: ``consensus`` unless given. It is none of `coders`.
    notice : callable
        Is told what was written, and what is open.

    Returns
    -------
    list of str
        Ids of the consensus coder's new codings; `undo` takes all of them back at once.

    Notes
    -----
    Marks and values of dimensions come with the codings of the one whose codings hold;
    where all are alike, those values that all gave. A transcript in which nothing is
    open is marked done for the consensus coder.

    Raises
    ------
    LdeQualError
        A row that is in no passage of these coders, two decisions on one passage, a
        passage that was settled otherwise before; nothing is written.
    """
    names = chosen_coders(study, coders)
    writer = consensus_coder(coder)
    if writer in names:
        raise UsageError(
            f"What {', '.join(names)} settle on cannot stand in the journal of {writer}, one of them.",
            way_out=f"Give --coder another name; '{CONSENSUS}' is taken unless given.",
        )
    study.refresh()
    passages = contested(study.model, names)
    earlier = _earlier(study.model, passages, names)
    now = _decided(study.model, _rows(decisions), passages, earlier, names)
    now |= {at: ALL for at, passage in enumerate(passages) if passage.alike and at not in earlier}
    written: list[_Written] = []
    for at in sorted(now):
        written += _operations(study.model, passages[at], now[at], names)
    settled = {*earlier, *now}
    written += _read_to_the_end(study.model, passages, settled, names, writer)
    ids = study.store.write_batch(writer, written) if written else []
    still = sum(at not in settled and not passage.alike for at, passage in enumerate(passages))
    alike = sum(decision == ALL for decision in now.values())
    notice(f"Passages settled: {len(now) - alike}; taken over as alike: {alike}; still open: {still}.")
    return [identifier for identifier, (op, _) in zip(ids, written, strict=True) if op == "code"]


def consensus_coder(coder: str | None) -> str:
    """Return whose journal holds what was settled."""
    return valid_coder(coder or CONSENSUS)


def _rows(decisions: str | Path | pd.DataFrame | None) -> tuple[str, list[Decided]]:
    """Return what was decided, and the file it stands in."""
    if decisions is None:
        return "", []
    if isinstance(decisions, pd.DataFrame):
        cells = decisions.astype(object).where(decisions.notna(), "").astype(str)
        return "", parse_decisions(write_table(list(cells.columns), cells.to_numpy().tolist()))
    way_out = "Give the list of disagreements as csv, with a column 'decision'."
    return str(decisions), parsed(decisions, parse_decisions, way_out=way_out)


def _earlier(model: Study, passages: Sequence[Contested], names: Sequence[str]) -> dict[int, Standing]:
    """Return what was decided before, by index of the passage."""
    decisions = standing(model)
    found = {}
    for at, passage in enumerate(passages):
        there = decision_at(decisions, names, transcript=passage.transcript, code=passage.code, span=passage.span)
        if there is not None:
            found[at] = there
    return found


def _decided(
    model: Study,
    given: tuple[str, list[Decided]],
    passages: Sequence[Contested],
    earlier: Mapping[int, Standing],
    names: Sequence[str],
) -> dict[int, str]:
    """Return the new decisions by index of the passage, each row checked."""
    file, rows = given
    found: dict[int, str] = {}
    for row in rows:
        try:
            at = _passage_of(model, row, passages, names)
            before = found.get(at) or (earlier[at].decision if at in earlier else row.decision)
            if before != row.decision:
                way_out = (
                    "Give one decision for the whole passage."
                    if at in found
                    else f"`lde-qual undo {earlier[at].id.split('.')[0]} --coder NAME` takes that decision back."
                )
                raise RefusedError(
                    f"The passage {_named(passages[at])} was settled as '{before}', and here as '{row.decision}'.",
                    way_out=way_out,
                )
        except LdeQualError as error:
            error.line = row.line
            raise (error.in_file(file) if file else error) from None
        if at not in earlier:
            found[at] = row.decision
    return found


def _passage_of(model: Study, row: Decided, passages: Sequence[Contested], names: Sequence[str]) -> int:
    code, span = model.codebook.require(row.code), Span(row.start, row.end)
    model.transcript(row.transcript)
    if row.decision not in (*names, NONE):
        raise UnknownError(
            f"'{row.decision}' is no decision.",
            way_out=did_you_mean(
                row.decision, (*names, NONE), otherwise=f"Write {', '.join(names)} or {NONE}, or leave it empty."
            ),
        )
    for at, passage in enumerate(passages):
        if (passage.transcript, passage.code) == (row.transcript, code) and passage.span.overlaps(span):
            if passage.alike:
                raise RefusedError(
                    f"On {_named(passage)} these coders do not differ.", way_out="Make the list of disagreements anew."
                )
            return at
    raise UnknownError(
        f"None of {', '.join(names)} has {code} at {row.start}-{row.end} of transcript '{row.transcript}'.",
        way_out="Make the list of disagreements anew, by the same coders.",
    )


def _named(passage: Contested) -> str:
    return f"{passage.transcript} {passage.span.start}-{passage.span.end} at {passage.code}"


def _operations(model: Study, passage: Contested, decision: str, names: Sequence[str]) -> list[_Written]:
    """Return the operations that write a decision: it, and the codings that follow from it."""
    anchor = anchor_body(make_anchor(model.transcript(passage.transcript), passage.span))
    first: _Written = ("settle", anchor | {"code": passage.code, "coders": list(names), "decision": decision})
    taken = [] if decision == NONE else passage.by.get(names[0] if decision == ALL else decision, [])
    return [first, *(("code", _body(model, passage, found, decision)) for found in taken)]


def _body(model: Study, passage: Contested, found: PlacedCoding, decision: str) -> dict[str, Any]:
    values, mark = dict(found.coding.dimensions), found.coding.mark
    if decision == ALL:
        same = [
            next((other.coding for other in theirs if other.span == found.span), None) for theirs in passage.by.values()
        ]
        values = {
            name: value
            for name, value in values.items()
            if all(other is not None and other.dimensions.get(name) == value for other in same)
        }
        mark = mark if all(other is not None and other.mark == mark for other in same) else ""
    return coding_body(
        model,
        transcript=passage.transcript,
        start=found.span.start,
        end=found.span.end,
        code=passage.code,
        dimensions=values,
        mark=mark,
    )


def _read_to_the_end(
    model: Study, passages: Sequence[Contested], settled: set[int], names: Sequence[str], writer: str
) -> list[_Written]:
    """Return a ``done`` for each compared transcript in which nothing is open."""
    still = {passage.transcript for at, passage in enumerate(passages) if at not in settled}
    done = model.state(writer).done
    return [
        ("done", {"transcript": transcript.name})
        for transcript in compared(model, [model.coded_transcripts(name) for name in names])
        if transcript.name not in still and transcript.name not in done
    ]
