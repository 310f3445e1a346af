"""Why a number changed: the laws of what differs between two states."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_counting_laws import studies

from lde_qual.analysis.difference import differences
from lde_qual.analysis.difference_cells import TABLES, Views
from lde_qual.analysis.difference_ledger import Side
from lde_qual.analysis.facts import TOTAL, lay_out
from lde_qual.analysis.frequency import UNITS, frequency
from lde_qual.analysis.matrix import matrix
from lde_qual.model.fold import fold
from lde_qual.model.history import as_of, changed_between, not_later, touched
from lde_qual.model.operation import Operation
from lde_qual.model.study import Study

QUICK = settings(max_examples=20, deadline=None)


def side(study: Study, operations: list[Operation]) -> Side:
    facts = lay_out(replace(study, states={"anna": fold("anna", operations)}), "anna")
    return Side(facts, facts.codes)


def made(study: Study) -> list[Operation]:
    return list(study.states["anna"].operations.values())


def compare(study: Study, before: list[Operation], after: list[Operation], *, unit: str):
    states = fold("anna", before), fold("anna", after)
    things = touched(changed_between(*states), {**states[0].operations, **states[1].operations})

    def touching(facts, coding):
        return things.get(facts.codings[coding].coding.id, ())

    views = Views(TABLES, ["role", "richting"], unit, rows="richting", cols="respondent")
    return differences(side(study, before), side(study, after), views=views, touching=touching)


def groups(text: str) -> dict[str, str]:
    """The groups that a row or column names, as ``richting=ja role=a``; of everything none."""
    return dict(part.split("=") for part in text.removesuffix(" n").split() if part != TOTAL)


def cell(where: Side, row: dict, *, unit: str) -> int:
    """What the views themselves say of a cell that counts."""
    of = groups(row["column"])
    if row["table"] == "matrix":
        of |= groups(row["row"])
        frame = matrix(where.facts, rows="richting", cols="respondent", unit=unit)
    else:
        unit = unit if row["table"] == "frequency" else "respondents"
        frame = frequency(where.facts, by=list(of), unit=unit, codes=[row["row"]])
    for name, group in of.items():
        frame = frame[frame[name] == group]
    return int(frame["n"].sum())


@QUICK
@given(studies(), st.sampled_from(UNITS))
def test_a_state_does_not_differ_from_itself(study, unit):
    """Between a state and itself no cell changed."""
    operations = made(study)
    assert compare(study, operations, operations, unit=unit).empty


@QUICK
@given(studies(), st.integers(0, 8), st.sampled_from(UNITS), st.randoms(use_true_random=False))
def test_without_the_operations_named_the_cell_is_what_it_was(study, kept, unit, chance):
    """The operations of a cell are all that moved it: without them it counts what it counted before."""
    operations = [found for found in made(study) if found.id in study.states["anna"].codings]
    frame = compare(study, operations[:kept], operations, unit=unit)
    counted = frame[frame["column"].str.endswith(" n")]
    if counted.empty:
        return
    row = counted.to_dict("records")[chance.randrange(len(counted))]
    named = set(row["operations"].split(";"))
    assert named <= {operation.id for operation in operations[kept:]}
    without = side(study, [operation for operation in operations if operation.id not in named])
    assert cell(without, row, unit=unit) == row["before"] != row["after"]


@QUICK
@given(studies(), st.integers(0, 8))
def test_forth_and_back_are_each_other(study, kept):
    """What changed from one state to another changed from the other to the one, by the same operations."""
    operations = made(study)
    forth = compare(study, operations[:kept], operations, unit="turns")
    back = compare(study, operations, operations[:kept], unit="turns")
    turned = forth.rename(columns={"before": "after", "after": "before"})[back.columns]
    assert sorted(map(str, turned.to_dict("records"))) == sorted(map(str, back.to_dict("records")))


@given(studies())
def test_the_end_of_time_is_today(study):
    """As of a moment after the last line a journal is what it is, and before the first it is empty."""
    state = study.states["anna"]
    assert as_of(state, "2999").codings == state.codings
    assert not as_of(state, "2000-01-01").operations


@pytest.mark.parametrize(
    ("at", "moment", "holds"),
    [
        ("2026-03-01T23:59:59.999Z", "2026-03-01", True),
        ("2026-03-02T00:00:00.000Z", "2026-03-01", False),
        ("2026-03-01T14:30:59.000Z", "2026-03-01T14:30", True),
        ("2026-03-01T14:31:00.000Z", "2026-03-01T14:30Z", False),
        ("2025-12-31T10:00:00.000Z", "2026", True),
    ],
)
def test_a_moment_is_as_long_as_it_is_written(at, moment, holds):
    """A day is the whole day, a minute the whole minute."""
    assert not_later(at, moment) is holds
