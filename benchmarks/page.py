"""Time the coding page in Chromium: load to interactive, key to painted, acknowledgement, dropped scroll frames.

    python benchmarks/page.py [LOADS]

Two made interviews: 12,000 words with 600 codings, and 30,000 words with 2,000. A load
runs from the navigation to the first moment at which a turn can be coded; each has a
browser profile of its own without a cache, and one page is open at a time. Keys and
scrolling are timed once suggestions stand beside the text, the program working out new ones
after each key. A key is timed from its event to the frame after the one that paints it, and
until the server has acknowledged the operation as durable. Where Taguette is installed (see `page_peer.py`) it
shows the text of 12,000 words with the same passages, its loads by turns with ours; its
loads are timed until all highlights stand in the text, and its highlights from the sending
of the form.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import accumulate, cycle
from pathlib import Path

import page_peer
from playwright.sync_api import Browser, Page, sync_playwright

from lde_qual.api.study import open_folder
from lde_qual.model.rules import coding_body

SAID = "wij gaan naar de werkvloer omdat iemand daar begeleiding krijgt en later misschien doorstroomt 😀 café"
TOLD = ("bromfiets", "rooster", "diploma", "jobcoach", "tolk", "kinderopvang")
CODES = 60
KEYS = 30
SHORT = 12_000
PEER_LOADS = 3
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
SUGGESTED = "(({ found, cards }) => (found && !found.working ? cards.length : 0))(window.ldeQual.suggestions)"
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
    """Write a study of one made interview with 60 codes.

    Each answer begins with one of a few words, which a code has among its keywords and is
    coded at here and there: elsewhere it is suggested.
    """
    rng = random.Random(words)  # noqa: S311 - it only has to be the same each time
    turns = words // 40
    told = dict(zip(range(1, turns, 2), cycle(TOLD), strict=False))
    lines = [f"{'R01' if at in told else 'I'}: {' '.join(_said(rng, told.get(at)))}." for at in range(turns)]
    (folder / "transcripts").mkdir()
    (folder / "transcripts" / "gesprek.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    people = "respondent,role,organisation,transcript\nR01,,,gesprek\n"
    (folder / "transcripts" / "respondents.csv").write_text(people, encoding="utf-8", newline="\n")
    words_of = dict(zip(range(CODES - len(TOLD), CODES), TOLD, strict=True))
    codes = "".join(
        f"  - {{id: code-{at}, label: Code {at}, keywords: [{words_of.get(at, '')}]}}\n" for at in range(CODES)
    )
    head = "title: Meting\nmain_coder: anna\nsuggestions: meteen\n"
    (folder / "codebook.yaml").write_text(f"{head}codes:\n{codes}", encoding="utf-8")
    study = open_folder(folder)
    spoken = study.model.transcript("gesprek").turns
    bodies = []
    for at in range(codings):
        word = words_of.get(at % CODES)
        number = rng.randrange(turns) if word is None else rng.choice([n for n, each in told.items() if each == word])
        speech = spoken[number].speech
        start = rng.randrange(speech.start, speech.end - 60) if word is None else speech.start
        body = coding_body(study.model, transcript="gesprek", start=start, end=start + 60, code=f"code-{at % CODES}")
        bodies.append(("code", body))
    study.store.write_batch("anna", bodies)
    study.store.write("anna", "pin", {"codes": ["code-1"]})


def _said(rng: random.Random, word: str | None) -> list[str]:
    found = rng.choices(SAID.split(), k=40)
    return found if word is None else [word, *found[1:]]


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


def measure(browser: Browser, *, words: int, codings: int, loads: int, peer: bool) -> Iterator[str]:
    """Yield the lines of the printed table."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        make(Path(name), words=words, codings=codings)
        other = stack.enter_context(beside(Path(name))) if peer else ""
        url = stack.enter_context(serving(name))
        ours, theirs = Times(), Times()
        for at in range(loads):
            tab, ready = load(browser, url)
            ours.loads.append(ready)
            if at == loads - 1:
                ours.suggested = suggested(tab)
                pairs = [apply(tab, key) for key in range(KEYS)]
                ours.painted, ours.durable = map(list, zip(*pairs, strict=True))
                ours.frames = tab.evaluate(SCROLL)
            tab.context.close()
            # Three of Taguette's take as long as thirty of ours.
            if other and at < PEER_LOADS:
                tab, ready = page_peer.load(browser, other)
                theirs.loads.append(ready)
                if at == PEER_LOADS - 1:
                    theirs.painted = [page_peer.apply(tab, key) for key in range(PEER_LOADS * 3)]
                tab.context.close()
        yield f"{words:6} words {codings:5} codings  {ours}"
        if other:
            yield f"{'':28}Taguette: {theirs}"
            times = statistics.median(theirs.loads) / statistics.median(ours.loads)
            yield f"{'':28}loads {times:.1f} times as fast as Taguette"


