"""One style for all figures, and figures as bytes that are the same every time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
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

A4_HEIGHT = 10.0
"""Inches between the margins of an A4 page, with room for a caption."""

DPI = 300
TITLE_SIZE = 8.5
TITLE_LINE = 0.15
NOTE_SIZE = 6.5
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 7.5,
    "text.color": INK,
    "svg.fonttype": "path",
    "svg.hashsalt": "lde-qual",
    # Letters and not outlines: journals ask for a font that is in the file.
    "pdf.fonttype": 42,
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


def on_a_page(figure: Figure) -> Figure:
    """Return the figure, made smaller as a whole with all its text where it is taller than an A4 page."""
    width, height = figure.get_size_inches()
    part = min(1.0, A4_HEIGHT / height)
    if part < 1:
        figure.set_size_inches(width * part, height * part)
        for axes in figure.axes:
            for text in axes.texts:
                text.set_fontsize(text.get_fontsize() * part)
    return figure


def titled(title: str) -> list[str]:
    """Return the lines of a title that stands above a figure."""
    return folded(title, A4_WIDTH - 0.1, TITLE_SIZE, "bold") if title else []


def write_title(axes: Any, lines: Sequence[str]) -> float:
    """Write the lines of a title at the top; return the inches they take."""
    for index, line in enumerate(lines):
        write(axes, 0.04, 0.12 + TITLE_LINE * index, line, fontsize=TITLE_SIZE, weight="bold")
    return title_height(lines)


def title_height(lines: Sequence[str]) -> float:
    """Return the inches that the lines of a title take."""
    return 0.26 + TITLE_LINE * (len(lines) - 1) if lines else 0.0


def noted(notes: Sequence[str]) -> list[str]:
    """Return the lines of what stands under a figure."""
    return [line for note in notes for line in folded(note, A4_WIDTH - 0.2, NOTE_SIZE)]


def write_notes(axes: Any, top: float, lines: Sequence[str], *, stamp: bool) -> None:
    """Write the lines under a figure, from `top` inches down; the last is a stamp where that is so."""
    for index, line in enumerate(lines):
        bold = stamp and index == len(lines) - 1
        write(axes, 0.04, top + 0.14 + 0.12 * index, line, fontsize=NOTE_SIZE, color=INK if bold else FAINT)


def tint(share: float) -> str:
    """Return the colour of a part between 0 (white) and 1 (`DARKEST`)."""
    part = 0.85 * min(max(share, 0.0), 1.0)
    return "#" + "".join(f"{round(255 - (255 - deep) * part):02x}" for deep in DARKEST)


def ink_on(share: float) -> str:
    """Return the colour of text that is readable on `tint` of `share`."""
    # Either way the contrast stays above 4.5 to 1, from white to the deepest blue.
    return "#ffffff" if share > 0.9 else "#000000"


def wide(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of `text` in inches, set in `size` points, ``normal`` or ``bold``."""
    face = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    with _quiet():
        points, _, _ = text_to_path.get_text_width_height_descent(text, face, ismath=False)
    return float(points) / 72


def folded(text: str, width: float, size: float = 7.5, weight: str = "normal") -> list[str]:
    """Return `text` in lines that fit in `width` inches; a word that does not fit is broken with a hyphen."""
    lines: list[str] = []
    for word in text.split():
        pieces = _broken(word, width, size, weight)
        if lines and wide(f"{lines[-1]} {pieces[0]}", size, weight) <= width:
            lines[-1] += f" {pieces.pop(0)}"
        lines += pieces
    return lines or [""]


def _broken(word: str, width: float, size: float, weight: str) -> list[str]:
    # Halves of like length read better than a full line and three letters.
    if len(word) < 4 or wide(word, size, weight) <= width:
        return [word]
    half = (len(word) + 1) // 2
    return [*_broken(f"{word[:half]}-", width, size, weight), *_broken(word[half:], width, size, weight)]


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


def pdf(figure: Figure) -> bytes:
    """Return the figure as pdf, its font in it, without time or program in it: what LaTeX and journals take."""
    out = io.BytesIO()
    nothing = dict.fromkeys(("CreationDate", "Creator", "Producer"))
    with _styled():
        figure.savefig(out, format="pdf", metadata=nothing)
    return out.getvalue()
