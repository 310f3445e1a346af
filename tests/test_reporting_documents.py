"""The documents of a report: page, Markdown, workbook and their words."""

import base64
import hashlib
import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from reports import SCRIPT, make_facts, make_model, sketch

from lde_qual.analysis.facts import lay_out
from lde_qual.reporting import build as build_module
from lde_qual.reporting.build import PAGE, WORKBOOK, build
from lde_qual.reporting.contents import gather
from lde_qual.reporting.outline import figures, outline, tables
from lde_qual.reporting.page import Page
from lde_qual.reporting.phrases import count, decimal, n_of, n_or_not_asked
from lde_qual.reporting.report_words import REPORT_WORDS, say
from lde_qual.reporting.tabular import escaped_markdown

BLANK = re.compile(r"\{(\w*)\}")


def made(*, lang="nl", public=False, **how):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_module, "draw", sketch)
        return build(make_facts(**how), inputs={}, version="1", lang=lang, public=public)


@pytest.fixture(scope="module")
def drawn_page():
    return build(make_facts(), inputs={}, version="1", lang="nl")[PAGE].decode()


@pytest.fixture(scope="module")
def files():
    return made()


@pytest.fixture(scope="module")
def page(files):
    return files[PAGE].decode()


def test_every_sentence_stands_in_both_languages():
    """Each word has a Dutch and an English form with the same blanks."""
    for name, (dutch, english) in REPORT_WORDS.items():
        assert dutch, name
        assert english, name
        assert set(BLANK.findall(dutch)) == set(BLANK.findall(english)), name


def test_the_page_needs_nothing_beside_it(drawn_page):
    """No file, no address, no script but the one that its policy names: the page is whole."""
    data, script = re.findall(r"<script[^>]*>(.*?)</script>", drawn_page, re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}';" in drawn_page
    bare = drawn_page.replace(data, "").replace(script, "")
    assert not re.search(r"<link|<iframe|<img|@import|https?://|url\((?!#)|\ssrc=", bare)
    assert not re.search(r"fetch|XMLHttpRequest|import|innerHTML|eval|https?:", script)
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', drawn_page))


def test_what_people_wrote_is_text_on_the_page(page):
    """Mark-up in speech, labels and titles is shown, never run."""
    assert SCRIPT not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "Studie &lt;b&gt;vet" in page


def test_ids_on_the_page_are_unique_and_links_find_them(drawn_page):
    """An id stands once, also in drawings, and what points to one finds it."""
    ids = re.findall(r'\sid="([^"]+)"', drawn_page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', drawn_page)) <= set(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", drawn_page)) <= set(ids)


@pytest.mark.parametrize(("lang", "stamp"), [("nl", "Geschreven voorbeeld"), ("en", "Written example")])
def test_the_page_is_in_one_language(lang, stamp):
    """The page names its language and speaks it in every heading."""
    found = made(lang=lang)[PAGE].decode()
    assert f'<html lang="{lang}">' in found
    assert stamp in found
    for section in ("overview", "codes", "cooccurrence", "quotes", "method", "codebook"):
        assert say(f"section.{section}", lang) in found
        assert say(f"section.{section}", "en" if lang == "nl" else "nl") not in found


def test_written_examples_say_so_everywhere(files):
    """Page, Markdown and every sheet carry the stamp."""
    stamp = REPORT_WORDS["example"][0]
    assert all(stamp in files[name].decode() for name in files if name.endswith((".md", ".html")))
    book = openpyxl.load_workbook(io.BytesIO(files[WORKBOOK]))
    for sheet in book:
        assert any(stamp in str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row)


def test_nothing_in_the_workbook_runs(files):
    """A text that begins with = is a text."""
    book = openpyxl.load_workbook(io.BytesIO(files[WORKBOOK]))
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in values if cell.data_type == "f"]
    assert "=1+1" in {cell.value for cell in values}


def test_the_workbook_has_no_time(files):
    """Zip members and properties bear 1 January 1980."""
    packed = zipfile.ZipFile(io.BytesIO(files[WORKBOOK]))
    assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", packed.read("docProps/core.xml").decode())) == {"1980-01-01T"}


def test_the_workbook_has_a_sheet_for_each_table(files):
    """The first sheet says what the others hold; ids are shown nowhere."""
    book = openpyxl.load_workbook(io.BytesIO(files[WORKBOOK]))
    contents = gather(make_facts())
    assert book.sheetnames == ["Leeswijzer", *(entry.title for entry in tables(contents, lang="nl"))]
    overview = [cell.value for cell in book["Overzicht"][2]]
    assert "code" not in overview
    assert "Rol A" in overview


def test_small_groups_get_no_figure():
    """A role of one or two respondents is told in words, in the order of the tree."""
    contents = gather(make_facts())
    assert {entry.role for entry in figures(contents, lang="nl")} == {"", "a"}
    small = Page(contents, lang="nl").small_groups()
    assert [group.pairs for group in small] == [["=SINE() en Plan: 1 spreekbeurt"]]


@pytest.mark.parametrize(
    ("n", "whole", "min_percent", "expected"),
    [
        (3, 10, 20, "3 van 10"),
        (3, 20, 20, "3 van 20 (15%)"),
        (1, 2, 1, "1 van 2"),
        (0, 0, 20, "n.b."),
        (0, 30, 20, "0 van 30 (0%)"),
        (1, 40, 20, "1 van 40 (3%)"),
        (5, 40, 20, "5 van 40 (13%)"),
        (40, 40, 20, "40 van 40 (100%)"),
        (2, 1000, 20, "2 van 1\u202f000 (<1%)"),
        (998, 1000, 20, "998 van 1\u202f000 (>99%)"),
    ],
)
def test_percentages_need_a_group_that_bears_them(n, whole, min_percent, expected):
    """Percentages stand only where N is large enough, never under three, and NA is no zero."""
    assert n_of(n, whole, lang="nl", min_percent=min_percent) == expected


