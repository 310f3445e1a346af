"""Who sees suggestions in which transcript, and what a coding keeps of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coders import AT, CODEBOOK, coded
from studies import make_study

import lde_qual as lq
from lde_qual.api.deciding import suggested
from lde_qual.api.revealing import shown
from lde_qual.api.sight import shown_places
from lde_qual.api.suggesting import Suggestions
from lde_qual.cli.main import main
from lde_qual.errors import RefusedError, UsageError
from lde_qual.model.fold import fold
from lde_qual.model.made import Codings
from lde_qual.model.operation import Operation
from lde_qual.model.visibility import mode, visibility

TEXTS = {"een": "R1: Dit is een zin.\n", "twee": "R1: Dit is er nog een.\n"}
FREEZE = Operation("vast", 9, AT, "zoe", "codebook", {"action": "freeze", "codes": [], "name": "v1", "text": CODEBOOK})
LATE = "2026-02-02T00:00:00Z"


def study_of(setting="", codings=None, *, more="", frozen=False, **done):
    book = CODEBOOK + (f"suggestions: {setting}\n" if setting else "") + more
    study = coded(TEXTS, codings or {}, codebook=book, **done)
    if frozen:
        study.states["zoe"] = fold("zoe", [FREEZE])
    return study


def came_later(study, coder):
    """Let all that a coder did be done after what the others did."""
    state = study.states[coder]
    state.codings = Codings({name: replace(each, created=LATE) for name, each in state.codings.items()})
    state.done = dict.fromkeys(state.done, LATE)
    return study


@pytest.mark.parametrize(
    ("setting", "frozen", "expected"),
    [
        ("", False, "uit"),
        ("", True, "na eerste lezing"),
        ("uit", True, "uit"),
        ("meteen", False, "meteen"),
        ("na eerste lezing", False, "na eerste lezing"),
    ],
)
def test_the_setting(setting, frozen, expected):
    """Unless the codebook says otherwise suggestions are off until the first freeze, and then come after reading."""
    assert expected == mode(study_of(setting, frozen=frozen))


MAIN = "main_coder: anna\n"
ANNA, BRAM = ("een", 4, 8, "los"), ("een", 9, 12, "los")


@pytest.mark.parametrize(
    ("coder", "setting", "codings", "more", "done", "why"),
    [
        ("anna", "", {}, "", {}, "off"),
        ("anna", "uit", {}, "", {"anna": ["een"]}, "off"),
        ("anna", "meteen", {}, "", {}, "shown"),
        ("anna", "na eerste lezing", {"anna": [ANNA]}, "", {}, "first reading"),
        ("anna", "na eerste lezing", {"anna": []}, "", {"anna": ["twee"]}, "first reading"),
        ("anna", "na eerste lezing", {"anna": []}, "", {"anna": ["een"]}, "shown"),
        # Another than the main coder never sees any in what somebody else coded, done or not.
        ("bram", "meteen", {"anna": [ANNA], "bram": [BRAM]}, MAIN, {"bram": ["een"]}, "second coder"),
        ("bram", "meteen", {"anna": [], "bram": []}, MAIN, {"anna": ["een"], "bram": ["een"]}, "second coder"),
        ("bram", "meteen", {"anna": [("twee", 4, 8, "los")]}, MAIN, {}, "shown"),
        # A main coder who comes later reads it alone first.
        ("anna", "meteen", {"bram": [BRAM]}, MAIN, {}, "second coder"),
        ("anna", "meteen", {"anna": [ANNA], "bram": [BRAM]}, MAIN, {"anna": ["een"]}, "shown"),
        # Nobody is compared in reflexive work.
        ("bram", "meteen", {"anna": [ANNA]}, MAIN + "approach: reflexief\n", {}, "shown"),
        # Without a main coder the first to begin is first.
        ("bram", "meteen", {"anna": [ANNA]}, "", {}, "second coder"),
        ("anna", "meteen", {"anna": [ANNA]}, "", {}, "shown"),
    ],
)
def test_who_sees_suggestions(  # noqa: PLR0917 - a table of cases
    coder, setting, codings, more, done, why
):
    """Each case names a coder, what was coded, and whether suggestions show in the transcript, or why not."""
    found = visibility(study_of(setting, codings, more=more, **done), coder, "een")
    assert (why == "shown", why) == (found.visible, found.why)


@pytest.mark.parametrize(("main", "late"), [("", "bram"), ("", "anna"), (MAIN, "anna")])
def test_who_began_later_is_second(main, late):
    """Of two who coded a transcript, who began later is its second coder; a main coder too, until it is done."""
    study = came_later(study_of("meteen", {"anna": [ANNA], "bram": [BRAM]}, more=main), late)
    assert "second coder" == visibility(study, late, "een").why


def test_reading_to_the_end_counts_as_beginning():
    """A coder who marked a transcript done before the other coded it began first, also with codings made after."""
    study = came_later(study_of("meteen", {"anna": [ANNA], "bram": [BRAM]}, anna=["een"]), "bram")
    codings = study.states["anna"].codings
    for name, each in list(codings.items()):
        codings[name] = replace(each, created="2026-03-03T00:00:00Z")
    assert visibility(study, "anna", "een").visible


BOOK = """\
title: Beslissen
main_coder: anna
suggestions: meteen
codes:
  - {id: vervoer, label: Vervoer, keywords: [bus, fiets, trein]}
  - {id: taal, label: Taal, keywords: [nederlands, taalles]}
