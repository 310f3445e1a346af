"""Sentence bounds in typed Dutch speech."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.language.sentences import ABBREVIATIONS, sentence_bounds
from lde_qual.model.span import Span

# In each case `|` stands where a sentence ends and the next begins.
CASES = [
    "Ja.",
    "Ja. | Dat klopt. | Denk ik",
    "Echt? | Nee! | Wel?! | Goed.",
    "ja. | dat klopt.",
    "Mevr. Peeters en dhr. Jans komen, bv. morgen of bijv. later. | Dan niet.",
    "Fietsen, bussen enz. zijn er, nl. twee, o.a. hier. | Goed.",
    "Dat is m.a.w. duur, d.w.z. ca. drie euro, t.o.v. vroeger en i.p.v. de bus. | Juist.",
    "Zie art. 3, nr. 4 en blz. 12. | Daar staat het.",
    "Mevr. is er niet (bv. ziek). | Morgen wel.",
    "Ik ken J. Maes en A.M. De Smet. | U niet?",
    "Dank u. | Tot ziens.",
    "Om 00:31:12 waren er 3.500 mensen. | Dat was in 2019. | Daarna niet.",
    "1. Eerst de bus. | Dan de trein.",
    "Ik dacht... misschien toch. | Maar ja… dat weet ik niet.",
    "Ik dacht... | Misschien toch. | Tja… | Dat weet ik niet.",
    "Ik weet het niet... | 's Morgens kom ik. | Ja… | ’t Is zo.",
    "Hij zei: “Ik kom.” | Toen ging hij.",
    "(Hij lacht.) | Toen ging hij [stilte.] | En toen?",
    'Hij vroeg: "Kom je?" en liep weg. | Ik bleef.',
    "Zij zei: “Hij riep: ‘Kom!’ en ging.” | Ik bleef. | “Ze zei ‘nee.’” | Dat was het.",
    "Zie www.vdab.be voor meer. | Daar.",
    "Eerste regel\n| tweede regel. | Derde\n\n|   vierde",
    "Goed ... | Dan niet.",
    "...",
    "... Ja. | Nee. | - Toch.",
    "Ja. | [lacht] nee. | “Goed.”",
    "Wacht . . . | Ja.",
]


@pytest.mark.parametrize("marked", CASES)
def test_sentences_end_where_they_are_marked(marked):
    """A sentence ends where the case has its bar, and nowhere else."""
    text = marked.replace("| ", "").replace("|", "")
    wanted = [part.strip() for part in marked.split("|")]
    assert wanted == [found.of(text) for found in sentence_bounds(text, Span(0, len(text)))]


def test_only_the_span_is_read():
    """What stands before and after the speech changes nothing in it."""
    text = "I: Ja? R01: Nee. Toch bv. R02"
    assert ["Nee.", "Toch bv."] == [found.of(text) for found in sentence_bounds(text, Span(12, 25))]


@pytest.mark.parametrize("text", ["", "  ", "\n \n"])
def test_silence_has_no_sentence(text):
    """White space alone is no sentence."""
    assert [] == sentence_bounds(text, Span(0, len(text)))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aB1 .!?…\n\t\"'”)( \u00a0bv", max_size=40), st.integers(0, 6), st.integers(0, 6))
def test_every_sign_is_in_one_sentence(text, before, after):
    """Sentences stand in order, have no white space at their ends, and hold every other sign once."""
    span = Span(min(before, len(text)), max(min(before, len(text)), len(text) - after))
    found = sentence_bounds(text, span)
    signs = [place for place in range(span.start, span.end) if not text[place].isspace()]
    held = [place for each in found for place in range(each.start, each.end) if not text[place].isspace()]
    assert signs == held
    assert all(each.of(text) == each.of(text).strip() != "" for each in found)
    assert not any("\n" in each.of(text) for each in found)


def test_a_long_row_of_stops_takes_no_time():
    """Signs that never end a sentence are read once."""
    for text in [("." * 50_000 + "x") * 2, "bv. " * 20_000 + "x"]:
        assert [Span(0, len(text))] == sentence_bounds(text, Span(0, len(text)))


def test_abbreviations_are_looked_up_as_they_stand():
    """The list holds small letters without stops."""
    assert all(word == word.casefold() and word.isalpha() for word in ABBREVIATIONS)
