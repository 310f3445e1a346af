"""Exploring through the command line and through Python, on a study in a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from studies import make_study

import lde_qual as lq
from lde_qual.analysis.likeness import MOST as MOST_CODES
from lde_qual.cli.main import main
from lde_qual.errors import LdeQualError
from lde_qual.figures.timeline import MOST


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """R01 names screening and mobiliteit, R02 mobiliteit, R03 mobiliteit and instroom-vdab."""
    folder = make_study(tmp_path)
    opened = lq.open_study(folder)
    for transcript, words, code in (
        ("gesprek één", "Dat duurt lang.", "screening"),
        ("gesprek één", "Daarna wachten ze.", "mobiliteit"),
        ("gesprek één", "De bus is er niet.", "mobiliteit"),
        ("interview-02", "een café om de hoek", "mobiliteit"),
        ("interview-02", "Een goede begeleider", "instroom-vdab"),
    ):
        start = opened.model.transcript(transcript).text.index(words)
        lq.code(opened, transcript=transcript, start=start, end=start + len(words), code=code)
    return folder


@pytest.fixture
def run(study: Path, capsys: pytest.CaptureFixture[str]):
    def command(*options: str) -> tuple[int, str, str]:
        capsys.readouterr()
        done = main(["--study", str(study), *options])
        return (done, *capsys.readouterr())

    return command


def test_likeness_prints_pairs_and_what_goes_with_them(run):
    """R01 and R02 share one of two codes; of equal likeness the order is that of the study."""
    done, out, _ = run("likeness", "--codes", "screening,mobiliteit", "--format", "csv")
    assert 0 == done
    assert out.splitlines() == [
        "a,b,n_a,n_b,n_ab,n,likeness",
        "R02,R03,1,1,1,2,1",
        "R01,R02,2,1,1,2,0.5",
        "R01,R03,2,1,1,2,0.5",
    ]


@pytest.mark.parametrize("table", ["map", "tree"])
@pytest.mark.parametrize("of", ["respondents", "codes"])
def test_likeness_draws_what_it_prints(run, tmp_path, table, of):
    """Map and tree are printed and drawn in one; the picture is where it was asked for."""
    codes = ["--codes", "screening,mobiliteit,instroom-vdab"]
    for form, start in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        file = tmp_path / f"beeld.{form}"
        done, out, said = run("likeness", "--of", of, "--table", table, *codes, "--plot", str(file), "--lang", "en")
        assert 0 == done, said
        assert out
        assert f"Drawn in {file}." in said
        assert file.read_bytes().startswith(start)


def test_codes_that_are_compared_are_those_of_the_figures(run):
    """Without --codes or --level codes of one level are compared: none is above another."""
    _, out, _ = run("likeness", "--of", "codes", "--format", "csv")
    assert "instroom," not in out
    assert "screening,mobiliteit" in out.replace("mobiliteit,screening", "screening,mobiliteit")


def test_a_timeline_is_printed_and_drawn(run, tmp_path):
    """Stretches come by interview, code and place; without stamps in both interviews in words."""
    file = tmp_path / "strepen.svg"
    done, out, said = run("timeline", "--codes", "mobiliteit,screening", "--plot", str(file), "--format", "csv")
    assert 0 == done, said
    assert out.splitlines()[0] == "transcript,code,respondent,turn,start,end,from,to,length,unit"
    assert [line.split(",")[:3] for line in out.splitlines()[1:]] == [
        ["gesprek één", "mobiliteit", "R02"],
        ["gesprek één", "mobiliteit", "R01"],
        ["gesprek één", "screening", "R01"],
        ["interview-02", "mobiliteit", "R03"],
    ]
    assert "Position in words said" in said
    assert file.read_bytes().startswith(b"<?xml")


def test_a_network_is_printed_and_drawn(run, study, tmp_path):
    """A pair that shares one turn stands over a threshold of one, and not over two."""
    opened = lq.open_study(study)
    start = opened.model.transcript("interview-02").text.index("een café")
    lq.code(opened, transcript="interview-02", start=start, end=start + 8, code="screening")
    columns = "a,b,n_a,n_b,n_ab,n,jaccard,unit,coder"
    for picture in ("network", "sankey"):
        file = tmp_path / f"{picture}.svg"
        options = ("--codes", "screening,mobiliteit", "--picture", picture, "--plot", str(file), "--format", "csv")
        done, out, said = run("network", "--least", "1", *options)
        assert (0, [columns, "screening,mobiliteit,2,3,1,4,0.25,turn,onderzoeker"]) == (done, out.splitlines()), said
        assert file.read_bytes().startswith(b"<?xml")
    done, out, said = run("network", "--codes", "screening,mobiliteit", "--format", "csv")
    assert (0, [columns]) == (done, out.splitlines())
    assert "1 pair shares fewer than 2 turns and is left out." in said


@pytest.mark.parametrize(("lang", "warning"), [("nl", "niet om mee te besluiten"), ("en", "not for concluding")])
def test_the_page_says_first_what_it_does_not_say(run, tmp_path, lang, warning):
    """The page is one file without scripts or addresses, its warning before its first picture."""
    file = tmp_path / "verkenning.html"
    done, out, _ = run("explore", "--out", str(file), "--lang", lang, "--least", "1")
    assert (0, f"{file}\n") == (done, out)
    page = file.read_text(encoding="utf-8")
    assert 0 < page.index(warning) < page.index("<svg")
    assert "<script" not in page
    assert "http" not in page
    assert "<code>lde-qual explore</code>" in page
    assert "`" not in page
    assert page.count("<svg") == page.count('class="drawing"') > 2
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_page_of_a_study_without_codings_says_why_there_is_nothing(tmp_path):
    """Where nothing is coded a sentence stands in the place of maps and networks."""
    opened = lq.open_study(make_study(tmp_path))
    page = lq.explore(opened, out=tmp_path / "leeg.html").read_text(encoding="utf-8")
    assert "te weinig voor een kaart of een boom" in page
    assert "Geen twee codes delen zoveel spreekbeurten" in page
    assert "Geen antwoord draagt een van deze codes" in page
    assert "<svg" not in page


def test_the_page_of_an_empty_study_speaks_of_nobody(tmp_path):
    """Where nobody speaks yet the page says nothing of so few respondents."""
    folder = lq.init(tmp_path / "leeg")
    page = lq.explore(lq.open_study(folder), out=tmp_path / "leeg.html").read_text(encoding="utf-8")
    assert "0 respondenten" in page
    assert "Met 0" not in page


def test_too_many_codes_to_read_are_refused(tmp_path):
    """Of more codes than can be read no picture is drawn, and the page says so; tables have no such bound."""
    codes = "".join(f"  - {{id: c{at}, label: C{at}}}\n" for at in range(MOST_CODES + 1))
    opened = lq.open_study(make_study(tmp_path, codebook=f"title: Veel\nmain_coder: anna\ncodes:\n{codes}"))
    for draw in (lq.timeline, lq.network):
        assert draw(opened, level=1).empty
        with pytest.raises(LdeQualError, match="--codes or --level"):
            draw(opened, level=1, plot=tmp_path / "beeld.svg")
    page = lq.explore(opened, out=tmp_path / "veel.html", level=1).read_text(encoding="utf-8")
    assert 2 == page.count(f"boven {MOST_CODES} is dit geen leesbaar beeld")


def test_too_many_interviews_to_draw_are_refused(study, tmp_path):
    """More interviews than stand side by side are named, with the way out; the table needs no such bound."""
    for at in range(MOST):
        path = study / "transcripts" / f"extra-{at}.txt"
        path.write_text("R01: Ja.\n", encoding="utf-8", newline="\n")
    opened = lq.open_study(study)
    assert len(lq.timeline(opened).attrs["lengths"]) == MOST + 2
    with pytest.raises(LdeQualError, match="--transcript"):
        lq.timeline(opened, plot=tmp_path / "strepen.png")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["timeline", "--transcript", "interview-2"], "interview-02"),
        (["network", "--picture", "sankey"], "--picture goes with --plot"),
        (["network", "--least", "0"], "--least cannot be 0"),
        (["explore", "--out", "x.pdf"], "Let its name end in .html."),
        (["explore", "--out", "nergens/x.html"], "nergens"),
        (["timeline", "--position", "minutes"], "minutes of gesprek één, interview-02"),
        (["timeline", "--plot", "x.jpg"], "Let its name end in .png or .svg."),
        (["likeness", "--table", "clusters"], "--clusters K"),
        (["likeness", "--clusters", "2"], "--table clusters"),
        (["likeness", "--table", "clusters", "--clusters", "9"], "There cannot be 9 clusters of 3"),
        (["likeness", "--plot", "x.png"], "--table map or --table tree"),
        (["likeness", "--table", "map", "--plot", "x.pdf"], "Let its name end in .png or .svg."),
        (["likeness", "--table", "map", "--plot", "nergens/x.png"], "nergens"),
        (["likeness", "--of", "codes", "--table", "map", "--codes", "screening,mobiliteit"], "fewer than 3"),
    ],
)
def test_what_does_not_go_together_is_refused(run, options, said):
    """An option that does not fit, and too few things to draw, is an error that says what would do."""
    done, out, error = run(*options)
    assert (2, "") == (done, out)
    assert said in error
    assert not Path("x.png").exists()


def test_python_returns_tables_with_what_goes_with_them(study):
    """The map carries its stress, the tree its order; an unknown table is refused."""
    opened = lq.open_study(study)
    found = lq.likeness(opened, table="map")
    assert isinstance(found, pd.DataFrame)
    assert 0 <= found.attrs["stress"] < 1
    assert 3 == len(lq.likeness(opened, table="tree").attrs["order"])
    with pytest.raises(LdeQualError, match="pairs, clusters, map, tree"):
        lq.likeness(opened, table="kaart")
