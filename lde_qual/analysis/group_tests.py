"""Whether groups of respondents differ in what they name: exact tests, for who asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lde_qual.analysis.columns import NONE, Axis, Columns
from lde_qual.analysis.corrections import corrected, exact, shuffled
from lde_qual.analysis.frequency import count_marks, with_attrs
from lde_qual.analysis.rows import Rows, choose_rows
from lde_qual.errors import UsageError
from lde_qual.model.citation import SAFE
from lde_qual.model.transcript import INTERVIEWER

Ints = NDArray[np.int64]
TESTS = ("fisher", "permutation")
_UNITS = ("respondents", "segments", "turns", "words")


@dataclass(frozen=True)
class _Sample:
    """The respondents of the groups that are compared."""

    groups: list[str]
    people: Ints
    member: NDArray[np.bool_]

    @property
    def sizes(self) -> list[int]:
        """How many respondents each group has."""
        return [int(size) for size in self.member.sum(axis=1)]


def compare(
    facts: Columns,
    *,
    by: Sequence[str],
    test: str,
    unit: str = "respondents",
    correction: str = "holm",
    draws: int = 9999,
    rng: np.random.Generator,
    aggregate: bool = True,
    codes: Sequence[str] | None = None,
    level: int | None = None,
) -> pd.DataFrame:
    """Test for each code whether the groups of an attribute differ.

    Parameters
    ----------
    by : sequence of str
        One attribute, and at most one dimension: each value of it is tested by itself.
    test : str
        ``fisher``: who names it at all (`corrections.exact`); ``permutation``: respondents
        are dealt over the groups anew (`corrections.shuffled`).
    unit : str
        ``respondents``: whether a respondent names it. ``segments``, ``turns``, ``words``
        (only with ``permutation``): how many, per 1000 words that the respondent says.
    correction : str
        See `corrections.corrected`; over all tests of the table.
    draws, rng
        For ``permutation``.

    Returns
    -------
    DataFrame
        ``code, path, level, label, [<dimension>,] groups, value, p, p_adjusted, tests, test,
        correction, unit, coder``. ``groups`` and ``value`` name the groups and what they come
        to, joined by ``;``: ``n/N`` respondents, or the mean per 1000 words. ``tests`` is how
        many there are to correct for. p is NA where all respondents are alike.

    Raises
    ------
    UsageError
        For options that do not go together, and where fewer than two groups have three
        respondents or a respondent stands in two of them.

    Notes
    -----
    Groups of fewer than three, respondents without a value and the interviewer are left
    out, and a notice says so.
    """
    axis, dimension = _axes(facts, by)
    _check(test, unit)
    sample, left_out = _sample(facts, axis)
    rows = choose_rows(facts, codes=codes, level=level, aggregate=aggregate)
    values, labels = _values(facts, rows, dimension, unit=unit)
    chosen = values[sample.people]
    if test == "fisher":
        counts = sample.member.astype(np.int64) @ chosen.astype(np.int64)
        p = np.array([exact(named.tolist(), sample.sizes) for named in counts.T], dtype=float)
    else:
        p = shuffled(chosen, sample.member, draws=draws, rng=rng)
    frame = _table(facts, rows, [dimension.name] if dimension else [], labels)
    frame["groups"] = ";".join(sample.groups)
    frame["value"] = _said(chosen, sample, unit=unit)
    frame = frame.assign(p=p, p_adjusted=corrected(p, correction), tests=int((~np.isnan(p)).sum()), test=test)
    frame = frame.assign(correction=correction, unit=unit, coder=facts.coder)
    return with_attrs(frame, facts, unit=unit, notices=[*rows.notices, _warning(sample, left_out)])


def _axes(facts: Columns, by: Sequence[str]) -> tuple[Axis, Axis | None]:
    axes = [facts.axis(name) for name in by]
    attributes = [axis for axis in axes if axis.of_turns is not None]
    dimensions = [axis for axis in axes if axis.of_codings is not None]
    if len(attributes) != 1 or len(dimensions) > 1:
        raise UsageError(
            f"--test compares the groups of one attribute, not of '{','.join(by)}'.",
            way_out="Give --by one attribute, such as role, and at most one dimension, such as role,richting.",
        )
    return attributes[0], dimensions[0] if dimensions else None


def _check(test: str, unit: str) -> None:
    if test not in TESTS:
        raise UsageError(f"'{test}' is no test.", way_out=f"Use one of {', '.join(TESTS)}.")
    if unit not in _UNITS:
        raise UsageError(f"--test does not go with --unit {unit}.", way_out=f"Use one of {', '.join(_UNITS)}.")
    if test == "fisher" and unit != "respondents":
        raise UsageError(
            f"--test fisher counts who names a code at all, not {unit}.",
            way_out="Use --unit respondents, or --test permutation.",
        )


def _sample(facts: Columns, axis: Axis) -> tuple[_Sample, list[str]]:
    where = axis.of_turns if axis.of_turns is not None else np.zeros(0, dtype=np.int64)
    found = np.zeros((len(axis.labels), len(facts.respondents)), dtype=bool)
    found[where, facts.turn_respondent] = True
    found[:, [person == INTERVIEWER for person in facts.respondents]] = False
    twice = [facts.respondents[person] for person in np.flatnonzero(found.sum(axis=0) > 1)]
    if twice:
        raise UsageError(
            f"{', '.join(twice)} {'stands' if len(twice) == 1 else 'stand'} in more than one group of '{axis.name}', "
            "and a test needs groups of different people.",
            way_out="Test by an attribute of respondents, such as role.",
        )
    sizes = found.sum(axis=1)
    kept = [index for index, label in enumerate(axis.labels) if label != NONE and sizes[index] >= SAFE]
    left = [
        f"{label} ({sizes[index]})" for index, label in enumerate(axis.labels) if index not in kept and sizes[index]
    ]
    if len(kept) < 2:
        raise UsageError(
            f"Fewer than two groups of '{axis.name}' have {SAFE} respondents; so few are not tested.",
            way_out="Use an attribute with larger groups.",
        )
    people = np.flatnonzero(found[kept].any(axis=0))
    return _Sample([axis.labels[index] for index in kept], people, found[kept][:, people]), left


def _values(facts: Columns, rows: Rows, dimension: Axis | None, *, unit: str) -> tuple[NDArray[np.float64], list[str]]:
    """Return what each respondent comes to in each cell, and the dimension's values."""
    labels = dimension.labels if dimension else [""]
    people, cells = len(facts.respondents), len(rows.codes) * len(labels)
    part = np.zeros(len(rows.mark), dtype=np.int64)
    if dimension is not None and dimension.of_codings is not None:
        part = dimension.of_codings[facts.mark_coding[rows.mark]]
    cell = facts.turn_respondent[facts.mark_turn[rows.mark]] * cells + rows.row * len(labels) + part
    n = count_marks(facts, unit, cell, rows.mark, cells=people * cells).reshape(people, cells).astype(float)
    if unit != "respondents":
        spoken = np.bincount(facts.turn_respondent, weights=facts.turn_words, minlength=people)
        n = 1000 * n / np.maximum(spoken, 1)[:, None]
    return n, labels


