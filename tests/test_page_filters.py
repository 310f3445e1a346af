"""The filters above the transcript, in a real Chromium: what each leaves, alone and with others."""

import pytest
from browsing import select, settled, until, violations
from pages import ask, place, served

OPEN = "gesprek één"
ASKED = "gesprek%20%C3%A9%C3%A9n"
VDAB, MANAGEMENT, LATER = "na een screening", "De bus is er niet.", "Daarna wachten ze."
"""Words of R01, of R02, and of R01's second answer, which nobody coded; turns 1, 2 and 4 of 0 to 4."""


def code(service, quote, code, **values):
    """Code a passage, with a value or a memo where they are given."""
    body = {**place(service, ASKED, quote), "transcript": OPEN, "code": code, **values}
    status, answer = ask(service, "POST", "/api/operations", body={"id": quote + code, "op": "code", "body": body})
    assert status == 200, answer


def opened(service, tab):
    """Open the page at the first interview."""
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    until(tab, f"Boolean(window.ldeQual && window.ldeQual.data && window.ldeQual.data.name === '{OPEN}')")
    return tab


@pytest.fixture
def page(service, new_tab):
    """The page of an interview with two coded answers, of another respondent each."""
    code(service, VDAB, "screening", dimensions={"richting": "belemmerend"}, memo="Let op")
    code(service, MANAGEMENT, "mobiliteit", dimensions={"richting": "faciliterend"})
    code(service, MANAGEMENT, "instroom")
    return opened(service, new_tab())


def choose(page, **wanted):
    """Choose filters as a person does, a dimension by its own name."""
    if page.locator(".filters-box details[open]").count() == 0:
        page.locator(".filters-box summary").click()
    for name, value in wanted.items():
        key = f"={name}" if name == "richting" else name
        page.locator(f".filters-box select[data-filter='{key}']").select_option(value)


def left(page):
    """Return the turns that are not dimmed."""
    return page.evaluate(
        "[...document.querySelectorAll('.turn:not(.dimmed)')].map((turn) => Number(turn.dataset.turn))"
    )


def painted(page):
    """Return the codes that are painted over the text, and of those with a stripe."""
    return page.evaluate(
        """() => {
          const { view } = window.ldeQual;
          const shown = [...view.codings.values()].filter((each) => view.painted.get(each.id).length);
          return shown.map((each) => each.code).sort();
        }"""
    )


CASES = [
    ({"role": "vdab"}, [1, 4], ["instroom", "mobiliteit", "screening"]),
    ({"role": "interviewer"}, [0, 3], ["instroom", "mobiliteit", "screening"]),
    ({"speaker": "R02"}, [2], ["instroom", "mobiliteit", "screening"]),
    ({"code": "instroom"}, [1, 2], ["instroom", "screening"]),
    ({"code": "screening"}, [1], ["screening"]),
    ({"richting": "faciliterend"}, [2], ["mobiliteit"]),
    ({"richting": " "}, [2], ["instroom"]),
    ({"only": "uncoded"}, [4], ["instroom", "mobiliteit", "screening"]),
    ({"only": "memo"}, [1], ["screening"]),
    ({"role": "vdab", "only": "uncoded"}, [4], ["instroom", "mobiliteit", "screening"]),
    ({"code": "instroom", "richting": "belemmerend"}, [1], ["screening"]),
    ({"code": "instroom", "richting": "faciliterend"}, [], []),
    ({"code": "mobiliteit", "only": "uncoded"}, [1, 4], ["mobiliteit"]),
    ({"speaker": "R02", "code": "screening"}, [], ["screening"]),
    ({"role": "vdab", "code": "instroom", "richting": "belemmerend", "only": "memo"}, [1], ["screening"]),
]


