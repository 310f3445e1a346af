"""Themes: what a claim rests on is counted like everything else, and what means nothing is named with its line."""

from __future__ import annotations

import pandas as pd
import pytest
from docx import Document
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from studies import code_words, make_study
from test_counting_laws import CODES, studies

from lde_qual.analysis.facts import lay_out
from lde_qual.analysis.frequency import frequency
from lde_qual.analysis.query import Said
from lde_qual.analysis.query_text import parse_query
from lde_qual.analysis.talk import talk_of
from lde_qual.analysis.themes import ThemeReader, otherwise, theme_table
from lde_qual.api.folder import check
from lde_qual.api.report import report
from lde_qual.api.study import open_folder
from lde_qual.errors import CodebookError, FormatError, LdeQualError, UnknownError, UsageError
from lde_qual.formats.themes import parse_themes
from lde_qual.model.theme import Theme, Written

EXPRESSIONS = [*CODES, "r & richting=voor", "w & !richting=tegen", "s | w", "!r", "s within 1 turn of w", '"ab"']
THEMES = """\
themes:
  - title: Wachten
    claim: Wie binnenkomt, wacht.
    rests_on: instroom-vdab
    contrary: [mobiliteit]
    quotes_for: [Via de VDAB]
    memo: Eigen notitie.
  - title: De bus
    claim: Zonder bus komt niemand.
    rests_on: [mobiliteit & richting=belemmerend, '"bus"']
"""

pytestmark = pytest.mark.usefixtures("sketches")


def reader(study):
    facts = lay_out(study, "anna")
    return facts, ThemeReader(facts, lambda _: Said(talk_of(facts.turns, []), str))


def counted(study, rests_on, contrary=()):
    facts, read = reader(study)
    theme = Theme("T", "C.", tuple(map(Written, rests_on)), tuple(map(Written, contrary)))
    return theme_table(facts, [read.found(theme)])


def covered(study):
    for placed in study.placed("anna"):
        text = study.transcripts[placed.coding.transcript]
        yield from ((placed, text, turn) for turn in text.turns_of(placed.span) if not turn.interviewer)


def whose(table, part):
    """Return the different respondents of each row of a part, by role."""
    rows = table[table["part"] == part]
    return [(role, set(filter(None, who.split(";")))) for role, who in zip(rows["role"], rows["who"], strict=True)]


@settings(max_examples=30, deadline=None)
@given(studies(), st.sampled_from(CODES))
def test_a_code_alone_counts_what_frequency_counts(study, code):
    """A theme that rests on one code has the n, N and respondents of `frequency` by role."""
    # A coding of white space alone is counted by frequency, and no passage holds it.
    assume(all((turn.speech & placed.span).of(text.text).strip() for placed, text, turn in covered(study)))
    frame = frequency(lay_out(study, "anna"), by=["role"], codes=[code])
    table = counted(study, [code])
    mine = table[table["part"] == "rests_on"]
    for name in ("role", "n", "N", "who", "small_n"):
        assert mine[name].tolist() == frame[name].tolist()


@settings(max_examples=30, deadline=None)
@given(
    studies(),
    st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=3),
    st.lists(st.sampled_from(EXPRESSIONS), max_size=2),
)
def test_together_is_the_union_and_both_the_overlap(study, rests_on, contrary):
    """In each role `together` holds whoever any row holds, and `both` whoever is in it and in a row against."""
    table = counted(study, rests_on, contrary)
    roles = list(dict.fromkeys(table["role"]))
    for role in roles:
        held = [who for each, who in whose(table, "rests_on") if each == role]
        ((_, together),) = [row for row in whose(table, "together") if row[0] == role]
        assert together == set().union(*held)
        against = [who for part in ("contrary", "otherwise") for each, who in whose(table, part) if each == role]
        both = [who for each, who in whose(table, "both") if each == role]
        assert both == ([together & set().union(*against)] if against else [])
    assert (table["n"] == [len(list(filter(None, who.split(";")))) for who in table["who"]]).all()
    assert (table["n"] <= table["N"]).all()


@settings(max_examples=25, deadline=None)
@given(studies(), st.sampled_from(EXPRESSIONS))
def test_roles_make_up_the_total(study, expression):
    """Nobody has two roles, so n and N of the roles add up to those of everyone."""
    table = counted(study, [expression])
    rows = table[table["part"] == "rests_on"]
    for name in ("n", "N"):
        assert rows[name].iloc[:-1].sum() == rows[name].iloc[-1]


