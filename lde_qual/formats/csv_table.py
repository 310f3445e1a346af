"""Reading and writing csv, strictly and in one place."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lde_qual.errors import TableError, did_you_mean

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_MOST_CHARACTERS = 50_000_000
# Python refuses cells of more than 131 072 characters, and a coding may cover a whole document.
csv.field_size_limit(_MOST_CHARACTERS)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, and the line of the file that it begins on."""

    cells: Mapping[str, str]
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column].strip()

    def verbatim(self, column: str) -> str:
        """Return a cell with the white space at its ends; empty where there is no such column."""
        return self.cells.get(column, "")

    def required(self, column: str) -> str:
        """Return a cell that may not be empty.

        Raises
        ------
        TableError
            Where it is.
        """
        value = self[column]
        if not value:
            raise TableError(f"The cell '{column}' is empty.", way_out="Fill it in, or remove the row.", line=self.line)
        return value


@dataclass(frozen=True, slots=True)
class Table:
    """A csv file as read.

    Attributes
    ----------
    columns : tuple of str
        Stripped, in the order of the file.
    rows : tuple of Row
        Without rows that are empty from end to end.
    line : int
        Line of the file that the header stands on.
    assumed : str
        A sentence where something was assumed, else empty.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int = 1
    assumed: str = ""

    def check_columns(self, *, known: Collection[str]) -> None:
        """Check that every column is known.

        Raises
        ------
        TableError
            With the first that is not, and the nearest known one.
        """
        for column in self.columns:
            if column not in known:
                way_out = did_you_mean(column, known, otherwise=f"Known are: {', '.join(dict.fromkeys(known))}.")
                raise TableError(f"Column '{column}' is not known here.", way_out=way_out, line=self.line)


def read_table(text: str, *, required: Sequence[str]) -> Table:
    """Return the table that `text` holds: one header row, separated by comma, or by semicolon or tab where it says so.

    Raises
    ------
    TableError
        A header without one of the `required` columns, with a column twice or without a
        name; a row with more or fewer cells than the header; quotes that are not closed.
    """
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    separator = _separator(text, required)
    lines = _records(text, separator)
    header_line, header = next(lines, (1, []))
    columns = tuple(name.strip() for name in header)
    _check_header(columns, required=required, line=header_line)
    rows = tuple(Row(dict(zip(columns, cells, strict=True)), line) for line, cells in _full(lines, columns))
    assumed = "" if separator == "," else f"Its columns are separated by {_SEPARATORS[separator]}, not by comma."
    return Table(columns, rows, header_line, assumed)


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a csv text: comma, one header row, LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _separator(text: str, required: Sequence[str]) -> str:
    first = next((line for line in text.split("\n") if line.strip()), "")

    def fits(separator: str) -> tuple[int, int]:
        names = [name.strip().strip('"') for name in first.split(separator)]
        return len(set(required) & set(names)), len(names)

    return max(_SEPARATORS, key=fits)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TableError(
                f"The row that begins here cannot be read: {error}.",
                way_out='Put a cell with a quote in it between quotes, and double the quote itself ("").',
                line=line,
            ) from error
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _full(lines: Iterable[tuple[int, list[str]]], columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    for line, cells in lines:
        if len(cells) != len(columns):
            raise TableError(
                f"The row has {len(cells)} cells and the header {len(columns)}: {cells!r:.80}.",
                way_out="Put a cell that holds a separator between quotes.",
                line=line,
            )
        yield line, cells


def _check_header(columns: Sequence[str], *, required: Sequence[str], line: int) -> None:
    for place, name in enumerate(columns, 1):
        if not name:
            raise TableError(f"Column {place} has no name.", way_out="Name it, or remove the column.", line=line)
        if name in columns[: place - 1]:
            raise TableError(f"Column '{name}' is there twice.", way_out="Remove or rename one of the two.", line=line)
    for name in required:
        if name not in columns:
            near = did_you_mean(name, columns).replace("Did you mean", "Is it")
            raise TableError(
                f"Column '{name}' is missing.",
                way_out=near or f"The header needs {','.join(required)}.",
                line=line,
            )
