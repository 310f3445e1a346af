"""The coding page in JupyterLab, in a real Chromium: what it shows, which keys it keeps, what the notebook holds."""

import json

import nbformat
import pytest
import suggested
from browsing import SETTLED
from labs import Lab, lab, write_notebook
from pages import served

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
pytest.importorskip("anywidget", reason="anywidget is not installed")
SAID = "Een goede begeleider helpt"
WIDGETS = "[...document.querySelectorAll('.lde-qual-widget')]"
PAGE = "document.querySelector('.lde-qual-widget').ldeQual"
CELLS = "window.jupyterapp.shell.currentWidget.content.model.cells"
COMMAND_KEYS = (*"abcxvmyrjkzdd00", "Enter", "Shift+Enter", "Escape")
PLACES = (
    ".turn >> nth=1",
    "[role=treeitem] >> nth=0",
    ".tree-search",
    ".side .panel",
    ".border >> nth=0",
    ".bar h1",
    ".status",
    ".middle",
)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """A notebook of three cells, for all tests of this file."""
    path = tmp_path_factory.mktemp("lab") / "coderen.ipynb"
    write_notebook(path, "kept = 0", "kept = 1", "kept = 2")
    return path


@pytest.fixture(scope="module")
def opened(chromium, notebook):
    """JupyterLab with that notebook open, its kernel running, and the commands that it executed."""
    with lab(notebook.parent) as url:
        tab = chromium.new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
        tab.faults = []
        tab.on("pageerror", lambda error: tab.faults.append(str(error)))
        jupyter = Lab(tab)
        jupyter.open(url.format(notebook.name))
        tab.evaluate(
            "window.executed = [];"
            "window.jupyterapp.commands.commandExecuted.connect((_, { id }) => { window.executed.push(id); })"
        )
        yield jupyter
        tab.close()


@pytest.fixture
def jupyter(opened, study):
    """JupyterLab with the page of the study in the first cell, at the second interview."""
    show(opened, study)
    yield opened
    assert not opened.tab.faults


def show(jupyter, study, *, times=1, transcript="interview-02", turns=2, first=""):
    """Run the first cell so that it shows the page of a study, that many times, after some other code."""
    page = f"coding_page({str(study)!r}, transcript={transcript!r})"
    pages = page if times == 1 else f"display(*({page} for _ in range({times})))"
    source = f"from lde_qual.notebook import coding_page\n{first}\n{pages}"
    jupyter.tab.evaluate(
        """(source) => {
          const { content } = window.jupyterapp.shell.currentWidget;
          content.activeCellIndex = 0;
          content.deselectAll();
          content.model.cells.get(0).sharedModel.setSource(source);
          content.model.cells.get(0).clearExecution();
        }""",
        source,
    )
    jupyter.until("!document.querySelector('.lde-qual-widget')")
    jupyter.do("notebook:run-cell")
    ready = f"{WIDGETS}.length === {times}"
    jupyter.until(f"{ready} && {WIDGETS}.every((each) => each.ldeQual)")
    assert jupyter.tab.locator(".turn").count() == turns * times


def settled(jupyter):
    """Wait until everything that was done in every cell is acknowledged."""
    jupyter.until(f"{WIDGETS}.every((each) => each.ldeQual && ({SETTLED})(each.shadowRoot, each.ldeQual))")


def code(jupyter, words="scree"):
    """Code the second turn by keyboard."""
    jupyter.tab.locator(".turn").nth(1).focus()
    for key in ("v", "c"):
        jupyter.tab.keyboard.press(key)
    jupyter.tab.keyboard.type(words)
    jupyter.tab.keyboard.press("Enter")


def written(study, *, coder="onderzoeker"):
    """Return the operations in a coder's journal, and their codes."""
    path = study / "codings" / f"{coder}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [(line["op"], line["body"].get("code")) for line in map(json.loads, lines)]


