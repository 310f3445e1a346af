"""Deciding on suggestions while the study changes, in a real Chromium: what is in hand, and what is refused."""

import pytest
from browsing import settled, until
from pages import ask, place, served
from suggested import make, read

BANNER = ".banner:not([hidden])"
LIST = "window.ldeQual.suggestions"
HAND = ".suggestion.chosen"


@pytest.fixture
def setting():
    """When suggestions show; a test names another by parameter."""
    return {}


@pytest.fixture
def service(tmp_path, fitter, setting):
    """The page of a study with suggestions, served."""
    with served(make(tmp_path, **setting), fitter=fitter) as running:
        read(running)
        yield running


@pytest.fixture
def page(service, new_tab):
    """The page with its suggestions read, the focus in the text."""
    tab = new_tab()
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    until(tab, f"Boolean({LIST}.found) && !{LIST}.found.working")
    tab.locator(".turn").nth(0).focus()
    return tab


def elsewhere(service, op, **body):
    """Do an operation as another tab would."""
    status, answer = ask(service, "POST", "/api/operations", body={"id": f"elsewhere {op}", "op": op, "body": body})
    assert status == 200, answer


def codings(service):
    """Return what the study holds, as (code, origin)."""
    return [(each["code"], each["origin"]) for each in ask(service, "GET", "/api/transcript?name=een")[1]["codings"]]


def hold(page, words):
    """Take the card of a passage in hand."""
    page.keyboard.press("s")
    page.evaluate(f"(words) => {LIST}.hold({LIST}.shown().find((card) => card.quote.includes(words)).key)", words)
    page.locator(HAND, has_text=words).wait_for()


def test_a_card_in_hand_stays_until_one_goes_on(page, service):
    """A later fit that suggests a passage no more does not take its card out of the reader's hand; going on does."""
    hold(page, "Hun nederlands")
    elsewhere(service, "codebook", action="describe", code="taal", keywords=[], definition="")
    until(page, f"!{LIST}.found.working && {LIST}.found.cards.every((card) => !card.quote.includes('Hun nederlands'))")
    assert "Hun nederlands" in page.locator(HAND).inner_text()
    assert page.evaluate("document.activeElement.classList.contains('chosen')")
    page.keyboard.press("j")
    until(page, f"{LIST}.shown().every((card) => !card.quote.includes('Hun nederlands'))")


def test_without_a_card_in_hand_nothing_is_decided_about_one(page, service):
    """On the list itself `a`, `r` and `l` do nothing, `j` takes the first card, and `A` asks about all it shows."""
    page.keyboard.press("s")
    page.evaluate(f"{LIST}.hand = ''; {LIST}.draw()")
    page.locator(".suggestion").first.focus()
    for key in "arl":
        page.keyboard.press(key)
    assert page.locator("dialog[open]").count() == 0
    assert page.locator(".reading").is_hidden()
    page.keyboard.press("A")
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Escape")
    settled(page)
    page.locator(".suggestion").nth(2).focus()
    page.keyboard.press("j")
    assert page.evaluate(f"{LIST}.hand === {LIST}.shown()[0].key")
    assert codings(service) == []


@pytest.mark.parametrize("setting", [{"suggestions": "na eerste lezing"}])
def test_a_transcript_is_marked_as_read_where_its_suggestions_wait(page):
    """The panel that says that they come after reading has the button; the bar's then takes the mark away again."""
    page.keyboard.press("s")
    page.locator(".suggesting").get_by_role("button", name="Uitgelezen").click()
    page.locator(".suggestion").first.wait_for()
    bar = page.locator(".bar").get_by_role("button", name="uitgelezen")
    assert bar.inner_text() == "Niet uitgelezen"
    bar.click()
    settled(page)
    page.locator(".bar").get_by_role("button", name="Uitgelezen", exact=True).wait_for()
    until(page, f"!{LIST}.found.visible")


def test_a_code_that_was_merged_is_accepted_as_what_it_became(page, service):
    """Where the suggested code was merged into another meanwhile, accepting it codes as that other one."""
    hold(page, "Hun nederlands")
    elsewhere(service, "codebook", action="merge", code="taal", into="leren")
    page.keyboard.press("a")
    settled(page)
    assert codings(service) == [("leren", "accepted")]


def test_a_decision_on_a_text_that_changed_is_refused_and_said(page, service):
    """Where a word was corrected meanwhile nothing is written; the page says so in its words and shows the new text."""
    hold(page, "Hun nederlands")
    elsewhere(service, "edit", **place(service, "een", "zwak"), text="gering")
    page.keyboard.press("a")
    banner = page.locator(BANNER)
    banner.wait_for()
    assert "intussen gewijzigd" in banner.inner_text()
    page.locator(".turn", has_text="nog te gering").wait_for()
    assert codings(service) == []
    until(page, f"{LIST}.shown().some((card) => card.quote.includes('gering'))")
