"""``diff`` at the prompt: dates, folders and git revisions of the study that the pages count in."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

import lde_qual as lq
from lde_qual.cli.main import main

EXAMPLE = Path(__file__).parent.parent / "docs" / "example-study"
BEFORE = "2024-03-10T15"
"""After the lines that the example was written with, and before any that a test writes."""
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("LDE_QUAL_CODER", raising=False)
    return Path(shutil.copytree(EXAMPLE, tmp_path / "studie", ignore=shutil.ignore_patterns(".lock", ".lde_qual")))


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]):
    def command(*words: str) -> tuple[int, list[tuple[str, ...]], str]:
        done = main(["--study", str(folder), "diff", *words, "--format", "csv"])
        out, err = capsys.readouterr()
        return done, [tuple(row.values()) for row in csv.DictReader(io.StringIO(out))], err

    return command


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def test_a_coding_taken_away(folder, run):
    """The cells that lost a respondent name the operation that took the coding away, and no other cell is listed."""
    study = lq.open_study(folder)
    (coding,) = [c for c in study.codings(codes=["vervoer"])["coding"] if c.endswith(".4")]
    op = lq.uncode(study, coding)
    done, rows, said = run(BEFORE)
    assert done == 0
    quote = "En de weg hierheen?\nR01: De bus komt te laat."
    assert [row for row in rows if row[0] != "overview"] == [
        ("frequency", "vervoer", "role=begeleider n", "2", "1", op),
        ("frequency", "vervoer", "total n", "2", "1", op),
        ("frequency", "vervoer", "richting=belemmerend n", "1", "0", op),
        ("matrix", "vervoer", "respondent=R01 n", "1", "0", op),
        ("quotes", "vervoer", f"{coding} quote", quote, "NA", op),
    ]
    assert [row for row in rows if row[0] == "overview"] == [
        ("overview", "vervoer", "richting=belemmerend role=begeleider n", "1", "0", op),
        ("overview", "vervoer", "richting=belemmerend total n", "1", "0", op),
        ("overview", "vervoer", "richting=belemmerend quote", quote, "NA", op),
    ]
    assert f"Before: journals up to {BEFORE}, with today's codebook and transcripts." in said
    assert "8 cells changed." in said


def test_a_mark_moves_quotes_and_no_number(folder, run):
    """Whoever marks a coding moves its quote in the overview and the mark beside it, by that operation alone."""
    study = lq.open_study(folder)
    (coding,) = [c for c in study.codings(codes=["vervoer"])["coding"] if c.endswith(".4")]
    op = lq.mark(study, coding, "tegenstem")
    _, rows, _ = run(BEFORE)
    assert {row[5] for row in rows} == {op}
    assert ("quotes", "vervoer", f"{coding} mark", "NA", "tegenstem", op) in rows
    assert {row[2].rpartition(" ")[2] for row in rows} == {"mark", "counter_quote"}


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        (("--table", "matrix", "--cols", "organisation"), ("matrix", "vervoer", "organisation=Fietspunt n")),
        (("--table", "matrix", "--rows", "richting", "--cols", "role"), ("matrix", "richting=belemmerend")),
        (("--table", "frequency,quotes"), ("frequency",)),
    ],
)
def test_tables_are_chosen(folder, run, words, cell):
    """Only the tables named are compared, and the matrix has the rows and columns asked for."""
    study = lq.open_study(folder)
    (coding,) = [c for c in study.codings(codes=["vervoer"])["coding"] if c.endswith(".4")]
    lq.uncode(study, coding)
    _, rows, _ = run(BEFORE, "--unit", "segments", *words)
    assert {row[0] for row in rows} == set(words[1].split(","))
    assert any(row[: len(cell)] == cell for row in rows), rows


def test_an_undo_takes_the_difference_back(folder, run):
    """What was done and undone between two moments changed no cell."""
    study = lq.open_study(folder)
    lq.query(study, '"dank"', code="papieren")
    assert [row[:5] for row in run(BEFORE, "--by", "role", "--table", "frequency")[1]] == [
        ("frequency", "papieren", "role=(none) n", "0", "1"),
        ("frequency", "papieren", "total n", "0", "1"),
    ]
    lq.undo(study)
    assert run(BEFORE)[1] == []


def test_a_correction_made_since_moves_no_coding(folder, run):
    """Codings as of a date stand where today's transcript has them, also where it was corrected since."""
    study = lq.open_study(folder)
    text = study.model.transcripts["gesprek-1"].text
    lq.edit(study, "gesprek-1", text.replace("weinig tijd", "veel te weinig tijd"))
    assert run(BEFORE)[1] == []


