"""What was worked out of a study as its folder stands, known again by the sums of its files."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cached_property, lru_cache
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from lde_qual.errors import LdeQualError
from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.text import decode
from lde_qual.model.codebook import Codebook
from lde_qual.model.study import Study
from lde_qual.store.cache import Cache
from lde_qual.store.folder import CODINGS, read_texts
from lde_qual.store.journals import journal_files
from lde_qual.store.text_files import CODEBOOK, TextFiles

_KIND = "columns"
_HEAD = "head"
_ROOMS = ("model", "formats", "store", "analysis", "api")


class Known:
    """A study's folder as its files stood at one moment, and what is kept of it in ``.lde_qual``.

    What is kept goes by the bytes of the codebook, the guides, the transcripts, their
    tables and the journals, and by the program: where any of them changed, nothing is
    known. What was cut short or damaged is not known either.

    Parameters
    ----------
    path : Path
        The folder that holds ``codebook.yaml``.

    Attributes
    ----------
    key : str
        What the files and the program come to; empty where nothing is kept of any
        study here, or a file cannot be read.
    head : mapping or None
        What was said of this folder when it was opened; None where it was not, or
        where something was wrong that no view can go on with.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._cache = Cache(path, _KIND)
        self.key = ""
        self.head: Mapping[str, Any] | None = None
        self._sums: dict[str, str] = {}
        if self._cache.empty:
            return
        try:
            self._sums = _sums(path)
        except OSError:
            return
        self.key = key_of(self._sums)
        found = self.read(_HEAD)
        self.head = None if found is None else json.loads(found)

    @cached_property
    def codebook(self) -> Codebook | None:
        """Return the codebook; None where the file no longer is the one that was looked at."""
        try:
            data = (self.path / CODEBOOK).read_bytes()
            found = parse_codebook(decode(data).text)
        except (OSError, LdeQualError):
            return None
        return found if sha256(data).hexdigest() == self._sums.get(CODEBOOK) else None

    @cached_property
    def texts(self) -> Study | None:
        """Return the study without its journals; None where a file no longer is the one that was looked at."""
        try:
            loaded = read_texts(self.path)
        except LdeQualError:
            return None
        now = {file: source.raw_sha256 for file, source in loaded.texts.sources.items()}
        before = {file: sum_ for file, sum_ in self._sums.items() if not file.startswith(f"{CODINGS}/")}
        return loaded.study if now == before else None

    def read(self, name: str) -> bytes | None:
        """Return what is kept under a name; None where nothing whole is."""
        data = self._cache.read(f"{self.key}.{name}") if self.key else None
        return None if data is None or sha256(data[32:]).digest() != data[:32] else data[32:]

    def write(self, kept: Mapping[str, bytes], *, sums: Mapping[str, str], head: Mapping[str, Any]) -> None:
        """Keep what was worked out of a study, and nothing of it as it was before.

        Parameters
        ----------
        kept : mapping of str to bytes
            What is kept, by name.
        sums : mapping of str to str
            SHA-256 of every file that it was worked out from, by name.
        head : mapping
            What is to be said of the folder, whatever is read of it.
        """
        self.key = key_of(sums)
        self._cache.keep_only(f"{self.key}.")
        said = json.dumps(head).encode()
        # The head comes last: where it is, there is something to go with it.
        for name, content in (*kept.items(), (_HEAD, said)):
            self._cache.write(f"{self.key}.{name}", sha256(content).digest() + content)


def key_of(sums: Mapping[str, str]) -> str:
    """Return what files and program come to; `sums` holds SHA-256 by name relative to the study."""
    return sha256(json.dumps([_program(), sorted(sums.items())]).encode()).hexdigest()


def _sums(path: Path) -> dict[str, str]:
    files = [
        *TextFiles(path).look(),
        *((f"{CODINGS}/{name}", status) for name, status in journal_files(path / CODINGS)),
    ]
    found = {}
    for file, _ in files:
        with (path / file).open("rb") as opened:
            found[file] = file_digest(opened, "sha256").hexdigest()
    return found


@lru_cache
def _program() -> str:
    """Return the sum of everything that decides on a column: our own source, and the Python that runs it."""
    home = Path(__file__).parent.parent
    own = sha256(sys.version.encode())
    for room in _ROOMS:
        for source in sorted((home / room).glob("*.py")):
            own.update(source.name.encode() + source.read_bytes())
    return own.hexdigest()