@pytest.mark.parametrize(("wanted", "turns", "codes"), CASES, ids=str)
def test_what_filters_leave(page, wanted, turns, codes):
    """The turns and codings that each filter leaves, and that several leave together, are exactly these."""
    choose(page, **wanted)
    assert (left(page), painted(page)) == (turns, codes)
    assert page.locator(".in-use").inner_text().startswith(f"{len(turns)} van 5 spreekbeurten")
    page.get_by_role("button", name="Toon alles").click()
    assert (left(page), len(painted(page))) == ([0, 1, 2, 3, 4], 3)
    assert page.locator(".in-use").is_hidden()


def test_each_filter_in_use_is_named_and_let_go_alone(page):
    """Above the talk stands each filter that leaves something out; one can be let go while the others stay."""
    choose(page, role="vdab", code="instroom")
    page.locator(".filters-box summary").click()
    assert page.locator(".in-use .chip").all_inner_texts() == [
        "Respondentengroep: VDAB-medewerker ✕",
        "Code: Instroom ✕",
    ]
    page.locator(".in-use .chip").first.click()
    assert page.locator(".in-use .chip").all_inner_texts() == ["Code: Instroom ✕"]
    assert left(page) == [1, 2]


def test_what_is_coded_under_a_filter_stays_in_sight(page, service):
    """A coding made, or changed, while filters leave it out is painted, its turn is not dimmed, until they change."""
    choose(page, role="management", code="screening", richting="belemmerend")
    select(page, LATER)
    page.evaluate("window.ldeQual.act.code('mobiliteit')")
    settled(page)
    assert painted(page) == ["mobiliteit", "screening"]
    assert left(page) == [4]
    assert "mobiliteit" in page.locator(".card.chosen").inner_text().lower()
    page.evaluate("window.ldeQual.act.direction(window.ldeQual.act.current())")
    settled(page)
    assert left(page) == [4]
    until(page, "document.querySelectorAll('.turn')[4].querySelectorAll('.stripe').length === 1")
    choose(page, role="")
    assert (left(page), painted(page)) == ([1], ["screening"])
    assert len(ask(service, "GET", f"/api/transcript?name={ASKED}")[1]["codings"]) == 4


def test_what_is_coded_leaves_the_uncoded_once_one_goes_on(page):
    """Under uncoded a turn that is coded stays until the filters are chosen anew, and is then dimmed."""
    choose(page, only="uncoded")
    select(page, LATER)
    page.evaluate("window.ldeQual.act.code('mobiliteit')")
    settled(page)
    assert left(page) == [4]
    page.evaluate("window.ldeQual.moves.undo()")
    settled(page)
    until(page, "window.ldeQual.view.codings.size === 3")
    assert left(page) == [4]
    select(page, LATER)
    page.evaluate("window.ldeQual.act.code('mobiliteit')")
    settled(page)
    choose(page, role="vdab")
    assert left(page) == []


def test_filters_change_no_count(page):
    """The tree, the progress of the interview and the list of the turn's codes are the same under any filter."""

    def counted():
        tree = page.locator(".tree .counts").all_inner_texts()
        return tree, page.locator(".bar select option").all_inner_texts(), page.locator(".panel .card").count()

    page.locator(".turn").nth(2).focus()
    before = counted()
    for wanted in ({"role": "vdab"}, {"code": "screening"}, {"richting": "belemmerend"}, {"only": "memo"}):
        choose(page, **wanted)
        page.evaluate("window.ldeQual.counts()")
        page.locator(".turn").nth(2).focus()
        assert counted() == before


def test_filters_stay_over_a_reload_in_this_tab_alone(page, service, new_tab):
    """What was chosen holds after the page is loaded again, in this tab alone; a code that is gone is let go."""
    choose(page, role="vdab", code="instroom")
    page.reload()
    until(page, "Boolean(window.ldeQual && window.ldeQual.data)")
    assert left(page) == [1]
    assert page.locator(".in-use .chip").count() == 2
    assert left(opened(service, new_tab())) == [0, 1, 2, 3, 4]
    choose(page, code="mobiliteit", role="")
    body = {"action": "merge", "code": "mobiliteit", "into": "screening"}
    status, answer = ask(service, "POST", "/api/operations", body={"id": "m", "op": "codebook", "body": body})
    assert status == 200, answer
    until(page, "!window.ldeQual.study.byId.has('mobiliteit')")
    until(page, "document.querySelector('.in-use').hidden")
    assert left(page) == [0, 1, 2, 3, 4]


