"""One suite for every scorer, and what the assistant's own two promise beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from taggings import LABELLED, SPEECH, material

import lde_qual.api.suggesting  # noqa: F401 - registers the scorers that are shipped
from lde_qual.errors import UnknownError, UsageError
from lde_qual.model.span import Span
from lde_qual.tagging.blend import CODEBOOK_ALONE, FEWEST_WORDS, LEARNED, SHIPPED
from lde_qual.tagging.candidates import candidates
from lde_qual.tagging.proposal import REASONS_TO_ABSTAIN, Passage
from lde_qual.tagging.scorer import SCORERS, Labelled, judgements, register, scorer

ALL = sorted(SCORERS)
TEXTS = (*SPEECH, "", "Hm hm.", "[lacht]", "xyzzy qwrtp", "😀")


def fit(name, **how):
    return scorer(name).fit(material(**how), rng=np.random.default_rng(1))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("can_be_none", [True, False])
def test_every_text_is_weighed_against_every_code(name, can_be_none):
    """Parts add up, confidences are probabilities that sum to 1 at most, and silence has a reason."""
    fitted = fit(name, can_be_none=can_be_none)
    said = fitted.weigh(TEXTS)
    shape = (len(TEXTS), len(fitted.codes))
    assert said.codes == fitted.codes
    assert all(part.shape == shape for part in said.parts.values())
    assert said.confidence.shape == shape
    assert np.isfinite(said.scores).all()
    assert (said.confidence >= 0).all()
    assert (said.confidence.sum(axis=1) <= 1 + 1e-9).all()
    assert len(said.abstained) == len(TEXTS)
    assert set(said.abstained) <= {"", *REASONS_TO_ABSTAIN}


@pytest.mark.parametrize("name", ALL)
def test_confidence_follows_the_score(name):
    """Within one text a code with a higher score has no lower confidence."""
    said = fit(name).weigh(TEXTS)
    ranked = np.take_along_axis(said.confidence, said.order(), axis=1)
    assert (np.diff(ranked, axis=1) <= 1e-12).all()


@pytest.mark.parametrize("name", ALL)
def test_the_same_material_gives_the_same_answers(name):
    """A fit is a function of its material and its seed."""
    one, other = fit(name).weigh(TEXTS), fit(name).weigh(TEXTS)
    np.testing.assert_array_equal(one.scores, other.scores)
    np.testing.assert_array_equal(one.confidence, other.confidence)


@pytest.mark.parametrize("name", ALL)
def test_a_text_is_weighed_alone(name):
    """What else is asked changes nothing of an answer."""
    fitted = fit(name)
    together = fitted.weigh(TEXTS)
    for row, text in enumerate(TEXTS):
        np.testing.assert_allclose(fitted.weigh([text]).scores[0], together.scores[row], atol=1e-9)


@pytest.mark.parametrize("name", ALL)
def test_neither_the_order_nor_who_speaks_where_is_a_feature(name):
    """Renaming transcripts changes nothing, nor does renaming respondents as long as they stay apart."""
    renamed = [replace(each, transcript="elders", respondent=f"X{each.respondent}") for each in LABELLED]
    np.testing.assert_allclose(
        fit(name).weigh(TEXTS).scores, fit(name, labelled=renamed).weigh(TEXTS).scores, atol=1e-9
    )


@pytest.mark.parametrize("name", ALL)
def test_only_candidates_are_weighed(name):
    """The codes asked for, in the order asked, are those that are answered."""
    assert ("thuis", "bus") == fit(name, codes=("thuis", "bus")).codes


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("labelled", [(), LABELLED[:1], tuple(each for each in LABELLED if not each.codes)])
def test_few_decisions_are_enough(name, labelled):
    """Nothing decided, one passage, or only passages without a code: every scorer answers."""
    assert np.isfinite(fit(name, labelled=labelled).weigh(TEXTS).scores).all()


@pytest.mark.parametrize("name", ALL)
def test_a_study_without_speech_is_no_fault(name):
    """A codebook is enough to begin with."""
    said = fit(name, texts=(), labelled=()).weigh(["De bus komt niet."])
    assert np.isfinite(said.scores).all()


@pytest.mark.parametrize("name", ALL)
def test_matches_are_where_they_are_said_to_be(name):
    """What is found lies in the passage, in order, on no character twice."""
    said = fit(name).weigh(TEXTS)
    for row, text in enumerate(TEXTS):
        for place in range(len(said.codes)):
            found = said.explain(row, place)[0]
            assert all(0 <= match.start < match.end <= len(text) for match in found)
            assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("name", ALL)
def test_a_codebook_without_codes_is_refused(name):
    """There is nothing to choose from, and the message says so."""
    with pytest.raises(UsageError, match="no code to propose"):
        fit(name, codebook="title: Leeg\ncodes: []\n", labelled=())


@pytest.mark.parametrize("name", ["learned", "codebook"])
def test_contributions_add_up_to_the_score(name):
    """A proposal's parts sum to its score, and its score is the log-odds against no code."""
    passages = [Passage("t", Span(0, len(text)), text) for text in TEXTS]
    by = scorer(name)
    for judged in judgements(fit(name).weigh(TEXTS), passages, by=by):
        none = 1 - sum(each.confidence for each in judged.proposals)
        for each in judged.proposals:
            assert each.score == pytest.approx(sum(part.value for part in each.contributions))
            assert each.score == pytest.approx(np.log(each.confidence / none), abs=1e-6)
            assert (each.method, each.version) == (by.name, by.version)


