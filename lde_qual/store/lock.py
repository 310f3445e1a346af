"""One writer at a time in a study, whichever program it is."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import lock_descriptor, unlock_descriptor

from lde_qual.errors import WriteError
from lde_qual.store.disk import make_folder, plainly
from lde_qual.store.kept import KeptFile

LOCK_NAME = ".lock"
PATIENCE = 10.0
"""Seconds that a writer waits for another."""
_POLL = 0.005


class StudyLock:
    """The lock of a study's journals, in ``codings/.lock``; its file stays, only the lock on it goes.

    Parameters
    ----------
    codings : Path
        The folder of the journals; made by the first writer.
    patience : float
        Seconds to wait for another writer.
    """

    def __init__(self, codings: Path, *, patience: float = PATIENCE) -> None:
        self._path = codings / LOCK_NAME
        self._file = KeptFile(self._path, os.O_RDWR)
        self._patience = patience

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        Raises
        ------
        WriteError
            Where another program keeps it, or where the folder cannot be written.
        """
        handle = self.acquire()
        try:
            yield
        finally:
            self.release(handle)

    def acquire(self) -> int:
        """Take the lock and return the descriptor that holds it; raises what `held` raises."""
        with plainly(self._path):
            handle = self._open()
            try:
                self._wait_for(handle)
            except OSError:
                self._file.done(handle)
                raise
        return handle

    def release(self, handle: int) -> None:
        """Let the lock go; the system does the same when the program is killed."""
        unlock_descriptor(handle)
        self._file.done(handle)

    def _open(self) -> int:
        try:
            return self._file.open()
        except FileNotFoundError:
            make_folder(self._path.parent)
            return self._file.open()

    def _wait_for(self, handle: int) -> None:
        until = time.monotonic() + self._patience
        while not lock_descriptor(handle, blocking=False):
            if time.monotonic() > until:
                raise WriteError(
                    f"Another program has been writing in this study for {self._patience:g} seconds "
                    f"(lock '{self._path}').",
                    way_out="Close the other page, notebook or command, and do it again.",
                )
            time.sleep(_POLL)
