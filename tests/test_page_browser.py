"""The coding page in a real Chromium: what a researcher does there, and what the study holds after it."""

import re
from pathlib import Path

import pytest
from browsing import select, settled, until
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import ask, served
from studies import make_study

ANSWER = "Een 👩‍👧 gezin <b>niet vet</b> q\u0308n, מילה en 𝔸 helpen. Het café sluit om vijf uur.\nDat is alles."
HARD = f"""\
I: Wat helpt er?
R03: {ANSWER}
I: En verder?
R03: Verder niets.
"""


@pytest.fixture
def study(tmp_path):
    """A small study whose second interview holds what offsets go wrong on."""
    path = make_study(tmp_path)
    (path / "transcripts" / "interview-02.txt").write_text(HARD, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def page(service, new_tab):
    """The page with the second interview open; nothing in the console may be an error."""
    tab = new_tab()
    start(tab, service)
    return tab


def start(tab, service):
    """Open the page at the second interview."""
    tab.goto("about:blank")
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    # A page that was loaded again opens what was open: only a text that came after the choice is the one asked for,
    # and what has the focus before it came is gone with the text before.
    until(tab, "Boolean(window.ldeQual && window.ldeQual.data)")
    tab.evaluate("window.before = window.ldeQual.data")
    tab.locator(".bar select").select_option("interview-02")
    until(tab, "window.ldeQual.data !== window.before && window.ldeQual.data.name === 'interview-02'")
    tab.locator(".turn").nth(1).focus()


def codings(service):
    """Return what the study holds, as (quote, code)."""
    found = ask(service, "GET", "/api/transcript?name=interview-02")[1]
    return sorted((found["text"][each["start"] : each["end"]], each["code"]) for each in found["codings"])


def test_a_turn_is_coded_without_the_mouse(page, service):
    """`v`, `c`, part of a path and Enter code the turn in focus, with its words exactly."""
    page.keyboard.press("v")
    page.keyboard.press("c")
    page.keyboard.type("scree")
    page.keyboard.press("Enter")
    settled(page)
    ((quote, code),) = codings(service)
    assert (quote, code) == (ANSWER, "screening")
    assert "Screening" in page.locator(".status").inner_text()


def test_a_digit_codes_with_a_pinned_code(page, service):
    """A pinned code stands on its digit, also after the page is loaded again."""
    ask(service, "POST", "/api/operations", body={"id": "pin", "op": "pin", "body": {"codes": ["mobiliteit"]}})
    start(page, service)
    page.keyboard.press("v")
    page.keyboard.press("1")
    settled(page)
    assert [code for _, code in codings(service)] == ["mobiliteit"]


def test_a_selection_grows_to_whole_words(page):
    """Half a word that was dragged over becomes the whole word, an emoji stays whole."""
    select(page, "zin <b>nie")
    assert page.evaluate("window.ldeQual.view.offsets.slice(...Object.values(window.ldeQual.view.pending))") == (
        "gezin <b>niet"
    )


def test_a_drag_with_the_mouse_selects(page):
    """Dragging over words with a real mouse leaves them pending, without the speaker's label."""
    box = page.locator(".turn").nth(3).locator(".speech").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 12, steps=4)
    page.mouse.up()
    until(page, "window.ldeQual.view.pending !== null")
    assert page.evaluate("window.ldeQual.view.offsets.slice(...Object.values(window.ldeQual.view.pending))") == (
        "Verder niets."
    )


def test_a_selection_over_turns_is_one_coding(page, service):
    """A passage over question and answer is one coding from its first word to its last."""
    select(page, "En verder?\nR03: Verder niets.")
    page.keyboard.press("c")
    page.keyboard.type("mobil")
    page.keyboard.press("Enter")
    settled(page)
    assert codings(service) == [("En verder?\nR03: Verder niets.", "mobiliteit")]


def test_text_stays_text(page):
    """What looks like markup in a transcript is shown as it was said."""
    assert "<b>niet vet</b>" in page.locator(".turn").nth(1).locator(".speech").inner_text()
    assert page.locator(".speech b").count() == 0


def test_undo_and_redo_outlive_a_reload(page, service):
    """What was done before a reload is taken back and done again after it."""
    select(page, "café")
    page.evaluate("window.ldeQual.act.code('mobiliteit')")
    settled(page)
    start(page, service)
    page.keyboard.press("Control+z")
    settled(page)
    assert codings(service) == []
    page.keyboard.press("Control+Shift+Z")
    settled(page)
    assert codings(service) == [("café", "mobiliteit")]


def test_work_waits_while_the_server_is_gone(page, service):
    """Without a server a banner says so and the coding stays on the page; it is sent when the server is back."""
    page.route("**/api/operations", lambda route: route.abort())
    select(page, "café")
    page.evaluate("window.ldeQual.act.code('mobiliteit')")
    page.wait_for_selector(".banner:not([hidden])")
    assert (codings(service), page.evaluate("window.ldeQual.view.codings.size")) == ([], 1)
    page.unroute("**/api/operations")
    settled(page)
    assert codings(service) == [("café", "mobiliteit")]
    page.wait_for_selector(".banner", state="hidden")


