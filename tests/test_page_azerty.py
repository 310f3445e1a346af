"""The keys of the page on a Belgian or French keyboard, in a real Chromium: digits with Shift, brackets with AltGr."""

import pytest
from browsing import select, settled, until

ROW = {"1": "&", "2": "é", "3": '"'}


@pytest.fixture
def page(service, new_tab):
    """The page of the first interview."""
    tab = new_tab()
    tab.goto(service.url)
    until(tab, "Boolean(window.ldeQual && window.ldeQual.data && window.ldeQual.data.name === 'gesprek één')")
    tab.locator(".turn").nth(1).focus()
    return tab


def press(tab, key, code, **more):
    """Send what such a keyboard sends, to what has the focus."""
    init = {"key": key, "code": code, "bubbles": True, "cancelable": True, **more}
    tab.evaluate("(init) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', init))", init)


def test_the_row_of_digits_works_without_shift(page):
    """The keys of the digits code, and choose a value, as they are; so do digits that are typed with Shift."""
    page.evaluate("window.ldeQual.study.used('screening')")
    page.evaluate("window.ldeQual.study.used('mobiliteit')")
    select(page, "na een screening")
    press(page, ROW["2"], "Digit2")
    settled(page)
    assert page.locator(".status").inner_text() == "Gecodeerd: Mobiliteit"
    select(page, "Dat duurt lang")
    press(page, "1", "Digit1", shiftKey=True)
    settled(page)
    assert page.locator(".status").inner_text() == "Gecodeerd: Screening"
    page.keyboard.press("D")
    page.wait_for_selector("dialog[open]")
    press(page, ROW["1"], "Digit1")
    settled(page)
    assert page.evaluate("Object.values(window.ldeQual.act.current().dimensions).filter(Boolean).length") == 1


def test_shift_with_a_digit_is_no_digit_elsewhere(page):
    """On a keyboard whose digits need no Shift, what Shift types is none."""
    page.evaluate("window.ldeQual.study.used('screening')")
    select(page, "na een screening")
    press(page, "!", "Digit1", shiftKey=True)
    assert page.evaluate("window.ldeQual.view.codings.size") == 0


@pytest.mark.parametrize("held", [{"modifierAltGraph": True, "ctrlKey": True, "altKey": True}, {"altKey": True}])
def test_brackets_fold_the_sides_however_they_are_typed(page, held):
    """AltGr, which Windows tells as Ctrl with Alt and a Mac as Alt, does not keep a bracket from its work."""
    assert page.locator(".left").is_visible()
    press(page, "[", "BracketLeft", **held)
    until(page, "!document.querySelector('.left').checkVisibility()")
