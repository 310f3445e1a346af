"""Codings of one code that overlap: said, made one by a key, and taken back in one step; in a real Chromium."""

import pytest
from browsing import opened, select, settled, until
from pages import ask, place

OPEN = "gesprek%20%C3%A9%C3%A9n"
FIRST, SECOND, THIRD = "Via de VDAB, na een", "na een screening.", "screening. 😀 Dat duurt lang."
ALL = "Via de VDAB, na een screening. 😀 Dat duurt lang."


@pytest.fixture
def page(service, new_tab):
    """The page of the first interview, with its answer in hand."""
    return opened(new_tab(), service)


def code(page, quote, code="screening"):
    """Select words and code them, and return the id of what was made."""
    select(page, quote)
    page.evaluate("(code) => window.ldeQual.act.code(code)", code)
    settled(page)
    return page.evaluate("window.ldeQual.view.chosen")


def codings(service):
    """Return what the study holds, by quote."""
    found = ask(service, "GET", f"/api/transcript?name={OPEN}")[1]
    return {found["text"][each["start"] : each["end"]]: each for each in found["codings"]}


def do(service, op, **body):
    """Do an operation as another tab would, and return its answer."""
    status, answer = ask(service, "POST", "/api/operations", body={"id": repr((op, body)), "op": op, "body": body})
    assert status == 200, answer
    return answer


def test_an_overlap_is_coded_at_once_and_said(page, service):
    """Coding over a passage that bears the code makes a second coding at once, and says how they become one."""
    code(page, FIRST)
    assert "x" not in page.locator(".status").inner_text().split()
    code(page, SECOND)
    assert set(codings(service)) == {FIRST, SECOND}
    assert "Overlapt met een andere codering van deze code. Met x" in page.locator(".status").inner_text()
    assert page.get_by_role("button", name="Maak er één codering van").is_visible()


def test_overlapping_codings_become_one_and_undo_brings_both_back(page, service):
    """`x` extends the first over both with its memo, value and mark; one undo brings the two back."""
    first = code(page, FIRST)
    do(service, "revise", coding=first, memo="Eerst", dimensions={"richting": "faciliterend"})
    do(service, "mark", coding=first, mark="typerend")
    code(page, SECOND)
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("x")
    settled(page)
    (one,) = codings(service).values()
    assert (one["id"], one["memo"], one["mark"]) == (first, "Eerst", "typerend")
    assert one["dimensions"] == {"richting": "faciliterend"}
    assert list(codings(service)) == ["Via de VDAB, na een screening."]
    assert page.evaluate("[...window.ldeQual.view.codings.keys()]") == [first]
    page.keyboard.press("Control+z")
    settled(page)
    assert set(codings(service)) == {FIRST, SECOND}
    until(page, "window.ldeQual.view.codings.size === 2")
    page.keyboard.press("Control+Shift+Z")
    settled(page)
    assert list(codings(service)) == ["Via de VDAB, na een screening."]


def test_three_that_hang_together_become_one_without_a_word_lost(page, service):
    """Of three, memos and notes of the basket stand below each other, and a value that only one has stays."""
    ids = [code(page, quote) for quote in (FIRST, THIRD)]
    for number, made in enumerate(ids):
        do(service, "revise", coding=made, memo=f"Memo {number}")
        do(service, "memo", subject="coding", about=made, kind="method", text=f"Werkwijze {number}")
    do(service, "revise", coding=ids[1], dimensions={"richting": "belemmerend"})
    do(service, "mark", coding=ids[1], mark="tegenstem")
    do(service, "basket", items=[{"coding": made, "note": made[-3:]} for made in reversed(ids)])
    code(page, SECOND)
    until(page, "[...window.ldeQual.view.codings.values()].filter((each) => each.memo).length === 2")
    card = page.locator(".card.chosen .extend")
    assert "2 andere coderingen" in card.inner_text()
    assert "onder elkaar" in card.inner_text()
    card.get_by_role("button").click()
    settled(page)
    (one,) = codings(service).values()
    assert list(codings(service)) == [ALL]
    assert (one["id"], one["memo"], one["mark"]) == (ids[0], "Memo 0\n\nMemo 1", "tegenstem")
    assert one["dimensions"] == {"richting": "belemmerend"}
    kept = {each["kind"]: each["text"] for each in ask(service, "GET", "/api/memos")[1]["memos"]}
    assert kept["method"] == "Werkwijze 0\n\nWerkwijze 1"
    (item,) = ask(service, "GET", "/api/basket")[1]["items"]
    assert (item["coding"], item["note"]) == (ids[0], f"{ids[1][-3:]}\n\n{ids[0][-3:]}")


