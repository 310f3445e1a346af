"""For who sees, points or moves otherwise, in a real Chromium: all states of the page, in each language and scheme."""

import pytest
from browsing import settled, until, violations
from pages import ask, place, served
from studies import make_study

CODEBOOK = """\
title: Toegankelijk
language: nl
main_coder: anna
roles: {vdab: VDAB-medewerker}
dimensions:
  richting: [belemmerend, faciliterend]
suggestions: meteen
blind_share: 0.4
codes:
  - id: vervoer
    label: Vervoer
    keywords: [bus, fiets, trein]
    definition: Hoe iemand op het werk geraakt.
    include: [de bus]
    examples: [Ik raak er niet.]
  - id: leren
    label: Leren
    codes:
      - {id: taal, label: Taal, keywords: [nederlands, taalles], definition: Hoe goed iemand Nederlands spreekt.}
      - {id: rekenen, label: Rekenen}
"""
PEOPLE = "respondent,role,organisation,transcript\nR01,vdab,VDAB,een\nR02,vdab,VDAB,twee\n"
TALK = {
    "een": """\
I: Wat loopt er moeilijk?
R01 [00:01:10]: De bus rijdt hier maar één keer per uur en de trein stopt niet.
I: En verder?
R01: Hun nederlands is nog te zwak voor de winkel.
I: Nog iets?
R01: Met de fiets is het een uur rijden naar het werk.
I: En de lessen?
R01: De taalles begint pas om acht uur, en dan rijdt er geen bus.
""",
    "twee": "I: En?\nR02: De trein is te duur voor onze mensen.\nI: Ja?\nR02: Ja, juist. En rekenen lukt ook niet.\n",
}
CODED = {"De trein is te duur": "vervoer", "rekenen lukt ook niet": "rekenen", "En rekenen lukt": "vervoer"}
MOVED = ("En rekenen lukt ook niet.", "En tellen gaat ook niet.")
AROUND = """() => {
  const page = window.ldeQual;
  const { view, panels, act, suggestions } = page;
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => document.querySelectorAll(selector).length;
  const first = () => [...view.codings.values()][0];
  const ask = (field, text, button) => { one(field).value = text; one(button).click(); };
  %s
}"""
"""What the steps below make use of."""

STATES = [
    ("transcript", "page.openTranscript('twee').then(() => view.focus(1))", "one('.turn:focus')"),
    ("quote kept", "act.basket(first())", "!page.queue.waiting.length && page.basket.items.length"),
    ("coding in hand", "view.choose(first().id)", "one('.coding-memo')"),
    ("coder beside", "page.filters.set('coder', 'bert')", "one('.stripe.other')"),
    ("filtered", "page.filters.set('coder', ''); page.filters.set('only', 'uncoded')", "one('.dimmed')"),
    ("filters", "page.filters.set('only', ''); one('.filters-box details').open = true", "!one('.dimmed')"),
    ("selection", "view.select(view.turns[1].start, view.turns[1].end)", "one('.panel .main')"),
    ("picker", "act.choose()", "one('dialog .codes')"),
    ("sorting", "act.sort()", "one('[data-code=te-sorteren]')"),
    ("to be sorted", "page.read('te-sorteren')", "all('.fragment') === 1"),
    ("reading", "page.read('vervoer')", "all('.fragment') === 2"),
    ("fragment", "one('.fragment').focus()", "one('.fragment:focus')"),
    ("reading all", "page.read('')", "all('.fragment') > 3"),
    ("value", "page.passages.values(first())", "one('dialog')"),
    ("memo of a fragment", "act.memo(first())", "one('dialog textarea')"),
    ("query", "page.ask()", "one('.query')"),
    ("answer", "ask('.query input', 'vervoer', '.query .main')", "all('.fragment') === 2"),
    ("fault", "ask('.query input', '&', '.query .main')", "one('.query [role=alert]')"),
    ("code", "page.back(); page.tree.focus('vervoer'); panels.open('code')", "one('.panel h3')"),
    ("describe", "page.codework.run('describe', 'vervoer')", "one('dialog [type=color]')"),
    ("move", "page.codework.run('move', 'taal')", "one('dialog [role=combobox]')"),
    ("merge", "page.codework.run('merge', 'taal')", "one('dialog .codes')"),
    ("delete", "page.codework.run('delete', 'taal')", "one('dialog .main')"),
    ("split", "page.codework.run('split', 'vervoer')", "one('dialog textarea')"),
    ("walk", "ask('dialog textarea', 'Bus\\nTrein', 'dialog .main')", "one('dialog .walk')"),
    ("memos", "panels.open('memos')", "one('.panel textarea')"),
    ("basket", "panels.open('basket')", "one('.panel ol .card')"),
    ("table by hand", "act.basketCopy(true)", "one('dialog textarea')"),
    ("search", "panels.open('search')", "one('.panel [type=search]')"),
    ("hits", "ask('.panel [type=search]', 'trein', '.panel [type=submit]')", "one('.hit mark')"),
    ("keys", "page.moves.sheet()", "one('dialog .sheet')"),
    ("banner", "page.alert('De map kan niet beschreven worden.')", "!one('.banner').hidden"),
    ("folded", "['left', 'right'].map((side) => page.borders.fold(side))", "!one('.side').offsetWidth"),
    ("unfolded", "['left', 'right'].map((side) => page.borders.fold(side))", "one('.side').offsetWidth"),
    ("suggestions", "page.openTranscript('een').then(() => panels.open('suggestions'))", "one('.suggestion')"),
    ("in hand", "suggestions.hold(suggestions.shown().find((card) => !card.blind).key)", "one('.suggestion .why')"),
    ("reason", "suggestions.decide.reject()", "one('dialog input')"),
    ("blind", "suggestions.hold(suggestions.shown().find((card) => card.blind).key)", "!one('.suggestion .why')"),
    ("uncertain", "page.openTranscript('twee').then(() => panels.open('coding'))", "one('.look .card')"),
]
"""Each state in turn: how one comes there, and what then holds."""


