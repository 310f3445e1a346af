"""What changed between two texts, line by line, so that it can be done again and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

from lde_qual.errors import StaleError

CONTEXT = 2
"""Unchanged lines kept on both sides of a change: they tell whether it still is the same place."""

Hunk = Sequence[Any]
"""``[start_line, [old lines], [new lines]]``, lines counted from 1; a list, since it stands in JSON."""


def difference(before: str, after: str) -> list[list[Any]]:
    """Return the hunks that lead from one text to the other.

    Returns
    -------
    list of [int, list of str, list of str]
        First line in `before`, from 1; the lines there; the lines instead.
        Both hold up to `CONTEXT` unchanged lines at either end.
    """
    old, new = before.split("\n"), after.split("\n")
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    hunks = []
    for group in matcher.get_grouped_opcodes(CONTEXT):
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        hunks.append([i1 + 1, old[i1:i2], new[j1:j2]])
    return hunks


def apply_difference(text: str, hunks: Iterable[Hunk]) -> str:
    """Return the text with every hunk's lines replaced.

    Lines that moved as a whole are still found, where they stand in the text just once.

    Raises
    ------
    StaleError
        Where the lines of a hunk are not there any more.
    """
    lines = text.split("\n")
    shift = 0
    for start, old, new in hunks:
        at = _find(lines, list(old), start - 1 + shift)
        lines[at : at + len(old)] = new
        shift = at - (start - 1) + len(new) - len(old)
    return "\n".join(lines)


def invert(hunks: Iterable[Hunk]) -> list[list[Any]]:
    """Return the hunks that lead back."""
    inverse = []
    shift = 0
    for start, old, new in hunks:
        inverse.append([start + shift, list(new), list(old)])
        shift += len(new) - len(old)
    return inverse


def _find(lines: list[str], wanted: list[str], expected: int) -> int:
    if expected >= 0 and lines[expected : expected + len(wanted)] == wanted:
        return expected
    places = [at for at in range(len(lines) - len(wanted) + 1) if lines[at : at + len(wanted)] == wanted]
    if len(places) == 1 and wanted:
        return places[0]
    raise StaleError(
        f"The lines that were changed there are no longer as they were (from line {expected + 1}).",
        way_out="The file was changed since by other means; edit it by hand.",
        line=expected + 1,
    )
