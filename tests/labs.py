"""A JupyterLab of its own for a test, with a notebook in it, and what a test does there."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import nbformat

ROOT = Path(__file__).parent.parent
SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},
}
"""No question is asked at the start, and what a widget keeps is saved with the notebook."""


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """Serve JupyterLab on a folder until the block ends; yield its address, to which ``/tree/NAME`` is added."""
    port = _free_port()
    home = folder / ".jupyter"
    for name, values in SETTINGS.items():
        path = home / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    options = {"port": port, "port_retries": 0, "root_dir": str(folder), "open_browser": False, "allow_root": True}
    command = [sys.executable, "-m", "jupyterlab", "--expose-app-in-browser", "--IdentityProvider.token=key"]
    command += [f"--ServerApp.{name}={value}" for name, value in options.items()]
    places = {"CONFIG": "config", "DATA": "data", "RUNTIME": "runtime"}
    own = {f"JUPYTER_{name}_DIR": str(home / value) for name, value in places.items()}
    own |= {f"JUPYTERLAB_{name}_DIR": str(home / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
    own |= {"IPYTHONDIR": str(home / "ipython"), "PYTHONPATH": str(ROOT), "LDE_QUAL_CODER": ""}
    with (home / "log").open("w") as log:
        running = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(f"http://127.0.0.1:{port}/api/status?token=key", running, home / "log")
        yield f"http://127.0.0.1:{port}/lab/tree/{{}}?reset&token=key"
    finally:
        running.terminate()
        running.wait(20)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    stop = time.monotonic() + 60
    while time.monotonic() < stop and running.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


def write_notebook(path: Path, *cells: str) -> None:
    """Write a notebook of these cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


class Lab:
    """A tab of the browser that shows a notebook in JupyterLab."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab

    def open(self, url: str) -> None:
        """Open a notebook and wait for its kernel."""
        self.tab.goto(url)
        self.until("window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")

    def do(self, command: str) -> None:
        """Execute a command of JupyterLab's, and wait for it."""
        self.tab.evaluate("(command) => window.jupyterapp.commands.execute(command).then(() => null)", command)

    def until(self, true: str, *, seconds: float = 40) -> None:
        """Wait for an expression to hold."""
        stop = time.monotonic() + seconds
        while not self.tab.evaluate(f"Boolean({true})"):
            assert time.monotonic() < stop, f"never: {true}"
            self.tab.wait_for_timeout(30)
