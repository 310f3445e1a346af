"""The page in a real Chromium while the study changes around it: transcripts that come, go and come back."""

import re

import pytest
from browsing import until
from pages import ask, place, served
from studies import RESPONDENTS, TRANSCRIPTS, make_study

HEAD = RESPONDENTS.splitlines(keepends=True)[0]
FIRST = "gesprek één"


@pytest.fixture
def empty(tmp_path):
    """A study with a codebook and nobody interviewed yet."""
    return make_study(tmp_path, transcripts={}, respondents=HEAD)


def test_a_study_without_transcripts_says_how_they_come_and_shows_the_first_that_does(empty, new_tab):
    """An interview that is brought in while the page stands open is shown there, without a reload."""
    with served(empty) as service:
        tab = new_tab()
        tab.goto(service.url)
        until(tab, "Boolean(window.ldeQual?.follower.timer)")
        assert "lde-qual import" in tab.locator(".turns .hint").inner_text()
        assert not tab.get_by_role("button", name="Uitgelezen").is_visible()
        (empty / "transcripts" / "respondents.csv").write_text(RESPONDENTS, encoding="utf-8")
        for name, text in TRANSCRIPTS.items():
            (empty / "transcripts" / f"{name}.txt").write_text(text, encoding="utf-8")
        until(tab, "document.querySelectorAll('.turn').length > 0")
        assert tab.evaluate("window.ldeQual.data.name") in TRANSCRIPTS
        assert tab.locator(".turns .hint").count() == 0


def test_a_transcript_whose_file_is_gone_is_said_to_be_until_it_is_back(study, service, new_tab):
    """While the file of the open transcript is away the page says so; once it is back, coding goes on."""
    tab = new_tab()
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    until(tab, f"window.ldeQual?.data.name === '{FIRST}'")
    path = study / "transcripts" / f"{FIRST}.txt"
    kept = path.rename(study / "away.txt")
    until(tab, "!document.querySelector('.banner').hidden")
    assert FIRST in tab.locator(".banner").inner_text()
    kept.rename(path)
    until(tab, "document.querySelector('.banner').hidden")
    assert tab.locator("header select").input_value() == FIRST


def test_what_is_to_be_known_of_the_folder_is_counted_and_can_be_read(study, new_tab):
    """Remarks about the folder are counted in the page's language, and each is marked as English."""
    (study / "codings").mkdir(exist_ok=True)
    (study / "codings" / "bram.jsonl").write_text("no line of a journal\n", encoding="utf-8")
    with served(study, coder="anna") as service:
        tab = new_tab()
        tab.goto(service.url)
        tab.wait_for_selector(".turn")
        assert tab.locator("details.notice summary").inner_text().startswith("1 opmerking over de studiemap")
        said = tab.locator("details.notice p")
        assert (said.get_attribute("lang"), "bram.jsonl" in said.inner_text()) == ("en", True)


def held_back(tab, address):
    """Hold back what is asked at addresses of a kind, and return what is held."""
    held = []

    def hold(route):
        held.append(route)

    tab.route(re.compile(address), hold)
    return held


def until_asked(tab, held):
    """Wait until something is held back."""
    while not held:
        tab.wait_for_timeout(20)


def test_an_older_answer_never_takes_the_place_of_a_newer_one(study, service, new_tab):
    """A transcript that was asked for beside nobody comes late: what is shown stays what was asked for last."""
    with served(study, coder="bram") as other:
        body = {**place(other, "gesprek%20%C3%A9%C3%A9n", "na een screening"), "transcript": FIRST, "code": "screening"}
        assert ask(other, "POST", "/api/operations", body={"id": "1", "op": "code", "body": body})[0] == 200
    tab = new_tab()
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    until(tab, f"window.ldeQual.data.name === '{FIRST}' && window.ldeQual.study.coders.includes('bram')")
    held = []
    tab.route(
        "**/api/transcript**", lambda route: route.continue_() if "coders" in route.request.url else held.append(route)
    )
    tab.evaluate("void window.ldeQual.reopen()")
    until(tab, "true")
    tab.evaluate("void window.ldeQual.filters.set('coder', 'bram')")
    tab.wait_for_timeout(300)
    for route in held:
        route.continue_()
    until(tab, "window.ldeQual.view.codings.size === 1")
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.ldeQual.view.codings.size") == 1


def test_the_transcript_chosen_last_is_the_one_shown(service, new_tab):
    """Two transcripts chosen one after the other: the second stays, though the first comes later."""
    tab = new_tab()
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    held = held_back(tab, r"/api/transcript\?name=interview-02$")
    tab.evaluate("void window.ldeQual.openTranscript('interview-02')")
    until_asked(tab, held)
    tab.evaluate(f"window.ldeQual.openTranscript('{FIRST}')")
    for route in held:
        route.continue_()
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.ldeQual.data.name") == FIRST