def test_work_that_waits_outlives_a_reload(page, service):
    """Operations that were not sent yet are sent after the page was loaded again."""
    page.route("**/api/operations", lambda route: route.abort())
    select(page, "café")
    page.evaluate("window.ldeQual.act.code('mobiliteit')")
    page.wait_for_selector(".banner:not([hidden])")
    page.reload()
    page.unroute("**/api/operations")
    page.wait_for_selector(".turn")
    settled(page)
    assert codings(service) == [("café", "mobiliteit")]


def test_what_another_program_does_appears(page, service):
    """A coding made elsewhere comes onto the page by itself."""
    found = ask(service, "GET", "/api/transcript?name=interview-02")[1]
    at = found["text"].index("café")
    body = {
        "transcript": "interview-02",
        "start": at,
        "end": at + 4,
        "quote": "café",
        "sha": found["sha"],
        "code": "screening",
    }
    ask(service, "POST", "/api/operations", body={"id": "elsewhere", "op": "code", "body": body})
    until(page, "window.ldeQual.view.codings.size === 1")


def test_what_is_refused_is_rolled_back_and_said(page, service):
    """An operation that the study refuses leaves the page again, and the reason is shown."""
    select(page, "café")
    page.evaluate("window.ldeQual.data.sha = '0'.repeat(64); window.ldeQual.act.code('mobiliteit')")
    page.wait_for_selector(".banner:not([hidden])")
    until(page, "window.ldeQual.view.codings.size === 0")
    assert codings(service) == []


def test_a_new_code_comes_from_the_words_themselves(page, service):
    """An in-vivo code takes the selected words as its name and is there at once."""
    select(page, "sluit om vijf uur")
    page.keyboard.press("i")
    page.keyboard.press("Enter")
    settled(page)
    assert codings(service) == [("sluit om vijf uur", "sluit-om-vijf-uur")]
    page.wait_for_selector("[role=treeitem][data-code=sluit-om-vijf-uur]")


def test_the_coding_in_hand_takes_keys(page, service):
    """One key gives a direction, one recodes and keeps the memo, one moves an end, one takes the coding away."""
    select(page, "café sluit")
    page.evaluate("window.ldeQual.act.code('mobiliteit')")
    settled(page)
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("d")
    page.keyboard.press(">")
    page.keyboard.press("e")
    page.keyboard.type("scree")
    page.keyboard.press("Enter")
    settled(page)
    (coding,) = ask(service, "GET", "/api/transcript?name=interview-02")[1]["codings"]
    assert (coding["code"], coding["dimensions"]) == ("screening", {"richting": "belemmerend"})
    assert codings(service) == [("café sluit om", "screening")]
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("u")
    settled(page)
    assert codings(service) == []


def test_a_word_is_corrected_and_codings_stay(page, service):
    """A correction changes the transcript; the coding over it is found again at once, and undo brings both back."""
    select(page, "café sluit")
    page.evaluate("window.ldeQual.act.code('mobiliteit')")
    settled(page)
    select(page, "café")
    page.keyboard.press("w")
    page.locator("dialog[open] input").fill("theehuis")
    page.keyboard.press("Enter")
    until(page, "window.ldeQual.data.text.includes('theehuis sluit')")
    assert codings(service) == [("theehuis sluit", "mobiliteit")]
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("Control+z")
    until(page, "window.ldeQual.data.text.includes('café sluit')")
    assert codings(service) == [("café sluit", "mobiliteit")]


def test_a_code_is_read_through_the_study(page, service):
    """Enter on a code shows its fragments with the question before each, and they are worked on right there."""
    select(page, "café sluit")
    page.evaluate("window.ldeQual.act.code('screening')")
    settled(page)
    page.locator("[role=treeitem][data-code=instroom]").focus()
    page.keyboard.press("Enter")
    fragment = page.locator(".fragment")
    fragment.wait_for()
    assert fragment.locator(".question").inner_text() == "Wat helpt er?"
    fragment.get_by_role("button", name="typerend").click()
    settled(page)
    page.wait_for_selector(".fragment [aria-pressed=true]")
    assert ask(service, "GET", "/api/transcript?name=interview-02")[1]["codings"][0]["mark"] == "typerend"


def test_keys_in_the_tree_are_for_what_has_the_focus(page):
    """Enter opens the code that the focus is on, also where it was not put there by a key or a click."""
    code, label = page.evaluate(
        """() => {
          const items = [...document.querySelectorAll('[role=treeitem]')];
          items[items.length - 1].focus();
          const { code } = items[items.length - 1].dataset;
          return [code, window.ldeQual.study.label(code)];
        }"""
    )
    page.keyboard.press("Enter")
    page.wait_for_selector(f"text={label}")
    until(page, f"document.activeElement && document.activeElement.textContent.includes({label!r})")
    assert code


