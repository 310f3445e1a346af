"""Choosing what is read on the page in a real Chromium: a code, every code, a value of a dimension, or a query."""

import pytest
from browsing import select, settled, until
from readings import FOCUS, SECOND, THIRD, TWO, code, coded_page, codings, do, fragment, narrowing, read
from studies import make_study


@pytest.fixture
def study(tmp_path):
    """A small study with two dimensions."""
    return make_study(tmp_path, codebook=TWO)


@pytest.fixture
def page(service, new_tab):
    """The page with one fragment in each of two interviews at two codes, and one without a direction."""
    return coded_page(service, new_tab())


def test_all_codes_are_read_without_a_query(page):
    """Above the tree, and at the top of what is read, all codes are chosen, and a value of a dimension, or none."""
    page.locator("[data-code=mobiliteit]").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.fragment').length === 1")
    page.get_by_role("button", name="Alle codes").click()
    until(page, "document.querySelectorAll('.fragment').length === 3")
    shown = page.locator(".fragment blockquote")
    for label, value, count in (("richting", "belemmerend", 1), ("richting", "(none)", 1), ("aard", "(none)", 1)):
        narrowing(page, label).select_option(value)
        until(page, f"document.querySelectorAll('.fragment').length === {count} && !window.ldeQual.reading.load.busy()")
    assert shown.all_inner_texts() == [SECOND]
    page.get_by_role("button", name="Filters wissen").click()
    until(page, "document.querySelectorAll('.fragment').length === 3")
    narrowing(page, "Transcript").select_option("interview-02")
    until(page, "document.querySelectorAll('.fragment').length === 1")
    narrowing(page, "Lees").select_option("screening")
    until(page, "document.querySelector('.reading h2').textContent === 'Screening'")
    assert shown.all_inner_texts() == [THIRD]


def test_what_was_read_is_come_back_to(page):
    """Enter shows a fragment in its transcript; `r` leads back to it there, with what it was narrowed to."""
    read(page, group="role")
    fragment(page, THIRD).focus()
    page.keyboard.press("Enter")
    until(page, "window.ldeQual.data.name === 'interview-02' && !window.ldeQual.reading.shown")
    assert page.evaluate(f"{FOCUS}.matches('.turn') && window.ldeQual.view.chosen !== ''")
    page.keyboard.press("r")
    until(page, f"{FOCUS}.matches('.fragment') && {FOCUS}.textContent.includes('{THIRD}')")
    assert page.evaluate("window.ldeQual.reading.asked.group") == "role"


def test_the_passages_of_a_query_are_worked_on(page, service):
    """A passage shows the codings on its words, each with its values; one without is coded and noted there."""
    page.keyboard.press("r")
    narrowing(page, "Lees").select_option("?")
    page.keyboard.type("role=management | role=vdab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fragment")
    passage = fragment(page, SECOND)
    passage.get_by_role("button", name="belemmerend").click()
    settled(page)
    assert codings(service)[SECOND]["dimensions"] == {"richting": "belemmerend"}
    bare = fragment(page, "Daarna wachten ze.")
    bare.focus()
    for key, typed in (("c", "mobil"), ("n", "Waarop?")):
        page.keyboard.press(key)
        page.keyboard.type(typed)
        page.keyboard.press("Enter") if key == "c" else page.get_by_role("button", name="Bewaar").click()
        settled(page)
    until(page, "!window.ldeQual.reading.load.busy()")
    assert codings(service)["Daarna wachten ze."]["code"] == "mobiliteit"
    assert "Waarop?" in bare.inner_text()
    narrowing(page, "Groepeer per").select_option("richting")
    until(page, "document.querySelector('.group h3').textContent.startsWith('belemmerend')")


def test_escape_goes_back_and_leaves_the_selection(page):
    """One Escape leads from a fragment, or from a query that is typed, to the text, with what was selected there."""
    select(page, "Dat duurt lang.")
    for key, focus in (("r", ".fragment"), ("g", ".query input")):
        page.keyboard.press(key)
        page.wait_for_selector(focus)
        page.locator(focus).first.focus()
        page.keyboard.press("Escape")
        assert page.evaluate(f"!window.ldeQual.reading.shown && {FOCUS}.matches('.turn')")
    assert page.evaluate("window.ldeQual.view.pending !== null")


