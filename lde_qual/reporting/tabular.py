"""A result table as csv, json, Markdown, LaTeX or text for a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable
from typing import Any

import pandas as pd
from tabulate import tabulate

from lde_qual.errors import UsageError
from lde_qual.reporting.words import heading, word

Cell = str | int | float | bool | None
FORMATS = ("table", "csv", "json", "md", "tex")
_WIDEST = 60
"""Characters of a column in a terminal; longer texts are folded."""

_MARKDOWN = re.compile(r"[\\|*`\[\]]")
_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cells(frame: pd.DataFrame) -> list[list[Cell]]:
    """Return the rows of a frame as plain values: None for undefined, floats of six significant digits."""
    return [[_plain(value) for value in row] for row in frame.astype(object).to_numpy().tolist()]


def _plain(value: Any) -> Cell:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bool | str):
        return value
    if hasattr(value, "item"):
        return _plain(value.item())
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 - only NaN differs from itself
            return None
        return float(f"{value:.6g}")
    return value if isinstance(value, int) else str(value)


def as_text(value: Cell, *, undefined: str = "NA") -> str:
    """Return a cell as it stands in a file: ``true``, ``0.625``, ``NA``."""
    if value is None:
        return undefined
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def to_csv(frame: pd.DataFrame, *, defuse: bool = False) -> str:
    """Return UTF-8 csv text: comma, one header row, LF, quotes verbatim, ``NA`` for undefined.

    Parameters
    ----------
    defuse : bool
        Put an apostrophe before a text that a spreadsheet would run as a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in cells(frame):
        texts = [as_text(value) for value in row]
        if defuse:
            texts = [
                f"'{text}" if isinstance(value, str) and text.startswith(_RUNS_AS_FORMULA) else text
                for text, value in zip(texts, row, strict=True)
            ]
        writer.writerow(texts)
    return out.getvalue()


def to_json(frame: pd.DataFrame) -> str:
    """Return a list of records; undefined is null."""
    records = [dict(zip(frame.columns, row, strict=True)) for row in cells(frame)]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def to_md(frame: pd.DataFrame, *, lang: str = "nl") -> str:
    """Return a Markdown table with headings in `lang`."""
    rows = [[escaped_markdown(text) for text in row] for row in _texts(frame, lang)]
    return tabulate(rows, headers=_headings(frame, lang), tablefmt="github", disable_numparse=True) + "\n"


def to_tex(frame: pd.DataFrame, *, lang: str = "nl") -> str:
    """Return a LaTeX ``tabular`` (package booktabs) with headings in `lang`."""
    rows = [[" ".join(text.split()) for text in row] for row in _texts(frame, lang)]
    text = tabulate(rows, headers=_headings(frame, lang), tablefmt="latex_booktabs", disable_numparse=True) + "\n"
    # Of a table without rows tabulate declares no columns, and LaTeX stops at its header.
    return text if rows else text.replace("{tabular}{}", f"{{tabular}}{{{'l' * len(frame.columns)}}}", 1)


def to_text(frame: pd.DataFrame, *, lang: str = "nl") -> str:
    """Return a table for a terminal, long texts folded, with headings in `lang`."""
    rows = [["\n".join(textwrap.wrap(text, _WIDEST)) for text in row] for row in _texts(frame, lang)]
    return tabulate(rows, headers=_headings(frame, lang), tablefmt="simple", disable_numparse=True) + "\n"


def _texts(frame: pd.DataFrame, lang: str) -> list[list[str]]:
    undefined = word("undefined", lang)
    return [[_printed(value, lang, undefined) for value in row] for row in cells(frame)]


def _printed(value: Cell, lang: str, undefined: str) -> str:
    text = as_text(value, undefined=undefined)
    return text.replace(".", ",") if lang == "nl" and isinstance(value, float) else text


def _headings(frame: pd.DataFrame, lang: str) -> list[str]:
    """Return headings; ``attrs["headings"]`` names another one for a column whose name means two things."""
    named: dict[str, str] = frame.attrs.get("headings", {})
    return [heading(named.get(str(column), str(column)), lang) for column in frame.columns]


def escaped_markdown(text: str) -> str:
    """Return `text` on one line, with every sign that Markdown would read as its own escaped."""
    escaped = _MARKDOWN.sub(r"\\\g<0>", text).replace("<", "&lt;")
    return " ".join(escaped.split())


def render(frame: pd.DataFrame, form: str, *, lang: str = "nl") -> str:
    """Return a table in one of `FORMATS`.

    Raises
    ------
    UsageError
        For another format.
    """
    forms: dict[str, Callable[[], str]] = {
        "table": lambda: to_text(frame, lang=lang),
        "csv": lambda: to_csv(frame),
        "json": lambda: to_json(frame),
        "md": lambda: to_md(frame, lang=lang),
        "tex": lambda: to_tex(frame, lang=lang),
    }
    if form not in forms:
        raise UsageError(f"'{form}' is no format of a table.", way_out=f"Use one of {', '.join(FORMATS)}.")
    return forms[form]()
