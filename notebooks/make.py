"""Run the notebooks of this folder and keep what they show: `python notebooks/make.py [NAME.ipynb …]`.

Each is run on a copy of the study, so that nothing in it is touched. The tests run them
the same way and compare what they show with what is kept here.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
STUDY = HERE.parent
PARTS = ("codebook.yaml", "leidraad.yaml", "themas.yaml", "transcripts", "codings", "notebooks")
SECONDS = 600


def executed(path: Path) -> Any:
    """Return a notebook as it is after running it from top to bottom, without time or machine in it.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        Where a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        for name in PARTS:
            source = STUDY / name
            if source.is_dir():
                shutil.copytree(source, Path(folder) / name, ignore=shutil.ignore_patterns(".*"))
            elif source.exists():
                shutil.copy(source, folder)
        paths = os.pathsep.join(filter(None, [str(STUDY), os.environ.get("PYTHONPATH", "")]))
        place = {"metadata": {"path": str(Path(folder) / "notebooks")}}
        client = NotebookClient(notebook, timeout=SECONDS, resources=place, coalesce_streams=True)
        client.execute(env={**os.environ, "PYTHONPATH": paths, "LDE_QUAL_CODER": ""})
    for cell in notebook.cells:
        cell.metadata = {}
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def shown(notebook: Any) -> list[list[str]]:
    """Return what each cell of code shows as text: printed lines and plain forms of results; pictures by their kind."""
    return [
        [_text(output) for output in cell.get("outputs", [])] for cell in notebook.cells if cell.cell_type == "code"
    ]


def _text(output: Any) -> str:
    if output.output_type == "stream":
        return f"{output.name}: {output.text}"
    data = output.get("data", {})
    return "picture" if "image/png" in data else str(data.get("text/plain", output.output_type))


def main() -> None:
    """Run the notebooks named, or all, and write them back."""
    for path in [HERE / name for name in sys.argv[1:]] or sorted(HERE.glob("*.ipynb")):
        notebook = executed(path)
        for number, cell in enumerate(notebook.cells, start=1):
            cell["id"] = f"cell-{number}"
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
        sys.stderr.write(f"{path.name}: {len(notebook.cells)} cells\n")


if __name__ == "__main__":
    main()
