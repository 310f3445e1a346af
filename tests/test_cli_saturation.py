"""New codes by interview through the command line and through Python, on a study in a folder."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from studies import CODEBOOK, TRANSCRIPTS, make_study

import lde_qual as lq
from lde_qual.cli.main import main
from lde_qual.errors import UsageError

CONTRACT = "order,transcript,new,cumulative,share"
DATED = {**TRANSCRIPTS, "interview-02": f"---\ndate: 2024-02-01\n---\n{TRANSCRIPTS['interview-02']}"}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The second interview was held first and coded last; a code was made while coding it."""
    folder = make_study(tmp_path, transcripts=DATED)
    opened = lq.open_study(folder)

    def code(transcript: str, words: str, name: str) -> None:
        start = opened.model.transcript(transcript).text.index(words)
        lq.code(opened, transcript=transcript, start=start, end=start + len(words), code=name)

    code("gesprek één", "Dat duurt lang.", "screening")
    code("gesprek één", "De bus is er niet.", "mobiliteit")
    code("interview-02", "een café om de hoek", "mobiliteit")
    lq.codebook_add(opened, "plek", "Plek")
    code("interview-02", "een café om de hoek", "plek")
    code("gesprek één", "niemand zonder bus", "plek")
    return folder


@pytest.fixture
def run(study: Path, capsys: pytest.CaptureFixture[str]):
    def command(*options: str) -> tuple[int, str, str]:
        capsys.readouterr()
        done = main(["--study", str(study), "saturation", *options])
        return (done, *capsys.readouterr())

    return command


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_columns_are_the_contract_s(run):
    """The contract's columns come first; the code that was made on the way is new where it was made."""
    done, out, _ = run("--order", "coding", "--format", "csv")
    assert 0 == done
    assert out.startswith(CONTRACT + ",")
    assert [("gesprek één", "2", "screening;mobiliteit", "0"), ("interview-02", "1", "plek", "1")] == [
        (row["transcript"], row["new"], row["codes"], row["made"]) for row in rows(out)
    ]


def test_date_is_the_order_unless_given(run):
    """The interview that was held first stands first."""
    assert ["interview-02", "gesprek één"] == [row["transcript"] for row in rows(run("--format", "csv")[1])]


def test_at_random(run):
    """Orders are drawn by a seed: the same gives the same; the columns hold means and a band."""
    options = ("--order", "random", "--draws", "40", "--format", "csv")
    out = run(*options)[1]
    assert out == run(*options, "--seed", "1")[1]
    assert out.startswith(CONTRACT + ",low,high\n")
    assert ("NA", "3", "3", "3") == tuple(rows(out)[-1][name] for name in ("transcript", "cumulative", "low", "high"))


def test_base_runs_and_threshold(run):
    """--guest prints each run beside the base, with what it was called with."""
    (row,) = rows(run("--guest", "--base", "1", "--run", "1", "--threshold", "0.5", "--format", "csv")[1])
    assert ("1", "1", "0.5", "2", "1", "0.5", "2") == tuple(
        row[name] for name in ("base", "run", "threshold", "codes_in_base", "new_in_run", "ratio", "met_at")
    )


def test_by_group(run):
    """The attribute is the first column; a group of few interviews is NA, and stderr says which."""
    done, out, err = run("--by", "role", "--format", "csv")
    assert (0, "vdab,NA,NA,NA,NA,NA,NA,NA") == (done, out.splitlines()[1])
    assert "Under 6 coded interviews, and so NA, by role: vdab (2), management (1)." in err


def test_no_verdict_is_printed(run):
    """Nothing that is printed says that saturation was reached."""
    for options in ([], ["--order", "random"], ["--guest", "--base", "1", "--run", "1"], ["--by", "role"]):
        for lang in ("nl", "en"):
            _, out, err = run(*options, "--lang", lang)
            assert not any(word in (out + err).lower() for word in ("satur", "verzadig", "reached", "bereikt"))


def test_python_gives_the_same(run, study):
    """The function returns the numbers that the command prints, with unit and coder in attrs."""
    frame = lq.saturation(lq.open_study(study), order="coding", codes="instroom,plek")
    assert ("codes", "onderzoeker") == (frame.attrs["unit"], frame.attrs["coder"])
    printed = rows(run("--order", "coding", "--codes", "instroom,plek", "--format", "csv")[1])
    assert [str(new) for new in frame["new"]] == [row["new"] for row in printed] == ["1", "1"]
    with pytest.raises(UsageError, match="coded transcripts only"):
        lq.saturation(lq.open_study(study), coded_only=False)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--draws", "5"), "--draws goes with --order random."),
        (("--base", "5", "--run", "2"), "--base, --run goes with --guest."),
        (("--guest", "--order", "random"), "--guest does not go with --order random."),
        (("--guest", "--base", "0"), "--base cannot be 0."),
        (("--order", "random", "--draws", "0"), "--draws cannot be 0."),
        (("--order", "random", "--seed", "-1"), "--seed cannot be -1."),
        (("--guest", "--threshold", "5"), "--threshold cannot be 5. Give a fraction"),
        (("--by", "rol"), "Did you mean 'role'?"),
        (("--codes", "screenign"), "Did you mean 'screening'?"),
    ],
)
def test_bad_usage(run, options, said):
    """The message says what is wrong and the way out; exit code 2."""
    done, out, err = run(*options)
    assert (2, "") == (done, out)
    assert said in err


def test_a_date_that_is_missing(run, study):
    """The interviews without a date are named, with both ways out."""
    (study / "transcripts" / "interview-02.txt").write_text(TRANSCRIPTS["interview-02"], encoding="utf-8")
    done, out, err = run()
    assert (2, "") == (done, out)
    assert "No date is known of interview-02." in err
    assert "--order coding" in err


def test_a_reflexive_study_is_refused(run, study):
    """Under `approach: reflexief` the command refuses, says why and what to do instead."""
    (study / "codebook.yaml").write_text(CODEBOOK + "approach: reflexief\n", encoding="utf-8")
    for options in [(), ("--guest",), ("--order", "random")]:
        done, out, err = run(*options)
        assert (2, "") == (done, out)
        assert "'reflexief'" in err
        assert "approach: codeboek" in err
