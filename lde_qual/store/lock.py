"""One writer at a time in a study, whichever program it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from lde_qual.errors import WriteError
from lde_qual.store.disk import make_folder, plainly

LOCK_NAME = ".lock"
PATIENCE = 10.0
"""Seconds that a writer waits for another."""


class StudyLock:
    """The lock of a study's journals, in ``codings/.lock``.

    Parameters
    ----------
    codings : Path
        The folder of the journals; made by the first writer.
    patience : float
        Seconds to wait for another writer.
    """

    def __init__(self, codings: Path, *, patience: float = PATIENCE) -> None:
        self._codings = codings
        self._lock = FileLock(codings / LOCK_NAME, timeout=patience)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        Raises
        ------
        WriteError
            Where another program keeps it, or where the folder cannot be written.
        """
        with plainly(self._codings / LOCK_NAME):
            make_folder(self._codings)
            self._acquire()
        try:
            yield
        finally:
            self._lock.release()

    def _acquire(self) -> None:
        try:
            self._lock.acquire(poll_interval=0.005)
        except Timeout as fault:
            raise WriteError(
                f"Another program has been writing in this study for {self._lock.timeout:g} seconds "
                f"(lock '{self._codings / LOCK_NAME}').",
                way_out="Close the other page, notebook or command, and do it again.",
            ) from fault
