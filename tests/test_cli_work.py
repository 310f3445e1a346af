"""A study from an empty folder to results, through the command line and through Python."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import docx
import numpy as np
import pytest

import lde_qual as lq
from lde_qual.cli.main import COMMANDS, main, parser


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def command(*arguments: object) -> str:
        capsys.readouterr()
        assert main([str(argument) for argument in arguments]) == 0
        return capsys.readouterr().out

    return command


@pytest.fixture
def study(tmp_path: Path, run) -> Path:
    folder = tmp_path / "mijn stüdie"
    run("init", folder, "--title", "Over werk: een studie")
    for code, label in [("werk", "Werk"), ("druk", "Drukte")]:
        run("--study", folder, "codebook", "add", code, label, "--coder", "anna")
    (tmp_path / "gesprek.txt").write_text(
        "Vraag: Hoe is het werk?\nR: Het werk is zwaar.\nVraag: En nu?\nR: Nu is het druk.\n", encoding="utf-8"
    )
    run("--study", folder, "import", tmp_path / "gesprek.txt", "--respondent", "R07=coach:vzw")
    return folder


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def code_passage(folder: Path, words: str, code: str, *, coder: str = "anna", **more: str) -> str:
    opened = lq.open_study(folder)
    text = opened.model.transcript("gesprek").text
    start = text.index(words)
    return lq.code(opened, transcript="gesprek", start=start, end=start + len(words), code=code, coder=coder, **more)


def test_a_new_study_is_ready_to_fill(study, run):
    """`init` gives a folder that checks clean and keeps interview text out of git."""
    assert "transcripts/" in (study / ".gitignore").read_text(encoding="utf-8")
    assert "Over werk: een studie" == lq.open_study(study).model.codebook.title
    assert [] == [row for row in rows(run("--study", study, "check", "--format", "csv")) if row["level"] != "notice"]


def test_the_imported_interview_has_its_respondent(study):
    """The file's R becomes that file's respondent, in the text and in respondents.csv."""
    assert "R07: Het werk is zwaar." in (study / "transcripts" / "gesprek.txt").read_text(encoding="utf-8")
    assert "R07,coach,vzw,gesprek" in (study / "transcripts" / "respondents.csv").read_text(encoding="utf-8")


def test_what_was_read_is_shown_and_a_dry_run_writes_nothing(study, tmp_path, capsys):
    """The preview names labels, turns and words; --dry-run stops there."""
    (tmp_path / "tweede.txt").write_text("I: Ja?\nJan: Nee, toch niet.\nI: En?\nJan: Ja.\n", encoding="utf-8")
    command = ["--study", str(study), "import", str(tmp_path / "tweede.txt"), "--respondent", "Jan=R08=coach:vzw"]
    assert main([*command, "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert "tweede" == out.strip()
    assert "Jan -> R08: 2 turns, 4 words" in err
    assert not (study / "transcripts" / "tweede.txt").exists()
    assert main(command) == 0
    assert (study / "transcripts" / "tweede.txt").exists()


def test_a_word_document_with_bold_questions(study, tmp_path, run):
    """Bold paragraphs are the interviewer's where nobody is labelled."""
    document = docx.Document()
    for question, answer in [("Hoe gaat het?", "Goed, dank u."), ("Waarom?", "Daarom.")]:
        document.add_paragraph().add_run(question).bold = True
        document.add_paragraph(answer)
    document.save(str(tmp_path / "vet.docx"))
    run("--study", study, "import", tmp_path / "vet.docx", "--respondent", "R09=coach:vzw")
    text = (study / "transcripts" / "vet.txt").read_text(encoding="utf-8")
    assert "I: Hoe gaat het?\nR09: Goed, dank u.\nI: Waarom?\nR09: Daarom.\n" == text


