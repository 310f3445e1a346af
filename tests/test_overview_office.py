"""The overview for Word and as a workbook, read back: the cells of the sheet, on A4, lying, and nothing that runs."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook
from reports import make_facts, make_model
from studies import make_study

from lde_qual.analysis.facts import lay_out
from lde_qual.cli.main import main
from lde_qual.reporting.overview_office import WRITERS, sheet_files
from lde_qual.reporting.overview_sheet import overview_sheet

FACTS = make_facts()
BY = "role", "organisation"


def sheets(lang="nl"):
    return [(f"Kop {by}", overview_sheet(FACTS, by=by, lang=lang)) for by in BY]


def made(ending, lang="nl"):
    return WRITERS[ending](sheets(lang), FACTS.study.codebook, lang)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_word_holds_the_cells_of_the_sheet(lang):
    """Each sheet is a real table: a band a phase, a row a factor, every cell as in the table of texts."""
    document = Document(io.BytesIO(made(".docx", lang)))
    for table, (_, frame) in zip(document.tables, sheets(lang), strict=True):
        rows = [[cell.text for cell in row.cells] for row in table.rows[2:]]
        bands = [row[0] for row in rows if len(set(row)) == 1]
        assert list(dict.fromkeys(frame.iloc[:, 0])) == bands
        assert frame.iloc[:, 1:].to_numpy().tolist() == [row for row in rows if len(set(row)) > 1]
        for name, upper, lower in zip(frame.columns[1:], table.rows[0].cells, table.rows[1].cells, strict=True):
            assert name in {upper.text, f"{upper.text}: {lower.text}"}


def test_word_lies_on_a4_and_repeats_its_heads():
    """The page is A4, lying; both rows of the head stand on every page, no row is broken, and the foot is below."""
    document = Document(io.BytesIO(made(".docx")))
    section = document.sections[0]
    assert (section.orientation, round(section.page_width.cm, 1)) == (WD_ORIENT.LANDSCAPE, 29.7)
    for table in document.tables:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert [True, True] == heads[:2]
        assert not any(heads[2:])
        width = sum(column.width.cm for column in table.columns)
        assert width <= section.page_width.cm - section.left_margin.cm - section.right_margin.cm + 0.1
    said = [paragraph.text for paragraph in document.paragraphs]
    for _, frame in sheets():
        assert all(line in said for line in frame.attrs["foot"])


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_workbook_holds_the_cells_of_the_sheet(lang):
    """Head, rows and foot are those of the table of texts; head and first two columns stay, and the head filters."""
    book = load_workbook(io.BytesIO(made(".xlsx", lang)))
    for sheet, (heading, frame) in zip(book.worksheets, sheets(lang), strict=True):
        assert heading == sheet.title
        rows = [
            ["" if value is None else value for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)
        ]
        assert list(frame.columns) == rows[0]
        assert frame.to_numpy().tolist() == rows[1 : len(frame) + 1]
        assert sheet.freeze_panes == "C3"
        assert sheet.auto_filter.ref.startswith("A2:")
        assert sheet.auto_filter.ref.endswith(str(len(frame) + 2))
        assert frame.attrs["foot"] == [row[0] for row in rows[len(frame) + 2 :]]
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")


def test_no_cell_of_the_workbook_runs():
    """A label and a quote that begin like a formula are texts."""
    cells = [cell for sheet in load_workbook(io.BytesIO(made(".xlsx"))).worksheets for row in sheet for cell in row]
    assert any(str(cell.value).startswith("=SINE()") for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_study_gives_the_same_bytes(ending):
    """Nothing carries the time at which it was made."""
    assert made(ending) == made(ending)


@pytest.mark.parametrize("coded", [True, False])
def test_a_report_has_all_three(coded):
    """A study with codings and one without give a page, a document and a workbook; the coarser form shows no places."""
    facts = lay_out(make_model(coded=coded), "anna")
    assert {"overview.html", "overview.docx", "overview.xlsx"} == set(sheet_files(facts, public=False, lang="nl"))
    book = load_workbook(io.BytesIO(sheet_files(facts, public=True, lang="nl")["overview.xlsx"]))
    assert len(book.worksheets) == 1


@pytest.mark.parametrize("ending", WRITERS)
def test_the_ending_of_out_says_what_is_written(ending, tmp_path, capsys):
    """--sheet with such a name writes that kind of file; without --sheet it is refused, and so is no folder."""
    study, out = str(make_study(tmp_path)), tmp_path / f"o{ending}"
    assert main(["--study", study, "overview", "--out", str(out)]) == 2
    assert not out.exists()
    assert main(["--study", study, "overview", "--sheet", "--out", str(out)]) == 0
    assert out.read_bytes()[:2] == {".html": b"<!"}.get(ending, b"PK")
    assert main(["--study", study, "overview", "--sheet", "--out", str(tmp_path / "nergens" / out.name)]) == 2
    assert "is not there" in capsys.readouterr().err
