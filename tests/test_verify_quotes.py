"""Quotes of a written text, found again in the interviews."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import make_model

import lde_qual as lq
from lde_qual.analysis.verification import Verifier
from lde_qual.cli.main import main
from lde_qual.formats.written_text import FEWEST_WORDS, written_quotes
from lde_qual.reporting.markdown import printed_voice
from lde_qual.reporting.page_parts import Voice

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


def test_what_runs_over_turns_is_right_with_its_labels():
    """A label that says who speaks is no word, on a line of its own, in a line or in square brackets."""
    several = [quote for quote in lq.quotes(STUDY)["quote"] if "\n" in quote]
    assert len(several) > 20
    for quote in several:
        bracketed = re.sub(r"\n(\S+?)(?: \[[^\]]*\])*: ", r" [\1:] ", quote)
        for written in (quote, " ".join(quote.split()), bracketed):
            assert VERIFIER.find(written).edits == ()


def test_a_short_piece_is_looked_for_beside_the_long_one():
    """One word before […] is taken where it stands last before what follows, and not where it was said first."""
    said = "I: Wel?\nR01: Vijf om te beginnen. Ik krijg er vijf, hoogstens, ge moogt er niet naast kijken.\n"
    verifier = Verifier(make_model(texts={"t1": said}, coded=False))
    assert verifier.find("krijg […] vijf […] ge moogt er niet naast kijken").edits == ()


def test_lines_of_a_word_document_stay_apart(tmp_path):
    """What stands on two lines of a paragraph is two words and not one."""
    quote = next(row for row in QUOTES.to_dict("records") if "\n" in row["quote"] and "“" not in row["quote"])
    file = word_file(tmp_path / "a.docx", [f"“{quote['quote']}” {quote['cited_as']}"])
    assert ["right"] == lq.verify_quotes(STUDY, file)["status"].tolist()


def test_what_the_report_prints_is_right(tmp_path):
    """Every quote of the report's list, with its flag, its note and its citation, is found as it stands."""
    rows = QUOTES.head(80).to_dict("records")
    voices = [Voice(row["quote"], row["cited_as"], bool(row["unique_label"]), "ervaren") for row in rows]
    file = tmp_path / "quotes.md"
    file.write_text("\n\n".join(map(printed_voice, voices)), encoding="utf-8", newline="\n")
    found = lq.verify_quotes(STUDY, file)
    long = [row for row in rows if len(row["quote"].split()) >= FEWEST_WORDS]
    assert found["status"].tolist() == ["right"] * len(long)


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
        (
            ".md",
            "> een twee drie vier\n> (R1, a); (R2, b) ▲ [ervaren]",
            [("een twee drie vier", "(R1, a); (R2, b)", 1)],
        ),
        (".md", '> zij zei "een twee drie vier" vijf (R1)', [('zij zei "een twee drie vier" vijf', "(R1)", 1)]),
        (".md", "> “een twee drie vier” (R1)", [("een twee drie vier", "(R1)", 1)]),
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
