"""What the coding page asks of a study that no other view does: sentences, history, places of a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from lde_qual.api.searching import find_words
from lde_qual.api.study import OpenStudy
from lde_qual.language.sentences import sentence_bounds
from lde_qual.model.fold import State
from lde_qual.model.operation import Operation, readable_parts
from lde_qual.model.span import Span
from lde_qual.model.study import Study
from lde_qual.model.transcript import Transcript
from lde_qual.reporting.hyphens import breakable

MOST = 500
"""Places of a word that one answer lists."""


def sentences(transcript: Transcript) -> list[tuple[int, int]]:
    """Return the sentences of a transcript's speech, as code points, half-open."""
    return list(_sentences(transcript.text, tuple(turn.speech for turn in transcript.turns)))


@lru_cache(maxsize=32)
def _sentences(text: str, speeches: tuple[Span, ...]) -> tuple[tuple[int, int], ...]:
    # A transcript is read again whenever somebody else's codings come in, and its words are the same then.
    found = (bounds for speech in speeches for bounds in sentence_bounds(text, speech))
    return tuple((bounds.start, bounds.end) for bounds in found)


def in_a_column(label: str, lang: str) -> str:
    """Return a code's label as a narrow column shows it: its long words may break between syllables."""
    return breakable(label, lang=lang)


def undoable(state: State) -> Operation | None:
    """Return what an undo would take back: the last operation in force that is no undo."""
    real = (each for each in reversed(state.operations.values()) if each.op != "undo" and state.in_force(each.id))
    return next(real, None)


def redoable(state: State) -> Operation | None:
    """Return the undo that a redo would take back: none once something else was done."""
    stack: list[Operation] = []
    for operation in state.operations.values():
        target = state.operations.get(str((operation.body or {}).get("operation", "")))
        if operation.op != "undo":
            stack.clear()
        elif target is not None and target.op == "undo":
            stack = [each for each in stack if each.id != target.id]
        else:
            stack.append(operation)
    return next((each for each in reversed(stack) if state.in_force(each.id)), None)


@contextmanager
def on_request(study: OpenStudy, identifier: str) -> Iterator[None]:
    """Let everything that is written meanwhile keep the id under which it was asked for."""
    journals = study.store.loaded.journals
    journals.request = identifier
    try:
        yield
    finally:
        journals.request = ""


def made_on(state: State, identifier: str) -> list[Operation]:
    """Return the operations that were asked for under this id, whichever run of the program wrote them.

    What was written and at once taken back, since a text file could not be, is none of them.
    """
    asked = [each for each in state.operations.values() if (each.body or {}).get("request") == identifier]
    ids = {each.id for each in asked}
    failed = {each.id: target for each in asked if (target := str((each.body or {}).get("operation", ""))) in ids}
    return [each for each in asked if each.id not in failed and each.id not in failed.values()]


def history(state: State) -> dict[str, dict[str, Any] | None]:
    """Return what undo and redo would do, each as `step_of` tells it; nothing where there is nothing."""
    undo, redo = undoable(state), redoable(state)
    undone = state.operations.get(str((redo.body or {}).get("operation", ""))) if redo else None
    return {"undo": step_of(undo, state) if undo else None, "redo": step_of(undone, state) if undone else None}


def step_of(operation: Operation, state: State) -> dict[str, Any]:
    """Return what an operation is about, for the page to say in its own language.

    ``op``, ``code`` and ``transcript`` are those of the first of its ``parts``, empty where it has
    none; what changes a coding is about the code that the coding was made with.
    """
    found = readable_parts(operation)
    if not found:
        return {"op": operation.op, "parts": 0, "code": "", "transcript": ""}
    body = found[0].body
    made = _made(str(body.get("coding", "")), state)
    codes = body["codes"] if found[0].op == "codebook" and body.get("codes") else [""]
    return {
        "op": found[0].op,
        "parts": len(found),
        "code": str(body.get("code") or made.get("code") or codes[0]),
        "transcript": str(body.get("transcript") or made.get("transcript") or ""),
    }


def _made(coding: str, state: State) -> Mapping[str, Any]:
    """Return the body that a coding was made with; a coding that was taken away had one too."""
    operation = state.operations.get(coding.partition(".")[0])
    said = readable_parts(operation) if operation else []
    return next((part.body for part in said if part.id == coding), {})


def places_of(study: OpenStudy, term: str, *, lemma: bool, coder: str) -> dict[str, Any]:
    """Return where a term stands in everything that is said, with the codes that the coder has there.

    At most `MOST` places are listed; ``total`` counts them all.
    """
    found = find_words(study, term, exact=not lemma, with_interviewer=True, limit=MOST)
    model = study.model
    own: dict[str, list[tuple[Span, str]]] = {}
    for placed in model.placed(coder):
        if placed.counts:
            own.setdefault(placed.coding.transcript, []).append((placed.span, placed.code))
    hits = [
        {
            "transcript": line.transcript,
            "start": line.start,
            "end": line.end,
            "quote": line.match,
            "before": line.left + _gap(model, line.transcript, line.start - 1),
            "after": _gap(model, line.transcript, line.end) + line.right,
            "turn": line.turn,
            "respondent": line.respondent,
            "role": model.attribute("role", respondent=line.respondent, transcript=model.transcripts[line.transcript]),
            "codes": [code for span, code in own.get(line.transcript, []) if span.overlaps(Span(line.start, line.end))],
        }
        for line in found.lines
    ]
    return {"total": found.total, "shown": len(hits), "how": "lemmas" if lemma else "words", "hits": hits}


def _gap(model: Study, transcript: str, at: int) -> str:
    """Return the space that stands at a place, or nothing where a comma or a bracket does."""
    return " " if model.transcripts[transcript].text[at : at + 1].isspace() else ""