def test_choosing_keeps_the_focus(page):
    """A choice keeps the focus, also where others come or go beside it, and the tree points at what is read."""
    page.keyboard.press("r")
    page.wait_for_selector(".fragment")
    for label, value in (("Lees", "instroom"), ("aard", "gewenst"), ("Lees", ""), ("richting", "faciliterend")):
        narrowing(page, label).focus()
        narrowing(page, label).select_option(value)
        until(page, "!window.ldeQual.reading.load.busy()")
        assert page.evaluate(f"{FOCUS}.dataset.again") == label
        if value == "instroom":
            assert page.evaluate("window.ldeQual.tree.active") == "instroom"


def test_undo_acts_from_a_choice_too(page, service):
    """Where a choice has the focus, nothing is typed that the browser could take back: the keys undo and redo."""
    read(page)
    fragment(page, SECOND).get_by_role("button", name="tegenstem").click()
    settled(page)
    narrowing(page, "Groepeer per").focus()
    for key, mark in (("Control+z", ""), ("Control+y", "tegenstem")):
        page.keyboard.press(key)
        settled(page)
        assert codings(service)[SECOND]["mark"] == mark


def test_a_query_that_is_typed_is_left_alone(page, service):
    """What others do while a query is typed takes away neither a letter nor the place where one types."""
    page.keyboard.press("g")
    page.keyboard.type("role=vdab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fragment")
    page.keyboard.type(" & screening")
    for _ in "screening":
        page.keyboard.press("ArrowLeft")
    there = page.locator(".fragment .on").count()
    code(service, "Daarna wachten ze.", "mobiliteit")
    until(page, f"document.querySelectorAll('.fragment .on').length === {there + 1}")
    page.keyboard.type("!")
    assert page.locator(".query input").input_value() == "role=vdab & !screening"


def test_a_code_is_put_into_a_query_by_its_name(page):
    """Who knows a code by its label alone chooses it, and its id stands where one typed."""
    page.keyboard.press("g")
    page.keyboard.type("role=vdab &")
    page.get_by_role("button", name="Code invoegen").click()
    page.keyboard.type("scree")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.query input').value === 'role=vdab & screening'")
    until(page, f"{FOCUS}.matches('.query input')")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.fragment').length === 2")


@pytest.mark.parametrize("width", [1360, 700, 320])
def test_what_is_read_fits(page, width):
    """Nothing of it runs out of the window sideways, and no fragment with the focus lies under the window's head."""
    page.set_viewport_size({"width": width, "height": 600})
    read(page, group="richting")
    for at in (2, 1, 0):
        page.locator(".fragment").nth(at).focus()
        head = page.locator(".reading header").bounding_box()
        assert page.locator(".fragment").nth(at).bounding_box()["y"] >= head["y"] + head["height"] - 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("D")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_read_follows_its_code(page, service):
    """A code renamed, or merged, while it is read is read on under its name of today; where it is gone, all are."""

    def heading(label, count):
        until(page, f"document.querySelector('.reading h2').textContent === '{label}'")
        until(page, f"document.querySelectorAll('.fragment').length === {count}")

    page.evaluate("window.ldeQual.read('mobiliteit')")
    heading("Mobiliteit", 1)
    do(service, "codebook", {"action": "label", "code": "mobiliteit", "label": "Vervoer"})
    heading("Vervoer", 1)
    do(service, "codebook", {"action": "merge", "code": "mobiliteit", "into": "screening"})
    heading("Screening", 3)
    page.evaluate("window.ldeQual.read('instroom-vdab')")
    heading("Instroom via VDAB", 0)
    do(service, "codebook", {"action": "delete", "code": "instroom-vdab"})
    heading("Alle codes", 3)


def test_a_note_that_is_gone_to_is_seen(page):
    """What leads to a place in the transcript leads out of what is read."""
    select(page, "Dat duurt lang.")
    page.keyboard.press("n")
    page.locator("dialog[open] textarea").fill("Hoe lang?")
    page.get_by_role("button", name="Bewaar").click()
    settled(page)
    read(page)
    page.get_by_role("tab", name="Memo").click()
    page.get_by_role("button", name="Dat duurt lang.").click()
    assert page.evaluate("!window.ldeQual.reading.shown && !window.ldeQual.view.root.hidden")
