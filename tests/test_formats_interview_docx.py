"""Interviews in Word documents, and documents that are not safe to open."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from lde_qual.errors import FormatError
from lde_qual.formats.interview import Draft
from lde_qual.formats.interview_docx import draft_from_docx

QUESTION, ANSWER = "Wat doet u?", "Ik begeleid."


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def written(paragraphs: Iterable[Any]) -> bytes:
    """A document of paragraphs: a text, or runs of (text, emphasis)."""
    document = Document()
    for paragraph in paragraphs:
        made = document.add_paragraph()
        for text, emphasis in [(paragraph, "")] if isinstance(paragraph, str) else paragraph:
            run = made.add_run(text)
            run.bold = True if emphasis == "bold" else None
            run.italic = True if emphasis == "italic" else None
    return saved(document)


def said(draft: Draft) -> list[tuple[str, str]]:
    return [(utterance.speaker, utterance.text) for utterance in draft.utterances]


@pytest.mark.parametrize(
    ("paragraphs", "first", "second"),
    [
        ([f"I: {QUESTION}", "", f"R: {ANSWER}"], "I", "R"),
        ([f"I: {QUESTION}\nR: {ANSWER}"], "I", "R"),
        ([[("I:", "bold"), (f" {QUESTION}", "")], [("R", "bold"), (f": {ANSWER}", "")]], "I", "R"),
        ([[("Student in kwestie:", "bold"), (f" {QUESTION}", "")], f"R: {ANSWER}"], "Student in kwestie", "R"),
        ([[(QUESTION, "bold")], ANSWER], "(bold)", "(plain)"),
        ([[(QUESTION, "italic")], ANSWER], "(italic)", "(plain)"),
        ([[("Wat doet ", "bold"), ("u", "bold"), ("?", "")], ANSWER], "(bold)", "(plain)"),
        ([[(QUESTION, "bold"), (f" {ANSWER}", "")]], "(bold)", "(plain)"),
        ([[(QUESTION, "bold")], f"R: {ANSWER}"], "(bold)", "R"),
    ],
)
def test_ways_to_set_an_interview(paragraphs: list[Any], first: Any, second: Any) -> None:
    """Labels, bold labels, and bold or italic questions tell question and answer apart."""
    draft = draft_from_docx(written(paragraphs))
    assert said(draft) == [(first, QUESTION), (second, ANSWER)]
    assert draft.interviewers == (first,)


def test_paragraphs_of_one_speaker_are_one_turn() -> None:
    """Without labels, paragraphs of the same layout follow each other in one turn."""
    draft = draft_from_docx(written([[(QUESTION, "bold")], ANSWER, "En meer.", [("En dan?", "bold")], "Dat."]))
    assert said(draft)[1] == ("(plain)", f"{ANSWER}\nEn meer.")
    assert draft.labels == {"(bold)": 2, "(plain)": 2}
    assert any("layout" in note for note in draft.notes)


def test_emphasis_beside_labels_of_both_is_speech() -> None:
    """A bold paragraph in an interview whose speakers are labelled is no third speaker."""
    draft = draft_from_docx(written([f"I: {QUESTION}", f"R: {ANSWER}", [("Altijd.", "bold")]]))
    assert said(draft)[-1] == ("R", f"{ANSWER}\nAltijd.")


def test_a_style_brings_its_emphasis() -> None:
    """A paragraph is bold too where its style is, and a heading is no question."""
    document = Document()
    document.add_heading("Interview", level=1)
    document.styles["Quote"].font.italic = True
    document.add_paragraph(QUESTION, style="Quote")
    document.add_paragraph(ANSWER)
    document.add_heading("Werk", level=2)
    document.add_paragraph("En meer.")
    draft = draft_from_docx(saved(document))
    assert said(draft) == [("", "Interview"), ("(italic)", QUESTION), ("(plain)", f"{ANSWER}\n[Werk]\nEn meer.")]
    assert any("heading" in note for note in draft.notes)


def table_of(rows: list[tuple[str, ...]]) -> bytes:
    document = Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return saved(document)


@pytest.mark.parametrize(
    "rows",
    [
        [("I", QUESTION), ("R", ANSWER)],
        [("I:", QUESTION), ("R:", ANSWER)],
        [("Spreker", "Tekst"), ("I", QUESTION), ("R", ANSWER)],
        [("00:01", "I", QUESTION), ("00:02", "R", ANSWER)],
        [("1", "I", QUESTION), ("2", "R", ANSWER)],
    ],
)
def test_a_table_of_speaker_and_text(rows: list[Any]) -> None:
    """Two columns are speaker and text; times and numbers beside them are no third."""
    draft = draft_from_docx(table_of(rows))
    assert said(draft) == [("I", QUESTION), ("R", ANSWER)]
    assert bool(draft.utterances[0].time) == (rows[0][0] == "00:01")


def test_a_table_of_facts_is_no_conversation() -> None:
    """Rows whose first cell is nobody keep both cells as text."""
    draft = draft_from_docx(table_of([("Datum", "9 maart"), ("Plaats", "Gent")]))
    assert said(draft) == [("", "Datum: 9 maart\nPlaats: Gent")]


def test_changes_are_read_as_accepted_and_the_rest_is_said() -> None:
    """Insertions are read, deletions not; headers and text boxes are left out; each is told."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Vertrouwelijk"
    paragraph = document.add_paragraph("R: ")
    for tag, child, text in (("w:ins", "w:t", "wel"), ("w:del", "w:delText", "niet")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(child)
        content.text = text
        run.append(content)
        change.append(run)
        paragraph._p.append(change)
    box = OxmlElement("w:txbxContent")
    box.append(document.add_paragraph("los")._p)
    picture = OxmlElement("w:pict")
    picture.append(box)
    paragraph.add_run("")._r.append(picture)
    draft = draft_from_docx(saved(document))
    assert said(draft) == [("R", "wel")]
    notes = " ".join(draft.notes)
    for what in ("Tracked insertions kept: 1", "Tracked deletions left out: 1", "Text boxes left out: 1", "headers"):
        assert what in notes
    assert qn("w:del") not in notes


def changed(data: bytes, *, add: dict[str, bytes] | None = None, drop: str = "") -> bytes:
    """The same zip with entries added, replaced or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != drop and entry.filename not in (add or {}):
                new.writestr(entry.filename, old.read(entry))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()


PLAIN = written([f"R: {ANSWER}"])
BOMB = b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"geen zip", "no Word document"),
        (PLAIN[:200], "no Word document"),
        (changed(PLAIN, drop="[Content_Types].xml"), "cannot be read"),
        (changed(PLAIN, drop="word/document.xml"), "cannot be read"),
        (changed(PLAIN, add={"word/document.xml": b"<w:document"}), "cannot be read"),
        (changed(PLAIN, add={"word/document.xml": BOMB}), "declares entities"),
        (changed(PLAIN, add={"word/document.xml": BOMB.decode().encode("utf-16")}), "declares entities"),
        (changed(PLAIN, add={"word/media/x.bin": b"0" * 12_000_000}), "times its size"),
        (changed(PLAIN, add={"../buiten.xml": b"<x/>"}), "named"),
        (changed(PLAIN, add={"/abs.xml": b"<x/>"}), "named"),
        (changed(PLAIN, add={"C:/x.xml": b"<x/>"}), "named"),
        (changed(PLAIN, add={f"x/{n}": b"" for n in range(10_001)}), "10"),
    ],
)
def test_what_is_not_safe_is_not_opened(data: bytes, said: str) -> None:
    """A bomb, a foreign name, an entity and a broken document are refused before anything is unpacked."""
    with pytest.raises(FormatError, match=said) as refused:
        draft_from_docx(data)
    assert refused.value.way_out


def test_a_damaged_part_is_told() -> None:
    """A part whose bytes were changed is an error that names it."""
    data = bytearray(PLAIN)
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        entry = archive.getinfo("word/document.xml")
    data[entry.header_offset + 80] ^= 0xFF
    with pytest.raises(FormatError, match="damaged"):
        draft_from_docx(bytes(data))


def test_a_title_page_above_bold_questions_is_nobodys_speech() -> None:
    """Plain lines above the first bold question are no answer; above a bold answer they are the question."""
    paragraphs = ["Universiteit", "Datum: 3 maart", [("Hoe?", "bold")], "Zo.", [("En?", "bold")], "Ja."]
    draft = draft_from_docx(written(paragraphs))
    assert [utterance.speaker for utterance in draft.utterances] == ["", "(bold)", "(plain)", "(bold)", "(plain)"]
    turned = draft_from_docx(written(["Hoe?", [("Zo.", "bold")], "En?", [("Ja.", "bold")]]))
    assert turned.interviewers == ("(plain)",)


def test_a_table_of_questions_and_answers_has_no_speakers() -> None:
    """A first cell that asks is no name of a speaker."""
    draft = draft_from_docx(table_of([("Hoe gaat het?", "Goed."), ("En de job?", "Zwaar.")]))
    assert draft.labels == {}