def test_two_folders_each_have_their_own_codebook(folder, run, tmp_path):
    """Between two folders a merge in the codebook moves cells, and its operation is named."""
    shutil.copytree(folder, tmp_path / "eerst")
    op = lq.codebook_merge(lq.open_study(folder), "tijd", "gesprek")
    done, rows, said = run(str(tmp_path / "eerst"), str(folder), "--by", "richting")
    assert done == 0
    assert ("frequency", "gesprek", "richting=belemmerend n", "1", "2", op) in rows
    assert ("frequency", "tijd", "total n", "2", "NA", op) in rows
    assert "Files that differ beside the journals: codebook.yaml." in said


@needs_git
def test_a_revision_is_read_from_git(folder, run):
    """A git revision is the whole folder as it was then; a branch and a shortened id name it as well."""
    git(folder, "init", "-q", "-b", "werk")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "begin")
    op = lq.query(lq.open_study(folder), '"dank"', code="papieren")[0].partition(".")[0]
    for name in ("HEAD", "werk"):
        done, rows, said = run(name, "--by", "role")
        assert done == 0
        assert ("frequency", "papieren", "total n", "0", "1", op) in rows
        assert f"({name}), with its own codebook and transcripts." in said


@needs_git
def test_only_files_that_differ_are_named(folder, run):
    """Of a revision just committed no file differs, whichever the study is read from; what is changed then is named."""
    (folder / "themas.yaml").write_text("themes: []\n", encoding="utf-8")
    (folder / "report.yaml").write_text("", encoding="utf-8")
    git(folder, "init", "-q", "-b", "werk")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "begin")
    assert "Files that differ" not in run("HEAD")[2]
    (folder / "leidraad.yaml").unlink()
    assert "Files that differ beside the journals: leidraad.yaml." in run("HEAD")[2]


@needs_git
def test_a_revision_without_texts_takes_those_of_today(folder, run):
    """Where git keeps no interview text, today's is taken and said; where it keeps no journal, that is an error."""
    git(folder, "init", "-q", "-b", "werk")
    git(folder, "add", "codebook.yaml", "codings")
    git(folder, "commit", "-q", "-m", "zonder teksten")
    done, rows, said = run("HEAD")
    assert (done, rows) == (0, [])
    assert "today's transcripts, since git holds none" in said
    assert "Files that differ beside the journals: leidraad.yaml." in said
    git(folder, "rm", "-r", "-q", "--cached", "codings")
    git(folder, "commit", "-q", "-m", "zonder codings")
    assert run("HEAD")[0] == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["gisteren"], "'gisteren' is no date, no folder of a study and no git revision"),
        (["2024-13-01"], "'2024-13-01' is no date"),
        (["--by", "rol", "2024"], "'rol' is no attribute"),
        (["2024", "--codes", "tijdje"], "Code 'tijdje'"),
        (["2024", "--table", "cijfers"], "diff compares no table 'cijfers'"),
        (["2024", "--table", ","], "--table names no table"),
        (["2024", "--table", "quotes", "--rows", "role"], "--rows goes with --table matrix"),
        (["2024", "--rows", "role", "--cols", "role"], "--rows and --cols are both 'role'"),
        (["2024", "now", "--coder", "A B"], "cannot be a coder's name"),
    ],
)
def test_bad_input(run, words, says):
    """What names no state of the study is an error with the ways out."""
    done, rows, said = run(*words)
    assert (done, rows) == (2, [])
    assert says in said


def test_a_folder_that_is_no_study(run, tmp_path):
    """A folder without a codebook is named as such."""
    assert "holds no codebook.yaml" in run(str(tmp_path))[2]
