"""Reading fragments on the page in a real Chromium: worked on where they are read, by mouse and by key."""

import re

import pytest
from browsing import select, settled, until, violations
from pages import ask
from readings import (
    FIRST,
    FOCUS,
    OPEN,
    SECOND,
    TWO,
    code,
    coded_page,
    codings,
    do,
    fragment,
    quoted,
    read,
    start,
)
from studies import make_study


@pytest.fixture
def study(tmp_path):
    """A small study with two dimensions."""
    return make_study(tmp_path, codebook=TWO)


@pytest.fixture
def page(service, new_tab):
    """The page with one fragment in each of two interviews at two codes, and one without a direction."""
    return coded_page(service, new_tab())


def test_every_dimension_is_set_where_it_is_read(page, service):
    """A click on a value of either dimension sets it, a second takes it away: a step each, that keeps the focus."""
    read(page)
    for value, dimensions in (("ervaren", {"aard": "ervaren"}), ("faciliterend", {"richting": "faciliterend"})):
        fragment(page, SECOND).get_by_role("button", name=value).click()
        assert value in page.locator(".status").inner_text()
        settled(page)
        assert dimensions.items() <= codings(service)[SECOND]["dimensions"].items()
        until(page, f"{FOCUS}.textContent === '{value}' && {FOCUS}.getAttribute('aria-pressed') === 'true'")
    for left in ({"aard": "ervaren"}, {}):
        page.keyboard.press("Control+z")
        settled(page)
        assert codings(service)[SECOND]["dimensions"] == left
    fragment(page, FIRST).get_by_role("button", name="belemmerend").click()
    settled(page)
    assert codings(service)[FIRST]["dimensions"] == {}


def test_the_keys_of_the_transcript_set_dimensions_where_they_are_read(page, service):
    """`d` steps through the first dimension and `D` takes a value of any by digit, on the fragment with the focus."""
    read(page)
    page.locator("h2").first.focus()
    for key in ("ArrowDown", "ArrowDown", "d", "d", "D", "3"):
        page.keyboard.press(key)
    settled(page)
    assert codings(service)[SECOND]["dimensions"] == {"aard": "gewenst", "richting": "belemmerend"}
    assert page.locator(".status").inner_text() == "richting: belemmerend"
    until(page, f"{FOCUS}.matches('.fragment') && {FOCUS}.textContent.includes('{SECOND}')")
    page.keyboard.press("D")
    page.keyboard.press("2")
    settled(page)
    assert codings(service)[SECOND]["dimensions"] == {"richting": "belemmerend"}


def test_any_dimension_is_set_by_key_in_the_transcript(page, service):
    """`D` and a digit set a value of the second dimension on the coding in hand."""
    select(page, "Daarna wachten ze.")
    page.evaluate("window.ldeQual.act.code('screening')")
    settled(page)
    page.locator(".turn", has_text="Daarna wachten ze.").focus()
    page.keyboard.press("D")
    page.keyboard.press("4")
    settled(page)
    assert codings(service)["Daarna wachten ze."]["dimensions"] == {"richting": "faciliterend"}


def test_a_fragment_goes_to_its_group_and_stays_under_the_eye(page):
    """Grouped by a dimension, what is set moves the fragment to that group, with the focus on it and at its height."""
    page.set_viewport_size({"width": 1360, "height": 420})
    read(page, group="richting")
    fragment(page, FIRST).focus()
    page.locator(".middle").evaluate("(box) => { box.scrollTop = box.querySelector('.fragment').offsetTop; }")
    before = fragment(page, FIRST).bounding_box()["y"]
    page.keyboard.press("D")
    page.keyboard.press("4")
    settled(page)
    until(page, "!window.ldeQual.reading.load.busy()")
    group = page.locator(".group", has=page.locator(".fragment", has_text=FIRST))
    assert group.locator("h3").inner_text().startswith("faciliterend")
    assert page.evaluate(f"{FOCUS}.textContent").find(FIRST) >= 0
    assert abs(fragment(page, FIRST).bounding_box()["y"] - before) < 2
    page.keyboard.press("Control+z")
    settled(page)
    until(page, "!window.ldeQual.reading.load.busy()")
    assert group.locator("h3").inner_text().startswith("belemmerend")
    assert page.evaluate(f"{FOCUS}.textContent").find(FIRST) >= 0


def test_a_fragment_takes_the_keys_of_the_transcript(page, service):
    """Mark, memo, recode, code as well, note and basket: each by its key, on the fragment that has the focus."""
    read(page)
    fragment(page, SECOND).focus()
    page.keyboard.press("t")
    for key, text in (("m", "Twijfel"), ("n", "Nagaan")):
        page.keyboard.press(key)
        page.locator("dialog[open] textarea").fill(text)
        page.get_by_role("button", name="Bewaar").click()
        settled(page)
    page.keyboard.press("b")
    page.keyboard.press("e")
    page.keyboard.type("scree")
    page.keyboard.press("Enter")
    settled(page)
    until(page, "!window.ldeQual.reading.load.busy()")
    found = codings(service)[SECOND]
    assert (found["mark"], found["memo"], found["code"]) == ("tegenstem", "Twijfel", "screening")
    (item,) = ask(service, "GET", "/api/basket")[1]["items"]
    assert item["fragment"]["quote"] == SECOND
    assert fragment(page, SECOND).locator(".memo").all_inner_texts() == ["Kanttekening Nagaan", "Memo Twijfel"]
    page.keyboard.press("c")
    page.keyboard.type("mobil")
    page.keyboard.press("Enter")
    settled(page)
    until(page, "document.querySelectorAll('.fragment').length === 4")
    assert ask(service, "GET", "/api/counts")[1]["codes"]["mobiliteit"][1] == 1


