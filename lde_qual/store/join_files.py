"""Joining conflicted copies on disk: every line into the coder's own journal, the copy set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lde_qual.errors import RefusedError
from lde_qual.formats.journal import Line, chain
from lde_qual.store import disk
from lde_qual.store.journal_file import JournalFile
from lde_qual.store.journals import SUFFIX, Journals

ASIDE = ".aside"


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining did.

    Attributes
    ----------
    lines : dict of str to int
        Operations that came into each coder's own journal.
    aside : tuple of str
        Files that were set aside.
    said : tuple of str
        What can no longer be seen once the copies are set aside: codings that two of
        them changed, and lines that did not come over because they are damaged.
    """

    lines: dict[str, int]
    aside: tuple[str, ...]
    said: tuple[str, ...] = ()


def copies(journals: Journals) -> dict[str, list[str]]:
    """Return, by coder, the files beside their own journal that a join would set aside or take lines from."""
    found = {coder: list(_beside(journals, coder)) for coder in journals.states}
    return {coder: names for coder, names in found.items() if names}


def _beside(journals: Journals, coder: str) -> Iterator[str]:
    own = journals.files.get(f"{coder}{SUFFIX}")
    known = {line.id for line in own.trusted()} if own else set()
    for name in journals.holders(coder):
        lines = journals.files[name].trusted()
        adds = any(line.coder == coder and line.id not in known for line in lines)
        if name != f"{coder}{SUFFIX}" and (adds or _is_copy(journals.files[name])):
            yield name


def join_files(journals: Journals) -> Joined:
    """Join the copies of every coder; the caller holds the lock and has read on.

    What each coder's work comes to stays the same: the lines keep their ids and the
    order in which they were folded. Where the other branch comes first in that order,
    the coder's journal is written anew and its old file is set aside as well.

    Raises
    ------
    RefusedError
        Where a journal holds lines of a later version.
    WriteError
        Where the disk refused; no line is lost then, and it can be done again.
    """
    reason = journals.read_only()
    if reason:
        raise RefusedError(f"The journals cannot be joined: {reason}.", way_out="Install the latest lde-qual.")
    found = copies(journals)
    said = tuple(_last_words(journals, found))
    aside: list[str] = []
    lines = {coder: _take_over(journals, coder, aside) for coder in found}
    names = dict.fromkeys(name for names in found.values() for name in names)
    aside += [_set_aside(journals.files[name], copy=False) for name in names if _is_copy(journals.files[name])]
    return Joined(lines, tuple(aside), said)


def _last_words(journals: Journals, found: Mapping[str, list[str]]) -> Iterator[str]:
    for coder in found:
        yield from (clash.in_words() for clash in journals.clashes(coder))
    sums = {line.sum for file in journals.files.values() for line in file.trusted()}
    for name in dict.fromkeys(name for names in found.values() for name in names):
        file = journals.files[name]
        if not _is_copy(file):
            continue
        for fault in file.faults:
            if fault.kind != "torn" and fault.sum not in sums:
                yield f"{file.name}, line {fault.line} did not come over: {fault.reason}."
        for line in file.trusted():
            if line.prev and line.prev not in sums:
                yield f"{file.name}: what stood before operation {line.id} can be read in no file."


def _take_over(journals: Journals, coder: str, aside: list[str]) -> int:
    """Bring all lines of a coder into their own journal and return how many were new there."""
    own = journals.files.get(f"{coder}{SUFFIX}") or JournalFile(journals.codings / f"{coder}{SUFFIX}")
    mine, order = own.trusted(), journals.order(coder)
    known = {line.id for line in mine}
    ahead = [line for line in order if line.id not in known]
    stands = [_counting(line) for line in order[: len(order) - len(ahead)]]
    if [_counting(line) for line in mine if line.coder == coder] != stands:
        aside.append(_set_aside(own, copy=True))
        others = [line for line in mine if line.coder != coder]
        disk.replace(own.path, b"".join(line.to_bytes() for line in _chained([*others, *order], seq=1, prev="")))
    elif ahead:
        own.append(_chained(ahead, seq=own.next_seq, prev=own.last_sum))
    return len(ahead)


def _counting(line: Line) -> tuple[str, str, bool]:
    # What a copy says was withdrawn must not come back when the copy is set aside.
    return line.id, line.digest, line.withdrawn


def _chained(lines: Iterable[Line], *, seq: int, prev: str) -> list[Line]:
    chained = []
    for line in lines:
        chained.append(chain(line, seq=seq, prev=prev))
        seq, prev = seq + 1, chained[-1].sum
    return chained


def _is_copy(file: JournalFile) -> bool:
    """Tell whether a file is nobody's own journal: none of its lines is of the coder it is named after."""
    return all(line.coder != file.stem for line in file.trusted())


def _set_aside(file: JournalFile, *, copy: bool) -> str:
    folder = file.path.parent / ASIDE
    disk.make_folder(folder)
    number, target = 1, folder / file.path.name
    while target.exists():
        number += 1
        target = folder / f"{file.stem} {number}{SUFFIX}"
    if copy:
        disk.create(target, file.path.read_bytes())
    else:
        with disk.plainly(target):
            file.path.rename(target)
            disk.sync_folder(folder)
            disk.sync_folder(file.path.parent)
    return file.name