def test_a_label_that_nobody_is_named_for_is_refused(study, tmp_path, capsys):
    """Two labels and one respondent: the message lists who is left and how to name them."""
    (tmp_path / "drie.txt").write_text("I: Ja?\nJan: Nee.\nPiet: Ja.\nJan: Toch.\nPiet: Ja ja.\n", encoding="utf-8")
    command = ["--study", str(study), "import", str(tmp_path / "drie.txt"), "--respondent", "Jan=R08=coach:vzw"]
    assert main(command) == 2
    assert "'Piet'" in capsys.readouterr().err
    assert not (study / "transcripts" / "drie.txt").exists()


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("Hoe gaat het?\nGoed.\n", "R08=coach:vzw", "no speaker was found, so R08"),
        ("I: Ja? R: Nee.\nI: En? R: Ook niet.\n", "R08=coach:vzw", "no label for R08; the interviewer is 'I'"),
        ("I: Ja?\nJan: Nee.\nI: En?\nJan: Ja.\n", "Jaan=R08=coach:vzw", "Did you mean 'Jan'?"),
        ("I: Ja?\nJan: Nee.\nI: En?\nJan: Ja.\n", "Interviewer=coach:vzw", "cannot be the id of a respondent"),
    ],
)
def test_a_respondent_without_a_place_is_refused(study, capsys, text, who, said):
    """A respondent who was named and has no turn is an error, and nothing is written."""
    file = study.parent / "vier.txt"
    file.write_text(text, encoding="utf-8")
    before = (study / "transcripts" / "respondents.csv").read_bytes()
    assert main(["--study", str(study), "import", str(file), "--respondent", who]) == 2
    assert said in capsys.readouterr().err
    assert not (study / "transcripts" / "vier.txt").exists()
    assert (study / "transcripts" / "respondents.csv").read_bytes() == before


def test_two_files_of_one_name_are_refused(study, tmp_path, capsys):
    """Two interviews never become one transcript."""
    files = []
    for folder in ("maart", "april"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "deel.txt").write_text(f"I: Wanneer?\nR: In {folder}.\n", encoding="utf-8")
        files.append(str(tmp_path / folder / "deel.txt"))
    who = ["--respondent", "R08=coach:vzw", "--respondent", "R09=coach:vzw"]
    assert main(["--study", str(study), "import", *files, *who]) == 2
    assert "would both become transcript 'deel'" in capsys.readouterr().err
    assert not (study / "transcripts" / "deel.txt").exists()


def test_a_known_respondent_is_named_by_label_and_id(study, tmp_path, run):
    """LABEL=R07 suffices for who is in respondents.csv already."""
    (tmp_path / "vijf.txt").write_text("I: Ja?\nJan: Nee.\nI: En?\nJan: Ja.\n", encoding="utf-8")
    run("--study", study, "import", tmp_path / "vijf.txt", "--respondent", "Jan=R07")
    assert "R07,coach,vzw,gesprek;vijf" in (study / "transcripts" / "respondents.csv").read_text(encoding="utf-8")


def test_codings_go_round_through_a_table(study, tmp_path, run):
    """What `codings` prints can be imported again and changes nothing."""
    code_passage(study, "werk is zwaar", "werk", memo="zwaar, zegt hij")
    table = tmp_path / "codings.csv"
    run("--study", study, "codings", "--format", "csv", "--coder", "anna", "--out", table)
    before = (study / "codings" / "anna.jsonl").read_bytes()
    ids = run("--study", study, "import-codings", table, "--coder", "anna").split()
    assert [row["coding"] for row in rows(table.read_text(encoding="utf-8"))] == ids
    assert before == (study / "codings" / "anna.jsonl").read_bytes()
    run("--study", study, "import-codings", table, "--coder", "bert")
    both = rows(run("--study", study, "codings", "--coder", "all", "--format", "csv"))
    assert {"anna", "bert"} == {row["coder"] for row in both}