def test_undo_leads_to_what_it_brought_back(page):
    """A fragment that was uncoded hands the focus on; undo brings it back and the focus to it."""
    read(page)
    fragment(page, FIRST).focus()
    page.keyboard.press("u")
    settled(page)
    until(page, f"{FOCUS}.matches('.fragment') && {FOCUS}.textContent.includes('{SECOND}')")
    page.keyboard.press("Control+z")
    until(page, f"{FOCUS}.matches('.fragment') && {FOCUS}.textContent.includes('{FIRST}')")


def test_a_step_shows_before_it_is_acknowledged(page, service):
    """Without the program a value that was set shows where it is read and waits; when it is back, it is sent."""
    read(page, group="richting")
    page.route("**/api/operations", lambda route: route.abort())
    fragment(page, SECOND).focus()
    page.keyboard.press("D")
    page.keyboard.press("3")
    until(page, "document.querySelector('.group').querySelectorAll('.fragment').length === 2")
    page.wait_for_selector(".banner:not([hidden])")
    assert codings(service)[SECOND]["dimensions"] == {}
    page.unroute("**/api/operations")
    settled(page)
    assert codings(service)[SECOND]["dimensions"] == {"richting": "belemmerend"}


def test_an_answer_from_before_a_step_does_not_take_it_back(page, service):
    """A value that was acknowledged while the fragments were on their way stays what is shown."""
    read(page)
    held = []
    page.route("**/api/reading?*", lambda route: route.continue_() if held else held.append((route, route.fetch())))
    page.evaluate("void window.ldeQual.reading.load()")
    while not held:
        page.wait_for_timeout(20)
    pressed = fragment(page, SECOND).get_by_role("button", name="belemmerend")
    pressed.click()
    settled(page)
    page.evaluate(
        """(quote) => {
          window.seen = [];
          new MutationObserver(() => window.seen.push([...document.querySelectorAll('.fragment')]
            .find((each) => each.textContent.includes(quote)).querySelectorAll('[aria-pressed=true]').length))
            .observe(document.querySelector('.fragments'), { childList: true, subtree: true });
        }""",
        SECOND,
    )
    ((route, answer),) = held
    route.fulfill(response=answer)
    until(page, "!window.ldeQual.reading.load.busy()")
    assert 0 not in page.evaluate("window.seen")
    assert pressed.get_attribute("aria-pressed") == "true"
    assert codings(service)[SECOND]["dimensions"] == {"richting": "belemmerend"}


def test_what_is_refused_leaves_what_is_read(page, service):
    """A step that the study refuses, since its coding is gone, is taken back where it showed."""
    read(page)
    page.evaluate("window.ldeQual.follower.look = async () => {}")
    do(service, "uncode", {"coding": codings(service)[SECOND]["id"]})
    fragment(page, SECOND).get_by_role("button", name="tegenstem").click()
    page.wait_for_selector(".banner:not([hidden])")
    until(page, "document.querySelectorAll('.fragment').length === 2")


def test_what_others_do_appears_where_it_is_read(page, service):
    """A coding made elsewhere comes among the fragments by itself."""
    read(page)
    code(service, "Dat duurt lang.", "screening")
    until(page, "document.querySelectorAll('.fragment').length === 4")


def test_many_fragments_are_all_there(page, service):
    """Of more fragments than are made at once the rest follow, and by key the last can be reached before."""
    text = ask(service, "GET", f"/api/transcript?name={quoted(OPEN)}")[1]
    spans = [(a, b) for a in range(40, 60) for b in range(a + 1, a + 8)]
    for start_, end in spans:
        quote = text["text"][start_:end]
        body = {
            "transcript": OPEN,
            "start": start_,
            "end": end,
            "quote": quote,
            "sha": text["sha"],
            "code": "screening",
        }
        ask(service, "POST", "/api/operations", body={"id": f"{start_} {end}", "op": "code", "body": body})
    total = ask(service, "GET", "/api/reading")[1]["total"]
    assert total > 100
    start(page, service)
    page.evaluate("window.requestIdleCallback = () => {}; window.ldeQual.read('')")
    page.wait_for_selector(".fragment")
    until(page, "!window.ldeQual.reading.load.busy()")
    assert page.locator(".fragment").count() < total
    page.locator(".fragment").last.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator(".fragment").count() == total


def test_fragments_stand_in_the_codebook_s_order_and_say_who_speaks(page, service):
    """Groups of a dimension stand as the codebook has its values; a passage over question and answer names both."""
    quote = "En daarna?\nR01: Daarna wachten ze."
    code(service, quote, "screening", dimensions={"richting": "faciliterend"})
    keys = [group["key"] for group in ask(service, "GET", "/api/reading?group=richting")[1]["groups"]]
    assert keys == ["belemmerend", "faciliterend", ""]
    assert [group["key"] for group in ask(service, "GET", "/api/reading?group=role")[1]["groups"]] == [
        "vdab",
        "management",
    ]
    read(page, count=4)
    said = fragment(page, "Daarna wachten ze.").locator("blockquote p").all_inner_texts()
    assert [re.sub(r"\s+", " ", each) for each in said] == ["I En daarna?", "R01 Daarna wachten ze."]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_fragments_are_read(page, axe, scheme):
    """No rule of axe-core is broken among fragments with a focus, while a value is asked for, and in a query."""
    page.emulate_media(color_scheme=scheme)
    read(page)
    page.locator(".fragment").first.focus()
    found = violations(axe, page)
    page.keyboard.press("D")
    found += violations(axe, page)
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.type("role=vdab")
    page.keyboard.press("Enter")
    until(page, "Boolean(document.querySelector('.query')) && !window.ldeQual.reading.load.busy()")
    assert page.locator(".fragment").count() > 0
    assert found + violations(axe, page) == []
