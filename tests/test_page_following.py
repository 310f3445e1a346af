"""The page in a real Chromium while the study changes around it: transcripts that come, go and come back."""

import pytest
from browsing import until
from pages import served
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
    tab.locator("header select").select_option(FIRST)
    until(tab, f"window.ldeQual.data.name === '{FIRST}'")
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
