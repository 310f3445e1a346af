"""The borders between the panels of the page, and the bar above them, in a real Chromium."""

import re

import pytest
from browsing import until
from pages import served
from studies import CODEBOOK, make_study

KEPT = "lde-qual-panels"


@pytest.fixture
def page(service, new_tab):
    """The page, as wide as a laptop shows it."""
    tab = new_tab()
    opened(tab, service)
    return tab


def opened(tab, service):
    tab.goto("about:blank")
    tab.goto(service.url)
    until(tab, "Boolean(window.ldeQual && window.ldeQual.data)")


def width(tab, panel):
    return round(tab.locator(panel).bounding_box()["width"])


def told(tab, side):
    """Return what a border says of itself: least, now, most."""
    border = tab.locator(f".border[data-side={side}]")
    return tuple(int(border.get_attribute(f"aria-{name}")) for name in ("valuemin", "valuenow", "valuemax"))


@pytest.mark.parametrize(
    ("side", "panel", "wider", "narrower"),
    [("left", ".left", "ArrowRight", "ArrowLeft"), ("right", ".side", "ArrowLeft", "ArrowRight")],
)
def test_a_border_moves_by_key(page, side, panel, wider, narrower):
    """Arrows move a border the way they point, Home and End as far as it goes, `0` back; it always tells the width."""
    border = page.locator(f".border[data-side={side}]")
    border.focus()
    usual = width(page, panel)
    least, now, most = told(page, side)
    assert least < now == usual < most
    for key, wanted in ((wider, usual + 16), (narrower, usual), ("Home", least), ("End", most), ("0", usual)):
        page.keyboard.press(key)
        assert (width(page, panel), told(page, side)[1]) == (wanted, wanted), key
    page.keyboard.press("End")
    assert page.locator(".middle").bounding_box()["width"] >= 320


def test_a_border_is_dragged_and_let_go_by_a_double_click(page, service):
    """A drag that begins 12 px beside the line moves it, a reload keeps it, and a double click undoes it for good."""
    usual = width(page, ".left")
    box = page.locator(".border[data-side=left]").bounding_box()
    page.mouse.move(box["x"] + 12, 400)
    page.mouse.down()
    page.mouse.move(box["x"] + 112, 430, steps=4)
    page.mouse.up()
    assert width(page, ".left") == usual + 100
    assert page.evaluate("window.ldeQual.view.pending") is None
    opened(page, service)
    assert width(page, ".left") == usual + 100
    page.mouse.dblclick(box["x"] + 104, 400)
    assert width(page, ".left") == usual
    opened(page, service)
    assert width(page, ".left") == usual


def test_a_border_is_as_large_as_a_target_must_be(page):
    """Each border can be hit over 24 px, and takes nothing from the scroll bar or the words beside it."""
    for side in ("left", "right"):
        x = page.locator(f".border[data-side={side}]").bounding_box()["x"]
        at = "([x]) => document.elementFromPoint(x, 400).dataset.side"
        assert [page.evaluate(at, [x + by]) for by in (-1, 0, 23, 25)] == [None, side, side, None]
    side = page.locator(".side").bounding_box()["x"]
    assert page.locator(".side > .tabs").bounding_box()["x"] - side >= 16
    assert page.locator(".turn .who").first.bounding_box()["x"] - page.locator(".middle").bounding_box()["x"] >= 16


def test_what_is_folded_stays_so_until_it_is_asked_for(page, service):
    """A folded panel is folded after a reload; a key that leads into it unfolds it; its border and button tell."""
    page.locator(".turn").first.focus()
    page.keyboard.press("[")
    page.keyboard.press("]")
    opened(page, service)
    assert not page.locator(".side").is_visible()
    assert not page.locator(".left").is_visible()
    assert told(page, "left")[:2] == (0, 0)
    assert page.locator(".border[data-side=left]").get_attribute("aria-valuetext") == "ingeklapt"
    assert page.get_by_role("button", name="Zijpaneel").get_attribute("aria-expanded") == "false"
    page.locator(".turn").first.focus()
    page.keyboard.press("q")
    assert page.evaluate("document.activeElement.className") == "tree-search"
    page.locator(".turn").first.focus()
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.type") == "search"
    assert page.get_by_role("button", name="Zijpaneel").get_attribute("aria-expanded") == "true"


