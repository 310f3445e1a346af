"""Joining the journals of one coder: no operation is lost, none counts twice.

What a line is, its operation id says, whichever file it stands in. Lines that all
files share come once; then the branches follow, one after the other, ordered by the
id of their first own operation. The order depends on the lines alone, never on the
names of the files, and keeps to the order within each file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from lde_qual.formats.journal import Line
from lde_qual.model.operation import Effect, Operation, effects, parts

Files = Sequence[Sequence[Line]]
"""One coder's lines in each file that holds any, as they stand there."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two operations of different branches that changed one coding; the second holds."""

    coding: str
    first: str
    second: str

    def in_words(self) -> str:
        """Return what a person is told of it."""
        return (
            f"Two copies both changed coding {self.coding}: operations {self.first} and {self.second}; "
            "the second holds."
        )


def join(files: Files) -> list[Line]:
    """Return the lines of one coder in their order, each operation once."""
    lines = _by_id(files)
    if len(files) <= 1:
        return list(lines.values())
    return [lines[identifier] for identifier in _walk(_before(files))]


def clashes(files: Files) -> list[Clash]:
    """Return which codings two branches both changed, with the operations that did."""
    if len(files) <= 1:
        return []
    before = _before(files)
    order = {line.id: line.operation for line in join(files)}
    holders: dict[str, set[int]] = {identifier: set() for identifier in order}
    for number, file in enumerate(files):
        for line in file:
            holders[line.id].add(number)
    branched = [identifier for identifier in order if len(holders[identifier]) < len(files)]
    touched: dict[str, list[tuple[str, str]]] = {}
    for identifier in branched:
        for coding, aspect in _touches(order[identifier], order):
            touched.setdefault(coding, []).append((identifier, aspect))
    return [
        Clash(coding, one, other)
        for coding, touches in touched.items()
        for one, other in _pairs(touches)
        if not holders[one] & holders[other] and one not in _ancestors(other, before)
    ]


def doubled(files: Files) -> list[str]:
    """Return the ids that stand for two different operations."""
    digests: dict[str, str] = {}
    return list(
        dict.fromkeys(
            line.id for file in files for line in file if digests.setdefault(line.id, line.digest) != line.digest
        )
    )


def _by_id(files: Files) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for file in files:
        for line in file:
            there = lines.get(line.id)
            if there is None or _precedence(line) < _precedence(there):
                lines[line.id] = line
    return lines


def _precedence(line: Line) -> tuple[bool, str, int, str]:
    return (not line.withdrawn, line.digest, line.operation.seq, line.sum)


def _before(files: Files) -> dict[str, set[str]]:
    """Return, for every operation, those that stand right before it in some file or chain."""
    by_sum = {line.sum: line.id for file in files for line in file}
    before: dict[str, set[str]] = {line.id: set() for file in files for line in file}
    for file in files:
        unique = list({line.id: line for line in file}.values())
        for earlier, later in pairwise(unique):
            before[later.id].add(earlier.id)
        for line in unique:
            if line.prev in by_sum and by_sum[line.prev] != line.id:
                before[line.id].add(by_sum[line.prev])
    return before


def _walk(before: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield every operation after those before it, each branch to its end, branches by id.

    Where files contradict each other, the smallest id that is left goes first.
    """
    after: dict[str, list[str]] = {identifier: [] for identifier in before}
    for later, earlier in before.items():
        for identifier in earlier:
            after[identifier].append(later)
    waits = {identifier: len(earlier) for identifier, earlier in before.items()}
    left = dict.fromkeys(sorted(before))
    ready = sorted((identifier for identifier in left if not waits[identifier]), reverse=True)
    while left:
        identifier = ready.pop() if ready else next(iter(left))
        if identifier not in left:
            continue
        del left[identifier]
        yield identifier
        for later in after[identifier]:
            waits[later] -= 1
        ready += sorted((later for later in after[identifier] if not waits[later] and later in left), reverse=True)


def _ancestors(identifier: str, before: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    stack = [identifier]
    while stack:
        new = before[stack.pop()] - seen
        seen |= new
        stack += new
    return seen


def _touches(operation: Operation, others: Mapping[str, Operation]) -> set[tuple[str, str]]:
    """Return the codings that an operation changes, and what of each; an undo changes what its target did."""
    seen = set()
    while operation.op == "undo" and operation.body is not None and operation.id not in seen:
        seen.add(operation.id)
        target = others.get(str(operation.body.get("operation")))
        if target is None:
            return set()
        operation = target
    return {(thing, aspect) for kind, thing, aspect in _effects(operation) if kind == "coding" and type(thing) is str}


def _effects(operation: Operation) -> list[Effect]:
    try:
        return [effect for part in parts(operation) for effect in effects(part)]
    except (KeyError, TypeError, AttributeError, ValueError):
        return []


def _pairs(touches: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    pairs = dict.fromkeys(
        (one, other)
        for (one, aspect), (other, other_aspect) in combinations(touches, 2)
        if one != other and (aspect == other_aspect or "*" in {aspect, other_aspect})
    )
    yield from pairs
