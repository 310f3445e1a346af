"""Long work on the page in a real Chromium: splitting, reading on, what a correction left uncertain, copying out."""

import pytest
from browsing import select, settled, until
from pages import ask, place

OPEN = "gesprek één"
ASKED = "gesprek%20%C3%A9%C3%A9n"
QUOTES = ("Via de VDAB, na een screening.", "Dat duurt lang.", "De bus is er niet.")


def place_and_code(service, quote, code):
    body = {**place(service, ASKED, quote), "transcript": OPEN, "code": code}
    assert ask(service, "POST", "/api/operations", body={"id": quote, "op": "code", "body": body})[0] == 200


def rewrite(study, changed):
    """Change the transcript as another program would, in one write."""
    path = study / "transcripts" / f"{OPEN}.txt"
    text = path.read_text(encoding="utf-8")
    for before, after in changed.items():
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def page(service, new_tab):
    """The page of the first interview, three passages of it coded as screening."""
    for quote in QUOTES:
        place_and_code(service, quote, "screening")
    tab = new_tab(permissions=["clipboard-read", "clipboard-write"])
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    until(tab, f"Boolean(window.ldeQual && window.ldeQual.data && window.ldeQual.data.name === '{OPEN}')")
    tab.locator(".turn").nth(1).focus()
    return tab


def codes(service):
    """Return the code of each passage."""
    found = ask(service, "GET", f"/api/transcript?name={ASKED}")[1]
    return {found["text"][each["start"] : each["end"]]: each["code"] for each in found["codings"]}


def walk(page, labels):
    """Begin to split the code into these."""
    page.locator("[data-code=screening] > .row").click()
    page.get_by_role("tab", name="Code", exact=True).click()
    page.get_by_role("button", name="Opsplitsen").click()
    page.locator("dialog[open] textarea").fill("\n".join(labels))
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_selector("dialog .walk")


def test_a_split_walks_through_the_fragments_by_digit_and_back(page, service):
    """A digit sends a fragment to a new code and goes on; going back, another is chosen; the rest stays."""
    walk(page, ["Wachttijd", "Vervoer"])
    assert "Hoe komen mensen binnen?" in page.locator(".walk .question").inner_text()
    for key in ("1", "1", "ArrowLeft", "0", "2"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Klaar").click()
    settled(page)
    assert codes(service) == dict(zip(QUOTES, ("wachttijd", "screening", "vervoer"), strict=True))


def test_one_escape_throws_no_walk_away(page, service):
    """Escape leads to the button that saves what was handed out; only a second one, or Annuleer, throws it away."""
    walk(page, ["Wachttijd"])
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open] .walk").count() == 1
    assert "Klaar" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert set(codes(service).values()) == {"screening"}


def test_reading_keeps_the_focus_where_work_is_done(page, service):
    """A mark leaves the focus on its button; a fragment that goes to another code hands it to the one after it."""
    page.evaluate("window.ldeQual.read('screening')")
    second = page.locator(".fragment").nth(1)
    second.get_by_role("button", name="tegenstem").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".fragment:nth-of-type(2) [aria-pressed=true]")
    settled(page)
    until(page, "document.activeElement.getAttribute('aria-pressed') === 'true'")
    second.get_by_role("button", name="Hercodeer").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("mobil")
    page.keyboard.press("Enter")
    settled(page)
    until(page, "document.querySelectorAll('.fragment').length === 2")
    assert QUOTES[2] in page.evaluate("document.activeElement.closest('.fragment').textContent")
    assert codes(service)[QUOTES[1]] == "mobiliteit"


def test_a_code_is_split_from_where_it_is_read(page):
    """The reading window of a code leads to its split."""
    page.evaluate("window.ldeQual.read('screening')")
    page.locator(".reading").get_by_role("button", name="Opsplitsen").click()
    assert "Nieuwe codes" in page.locator("dialog").inner_text()


