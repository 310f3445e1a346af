"""Taguette on the same text with the same highlights, for `page.py` to time beside the coding page.

It is used where the command ``taguette`` is found, or the one that the environment variable
``TAGUETTE`` names; it needs an environment of its own (``python -m venv``, ``pip install taguette``).
Its database is filled directly, with the rows that its own server writes.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page

WHEN = "2026-01-01 00:00:00.000000"
LOADED = """
const log = console.log;
console.log = (...said) => {
  log(...said);
  if (/^Loaded \\d+ highlights$/.test(said[0])) window.ready = performance.now();
};
"""
SAVE = """(range) => new Promise((resolve) => {
  const known = new Set(Object.keys(highlights));
  createHighlight(range);
  setTimeout(() => {
    document.querySelector('#highlight-add-tags input').checked = true;
    const form = document.getElementById('highlight-add-form');
    const from = performance.now();
    const watch = new MutationObserver(() => {
      if (Object.keys(highlights).every((id) => known.has(id))) return;
      watch.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - from)));
    });
    watch.observe(document.getElementById('document-contents'), { childList: true, subtree: true });
    form.requestSubmit();
  }, 700);
})"""


def command() -> str | None:
    """Return the program, where it is installed."""
    return os.environ.get("TAGUETTE") or shutil.which("taguette")


@contextmanager
def running(folder: Path, turns: Sequence[str], passages: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    """Serve one document of `turns` with highlights, given as code points into the turns joined; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = folder / "peer.sqlite3"
    program = command()
    assert program is not None
    said = (folder / "said.txt").open("w+", encoding="utf-8")
    arguments = [program, "--no-browser", "--port", str(port), "--database", str(database)]
    with (
        said,
        subprocess.Popen(
            arguments, stdout=said, stderr=subprocess.STDOUT, env=os.environ | {"HOME": str(folder)}
        ) as server,
    ):
        try:
            token = _token(folder / "said.txt", server)
            _fill(database, turns, passages)
            yield f"http://localhost:{port}/?token={token}"
        finally:
            server.terminate()


def _token(said: Path, server: subprocess.Popen[bytes]) -> str:
    stop = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < stop:
        found = re.search(r"token=(\w+)", said.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.2)
    raise RuntimeError(f"Taguette did not start: {said.read_text(encoding='utf-8')[-400:]}")


def _fill(database: Path, turns: Sequence[str], passages: Sequence[tuple[int, int, str]]) -> None:
    text = "".join(turns)
    contents = "".join(f"<p>{escape(turn)}</p>" for turn in turns)
    tags = {name: number for number, name in enumerate(dict.fromkeys(code for _, _, code in passages), 1)}
    with closing(sqlite3.connect(database, timeout=30)) as open_database, open_database as db:
        db.execute("INSERT INTO projects (id, name, description, created) VALUES (1, 'Meting', '', ?)", (WHEN,))
        db.execute("INSERT INTO project_members (project_id, user_login, privileges) VALUES (1, 'admin', 'ADMIN')")
        db.execute(
            "INSERT INTO documents (id, name, description, filename, created, project_id, text_direction, contents)"
            " VALUES (1, 'gesprek', '', 'gesprek.html', ?, 1, 'LEFT_TO_RIGHT', ?)",
            (WHEN, contents),
        )
        db.executemany("INSERT INTO tags (project_id, path, description, id) VALUES (1, ?, '', ?)", tags.items())
        for number, (start, end, code) in enumerate(passages, 1):
            low, high = (len(text[:at].encode()) for at in (start, end))
            row = (number, low, high, text[start:end])
            db.execute(
                "INSERT INTO highlights (id, document_id, start_offset, end_offset, snippet) VALUES (?, 1, ?, ?, ?)",
                row,
            )
            db.execute("INSERT INTO highlight_tags (highlight_id, tag_id) VALUES (?, ?)", (number, tags[code]))


def load(browser: Browser, url: str) -> tuple[Page, float]:
    """Open the document in a browser of its own and return when all highlights stood in it, in ms."""
    tab = browser.new_context(viewport={"width": 1360, "height": 860}).new_page()
    # Its pages ask a server of its makers for news; where there is no network that never ends.
    tab.goto(url, wait_until="commit")
    tab.add_init_script(LOADED)
    tab.goto(f"{url.partition('?')[0]}project/1/document/1", wait_until="commit")
    tab.wait_for_function("window.ready", timeout=180_000)
    return tab, float(tab.evaluate("window.ready"))


def apply(tab: Page, at: int) -> float:
    """Highlight words with a tag and return when they were painted after the form was sent, in ms."""
    start = 2000 * (at + 1)
    took = float(tab.evaluate(SAVE, [start, start + 60]))
    tab.wait_for_timeout(900)
    return took
