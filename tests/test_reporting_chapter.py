"""A results text: numbers filled in, errors with their line, and the sentences that are no longer true."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from reports import make_facts, sketch
from studies import make_study

from lde_qual.analysis.frequency import frequency
from lde_qual.api.report import TEXT, report
from lde_qual.api.study import open_folder
from lde_qual.api.verifying import verify_quotes
from lde_qual.api.views import facts_of
from lde_qual.errors import FormatError
from lde_qual.reporting import build
from lde_qual.reporting.chapter import chapter_document, filled, untrue

FACTS = make_facts()
ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "demo-study"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("in", "3 van de 4 (Rol A 2 van de 3, Rol B 1 van de 1)"),
        ("in/belemmerend", "1 van de 4 (Rol A 1 van de 3)"),
        ("in / richting=belemmerend / a", "1 van de 3"),
        ("in/faciliterend/against/who", "R01"),
        ("plan/b", "1 van de 1"),
        ("plan/faciliterend", "0 van de 4"),
        ("plan/who", "R02, R03, R04"),
    ],
)
def test_placeholders_say_what_was_counted_by_hand(asked, said):
    """Respondents with such a coding, of all or of a role, subcodes included."""
    assert filled(FACTS, f"Dat zeggen {{{{{asked}}}}}.", lang="nl") == f"Dat zeggen {said}."


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_number_is_that_of_the_table(lang):
    """n and N of a placeholder with a role are those of the frequency table of that role."""
    table = frequency(FACTS, by=["role", "richting"])
    of = {"nl": "van de", "en": "of the"}[lang]
    for row in table.to_dict("records"):
        if row["richting"] in {"belemmerend", "faciliterend"} and row["role"] in {"a", "b"}:
            asked = f"{{{{{row['code']}/{row['richting']}/{row['role']}}}}}"
            assert filled(FACTS, asked, lang=lang) == f"{row['n']} {of} {row['N']}"


@pytest.mark.parametrize(
    "asked", ["nergens", "in/misschien", "in/a/b", "in/against", "in/belemmerend/faciliterend", ""]
)
def test_what_means_nothing_is_an_error_with_its_line(asked):
    """A placeholder is never left standing, and never guessed at."""
    with pytest.raises(FormatError) as caught:
        filled(FACTS, f"Een.\n{{{{{asked}}}}}\n", lang="nl", file="tekst.md")
    assert (caught.value.file, caught.value.line) == ("tekst.md", 2)
    assert caught.value.way_out


@given(st.lists(st.sampled_from(["Een.", "Twee is zo.", "Drie!"]), min_size=1), st.data())
def test_exactly_the_sentence_that_changed_is_named(sentences, data):
    """One other sentence is told with what stood there and what stands there now; without one nothing is."""
    at = data.draw(st.integers(0, len(sentences) - 1))
    now = [*sentences[:at], "Vier van de vijf.", *sentences[at + 1 :]]
    assert list(untrue(" ".join(sentences), " ".join(sentences))) == []
    assert list(untrue(" ".join(sentences), " ".join(now))) == [(sentences[at], "Vier van de vijf.")]


def test_the_document_holds_the_text():
    """Headings are headings, quotes are quotes, and the same text gives the same bytes."""
    text = "# Kop\n\nEen\nzin.\n\n> Gezegd.\n"
    made = chapter_document(text, title="T", lang="nl")
    assert made == chapter_document(text, title="T", lang="nl")
    found = [(each.style.name, each.text) for each in Document(io.BytesIO(made)).paragraphs]
    assert found == [("Heading 1", "Kop"), ("Normal", "Een zin."), ("Quote", "Gezegd.")]


def test_a_changed_coding_names_the_sentence(tmp_path, monkeypatch):
    """After one more coding a check names the one sentence that it made untrue, and no other."""
    monkeypatch.setattr(build, "draw", sketch)
    study = open_folder(make_study(tmp_path))
    (study.folder / TEXT).write_text("# Kop\n\nEr is {{instroom}}. Er is {{mobiliteit}}.\n", encoding="utf-8")
    report(study)
    assert report(study, check=True).differences == []
    start = study.model.transcripts["gesprek één"].text.index("De bus")
    study.code(transcript="gesprek één", start=start, end=start + 6, code="mobiliteit")
    told = [each.what for each in report(study, check=True).differences if each.file == build.CHAPTER]
    assert told == [
        "no longer true: 'Er is 0 van de 3.' The folder gives: 'Er is 1 van de 3 (managementfunctie 1 van de 1).'"
    ]


def test_the_chapter_of_the_demo_study_is_true():
    """The chapter that is printed is what its text and the codings give, and its quotes were said so."""
    study = open_folder(ROOT)
    text = (PAGES / "results-text.md").read_text(encoding="utf-8")
    assert filled(facts_of(study), text, lang="nl") == (PAGES / "results-chapter.md").read_text(encoding="utf-8")
    assert verify_quotes(study, PAGES / "results-chapter.md")["status"].tolist() == ["right", "right"]
