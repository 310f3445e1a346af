"""Which codes go together: the lower triangle of the counts, its diagonal apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lde_qual.figures.style import (
    A4_HEIGHT,
    A4_WIDTH,
    FAINT,
    INK,
    MISSING,
    RULE,
    folded,
    ink_on,
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

_LINE = 0.125
_LABELS = 2.55
_WIDEST = 0.62
_SIZE = 7.0
_SMALLEST = 4.5
"""Points; a number that would be smaller is turned."""


def cooccurrence(
    frame: pd.DataFrame,
    *,
    codes: Sequence[str],
    labels: Mapping[str, str],
    related: Collection[tuple[str, str]],
    lang: str,
    title: str = "",
    stamp: bool = False,
    notes: Sequence[str] = (),
    ids: Mapping[tuple[str, str], str] | None = None,
) -> Figure:
    """Draw how many turns carry both codes, for each pair of `codes`.

    Parameters
    ----------
    frame : DataFrame
        ``analysis.cooccurrence``, unit ``turn``, of one group; pairs outside `codes` are passed over.
    codes : sequence of str
        Rows and columns, in order; numbered, so that columns need no second set of labels.
    labels : mapping of str to str
        What stands for each code.
    related : collection of (str, str)
        Pairs that stand above and below each other; they are left out.
    lang : str
        ``nl`` or ``en``.
    title : str
        What stands above it, so that the picture can stand alone.
    stamp : bool
        Whether the figure says that it shows written examples.
    notes : sequence of str
        What else must be said under it.
    ids : mapping of (str, str) to str, optional
        Ids that cells, by the code of the row and of the column, bear in an svg.

    Returns
    -------
    Figure
        The shade of a cell is its count over the largest count off the diagonal.
    """
    inside = frame[frame["a"].isin(codes) & frame["b"].isin(codes)]
    cells = {
        (a, b): (int(n), jaccard) for a, b, n, jaccard in inside[["a", "b", "n_ab", "jaccard"]].itertuples(index=False)
    }
    side = min(_WIDEST, (A4_WIDTH - _LABELS) / max(len(codes), 1))
    lines = [folded(f"{index}  {labels[code]}", _LABELS - 0.15, 7.2) for index, code in enumerate(codes, start=1)]
    below = noted([figure_word("fig_cooccurrence_note", lang), *notes])
    below += [figure_word("example", lang)] if stamp else []
    above = titled(title)
    top = 0.22 + title_height(above)
    under = 0.16 + 0.12 * len(below)
    tall = _heights([len(each) for each in lines], side, room=A4_HEIGHT - top - under)
    figure, axes = sheet(A4_WIDTH, top + sum(tall) + under)
    write_title(axes, above)
    counts = [cells[a, b][0] for i, a in enumerate(codes) for b in codes[:i] if not _apart(a, b, related)]
    most = max(counts, default=0)
    for i, a in enumerate(codes):
        y = top + sum(tall[:i])
        for index, line in enumerate(lines[i]):
            write(axes, 0.04, y + tall[i] / 2 + (index - (len(lines[i]) - 1) / 2) * _LINE, line, fontsize=7.2)
        head = (_LABELS + (i + 0.5) * side, top - 0.09)
        write(axes, *head, str(i + 1), ha="center", fontsize=_fitting(str(i + 1), side), color=FAINT)
        for j, b in enumerate(codes[: i + 1]):
            n, jaccard = cells[a, b]
            text = "–" if _apart(a, b, related) else str(n)
            where = (_LABELS + j * side, y, side, tall[i])
            share = n / most if most else 0.0
            cell = _draw_cell(axes, where, text, share=share, diagonal=i == j, empty=pd.isna(jaccard))
            cell.set_gid((ids or {}).get((a, b)) or None)
    write_notes(axes, top + sum(tall), below, stamp=stamp)
    return on_a_page(figure)


def _heights(lines: Sequence[int], side: float, *, room: float) -> list[float]:
    """Return the height of each row: all alike, or as its label needs where the figure would else be too tall."""
    each = [max(side * 0.62, count * _LINE + 0.05) for count in lines]
    alike = [max(each, default=0.0)] * len(each)
    return alike if sum(alike) <= room else each


def _apart(a: str, b: str, related: Collection[tuple[str, str]]) -> bool:
    return (a, b) in related or (b, a) in related


def _draw_cell(
    axes: Any, where: tuple[float, float, float, float], text: str, *, share: float, diagonal: bool, empty: bool
) -> Rectangle:
    left, top, across, tall = where
    plain = diagonal or text == "–"
    face = MISSING if empty else "#ffffff" if plain else tint(share)
    cell = Rectangle((left, top), across, tall, facecolor=face, edgecolor=RULE, linewidth=0.4)
    axes.add_patch(cell)
    if diagonal:
        inset = min(0.03, across / 8)
        axes.add_patch(
            Rectangle(
                (left + inset, top + inset),
                across - 2 * inset,
                tall - 2 * inset,
                fill=False,
                edgecolor=INK,
                linewidth=0.7,
            )
        )
    colour = INK if plain or empty else FAINT if text == "0" else ink_on(share)
    size, turned = _fitting(text, across), {}
    if size < _SMALLEST:
        # In a narrow column a long number is read more easily from below than as dust.
        size, turned = min(_fitting(text, tall), across * 72 * 0.8), {"rotation": 90}
    write(axes, left + across / 2, top + tall / 2, text, ha="center", fontsize=size, color=colour, **turned)
    return cell


def _fitting(text: str, room: float) -> float:
    """Return the size at which a number stays in its column, 7 points where there is room."""
    return _SIZE * min(1.0, (room - 0.02) / wide(text, _SIZE))
