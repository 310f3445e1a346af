"""How alike respondents are in what they name, and codes in where they stand: pairs, clusters, a tree and a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, leaves_list
from scipy.cluster.hierarchy import linkage as joined
from scipy.spatial.distance import squareform

from lde_qual.analysis.facts import Facts
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.rows import choose_rows
from lde_qual.errors import RefusedError, UsageError

Floats = NDArray[np.float64]
MEASURES = ("jaccard", "sorensen", "pearson")
OF = ("respondents", "codes")
FEWEST = 3
"""Things under which nothing is clustered and no map drawn."""
MOST = 80
"""Things above which a map or a drawn tree is no picture any more."""
_MOST_STEPS = 10_000
LINKAGES = ("average", "complete", "single")


@dataclass(frozen=True)
class Likeness:
    """How alike each two things are.

    Attributes
    ----------
    facts : Facts
    items : list of str
        Respondents or codes; those without any feature, or of which the measure is
        undefined with every other, are left out: they are `left_out`, and `notices` name
        them.
    features : array of bool, shape (items, features)
        Of a respondent, which codes they name; of a code, which turns carry it.
    values : array of float, shape (items, items)
        Symmetric, 1 on the diagonal.
    linkage : str
        One of `LINKAGES`: groups are as far apart as their things on ``average`` (Sokal
        and Michener, 1958), as the two furthest (``complete``) or the two nearest
        (``single``).
    """

    facts: Facts
    of: str
    measure: str
    items: list[str]
    features: NDArray[np.bool_]
    values: Floats
    notices: list[str]
    linkage: str = "average"
    left_out: tuple[str, ...] = ()

    def pairs(self) -> pd.DataFrame:
        """Return a row for each two things: ``a, b, n_a, n_b, n_ab, n, likeness``, most alike first.

        n_a and n_b count features of each, n_ab those of both, n all there are.
        """
        counts = self.features.astype(np.int64)
        shared = counts @ counts.T
        rows = [
            (self.items[a], self.items[b], *(int(shared[pair]) for pair in ((a, a), (b, b), (a, b))), self.values[a, b])
            for a, b in zip(*np.triu_indices(len(self.items), k=1), strict=True)
        ]
        frame = pd.DataFrame(rows, columns=["a", "b", "n_a", "n_b", "n_ab", "likeness"])
        frame.insert(5, "n", self.features.shape[1])
        frame = frame.sort_values("likeness", ascending=False, kind="stable", ignore_index=True)
        return with_attrs(frame, self.facts, unit=self.of, notices=self.notices)

    def clusters(self, number: int) -> pd.DataFrame:
        """Return each thing with its cluster, by `linkage` of 1 - likeness.

        Returns
        -------
        DataFrame
            ``item, cluster``; clusters are numbered in the order of `items`, and one of
            fewer than three things is no group to speak of: its ``cluster`` is NA.

        Raises
        ------
        UsageError
            For fewer than one cluster, or more than there are things.
        RefusedError
            For fewer than three things.
        """
        self._refuse_few()
        if not 1 <= number <= len(self.items):
            raise UsageError(f"There cannot be {number} clusters of {len(self.items)}.", way_out="Give another number.")
        found = fcluster(self._joins(), t=number, criterion="maxclust").tolist()
        order = list(dict.fromkeys(found))
        named = [order.index(each) + 1 if found.count(each) >= FEWEST else None for each in found]
        frame = pd.DataFrame({"item": self.items, "cluster": pd.array(named, dtype="Int64")})
        return with_attrs(frame, self.facts, unit=self.of, notices=[*self.notices, self._said_linkage()])

    def tree(self) -> pd.DataFrame:
        """Return how things join to groups, the nearest first, by `linkage` of 1 - likeness.

        Returns
        -------
        DataFrame
            ``join, a, b, height, items``: a and b are things, or ``#k`` for what join k
            made; height is the distance of the two; items how many things are in it.
            ``attrs["order"]`` holds the things so that a drawing has no crossing lines.
            Of equal distances the one of earlier things joins first.

        Raises
        ------
        RefusedError
            For fewer than three things.

        Notes
        -----
        Worked by hand: of three things at distances 2/3, 1/2 and 1 the second pair joins at
        1/2, and the third thing at the mean of 2/3 and 1 (5/6), the larger (1) or the
        smaller (2/3), by average, complete and single linkage.
        """
        self._refuse_few()
        joins, many = self._joins(), len(self.items)
        names = [*self.items, *(f"#{join}" for join in range(1, many))]
        rows = [
            (join, names[int(a)], names[int(b)], height, int(items))
            for join, (a, b, height, items) in enumerate(joins.tolist(), start=1)
        ]
        frame = pd.DataFrame(rows, columns=["join", "a", "b", "height", "items"])
        with_attrs(frame, self.facts, unit=self.of, notices=[*self.notices, self._said_linkage()])
        frame.attrs["order"] = [self.items[at] for at in leaves_list(joins).tolist()]
        return frame

    def _joins(self) -> Floats:
        return np.asarray(joined(squareform(1 - self.values, checks=False), method=self.linkage))

    def _said_linkage(self) -> str:
        return f"Linkage: {self.linkage}."

    def map(self) -> tuple[pd.DataFrame, float]:
        """Return a map on which things that are alike lie close, and its stress.

        Distances on the map are as near to 1 - likeness as steps of the Guttman transform
        bring them (de Leeuw, 1977), which never raise the stress, from classical scaling
        (Torgerson, 1952) on. Nothing in it is drawn by chance; the axes have no meaning of
        their own, nor has their sign.

        Returns
        -------
        (DataFrame, float)
            ``item, x, y``; and Kruskal's (1964) stress-1: the root of the summed squares
            of map distance less 1 - likeness, over the summed squares of map distance.
            0 is a true picture; NaN where all things lie on one spot.

        Raises
        ------
        RefusedError
            For fewer than three things, or more than `MOST`.

        Notes
        -----
        Worked by hand: two pairs of things at distance 1, and 3/4 between a thing of the one
        and a thing of the other pair, are no flat figure. The map is a square with the pairs
        as diagonals of length d = (4 + 3 root of 2) / 8, where the derivative of
        2 (d - 1)^2 + 4 (d / root of 2 - 3/4)^2 is 0; stress is the root of 4.25 / 4d^2 - 1,
        0.0294.
        """
        self._refuse_few()
        self.refuse_many()
        wanted = 1 - self.values
        points = _fitted(wanted, _classical(wanted))
        apart = _distances(points)
        total = float((apart**2).sum())
        stress = float(np.sqrt(((apart - wanted) ** 2).sum() / total)) if total > 1e-12 else float("nan")
        frame = pd.DataFrame({"item": self.items, "x": points[:, 0], "y": points[:, 1]})
        return with_attrs(frame, self.facts, unit=self.of, notices=[*self.notices, f"Stress: {stress:.3f}."]), stress

    def refuse_many(self) -> None:
        """Refuse a picture of more than `MOST` things.

        Raises
        ------
        RefusedError
            Where there are more, with what to do instead.
        """
        if len(self.items) > MOST:
            raise RefusedError(
                f"{len(self.items)} {self.of} make no picture that can be read: at most {MOST} do.",
                way_out="Choose fewer codes with --codes or --level, or look at --table pairs, clusters or tree.",
            )

    def _refuse_few(self) -> None:
        if len(self.items) < FEWEST:
            raise RefusedError(
                f"There are {len(self.items)} {self.of} to compare: fewer than {FEWEST} make no groups and no map.",
                way_out="Look at the pairs, or take more codes.",
            )


def likeness(
    facts: Facts,
    *,
    of: str = "respondents",
    measure: str = "jaccard",
    linkage: str = "average",
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> Likeness:
    """Compare respondents by the codes they name, or codes by the turns that carry them.

    Parameters
    ----------
    of : str
        ``respondents`` or ``codes``.
    measure : str
        With a, b, c features of both, of one and of the other alone, d of neither:
        ``jaccard`` a / (a + b + c); ``sorensen`` 2a / (2a + b + c); ``pearson`` the
        correlation of having and not having (phi).
    linkage : str
        Of clusters and tree: ``average``, ``complete`` or ``single`` (see `Likeness`).
    codes, level
        See `rows.choose_rows`; a code counts its whole subtree.

    Raises
    ------
    UsageError
        For another `of`, `measure` or `linkage`.

    Notes
    -----
    Worked by hand: of three codes R1 names the first two and R2 the first and the third.
    Jaccard is 1/3, Sorensen 2/4; Pearson, with n = 3, is (3 - 4) / (root of 2 times root of
    2) = -1/2.
    """
    if of not in OF or measure not in MEASURES:
        raise UsageError(
            f"There is no likeness of '{of}' by '{measure}'.",
            way_out=f"Take {' or '.join(OF)}, by {', '.join(MEASURES)}.",
        )
    if linkage not in LINKAGES:
        raise UsageError(f"There is no linkage '{linkage}'.", way_out=f"Take {', '.join(LINKAGES)}.")
    rows = choose_rows(facts, codes=codes, level=level)
    turn = facts.mark_turn[rows.mark]
    if of == "respondents":
        features = np.zeros((len(facts.respondents), len(rows.codes)), dtype=bool)
        features[facts.turn_respondent[turn], rows.row] = True
        names = facts.respondents
    else:
        features = np.zeros((len(rows.codes), len(facts.turns)), dtype=bool)
        features[rows.row, turn] = True
        names = rows.codes
    kept = np.asarray(features.any(axis=1))
    if measure == "pearson":
        kept &= ~features.all(axis=1)
    left = [name for name, stays in zip(names, kept.tolist(), strict=True) if not stays]
    notices = [*rows.notices, *([f"Left out, since nothing tells them apart: {', '.join(left)}."] if left else [])]
    chosen = [name for name, stays in zip(names, kept.tolist(), strict=True) if stays]
    values = _values(features[kept], measure)
    return Likeness(facts, of, measure, chosen, features[kept], values, notices, linkage, tuple(left))


def _classical(wanted: Floats) -> Floats:
    """Return points on two axes, by classical scaling, their signs settled."""
    centring = np.eye(len(wanted)) - 1 / len(wanted)
    values, vectors = np.linalg.eigh(-centring @ wanted**2 @ centring / 2)
    points = vectors[:, ::-1][:, :2] * np.sqrt(np.maximum(values[::-1][:2], 0))
    turned = np.abs(points).argmax(axis=0)
    return np.asarray(points * np.where(points[turned, [0, 1]] < 0, -1, 1))


def _fitted(wanted: Floats, points: Floats) -> Floats:
    """Return points moved by Guttman transforms until the squares that stress sums fall no further."""
    loss = np.inf
    for _ in range(_MOST_STEPS):
        apart = _distances(points)
        now = float(((apart - wanted) ** 2).sum())
        if loss - now <= 1e-10 * max(now, 1.0):
            break
        loss = now
        pull = -np.divide(wanted, apart, out=np.zeros_like(apart), where=apart > 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = pull @ points / len(points)
    return points


def _distances(points: Floats) -> Floats:
    return np.asarray(np.linalg.norm(points[:, None] - points[None], axis=2))


def _values(features: NDArray[np.bool_], measure: str) -> Floats:
    if not len(features):
        return np.zeros((0, 0))
    counts = features.astype(np.float64)
    both = counts @ counts.T
    each = np.diag(both)
    if measure == "jaccard":
        return np.asarray(both / (each[:, None] + each[None] - both))
    if measure == "sorensen":
        return np.asarray(2 * both / (each[:, None] + each[None]))
    n = features.shape[1]
    spread = np.sqrt(each * (n - each))
    values = (n * both - each[:, None] * each[None]) / (spread[:, None] * spread[None])
    np.fill_diagonal(values, 1.0)
    # Rounding may lift 1 by a hair, and a distance below 0 is none.
    return np.asarray(np.clip(values, -1, 1))
