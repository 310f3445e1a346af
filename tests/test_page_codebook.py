"""The codebook on the page, in a real Chromium: where the focus stays, what is said, and what is refused how."""

import pytest
from browsing import select, settled, until
from pages import ask, place, served

HERE = "document.activeElement"
BANNER = ".banner:not([hidden])"


@pytest.fixture
def page(service, new_tab):
    """The page with the second interview open; nothing in the console may be an error."""
    return opened(new_tab(), service)


def opened(tab, service):
    """Open the page at the second interview."""
    tab.add_init_script("sessionStorage.setItem('lde-qual-open', 'interview-02')")
    tab.goto(service.url)
    until(tab, "Boolean(window.ldeQual && window.ldeQual.data && window.ldeQual.data.name === 'interview-02')")
    return tab


def code(service, name, quote="Een goede begeleider"):
    """Code words in the second interview."""
    body = {**place(service, "interview-02", quote), "code": name}
    assert ask(service, "POST", "/api/operations", body={"id": f"{name} {quote}", "op": "code", "body": body})[0] == 200


def tree(service):
    """Return by label what each code hangs under."""
    codes = ask(service, "GET", "/api/start")[1]["codes"]
    labels = {each["id"]: each["label"] for each in codes}
    return {each["label"]: labels.get(each["parent"] or "", "") for each in codes}


def at(tab, label):
    """Put the focus on a code in the tree."""
    tab.locator("[role=treeitem]", has=tab.get_by_text(label, exact=True)).last.locator("> .row").click()


def typed(tab, text):
    """Fill in the dialog and confirm it."""
    tab.wait_for_selector("dialog[open]")
    tab.keyboard.press("Control+a")
    tab.keyboard.type(text)
    tab.keyboard.press("Enter")
    settled(tab)


def focus(tab):
    """Return the code in the tree that has the focus."""
    return tab.evaluate(
        f"{HERE}.closest('[role=treeitem]')?.querySelector('.name').textContent.replaceAll('\\u00ad', '')"
    )


def test_work_in_the_tree_goes_on_where_it_was(page, service):
    """After each step the focus is in the tree, on the code it was about, so that the next key does the next step."""
    at(page, "Mobiliteit")
    for key, name in (("Insert", "Bus"), ("Insert", "Fiets")):
        page.keyboard.press(key)
        typed(page, name)
    until(page, "window.ldeQual.study.byId.has('fiets')")
    assert focus(page) == "Mobiliteit"
    assert tree(service) | {"Bus": "Mobiliteit", "Fiets": "Mobiliteit"} == tree(service)
    page.keyboard.press("F2")
    typed(page, "Vervoer")
    until(page, "window.ldeQual.study.label('mobiliteit') === 'Vervoer'")
    assert focus(page) == "Vervoer"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    page.locator("dialog[open] button.main").click()
    settled(page)
    until(page, "!window.ldeQual.study.byId.has('bus')")
    assert focus(page) == "Vervoer"
    page.keyboard.press("Control+z")
    settled(page)
    until(page, "window.ldeQual.study.byId.has('bus')")
    assert focus(page) == "Vervoer"


def test_somebody_elses_step_takes_nobody_out_of_the_tree(page, service):
    """The tree is drawn anew while a dialog is open over it; closed, the focus is back on the same code."""
    at(page, "Screening")
    page.keyboard.press("F2")
    page.wait_for_selector("dialog[open]")
    body = {"action": "label", "code": "mobiliteit", "label": "Van elders"}
    assert ask(service, "POST", "/api/operations", body={"id": "elders", "op": "codebook", "body": body})[0] == 200
    until(page, "window.ldeQual.study.label('mobiliteit') === 'Van elders'")
    page.keyboard.press("Escape")
    settled(page)
    assert focus(page) == "Screening"


def test_the_panel_of_a_code_shows_what_was_done_from_it(page):
    """A code that is renamed by its button is shown so at once, and the button keeps the focus."""
    at(page, "Mobiliteit")
    page.locator("[role=tab]", has_text="Code").last.click()
    page.locator("[data-again=code-label]").click()
    typed(page, "Vervoer")
    page.locator(".panel h2", has_text="Vervoer").wait_for()
    assert page.evaluate(f"{HERE}.dataset.again") == "code-label"
    assert page.locator(".status").inner_text() == "Hernoemd: Vervoer"


