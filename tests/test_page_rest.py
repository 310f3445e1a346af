"""The page in a real Chromium: codes chosen together, passages to be sorted, queries, and two coders side by side."""

import pytest
from browsing import select, settled, until
from pages import ask, place, served

OPEN = "gesprek één"


@pytest.fixture
def page(service, new_tab):
    """The page with the first interview open; nothing in the console may be an error."""
    tab = new_tab()
    start(tab, service)
    return tab


def start(tab, service):
    """Open the page."""
    tab.goto("about:blank")
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    until(tab, f"Boolean(window.ldeQual && window.ldeQual.data && window.ldeQual.data.name === '{OPEN}')")
    tab.locator(".turn").nth(1).focus()


def parents(service):
    """Return by code what it hangs under."""
    return {each["id"]: each["parent"] or "" for each in ask(service, "GET", "/api/start")[1]["codes"]}


def code(service, quote, name):
    """Code words in the first interview."""
    body = {**place(service, "gesprek%20%C3%A9%C3%A9n", quote), "transcript": OPEN, "code": name}
    assert ask(service, "POST", "/api/operations", body={"id": f"{name} {quote}", "op": "code", "body": body})[0] == 200


def codes_at(service, transcript="gesprek%20%C3%A9%C3%A9n"):
    """Return what the study holds, as (quote, code)."""
    found = ask(service, "GET", f"/api/transcript?name={transcript}")[1]
    return sorted((found["text"][each["start"] : each["end"]], each["code"]) for each in found["codings"])


def test_codes_chosen_together_move_in_one_step(page, service):
    """Codes that are chosen with Shift, or with Ctrl, go under a new parent at once, and one undo brings all back."""
    before = parents(service)
    page.locator("[data-code=instroom-vdab] > .row").click()
    page.keyboard.press("Shift+ArrowDown")
    assert page.locator("[role=treeitem][aria-selected=true]").evaluate_all(
        "(all) => all.map((each) => each.dataset.code)"
    ) == [
        "instroom-vdab",
        "screening",
    ]
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.type("mobil")
    page.keyboard.press("Enter")
    settled(page)
    until(page, "window.ldeQual.study.byId.get('screening').parent === 'mobiliteit'")
    assert {parents(service)[each] for each in ("instroom-vdab", "screening")} == {"mobiliteit"}
    page.keyboard.press("Escape")
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("Control+z")
    settled(page)
    assert parents(service) == before


def test_one_code_is_chosen_beside_others_by_key_and_by_mouse(page):
    """Ctrl with the space bar or a click takes one more or lets one go; a plain arrow chooses that one alone."""
    chosen = "window.ldeQual.tree.selected()"
    page.locator("[data-code=instroom-vdab] > .row").click()
    page.keyboard.press("Control+ArrowDown")
    page.keyboard.press("Control+ArrowDown")
    page.keyboard.press("Control+Space")
    assert page.evaluate(chosen) == ["instroom-vdab", "mobiliteit"]
    page.locator("[data-code=instroom-vdab] > .row").click(modifiers=["Control"])
    assert page.evaluate(chosen) == ["mobiliteit"]
    page.keyboard.press("ArrowUp")
    assert len(page.evaluate(chosen)) == 1


def test_a_passage_to_be_sorted_is_handed_out_later(page, service):
    """One key codes the selection `te-sorteren`, made where it is not there yet; while reading it goes to its code."""
    select(page, "Dat duurt lang.")
    page.keyboard.press("z")
    select(page, "De bus is er niet.")
    page.keyboard.press("z")
    settled(page)
    assert codes_at(service) == [("Dat duurt lang.", "te-sorteren"), ("De bus is er niet.", "te-sorteren")]
    until(page, "window.ldeQual.study.byId.has('te-sorteren')")
    assert page.evaluate("window.ldeQual.study.label('te-sorteren')") == "Te sorteren"
    page.evaluate("window.ldeQual.read('te-sorteren')")
    page.wait_for_selector(".fragment")
    page.locator(".fragment", has_text="De bus is er niet.").get_by_role("button", name="Hercodeer").click()
    page.keyboard.type("mobil")
    page.keyboard.press("Enter")
    settled(page)
    assert ("De bus is er niet.", "mobiliteit") in codes_at(service)


def test_a_query_is_read_and_coded_in_one_step(page, service):
    """What is typed opens its passages with question and citation; all are coded at once, and undone at once."""
    page.keyboard.press("g")
    page.keyboard.type('"bus" & role=management')
    page.keyboard.press("Enter")
    page.wait_for_selector(".fragment")
    assert "Bij ons komt niemand zonder bus." in page.locator(".fragment blockquote").first.inner_text()
    assert "Hoe komen mensen binnen?" in page.locator(".fragment .question").first.inner_text()
    page.get_by_role("button", name="Codeer alle").click()
    page.keyboard.type("mobil")
    page.keyboard.press("Enter")
    settled(page)
    made = codes_at(service)
    assert {code for _, code in made} == {"mobiliteit"}
    page.evaluate("window.ldeQual.moves.undo()")
    settled(page)
    assert codes_at(service) == []


