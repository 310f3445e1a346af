"""What the tests of the page in Chromium share: the browser, waiting, and selecting as a mouse would."""

from __future__ import annotations

import shutil
import time
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
SETTLED = """(root, page) => !root.querySelector('dialog:not([open])')
  && page.queue.waiting.length === 0 && !page.queue.running"""
"""Whether all that was done on a page is acknowledged: a dialog that was just closed hands its answer over a moment
later, when it leaves the page."""


def until(tab: Any, true: str, *, seconds: float = 30) -> None:
    """Wait for an expression to hold; asked from outside, since the page's policy forbids to evaluate text."""
    stop = time.monotonic() + seconds
    while not tab.evaluate(true):
        assert time.monotonic() < stop, f"never: {true}"
        tab.wait_for_timeout(20)


def opened(tab: Any, service: Any) -> Any:
    """Open the page at the small study's first interview, with its first answer in hand."""
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    until(tab, "Boolean(window.ldeQual && window.ldeQual.data && window.ldeQual.data.name === 'gesprek één')")
    tab.locator(".turn").nth(1).focus()
    return tab


def settled(tab: Any) -> None:
    """Wait until everything that was done is acknowledged."""
    until(tab, f"({SETTLED})(document, window.ldeQual)")


def select(tab: Any, quote: str) -> None:
    """Select words on the page, as a drag of the mouse would end."""
    tab.evaluate(
        """(quote) => {
          const { view, data } = window.ldeQual;
          const at = data.text.indexOf(quote);
          const start = view.turns.find((turn) => turn.unitEnd > at);
          const end = view.turns.find((turn) => turn.unitEnd >= at + quote.length);
          const until = at + quote.length - end.unitStart;
          getSelection().setBaseAndExtent(start.text, at - start.unitStart, end.text, until);
        }""",
        quote,
    )
    tab.evaluate("window.ldeQual.view.takeSelection(false)")


def violations(axe: Any, tab: Any) -> list[tuple[str, str]]:
    """Return what axe holds against the page as it is, as (rule, element)."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(axe.axe_script)
    # Only what is broken is told: what holds is most of it, and takes as long to tell as to look.
    found = tab.evaluate("axe.run({ resultTypes: ['violations'] }).then((all) => all.violations)")
    return [(each["id"], node["html"][:200]) for each in found for node in each["nodes"]]
