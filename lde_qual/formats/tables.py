"""The csv files of a study: respondents, transcripts, and codings to import."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from lde_qual.errors import TableError, TranscriptError
from lde_qual.formats.csv_table import Row, Table, read_table, write_table
from lde_qual.formats.transcript import LABEL_SHAPE, check_kind, is_label
from lde_qual.model.contract import check_names
from lde_qual.model.respondent import Respondent
from lde_qual.model.transcript import INTERVIEWER_LABELS

RESPONDENT_COLUMNS = ("respondent", "role", "organisation", "transcript")
TRANSCRIPT_COLUMNS = ("transcript",)
CODING_COLUMNS = ("transcript", "start", "end", "code")
_OPTIONAL_OF_A_CODING = ("quote", "memo")
_IGNORED_OF_A_CODING = (
    *("coding", "path", "coder", "respondent", "role", "organisation", "speaker", "turn", "time", "words"),
    *("origin", "created", "prompted", "suggestions_visible", "mark"),
)
_UNDEFINED = "NA"


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A coding as a table gives it; what it says is checked where it is written.

    Attributes
    ----------
    start, end : int
        Code points into the body of the transcript, half-open.
    quote : str
        What should stand there; empty where the table does not say.
    dimensions : mapping of str to str
        Values of dimensions; one without a value is absent.
    line : int
        Line of the table.
    """

    transcript: str
    start: int
    end: int
    code: str
    quote: str = ""
    memo: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


def assumption(text: str) -> str:
    """Return what is assumed in reading one of these tables as a sentence; empty where nothing is."""
    return read_table(text, required=("transcript",)).assumed


def parse_respondents(text: str) -> list[Respondent]:
    """Return the people that ``respondents.csv`` lists.

    Raises
    ------
    TableError
        A column that is missing or may not be there; an id that cannot be a label or
        stands there twice; with its line.
    """
    table = read_table(text, required=RESPONDENT_COLUMNS)
    further = _attributes(table, besides=RESPONDENT_COLUMNS)
    people: dict[str, Respondent] = {}
    for row in table.rows:
        identifier = row["respondent"]
        _check_respondent(identifier, line=row.line)
        if identifier in people:
            raise TableError(
                f"Respondent '{identifier}' is there twice, first on line {people[identifier].line}.",
                way_out="Give each person one row; several transcripts are joined by ';'.",
                line=row.line,
            )
        names = [name.strip() for name in row["transcript"].split(";")]
        people[identifier] = Respondent(
            identifier,
            {name: row[name] for name in ("role", "organisation", *further)},
            tuple(dict.fromkeys(name for name in names if name)),
            row.line,
        )
    return list(people.values())


def format_respondents(respondents: Iterable[Respondent]) -> str:
    """Return the text of ``respondents.csv`` that reads back as `respondents`."""
    people = list(respondents)
    further = dict.fromkeys(name for person in people for name in person.attributes)
    columns = [*RESPONDENT_COLUMNS, *(name for name in further if name not in RESPONDENT_COLUMNS)]
    rows = []
    for person in people:
        cells = {**person.attributes, "respondent": person.id, "transcript": ";".join(person.transcripts)}
        rows.append([cells.get(column, "") for column in columns])
    return write_table(columns, rows)


def parse_transcripts_table(text: str) -> dict[str, dict[str, str]]:
    """Return what ``transcripts.csv`` says of each transcript: attributes by name.

    Raises
    ------
    TableError
        A column that may not be there, a transcript that stands there twice, a kind that
        is none; with its line.
    """
    table = read_table(text, required=TRANSCRIPT_COLUMNS)
    further = _attributes(table, besides=TRANSCRIPT_COLUMNS)
    found: dict[str, dict[str, str]] = {}
    for row in table.rows:
        name = row.required("transcript")
        if name in found:
            raise TableError(
                f"Transcript '{name}' is there twice.", way_out="Give each transcript one row.", line=row.line
            )
        found[name] = {column: row[column] for column in further}
        try:
            check_kind(found[name].get("kind", ""))
        except TranscriptError as error:
            raise TableError(error.what, way_out=error.way_out, line=row.line) from error
    return found


def parse_codings(text: str, *, dimensions: Collection[str], attributes: Collection[str] = ()) -> list[CodingRow]:
    """Return the codings that a table holds.

    Parameters
    ----------
    dimensions : collection of str
        The codebook's dimensions: columns that are read.
    attributes : collection of str
        Of respondents and transcripts: columns that are ignored, as all others that
        the command ``codings`` prints.

    Raises
    ------
    TableError
        A column that is missing or not known, an offset that is no whole number, an
        empty cell where there must be a value; with its line.
    """
    table = read_table(text, required=CODING_COLUMNS)
    known = [*CODING_COLUMNS, *_OPTIONAL_OF_A_CODING, *dimensions, *_IGNORED_OF_A_CODING, *attributes]
    table.check_columns(known=known)
    return [_coding(row, [name for name in dimensions if name in table.columns]) for row in table.rows]


def _coding(row: Row, dimensions: Iterable[str]) -> CodingRow:
    values = {name: row[name] for name in dimensions}
    return CodingRow(
        transcript=row.required("transcript"),
        start=offset(row, "start"),
        end=offset(row, "end"),
        code=row.required("code"),
        quote=_defined(row.verbatim("quote")),
        memo=_defined(row.verbatim("memo")),
        dimensions={name: value for name, value in values.items() if _defined(value)},
        line=row.line,
    )


def _defined(cell: str) -> str:
    return "" if cell.strip() in {"", _UNDEFINED} else cell


def offset(row: Row, column: str) -> int:
    """Return the offset in a cell.

    Raises
    ------
    TableError
        Where it is no whole number; with its line.
    """
    value = row.required(column)
    if not re.fullmatch(r"[0-9]{1,12}", value):
        raise TableError(
            f"'{value}' in column '{column}' is no offset.",
            way_out="Write a whole number of characters from the start of the text, 0 for the first.",
            line=row.line,
        )
    return int(value)


def _check_respondent(identifier: str, *, line: int) -> None:
    way_out = f"An id is the label of that person's turns: {LABEL_SHAPE}, such as R07."
    if not is_label(identifier):
        raise TableError(f"'{identifier}' cannot be a respondent's id.", way_out=way_out, line=line)
    if identifier in INTERVIEWER_LABELS:
        raise TableError(
            f"'{identifier}' is a label of the interviewer, not of a respondent.", way_out=way_out, line=line
        )
    if identifier == _UNDEFINED:
        raise TableError("'NA' stands for no respondent in every table.", way_out=way_out, line=line)


def _attributes(table: Table, *, besides: Collection[str]) -> list[str]:
    further = [name for name in table.columns if name not in besides]
    check_names(further, what="attribute", error=TableError, line=table.line)
    return further
