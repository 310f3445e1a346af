"""What `check` tells: each thing with its level, its file and the way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from studies import CODEBOOK, RESPONDENTS, TRANSCRIPTS, make_study

from lde_qual.errors import StudyError
from lde_qual.model.rules import coding_body
from lde_qual.store.checking import check
from lde_qual.store.folder import open_folder, read_folder
from lde_qual.store.study_store import StudyStore

CODER = "onderzoeker"
LEIDRAAD = """\
guides:
  - id: g
    label: G
    roles: [vdab, baas]
    questions:
      - {id: V1, text: Hoe?, codes: [instroom, weg]}
"""


def coded(folder: Path) -> list[str]:
    """Code one passage in each transcript, and return their ids."""
    store = StudyStore(folder)
    return [
        store.write(CODER, "code", coding_body(store.study, transcript=name, start=start, end=end, code="mobiliteit"))
        for name, start, end in (("gesprek één", 120, 140), ("interview-02", 25, 40))
    ]


def said(folder: Path) -> list[tuple[str, str]]:
    """Return level and sentence of everything that check tells."""
    return [(problem.level, problem.what) for problem in check(read_folder(folder))]


def test_nothing_to_say(tmp_path: Path) -> None:
    """A sound study with codings has no problems."""
    folder = make_study(tmp_path)
    coded(folder)
    assert said(folder) == []


def test_a_main_coder_without_a_journal(tmp_path: Path) -> None:
    """A main coder that nobody is, is told."""
    assert said(make_study(tmp_path)) == [("warning", "The main coder 'onderzoeker' has no journal.")]


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"respondents": RESPONDENTS.replace("R02,management", "R02,")}, "warning", "R02 has no role"),
        ({"respondents": RESPONDENTS.replace("R02,management", "R02,baas")}, "warning", "Role 'baas'"),
        ({"respondents": RESPONDENTS + "R09,vdab,X,,\n"}, "warning", "R09 speaks in no transcript"),
        ({"respondents": RESPONDENTS.replace("interview-02", "weg")}, "warning", "Transcript 'weg' of respondent R03"),
        ({"respondents": RESPONDENTS.replace("interview-02", "weg")}, "warning", "which their row does not name"),
        (
            {"respondents": RESPONDENTS.replace("interview-02", "interview-02;gesprek één")},
            "warning",
            "no label there is theirs",
        ),
        ({"respondents": RESPONDENTS.replace(",function", ",richting")}, "error", "'richting' is an attribute here"),
        (
            {"respondents": RESPONDENTS.replace(",function", ",date")},
            "warning",
            "'date' is an attribute of respondents",
        ),
        ({"codebook": CODEBOOK + 'citation: "({naam})"\n'}, "warning", "names {naam}"),
        ({"codebook": CODEBOOK + 'public: "({kind})"\n'}, "warning", "names {kind}"),
        ({"codebook": CODEBOOK + 'public: "({turn})"\n'}, "warning", "names {turn}"),
        ({"transcripts": {**TRANSCRIPTS, "x": "I: Hoe?\nR03: Ja.\nR03:nee\n"}}, "warning", "R03"),
        ({"transcripts": {**TRANSCRIPTS, "x": "Geen labels.\n"}}, "warning", "No respondent speaks"),
        ({"leidraad": LEIDRAAD}, "warning", "code 'weg'"),
        ({"leidraad": LEIDRAAD}, "warning", "role 'baas'"),
        ({"leidraad": LEIDRAAD}, "warning", "nobody counts as asked"),
        (
            {"leidraad": LEIDRAAD, "transcripts": {"x": "---\nguide: h\n---\nI [V9]: Hoe?\nR03: Ja.\n"}},
            "warning",
            "Question V9",
        ),
        (
            {"leidraad": LEIDRAAD, "transcripts": {"x": "---\nguide: h\n---\nI: Hoe?\nR03: Ja.\n"}},
            "warning",
            "Guide 'h'",
        ),
    ],
)
def test_texts(tmp_path: Path, changes: dict[str, Any], level: str, words: str) -> None:
    """What does not fit together in tables, codebook, guides and labels is told, and stops nothing."""
    found = said(make_study(tmp_path, **changes))
    assert any(found_level == level and words in what for found_level, what in found), found


def test_the_table_of_transcripts(tmp_path: Path) -> None:
    """A row without a file, and a value that the front matter contradicts, are told."""
    folder = make_study(tmp_path)
    rows = "transcript,date\ngesprek één,2024-04-01\nweg,2024-04-01\n"
    (folder / "transcripts" / "transcripts.csv").write_text(rows, encoding="utf-8")
    found = " ".join(what for _, what in said(folder))
    assert "'gesprek één' has date '2024-04-01' here and '2024-03-01'" in found
    assert "Transcript 'weg' is not in the study" in found


def test_codings_that_no_view_counts_are_errors(tmp_path: Path) -> None:
    """A coding whose passage, code or transcript is gone is an error with the way out; one found again is a warning."""
    folder = make_study(tmp_path)
    coded(folder)
    one, two = folder / "transcripts" / "gesprek één.txt", folder / "transcripts" / "interview-02.txt"
    one.write_text(TRANSCRIPTS["gesprek één"].replace("I: Hoe", "I: Nou, hoe"), encoding="utf-8")
    two.write_text("R03: Iets heel anders.\n", encoding="utf-8")
    found = check(read_folder(folder))
    assert [(problem.level, problem.line) for problem in found] == [("error", None), ("warning", 6)]
    assert "needs a look" in found[0].what
    assert "found again by its quote" in found[1].what
    two.unlink()
    (folder / "codebook.yaml").write_text(CODEBOOK.partition("  - id: mobiliteit")[0], encoding="utf-8")
    whats = [what for level, what in said(folder) if level == "error"]
    assert sum("its transcript is gone" in what for what in whats) == 1
    assert sum("code 'mobiliteit', which is not in the codebook" in what for what in whats) == 2


def test_twins_and_operations_without_effect(tmp_path: Path) -> None:
    """Two codings that came to be the same, and operations that changed nothing, are told."""
    folder = make_study(tmp_path)
    store = StudyStore(folder)
    for code in ("instroom", "screening"):
        body = coding_body(store.study, transcript="gesprek één", start=120, end=140, code=code)
        store.write(CODER, "code", body)
    merged = CODEBOOK.replace("formerly: selectie", "formerly: [selectie, instroom-vdab]").replace(
        "      - id: instroom-vdab\n        label: Instroom via VDAB\n", ""
    )
    (folder / "codebook.yaml").write_text(
        merged.replace("instroom\n", "aanloop\n").replace("instroom-vdab", "instroom")
    )
    assert any("are of the same passage and code" in what for _, what in said(folder))


def test_a_checked_warning_is_silent(tmp_path: Path) -> None:
    """An entry of `checked:` silences the warning that it names, with or without a reason, and never an error."""
    respondents = RESPONDENTS.replace("R02,management", "R02,")
    entry = 'checked: ["R02 has no role – twee keer gevraagd", "The main coder"]\n'
    folder = make_study(tmp_path, codebook=CODEBOOK + entry, respondents=respondents)
    assert said(folder) == []
    (folder / "transcripts" / "x.txt").write_text("Wie: ja\n", encoding="utf-8")
    assert [level for level, _ in said(folder)] == ["error"]


def test_cloud_folders_and_other_encodings(tmp_path: Path) -> None:
    """A cloud folder is a warning; how a text was stored is a notice."""
    cloud = tmp_path / "OneDrive - UGent"
    cloud.mkdir()
    folder = make_study(cloud)
    text = TRANSCRIPTS["interview-02"]
    (folder / "transcripts" / "interview-02.txt").write_bytes(text.replace("\n", "\r\n").encode())
    (folder / "transcripts" / "gesprek één.txt").write_bytes("R01: één\n".encode("cp1252"))
    found = said(folder)
    assert any(level == "warning" and "cloud folder" in what for level, what in found)
    assert [level for level, _ in found][-2:] == ["notice", "notice"]
    assert any("cp1252" in what for _, what in found)


def test_a_folder_among_the_journals_is_named(tmp_path):
    """A folder with the name of a journal is an error that says to move it."""
    folder = make_study(tmp_path)
    (folder / "codings" / "x.jsonl").mkdir(parents=True)
    with pytest.raises(StudyError, match=r"x\.jsonl.*A journal is a file: move this folder elsewhere"):
        open_folder(folder)
