"""Suggestions on the page in a real Chromium: how they look, and what a key or a click does about them."""

import pytest
from browsing import settled, until
from pages import ask, served
from suggested import bodies, decide, make, read

from lde_qual.api.study import open_folder

FIRST = "😀 De bus rijdt hier maar één keer per uur en de trein stopt niet."
LIST = "window.ldeQual.suggestions"


@pytest.fixture
def setting():
    """When suggestions show; a test names another by parameter."""
    return {}


@pytest.fixture
def service(tmp_path, fitter, setting):
    """The page of a study with suggestions, served."""
    lang = setting.pop("lang", None)
    with served(make(tmp_path, **setting), fitter=fitter, lang=lang) as running:
        read(running)
        yield running


@pytest.fixture
def page(service, new_tab):
    """The page with its suggestions read; nothing in the console may be an error."""
    tab = new_tab()
    start(tab, service)
    return tab


def start(tab, service):
    """Open the page and wait for what is suggested."""
    tab.goto("about:blank")
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    until(tab, f"Boolean({LIST}.found) && !{LIST}.found.working")
    tab.locator(".turn").nth(0).focus()


def followed(tab):
    """Wait until everything that was done is acknowledged and the list knows of it."""
    settled(tab)
    tab.evaluate(f"{LIST}.load()")
    until(tab, f"!{LIST}.found.working && {LIST}.decided.size === 0")


def codings(service):
    """Return what the study holds, as (quote, code, origin)."""
    found = ask(service, "GET", "/api/transcript?name=een")[1]
    return [(found["text"][each["start"] : each["end"]], each["code"], each["origin"]) for each in found["codings"]]


def listed(tab):
    """Return the passages that the list shows."""
    return tab.evaluate(f"{LIST}.shown().map((card) => card.quote)")


def painted(tab, name):
    """Return the words that a highlight of the page lies over."""
    return tab.evaluate(
        """(name) => [...CSS.highlights.entries()].filter(([each]) => each.endsWith(`-${name}`))
          .flatMap(([, ranges]) => [...ranges])
          .map((range) => range.startContainer.data.slice(range.startOffset, range.endOffset))""",
        name,
    )


def test_suggestions_are_underlined_and_are_no_codings(page, service):
    """Each passage with a suggestion has a dotted underline of its own, no stripe, and is no coding."""
    assert painted(page, "suggested") == listed(page)
    rules = page.evaluate(
        "[...document.adoptedStyleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText)"
    )
    # Where colours are forced a rule of its own says it otherwise.
    (rule,) = [each for each in rules if "-suggested)" in each and not each.startswith("@media")]
    assert "dotted" in rule
    assert "background" not in rule
    assert page.locator(".stripe").count() == 0
    assert codings(service) == []


def test_a_card_is_accepted_by_key(page, service):
    """`s` leads to the suggestions, `a` accepts the one in hand and leads to the next; the underline goes."""
    page.keyboard.press("s")
    card = page.locator(".suggestion.chosen")
    assert "Vervoer" in card.inner_text()
    assert card.locator("mark").all_inner_texts() == ["bus", "trein"]
    page.keyboard.press("a")
    assert "Hun nederlands" in page.locator(".suggestion.chosen blockquote").inner_text()
    assert page.evaluate("document.activeElement.classList.contains('suggestion')")
    followed(page)
    assert codings(service) == [(FIRST, "vervoer", "accepted")]
    assert FIRST not in painted(page, "suggested")
    assert page.locator(".stripe").count() == 1


def test_no_click_becomes_a_coding(page, service):
    """Clicks and double clicks on the underlined words and on the list take a card in hand, and code nothing."""
    page.locator(".turn").nth(1).locator(".speech").click(position={"x": 60, "y": 12})
    until(page, f"{LIST}.hand !== ''")
    assert page.locator(".suggestion.chosen").count() == 1
    page.locator("button.suggestion").nth(1).dblclick()
    page.locator(".turn").nth(5).locator(".speech").dblclick(position={"x": 60, "y": 12})
    page.get_by_role("tab", name="Voorstellen").click()
    page.get_by_role("button", name="Overnemen", exact=True).dispatch_event("click", {"detail": 2})
    page.keyboard.press("Escape")
    page.locator(".turn").nth(0).focus()
    page.keyboard.press("a")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ldeQual.queue.waiting.length") == 0
    assert codings(service) == []


