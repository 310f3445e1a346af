"""The page in a real Chromium: dragging selected words, and codes, onto a code of the tree."""

import pytest
from browsing import settled, until
from pages import ask


@pytest.fixture
def page(service, new_tab):
    """The page with the second interview open."""
    tab = new_tab()
    tab.add_init_script("sessionStorage.setItem('lde-qual-open', 'interview-02')")
    tab.goto(service.url)
    until(tab, "window.ldeQual?.data?.name === 'interview-02'")
    return tab


def middle(tab, selector):
    """Return the middle of an element."""
    box = tab.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(tab, start, end):
    """Drag with the mouse, in steps, as the browser asks for."""
    tab.mouse.move(*start)
    tab.mouse.down()
    tab.mouse.move(start[0] + 12, start[1] + 2, steps=3)
    tab.mouse.move(*end, steps=6)
    tab.mouse.up()


def row(code):
    """Return what leads to the row of a code."""
    return f"[data-code={code}] > .row"


def codings(service):
    """Return what is coded in the second interview, as (quote, code)."""
    found = ask(service, "GET", "/api/transcript?name=interview-02")[1]
    return [(found["text"][each["start"] : each["end"]], each["code"]) for each in found["codings"]]


def parents(service):
    """Return by code what it hangs under."""
    return {each["id"]: each["parent"] or "" for each in ask(service, "GET", "/api/start")[1]["codes"]}


def test_words_that_are_dragged_onto_a_code_are_coded_there(page, service):
    """A selection made and dragged by mouse becomes one coding, which one undo takes back."""
    speech = page.locator(".turn .speech").nth(1).bounding_box()
    at = speech["y"] + 12
    page.mouse.dblclick(speech["x"] + 40, at)
    until(page, "Boolean(window.ldeQual.view.pending)")
    drag(page, (speech["x"] + 40, at), middle(page, row("screening")))
    settled(page)
    assert codings(service) == [("goede", "screening")]
    assert page.evaluate("window.ldeQual.view.pending") is None
    page.keyboard.press("Control+z")
    settled(page)
    assert codings(service) == []


def test_a_code_that_is_dragged_goes_below_another_and_never_below_itself(page, service):
    """A code moves where it is let go, in one step with those chosen with it; below itself nothing moves."""
    drag(page, middle(page, row("mobiliteit")), middle(page, row("instroom")))
    until(page, "window.ldeQual.study.byId.get('mobiliteit').parent === 'instroom'")
    assert parents(service)["mobiliteit"] == "instroom"
    drag(page, middle(page, row("instroom")), middle(page, row("screening")))
    settled(page)
    assert parents(service)["instroom"] == ""
    page.locator(row("instroom-vdab")).click()
    page.locator(row("screening")).click(modifiers=["Shift"])
    drag(page, middle(page, row("screening")), middle(page, row("mobiliteit")))
    settled(page)
    until(page, "window.ldeQual.study.byId.get('screening').parent === 'mobiliteit'")
    assert parents(service)["instroom-vdab"] == "mobiliteit"
    page.keyboard.press("Control+z")
    settled(page)
    assert {parents(service)[each] for each in ("instroom-vdab", "screening")} == {"instroom"}


def test_words_from_elsewhere_are_no_coding(page, service):
    """Words that are dragged without being selected in the transcript do nothing in the tree."""
    page.locator(".turn").nth(1).focus()
    page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector('.bar h1'));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    drag(page, middle(page, ".bar h1"), middle(page, row("screening")))
    settled(page)
    assert codings(service) == []