def code(service, quote, name):
    """Code words of the second interview."""
    body = place(service, "twee", quote) | {"code": name}
    assert ask(service, "POST", "/api/operations", body={"id": f"{name} {quote}", "op": "code", "body": body})[0] == 200


def lead(tab, act, true):
    """Come to a state of the page."""
    tab.evaluate(AROUND % f"{act};")
    until(tab, f"({AROUND % f'return Boolean({true});'})()")


@pytest.fixture
def folder(tmp_path):
    """A study in which there is something in every list, coded by another coder too."""
    path = make_study(tmp_path, codebook=CODEBOOK, respondents=PEOPLE, transcripts=TALK)
    with served(path, coder="bert") as other:
        code(other, "voor onze mensen", "leren")
    return path


@pytest.fixture
def visit(folder, fitter, new_tab):
    """Walk through all states of its page: each by its name, one after another, with the tab that shows it."""

    def walked(lang, *, size=(1360, 860), **options):
        with served(folder, lang=lang, fitter=fitter) as service:
            for quote, name in CODED.items():
                code(service, quote, name)
            tab = new_tab(**options)
            tab.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
            tab.set_viewport_size({"width": size[0], "height": size[1]})
            tab.goto(service.url)
            until(tab, "Boolean(window.ldeQual && window.ldeQual.data)")
            for name, act, true in STATES:
                if name == "uncertain":
                    rewrite(folder)
                # A walk begins in a dialog; any other state is come to from the page itself.
                if name != "walk":
                    tab.evaluate("document.querySelectorAll('dialog').forEach((each) => each.close())")
                    settled(tab)
                lead(tab, act, true)
                yield name, tab

    return walked


def rewrite(folder):
    """Change words that are coded, as another program would."""
    path = folder / "transcripts" / "twee.txt"
    before, after = MOVED
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8", newline="\n")


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit, axe, scheme, lang):
    """No rule of axe-core is broken in any state of the page, in either language, light or dark."""
    found = [(name, *each) for name, tab in visit(lang, color_scheme=scheme) for each in violations(axe, tab)]
    assert found == []


