"""The pictures of the coding page in the documents, taken anew of this repository's study.

    python docs/pictures/page.py [NAME ...]

Needs what the tests need (Chromium, Playwright, JupyterLab). A copy of the study is opened,
so that nothing is written to the study itself.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsing import CHROMIUM, FLAGS, until  # noqa: E402  # found only after the line above
from labs import Lab, lab, write_notebook  # noqa: E402
from pages import served  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from lde_qual.workbench.desk import Desk  # noqa: E402

PARTS = ("codebook.yaml", "leidraad.yaml", "themas.yaml", "transcripts", "codings")
CODER = "onderzoeker"
SHOWN = "interview-05"
FRESH = "interview-09"
CELLS = (
    "from lde_qual.notebook import coding_page\ncoding_page(transcript='interview-05')",
    "import lde_qual as lq\nlq.frequency(lq.open_study('.'), by='role', level=1)",
)


def copied(folder: Path) -> Path:
    """Copy the study, with suggestions that show at once."""
    for name in PARTS:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    book = folder / "codebook.yaml"
    book.write_text(book.read_text(encoding="utf-8") + "\nsuggestions: meteen\n", encoding="utf-8")
    return folder


def begin_anew(folder: Path) -> None:
    """Take the codings of one transcript away, so that it is one that somebody is about to code."""
    desk = Desk(str(folder), coder=CODER)
    for coding in desk.read("transcript", {"name": FRESH})["codings"]:
        desk.write({"id": coding["id"], "op": "uncode", "body": {"coding": coding["id"]}})
    desk.write({"id": FRESH, "op": "undone", "body": {"transcript": FRESH}})
    desk.close()


def wait(page: Any, true: str) -> None:
    """Wait for an expression to hold; the first fit takes its time where the machine is busy."""
    until(page, true, seconds=90)


IN_HAND = """({ view }) => {
  const turn = view.turns.find((each) => each.text.data.startsWith("Dat duurt, ja."));
  view.reveal(turn.start, false);
  view.focus(turn.index);
  view.choose(view.codingsIn(turn.index)[0].id);
}"""


def transcript(page: Any) -> None:
    """Show an answer with the coding in hand."""
    page.evaluate(f"({IN_HAND})(window.ldeQual)")


def reading(page: Any) -> None:
    """Read a code through the study by direction, with the second fragment in hand."""
    page.evaluate("window.ldeQual.read('icf-indicering')")
    wait(page, "document.querySelectorAll('.fragment').length > 3")
    page.evaluate("window.ldeQual.reading.narrow({ group: 'richting' })")
    wait(page, "!window.ldeQual.reading.loading")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")


def suggestions(page: Any) -> None:
    """Show what is suggested, with the card in hand of which the fit is surest."""
    page.evaluate("window.ldeQual.panels.open('suggestions')")
    wait(page, "(({ found, cards }) => found && !found.working && cards.length > 2)(window.ldeQual.suggestions)")
    page.evaluate(
        """() => {
          const { suggestions } = window.ldeQual;
          const sure = (card) => card.proposals[0].confidence;
          suggestions.hold(suggestions.shown().sort((a, b) => sure(b) - sure(a))[0].key);
        }"""
    )


def compare(page: Any) -> None:
    """Show a second coder beside the first."""
    page.evaluate("window.ldeQual.filters.set('coder', 'tweede-codeur')")
    wait(page, "document.querySelectorAll('.stripe.other, .stripes .other').length > 3")
    page.evaluate(
        """() => {
          const { view } = window.ldeQual;
          const coders = (turn) => new Set(view.codingsIn(turn.index).map((each) => each.coder));
          const both = view.turns.filter((turn) => coders(turn).size > 1);
          view.reveal(both[3].start, false);
          view.focus(both[3].index);
        }"""
    )


PICTURES: dict[str, tuple[Callable[[Any], None], str, str]] = {
    "coding-page": (transcript, SHOWN, "light"),
    "coding-page-reading": (reading, SHOWN, "dark"),
    "coding-page-suggestions": (suggestions, FRESH, "light"),
    "coding-page-compare": (compare, SHOWN, "light"),
    "coding-page-contrast": (transcript, SHOWN, "forced"),
}


SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}


def take(browser: Browser, folder: Path, name: str) -> None:
    """Take one picture of the page in the browser."""
    show, shown, scheme = PICTURES[name]
    if shown == FRESH:
        begin_anew(folder)
    with served(folder, coder=CODER) as service:
        page = browser.new_page(viewport={"width": 1360, "height": 860}, reduced_motion="reduce", **SCHEMES[scheme])
        page.add_init_script(f"sessionStorage.setItem('lde-qual-open', '{shown}')")
        page.goto(service.url)
        page.wait_for_selector(".turn")
        show(page)
        page.wait_for_timeout(800)
        page.screenshot(path=str(HERE / f"{name}.png"))
        page.close()


def take_notebook(browser: Browser, folder: Path) -> None:
    """Take one picture of the page in a cell of JupyterLab, with a table below it."""
    write_notebook(folder / "coderen.ipynb", *CELLS)
    with lab(folder) as url:
        page = browser.new_page(viewport={"width": 1440, "height": 1060})
        shown = Lab(page)
        shown.open(url.format("coderen.ipynb"))
        shown.do("notebook:run-all-cells")
        shown.until("document.querySelector('.lde-qual-widget')?.ldeQual && document.querySelector('table.dataframe')")
        page.evaluate(f"({IN_HAND})(document.querySelector('.lde-qual-widget').ldeQual)")
        page.wait_for_timeout(1500)
        page.screenshot(path=str(HERE / "coding-page-notebook.png"))
        page.close()


def main(*names: str) -> None:
    """Take the pictures that are named, or all."""
    every = [*PICTURES, "coding-page-notebook"]
    if unknown := set(names) - set(every):
        raise SystemExit(f"No such picture: {', '.join(sorted(unknown))}. There are: {', '.join(every)}.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for each in names or every:
            with tempfile.TemporaryDirectory() as name:
                folder = copied(Path(name))
                if each in PICTURES:
                    take(browser, folder, each)
                else:
                    take_notebook(browser, folder)
            print(f"{each}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
