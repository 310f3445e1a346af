"""Text files that do not yet show what a journal says was done to them.

The journal line comes first and the file after it: when the machine stops in
between, the file still is what the line was about to change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lde_qual.formats.line_difference import apply_difference, invert
from lde_qual.model.anchor import apply_changes, inverse
from lde_qual.model.fold import State
from lde_qual.model.operation import Operation
from lde_qual.model.transcript import Transcript
from lde_qual.store.problem import Problem, warning
from lde_qual.store.text_files import CODEBOOK, TRANSCRIPTS, TextFiles, transcript_name

Pieces = Sequence[Sequence[Any]]
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one text file.

    Attributes
    ----------
    file : str
        ``codebook.yaml`` or a transcript's file.
    before, after : str
        SHA-256 of the codebook's text, or of the transcript's body.
    pieces : sequence
        Hunks of lines for the codebook, changed spans for a transcript.
    """

    operation: str
    coder: str
    file: str
    before: str
    after: str
    pieces: Pieces

    @property
    def of_codebook(self) -> bool:
        """Whether the codebook is changed."""
        return self.file == CODEBOOK

    def inverted(self) -> Step:
        """Return the change that takes this one back."""
        pieces: Pieces = invert(list(self.pieces)) if self.of_codebook else inverse(_spans(self.pieces))
        return Step(self.operation, self.coder, self.file, self.after, self.before, pieces)

    def apply(self, text: str) -> str:
        """Return the text (of the codebook, or the body of a transcript) after this change.

        Raises
        ------
        StaleError
            Where the lines it changes are not there.
        """
        return (
            apply_difference(text, list(self.pieces)) if self.of_codebook else apply_changes(text, _spans(self.pieces))
        )

    def as_body(self) -> dict[str, Any]:
        """Return what an ``undo`` operation keeps of it."""
        return {"file": self.file, "before": self.before, "after": self.after, "pieces": [list(p) for p in self.pieces]}


def _spans(pieces: Pieces) -> tuple[tuple[int, int, str, str], ...]:
    return tuple((int(start), int(end), str(old), str(new)) for start, end, old, new in pieces)


def steps_of(operation: Operation) -> list[Step]:
    """Return what an operation does to text files; nothing where its body cannot be read."""
    try:
        return list(_steps(operation))
    except _UNREADABLE:
        return []


def _steps(operation: Operation) -> Iterator[Step]:
    body, by = operation.body or {}, (operation.id, operation.coder)
    if operation.op == "codebook":
        yield Step(*by, CODEBOOK, body["before"], body["after"], body["hunks"])
    elif operation.op == "edit":
        yield Step(*by, f"{TRANSCRIPTS}/{body['transcript']}.txt", body["before"], body["after"], body["changes"])
    elif operation.op == "undo":
        for kept in body.get("files", ()):
            yield Step(*by, kept["file"], kept["before"], kept["after"], kept["pieces"])


def pending(states: Mapping[str, State], hashes: Mapping[str, str]) -> list[Step]:
    """Return the last change of each file that the file does not show.

    Parameters
    ----------
    hashes : mapping of str to str
        Today's hash of each file, as `Step` reckons it.
    """
    last: dict[str, Step] = {}
    for state in states.values():
        for operation in state.operations.values():
            # What was undone before the file ever showed it must not come back by a repair.
            for step in steps_of(operation) if state.in_force(operation.id) else ():
                if step.file not in last or last[step.file].operation < step.operation:
                    last[step.file] = step
    return [step for step in last.values() if hashes.get(step.file) == step.before != step.after]


def hashes_today(texts: TextFiles, transcripts: Mapping[str, Transcript]) -> dict[str, str]:
    """Return the hash of every file that a step may change."""
    bodies = {f"{TRANSCRIPTS}/{name}.txt": transcript.body_sha256 for name, transcript in transcripts.items()}
    return bodies | {CODEBOOK: texts.sources[CODEBOOK].sha256}


def files_behind(states: Mapping[str, State], texts: TextFiles, transcripts: Mapping[str, Transcript]) -> list[Problem]:
    """Return a warning for every file that does not yet show its last change."""
    return [
        warning(
            step.file,
            f"Operation {step.operation} by {step.coder} changed "
            f"{'the codebook' if step.of_codebook else 'transcript ' + repr(transcript_name(step.file))}, "
            "and the file does not show it yet.",
            "Apply it with `lde-qual check --repair`, or take it back with `lde-qual undo`.",
        )
        for step in pending(states, hashes_today(texts, transcripts))
    ]
