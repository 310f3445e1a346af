"""Transcripts as Word documents, read back: the text sign by sign, every coding one comment."""

from __future__ import annotations

import io
import shutil
import zipfile
from contextlib import chdir
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import make_study

import lde_qual as lq
from lde_qual.cli.main import main
from lde_qual.formats.codebook import parse_codebook
from lde_qual.model.span import Span
from lde_qual.model.study import Study
from lde_qual.model.transcript import Transcript
from lde_qual.reporting.transcript_document import STYLE, Remark, transcript_document

ROOT = Path(__file__).parent.parent


def text_of(document):
    return "\n".join(each.text for each in document.paragraphs if each.style.name == STYLE)


def commented(document):
    """Return the text under each comment by its id, lines joined by LF."""
    found, open_now = {}, set()
    for paragraph in document.element.body.iter(qn("w:p")):
        for each in open_now:
            found[each] += "\n"
        for node in paragraph.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:t"), qn("w:tab")):
            if node.tag == qn("w:commentRangeStart"):
                open_now.add(int(node.get(qn("w:id"))))
                found[int(node.get(qn("w:id")))] = ""
            elif node.tag == qn("w:commentRangeEnd"):
                open_now.remove(int(node.get(qn("w:id"))))
            else:
                for each in open_now:
                    found[each] += node.text if node.tag == qn("w:t") else "\t"
    assert not open_now
    return found


def read(path):
    document = Document(str(path))
    under = commented(document)
    assert set(under) == {each.comment_id for each in document.comments}
    return document, [(each, under[each.comment_id]) for each in document.comments]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Three of the interviews: two people at once, many memos, the most codings."""
    folder, study = tmp_path_factory.mktemp("export"), lq.open_study(ROOT)
    for name in ("interview-01", "interview-06", "interview-13"):
        lq.export(study, "docx", folder / f"{name}.docx", transcript=name)
    return {path.stem: read(path) for path in sorted(folder.iterdir())}


def test_the_text_of_the_demo_study_stands_sign_by_sign(demo):
    """Each file holds its transcript and nothing of it is lost or added."""
    transcripts = lq.open_study(ROOT).model.transcripts
    for name, (document, _) in demo.items():
        assert transcripts[name].text == text_of(document)


def test_every_coding_of_the_demo_study_is_one_comment(demo):
    """A comment for each coding, over its passage, by its coder, with its code, memo and time."""
    study = lq.open_study(ROOT)
    table = lq.codings(study).astype(object)
    table = table[table["transcript"].isin(demo)]
    found = []
    for name, (_, comments) in demo.items():
        for comment, under in comments:
            when = comment.timestamp.strftime("%Y-%m-%dT%H:%M:%S")
            found.append((name, under.strip(), comment.author, when, comment.text.split("\n")[0]))
    label = {code: study.model.codebook.code(code).label for code in study.model.codebook.ids()}
    rows = table.to_dict("records")
    wanted = [(r["transcript"], r["quote"].strip(), r["coder"], r["created"][:19], label[r["code"]]) for r in rows]
    assert sorted(wanted) == sorted(found)
    assert len(found) > 100
    every = "\n".join(comment.text for _, comments in demo.values() for comment, _ in comments)
    assert all(row["memo"] in every for row in rows if isinstance(row["memo"], str))


def test_the_same_folder_gives_the_same_bytes(tmp_path):
    """No time of making is in it, and writing the same again is no fault."""
    study = lq.open_study(ROOT)
    for name in ("een.docx", "twee.docx", "een.docx"):
        lq.export(study, "docx", tmp_path / name, transcript="interview-03")
    assert (tmp_path / "een.docx").read_bytes() == (tmp_path / "twee.docx").read_bytes()


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.delenv("LDE_QUAL_CODER", raising=False)
    return lq.open_study(make_study(tmp_path))


def code(study, quote, code, transcript="gesprek één", **how):
    start = study.model.transcripts[transcript].text.index(quote)
    return study.code(transcript=transcript, start=start, end=start + len(quote), code=code, **how)


def test_a_comment_says_what_the_journal_holds(study, tmp_path):
    """Label, place in the tree, values, mark and memos of every kind, in the language asked for."""
    quote = "Dat duurt lang.\nR02: Bij ons komt niemand"
    made = code(study, quote, "selectie", richting="belemmerend", memo="eerste\ntweede", mark="tegenstem")
    lq.memo(study, "hoe ik het las", coding=made, kind="reflection")
    lq.memo(study, "over dit gesprek", transcript="gesprek één")
    lq.export(study, "docx", tmp_path / "een.docx", transcript="gesprek één", lang="en")
    document, [(comment, under)] = read(tmp_path / "een.docx")
    assert under == quote
    said = ["Screening", "Instroom", "richting: belemmerend", "marked as a counter-voice", "Memo: eerste", "tweede"]
    assert [*said, "Reflection: hoe ik het las"] == comment.text.split("\n")
    assert (comment.author, comment.initials) == ("onderzoeker", "O")
    assert any("over dit gesprek" in each.text for each in document.paragraphs)


def test_everyones_codings_stand_in_one_document_when_asked(study, tmp_path):
    """Each comment bears its own coder; without it only the main coder's stand there."""
    code(study, "wachten ze", "mobiliteit")
    code(study, "wachten ze", "mobiliteit", coder="bram-2")
    lq.export(study, "docx", tmp_path / "allen.docx", transcript="gesprek één", coder="all")
    lq.export(study, "docx", tmp_path / "een.docx", transcript="gesprek één")
    assert ["bram-2", "onderzoeker"] == sorted(each.author for each, _ in read(tmp_path / "allen.docx")[1])
    assert ["onderzoeker"] == [each.author for each, _ in read(tmp_path / "een.docx")[1]]


