"""New studies and new interviews: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from studies import RESPONDENTS
from studies import make_study as small_study

from lde_qual.errors import LdeQualError, RefusedError, TranscriptError, WriteError
from lde_qual.model.respondent import Respondent
from lde_qual.store.checking import check
from lde_qual.store.folder import open_folder, read_folder
from lde_qual.store.new_study import make_study
from lde_qual.store.study_store import StudyStore

CODEBOOK = "title: Nieuw\ncodes: []\n"
NEW = Respondent("R04", {"role": "vdab", "organisation": "X", "function": ""}, ("nieuw",))


@pytest.mark.parametrize("asked", [0, 1])
def test_a_new_study_opens(tmp_path: Path, asked: int) -> None:
    """A new study is sound, and keeps what people said out of git unless asked."""
    folder = make_study(tmp_path / "op één" / "studie", codebook=CODEBOOK, track_text=bool(asked))
    assert check(read_folder(folder)) == []
    ignored = (folder / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ("transcripts/" in ignored) is ("codings/" in ignored) is not bool(asked)
    assert {"/results/", ".lde_qual/", "codings/.lock"} <= set(ignored)


def test_a_folder_that_holds_anything_is_refused(tmp_path: Path) -> None:
    """A folder with a file in it, or a file, is never made into a study."""
    (tmp_path / "x").write_text("x")
    for target in (tmp_path, tmp_path / "x"):
        with pytest.raises(RefusedError):
            make_study(target, codebook=CODEBOOK)
    with pytest.raises(LdeQualError):
        make_study(tmp_path / "nieuw", codebook="titel: x\n")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_study_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails half way, no part of the new study is left."""
    calls = []

    def fail(_handle: int) -> None:
        calls.append(1)
        if len(calls) == 4:
            raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WriteError, match="full"):
        make_study(tmp_path / "a" / "b", codebook=CODEBOOK)
    assert list(tmp_path.iterdir()) == []


def test_interviews_come_in_with_their_people(tmp_path: Path) -> None:
    """New transcripts and respondents are written together and show at once."""
    store = StudyStore(small_study(tmp_path))
    people = [*store.study.respondents.values(), NEW]
    files = store.write_interviews({"nieuw": "I: Hoe?\r\nR04: Zó.\r\n"}, people)
    assert files == ["transcripts/nieuw.txt", "transcripts/respondents.csv"]
    assert store.study.transcripts["nieuw"].speakers() == ["R04"]
    assert open_folder(store.path).study.respondents["R04"].organisation == "X"
    store.write_interviews({"zonder mensen": "Een notitie.\n"})


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("interview-02", "R03: Ja.\n", RefusedError),
        ("Interview-02", "R03: Ja.\n", RefusedError),
        ("nieuw", "Wie: Ja.\n", TranscriptError),
        ("../nieuw", "R03: Ja.\n", TranscriptError),
        ("a:b", "R03: Ja.\n", TranscriptError),
        ("", "R03: Ja.\n", TranscriptError),
        (".x", "R03: Ja.\n", TranscriptError),
    ],
)
def test_refused_interviews_change_nothing(tmp_path: Path, name: str, text: str, error: type[Exception]) -> None:
    """A name that is taken or no name, or a text that cannot be read, leaves the folder as it was."""
    store = StudyStore(small_study(tmp_path))
    before = open_folder(store.path).file_hashes
    with pytest.raises(error):
        store.write_interviews({"eerst": "R03: Ja.\n", name: text}, [*store.study.respondents.values(), NEW])
    assert open_folder(store.path).file_hashes == before


def test_a_disk_that_fails_between_two_interviews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second file cannot be written, the first one is taken away again."""
    store = StudyStore(small_study(tmp_path))
    before = open_folder(store.path).file_hashes
    write = os.write

    def fail(handle: int, data: bytes) -> int:
        if b"twee" in bytes(data):
            raise OSError(28, "full")
        return write(handle, data)

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(WriteError, match="full"):
        store.write_interviews({"een": "R03: een.\n", "nog": "R03: twee.\n"})
    assert open_folder(store.path).file_hashes == before
    assert (store.path / "transcripts" / "respondents.csv").read_text(encoding="utf-8") == RESPONDENTS