def test_keys_do_nothing_to_words_behind_what_is_read(page, service):
    """A selection that is hidden while a code is read is not coded by a digit or `z`, and is there again after it."""
    select(page, "Dat duurt")
    page.evaluate("window.ldeQual.read('screening')")
    page.wait_for_selector(".fragment")
    for key in ("1", "z", "n", "w", "i", "c"):
        page.keyboard.press(key)
    assert page.locator("dialog").count() == 0
    settled(page)
    assert set(codes(service).values()) == {"screening"}
    assert page.evaluate("window.ldeQual.view.pending !== null")


@pytest.fixture
def uncertain(page, study):
    """The page after one coded passage, and one with a note, were rewritten outside it."""
    select(page, "Daarna wachten ze.")
    page.keyboard.press("n")
    page.locator("dialog[open] textarea").fill("Let op")
    page.get_by_role("button", name="Bewaar").click()
    settled(page)
    rewrite(study, {"Dat duurt lang.": "Dat sleept aan.", "Daarna wachten ze.": "Dan staan ze stil."})
    until(page, "(window.ldeQual.data.look || []).length === 2")
    page.get_by_role("tab", name="Codering").click()
    return page


def test_what_is_uncertain_is_listed_and_put_where_it_stands(uncertain, service):
    """A coding and a note whose words are gone are listed with those words, and put on the selection, and undone."""
    listed = uncertain.locator(".look .card")
    assert [("Dat duurt lang." in each, "Let op" in each) for each in listed.all_inner_texts()] == [
        (True, False),
        (False, True),
    ]
    until(uncertain, "document.querySelector('.status').textContent.startsWith('2 ')")
    for quote in ("Dat sleept aan.", "Dan staan ze stil."):
        select(uncertain, quote)
        left = listed.count()
        listed.first.get_by_role("button", name="Zet op de selectie").click()
        until(uncertain, f"window.ldeQual.data.look.length === {left - 1}")
    assert uncertain.locator(".look").count() == 0
    assert codes(service)["Dat sleept aan."] == "screening"
    (note,) = ask(service, "GET", f"/api/transcript?name={ASKED}")[1]["notes"]
    assert note["text"] == "Let op"


def test_what_is_uncertain_can_be_taken_away(uncertain, service):
    """What no longer stands anywhere is taken away from the list, and undo lists it again."""
    uncertain.locator(".look .card").first.get_by_role("button", name="Haal weg").click()
    until(uncertain, "window.ldeQual.data.look.length === 1")
    assert len(codes(service)) == len(QUOTES) - 1
    uncertain.evaluate("window.ldeQual.moves.undo()")
    until(uncertain, "window.ldeQual.data.look.length === 2")


def test_a_note_is_put_in_its_place_in_one_step(uncertain, service):
    """One undo takes back that an uncertain note was put in its place: it is listed again, and stands there no more."""
    select(uncertain, "Dan staan ze stil.")
    uncertain.locator(".look .card").nth(1).get_by_role("button", name="Zet op de selectie").click()
    until(uncertain, "window.ldeQual.data.look.length === 1")
    settled(uncertain)
    uncertain.evaluate("window.ldeQual.moves.undo()")
    until(uncertain, "window.ldeQual.data.look.length === 2")
    assert ask(service, "GET", f"/api/transcript?name={ASKED}")[1]["notes"] == []


def test_what_others_write_meanwhile_is_not_missed(page, service):
    """A coding that was made elsewhere just before one's own comes onto the page as well."""
    place_and_code(service, "Daarna wachten ze.", "mobiliteit")
    select(page, "Dat duurt")
    page.evaluate("window.ldeQual.act.code('mobiliteit')")
    settled(page)
    until(page, "window.ldeQual.view.codings.size === 5")


