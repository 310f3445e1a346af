"""The fold: total, incremental, and exact about undo."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.model.codebook import Codebook
from lde_qual.model.fold import fold
from lde_qual.model.operation import OPS, Operation, effects, parts
from lde_qual.model.study import Study
from lde_qual.model.undoing import resting_on

ODD = st.sampled_from(
    [None, True, 3, "t", "op0", "op0.1", [], [3, "x"], {}, {"code": "a"}, [{"op": "code", "body": {}}]]
)
KEYS = (
    *("transcript", "start", "end", "quote", "code", "coding", "operation", "changes", "operations", "text", "subject"),
    *("about", "kind", "mark", "items", "codes", "dimensions"),
)


def operation(number: int, op: str, body: object) -> Operation:
    return Operation(f"op{number}", number, f"2026-01-01T00:00:{number:02}Z", "anna", op, body)


def passage(start: int, code: str = "a", **more: object) -> dict[str, object]:
    anchor = {"transcript": "t", "start": start, "end": start + 3, "quote": "abc", "body_sha256": "h"}
    return anchor | {"code": code, "dimensions": {}, "memo": ""} | more


BODIES = st.dictionaries(st.sampled_from(KEYS), ODD, max_size=6)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from([*OPS, "iets"]), BODIES | st.none()), max_size=6))
def test_folding_never_fails(written):
    """Whatever a journal holds, the fold gives a state and says what had no effect."""
    operations = [operation(number, op, body) for number, (op, body) in enumerate(written)]
    state = fold("anna", operations)
    assert len(operations) == len(state.operations)


WORK = st.lists(
    st.one_of(
        st.tuples(st.just("code"), st.integers(0, 2)),
        st.tuples(st.just("uncode"), st.integers(0, 9)),
        st.tuples(st.just("mark"), st.integers(0, 9)),
        st.tuples(st.just("memo"), st.integers(0, 9)),
        st.tuples(st.just("undo"), st.integers(0, 9)),
    ),
    max_size=10,
)


def work(written: list[tuple[str, int]]) -> list[Operation]:
    made = []
    for number, (op, what) in enumerate(written):
        target = f"op{what}"
        body: dict[str, object] = {
            "code": passage(what),
            "uncode": {"coding": target},
            "mark": {"coding": target, "mark": "typerend"},
            "memo": {"subject": "coding", "about": target, "kind": "content", "text": f"m{number}"},
            "undo": {"operation": target},
        }[op]
        made.append(operation(number, op, body))
    return made


def shown(state) -> tuple[object, ...]:
    return (state.codings, state.memos, state.done, state.basket, state.notes)


@given(WORK)
def test_taking_operations_in_one_by_one_is_folding_them(written):
    """The state after each append is what folding all of them anew gives."""
    operations = work(written)
    state = fold("anna", [])
    for count, each in enumerate(operations, start=1):
        state.append(each)
        assert shown(fold("anna", operations[:count])) == shown(state)


@given(WORK)
def test_undo_and_redo_leave_no_trace(written):
    """Undoing the last operation in force and redoing it gives the state that was."""
    operations = work(written)
    before = fold("anna", operations)
    standing = [each for each in operations if each.op != "undo" and before.in_force(each.id)]
    if not standing:
        return
    undo = operation(50, "undo", {"operation": standing[-1].id})
    redo = operation(51, "undo", {"operation": undo.id})
    assert shown(before) == shown(fold("anna", [*operations, undo, redo]))
    without = [each for each in operations if each.id != standing[-1].id]
    if not any(each.op == "undo" for each in operations):
        assert shown(fold("anna", without)) == shown(fold("anna", [*operations, undo]))


def test_the_same_passage_and_code_is_one_coding():
    """Coding again has no effect; what is done to the second id is done to the one coding."""
    state = fold("anna", [operation(1, "code", passage(0)), operation(2, "code", passage(0))])
    assert ["op1"] == list(state.codings)
    assert "op2" in state.without_effect
    state.append(operation(3, "mark", {"coding": "op2", "mark": "tegenstem"}))
    assert "tegenstem" == state.codings["op1"].mark


def test_a_batch_makes_codings_under_numbered_ids():
    """Members of a batch are `<op>.<n>` from 1, and are undone together."""
    batch = operation(1, "batch", {"operations": [{"op": "code", "body": passage(at)} for at in (0, 5)]})
    state = fold("anna", [batch])
    assert ["op1.1", "op1.2"] == list(state.codings) == [part.id for part in parts(batch)]
    state.append(operation(2, "undo", {"operation": "op1"}))
    assert {} == state.codings


def test_a_withdrawn_line_has_no_effect():
    """A line without a body is there and does nothing."""
    state = fold("anna", [operation(1, "code", None)])
    assert ({}, {}) == (state.codings, state.without_effect)


def test_a_value_that_no_coding_can_bear_is_left_out():
    """A coding with an unknown mark or no truth value for what was visible stands, without them."""
    body = passage(0, mark="iets", suggestions_visible="misschien")
    state = fold("anna", [operation(0, "code", body), operation(1, "mark", {"coding": "op0", "mark": "iets"})])
    assert (state.codings["op0"].mark, state.codings["op0"].suggestions_visible) == ("", None)
    assert list(state.without_effect) == ["op1"]


@settings(max_examples=100)
@given(st.lists(st.tuples(st.sampled_from([*OPS, "iets"]), BODIES | st.none()), max_size=6))
def test_resting_never_fails(written):
    """What rests on an operation can be asked of any journal, also of one with bodies that nobody can read."""
    state = fold("anna", [operation(number, op, body) for number, (op, body) in enumerate(written)])
    study = Study(Codebook(title=""), states={"anna": state})
    for each in state.operations.values():
        assert each not in resting_on(study, each)


def test_recoding_keeps_memo_and_id():
    """Revising the code of a coding leaves its id, memo and place."""
    revise = operation(2, "revise", {"coding": "op1", "changes": {"code": "b"}})
    coding = fold("anna", [operation(1, "code", passage(0, memo="kijk")), revise]).codings["op1"]
    assert ("b", "kijk", 0) == (coding.code, coding.memo, coding.anchor.start)
    assert [("coding", "op1", "code")] == [effect for part in parts(revise) for effect in effects(part)]