def _table(facts: Columns, rows: Rows, dimension: list[str], labels: list[str]) -> pd.DataFrame:
    codebook = facts.codebook
    codes = [code for code in rows.codes for _ in labels]
    columns: dict[str, list[object]] = {
        "code": list(codes),
        "path": ["/".join(codebook.path(code)) for code in codes],
        "level": [codebook.level(code) for code in codes],
        "label": [codebook.code(code).label for code in codes],
    }
    return pd.DataFrame(columns | {name: labels * len(rows.codes) for name in dimension})


def _said(values: NDArray[np.float64], sample: _Sample, *, unit: str) -> list[str]:
    sums = sample.member.astype(float) @ values
    found = []
    for column in sums.T:
        pairs = zip(column.tolist(), sample.sizes, strict=True)
        if unit == "respondents":
            found.append(";".join(f"{n:.0f}/{size}" for n, size in pairs))
        else:
            found.append(";".join(f"{n / size:.4g}" for n, size in pairs))
    return found


def _warning(sample: _Sample, left_out: list[str]) -> str:
    groups = ", ".join(f"{group} {size}" for group, size in zip(sample.groups, sample.sizes, strict=True))
    left = f" Left out as too few or without a value: {', '.join(left_out)}." if left_out else ""
    return (
        f"{len(sample.people)} respondents ({groups}), chosen and not drawn by lot: a p-value says how "
        "rarely codes would fall so unevenly if the group did not matter, and nothing about other people. With so few, "
        f"a real difference is easily missed, and people of one interview are no independent voices.{left}"
    )