@dataclass
class Times:
    """What was measured of one program, in ms."""

    loads: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    durable: list[float] = field(default_factory=list)
    frames: tuple[int, int] | None = None
    suggested: int | None = None

    def __str__(self) -> str:
        """Return them as the table prints them."""
        tenth = sorted(self.painted)[int(0.9 * len(self.painted))]
        said = [
            f"load {statistics.median(self.loads):5.0f} ms (min {min(self.loads):.0f})",
            f"key to painted {statistics.median(self.painted):.1f} ms (p90 {tenth:.1f})",
        ]
        if self.durable:
            said.append(f"acknowledged {statistics.median(self.durable):.1f} ms")
        if self.frames:
            said.append(f"frames over 33 ms {self.frames[0]} of {self.frames[1]}")
        if self.suggested is not None:
            said.append(f"suggestions {self.suggested}")
        return "  ".join(said)


@contextmanager
def serving(folder: str) -> Iterator[str]:
    """Serve the study's page as its users do, in a process of its own, until the block ends; yield its address."""
    arguments = [sys.executable, "-m", "lde_qual", "code", "--no-browser", "--study", folder]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


@contextmanager
def beside(folder: Path) -> Iterator[str]:
    """Serve the same words and passages with Taguette; it has no speakers, so that labels are left out."""
    model = open_folder(folder).model
    found = model.transcript("gesprek")
    spoken = [turn.speech.of(found.text) for turn in found.turns]
    at = dict(
        zip((turn.number for turn in found.turns), accumulate((len(each) for each in spoken), initial=0), strict=False)
    )
    passages = []
    for placed in model.placed("anna"):
        (turn,) = found.turns_of(placed.span)
        shift = at[turn.number] - turn.speech.start
        passages.append((placed.span.start + shift, placed.span.end + shift, placed.code))
    with page_peer.running(folder, spoken, passages) as url:
        yield url


def apply(tab: Page, at: int) -> tuple[float, float]:
    """Code a turn with a digit and return when it was painted and when it was durable, in ms."""
    turn = tab.locator(".turn").nth(3 * at)
    turn.focus()
    tab.keyboard.press("v")
    tab.wait_for_timeout(60)
    painted, durable = tab.evaluate(APPLY)
    return float(painted), float(durable)


def suggested(tab: Page) -> int:
    """Wait until suggestions stand beside the text, and return how many."""
    stop = time.monotonic() + 60
    while time.monotonic() < stop:
        if found := int(tab.evaluate(SUGGESTED)):
            return found
        time.sleep(0.2)
    raise RuntimeError("No suggestion was shown within a minute.")


def main(loads: int = 10) -> None:
    """Print a row for each size, and Taguette's under the first."""
    with sync_playwright() as driver:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for words, codings in ((SHORT, 600), (30_000, 2_000)):
            peer = words == SHORT and page_peer.command() is not None
            for line in measure(browser, words=words, codings=codings, loads=loads, peer=peer):
                print(line)
        browser.close()


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:]))
