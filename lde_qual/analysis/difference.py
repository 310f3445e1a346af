"""Which cells of the tables differ between two states of a study, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from lde_qual.analysis.difference_cells import QUOTED, TABLES, Cells, Key, Views, cells_of, factors
from lde_qual.analysis.difference_ledger import Cell, Counted, Shared, Side, Told
from lde_qual.analysis.facts import Facts
from lde_qual.errors import UsageError

COLUMNS = ("table", "row", "column", "before", "after", "operations")
Touching = Callable[[Facts, int], Iterable[str]]
Sides = tuple[Side, Side]


def check_tables(tables: Iterable[str]) -> list[str]:
    """Return the tables to compare.

    Raises
    ------
    UsageError
        For a name that is none of `TABLES`, and for none at all.
    """
    chosen = list(tables)
    for name in chosen:
        if name not in TABLES:
            raise UsageError(f"diff compares no table '{name}'.", way_out=f"Use {', '.join(TABLES)}.")
    if not chosen:
        raise UsageError("--table names no table.", way_out=f"Use {', '.join(TABLES)}.")
    return chosen


def differences(before: Side, after: Side, *, views: Views, touching: Touching) -> pd.DataFrame:
    """Return every cell that differs.

    Parameters
    ----------
    views : Views
        Which tables, and how they are made.
    touching : callable
        Returns the ids of the operations between the two states that touched a coding,
        given the facts and its index there.

    Returns
    -------
    DataFrame
        ``table, row, column, before, after, operations``, in the order of `TABLES`:

        - ``frequency``: row a code, column ``ATTR=GROUP n`` or ``N``, ``total n`` or ``N``;
        - ``matrix``: a group or code of `rows` and ``ATTR=GROUP n`` or ``CODE n`` of `cols`;
        - ``cooccurrence``: two codes, none above the other, and n_ab in turns;
        - ``overview``: a code, ``DIMENSION=VALUE role=ROLE n`` and ``… total n`` in
          respondents, and the texts ``… quote`` and ``… counter_quote``;
        - ``quotes``: a code, and ``CODING quote`` (a text), or ``respondent``, a dimension,
          ``mark`` or ``cited_as`` of a quote that both sides have.

        A side that has not the code is NA; of such a code only cells that count something
        are listed. A group that one side has not counts 0 there. N of a code or group that
        one side has not is not listed. ``operations`` are those that touched the codings
        through which units came into the cell or left it, or whose text stood or stands in
        it, in order, joined by ``;``; NA where there is none, as for N.

    Notes
    -----
    Worked by hand: two respondents are coded at a code; one coding is taken away. n of that
    code goes from 2 to 1, and the operation that took it away is named; had that respondent
    a second coding there, n would be 2 on both sides and nothing listed.
    """
    sides = (before, after)
    views = replace(views, factors=factors((after, before)))
    cells = (cells_of(before, views), cells_of(after, views))
    rows = []
    for key in sorted(dict.fromkeys([*cells[1], *cells[0]]), key=lambda key: TABLES.index(key[0])):
        one, other = (_value(key, found, cells, side) for found, side in zip(cells, sides, strict=True))
        if one != other and not _only_absent(key, one, other, cells):
            operations = sorted(_moved(key, cells, sides, touching))
            rows.append((*key, one, other, ";".join(operations) or None))
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    for name in ("before", "after"):
        if not any(isinstance(value, str) for value in frame[name]):
            frame[name] = frame[name].astype("Int64")
    return frame


def _cell(key: Key, cells: tuple[Cells, Cells]) -> Cell:
    found = cells[1].get(key) or cells[0].get(key)
    if found is None:
        raise KeyError(key)
    return found


def _value(key: Key, found: Cells, cells: tuple[Cells, Cells], side: Side) -> int | str | None:
    """Return what stands in a cell of one side, or what its not being there means."""
    return found[key].value if key in found else _cell(key, cells).rests_on.on(side)


def _only_absent(key: Key, one: int | str | None, other: int | str | None, cells: tuple[Cells, Cells]) -> bool:
    """Tell whether a cell is gone or come with its code, group or quote and has nothing to say by itself."""
    if key[0] == "quotes":
        return not (key in cells[0] and key in cells[1]) and not key[2].endswith(f" {QUOTED}")
    return (one is None or other is None) and (key[2].endswith(" N") or not (one or other))


def _moved(key: Key, cells: tuple[Cells, Cells], sides: Sides, touching: Touching) -> set[str]:
    """Return the operations that touched what came into a cell or left it."""
    what = _cell(key, cells).rests_on
    if isinstance(what, Counted | Shared):
        units = [what.units(side) for side in sides]
        moved = units[0].keys() ^ units[1].keys()
        found = [{coding for unit in moved & each.keys() for coding in each[unit]} for each in units]
    else:
        texts = [each[key].rests_on if key in each else None for each in cells]
        found = [{text.coding} if isinstance(text, Told) and text.coding is not None else set() for text in texts]
    return {
        operation
        for side, codings in zip(sides, found, strict=True)
        for coding in codings
        for operation in touching(side.facts, coding)
    }
