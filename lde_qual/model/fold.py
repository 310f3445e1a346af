"""The fold: a coder's operations, in order, become the state of their work.

Folding is total. An operation whose target is not there has no effect, and the
state says so; nothing in a journal can make a study unreadable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from lde_qual.model.anchor import Edit
from lde_qual.model.coding import MARKS, MEMO_KINDS, Coding, Decision, Memo, Note, Settled
from lde_qual.model.made import Codings
from lde_qual.model.operation import UNREADABLE, Operation, Part, anchor_of, edit_of, parts, settled_of, text_of

PlaceKey = tuple[str, str, int, int, str]


@dataclass
class State:
    """What one coder's journal comes to.

    Attributes
    ----------
    operations : dict of str to Operation
        All of them by id, in order, those that were undone included.
    codings : Codings
        In order of making.
    done : dict of str to str
        Transcripts read to their end, with when.
    settled : list of Settled
        What was decided where coders differed, in order.
    edits : list of Edit
        All corrections ever made, undone ones included: each still carries codings over.
    without_effect : dict of str to str
        Ids of operations, or of members of a batch, that changed nothing, with the reason.
    undone : dict of str to str
        Ids of operations that are not in force, with the id of the ``undo`` that took them back.
    places : dict
        The coding that stands at a passage and code: one coder has one.
    same_as : dict of str to str
        Where two branches made the same coding, the id of the later by the id that stands.
    """

    coder: str
    operations: dict[str, Operation] = field(default_factory=dict)
    codings: Codings = field(default_factory=Codings)
    memos: dict[tuple[str, str, str], Memo] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    done: dict[str, str] = field(default_factory=dict)
    settled: list[Settled] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    basket: tuple[Mapping[str, Any], ...] = ()
    pins: tuple[str, ...] = ()
    shown: list[Part] = field(default_factory=list)
    codebook: list[Part] = field(default_factory=list)
    without_effect: dict[str, str] = field(default_factory=dict)
    undone: dict[str, str] = field(default_factory=dict)
    places: dict[PlaceKey, str] = field(default_factory=dict)
    same_as: dict[str, str] = field(default_factory=dict)

    def coding_id(self, identifier: str) -> str | None:
        """Return the id under which a coding stands, also where two branches made it twice."""
        identifier = self.same_as.get(identifier, identifier)
        return identifier if identifier in self.codings else None

    def at_place(self, body: Mapping[str, Any]) -> str | None:
        """Return the id of the coding at the same characters and code, if there is one."""
        return self.places.get(_place_key(body))

    def in_force(self, operation: str) -> bool:
        """Tell whether an operation stands (it was not undone)."""
        return operation not in self.undone

    def append(self, operation: Operation) -> None:
        """Take one more operation in; the same as folding all of them anew."""
        if operation.id in self.operations:
            return
        if operation.op == "undo":
            fresh = fold(self.coder, [*self.operations.values(), operation])
            self.__dict__.update(fresh.__dict__)
            return
        self.operations[operation.id] = operation
        self.apply(operation)

    def apply(self, operation: Operation) -> None:
        """Let one operation have its effect, or say why it has none."""
        for part in self._readable_parts(operation):
            try:
                reason = _RULES[part.op](self, part) if part.op in _RULES else f"operation '{part.op}' is not known"
            except UNREADABLE as fault:
                reason = f"its body cannot be read ({type(fault).__name__}: {fault})"
            if reason:
                self.without_effect[part.id] = reason

    def keep_edits(self, operation: Operation) -> None:
        """Remember the corrections of an operation that was undone: they still carry codings back."""
        for part in self._readable_parts(operation):
            if part.op == "edit":
                with suppress(*UNREADABLE):
                    self.edits.append(edit_of(part))

    def _readable_parts(self, operation: Operation) -> list[Part]:
        try:
            return list(parts(operation))
        except UNREADABLE as fault:
            self.without_effect[operation.id] = f"its body cannot be read ({type(fault).__name__}: {fault})"
            return []


def fold(coder: str, operations: Iterable[Operation]) -> State:
    """Return the state that `operations` of one coder come to, in the order given."""
    state = State(coder)
    for operation in operations:
        state.operations.setdefault(operation.id, operation)
    state.undone = _undone(state.operations)
    for operation in state.operations.values():
        if operation.id not in state.undone:
            state.apply(operation)
        else:
            state.keep_edits(operation)
    return state


def _undone(operations: Mapping[str, Operation]) -> dict[str, str]:
    """Return which operations are not in force: an undo in force takes its target back.

    An undo names an earlier operation, so reading backwards settles every undo
    before what it takes back.
    """
    undone: dict[str, str] = {}
    seen: set[str] = set()
    for operation in reversed(list(operations.values())):
        seen.add(operation.id)
        if operation.op == "undo" and operation.body is not None and operation.id not in undone:
            target = operation.body.get("operation")
            if isinstance(target, str) and target in operations and target not in seen:
                undone.setdefault(target, operation.id)
    return undone


def _place_key(body: Mapping[str, Any]) -> PlaceKey:
    return (body["transcript"], body.get("body_sha256", ""), body["start"], body["end"], body["code"])


def _code(state: State, part: Part) -> str:
    body = part.body
    key = _place_key(body)
    if key in state.places:
        state.same_as[part.id] = state.places[key]
        return "the same passage already bears this code"
    state.codings.add(part)
    state.places[key] = part.id
    if body.get("memo"):
        _keep_memo(state, part, ("coding", part.id, "content"), body["memo"])
    return ""


def _uncode(state: State, part: Part) -> str:
    found = state.coding_id(part.body["coding"])
    if found is None:
        return f"coding {part.body['coding']} is not there"
    state.places.pop(_key_of(state.codings.pop(found)), None)
    for kind in MEMO_KINDS:
        state.memos.pop(("coding", found, kind), None)
    return ""


def _key_of(coding: Coding) -> PlaceKey:
    anchor = coding.anchor
    return (anchor.transcript, anchor.body_sha256, anchor.start, anchor.end, coding.code)


def _revise(state: State, part: Part) -> str:
    found = state.coding_id(part.body["coding"])
    if found is None:
        return f"coding {part.body['coding']} is not there"
    before = state.codings[found]
    changes = part.body["changes"]
    values = changes.get("dimensions", before.dimensions)
    after = replace(
        before,
        anchor=anchor_of({**asdict(before.anchor), **changes}),
        code=text_of({"code": before.code, **changes}, "code"),
        dimensions={str(name): str(value) for name, value in values.items()},
        memo=text_of({"memo": before.memo, **changes}, "memo"),
    )
    if state.places.get(_key_of(after), found) != found:
        return "the same passage already bears this code"
    state.places.pop(_key_of(before), None)
    state.places[_key_of(after)] = found
    state.codings[found] = after
    if "memo" in changes:
        _keep_memo(state, part, ("coding", found, "content"), changes["memo"])
    return ""


def _mark(state: State, part: Part) -> str:
    found = state.coding_id(part.body["coding"])
    if found is None:
        return f"coding {part.body['coding']} is not there"
    mark = text_of(part.body, "mark")
    if mark and mark not in MARKS:
        return f"'{mark}' is no mark"
    state.codings[found] = replace(state.codings[found], mark=mark)
    return ""


def _memo(state: State, part: Part) -> str:
    subject, about, kind, text = (text_of(part.body, name) for name in ("subject", "about", "kind", "text"))
    if subject == "coding":
        found = state.coding_id(about)
        if found is None:
            return f"coding {about} is not there"
        about = found
        if kind == "content":
            state.codings[found] = replace(state.codings[found], memo=text)
    return _keep_memo(state, part, (subject, about, kind), text)


def _keep_memo(state: State, part: Part, key: tuple[str, str, str], text: str) -> str:
    if text:
        subject, about, kind = key
        state.memos[key] = Memo(part.id, part.coder, kind, subject, about, text, part.at)
        return ""
    return "" if state.memos.pop(key, None) else "there is no such memo"


def _note(state: State, part: Part) -> str:
    text = text_of(part.body, "text")
    target = part.body.get("note")
    if target is None:
        state.notes[part.id] = Note(part.id, part.coder, anchor_of(part.body), text, part.at)
        return ""
    if target not in state.notes:
        return f"note {target} is not there"
    if text:
        state.notes[target] = replace(state.notes[target], text=text)
    else:
        del state.notes[target]
    return ""


def _decision(state: State, part: Part) -> str:
    suggestion = dict(part.body.get("suggestion") or {})
    anchor = anchor_of(part.body)
    state.decisions.append(
        Decision(
            part.id,
            part.coder,
            part.op,
            anchor,
            text_of(part.body, "code"),
            suggestion,
            part.at,
            text_of(part.body, "reason"),
        )
    )
    return ""


def _done(state: State, part: Part) -> str:
    state.done.setdefault(text_of(part.body, "transcript"), part.at)
    return ""


def _settle(state: State, part: Part) -> str:
    state.settled.append(settled_of(part))
    return ""


def _edit(state: State, part: Part) -> str:
    state.edits.append(edit_of(part))
    return ""


def _codebook(state: State, part: Part) -> str:
    texts = [part.body["action"], *part.body["codes"]]
    if part.body["action"] == "freeze":
        texts += [part.body["name"], part.body["text"]]
    if not all(type(text) is str for text in texts):
        raise TypeError("a field of the change is no text")
    state.codebook.append(part)
    return ""


def _basket(state: State, part: Part) -> str:
    state.basket = tuple(dict(item) for item in part.body["items"])
    return ""


def _pin(state: State, part: Part) -> str:
    state.pins = tuple(str(code) for code in part.body["codes"])
    return ""


def _shown(state: State, part: Part) -> str:
    state.shown.append(part)
    return ""


def _undo(state: State, part: Part) -> str:
    return "" if part.body["operation"] in state.operations else f"operation {part.body['operation']} is not there"


_RULES = {
    "code": _code,
    "accept": _code,
    "uncode": _uncode,
    "revise": _revise,
    "mark": _mark,
    "memo": _memo,
    "note": _note,
    "reject": _decision,
    "later": _decision,
    "done": _done,
    "settle": _settle,
    "edit": _edit,
    "codebook": _codebook,
    "basket": _basket,
    "pin": _pin,
    "shown": _shown,
    "undo": _undo,
}
