"""A results text: numbers filled in, errors with their line, and the sentences that are no longer true."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from reports import CODEBOOK, SCRIPT, make_facts
from studies import make_study

from lde_qual.analysis.frequency import frequency
from lde_qual.api.report import TEXT, report
from lde_qual.api.study import open_folder
from lde_qual.api.verifying import verify_quotes
from lde_qual.api.views import facts_of
from lde_qual.errors import FormatError
from lde_qual.reporting import build
from lde_qual.reporting.chapter import chapter_document, filled, untrue
from lde_qual.reporting.phrases import plural

FACTS = make_facts()
PLANS = (
    "“zes zeven” (Respondent 2, Rol A West); “acht \\*negen\\*” (Respondent 3, Rol A West); "
    "“twaalf dertien” (Respondent 4, baas Noord)"
)
ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "demo-study"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("in", "3 van de 4 (Rol A 2 van de 3, 1 van de 1 Rol B)"),
        ("in/belemmerend", "1 van de 4 (Rol A 1 van de 3)"),
        ("in / richting=belemmerend / a", "1 van de 3"),
        ("in/faciliterend/against/who", "R01"),
        ("plan/b", "1 van de 1"),
        ("plan/faciliterend", "0 van de 4"),
        ("plan/who", "R02, R03, R04"),
        ("sine/faciliterend/quote", "“vijf zes” (Respondent 2, Rol A West)"),
        ("in/faciliterend/against/quotes", f"“{SCRIPT}” (Respondent 1, chef Oost)"),
        ("plan/quotes", PLANS),
        ("plan/b/quotes", "“twaalf dertien” (Respondent 4, baas Noord)"),
        ("plan/faciliterend/quotes", "(geen)"),
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


@pytest.mark.usefixtures("sketches")
def test_a_changed_coding_names_the_sentence(tmp_path):
    """After one more coding a check names the one sentence that it made untrue, and no other."""
    study = open_folder(make_study(tmp_path))
    (study.folder / TEXT).write_text("# Kop\n\nEr is {{instroom}}. Er is {{mobiliteit}}.\n", encoding="utf-8")
    report(study)
    assert report(study, check=True).differences == []
    start = study.model.transcripts["gesprek één"].text.index("De bus")
    study.code(transcript="gesprek één", start=start, end=start + 6, code="mobiliteit")
    told = [each.what for each in report(study, check=True).differences if each.file == build.CHAPTER]
    assert told == [
        "no longer true: 'Er is 0 van de 3.' The folder gives: 'Er is 1 van de 3 (1 van de 1 managementfunctie).'"
    ]


def test_the_chapter_of_the_demo_study_is_true():
    """The chapter that is printed is what its text and the codings give, and its quotes were said so."""
    study = open_folder(ROOT)
    text = (PAGES / "results-text.md").read_text(encoding="utf-8")
    assert filled(facts_of(study), text, lang="nl") == (PAGES / "results-chapter.md").read_text(encoding="utf-8")
    assert verify_quotes(study, PAGES / "results-chapter.md")["status"].tolist() == ["right"] * 5


@pytest.mark.parametrize(
    ("label", "many"),
    [
        ("werkvloerbegeleider", "werkvloerbegeleiders"),
        ("VDAB-medewerker", "VDAB-medewerkers"),
        ("leidinggevende", "leidinggevenden"),
        *(
            (label, "")
            for label in ("ambtenaar", "directeur", "officier", "heer", "ster", "coach op de vloer", "functie")
        ),
    ],
)
def test_a_plural_is_made_only_where_it_is_sure(label, many):
    """A label whose ending allows more than one plural, or that is more than one word, is left to people."""
    assert many == plural(label, lang="nl")


def test_roles_stand_in_the_plural():
    """The codebook's own plural goes first; one person has the label itself; else the label goes before."""
    book = CODEBOOK.replace("roles: {a: Rol A, b: Rol B}", "roles: {a: begeleider, b: leidinggevende}")
    asked = "{{plan}}"
    assert "3 van de 4 (2 van de 3 begeleiders, 1 van de 1 leidinggevende)" == filled(
        make_facts(codebook=book), asked, lang="nl"
    )
    own = book.replace("dimensions:", "role_plurals: {a: coaches}\ndimensions:")
    assert "3 of the 4 (2 of the 3 coaches, 1 of the 1 leidinggevende)" == filled(
        make_facts(codebook=own), asked, lang="en"
    )


def test_emphasis_and_lists_are_those_of_word():
    """What stands between asterisks is italic or bold, items are items, and an escaped sign is itself."""
    text = (
        "Een *schuin*, **vet** en ***beide*** woord; 3 * 4 * 5, \\*niet\\*.\n\n- een\n  gaat door\n- twee\n\n1. eerst\n"
    )
    document = Document(io.BytesIO(chapter_document(text, title="T", lang="nl")))
    first, *items = document.paragraphs
    assert first.text == "Een schuin, vet en beide woord; 3 * 4 * 5, *niet*."
    looks = {run.text: (bool(run.bold), bool(run.italic)) for run in first.runs if run.bold or run.italic}
    assert looks == {"schuin": (False, True), "vet": (True, False), "beide": (True, True)}
    expected = [("List Bullet", "een gaat door"), ("List Bullet", "twee"), ("List Number", "eerst")]
    assert [(each.style.name, each.text) for each in items] == expected


def test_what_somebody_said_is_no_markup():
    """An asterisk in a quote stands in the document as it was said."""
    made = filled(FACTS, "Zij: {{plan/belemmerend/quote}}", lang="nl")
    document = Document(io.BytesIO(chapter_document(made, title="T", lang="nl")))
    assert "“acht *negen*”" in document.paragraphs[0].text


def test_a_written_example_says_so_on_every_page():
    """The results text for Word bears the line at its foot, where the codebook asks for it."""
    for example, expected in ((True, "Geschreven voorbeeld, geen onderzoeksgegevens"), (False, "")):
        made = chapter_document("Tekst.", title="T", lang="nl", example=example)
        assert Document(io.BytesIO(made)).sections[0].footer.paragraphs[0].text == expected


def test_quotes_in_a_block_stand_apart():
    """After ``>`` each quote is a block of its own, so that it is one paragraph in Word."""
    made = filled(FACTS, "> {{plan/quotes}}", lang="nl")
    assert made == "> " + PLANS.replace("; ", "\n\n> ")
    styles = [each.style.name for each in Document(io.BytesIO(chapter_document(made, title="T", lang="nl"))).paragraphs]
    assert styles == ["Quote"] * 3


def test_a_counter_voice_that_the_coder_marked_goes_first(tmp_path):
    """Of those who say the contrary the marked one leads; elsewhere what is typical does."""
    study = open_folder(make_study(tmp_path))
    text = study.model.transcripts["gesprek één"].text
    for quote, mark in (("Via de VDAB, na een screening.", ""), ("Bij ons komt niemand zonder bus.", "tegenstem")):
        start = text.index(quote)
        study.code(
            transcript="gesprek één",
            start=start,
            end=start + len(quote),
            code="mobiliteit",
            richting="belemmerend",
            mark=mark,
        )
    facts = facts_of(study)
    assert "Bij ons" in filled(facts, "{{mobiliteit/faciliterend/against/quote}}", lang="nl")
    assert "Via de" in filled(facts, "{{mobiliteit/belemmerend/quote}}", lang="nl")


def test_the_coarser_form_cites_coarsely():
    """With ``public`` no quote is signed with an organisation."""
    made = filled(FACTS, "{{plan/quotes}}", lang="nl", public=True)
    assert "Noord" not in made
    assert "Rol B" in made
