"""Words: the measures against published and hand-worked examples, and the laws of counting and finding them."""

from __future__ import annotations

from itertools import pairwise
from math import log, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lde_qual.analysis.collocations import _near
from lde_qual.analysis.concordance import concordance, lines
from lde_qual.analysis.keyness import dunning, log_likelihood, log_ratio
from lde_qual.analysis.talk import Talk, talk_of
from lde_qual.errors import CodebookError, UsageError
from lde_qual.language.stop_words import STOP_WORDS, stop_words
from lde_qual.model.span import Span
from lde_qual.model.transcript import WORD, Transcript, Turn, without_brackets

COUNT = st.integers(0, 500)
WHOLE = st.integers(501, 5000)


@pytest.mark.parametrize(
    ("a", "b", "c", "d", "g2"),
    [
        (30, 10, 1000, 3000, 40 * log(3)),
        (10, 10, 1000, 1000, 0),
        (5, 0, 1000, 1000, 10 * log(2)),
        (0, 0, 1000, 1000, 0),
    ],
)
def test_log_likelihood_of_two_texts(a, b, c, d, g2):
    """G2 of Rayson and Garside is what it comes to by hand."""
    assert log_likelihood(a, b, c, d) == pytest.approx(g2, abs=1e-12)


@pytest.mark.parametrize(
    ("a", "b", "c", "d", "ratio"),
    [
        (6, 2, 10_000, 10_000, log2(3)),
        (30, 10, 1000, 3000, log2(9)),
        (10, 10, 1000, 1000, 0),
        (10, 10, 2000, 1000, -1),
        (8, 0, 1000, 1000, 4),
    ],
)
def test_log_ratio_says_how_many_times(a, b, c, d, ratio):
    """Hardie's Log Ratio is the binary logarithm of two relative frequencies; a count of 0 is read as half."""
    assert log_ratio(a, b, c, d) == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("cells", "g2"),
    [((110, 2442, 111, 29114), 270.72), ((29, 13, 123, 31612), 263.90), ((31, 23, 139, 31584), 256.84)],
)
def test_dunning_published_pairs(cells, g2):
    """-2 log lambda is what Dunning (1993) prints for "the swiss", "can be" and "previous year"."""
    assert dunning(*cells) == pytest.approx(g2, abs=0.01)


@given(COUNT, COUNT, WHOLE, WHOLE)
def test_measures_have_no_side(a, b, c, d):
    """Turned around, G2 stays and the ratio changes its sign; four cells never give less than two."""
    assert log_likelihood(a, b, c, d) == pytest.approx(log_likelihood(b, a, d, c))
    assert log_likelihood(a, b, c, d) >= 0
    if a + b:
        assert log_ratio(a, b, c, d) == pytest.approx(-log_ratio(b, a, d, c))
        assert dunning(a, b, c - a, d - b) >= log_likelihood(a, b, c, d) - 1e-6


@pytest.mark.parametrize("measure", [log_likelihood, log_ratio])
def test_nothing_to_compare_with_is_undefined(measure):
    """Where a text has no words there is no number."""
    assert np.isnan(measure(3, 0, 10, 0))
    assert np.isnan(measure(0, 3, 0, 10))
    assert np.isnan(dunning(3, 4, 0, 0))


def talk(*speeches: str, lemmas: dict[str, str] | None = None) -> Talk:
    """Turns of R01, one a line, whose lemmas are their forms in small letters unless given."""
    text, turns = "", []
    for number, speech in enumerate(speeches, start=1):
        start = len(text) + len("R01: ")
        text += f"R01: {speech}\n"
        turns.append(Turn(number, "R01", Span(start - 5, start + len(speech)), Span(start, start + len(speech))))
    transcript = Transcript("een", text, tuple(turns))
    said = [[word.lower() for word in WORD.findall(without_brackets(speech))] for speech in speeches]
    known = lemmas or {}
    return talk_of([(transcript, turn) for turn in turns], [[known.get(word, word) for word in each] for each in said])


def shown(found: Talk, term: str, *, width: int = 2, lemma_of=None) -> list[tuple[str, str, str]]:
    places, words = found.find(term, lemma_of=lemma_of)
    return [(line.left, line.match, line.right) for line in lines(found, places, words, width=width)]


GESPREK = {"gesprekken": "gesprek", "liep": "lopen"}


@pytest.mark.parametrize(
    ("term", "by_lemma", "matches"),
    [
        ("gesprek", True, ["gesprek", "Gesprekken"]),
        ("gesprekken", True, ["gesprek", "Gesprekken"]),
        ("gesprekken", False, ["Gesprekken"]),
        ("GESPREK", False, ["gesprek"]),
        ("lopen", True, ["liep"]),
        ("lopen", False, []),
        ("ges*", False, ["gesprek", "Gesprekken"]),
        ("ge*", False, ["gesprek", "Gesprekken"]),
        ("goed gesprek", True, ["goed, [lacht] gesprek"]),
        ("d’r", False, ["D'r"]),
        ("lacht", True, []),
        ("liep goed", True, []),
        ("niets", True, []),
    ],
)
def test_a_term_is_found(term, by_lemma, matches):
    """A term meets its lemma or its form, words in a row within one turn, and nothing in brackets."""
    said = talk("Een goed, [lacht] gesprek.", "Gesprekken? D'r liep", "goed.", lemmas=GESPREK)
    lemma_of = (lambda word: GESPREK.get(word, word)) if by_lemma else None
    assert matches == [match for _, match, _ in shown(said, term, lemma_of=lemma_of)]


