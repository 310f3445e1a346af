"""Likeness drawn: a map that carries its stress, and a tree that names its linkage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from lde_qual.figures.labels import Box, free_places, key_columns, write_key
from lde_qual.figures.style import (
    A4_WIDTH,
    FAINT,
    INK,
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
from lde_qual.figures.words import decimals, figure_word

_SIDE = 4.3
"""Inches of the longer side of a map."""
_SIZE = 7.0
_LINE = 0.125
_DOT = 0.09
_SHAPES = (("o", tint(0.95)), ("s", "#ffffff"), ("^", tint(0.5)), ("D", "#ffffff"), ("v", tint(0.95)), ("P", tint(0.5)))
"""Shape and fill of each group; no two are told apart by colour alone."""
_LEAVES = 2.75
_MARGIN = 0.3


def likeness_map(
    frame: pd.DataFrame,
    *,
    stress: float,
    labels: Mapping[str, str],
    groups: Mapping[str, str] | None = None,
    lang: str,
    title: str = "",
    stamp: bool = False,
    notes: Sequence[str] = (),
) -> Figure:
    """Draw a map of things, the more alike the closer, with its stress under it.

    Parameters
    ----------
    frame : DataFrame
        ``item, x, y`` of `analysis.likeness.Likeness.map`; one unit is a distance of 1.
    stress : float
        Kruskal's stress-1 of that map.
    labels : mapping of str to str
        What stands for each thing. Where it is more than the thing's own id the points are
        numbered, and a key under the map says what each number is.
    groups : mapping of str to str, optional
        The group of each thing, as a shape of its own.
    lang : str
        ``nl`` or ``en``.
    title : str
        What stands above it, so that the picture can stand alone.
    stamp : bool
        Whether the figure says that it shows written examples.
    notes : sequence of str
        What else must be said under it.

    Returns
    -------
    Figure
        Both axes have one scale, shown by a bar.
    """
    items = [str(item) for item in frame["item"]]
    numbered = any(labels[item] != item for item in items)
    names = [str(at) if numbered else item for at, item in enumerate(items, start=1)]
    kinds = list(dict.fromkeys((groups or {}).get(item, "") for item in items))
    key = [f"{at}  {labels[item]}" for at, item in enumerate(items, start=1)] if numbered else []
    columns, key_height = key_columns(key)
    below = noted([figure_word("fig_map_note", lang, stress=decimals(stress, 3, lang)), *notes])
    below += [figure_word("example", lang)] if stamp else []
    above = titled(title)
    scale, tall, left = _scaled(frame)
    legend = 0.18 if len(kinds) > 1 else 0.0
    top = title_height(above) + legend + 0.35
    bottom = top + tall + 0.35
    figure, axes = sheet(A4_WIDTH, bottom + 0.3 + key_height + 0.16 + 0.12 * len(below))
    write_title(axes, above)
    if legend:
        _write_legend(axes, title_height(above) + 0.12, kinds)
    places = [
        (left + (x - frame["x"].min()) * scale, top + (frame["y"].max() - y) * scale)
        for x, y in zip(frame["x"], frame["y"], strict=True)
    ]
    shapes = [kinds.index((groups or {}).get(item, "")) % len(_SHAPES) for item in items]
    _draw_points(axes, places, names, shapes, within=Box(0.05, top - 0.3, A4_WIDTH - 0.05, bottom))
    _draw_bar(axes, bottom + 0.12, scale, lang)
    write_key(axes, bottom + 0.36, columns)
    write_notes(axes, bottom + 0.3 + key_height, below, stamp=stamp)
    return on_a_page(figure)


def _scaled(frame: pd.DataFrame) -> tuple[float, float, float]:
    """Return inches for a distance of 1, the height of the map, and where its left edge is."""
    across, high = float(frame["x"].max() - frame["x"].min()), float(frame["y"].max() - frame["y"].min())
    scale = _SIDE / max(across, high, 0.25)
    return scale, high * scale, (A4_WIDTH - across * scale) / 2


def _write_legend(axes: Any, y: float, kinds: Sequence[str]) -> None:
    x = 0.1
    for at, kind in enumerate(kinds):
        _dot(axes, x, y, at % len(_SHAPES))
        write(axes, x + 0.1, y, kind, fontsize=_SIZE)
        x += 0.1 + wide(kind, _SIZE) + 0.25


def _dot(axes: Any, x: float, y: float, shape: int) -> None:
    marker, fill = _SHAPES[shape]
    axes.scatter([x], [y], s=22, marker=marker, color=fill, edgecolors=INK, linewidths=0.6, zorder=3)


def _draw_points(
    axes: Any, places: Sequence[tuple[float, float]], names: Sequence[str], shapes: Sequence[int], *, within: Box
) -> None:
    sizes = [(wide(name, _SIZE) + 0.02, 0.105) for name in names]
    centres = free_places(places, sizes, dot=_DOT, within=within)
    for (x, y), shape, name, (to_x, to_y), (across, _) in zip(places, shapes, names, centres, sizes, strict=True):
        _dot(axes, x, y, shape)
        if max(abs(to_x - x) - across / 2, abs(to_y - y) - 0.05) > _DOT:
            axes.plot([x, to_x], [y, to_y], color=RULE, linewidth=0.5, zorder=1)
        write(axes, to_x, to_y, name, ha="center", fontsize=_SIZE, zorder=4)


def _draw_bar(axes: Any, y: float, scale: float, lang: str) -> None:
    """Draw how long a distance of 0.25 is; the axes themselves have no meaning."""
    axes.plot([0.1, 0.1 + scale / 4], [y, y], color=FAINT, linewidth=1.2)
    text = figure_word("map_distance", lang, distance=decimals(0.25, 2, lang))
    write(axes, 0.16 + scale / 4, y, text, fontsize=6.5, color=FAINT)


def likeness_tree(
    frame: pd.DataFrame,
    *,
    order: Sequence[str],
    labels: Mapping[str, str],
    linkage: str,
    lang: str,
    title: str = "",
    stamp: bool = False,
    notes: Sequence[str] = (),
) -> Figure:
    """Draw how things join to groups, from the left (alike) to the right (far apart).

    Parameters
    ----------
    frame : DataFrame
        ``join, a, b, height, items`` of `analysis.likeness.Likeness.tree`.
    order : sequence of str
        The things from top to bottom; ``attrs["order"]`` of that table.
    labels : mapping of str to str
        What stands for each thing.
    linkage : str
        How the distance of two groups is reckoned; it stands under the figure.
    lang, title, stamp, notes
        See `likeness_map`.

    Returns
    -------
    Figure
        Joins of fewer than three things are drawn faint: they are no group.
    """
    lines = [folded(labels[item], _LEAVES - 0.15, _SIZE) for item in order]
    heights = [len(each) * _LINE + 0.05 for each in lines]
    above = titled(title)
    named = figure_word(f"linkage.{linkage}", lang)
    below = noted([figure_word("fig_tree_note", lang, linkage=named), *notes])
    below += [figure_word("example", lang)] if stamp else []
    top = title_height(above) + 0.1
    bottom = top + sum(heights)
    figure, axes = sheet(A4_WIDTH, bottom + 0.5 + 0.16 + 0.12 * len(below))
    write_title(axes, above)
    step = 0.25 if frame["height"].max() <= 1 else 0.5
    inch = (A4_WIDTH - _LEAVES - _MARGIN) / (4 * step)
    _draw_scale(axes, (top, bottom), [step * at for at in range(5)], inch, lang)
    at: dict[str, tuple[float, float]] = {}
    y = top
    for item, texts, height in zip(order, lines, heights, strict=True):
        at[item] = (0.0, y + height / 2)
        for index, text in enumerate(texts):
            middle = y + height / 2 + (index - (len(texts) - 1) / 2) * _LINE
            write(axes, _LEAVES - 0.08, middle, text, ha="right", fontsize=_SIZE)
        y += height
    for join, a, b, far, items in frame[["join", "a", "b", "height", "items"]].itertuples(index=False):
        (from_a, y_a), (from_b, y_b) = at[a], at[b]
        xs = [_LEAVES + part * inch for part in (from_a, far, far, from_b)]
        how = {"color": INK, "linewidth": 1.0} if items >= 3 else {"color": FAINT, "linewidth": 0.6}
        axes.plot(xs, [y_a, y_a, y_b, y_b], solid_joinstyle="miter", **how)
        at[f"#{join}"] = (far, (y_a + y_b) / 2)
    write_notes(axes, bottom + 0.5, below, stamp=stamp)
    return on_a_page(figure)


def _draw_scale(axes: Any, reach: tuple[float, float], ticks: Sequence[float], inch: float, lang: str) -> None:
    top, bottom = reach
    for tick in ticks:
        x = _LEAVES + tick * inch
        axes.plot([x, x], [top, bottom + 0.04], color=RULE, linewidth=0.5, zorder=0)
        write(axes, x, bottom + 0.13, decimals(tick, 2, lang), ha="center", fontsize=6.5, color=FAINT)
    middle = _LEAVES + ticks[-1] * inch / 2
    write(axes, middle, bottom + 0.32, figure_word("tree_distance", lang), ha="center", fontsize=_SIZE)