def shown(tab):
    """Return what a page shows: its landmarks, its text, and how many codings are painted and striped."""
    return tab.evaluate(
        """() => {
          const root = (document.querySelector('.lde-qual-widget')?.shadowRoot || document).querySelector('.lde-qual');
          const { view } = (document.querySelector('.lde-qual-widget') || window).ldeQual;
          return {
            text: root.textContent,
            roles: [...root.querySelectorAll('[role], main, nav, aside, header')]
              .map((each) => each.getAttribute('role') || each.localName),
            keys: root.querySelectorAll('button, input, select, textarea, [tabindex]').length,
            painted: [...view.painter.names.values()].reduce((sum, each) => sum + each.size, 0),
            stripes: root.querySelectorAll('.stripe').length,
          };
        }"""
    )


def test_the_widget_shows_what_the_page_shows(jupyter, chromium, study):
    """The same study gives the same text, the same roles, and as many painted codings in the cell as in the browser."""
    code(jupyter)
    settled(jupyter)
    show(jupyter, study)
    jupyter.tab.wait_for_selector(".stripe")
    with served(study) as service:
        tab = chromium.new_page(viewport={"width": 1400, "height": 1000})
        tab.add_init_script("sessionStorage.setItem('lde-qual-open', 'interview-02')")
        tab.goto(service.url)
        tab.wait_for_selector(".stripe")
        found = shown(tab)
        tab.close()
    assert found["stripes"] == 1
    assert shown(jupyter.tab) == found


def test_a_turn_is_coded_by_keyboard(jupyter, study):
    """`v`, `c`, part of a path and Enter write one coding to the journal, and undo by keyboard takes it back."""
    code(jupyter)
    settled(jupyter)
    assert written(study) == [("code", "screening")]
    jupyter.tab.locator(".turn").nth(1).focus()
    jupyter.tab.keyboard.press("Control+z")
    settled(jupyter)
    assert [op for op, _ in written(study)] == ["code", "undo"]


def test_a_drag_with_the_mouse_selects_and_is_painted(jupyter):
    """Words that a mouse drags over in the cell wait to be coded, and are painted while they do."""
    speech = jupyter.tab.locator(".turn").nth(0).locator(".speech")
    box = speech.bounding_box()
    jupyter.tab.mouse.move(box["x"] + 2, box["y"] + 10)
    jupyter.tab.mouse.down()
    jupyter.tab.mouse.move(box["x"] + box["width"] - 3, box["y"] + box["height"] - 6, steps=4)
    jupyter.tab.mouse.up()
    jupyter.until(f"{PAGE}.view.pending")
    selected = jupyter.tab.evaluate(f"{PAGE}.view.offsets.slice(...Object.values({PAGE}.view.pending))")
    assert selected == "Wat helpt er?"
    waiting = speech.screenshot()
    jupyter.tab.keyboard.press("Escape")
    assert speech.screenshot() != waiting


def test_a_click_on_a_coded_word_takes_its_coding_in_hand(jupyter):
    """A click lands on the word under it in the cell too: on a coded one its coding is in hand, its stripe marked."""
    code(jupyter)
    settled(jupyter)
    jupyter.tab.evaluate(f"{PAGE}.view.unchoose()")
    jupyter.tab.locator(".turn").nth(1).locator(".speech").click(position={"x": 30, "y": 12})
    jupyter.until(f"{PAGE}.view.chosen")
    jupyter.tab.wait_for_selector(".stripe.chosen")


@pytest.mark.parametrize("place", PLACES)
def test_no_key_reaches_jupyterlab(jupyter, place):
    """Wherever in the page somebody clicks, the keys of JupyterLab's commands run none and change no cell."""
    jupyter.tab.locator(place).first.click()
    jupyter.tab.evaluate("window.executed.length = 0")
    for key in COMMAND_KEYS:
        jupyter.tab.keyboard.press(key)
    assert jupyter.tab.evaluate("window.executed") == []
    assert jupyter.tab.evaluate(f"[...{CELLS}].map((cell) => cell.sharedModel.getSource()).slice(1)") == [
        "kept = 1",
        "kept = 2",
    ]


