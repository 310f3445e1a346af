"""Coding stripes: where in each interview each code stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lde_qual.figures.style import (
    A4_WIDTH,
    FAINT,
    RULE,
    folded,
    noted,
    on_a_page,
    sheet,
    tint,
    title_height,
    titled,
    wide,
    write,
    write_notes,
    write_title,
)
from lde_qual.figures.words import figure_word

MOST = 40
"""Interviews beside each other; of more each column is too narrow to read."""
_LABELS = 2.4
_LINE = 0.125
_SIZE = 7.0
_GAP = 0.04
_THINNEST = 0.012
_LONGEST_NAME = 1.2
_WASH = "#f5f7f9"


def timeline(
    frame: pd.DataFrame,
    *,
    codes: Sequence[str],
    labels: Mapping[str, str],
    lengths: Mapping[str, float],
    unit: str,
    lang: str,
    title: str = "",
    stamp: bool = False,
    notes: Sequence[str] = (),
) -> Figure:
    """Draw a row of stripes for each code, and a column for each interview.

    Parameters
    ----------
    frame : DataFrame
        ``transcript, code, from, to`` of `analysis.timeline.timeline`.
    codes : sequence of str
        Rows, in order; also those without a stripe.
    labels : mapping of str to str
        What stands for each code.
    lengths : mapping of str to float
        Interviews in order, each with its length; columns are as wide as interviews are
        long.
    unit : str
        ``words`` or ``minutes``, of all lengths and places.
    lang, title, stamp, notes
        See `figures.likeness.likeness_map`.
    """
    lines = [folded(labels[code], _LABELS - 0.12, _SIZE) for code in codes]
    heights = [max(0.17, len(each) * _LINE + 0.05) for each in lines]
    below = noted([figure_word(f"fig_timeline_{unit}", lang), *notes])
    below += [figure_word("example", lang)] if stamp else []
    above = titled(title)
    names = [_shortened(name) for name in lengths] if len(lengths) > 1 else []
    top = title_height(above) + max((wide(name, 6.5) for name in names), default=0.0) + 0.12
    bottom = top + sum(heights)
    figure, axes = sheet(A4_WIDTH, bottom + 0.5 + 0.16 + 0.12 * len(below))
    write_title(axes, above)
    room = A4_WIDTH - _LABELS - 0.15 - _GAP * max(len(lengths) - 1, 0)
    inch = room / max(sum(lengths.values()), 1e-9)
    lefts = _lefts(list(lengths.values()), inch)
    tops = [top + sum(heights[:row]) for row in range(len(codes))]
    for row, (y, texts) in enumerate(zip(tops, lines, strict=True)):
        for index, text in enumerate(texts):
            middle = y + heights[row] / 2 + (index - (len(texts) - 1) / 2) * _LINE
            write(axes, _LABELS - 0.08, middle, text, ha="right", fontsize=_SIZE)
    for column, (name, length) in enumerate(lengths.items()):
        left, across = lefts[column], length * inch
        _draw_column(axes, (left, across), tops, heights)
        mine = frame[frame["transcript"] == name]
        for code, y, height in zip(codes, tops, heights, strict=True):
            _draw_stripes(axes, mine[mine["code"] == code], left, inch, (y, height))
        if names:
            write(
                axes, left + across / 2, top - 0.06, names[column], rotation=90, va="bottom", ha="center", fontsize=6.5
            )
    _draw_scale(axes, bottom, inch, lengths, unit=unit, lang=lang)
    write_notes(axes, bottom + 0.5, below, stamp=stamp)
    return on_a_page(figure)


def _lefts(lengths: Sequence[float], inch: float) -> list[float]:
    return [_LABELS + sum(lengths[:column]) * inch + _GAP * column for column in range(len(lengths))]


def _shortened(name: str) -> str:
    if wide(name, 6.5) <= _LONGEST_NAME:
        return name
    while wide(f"{name}…", 6.5) > _LONGEST_NAME:
        name = name[:-1]
    return f"{name}…"


def _draw_column(axes: Any, where: tuple[float, float], tops: Sequence[float], heights: Sequence[float]) -> None:
    left, across = where
    for row, (y, height) in enumerate(zip(tops, heights, strict=True)):
        face = _WASH if row % 2 == 0 else "#ffffff"
        axes.add_patch(Rectangle((left, y), across, height, facecolor=face, edgecolor="none", zorder=0))
    if tops:
        tall = tops[-1] + heights[-1] - tops[0]
        axes.add_patch(Rectangle((left, tops[0]), across, tall, fill=False, edgecolor=RULE, linewidth=0.5, zorder=2))


def _draw_stripes(axes: Any, stripes: pd.DataFrame, left: float, inch: float, row: tuple[float, float]) -> None:
    y, height = row
    bars = [
        (left + begin * inch, max((end - begin) * inch, _THINNEST))
        for begin, end in zip(stripes["from"], stripes["to"], strict=True)
    ]
    if bars:
        axes.broken_barh(bars, (y + 0.03, height - 0.06), facecolors=tint(0.95), linewidth=0, zorder=1)


def _draw_scale(axes: Any, y: float, inch: float, lengths: Mapping[str, float], *, unit: str, lang: str) -> None:
    """Draw ticks under a single interview, and a bar of one length under several."""
    longest = max(lengths.values(), default=0.0)
    step = _step(longest)
    if not step:
        return
    if len(lengths) == 1:
        for tick in range(int(longest / step) + 1):
            x = _LABELS + tick * step * inch
            axes.plot([x, x], [y, y + 0.04], color=FAINT, linewidth=0.6)
            write(axes, x, y + 0.12, f"{tick * step:g}", ha="center", fontsize=6.5, color=FAINT)
        middle = _LABELS + longest * inch / 2
        write(axes, middle, y + 0.3, figure_word(f"timeline.{unit}", lang), ha="center", fontsize=_SIZE)
        return
    axes.plot([_LABELS, _LABELS + step * inch], [y + 0.15, y + 0.15], color=FAINT, linewidth=1.2)
    text = f"{step:g} {figure_word(f'timeline.{unit}', lang)}"
    write(axes, _LABELS + step * inch + 0.06, y + 0.15, text, fontsize=6.5, color=FAINT)


def _step(longest: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20 … that divides a length in at most six; 0 where there is none."""
    steps = (base * 10.0**power for power in range(12) for base in (1, 2, 5))
    return next((step for step in steps if step * 6 >= longest), 0.0) if longest else 0.0