@settings(max_examples=25, deadline=None)
@given(studies(), st.sampled_from(CODES))
def test_who_says_otherwise_gave_the_code_another_value(study, code):
    """Negative cases of a code with a value are those of the code with the other value, and each has one passage."""
    facts, read = reader(study)
    found = read.found(Theme("T", "C.", (Written(f"{code} & richting=voor"),)))
    other = counted(study, [f"{code} & richting=tegen"])
    table = theme_table(facts, [found])
    assert whose(table, "otherwise") == whose(other, "rests_on")
    assert sorted(found.negative["respondent"]) == sorted(dict(whose(table, "otherwise"))["total"])


@pytest.mark.parametrize("text", ["r", "richting=voor", "r & richting=(none)", "r & role=a", "!r", '"ab"'])
def test_without_a_value_nothing_is_otherwise(text):
    """What names no value of the dimension beside something else has no contrary of its own."""
    text = text.replace("(none)", '"(none)"')
    assert otherwise(parse_query(text), "richting") is None


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("theme: []", 1, "no key"),
        ("themes:\n  - title: A\n    claim: B.\n", 2, "'rests_on'"),
        ("themes:\n  - title: A\n    claim: B.\n    rests_on: []\n", 4, "empty"),
        ("themes:\n  - title: A\n    claim: ''\n    rests_on: a\n", 3, "empty"),
        ("themes:\n  - title: A\n    claim: B.\n    rests_on: a\n    quotes: x\n", 5, "no key"),
        ("themes:\n  - {title: A, claim: B., rests_on: a}\n  - {title: A, claim: B., rests_on: a}\n", 3, "second time"),
        ("themes: een\n", 1, "not a list"),
    ],
)
def test_a_file_that_breaks_a_rule_is_named_with_its_line(text, line, says):
    """Each fault of the file says what and where."""
    with pytest.raises(CodebookError, match=says) as caught:
        parse_themes(text)
    assert caught.value.line == line


def test_no_themes_are_no_fault():
    """A file that names none yet is read as none."""
    assert parse_themes("themes: []\n") == ()


@pytest.fixture
def study(tmp_path):
    found = open_folder(make_study(tmp_path))
    passages = (
        ("gesprek één", "Via de VDAB, na een screening.", "instroom-vdab"),
        ("gesprek één", "Via de VDAB, na een screening.", "screening"),
        ("gesprek één", "Bij ons komt niemand zonder bus.", "mobiliteit"),
        ("interview-02", "Een goede begeleider helpt", "screening"),
        ("interview-02", "Een goede", "instroom"),
    )
    code_words(found, passages)
    return found


def with_themes(study, text):
    (study.folder / "themas.yaml").write_text(text, encoding="utf-8", newline="\n")
    study.refresh()
    return study


def test_a_theme_stands_in_page_document_and_tables(study):
    """Claim, counts, quotes, who says otherwise and memo are printed; labels stand in the place of ids."""
    results = report(with_themes(study, THEMES)).folder
    page = (results / "report.html").read_text(encoding="utf-8")
    document = "\n".join(each.text for each in Document(str(results / "report.docx")).paragraphs)
    for text in (page, document):
        assert "Wie binnenkomt, wacht." in text
        assert "Via de VDAB, na een screening." in text
        assert "1 van 3 respondenten zeggen iets wat de bewering tegenspreekt: R02." in text
        assert "Eigen notitie." in text
    text = (results / "themes.md").read_text(encoding="utf-8")
    for said in ("Wie binnenkomt, wacht.", "Via de VDAB, na een screening.", "Eigen notitie.", "| Spreekt tegen:"):
        assert said in text
    assert r"\input{themes}" in (results / "tex" / "tables.tex").read_text(encoding="utf-8")
    assert r"\label{tab:theme2}" in (results / "tex" / "themes.tex").read_text(encoding="utf-8")
    assert "Mobiliteit + belemmerend" in page
    table = pd.read_csv(results / "tables" / "themes.csv")
    assert table.loc[(table["rests_on"] == '"bus"') & (table["role"] == "total"), "who"].tolist() == ["R02"]
    assert report(study, check=True).differences == []