"""
PEOPLE = "respondent,role,organisation,transcript\nR01,vdab,VDAB,een\nR02,vdab,VDAB,twee\n"
TALK = {
    "een": "I: En?\nR01: De bus rijdt hier maar één keer per uur.\n",
    "twee": "I: En?\nR02: De trein is te duur voor onze mensen.\n",
}
HOW = {"method": "codebook"}


@pytest.fixture
def folder(tmp_path):
    return make_study(tmp_path, codebook=BOOK, respondents=PEOPLE, transcripts=TALK)


@pytest.fixture
def study(folder):
    return lq.open_study(folder)


def setting(folder, *, suggestions="meteen", more=""):
    text = BOOK.replace("suggestions: meteen", f"suggestions: {suggestions}") + more
    (folder / "codebook.yaml").write_text(text, encoding="utf-8")
    return lq.open_study(folder)


def test_a_list_names_nothing_to_a_second_coder(study):
    """Not even who asks for it sees suggestions where their codes are to be compared, and nothing is decided there."""
    lq.code(study, transcript="een", start=12, end=18, code="vervoer")
    found = lq.suggest(study, coder="bram", **HOW)
    assert {"twee"} == set(found["transcript"])
    assert any("Left out for bram: een" in notice for notice in found.attrs["notices"])
    assert {"een", "twee"} == set(lq.suggest(study, all=True, **HOW)["transcript"])
    where = ("een", 12, 52, "vervoer")
    for decide in (lq.accept, lq.later):
        with pytest.raises(RefusedError, match="bram decides on no suggestion in 'een'"):
            decide(study, *where, coder="bram", **HOW)
    with pytest.raises(RefusedError, match="to be compared"):
        lq.reject(study, *where, coder="bram", reason="wrong code", **HOW)
    assert "bram" not in study.model.states


def test_every_coding_keeps_whether_suggestions_could_be_seen(study, folder):
    """A coding by hand is marked by the setting of its moment, and stays so when the setting changes."""
    lq.code(study, transcript="een", start=12, end=15, code="taal")
    hidden = setting(folder, suggestions="uit")
    lq.code(hidden, transcript="een", start=16, end=19, code="taal")
    assert [True, False] == hidden.codings()["suggestions_visible"].tolist()
    assert {"human"} == set(hidden.codings()["origin"])


def test_a_blind_passage_is_coded_without_suggestions_until_they_were_shown(folder):
    """What is coded there before they show is kept as coded without; after it as coded with."""
    study = setting(folder, more="blind_share: 1.0\n")
    lq.code(study, transcript="een", start=12, end=52, code="taal")
    said = Suggestions(study, method="codebook")
    shown(study, said.for_transcript("een")[0])
    lq.code(study, transcript="een", start=12, end=52, code="vervoer")
    assert {"taal": False, "vervoer": True} == study.codings().set_index("code")["suggestions_visible"].to_dict()


def test_what_cannot_be_read_hides_nothing(study):
    """A damaged record of what was shown is passed over; the views go on."""
    part = Operation("x", 1, AT, "anna", "shown", {"transcript": "een", "start": "vier"})
    study.model.states["anna"] = fold("anna", [part])
    assert {} == shown_places(study.model, "anna")
    assert suggested(Suggestions(study, method="codebook"), "een", 12, 52, "vervoer").code == "vervoer"


def test_blind_first_and_shown_after(folder, capsys):
    """A blind passage stands in the list without its suggestion until the coder decided; then both are kept."""
    study = setting(folder, more="blind_share: 1.0\n")
    found = lq.suggest(study, order="confidence", **HOW)
    assert [True, True] == found["code"].isna().tolist()
    assert found["score"].isna().all()
    assert "blind" in found["reason"][0]
    where = ("een", 12, 52)
    with pytest.raises(RefusedError, match="coded blind by anna"):
        lq.accept(study, *where, "vervoer", **HOW)
    with pytest.raises(RefusedError, match="coded blind by anna"):
        lq.reject(study, *where, "taal", reason="wrong code", **HOW)
    with pytest.raises(RefusedError, match="has not coded this passage yet"):
        lq.reveal(study, *where, **HOW)
    lq.code(study, transcript="een", start=12, end=52, code="taal")
    with pytest.raises(RefusedError, match="gave this passage taal"):
        lq.reveal(study, *where, no_code=True, **HOW)
    assert 0 == main(["--study", str(folder), "reveal", *map(str, where), "--method", "codebook"])
    assert "vervoer (0." in capsys.readouterr().err
    study.refresh()
    (shown_,) = study.model.state("anna").shown
    assert (["taal"], "vervoer") == (shown_.body["codes"], shown_.body["suggestions"][0][0])
    with pytest.raises(RefusedError, match="hidden from anna"):
        lq.reveal(study, *where, **HOW)
    assert lq.accept(study, *where, "vervoer", **HOW)
    lq.undo(study)
    lq.undo(study)
    assert not study.model.state("anna").shown
    assert lq.suggest(study, all=True, **HOW)["code"].isna().all()


def test_a_passage_without_a_suggestion_is_blind_too(folder):
    """Where nothing is suggested the list shows no difference: else its silence would tell."""
    study = setting(folder, more="blind_share: 1.0\n")
    path = folder / "transcripts" / "twee.txt"
    path.write_text("I: En?\nR02: Ja.\n", encoding="utf-8")
    study.refresh()
    for order in ("transcript", "confidence", "uncertainty"):
        assert ["een", "twee"] == lq.suggest(study, order=order, **HOW)["transcript"].tolist()
    lq.reveal(study, "twee", 12, 15, no_code=True, **HOW)
    assert [] == study.model.state("anna").shown[0].body["suggestions"]
    assert ["een"] == lq.suggest(study, **HOW)["transcript"].tolist()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"codes": None}, "before is not said"), ({"suggestions": [["taal", "hoog"]]}, "shown is not said")],
)
def test_what_was_shown_is_said_in_full(study, change, said):
    """A record of what was shown that leaves something out is refused."""
    body = {"transcript": "een", "start": 12, "end": 52, "quote": TALK["een"][12:52]}
    body |= {"body_sha256": study.model.transcript("een").body_sha256, "codes": [], "suggestions": [["taal", 0.5]]}
    with pytest.raises(UsageError, match=said):
        study.write("shown", body | change)
    study.write("shown", body)
    assert 1 == len(study.model.state("anna").shown)


def test_offsets_out_of_a_table_serve(study):
    """Start and end may be the whole numbers of a table, which are of a kind of their own."""
    row = lq.suggest(study, **HOW).iloc[0]
    assert lq.accept(study, row["transcript"], row["start"], row["end"], row["code"], **HOW)


def test_what_was_coded_blind_stays_as_it_was(folder):
    """Accepting after the suggestion showed does not make the blind coding agree with it."""
    study = setting(folder, more="blind_share: 1.0\n")
    lq.code(study, transcript="een", start=12, end=52, code="taal")
    lq.reveal(study, "een", 12, 52, **HOW)
    names = ["passages", "codings_per_passage", "first_among_codes"]
    before = lq.evaluate(study, table="effect", **HOW).set_index("condition").loc["blind", names].tolist()
    assert [1, 1, 0] == before
    lq.accept(study, "een", 12, 52, "vervoer", **HOW)
    assert before == lq.evaluate(study, table="effect", **HOW).set_index("condition").loc["blind", names].tolist()


def test_a_second_coder_gets_no_second_look(study):
    """What agreement compares is not reread by what the machine expects."""
    lq.code(study, transcript="een", start=12, end=18, code="vervoer")
    for coder in ("anna", "bram"):
        lq.done(study, "een", coder=coder)
    found = {coder: lq.second_look(study, coder=coder, **HOW) for coder in ("anna", "bram")}
    assert found["bram"].empty
    assert any("Left out for bram: een" in notice for notice in found["bram"].attrs["notices"])
    assert not any("Left out" in notice for notice in found["anna"].attrs["notices"])


def test_a_table_is_accepted_as_it_stands(study):
    """A list of `suggest` in Python is taken over at once, in one step; an empty one is refused."""
    rows = lq.suggest(study, **HOW)
    assert 2 == len(lq.accept(study, from_=rows, **HOW))
    assert 1 == len(study.model.state("anna").operations)
    lq.undo(study)
    for nothing, said in ((rows.iloc[:0], "holds no suggestion"), (rows.drop(columns="code"), "no column 'code'")):
        with pytest.raises(UsageError, match=said):
            lq.accept(study, from_=nothing, **HOW)
