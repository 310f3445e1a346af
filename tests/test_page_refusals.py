"""What is refused on the page: each case is told apart by what the study itself says, and worded in both languages."""

import pytest
from studies import make_study

from lde_qual.errors import LdeQualError, RefusedError, StaleError
from lde_qual.workbench.desk import Desk, refusal, words
from lde_qual.workbench.refusals import _CASES, told

TEXT = "Een goede begeleider helpt, en een café om de hoek."


@pytest.fixture
def desk(tmp_path):
    """A study with one coding of each of two coders, opened for the first."""
    study = make_study(tmp_path)
    for coder in ("bram", "anna"):
        desk = Desk(str(study), coder=coder)
        done(desk, f"coded-{coder}", "code", **passage(desk), code="screening")
    return desk


def passage(desk, quote=TEXT, **changes):
    """Return where words of the second interview stand, as an operation says it."""
    shown = desk.read("transcript", {"name": "interview-02"})
    start = shown["text"].index(quote)
    return {
        "transcript": "interview-02",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "sha": shown["sha"],
        **changes,
    }


def done(desk, identifier, op, **body):
    """Do an operation."""
    return desk.write({"id": identifier, "op": op, "body": body})


def of_the_codebook(**body):
    """Return how a step about the codebook is asked for."""
    return lambda desk: done(desk, "step", "codebook", **body)


def asked(query):
    """Return how the passages of a query are asked for."""
    return lambda desk: desk.read("reading", {"query": query})


def coded_twice(desk):
    """Recode a coding to where there is one already."""
    made = done(desk, "other", "code", **passage(desk), code="mobiliteit")["id"]
    done(desk, "same", "revise", coding=made, code="screening")


def undone_under_others(desk):
    """Take back a code that somebody else has coded with meanwhile."""
    made = done(desk, "new", "codebook", action="add", label="Nieuw", parent="")
    bram = Desk(str(desk.study.folder), coder="bram")
    done(bram, "brams", "code", **passage(bram), code=made["code"])
    done(desk, "back", "undo")


CASES = {
    "text": lambda desk: done(desk, "x", "code", **passage(desk, sha="0" * 64), code="screening"),
    "silent": lambda desk: done(desk, "x", "code", **passage(desk, "R03"), code="screening"),
    "bears": of_the_codebook(action="delete", code="screening"),
    "below": of_the_codebook(action="delete", code="instroom"),
    "itself": of_the_codebook(action="move", codes=["instroom"], parent="screening"),
    "merge": of_the_codebook(action="merge", code="instroom", into="screening"),
    "code": of_the_codebook(action="label", code="weg", label="Weg"),
    "coding": lambda desk: done(desk, "x", "uncode", coding="0123"),
    "same": coded_twice,
    "note": lambda desk: done(desk, "x", "note", note="0123", text=""),
    "rests": undone_under_others,
    "nothing": lambda desk: done(desk, "x", "redo"),
    "turn": lambda desk: done(desk, "x", "edit", **passage(desk), text="Twee\nregels."),
    "ask.ends": asked("screening &"),
    "ask.quote": asked('"een goede'),
    "ask.there": asked("screening )"),
    "ask.deep": asked("(" * 60 + "screening"),
    "ask.code": asked("screenin & mobiliteit"),
    "ask.attribute": asked("kleur=rood"),
    "ask.value": asked("richting=omhoog"),
    "ask.word": asked('"…"'),
    "query": lambda desk: done(desk, "x", "query", query='"bestaatniet"', code="screening"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_refusal_is_told_apart(desk, case):
    """What somebody can meet on the page is known by what the study says of it, with the code it is about."""
    with pytest.raises(LdeQualError) as error:
        CASES[case](desk)
    assert refusal(error.value)["said"]["case"] == case


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ("richting=omhoog", {"at": "10", "name": "omhoog", "of": "richting", "known": "belemmerend, faciliterend"}),
        ("richting=belemmerd", {"at": "10", "name": "belemmerd", "of": "richting", "known": "belemmerend"}),
        ("kleur=rood", {"at": "1", "name": "kleur", "known": "role, organisation, function, date, kind, richting"}),
        ("screening & weg", {"at": "13", "name": "weg"}),
    ],
)
def test_what_a_query_could_say_instead_is_told(desk, query, about):
    """Of a query that cannot be answered the place, the word that stands there, and what may stand there are told."""
    with pytest.raises(LdeQualError) as error:
        asked(query)(desk)
    said = told(error.value)
    assert {name: value for name, value in said.items() if name != "case"} == about


def test_whose_work_is_in_the_way_is_said(desk):
    """Who has coded so, and how often, is told in no language."""
    with pytest.raises(RefusedError) as error:
        CASES["bears"](desk)
    assert told(error.value) == {"case": "bears", "code": "screening", "whose": "anna (1), bram (1)"}


def test_what_is_no_case_of_the_page_is_told_as_it_is():
    """Another error has no case, and keeps its own sentence and way out."""
    error = LdeQualError("Something else.", way_out="Do it otherwise.")
    assert (refusal(error)["said"], refusal(error)["what"]) == ({}, "Something else.")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_case_has_its_words(lang):
    """Each case is worded in both languages, and no other is."""
    worded = {key.removeprefix("refused.") for key in words(lang) if key.startswith("refused.")}
    assert worded == {*_CASES, "stale"}
    assert told(StaleError("The codebook changed since it was read.")) == {"case": "stale"}