def test_the_button_accepts(page, service):
    """A click on the button of the card in hand accepts it."""
    page.keyboard.press("s")
    page.get_by_role("button", name="Overnemen", exact=True).click()
    followed(page)
    assert codings(service) == [(FIRST, "vervoer", "accepted")]


def test_next_and_previous(page):
    """`j` and `k` go on and back through the list, and the text comes along."""
    page.keyboard.press("s")
    for key, there in (("j", "Hun nederlands"), ("j", "Met de fiets"), ("k", "Hun nederlands")):
        page.keyboard.press(key)
        assert there in page.locator(".suggestion.chosen blockquote").inner_text()
        assert there in painted(page, "weighed")[0]
    assert page.evaluate("window.ldeQual.view.focused") == 3
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('turn')")


def test_a_suggestion_is_rejected_with_a_reason(page, service, tmp_path):
    """`r` and a digit reject for a reason; the suggestion stays away, and undo brings it back, after a reload."""
    page.keyboard.press("s")
    page.keyboard.press("r")
    page.keyboard.press("3")
    followed(page)
    assert FIRST not in listed(page)
    (decision,) = decisions(tmp_path)
    assert (decision.kind, decision.reason, decision.suggestion["way"]) == ("reject", "not relevant", "transcript")
    start(page, service)
    page.keyboard.press("Control+z")
    followed(page)
    assert FIRST in listed(page)


def decisions(tmp_path):
    """Return what the journal holds of rejected and put-off suggestions."""
    return open_folder(next(tmp_path.iterdir())).model.state("anna").decisions


def test_a_reason_in_words_of_ones_own(page, tmp_path):
    """What is typed as a reason is the reason; Escape rejects nothing."""
    page.keyboard.press("s")
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.locator("dialog[open] input").fill("hoort bij de vraag")
    page.keyboard.press("Enter")
    followed(page)
    assert [each.reason for each in decisions(tmp_path)] == ["hoort bij de vraag"]


def test_later_puts_a_suggestion_last(page, tmp_path):
    """`l` puts the suggestion at the end of the list, as an operation."""
    page.keyboard.press("s")
    page.keyboard.press("l")
    followed(page)
    assert listed(page)[-1] == FIRST
    assert [each.kind for each in decisions(tmp_path)] == ["later"]
    assert page.locator(".putoff").count() == 1
    assert page.get_by_role("button", name="Deze 3 overnemen").is_visible()


def test_another_code_and_other_bounds(page, service):
    """`>` and `<` move the end, `.` the start, and `x` takes over with another code."""
    page.keyboard.press("s")
    page.keyboard.press("j")
    for key in ("<", "<", ">", "."):
        page.keyboard.press(key)
    page.keyboard.press("x")
    page.keyboard.type("leren")
    page.keyboard.press("Enter")
    followed(page)
    assert codings(service) == [("nederlands is nog te zwak voor de", "leren", "accepted")]


def test_bounds_from_a_selection(page, service):
    """Words selected over the passage in hand can be its bounds."""
    page.keyboard.press("s")
    page.evaluate("window.ldeQual.view.select(33, 39)")
    page.get_by_role("tab", name="Voorstellen").click()
    page.get_by_role("button", name="Grenzen van de selectie").click()
    page.get_by_role("button", name="Overnemen", exact=True).click()
    followed(page)
    assert codings(service) == [("De bus", "vervoer", "accepted")]


def test_the_visible_list_is_accepted_in_one_step(page, service):
    """`A` accepts what the filtered list shows, after its number was confirmed, and one undo takes it all back."""
    page.keyboard.press("s")
    page.locator(".suggesting select").nth(1).select_option("vervoer")
    count = len(listed(page))
    assert 0 < count < 4
    page.locator(".card.suggestion").first.focus()
    page.keyboard.press("A")
    assert f"{count} passages" in page.locator("dialog").inner_text()
    page.keyboard.press("Escape")
    assert codings(service) == []
    page.keyboard.press("A")
    page.get_by_role("button", name="Alle overnemen").click()
    followed(page)
    assert {code for _, code, _ in codings(service)} == {"vervoer"}
    assert len(codings(service)) == count
    page.keyboard.press("Control+z")
    followed(page)
    assert codings(service) == []
    page.keyboard.press("Control+Shift+Z")
    followed(page)
    assert len(codings(service)) == count


