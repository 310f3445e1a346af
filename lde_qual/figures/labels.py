"""Where labels of points go, so that none covers another, and the key to points that are numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from lde_qual.figures.style import A4_WIDTH, folded, write

KEY_SIZE = 7.0
_LINE = 0.125
_RINGS = 14
_STEP = 0.09
_WAYS = 16


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in inches; y grows downward."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Tell whether `other` lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def around(x: float, y: float, across: float, tall: float) -> Box:
    """Return the rectangle of that size with its middle at (`x`, `y`)."""
    return Box(x - across / 2, y - tall / 2, x + across / 2, y + tall / 2)


def free_places(
    points: Sequence[tuple[float, float]], sizes: Sequence[tuple[float, float]], *, dot: float, within: Box
) -> list[tuple[float, float]]:
    """Return the middle of each label: the nearest place that covers neither a point nor an earlier label.

    Parameters
    ----------
    points : sequence of (float, float)
        In inches.
    sizes : sequence of (float, float)
        Width and height of each label.
    dot : float
        Width of a point.
    within : Box
        Where labels may stand.

    Returns
    -------
    list of (float, float)
        A label for which nothing is free nearby stands right of its point.
    """
    dots = [around(x, y, dot, dot) for x, y in points]
    taken: list[Box] = []
    found = []
    for (x, y), (across, tall) in zip(points, sizes, strict=True):
        places = _near(x, y, across, tall, dot)
        free = (
            place
            for place in places
            if within.holds(box := around(*place, across, tall))
            and not any(box.meets(each) for each in (*dots, *taken))
        )
        place = next(free, (x + dot / 2 + across / 2, y))
        taken.append(around(*place, across, tall))
        found.append(place)
    return found


def _near(x: float, y: float, across: float, tall: float, dot: float) -> Iterator[tuple[float, float]]:
    """Yield places around a point, from right of it and then further and further out."""
    for ring in range(_RINGS):
        out = ring * _STEP + dot / 2 + 0.01
        for way in range(_WAYS):
            angle = 2 * pi * way / _WAYS
            yield x + cos(angle) * (out + across / 2), y - sin(angle) * (out + tall / 2)


def key_columns(key: Sequence[str]) -> tuple[list[list[str]], float]:
    """Return the lines of a key in two columns of like height, and the inches it takes."""
    entries = [folded(text, A4_WIDTH / 2 - 0.2, KEY_SIZE) for text in key]
    half = sum(map(len, entries)) / 2
    columns: list[list[str]] = [[], []]
    for lines in entries:
        columns[len(columns[0]) >= half].extend(lines)
    return columns, max(map(len, columns)) * _LINE + (0.1 if key else 0.0)


def write_key(axes: Any, y: float, columns: Sequence[Sequence[str]]) -> None:
    """Write what `key_columns` returned, from `y` inches down."""
    for column, lines in enumerate(columns):
        for row, line in enumerate(lines):
            write(axes, 0.04 + column * A4_WIDTH / 2, y + row * _LINE, line, fontsize=KEY_SIZE)
