"""The passages behind the cells of a report: those that the cell counts, shown on a click or by key."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from reports import SCRIPT, make_facts
from test_counting_laws import studies

from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.facts import TOTAL, lay_out
from lde_qual.analysis.frequency import frequency
from lde_qual.analysis.overview import overview
from lde_qual.analysis.participants import groups
from lde_qual.reporting.behind import Behind
from lde_qual.reporting.build import PAGE, build
from lde_qual.reporting.contents import Contents
from lde_qual.reporting.overview_office import sheet_files


def behind(facts):
    tables = {"overview": overview(facts, codes=facts.codes)}
    return Behind(Contents(facts, tables, groups(facts), tables["overview"], facts.codes), lang="nl")


def people(found, key, role):
    """Return who of a role speaks in the passages behind a cell."""
    facts = found._facts
    quotes = [found._quotes[number] for number in found.cells[key].passages] if key in found.cells else []
    who = {each for quote in quotes for each in quote.respondents}
    of = {
        facts.respondents[p]: r for p, r in zip(facts.turn_respondent.tolist(), found._turn_role.tolist(), strict=True)
    }
    return {each for each in who if role in (TOTAL, found._roles[of[each]])}


def named(who):
    return set(filter(None, who.split(";")))


@settings(max_examples=25, deadline=None)
@given(studies())
def test_behind_a_number_stand_those_whom_it_counts(study):
    """Of each code and role, with and without a value, the passages are of the very respondents of `frequency`."""
    facts = lay_out(study, "anna")
    found = behind(facts)
    for row in frequency(facts, by=["role"]).to_dict("records"):
        assert people(found, found.of_code(row["code"], row["role"]), row["role"]) == named(row["who"])
    by_value = frequency(facts, by=["role", "richting"])
    for row in by_value[by_value["role"] != TOTAL].to_dict("records"):
        key = found.of_value(row["code"], row["richting"], row["role"])
        assert people(found, key, row["role"]) == named(row["who"])


@settings(max_examples=25, deadline=None)
@given(studies())
def test_behind_a_pair_stand_passages_where_it_occurs(study):
    """A pair has passages exactly where it shares a turn, of both codes, in the turns that it shares."""
    facts = lay_out(study, "anna")
    found = behind(facts)
    together = cooccurrence(facts, unit="turn", by="role")
    for a, b, role, n in together[["a", "b", "role", "n_ab"]].itertuples(index=False):
        if a == b or facts.codebook.related(a, b):
            continue
        key = found.of_pair(a, b, role)
        assert (key in found.cells) == (n > 0)
        if n:
            codes = {found._quotes[number].placed.code for number in found.cells[key].passages}
            assert all(codes & set(facts.codebook.subtree(code)) for code in (a, b))


@pytest.fixture(scope="module")
def page():
    return build(make_facts(), inputs={}, version="1", lang="nl")[PAGE].decode()


def data_of(page):
    return json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)[1])


def test_every_cell_that_can_be_clicked_has_passages(page):
    """What the tables and drawings point at is there, and nothing in speech ends the block of data."""
    data = data_of(page)
    keys = set(re.findall(r'data-cell="([^"]+)"', page)) | set(re.findall(r'id="f\d+-cell-([^"]+)"', page))
    assert keys
    assert all(data["cells"][key][1] for key in keys)
    assert any(SCRIPT in text for text, *_ in data["passages"])
    assert SCRIPT not in page


def test_the_coarser_form_holds_behind_cells_too():
    """With --public no citation in the page names a function or organisation."""
    page = build(make_facts(), inputs={}, version="1", lang="nl", public=True)[PAGE].decode()
    assert {cited for _, cited, *_ in data_of(page)["passages"]} == {
        f"(Respondent {n}, Rol {r})" for n, r in zip("1234", "AAAB", strict=True)
    }


def test_passages_that_are_too_long_together_are_left_out_and_it_says_so(monkeypatch):
    """No cell can be clicked then, and the page says where the passages are."""
    monkeypatch.setattr("lde_qual.reporting.behind.MOST_SIGNS", 5)
    page = build(make_facts(), inputs={}, version="1", lang="nl")[PAGE].decode()
    assert 'id="passages"' not in page
    assert "tables/codings.csv" in page
    assert "data-cell" not in page


@pytest.fixture
def tab(page, tmp_path, chromium):
    path = tmp_path / PAGE
    path.write_text(page, encoding="utf-8", newline="\n")
    tab = chromium.new_page(viewport={"width": 1100, "height": 800}, reduced_motion="reduce")
    tab.faults = []
    tab.on("console", lambda said: tab.faults.append(said.text))
    tab.on("pageerror", lambda fault: tab.faults.append(str(fault)))
    tab.on("dialog", lambda dialog: tab.faults.append(dialog.message))
    tab.on("request", lambda asked: tab.faults.append(asked.url) if not asked.url.startswith("file:") else None)
    tab.goto(path.as_uri())
    yield tab
    assert tab.faults == []
    tab.close()


def test_a_click_shows_what_stands_behind_a_number(tab):
    """The passages of the cell stand there as text; Escape and the button close them, and the focus comes back."""
    box = tab.locator("#behind")
    cell = tab.locator("#overview button.cell").first
    title, numbers = data_of(tab.content())["cells"][cell.get_attribute("data-cell")]
    cell.click()
    assert box.locator("h2").inner_text() == title
    assert box.locator("blockquote").count() == len(numbers)
    assert any("<script>" in text for text in box.locator("blockquote").all_inner_texts())
    tab.keyboard.press("Escape")
    assert not box.is_visible()
    tab.keyboard.press("Enter")
    assert box.is_visible()
    box.get_by_role("button").click()
    assert not box.is_visible()
    assert cell.evaluate("cell => cell === document.activeElement")


@pytest.mark.parametrize("section", ["codes", "cooccurrence"])
def test_a_drawing_is_read_by_key(tab, section):
    """Of a figure one cell can be reached by Tab, the others by arrows; Enter shows its passages, a click too."""
    box, cells = tab.locator("#behind"), tab.locator(f"#{section} svg").first.locator("g.cell")
    assert [cell.get_attribute("tabindex") for cell in cells.all()].count("0") == 1
    cells.first.focus()
    tab.keyboard.press("ArrowDown")
    moved = tab.evaluate("document.activeElement.getAttribute('aria-label')")
    assert moved != cells.first.get_attribute("aria-label")
    tab.keyboard.press("Enter")
    assert box.locator("h2").inner_text() == moved
    assert box.locator("blockquote").count() >= 1
    tab.keyboard.press("Escape")
    cells.last.click()
    assert box.locator("h2").inner_text() == cells.last.get_attribute("aria-label")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(tab, tmp_path, axe, scheme):
    """No rule of axe-core is broken: on the page with everything unfolded, in the passages, and on the overview."""
    context = tab.context.browser.new_context(color_scheme=scheme, bypass_csp=True)
    other = context.new_page()
    other.goto((tmp_path / PAGE).as_uri())
    other.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    found = axe.run(other)["violations"]
    other.locator("button.cell").first.click()
    found += axe.run(other)["violations"]
    (tmp_path / "overview.html").write_bytes(sheet_files(make_facts(), public=False, lang="nl")["overview.html"])
    other.goto((tmp_path / "overview.html").as_uri())
    found += axe.run(other)["violations"]
    context.close()
    assert [(each["id"], node["html"][:200]) for each in found for node in each["nodes"]] == []