def test_the_order_is_chosen_and_kept(page, service):
    """The order that is chosen holds after a reload, and each decision keeps it."""
    page.keyboard.press("s")
    page.get_by_label("Volgorde").select_option("confidence")
    until(page, f"{LIST}.found.order === 'confidence'")
    start(page, service)
    page.keyboard.press("s")
    page.keyboard.press("a")
    followed(page)
    (made,) = ask(service, "GET", "/api/transcript?name=een")[1]["codings"]
    assert made["suggestion"]["way"] == "confidence"


def test_a_card_in_hand_does_not_change_under_the_fingers(page):
    """What a later fit says of the card in hand shows only once another was in hand."""
    page.keyboard.press("s")
    before = page.locator(".suggestion.chosen").inner_text()
    page.evaluate(
        f"""() => {{
          const found = structuredClone({LIST}.found);
          found.fit = "later";
          found.cards[0].proposals[0].code = "taal";
          {LIST}.take(found);
        }}"""
    )
    assert page.locator(".suggestion.chosen").inner_text() == before
    page.evaluate(f"""{LIST}.hold({LIST}.shown()[1].key)""")
    assert page.evaluate("document.activeElement.classList.contains('suggestion')")


def test_a_decision_waits_while_the_server_is_gone(page, service):
    """Without a server what was accepted shows as a coding and has left the list; it is sent after a reload."""
    page.route("**/api/operations", lambda route: route.abort())
    page.keyboard.press("s")
    page.keyboard.press("a")
    page.wait_for_selector(".banner:not([hidden])")
    assert (codings(service), page.locator(".stripe").count(), FIRST in listed(page)) == ([], 1, False)
    page.reload()
    page.unroute("**/api/operations")
    page.wait_for_selector(".turn")
    followed(page)
    assert codings(service) == [(FIRST, "vervoer", "accepted")]


def test_what_another_program_decides_appears(page, service):
    """A suggestion that was rejected elsewhere leaves the list by itself, and the card in hand stays in hand."""
    page.keyboard.press("s")
    page.keyboard.press("j")
    assert decide(service, "reject", **bodies(service)["reject"])[0] == 200
    until(page, f"!{LIST}.shown().some((card) => card.start === 31)")
    assert "Hun nederlands" in page.locator(".suggestion.chosen blockquote").inner_text()
    assert page.evaluate("document.activeElement.classList.contains('suggestion')")


def test_a_card_has_the_name_that_its_code_has_now(page, service):
    """Where a code was named anew its cards bear the new name, before there is another fit."""
    page.keyboard.press("s")
    body = {"action": "label", "code": "taal", "label": "Taalvaardigheid"}
    assert decide(service, "codebook", **body)[0] == 200
    page.locator("button.suggestion", has_text="Taalvaardigheid").first.wait_for()


def test_a_coding_shows_what_was_suggested(page):
    """The coding that was made of a suggestion shows its confidence and its reason."""
    page.keyboard.press("s")
    page.keyboard.press("a")
    followed(page)
    page.locator(".stripe").first.click()
    said = page.locator(".card.chosen").inner_text()
    assert "Overgenomen voorstel: Vervoer" in said
    assert "trefwoorden" in said


def test_an_empty_list_leads_on(page):
    """Where nothing is left a button opens the next transcript whose suggestions show."""
    page.keyboard.press("s")
    page.keyboard.press("A")
    page.get_by_role("button", name="Alle overnemen").click()
    followed(page)
    page.get_by_role("button", name="Verder met twee").click()
    until(page, f"window.ldeQual.data.name === 'twee' && Boolean({LIST}.found && {LIST}.found.fit)")
    assert page.evaluate("document.activeElement.closest('.suggesting') !== null")