def test_the_same_keys_reach_jupyterlab_from_outside(jupyter):
    """The test before could fail: the same key on a cell beside the page does run a command."""
    jupyter.tab.locator(".jp-Cell").nth(1).locator(".jp-InputPrompt").click()
    jupyter.tab.evaluate("window.executed.length = 0")
    jupyter.tab.keyboard.press("b")
    jupyter.until(f"{CELLS}.length === 4")
    jupyter.tab.keyboard.press("d")
    jupyter.tab.keyboard.press("d")
    jupyter.until(f"{CELLS}.length === 3")
    assert "notebook:insert-cell-below" in jupyter.tab.evaluate("window.executed")


BARE = """() => {
  const root = document.querySelector('.lde-qual-widget').shadowRoot;
  const able = (each) => each.tabIndex >= 0 || each.hasAttribute('tabindex');
  return [...root.querySelectorAll('*'), root.host].filter((each) => each === root.host || able(each))
    .filter((each) => !each.hasAttribute('data-lm-suppress-shortcuts')).map((each) => each.outerHTML.slice(0, 120));
}"""


def test_every_element_that_can_have_the_focus_keeps_its_keys(jupyter):
    """In every panel, in a dialog and while reading a code, what can have the focus carries the attribute."""
    code(jupyter)
    settled(jupyter)
    found = []
    for name in jupyter.tab.evaluate(f"[...{PAGE}.panels.tabs.keys()]"):
        jupyter.tab.evaluate(f"(name) => {PAGE}.panels.open(name)", name)
        found += jupyter.tab.evaluate(BARE)
    jupyter.tab.locator(".turn").nth(1).focus()
    for keys in (("v", "c"), ("?",), ("ArrowRight", "w")):
        for key in keys:
            jupyter.tab.keyboard.press(key)
        jupyter.tab.wait_for_selector("dialog[open]")
        found += jupyter.tab.evaluate(BARE)
        jupyter.tab.keyboard.press("Escape")
    jupyter.tab.evaluate(f"{PAGE}.read('instroom')")
    jupyter.tab.wait_for_selector(".fragment")
    assert found + jupyter.tab.evaluate(BARE) == []


def test_the_saved_notebook_holds_nothing_of_the_study(jupyter, notebook):
    """Saved with the state of its widgets, a notebook holds no word of an interview, and no code of the study."""
    code(jupyter)
    settled(jupyter)
    jupyter.do("docmanager:save")
    saved = nbformat.read(notebook, as_version=4)
    states = saved.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    assert any("_esm" in each["state"] for each in states.values())
    saved.cells[0].source = ""
    text = nbformat.writes(saved)
    assert [each for each in (SAID, "Wat helpt", "Kleine studie", "Mobiliteit", "screening") if each in text] == []


def painters(jupyter, which):
    """Return the pages whose highlights the document has, of those highlights for which it holds."""
    named = f"[...CSS.highlights].filter(([, each]) => each.{which}).map(([name]) => name.split('-')[0])"
    return set(jupyter.tab.evaluate(named))


def test_two_pages_stand_in_one_notebook(jupyter, study):
    """Two pages paint apart, and what is coded on the one appears on the other by itself."""
    show(jupyter, study, times=2)
    code(jupyter)
    settled(jupyter)
    jupyter.until(f"{WIDGETS}.every((each) => each.ldeQual.view.codings.size === 1)")
    assert len(painters(jupyter, "size > 0")) == 2
    show(jupyter, study)
    assert len(painters(jupyter, "size >= 0")) == 1


def test_what_is_refused_is_said_with_the_way_out(jupyter, study):
    """An operation that the study refuses leaves the cell again, with the same error as over HTTP."""
    jupyter.tab.evaluate(f"{PAGE}.data.sha = '0'.repeat(64)")
    code(jupyter)
    banner = jupyter.tab.locator(".banner:not([hidden])")
    banner.wait_for()
    jupyter.until(f"{PAGE}.view.codings.size === 0")
    assert "intussen gewijzigd" in banner.inner_text()
    assert written(study) == []


