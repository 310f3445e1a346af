"""Operations that the page sends: each is checked and written by the same functions as everywhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from lde_qual.api import codebook as tree
from lde_qual.api import writing
from lde_qual.api.coding_page import made_on, redoable, undoable
from lde_qual.api.extending import extend
from lde_qual.api.query import query
from lde_qual.api.splitting import codebook_split, hand_over
from lde_qual.api.study import OpenStudy
from lde_qual.errors import RefusedError, UsageError
from lde_qual.model.anchor import make_anchor
from lde_qual.model.fold import State
from lde_qual.model.operation import Operation, anchor_body, readable_parts
from lde_qual.model.span import Span

Body = dict[str, Any]
_NO_SLUG = re.compile(r"[^a-z0-9]+")


def passage_of(study: OpenStudy, body: Body) -> Body:
    """Return the anchor of a passage, refused where its words or its text are not those of today."""
    transcript = study.model.transcript(body["transcript"])
    start, end = int(body["start"]), int(body["end"])
    there = transcript.text[start:end] if 0 <= start < end else ""
    if body["sha"] != transcript.body_sha256 or there != body["quote"]:
        raise RefusedError(
            f"In '{transcript.name}', “{there[:40]}” stands at {start}-{end}, not “{str(body['quote'])[:40]}”.",
            way_out="The transcript changed: read it again and choose the passage anew.",
        )
    return anchor_body(make_anchor(transcript, Span(start, end)))


def _code(study: OpenStudy, coder: str, body: Body) -> str:
    place = passage_of(study, body)
    dimensions = {name: value for name, value in body.get("dimensions", {}).items() if value}
    return study.code(
        transcript=place["transcript"],
        start=place["start"],
        end=place["end"],
        code=body["code"],
        quote=body["quote"],
        coder=coder,
        memo=body.get("memo", ""),
        mark=body.get("mark", ""),
        **dimensions,
    )


def _uncode(study: OpenStudy, coder: str, body: Body) -> str:
    return writing.uncode(study, body["coding"], coder=coder)


def _revise(study: OpenStudy, coder: str, body: Body) -> str:
    if "start" in body:
        passage_of(study, body)
    given: Body = {name: int(body[name]) for name in ("start", "end") if name in body}
    given |= {name: str(body[name]) for name in ("code", "memo") if name in body}
    return writing.revise(study, body["coding"], coder=coder, **given, **body.get("dimensions", {}))


def _extend(study: OpenStudy, coder: str, body: Body) -> str:
    passage_of(study, body)
    return extend(study, [str(each) for each in body["codings"]], coder=coder)


def _mark(study: OpenStudy, coder: str, body: Body) -> str:
    return writing.mark(study, body["coding"], body["mark"], coder=coder)


def _query(study: OpenStudy, coder: str, body: Body) -> str:
    """Code every passage of a query, in one operation; where each is coded so already, nothing is to be done."""
    before = {each.id for each in study.model.state(coder).codings.values()}
    made = query(study, str(body["query"]), code=str(body["code"]), coder=coder)
    fresh = [each for each in made if each not in before]
    if not fresh:
        raise RefusedError("No passage was found that is not coded so already.", way_out="Ask for others.")
    return str(fresh[0]).partition(".")[0]


def _memo(study: OpenStudy, coder: str, body: Body) -> str:
    kept = {name: str(body[name]) for name in ("subject", "about", "kind", "text")}
    return study.write("memo", kept, coder=coder)


def _note(study: OpenStudy, coder: str, body: Body) -> str:
    if "note" not in body:
        return study.write("note", passage_of(study, body) | {"text": str(body["text"])}, coder=coder)
    if "start" not in body:
        return study.write("note", {"note": body["note"], "text": str(body["text"])}, coder=coder)
    # A note keeps its place for good, so that one in another place is another note.
    there = passage_of(study, body) | {"text": str(body["text"])}
    gone = {"note": body["note"], "text": ""}
    return study.store.write_batch(coder, [("note", there), ("note", gone)])[0]


def _done(study: OpenStudy, coder: str, body: Body) -> str:
    return writing.done(study, study.model.transcript(body["transcript"]).name, coder=coder)


def _undone(study: OpenStudy, coder: str, body: Body) -> str:
    state = study.model.state(coder)
    for operation in reversed(state.operations.values()):
        said = (part for part in readable_parts(operation) if part.op == "done")
        if state.in_force(operation.id) and any(part.body.get("transcript") == body["transcript"] for part in said):
            return writing.undo(study, operation.id, coder=coder)
    raise RefusedError(f"'{body['transcript']}' is not marked as read.", way_out="Read the study again.")


def _basket(study: OpenStudy, coder: str, body: Body) -> str:
    items = [{"coding": str(item["coding"]), "note": str(item.get("note", ""))} for item in body["items"]]
    return study.write("basket", {"items": items}, coder=coder)


def _pin(study: OpenStudy, coder: str, body: Body) -> str:
    codes = [study.model.codebook.require(code) for code in body["codes"]][:9]
    return study.write("pin", {"codes": codes}, coder=coder)


def _edit(study: OpenStudy, coder: str, body: Body) -> str:
    place = passage_of(study, body)
    transcript = study.model.transcript(place["transcript"])
    span = Span(place["start"], place["end"])
    inside = transcript.turns and not any(turn.speech.contains(span) for turn in transcript.turns)
    text = str(body["text"])
    if inside or "\n" in text:
        raise RefusedError(
            "A correction on the page stays inside one turn.", way_out="Use `lde-qual edit` for larger changes."
        )
    whole = transcript.text
    return study.store.edit(coder, transcript.name, whole[: span.start] + text + whole[span.end :])


def slug(label: str, taken: frozenset[str]) -> str:
    """Return an id for a new code: its label in plain letters, numbered where it is taken."""
    plain = unicodedata.normalize("NFD", label).encode("ascii", "ignore").decode().lower()
    first = _NO_SLUG.sub("-", plain).strip("-")[:40].strip("-") or "code"
    first = first if first[0].isalpha() else f"code-{first}"
    numbered = (first if number == 1 else f"{first}-{number}" for number in range(1, len(taken) + 3))
    return next(each for each in numbered if each not in taken)


def _taken(study: OpenStudy) -> frozenset[str]:
    book = study.model.codebook
    ever = {code for state in study.model.states.values() for part in state.codebook for code in part.body["codes"]}
    return frozenset({*book.ids(), *(old for each in book.ids() for old in book.code(each).formerly), *ever})


def _add(study: OpenStudy, coder: str, body: Body) -> str:
    made: str = body.get("code") or slug(body["label"], _taken(study))
    described = {name: body[name] for name in ("definition", "include", "exclude") if body.get(name)}
    tree.codebook_add(study, made, body["label"], parent=body.get("parent") or tree.TOP, coder=coder, **described)
    return made


def _split(study: OpenStudy, coder: str, body: Body) -> str:
    taken = _taken(study)
    made: list[str] = []
    for new in body["into"]:
        made.append(new.get("code") or slug(new["label"], taken | {*made}))
    into = [f"{code}:{new['label']}" for code, new in zip(made, body["into"], strict=True)]
    codings = {coding: made[int(at)] for coding, at in body["codings"].items()}
    codebook_split(study, body["code"], into, codings, coder=coder)
    return made[0]


def _codebook(study: OpenStudy, coder: str, body: Body) -> str:
    action = body["action"]
    if action == "add":
        return _add(study, coder, body)
    if action == "split":
        return _split(study, coder, body)
    if action == "move":
        return tree.codebook_move(study, body["codes"], body["parent"] or tree.TOP, coder=coder)
    texts = ("definition", "include", "exclude", "examples", "keywords", "colour")
    actions: dict[str, Callable[[], str]] = {
        "label": lambda: tree.codebook_label(study, body["code"], body["label"], coder=coder),
        "describe": lambda: tree.codebook_describe(
            study, body["code"], coder=coder, **{name: body[name] for name in texts if name in body}
        ),
        "rename": lambda: tree.codebook_rename(study, body["code"], body["to"], coder=coder),
        "merge": lambda: tree.codebook_merge(study, body["code"], body["into"], coder=coder),
        "delete": lambda: tree.codebook_delete(study, body["code"], coder=coder),
    }
    if action not in actions:
        raise UsageError(f"'{action}' is nothing to do to a codebook.", way_out=f"Use one of {', '.join(actions)}.")
    return actions[action]()


def _asked_together(state: State, last: Operation) -> list[Operation]:
    """Return what is in force of what one step of the page wrote, the last first: a split is several operations."""
    request = (last.body or {}).get("request")
    alike = [
        each
        for each in reversed(made_on(state, str(request)))
        if state.in_force(each.id) and (each.op == "undo") == (last.op == "undo")
    ]
    return alike if request else [last]


def _undo(study: OpenStudy, coder: str, body: Body) -> str:
    last = undoable(study.model.state(coder))
    if body.get("operation") or last is None:
        return writing.undo(study, body.get("operation"), coder=coder)
    together = _asked_together(study.model.state(coder), last)
    return [writing.undo(study, each.id, coder=coder) for each in together][-1]


def _redo(study: OpenStudy, coder: str, _body: Body) -> str:
    undone = redoable(study.model.state(coder))
    if undone is None:
        raise RefusedError("Nothing was taken back that could be done again.", way_out="Undo first.")
    together = _asked_together(study.model.state(coder), undone)
    return [writing.undo(study, each.id, coder=coder) for each in together][-1]


def finish(study: OpenStudy, coder: str, op: str, body: Body, written: list[Operation]) -> None:
    """Do what is left of an operation that was cut off between its lines in the journal, or before a text file."""
    study.store.repair(only={each.id for each in written})
    first = written[0]
    if op in {"undo", "redo"} and not body.get("operation"):
        state = study.model.state(coder)
        taken = state.operations[str((first.body or {})["operation"])]
        for each in _asked_together(state, taken) if (taken.body or {}).get("request") else ():
            writing.undo(study, each.id, coder=coder)
    if op == "codebook" and body.get("action") == "split" and len(written) == 1:
        made = list((first.body or {})["codes"])
        codings = {coding: made[int(at)] for coding, at in body["codings"].items()}
        hand_over(study, body["code"], made, codings, coder=coder)


OPERATIONS: dict[str, Callable[[OpenStudy, str, Body], str]] = {
    "code": _code,
    "uncode": _uncode,
    "revise": _revise,
    "extend": _extend,
    "mark": _mark,
    "memo": _memo,
    "query": _query,
    "note": _note,
    "done": _done,
    "undone": _undone,
    "basket": _basket,
    "pin": _pin,
    "edit": _edit,
    "codebook": _codebook,
    "undo": _undo,
    "redo": _redo,
}
REREAD = {
    "extend": ["basket"],
    "memo": ["memos"],
    "note": ["notes"],
    "done": ["transcripts"],
    "undone": ["transcripts"],
    "basket": ["basket"],
    "pin": ["pins"],
    "codebook": ["codebook"],
}
"""What the page has to read again after an operation, beside the codings it is told."""
EVERYTHING = ["codebook", "transcripts", "notes", "memos", "basket"]
