"""What the page tells of what was done, in a real Chromium: a new code, a keyword that was typed, a step taken back."""

import pytest
from browsing import select, settled, until
from pages import ask

STATUS = ".status"


@pytest.fixture
def page(study, service, new_tab):
    """The page of the first interview, of a codebook in which mobility has keywords."""
    path = study / "codebook.yaml"
    book = path.read_text(encoding="utf-8")
    path.write_text(
        book.replace("label: Mobiliteit", "keywords: [auto, fiets*]\n    label: Mobiliteit"), encoding="utf-8"
    )
    tab = new_tab()
    tab.goto(service.url)
    until(tab, "Boolean(window.ldeQual && window.ldeQual.data && window.ldeQual.data.name === 'gesprek één')")
    tab.locator(".turn").nth(1).focus()
    return tab


def choose(page, quote, typed):
    """Select words, type in the choice of a code, and press Enter."""
    select(page, quote)
    page.keyboard.press("c")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    settled(page)


def test_a_code_is_found_by_its_keywords_after_those_found_by_their_path(page):
    """A word that begins a keyword finds the code and says which; what a path holds stands before it."""
    select(page, "Dat duurt lang")
    page.keyboard.press("c")
    page.keyboard.type("fie")
    assert page.locator("dialog [role=option]").first.get_attribute("data-code") == "mobiliteit"
    assert "trefwoord: fiets*" in page.locator("dialog [role=option]").first.inner_text()
    page.keyboard.press("Control+a")
    page.keyboard.type("mobi")
    assert "trefwoord" not in page.locator("dialog [role=option]").first.inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("window.ldeQual.study.matching('mobiliteit fiets')") == ["mobiliteit"]
    assert page.evaluate("window.ldeQual.study.matching('iets')") == []


def test_that_a_code_is_new_is_said(page):
    """Who types a name that no code has is told that a code was made; with one that is there, that it was used."""
    choose(page, "Dat duurt lang", "sceening")
    assert page.locator(STATUS).inner_text() == "Gecodeerd bij een nieuwe code: sceening"
    choose(page, "na een screening", "screening")
    assert page.locator(STATUS).inner_text() == "Gecodeerd: Screening"


def test_what_is_typed_above_a_new_code_is_never_lost(page, service):
    """Of a path of which no code is there all are made; where the one above is there, only the one below it."""
    choose(page, "Dat duurt lang", "tijd > wachten")
    choose(page, "na een screening", "mobil > afstand")
    codes = {each["label"]: each for each in ask(service, "GET", "/api/start")[1]["codes"]}
    assert codes["tijd"]["parent"] == ""
    assert codes["wachten"]["parent"] == codes["tijd"]["id"]
    assert codes["afstand"]["parent"] == "mobiliteit"


def test_undo_and_redo_say_what_they_took_back_and_did_again(page):
    """Each names what it was about, and the interview where that is another; the button says so beforehand."""
    choose(page, "na een screening", "screening")
    undo, redo = page.get_by_role("button", name="Ongedaan maken"), page.get_by_role("button", name="Opnieuw")
    assert undo.get_attribute("title") == "codering: Screening"
    page.keyboard.press("Control+z")
    settled(page)
    assert page.locator(STATUS).inner_text() == "Ongedaan gemaakt: codering: Screening"
    assert (undo.get_attribute("title"), redo.get_attribute("title")) == ("", "codering: Screening")
    page.keyboard.press("Control+Shift+z")
    settled(page)
    assert page.locator(STATUS).inner_text() == "Opnieuw gedaan: codering: Screening"
    page.keyboard.press("u")
    settled(page)
    page.locator("header select").select_option("interview-02")
    until(page, "window.ldeQual.data.name === 'interview-02'")
    page.locator(".turn").first.focus()
    page.keyboard.press("Control+z")
    settled(page)
    assert page.locator(STATUS).inner_text() == "Ongedaan gemaakt: codering weghalen: Screening, in gesprek één"


def test_undo_names_a_new_code_and_how_much_one_step_held(page):
    """A code that was made is named as it goes; of a step of several parts is said how many more there were."""
    choose(page, "Dat duurt lang", "wachten")
    page.locator(".turn").first.focus()
    for said in ("codering: wachten", "codeboek: wachten"):
        page.keyboard.press("Control+z")
        settled(page)
        assert page.locator(STATUS).inner_text() == f"Ongedaan gemaakt: {said}"
    page.evaluate("window.ldeQual.send({ op: 'query', body: { query: '\"bus\"', code: 'mobiliteit' } })")
    settled(page)
    page.keyboard.press("Control+z")
    settled(page)
    assert page.locator(STATUS).inner_text() == "Ongedaan gemaakt: codering: Mobiliteit, en nog 1"