SLOW = """
import time
from lde_qual.workbench.desk import Desk
quick = Desk.read
def slow(desk, name, asked):
    time.sleep({SECONDS}.get(name, 0))
    return quick(desk, name, asked)
Desk.read = slow
"""


@pytest.mark.parametrize(("seconds", "said"), [({"start": 2.5}, True), ({"start": 0.8, "transcript": 1.5}, False)])
def test_a_slow_kernel_makes_way_for_the_page(jupyter, study, seconds, said):
    """Where the first answer takes long the cell says so meanwhile; whichever is slow, the page is there in the end."""
    jupyter.tab.evaluate(
        """() => {
          window.said = '';
          const look = () => document.querySelector('.lde-qual-widget')?.shadowRoot.querySelector('.said')?.textContent;
          window.looking = setInterval(() => { window.said ||= look() || ''; }, 50);
        }"""
    )
    show(jupyter, study, first=SLOW.replace("{SECONDS}", repr(seconds)))
    assert ("kernel" in jupyter.tab.evaluate("clearInterval(window.looking), window.said")) is said
    show(jupyter, study, first="Desk.read = quick")


def test_coding_goes_on_while_a_cell_runs(jupyter, study):
    """What is coded while the kernel is busy with a cell is neither lost nor written twice."""
    jupyter.tab.evaluate(
        """() => {
          const { content } = window.jupyterapp.shell.currentWidget;
          content.activeCellIndex = 1;
          content.deselectAll();
          content.activeCell.model.sharedModel.setSource('import time; time.sleep(1.5)');
          window.jupyterapp.commands.execute('notebook:run-cell').then(() => { window.ran = true; });
        }"""
    )
    code(jupyter)
    settled(jupyter)
    jupyter.until("window.ran")
    jupyter.tab.evaluate(f"{CELLS}.get(1).sharedModel.setSource('kept = 1')")
    assert written(study) == [("code", "screening")]


def test_work_waits_over_a_restart_of_the_kernel(jupyter, study):
    """After a restart a banner says what to do, the coding waits, and the cell that is run again sends it, once."""
    jupyter.tab.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    jupyter.until("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'")
    code(jupyter)
    banner = jupyter.tab.locator(".banner:not([hidden])")
    banner.wait_for()
    assert "kernel" in banner.inner_text()
    waiting = f"Object.keys(sessionStorage).filter((key) => key.includes({PAGE}.study.place)).length"
    jupyter.until(f"{waiting} === 1")
    assert written(study) == []
    show(jupyter, study)
    settled(jupyter)
    assert written(study) == [("code", "screening")]
    assert jupyter.tab.evaluate(waiting) == 0


def test_it_follows_the_theme(jupyter):
    """In a dark theme of JupyterLab's the page is dark."""
    ground = f"getComputedStyle({PAGE}.root).backgroundColor"
    light = jupyter.tab.evaluate(ground)
    jupyter.tab.evaluate("document.body.dataset.jpThemeLight = 'false'")
    jupyter.until(f"{ground} !== '{light}'")
    jupyter.tab.evaluate("document.body.dataset.jpThemeLight = 'true'")
    jupyter.until(f"{ground} === '{light}'")


def test_suggestions_show_and_are_taken_over_by_key(opened, tmp_path):
    """In the cell too suggestions are worked out beside the kernel's own work, and `a` on a card makes a coding."""
    study = suggested.make(tmp_path)
    show(opened, study, transcript="een", turns=8)
    opened.tab.locator(".turn").nth(1).focus()
    opened.tab.keyboard.press("s")
    opened.tab.wait_for_selector(".suggestion", timeout=40000)
    assert opened.tab.evaluate(BARE) == []
    opened.tab.keyboard.press("s")
    opened.tab.evaluate("window.executed.length = 0")
    opened.tab.keyboard.press("a")
    settled(opened)
    assert [op for op, _ in written(study, coder="anna")] == ["accept"]
    assert opened.tab.evaluate("window.executed") == []
    assert not opened.tab.faults
