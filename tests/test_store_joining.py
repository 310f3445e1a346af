"""Joining journals of one coder: no operation is lost, and the order is the same for everyone."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.formats.journal import Line, chain, encode
from lde_qual.model.fold import fold
from lde_qual.model.operation import Operation
from lde_qual.store.joining import Clash, clashes, doubled, join

BODY = {"transcript": "t", "start": 0, "end": 99, "quote": "x", "code": "c"}
REVISED = {"coding": "1", "changes": {"memo": "x"}}


def line(identifier: str, *, after: Line | None = None, op: str = "code", body: dict[str, Any] | None = None) -> Line:
    """Return a line that follows another."""
    seq = after.operation.seq + 1 if after else 1
    chosen = BODY | {"start": int(identifier[:2], 36)} if body is None else body
    operation = Operation(identifier, seq, "2024-01-01T00:00:00.000Z", "anna", op, chosen)
    return encode(operation, prev=after.sum if after else "", salt="00" * 16)


def grow(start: list[Line], *identifiers: str) -> list[Line]:
    """Return a file that goes on from the lines of another."""
    lines = list(start)
    for identifier in identifiers:
        lines.append(line(identifier, after=lines[-1] if lines else None))
    return lines


def rechain(lines: list[Line]) -> list[Line]:
    """Return the same operations as one chain."""
    fresh: list[Line] = []
    for number, each in enumerate(lines, start=1):
        fresh.append(chain(each, seq=number, prev=fresh[-1].sum if fresh else ""))
    return fresh


def ids(files: list[list[Line]]) -> str:
    """Return the ids in their joined order."""
    return " ".join(each.id for each in join(files))


COMMON = grow([], "1", "2")
A, B, C = grow(COMMON, "3a", "5a"), grow(COMMON, "4b", "6b"), grow(COMMON, "3c")


@pytest.mark.parametrize(
    ("files", "order"),
    [
        ([A], "1 2 3a 5a"),
        ([A, A], "1 2 3a 5a"),
        ([A, COMMON], "1 2 3a 5a"),
        ([A, B], "1 2 3a 5a 4b 6b"),
        ([A, B, C], "1 2 3a 5a 3c 4b 6b"),
        ([grow(A, "7a"), grow(A, "6c"), B], "1 2 3a 5a 6c 7a 4b 6b"),
        ([A, [*COMMON[:1], *B[2:]]], "1 2 3a 5a 4b 6b"),
        ([A, [COMMON[0], *A[3:]]], "1 2 3a 5a"),
        ([rechain([*A, *B[2:]]), B], "1 2 3a 5a 4b 6b"),
        ([grow(rechain([*A, *B[2:]]), "9"), B], "1 2 3a 5a 4b 6b 9"),
        ([grow(rechain([*B, *A[2:]]), "9"), A], "1 2 4b 6b 3a 5a 9"),
        ([rechain([*A, *B[2:]]), rechain([*B, *A[2:]])], "1 2 3a 5a 4b 6b"),
    ],
)
def test_order(files: list[list[Line]], order: str) -> None:
    """Common lines come once, then the branches by the id of their first own operation, in any order of files."""
    found = {ids(list(each)) for each in permutations(files)}
    assert found == {order}


def test_a_joined_copy_that_comes_back_changes_nothing() -> None:
    """Identity is the operation's id: a copy that was joined and comes back adds nothing."""
    joined = grow(rechain(join([A, B])), "9")
    assert ids([joined, B, A]) == ids([joined]) == "1 2 3a 5a 4b 6b 9"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_operation_is_lost(data: st.DataObject) -> None:
    """Copies that went their own ways, with lines missing, join into every operation, each once and in file order."""
    known = [str(number) for number in range(10, 36)]
    files: list[list[Line]] = [grow([], *known[:3])]
    for name in known[3 : 3 + data.draw(st.integers(1, 14))]:
        at = data.draw(st.integers(0, len(files) - 1))
        if data.draw(st.integers(0, 4)) == 0 and len(files) < 4:
            files.append(list(files[at]))
        files[at] = grow(files[at], name)
    files = [[each for each in file if data.draw(st.integers(0, 9))] for file in files]
    order = [each.id for each in join(files)]
    assert sorted(order) == sorted({each.id for file in files for each in file})
    for file in files:
        places = [order.index(each.id) for each in file]
        assert places == sorted(places)
    state = fold("anna", (each.operation for each in join(files)))
    assert len(state.codings) == len(order)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("revise", REVISED), ("uncode", {"coding": "1"}), 1),
        (("revise", REVISED), ("revise", {"coding": "1", "changes": {"memo": "y"}}), 1),
        (("revise", REVISED), ("revise", {"coding": "1", "changes": {"code": "y"}}), 0),
        (("mark", {"coding": "1", "mark": ""}), ("undo", {"operation": "1"}), 1),
        (("uncode", {"coding": "1"}), ("uncode", {"coding": "2"}), 0),
        (("uncode", {"coding": "1"}), ("uncode", {}), 0),
    ],
)
def test_clashes(one: tuple[str, dict[str, Any]], other: tuple[str, dict[str, Any]], found: int) -> None:
    """Where two branches changed the same of one coding, both operations are named, the one that holds last."""
    files = [
        [*COMMON, line("3a", after=COMMON[-1], op=one[0], body=one[1])],
        [*COMMON, line("4b", after=COMMON[-1], op=other[0], body=other[1])],
    ]
    assert clashes(files) == ([Clash("1", "3a", "4b")] * found)
    assert clashes([rechain(join(files)), files[1]]) == []


def test_one_id_for_two_operations_is_told() -> None:
    """Two different operations under one id are found, and one of them counts on every machine."""
    other = line("3a", after=COMMON[-1], op="memo", body={"text": "anders"})
    files = [A, [*COMMON, other]]
    assert doubled(files) == ["3a"]
    assert join(files) == join(files[::-1])
