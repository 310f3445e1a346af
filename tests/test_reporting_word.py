"""The report as a Word document, read back as a reader would."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from reports import CODEBOOK, make_facts, make_model

from lde_qual.analysis.facts import lay_out
from lde_qual.reporting.build import DOCUMENT, build
from lde_qual.reporting.contents import gather
from lde_qual.reporting.document_words import COREQ
from lde_qual.reporting.outline import figures
from lde_qual.reporting.page import Page

OPTIONS = {"inputs": {}, "version": "9.9"}


def read(facts, lang="nl"):
    return Document(io.BytesIO(build(facts, lang=lang, **OPTIONS)[DOCUMENT]))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_same_study_gives_the_same_bytes():
    """No time of making is in it, and every member of the file bears the same date."""
    one, other = (build(make_facts(), lang="nl", **OPTIONS)[DOCUMENT] for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as file:
        assert {(1980, 1, 1, 0, 0, 0)} == {member.date_time for member in file.infolist()}
        assert b"python-docx" not in file.read("docProps/core.xml")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_its_tables_hold_what_the_page_holds(lang):
    """Groups and factors stand in real tables, cell by cell as on the page."""
    page = Page(gather(make_facts()), lang=lang)
    document = read(make_facts(), lang)
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert [[label, *numbers] for label, numbers in page.group_rows()] == cells[0][1:]
    expected = [
        direction.cells for _, factors in page.factors() for factor in factors for direction in factor.directions
    ]
    assert expected == [row[2:-1] for row in cells[1][1:] if len(set(row)) > 1]


def test_codes_and_pairs_stand_in_tables_too():
    """What the figures draw can be read as numbers: every code by role, and the pairs that share most turns."""
    page = Page(gather(make_facts()), lang="nl")
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in read(make_facts()).tables]
    codes = next(rows for rows in tables if len(rows) == 1 + len(page.code_lines()) and "allen" in rows[0][-1])
    assert [line.cells for line in page.code_lines()] == [row[1:] for row in codes[1:]]
    assert [line.label for line in page.code_lines()] == [row[0].strip() for row in codes[1:]]
    pairs = [rows[1:] for rows in tables if rows[0][-1] == "Jaccard"]
    expected = [
        [[pair.a, pair.b, str(pair.n), str(pair.n_a), str(pair.n_b), pair.jaccard] for pair in found]
        for found in (page.top_pairs(), page.top_pairs(whole_tree=True))
    ]
    assert [found for found in expected if found] == pairs
    assert any(expected)


def test_many_roles_have_smaller_letters_and_words_that_break():
    """Where the columns of roles are narrow the letters are smaller; long words break between syllables in both."""
    few = make_facts()
    roles = ", ".join(f"r{n}: Trajectbegeleider{n}" for n in range(8))
    people = "respondent,role,organisation,transcript\n" + "".join(f"R0{n},r{n},Oost,t{n}\n" for n in range(8))
    texts = {f"t{n}": f"I: Hoe?\nR0{n}: een twee\n" for n in range(8)}
    book = CODEBOOK.replace("roles: {a: Rol A, b: Rol B}", f"roles: {{{roles}}}")
    many = lay_out(make_model(codebook=book, respondents=people, texts=texts, coded=False), "anna")
    for facts, size in ((few, 9), (many, 7)):
        tables = read(facts).tables
        heads = next(
            table.rows[0] for table in tables if table.rows[0].cells[0].text == "code" and len(table.columns) > 3
        )
        assert "w:softHyphen" in heads._tr.xml
        assert {run.font.size.pt for cell in heads.cells for run in cell.paragraphs[0].runs} == {size}


def test_what_has_no_figure_is_said_in_words():
    """A group of fewer than three has its pairs in words, as on the page, or that it has none."""
    page = Page(gather(make_facts()), lang="nl")
    said = texts(read(make_facts()))
    assert page.small_groups()
    for group in page.small_groups():
        at = said.index(group.lead)
        shown = group.pairs or ["Geen twee codes komen in dezelfde spreekbeurt voor."]
        assert said[at + 1 : at + 1 + len(shown)] == shown


def test_quotes_stand_with_their_citation():
    """Every quote of the page is in the document, letter by letter, its flag beside it."""
    page = Page(gather(make_facts()), lang="nl")
    said = texts(read(make_facts()))
    for code in page.quoted():
        for _, voices in code.by_role:
            for voice in voices:
                line = next(each for each in said if f"“{voice.text}”" in each)
                assert voice.cited_as in line
                assert ("▲" in line) == voice.flag


def test_coreq_has_its_32_rows_and_leaves_open_what_it_cannot_know():
    """What the folder shows is filled in; the rest asks to be."""
    tables = read(make_facts()).tables
    rows = next(table for table in tables if len(table.rows) == 33 and table.rows[0].cells[1].text == "punt").rows[1:]
    answers = {int(row.cells[0].text): row.cells[2].text for row in rows}
    assert list(range(1, 33)) == list(answers)
    assert answers[12] == "4 respondenten in 2 interviews"
    assert answers[24] == "1: anna"
    assert answers[27] == "lde-qual 9.9"
    assert {answers[n] for n in (2, 3, 10, 19, 23, 28)} == {"[aan te vullen]"}
    assert len({topic for topic, _ in COREQ}) == 32


def test_captions_are_numbered_by_word_itself():
    """Tables and figures are counted apart, each number in a field that Word keeps."""
    document = read(make_facts())
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    for word in ("Tabel", "Figuur"):
        numbers = [int(each.text.split()[1].rstrip(".")) for each in captions if each.text.startswith(word)]
        assert list(range(1, len(numbers) + 1)) == numbers
        assert numbers
    assert all("SEQ" in paragraph._p.xml for paragraph in captions)


def test_a_picture_is_said_to_who_cannot_see_it():
    """Every picture bears its title for a screen reader."""
    page = Page(gather(make_facts()), lang="nl")
    said = [shape._inline.docPr.get("descr") for shape in read(make_facts()).inline_shapes]
    assert said == [entry.title for entry in figures(page.contents, lang="nl")]


def test_what_was_done_is_said_from_the_data():
    """The method names respondents, codings and how many came from suggestions; a written example says so."""
    document = read(make_facts())
    said = texts(document)
    assert any("4 respondenten spraken in 2 interviews" in each and "7 fragmenten" in each for each in said)
    assert any("0 daarvan zijn overgenomen" in each for each in said)
    assert any("geen aangetoonde oorzaken" in each for each in said)
    assert "Geschreven voorbeeld" in document.sections[-1].footer.paragraphs[0].text


def test_the_share_of_accepted_suggestions_is_said():
    """How many codings came from suggestions, and what part that is of all where there are enough of them."""
    model = make_model(codebook=CODEBOOK.replace("codes:", "min_percent_n: 5\ncodes:", 1))
    first, *_ = state = model.states["anna"].codings
    state[first] = replace(state[first], origin="accepted")
    said = texts(read(lay_out(model, "anna")))
    assert any("1 (14%) daarvan zijn overgenomen" in each for each in said)


def test_what_the_flag_asks_for_fits_the_form():
    """Who has the coarser form already is not sent to it."""
    for public, expected in ((False, "--public"), (True, "Voeg rollen samen")):
        document = Document(io.BytesIO(build(make_facts(), lang="nl", public=public, **OPTIONS)[DOCUMENT]))
        (legend,) = {each for each in texts(document) if each.startswith("▲")}
        assert expected in legend


@pytest.mark.parametrize(
    "model",
    [
        make_model(coded=False),
        make_model(codebook="title: Leeg\ncodes: []\n", coded=False),
        make_model(respondents="respondent,role,organisation,transcript\n", texts={}, coded=False),
        make_model(codebook=CODEBOOK.replace("voorbeeldmateriaal: true\n", "")),
    ],
    ids=["uncoded", "no codes", "nobody", "no example"],
)
def test_a_study_that_lacks_something_still_gives_a_document(model):
    """Nothing coded, no codes, nobody who speaks: the document says so, and opens."""
    assert texts(read(lay_out(model, "anna")))[0] == model.codebook.title
