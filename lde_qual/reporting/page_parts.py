"""The values that a page is laid out in, and that html, Word and Markdown print alike."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Voice:
    """A quote with its citation; `flag` where fewer than three share the label."""

    text: str
    cited_as: str
    flag: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Direction:
    """A factor with one value of the first dimension: a cell for each role, the total last; `keys` as in `Line`."""

    value: str
    cells: list[str]
    keys: list[str]
    asked: str
    interviews: str
    quote: Voice | None
    counter: Voice | None


@dataclass(frozen=True, slots=True)
class Factor:
    """A code of the overview and its directions."""

    label: str
    phase: str
    directions: list[Direction]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of codes; `level` is its depth in the tree, `keys` what stands behind each cell."""

    label: str
    level: int
    cells: list[str]
    keys: list[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes and the units that carry both."""

    a: str
    b: str
    n: int
    n_a: int
    n_b: int
    jaccard: str
    key: str


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """A role too small for a figure, with its pairs in the order of the tree."""

    lead: str
    pairs: list[str]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A code and the quotes printed under it, by role; `path` is what stands above it."""

    label: str
    path: str
    total: str
    by_role: list[tuple[str, list[Voice]]] = field(default_factory=list)
