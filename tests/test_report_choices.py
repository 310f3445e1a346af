"""What goes in a report: chosen in a file or by options, and named where it cannot be."""

from __future__ import annotations

import json

import openpyxl
import pytest
from docx import Document
from studies import code_words, make_study

from lde_qual.api.folder import check
from lde_qual.api.report import report
from lde_qual.api.study import open_folder
from lde_qual.errors import CodebookError, LdeQualError, UsageError
from lde_qual.formats.report_choices import parse_choices
from lde_qual.reporting.outline import PARTS, SECTIONS

pytestmark = pytest.mark.usefixtures("sketches")


@pytest.fixture
def study(tmp_path):
    found = open_folder(make_study(tmp_path))
    passages = (
        ("gesprek één", "Via de VDAB", "instroom-vdab"),
        ("gesprek één", "Daarna wachten ze.", "instroom-vdab"),
        ("gesprek één", "niemand zonder bus", "mobiliteit"),
    )
    code_words(found, passages)
    return found


def chosen(study, text):
    (study.folder / "report.yaml").write_text(text, encoding="utf-8", newline="\n")
    study.refresh()
    return study


def made(study, **how):
    folder = report(study, **how).folder
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sections(files):
    page = files["report.html"].decode()
    return sorted((part for part in SECTIONS if f'<section id="{part}"' in page), key=lambda p: page.index(f'id="{p}"'))


def test_a_file_that_chooses_nothing_changes_nothing(study):
    """Every file but the manifest has the bytes that it has without ``report.yaml``."""
    before = made(study)
    after = made(chosen(study, "lang: nl\n"))
    assert {name: data for name, data in after.items() if name != "manifest.json"} == {
        name: data for name, data in before.items() if name != "manifest.json"
    }
    assert "report.yaml" in json.loads(after["manifest.json"])["inputs"]


@pytest.mark.parametrize("parts", [["quotes", "overview"], ["method"], ["codebook", "respondents", "cooccurrence"]])
def test_parts_stand_in_the_order_in_which_they_are_named(study, parts):
    """The page has these sections and no other."""
    assert sections(made(chosen(study, f"parts: [{', '.join(parts)}]\n"))) == parts


def test_what_is_left_out_has_no_file(study):
    """A part that is left out has no table, no sheet, no figure and no text; the rest is as it was."""
    every = made(study, out="alles")
    few = made(study, out="weinig", parts="quotes,method")
    assert {name for name in few if name.startswith("tables/")} == {"tables/quotes.csv", "tables/codings.csv"}
    assert not any(name.startswith(("figures/", "overview")) for name in few)
    assert {name for name in few if name.endswith(".md")} == {"quotes.md"}
    assert few["quotes.md"] == every["quotes.md"]
    book = openpyxl.load_workbook(study.folder / "weinig" / "tables.xlsx")
    assert len(book.sheetnames) == 3


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_stand_alone(study, part):
    """No part needs another one to be printed."""
    files = made(study, parts=[part])
    assert sections(files) == ([part] if part in SECTIONS and part != "themes" else [])


def test_the_document_follows_the_order(study):
    """Headings of the Word document stand as the parts were named."""
    made(study, parts=["codebook", "method"])
    heads = [
        each.text
        for each in Document(str(study.folder / "results" / "report.docx")).paragraphs
        if each.style.name == "Heading 2"
    ]
    assert heads == ["Codeboek", "Verantwoording"]


def test_fewer_quotes_are_printed_and_said(study):
    """At most so many quotes of a code and role stand there, and the page says how many; the table has all."""
    two, one = made(study), made(study, quotes_per_code=1)
    assert two["tables/quotes.csv"] == one["tables/quotes.csv"]
    assert two["quotes.md"].decode().count("Respondent 1") == 2
    assert one["quotes.md"].decode().count("Respondent 1") == 1
    assert "hoogstens 1" in one["report.html"].decode()


def test_passages_can_be_left_out(study):
    """Without passages the page has no script and no word of a quote that it does not print."""
    page = made(study, parts=["codes"])["report.html"].decode()
    bare = made(chosen(study, "passages: false\n"), parts=["codes"])["report.html"].decode()
    assert "niemand zonder bus" in page
    assert "niemand zonder bus" not in bare
    assert "<script" not in bare
    assert "script-src 'none'" in bare


def test_an_option_goes_before_the_file(study):
    """What is given on the command line holds, and the manifest says what held."""
    chosen(study, "parts: [quotes]\npublic: true\nlang: en\nquotes_per_code: 2\n")
    said = json.loads(made(study)["manifest.json"])["options"]
    assert said == {"coder": "onderzoeker", "lang": "en", "public": True, "parts": ["quotes"], "quotes_per_code": 2}
    files = made(study, parts=["overview"], public=False, lang="nl", quotes_per_code=1)
    said = json.loads(files["manifest.json"])["options"]
    assert said == {"coder": "onderzoeker", "lang": "nl", "public": False, "parts": ["overview"], "quotes_per_code": 1}
    assert sections(files) == ["overview"]


def test_a_check_compares_like_with_like(study):
    """A chosen report passes its check; asked for otherwise, the check says what was chosen."""
    chosen(study, "parts: [quotes]\n")
    report(study)
    assert report(study, check=True).differences == []
    assert any("parts" in found.what for found in report(study, check=True, parts=["overview"]).differences)


def test_a_results_text_can_be_named(study):
    """``text`` is a file of the study; one that is not there is named."""
    (study.folder / "stuk.md").write_text("Genoemd door {{mobiliteit}}.\n", encoding="utf-8")
    assert "1 van de 3" in made(chosen(study, "text: stuk.md\n"))["chapter.md"].decode()
    with pytest.raises(UsageError, match=r"weg\.md"):
        report(chosen(study, "text: weg.md\n"))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("lang: nl\nparts: [overzicht]\n", 2, "no part"),
        ("parts:\n  - quotes\n  - overview\n  - quotes\n", 4, "twice"),
        ("parts: []\n", 1, "no part"),
        ("quotes_per_code: 0\n", 1, "quotes_per_code"),
        ("lang: nl\npublic: ja\n", 2, "public"),
        ("lang: fr\n", 1, "lang"),
        ("deel: [quotes]\n", 1, "no key"),
        ("coder: Anna B\n", None, "Anna B"),
    ],
)
def test_a_choice_that_cannot_be_is_named_with_its_line(study, text, line, says):
    """`check` and `report` name the file and line, and nothing is written."""
    chosen(study, text)
    with pytest.raises(LdeQualError, match=says) as caught:
        report(study)
    assert (caught.value.file, caught.value.line) == ("report.yaml", line)
    assert not (study.folder / "results").exists()
    assert "report.yaml" in set(check(study.folder)["file"])


@pytest.mark.parametrize("how", [{"parts": ["all"]}, {"parts": []}, {"parts": "quotes,quotes"}, {"quotes_per_code": 0}])
def test_an_option_that_cannot_be_is_refused(study, how):
    """A wrong option is an error, not a report without it."""
    with pytest.raises(LdeQualError):
        report(study, **how)
    assert not (study.folder / "results").exists()


def test_a_file_that_is_no_mapping_is_no_choice():
    """Text where keys should stand is an error with its line."""
    with pytest.raises(CodebookError) as caught:
        parse_choices("alles\n")
    assert caught.value.line == 1
