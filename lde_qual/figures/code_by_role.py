"""Codes by respondent groups: who names what, as a table that shades with the share of the group."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lde_qual.analysis.facts import NONE, TOTAL
from lde_qual.figures.style import (
    A4_WIDTH,
    FAINT,
    INK,
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
from lde_qual.model.citation import SAFE

_LINE = 0.125
_PAD = 0.055
_INDENT = 0.13
_LABELS = 2.55
_HEAD_SIZES = (7.2, 6.8, 6.4, 6.0)
_LABEL_SIZE = 7.2
_CELL_SIZE = 7.0


@dataclass(frozen=True)
class _Row:
    """One code: its label folded into lines; of each column n and N, whether nobody was asked, and its id."""

    lines: list[str]
    level: int
    root: str
    cells: list[tuple[int, int]]
    unasked: list[bool]
    ids: list[str]

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + _PAD


def code_by_role(
    frame: pd.DataFrame,
    *,
    roles: Mapping[str, str],
    lang: str,
    title: str = "",
    nested: bool = True,
    stamp: bool = False,
    notes: Sequence[str] = (),
    unasked: Collection[tuple[str, str]] = (),
    cells: Mapping[tuple[str, str], str] | None = None,
) -> Figure:
    """Draw n of N respondents for each code and role.

    Parameters
    ----------
    frame : DataFrame
        ``analysis.frequency`` by ``role``, unit ``respondents``; rows are drawn in its order.
    roles : mapping of str to str
        Labels of the roles; a role without one is drawn under its id.
    lang : str
        ``nl`` or ``en``.
    title : str
        What stands above it, so that the picture can stand alone.
    nested : bool
        Whether labels are indented by their level.
    stamp : bool
        Whether the figure says that it shows written examples.
    notes : sequence of str
        What else must be said under it.
    unasked : collection of (str, str)
        Code and role of which nobody was asked; a zero there says so.
    cells : mapping of (str, str) to str, optional
        Ids that cells, by code and role, bear in an svg.

    Returns
    -------
    Figure
        As wide as an A4 page between its margins; a group of fewer than three is
        not shaded, since a share of so few says nothing.
    """
    columns = list(dict.fromkeys(frame["role"]))
    rows = _rows(frame, columns, nested=nested, unasked=unasked, ids=cells or {})
    column_width = (A4_WIDTH - _LABELS) / max(len(columns), 1)
    names = {column: _named(column, roles, lang) for column in columns}
    size = _head_size(names.values(), column_width - 0.04)
    heads = [[*folded(names[column], column_width - 0.04, size), f"N = {_size(frame, column)}"] for column in columns]
    below = noted([figure_word("fig_code_by_role_note", lang), *notes])
    below += [figure_word("example", lang)] if stamp else []
    above = titled(title)
    top = max((len(head) for head in heads), default=1) * _LINE + 0.12 + title_height(above)
    gaps = 0.07 * sum(one.root != other.root for one, other in itertools.pairwise(rows))
    body = sum(row.height for row in rows) + gaps
    figure, axes = sheet(A4_WIDTH, top + body + 0.16 + 0.12 * len(below))
    write_title(axes, above)
    for index, head in enumerate(heads):
        _write_head(axes, (_LABELS + (index + 0.5) * column_width, top), head, size, bold=columns[index] == TOTAL)
    bottom = _draw_rows(axes, rows, top, column_width, small=_small(frame, columns), lang=lang)
    write_notes(axes, bottom, below, stamp=stamp)
    return on_a_page(figure)


def _rows(
    frame: pd.DataFrame,
    columns: list[str],
    *,
    nested: bool,
    unasked: Collection[tuple[str, str]],
    ids: Mapping[tuple[str, str], str],
) -> list[_Row]:
    rows = []
    for code, group in frame.groupby("code", sort=False):
        first = group.iloc[0]
        level = int(first["level"]) if nested else 0
        by_role = {
            role: (int(n), int(whole)) for role, n, whole in zip(group["role"], group["n"], group["N"], strict=True)
        }
        lines = folded(first["label"], _LABELS - 0.1 - _indent(level), _LABEL_SIZE, _weight(level))
        cells = [by_role[column] for column in columns]
        silent = [(code, column) in unasked for column in columns]
        named = [ids.get((first["code"], column), "") for column in columns]
        rows.append(_Row(lines, level, first["path"].split("/")[0], cells, silent, named))
    return rows


def _weight(level: int) -> str:
    return "bold" if level == 1 else "normal"


def _indent(level: int) -> float:
    return _INDENT * max(level - 1, 0)


def _small(frame: pd.DataFrame, columns: list[str]) -> list[bool]:
    sizes = dict(zip(frame["role"], frame["N"], strict=True))
    return [sizes[column] < SAFE for column in columns]


def _named(column: str, roles: Mapping[str, str], lang: str) -> str:
    names = {TOTAL: figure_word("everyone", lang), NONE: figure_word("none", lang)}
    return names.get(column) or roles.get(column, column)


def _size(frame: pd.DataFrame, column: str) -> int:
    return int(frame.loc[frame["role"] == column, "N"].iloc[0])


def _head_size(names: Iterable[str], room: float) -> float:
    words = [word for name in names for word in name.split()]
    fitting = (size for size in _HEAD_SIZES if all(wide(word, size) <= room for word in words))
    return next(fitting, _HEAD_SIZES[-1])


def _write_head(axes: Any, at: tuple[float, float], lines: list[str], size: float, *, bold: bool) -> None:
    x, bottom = at
    write(axes, x, bottom - 0.1, lines[-1], ha="center", fontsize=6.5, color=FAINT)
    for index, line in enumerate(reversed(lines[:-1]), start=1):
        weight = "bold" if bold else "normal"
        write(axes, x, bottom - 0.1 - index * _LINE, line, ha="center", fontsize=size, weight=weight)


def _draw_rows(axes: Any, rows: list[_Row], top: float, column_width: float, *, small: list[bool], lang: str) -> float:
    y = top
    axes.plot([0, A4_WIDTH], [y, y], color=INK, linewidth=0.7)
    for index, row in enumerate(rows):
        if index and row.root != rows[index - 1].root:
            y += 0.07
            axes.plot([0, A4_WIDTH], [y - 0.035, y - 0.035], color=FAINT, linewidth=0.5)
        _draw_row(axes, row, y, column_width, small=small, lang=lang)
        y += row.height
    axes.plot([0, A4_WIDTH], [y, y], color=INK, linewidth=0.7)
    return y


def _draw_row(axes: Any, row: _Row, y: float, column_width: float, *, small: list[bool], lang: str) -> None:
    middle = y + row.height / 2
    for index, line in enumerate(row.lines):
        at = middle + (index - (len(row.lines) - 1) / 2) * _LINE
        write(axes, 0.04 + _indent(row.level), at, line, fontsize=_LABEL_SIZE, weight=_weight(row.level))
    for index, (n, whole) in enumerate(row.cells):
        left = _LABELS + index * column_width
        share = 0.0 if small[index] or not whole else n / whole
        cell = Rectangle((left, y), column_width, row.height, facecolor=tint(share), edgecolor=RULE, linewidth=0.4)
        cell.set_gid(row.ids[index] or None)
        axes.add_patch(cell)
        text = _cell(n, whole, unasked=row.unasked[index], lang=lang)
        colour = FAINT if n == 0 else ink_on(share)
        size = _CELL_SIZE * min(1.0, (column_width - 0.04) / wide(text, _CELL_SIZE))
        write(axes, left + column_width / 2, middle, text, ha="center", fontsize=size, color=colour)


def _cell(n: int, whole: int, *, unasked: bool, lang: str) -> str:
    if not whole:
        return figure_word("undefined", lang)
    if unasked and n == 0:
        return figure_word("not_asked", lang)
    return figure_word("n_of_N", lang).format(n=n, N=whole)
