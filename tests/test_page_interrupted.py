"""Operations of the page that are cut off half-way, and asked for again as the page does: done whole, and once."""

from contextlib import suppress

import pytest
from browsing import select, settled, until
from pages import ask, place, served
from studies import code_words, make_study

import lde_qual as lq
from lde_qual.errors import WriteError
from lde_qual.store import study_store
from lde_qual.store.journals import Journals
from lde_qual.workbench.desk import Desk

QUOTES = ("niemand zonder bus", "De bus is er niet")
PASSAGES = [("gesprek één", quote, "mobiliteit") for quote in QUOTES]


class Killed(BaseException):
    """The program ends at once, as by SIGKILL."""


@pytest.fixture
def coded(tmp_path):
    """A study with two codings at one code."""
    folder = make_study(tmp_path)
    code_words(lq.open_study(folder), PASSAGES)
    return folder


@pytest.fixture
def cut_off(monkeypatch):
    """Return what lets one program fail at a place where it writes, after so many times, by an error."""

    def cut(folder, operation, *, owner, name, after, by):
        real, left = getattr(owner, name), [after]

        def failing(*given, **more):
            left[0] -= 1
            if left[0] == -1:
                raise by
            return real(*given, **more)

        with monkeypatch.context() as patched:
            patched.setattr(owner, name, failing)
            answer(folder, operation, (Killed, WriteError))
        assert left[0] < 0

    return cut


def answer(folder, operation, errors=()):
    """Let a program that is started anew do an operation."""
    desk = Desk(str(folder))
    try:
        with suppress(*errors):
            return desk.write(operation)
        return None
    finally:
        desk.close()


def codes(folder):
    """Return the code of each passage, and the codes of the file, as anyone finds them."""
    study = lq.open_study(folder)
    found = study.codings()
    assert not [each for each in study.notices if "does not show" in each]
    return dict(zip(found["quote"], found["code"], strict=True)), set(study.codebook.ids())


def split(folder):
    coding = list(lq.open_study(folder).codings()["coding"])[1]
    body = {"action": "split", "code": "mobiliteit", "into": [{"label": "Lijnen"}], "codings": {coding: 0}}
    return {"id": "the-split", "op": "codebook", "body": body}


TEXT = (study_store, "replace_text")
LINE = (Journals, "write")
BEFORE = dict.fromkeys(QUOTES, "mobiliteit")
AFTER = BEFORE | {QUOTES[1]: "lijnen"}


@pytest.mark.parametrize(
    ("at", "after", "by"),
    [(TEXT, 0, Killed()), (LINE, 1, Killed()), (LINE, 1, WriteError("The disk is full.", way_out="Make room."))],
    ids=["before the codebook's file", "before the codings", "a full disk before the codings"],
)
def test_a_split_that_was_cut_off_is_done_whole_when_it_is_asked_for_again(coded, cut_off, at, after, by):
    """Asked for again, its codes stand in the file and its codings are handed over, once."""
    operation = split(coded)
    cut_off(coded, operation, owner=at[0], name=at[1], after=after, by=by)
    answer(coded, operation)
    found, known = codes(coded)
    assert found == AFTER
    assert "lijnen" in known
    answer(coded, {"id": "back", "op": "undo", "body": {}})
    assert codes(coded)[0] == BEFORE
    assert "lijnen" not in codes(coded)[1]


@pytest.mark.parametrize("steps", [["undo"], ["undo", "redo"]], ids=" ".join)
def test_an_undo_or_redo_that_was_cut_off_is_done_whole_when_it_is_asked_for_again(coded, cut_off, steps):
    """What takes back or does again a split in one step does so too where the program was ended in the middle of it."""
    answer(coded, split(coded))
    *before, last = [{"id": f"the-{op}", "op": op, "body": {}} for op in steps]
    for each in before:
        answer(coded, each)
    cut_off(coded, last, owner=Journals, name="write", after=1, by=Killed())
    answer(coded, last)
    found, known = codes(coded)
    assert found == (AFTER if steps[-1] == "redo" else BEFORE)
    assert ("lijnen" in known) is (steps[-1] == "redo")


def test_a_new_code_that_was_cut_off_bears_the_coding_it_was_made_for(coded, cut_off):
    """A program that ends between the journal and codebook.yaml, asked again, takes the coding that waits behind it."""
    new = {"id": "the-code", "op": "codebook", "body": {"action": "add", "label": "Vervoer", "parent": ""}}
    cut_off(coded, new, owner=study_store, name="replace_text", after=0, by=Killed())
    with served(coded) as service:
        made = ask(service, "POST", "/api/operations", body=new)[1]["code"]
        body = {**place(service, "interview-02", "goede begeleider helpt"), "code": made}
        assert ask(service, "POST", "/api/operations", body={"id": "c", "op": "code", "body": body})[0] == 200
    assert codes(coded)[0]["goede begeleider helpt"] == "vervoer"


def test_what_was_written_and_taken_back_is_not_taken_for_done(coded, cut_off):
    """A correction whose file could not be written was told to have failed: asked for again, it is made."""
    with served(coded) as service:
        body = {**place(service, "interview-02", "café"), "text": "kroeg"}
    edit = {"id": "the-edit", "op": "edit", "body": body}
    full = WriteError("The disk is full.", way_out="Make room.")
    cut_off(coded, edit, owner=study_store, name="replace_text", after=0, by=full)
    answer(coded, edit)
    assert "kroeg" in (coded / "transcripts" / "interview-02.txt").read_text(encoding="utf-8")


def test_what_waits_is_found_by_the_next_start_of_the_program(study, new_tab):
    """The program has the same address at each start, so that the tab in which work waits hands it over there."""
    tab = new_tab()
    with served(study) as first:
        tab.goto(first.url)
        tab.wait_for_selector(".turn")
        until(tab, "Boolean(window.ldeQual?.follower.timer)")
    select(tab, QUOTES[0])
    tab.evaluate("ldeQual.act.code('mobiliteit')")
    tab.wait_for_selector(".banner:not([hidden])")
    with served(study) as second:
        assert second.port == first.port
        tab.goto(second.url)
        settled(tab)
    assert codes(study)[0] == {QUOTES[0]: "mobiliteit"}


def test_a_second_program_has_an_address_of_its_own(study):
    """While one program serves a study, another finds a free port."""
    with served(study) as first, served(study) as second:
        assert first.port != second.port
        assert ask(second, "GET", "/api/counts")[0] == 200
