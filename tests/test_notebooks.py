"""The notebooks run from top to bottom on a copy of the study, and show what is kept in them."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

import nbformat
import pytest

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
MAKE = run_path(str(NOTEBOOKS / "make.py"))


@pytest.mark.filterwarnings("ignore")  # of the kernel's own machinery
@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_shows_what_it_shows(path):
    """No cell fails, and every text it shows is the one that is kept; `python notebooks/make.py` keeps it anew."""
    kept = nbformat.read(path, as_version=4)
    assert MAKE["shown"](MAKE["executed"](path)) == MAKE["shown"](kept)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_was_run_in_order(path):
    """Every cell of code was run, from the first to the last, and none left an error."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert list(range(1, len(cells) + 1)) == [cell.execution_count for cell in cells]
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)