def test_segments_and_words_stand_under_their_own_number():
    """Above a number of segments stands how many segments the group has, not how many respondents."""
    drawn = Page(gather(make_facts()), lang="nl")
    assert drawn.segment_heads == [("Rol A", "5"), ("Rol B", "2"), ("allen", "7"), ("woorden", "17")]


def test_a_figure_of_turns_says_how_many_turns_there_are():
    """Its title gives the respondents of the group and the turns that are counted."""
    titles = [entry.title for entry in figures(gather(make_facts()), lang="en") if entry.id == "cooccurrence_a"]
    assert titles == ["Codes in the same turn: Rol A (N = 3), 3 turns"]


@pytest.mark.parametrize(("lang", "expected"), [("nl", {"spreekbeurt", "mens", "voorstel"}), ("en", {"turn", "human"})])
def test_values_in_the_workbook_are_words_of_its_language(lang, expected):
    """Units, origins and marks are said in the language of the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(made(lang=lang)[WORKBOOK]))
    found = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert expected <= found
    assert not found & ({"human", "turn"} if lang == "nl" else {"voorstel", "typerend"})


@pytest.mark.parametrize(("lang", "said"), [("nl", 0), ("en", 1)])
def test_what_is_said_in_another_language_says_so(lang, said):
    """On an English page of a Dutch study, a screen reader reads quotes as Dutch."""
    assert ('<blockquote lang="nl"' in made(lang=lang)[PAGE].decode()) == bool(said)


@pytest.mark.parametrize(
    ("n", "asked", "expected"), [(0, 0, "not asked"), (1, 0, "1 of 4"), (0, 2, "0 of 4"), (0, None, "0 of 4")]
)
def test_not_asked_is_said_only_where_nobody_was(n, asked, expected):
    """A zero is a zero unless nobody was asked; where that is not known it stays a zero."""
    assert n_or_not_asked(n, 4, asked, lang="en", min_percent=20) == expected


def test_numbers_follow_the_language():
    """Dutch has a decimal comma, English a point."""
    assert (decimal(0.125, lang="nl"), decimal(0.125, lang="en"), decimal(None, lang="nl")) == ("0,12", "0.12", "n.b.")
    assert [decimal(value, lang="nl") for value in (0.0, 0.0046, 0.005, 0.0051)] == ["0,00", "<0,01", "0,01", "0,01"]
    assert (count(1234, lang="nl"), count(1234, lang="en")) == ("1\u202f234", "1,234")


def test_markdown_is_text():
    """Signs that Markdown reads as its own are escaped, and a cell stays on its line."""
    assert escaped_markdown("a|b *c* <i>\n`d`") == "a\\|b \\*c\\* &lt;i> \\`d\\`"


def test_labels_that_few_share_are_flagged(page):
    """The one respondent of role b is marked in overview and quotes, with the legend."""
    assert "(Respondent 4, baas Noord) <abbr" in page
    assert page.count(say("flag", "nl")) > 2


def test_the_coarser_form_goes_for_everything():
    """With public no function or organisation of a person is left, in any file."""
    files = made(public=True)
    for name, data in files.items():
        if name.endswith((".md", ".html", ".csv")):
            assert not re.search(r"\b(Oost|Noord|West|chef|baas)\b", data.decode()), name
    book = openpyxl.load_workbook(io.BytesIO(files[WORKBOOK]))
    assert "Noord" not in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


def test_no_memo_leaves_in_the_coarser_form(monkeypatch):
    """A note of the researcher stands in no file of a report with --public, and in its tables without."""
    monkeypatch.setattr(build_module, "draw", sketch)
    model = make_model()
    codings = model.states["anna"].codings
    first = next(iter(codings))
    codings[first] = replace(codings[first], memo="Vertrouwelijk vermoeden")
    facts = lay_out(model, "anna")
    texts = (".csv", ".md", ".html", ".tex")
    for public in (True, False):
        files = build(facts, inputs={}, version="1", lang="nl", public=public)
        holding = {name for name, data in files.items() if name.endswith(texts) and b"Vertrouwelijk" in data}
        assert holding == (set() if public else {"tables/codings.csv", "tables/framework.csv"})


@pytest.mark.parametrize("how", [{"coded": False}, {"coded": False, "texts": {}}])
def test_an_empty_study_has_a_report_that_says_so(how):
    """Without codings, or without transcripts, every document is made and says what is missing."""
    found = made(**how)
    name = "notice_no_transcripts" if "texts" in how else "notice_no_codings"
    assert say(name, "nl") in found[PAGE].decode()
    assert say(name, "nl") in found["overview.md"].decode()


def test_a_study_without_codes_has_a_report():
    """Open coding begins with no code at all."""
    found = made(codebook="title: Leeg\ncodes: []\n", coded=False)
    assert say("no_factors", "nl") in found[PAGE].decode()
    assert not [name for name in found if name.startswith("figures/")]


def test_the_outline_names_files_that_are_made(files):
    """Every entry of the outline is in the files, and every table and figure is in the outline."""
    named = {
        name
        for section in outline(gather(make_facts()), lang="nl")
        for entry in section.entries
        for name in entry.files
    }
    assert named == {name for name in files if name.startswith(("tables/", "figures/"))}
