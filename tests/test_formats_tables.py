"""The csv files of a study, and the one place that reads csv."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.errors import TableError
from lde_qual.formats.csv_table import read_table, write_table
from lde_qual.formats.tables import (
    CodingRow,
    assumption,
    format_respondents,
    parse_codings,
    parse_respondents,
    parse_transcripts_table,
)

PEOPLE = "respondent,role,organisation,transcript,ervaring\nR01,vdab,VDAB,interview-01;interview-02,10+\nR02,,,,\n"


def test_respondents_have_their_columns() -> None:
    """Role and organisation stand first among the attributes, and every person knows their line."""
    first, second = parse_respondents(PEOPLE)
    assert (first.id, first.role, first.transcripts, first.line) == ("R01", "vdab", ("interview-01", "interview-02"), 2)
    assert list(first.attributes) == ["role", "organisation", "ervaring"]
    assert (second.attributes, second.transcripts) == ({"role": "", "organisation": "", "ervaring": ""}, ())


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_read_and_said(separator: str) -> None:
    """Semicolon and tab serve where the header says so, and that is told."""
    text = separator.join(["respondent", "role", "organisation", "transcript"]) + "\n"
    text += separator.join(["R01", "vdab", "VDAB, Gent", '"interview-01;interview-02"'])
    [person] = parse_respondents(text)
    assert person.organisation == "VDAB, Gent"
    assert person.transcripts == ("interview-01", "interview-02")
    assert "not by comma" in assumption(text)
    assert assumption(PEOPLE) == ""


HEAD = "respondent,role,organisation,transcript"


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("", "'respondent' is missing", 1),
        ("respondent,role,transcript\n", "'organisation' is missing", 1),
        ("respondent,role,organisation,transcripts\n", "'transcript' is missing", 1),
        (f"{HEAD},\n", "Column 5 has no name", 1),
        (f"{HEAD},role\n", "'role' is there twice", 1),
        (f"\n{HEAD},words\n", "'words'", 2),
        (f"{HEAD}\nR01,a,b\n", "3 cells and the header 4", 2),
        (f'{HEAD}\nR01,"a\nb",c,d\nR02,a,b,c,d\n', "5 cells", 4),
        (f'{HEAD}\nR01,a,b,c\nR02,"a,b,c\n', "cannot be read", 3),
        (f"{HEAD}\n\nr01,,,\n", "'r01' cannot be", 3),
        (f"{HEAD}\n,vdab,,\n", "'' cannot be", 2),
        (f"{HEAD}\nI,,,\n", "interviewer", 2),
        (f"{HEAD}\nNA,,,\n", "'NA'", 2),
        (f"{HEAD}\nR01,,,\nR01,,,\n", "twice, first on line 2", 3),
    ],
)
def test_faults_of_respondents_have_their_line(text: str, said: str, line: int) -> None:
    """What breaks a rule is told with its value, its line and the way out."""
    with pytest.raises(TableError, match=said) as refused:
        parse_respondents(text)
    assert refused.value.line == line
    assert refused.value.way_out


def test_rows_that_are_empty_are_no_rows() -> None:
    """What a spreadsheet leaves below the table is left out, and cells are stripped and composed."""
    [person] = parse_respondents(f"{HEAD}\n R01 , vdab ,Zo\u0308,\n,,,\n\n,,,\n")
    assert (person.id, person.role, person.organisation) == ("R01", "vdab", "Zö")


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@settings(max_examples=60)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4))
def test_respondents_read_back(rows: list[Any]) -> None:
    """A list of people that is written out and read back is the same list."""
    text = write_table(
        [*HEAD.split(","), "ervaring"],
        [(f"R{n:02}", role, where, "a; b", more) for n, (role, where, more) in enumerate(rows)],
    )
    people = parse_respondents(text)
    assert len(people) == len(rows)
    assert parse_respondents(format_respondents(people)) == people or not people


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])), min_size=2, max_size=2)
    )
)
def test_cells_come_back_verbatim(rows: list[Any]) -> None:
    """Quotes, separators and line ends in a cell survive writing and reading, up to NFC."""
    written = [["x", *row] for row in rows]
    table = read_table(write_table(["id", "a", "b"], written), required=("id",))
    again = read_table(write_table(table.columns, [list(row.cells.values()) for row in table.rows]), required=("id",))
    assert [row.cells for row in again.rows] == [row.cells for row in table.rows]
    assert len(table.rows) == len(rows)


def test_transcripts_have_attributes() -> None:
    """Every column beside the name is an attribute, one that is not in the design too."""
    text = "transcript,date,kind,weer\ninterview-01,2017-03-09,group,regen\nnota,,fieldnote,\n"
    assert parse_transcripts_table(text) == {
        "interview-01": {"date": "2017-03-09", "kind": "group", "weer": "regen"},
        "nota": {"date": "", "kind": "fieldnote", "weer": ""},
    }


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("transcript,kind\na,interview\nb,groep\n", "'groep' is no kind", 3),
        ("transcript,date\na,\na,\n", "'a' is there twice", 3),
        ("transcript,date\n,2017\n", "'transcript' is empty", 2),
        ("transcript,turn\n", "'turn'", 1),
    ],
)
def test_faults_of_transcripts_have_their_line(text: str, said: str, line: int) -> None:
    """What breaks a rule is told with its value, its line and the way out."""
    with pytest.raises(TableError, match=said) as refused:
        parse_transcripts_table(text)
    assert refused.value.line == line


CODED = "transcript,start,end,code,quote,memo,richting,coder,ervaring\n"


def codings(text: str) -> list[CodingRow]:
    return parse_codings(text, dimensions=("richting", "aard"), attributes=("ervaring",))


def test_codings_hold_what_a_coding_needs() -> None:
    """Quotes stay verbatim, NA and nothing are no value, columns of the tidy table are ignored."""
    rows = codings(CODED + 'a,0,4,sine," Ja, ",goed,belemmerend,x,5\na,5,9,sine,NA,NA,NA,x,5\na,5,9,sine,,,,,\n')
    first, second, third = rows
    assert (first.start, first.end, first.quote, first.memo) == (0, 4, " Ja, ", "goed")
    assert (first.dimensions, first.line) == ({"richting": "belemmerend"}, 2)
    assert (second.quote, second.memo, second.dimensions) == ("", "", {}) == (third.quote, third.memo, third.dimensions)


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("transcript,start,end\n", "'code' is missing", 1),
        ("transcript,start,end,code,richtng\n", "Did you mean 'richting'", 1),
        ("transcript,start,end,code,gewicht\n", "'gewicht' is not known", 1),
        ("transcript,start,end,code\na,x,4,sine\n", "'x' in column 'start'", 2),
        ("transcript,start,end,code\na,1,4.0,sine\n", "'4.0' in column 'end'", 2),
        ("transcript,start,end,code\na,-1,4,sine\n", "'-1'", 2),
        ("transcript,start,end,code\na,1,,sine\n", "'end' is empty", 2),
        ("transcript,start,end,code\na,1,2,\n", "'code' is empty", 2),
    ],
)
def test_faults_of_codings_have_their_line(text: str, said: str, line: int) -> None:
    """What breaks a rule is told with its value and its line."""
    with pytest.raises(TableError, match=said) as refused:
        codings(text)
    assert refused.value.line == line
