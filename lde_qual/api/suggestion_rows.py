"""Suggestions as the rows of a table, and the rows back as suggestions that are meant."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lde_qual.api.inputs import parsed
from lde_qual.api.study import offset
from lde_qual.errors import UsageError
from lde_qual.formats.csv_table import read_table
from lde_qual.tagging.measures import ALSO
from lde_qual.tagging.proposal import Judgement
from lde_qual.tagging.reasons import reason, why_none, word

COLUMNS = ("transcript", "start", "end", "quote", "rank", "code", "score", "confidence", "method", "reason", "way")


SuggestionTable = str | Path | pd.DataFrame
"""A table of ``suggest``, or the path of a csv file of one."""


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


def named_in(table: SuggestionTable) -> list[tuple[str, int, int, str]]:
    """Return transcript, start, end and code of each suggestion in a table of ``suggest``, or in a file of one.

    Rows without a code propose none and are passed over.

    Raises
    ------
    LdeQualError
        Where it cannot be read as such a table (of a file, with its line), or proposes none.
    """
    if isinstance(table, pd.DataFrame):
        found = _named_in_frame(table)
    else:
        found = parsed(table, _named_in_text, way_out="Give a csv file of `lde-qual suggest --format csv`.")
    if not found:
        raise UsageError("The list holds no suggestion.", way_out="`lde-qual suggest` lists them.")
    return found


def _named_in_text(text: str) -> list[tuple[str, int, int, str]]:
    found = []
    for row in read_table(text, required=("transcript", "start", "end", "code")).rows:
        if row["code"] == "NA":
            continue
        offsets = [row.required(name) for name in ("start", "end")]
        if not all(offset.isascii() and offset.isdigit() for offset in offsets):
            raise UsageError(f"'{' '.join(offsets)}' are no offsets.", way_out="Take the table as `suggest` made it.")
        found.append((row.required("transcript"), int(offsets[0]), int(offsets[1]), row.required("code")))
    return found


def _named_in_frame(frame: pd.DataFrame) -> list[tuple[str, int, int, str]]:
    missing = [name for name in ("transcript", "start", "end", "code") if name not in frame.columns]
    if missing:
        raise UsageError(f"The table has no column '{missing[0]}'.", way_out="Take the table as `suggest` made it.")
    kept = frame[frame["code"].notna()]
    return [
        (str(name), offset(start), offset(end), str(code))
        for name, start, end, code in zip(*(kept[name] for name in ("transcript", "start", "end", "code")), strict=True)
    ]