def test_memos_are_saved_by_themselves(page, service):
    """A synopsis that is typed is in the journal without a button."""
    page.get_by_role("tab", name="Memo").click()
    page.locator(".panel textarea").first.fill("Eerste indruk")
    until(page, "window.ldeQual.memos.length === 1")
    settled(page)
    assert ask(service, "GET", "/api/memos")[1]["memos"][0]["text"] == "Eerste indruk"


def test_search_leads_to_the_passage(page):
    """A hit of the search is selected in its transcript, ready to code."""
    page.keyboard.press("f")
    page.locator(".panel input[type=search]").fill("bus")
    page.keyboard.press("Enter")
    page.locator(".hit").first.click()
    until(page, "window.ldeQual.data.name === 'gesprek één' && window.ldeQual.view.pending !== null")


def test_what_cannot_be_searched_is_said(page):
    """A search without a word is answered in the banner with why, and nothing fails unseen."""
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    banner = page.locator(".banner:not([hidden])")
    banner.wait_for()
    assert "holds no word" in banner.inner_text()


def test_the_basket_keeps_its_order(page, service):
    """Codings go into the quote basket and are put in order there."""
    for quote in ("café", "alles"):
        select(page, quote)
        page.evaluate("window.ldeQual.act.code('mobiliteit')")
        page.evaluate("window.ldeQual.act.basket(window.ldeQual.act.current())")
        settled(page)
    page.get_by_role("tab", name="Citaten").click()
    page.get_by_role("button", name="Omhoog").nth(1).click()
    settled(page)
    quotes = [item["fragment"]["quote"] for item in ask(service, "GET", "/api/basket")[1]["items"]]
    assert quotes == ["alles", "café"]


def test_the_key_sheet_names_every_key(page):
    """`?` shows all keys by where they act, those of the tree too, and Escape leads back to the text."""
    page.keyboard.press("?")
    assert page.locator(".sheet").count() == 6
    tree = page.locator(".sheet", has=page.get_by_text("In de codeboom", exact=True)).inner_text()
    assert all(key in tree for key in ("F2", "Insert", "Alt+→", "Del"))
    assert page.locator(".sheet tr").count() > 20
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("document.activeElement.classList.contains('turn')")


def test_the_page_folds_to_one_column(page):
    """At 400 % zoom of a window of 1280 wide nothing runs out of it sideways."""
    page.set_viewport_size({"width": 320, "height": 256})
    wide = """() => [...document.querySelectorAll("*")]
      .filter((each) => each.getBoundingClientRect().right > innerWidth && !each.closest(".unseen"))
      .map((each) => each.outerHTML.slice(0, 80))"""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.evaluate(wide)


@pytest.fixture(scope="module")
def offsets(chromium, tmp_path_factory):
    """A page on which the module of offsets is at hand."""
    with served(make_study(tmp_path_factory.mktemp("offsets"))) as running:
        tab = chromium.new_page()
        tab.goto(running.url)
        tab.evaluate("import('./static/offsets.js').then((module) => { window.Offsets = module.Offsets; })")
        yield tab
        tab.close()


def test_what_waits_is_handed_on_to_the_same_coder_once_its_page_is_gone(offsets):
    """What a page left waiting is taken over by the next page of that study and coder, once, and by no other page."""
    found = offsets.evaluate(
        """async () => {
          const { WaitingPlace } = await import('./static/waiting.js');
          const first = new WaitingPlace('anna', 'first');
          first.keep([{ id: 1 }]);
          const take = (coder, page) => {
            const place = new WaitingPlace(coder, page);
            const { length } = place.take();
            place.close();
            return length;
          };
          const early = [take('bert', 'other'), take('anna', 'beside')];
          first.close();
          return [...early, take('bert', 'other'), take('anna', 'next'), take('anna', 'last')];
        }"""
    )
    assert found == [0, 0, 0, 1, 0]


@settings(deadline=None, max_examples=40)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), data=st.data())
def test_the_browser_slices_as_python_does(offsets, text, data):
    """For any text the browser's slice by code points is Python's, and offsets come back as they went."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = offsets.evaluate(
        """([text, start, end]) => {
          const offsets = new window.Offsets(text);
          const there = [...Array(offsets.points + 1).keys()].map((point) => offsets.toPoints(offsets.toUnits(point)));
          return [offsets.slice(start, end), there];
        }""",
        [text, start, end],
    )
    assert found == [text[start:end], list(range(len(text) + 1))]


def test_the_guide_names_every_key():
    """The guide to the page shows the whole map of keys."""
    root = Path(__file__).parent.parent
    keys = (root / "lde_qual/workbench/static/keys.js").read_text(encoding="utf-8")
    guide = (root / "docs/guides/coding-page.md").read_text(encoding="utf-8")
    shown = {
        key for row in re.findall(r"^  \[\[(.*?)\], \[", keys, re.MULTILINE) for key in re.findall(r'"(.*?)"', row)
    }
    assert shown
    assert {key for key in shown if f"`{key}`" not in guide} - {"…"} == set()
