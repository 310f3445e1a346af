"""A coder's work as it stood at a moment, and which operations touched what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lde_qual.model.fold import State, fold
from lde_qual.model.operation import Operation, readable_parts


def not_later(at: str, moment: str) -> bool:
    """Tell whether a time of the journal is not later than a moment, which is as long as it is written.

    The moment ``2026-03-01`` is that whole day, ``2026-03-01T14:30`` that whole minute, in UTC.
    """
    bound = moment.rstrip("Z")
    return at.rstrip("Z")[: len(bound)] <= bound


def as_of(state: State, moment: str) -> State:
    """Return what a journal came to: up to its last line whose time is not later than a moment.

    Corrections of transcripts made after it still carry codings over, since the
    transcripts that they are laid on are those of today.
    """
    operations = list(state.operations.values())
    until = max((number for number, each in enumerate(operations, start=1) if not_later(each.at, moment)), default=0)
    before = fold(state.coder, operations[:until])
    for operation in operations[until:]:
        before.keep_edits(operation)
    return before


def changed_between(before: State, after: State) -> list[Operation]:
    """Return the operations that stand in one of two journals and not in the other, undone ones and undos included.

    An operation that both hold belongs to them where it was undone in one alone.
    """
    both = {**before.operations, **after.operations}
    return [
        operation
        for operation in both.values()
        if (operation.id in before.operations) != (operation.id in after.operations)
        or before.in_force(operation.id) != after.in_force(operation.id)
    ]


def touched(operations: Iterable[Operation], known: Mapping[str, Operation]) -> dict[str, set[str]]:
    """Return the ids of the operations that touched each thing.

    Parameters
    ----------
    known : mapping of str to Operation
        All operations by id, in which an ``undo`` finds what it took back.

    Returns
    -------
    dict of str to set of str
        By id of a coding, by ``transcript:NAME`` for corrections and by ``code:ID`` for
        changes of the codebook.
    """
    found: dict[str, set[str]] = {}
    for operation in operations:
        for thing in _things(operation, known):
            found.setdefault(thing, set()).add(operation.id)
    return found


def _things(operation: Operation, known: Mapping[str, Operation]) -> set[str]:
    if operation.op == "undo":
        target = known.get(str((operation.body or {}).get("operation")))
        return _things(target, known) if target is not None and target.id < operation.id else set()
    things: set[str] = set()
    for part in readable_parts(operation):
        if part.op in {"code", "accept"}:
            things.add(part.id)
        elif part.op == "edit":
            things.add(f"transcript:{part.body.get('transcript')}")
        elif part.op == "codebook":
            things |= {f"code:{code}" for code in part.body.get("codes") or ()}
        elif isinstance(part.body.get("coding"), str):
            things.add(part.body["coding"])
    return things