def test_coreq_says_what_the_themes_answer(study):
    """Items 31 and 32 count the themes, and those of which it is known what speaks against them."""
    document = Document(str(report(with_themes(study, THEMES)).folder / "report.docx"))
    answers = {
        row.cells[0].text: row.cells[2].text for table in document.tables for row in table.rows if len(row.cells) == 3
    }
    assert answers["31"].startswith("2, elk met een bewering")
    assert answers["32"] == "negatieve gevallen staan bij 2 van 2 thema's"


def test_public_leaves_memos_out(study):
    """A note of the researcher is not for everyone."""
    results = report(with_themes(study, THEMES), public=True).folder
    assert "Eigen notitie." not in (results / "report.html").read_text(encoding="utf-8")


def test_without_the_file_a_report_knows_of_no_themes(study):
    """No section, no table."""
    results = report(study).folder
    assert 'id="themes"' not in (results / "report.html").read_text(encoding="utf-8")
    assert not [path for path in results.rglob("themes.*") if path.is_file()]


def test_a_coding_that_changes_a_claim_is_found(study):
    """`report --check` names the table of themes when what a claim rests on changed."""
    report(with_themes(study, THEMES))
    text = study.model.transcripts["interview-02"].text
    start = text.index("een café")
    study.code(transcript="interview-02", start=start, end=start + 8, code="instroom-vdab")
    assert "tables/themes.csv" in {found.file for found in report(study, check=True).differences}


@pytest.mark.parametrize(
    ("quotes", "error", "says"),
    [
        ("Zo sprak niemand", UnknownError, "No coding"),
        ("Een goede", UsageError, "2 passages"),
    ],
)
def test_a_quote_that_is_not_one_passage_is_named(study, quotes, error, says):
    """A quote that nobody coded, or that several passages begin with, is an error with its line; nothing is written."""
    with_themes(study, THEMES.replace("Via de VDAB", quotes))
    with pytest.raises(error, match=says) as caught:
        report(study)
    assert (caught.value.file, caught.value.line) == ("themas.yaml", 6)
    assert not (study.folder / "results").exists()


def test_a_passage_may_be_quoted_whoever_coded_it(study):
    """A report of another coder's codings counts theirs, and prints the quotes of the main coder's passages."""
    start = study.model.transcripts["interview-02"].text.index("een café")
    study.code(transcript="interview-02", start=start, end=start + 8, code="instroom-vdab", coder="berta")
    for coder, who in (("berta", "R03"), ("nobody", "")):
        results = report(with_themes(study, THEMES), coder=coder, out=coder).folder
        assert "Via de VDAB, na een screening." in (results / "report.html").read_text(encoding="utf-8")
        table = pd.read_csv(results / "tables" / "themes.csv", keep_default_na=False)
        mine = table[(table["rests_on"] == "instroom-vdab") & (table["role"] == "total")]
        assert mine["who"].tolist() == [who]


def test_two_codes_at_one_passage_are_one_quote(study):
    """First words, a whole id and an id cut to what is unique name the same passage."""
    (first, *_) = study.model.states["onderzoeker"].codings
    facts = lay_out(study.model, "onderzoeker")
    read = ThemeReader(facts, lambda _: Said(talk_of(facts.turns, []), str))
    for name in (first, "Via  de\tVDAB", "VIA DE VDAB, na een"):
        quote = read._quote(Written(name))
        assert quote.text == "Via de VDAB, na een screening."


def test_check_names_every_fault_and_views_go_on(study):
    """`check` lists each line that means nothing; counting does not hang on it."""
    text = THEMES.replace("instroom-vdab", "instrom-vdab").replace("richting=belemmerend", "richting=dwars")
    with_themes(study, text.replace("Via de VDAB", "Zo niet"))
    frame = check(study.folder)
    mine = frame[frame["file"] == "themas.yaml"]
    assert mine["line"].tolist() == [4, 6, 10]
    assert set(mine["level"]) == {"error"}
    assert study.model.transcripts
    with pytest.raises(FormatError, match="instrom-vdab"):
        report(study)


def test_a_file_that_cannot_be_read_stops_the_report_alone(study):
    """A broken themas.yaml is an error of check and of report; the study opens."""
    with_themes(study, "themes:\n  - title: [\n")
    assert "themas.yaml" in set(check(study.folder)["file"])
    assert open_folder(study.folder).model.transcripts
    with pytest.raises(LdeQualError, match=r"themas\.yaml"):
        report(study)
