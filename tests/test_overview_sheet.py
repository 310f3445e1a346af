"""The overview on paper and the framework matrix: what is counted in which cell, and what is said under it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from reports import CODEBOOK, make_facts
from studies import make_study
from test_counting_laws import studies

from lde_qual.analysis.facts import TOTAL, lay_out
from lde_qual.analysis.framework import framework
from lde_qual.analysis.frequency import frequency
from lde_qual.analysis.overview_sheet import DIRECTED, merged, overview_counts
from lde_qual.cli.main import main
from lde_qual.errors import UsageError
from lde_qual.reporting.overview_sheet import overview_page, overview_sheet


@settings(max_examples=20, deadline=None)
@given(studies())
def test_a_cell_is_what_frequency_counts(study):
    """Without wishes, each direction of each group is the number of `frequency` by both, and so is each total."""
    facts = lay_out(study, "anna")
    sheet = overview_counts(facts, codes=study.codebook.ids()).set_index(["code", "part", "role"])
    crossed = frequency(facts, by=["role", "richting"])
    for row in crossed.itertuples():
        if row.role != TOTAL:
            assert (row.n, row.N, row.who) == tuple(sheet.loc[(row.code, row.richting, row.role), ["n", "N", "who"]])
    for row in frequency(facts, by=["richting"]).itertuples():
        if row.richting != TOTAL:
            assert row.n == sheet.loc[(row.code, row.richting, TOTAL), "n"]


@settings(max_examples=20, deadline=None)
@given(studies())
def test_merged_groups_count_their_people_once(study):
    """Two groups together lie between the larger one and their sum, and all directions between theirs."""
    facts = lay_out(study, "anna")
    labels = facts.axis("role").labels
    codes = study.codebook.ids()
    apart = overview_counts(facts, codes=codes).set_index(["code", "part", "role"])["n"]
    together = overview_counts(facts, codes=codes, merge=["a+b"]).set_index(["code", "part", "role"])
    assert "a" in labels
    for code in codes:
        for part in ("voor", "tegen", DIRECTED):
            one, other = apart[code, part, "a"], apart[code, part, "b"]
            assert max(one, other) <= together.loc[(code, part, "a+b"), "n"] <= one + other
        values = [apart[code, part, TOTAL] for part in ("voor", "tegen")]
        assert max(values) <= apart[code, DIRECTED, TOTAL] <= sum(values)


@pytest.mark.parametrize(
    ("merge", "named"), [(["a"], "one group"), (["a+x"], "'x' is no group"), (["a+b", "b+(none)"], "twice")]
)
def test_groups_that_cannot_be_merged_are_named(merge, named):
    """One group alone, a group that is not there and one that is named twice are errors with a way out."""
    with pytest.raises(UsageError, match=named) as caught:
        merged(make_facts().axis("role"), merge)
    assert caught.value.way_out


def test_a_dimension_divides_nobody():
    """By direction there are no groups of people."""
    with pytest.raises(UsageError, match="dimension"):
        overview_counts(make_facts(), by="richting")


def sheet(**how):
    return overview_sheet(make_facts(), lang="nl", codes=["sine", "plan"], **how)


def test_a_row_a_factor_and_one_without_direction():
    """`sine` helps one of three and says nothing of direction to R04; its second row holds that."""
    rows = sheet().to_dict("records")
    assert ["=SINE()", "=SINE(): zonder richting", "Plan", "Plan: zonder richting"] == [row["factor"] for row in rows]
    helped, plain = rows[:2]
    assert "1 van 3 ●○○" == helped["faciliterend: Rol A"]
    assert "0 van 1 ○" == helped["belemmerend: Rol B"]
    assert ("1 van 4 ●○○○", "R02") == (helped["allen"], helped["wie"])
    assert ("", "1 van 4 ●○○○", "R04") == (plain["faciliterend: Rol A"], plain["allen"], plain["wie"])


def test_a_proposed_quote_says_so():
    """A quote that nobody marked bears `voorstel`, its citation, and the sign of a label that few share."""
    quote = sheet().iloc[0]["typerend citaat"]
    assert quote.startswith("“vijf zes” (Respondent 2")
    assert quote.endswith("▲ [voorstel]")


def test_a_wish_is_in_no_direction():
    """A coding whose `aard` is `gewenst` stands in the column of wishes alone."""
    codebook = CODEBOOK.replace("voorbeeldmateriaal", "  aard: [ervaren, gewenst]\nvoorbeeldmateriaal")
    facts = make_facts(codebook=codebook)
    wish = next(placed for placed in facts.codings if placed.code == "sine" and placed.coding.dimensions)
    wish.coding.dimensions["aard"] = "gewenst"
    row = overview_sheet(facts, lang="nl", codes=["sine"]).iloc[0]
    assert "1 van 4 ●○○○" == row["gewenst"]
    assert "0 van 3 ○○○" == row["faciliterend: Rol A"]


def test_the_foot_says_unit_n_coder_date_and_that_counts_are_no_weight():
    """What a reader must know stands under the table, and that it is a written example."""
    foot = " ".join(sheet().attrs["foot"])
    for part in ("respondenten", "Rol A N = 3", "N = 4", "anna", "2024-01-01", "spreiding, geen gewicht", "voorbeeld"):
        assert part in foot


def test_the_page_is_a4_lying_and_runs_nothing():
    """Labels of people are text in it, and it prints on A4, lying."""
    page = overview_page([("Kop", overview_sheet(make_facts(), lang="en"))], title="T", lang="en")
    assert "size: A4 landscape" in page
    assert "<script" not in page
    assert "Counts show spread, not weight" in page


def test_a_framework_matrix_has_a_row_a_person_and_a_cell_a_theme():
    """Cells hold quotes with their place; what was left out is counted, and empty means nothing coded."""
    rows = framework(make_facts(), codes=["in", "plan"]).set_index("respondent")
    assert ["R01", "R02", "R03", "R04"] == list(rows.index)
    assert "“zes zeven” (t1, 3)" == rows.loc["R02", "plan"]
    assert "" == rows.loc["R03", "in"]
    assert rows.loc["R01", "codings"] == 2
    assert rows.loc["R01", "in"].count("“") == 2
    assert framework(make_facts(), codes=["in"], per_cell=1).set_index("respondent").loc["R01", "in"].endswith("(+1)")


@settings(max_examples=20, deadline=None)
@given(studies())
def test_framework_counts_are_the_segments_of_the_matrix(study):
    """A cell of counts is what `frequency` by respondent counts in segments."""
    facts = lay_out(study, "anna")
    table = framework(facts, cells="count", codes=study.codebook.ids()).set_index("respondent")
    counted = frequency(facts, by=["respondent"], unit="segments")
    for row in counted[counted["respondent"] != TOTAL].itertuples():
        assert row.n == table.loc[row.respondent, row.code]


def test_a_memo_fills_the_cell_before_a_quote(tmp_path, capsys):
    """What the coder wrote at a coding stands in the place of the passage."""
    study = make_study(tmp_path)
    (tmp_path / "c.csv").write_text("transcript,start,end,code,memo\ninterview-02,26,50,screening,Begeleider\n")
    assert main(["--study", str(study), "import-codings", str(tmp_path / "c.csv")]) == 0
    capsys.readouterr()
    assert main(["--study", str(study), "framework", "--codes", "screening", "--format", "csv"]) == 0
    rows = {row["respondent"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert ("Begeleider", "") == (rows["R03"]["screening"], rows["R01"]["screening"])


def test_options_of_the_sheet_need_the_sheet(tmp_path, capsys):
    """--merge and --by without --sheet, and an html file without it, are refused; with it the page is written."""
    study = str(make_study(tmp_path))
    out = tmp_path / "o.html"
    assert main(["--study", study, "overview", "--merge", "vdab+management"]) == 2
    assert main(["--study", study, "overview", "--out", str(out)]) == 2
    assert not out.exists()
    assert main(["--study", study, "overview", "--sheet", "--merge", "vdab+management", "--out", str(out)]) == 0
    assert "VDAB-medewerker + managementfunctie N = 3" in out.read_text(encoding="utf-8")
    assert "geen gewicht" in capsys.readouterr().err
