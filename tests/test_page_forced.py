"""The page where the system's few colours replace all others, in a real Chromium: nothing hangs on colour there."""

import pytest
from browsing import until
from pages import served
from studies import make_study

SAID = "Daar gaan we."
CODES = 13
BOOK = "title: Lijnen\nlanguage: nl\nmain_coder: anna\nsuggestions: uit\ncodes:\n" + "".join(
    f"  - {{id: c{number}, label: Code {number}}}\n" for number in range(CODES)
)
TALK = "".join(f"R01: {SAID}\n" for _ in range(24))
PEOPLE = "respondent,role,organisation,transcript\nR01,vdab,VDAB,een\n"


@pytest.fixture
def service(tmp_path):
    """The page of a study in which one says the same over and over."""
    with served(make_study(tmp_path, codebook=BOOK, respondents=PEOPLE, transcripts={"een": TALK})) as running:
        yield running


@pytest.fixture(params=["highlights", "marks"])
def page(request, service, new_tab):
    """That page in forced colours, in a browser with highlights of its own and in one without."""
    tab = new_tab(forced_colors="active", color_scheme="dark")
    if request.param == "marks":
        tab.add_init_script("delete CSS.highlights")
    tab.set_viewport_size({"width": 1360, "height": 1400})
    tab.goto(service.url)
    until(tab, "Boolean(window.ldeQual && window.ldeQual.data && window.ldeQual.suggestions.found)")
    # Turns of whole pixels: the same words then give the same picture wherever they stand.
    tab.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(".lde-qual .turn { height: 46px; }");
          document.adoptedStyleSheets.push(sheet);
          const { view } = window.ldeQual;
          window.at = (turn) => ({ start: view.turns[turn].start, end: view.turns[turn].end });
          window.put = (turn, code) => view.put({
            id: `${turn}-${code}`, coder: 'anna', code, dimensions: {}, ...window.at(turn),
          });
        }"""
    )
    return tab


def painted(tab, turn):
    """Return the picture of what is said in a turn, with what is painted over it."""
    tab.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))")
    box = tab.locator(".speech").nth(turn).bounding_box()
    return tab.screenshot(clip={**box, "y": round(box["y"]), "height": round(box["height"])})


def test_codes_and_all_else_are_told_apart_without_colour(page):
    """The same words look otherwise under each of twelve codes, chosen, selected, suggested, blind, noted and found."""
    page.evaluate(
        """() => {
          const { view } = window.ldeQual;
          for (let turn = 0; turn < 13; turn += 1) window.put(turn, `c${turn % 12}`);
          window.put(13, 'c0');
          view.choose('13-c0');
          const others = ['suggested', 'blind', 'weighed', 'noted', 'found', 'pending'];
          others.forEach((name, index) => view.paintAll(name, [window.at(14 + index)]));
        }"""
    )
    pictures = [painted(page, turn) for turn in range(22)]
    assert pictures[0] == pictures[12]
    assert pictures[20] == pictures[21]
    different = [*pictures[:12], *pictures[13:21]]
    same = [(one, other) for one in range(20) for other in range(one) if different[one] == different[other]]
    assert same == []


def test_overlapping_codings_each_show_their_line(page):
    """Words that bear two codes that stand beside each other in the tree look otherwise than with either alone."""
    page.evaluate("[[0, 'c0'], [1, 'c1'], [2, 'c0'], [2, 'c1']].forEach((each) => window.put(...each))")
    assert len({painted(page, turn) for turn in range(3)}) == 3


def test_a_stripe_says_its_name_and_has_its_codes_line(page):
    """A stripe bears its code's label in letters, and the kind of line that the code has in the tree."""
    page.evaluate("[[0, 'c0'], [1, 'c1']].forEach((each) => window.put(...each))")
    page.wait_for_selector('[data-coding="1-c1"]')
    seen = page.evaluate(
        """() => [0, 1].map((turn) => {
          const bar = document.querySelector(`[data-coding="${turn}-c${turn}"]`);
          const swatch = document.querySelector(`[data-code=c${turn}] .swatch`);
          const line = getComputedStyle(swatch, '::before');
          const { borderInlineStartStyle } = getComputedStyle(bar);
          return [getComputedStyle(bar, '::after').content, borderInlineStartStyle, line.textDecorationStyle];
        })"""
    )
    assert seen == [['"Code 0"', "solid", "solid"], ['"Code 1"', "dashed", "dashed"]]


def test_what_is_chosen_in_a_list_shows_without_its_ground(page):
    """The chosen code of the tree, and the one that Enter would take, are framed, since their ground is gone."""
    page.evaluate("window.ldeQual.view.select(0, 10)")
    page.locator(".turn").first.focus()
    page.keyboard.press("c")
    for place in (".tree [aria-selected=true] > .row", ".codes [aria-selected=true]"):
        assert page.locator(place).evaluate("(each) => getComputedStyle(each).outlineStyle") == "solid"