def test_a_fold_leaves_the_focus_on_the_page(page):
    """Who folds the panel in which the focus is stands on the button that unfolds it, not nowhere."""
    page.locator("[role=treeitem]").first.focus()
    page.keyboard.press("[")
    assert page.evaluate("document.activeElement.textContent") == "Codeboom"
    page.keyboard.press("Enter")
    assert page.locator(".left").is_visible()
    page.locator(".border[data-side=right]").focus()
    page.keyboard.press("Enter")
    assert not page.locator(".side").is_visible()
    page.keyboard.press("Enter")
    assert page.locator(".side").is_visible()


def test_the_browser_keeps_widths_and_nothing_else(page):
    """What stays in the browser are two numbers and the names of folded sides."""
    page.locator(".border[data-side=left]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("]")
    kept = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    assert list(kept) == [KEPT]
    assert re.fullmatch(r'\{"left":\d+,"right":\d+,"folded":\["right"\]\}', kept[KEPT])


@pytest.mark.parametrize("kept", ["null", "{", '{"left": "x", "right": -5, "folded": 3}', '[{"left": 1e9}]'])
def test_whatever_stands_in_the_browser_the_page_opens(service, new_tab, kept):
    """What another program, or another edition of this one, left in the browser does the page no harm."""
    tab = new_tab()
    tab.add_init_script(f"if (location.port) localStorage.setItem('{KEPT}', {kept!r})")
    opened(tab, service)
    assert (width(tab, ".left"), width(tab, ".side")) == (264, 324)


def test_a_browser_that_keeps_nothing_still_moves_borders(service, new_tab):
    """Where storage is forbidden, widths hold as long as the page does."""
    tab = new_tab()
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })")
    opened(tab, service)
    tab.locator(".border[data-side=left]").focus()
    tab.keyboard.press("ArrowRight")
    assert width(tab, ".left") == 280


def test_in_a_notebook_widths_end_with_its_tab(page):
    """A notebook's page keeps widths where they end with the tab, and not where they stay in the browser."""
    found = page.evaluate(
        """async () => {
          const { Borders } = await import('./static/borders.js');
          const place = () => document.createElement('div');
          const page = { words: (key) => key, prefix: 'x', options: { host: 'notebook' } };
          const one = () => new Borders(page, place(), place(), place());
          one().fold('right');
          const again = one();
          return [again.folded('right'), localStorage.length, sessionStorage.getItem('lde-qual-panels') !== null];
        }"""
    )
    assert found == [True, 0, True]


@pytest.mark.parametrize("wide", [320, 700, 900])
def test_panels_that_stand_below_each_other_have_no_border(page, wide):
    """Where the window is narrow, or enlarged, the panels are stacked and there is no border to move."""
    page.set_viewport_size({"width": wide, "height": 400})
    assert [border.is_visible() for border in page.locator(".border").all()] == [False, False]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_bar_is_one_line_on_a_laptop(tmp_path, new_tab, lang):
    """At 1360 px title, transcript, buttons and coder stand on one line, and neither title nor coder is cut."""
    book = CODEBOOK.replace("Kleine studie", "Doorstroom uit de LDE")
    with served(make_study(tmp_path, codebook=book), lang=lang) as service:
        tab = new_tab()
        opened(tab, service)
        middles = tab.locator(".bar > *").evaluate_all(
            "(all) => all.map((each) => each.getBoundingClientRect()).map(({ top, bottom }) => (top + bottom) / 2)"
        )
        assert max(middles) - min(middles) < 6
        for text in (".bar h1", ".coder"):
            assert tab.locator(text).evaluate("(each) => each.scrollWidth <= each.clientWidth"), text
        for wide in (1100, 700, 320):
            tab.set_viewport_size({"width": wide, "height": 600})
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), wide
