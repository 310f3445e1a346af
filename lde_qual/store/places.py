"""Which coding of a coder stands at a passage today, kept up to date without reading all of them anew."""

from __future__ import annotations

from lde_qual.model.anchor import place
from lde_qual.model.coding import Coding
from lde_qual.model.operation import Body, Operation, Part, parts
from lde_qual.model.study import Study
from lde_qual.store.writable import CODES

Place = tuple[str, int, int, str]
"""Transcript, start, end (in today's body) and today's code."""
_ELSEWHERE = frozenset({"edit", "codebook", "undo"})


class Places:
    """One coder's codings by where they stand today.

    Valid until a text changes or an operation of another program is read.
    """

    def __init__(self, study: Study, coder: str) -> None:
        self._study = study
        self._coder = coder
        self._edits = study.edits()
        self._ids: dict[Place, str] = {}
        self._places: dict[str, Place] = {}
        for coding in study.state(coder).codings.values():
            self._enter(coding)

    def find(self, body: Body) -> str | None:
        """Return the id of the coding that stands where a ``code`` operation would put one."""
        return self._ids.get((body["transcript"], body["start"], body["end"], body["code"]))

    def follow(self, operation: Operation) -> bool:
        """Take in what the coder's own operation changed; False where all must be placed anew."""
        if operation.op in _ELSEWHERE:
            return False
        for part in parts(operation):
            self._follow(part)
        return True

    def _follow(self, part: Part) -> None:
        body = part.body
        if part.op in CODES:
            # It was checked against today's text and codebook, so it stands where it says.
            self._keep((body["transcript"], body["start"], body["end"], body["code"]), part.id)
        elif part.op in {"uncode", "revise"}:
            self._leave(body["coding"])
            coding = self._study.state(self._coder).codings.get(body["coding"])
            if coding is not None:
                self._enter(coding)

    def _enter(self, coding: Coding) -> None:
        today = self._study.codebook.today(coding.code)
        placement = place(coding.anchor, self._study.transcripts.get(coding.transcript), self._edits)
        if today is not None and placement.placed:
            self._keep((coding.transcript, placement.span.start, placement.span.end, today), coding.id)

    def _keep(self, where: Place, identifier: str) -> None:
        self._ids.setdefault(where, identifier)
        self._places[identifier] = where

    def _leave(self, identifier: str) -> None:
        where = self._places.pop(identifier, None)
        if where is not None and self._ids.get(where) == identifier:
            del self._ids[where]
            twin = next((other for other, there in self._places.items() if there == where), None)
            if twin is not None:
                self._ids[where] = twin
