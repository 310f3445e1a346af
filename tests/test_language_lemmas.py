"""Tokens, and the lemmas that pipelines give them."""

from __future__ import annotations

import os
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.errors import UsageError
from lde_qual.language import pipeline
from lde_qual.language.pipeline import DEFAULT, MODEL_VARIABLE, lemmas_of_words, load
from lde_qual.language.tokens import tokens
from lde_qual.model.span import Span
from lde_qual.model.transcript import word_starts

TRAINED = Path(__file__).parent.parent.parent / "shared" / "models" / "nl_ud_sm"
SPEECH = st.text(alphabet="aBé9’'-_ .,[]…?\n😀", max_size=60)


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)


@pytest.fixture
def blank(monkeypatch: pytest.MonkeyPatch) -> pipeline.Pipeline:
    """What runs where nothing is installed, also on a machine that has the default pipeline."""
    monkeypatch.setattr(pipeline, "_installed", lambda _name: False)
    return load()


@given(SPEECH)
def test_words_among_tokens_are_the_words_that_count(text):
    """A token is a word exactly where a counted word begins, and every other sign of speech is in a mark."""
    found = tokens(text)
    assert word_starts(text, Span(0, len(text))) == [token.span.start for token in found if token.word]
    assert [token.text for token in found] == [token.span.of(text) for token in found]
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


def test_tokens_of_a_stretch_stand_where_they_stand_in_the_whole():
    """Offsets point into the body, and what stands in brackets is no speech."""
    text = "R01: Ja [lacht], d'r is er één."
    assert [("Ja", 5), (",", 15), ("d'r", 17), ("is", 21), ("er", 24), ("één", 27), (".", 30)] == [
        (token.text, token.span.start) for token in tokens(text, Span(5, len(text)))
    ]


@settings(deadline=None)  # the first call loads spaCy
@given(st.lists(SPEECH, max_size=4))
def test_every_word_has_one_lemma(speeches):
    """A pipeline gives one lemma without white space for each word of each speech, also of none."""
    found = list(load().lemmas(speeches))
    assert [len(word_starts(text, Span(0, len(text)))) for text in speeches] == [len(lemmas) for lemmas in found]
    assert all(lemma and lemma.split() == [lemma] for lemmas in found for lemma in lemmas)


@pytest.mark.parametrize(
    ("said", "lemmas"),
    [
        ("Die werknemers hebben gewerkt.", ["die", "werknemer", "hebben", "werken"]),
        (
            "Het aanbod is groter, met kleinere trajecten.",
            ["het", "aanbod", "zijn", "groot", "met", "klein", "traject"],
        ),
        ("Hij stond bij de bussen", ["hij", "staan", "bij", "de", "bus"]),
        ("dat wordt aangeboden", ["dat", "worden", "aanbieden"]),
        ("Zijt ge gestopt? ’k Weet het niet", ["zijn", "gij", "stoppen", "ik", "weten", "het", "niet"]),
        ("POP en SINE en de VDAB", ["pop", "en", "sine", "en", "de", "vdab"]),
        ("een fiets, fietsen en een mail", ["een", "fiets", "fiets", "en", "een", "mail"]),
        ("zij zit en wacht", ["zij", "zitten", "en", "wachten"]),
        ("zitten en wachten", ["zitten", "en", "wachten"]),
        ("[lacht]", []),
    ],
)
def test_forms_are_looked_up(blank, said, lemmas):
    """Where no trained pipeline is installed, a table gives the lemma of a form."""
    assert [tuple(lemmas)] == list(blank.lemmas([said]))


def test_the_table_says_that_it_ran_and_which_edition(blank):
    """What ran is named with its version, and why it was not the trained one."""
    assert "lookup simplemma " in blank.name
    assert blank.name in blank.notice
    assert DEFAULT in blank.notice


def test_the_default_named_in_a_codebook_may_be_missing(blank):
    """A study whose codebook names the default pipeline opens on a machine that has it not."""
    assert load(named=DEFAULT).name == blank.name


@pytest.mark.parametrize("name", ["nl_geen_pijplijn", "./geen/map", "numpy", "pytest"])
def test_a_wrong_name_is_refused(name, tmp_path):
    """A pipeline of the codebook that cannot be loaded is an error with the value, the place and a way out."""
    with pytest.raises(UsageError, match=r"spacy:.*codebook\.yaml") as caught:
        load(named=name, folder=tmp_path)
    assert Path(name).name in caught.value.what
    assert DEFAULT in caught.value.way_out


def test_a_folder_that_is_no_pipeline_is_refused(tmp_path):
    """A folder without a pipeline in it is an error that names the folder."""
    (tmp_path / "leeg").mkdir()
    with pytest.raises(UsageError, match="leeg"):
        load(named="leeg", folder=tmp_path)


def test_a_damaged_pipeline_says_what_is_wrong(tmp_path):
    """Of a pipeline whose files cannot be read the error gives a reason, also where the library gives an empty line."""
    spacy.blank("nl").to_disk(tmp_path / "kapot")
    (tmp_path / "kapot" / "config.cfg").write_text("[nlp\nx", encoding="utf-8")
    with pytest.raises(UsageError, match=r"kapot.*cannot be loaded \(.+\)"):
        load(named="kapot", folder=tmp_path)


def test_a_wrong_name_in_the_environment_is_refused(monkeypatch):
    """The environment variable goes before the codebook, also where it is wrong."""
    monkeypatch.setenv(MODEL_VARIABLE, "nl_geen_pijplijn")
    with pytest.raises(UsageError, match=MODEL_VARIABLE):
        load(named=DEFAULT)


def test_a_pipeline_without_lemmas_is_refused(tmp_path):
    """A pipeline that gives no lemmas is an error, and no table of forms."""
    spacy.blank("nl").to_disk(tmp_path / "kaal")
    with pytest.raises(UsageError, match=r"kaal.* gives no lemmas"):
        list(load(named="kaal", folder=tmp_path).lemmas(["Een woord"]))


needs_trained = pytest.mark.skipif(not TRAINED.is_dir(), reason="the trained pipeline is not at hand")


@needs_trained
def test_the_environment_goes_first(monkeypatch, tmp_path):
    """The environment's pipeline runs, whatever the codebook names."""
    monkeypatch.setenv(MODEL_VARIABLE, os.path.relpath(TRAINED))
    found = load(named="nl_geen_pijplijn", folder=tmp_path)
    assert found.name == "nl_ud_sm 0.0.0"
    assert found.name in found.notice
    assert list(found.lemmas(["Zij heeft de mensen al lang gezien."])) == [
        ("zij", "hebben", "de", "mens", "al", "lang", "zien")
    ]
    assert lemmas_of_words(found, ["mensen"]) == ["mens"]


@needs_trained
def test_a_path_in_the_codebook_counts_from_the_study(tmp_path):
    """A pipeline in a folder beside the codebook is found from there, and another pipeline has another key."""
    shutil.copytree(TRAINED, tmp_path / "modellen" / "eigen")
    own = load(named="modellen/eigen", folder=tmp_path)
    assert own.name == "eigen 0.0.0"
    assert own.key != load(named=str(TRAINED)).key