def test_what_the_code_is_about_is_at_hand_while_choosing(page, service):
    """The code that Enter would choose stands with what belongs there, what does not, and its examples."""
    body = {"action": "describe", "code": "mobiliteit", "include": ["de bus"], "examples": ["Ik raak er niet."]}
    assert ask(service, "POST", "/api/operations", body={"id": "d", "op": "codebook", "body": body})[0] == 200
    until(page, "window.ldeQual.study.byId.get('mobiliteit').examples.length === 1")
    select(page, "Dat duurt")
    page.keyboard.press("c")
    page.keyboard.type("mobil")
    assert page.locator("dialog .about p").all_inner_texts() == ["Wel hier de bus", "Voorbeelden Ik raak er niet."]


def test_a_long_word_breaks_in_the_tree_between_syllables(page, service):
    """What the tree shows is the label with soft hyphens in it; its name for a screen reader has none."""
    body = {"action": "label", "code": "screening", "label": "Persoonlijk ontwikkelingsplan"}
    assert ask(service, "POST", "/api/operations", body={"id": "l", "op": "codebook", "body": body})[0] == 200
    until(page, "window.ldeQual.study.label('screening') === 'Persoonlijk ontwikkelingsplan'")
    item = page.locator("[data-code=screening]")
    shown = item.locator(".name").first.text_content()
    assert shown == "Per\u00adsoon\u00adlijk ont\u00adwik\u00adke\u00adlings\u00adplan"
    assert item.get_attribute("aria-label").startswith("Persoonlijk ontwikkelingsplan, ")


def test_a_colour_is_picked_and_let_go(page):
    """A colour is chosen in a field of colours that begins at the one shown, and can be left to the page again."""

    def describe(**given):
        page.locator("[data-code=screening]").focus()
        page.keyboard.press("e")
        field = page.locator("dialog[open] input[type=color]")
        shown = field.input_value()
        if "colour" in given:
            field.fill(given["colour"])
        if "by" in given:
            page.locator("dialog[open] select").select_option(given["by"])
        page.get_by_role("button", name="Bewaar").click()
        settled(page)
        return shown

    first = describe(colour="#123456")
    assert first not in {"#000000", "#123456"}
    until(page, "window.ldeQual.study.byId.get('screening').colour === '#123456'")
    assert describe(by="") == "#123456"
    until(page, "window.ldeQual.study.byId.get('screening').colour === ''")
    assert describe() == first


def test_the_basket_is_copied_as_markdown_and_as_rows_of_a_table(page):
    """What is copied has quote, citation and note: as Markdown, and as a table that a word processor keeps as one."""
    page.evaluate("window.ldeQual.act.basket([...window.ldeQual.view.codings.values()][0])")
    settled(page)
    page.get_by_role("tab", name="Citaten").click()
    page.locator(".panel .card input").fill("goed <begin>")
    page.keyboard.press("Enter")
    settled(page)
    cited = page.locator(".panel .cited").inner_text()
    copied = "navigator.clipboard.read().then(async ([item]) => (await item.getType('{}')).text())"
    page.get_by_role("button", name="Kopieer als Markdown").click()
    until(page, "document.querySelector('.status').textContent === 'Gekopieerd.'")
    assert page.evaluate(copied.format("text/plain")) == f"> {QUOTES[0]}\n>\n> {cited}\n\ngoed <begin>\n"
    page.evaluate("window.ldeQual.say('')")
    page.get_by_role("button", name="Kopieer als tabel").click()
    until(page, "document.querySelector('.status').textContent === 'Gekopieerd.'")
    table = page.evaluate(copied.format("text/html"))
    cells = [QUOTES[0], cited, "goed &lt;begin&gt;"]
    assert "".join(f"<td>{cell}</td>" for cell in cells) in table


def test_without_a_clipboard_the_text_is_there_to_copy(page):
    """Where the browser allows no clipboard, as over plain http from another machine, what to copy is shown."""
    page.evaluate("window.ldeQual.act.basket([...window.ldeQual.view.codings.values()][0])")
    settled(page)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("tab", name="Citaten").click()
    page.get_by_role("button", name="Kopieer als Markdown").click()
    assert QUOTES[0] in page.locator("dialog[open] textarea").input_value()
