"""Time the coding page in Chromium: load to interactive, key to painted, acknowledgement, dropped scroll frames.

    python benchmarks/page.py [LOADS]

Two made interviews: 12,000 words with 600 codings, and 30,000 words with 2,000. A load
runs from the navigation to the first moment at which a turn can be coded; each has a
tab of its own without a cache. A key is timed from its event to the frame after the
one that paints it, and until the server has acknowledged the operation as durable.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from lde_qual.api.study import open_folder
from lde_qual.model.rules import coding_body
from lde_qual.workbench.app import Service
from lde_qual.workbench.desk import Desk

SAID = "wij gaan naar de werkvloer omdat iemand daar begeleiding krijgt en later misschien doorstroomt 😀 café"
KEYS = 30
APPLY = """() => new Promise((resolve) => {
  const page = window.ldeQual;
  const from = performance.now();
  const key = new KeyboardEvent('keydown', { key: '1', bubbles: true, cancelable: true });
  page.root.querySelector('.turn:focus').dispatchEvent(key);
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const painted = performance.now() - from;
    const wait = () => page.queue.running ? setTimeout(wait, 1) : resolve([painted, performance.now() - from]);
    wait();
  }));
})"""
SCROLL = """() => new Promise((resolve) => {
  const pane = window.ldeQual.middle;
  const frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    pane.scrollTop += 240;
    if (frames.length < 300 && pane.scrollTop + pane.clientHeight < pane.scrollHeight - 1) requestAnimationFrame(step);
    else resolve([frames.filter((each) => each > 33.4).length, frames.length]);
  };
  requestAnimationFrame(step);
})"""


def make(folder: Path, *, words: int, codings: int) -> None:
    """Write a study of one made interview with 60 codes."""
    rng = random.Random(words)  # noqa: S311 - it only has to be the same each time
    turns = words // 40
    lines = [f"{'I' if at % 2 == 0 else 'R01'}: {' '.join(rng.choices(SAID.split(), k=40))}." for at in range(turns)]
    (folder / "transcripts").mkdir()
    (folder / "transcripts" / "gesprek.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    people = "respondent,role,organisation,transcript\nR01,,,gesprek\n"
    (folder / "transcripts" / "respondents.csv").write_text(people, encoding="utf-8", newline="\n")
    codes = "".join(f"  - {{id: code-{at}, label: Code {at}}}\n" for at in range(60))
    (folder / "codebook.yaml").write_text(f"title: Meting\nmain_coder: anna\ncodes:\n{codes}", encoding="utf-8")
    study = open_folder(folder)
    spoken = study.model.transcript("gesprek").turns
    bodies = []
    for at in range(codings):
        speech = rng.choice(spoken).speech
        start = rng.randrange(speech.start, speech.end - 60)
        body = coding_body(study.model, transcript="gesprek", start=start, end=start + 60, code=f"code-{at % 60}")
        bodies.append(("code", body))
    study.store.write_batch("anna", bodies)
    study.store.write("anna", "pin", {"codes": ["code-1"]})


def load(browser: Browser, url: str) -> tuple[Page, float]:
    """Open the page in a tab of its own and return how long it took, in ms."""
    tab = browser.new_context(viewport={"width": 1360, "height": 860}).new_page()
    tab.add_init_script(
        "new MutationObserver((_, watch) => { if (document.querySelector('.turn')) {"
        " window.ready = performance.now(); watch.disconnect(); } })"
        ".observe(document, { childList: true, subtree: true })"
    )
    tab.goto(url)
    tab.wait_for_selector(".turn")
    return tab, float(tab.evaluate("window.ready"))


def measure(browser: Browser, *, words: int, codings: int, loads: int) -> str:
    """Return a line of the printed table."""
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), words=words, codings=codings)
        service = Service(Desk(name))
        thread = threading.Thread(target=service.run)
        thread.start()
        try:
            took = []
            for _ in range(loads):
                tab, ready = load(browser, service.url)
                took.append(ready)
                time.sleep(1)
            painted, durable = zip(*(apply(tab, at) for at in range(KEYS)), strict=True)
            dropped, frames = tab.evaluate(SCROLL)
        finally:
            service.server.should_exit = True
            thread.join()
    tenth = sorted(painted)[int(0.9 * len(painted))]
    return (
        f"{words:6} words {codings:5} codings  load {statistics.median(took):5.0f} ms (min {min(took):.0f})  "
        f"key to painted {statistics.median(painted):.1f} ms (p90 {tenth:.1f})  "
        f"acknowledged {statistics.median(durable):.1f} ms  frames over 33 ms {dropped} of {frames}"
    )


def apply(tab: Page, at: int) -> tuple[float, float]:
    """Code a turn with a digit and return when it was painted and when it was durable, in ms."""
    turn = tab.locator(".turn").nth(3 * at)
    turn.focus()
    tab.keyboard.press("v")
    tab.wait_for_timeout(60)
    painted, durable = tab.evaluate(APPLY)
    return float(painted), float(durable)


def main(loads: int = 10) -> None:
    """Print both rows."""
    with sync_playwright() as driver:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for words, codings in ((12_000, 600), (30_000, 2_000)):
            print(measure(browser, words=words, codings=codings, loads=loads))
        browser.close()


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:]))