@pytest.mark.parametrize("typed", ['"bus', "nietbestaand", "role=nergens"])
def test_a_query_that_cannot_be_read_says_why(page, typed):
    """The fault stands where it was typed, and what was typed stays."""
    page.keyboard.press("g")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_selector(".query .warn")
    assert page.locator(".query input").input_value() == typed
    assert page.locator(".query .warn").inner_text().strip()
    assert page.locator(".fragment").count() == 0


def test_two_coders_stand_side_by_side(page, study, service):
    """Each coder has a side of the stripes with the name above it, and no stripe lies on the other's side."""
    with served(study, coder="tweede") as other:
        for quote, name in (("Dat duurt lang.", "mobiliteit"), ("De bus is er niet.", "mobiliteit")):
            code(other, quote, name)
    code(service, "Dat duurt lang.", "screening")
    start(page, service)
    page.locator(".filters-box summary").click()
    page.locator(".filters-box select").last.select_option("tweede")
    until(page, "document.querySelectorAll('.stripe').length === 3")
    assert page.locator(".compared .theirs").inner_text() == "tweede"
    theirs = [box["x"] for box in (each.bounding_box() for each in page.locator(".stripe.other").all())]
    (own,) = (each.bounding_box() for each in page.locator(".stripe:not(.other)").all())
    assert min(theirs) >= own["x"] + own["width"]
    heads = [page.locator(".compared span").nth(at).bounding_box()["x"] for at in (0, 1)]
    assert abs(heads[0] - own["x"]) < 8
    assert abs(heads[1] - min(theirs)) < 8
    page.locator(".filters-box select").last.select_option("")
    page.wait_for_selector(".compared", state="hidden")


OVERLAP = ("Via de VDAB, na een screening.", "na een screening. 😀 Dat duurt lang.")


def test_codings_show_where_the_browser_has_no_highlights(service, new_tab):
    """Flat marks lie over the lines of each coding, and of the selection, and go with it; the text is untouched."""
    for quote, name in zip(OVERLAP, ("screening", "mobiliteit"), strict=True):
        code(service, quote, name)
    tab = new_tab()
    tab.add_init_script("delete CSS.highlights; delete window.Highlight;")
    start(tab, service)
    assert not tab.evaluate("window.ldeQual.painter.able")
    marks = "[...document.querySelectorAll('mark.flat[data-mark^=\"=\"]')]"
    until(tab, f"{marks}.length === 2")
    assert tab.evaluate(f"{marks}.map((each) => each.dataset.mark).sort()") == ["=mobiliteit", "=screening"]
    for quote, name in zip(OVERLAP, ("screening", "mobiliteit"), strict=True):
        assert off(tab, name, quote) < 1
    tab.set_viewport_size({"width": 340, "height": 860})
    until(tab, f"{marks}.length > 2")
    assert max(off(tab, name, quote) for quote, name in zip(OVERLAP, ("screening", "mobiliteit"), strict=True)) < 1
    select(tab, "Dat duurt lang.")
    until(tab, "document.querySelectorAll('mark.flat[data-mark=pending]').length > 0")
    tab.keyboard.press("Escape")
    until(tab, "document.querySelectorAll('mark.flat[data-mark=pending]').length === 0")
    first = "[...window.ldeQual.view.codings.values()].find((each) => each.code === 'screening')"
    tab.evaluate(f"window.ldeQual.act.uncode({first})")
    settled(tab)
    until(tab, f"{marks}.every((each) => each.dataset.mark === '=mobiliteit')")
    one = "turn.element.querySelector('.speech').childNodes.length === 1"
    assert tab.evaluate(f"window.ldeQual.view.turns.every((turn) => {one})")


def off(tab, name, quote):
    """Return how many pixels the marks of a code are off the words."""
    return tab.evaluate(
        """([name, quote]) => {
          const { view, data } = window.ldeQual;
          const at = data.text.indexOf(quote);
          const turn = view.turns.find((each) => each.unitEnd > at);
          const range = document.createRange();
          range.setStart(turn.text, at - turn.unitStart);
          range.setEnd(turn.text, at - turn.unitStart + quote.length);
          const wanted = [...range.getClientRects()];
          const marks = [...document.querySelectorAll(`mark.flat[data-mark="=${name}"]`)];
          const there = marks.map((each) => each.getBoundingClientRect());
          if (wanted.length !== there.length) return Infinity;
          const sides = ["left", "top", "right", "bottom"];
          return Math.max(...wanted.flatMap((box, i) => sides.map((side) => Math.abs(box[side] - there[i][side]))));
        }""",
        [name, quote],
    )