@pytest.mark.parametrize("term", ["", "  ", "*", "…"])
def test_a_term_without_a_word_is_refused(term):
    """What holds no word cannot be looked for."""
    with pytest.raises(UsageError, match="holds no word"):
        talk("Ja.").find(term)


def test_context_stays_in_the_turn_and_in_its_width():
    """Left and right hold at most so many words, the signs at the ends of the turn where those are reached."""
    said = talk("“Nee.”", "Een twee drie, vier vijf\n zes!", "Ja.")
    assert shown(said, "drie") == [("Een twee", "drie", ", vier vijf")]
    assert shown(said, "drie", width=1) == [("twee", "drie", ", vier")]
    assert shown(said, "drie", width=0) == [("", "drie", "")]
    assert shown(said, "vijf") == [("drie, vier", "vijf", "zes!")]
    assert shown(said, "nee") == [("“", "Nee", ".”")]


def test_a_line_says_where_it_stands():
    """The offsets of a line give its match back."""
    said = talk("Ja, ja.", "Nee, ja.")
    places, words = said.find("ja")
    found = lines(said, places, words, width=3)
    text = said.turns[0][0].text
    assert [(line.turn, text[line.start : line.end]) for line in found] == [(1, "Ja"), (1, "ja"), (2, "ja")]


def test_a_concordance_is_sorted_by_its_context():
    """Lines stand as they were said, or by the word before, or by the word after."""
    said = talk("b x d", "c x a", "a b x c")
    places, words = said.find("x")
    found = lines(said, places, words, width=2)
    orders = {order: concordance(found, order=order)["turn"].tolist() for order in ("transcript", "left", "right")}
    assert orders == {"transcript": [1, 2, 3], "left": [1, 3, 2], "right": [2, 3, 1]}
    with pytest.raises(UsageError, match="no order"):
        concordance(found, order="midden")


@given(st.lists(st.lists(st.sampled_from(["aa", "ab", "b"]), max_size=6), max_size=4), st.sampled_from(["aa", "b"]))
def test_finding_is_reading_every_word(speeches, second):
    """The index finds exactly what somebody finds who reads every turn, for a word, a stem and two words in a row."""
    said = talk(*(" ".join(words) for words in speeches))
    flat = [(turn, word) for turn, words in enumerate(speeches) for word in words]
    assert [i for i, (_, word) in enumerate(flat) if word == "aa"] == said.find("aa")[0].tolist()
    assert [i for i, (_, word) in enumerate(flat) if word.startswith("a")] == said.find("a*")[0].tolist()
    pairs = [i for i, (one, two) in enumerate(pairwise(flat)) if (one[0], second) == two and one[1] == "ab"]
    assert pairs == said.find(f"ab {second}")[0].tolist()


@given(st.lists(st.lists(st.sampled_from(["aa", "b", "c"]), max_size=9), max_size=4), st.integers(1, 3))
def test_what_is_near_is_in_the_same_turn(speeches, within):
    """Near a word stands what somebody finds who goes so many words to each side of it in its turn, each once."""
    said = talk(*(" ".join(words) for words in speeches))
    places, length = said.find("aa")
    itself, near = _near(said, places, length, within)
    beside = [
        "aa" in words[max(0, at - within) : at + within + 1] and word != "aa"
        for words in speeches
        for at, word in enumerate(words)
    ]
    assert beside == (near & ~itself).tolist()


def test_a_study_adds_to_the_stop_list():
    """A study adds words and takes some out; capitals and curly apostrophes make no difference."""
    own = stop_words(["Vdab", "-toch", "zo’n"])
    assert "vdab" in own
    assert "toch" not in own
    assert own - {"vdab"} == STOP_WORDS - {"toch"}


def test_the_stop_list_holds_flemish_fillers_and_no_word_of_content():
    """What spoken Flemish is filled with is in it, and what interviews are about is not."""
    assert {"allez", "amai", "awel", "enfin", "euh", "goh", "zenne", "gij", "ne", "da"} <= STOP_WORDS
    assert not {"werk", "mens", "tijd", "gesprek", "bus", "helpen", "moeilijk"} & STOP_WORDS


def test_an_entry_that_does_nothing_is_refused():
    """A word that is to be taken out and is not in the list is an error with the entry."""
    with pytest.raises(CodebookError, match=r"'-gesprek' .*not in the list"):
        stop_words(["-gesprek"])
