"""Splitting a code by a table: who goes where, what stays, and what is refused."""

import pytest
from studies import make_study

import lde_qual as lq
from lde_qual.cli.main import main

INTO = ("--into", "begeleiding:Begeleiding", "nabij:Dichtbij: om de hoek")


@pytest.fixture
def study(tmp_path):
    """A small study on disk."""
    return make_study(tmp_path)


@pytest.fixture
def codings(study):
    """Three codings at one code by the main coder and one by another; ids in that order."""
    opened = lq.open_study(study)
    text = opened.model.transcript("interview-02").text
    passages = [("begeleider helpt", "onderzoeker"), ("om de hoek", "onderzoeker"), ("Dat is alles", "onderzoeker")]
    return [
        opened.code(
            transcript="interview-02",
            start=text.index(quote),
            end=text.index(quote) + len(quote),
            code="screening",
            coder=coder,
            memo=f"bij {quote}",
            richting="faciliterend",
        )
        for quote, coder in [*passages, ("café", "tweede")]
    ]


def split(study, *rows, into=INTO, header="coding,code"):
    """Split screening by a table and return the exit code."""
    table = study.parent / "naar.csv"
    table.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return main(["--study", str(study), "codebook", "split", "screening", *into, "--codings", str(table)])


def at(study):
    """Return the code of each coding, whoever's."""
    table = lq.codings(lq.open_study(study), coder="all")
    return dict(zip(table["coding"], table["code"], strict=True))


def everything(study):
    """Return what a refusal may not change."""
    paths = [study / "codebook.yaml", *sorted((study / "codings").glob("*.jsonl"))]
    return {path.name: path.read_bytes() for path in paths}


def test_codings_go_where_the_table_says_and_keep_what_they_bear(study, codings, capsys):
    """A named coding is at its new code with memo and values; what is not named, and another coder's, stays."""
    one, two, three, other = codings
    assert split(study, f"{one},begeleiding", f"{two},nabij") == 0
    assert at(study) == {one: "begeleiding", two: "nabij", three: "screening", other: "screening"}
    opened = lq.open_study(study)
    kept = opened.model.state("onderzoeker").codings[one]
    assert (kept.memo, kept.dimensions) == ("bij begeleider helpt", {"richting": "faciliterend"})
    book = opened.model.codebook
    assert [book.path(code) for code in ("begeleiding", "nabij")] == [
        ("instroom", "begeleiding"),
        ("instroom", "nabij"),
    ]
    assert book.code("nabij").label == "Dichtbij: om de hoek"
    said = capsys.readouterr().err
    assert "1 coding of onderzoeker still at screening." in said
    assert "1 coding of tweede still at screening." in said


def test_what_codings_printed_will_do(study, codings):
    """The table of codings with changed codes is a table to split by; a row that names the code it has stays."""
    one, two, three, _ = codings
    rows = [f"{one},anna,begeleiding", f"{two},anna,screening", f"{three},anna,nabij"]
    assert split(study, *rows, header="coding,coder,code") == 0
    assert [at(study)[each] for each in (one, two, three)] == ["begeleiding", "screening", "nabij"]


def test_a_split_is_taken_back_whole(study, codings):
    """Two undos bring back codings and codebook, word for word."""
    before, file = at(study), (study / "codebook.yaml").read_bytes()
    assert split(study, f"{codings[0]},nabij") == 0
    for _ in range(2):
        assert main(["--study", str(study), "undo"]) == 0
    assert (at(study), (study / "codebook.yaml").read_bytes()) == (before, file)


@pytest.mark.parametrize(
    ("row", "into", "said"),
    [
        ("{own},elders", INTO, "none of the new codes"),
        ("{own},", INTO, "The cell 'code' is empty"),
        ("niemands,nabij", INTO, "has no coding 'niemands'"),
        ("{other},nabij", INTO, "is tweede's"),
        ("{own},nabij\n{own},nabij", INTO, "stands there twice"),
        ("{elsewhere},nabij", INTO, "is at 'mobiliteit' and not at 'screening'"),
        ("{own},nabij", ("--into", "nabij"), "is no new code"),
        ("{own},nabij", ("--into", "mobiliteit:Vervoer"), "mobiliteit"),
        ("{own},nabij", ("--into", "nabij:Dichtbij", "nabij:Dichtbij"), "nabij"),
    ],
)
def test_a_table_that_does_not_fit_changes_nothing(study, codings, capsys, *, row, into, said):
    """What is wrong is named with its file and line, and neither journal nor codebook is touched."""
    opened = lq.open_study(study)
    text = opened.model.transcript("interview-02").text
    start = text.index("Een goede")
    elsewhere = opened.code(transcript="interview-02", start=start, end=start + 9, code="mobiliteit")
    before = everything(study)
    row = row.format(own=codings[0], other=codings[3], elsewhere=elsewhere)
    assert split(study, row, into=into) == 2
    assert everything(study) == before
    error = capsys.readouterr().err
    assert said in error
    assert into is not INTO or f"naar.csv, line {2 + row.count(chr(10))}" in error