def test_values_that_differ_are_told_before(page, service):
    """Where two bear another value the card says so and which one stays, and nothing is changed by that."""
    first, second = code(page, FIRST), code(page, SECOND)
    for made, value in ((first, "faciliterend"), (second, "belemmerend")):
        do(service, "revise", coding=made, dimensions={"richting": value})
    until(page, "[...window.ldeQual.view.codings.values()].every((each) => each.dimensions.richting)")
    page.evaluate("(id) => window.ldeQual.view.choose(id)", second)
    told = page.locator(".card.chosen .extend").inner_text()
    assert "richting verschilt (faciliterend, belemmerend); faciliterend blijft" in told
    assert set(codings(service)) == {FIRST, SECOND}


def test_what_is_not_acknowledged_yet_becomes_one_too(page, service):
    """While the program does not answer, two codings and what makes them one wait, and come out as one."""
    page.route("**/api/operations", lambda route: route.abort())
    for quote in (FIRST, SECOND):
        select(page, quote)
        page.evaluate("window.ldeQual.act.code('screening')")
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("x")
    assert page.evaluate("window.ldeQual.view.codings.size") == 1
    page.unroute("**/api/operations")
    settled(page)
    assert list(codings(service)) == ["Via de VDAB, na een screening."]
    until(page, "window.ldeQual.view.codings.size === 1")


def test_the_same_passage_and_code_is_said_to_be_coded(page, service):
    """Coding exactly the same again makes nothing, says so, and takes the coding that is there in hand."""
    first = code(page, FIRST)
    page.keyboard.press("Escape")
    assert code(page, FIRST) == first
    assert page.locator(".status").inner_text() == "Stond al gecodeerd als Screening."
    assert len(codings(service)) == 1
    assert page.evaluate("window.ldeQual.view.pending") is None


def test_no_other_coding_becomes_one_that_is_there(page, service):
    """Moving an end, or recoding, to what another coding is already, changes nothing and is said."""
    code(page, "Via de VDAB")
    shorter = code(page, "Via de")
    code(page, "Via de", "mobiliteit")
    for keys in ([">"], ["e", "mobil", "Enter"]):
        page.evaluate("(id) => window.ldeQual.view.choose(id)", shorter)
        page.locator(".turn").nth(1).focus()
        page.keyboard.press(keys[0])
        for part in keys[1:]:
            page.keyboard.type(part) if part != "Enter" else page.keyboard.press(part)
        settled(page)
        assert page.locator(".status").inner_text().startswith("Stond al gecodeerd als")
        assert page.locator(".banner:not([hidden])").count() == 0
    assert sorted(codings(service)) == ["Via de", "Via de VDAB"]
    assert len(page.evaluate("[...window.ldeQual.view.codings.keys()]")) == 3


def test_codings_that_touch_or_bear_another_code_stay_apart(page, service):
    """Without a character in common, or under another code, nothing is offered and `x` says so."""
    code(page, "Via de VDAB,")
    code(page, "na een screening.")
    code(page, FIRST, "mobiliteit")
    for made in codings(service).values():
        page.evaluate("(id) => window.ldeQual.view.choose(id)", made["id"])
        assert page.locator(".extend").count() == 0
        page.locator(".turn").nth(1).focus()
        page.keyboard.press("x")
        assert page.locator(".status").inner_text().startswith("Geen andere codering van deze code")
    assert len(codings(service)) == 3


@pytest.mark.parametrize(
    "quotes", [("Via de VDAB,", "Dat duurt lang."), ("Via de VDAB,",)], ids=["with a gap", "alone"]
)
def test_what_does_not_overlap_is_not_made_one(page, service, quotes):
    """The study refuses to make one coding of codings with a gap between them, or of one alone."""
    made = [code(page, quote) for quote in quotes]
    body = {"codings": made, **place(service, OPEN, ALL), "transcript": "gesprek één"}
    asked = {"id": "apart", "op": "extend", "body": body}
    assert ask(service, "POST", "/api/operations", body=asked)[0] == 409
    assert set(codings(service)) == set(quotes)


def test_what_is_coded_while_the_text_is_read_again_stays(page):
    """An answer that was given before a coding was made takes that coding from the page no more."""
    held = []
    page.route("**/api/transcript?*", lambda route: route.continue_() if held else held.append((route, route.fetch())))
    page.evaluate("void window.ldeQual.reopen()")
    while not held:
        page.wait_for_timeout(20)
    code(page, FIRST)
    ((route, answer),) = held
    route.fulfill(response=answer)
    page.wait_for_timeout(300)
    assert page.evaluate("window.ldeQual.view.codings.size") == 1
