"""Keywords found in speech as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lde_qual.tagging.folding import fold
from lde_qual.tagging.keywords import Texts, keyword


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("indicer*", "De indicering duurt lang.", "indicering"),
        ("indicer*", "Zij worden geïndiceerd.", None),
        ("geïndiceerd*", "Nog niet geindiceerd, neen.", "geindiceerd"),
        ("te zwak", "Te  zwak voor ons.", "Te  zwak"),
        ("te zwak", "veel te zwakke mensen", None),
        ("eigen HR", "een eigen HR-dienst", "eigen HR"),
        ("trajectbegeleider", "de trajectbegeleider", "trajectbegeleider"),
        ("traject begeleider", "de trajectbegeleider", "trajectbegeleider"),
        ("traject begeleider", "de traject-begeleider", "traject-begeleider"),
        ("zo'n bus", "Met zo’n bus.", "zo’n bus"),
        ("een statuut", "Dat is één statuut.", "één statuut"),
        ("doorstromen", "Hij stroomt nu eindelijk door.", "stroomt nu eindelijk door"),
        ("doorstromen", "Om door te stromen.", "door te stromen"),
        ("doorstromen", "Zij is doorgestroomd.", "doorgestroomd"),
        ("doorstromen", "Hij stroomt. Wij gaan door.", None),
        ("doorstromen", "Door de stroom.", None),
        ("doorstroom*", "de doorstroomcijfers", "doorstroomcijfers"),
        ("uitvallen", "Zij valt weer uit.", "valt weer uit"),
        ("uitvallen", "Zij vallen uit.", "vallen uit"),
        ("uitvallen", "uitgevallen", "uitgevallen"),
        ("aanwerven", "Wij werven niemand aan.", "werven niemand aan"),
        ("aanwerven", "Zij werft aan.", "werft aan"),
        ("aanwerven", "om aan te werven", "aan te werven"),
        ("afhaken", "Ze haken rap af.", "haken rap af"),
        ("pop", "POP's en popmuziek", "POP"),
        ("pop", "popmuziek", None),
        ("pop", "het POP hier", "POP"),
        ("pop*", "POP’s", "POP’s"),
    ],
)
def test_a_keyword_is_found_where_a_reader_would_find_it(text, said, expected):
    """Found are the words as they stand in the text, or nothing."""
    span = keyword(text).find(fold(said))
    assert expected == (said[slice(*span)] if span else None)


@pytest.mark.parametrize("text", ["", "*", "  ", "—"])
def test_what_holds_no_word_is_no_keyword(text):
    """A keyword without a letter or digit finds nothing, and says so."""
    assert keyword(text) is None


@given(st.text(alphabet="aéÉ’'Iİßﬁ e\u00a0–", max_size=30))
def test_folding_keeps_the_length(text):
    """An offset into folded text is an offset into the text."""
    assert len(fold(text)) == len(text)


WORDS = st.lists(
    st.sampled_from(["stroomt", "door", "ze", "stromen", "te", "zwak", "doorstromen", "zwakke"]), max_size=8
)


@given(st.lists(WORDS.map(" ".join), max_size=6), st.sampled_from(["doorstromen", "te zwak", "zwak*"]))
def test_the_index_finds_what_reading_every_text_finds(texts, text):
    """Looking up by word leaves no text out."""
    wanted = keyword(text)
    read = {number: wanted.find(fold(each)) for number, each in enumerate(texts)}
    assert Texts(texts).holding(wanted) == {number: span for number, span in read.items() if span}