def test_a_row_that_differs_is_said_and_changes_nothing(study, tmp_path, capsys):
    """Importing an existing coding with another memo leaves it as it is, and says so."""
    code_passage(study, "werk", "werk", memo="eerst")
    text = lq.open_study(study).model.transcript("gesprek").text
    start = text.index("werk")
    (tmp_path / "in.csv").write_text(f"transcript,start,end,code,memo\ngesprek,{start},{start + 4},werk,later\n")
    assert main(["--study", str(study), "import-codings", str(tmp_path / "in.csv"), "--coder", "anna"]) == 0
    assert "another memo" in capsys.readouterr().err
    assert "eerst" == lq.open_study(study).codings(coder="anna")["memo"][0]


def test_memos_are_kept_by_kind_listed_and_exported(study, run):
    """One memo of a kind about one thing; a new text takes its place; the diary goes by time."""
    coding = code_passage(study, "druk", "druk")
    memo = ["--study", study, "memo", "--coder", "anna"]
    run(*memo, "--coding", coding, "wat bedoelt hij")
    run(*memo, "--coding", coding, "wat bedoelt hij precies")
    run(*memo, "--study", "--kind", "reflection", "mijn eigen rol")
    run(*memo, "--code", "werk", "--kind", "method", "ruim opvatten")
    listed = rows(run("--study", study, "memo", "--format", "csv"))
    assert [("content", f"coding {coding}"), ("reflection", "study"), ("method", "code werk")] == [
        (row["kind"], row["about"]) for row in listed
    ]
    assert "wat bedoelt hij precies" == lq.open_study(study).codings(coder="anna")["memo"][0]
    diary = run("--study", study, "memo", "--export")
    assert diary.index("precies") < diary.index("mijn eigen rol") < diary.index("ruim opvatten")
    run(*memo, "--code", "werk", "--kind", "method", "--delete")
    assert 2 == len(rows(run("--study", study, "memo", "--format", "csv")))


def test_undo_and_redo_by_id(study, run):
    """Undoing takes the last operation back, undoing that brings it again; the log says what is in force."""
    coding = code_passage(study, "druk", "druk")
    undone = run("--study", study, "undo", "--coder", "anna").strip()
    assert lq.open_study(study).codings(coder="anna").empty
    log = {row["op"]: row["in_force"] for row in rows(run("--study", study, "log", "--format", "csv"))}
    assert ("false", "true") == (log[coding], log[undone])
    run("--study", study, "undo", undone[:30], "--coder", "anna")
    assert [coding] == lq.open_study(study).codings(coder="anna")["coding"].tolist()


def test_what_others_rest_on_is_not_undone(study, capsys):
    """A coding with a mark on it is not undone before the mark is; both are named."""
    coding = code_passage(study, "druk", "druk")
    mark = lq.mark(lq.open_study(study), coding, "typerend", coder="anna")
    capsys.readouterr()
    assert main(["--study", str(study), "undo", coding, "--coder", "anna"]) == 2
    assert mark in capsys.readouterr().err


def test_a_renamed_merged_and_moved_code_keeps_its_codings(study, run):
    """No coding is rewritten: its code is found under today's id and place."""
    code_passage(study, "druk", "druk")
    tree = ["--study", study, "codebook"]
    run(*tree, "rename", "druk", "werkdruk", "--coder", "anna")
    run(*tree, "move", "werkdruk", "werk", "--coder", "anna")
    assert "werk/werkdruk" == rows(run("--study", study, "codings", "--coder", "anna", "--format", "csv"))[0]["path"]
    run(*tree, "merge", "werkdruk", "werk", "--coder", "anna")
    assert "werk" == rows(run("--study", study, "codings", "--coder", "anna", "--format", "csv"))[0]["path"]
    run("--study", study, "undo", "--coder", "anna")
    assert ["werk", "werkdruk"] == [row["id"] for row in rows(run(*tree, "show", "--format", "csv"))]


