"""What is at hand while coding, in a real Chromium: keys and buttons beside the text, new codes, memos, notes."""

import pytest
from browsing import opened, select, settled, until
from pages import ask, place, served

ASKED = "gesprek%20%C3%A9%C3%A9n"
QUOTE = "na een screening"


@pytest.fixture
def page(service, new_tab):
    """The page of the first interview, with its answer in hand."""
    return opened(new_tab(), service)


def code(page, quote, code="screening"):
    """Select words and code them."""
    select(page, quote)
    page.evaluate("(code) => window.ldeQual.act.code(code)", code)
    settled(page)


def codings(service):
    """Return the codings of the study's first interview."""
    return ask(service, "GET", f"/api/transcript?name={ASKED}")[1]["codings"]


def parents(service):
    """Return the code above each code."""
    return {each["label"]: each["parent"] for each in ask(service, "GET", "/api/start")[1]["codes"]}


@pytest.mark.parametrize(
    ("typed", "keys", "made"),
    [
        ("Wachttijd", ["Enter"], ("Wachttijd", "")),
        ("instr > Wachttijd", ["Enter"], ("Wachttijd", "instroom")),
        ("Mob", ["Control+Enter"], ("Mob", "")),
        ("Mob", ["ArrowDown", "Enter"], ("Mob", "")),
    ],
)
def test_a_new_code_is_the_last_to_choose(page, service, typed, keys, made):
    """What is typed can be a new code, also where codes are found, and `above > name` puts it under another."""
    select(page, QUOTE)
    page.keyboard.press("c")
    page.keyboard.type(typed)
    assert made[0] in page.locator("dialog[open] .fresh").inner_text()
    for key in keys:
        page.keyboard.press(key)
    settled(page)
    assert parents(service)[made[0]] == made[1]
    assert len(codings(service)) == 1


def test_a_new_code_is_made_with_the_mouse(page, service):
    """The new code among those to choose from is clicked like any other."""
    select(page, QUOTE)
    page.get_by_role("button", name="Kies code").click()
    page.keyboard.type("Mob")
    page.locator("dialog[open] .fresh").click()
    settled(page)
    assert [each["code"] for each in codings(service)] == ["mob"]


def test_what_bears_a_new_code_is_painted_in_its_colour(page):
    """The passage that a new code was made for has that code's colour in the text and in its stripe at once."""
    select(page, QUOTE)
    page.keyboard.press("i")
    page.locator("dialog[open] input").fill("Wachttijd")
    page.keyboard.press("Enter")
    settled(page)
    until(page, "window.ldeQual.painter.names.get('=wachttijd')?.size === 1")
    until(page, "document.querySelectorAll('.stripe').length === 1")
    shown = "getComputedStyle(document.querySelector('.stripe')).backgroundColor"
    swatch = "getComputedStyle(document.querySelector('[data-code=wachttijd] .swatch')).backgroundColor"
    until(page, f"{shown} === {swatch}")


def test_digits_do_not_jump(page, service):
    """What stands on a digit stays there after an undo, and after another tab wrote, though other codes came later."""
    for quote, name in ((QUOTE, "screening"), ("Dat duurt", "mobiliteit"), ("Via de", "instroom")):
        code(page, quote, name)
    before = page.evaluate("window.ldeQual.study.digits()")
    assert before == ["screening", "mobiliteit", "instroom"]
    code(page, "Dat duurt lang", "screening")
    page.evaluate("window.ldeQual.moves.undo()")
    settled(page)
    body = {**place(service, ASKED, "Daarna wachten"), "transcript": "gesprek één", "code": "instroom-vdab"}
    ask(service, "POST", "/api/operations", body={"id": "other", "op": "code", "body": body})
    until(page, "window.ldeQual.study.digits().length === 4")
    assert page.evaluate("window.ldeQual.study.digits()") == [*before, "instroom-vdab"]


def test_escape_leads_from_a_memo_back_to_the_text(page, service):
    """A memo that is typed is saved, and said to be once it is; Escape leads back to the turn, where keys act again."""
    code(page, QUOTE)
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("m")
    page.keyboard.type("Wie meet dit?")
    until(page, "document.querySelector('.card.chosen .block small').textContent === 'Bewaard.'")
    page.keyboard.type(" En wanneer?")
    page.keyboard.press("Escape")
    settled(page)
    assert page.evaluate("document.activeElement.dataset.turn") == "1"
    assert codings(service)[0]["memo"] == "Wie meet dit? En wanneer?"
    page.keyboard.press("d")
    settled(page)
    assert codings(service)[0]["dimensions"] == {"richting": "belemmerend"}


def test_each_memo_says_for_itself_that_it_is_saved(page):
    """The word that a synopsis is saved stands under the synopsis, and not under the memo on the study."""
    page.get_by_role("tab", name="Memo").click()
    page.locator(".panel textarea").first.fill("Eerste indruk")
    until(page, "document.querySelector('.panel small').textContent === 'Bewaard.'")
    assert page.locator(".panel small").all_inner_texts()[1:] == [""] * (page.locator(".panel small").count() - 1)


