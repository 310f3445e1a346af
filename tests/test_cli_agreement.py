"""Agreement through the command line and through Python, on a study in a folder."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from studies import CODEBOOK, make_study

import lde_qual as lq
from lde_qual.cli.main import main
from lde_qual.errors import UnknownError, UsageError

CONTRACT = "code,unit,n,prevalence,agreement,kappa,alpha,low,high"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Anna has two sentences of R03 at mobiliteit, Bram the first of them and, in between, one word at screening."""
    folder = make_study(tmp_path)
    opened = lq.open_study(folder)
    text = opened.model.transcript("interview-02").text
    for coder, words, code in [
        ("anna", "Een goede begeleider helpt, en een café om de hoek.\nDat is alles.", "mobiliteit"),
        ("bram", "Een goede begeleider helpt, en een café om de hoek.", "mobiliteit"),
        ("bram", "begeleider", "screening"),
    ]:
        start = text.index(words)
        lq.code(opened, transcript="interview-02", start=start, end=start + len(words), code=code, coder=coder)
    return folder


@pytest.fixture
def run(study: Path, capsys: pytest.CaptureFixture[str]):
    def command(*options: str) -> tuple[int, str, str]:
        capsys.readouterr()
        done = main(["--study", str(study), "agreement", *options])
        return (done, *capsys.readouterr())

    return command


def test_the_columns_are_the_contract_s(run):
    """The contract's columns come first; what is undefined is NA; a line says over what the comparison runs."""
    done, out, err = run("--coders", "anna,bram", "--unit", "sentence", "--codes", "mobiliteit", "--format", "csv")
    assert 0 == done
    assert out.startswith(CONTRACT + ",")
    code, total = csv.DictReader(io.StringIO(out))
    assert ("mobiliteit", "sentence", "2", "0.75", "NA") == tuple(code[name] for name in CONTRACT.split(",")[:5])
    assert ("total", "0.5", "0", "NA") == (total["code"], total["agreement"], total["kappa"], total["low"])
    assert "1 of 2 transcripts coded by all of anna, bram." in err


def test_everyone_who_coded_is_compared(run, study):
    """Without --coders those who coded are compared, and a coder who only wrote a memo is not one of them."""
    lq.memo(lq.open_study(study), "Een gedachte.", transcript="interview-02", coder="chris")
    assert run("--coders", "anna,bram", "--format", "csv")[1] == run("--format", "csv")[1]


def test_python_gives_the_same(run, study):
    """The function returns the numbers that the command prints, with unit and coders in attrs."""
    frame = lq.agreement(lq.open_study(study), coders=["anna", "bram"], unit="turn", codes="instroom")
    assert ("turn", "anna;bram") == (frame.attrs["unit"], frame.attrs["coder"])
    printed = list(csv.DictReader(io.StringIO(run("--unit", "turn", "--codes", "instroom", "--format", "csv")[1])))
    assert [str(n) for n in frame["n"]] == [row["n"] for row in printed]


def test_the_list_of_disagreements(run, study):
    """--disagreements lists the longest stretch first; Python knows it by two names."""
    done, out, _ = run("--disagreements", "--format", "csv")
    assert 0 == done
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [("Dat is alles.", "mobiliteit", "anna"), ("begeleider", "screening", "bram")] == [
        (row["quote"], row["code"], row["coders"]) for row in rows
    ]
    opened = lq.open_study(study)
    one, other = lq.disagreements(opened), lq.agreement(opened, disagreements=True)
    assert one.equals(other)
    assert ["screening"] == lq.disagreements(opened, codes="instroom")["code"].tolist()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--coders", "anna"), "Agreement is between two coders or more; here anna would stand alone. Name them"),
        (("--coders", "anna,brma"), "Coder 'brma' has no journal in this study. Did you mean 'bram'?"),
        (("--coders", "anna,Bram"), "'Bram' cannot be a coder's name."),
        (("--disagreements", "--unit", "turn"), "do not go with --disagreements"),
        (("--seed", "-1"), "--seed cannot be -1."),
        (("--codes", "screenign"), "Did you mean 'screening'?"),
    ],
)
def test_bad_usage(run, options, said):
    """The message says what is wrong and the way out; exit code 2."""
    done, out, err = run(*options)
    assert (2, "") == (done, out)
    assert said in err


def test_nobody_to_compare(tmp_path):
    """A study that one person coded, or nobody, says what is missing."""
    opened = lq.open_study(make_study(tmp_path))
    with pytest.raises(UsageError, match="nobody would stand alone"):
        lq.agreement(opened)
    with pytest.raises(UnknownError, match="has no journal"):
        lq.disagreements(opened, coders="anna,bram")


def test_a_reflexive_study_is_refused(run, study):
    """Under `approach: reflexief` the command refuses, says why and what to do instead."""
    (study / "codebook.yaml").write_text(CODEBOOK + "approach: reflexief\n", encoding="utf-8")
    for options in [(), ("--disagreements",)]:
        done, out, err = run(*options)
        assert (2, "") == (done, out)
        assert "'reflexief'" in err
        assert "codings --coder all" in err