def test_only_the_codes_asked_for_with_what_is_below_them(study, tmp_path):
    """A code takes what is below it, and an unknown one is refused."""
    code(study, "wachten ze", "mobiliteit")
    code(study, "een screening", "screening")
    lq.export(study, "docx", tmp_path / "een.docx", transcript="gesprek één", codes="instroom")
    assert ["een screening"] == [under for _, under in read(tmp_path / "een.docx")[1]]
    with pytest.raises(lq.LdeQualError, match="instrom"):
        lq.export(study, "docx", tmp_path / "twee.docx", transcript="gesprek één", codes="instrom")
    assert not (tmp_path / "twee.docx").exists()


def test_the_coarser_form_names_nobody_by_place(study, tmp_path):
    """With --public who speaks is named as the codebook's coarser form has it."""
    lq.export(study, "docx", tmp_path / "een.docx", transcript="gesprek één", public=True)
    said = "\n".join(each.text for each in Document(str(tmp_path / "een.docx")).paragraphs)
    assert "Maatwerk Zuid" not in said
    assert "VDAB-medewerker" in said


def test_a_passage_that_is_no_longer_there_is_listed_and_not_lost(study, tmp_path):
    """A coding that needs a look hangs nowhere; it stands behind the text with its words."""
    code(study, "een screening", "screening")
    file = study.folder / "transcripts" / "gesprek één.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("een screening", "een gesprek"), encoding="utf-8")
    result = lq.export(lq.open_study(study.folder), "docx", tmp_path / "een.docx", transcript="gesprek één")
    document, comments = read(tmp_path / "een.docx")
    assert not comments
    assert any("een screening" in each.text and "Screening" in each.text for each in document.paragraphs)
    assert any("a look" in notice for notice in result.notices)


