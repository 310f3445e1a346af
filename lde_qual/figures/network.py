"""Codes that go together, drawn as a network and as a Sankey diagram; how often is all that is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from lde_qual.figures.labels import key_columns, write_key
from lde_qual.figures.style import (
    A4_WIDTH,
    FAINT,
    INK,
    folded,
    noted,
    on_a_page,
    sheet,
    tint,
    title_height,
    titled,
    write,
    write_notes,
    write_title,
)
from lde_qual.figures.words import figure_word

_RADIUS = 2.0
_WIDEST = 7.0
"""Points of the thickest line."""
_BIGGEST = 0.11
"""Inches from the middle of the largest point to its edge."""
_SIZE = 7.0
_LINE = 0.125
_SIDE = 2.15
_BAR = 0.09
_TALLEST = 6.0
_APART = 0.07


def network(
    frame: pd.DataFrame,
    *,
    turns: Mapping[str, int],
    labels: Mapping[str, str],
    lang: str,
    title: str = "",
    stamp: bool = False,
    notes: Sequence[str] = (),
) -> Figure:
    """Draw codes on a circle, in the order of the tree, and a line for each pair.

    Parameters
    ----------
    frame : DataFrame
        ``a, b, n_ab`` of `analysis.network.network`.
    turns : mapping of str to int
        Codes in order, with how many turns carry each; the area of a point.
    labels : mapping of str to str
        What stands for each code, in the key.
    lang, title, stamp, notes
        See `figures.likeness.likeness_map`. The notes name the threshold.

    Returns
    -------
    Figure
        The width of a line is n_ab; the place of a point says nothing.
    """
    columns, key_height = key_columns([f"{at}  {labels[code]}" for at, code in enumerate(turns, start=1)])
    below = noted([figure_word("fig_network_note", lang), *notes])
    below += [figure_word("example", lang)] if stamp else []
    above = titled(title)
    middle = title_height(above) + 0.35 + _RADIUS
    bottom = middle + _RADIUS + 0.35
    figure, axes = sheet(A4_WIDTH, bottom + 0.35 + key_height + 0.16 + 0.12 * len(below))
    write_title(axes, above)
    at = {code: (2 * pi * place / len(turns) - pi / 2, A4_WIDTH / 2, middle) for place, code in enumerate(turns)}
    most = max(frame["n_ab"].tolist(), default=0)
    for a, b, n in frame[["a", "b", "n_ab"]].iloc[::-1].itertuples(index=False):
        ends, centre = [_on_circle(*at[code], _RADIUS) for code in (a, b)], (A4_WIDTH / 2, middle)
        curve = Path([ends[0], _towards(ends, centre), ends[1]], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
        colour = tint(0.25 + 0.75 * n / most)
        axes.add_patch(PathPatch(curve, fill=False, edgecolor=colour, linewidth=_WIDEST * n / most, zorder=1))
    largest = max(turns.values(), default=0)
    for number, (code, n) in enumerate(turns.items(), start=1):
        x, y = _on_circle(*at[code], _RADIUS)
        across = max(_BIGGEST * sqrt(n / largest) if largest else 0.0, 0.02)
        axes.scatter([x], [y], s=(2 * across * 72) ** 2, color="#ffffff", edgecolors=INK, linewidths=0.8, zorder=3)
        write(axes, *_on_circle(*at[code], _RADIUS + 0.22), str(number), ha="center", fontsize=_SIZE)
    _write_widths(axes, bottom + 0.12, most, lang)
    write_key(axes, bottom + 0.42, columns)
    write_notes(axes, bottom + 0.35 + key_height, below, stamp=stamp)
    return on_a_page(figure)


def _on_circle(angle: float, x: float, y: float, radius: float) -> tuple[float, float]:
    return x + radius * cos(angle), y + radius * sin(angle)


def _towards(ends: Sequence[tuple[float, float]], centre: tuple[float, float]) -> tuple[float, float]:
    """Return where a line between two points is pulled, so that neighbours' lines leave the rim."""
    x, y = (sum(end[axis] for end in ends) / 2 for axis in (0, 1))
    return (x + centre[0]) / 2, (y + centre[1]) / 2


def _write_widths(axes: Any, y: float, most: int, lang: str) -> None:
    if most:
        axes.plot([0.1, 0.5], [y, y], color=tint(1.0), linewidth=_WIDEST, solid_capstyle="butt")
        write(axes, 0.6, y, figure_word("network.turns", lang, n=most), fontsize=6.5, color=FAINT)


