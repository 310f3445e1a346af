"""One style for all figures, and figures as bytes that are the same every time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

Picture = Figure
INK = "#1f2933"
FAINT = "#6b7785"
RULE = "#cfd6dd"
MISSING = "#e4e7eb"
DARKEST = (8, 81, 156)
"""Blue at full depth; one hue that only deepens is read alike by every kind of colour vision, and in grey."""

A4_WIDTH = 6.7
"""Inches between the margins of an A4 page."""

DPI = 300
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 7.5,
    "text.color": INK,
    "svg.fonttype": "path",
    "svg.hashsalt": "lde-qual",
    "path.simplify": False,
}


@contextmanager
def _quiet() -> Iterator[None]:
    # A sign that the font lacks is drawn as a box, which is seen; a warning would be noise beside it.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        yield


@contextmanager
def _styled() -> Iterator[None]:
    # The person's own matplotlibrc may say anything; figures must not depend on it.
    with mpl.rc_context(), _quiet():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


def sheet(width: float, height: float) -> tuple[Figure, Any]:
    """Return an empty figure and axes whose unit is the inch, with the origin at the top left.

    Parameters
    ----------
    width, height : float
        Inches.
    """
    with _styled():
        figure = Figure(figsize=(width, height), dpi=100, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.axis("off")
    return figure, axes


def write(axes: Any, x: float, y: float, text: str, **how: Any) -> None:
    """Write text at (`x`, `y`) in inches; nothing in it is read as a formula."""
    settings = {"va": "center", "ha": "left", "fontsize": 7.5, "color": INK, "family": "DejaVu Sans"} | how
    axes.text(x, y, text, parse_math=False, **settings)


def tint(share: float) -> str:
    """Return the colour of a part between 0 (white) and 1 (`DARKEST`)."""
    part = 0.85 * min(max(share, 0.0), 1.0)
    return "#" + "".join(f"{round(255 - (255 - deep) * part):02x}" for deep in DARKEST)


def ink_on(share: float) -> str:
    """Return the colour of text that is readable on `tint` of `share`."""
    return "#ffffff" if share > 0.85 else INK


def wide(text: str, size: float) -> float:
    """Return the width of `text` in inches, set in `size` points."""
    face = FontProperties(family="DejaVu Sans", size=size)
    with _quiet():
        points, _, _ = text_to_path.get_text_width_height_descent(text, face, ismath=False)
    return float(points) / 72


def folded(text: str, width: float, size: float = 7.5) -> list[str]:
    """Return `text` in lines that fit in `width` inches; a word that does not fit is broken with a hyphen."""
    lines: list[str] = []
    for word in text.split():
        pieces = _broken(word, width, size)
        if lines and wide(f"{lines[-1]} {pieces[0]}", size) <= width:
            lines[-1] += f" {pieces.pop(0)}"
        lines += pieces
    return lines or [""]


def _broken(word: str, width: float, size: float) -> list[str]:
    # Halves of like length read better than a full line and three letters.
    if len(word) < 4 or wide(word, size) <= width:
        return [word]
    half = (len(word) + 1) // 2
    return [*_broken(f"{word[:half]}-", width, size), *_broken(word[half:], width, size)]


def png(figure: Figure) -> bytes:
    """Return the figure as png of `DPI` dots an inch, without time or program in it."""
    out = io.BytesIO()
    with _styled():
        figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue()


def svg(figure: Figure) -> bytes:
    """Return the figure as svg, text as outlines, without time or program in it."""
    out = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with _styled():
        figure.savefig(out, format="svg", metadata=nothing)
    return out.getvalue()