def test_a_new_code_can_be_filtered_by(page):
    """A code that was just made, by a key with the focus nowhere, is among those to filter by."""
    page.evaluate("document.activeElement.blur()")
    select(page, LATER)
    page.keyboard.press("i")
    page.locator("dialog[open] input").fill("Wachttijd")
    page.keyboard.press("Enter")
    settled(page)
    choose(page, code="wachttijd")
    assert (left(page), painted(page)) == ([4], ["wachttijd"])


def test_the_focus_stays_where_the_panel_is_drawn_anew(page):
    """A button of the panel that is pressed keeps the focus, or hands it to the turn in hand where it is gone."""
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("o")
    value = page.locator(".card.chosen").get_by_role("button", name="faciliterend")
    value.focus()
    page.keyboard.press("Enter")
    settled(page)
    assert page.evaluate("document.activeElement.textContent") == "faciliterend"
    page.get_by_role("button", name="Haal codering weg").focus()
    page.keyboard.press("Enter")
    settled(page)
    assert page.evaluate("document.activeElement.dataset.turn") == "1"


def test_keys_lead_through_what_the_filters_leave(page):
    """`j` and `k` go to the next and previous turn that is not dimmed; the arrow keys go to every turn."""
    choose(page, role="vdab")
    page.locator(".turn").nth(0).focus()
    seen = []
    for key in ("j", "j", "k", "ArrowDown"):
        page.keyboard.press(key)
        seen.append(page.evaluate("window.ldeQual.view.focused"))
    assert seen == [1, 4, 1, 2]
    page.locator(".turn").nth(4).focus()
    page.keyboard.press("j")
    assert page.evaluate("window.ldeQual.view.focused") == 4
    assert page.locator(".status").inner_text() == "Verder is er geen."


def test_beside_a_coder_filters_are_for_both_and_uncoded_for_oneself(page, study):
    """Codings of both coders are filtered; uncoded is what one did not code oneself; who is compared stays chosen."""
    with served(study, coder="tweede") as other:
        code(other, LATER, "screening")
    until(page, "window.ldeQual.study.coders.includes('tweede')")
    choose(page, coder="tweede")
    until(page, "document.querySelector('.status').textContent === 'tweede: 1 codering in dit transcript'")
    choose(page, code="screening")
    until(page, "window.ldeQual.view.codings.size === 4")
    assert (left(page), painted(page)) == ([1, 4], ["screening", "screening"])
    page.get_by_role("button", name="Toon alles").click()
    choose(page, only="uncoded")
    assert left(page) == [4]
    page.reload()
    until(page, "Boolean(window.ldeQual && window.ldeQual.data) && window.ldeQual.view.codings.size === 4")
    assert page.locator(".compared .theirs").inner_text() == "tweede"
    assert left(page) == [4]


@pytest.mark.parametrize(("scheme", "lang"), [("light", "nl"), ("dark", "en")])
def test_axe_finds_nothing_under_filters(new_tab, study, axe, scheme, lang):
    """No rule of axe-core is broken where turns are dimmed and filters are named above the talk."""
    with served(study, lang=lang) as service:
        code(service, VDAB, "screening", dimensions={"richting": "belemmerend"})
        code(service, MANAGEMENT, "mobiliteit")
        tab = new_tab()
        tab.emulate_media(color_scheme=scheme)
        opened(service, tab)
        choose(tab, role="management", only="uncoded")
        assert violations(axe, tab) == []