def test_suggestions_wait_for_nobody(page, service):
    """While they are worked out the page says so, and codes as always."""
    page.route("**/api/suggestions*", lambda route: route.fulfill(json={**FOUND, "working": True}))
    page.evaluate(f"{LIST}.open()")
    page.get_by_role("tab", name="Voorstellen").click()
    page.wait_for_selector("text=Voorstellen worden gemaakt")
    page.evaluate("window.ldeQual.view.select(33, 39); window.ldeQual.act.code('taal')")
    until(page, "window.ldeQual.queue.waiting.length === 0")
    assert codings(service) == [("De bus", "taal", "human")]
    page.unroute("**/api/suggestions*")


FOUND = {"transcript": "een", "visible": True, "why": "shown", "order": "transcript", "orders": ["transcript"]}
FOUND |= {"cards": [], "kept": None, "fit": "", "failed": ""}


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"suggestions": "uit"}, "Voorstellen staan uit"),
        ({"suggestions": "na eerste lezing"}, "Voorstellen komen na de eerste lezing"),
        ({"suggestions": "uit", "lang": "en"}, "Suggestions are off"),
    ],
)
def test_the_page_says_why_there_are_none(page, said):
    """Where suggestions stay hidden their panel says why, nothing is underlined, and `s` shows it."""
    page.keyboard.press("s")
    assert said in page.locator(".suggesting").inner_text()
    assert painted(page, "suggested") == []
    assert page.locator(".suggestion").count() == 0


@pytest.mark.parametrize("setting", [{"suggestions": "na eerste lezing"}])
def test_suggestions_come_once_the_transcript_is_read(page):
    """Marking a transcript as read makes its suggestions show, without a reload."""
    page.get_by_role("button", name="uitgelezen").click()
    until(page, f"{LIST}.found.visible")


@pytest.mark.parametrize("setting", [{"blind": 0.999}])
def test_a_blind_passage_is_coded_first(page, service, tmp_path):
    """A blind passage shows no suggestion until it is coded; `a` then shows it, and what was coded by then is kept."""
    page.keyboard.press("s")
    assert "Vervoer" not in page.locator(".suggesting").inner_text()
    assert painted(page, "suggested") == []
    assert len(painted(page, "blind")) == 4
    page.keyboard.press("a")
    page.keyboard.press("c")
    page.keyboard.type("taal")
    page.keyboard.press("Enter")
    followed(page)
    assert "Vervoer" not in page.locator(".suggesting").inner_text()
    page.keyboard.press("a")
    followed(page)
    card = page.locator(".suggestion.chosen")
    card.get_by_text("U gaf: Taal.").wait_for()
    assert "Vervoer" in card.inner_text()
    (kept,) = open_folder(next(tmp_path.iterdir())).model.state("anna").shown
    assert (kept.body["codes"], kept.body["suggestions"][0][0]) == (["taal"], "vervoer")
    page.keyboard.press("j")
    assert "Hun nederlands" in page.locator(".suggestion.chosen blockquote").inner_text()
    assert codings(service) == [(FIRST, "taal", "human")]


@pytest.mark.parametrize("setting", [{"blind": 0.999}])
def test_no_code_is_a_blind_decision(page, service):
    """`g` says that no code applies to a blind passage; its suggestion then shows and can be accepted."""
    page.keyboard.press("s")
    page.keyboard.press("g")
    followed(page)
    page.locator(".suggestion.chosen").get_by_text("U gaf geen code").wait_for()
    page.locator(".suggestion.chosen").focus()
    page.keyboard.press("a")
    followed(page)
    assert codings(service) == [(FIRST, "vervoer", "accepted")]


def test_who_hears_the_page_is_told(page):
    """A turn in focus tells how many suggestions stand in it, and a decision is announced."""
    page.locator(".turn").nth(1).focus()
    assert "1 voorstel" in page.locator(".turn").nth(1).locator(".unseen").inner_text()
    page.keyboard.press("s")
    page.keyboard.press("a")
    assert "Overgenomen: Vervoer" in page.locator(".status").inner_text()


@pytest.mark.parametrize("setting", [{"lang": "en"}])
def test_an_english_page_of_a_dutch_study(page):
    """With `--lang en` cards, reasons and buttons are English."""
    page.keyboard.press("s")
    said = page.locator(".suggesting").inner_text()
    assert "keywords" in said
    assert "Accept" in said
    assert "trefwoorden" not in said