def test_a_dialog_names_the_code_it_is_about(page):
    """Each step asks under a title that names its code; a new one at the top says that it stands there."""
    at(page, "Mobiliteit")
    for key in ("Insert", "F2", "e", "Alt+ArrowRight"):
        page.keyboard.press(key)
        assert "Mobiliteit" in page.locator("dialog[open] h2").inner_text()
        page.keyboard.press("Escape")
        settled(page)
    page.get_by_role("button", name="Nieuwe hoofdcode").click()
    assert page.locator("dialog[open] h2").inner_text() == "Nieuwe hoofdcode"


def test_a_merge_says_first_what_goes_along(page, service):
    """No code below it is offered; the number of fragments and subcodes is said, and Escape leaves all as it is."""
    code(service, "instroom")
    until(page, "window.ldeQual.study.byId.get('instroom').own === 1")
    before = tree(service)
    at(page, "Instroom")
    page.locator("[role=tab]", has_text="Code").last.click()
    for last in ("Escape", "Enter"):
        page.locator("[data-again=code-merge]").click()
        page.wait_for_selector("dialog[open] [role=option]")
        assert page.locator("dialog[open] [role=option] span").all_inner_texts() == ["Mobiliteit"]
        page.keyboard.press("Enter")
        page.locator("dialog[open] form.fields").wait_for()
        assert "1 fragment van u en 2 subcodes" in page.locator("dialog[open] form").inner_text()
        assert tree(service) == before
        page.keyboard.press(last)
        settled(page)
    until(page, "!window.ldeQual.study.byId.has('instroom')")
    assert page.evaluate("window.ldeQual.tree.active") == "mobiliteit"
    page.get_by_role("button", name="Ongedaan maken").click()
    settled(page)
    assert tree(service) == before


def test_a_tenth_pin_takes_no_digit_from_another(new_tab, service):
    """Where nine codes are pinned another is refused and said, and one that lets go makes room."""
    codes = [ask(service, "GET", "/api/start")[1]["codes"][0]["id"]]
    for number in range(1, 10):
        body = {"action": "add", "label": f"Code {number}", "parent": ""}
        done = ask(service, "POST", "/api/operations", body={"id": f"add-{number}", "op": "codebook", "body": body})[1]
        codes.append(done["code"])
    ask(service, "POST", "/api/operations", body={"id": "pins", "op": "pin", "body": {"codes": codes[:9]}})
    page = opened(new_tab(), service)
    at(page, "Code 9")
    page.keyboard.press("p")
    assert "negen" in page.locator(".status").inner_text()
    assert page.evaluate("window.ldeQual.study.digits()") == codes[:9]
    at(page, "Instroom")
    page.keyboard.press("p")
    at(page, "Code 9")
    page.keyboard.press("p")
    settled(page)
    assert page.locator(".status").inner_text() == "Code 9 staat vast op cijfer 9."
    assert ask(service, "GET", "/api/start")[1]["pins"] == codes[1:]


@pytest.mark.parametrize(("lang", "said"), [("nl", "hangen nog fragmenten: onderzoeker (1)"), ("en", "still bears")])
def test_what_is_refused_is_said_in_the_words_of_the_page(study, new_tab, lang, said):
    """A refusal is in the page's language, names a code by its label, and no command of the terminal."""
    with served(study, lang=lang) as service:
        code(service, "screening")
        page = opened(new_tab(), service)
        at(page, "Screening")
        page.keyboard.press("Delete")
        page.locator("dialog[open] button.main").click()
        banner = page.locator(BANNER)
        banner.wait_for()
        text = banner.inner_text()
        settled(page)
        assert focus(page) == "Screening"
    assert said in text
    assert "‘Screening’" in text
    assert "lde-qual" not in text


def test_another_definition_tells_what_was_coded_before_it(page, service):
    """Fragments coded before a definition changed are counted beside it; a colour changes no definition."""
    code(service, "screening")
    for number, change in enumerate(({"colour": "#aa3377"}, {"definition": "Wie beslist er."})):
        at(page, "Screening")
        page.locator("[role=tab]", has_text="Code").last.click()
        body = {"action": "describe", "code": "screening", **change}
        told = {"id": f"describe-{number}", "op": "codebook", "body": body}
        assert ask(service, "POST", "/api/operations", body=told)[0] == 200
        name, value = next(iter(change.items()))
        until(page, f"window.ldeQual.study.byId.get('screening').{name} === '{value}'")
        warned = page.locator(".panel .warn").all_inner_texts()
        assert [text.partition("; ")[2] for text in warned] == ["1 fragment werd daarvoor gecodeerd."] * number


