"""Tree, combobox and tabs of the page by keyboard, in a real Chromium, as the patterns of ARIA have them."""

import pytest
from browsing import until

CODES = ["instroom", "instroom-vdab", "screening", "mobiliteit"]


@pytest.fixture
def page(service, new_tab):
    """The page with the focus on the first code."""
    tab = new_tab()
    tab.goto(service.url)
    until(tab, "Boolean(window.ldeQual && window.ldeQual.data)")
    tab.locator("[data-code=instroom]").focus()
    return tab


def here(tab):
    """Return the code that has the focus."""
    return tab.evaluate("document.activeElement.dataset.code")


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (["ArrowDown", "ArrowDown"], "screening"),
        (["ArrowUp"], "instroom"),
        (["End"], "mobiliteit"),
        (["End", "ArrowDown"], "mobiliteit"),
        (["End", "Home"], "instroom"),
        (["ArrowRight"], "instroom-vdab"),
        (["ArrowRight", "ArrowRight"], "instroom-vdab"),
        (["ArrowRight", "ArrowLeft"], "instroom"),
        (["ArrowLeft", "ArrowDown"], "mobiliteit"),
        (["ArrowLeft", "ArrowRight", "ArrowDown"], "instroom-vdab"),
    ],
)
def test_the_tree_is_walked_by_its_keys(page, keys, wanted):
    """Arrows, Home and End move through the tree, and open and close it; one code is in the Tab order."""
    for key in keys:
        page.keyboard.press(key)
    assert here(page) == wanted
    assert page.locator("[role=treeitem][tabindex='0']").count() == 1


def test_the_tree_tells_how_it_hangs_together(page):
    """Each code has its level; one with subcodes says whether they show."""
    item = page.locator("[data-code=instroom]")
    assert item.get_attribute("aria-expanded") == "true"
    assert page.locator("[data-code=screening]").get_attribute("aria-level") == "2"
    page.keyboard.press("ArrowLeft")
    assert item.get_attribute("aria-expanded") == "false"


def test_what_a_search_found_is_walked_as_it_is_shown(page):
    """A closed code whose subcodes a search shows is open while it lasts; one that was found without them has none."""
    page.keyboard.press("ArrowLeft")
    search = page.locator(".tree-search")
    search.fill("scree")
    page.keyboard.press("Tab")
    page.locator("[data-code=instroom]").focus()
    for key, wanted in (("ArrowRight", "screening"), ("ArrowLeft", "instroom"), ("ArrowLeft", "instroom")):
        page.keyboard.press(key)
        assert here(page) == wanted
    assert page.locator("[data-code=instroom]").get_attribute("aria-expanded") == "true"
    search.fill("mobil")
    assert page.locator("[role=treeitem][aria-expanded]").count() == 0
    search.fill("")
    assert page.locator("[data-code=instroom]").get_attribute("aria-expanded") == "false"


def test_the_combobox_names_what_enter_would_take(page):
    """While typing, the field names an option that is there, chosen and in sight; Escape gives the focus back."""
    page.locator(".turn").first.focus()
    page.keyboard.press("v")
    page.keyboard.press("c")
    field = page.locator("dialog [role=combobox]")
    assert field.evaluate("(each) => document.getElementById(each.getAttribute('aria-controls')).role") == "listbox"
    named = """(each) => {
      const option = document.getElementById(each.getAttribute('aria-activedescendant'));
      const [box, list] = [option, option.parentElement].map((one) => one.getBoundingClientRect());
      const chosen = [...document.querySelectorAll('dialog [role=option][aria-selected=true]')];
      const inSight = box.top >= list.top - 1 && box.bottom <= list.bottom + 1;
      return [option.dataset.code, chosen.length === 1 && chosen[0] === option, inSight];
    }"""
    for key, code in (("ArrowDown", CODES[1]), ("PageDown", CODES[-1]), ("ArrowUp", CODES[-2]), ("PageUp", CODES[0])):
        page.keyboard.press(key)
        assert field.evaluate(named) == [code, True, True], key
    page.keyboard.type("mobi")
    assert field.evaluate(named) == ["mobiliteit", True, True]
    page.keyboard.press("Escape")
    until(page, "document.activeElement.classList.contains('turn')")


def test_tabs_are_gone_through_by_arrows(page):
    """Arrows go round the tabs, Home and End to the first and last; the panel is named by the tab that is open."""
    tabs = page.get_by_role("tab")
    names = tabs.evaluate_all("(all) => all.map((each) => each.id)")
    tabs.first.focus()
    for key, at in (("ArrowLeft", -1), ("ArrowRight", 0), ("End", -1), ("Home", 0), ("ArrowRight", 1)):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == names[at], key
        assert page.get_by_role("tabpanel").get_attribute("aria-labelledby") == names[at]
        assert page.locator("[role=tab][tabindex='0']").count() == 1


def test_escape_in_the_search_shows_the_whole_tree_again(page):
    """One Escape empties the search and shows every code, the next leads to the text; Enter goes to what fits best."""
    search = page.locator(".tree-search")
    search.press_sequentially("scree")
    assert page.locator("[role=treeitem]").count() == 2
    page.keyboard.press("Escape")
    assert search.input_value() == ""
    assert page.locator("[role=treeitem]").count() == len(CODES)
    page.keyboard.type("scree")
    page.keyboard.press("Enter")
    assert here(page) == "screening"
    search.fill("")
    search.press("Escape")
    until(page, "document.activeElement.classList.contains('turn')")


def test_the_right_button_on_a_code_shows_what_can_be_done_with_it(page):
    """By mouse and by key the side opens at Code, also where it was folded; codes chosen together stay chosen."""
    shown = page.get_by_role("tab", name="Code", exact=True)
    page.keyboard.press("]")
    page.locator("[data-code=screening] > .row").click(button="right")
    assert shown.get_attribute("aria-selected") == "true"
    assert "Screening" in page.get_by_role("tabpanel").inner_text()
    assert here(page) == "screening"
    page.keyboard.press("Shift+ArrowDown")
    page.get_by_role("tab", name="Citaten").click()
    page.locator("[data-code=screening]").focus()
    page.keyboard.press("Shift+F10")
    until(page, "document.querySelector('[role=tab][aria-selected=true]').textContent.includes('Code')")
    assert page.evaluate("window.ldeQual.tree.selected().length") == 2
