"""Result tables as text, printed or written to a file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lde_qual.errors import UsageError
from lde_qual.reporting.tabular import FORMATS, render, to_csv
from lde_qual.store.disk import replace

_OFFICE = {".xlsx", ".xls", ".ods", ".docx", ".doc", ".pdf", ".html"}


def print_table(
    frame: pd.DataFrame, *, form: str | None = None, out: str | None = None, lang: str = "nl", defuse: bool = False
) -> str:
    """Return a table as text; where `out` names a file, write it there too.

    Parameters
    ----------
    form : str, optional
        One of `reporting.tabular.FORMATS`; else what the ending of `out` says, else ``table``.
    defuse : bool
        Put an apostrophe before a text that a spreadsheet would run as a formula; of csv alone.

    Raises
    ------
    UsageError
        Where `out` bears the ending of a document that this is not, or `defuse` goes with another format.
    """
    ending = Path(out).suffix.lower() if out else ""
    chosen = form or (ending[1:] if ending[1:] in FORMATS else "table")
    if form is None and ending in _OFFICE:
        raise UsageError(
            f"A table is not written as {ending}.",
            way_out="Give --out a name that ends in .csv, .json, .md or .tex; `lde-qual report` makes a workbook.",
        )
    if defuse and chosen != "csv":
        raise UsageError(f"--defuse does not go with --format {chosen}.", way_out="It goes with --format csv.")
    text = to_csv(frame, defuse=True) if defuse else render(frame, chosen, lang=lang)
    if out is not None:
        write_text(out, text)
    return text


def write_text(out: str, text: str) -> None:
    """Write a text to a file (see `write_bytes`)."""
    write_bytes(out, text.encode("utf-8"))


def write_bytes(out: str, data: bytes) -> None:
    """Write a file, whole or not at all.

    Raises
    ------
    UsageError
        Where the folder of that file is not there.
    """
    folder = Path(out).parent
    if not folder.is_dir():
        raise UsageError(f"Folder '{folder}' is not there.", way_out="Make it first, or name another file with --out.")
    replace(Path(out), data)
