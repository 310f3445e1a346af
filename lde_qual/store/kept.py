"""A file kept open between writes: opening and closing it would cost a third of what an append costs."""

from __future__ import annotations

import os
import sys
import weakref
from contextlib import suppress
from pathlib import Path

KEEPS = sys.platform != "win32"
"""Windows lets nobody rename or remove a file that is open, so there it is opened for each write."""

_Identity = tuple[int, int]


class KeptFile:
    """A descriptor of the file that bears a name now.

    Where the file was replaced, renamed or removed since, and in a process that was
    forked since, the name is opened anew.

    Parameters
    ----------
    path : Path
    flags : int
        As for `os.open`; the file is made where there is none.
    """

    def __init__(self, path: Path, flags: int) -> None:
        self._path = os.fspath(path)
        self._flags = flags | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._handle = -1
        self._identity: _Identity | None = None
        self._closing: weakref.finalize[[int], KeptFile] | None = None

    def open(self, *, inode: int | None = None) -> int:
        """Return the descriptor; the caller gives it back with `done`.

        Parameters
        ----------
        inode : int, optional
            That of the file of this name, where the caller has just looked.
        """
        if self._identity is not None and self._identity == (self._now() if inode is None else (os.getpid(), inode)):
            return self._handle
        self.close()
        handle = os.open(self._path, self._flags, 0o666)
        if KEEPS:
            self._handle, self._identity = handle, self._of(os.fstat(handle))
            self._closing = weakref.finalize(self, _close, handle)
        return handle

    @staticmethod
    def done(handle: int) -> None:
        """Give a descriptor back."""
        if not KEEPS:
            os.close(handle)

    def close(self) -> None:
        """Let the file go; the next `open` opens it anew."""
        self._identity = None
        if self._closing is not None:
            self._closing()
            self._closing = None

    def _now(self) -> _Identity | None:
        try:
            return self._of(os.stat(self._path))  # noqa: PTH116 - a path costs more than the look
        except FileNotFoundError:
            return None

    @staticmethod
    def _of(status: os.stat_result) -> _Identity:
        return os.getpid(), status.st_ino


def _close(handle: int) -> None:
    with suppress(OSError):
        os.close(handle)
