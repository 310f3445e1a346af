"""What may be undone, and what stands in the way: later operations that rest on it."""

from __future__ import annotations

from lde_qual.errors import RefusedError, UnknownError, UsageError
from lde_qual.model.fold import State, fold
from lde_qual.model.operation import Operation, readable_parts, rests_on
from lde_qual.model.study import Study


def own_operation(state: State, identifier: str) -> Operation:
    """Return one of a coder's operations by its id or a unique beginning of it."""
    if identifier in state.operations:
        return state.operations[identifier]
    fitting = [found for found in state.operations if found.startswith(identifier)] if identifier else []
    if len(fitting) == 1:
        return state.operations[fitting[0]]
    if fitting:
        raise UsageError(
            f"'{identifier}' is the beginning of {len(fitting)} operations.",
            way_out=f"Add letters: {', '.join(fitting[:3])}…",
        )
    raise UnknownError(
        f"{state.coder} has no operation '{identifier}'.", way_out=f"`lde-qual log --coder {state.coder}` lists them."
    )


def last_undoable(state: State) -> Operation:
    """Return the coder's last operation still in force that is no undo."""
    for operation in reversed(state.operations.values()):
        if operation.op != "undo" and operation.body is not None and state.in_force(operation.id):
            return operation
    raise RefusedError(f"There is nothing of {state.coder} to undo.", way_out="`lde-qual log` shows what was done.")


def resting_on(study: Study, operation: Operation) -> list[Operation]:
    """Return the later operations in force, of any coder, that rest on `operation`.

    Those are what touches what it made or changed, and what would lose its effect
    with it: an undo may be what a later coding or memo rests on, since taking it back
    takes the coding away again, or brings one back where another now stands.
    """
    own = study.state(operation.coder)
    lost = _losing_effect(own, operation)
    touching = {other.id: other for other in _touching(study, _taken_back(own, operation))}
    return [*touching.values(), *(other for other in lost if other.id not in touching)]


def _taken_back(state: State, operation: Operation) -> Operation:
    """Return what goes out of force with an operation: itself, or what a redo had brought back."""
    target, seen = operation, {operation.id}
    while target.op == "undo" and (found := state.operations.get(str((target.body or {}).get("operation")))):
        # A damaged or foreign journal may hold undos that name each other; the fold gives them no effect.
        if found.id in seen:
            break
        target = found
        seen.add(found.id)
    return target if state.in_force(target.id) else operation


def _losing_effect(state: State, operation: Operation) -> list[Operation]:
    undo = Operation("", 0, "", state.coder, "undo", {"operation": operation.id})
    lost = fold(state.coder, [*state.operations.values(), undo]).without_effect.keys() - state.without_effect.keys()
    return [
        other
        for other in state.operations.values()
        if other.id != operation.id
        and state.in_force(other.id)
        and not lost.isdisjoint({other.id, *(part.id for part in readable_parts(other))})
    ]


def _touching(study: Study, operation: Operation) -> list[Operation]:
    mine = readable_parts(operation)
    resting = []
    for state in study.states.values():
        ids = list(state.operations)
        own = state.coder == operation.coder and operation.id in state.operations
        later = ids[ids.index(operation.id) + 1 :] if own else [found for found in ids if found > operation.id]
        for other in (state.operations[found] for found in later):
            if other.op == "undo" or not state.in_force(other.id):
                continue
            if any(rests_on(theirs, part) for theirs in readable_parts(other) for part in mine):
                resting.append(other)
    return resting