def test_a_file_that_somebody_may_have_written_in_is_not_replaced(study, tmp_path, capsys):
    """What differs is refused, and then nothing at all is written."""
    folder = tmp_path / "voor de promotor"
    folder.mkdir()
    (folder / "interview-02.docx").write_bytes(b"met opmerkingen")
    assert main(["--study", str(study.folder), "export", "docx", str(folder)]) == 2
    assert "differs" in capsys.readouterr().err
    assert ["interview-02.docx"] == [path.name for path in folder.iterdir()]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["een.docx"], "has 2 transcripts"),
        (["nergens/een.docx", "--transcript", "interview-02"], "is not there"),
        (["een.docx", "--transcript", "interview-3"], "interview-02"),
        (["een.docx", "--transcript", "interview-02", "--coder", "Anna"], "coder's name"),
        (["STUDY/transcripts"], "keeps for itself"),
        (["STUDY/codings/een.docx", "--transcript", "interview-02"], "keeps for itself"),
        (["STUDY"], "keeps for itself"),
        (["STUDY/codebook.yaml"], "is a file"),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_written(study, tmp_path, capsys, words, said):
    """Bad input is named, exit 2, and the study and the folder stay as they are."""
    before = sorted(path for path in tmp_path.rglob("*"))
    words = [each.replace("STUDY", str(study.folder)) for each in words]
    with chdir(tmp_path):
        assert main(["--study", str(study.folder), "export", "docx", *words]) == 2
    assert said in capsys.readouterr().err
    assert before == sorted(path for path in tmp_path.rglob("*"))


def test_a_study_without_codings_gives_plain_transcripts(study, tmp_path):
    """Nothing coded: the text alone, and it is said that nothing was coded."""
    result = lq.export(study, "docx", tmp_path / "uit")
    assert [0, 0] == result.comments
    assert any("0 of 2 transcripts coded" in notice for notice in result.notices)


def test_signs_that_word_does_not_know_are_said(study, tmp_path):
    """A form feed becomes a sign that shows, places stay right, and the loss is told."""
    file = study.folder / "transcripts" / "interview-02.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("café om", "café\x0com"), encoding="utf-8")
    study = lq.open_study(study.folder)
    code(study, "café\x0com de hoek", "mobiliteit", transcript="interview-02")
    result = lq.export(study, "docx", tmp_path / "een.docx", transcript="interview-02")
    assert ["café�om de hoek"] == [under for _, under in read(tmp_path / "een.docx")[1]]
    assert any("interview-02" in notice and "�" in notice for notice in result.notices)


SIGNS = st.text(st.sampled_from('ab é😀\t\n &<>"-\u00a0'), min_size=1, max_size=40)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_text_and_any_passages_come_back(data):
    """Overlapping, nested and equal passages over any lines: each comment lies over exactly its own words."""
    text = data.draw(SIGNS.filter(str.strip))
    at = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(at, at).map(sorted).filter(lambda p: text[p[0] : p[1]].strip()), max_size=6))
    study = Study(parse_codebook("title: T\ncodes: []\n"))
    found = [
        Remark(Span(*pair), text[slice(*pair)], "anna", "2024-01-02T03:04:05Z", (f"code {number}",))
        for number, pair in enumerate(drawn)
    ]
    made = transcript_document(
        study, Transcript("t", text, attributes={"kind": "document"}), found, coders=["anna"], lang="nl"
    )
    document = Document(io.BytesIO(made))
    assert text == text_of(document)
    under = commented(document)
    for comment, pair in zip(document.comments, drawn, strict=True):
        assert text[slice(*pair)].strip("\n") == under[comment.comment_id].strip("\n")


def test_the_file_bears_no_name_of_a_person_or_program(study, tmp_path):
    """Properties are empty: who made it is the coder of each comment, and no time of making is in it."""
    lq.export(study, "docx", tmp_path / "een.docx", transcript="interview-02")
    with zipfile.ZipFile(tmp_path / "een.docx") as file:
        assert {(1980, 1, 1, 0, 0, 0)} == {member.date_time for member in file.infolist()}
        assert b"<dc:creator></dc:creator>" in file.read("docProps/core.xml")


def test_an_export_changes_nothing_in_the_study(study, tmp_path):
    """Reading along leaves every byte of the study as it was."""
    code(study, "wachten ze", "mobiliteit")
    before = {path: path.read_bytes() for path in study.folder.rglob("*") if path.is_file()}
    lq.export(study, "docx", tmp_path / "uit")
    shutil.rmtree(tmp_path / "uit")
    assert before == {path: path.read_bytes() for path in study.folder.rglob("*") if path.is_file()}
