"""Corners of counting, through the command line: who asks, what a transcript says, where nobody speaks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from studies import make_study

import lde_qual as lq
from lde_qual.cli.main import main

CODEBOOK = """\
title: Randen
main_coder: anna
roles: {a: Rol A}
codes:
  - id: boven
    label: Boven
    codes: [{id: onder, label: Onder}]
  - id: apart
    label: Apart
"""
RESPONDENTS = """\
respondent,role,organisation,transcript
R01,a,Oost,
R02,a,West,
"""
LEIDRAAD = """\
guides:
  - {id: g, label: Gids, roles: [a], questions: [{id: V1, text: "Hoe?", codes: [onder]}]}
"""
TALK = "I [V1]: Hoe gaat het?\nR01: een twee\nR02: drie\nI: En dan?\nR01: vier\n"
SILENT = "I: Is daar iemand?\nI: Nee dus.\n"


@pytest.fixture
def table(capsys: pytest.CaptureFixture[str]):
    """Run a view on a folder and return its rows, and what it says beside them."""

    def run(folder: Path, *options: str) -> tuple[list[dict[str, str]], str]:
        assert main([*options, "--study", str(folder), "--format", "csv"]) == 0
        captured = capsys.readouterr()
        return list(csv.DictReader(io.StringIO(captured.out))), captured.err

    return run


def coded(tmp_path: Path, transcripts: dict[str, str], passages: list[tuple[str, str, str]], leidraad: str = LEIDRAAD):
    """Return a study in which anna coded each passage, given as transcript, text and code."""
    folder = make_study(
        tmp_path, codebook=CODEBOOK, respondents=RESPONDENTS, transcripts=transcripts, leidraad=leidraad
    )
    study = lq.open_study(folder)
    for transcript, passage, code in passages:
        body = transcripts[transcript].rpartition("---\n")[2]
        start = body.index(passage)
        lq.code(study, transcript=transcript, start=start, end=start + len(passage), code=code, coder="anna")
    return folder


@pytest.mark.parametrize("unit", ["turn", "overlap", "near", "respondent", "transcript"])
def test_a_transcript_without_respondents_is_in_no_pair(tmp_path, table, unit):
    """However many transcripts hold only the interviewer, pairs count as if they were not there."""
    empty = {f"a{number}": SILENT for number in range(4)}
    folder = coded(tmp_path, {**empty, "t": "R01: een\n"}, [("t", "een", "onder"), ("t", "een", "apart")])
    rows, _ = table(folder, "cooccurrence", "--unit", unit, "--codes", "onder,apart")
    assert [(row["n_ab"], row["n"]) for row in rows] == [("1", "1")] * 4


def test_pairs_by_an_attribute_of_nobody_have_no_row(tmp_path, table):
    """Where nobody speaks an attribute has no groups: the table is empty, and no error."""
    rows, _ = table(coded(tmp_path, {"t": SILENT}, []), "cooccurrence", "--by", "organisation")
    assert rows == []


def test_chosen_codes_narrow_a_matrix_that_shows_no_codes(tmp_path, table):
    """Without codes on a side, --codes says which codings are counted, in the cells and in what divides them."""
    folder = coded(tmp_path, {"t": TALK}, [("t", "een", "onder"), ("t", "twee", "apart"), ("t", "drie", "apart")])
    options = ("matrix", "--rows", "organisation", "--cols", "transcript", "--unit", "words")
    counted = {chosen: table(folder, *options, "--codes", chosen)[0] for chosen in ("boven", "apart", "boven,apart")}
    assert {chosen: [row["n"] for row in rows] for chosen, rows in counted.items()} == {
        "boven": ["1", "0"],
        "apart": ["1", "1"],
        "boven,apart": ["2", "1"],
    }
    rows, _ = table(folder, *options, "--codes", "apart", "--normalise", "column")
    assert [row["value"] for row in rows] == ["0.5", "0.5"]


def test_only_questions_of_the_interviewer_tell_what_was_asked(tmp_path, table):
    """A question's id on a respondent's turn does not turn `asked` from unknown into 0."""
    folder = coded(tmp_path, {"t": "I: Hoe?\nR01 [V1]: een\n"}, [("t", "een", "onder")])
    assert {row["asked"] for row in table(folder, "frequency")[0]} == {"NA"}
    assert {row["prompted"] for row in table(folder, "codings")[0]} == {"NA"}


def test_prompted_is_of_the_answer_whoever_is_counted(tmp_path, table):
    """Counting the interviewer does not change whether an answer was prompted; a question alone is not."""
    passages = [("t", TALK.partition("\n")[0][7:] + "\nR01: een", "onder"), ("t", "En dan?", "onder")]
    folder = coded(tmp_path, {"t": TALK}, passages)
    for options in ((), ("--with-interviewer",)):
        assert [row["prompted"] for row in table(folder, "codings", *options)[0]] == ["true", "NA"]


def test_an_attribute_of_the_transcript_stands_once(tmp_path, table):
    """What a transcript says of itself goes for all its codings alike: over two speakers, on a question, in a note."""
    head = '---\nwave: "2"\n---\n'
    note = '---\nwave: "2"\nkind: fieldnote\n---\nEen lege gang.\n'
    passages = [("t", "twee\nR02: drie", "onder"), ("t", "En dan?", "onder"), ("n", "lege", "onder")]
    folder = coded(tmp_path, {"t": head + TALK, "n": note}, passages)
    rows, _ = table(folder, "codings")
    assert [(row["respondent"], row["wave"], row["kind"]) for row in rows] == [
        ("NA", "2", "fieldnote"),
        ("R01;R02", "2", "interview"),
        ("NA", "2", "interview"),
    ]


def test_codings_at_a_level_say_what_lies_above_it(tmp_path, table, capsys):
    """The tidy table of a level tells how many codings sit above the cut, and knows no level 0."""
    folder = coded(tmp_path, {"t": TALK}, [("t", "een", "boven"), ("t", "twee", "onder")])
    rows, said = table(folder, "codings", "--level", "2")
    assert [row["quote"] for row in rows] == ["twee"]
    assert "1 coding sits on codes above level 2 (boven)" in said
    assert main(["codings", "--level", "0", "--study", str(folder)]) == 2
    assert "There is no level 0." in capsys.readouterr().err


def test_the_interviewer_can_be_quoted_as_a_role(tmp_path, table):
    """With the interviewer counted, `interviewer` is a role to choose quotes by; else it is none."""
    folder = coded(tmp_path, {"t": TALK}, [("t", "En dan?", "onder"), ("t", "vier", "onder")])
    rows, _ = table(folder, "quotes", "--with-interviewer", "--role", "interviewer")
    assert [row["quote"] for row in rows] == ["En dan?"]
    assert main(["quotes", "--role", "interviewer", "--study", str(folder)]) == 2


def test_a_written_none_and_an_empty_value_are_one_group(tmp_path, table):
    """Whoever writes `(none)` as a value is in the group of those without one: no group stands twice."""
    folder = coded(tmp_path, {"t": TALK}, [("t", "een", "onder")])
    people = folder / "transcripts" / "respondents.csv"
    people.write_text(people.read_text().replace("Oost", "(none)").replace("West", ""))
    rows, _ = table(folder, "frequency", "--by", "organisation", "--codes", "onder")
    assert [(row["organisation"], row["n"], row["N"]) for row in rows] == [("(none)", "1", "2"), ("total", "1", "2")]
