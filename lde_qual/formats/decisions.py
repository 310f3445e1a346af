"""What coders decided on the passages on which they differed, as a csv table."""

from __future__ import annotations

from dataclasses import dataclass

from lde_qual.errors import TableError
from lde_qual.formats.csv_table import Row, read_table
from lde_qual.formats.tables import offset

COLUMNS = ("transcript", "start", "end", "code", "decision")
_IGNORED = ("quote", "coders", "suggested", "settled")


@dataclass(frozen=True, slots=True)
class Decided:
    """A row: a place in a passage, its code, and whose codings hold there.

    Attributes
    ----------
    start, end : int
        Code points into the body of the transcript, half-open.
    line : int
        Line of the table.
    """

    transcript: str
    start: int
    end: int
    code: str
    decision: str
    line: int = 0


def parse_decisions(text: str) -> list[Decided]:
    """Return the rows that bear a decision; a row without one is still open.

    Raises
    ------
    TableError
        A column that is missing or not known, a cell that cannot be read, no row with a
        decision; with its line.
    """
    table = read_table(text, required=COLUMNS)
    table.check_columns(known=[*COLUMNS, *_IGNORED])
    found = [_decided(row) for row in table.rows if row["decision"]]
    if not found:
        raise TableError(
            "No row bears a decision.",
            way_out="Write in column 'decision' whose codings hold: a coder's name, or 'none'.",
            line=table.line,
        )
    return found


def _decided(row: Row) -> Decided:
    start, end = offset(row, "start"), offset(row, "end")
    return Decided(row.required("transcript"), start, end, row.required("code"), row["decision"], row.line)
