"""The page in a real Chromium where nobody answers for a while: what waits, what is refused then, what is read late."""

import pytest
from browsing import select, settled, until
from pages import ask, place

BANNER = ".banner:not([hidden])"
OPERATIONS = "**/api/operations"
ALL = "**/api/*"


@pytest.fixture
def page(service, new_tab):
    """The page of the second interview."""
    tab = new_tab()
    tab.goto(service.url)
    tab.locator("header select").select_option("interview-02")
    until(tab, "window.ldeQual?.follower.timer && window.ldeQual.data?.name === 'interview-02'")
    return tab


def stale(page, quote):
    """Code words of a text that the study no longer has."""
    select(page, quote)
    page.evaluate("""() => {
      const { sha } = ldeQual.data;
      ldeQual.data.sha = '0'.repeat(64);
      ldeQual.act.code('mobiliteit');
      ldeQual.data.sha = sha;
    }""")


def send(service, op, **body):
    """Do an operation as another program would."""
    assert ask(service, "POST", "/api/operations", body={"id": f"elsewhere-{op}", "op": op, "body": body})[0] == 200


def once(page, url):
    """Let the next request for something fail."""
    page.route(url, lambda route: route.abort(), times=1)


def looked(page):
    """Wait until the page asked at least once more what changed."""
    for _ in range(2):
        with page.expect_response("**/api/changes*"):
            pass


def test_what_is_refused_stands_there_until_it_is_closed(page):
    """Each refusal after a time without answer is told with the words it is about, until somebody closes it."""
    page.route(ALL, lambda route: route.abort())
    page.wait_for_selector(BANNER)
    stale(page, "goede begeleider")
    stale(page, "Dat is alles")
    page.unroute(ALL)
    settled(page)
    looked(page)
    text = page.locator(BANNER).inner_text()
    assert "intussen gewijzigd" in text
    assert "antwoordt niet" not in text
    assert "goede begeleider" in text
    assert "Dat is alles" in text
    page.locator(BANNER).get_by_role("button").click()
    page.wait_for_selector(".banner", state="hidden")
    assert page.evaluate("document.activeElement === ldeQual.root")


def test_a_refusal_outlasts_that_nobody_answers_what_comes_after_it(page, service):
    """Where the program is away again after it refused one operation, that one is told all the same."""
    page.route(OPERATIONS, lambda route: route.abort())
    stale(page, "goede begeleider")
    page.wait_for_selector(BANNER)
    select(page, "café")
    page.evaluate("ldeQual.act.code('mobiliteit')")
    assert "2 bewerkingen wachten" in page.locator(BANNER).inner_text()
    answers = iter(["continue_", "abort"])
    page.unroute(OPERATIONS)
    page.route(OPERATIONS, lambda route: getattr(route, next(answers, "continue_"))())
    settled(page)
    until(page, "!document.querySelector('.banner').textContent.includes('wacht')")
    assert "goede begeleider" in page.locator(BANNER).inner_text()
    assert len(ask(service, "GET", "/api/transcript?name=interview-02")[1]["codings"]) == 1


def test_what_another_wrote_is_shown_although_reading_it_failed_at_first(page, service):
    """A program that is away just when a change is read is asked for it again."""
    once(page, "**/api/transcript*")
    send(service, "code", **place(service, "interview-02", "café"), code="screening")
    until(page, "ldeQual.view.codings.size === 1")
    page.wait_for_selector(".banner", state="hidden")


def test_what_follows_from_a_step_is_shown_although_reading_it_failed_at_first(page):
    """A note that was kept comes onto the page, and the banner goes, once somebody answers again."""
    once(page, "**/api/transcript*")
    select(page, "café")
    page.keyboard.press("n")
    page.locator("dialog[open] textarea").fill("een gedachte")
    page.keyboard.press("Control+Enter")
    until(page, "ldeQual.data.notes.length === 1")
    page.wait_for_selector(".banner", state="hidden")


def test_memos_and_basket_of_another_tab_appear(page, service):
    """A memo and a quote put into the basket elsewhere stand on the page by themselves."""
    page.get_by_role("tab", name="Memo").click()
    send(service, "code", **place(service, "interview-02", "café"), code="screening")
    coding = ask(service, "GET", "/api/transcript?name=interview-02")[1]["codings"][0]["id"]
    send(service, "memo", subject="study", about="", kind="content", text="van elders")
    until(page, "[...document.querySelectorAll('.panel textarea')].some((each) => each.value === 'van elders')")
    send(service, "basket", items=[{"coding": coding, "note": "van elders"}])
    until(page, "ldeQual.basket.items.length === 1")


def test_a_memo_that_is_taken_back_leaves_its_field(page):
    """After an undo the field of a memo holds what the study does."""
    page.get_by_role("tab", name="Memo").click()
    page.locator(".panel textarea").last.fill("te vroeg")
    page.locator(".turn").first.focus()
    settled(page)
    page.keyboard.press("Control+z")
    settled(page)
    until(page, "[...document.querySelectorAll('.panel textarea')].every((each) => each.value === '')")


def test_what_is_being_typed_outlives_a_reload(page, service):
    """A memo that was typed just before the page is loaded again, or another panel opened for it, is kept."""
    page.get_by_role("tab", name="Memo").click()
    page.locator(".panel textarea").last.press_sequentially("net getypt")
    page.reload()
    until(page, "Boolean(window.ldeQual?.follower.timer)")
    settled(page)
    assert [memo["text"] for memo in ask(service, "GET", "/api/memos")[1]["memos"]] == ["net getypt"]
    page.get_by_role("tab", name="Memo").click()
    page.locator(".panel textarea").last.press_sequentially("Nu: ")
    page.evaluate("ldeQual.panels.open('coding')")
    settled(page)
    found = [memo["text"] for memo in ask(service, "GET", "/api/memos")[1]["memos"]]
    assert found in (["net getyptNu: "], ["Nu: net getypt"])


def test_a_tab_that_holds_what_was_not_sent_asks_before_it_is_closed(page):
    """What waits is gone with its tab: the browser asks, and only then."""
    asks = "!dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert not page.evaluate(asks)
    page.route(OPERATIONS, lambda route: route.abort())
    select(page, "café")
    page.evaluate("ldeQual.act.code('mobiliteit')")
    page.wait_for_selector(BANNER)
    assert page.evaluate(asks)
    page.unroute(OPERATIONS)
    settled(page)
    assert not page.evaluate(asks)


def test_a_full_store_of_the_browser_stops_nothing(page, service):
    """Where the tab has no room for what waits, it is sent all the same."""
    page.evaluate("""() => {
      Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };
    }""")
    select(page, "café")
    page.evaluate("ldeQual.act.code('mobiliteit')")
    settled(page)
    assert len(ask(service, "GET", "/api/transcript?name=interview-02")[1]["codings"]) == 1


def test_that_nothing_is_to_be_taken_back_is_told_once_and_is_no_work_that_is_lost(page):
    """However often undo finds nothing, one line says so, and makes room for what is said next."""
    for _ in range(3):
        page.keyboard.press("Control+z")
        settled(page)
    page.wait_for_selector(BANNER)
    assert page.locator(BANNER).locator("p").all_inner_texts() == [page.evaluate("ldeQual.words('refused.nothing')")]
    page.evaluate("ldeQual.act.search('...', false).catch((error) => ldeQual.banner.tell(error))")
    until(page, "document.querySelector('.banner p').textContent !== ldeQual.words('refused.nothing')")
    assert page.locator(BANNER).locator("p").count() == 1
