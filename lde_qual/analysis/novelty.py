"""When one coder coded what, and which codes were made on the way: what the journals know.

A code that is made late and then put on interviews that were coded before it was there
was not found in those: it was found where it was made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lde_qual.analysis.columns import Ints, packed, unpacked
from lde_qual.analysis.facts import Facts
from lde_qual.model.fold import State
from lde_qual.model.operation import Part, parts
from lde_qual.model.study import Study

Moment = tuple[str, int]
"""Time, ISO 8601 in UTC, and place among all that the coder did, which decides where times are equal."""

_BEFORE_ALL_ELSE = -1


@dataclass(frozen=True)
class Making:
    """What one coder's work looks like in time.

    Attributes
    ----------
    begun : dict of str to Moment
        First coding in each transcript, of those that stand; of a transcript without
        any, when it was marked done.
    borne : dict of str to Moment
        Since when each coding, by id, has the code that it has.
    made : dict of str to Moment
        When each code was added, by today's id, for codes that a journal saw added.
    made_in : dict of str to str
        The transcript that this coder was coding when they added the code.
    """

    begun: dict[str, Moment] = field(default_factory=dict)
    borne: dict[str, Moment] = field(default_factory=dict)
    made: dict[str, Moment] = field(default_factory=dict)
    made_in: dict[str, str] = field(default_factory=dict)

    def afterwards(self, coding: str, *, code: str, transcript: str) -> bool:
        """Tell whether a coding put a code on a transcript whose coding had begun before the code was there."""
        made = self.made.get(code)
        return made is not None and self.begun[transcript] < made <= self.borne[coding]


@dataclass(frozen=True)
class Course:
    """What `Making` says of the codings and transcripts of some columns, without their ids.

    Attributes
    ----------
    begun : list of Moment
        Of each transcript.
    rank : array of int, shape (codings,)
        Place of each coding in the order in which they got their codes.
    late : array of bool, shape (codings,)
        Whether each put a code on a transcript that was begun before the code was there.
    made_in : dict of str to str
        See `Making`.
    sees_made : bool
        Whether a journal saw any code added.
    """

    begun: list[Moment]
    rank: Ints
    late: NDArray[np.bool_]
    made_in: dict[str, str]
    sees_made: bool

    def to_bytes(self) -> bytes:
        """Return everything as bytes."""
        head = {"begun": self.begun, "made_in": self.made_in, "sees_made": self.sees_made}
        return packed(head, [self.rank, self.late])


def course_from(data: bytes) -> Course:
    """Return the course that `Course.to_bytes` gave `data` for."""
    head, arrays = unpacked(data)
    begun = [(at, place) for at, place in head.pop("begun")]
    return Course(begun, next(arrays), next(arrays), **head)


def course_of(facts: Facts) -> Course:
    """Return how one coder's work came about; `facts` are of coded transcripts alone."""
    known = making(facts.study, facts.coder)
    borne = [known.borne[facts.places.stood[at].id] for at in facts.chosen]
    rank = np.zeros(len(borne), dtype=np.int64)
    rank[sorted(range(len(borne)), key=borne.__getitem__)] = np.arange(len(borne))
    late = [False] * len(borne)
    if known.made:
        late = [
            known.afterwards(found.coding.id, code=found.code, transcript=found.coding.transcript)
            for found in facts.codings
        ]
    begun = [known.begun[name] for name in facts.names]
    return Course(begun, rank, np.array(late, dtype=bool), known.made_in, bool(known.made))


def making(study: Study, coder: str | None) -> Making:
    """Return when a coder coded what, as the journals tell it."""
    if coder is None:
        return Making()
    state = study.state(coder)
    created, borne, done, changes = _moments(state)
    first: dict[str, Moment] = {}
    for _, stood in state.codings.stood():
        transcript, moment = stood.transcript, created[stood.id]
        if transcript not in first or moment < first[transcript]:
            first[transcript] = moment
    begun = done | first
    added = _made(study, coder, changes)
    own = {code: moment for code, (moment, name) in added.items() if name == coder}
    made = {code: moment for code, (moment, _) in added.items()}
    return Making(begun, borne, made, _made_in(study, state, own, created=created, borne=borne))


def _moments(state: State) -> tuple[dict[str, Moment], dict[str, Moment], dict[str, Moment], list[tuple[Moment, Part]]]:
    """Return when codings were made, since when they have their code, when transcripts were done, and codes changed."""
    created: dict[str, Moment] = {}
    borne: dict[str, Moment] = {}
    done: dict[str, Moment] = {}
    changes: list[tuple[Moment, Part]] = []
    for moment, part in _in_force(state):
        if part.id in state.codings:
            created[part.id] = borne[part.id] = moment
        elif part.op == "revise" and "code" in part.body["changes"]:
            coding = state.coding_id(part.body["coding"])
            if coding is not None:
                borne[coding] = moment
        elif part.op == "done":
            done.setdefault(part.body["transcript"], moment)
        elif part.op == "codebook":
            changes.append((moment, part))
    return created, borne, done, changes


def _in_force(state: State) -> Iterator[tuple[Moment, Part]]:
    place = 0
    for operation in state.operations.values():
        if not state.in_force(operation.id) or operation.id in state.without_effect:
            continue
        for part in parts(operation):
            place += 1
            if part.id not in state.without_effect:
                yield (part.at, place), part


def _made(study: Study, coder: str, own: list[tuple[Moment, Part]]) -> dict[str, tuple[Moment, str]]:
    """Return when each code was added, by today's id, and by whom; `own` holds what the coder did to the codebook."""
    others = [
        ((part.at, _BEFORE_ALL_ELSE), part)
        for name, state in study.states.items()
        for part in state.codebook
        if name != coder
    ]
    made: dict[str, tuple[Moment, str]] = {}
    for moment, part in sorted([*others, *own], key=lambda change: change[0]):
        name = part.coder
        codes = part.body.get("codes", ())
        if part.body.get("action") == "add":
            made.update(dict.fromkeys(codes, (moment, name)))
        elif part.body.get("action") == "rename":
            made.update({new: made.pop(old) for old, new in pairwise(codes) if old in made})
    return made


def _made_in(
    study: Study, state: State, added: dict[str, Moment], *, created: dict[str, Moment], borne: dict[str, Moment]
) -> dict[str, str]:
    """Return where the coder was when they added each code that they used there first.

    A code that was added before the first coding of all belongs to no transcript: the
    tree may as well have been drawn up beforehand.
    """
    if not added:
        return {}
    first: dict[str, str] = {}
    for coding in sorted(borne, key=lambda each: borne[each]):
        first.setdefault(study.codebook.today(state.codings[coding].code) or "", state.codings[coding].transcript)
    created = dict(sorted(created.items(), key=lambda item: item[1]))
    order, moments = list(created), list(created.values())
    found: dict[str, str] = {}
    for code in added.keys() & first.keys():
        after = bisect_right(moments, added[code])
        coded_next = state.codings[order[after]].transcript if after < len(order) else first[code]
        if after and coded_next == first[code]:
            found[code] = first[code]
    return found
