"""Searching and correcting on the page, in a real Chromium: what is found is coded from, and goes on where one was."""

import pytest
from browsing import opened, select, settled, until
from pages import ask, place

ASKED = "gesprek%20%C3%A9%C3%A9n"


@pytest.fixture
def page(service, new_tab):
    """The page of the first interview, with its answer in hand."""
    return opened(new_tab(), service)


def codings(service, name=ASKED):
    """Return the quote and code of each coding of an interview."""
    found = ask(service, "GET", f"/api/transcript?name={name}")[1]
    return [(found["text"][each["start"] : each["end"]], each["code"]) for each in found["codings"]]


def focused(page):
    """Return the text of what has the focus."""
    return page.evaluate("document.activeElement.textContent")


def test_what_is_found_is_coded_from_one_after_the_other(page, service):
    """A hit opens on its sentence; a digit codes it, `f` leads back to the hit, with its code, and on to the next."""
    ask(service, "POST", "/api/operations", body={"id": "pin", "op": "pin", "body": {"codes": ["mobiliteit"]}})
    until(page, "window.ldeQual.study.pins.length === 1")
    page.keyboard.press("f")
    page.keyboard.type("bus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    until(page, "window.ldeQual.view.pending !== null")
    page.keyboard.press("1")
    settled(page)
    assert codings(service) == [("Bij ons komt niemand zonder bus.", "mobiliteit")]
    page.keyboard.press("f")
    until(page, "document.querySelector('.hit').textContent.includes('Mobiliteit')")
    assert "zonder bus" in focused(page)
    page.keyboard.press("ArrowDown")
    assert "De bus is er" in focused(page)
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.type") == "search"


def test_what_is_found_stands_as_it_was_said(page):
    """Around a hit no space stands that was not said: none before a full stop or a comma."""
    page.keyboard.press("f")
    page.keyboard.type("screening")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    assert "na een screening. 😀 Dat" in page.locator(".hit").first.inner_text()


def test_a_correction_stays_within_a_paragraph(page, service):
    """Words over a line break are not offered to correct, since the field would take the break out; it is said."""
    page.locator(".bar select").first.select_option("interview-02")
    until(page, "window.ldeQual.data.name === 'interview-02'")
    before = page.evaluate("window.ldeQual.data.text")
    select(page, "om de hoek.\nDat is")
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("w")
    assert page.locator(".status").inner_text() == "Verbeter woorden binnen één alinea."
    assert page.locator("dialog").count() == 0
    select(page, "Een goede begeleider helpt, en een café om de hoek.")
    page.keyboard.press("w")
    page.locator("dialog[open] textarea").fill("Een goede begeleider helpt,\nen een theehuis om de hoek.")
    page.get_by_role("button", name="Bewaar").click()
    until(page, "document.querySelector('.status').textContent === 'Tekst verbeterd.'")
    after = ask(service, "GET", "/api/transcript?name=interview-02")[1]["text"]
    assert after == before.replace("café", "theehuis")


def test_the_coding_in_hand_is_one_of_the_turn(page, service):
    """One who goes on to another turn lets go of the coding in hand: no key acts on what is no longer seen."""
    select(page, "na een screening")
    page.evaluate("window.ldeQual.act.code('screening')")
    settled(page)
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("u")
    settled(page)
    assert page.locator(".status").inner_text() == "Hier staat geen codering."
    assert len(codings(service)) == 1
    assert page.evaluate("window.ldeQual.view.chosen") == ""


def test_moved_bounds_are_said(page):
    """Where an end of a coding is moved, its first and last words are said, for who does not see it."""
    select(page, "Via de VDAB, na een screening.")
    page.evaluate("window.ldeQual.act.code('screening')")
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("<")
    settled(page)
    assert page.locator(".status").inner_text() == "Fragment: Via de VDAB, … VDAB, na een"


def test_a_note_is_said(page, service):
    """That a note was made is said, and it stands where it was put."""
    select(page, "Dat duurt")
    page.keyboard.press("n")
    page.keyboard.type("Hoe lang?")
    page.get_by_role("button", name="Bewaar").click()
    until(page, "document.querySelector('.status').textContent === 'Kanttekening bewaard.'")
    settled(page)
    (note,) = ask(service, "GET", f"/api/transcript?name={ASKED}")[1]["notes"]
    assert (note["start"], note["text"]) == (place(service, ASKED, "Dat duurt")["start"], "Hoe lang?")


def in_basket(service):
    """Return the quotes of the basket, in order."""
    return [item["fragment"]["quote"] for item in ask(service, "GET", "/api/basket")[1]["items"]]


def test_quotes_are_put_in_order_and_lead_to_their_passage(page, service):
    """The focus goes with a quote that is moved, so that it is moved on; a quote leads to its words."""
    quotes = ["Via de VDAB", "na een screening", "Dat duurt lang"]
    for quote in quotes:
        select(page, quote)
        page.evaluate("window.ldeQual.act.code('screening')")
        page.evaluate("window.ldeQual.act.basket(window.ldeQual.act.current())")
        settled(page)
    page.get_by_role("tab", name="Citaten").click()
    assert "3 citaten" in page.locator(".panel").inner_text()
    page.locator(".panel li").first.get_by_role("button", name="Omlaag").focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        settled(page)
    assert in_basket(service) == [*quotes[1:], quotes[0]]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Omhoog"
    last = page.locator(".panel li").last
    assert "Screening" in last.inner_text()
    page.locator(".bar select").first.select_option("interview-02")
    until(page, "window.ldeQual.data.name === 'interview-02'")
    last.get_by_role("button", name="Toon in transcript").click()
    until(page, "window.ldeQual.data.name === 'gesprek één' && window.ldeQual.view.chosen !== ''")
    assert quotes[0] in page.locator(".card.chosen").inner_text()


def test_a_quote_whose_coding_is_gone_says_so(page):
    """A quote in the basket whose coding was taken away stays in its place and says that it was."""
    select(page, "Via de VDAB")
    page.evaluate("window.ldeQual.act.code('screening')")
    page.evaluate("window.ldeQual.act.basket(window.ldeQual.act.current())")
    settled(page)
    page.evaluate("window.ldeQual.act.uncode(window.ldeQual.act.current())")
    settled(page)
    page.get_by_role("tab", name="Citaten").click()
    until(page, "document.querySelector('.panel li')?.textContent.includes('weggehaald')")


def test_stripes_keep_their_lanes_after_an_undo(page):
    """A coding keeps its lane when the text is read again, though one that begins before it came later."""
    for quote in ("na een screening", "Via de VDAB, na een", "Dat duurt"):
        select(page, quote)
        page.evaluate("window.ldeQual.act.code('screening')")
        settled(page)
    lanes = "(() => Object.fromEntries([...window.ldeQual.view.stripes.lanes]))()"
    before = page.evaluate(lanes)
    page.evaluate("window.ldeQual.moves.undo()")
    settled(page)
    until(page, "window.ldeQual.view.codings.size === 2")
    page.evaluate("window.ldeQual.reopen()")
    after = page.evaluate(lanes)
    assert sorted(after.values()) == [0, 1]
    assert after == {name: before[name] for name in after}


def test_what_was_found_is_marked_until_one_lets_go(page):
    """The words that were searched for stand out within their sentence, until the selection is let go."""
    page.keyboard.press("f")
    page.keyboard.type("bus")
    page.keyboard.press("Enter")
    page.locator(".hit").first.click()
    until(page, "window.ldeQual.view.pending !== null")
    marked = "window.ldeQual.view.layer.names.get('found')?.size || 0"
    assert page.evaluate(marked) == 1
    page.keyboard.press("Escape")
    assert page.evaluate(marked) == 0


def test_a_search_says_that_it_is_at_work_and_what_it_came_to(page):
    """While words are looked for the page says so; then how many places there are, or that there is none."""
    said = "document.querySelector('[role=tabpanel] [role=status]').textContent"
    held = []
    page.route("**/api/search*", lambda route: held.extend([route]))
    for words, came_to in (("bus", "2 vindplaatsen"), ("vliegtuig", "Niet gevonden.")):
        page.keyboard.press("f")
        page.get_by_label("Zoek in alle transcripten").fill(words)
        page.keyboard.press("Enter")
        until(page, f"{said} === 'Zoeken…'")
        held.pop().continue_()
        until(page, f"{said} === '{came_to}'")
        page.keyboard.press("Escape")


def test_a_heading_stands_over_something(page):
    """Where words are selected in a turn that bears nothing, no heading promises codes."""
    heading = page.get_by_role("heading", name="Codes in deze spreekbeurt")
    assert heading.is_visible()
    select(page, "na een screening")
    until(page, "document.querySelector('[role=tabpanel] blockquote') !== null")
    assert heading.count() == 0