def test_codes_move_together_in_one_step(study, run):
    """Several go under a parent at once, one below another of them stays below it, and one undo brings all back."""
    tree = ["--study", study, "codebook"]
    for code, above in (("loon", "."), ("premie", "loon"), ("uren", ".")):
        run(*tree, "add", code, code, "--parent", above, "--coder", "anna")

    def parents():
        return {row["id"]: row["parent"] for row in rows(run(*tree, "show", "--format", "csv"))}

    before = parents()
    run(*tree, "move", "loon,premie,uren", "werk", "--coder", "anna")
    assert parents() == before | {"loon": "werk", "uren": "werk"}
    run("--study", study, "undo", "--coder", "anna")
    assert parents() == before


def test_a_code_that_bears_codings_is_not_deleted(study, capsys):
    """Deleting is refused while anyone's codings sit on the code; its id is never used again."""
    coding = code_passage(study, "druk", "druk", coder="bert")
    delete = ["--study", str(study), "codebook", "delete", "druk", "--coder", "anna"]
    assert main(delete) == 2
    assert "1 by bert" in capsys.readouterr().err
    lq.uncode(lq.open_study(study), coding, coder="bert")
    assert main(delete) == 0
    capsys.readouterr()
    assert main(["--study", str(study), "codebook", "add", "druk", "Drukte", "--coder", "anna"]) == 2
    assert "used before" in capsys.readouterr().err


def test_a_frozen_tree_starts_another_study(study, tmp_path, run):
    """`init --from STUDY@NAME` copies the tree as it was frozen, without data."""
    run("--study", study, "codebook", "freeze", "versie-1", "--coder", "anna")
    run("--study", study, "codebook", "label", "druk", "Later anders", "--coder", "anna")
    run("init", tmp_path / "vervolg", "--from", f"{study}@versie-1", "--title", "Vervolg")
    other = lq.open_study(tmp_path / "vervolg").model
    assert ("Vervolg", "Drukte", 0) == (other.codebook.title, other.codebook.code("druk").label, len(other.states))


def test_an_edit_carries_codings_over_and_is_undone(study, tmp_path, run):
    """A corrected word moves what stands behind it, exactly; undo restores the text."""
    code_passage(study, "Nu is het druk", "druk")
    file = study / "transcripts" / "gesprek.txt"
    text = file.read_text(encoding="utf-8")
    (tmp_path / "beter.txt").write_text(text.replace("zwaar", "heel erg zwaar"), encoding="utf-8")
    run("--study", study, "edit", "gesprek", tmp_path / "beter.txt", "--coder", "anna")
    assert "R07: Het werk is heel erg zwaar." in file.read_text(encoding="utf-8")
    assert ["Nu is het druk"] == lq.open_study(study).codings(coder="anna")["quote"].tolist()
    run("--study", study, "undo", "--coder", "anna")
    assert text == file.read_text(encoding="utf-8")
    assert ["Nu is het druk"] == lq.open_study(study).codings(coder="anna")["quote"].tolist()


def test_done_is_said_once(study):
    """Reading a transcript to its end again changes nothing and returns the same id."""
    opened = lq.open_study(study)
    assert lq.done(opened, "gesprek", coder="anna") == lq.done(opened, "gesprek", coder="anna")


def test_the_coder_comes_from_the_environment(study, monkeypatch):
    """Without --coder, LDE_QUAL_CODER names whose journal is written."""
    monkeypatch.setenv("LDE_QUAL_CODER", "carla")
    lq.done(lq.open_study(study), "gesprek")
    assert (study / "codings" / "carla.jsonl").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    """--help of each command prints its usage."""
    with pytest.raises(SystemExit) as end:
        parser().parse_args([command, "--help"])
    assert 0 == end.value.code
    assert f"lde-qual {command}" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(lq.__all__))
def test_every_public_name_is_there(name):
    """Each name of the package resolves."""
    assert getattr(lq, name) is not None