@dataclass(frozen=True, slots=True)
class _Node:
    """A code on one side: where its bar begins and how tall it is, in inches."""

    top: float
    tall: float
    lines: list[str]
    slot: float


def sankey(
    frame: pd.DataFrame,
    *,
    order: Sequence[str],
    labels: Mapping[str, str],
    lang: str,
    title: str = "",
    stamp: bool = False,
    notes: Sequence[str] = (),
) -> Figure:
    """Draw a band for each pair, from the code that stands earlier in the tree to the later one.

    Parameters
    ----------
    frame : DataFrame
        ``a, b, n_ab`` of `analysis.network.network`.
    order : sequence of str
        Codes in the order of the tree; one without a pair is not drawn.
    labels, lang, title, stamp, notes
        See `network`.

    Returns
    -------
    Figure
        The height of a band is n_ab, which stands in it. A bar is as high as its bands
        together; a code that is earlier in one pair and later in another stands on both
        sides.
    """
    pairs = sorted(
        frame[["a", "b", "n_ab"]].itertuples(index=False, name=None),
        key=lambda pair: [order.index(x) for x in pair[:2]],
    )
    inch = min(_TALLEST / max(sum(n for *_, n in pairs), 1), 0.16)
    above = titled(title)
    top = title_height(above) + 0.1
    sides = [_side(pairs, side, order, labels, inch=inch, top=top) for side in (0, 1)]
    bottom = max((node.top + node.slot for side in sides for node in side.values()), default=top)
    below = noted([figure_word("fig_sankey_note", lang), *notes])
    below += [figure_word("example", lang)] if stamp else []
    figure, axes = sheet(A4_WIDTH, bottom + 0.1 + 0.16 + 0.12 * len(below))
    write_title(axes, above)
    for side, nodes in enumerate(sides):
        for node in nodes.values():
            _draw_node(axes, node, side)
    _draw_bands(axes, pairs, sides, inch)
    write_notes(axes, bottom + 0.1, below, stamp=stamp)
    return on_a_page(figure)


def _side(
    pairs: Sequence[tuple[str, str, int]],
    side: int,
    order: Sequence[str],
    labels: Mapping[str, str],
    *,
    inch: float,
    top: float,
) -> dict[str, _Node]:
    nodes: dict[str, _Node] = {}
    for code in order:
        tall = inch * sum(pair[2] for pair in pairs if pair[side] == code)
        if tall:
            lines = folded(labels[code], _SIDE - 0.15, _SIZE)
            slot = max(tall, len(lines) * _LINE)
            nodes[code] = _Node(top + (slot - tall) / 2, tall, lines, slot)
            top += slot + _APART
    return nodes


def _draw_node(axes: Any, node: _Node, side: int) -> None:
    left = _SIDE if side == 0 else A4_WIDTH - _SIDE - _BAR
    axes.add_patch(Rectangle((left, node.top), _BAR, node.tall, facecolor=INK, edgecolor="none", zorder=2))
    x, align = (_SIDE - 0.06, "right") if side == 0 else (A4_WIDTH - _SIDE + 0.06, "left")
    for index, line in enumerate(node.lines):
        y = node.top + node.tall / 2 + (index - (len(node.lines) - 1) / 2) * _LINE
        write(axes, x, y, line, ha=align, fontsize=_SIZE)


def _draw_bands(
    axes: Any, pairs: Sequence[tuple[str, str, int]], sides: Sequence[Mapping[str, _Node]], inch: float
) -> None:
    filled = [{code: node.top for code, node in side.items()} for side in sides]
    left, right = _SIDE + _BAR, A4_WIDTH - _SIDE - _BAR
    bend = (left + right) / 2
    most = max((n for *_, n in pairs), default=1)
    for a, b, n in pairs:
        tall, y_a, y_b = n * inch, filled[0][a], filled[1][b]
        filled[0][a] += tall
        filled[1][b] += tall
        outline = Path(
            [
                (left, y_a), (bend, y_a), (bend, y_b), (right, y_b),
                (right, y_b + tall), (bend, y_b + tall), (bend, y_a + tall), (left, y_a + tall), (left, y_a),
            ],
            [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY],
        )  # fmt: skip
        face = tint(0.2 + 0.5 * n / most)
        axes.add_patch(PathPatch(outline, facecolor=face, edgecolor="#ffffff", linewidth=0.3, alpha=0.75, zorder=1))
        if tall >= 0.1:
            write(axes, left + 0.06, y_a + tall / 2, str(n), fontsize=6.0, zorder=3)
