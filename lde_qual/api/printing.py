"""Result tables as text, printed or written to a file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lde_qual.reporting.tabular import FORMATS, render
from lde_qual.store.disk import replace


def print_table(frame: pd.DataFrame, *, form: str | None = None, out: str | None = None, lang: str = "nl") -> str:
    """Return a table as text; where `out` names a file, write it there too.

    Parameters
    ----------
    form : str, optional
        One of `reporting.tabular.FORMATS`; else what the ending of `out` says, else ``table``.
    """
    ending = Path(out).suffix.lstrip(".") if out else ""
    text = render(frame, form or (ending if ending in FORMATS else "table"), lang=lang)
    if out is not None:
        write_text(out, text)
    return text


def write_text(out: str, text: str) -> None:
    """Write a text to a file, whole or not at all."""
    replace(Path(out), text.encode("utf-8"))