def test_help_and_import_load_nothing_heavy():
    """`import lde_qual` and `--help` load no data or language library."""
    script = (
        "import sys, lde_qual, lde_qual.cli.main as main\n"
        "main.parser().format_help()\n"
        "print([name for name in ('spacy', 'pandas', 'numpy', 'sklearn', 'matplotlib') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert "[]" == found.stdout.strip()


def test_a_table_goes_where_its_ending_says(study, tmp_path, capsys):
    """No text is written under the name of an office document, nor into a folder that is not there."""
    for out, said in [("tabel.xlsx", "not written as .xlsx"), ("nergens/tabel.csv", "is not there")]:
        assert main(["--study", str(study), "frequency", "--out", str(tmp_path / out)]) == 2
        assert said in capsys.readouterr().err
        assert not (tmp_path / out).exists()


def test_formulas_are_defused_on_request(study, run, capsys):
    """Texts stand as they are in csv, unless an apostrophe before formulas is asked for."""
    code_passage(study, "werk is zwaar", "werk", memo="=1+1")
    assert rows(run("--study", study, "codings", "--format", "csv"))[0]["memo"] == "=1+1"
    assert rows(run("--study", study, "codings", "--format", "csv", "--defuse"))[0]["memo"] == "'=1+1"
    assert main(["--study", str(study), "codings", "--defuse"]) == 2
    assert "--format csv" in capsys.readouterr().err


def test_upward_of_a_folder_is_not_that_folder(study, monkeypatch, capsys):
    """Two points mean the folder above, which is no study here."""
    monkeypatch.chdir(study)
    assert main(["--study", "..", "frequency"]) == 2
    assert "is not a study" in capsys.readouterr().err


def test_offsets_of_a_table_are_offsets(study):
    """numpy's whole numbers code; what is no whole number or no text is refused by an error of ours."""
    opened = lq.open_study(study)
    place = {"transcript": "gesprek", "code": "werk", "coder": "anna"}
    assert lq.code(opened, start=np.int64(27), end=np.int64(31), **place)
    for wrong in ({"start": 3.0}, {"start": "27"}, {"memo": float("nan")}, {"end": None}):
        with pytest.raises(lq.LdeQualError):
            lq.code(opened, **{"start": 27, "end": 31, **place, **wrong})


def test_nobody_is_called_all(study):
    """`all` means everyone, so nobody writes under that name."""
    with pytest.raises(lq.LdeQualError, match="means everyone"):
        lq.done(lq.open_study(study), "gesprek", coder="all")
    with pytest.raises(lq.LdeQualError, match="codings of one"):
        lq.frequency(lq.open_study(study), coder="all")
    assert list(lq.codings(lq.open_study(study), coder="all")["coder"]) == []


def test_tables_say_what_a_row_is(study):
    """Lists carry unit and coder like the views; codes may be given as a,b."""
    opened = lq.open_study(study)
    lq.memo(opened, "Zwaar woord.", code="werk", coder="anna")
    assert lq.memo(opened).attrs == {"unit": "memo", "coder": "anna"}
    tree = lq.codebook_show(opened, codes="werk,druk")
    assert (list(tree["id"]), tree.attrs["unit"]) == (["werk", "druk"], "code")


def test_a_tex_table_declares_its_columns(study, run):
    """Every column of the header is declared, also where there is no row."""
    for command in ("codings", "codebook show"):
        first, _, header = run("--study", study, *command.split(), "--format", "tex").splitlines()[:3]
        assert first == f"\\begin{{tabular}}{{{'l' * (header.count('&') + 1)}}}"


@pytest.mark.parametrize("since", ["2026", "2026-03", "2026-02-28", "2026-03-01T14", "2026-03-01T14:30Z"])
def test_the_log_since_a_date(study, since):
    """A date may be as short as a year."""
    assert lq.log(lq.open_study(study), since=since).attrs["unit"] == "operation"


@pytest.mark.parametrize("since", ["2026-13-01", "2026-02-30", "gisteren", "2026-03-01T25:00"])
def test_a_date_that_no_calendar_has_is_refused(study, since):
    """A date that does not exist is no empty log."""
    with pytest.raises(lq.LdeQualError, match="is no date"):
        lq.log(lq.open_study(study), since=since)
