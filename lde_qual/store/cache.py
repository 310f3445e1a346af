"""What was worked out once and may be worked out again: ``.lde_qual/`` inside the study folder.

It holds words of interviews, so it is for its owner alone and never anywhere else. It
may be deleted at any time, and where it cannot be written there is none.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

FOLDER = ".lde_qual"
_IGNORED = b"# Made anew when it is needed; what people said stays out of git.\n*\n"


class Cache:
    """Bytes by key, of one kind.

    Parameters
    ----------
    study : Path
        The study's folder.
    kind : str
        Name of the folder below ``.lde_qual``.
    """

    def __init__(self, study: Path, kind: str) -> None:
        self._top = study / FOLDER
        self._folder = self._top / kind

    @property
    def empty(self) -> bool:
        """Whether nothing was ever kept here."""
        return not self._folder.is_dir()

    def read(self, key: str) -> bytes | None:
        """Return what is kept under a key; None where nothing is, or it cannot be read."""
        # A link may lead out of the study.
        if self._top.is_symlink() or self._folder.is_symlink():
            return None
        try:
            return (self._folder / key).read_bytes()
        except OSError:
            return None

    def write(self, key: str, data: bytes) -> bool:
        """Keep bytes under a key, whole or not at all; tell whether they are kept.

        A disk that is full or read-only is no fault here: the work is then done again.
        """
        try:
            self._make()
            beside = self._folder / f".{key}.{os.getpid()}.{threading.get_ident()}"
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            beside.replace(self._folder / key)
        except OSError:
            return False
        return True

    def keep(self, keys: Collection[str]) -> None:
        """Forget all but these keys: words that were taken out of the study leave this folder too."""
        if self._top.is_symlink() or self._folder.is_symlink():
            return
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in keys:
                    path.unlink(missing_ok=True)

    def keep_only(self, beginning: str) -> None:
        """Forget all but the keys that begin so."""
        with suppress(OSError):
            self.keep({path.name for path in self._folder.iterdir() if path.name.startswith(beginning)})

    def _make(self) -> None:
        for folder in (self._top, self._folder):
            if folder.is_symlink():
                raise OSError(f"{folder} is a link")
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o700)
        ignored = self._top / ".gitignore"
        if not ignored.exists():
            ignored.write_bytes(_IGNORED)
            ignored.chmod(0o600)
