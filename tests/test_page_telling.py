"""What the page tells of what was done, in a real Chromium: a new code, a keyword that was typed, a step taken back."""

import pytest
from browsing import select, settled, until

STATUS = ".status"


@pytest.fixture
def page(study, service, new_tab):
    """The page of the first interview, of a codebook in which mobility has keywords."""
    path = study / "codebook.yaml"
    book = path.read_text(encoding="utf-8")
    path.write_text(book.replace("label: Mobiliteit", "keywords: [auto, fiets*]\n    label: Mobiliteit"), encoding="utf-8")
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
    """Who types a name that no code has is told that a new code was made; of one that is there, only that it was used."""
    choose(page, "Dat duurt lang", "sceening")
    assert page.locator(STATUS).inner_text() == "Gecodeerd bij een nieuwe code: sceening"
    choose(page, "na een screening", "screening")
    assert page.locator(STATUS).inner_text() == "Gecodeerd: Screening"