SMALL = """() => {
  const targets = ["button", "input", "select", "textarea", "summary", "[role=option]", ".row", ".twist:not(.none)"];
  return [...document.querySelectorAll(targets.map((each) => `.lde-qual ${each}`))]
    .filter((each) => each.checkVisibility())
    .filter((each) => ["width", "height"].some((side) => each.getBoundingClientRect()[side] < 24))
    .map((each) => each.outerHTML.slice(0, 120));
}"""
WIDE = """() => [document.documentElement, ...document.querySelectorAll(".lde-qual *")]
  .filter((each) => each === document.documentElement || getComputedStyle(each).overflowX === "auto")
  .filter((each) => each.scrollWidth > each.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("size", [(320, 256), (1360, 860)])
def test_everything_can_be_hit_and_nothing_runs_out_sideways(visit, size):
    """In any state, at 400 % zoom too, each target has 24 px and neither page nor panel scrolls sideways."""
    found = [
        (name, each) for name, tab in visit("nl", size=size) for what in (SMALL, WIDE) for each in tab.evaluate(what)
    ]
    assert found == []


FOCUS = """() => {
  const here = document.activeElement;
  const ringed = here.matches("[role=treeitem]") ? here.querySelector(".row") : here;
  const { outlineStyle, outlineWidth } = getComputedStyle(ringed);
  const box = ringed.getBoundingClientRect();
  const parts = [0.02, 0.25, 0.5, 0.75, 0.98];
  const at = (x, y) => document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
  const clear = parts.some((x) => parts.some((y) => here.contains(at(x, y))));
  const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return [here === document.body ? "" : here.outerHTML.slice(0, 120), ring, clear];
}"""


@pytest.mark.parametrize("forced", ["active", "none"])
@pytest.mark.parametrize("wide", [1360, 400])
def test_the_focus_is_seen_wherever_tab_leads(folder, new_tab, wide, forced):
    """Tab leads through the whole page, each place has a ring around it, and none lies under something else."""
    with served(folder) as service:
        tab = new_tab(forced_colors=forced)
        tab.set_viewport_size({"width": wide, "height": 600})
        tab.goto(service.url)
        until(tab, "Boolean(window.ldeQual && window.ldeQual.data)")
        lead(tab, "page.openTranscript('twee')", "page.data.name === 'twee'")
        lead(tab, "page.filters.set('coder', 'bert'); one('.filters-box details').open = true", "one('.stripe.other')")
        lead(tab, "page.root.focus(); view.select(2, 8)", "one('.panel .main')")
        places = []
        while len(places) < 80:
            tab.keyboard.press("Tab")
            where, *seen = tab.evaluate(FOCUS)
            if not where:
                break
            places.append((where, *seen))
    assert len(places) > 20
    assert [where for where, ringed, clear in places if not (ringed and clear)] == []


@pytest.mark.parametrize(("spoken", "lang"), [("nl", "en"), ("en", "nl")])
def test_what_is_said_is_in_the_language_of_the_study(folder, fitter, new_tab, spoken, lang):
    """The page says in which language it is, and of each quote in which the interviews are."""
    book = folder / "codebook.yaml"
    book.write_text(book.read_text(encoding="utf-8").replace("language: nl", f"language: {spoken}"), encoding="utf-8")
    with served(folder, lang=lang, fitter=fitter) as service:
        code(service, "De trein is te duur", "vervoer")
        tab = new_tab()
        tab.goto(service.url)
        until(tab, "Boolean(window.ldeQual && window.ldeQual.data)")
        assert tab.evaluate("[document.documentElement.lang, document.querySelector('.lde-qual').lang]") == [lang, lang]
        quotes = (
            "[...new Set([...document.querySelectorAll('.speech, blockquote, .question')].map((each) => each.lang))]"
        )
        for act, true in (
            ("page.openTranscript('twee').then(() => view.focus(1))", "one('.turn:focus')"),
            ("view.choose(first().id)", "one('.panel blockquote')"),
            ("page.read('vervoer')", "one('.fragment blockquote')"),
            ("act.recode(first())", "one('dialog blockquote')"),
        ):
            lead(tab, act, true)
            assert tab.evaluate(quotes) == [spoken], act


def test_what_was_done_is_said_in_sight_of_a_narrow_window(folder, new_tab):
    """Where the panels are stacked, and the page is longer than the window, what is said stands in the window."""
    with served(folder) as service:
        tab = new_tab()
        tab.set_viewport_size({"width": 320, "height": 256})
        tab.goto(service.url)
        until(tab, "Boolean(window.ldeQual && window.ldeQual.data)")
        for turn in (2, 7):
            tab.locator(".turn").nth(turn).focus()
            tab.keyboard.press("o")
            said = tab.locator(".status").bounding_box()
            assert 0 < said["y"] <= 256 - said["height"]
            seen = tab.locator(".turn").nth(turn).bounding_box()
            assert seen["y"] < said["y"]


def test_what_a_filter_leaves_out_is_said(folder, new_tab):
    """How many turns are left is announced, and a turn that is not says so: it is dimmed to the eye alone."""
    with served(folder) as service:
        tab = new_tab()
        tab.goto(service.url)
        until(tab, "Boolean(window.ldeQual && window.ldeQual.data)")
        lead(tab, "page.openTranscript('twee')", "page.data.name === 'twee'")
        lead(tab, "page.filters.set('speaker', 'R02')", "all('.dimmed') === 2")
        assert "2 van 4" in tab.locator(".status").inner_text()
        for turn, out in ((0, True), (1, False)):
            tab.locator(".turn").nth(turn).focus()
            assert ("Past niet" in tab.locator(".turn .unseen").inner_text()) == out
