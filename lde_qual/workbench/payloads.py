"""What the page is answered: the study as JSON. Offsets are code points into a transcript's body, half-open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lde_qual.api.coding_page import history, in_a_column, sentences
from lde_qual.api.study import OpenStudy
from lde_qual.errors import RefusedError
from lde_qual.model.coding import MARKS, MEMO_KINDS, Anchor
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding, Study, first_pass
from lde_qual.model.transcript import Transcript, Turn

Json = dict[str, Any]


def coding(placed: PlacedCoding) -> Json:
    """Return a coding where it stands today."""
    made = placed.coding
    return {
        "id": made.id,
        "coder": made.coder,
        "transcript": made.transcript,
        "code": placed.code,
        "start": placed.span.start,
        "end": placed.span.end,
        "dimensions": dict(made.dimensions),
        "memo": made.memo,
        "mark": made.mark,
        "origin": made.origin,
        "suggestion": dict(made.suggestion),
        "how": placed.how,
        "at": made.created,
    }


def _ancestry(model: Study, code: str) -> Iterable[str]:
    return model.codebook.path(code)


def counts(model: Study, coder: str) -> Json:
    """Return what is coded, per code and per transcript.

    A code has three numbers: respondents and fragments of its subtree, and fragments at
    the code itself. A transcript has two: respondents' turns that are coded, and codings.
    A coding counts for the respondents whose speech it covers; the interviewer is none.
    """
    people: dict[str, set[str]] = {code: set() for code in model.codebook.ids()}
    fragments = dict.fromkeys(people, 0)
    own = dict.fromkeys(people, 0)
    turns: dict[str, set[int]] = {name: set() for name in model.transcripts}
    number = dict.fromkeys(turns, 0)
    for placed in model.placed(coder):
        transcript = model.transcripts.get(placed.coding.transcript)
        if not placed.counts or transcript is None:
            continue
        covered = [turn for turn in transcript.turns_of(placed.span) if not turn.interviewer]
        turns[transcript.name] |= {turn.number for turn in covered}
        number[transcript.name] += 1
        own[placed.code] += 1
        for code in _ancestry(model, placed.code):
            people[code] |= {turn.respondent for turn in covered}
            fragments[code] += 1
    return {
        "codes": {code: [len(people[code]), fragments[code], own[code]] for code in people},
        "transcripts": {name: [len(turns[name]), number[name]] for name in turns},
    }


def codes(model: Study, coder: str, counted: dict[str, list[int]]) -> list[Json]:
    """Return the tree, parents first, with its counts (see `counts`)."""
    found = []
    for identifier in model.codebook.ids():
        code = model.codebook.code(identifier)
        respondents, fragments, own = counted[identifier]
        lists = {name: list(getattr(code, name)) for name in ("include", "exclude", "examples", "keywords")}
        found.append(
            {
                "id": identifier,
                "parent": model.codebook.parent(identifier),
                "label": code.label,
                "shown": in_a_column(code.label, model.codebook.language),
                "definition": code.definition,
                "colour": code.colour,
                "respondents": respondents,
                "fragments": fragments,
                "own": own,
                "changed": _changed(model, coder, identifier),
                **lists,
            }
        )
    return found


def _changed(model: Study, coder: str, code: str) -> Json | None:
    """Return when a code was last described anew, and how many fragments at it were coded before."""
    described = [
        part.at
        for state in model.states.values()
        for part in state.codebook
        if part.body.get("action") == "describe" and code in part.body.get("codes", ()) and _redefines(part.body)
    ]
    if not described:
        return None
    at = max(described)
    before = sum(placed.counts and placed.code == code and placed.coding.created < at for placed in model.placed(coder))
    return {"at": at, "before": before}


def _redefines(body: Mapping[str, Any]) -> bool:
    """Tell whether a description changed in what it says: another colour means the same code."""
    hunks = body.get("hunks", ())
    lines = {line.strip() for _, before, after in hunks for line in {*before} ^ {*after}}
    return not lines or not all(line.startswith("colour:") for line in lines)


def start(study: OpenStudy, coder: str) -> Json:
    """Return what the page needs before it shows a transcript."""
    model = study.model
    state = model.state(coder)
    counted = counts(model, coder)
    coded = counted["transcripts"]
    book = model.codebook
    return {
        "title": book.title,
        "language": book.language,
        "example": book.voorbeeldmateriaal,
        "coder": coder,
        "second": first_pass(coder) or "",
        "coders": [each for each in model.states if each != first_pass(coder)],
        "read_only": "",
        "roles": dict(book.roles),
        "dimensions": {name: list(values) for name, values in book.dimensions.items()},
        "marks": list(MARKS),
        "memo_kinds": list(MEMO_KINDS),
        "codes": codes(model, coder, counted["codes"]),
        "transcripts": [_listed(model, each, state.done, coded) for _, each in sorted(model.transcripts.items())],
        "pins": [today for each in state.pins if (today := book.today(each))],
        "recent": _recent(model, coder),
        "history": history(state),
        "notices": study.notices,
    }


def _recent(model: Study, coder: str) -> list[str]:
    placed = [each.code for each in reversed(model.placed(coder)) if each.counts]
    return list(dict.fromkeys(placed))[:9]


def _listed(model: Study, transcript: Transcript, done: dict[str, str], coded: dict[str, list[int]]) -> Json:
    turns = [turn for turn in transcript.turns if not turn.interviewer]
    return {
        "name": transcript.name,
        "kind": transcript.kind,
        "speakers": [
            {"id": speaker, "role": model.attribute("role", respondent=speaker, transcript=transcript)}
            for speaker in transcript.speakers()
        ],
        "respondent_turns": len(turns),
        "coded_turns": coded[transcript.name][0],
        "codings": coded[transcript.name][1],
        "done": done.get(transcript.name, ""),
    }


def transcript(study: OpenStudy, coder: str, name: str, others: Iterable[str] = ()) -> Json:
    """Return a transcript with a coder's work in it, and the codings of `others` beside it."""
    model = study.model
    found = model.transcript(name)
    others = list(others)
    if first_pass(coder) in others:
        raise RefusedError(
            f"{coder} is a second pass: it does not see the first.",
            way_out="`lde-qual agreement --intracoder` compares the two.",
        )
    placed = [each for each in model.placed(coder) if each.coding.transcript == name]
    noted = [(each, place_of_note(found, each.anchor)) for each in model.state(coder).notes.values()]
    notes = [(note, span) for note, span in noted if note.anchor.transcript == name]
    return {
        "name": name,
        "sha": found.body_sha256,
        "text": found.text,
        "kind": found.kind,
        "lang": model.codebook.language,
        "turns": _turns(model, found),
        "sentences": sentences(found),
        "codings": [coding(each) for each in placed if each.counts],
        "look": [
            *({"coding": coding(each), "quote": each.coding.anchor.quote} for each in placed if not each.counts),
            *({"note": note.id, "text": note.text, "quote": note.anchor.quote} for note, span in notes if span is None),
        ],
        "others": {
            other: [coding(each) for each in model.placed(other) if each.counts and each.coding.transcript == name]
            for other in others
            if other in model.states and other != coder
        },
        "notes": [
            {"id": note.id, "text": note.text, "at": note.created, "start": span.start, "end": span.end}
            for note, span in notes
            if span is not None
        ],
        "done": model.state(coder).done.get(name, ""),
    }