def test_what_a_coding_bears_and_the_notes_stand_with_the_turn(page):
    """A card that is not in hand tells value, mark and memo in a line; a note of the turn stands below the codings."""
    code(page, QUOTE)
    for key in ("d", "y"):
        page.locator(".turn").nth(1).focus()
        page.keyboard.press(key)
    page.evaluate("window.ldeQual.act.memoText(window.ldeQual.view.chosen, 'Let op')")
    settled(page)
    select(page, "Dat duurt")
    page.get_by_role("button", name="Kanttekening").click()
    page.locator("dialog[open] textarea").fill("Hoe lang?")
    page.get_by_role("button", name="Bewaar").click()
    settled(page)
    until(page, "window.ldeQual.data.notes.length === 1")
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('.card.chosen')")
    coding, note = page.locator(".panel .card").all_inner_texts()
    assert "belemmerend · typerend · Memo" in coding
    assert "Hoe lang?" in note


def test_the_card_in_hand_is_in_sight(page):
    """Where a turn has many codings the card of the one in hand is scrolled to, and what is selected comes first."""
    for quote in ("Via", "Via de", "Via de VDAB", "de VDAB", "na een", "een screening", "Dat duurt", "duurt lang"):
        for name in ("screening", "mobiliteit"):
            code(page, quote, name)
    page.evaluate("window.ldeQual.view.unchoose()")
    ids = page.evaluate("window.ldeQual.view.codingsIn(1).map((each) => each.id)")
    for chosen in (ids[-1], ids[0]):
        page.evaluate("(id) => window.ldeQual.view.choose(id)", chosen)
        card, side = (page.locator(each).bounding_box() for each in (".card.chosen", ".side"))
        assert card["y"] >= side["y"]
        assert card["y"] < side["y"] + side["height"] - 60
    page.evaluate("(id) => window.ldeQual.view.choose(id)", ids[-1])
    select(page, "na een")
    assert page.evaluate("document.querySelector('.side').scrollTop") == 0


def test_with_alt_a_selection_stays_as_it_was_dragged(page):
    """Half a word that is dragged over with Alt held down stays half a word; without it the word is taken whole."""
    drag = """() => {
      const { text } = window.ldeQual.view.turns[1];
      const range = document.createRange();
      range.setStart(text, 10);
      range.setEnd(text, 18);
      const { left, right, top } = range.getBoundingClientRect();
      return [left, right, top];
    }"""
    for alt, expected in ((True, "B, na ee"), (False, "VDAB, na een")):
        left, right, top = page.evaluate(drag)
        if alt:
            page.keyboard.down("Alt")
        page.mouse.move(left + 1, top + 8)
        page.mouse.down()
        page.mouse.move(right - 1, top + 8, steps=5)
        page.mouse.up()
        if alt:
            page.keyboard.up("Alt")
        until(page, "window.ldeQual.view.pending !== null")
        pending = "window.ldeQual.view.offsets.slice(...Object.values(window.ldeQual.view.pending))"
        assert page.evaluate(pending) == expected
        page.locator(".turn").nth(1).focus()
        page.keyboard.press("Escape")


def test_who_has_no_digit_yet_is_told_how_codes_come_there(page):
    """Where nobody coded yet, the place of the digits says how codes come on them."""
    select(page, QUOTE)
    assert "p in de codeboom" in page.locator(".panel").inner_text()
    page.evaluate("window.ldeQual.act.code('screening')")
    settled(page)
    select(page, "Dat duurt")
    assert "p in de codeboom" not in page.locator(".panel").inner_text()


def test_a_second_pass_says_so(study, new_tab):
    """The page of a second pass says at the top that the first is hidden; that of the first does not."""
    with served(study) as first:
        assert "Herlezing" not in opened(new_tab(), first).locator(".lde-qual").inner_text()
    with served(study, coder="onderzoeker-herlezing") as second:
        page = opened(new_tab(), second)
        assert "Herlezing: wat onderzoeker eerder codeerde" in page.locator(".notice").inner_text()


def test_another_coders_coding_shows_its_words_and_memo(study, new_tab):
    """Beside a coder, a coding of theirs that is clicked shows its words, value and memo, and nothing to change it."""
    with served(study, coder="tweede") as other:
        body = {**place(other, ASKED, QUOTE), "transcript": "gesprek één", "code": "screening", "memo": "Van mij"}
        ask(other, "POST", "/api/operations", body={"id": "a", "op": "code", "body": body})
    with served(study) as own:
        page = opened(new_tab(), own)
        page.locator(".filters-box summary").click()
        page.locator(".filters-box select").last.select_option("tweede")
        until(page, "window.ldeQual.view.codings.size === 1")
        page.evaluate("window.ldeQual.view.choose([...window.ldeQual.view.codings.keys()][0])")
        card = page.locator(".card.chosen")
        assert all(each in card.inner_text() for each in ("tweede", QUOTE, "Van mij"))
        assert card.get_by_role("button").count() == 1