def test_a_split_is_taken_back_and_done_again_in_one_step(page, service):
    """One undo brings back the tree and the codings of before a split into two codes, and one redo the split."""
    code(service, "screening")
    code(service, "screening", "Dat is alles")
    until(page, "window.ldeQual.study.byId.get('screening').own === 2")
    before = tree(service)
    at(page, "Screening")
    page.locator("[role=tab]", has_text="Code").last.click()
    page.locator("[data-again=code-split]").click()
    page.locator("dialog[open] textarea").fill("Intake\nToets")
    page.keyboard.press("Control+Enter")
    page.locator("dialog[open] .walk").wait_for()
    assert page.locator("dialog[open] h2").inner_text() == "‘Screening’ opsplitsen"
    for key in ("1", "2", "Enter"):
        page.keyboard.press(key)
    settled(page)
    after = tree(service)
    assert {*after} - {*before} == {"Intake", "Toets"}
    for button, found, there in (("Ongedaan maken", before, {"screening"}), ("Opnieuw", after, {"intake", "toets"})):
        page.get_by_role("button", name=button).click()
        settled(page)
        shown = ask(service, "GET", "/api/transcript?name=interview-02")[1]["codings"]
        assert (tree(service), {each["code"] for each in shown}) == (found, there)


def test_a_long_text_is_kept_by_key_and_not_lost_by_one_escape(page):
    """Ctrl+Enter saves a description; Escape over one that was begun leads to its button, another lets it go."""
    at(page, "Screening")
    page.keyboard.press("e")
    page.locator("dialog[open] textarea").first.fill("Half geschreven")
    page.keyboard.press("Escape")
    assert page.evaluate(f"{HERE}.textContent") == "Bewaar"
    page.keyboard.press("Escape")
    settled(page)
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("e")
    page.locator("dialog[open] textarea").first.fill("Wie beslist er.")
    page.keyboard.press("Control+Enter")
    settled(page)
    until(page, "window.ldeQual.study.byId.get('screening').definition === 'Wie beslist er.'")
    assert focus(page) == "Screening"


NUMBERS = {
    "nl": ["0 respondenten · 0 fragmenten", "1 respondent · 1 fragment", "2 respondenten · 2.000 fragmenten"],
    "en": ["0 respondents · 0 fragments", "1 respondent · 1 fragment", "2 respondents · 2,000 fragments"],
}


@pytest.mark.parametrize("lang", NUMBERS)
def test_a_number_has_the_words_that_go_with_it(study, new_tab, lang):
    """None, one and many are said as the language says them, with its own marks in large numbers."""
    with served(study, lang=lang) as service:
        page = opened(new_tab(), service)
        asked = [(0, 0), (1, 1), (2, 2000)]
        said = [
            page.evaluate(
                "([respondents, fragments]) => ldeQual.words('tree.counts', { respondents, fragments })", each
            )
            for each in asked
        ]
        waits = [page.evaluate("(count) => ldeQual.words('banner.gone', { count })", count) for count in (0, 1, 2)]
    assert said == NUMBERS[lang]
    assert len(set(waits)) == 3
    assert not [text for text in [*said, *waits] if set(text) & set("{}|#")]


def test_marks_are_in_the_language_of_the_page(study, new_tab):
    """On an English page a coding is typical or a counter-voice; what is kept is the same word as ever."""
    with served(study, lang="en") as service:
        page = opened(new_tab(), service)
        select(page, "Een goede begeleider")
        page.evaluate("ldeQual.act.code('screening')")
        settled(page)
        page.get_by_role("button", name="counter-voice", exact=True).click()
        settled(page)
        assert page.locator(".status").inner_text() == "Mark: counter-voice"
        assert ask(service, "GET", "/api/transcript?name=interview-02")[1]["codings"][0]["mark"] == "tegenstem"


def test_where_a_code_moves_is_typed_as_a_code_is(page, service):
    """Part of a path finds the code above; where it hangs now is chosen at first, and the top of the tree can be."""
    at(page, "Screening")
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_selector("dialog[open]")
    assert page.locator("dialog [aria-selected=true]").get_attribute("data-code") == "instroom"
    page.keyboard.press("Enter")
    settled(page)
    assert tree(service)["Screening"] == "Instroom"
    for words, above in (("mobil", "Mobiliteit"), ("boven", "")):
        page.keyboard.press("Alt+ArrowRight")
        page.wait_for_selector("dialog[open]")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        settled(page)
        assert tree(service)["Screening"] == above