def place_of_note(found: Transcript, anchor: Anchor) -> Span | None:
    """Return where a note's passage stands: at its place, or at the only other one with the same words."""
    if found.text[anchor.start : anchor.end] == anchor.quote:
        return Span(anchor.start, anchor.end)
    at = found.text.find(anchor.quote)
    only = at >= 0 and found.text.find(anchor.quote, at + 1) < 0
    return Span(at, at + len(anchor.quote)) if only else None


def _turns(model: Study, found: Transcript) -> list[Json]:
    if not found.turns:
        return _paragraphs(found)
    return [_turn(model, found, turn) for turn in found.turns if turn.speech.start < turn.speech.end]


def _turn(model: Study, found: Transcript, turn: Turn) -> Json:
    role = model.attribute("role", respondent=turn.respondent, transcript=found)
    person = model.respondents.get(turn.respondent)
    return {
        "number": turn.number,
        "label": turn.label,
        "interviewer": turn.interviewer,
        "respondent": turn.respondent,
        "role": role,
        "name": person.function if person else model.codebook.role_label(role),
        "start": turn.speech.start,
        "end": turn.speech.end,
        "time": turn.time,
    }


def _paragraphs(found: Transcript) -> list[Json]:
    """Return each line of a text without speakers as a turn without a label."""
    plain = {"label": "", "interviewer": False, "respondent": "", "role": "", "name": "", "time": ""}
    at = 0
    turns: list[Json] = []
    for line in found.text.split("\n"):
        if line.strip():
            turns.append({"number": len(turns) + 1, "start": at, "end": at + len(line), **plain})
        at += len(line) + 1
    return turns
