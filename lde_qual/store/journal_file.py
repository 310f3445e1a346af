"""One journal on disk: what was appended since it was last read, and how to append to it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from lde_qual.errors import StudyError
from lde_qual.formats.journal import Fault, Line
from lde_qual.formats.journal_reading import Reading, read_lines
from lde_qual.store import disk
from lde_qual.store.kept import KeptFile

TORN = ".torn"
_MARK = 256
"""Bytes before the end that must still be there for a file to count as grown; they hold the last sum."""

_PIECE = 1 << 24
"""Bytes read at once: a large journal is never in memory as a whole."""

Status = tuple[int, int, int]


def status_of(status: os.stat_result) -> Status:
    """Return what tells whether a file changed: its inode, its size in bytes, its time of change in ns."""
    return status.st_ino, status.st_size, status.st_mtime_ns


class JournalFile:
    """A journal as it was last read.

    Attributes
    ----------
    lines : list of Line
        Those that count and end in a line feed.
    breaks, rewritten : list of int
        See `formats.journal_reading.Reading`.
    tail : Reading
        What stands after the last line feed.
    seen : (int, int, int) or None
        The file's status when it was read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = KeptFile(path, os.O_WRONLY | os.O_APPEND)
        self.name = f"{path.parent.name}/{path.name}"
        self._forget()

    def _forget(self) -> None:
        self.lines: list[Line] = []
        self._faults: list[Fault] = []
        self.breaks: list[int] = []
        self.rewritten: list[int] = []
        self.tail = Reading()
        self._end = self._count = 0
        self._sum: str | None = ""
        self._mark = self._rest = b""
        self._read_so_far = sha256()
        self.seen: Status | None = None

    @property
    def stem(self) -> str:
        """The file's name without ``.jsonl``."""
        return self.path.stem

    @property
    def faults(self) -> list[Fault]:
        """Lines that cannot be used, in order."""
        return [*self._faults, *self.tail.faults]

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes as they were read and written, in hexadecimal."""
        whole = self._read_so_far.copy()
        whole.update(self._rest)
        return whole.hexdigest()

    def trusted(self) -> list[Line]:
        """Return the lines that count, in order."""
        return [*self.lines, *self.tail.lines] if self.tail.lines else self.lines

    @property
    def last_sum(self) -> str:
        """What the next line names as the sum before it."""
        if self.tail.tail == "whole":
            return self.tail.last_sum or ""
        return self._sum or ""

    @property
    def next_seq(self) -> int:
        """Place of the next line, from 1."""
        trusted = self.trusted()
        return trusted[-1].operation.seq + 1 if trusted else self._count + 1

    def refresh(self, status: Status) -> bool:
        """Read what was appended since, or the whole where it is no longer the file that was read.

        Parameters
        ----------
        status : (int, int, int)
            The file's status now (see `status_of`).

        Returns
        -------
        bool
            Whether anything changed.
        """
        if status == self.seen:
            return False
        try:
            self._read(same_file=self.seen is not None and self.seen[0] == status[0])
        except OSError as fault:
            right = "Ask for the right to read it, or put it back from a copy."
            raise StudyError(
                f"The journal cannot be read: {fault.strerror or fault}.",
                way_out="A journal is a file: move this folder elsewhere." if self.path.is_dir() else right,
                file=self.name,
            ) from fault
        self.seen = status
        return True

    def _read(self, *, same_file: bool) -> None:
        with self.path.open("rb") as file:
            file.seek(self._end - len(self._mark) if same_file else 0)
            if not same_file or file.read(len(self._mark)) != self._mark:
                self._forget()
                file.seek(0)
            rest = b""
            while piece := file.read(_PIECE):
                rest += piece
                cut = rest.rfind(b"\n") + 1
                self._take(rest[:cut])
                rest = rest[cut:]
        self._take(rest)

    def _take(self, data: bytes) -> None:
        cut = data.rfind(b"\n") + 1
        complete = read_lines(data[:cut], first=self._count + 1, prev=self._sum)
        self.lines += complete.lines
        self._faults += complete.faults
        self.breaks += complete.breaks
        self.rewritten += complete.rewritten
        self._end += cut
        self._count += data.count(b"\n")
        self._sum = complete.last_sum
        self._mark = (self._mark + data[max(0, cut - _MARK) : cut])[-_MARK:]
        self._read_so_far.update(memoryview(data)[:cut])
        self.tail = read_lines(data[cut:], first=self._count + 1, prev=self._sum)
        self._rest = data[cut:]

    def append(self, lines: Sequence[Line]) -> None:
        """Put lines at the end and return when they are on the disk; the caller holds the lock.

        A last line that was not written to its end is set aside first.

        Raises
        ------
        WriteError
            Where the disk refused; the file is as it was.
        """
        if self.tail.tail == "torn":
            self._set_aside()
        lead = b"\n" if self.tail.tail else b""
        data = b"".join(line.to_bytes() for line in lines)
        at = self._end + len(self._rest)
        status = disk.append(self.path, lead + data, at=at, file=self._file, inode=self.seen[0] if self.seen else None)
        if lead:
            self._take(self._rest + lead)
        self.lines += lines
        self._count += len(lines)
        self._end += len(data)
        self._sum = lines[-1].sum
        self._mark = (self._mark + data[-_MARK:])[-_MARK:]
        self._read_so_far.update(data)
        self.seen = status_of(status)

    def _set_aside(self) -> None:
        folder = self.path.parent / TORN
        disk.make_folder(folder)
        name = f"{self.stem}-{self._end}-{sha256(self._rest).hexdigest()[:12]}.part"
        with suppress(FileExistsError):
            disk.create(folder / name, self._rest)
        disk.cut(self.path, self._end)
        self.tail, self._rest = Reading(), b""