def test_without_decisions_the_two_are_one():
    """What learns says what the codebook says, until somebody decides."""
    one, other = (fit(name, labelled=()).weigh(TEXTS) for name in ("learned", "codebook"))
    np.testing.assert_allclose(one.scores, other.scores, atol=1e-9)


def test_what_was_decided_counts():
    """A word that only a coded passage holds speaks for its code, and that passage is named."""
    text = "Met de tram duurt dat lang."
    cold, warm = (fit(name).weigh([text]) for name in ("codebook", "learned"))
    bus = warm.codes.index("bus")
    assert warm.confidence[0, bus] > cold.confidence[0, bus]
    assert warm.parts["coded"][0, bus] > 0
    near = warm.explain(0, bus)[1]
    assert {"l2", "l5"} == {each.coding for each in near}
    assert near[0].similarity >= near[1].similarity > 0


def test_a_passage_is_not_its_own_neighbour():
    """What a passage is explained by is another passage."""
    said = fit("learned").weigh([LABELLED[0].text])
    assert "l1" not in {each.coding for each in said.explain(0, said.codes.index("bus"))[1]}


def test_a_child_can_win_beside_its_parent_and_speaks_for_it_without():
    """Where parent and child are both there the child wins on its own words; alone the parent has them."""
    text = "De bus rijdt daar niet."
    both = fit("codebook", codes=("werk", "bus"), labelled=()).weigh([text])
    assert both.codes[int(both.order()[0, 0])] == "bus"
    alone = fit("codebook", codes=("werk", "thuis"), labelled=()).weigh([text])
    assert alone.codes[int(alone.order()[0, 0])] == "werk"
    assert "bus*" in {match.keyword for match in alone.explain(0, 0)[0]}


def test_what_one_code_excludes_with_another_speaks_for_the_other():
    """ "De kosten van de rit (bus)" is a text about the bus."""
    assert ("bus", "de kosten van de rit") in candidates(material().codebook).texts


@pytest.mark.parametrize(
    ("text", "why"),
    [("Ja.", "too short"), ("", "too short"), ("[lacht] [hoest] [zucht]", "too short"), ("qx zw vv kk", "no evidence")],
)
def test_it_is_silent_without_ground(text, why):
    """Too little text and text that nothing is known of get no suggestion."""
    assert (why,) == fit("learned").weigh([text]).abstained


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_weighed(text):
    """Whatever is typed gets an answer."""
    said = FITTED.weigh([text])
    assert np.isfinite(said.scores).all()
    if len(text.split()) < FEWEST_WORDS and "-" not in text and text.isalnum():
        assert said.abstained[0]


FITTED = LEARNED.fit(material(), rng=np.random.default_rng(1))


def test_a_name_is_taken_once():
    """Two scorers cannot bear one name, and a scorer that is not there is said not to be."""

    @dataclass(frozen=True)
    class Other:
        name: str = "codebook"
        version: str = "9"

        def fit(self, material, *, rng):
            return CODEBOOK_ALONE.fit(material, rng=rng)

    with pytest.raises(UsageError, match="already"):
        register(Other())
    assert SCORERS["codebook"] is CODEBOOK_ALONE
    with pytest.raises(UnknownError, match="codeboek"):
        scorer("codeboek")


def test_more_passages_than_a_fit_takes_are_drawn_by_the_seed(monkeypatch):
    """The same seed draws the same passages, and the weights know how many a drawn one stands for."""
    monkeypatch.setattr("lde_qual.tagging.decided.FEWEST_NONE", 2)
    empty = [Labelled(f"n{i}", f"Niets bijzonders nummer {i} hier.", (), "R09") for i in range(40)]
    many = material(labelled=(*LABELLED, *empty))
    one, other = (LEARNED.fit(many, rng=np.random.default_rng(7)) for _ in range(2))
    assert one.decided.passages == other.decided.passages
    without = [row for row, each in enumerate(one.decided.passages) if not each.codes]
    assert len(without) < 42
    assert one.decided.truth()[without].sum() == pytest.approx(42)


def test_coded_passages_alone_say_nothing_of_how_often_no_code_applies():
    """Without a passage that was left without a code, the threshold stays as shipped, however many are coded."""
    coded = [replace(each, transcript="t1") for each in LABELLED if each.codes] * 8
    fitted = LEARNED.fit(material(labelled=coded), rng=np.random.default_rng(1))
    shipped = {name: mean for name, (mean, _) in SHIPPED.items() if name.startswith("none")}
    assert {name: fitted.weights[name] for name in shipped} == pytest.approx(shipped, abs=1e-6)
    empty = [Labelled(f"n{i}", f"Dat was {i} weken geleden, denk ik.", (), "R05", "t1") for i in range(30)]
    read = LEARNED.fit(material(labelled=[*coded, *empty]), rng=np.random.default_rng(1))
    assert read.weights["none"] != pytest.approx(shipped["none"], abs=1e-3)
