"""All journals of a study, and what each coder's work comes to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from lde_qual.formats.journal import Line, chain, encode
from lde_qual.model.fold import State, fold
from lde_qual.model.operation import Operation
from lde_qual.store.joining import Clash, clashes, join
from lde_qual.store.journal_file import JournalFile, Status, status_of

SUFFIX = ".jsonl"


class Journals:
    """The journals in a folder, read as far as they go.

    Attributes
    ----------
    files : dict of str to JournalFile
        By file name, sorted.
    states : dict of str to State
        By coder, sorted; a coder's state is the fold of their lines in all files.
    request : str
        Id under which somebody asked for what is written now; each line keeps it, so
        that the same request is known again. Empty for what nobody repeats.
    """

    def __init__(self, codings: Path) -> None:
        self.codings = codings
        self.files: dict[str, JournalFile] = {}
        self.states: dict[str, State] = {}
        self._orders: dict[str, list[Line]] = {}
        self._holders: dict[str, list[str]] = {}
        self._last_id = ""
        self.request = ""

    def refresh(self) -> set[str]:
        """Read what was appended since and return the coders whose state changed."""
        there = dict(journal_files(self.codings))
        if len(there) == len(self.files) and all(
            name in self.files and self.files[name].seen == status for name, status in there.items()
        ):
            return set()
        gone = [name for name in self.files if name not in there]
        touched = {line.coder for name in gone for line in self.files.pop(name).trusted()}
        changed = bool(gone)
        for name, status in there.items():
            file = self.files.get(name)
            if file is None:
                file = self.files[name] = JournalFile(self.codings / name)
            if file.refresh(status):
                touched |= self._held_by(name) | {line.coder for line in file.trusted()}
                changed = True
        if changed:
            self._sort()
        return {coder for coder in touched if self._fold(coder)}

    def _held_by(self, name: str) -> set[str]:
        return {coder for coder, names in self._holders.items() if name in names}

    def _sort(self) -> None:
        self.files = dict(sorted(self.files.items()))
        holders: dict[str, list[str]] = {}
        for name, file in self.files.items():
            for coder in dict.fromkeys(line.coder for line in file.trusted()):
                holders.setdefault(coder, []).append(name)
        self._holders = holders

    def of(self, coder: str) -> list[list[Line]]:
        """Return a coder's lines in each file that holds any."""
        held = (self.files[name].trusted() for name in self._holders.get(coder, ()))
        return [[line for line in lines if line.coder == coder] for lines in held]

    def clashes(self, coder: str) -> list[Clash]:
        """Return which codings two branches of a coder's journal both changed."""
        return clashes(self.of(coder))

    def order(self, coder: str) -> list[Line]:
        """Return a coder's lines in the order they are folded in."""
        return self._orders.get(coder, [])

    def holders(self, coder: str) -> list[str]:
        """Return the names of the files that hold lines of a coder."""
        return self._holders.get(coder, [])

    def last_id(self) -> str:
        """Return the latest of all ids that were read or written; empty where there is none."""
        return self._last_id

    def _fold(self, coder: str) -> bool:
        """Bring a coder's state up to date and tell whether it changed."""
        old, new = self._orders.get(coder, []), join(self.of(coder))
        if _same(old, new):
            return False
        if not new:
            del self.states[coder], self._orders[coder]
            return True
        state = self.states.get(coder)
        if state is not None and len(old) < len(new) and _same(old, new[: len(old)]):
            for line in new[len(old) :]:
                state.append(line.operation)
        else:
            self._enter(coder, fold(coder, (line.operation for line in new)))
        self._orders[coder] = new
        self._last_id = max(self._last_id, new[-1].id)
        return True

    def _enter(self, coder: str, state: State) -> None:
        self.states[coder] = state
        ordered = sorted(self.states.items())
        self.states.clear()
        self.states.update(ordered)

    def write(self, operation: Operation, *, salt: str) -> Operation:
        """Append an operation to its coder's journal and let it have its effect.

        Lines of another branch that stand after the last one in this file are taken
        over first, under their own ids: what is written now then comes after all
        that its writer could see.
        """
        coder = operation.coder
        name = f"{coder}{SUFFIX}"
        file = self.files.get(name) or JournalFile(self.codings / name)
        lines, seq, prev = [], file.next_seq, file.last_sum
        for line in self._ahead_of(file, coder):
            lines.append(chain(line, seq=seq, prev=prev))
            seq, prev = seq + 1, lines[-1].sum
        body = {**(operation.body or {}), "request": self.request} if self.request else operation.body
        placed = Operation(operation.id, seq, operation.at, coder, operation.op, body)
        lines.append(encode(placed, prev=prev, salt=salt))
        file.append(lines)
        self._take(file, name, lines[-1])
        return placed

    def _ahead_of(self, file: JournalFile, coder: str) -> Iterable[Line]:
        names = self._holders.get(coder, [])
        if not names or names == [file.path.name]:
            return []
        own = {line.id for line in file.trusted()}
        order = self.order(coder)
        last = max((number for number, line in enumerate(order) if line.id in own), default=-1)
        return order[last + 1 :]

    def _take(self, file: JournalFile, name: str, line: Line) -> None:
        if name not in self.files or name not in self._holders.get(line.coder, ()):
            self.files[name] = file
            self._sort()
        self._orders.setdefault(line.coder, []).append(line)
        self._last_id = max(self._last_id, line.id)
        if line.coder not in self.states:
            self._enter(line.coder, State(line.coder))
        self.states[line.coder].append(line.operation)

    def read_only(self) -> str:
        """Return why nothing may be written: a line of a later version; empty where there is none."""
        for file in self.files.values():
            for fault in file.faults:
                if fault.kind.startswith("unknown"):
                    return f"{file.name}, line {fault.line}: {fault.reason}"
        return ""


def journal_files(codings: Path) -> Iterator[tuple[str, Status]]:
    """Yield the name and the status of every journal in a folder."""
    try:
        with os.scandir(codings) as entries:
            for entry in entries:
                if entry.name.endswith(SUFFIX) and not entry.name.startswith("."):
                    yield entry.name, _status(entry)
    except (FileNotFoundError, NotADirectoryError):
        return


def _status(entry: os.DirEntry[str]) -> Status:
    # Windows keeps the size of a file that is being written elsewhere out of its folder's listing.
    return status_of(Path(entry.path).stat() if sys.platform == "win32" else entry.stat())


def _same(old: list[Line], new: list[Line]) -> bool:
    return len(old) == len(new) and all(
        one.id == other.id and one.digest == other.digest and one.withdrawn == other.withdrawn
        for one, other in zip(old, new, strict=True)
    )
