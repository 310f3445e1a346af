"""``query`` at the prompt, on the study that the pages count in."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

import lde_qual as lq
from lde_qual.cli.main import main

EXAMPLE = Path(__file__).parent.parent / "docs" / "example-study"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("LDE_QUAL_CODER", raising=False)
    return Path(shutil.copytree(EXAMPLE, tmp_path / "studie", ignore=shutil.ignore_patterns(".lock", ".lde_qual")))


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("tijd", ["weinig tijd voor hen.", "Nee."]),
        ("begeleiding & !tijd & respondent=R02", ["Dat ene gesprek helpt wel."]),
        ("gesprek & richting=belemmerend", ["Er is één gesprek per maand."]),
        ("gesprek & vervoer", ["een gesprek [lacht]"]),
        ("!begeleiding & !vervoer", ["Ik heb", "Neen, dank u."]),
        ('"bus" & date=2017-03-02', []),
        ('"Nee" | lemma:tijd & role=begeleider', ["Ik heb weinig tijd voor hen.", "Nee."]),
        ("tijd within 0 turns of gesprek", ["weinig tijd voor hen."]),
        ("tijd within 1 turn of gesprek", ["weinig tijd voor hen.", "Nee."]),
        ("papieren", []),
    ],
)
def test_passages_by_hand(folder, expression, found):
    """An expression finds the passages that a reader marks with a pencil."""
    study = lq.open_study(folder)
    if "date=" in expression:
        expression = expression.replace("2017-03-02", study.model.transcripts["gesprek-3"].attributes["date"])
    assert lq.query(study, expression)["quote"].tolist() == found


def test_the_prompt_prints_what_python_returns(folder, capsys):
    """The command prints the table of the function, and the count of it on request."""
    assert main(["--study", str(folder), "query", "gesprek", "--count", "--by", "role", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["role"], row["passages"], row["respondents"], row["N"]) for row in rows] == [
        ("begeleider", "2", "2", "2"),
        ("leiding", "1", "1", "1"),
        ("(none)", "0", "0", "1"),
        ("total", "3", "3", "4"),
    ]


def test_coding_is_one_step(folder, capsys):
    """Coding what was found writes one line, again nothing, and one undo takes all of it back."""
    journal = folder / "codings" / "anna.jsonl"
    before = journal.read_bytes()
    study = lq.open_study(folder)
    ids = lq.query(study, '"bus"', code="papieren")
    assert len(ids) == 2
    assert journal.read_bytes().count(b"\n") == before.count(b"\n") + 1
    assert lq.query(study, '"bus"', code="papieren") == ids
    assert journal.read_bytes().count(b"\n") == before.count(b"\n") + 1
    assert len(lq.query(study, "papieren")) == 2
    lq.undo(study)
    assert len(lq.query(study, "papieren")) == 0
    assert main(["--study", str(folder), "query", '"fiets"', "--code", "papieren"]) == 0
    assert "0 codings written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["gesprk"], "Did you mean 'gesprek'"),
        (["role=begleider"], "At position 6: 'begleider' is no value of role. Did you mean 'begeleider'?"),
        (["gesprek & richting=tegen"], "At position 20: 'tegen' is no value of richting"),
        (["kleur=rood"], "At position 1: 'kleur'"),
        (['tijd & "…"'], "At position 8: '…' holds no word"),
        (["tijd", "--by", "role"], "--by goes with --count"),
        (["tijd", "--count", "--by", "richting"], "is a dimension"),
        (["tijd", "--count", "--public"], "--public does not go with --count"),
        (["tijd", "--code", "tijdje"], "Code 'tijdje' is not in the codebook"),
        (["tijd &", "--code", "gesprek"], "breaks off"),
    ],
)
def test_bad_input_changes_nothing(folder, capsys, words, says):
    """What cannot be asked exits 2 with the position and the way out, and the journal stays as it was."""
    before = (folder / "codings" / "anna.jsonl").read_bytes()
    assert main(["--study", str(folder), "query", *words]) == 2
    assert says in capsys.readouterr().err
    assert (folder / "codings" / "anna.jsonl").read_bytes() == before


def test_two_ways_out_do_not_go_together(folder):
    """In Python too, a result is listed, counted or coded."""
    with pytest.raises(lq.LdeQualError, match="do not go together"):
        lq.query(lq.open_study(folder), "tijd", count=True, code="gesprek")
