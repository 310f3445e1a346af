"""How good the suggestions are, drawn: confidence against share right, and what decisions add."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from lde_qual.figures.style import (
    FAINT,
    INK,
    RULE,
    noted,
    sheet,
    tint,
    title_height,
    titled,
    write,
    write_notes,
    write_title,
)
from lde_qual.figures.words import figure_word

_LEFT, _WIDTH, _HEIGHT, _RIGHT = 0.62, 3.2, 2.4, 1.9
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_BLUE, _GREY = tint(0.9), "#9aa5b1"


def _share(share: float, lang: str) -> str:
    return f"{share:.2f}".replace(".", "," if lang == "nl" else ".")


class _Plot:
    """Axes of one square plot, both from 0 to 1 unless told; places are given in its own units."""

    def __init__(self, axes: Any, top: float, across: Callable[[float], float], *, lang: str) -> None:
        self.axes, self.top, self.across, self.lang = axes, top, across, lang

    def at(self, x: float, y: float) -> tuple[float, float]:
        return _LEFT + _WIDTH * self.across(x), self.top + _HEIGHT * (1 - y)

    def frame(self, ticks: Sequence[tuple[float, str]], below: str, beside: str) -> None:
        for share in _SHARES:
            _, y = self.at(ticks[0][0], share)
            self.axes.plot([_LEFT, _LEFT + _WIDTH], [y, y], color=RULE, linewidth=0.5, zorder=0)
            write(self.axes, _LEFT - 0.06, y, _share(share, self.lang), ha="right", color=FAINT)
        for place, label in ticks:
            x, y = self.at(place, 0)
            write(self.axes, x, y + 0.12, label, ha="center", color=FAINT)
        write(self.axes, _LEFT + _WIDTH / 2, self.top + _HEIGHT + 0.3, below, ha="center")
        write(self.axes, 0.12, self.top + _HEIGHT / 2, beside, ha="center", rotation=90)

    def line(self, xs: Sequence[float], ys: Sequence[float], label: str, *, color: str, dashed: bool = False) -> None:
        places = [self.at(x, y) for x, y in zip(xs, ys, strict=True)]
        self.axes.plot(*zip(*places, strict=True), color=color, linewidth=1.4, linestyle="--" if dashed else "-")
        if label:
            write(self.axes, _LEFT + _WIDTH + 0.08, places[-1][1], label, color=color)


def reliability(frame: pd.DataFrame, *, lang: str, title: str = "", stamp: bool = False) -> Figure:
    """Draw how often a first choice is right against how sure it was.

    Parameters
    ----------
    frame : DataFrame
        ``tagging.evaluation.calibration``; bins without a passage are left out.
    stamp : bool
        Say that the study is a written example.
    """
    kept = frame[frame["passages"] > 0]
    figure, plot, below, lines = _begun(title, "fig_reliability_note", lambda x: x, lang=lang, stamp=stamp)
    plot.frame(
        [(share, _share(share, lang)) for share in _SHARES],
        figure_word("confidence", lang),
        figure_word("share_right", lang),
    )
    plot.line([0, 1], [0, 1], "", color=_GREY, dashed=True)
    counts = [int(count) for count in kept["passages"]]
    for count, sure, right in zip(counts, kept["confidence"].tolist(), kept["right"].tolist(), strict=True):
        x, y = plot.at(sure, right)
        size = 12 + 100 * count / max(counts)
        plot.axes.scatter([x], [y], s=size, color=_BLUE, edgecolors="white", linewidths=0.6, zorder=3)
        write(plot.axes, x + 0.1, y + 0.1, str(count), fontsize=6.5, color=INK)
    write_notes(plot.axes, below, lines, stamp=stamp)
    return figure


def learning(frame: pd.DataFrame, *, lang: str, title: str = "", stamp: bool = False) -> Figure:
    """Draw accuracy at 1 and recall at 3 against how many passages were decided on, beside the codebook alone.

    Parameters
    ----------
    frame : DataFrame
        ``tagging.evaluation.learning_curve``.
    """
    steps = {int(size): place for place, size in enumerate(frame["decided"])}
    last = max(1, len(steps) - 1)
    figure, plot, below, lines = _begun(
        title, "fig_learning_note", lambda x: steps[int(x)] / last, lang=lang, stamp=stamp
    )
    sizes = [int(size) for size in frame["decided"]]
    plot.frame([(size, str(size)) for size in sizes], figure_word("decided", lang), figure_word("share", lang))
    for column, word, color in (("recall_at_3", "recall_3", tint(0.7)), ("accuracy_at_1", "accuracy_1", _BLUE)):
        plot.line(sizes, frame[column].tolist(), figure_word(word, lang), color=color)
        plot.line(sizes, frame[f"codebook_{column}"].tolist(), "", color=color, dashed=True)
    write_notes(plot.axes, below, lines, stamp=stamp)
    return figure


def _begun(
    title: str, note: str, across: Callable[[float], float], *, lang: str, stamp: bool
) -> tuple[Figure, _Plot, float, list[str]]:
    """Return a sheet with its title, the plot, the inches down to the notes, and their lines."""
    heads = titled(title)
    notes = [figure_word(note, lang), *([figure_word("example", lang)] if stamp else [])]
    lines = noted(notes)
    top = title_height(heads) + 0.15
    below = top + _HEIGHT + 0.45
    figure, axes = sheet(_LEFT + _WIDTH + _RIGHT, below + 0.2 + 0.12 * len(lines))
    write_title(axes, heads)
    return figure, _Plot(axes, top, across, lang=lang), below, lines
