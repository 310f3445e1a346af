"""From a folder to a study: every file read, no fault hiding another."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from studies import CODEBOOK, RESPONDENTS, TRANSCRIPTS, make_study

from lde_qual.errors import LdeQualError, StudyError
from lde_qual.store.folder import find_study, open_folder, read_folder


def test_find_study(tmp_path: Path) -> None:
    """The study is the nearest folder upward that holds a codebook.yaml; without one the way out is named."""
    folder = make_study(tmp_path)
    assert find_study(folder / "transcripts") == folder == find_study(folder)
    with pytest.raises(StudyError, match="lde-qual init"):
        find_study(tmp_path)
    with pytest.raises(StudyError, match="lde-qual init"):
        read_folder(tmp_path)


def test_a_whole_study(tmp_path: Path) -> None:
    """All files of a study come in, with the hash of each, and nothing to remark."""
    folder = make_study(tmp_path, leidraad="guides:\n- {id: g, label: G, questions: [{id: V1, text: Hoe?}]}\n")
    loaded = open_folder(folder)
    assert loaded.study.codebook.title == "Kleine studie"
    assert list(loaded.study.respondents) == ["R01", "R02", "R03"]
    assert {name: item.speakers() for name, item in loaded.study.transcripts.items()} == {
        "gesprek één": ["R01", "R02"],
        "interview-02": ["R03"],
    }
    assert loaded.study.transcripts["gesprek één"].attributes == {"date": "2024-03-01"}
    assert loaded.study.leidraad is not None
    assert (loaded.problems, loaded.notices, loaded.read_only) == ([], [], "")
    assert loaded.file_hashes["codebook.yaml"] == hashlib.sha256(CODEBOOK.encode()).hexdigest()
    assert len(loaded.file_hashes) == 5


def test_a_codebook_alone_is_a_study(tmp_path: Path) -> None:
    """A study may have no transcripts and no respondents yet."""
    loaded = open_folder(make_study(tmp_path, respondents=None, transcripts={}))
    assert (loaded.study.transcripts, loaded.study.respondents, loaded.problems) == ({}, {}, [])


@pytest.mark.parametrize(
    ("encoding", "said"), [("cp1252", "cp1252"), ("utf-16-le", "UTF-16"), ("utf-8-sig", ""), ("utf-16", "")]
)
def test_other_encodings_are_read_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    """A transcript in another encoding is read rightly, and what was assumed is said with its file."""
    folder = make_study(tmp_path)
    text = TRANSCRIPTS["interview-02"].replace("begeleider", "begeleidér")
    (folder / "transcripts" / "interview-02.txt").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    loaded = open_folder(folder)
    assert loaded.study.transcripts["interview-02"].text == text
    assert [said in notice and "interview-02.txt" in notice for notice in loaded.notices] == ([True] if said else [])


@pytest.mark.parametrize(
    ("file", "content", "line", "words"),
    [
        ("codebook.yaml", "title: x\ntitle: y\ncodes: []\n", 2, "title"),
        ("transcripts/respondents.csv", RESPONDENTS + "R01,vdab,X,,\n", 5, "R01"),
        ("transcripts/interview-02.txt", "I: Ja?\nOnbekend: Ja.\n", 2, "Onbekend"),
        ("transcripts/transcripts.csv", "transcript,kind\ninterview-02,praatje\n", 2, "praatje"),
        ("leidraad.yaml", "guides: &a\n", 1, ""),
    ],
)
def test_a_fault_has_its_file_and_line(tmp_path: Path, file: str, content: str, line: int, words: str) -> None:
    """A broken file is a fatal problem with file and line, raised on opening; the other files are still read."""
    folder = make_study(tmp_path)
    (folder / file).write_text(content, encoding="utf-8")
    loaded = read_folder(folder)
    assert [(problem.level, problem.file, problem.line, problem.fatal) for problem in loaded.problems] == [
        ("error", file, line, True)
    ]
    assert words in loaded.problems[0].what
    with pytest.raises(LdeQualError, match=f"{file}, line {line}"):
        open_folder(folder)
    assert loaded.study.codebook.title or loaded.study.transcripts


def test_no_fault_hides_another(tmp_path: Path) -> None:
    """Two broken files are two problems, and one that is no text is the third."""
    folder = make_study(tmp_path, codebook="titel: x\n")
    (folder / "transcripts" / "interview-02.txt").write_text("Wie: Ja.\n", encoding="utf-8")
    (folder / "transcripts" / "plaatje.txt").write_bytes(b"PK\x03\x04\0\0\0")
    files = [problem.file for problem in read_folder(folder).problems]
    assert files == ["codebook.yaml", "transcripts/interview-02.txt", "transcripts/plaatje.txt"]


def test_names_are_composed(tmp_path: Path) -> None:
    """A file name with decomposed accents, as some systems store it, names the same transcript; two spellings clash."""
    folder = make_study(tmp_path)
    path = folder / "transcripts" / "gesprek één.txt"
    other = path.with_name(unicodedata.normalize("NFD", path.name))
    path.rename(other)
    assert "gesprek één" in open_folder(folder).study.transcripts
    path.write_bytes(other.read_bytes())
    if len(list((folder / "transcripts").glob("*.txt"))) == 3:
        assert "two spellings" in read_folder(folder).problems[0].what


def test_what_is_no_part_of_the_study_is_left_alone(tmp_path: Path) -> None:
    """Hidden files, other tables and folders in the study are not read."""
    folder = make_study(tmp_path)
    (folder / "transcripts" / ".~lock.txt").write_bytes(b"\xff\x00")
    (folder / "transcripts" / "oud.docx").write_bytes(b"PK")
    (folder / "codings").mkdir()
    (folder / "codings" / ".anna.jsonl").write_bytes(b"x")
    (folder / "codings" / "anna.jsonl.bak").write_bytes(b"x")
    loaded = open_folder(folder)
    assert (loaded.problems, len(loaded.study.transcripts), loaded.study.states) == ([], 2, {})
