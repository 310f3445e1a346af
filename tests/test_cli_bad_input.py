"""Bad input: a clear error with the value, the place and the way out; exit code 2; the study untouched."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from studies import make_study

from lde_qual.cli.main import main

CODEBOOK = """\
title: Fout
main_coder: anna
roles: {a: A}
dimensions:
  richting: [voor, tegen]
codes:
  - {id: werk, label: Werk}
  - {id: thuis, label: Thuis}
"""
RESPONDENTS = "respondent,role,organisation,transcript\nR01,a,Oost,t1\nR02,,West,t2\n"
TRANSCRIPTS = {
    "t1": "I: Vertel eens.\nR01: Ik werk in een café met Zoë.\n",
    "t2": "---\nwave: 1\n---\nI: En u?\nR02: Thuis is het druk.\n",
}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return make_study(tmp_path, codebook=CODEBOOK, respondents=RESPONDENTS, transcripts=TRANSCRIPTS)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a study but the lock and what is made anew when it is needed."""
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        str(name): path.read_bytes()
        for name, path in files.items()
        if name.name != ".lock" and name.parts[0] != ".lde_qual"
    }


def rewrite(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def table(text: str) -> Callable[[Path], None]:
    return lambda folder: (folder.parent / "in.csv").write_text(text, encoding="utf-8") and None


COUNT = ["frequency", "--by", "role"]
IMPORT = ["import-codings", "../in.csv"]
HEAD = "transcript,start,end,code,quote\n"
CASES = {
    "no codebook": (lambda folder: (folder / "codebook.yaml").unlink(), COUNT, ["codebook.yaml", "lde-qual init"]),
    "unknown label": (
        rewrite("transcripts/t2.txt", "R02:", "R09:"),
        COUNT,
        ["transcripts/t2.txt, line 5", "R09", "respondents.csv", "space"],
    ),
    "duplicate key": (rewrite("codebook.yaml", "title: Fout", "title: Fout\ntitle: Weer"), COUNT, ["line 2", "title"]),
    "alias": (
        rewrite("codebook.yaml", "main_coder: anna", "main_coder: &x anna\nlanguage: *x"),
        COUNT,
        ["codebook.yaml, line 2"],
    ),
    "tab": (rewrite("codebook.yaml", "  richting", "\trichting"), COUNT, ["codebook.yaml, line 5", "tab"]),
    "unknown key": (rewrite("codebook.yaml", "main_coder", "main_codr"), COUNT, ["line 2", "main_codr", "main_coder"]),
    "contract column as dimension": (rewrite("codebook.yaml", "richting:", "quote:"), COUNT, ["quote", "line 5"]),
    "respondent twice": (
        rewrite("transcripts/respondents.csv", "R02,,West,t2", "R01,,West,t2"),
        COUNT,
        ["respondents.csv, line 3", "R01"],
    ),
    "unknown code": (table(HEAD + "t1,21,28,wrk,\n"), IMPORT, ["in.csv, line 2", "'wrk'", "Did you mean 'werk'?"]),
    "span outside the text": (table(HEAD + "t1,21,99999,werk,\n"), IMPORT, ["in.csv, line 2", "21-99999", "0 to"]),
    "empty span": (table(HEAD + "t1,21,21,werk,\n"), IMPORT, ["in.csv, line 2", "21-21"]),
    "quote not there": (table(HEAD + "t1,21,28,werk,Ik speel\n"), IMPORT, ["in.csv, line 2", "Ik speel", "Ik werk"]),
    "nobody's speech": (table(HEAD + "t1,16,20,werk,\n"), IMPORT, ["in.csv, line 2", "speech"]),
    "unknown transcript": (table(HEAD + "t9,0,4,werk,\n"), IMPORT, ["in.csv, line 2", "'t9'"]),
    "unknown value": (
        table("transcript,start,end,code,richting\nt1,21,28,werk,vor\n"),
        IMPORT,
        ["in.csv, line 2", "'vor'", "voor"],
    ),
    "unknown column": (table("transcript,start,end,code,kleur\nt1,21,28,werk,x\n"), IMPORT, ["in.csv", "kleur"]),
    "all or nothing": (table(HEAD + "t1,21,28,werk,\nt1,21,28,zzz,\n"), IMPORT, ["in.csv, line 3", "zzz"]),
    "no such file": (lambda _: None, ["import-codings", "../nergens.csv"], ["nergens.csv"]),
    "unknown attribute": (lambda _: None, ["frequency", "--by", "rol"], ["'rol'", "Did you mean 'role'?"]),
    "code against code": (lambda _: None, ["matrix", "--rows", "code", "--cols", "code"], ["cooccurrence"]),
    "within without near": (lambda _: None, ["cooccurrence", "--within", "2"], ["--within", "near"]),
    "odd coder": (lambda _: None, ["done", "t1", "--coder", "Anna B"], ["'Anna B'", "a-z"]),
    "nothing to undo": (lambda _: None, ["undo"], ["nothing", "anna"]),
    "label that is no text": (lambda _: None, ["codebook", "add", "nieuw", "x\udcff"], ["half a sign"]),
    "transcript that is no text": (lambda _: None, ["done", "t\udcff"], ["t\\udcff"]),
    "memo about nothing": (lambda _: None, ["memo", "tekst"], ["--coding", "--study"]),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_with_a_way_out(case, study, capsys, monkeypatch):
    """Exit 2, a message that says what and where, nothing on stdout, and no byte of the study changed."""
    spoil, command, said = CASES[case]
    spoil(study)
    before = content(study)
    monkeypatch.chdir(study)
    assert main(["--study", str(study), *command]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("lde-qual: ") or "\nlde-qual: " in err
    for fragment in said:
        assert fragment in err
    assert before == content(study)


@pytest.mark.parametrize(("value", "read"), [("no", "no"), ("12:30", "12:30"), ("012", "012"), ("on", "on")])
def test_yaml_scalars_are_read_as_they_stand(study, capsys, value, read):
    """`no` is no boolean and `12:30` no number: a label is the text that was written."""
    rewrite("codebook.yaml", "label: Werk", f"label: {value}")(study)
    assert main(["--study", str(study), "codebook", "show", "--format", "csv"]) == 0
    assert f"werk,NA,{read}," in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read_right_and_said(study, capsys, encoding):
    """A transcript in cp1252 or UTF-16 is read correctly, and views say what was assumed."""
    path = study / "transcripts" / "t1.txt"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    start = text.index("Zoë")
    (study.parent / "in.csv").write_text(f"{HEAD}t1,{start},{start + 3},werk,Zoë\n", encoding="utf-8")
    assert main(["--study", str(study), "import-codings", str(study.parent / "in.csv")]) == 0
    capsys.readouterr()
    assert main(["--study", str(study), "codings", "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert ",Zoë," in out
    if encoding in {"cp1252", "utf-16-le"}:
        assert "t1.txt" in err


def test_a_respondent_without_a_role_is_a_warning_and_counts_under_none(study, capsys):
    """`check` warns and exits 0; tables have a group (none)."""
    assert main(["--study", str(study), "check", "--format", "csv"]) == 0
    assert "R02" in next(line for line in capsys.readouterr().out.splitlines() if "role" in line)
    assert main(["--study", str(study), "frequency", "--by", "role", "--format", "csv"]) == 0
    assert "(none)" in capsys.readouterr().out


def test_a_flipped_bit_is_an_error_of_check_and_views_go_on(study, capsys):
    """A damaged line is left out of every count; check names file and line and exits 1."""
    for transcript in ("t1", "t2"):
        assert main(["--study", str(study), "done", transcript]) == 0
    journal = study / "codings" / "anna.jsonl"
    data = bytearray(journal.read_bytes())
    data[data.index(b"t1")] ^= 1
    journal.write_bytes(bytes(data))
    capsys.readouterr()
    assert main(["--study", str(study), "check", "--format", "csv"]) == 1
    assert "error,codings/anna.jsonl,1," in capsys.readouterr().out
    assert main(["--study", str(study), "frequency"]) == 0
    assert "damaged" in capsys.readouterr().err


def test_a_view_says_what_the_codebook_does_not_show_yet(study, capsys):
    """Where a journal's line never reached the file, every command that opens the study says so, with the way out."""
    before = (study / "codebook.yaml").read_bytes()
    assert main(["--study", str(study), "codebook", "label", "werk", "Baan"]) == 0
    (study / "codebook.yaml").write_bytes(before)
    capsys.readouterr()
    assert main(["--study", str(study), "frequency"]) == 0
    assert "check --repair" in capsys.readouterr().err


def test_undo_over_a_hand_edited_codebook_names_file_and_line(study, capsys):
    """What people changed in the lines of a codebook operation is not written over by its undo."""
    assert main(["--study", str(study), "codebook", "label", "werk", "Baan"]) == 0
    rewrite("codebook.yaml", "Baan", "Werkplek")(study)
    before = content(study)
    assert main(["--study", str(study), "undo"]) == 2
    assert "codebook.yaml, line 5" in capsys.readouterr().err
    assert content(study) == before


def test_a_full_disk_is_said_and_nothing_is_lost(study, capsys, monkeypatch):
    """Where the disk takes no more, the error names the folder and the journal is as it was."""
    assert main(["--study", str(study), "done", "t1"]) == 0
    before = content(study)

    def full(_handle: int, _data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("lde_qual.store.disk.os.write", full)
    capsys.readouterr()
    assert main(["--study", str(study), "done", "t2"]) == 2
    assert "full" in capsys.readouterr().err
    assert before == content(study)


def test_a_read_only_folder_opens_for_reading(study, capsys):
    """Every view works in a folder that nobody may write in; a write is refused with the reason."""
    for path in [study, *study.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        if os.access(study, os.W_OK):
            pytest.skip("this user may write everywhere")
        assert main(["--study", str(study), "frequency"]) == 0
        assert main(["--study", str(study), "done", "t1"]) == 2
        assert "read-only" in capsys.readouterr().err
    finally:
        for path in [study, *study.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_the_nearest_folder_upward_is_the_study(study, capsys, monkeypatch):
    """Without --study, a command run inside the study finds it; outside it says how to make one."""
    monkeypatch.chdir(study / "transcripts")
    assert main(["codebook", "show", "--format", "csv"]) == 0
    outside = study.parent / "elders"
    outside.mkdir()
    monkeypatch.chdir(outside)
    assert main(["codebook", "show"]) == 2
    assert "init" in capsys.readouterr().err


def test_a_study_moves_and_needs_no_git(study, tmp_path, capsys):
    """A copied folder gives the same table; nothing in it knows where it was."""
    assert main(["--study", str(study), "done", "t1"]) == 0
    capsys.readouterr()
    assert main(["--study", str(study), "log", "--format", "csv"]) == 0
    first = capsys.readouterr().out
    copy = tmp_path / "één map met spaties"
    shutil.copytree(study, copy)
    assert main(["--study", str(copy), "log", "--format", "csv"]) == 0
    assert first == capsys.readouterr().out
