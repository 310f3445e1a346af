"""Quotes of a written text, found again in the interviews."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

import lde_qual as lq
from lde_qual.analysis.verification import Verifier
from lde_qual.cli.main import main
from lde_qual.formats.written_text import written_quotes

ROOT = Path(__file__).parent.parent
STUDY = lq.open_study(ROOT)
QUOTES = lq.quotes(STUDY, per_code=1)
LONG = [row for row in QUOTES.to_dict("records") if 18 <= len(row["quote"].split()) <= 60 and "\n" not in row["quote"]]
CLEAN = [row for row in LONG if not set(row["quote"]) & set('“”"[]')]


def word_file(path, paragraphs):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(path)
    return path


def test_three_planted_errors_are_found_and_nothing_else(tmp_path, capsys):
    """A changed word, a wrong speaker and a silent cut in a Word document, among quotes that are right."""
    rows = CLEAN[:8]
    written = [f"Iemand zegt: “{row['quote']}” {row['cited_as']}." for row in rows]
    words = rows[1]["quote"].split()
    written[1] = f"“{' '.join([*words[:6], 'zeppelin', *words[7:]])}” {rows[1]['cited_as']}"
    written[3] = f"“{rows[3]['quote']}” (Respondent 99, directeur elders)"
    words = rows[5]["quote"].split()
    written[5] = f"“{' '.join(words[:6] + words[11:])}” {rows[5]['cited_as']}"
    words = rows[6]["quote"].split()
    written[6] = f"“{' '.join(words[:5])} […] {' '.join(words[9:])}” {rows[6]['cited_as']}"
    words = rows[7]["quote"].split()
    written[7] = f"“{' '.join(words[:5])} [de consulente] {' '.join(words[5:])}” {rows[7]['cited_as']}"
    file = word_file(tmp_path / "artikel.docx", ["Wat “twee woorden” zijn, telt niet.", *written])
    found = lq.verify_quotes(STUDY, file)
    assert ["right", "changed", "right", "speaker", "right", "cut", "right", "right"] == found["status"].tolist()
    assert "written: zeppelin" in found["what"].iloc[1]
    assert found["cited_as"].iloc[3] == rows[3]["cited_as"]
    left_out = " ".join(rows[5]["quote"].split()[6:11]).strip(".,;!?")
    assert left_out.split()[0].strip(",.") in found["what"].iloc[5]
    assert main(["verify-quotes", "--study", str(ROOT), str(file), "--format", "csv"]) == 1
    printed = capsys.readouterr()
    assert printed.out.count("\n") == 4
    assert "8 quotes looked up, 3 to mend." in printed.err


@pytest.mark.parametrize("row", CLEAN[:12], ids=lambda row: row["code"])
def test_what_is_quoted_as_it_was_said_is_right(row):
    """Every quote that the program itself prints is found where it stands, with its speaker."""
    found = Verifier(STUDY.model).find(row["quote"])
    assert (found.transcript, found.edits) == (row["transcript"], ())
    assert row["respondent"] in found.respondents


VERIFIER = Verifier(STUDY.model)


@given(st.sampled_from(CLEAN), st.data())
@settings(max_examples=40, deadline=None)
def test_every_change_of_a_word_is_seen(row, data):
    """One word for another, one more or one less: never right, and never in another transcript."""
    words = row["quote"].split()
    at = data.draw(st.integers(2, len(words) - 3))
    kind = data.draw(st.sampled_from(["other", "more", "less"]))
    changed = {
        "other": [*words[:at], "zeppelin", *words[at + 1 :]],
        "more": [*words[:at], "zeppelin", *words[at:]],
        "less": [*words[:at], *words[at + 1 :]],
    }[kind]
    if not any(letter.isalnum() for letter in words[at]):
        return
    found = VERIFIER.find(" ".join(changed))
    assert found.transcript == row["transcript"]
    assert found.edits


@given(st.sampled_from(CLEAN), st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_marked_as_left_out_is_no_edit(row, data):
    """However much is left out at […], what stands on both sides is found."""
    words = row["quote"].split()
    start = data.draw(st.integers(4, len(words) - 6))
    end = data.draw(st.integers(start, len(words) - 5))
    found = VERIFIER.find(f"{' '.join(words[:start])} […] {' '.join(words[end:])}")
    assert (found.transcript, found.edits) == (row["transcript"], ())


@pytest.mark.parametrize(
    ("ending", "text", "expected"),
    [
        (".md", "Zij zegt “een twee drie vier” (Respondent 1).", [("een twee drie vier", "(Respondent 1)", 1)]),
        (".md", 'Kort\n\n"een twee *drie* vier", zegt ze.', [("een twee drie vier", "", 3)]),
        (".md", "> een twee\n> drie vier (Respondent 2)", [("een twee drie vier", "(Respondent 2)", 1)]),
        (".md", "‘een twee ’t vier’ en ‘kort’", [("een twee ’t vier", "", 1)]),
        (".md", "het autootje's “een twee drie", []),
        (
            ".tex",
            "Zij: ``een twee drie vier'' (Respondent 3). % “weg a b c d”",
            [("een twee drie vier", "(Respondent 3)", 1)],
        ),
        (".tex", "\n\\enquote{een twee \\emph{drie} vier} (R4)", [("een twee drie vier", "(R4)", 2)]),
        (".tex", "\\begin{quote}een twee drie vier\\end{quote} (R5)", [("een twee drie vier", "(R5)", 1)]),
        (".md", "", []),
    ],
)
def test_quotes_are_read_as_people_write_them(ending, text, expected):
    """Marks of any kind, blocks, emphasis and comments; what is short is nobody's quote."""
    assert expected == [(each.text, each.label, each.place) for each in written_quotes(text.encode(), ending)]


def test_a_block_with_a_style_for_quotes_is_a_quote():
    """In Word a paragraph in such a style needs no marks."""
    document = Document()
    document.add_paragraph("een twee drie vier (Respondent 7)", style="Quote")
    data = io.BytesIO()
    document.save(data)
    (found,) = written_quotes(data.getvalue(), ".docx")
    assert (found.text, found.label) == ("een twee drie vier", "(Respondent 7)")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"", "no text that can be read"),
        ("a.docx", b"geen zip", "cannot be read"),
        ("weg.md", None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, capsys, name, data, message):
    """Exit code 2, with the file and the way out."""
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    assert main(["verify-quotes", "--study", str(ROOT), str(file)]) == 2
    assert message in capsys.readouterr().err


def test_what_nobody_said_is_not_found(tmp_path):
    """A sentence from nowhere is no quote of anybody; a right one without a label is told and no fault."""
    file = tmp_path / "a.md"
    file.write_text(f"“Purperen olifanten dansen zelden op dinsdag.”\n\n“{CLEAN[0]['quote']}”\n", encoding="utf-8")
    assert ["not found", "unlabelled"] == lq.verify_quotes(STUDY, file)["status"].tolist()
